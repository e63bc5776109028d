package synthetic

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// Every explainer is without a problem, not even one to warn of: such are read again in each build.
func TestCheckFindsNothing(t *testing.T) {
	folder := t.TempDir()
	const n = 20
	if err := Write(folder, n, 1); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		var list diag.List
		set, err := source.Load(os.DirFS(folder), Slug(i), &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		for _, d := range list.All() {
			t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
		}
	}
}

// A seed stands for its explainers, of which no two are alike.
func TestSeeds(t *testing.T) {
	for i := range 5 {
		if diff := cmp.Diff(Files(i, 1), Files(i, 1)); diff != "" {
			t.Errorf("%s is another one the second time:\n%s", Slug(i), diff)
		}
	}
	sizes, seen := []int{}, map[string]bool{}
	for _, seed := range []uint64{1, 2} {
		for i := range 20 {
			size := 0
			for _, data := range Files(i, seed) {
				size += len(data)
			}
			timeline := string(Files(i, seed)["timeline.yaml"])
			if seen[timeline] {
				t.Errorf("%s of seed %d is like another one", Slug(i), seed)
			}
			seen[timeline], sizes = true, append(sizes, size)
		}
	}
	if low, high := slices.Min(sizes), slices.Max(sizes); high < 2*low {
		t.Errorf("all explainers are about as large: from %d to %d bytes", low, high)
	}
	if got := len(slices.Collect(maps.Keys(Files(0, 1)))); got < 10 {
		t.Errorf("an explainer has %d files", got)
	}
}

// The large one has as much of each as it says, and no error.
func TestLarge(t *testing.T) {
	folder := t.TempDir()
	for name, data := range Large(1) {
		path := filepath.Join(folder, "large", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var list diag.List
	set, err := source.Load(os.DirFS(folder), "large", &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	for _, d := range list.All() {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
		}
	}
	got := [4]int{
		len(set.Actors.Actors), len(set.Actors.Relations), len(set.Timeline.Events), len(set.Ledger.Statements),
	}
	if want := [4]int{150, 400, 200, 500}; got != want {
		t.Errorf("got %d actors, relations, events and statements, want %d", got, want)
	}
}
