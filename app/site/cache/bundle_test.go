package cache

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"sharh/app/site/file"
)

var some = file.Set{"b/index.html": []byte("page"), "a.css": []byte("style"), "empty": nil}

func save(t *testing.T, folder, name, key string) *Bundle {
	t.Helper()
	b, err := Save(folder, name, key, some, map[string]int{"pages": 1}, "a note")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBundle(t *testing.T) {
	folder := t.TempDir()
	if b := Open(folder, "x", "1"); b != nil {
		t.Fatal("there is a bundle that nobody saved")
	}
	saved := save(t, folder, "x", "1")
	for how, b := range map[string]*Bundle{"saved": saved, "opened": Open(folder, "x", "1")} {
		if b == nil {
			t.Fatalf("%s: there is none", how)
		}
		c, err := b.Open()
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		if got := fmt.Sprint(c.Paths()); got != "[a.css b/index.html empty]" {
			t.Errorf("%s: got the paths %v", how, got)
		}
		for path, want := range some {
			if data, err := c.Read(path); err != nil || !bytes.Equal(data, want) {
				t.Errorf("%s, %s: got %q, %v", how, path, data, err)
			}
			if c.Sum(path) != some.Sum(path) {
				t.Errorf("%s, %s: got another sum", how, path)
			}
		}
		for _, path := range []string{"c", ""} {
			if _, err := c.Read(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: got %v for %q, which is not in it", how, err, path)
			}
		}
		var note string
		if err := c.Notes(&note); err != nil || note != "a note" {
			t.Errorf("%s: got the note %q, %v", how, note, err)
		}
		if string(b.Facts) != `{"pages":1}` {
			t.Errorf("%s: got the facts %s", how, b.Facts)
		}
	}
	if other := save(t, folder, "z", "3"); other.ID() != saved.ID() {
		t.Error("the same files have another ID under another name")
	}
	if other, err := Save(folder, "z", "4", file.Set{"a.css": nil}, nil, nil); err != nil || other.ID() == saved.ID() {
		t.Errorf("other files have the same ID, %v", err)
	}
	if b := Open(folder, "x", "2"); b != nil {
		t.Error("another key opens it")
	}
	if b := Open(folder, "y", "1"); b != nil {
		t.Error("another name opens it")
	}
}

// A bundle that is damaged is none; or a file of it is, which is said when it is read. The others are what was kept.
func TestDamagedBundles(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "x", "1")
	name := filepath.Join(folder, "x", "1")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	damaged := func(how string, data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		b := Open(folder, "x", "1")
		if b == nil {
			return
		}
		c, err := b.Open()
		if err != nil {
			t.Fatalf("%s: %v", how, err) // the sum at its begin covers what is read here
		}
		lost := 0
		var note string
		if err := c.Notes(&note); errors.Is(err, ErrDamaged) {
			lost++
		} else if err != nil || note != "a note" {
			t.Errorf("%s: got the note %q, %v", how, note, err)
		}
		for _, path := range c.Paths() {
			data, err := c.Read(path)
			switch {
			case errors.Is(err, ErrDamaged):
				lost++
			case err != nil || !bytes.Equal(data, some[path]):
				t.Errorf("%s: got %q, %v for %s", how, data, err, path)
			}
		}
		if lost != 1 {
			t.Errorf("%s: %d files are said to be damaged", how, lost)
		}
	}
	for i := range whole {
		other := append([]byte(nil), whole...)
		other[i] ^= 0x40
		damaged(fmt.Sprintf("byte %d", i), other)
		damaged(fmt.Sprintf("cut after %d", i), whole[:i])
	}
	damaged("zeros", make([]byte, len(whole)))
	damaged("nothing", nil)
	save(t, folder, "x", "2")
	another, err := os.ReadFile(filepath.Join(folder, "x", "2"))
	if err != nil {
		t.Fatal(err)
	}
	damaged("that of another key", another)
	if b := save(t, folder, "x", "1"); b == nil {
		t.Error("it cannot be saved again")
	}
}

func TestBundlesUsedLongAgoAreForgotten(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "y", "of another name")
	open := save(t, folder, "x", "0")
	for i := range most {
		old := time.Now().Add(-time.Hour)
		for j := range i + 1 { // "0" is used again and again
			if j > 0 {
				_ = os.Chtimes(filepath.Join(folder, "x", fmt.Sprint(j)), old, old)
			}
		}
		if Open(folder, "x", "0") == nil {
			t.Fatal("the one in use was forgotten")
		}
		save(t, folder, "x", fmt.Sprint(i+1))
	}
	if Open(folder, "x", "0") == nil || Open(folder, "y", "of another name") == nil {
		t.Error("one that is used was forgotten, or one of another name")
	}
	if entries, _ := os.ReadDir(filepath.Join(folder, "x")); len(entries) != most {
		t.Errorf("got %d bundles, want %d", len(entries), most)
	}
	// A program that runs meanwhile finds what it has lost.
	c, err := open.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(folder, "x")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read("a.css"); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v for a file of a bundle that was removed, want that it is damaged", err)
	}
	if _, err := open.Open(); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v for a bundle that was removed, want that it is damaged", err)
	}
}

func TestKey(t *testing.T) {
	seen := map[string]bool{}
	for _, values := range [][]string{{}, {""}, {"a"}, {"a", "b"}, {"ab"}, {"a\n1 b"}, {"b", "a"}} {
		key, err := Key(values...)
		again, _ := Key(values...)
		if err != nil || seen[key] || key != again {
			t.Errorf("%q: got %s, then %s, %v", values, key, again, err)
		}
		seen[key] = true
	}
}

// A file of any content is no bundle, and takes no more memory than it has bytes; only what was kept is one.
func FuzzOpen(f *testing.F) {
	folder := f.TempDir()
	if _, err := Save(folder, "x", "1", some, 1, "a note"); err != nil {
		f.Fatal(err)
	}
	name := filepath.Join(folder, "x", "1")
	whole, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:20])
	long := slices.Clone(whole)
	for i := range 8 { // two lengths of four gigabytes, and what makes the sum right again
		long[i] = 0xff
	}
	binary.LittleEndian.PutUint64(long[8:], uint64(len(long))-begin-2*0xffffffff)
	f.Add(long)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b := Open(folder, "x", "1")
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20+10*uint64(len(data)) {
			t.Errorf("a file of %d bytes took %d", len(data), used)
		}
		if b == nil {
			return
		}
		c, err := b.Open()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.Paths() {
			if data, err := c.Read(p); err == nil && !bytes.Equal(data, some[p]) {
				t.Errorf("%s is not what was kept", p)
			}
		}
	})
}
