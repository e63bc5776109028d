package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	next := func(what string) map[string]bool {
		t.Helper()
		select {
		case slugs := <-heard:
			return slugs
		case <-time.After(time.Minute):
			t.Fatalf("%s: not heard of", what)
			return nil
		}
	}
	for i, step := range []struct {
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
		want := strings.Fields(step.want)
		for len(want) > 0 { // it may come in parts, and the same again does no harm
			got := next(step.name)
			want = slices.DeleteFunc(want, func(slug string) bool { return got[slug] || got[""] })
		}
		// What is still to be said of this step is said by the time that what is made now is heard of.
		after := fmt.Sprint("after-", i)
		write(after + "/explainer.yaml")
		for !next(after)[after] {
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
	// What is made last is heard of last.
	write("last/explainer.yaml")
	for ended := false; !ended; {
		for slug := range next("what is made last") {
			ended = ended || slug == "last"
			if slug != "last" && !strings.HasPrefix(slug, "after-") {
				t.Errorf("heard of %q, want nothing of files that are not content", slug)
			}
		}
	}
}
