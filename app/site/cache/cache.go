// Package cache keeps what takes long to make, between builds. What it returns is what was kept, to the last byte: a
// file of the cache that is damaged, cut, or under another's name is none, and what it held is made anew.
package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"
)

// making is what is being made now. The languages of an explainer are made side by side, and have their pictures in
// common.
var making singleflight.Group

// Keep returns what make makes, which the caller must not change. It is kept in a folder under a name that stands for
// what it is made from, so that it is made once. Without a folder, "", it is made each time.
func Keep(folder, name string, make func() ([]byte, error)) ([]byte, error) {
	if folder == "" {
		return make()
	}
	name = filepath.Join("made", name)
	kept, err, _ := making.Do(filepath.Join(folder, name), func() (any, error) {
		if data, err := Read(folder, name); err == nil {
			return data, nil
		}
		made, err := make()
		if err == nil {
			_ = Write(folder, name, made) // a cache that cannot be written costs time, not the build
		}
		return made, err
	})
	if err != nil {
		return nil, err
	}
	return kept.([]byte), nil
}

// Write keeps data under a name.
func Write(folder, name string, data []byte) error {
	return write(filepath.Join(folder, name), data, sumOf(name, data))
}

// Read returns what Write has kept under a name.
func Read(folder, name string) ([]byte, error) {
	path := filepath.Join(folder, name)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	size := len(data) - sha256.Size
	if size < 0 {
		return nil, errors.New("too short")
	}
	if !bytes.Equal(data[size:], sumOf(name, data[:size])) {
		return nil, errors.New("another sum")
	}
	used(path)
	return data[:size:size], nil
}

// unfinished is how the names of files begin that are being written.
const unfinished = "new-"

// write writes a file of the cache. Renaming keeps half-written files out of the cache.
func write(path string, content ...[]byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), unfinished+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already after the renaming
	for _, data := range content {
		if _, err = f.Write(data); err != nil {
			break
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// sumOf is the sum of what is kept under a name.
func sumOf(name string, data []byte) []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %s\n", len(name), filepath.ToSlash(name))
	sum.Write(data)
	return sum.Sum(nil)
}

// used says that a file of the cache was used now: those that were used last are kept. A cache that cannot be written
// is none the worse.
func used(path string) {
	now := time.Now()
	_ = os.Chtimes(path, now, now)
}

// ours matches the names of files in a cache: the hash of what a file is made from, perhaps with an ending, or what
// os.CreateTemp makes of unfinished. A person who named a folder of his own for a cache loses no other file of it.
var ours = regexp.MustCompile(`^([0-9a-f]{64}(\.[0-9a-z.]+)?|` + unfinished + `[0-9]+)$`)

// Beside is a folder beside what is kept under a name: it goes when that goes.
func Beside(folder, name string) string { return filepath.Join(folder, name) + beside }

const beside = ".before"

// Sweep removes what nobody has used for a month: pages of explainers that are gone, pictures of titles that are
// others now. It looks once a day.
func Sweep(folder string) {
	const month = 30 * 24 * time.Hour
	looked := filepath.Join(folder, "swept")
	if info, err := os.Stat(looked); err == nil && time.Since(info.ModTime()) < 24*time.Hour {
		return
	}
	// What cannot be looked at or removed takes room, nothing else.
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case d.IsDir() && strings.HasSuffix(path, beside):
			return fs.SkipDir
		case !d.Type().IsRegular() || !ours.MatchString(d.Name()):
			return nil
		}
		if info, err := d.Info(); err == nil && time.Since(info.ModTime()) > month {
			_ = os.Remove(path)
			_ = os.RemoveAll(path + beside)
		}
		return nil
	})
	_ = write(looked)
}
