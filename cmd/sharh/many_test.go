package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sharh/app/site"
)

// small writes so many explainers of a few words into a folder.
func small(t *testing.T, content string, n int) {
	t.Helper()
	for i := range n {
		one(t, content, i, fmt.Sprintf("Bridge %d", i))
	}
}

func one(t *testing.T, content string, i int, title string) {
	t.Helper()
	folder := filepath.Join(content, fmt.Sprintf("bridge-%02d", i))
	for name, text := range map[string]string{
		"explainer.yaml": "languages: [en, ar]\nfacts_as_of: 2025-12-31\ntitle: {en: " + title + ", ar: الجسر}\n" +
			"standfirst: {en: It is closed., ar: الجسر مغلق.}\nkey_points:\n" +
			"  - {kind: fact, text: {en: It is closed., ar: أغلق الجسر.}, sources: [gazette]}\n" +
			"  - {kind: fact, text: {en: It is old., ar: الجسر قديم.}, sources: [gazette]}\n" +
			"  - {kind: fact, text: {en: It is long., ar: الجسر طويل.}, sources: [gazette]}\n" +
			"sections:\n  - {id: body, title: {en: Of what, ar: الكلام}}\n",
		"sections/body.en.md": "A way across water.\n", "sections/body.ar.md": "الجسر يعبر الماء.\n",
		"sources.yaml": "sources:\n  - {id: gazette, publisher: {en: Gazette, ar: الجريدة}, subject: {en: the bridge, ar: الجسر}, " +
			"url: https://gazette.example/1}\n",
	} {
		write(t, filepath.Join(folder, name), text)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// building are the flags of a build in a room of its own. What it says goes to said.
type building struct {
	buildFlags
	room string
	said io.Writer
}

func build(t *testing.T, explainers int) *building {
	t.Helper()
	room := t.TempDir()
	b := &building{room: room, said: io.Discard}
	b.Content, b.Base = filepath.Join(room, "content"), "/"
	b.Client, b.Exec = filepath.Join(room, "client.wasm"), filepath.Join(room, "wasm_exec.js")
	b.Cache, b.Out = filepath.Join(room, "cache"), filepath.Join(room, "dist")
	write(t, b.Client, "\x00asm")
	write(t, b.Exec, "var x = 1;")
	small(t, b.Content, explainers)
	return b
}

func (b *building) run() error {
	var problems bytes.Buffer
	m := Main{Stdout: b.said, Stderr: &problems}
	if err := m.build(b.buildFlags, true); err != nil {
		return fmt.Errorf("%w\n%s", err, &problems)
	}
	return nil
}

// built builds and returns the files.
func (b *building) built(t *testing.T) map[string]string {
	t.Helper()
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	return files(t, b.Out)
}

// files returns the files of a folder, but what a publisher has for itself.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := fs.WalkDir(os.DirFS(folder), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(p, ".sharh/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, p))
		all[p] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// same compares two sites.
func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if data, there := got[p]; !there || data != want[p] {
			t.Errorf("%s: %s is there: %t, and not what it should be", what, p, there)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, wanted := want[p]; !wanted {
			t.Errorf("%s: %s should not be there", what, p)
		}
	}
}

// However many explainers are made at the same time, with a cache and without, the site is the same to the last byte.
// After one changed, only what depends on it is another file.
func TestJobsAndCache(t *testing.T) {
	b := build(t, 4)
	b.Jobs = 1
	want := b.built(t)
	b.Jobs = 4
	same(t, "the same again", b.built(t), want)
	b.Cache = ""
	same(t, "four at once, without a cache", b.built(t), want)
	b.Cache = filepath.Join(b.room, "another")
	same(t, "with an empty cache", b.built(t), want)
	stat := func(name string) os.FileInfo {
		info, err := os.Stat(filepath.Join(b.Out, name))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	for range 3 { // the folder is made of one that was there before, and of files of the other one
		was := stat("bridge-02/index.html")
		one(t, b.Content, 1, fmt.Sprintf("Bridge %d", was.ModTime().UnixNano()))
		got := b.built(t)
		if !os.SameFile(was, stat("bridge-02/index.html")) {
			t.Error("a page that did not change was written again")
		}
		if got["bridge-01/index.html"] == want["bridge-01/index.html"] || got["index.html"] == want["index.html"] {
			t.Error("the explainer that changed, or the shelf, is as it was")
		}
		fresh := *b
		fresh.Cache, fresh.Out = "", filepath.Join(b.room, "fresh")
		same(t, "after a change", got, fresh.built(t))
	}
	b.Jobs = -1
	if err := b.run(); err == nil || !strings.Contains(err.Error(), "--jobs") {
		t.Errorf("got %v for fewer than no explainers at a time", err)
	}
}

// A planned site holds no files: what it needs in memory hardly grows with its explainers.
func TestPlannedSitesHoldNoFiles(t *testing.T) {
	plan := func(explainers int) (held, size int64) {
		b := build(t, explainers)
		m := Main{Stdout: io.Discard, Stderr: io.Discard}
		all, err := m.publishable(b.siteFlags)
		if err != nil {
			t.Fatal(err)
		}
		before := heap()
		planned, err := b.plan(all, true, site.Share{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		held = heap() - before
		files, err := planned.Files()
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range files {
			size += int64(len(data))
		}
		return held, size
	}
	plan(1) // what this program makes once
	held, size := plan(2)
	heldMore, sizeMore := plan(12)
	if held, size := (heldMore-held)/10, (sizeMore-size)/10; held > size/4 {
		t.Errorf("each explainer more holds %d bytes, of %d that its files have", held, size)
	}
}

// heap is how many bytes are in use.
func heap() int64 {
	var m runtime.MemStats
	for range 2 { // pools lose what is in them only the second time
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// published returns the files that the manifest of a place names. What else there is has its grace time.
func published(t *testing.T, place string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(place, ".sharh", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Files map[string]any }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	all := files(t, place)
	maps.DeleteFunc(all, func(p, _ string) bool { return manifest.Files[p] == nil })
	return all
}

// Shares that are published to one place are the site that one build makes, in whatever order they come, also after
// explainers changed, went and came.
func TestSharesAreTheSite(t *testing.T) {
	b := build(t, 5)
	b.Base = "https://example.org/place/"
	publish := func(from, to string) error {
		var said bytes.Buffer
		m := Main{Stdout: &said, Stderr: &said}
		c := publishCommand{Target: to, From: from, Remove: []string{"bridge-02"}}
		if err := c.Run(&m); err != nil {
			return fmt.Errorf("%w\n%s", err, &said)
		}
		return nil
	}
	place := filepath.Join(b.room, "place", "/")
	write(t, filepath.Join(place, ".keep"), "")
	if err := os.Remove(filepath.Join(place, ".keep")); err != nil {
		t.Fatal(err)
	}
	for i, change := range []func(){
		func() {},
		func() { one(t, b.Content, 1, "Another bridge") },
		func() { // those behind it change their shares
			if err := os.RemoveAll(filepath.Join(b.Content, "bridge-02")); err != nil {
				t.Fatal(err)
			}
			one(t, b.Content, 7, "A new bridge")
		},
		func() { // it moves, and leaves word at its former address
			one(t, b.Content, 9, "A bridge that moved")
			name := filepath.Join(b.Content, "bridge-09", "explainer.yaml")
			data, err := os.ReadFile(name)
			if err := errors.Join(err, os.RemoveAll(filepath.Join(b.Content, "bridge-03"))); err != nil {
				t.Fatal(err)
			}
			write(t, name, string(data)+"formerly: [bridge-03]\n")
		},
		func() {},
	} {
		change()
		whole := b.built(t)
		for _, n := range [][]int{{2, 3, 1}, {1, 2, 3}, {3, 1, 2}, {1, 3, 2}, {2, 1, 3}}[i] {
			part := *b
			part.Shard, part.Out = shard{Number: n, Of: 3}, filepath.Join(b.room, fmt.Sprint("dist-", n))
			if err := part.run(); err != nil {
				t.Fatal(err)
			}
			if err := publish(part.Out, place); err != nil {
				t.Fatal(err)
			}
		}
		delete(whole, ".sharh-site")
		same(t, fmt.Sprintf("publication %d", i), published(t, place), whole)
	}
	b.App, b.Shard = "site", shard{Number: 1, Of: 3}
	if err := b.run(); err == nil || !strings.Contains(err.Error(), "cannot be built in shares") {
		t.Errorf("got %v for a share of a site that is one app", err)
	}
	for _, text := range []string{"", "3", "0/3", "4/3", "a/b", "1/0"} {
		var s shard
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for the part %v", text, s)
		}
	}
}
