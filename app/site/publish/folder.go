package publish

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"sharh/app/site/output"
)

// half is the folder of files that are being written, by the run that holds the lock.
const half = own + "new"

// claims begin the names of locks that are being written. Any number of runs may write one at once.
const claims = own + "claim-"

// folder is a target on a disk. Files take their places by renaming, so that nobody reads half of one.
type folder struct {
	name string
	root *os.Root // nil as long as the folder is not there
}

func (f *folder) String() string { return f.name }

func (f *folder) failed(what, path string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%s %s in %s: the disk is full; make room and publish again, it goes on from here: %w",
			what, path, f.name, err)
	}
	return fmt.Errorf("%s %s in %s: %w", what, path, f.name, err)
}

func (f *folder) check(context.Context) error {
	info, err := os.Stat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		parent := filepath.Dir(f.name)
		if _, err := os.Stat(parent); err != nil {
			return fmt.Errorf("there is no folder %s to make %s in", parent, filepath.Base(f.name))
		}
		return nil // it is made with the first file
	case err != nil:
		return fmt.Errorf("looking at %s: %w", f.name, err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file; name a folder", f.name)
	}
	if f.root, err = os.OpenRoot(f.name); err != nil {
		return fmt.Errorf("opening the folder %s: %w", f.name, err)
	}
	if _, err := f.root.Lstat(output.Marker); err == nil {
		return fmt.Errorf("%s is the folder of a build, which the next build replaces; publish to another one", f.name)
	}
	return nil
}

// tidy removes what a run that was killed was writing.
func (f *folder) tidy(context.Context) error {
	if err := f.root.RemoveAll(half); err != nil {
		return f.failed("removing", half, err)
	}
	left, err := fs.Glob(f.root.FS(), claims+"*")
	if err != nil {
		return f.failed("looking for", claims+"*", err)
	}
	for _, p := range left {
		if err := f.root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.failed("removing", p, err)
		}
	}
	return nil
}

func (f *folder) foreign(context.Context) (string, error) {
	if f.root == nil {
		return "", nil
	}
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return "", fmt.Errorf("looking into %s: %w", f.name, err)
	}
	for _, e := range entries {
		if e.Name()+"/" != own {
			return e.Name(), nil
		}
	}
	return "", nil
}

func (f *folder) fits(base string) bool {
	full, err := filepath.Abs(f.name)
	return err == nil && strings.HasSuffix(filepath.ToSlash(full)+"/", base)
}

func (f *folder) form(i *item) *item { return i }

func (f *folder) sum(_ context.Context, name string) (string, error) {
	if f.root == nil {
		return "", f.failed("reading", name, fs.ErrNotExist)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return "", f.failed("reading", name, err)
	}
	defer file.Close()
	sum, _, err := sumOfAll(file)
	if err != nil {
		return "", f.failed("reading", name, err)
	}
	return sum, nil
}

func (f *folder) read(_ context.Context, name string) ([]byte, string, error) {
	if f.root == nil {
		return nil, "", f.failed("reading", name, fs.ErrNotExist)
	}
	data, err := f.root.ReadFile(name)
	if err != nil {
		return nil, "", f.failed("reading", name, err)
	}
	return data, sumOf(data), nil
}

// swap looks and writes in two steps, except where nothing may be there. That is the lock, which guards all else.
func (f *folder) swap(ctx context.Context, name, tag string, data []byte) (string, error) {
	_, now, err := f.read(ctx, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if now != tag {
		return "", errChanged
	}
	return sumOf(data), f.place(name, data, tag == "")
}

func (f *folder) write(_ context.Context, i *item) error {
	data, err := i.read()
	if err != nil {
		return err
	}
	return f.place(i.path, data, false)
}

// place writes a file. If it must be new, it returns errChanged where there is one.
func (f *folder) place(name string, data []byte, fresh bool) error {
	if f.root == nil {
		err := os.Mkdir(f.name, 0o755)
		if err == nil || errors.Is(err, fs.ErrExist) {
			f.root, err = os.OpenRoot(f.name)
		}
		if err != nil {
			return fmt.Errorf("making the folder %s: %w", f.name, err)
		}
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return f.failed("making the folder", path.Dir(name), err)
	}
	temp := path.Join(half, sumOf([]byte(name)))
	if fresh {
		temp = claims + rand.Text()
	}
	defer func() { _ = f.root.Remove(temp) }() // what was written of it takes room
	if err := f.root.MkdirAll(path.Dir(temp), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return f.failed("making the folder", path.Dir(temp), err)
	}
	if err := f.root.WriteFile(temp, data, 0o644); err != nil {
		return f.failed("writing", name, err)
	}
	if !fresh {
		if err := f.root.Rename(temp, name); err != nil {
			return f.failed("writing", name, err)
		}
		return nil
	}
	if err := f.root.Link(temp, name); errors.Is(err, fs.ErrExist) {
		return errChanged
	} else if err == nil {
		return nil
	}
	// Not every disk has links, and the run that has the lock by now tidies.
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return errChanged
	}
	if err != nil {
		return f.failed("writing", name, err)
	}
	if _, err := file.Write(data); err != nil {
		file.Close()
		return f.failed("writing", name, err)
	}
	if err := file.Close(); err != nil {
		return f.failed("writing", name, err)
	}
	return nil
}

func (f *folder) copy(_ context.Context, from, to string) error {
	data, err := f.root.ReadFile(from)
	if err != nil {
		return f.failed("reading", from, err)
	}
	return f.place(to, data, false)
}

func (f *folder) remove(_ context.Context, name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failed("removing", name, err)
	}
	// Folders that are empty now go, too.
	for p := path.Dir(name); p != "." && f.root.Remove(p) == nil; {
		p = path.Dir(p)
	}
	return nil
}
