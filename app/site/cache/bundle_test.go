package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"sharh/app/site/file"
)

var some = file.Set{"b/index.html": []byte("page"), "a.css": []byte("style"), "empty": nil}

func save(t *testing.T, folder, name, key string) *Bundle {
	t.Helper()
	b, err := Save(folder, name, key, some, map[string]int{"pages": 1})
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
		got, paths := map[string]string{}, []string{}
		if err := b.Each(func(path string, data []byte) error {
			got[path] = string(data)
			paths = append(paths, path)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if want := map[string]string{"b/index.html": "page", "a.css": "style", "empty": ""}; !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", how, got, want)
		}
		if fmt.Sprint(paths) != "[a.css b/index.html empty]" {
			t.Errorf("%s: got the order %v", how, paths)
		}
		if data, err := b.Read("b/index.html"); err != nil || string(data) != "page" {
			t.Errorf("%s: got %q, %v", how, data, err)
		}
		if _, err := b.Read("c"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: got %v for a file that is not in it", how, err)
		}
		if string(b.Facts) != `{"pages":1}` {
			t.Errorf("%s: got the facts %s", how, b.Facts)
		}
		stop := errors.New("stop")
		if err := b.Each(func(string, []byte) error { return stop }); err != stop {
			t.Errorf("%s: got %v, want the visitor's error", how, err)
		}
	}
	if b := Open(folder, "x", "2"); b != nil {
		t.Error("another key opens it")
	}
	if b := Open(folder, "y", "1"); b != nil {
		t.Error("another name opens it")
	}
}

// A bundle of which any byte is another, or which is cut, is none.
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
		if b := Open(folder, "x", "1"); b != nil {
			t.Errorf("%s: it was opened", how)
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
	if err := os.RemoveAll(filepath.Join(folder, "x")); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skip("what is open cannot be removed here")
	}
	if data, err := open.Read("a.css"); err != nil || string(data) != "style" {
		t.Errorf("got %q, %v of a bundle that was removed while it was open", data, err)
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
