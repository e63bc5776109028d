package source

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/picture"
)

// dot is the smallest PNG.
var dot, _ = base64.StdEncoding.DecodeString(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

func TestMedia(t *testing.T) {
	content := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var events strings.Builder
	for _, name := range []string{"dot.png", "link.png", "large.png", "../secret.png", "folder", "none.png"} {
		events.WriteString("  - {id: e, label: {en: x}, sentences: [], picture: {file: " + name + "}}\n")
	}
	write("x/timeline.yaml", []byte("events:\n"+events.String()))
	write("x/explainer.yaml", []byte("languages: [en]\n"))
	write("secret.png", dot)
	for _, name := range []string{"dot.png", "unnamed.png", ".DS_Store", "Thumbs.db", "folder/a.png", "large.png"} {
		write("x/media/"+name, dot)
	}
	if err := os.Truncate(filepath.Join(content, "x/media/large.png"), picture.MostBytes+1); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(content, "secret.png"), filepath.Join(content, "x/media/link.png")); err != nil {
		t.Fatal(err)
	}

	look := func(files *Files) map[string]*Medium {
		t.Helper()
		var list diag.List
		set, err := files.LoadAs("x", &list)
		if err != nil {
			t.Fatal(err)
		}
		return set.Media
	}
	faults := func(media map[string]*Medium) map[string]string {
		all := map[string]string{}
		for name, m := range media {
			if all[name] = "fine"; m.Fault != nil {
				all[name] = m.Fault.Kind
			} else if m.Width == 0 {
				all[name] = "not looked at"
			}
		}
		return all
	}
	want := map[string]string{"dot.png": "fine", "unnamed.png": "not looked at", "large.png": "bytes", "link.png": "link"}
	kept := Keep(os.DirFS(content), "x")
	if kept.Sum() == "" {
		t.Error("files were not kept")
	}
	for how, files := range map[string]*Files{
		"kept": kept, "not kept": {slug: "x", from: os.DirFS(content), all: os.DirFS(content)},
	} {
		got := faults(look(files))
		for name, want := range want {
			if got[name] != want {
				t.Errorf("%s, %s: got %q, want %q", how, name, got[name], want)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: got %v", how, got)
		}
	}
	if data, err := kept.Medium("dot.png"); err != nil || string(data) != string(dot) {
		t.Errorf("reading it: got %d bytes, %v", len(data), err)
	}

	// Another picture under the same name is another state of the explainer, and the first one cannot be read any more.
	write("x/media/dot.png", append(dot, 0))
	if again := Keep(os.DirFS(content), "x"); again.Sum() == kept.Sum() || again.Sum() == "" {
		t.Error("another picture has the same sum")
	}
	if _, err := kept.Medium("dot.png"); err == nil {
		t.Error("another picture was read in place of the one that was kept")
	}
	if got := faults(look(kept))["dot.png"]; got != "unreadable" {
		t.Errorf("a picture that changed: got %q", got)
	}
	if err := os.Rename(filepath.Join(content, "x/media"), filepath.Join(content, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(content, "elsewhere"), filepath.Join(content, "x/media")); err != nil {
		t.Fatal(err)
	}
	if got := look(Keep(os.DirFS(content), "x")); len(got) > 0 {
		t.Errorf("behind a link for the folder: got %v", faults(got))
	}
}
