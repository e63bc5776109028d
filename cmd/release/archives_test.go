//go:build archives

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestArchiveWorksWithoutGo makes the archive for this system from the source in two folders: it is the same, and an
// editor can work with it. Compiling everything once more takes a minute, so it has a target of its own (make
// test-release).
func TestArchiveWorksWithoutGo(t *testing.T) {
	here := runtime.GOOS + "/" + runtime.GOARCH
	r := release{
		dir: root, version: "1.2.3", date: time.Unix(1790000000, 0).UTC(), out: t.TempDir(), targets: []string{here},
	}
	names, err := r.make(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := try(context.Background(), filepath.Join(r.out, names[0])); err != nil {
		t.Error(err)
	}

	elsewhere := r
	elsewhere.dir, elsewhere.out = copied(t), t.TempDir()
	if _, err := elsewhere.make(context.Background()); err != nil {
		t.Fatal(err)
	}
	one, other := read(t, filepath.Join(r.out, sumsName)), read(t, filepath.Join(elsewhere.out, sumsName))
	if one != other {
		t.Errorf("from another folder other bytes come:\n%s\n%s", one, other)
	}
	if runtime.GOOS == "linux" {
		check := exec.Command("sha256sum", "--check", "--strict", sumsName)
		check.Dir = r.out
		if out, err := check.CombinedOutput(); err != nil || strings.Count(string(out), ": OK") != 2 {
			t.Errorf("sha256sum: %v\n%s", err, out)
		}
	}
}

// TestArchiveThatLacksItsClientIsRefused is for the trial itself: an archive of which a part is missing must not pass.
func TestArchiveThatLacksItsClientIsRefused(t *testing.T) {
	program := filepath.Join(t.TempDir(), "sharh")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", program, "./cmd/sharh")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r := release{dir: root, version: "1.2.3"}
	files, err := r.files(program, runtime.GOOS)
	if err != nil {
		t.Fatal(err)
	}
	data, ending, err := pack("linux", "sharh-1.2.3", files, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "sharh"+ending)
	if err := os.WriteFile(archive, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := try(context.Background(), archive); err == nil || !strings.Contains(err.Error(), "there is no client") {
		t.Errorf("want: there is no client; got %v", err)
	}
}

// copied copies the source, as far as it is compiled or packed, into another folder.
func copied(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"app", "web", "cmd", "content"} {
		if err := os.CopyFS(filepath.Join(folder, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "LICENSE", "NOTICE"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(read(t, filepath.Join(root, name))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
