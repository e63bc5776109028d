package output

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"sharh/app/site/file"
)

// story are the files of a part with a folder, and with assets elsewhere.
func story(name, text string) file.Set {
	return file.Set{
		name + "/index.html": []byte(text), name + "/en/call/1/index.html": []byte("a call"),
		"assets/story." + name + ".en.json": []byte("same"), "assets/card." + name + "." + text + ".png": []byte(text),
	}
}

// A part that is the same is not even opened, unless somebody touched it. What others put in its place, or beside it,
// goes, and the folder always holds what it should.
func TestPartsThatAreTheSameAreNotOpened(t *testing.T) {
	room := t.TempDir()
	dist := filepath.Join(room, "site", "dist")
	known := Known{Spare: filepath.Join(room, "cache", "spare")}
	if err := os.MkdirAll(filepath.Join(room, "cache"), 0o755); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"bridge": "one", "dam": "one", "port": "one"}
	n := 0
	build := func(what string, want ...string) {
		t.Helper()
		n++
		rest := file.Set{"index.html": fmt.Append(nil, n), "assets/style.css": []byte("style")}
		all := maps.Clone(rest)
		var parts []Part
		var mu sync.Mutex
		var opened []string
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			files := story(name, texts[name])
			maps.Copy(all, files)
			parts = append(parts, Part{Folder: name, ID: texts[name], Open: func() (file.Files, error) {
				mu.Lock()
				defer mu.Unlock()
				opened = append(opened, name)
				return files, nil
			}})
		}
		before := known.Before
		var err error
		if known, err = Replace(dist, known.Packed().Unpacked(), append(parts, Of(rest))...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		slices.Sort(opened)
		if before != nil && !slices.Equal(opened, want) {
			t.Errorf("%s: opened %v, want %v", what, opened, want)
		}
		got := read(t, dist)
		for p, data := range all {
			if got[p] != string(data) {
				t.Errorf("%s: %s holds %q, want %q", what, p, got[p], data)
			}
		}
		if got[Marker] != marked || len(got) != len(all)+1 || known.Count() != len(all) {
			t.Errorf("%s: got %v (%d), want %d files", what, slices.Sorted(maps.Keys(got)), known.Count(), len(all))
		}
		alone(t, dist)
	}
	build("at first")
	build("nothing changed")
	build("nothing changed again")
	texts["dam"] = "two"
	build("one changed", "dam")
	build("one had changed", "dam") // for the other folder
	build("both folders have it")
	delete(texts, "port")
	build("one went")
	texts["tunnel"] = "one"
	build("one came", "tunnel")
	build("one had come", "tunnel")
	build("all is the same")
	// Whatever anybody does to one of the folders, now or when it is the spare one.
	at := func(folder, name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
	for what, c := range map[string]struct {
		change func(folder string) error
		opened []string
	}{
		"another content": {func(folder string) error {
			return errors.Join(os.Remove(at(folder, "bridge/index.html")), os.WriteFile(at(folder, "bridge/index.html"), []byte("mine"), 0o644))
		}, []string{"bridge"}},
		"another asset": {func(folder string) error {
			name := at(folder, "assets/story.bridge.en.json")
			return errors.Join(os.Remove(name), os.WriteFile(name, []byte("mine"), 0o644))
		}, []string{"bridge", "dam", "tunnel"}},
		"a file more in its folder": {func(folder string) error {
			return os.WriteFile(at(folder, "bridge/en/notes.txt"), []byte("mine"), 0o644)
		}, []string{"bridge"}},
		"a folder more at the root": {func(folder string) error {
			return errors.Join(os.Mkdir(at(folder, "mine"), 0o755), os.WriteFile(at(folder, "mine/notes.txt"), nil, 0o644))
		}, []string{"bridge", "dam", "tunnel"}},
		"its folder is gone": {func(folder string) error { return os.RemoveAll(at(folder, "bridge")) }, []string{"bridge", "dam", "tunnel"}},
		"all is gone":        {os.RemoveAll, []string{"bridge", "dam", "tunnel"}},
	} {
		if err := c.change(known.Spare); err != nil {
			t.Fatal(err)
		}
		build("spare, "+what, c.opened...)
		build("spare, " + what + ", again")
		if what == "all is gone" {
			continue
		}
		if err := c.change(dist); err != nil {
			t.Fatal(err)
		}
		build("dist, " + what) // made of the spare one
		build("dist, "+what+", now to spare", c.opened...)
	}
	// A repository is found wherever it is, though most folders are not looked into; one at the root is seen at once.
	if err := os.Mkdir(at(dist, "bridge/en/.git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Replace(dist, known); err == nil || !strings.Contains(err.Error(), "bridge/en/.git") {
		t.Error("a Git repository in the folder of a part is not found")
	}
	if err := os.Rename(at(dist, "bridge/en/.git"), at(dist, ".git")); err != nil {
		t.Fatal(err)
	}
	if err := Check(dist); err == nil {
		t.Error("a Git repository at the root is not seen at once")
	}
}

// Packed stamps are what was packed.
func TestRecords(t *testing.T) {
	stamps := Stamps{
		"bridge/index.html": {file.Sum{1}, 0, -5}, "bridge/en/index.html": {file.Sum{2}, 1 << 40, 1 << 60},
		"assets/story.bridge.en.json": {file.Sum{3}, 7, 0},
	}
	r := recordOf(Part{Folder: "bridge", ID: "x"}, stamps)
	if got := r.stamps(); !maps.Equal(got, stamps) || r.Count != 3 {
		t.Errorf("got %v, %d", got, r.Count)
	}
	if got := slices.Sorted(maps.Keys(r.Folders)); !slices.Equal(got, []string{"bridge", "bridge/en"}) {
		t.Errorf("got the folders %v, want those in that of the part", got)
	}
	r = recordOf(Of(nil), stamps)
	if got := slices.Sorted(maps.Keys(r.Folders)); !slices.Equal(got, []string{".", "assets", "bridge", "bridge/en"}) {
		t.Errorf("got the folders %v, want all", got)
	}
	now, before := recordOf(Part{Folder: "bridge"}, stamps), recordOf(Part{Folder: "bridge"}, stamps)
	other := recordOf(Part{Folder: "dam"}, stamps)
	k := Known{Now: []Record{now, {Folder: "tunnel"}, {Folder: "port", Files: r.Files}},
		Before: []Record{other, before, {Folder: "port"}, {Folder: "tunnel", Count: 3, Files: r.Files}}}
	packed := k.Packed()
	if len(packed.Before[0].Files) == 0 || len(packed.Before[1].Files) > 0 || len(packed.Before[3].Files) == 0 {
		t.Error("packed, there is more than what differs, or less")
	}
	if got := packed.Unpacked(); !reflect.DeepEqual(got, k) {
		t.Errorf("got %v, want %v", got, k)
	}
	r = recordOf(Part{}, Stamps{})
	if len(r.stamps()) != 0 || !r.each(func(string, Stamp) bool { return false }) {
		t.Error("no files are some")
	}
}
