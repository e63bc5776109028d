package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What several want at the same time is made once.
func TestKeepTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder, made, released := t.TempDir(), 0, make(chan struct{})
		for range 8 {
			go func() {
				data, err := Keep(folder, "a", func() ([]byte, error) {
					<-released
					made++
					return []byte("a"), nil
				})
				if err != nil || string(data) != "a" {
					t.Errorf("got %q, %v", data, err)
				}
			}()
		}
		synctest.Wait() // until one makes it and the others wait for it
		close(released)
		synctest.Wait()
		if made != 1 {
			t.Errorf("made %d times", made)
		}
	})
}

func TestKeep(t *testing.T) {
	folder, made := t.TempDir(), 0
	keep := func(folder, name string) string {
		t.Helper()
		data, err := Keep(folder, name, func() ([]byte, error) {
			made++
			return []byte("what is made of " + name), nil
		})
		if err != nil || string(data) != "what is made of "+name {
			t.Errorf("%s: got %q, %v", name, data, err)
		}
		return string(data)
	}
	expect := func(what string, want int) {
		t.Helper()
		if made != want {
			t.Errorf("%s: made %d times, want %d", what, made, want)
		}
	}
	keep(folder, "a/1")
	keep(folder, "a/1")
	expect("the same", 1)
	keep(folder, "a/2")
	expect("another", 2)
	keep("", "a/1")
	expect("without a folder", 3)

	// Whatever is wrong with a file, it is made anew, and whole again afterwards.
	file := filepath.Join(folder, "made", "a", "1")
	other, err := os.ReadFile(filepath.Join(folder, "made", "a", "2"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for how, data := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)-1], "short": whole[:3], "longer": append([]byte("x"), whole...),
		"another's": other, "changed": append([]byte("W"), whole[1:]...),
	} {
		made = 0
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		keep(folder, "a/1")
		expect(how, 1)
		keep(folder, "a/1")
		expect(how+", then whole", 1)
	}

	// A failure is not kept, and a cache that cannot be written costs time only.
	failure := errors.New("not today")
	if _, err := Keep(folder, "b", func() ([]byte, error) { return nil, failure }); err != failure {
		t.Errorf("got %v, want the failure of making", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "made", "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want no file of what failed", err)
	}
	made = 0
	keep(file, "c") // a file where the folder would be
	expect("where nothing can be written", 1)
	if entries, err := os.ReadDir(filepath.Join(folder, "made", "a")); err != nil || len(entries) != 2 {
		t.Errorf("got %d files, %v; want the two that were kept", len(entries), err)
	}
}

// What nobody has used for a month goes, but for what is not ours.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "explainers/x", strings.Repeat("1", 64))
	save(t, folder, "explainers/y", strings.Repeat("2", 64))
	theirs := filepath.Join(folder, "explainers", "notes.md")
	if err := os.WriteFile(theirs, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	old := time.Now().AddDate(0, -2, 0)
	age := func(slug, key string) string {
		name := filepath.Join(folder, "explainers", slug, strings.Repeat(key, 64))
		if err := errors.Join(os.Chtimes(name, old, old), os.Chtimes(theirs, old, old)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	gone, stays := age("x", "1"), age("y", "2")
	others := []string{theirs, filepath.Join(folder, "new-contract.pdf"), filepath.Join(folder, strings.Repeat("a", 64)+" copy.txt")}
	for _, name := range others {
		if err := errors.Join(os.WriteFile(name, nil, 0o644), os.Chtimes(name, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	goes := filepath.Join(Beside(folder, "explainers/x/"+strings.Repeat("1", 64)), "site")
	keeps := filepath.Join(Beside(folder, "explainers/y/"+strings.Repeat("2", 64)), strings.Repeat("3", 64))
	for _, name := range []string{goes, keeps} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, nil, 0o644), os.Chtimes(name, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	if Open(folder, "explainers/y", strings.Repeat("2", 64)) == nil { // so it is used
		t.Fatal("there is none to use")
	}
	Sweep(folder)
	for _, name := range []string{gone, goes} {
		if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v: what was not used for long is there", err)
		}
	}
	for _, name := range append(others, stays, keeps) {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	age("y", "2")
	Sweep(folder) // which has looked today
	if _, err := os.Stat(stays); err != nil {
		t.Error(err)
	}
}
