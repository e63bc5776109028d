package source

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"

	"sharh/app/desk/diag"
)

// Files that were kept are loaded as they were then.
func TestFilesStayAsTheyWere(t *testing.T) {
	content := fstest.MapFS{
		"a/explainer.yaml":   {Data: []byte("languages: [en]\ntitle: {en: Before}\nsections: [{id: x, title: {en: X}}]\n")},
		"a/sections/x.en.md": {Data: []byte("Text before\n")}, "a/.draft/notes.md": {Data: []byte("x")},
		"a/picture.png":    {Data: []byte("x")},
		"b/explainer.yaml": {Data: []byte("languages: [en]\n")},
	}
	kept := Keep(content, "a")
	sum := kept.Sum()
	if sum == "" || Keep(content, "a").Sum() != sum {
		t.Errorf("got the sum %q, then %q", sum, Keep(content, "a").Sum())
	}
	load := func(f *Files) *Set {
		t.Helper()
		var list diag.List
		set, err := f.LoadAs("content/a", &list)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	for name, change := range map[string]func(){
		"a picture, a hidden file and another explainer": func() {
			for _, name := range []string{"a/picture.png", "a/.draft/notes.md", "b/explainer.yaml"} {
				content[name] = &fstest.MapFile{}
			}
		},
	} {
		if change(); Keep(content, "a").Sum() != sum {
			t.Errorf("%s: the sum is another", name)
		}
	}
	content["a/sections/x.en.md"] = &fstest.MapFile{Data: []byte("Text after\n")}
	after := Keep(content, "a")
	if after.Sum() == sum {
		t.Error("another text has the same sum")
	}
	for want, f := range map[string]*Files{"Text before\n": kept, "Text after\n": after} {
		if got := load(f).Explainer.Sections[0].Body.ByLang["en"].Value; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	delete(content, "a/sections/x.en.md")
	gone := Keep(content, "a").Sum()
	content["a/glossary.yaml"] = &fstest.MapFile{}
	if again := Keep(content, "a").Sum(); gone == after.Sum() || again == gone {
		t.Error("a file that is gone, or is new and empty, changes nothing")
	}
}

// If one file cannot be kept, none is, and loading reports the problem.
func TestFilesThatCannotBeKept(t *testing.T) {
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "a", "explainer.yaml"), make([]byte, maxFile+1), 0o644); err != nil {
		t.Fatal(err)
	}
	large := Keep(os.DirFS(folder), "a")
	var list diag.List
	if _, err := large.LoadAs("content/a", &list); err != nil || large.Sum() != "" || list.Count(diag.Error) == 0 {
		t.Errorf("too large a file: got the sum %q, %v, %d problems", large.Sum(), err, list.Len())
	}
	none := Keep(os.DirFS(folder), "b")
	if _, err := none.LoadAs("content/b", &list); err == nil || none.Sum() != "" {
		t.Errorf("no folder: got the sum %q, %v", none.Sum(), err)
	}
	if err := os.Symlink(filepath.Join(folder, "a"), filepath.Join(folder, "a", "sections")); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skip("no links here")
	}
	if err := os.Remove(filepath.Join(folder, "a", "explainer.yaml")); err != nil {
		t.Fatal(err)
	}
	if sum := Keep(os.DirFS(folder), "a").Sum(); sum != "" {
		t.Errorf("a link to a folder: got the sum %q, though there may be anything behind it", sum)
	}
}
