// Package output replaces a folder by another one: whole, or not at all.
//
//	known, err = output.Replace("dist", known, file.Set{"index.html": page})
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

// Check returns an error if the folder may not be replaced. It changes nothing.
func Check(folder string) error {
	_, err := check(folder, true)
	return err
}

// check returns the full name of a folder that may be replaced, or that is not there. Only deeply it looks for a Git
// repository inside, which takes as long as the site is large.
func check(folder string, deeply bool) (string, error) {
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
	if deeply {
		if repository, err := repositoryIn(full, entries); err != nil {
			return "", fmt.Errorf("looking into %s: %w", folder, err)
		} else if repository != "" {
			return "", fmt.Errorf(
				"%s holds a Git repository (%s), which a build would delete; name another folder and copy the site from there",
				folder, repository)
		}
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

// repositoryIn returns the path in a folder of what Git keeps there, or "". entries are those of the folder.
func repositoryIn(folder string, entries []fs.DirEntry) (string, error) {
	found := make([]string, len(entries))
	err := file.Parallel(len(entries), func(i int) error {
		return fs.WalkDir(os.DirFS(folder), entries[i].Name(), func(p string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err == nil && strings.EqualFold(d.Name(), ".git") {
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

// Stamp is what is known of a file that was written: the sum of its content, and by what it is seen that nobody
// touched it.
type Stamp struct {
	Sum  file.Sum
	Size int64
	Time int64 // of its last change, in nanoseconds since 1970
}

// Record is what is known of the files of a folder, by path.
type Record map[string]Stamp

// Known is what one call of Replace tells the next one for the same folder: which files it need neither read nor
// write. It may be empty, and it may be wrong where somebody has changed something since.
type Known struct {
	Now Record // of the folder
	// Spare is where the folder goes that was replaced, on the same disk. The next folder is made of it, since most of a
	// site never changes. Empty for none.
	Spare  string
	Before Record // of Spare
}

// Replace makes folder hold exactly the files of all parts, none of which two may have, and the marker. Folders above
// it are made. Parts are written at the same time. On failure what was there stays.
func Replace(folder string, known Known, parts ...file.Files) (Known, error) {
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

func replace(folder string, known Known, parts []file.Files, d disk) (Known, error) {
	failed := func(err error) (Known, error) { return Known{}, fmt.Errorf("writing the site to %s: %w", folder, err) }
	full, err := check(folder, false)
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
	if full, err = check(folder, true); err != nil {
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
	for _, old := range []string{names.next, names.aside} {
		if known.Spare != "" && known.Now != nil && d.move(old, known.Spare) == nil {
			result.Before = known.Now
			continue
		}
		_ = d.clear(old)
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
// is known for ours. Files that the folder old is known to have are taken from there.
func (d disk) write(folder, old string, known Known, parts []file.Files) (Record, error) {
	sums := map[string]file.Sum{}
	for _, part := range parts {
		for _, p := range part.Paths() {
			if !fs.ValidPath(p) || p == "." || p == Marker {
				return nil, fmt.Errorf("%q cannot be the path of a file", p)
			}
			sums[p] = part.Sum(p)
		}
	}
	all, err := d.takeUp(folder, known, sums)
	if err != nil {
		return nil, err
	}
	marker, err := os.Lstat(filepath.Join(folder, Marker))
	if err != nil {
		return nil, err
	}
	var made sync.Map // folders
	records := make([]Record, len(parts))
	if err := file.Parallel(len(parts), func(i int) error {
		records[i] = Record{}
		for _, p := range parts[i].Paths() {
			if _, there := all[p]; there {
				continue
			}
			full := filepath.Join(folder, filepath.FromSlash(p))
			parent := filepath.Dir(full)
			if _, done := made.Load(parent); !done && parent != folder {
				d.step("make", parent)
				if err := os.MkdirAll(parent, 0o755); err != nil {
					return err
				}
				made.Store(parent, true)
			}
			before := filepath.Join(old, filepath.FromSlash(p))
			if as := known.Now[p]; as.Sum == sums[p] && untouched(before, marker.Mode(), as) {
				d.step("link", full)
				if os.Link(before, full) == nil {
					records[i][p] = as
					continue
				} // not every disk can
			}
			data, err := parts[i].Read(p)
			if err != nil {
				return err
			}
			if err := d.file(full, data); err != nil {
				return err
			}
			info, err := os.Lstat(full)
			if err != nil {
				return err
			}
			records[i][p] = Stamp{sums[p], info.Size(), info.ModTime().UnixNano()}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, r := range records {
		maps.Copy(all, r)
	}
	return all, nil
}

// takeUp makes a folder that holds the marker and, where there is a spare one, those of its files that are wanted.
// sums are those of all wanted files. It returns what is there.
func (d disk) takeUp(folder string, known Known, sums map[string]file.Sum) (Record, error) {
	if ours, err := isMarked(known.Spare); known.Before != nil && err == nil && ours {
		d.step("move", folder)
		if os.Rename(known.Spare, folder) == nil {
			if there, err := d.sort(folder, known.Before, sums); err == nil {
				return there, nil
			}
			if err := d.clear(folder); err != nil {
				return nil, err
			}
		}
	}
	d.step("make", folder)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	return Record{}, d.file(filepath.Join(folder, Marker), []byte(marked))
}

// sort removes from a folder what is not wanted, or not what it was when it was written, and returns what stays.
func (d disk) sort(folder string, before Record, sums map[string]file.Sum) (Record, error) {
	marker, err := os.Lstat(filepath.Join(folder, Marker))
	if err != nil {
		return nil, err
	}
	folders := map[string]bool{}
	for p := range sums {
		for p = path.Dir(p); !folders[p]; p = path.Dir(p) {
			folders[p] = true
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	stays := make([]Record, len(entries))
	if err := file.Parallel(len(entries), func(i int) error {
		stays[i] = Record{}
		if entries[i].Name() == Marker {
			return nil
		}
		return filepath.WalkDir(filepath.Join(folder, entries[i].Name()), func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(folder, name)
			if err != nil {
				return err
			}
			p := filepath.ToSlash(rel)
			if e.IsDir() && folders[p] {
				return nil
			}
			as, known := before[p]
			if sum, wanted := sums[p]; known && wanted && as.Sum == sum && untouched(name, marker.Mode(), as) {
				stays[i][p] = as
				return nil
			}
			d.step("remove", name)
			if err := os.RemoveAll(name); err != nil || !e.IsDir() {
				return err
			}
			return fs.SkipDir
		})
	}); err != nil {
		return nil, err
	}
	all := Record{}
	for _, r := range stays {
		maps.Copy(all, r)
	}
	return all, nil
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
