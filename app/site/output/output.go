// Package output replaces a folder by another one: whole, or not at all.
//
//	record, err := output.Replace("dist", nil, file.Set{"index.html": page})
//
// A folder that it wrote is known by the file [Marker] in it. Any other folder that holds something is left alone, byte for
// byte, and the error says what to do. The new folder is complete, beside the old one, before the two change places in one
// step of the file system. So whenever the program ends, by whatever means, the old folder or the new one is there, whole;
// what else it left is cleared by the next one.
//
// Files are not flushed to the disk (fsync). A program that is killed needs none: what it wrote is the kernel's by then.
// Only a machine that loses its power could lose what it wrote last, and then the site is built again.
package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
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
	_, err := check(folder)
	return err
}

// check returns the full name of a folder that may be replaced, or that is not there.
func check(folder string) (string, error) {
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
	if repository, err := repositoryIn(full); err != nil {
		return "", fmt.Errorf("looking into %s: %w", folder, err)
	} else if repository != "" {
		return "", fmt.Errorf("%s holds a Git repository (%s), which a build would delete; name another folder and copy the site from there",
			folder, repository)
	}
	switch ours, err := isMarked(full); {
	case err != nil:
		return "", fmt.Errorf("looking into %s: %w", folder, err)
	case ours:
		return full, nil
	case olderSite(full):
		return "", fmt.Errorf("%s looks like a site of an older sharh, which left no file %s to know it by; delete the folder yourself, or name another one",
			folder, Marker)
	}
	return "", fmt.Errorf("%s holds files that are not a site built by sharh (it has no file %s); name another folder, or empty it yourself", folder, Marker)
}

// holds reports whether a folder is inside the one of info, or that one. It compares files and not names, which links and
// systems that do not tell capitals apart make many of.
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

// repositoryIn returns the path in a folder of what Git keeps there, or "".
func repositoryIn(folder string) (found string, err error) {
	err = fs.WalkDir(os.DirFS(folder), ".", func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && strings.EqualFold(d.Name(), ".git") {
			found, err = p, fs.SkipAll
		}
		return err
	})
	return found, err
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

// Stamp is what is known of a file that was written: the sum of its content, and by what it is seen that nobody touched it.
type Stamp struct {
	Sum  file.Sum
	Size int64
	Time int64 // of its last change, in nanoseconds since 1970
}

// Record is what is known of the files of a folder, by path.
type Record map[string]Stamp

// Replace makes folder hold exactly the files of all parts, none of which two may have, and the marker. Folders above
// it are made. Parts are written at the same time. On failure what was there stays. before is the record of the folder as it
// was, which may be nil, or wrong where somebody changed something: files that are known by it are neither read nor written.
func Replace(folder string, before Record, parts ...file.Files) (Record, error) {
	return replace(folder, before, parts, disk{})
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

func replace(folder string, before Record, parts []file.Files, d disk) (after Record, err error) {
	failed := func(err error) (Record, error) { return nil, fmt.Errorf("writing the site to %s: %w", folder, err) }
	full, err := check(folder)
	if err != nil {
		return nil, fmt.Errorf("writing the site: %w", err)
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
	if full, err = check(folder); err != nil {
		return nil, fmt.Errorf("writing the site: %w", err)
	}
	if after, err = d.write(names.next, full, before, parts); err != nil {
		// What cannot be cleared now is cleared by the next build; why writing failed is what matters.
		_ = d.clear(names.next)
		return failed(err)
	}
	if err := d.swap(full, names); err != nil {
		_ = d.clear(names.next)
		return failed(err)
	}
	// The site is in place: if the old one cannot be cleared, the next build tries again, or says why not.
	for _, left := range []string{names.next, names.aside} {
		_ = d.clear(left)
	}
	return after, nil
}

// recover clears what a program that was ended left beside the folder. Where folders cannot change places in one step, it
// may have left the old one aside and none in its place.
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
// is known for ours. Files that the folder old is known to have are taken from there: sites are large and change little.
func (d disk) write(folder, old string, before Record, parts []file.Files) (Record, error) {
	d.step("make", folder)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	if err := d.file(filepath.Join(folder, Marker), []byte(marked)); err != nil {
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
			if !fs.ValidPath(p) || p == "." || p == Marker {
				return fmt.Errorf("%q cannot be the path of a file", p)
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
			sum := parts[i].Sum(p)
			if known := before[p]; known.Sum == sum && untouched(filepath.Join(old, filepath.FromSlash(p)), marker.Mode(), known) {
				d.step("link", full)
				if os.Link(filepath.Join(old, filepath.FromSlash(p)), full) == nil {
					records[i][p] = known
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
			records[i][p] = Stamp{sum, info.Size(), info.ModTime().UnixNano()}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	all := Record{}
	for _, r := range records {
		maps.Copy(all, r)
	}
	return all, nil
}

// untouched reports whether a file is of that mode and as it was written. No build changes a file in its place; whoever else
// does so changes its time.
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

// clear removes a folder that is certainly ours: it has the marker, or is empty still. The marker goes last, so that it is
// ours to the end.
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
