// Package output replaces a folder by another one: whole, or not at all.
//
//	known, err = output.Replace("dist", known, output.Of(file.Set{"index.html": page}))
//
// A folder that it wrote is known by the file [Marker] in it. Any other folder that holds something is left alone,
// byte for byte, and the error says what to do. The new folder is complete, beside the old one, before the two change
// places in one step of the file system. So whenever the program ends, by whatever means, the old folder or the new
// one is there, whole; what else it left is cleared by the next one.
//
// Files are not flushed to the disk (fsync). A program that is killed needs none: what it wrote is the kernel's by
// then. Only a machine that loses its power could lose what it wrote last, and then the site is built again.
package output

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sharh/app/site/file"
)

// Marker is the name of the file that says that a folder is a site which may be replaced.
const Marker = ".sharh-site"

// marked is what the marker says. The first line is what it is known by, and stays.
const marked = `This folder is a site built by sharh.
The next build replaces it whole, so keep nothing of your own in it.
`

// ErrBusy says that another program is writing the folder.
var ErrBusy = errors.New("another build is writing it; build again when that has ended")

// Check returns an error if it can be seen at once that the folder may not be replaced. It changes nothing. Replace
// looks more closely.
func Check(folder string) error {
	_, err := check(folder, nil)
	return err
}

// check returns the full name of a folder that may be replaced, or that is not there. If something may be known of it,
// it looks for a Git repository deep inside, wherever something may have come into a folder since it was written.
func check(folder string, known *Known) (string, error) {
	full, err := filepath.Abs(folder)
	if err != nil {
		return "", fmt.Errorf("finding the folder %s: %w", folder, err)
	}
	if filepath.Dir(full) == full {
		return "", fmt.Errorf("%s is the root of a disk; name a folder for the site alone", folder)
	}
	info, err := os.Lstat(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return full, nil
	case err != nil:
		return "", fmt.Errorf("looking at %s: %w", folder, err)
	case info.Mode()&fs.ModeSymlink != 0:
		// The two would change places by name: the link would go, and the folder that it leads to would stay as it was.
		to, err := os.Readlink(full)
		if err != nil {
			return "", fmt.Errorf("looking at %s: %w", folder, err)
		}
		return "", fmt.Errorf("%s is a link to %s; name the folder itself", folder, to)
	case !info.IsDir():
		return "", fmt.Errorf("%s is a file; name a folder", folder)
	}
	here, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the working directory: %w", err)
	}
	if holds(info, here) {
		return "", fmt.Errorf("%s is the folder that you are in, or holds it; name a folder for the site alone", folder)
	}
	// A system without a home for this user has none to lose.
	if home, err := os.UserHomeDir(); err == nil && holds(info, home) {
		return "", fmt.Errorf("%s is a home folder, or holds one; name a folder for the site alone", folder)
	}
	// Another build may replace the folder meanwhile: what is gone holds nothing. Whoever has the lock looks again.
	entries, err := os.ReadDir(full)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("looking into %s: %w", folder, err)
	}
	if len(entries) == 0 {
		return full, nil
	}
	repository := ""
	if at := slices.IndexFunc(entries, isRepository); at >= 0 {
		repository = entries[at].Name()
	} else if known != nil {
		if repository, err = repositoryIn(full, entries, known.Now); err != nil {
			return "", fmt.Errorf("looking into %s: %w", folder, err)
		}
	}
	if repository != "" {
		return "", fmt.Errorf(
			"%s holds a Git repository (%s), which a build would delete; name another folder and copy the site from there",
			folder, repository)
	}
	switch ours, err := isMarked(full); {
	case err != nil:
		return "", fmt.Errorf("looking into %s: %w", folder, err)
	case ours:
		return full, nil
	case olderSite(full):
		return "", fmt.Errorf("%s looks like a site of an older sharh, which left no file %s to know it by; "+
			"delete the folder yourself, or name another one", folder, Marker)
	}
	return "", fmt.Errorf("%s holds files that are not a site built by sharh (it has no file %s); "+
		"name another folder, or empty it yourself", folder, Marker)
}

// holds reports whether a folder is inside the one of info, or that one. It compares files and not names, which links
// and systems that do not tell capitals apart make many of.
func holds(info fs.FileInfo, inner string) bool {
	for {
		if at, err := os.Stat(inner); err == nil && os.SameFile(info, at) {
			return true
		}
		outer := filepath.Dir(inner)
		if outer == inner {
			return false
		}
		inner = outer
	}
}

// isRepository reports whether an entry of a folder is what Git keeps there.
func isRepository(d fs.DirEntry) bool { return strings.EqualFold(d.Name(), ".git") }

// repositoryIn returns the path in a folder of what Git keeps there, or "". entries are those of the folder, and
// written is what is known of it.
func repositoryIn(folder string, entries []fs.DirEntry, written []Record) (string, error) {
	of := map[string]Record{}
	for _, r := range written {
		of[r.Folder] = r
	}
	found := make([]string, len(entries))
	err := file.Parallel(len(entries), func(i int) error {
		if r, known := of[entries[i].Name()]; known && r.foldersAreUntouched(folder) {
			return nil
		}
		return fs.WalkDir(os.DirFS(folder), entries[i].Name(), func(p string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err == nil && isRepository(d) {
				found[i], err = p, fs.SkipAll
			}
			return err
		})
	})
	return cmp.Or(found...), err
}

// isMarked reports whether a folder is one that we wrote.
func isMarked(folder string) (bool, error) {
	file := filepath.Join(folder, Marker)
	info, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	first, _, _ := strings.Cut(marked, "\n")
	got, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSuffix(got, "\r") == first, nil
}

// olderSite reports whether a folder looks like a site that was built before sites had a marker.
func olderSite(folder string) bool {
	for _, name := range []string{"assets", "index.html", "_headers", "nginx.conf"} {
		if _, err := os.Lstat(filepath.Join(folder, name)); err != nil {
			return false
		}
	}
	return true
}

// Part is a part of a site: files that no other part has.
type Part struct {
	// Folder is the name of a folder at the root of the site that holds nothing else, "" if there is none. Other files of
	// the part may be elsewhere.
	Folder string
	// ID stands for the paths and contents of the files, "" if that is not known. Where a part with that folder and ID has
	// been written, and nobody touched it, it is not opened.
	ID string
	// Open returns the files.
	Open func() (file.Files, error)
}

// Of returns the part with those files.
func Of(files file.Files) Part {
	return Part{Open: func() (file.Files, error) { return files, nil }}
}

// Known is what one call of Replace tells the next one for the same folder: which files it need neither read nor
// write. It may be empty, and it may be wrong where somebody has changed something since.
type Known struct {
	Now []Record // of the folder, by part
	// Spare is where the folder goes that was replaced, on the same disk. The next folder is made of it, since most of a
	// site never changes. Empty for none.
	Spare  string
	Before []Record // of Spare
}

// Count returns how many files the folder has.
func (k Known) Count() (n int) {
	for _, r := range k.Now {
		n += r.Count
	}
	return n
}

// Replace makes folder hold exactly the files of all parts, and the marker. Folders above it are made. Parts are
// written at the same time. On failure what was there stays.
func Replace(folder string, known Known, parts ...Part) (Known, error) {
	return replace(folder, known, parts, disk{})
}

// disk are the steps that change the disk, some of them at the same time. Tests end the program before each of them,
// and do without the exchange.
type disk struct {
	before     func(step, name string)
	noExchange bool
}

func (d disk) step(step, name string) {
	if d.before != nil {
		d.before(step, name)
	}
}

// beside are the names of what Replace needs in the folder's parent. They are fixed: whoever holds the lock knows that
// nobody else uses them.
type beside struct{ lock, next, aside string }

func besides(full string) beside {
	stem := filepath.Join(filepath.Dir(full), "."+filepath.Base(full)+".sharh-")
	return beside{lock: stem + "lock", next: stem + "next", aside: stem + "aside"}
}

func replace(folder string, known Known, parts []Part, d disk) (Known, error) {
	failed := func(err error) (Known, error) { return Known{}, fmt.Errorf("writing the site to %s: %w", folder, err) }
	full, err := check(folder, nil)
	if err != nil {
		return Known{}, fmt.Errorf("writing the site: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return failed(fmt.Errorf("making the folder above it: %w", err))
	}
	names := besides(full)
	d.step("lock", names.lock)
	unlock, err := lock(names.lock)
	if err != nil {
		return failed(err)
	}
	defer func() {
		d.step("unlock", names.lock)
		unlock()
	}()
	// Again, now that nobody else changes it.
	if err := d.recover(full, names); err != nil {
		return failed(err)
	}
	if full, err = check(folder, &known); err != nil {
		return Known{}, fmt.Errorf("writing the site: %w", err)
	}
	after, err := d.write(names.next, full, known, parts)
	if err != nil {
		// What cannot be cleared now is cleared by the next build; why writing failed is what matters.
		_ = d.clear(names.next)
		return failed(err)
	}
	if err := d.swap(full, names); err != nil {
		_ = d.clear(names.next)
		return failed(err)
	}
	// The site is in place: if the old one cannot be moved or cleared, the next build tries again, or says why not.
	result := Known{Now: after, Spare: known.Spare}
	if known.Spare != "" {
		_ = d.clear(known.Spare) // of which nothing is known any more, if it is there
	}
	for _, old := range []string{names.next, names.aside} {
		if known.Spare != "" && known.Now != nil && d.move(old, known.Spare) == nil {
			result.Before = known.Now
			continue
		}
		_ = d.clear(old)
	}
	if known.Spare != "" && result.Before == nil {
		if result.Before, err = d.twin(full, known.Spare, after); err != nil {
			_ = d.clear(known.Spare) // the next folder is made anew
		}
	}
	return result, nil
}

// move moves a folder to a place where nothing is.
func (d disk) move(from, to string) error {
	if _, err := os.Lstat(from); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	d.step("move", to)
	return os.Rename(from, to)
}

// recover clears what a program that was ended left beside the folder. Where folders cannot change places in one step,
// it may have left the old one aside and none in its place.
func (d disk) recover(full string, names beside) error {
	if _, err := os.Lstat(full); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(names.aside); err == nil {
			d.step("put back", full)
			if err := os.Rename(names.aside, full); err != nil {
				return fmt.Errorf("putting back the site that a build which was ended had set aside: %w", err)
			}
		}
	}
	for _, left := range []string{names.next, names.aside} {
		if err := d.clear(left); err != nil {
			return fmt.Errorf("clearing what a build that was ended left: %w", err)
		}
	}
	return nil
}

// write writes a folder that is not there. The marker comes first, so that a folder which holds anything at all of ours
// is known for ours. Files that the folder old is known to have are taken from there. It returns what it wrote.
func (d disk) write(folder, old string, known Known, parts []Part) ([]Record, error) {
	has, err := d.takeUp(folder, known, parts)
	if err != nil {
		return nil, err
	}
	marker, err := os.Lstat(filepath.Join(folder, Marker))
	if err != nil {
		return nil, err
	}
	before := map[string]Record{}
	for _, r := range known.Now {
		before[r.Folder] = r
	}
	var made sync.Map // folders
	write := func(p string, files file.Files, sum file.Sum, old string, was Stamp) (as Stamp, err error) {
		full := filepath.Join(folder, filepath.FromSlash(p))
		parent := filepath.Dir(full)
		if _, done := made.Load(parent); !done && parent != folder {
			d.step("make", parent)
			if err := os.MkdirAll(parent, 0o755); err != nil {
				return as, err
			}
			made.Store(parent, true)
		}
		if was.Sum == sum && untouched(old, marker.Mode(), was) {
			d.step("link", full)
			if os.Link(old, full) == nil {
				return was, nil
			} // not every disk can
		}
		data, err := files.Read(p)
		if err != nil {
			return as, err
		}
		if err := d.file(full, data); err != nil {
			return as, err
		}
		info, err := os.Lstat(full)
		if err != nil {
			return as, err
		}
		return Stamp{sum, info.Size(), info.ModTime().UnixNano()}, nil
	}
	records := make([]Record, len(parts))
	err = file.Parallel(len(parts), func(i int) error {
		if whole, found := has.whole[i]; found {
			records[i] = whole
			return nil
		}
		files, err := has.open(i)
		if err != nil {
			return err
		}
		now, was := Stamps{}, before[parts[i].Folder].stamps()
		for _, p := range files.Paths() {
			if !fs.ValidPath(p) || p == "." || p == Marker {
				return fmt.Errorf("%q cannot be the path of a file", p)
			}
			if as, found := has.stamps[p]; found {
				now[p] = as
				continue
			}
			if now[p], err = write(p, files, files.Sum(p), filepath.Join(old, filepath.FromSlash(p)), was[p]); err != nil {
				return err
			}
		}
		records[i] = recordOf(parts[i], now)
		return nil
	})
	for i := range records {
		// Now that nothing more comes into any folder.
		if _, whole := has.whole[i]; err == nil && !whole {
			err = records[i].stampFolders(folder)
		}
	}
	return records, err
}

// there is what a folder has already.
type there struct {
	whole  map[int]Record // parts, by their number
	stamps Stamps         // files of other parts
	open   func(part int) (file.Files, error)
}

// takeUp makes a folder that holds the marker and, where there is a spare one, those of its files that are wanted.
func (d disk) takeUp(folder string, known Known, parts []Part) (*there, error) {
	t := &there{open: func(i int) (file.Files, error) { return parts[i].Open() }}
	if ours, err := isMarked(known.Spare); known.Before != nil && err == nil && ours {
		d.step("move", folder)
		if os.Rename(known.Spare, folder) == nil {
			if err := d.reuse(folder, known.Before, parts, t); err == nil {
				return t, nil
			}
			t.whole, t.stamps = nil, nil
			if err := d.clear(folder); err != nil {
				return nil, err
			}
		}
	}
	d.step("make", folder)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	return t, d.file(filepath.Join(folder, Marker), []byte(marked))
}

// reuse removes from a folder what is not wanted, or not what it was when it was written, and says what stays. Parts
// that stay are looked at only to see that nobody touched them.
func (d disk) reuse(folder string, before []Record, parts []Part, t *there) error {
	marker, err := os.Lstat(filepath.Join(folder, Marker))
	if err != nil {
		return err
	}
	number := map[[2]string]int{}
	for i, p := range parts {
		if p.ID != "" {
			number[[2]string{p.Folder, p.ID}] = i
		}
	}
	// Where something came into a folder in which several parts have files, everything is looked at.
	common := true
	for _, r := range before {
		common = common && (r.Folder != "" || r.foldersAreUntouched(folder))
	}
	stays := make([]bool, len(before))
	if err := file.Parallel(len(before), func(i int) error {
		_, wanted := number[[2]string{before[i].Folder, before[i].ID}]
		stays[i] = wanted && common && before[i].foldersAreUntouched(folder) &&
			before[i].filesAreUntouched(folder, marker.Mode())
		return nil
	}); err != nil {
		return err
	}
	t.whole, t.stamps = map[int]Record{}, Stamps{}
	was := Stamps{} // of the other parts
	for i, r := range before {
		if stays[i] {
			t.whole[number[[2]string{r.Folder, r.ID}]] = r
			continue
		}
		maps.Copy(was, r.stamps())
	}
	want := wish{map[string]file.Sum{}, map[string]bool{".": true}}
	opened := map[int]file.Files{}
	for i := range parts {
		if _, whole := t.whole[i]; whole {
			continue
		}
		files, err := parts[i].Open()
		if err != nil {
			return err
		}
		opened[i] = files
		for _, p := range files.Paths() {
			want.sums[p] = files.Sum(p)
			for f := path.Dir(p); !want.folders[f]; f = path.Dir(f) {
				want.folders[f] = true
			}
		}
	}
	t.open = func(i int) (file.Files, error) { return opened[i], nil }
	// A part that is not wanted as it is needs its folder looked into; so do all where something is not as it was.
	if !common {
		return d.sort(folder, ".", was, want, marker.Mode(), t.stamps)
	}
	// Files that are not in a folder of a part, then folders of parts, and last the folders that are empty now.
	var left []string
	for p, as := range was {
		name := filepath.Join(folder, filepath.FromSlash(p))
		if want.sums[p] == as.Sum && untouched(name, marker.Mode(), as) {
			t.stamps[p] = as
			continue
		}
		left = append(left, p)
	}
	slices.Sort(left)
	for _, p := range left {
		name := filepath.Join(folder, filepath.FromSlash(p))
		d.step("remove", name)
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	for i, r := range before {
		switch {
		case stays[i]:
		case r.Folder != "":
			if err := d.sort(folder, r.Folder, was, want, marker.Mode(), t.stamps); err != nil {
				return err
			}
		default:
			folders := slices.Sorted(maps.Keys(r.Folders))
			slices.Reverse(folders)
			for _, p := range folders {
				_ = os.Remove(filepath.Join(folder, filepath.FromSlash(p))) // which only an empty one lets happen
			}
		}
	}
	return nil
}

// wish is what a folder is to hold.
type wish struct {
	sums    map[string]file.Sum // of files
	folders map[string]bool     // in which they are
}

// sort removes from a folder inside the one of the site what is not wanted, or not what it was when it was written, and
// adds to stays what stays.
func (d disk) sort(site, inside string, before Stamps, want wish, mode fs.FileMode, stays Stamps) error {
	return fs.WalkDir(os.DirFS(site), inside, func(p string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == inside {
			return nil
		}
		if err != nil {
			return err
		}
		if e.IsDir() && want.folders[p] || p == Marker {
			return nil
		}
		name := filepath.Join(site, filepath.FromSlash(p))
		as, known := before[p]
		if sum, wanted := want.sums[p]; known && wanted && as.Sum == sum && untouched(name, mode, as) {
			stays[p] = as
			return nil
		}
		d.step("remove", name)
		if err := os.RemoveAll(name); err != nil || !e.IsDir() {
			return err
		}
		return fs.SkipDir
	})
}

// twin makes a folder that has the same files as the one of a site, by links. The next build is made of it.
func (d disk) twin(site, spare string, written []Record) ([]Record, error) {
	if err := os.MkdirAll(filepath.Dir(spare), 0o755); err != nil {
		return nil, err
	}
	if err := os.Mkdir(spare, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(spare, Marker), []byte(marked), 0o644); err != nil {
		return nil, err
	}
	twins := slices.Clone(written)
	for i, r := range twins {
		twins[i].Folders = maps.Clone(r.Folders)
		for p := range r.Folders {
			if err := os.MkdirAll(filepath.Join(spare, filepath.FromSlash(p)), 0o755); err != nil {
				return nil, err
			}
		}
	}
	err := file.Parallel(len(twins), func(i int) error {
		for p := range twins[i].stamps() {
			p = filepath.FromSlash(p)
			d.step("link", p)
			if err := os.Link(filepath.Join(site, p), filepath.Join(spare, p)); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range twins {
		if err == nil {
			err = twins[i].stampFolders(spare)
		}
	}
	return twins, err
}

// untouched reports whether a file is of that mode and as it was written. No build changes a file in its place;
// whoever else does so changes its time.
func untouched(name string, mode fs.FileMode, as Stamp) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode() == mode && info.Size() == as.Size && info.ModTime().UnixNano() == as.Time
}

func (d disk) file(name string, data []byte) error {
	d.step("create", name)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	// In two parts, so that tests can end the program with half a file.
	for _, part := range [][]byte{data[:len(data)/2], data[len(data)/2:]} {
		d.step("write", name)
		if _, err := f.Write(part); err != nil {
			f.Close()
			return err
		}
	}
	return f.Close() // on some disks a lack of space shows only here
}

// swap puts the new folder in the place of the old one, which it leaves under one of the names beside it.
func (d disk) swap(full string, names beside) error {
	if _, err := os.Lstat(full); errors.Is(err, fs.ErrNotExist) {
		d.step("rename", full)
		return os.Rename(names.next, full)
	}
	if !d.noExchange {
		d.step("exchange", full)
		if err := exchange(names.next, full); !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	// Two steps, where the system has not one: between them neither is in place. What ends here, recover mends.
	d.step("set aside", full)
	if err := os.Rename(full, names.aside); err != nil {
		return err
	}
	d.step("rename", full)
	if err := os.Rename(names.next, full); err != nil {
		return errors.Join(err, os.Rename(names.aside, full))
	}
	return nil
}

// clear removes a folder that is certainly ours: it has the marker, or is empty still. The marker goes last, so that
// it is ours to the end.
func (d disk) clear(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	ours, err := isMarked(folder)
	if err != nil {
		return err
	}
	if !ours && !d.begun(folder, entries) {
		return fmt.Errorf("%s holds files that no build wrote; look at them and delete the folder yourself", folder)
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == Marker })
	if err := file.Parallel(len(entries), func(i int) error {
		name := filepath.Join(folder, entries[i].Name())
		d.step("remove", name)
		return os.RemoveAll(name)
	}); err != nil {
		return err
	}
	d.step("remove", filepath.Join(folder, Marker))
	if err := os.Remove(filepath.Join(folder, Marker)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	d.step("remove", folder)
	return os.Remove(folder)
}

// begun reports whether a folder is one whose marker was still being written: there is nothing else in it.
func (d disk) begun(folder string, entries []fs.DirEntry) bool {
	if len(entries) == 0 {
		return true
	}
	data, err := os.ReadFile(filepath.Join(folder, Marker))
	return len(entries) == 1 && err == nil && strings.HasPrefix(marked, string(data))
}
