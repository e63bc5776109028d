package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWatchHearsOfExplainers(t *testing.T) {
	content := t.TempDir()
	write := func(name string) {
		t.Helper()
		file := filepath.Join(content, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(filepath.Join(content, from), filepath.Join(content, to)); err != nil {
			t.Fatal(err)
		}
	}
	write("a/explainer.yaml")
	write("b/sections/x.en.md")
	write("README.md")
	heard := make(chan map[string]bool, 100)
	err := watch(t.Context(), content, func(slugs map[string]bool) { heard <- slugs })
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"a save in place", func() { write("a/explainer.yaml") }, "a"},
		{"a save by renaming", func() { write("a/.next"); move("a/.next", "a/explainer.yaml") }, "a"},
		{"a file in a folder", func() { write("b/sections/x.en.md") }, "b"},
		{"several at once", func() { write("a/timeline.yaml"); write("b/timeline.yaml"); write("a/views.yaml") }, "a b"},
		{"a new folder", func() { write("c/explainer.yaml") }, "c"},
		{"a file in the new folder", func() { write("c/timeline.yaml") }, "c"},
		{"a folder in the new folder", func() { write("c/sections/y.en.md") }, "c"},
		{"a file in that", func() { write("c/sections/y.en.md") }, "c"},
		{"another name", func() { move("c", "d") }, "c d"},
		{"a file under the other name", func() { write("d/timeline.yaml") }, "d"},
		{"what goes", func() {
			if err := os.RemoveAll(filepath.Join(content, "d")); err != nil {
				t.Fatal(err)
			}
		}, "d"},
	} {
		step.do()
		select {
		case got := <-heard:
			for _, slug := range strings.Fields(step.want) {
				if !got[slug] && !got[""] {
					t.Errorf("%s: heard of %v, want %q", step.name, got, slug)
				}
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: nothing was heard", step.name)
		}
		for quietly := true; quietly; { // the same again does no harm
			select {
			case <-heard:
			case <-time.After(3 * quiet):
				quietly = false
			}
		}
	}
	write("README.md")
	write(".schema/x.json")
	write("a/.timeline.yaml.swp")
	write("a/timeline.yaml~")
	write("a/4913")
	if err := os.Chmod(filepath.Join(content, "a", "timeline.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-heard:
		t.Errorf("heard of %v, want nothing of files that are not content", got)
	case <-time.After(5 * quiet):
	}
}
