// Package cache keeps what takes long to make between builds, in a folder, under names that stand for what it is made from.
package cache

import (
	"io"
	"os"
	"path/filepath"
)

// Keep returns what make makes. It is kept in a folder under a name that stands for what it is made from, so that it is
// made once; without a folder, "", each time.
func Keep(folder, name string, make func() ([]byte, error)) ([]byte, error) {
	if folder == "" {
		return make()
	}
	file := filepath.Join(folder, name)
	if kept, err := os.ReadFile(file); err == nil {
		return kept, nil
	}
	made, err := make()
	if err != nil {
		return nil, err
	}
	// A cache that cannot be written costs time, not the build.
	_ = write(file, func(w io.Writer) error {
		_, err := w.Write(made)
		return err
	})
	return made, nil
}

// unfinished is how the names of files begin that are being written.
const unfinished = "new-"

// write writes a file of the cache. Renaming keeps half-written files out of it.
func write(name string, content func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	t, err := os.CreateTemp(filepath.Dir(name), unfinished+"*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name()) // gone already after the renaming
	err = content(t)
	if closed := t.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(t.Name(), name)
}
