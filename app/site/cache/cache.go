// Package cache keeps what takes long to make, between builds. What it returns is what was kept, to the last byte: a
// file of the cache that is damaged, cut, or under another's name is none, and what it held is made anew.
package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Keep returns what make makes. It is kept in a folder under a name that stands for what it is made from, so that it is
// made once. Without a folder, "", it is made each time.
func Keep(folder, name string, make func() ([]byte, error)) ([]byte, error) {
	if folder == "" {
		return make()
	}
	name = filepath.Join("made", name)
	if f, size, err := open(folder, name); err == nil {
		data, err := io.ReadAll(io.NewSectionReader(f, 0, size))
		if err = errors.Join(err, f.Close()); err == nil {
			return data, nil
		}
	}
	made, err := make()
	if err != nil {
		return nil, err
	}
	// A cache that cannot be written costs time, not the build.
	_ = write(folder, name, func(w io.Writer) error {
		_, err := w.Write(made)
		return err
	})
	return made, nil
}

// unfinished is how the names of files begin that are being written.
const unfinished = "new-"

// write writes a file of the cache: its content, then the sum of it. Renaming keeps half-written files out of the
// cache.
func write(folder, name string, content func(io.Writer) error) error {
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), unfinished+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already after the renaming
	sum := sumOf(name)
	if err = content(io.MultiWriter(f, sum)); err == nil {
		_, err = f.Write(sum.Sum(nil))
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// open opens a file of the cache that is as it was written, and returns the size of its content.
func open(folder, name string) (f *os.File, size int64, err error) {
	path := filepath.Join(folder, name)
	if f, err = os.Open(path); err != nil {
		return nil, 0, err
	}
	if size, err = whole(f, name); err != nil {
		f.Close()
		return nil, 0, err
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // those that were used last are kept; a cache that cannot be written is none the worse
	return f, size, nil
}

// whole returns the size of the content of a file of the cache, and an error if it is not what was written under that
// name.
func whole(f *os.File, name string) (size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size = info.Size() - sha256.Size
	if size < 0 {
		return 0, errors.New("too short")
	}
	sum, want := sumOf(name), make([]byte, sha256.Size)
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return 0, err
	}
	if _, err := f.ReadAt(want, size); err != nil {
		return 0, err
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return 0, errors.New("another sum")
	}
	return size, nil
}

// sumOf is the sum of a file of a name, which takes its content.
func sumOf(name string) hash.Hash {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %s\n", len(name), filepath.ToSlash(name))
	return sum
}
