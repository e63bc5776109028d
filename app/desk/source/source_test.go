package source_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

var golden = flag.Bool("golden", false, "rewrite what the cases in testdata want")

func archive(t testing.TB, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// explainer is the minimal explainer with the files of a in place of its own. A line "without: a b" before the files
// names those that are to be missing; a file a/b makes a folder of a.
func explainer(t testing.TB, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range archive(t, "minimal.txtar").Files {
		files["x/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	delete(files, "x/want")
	for line := range strings.Lines(string(a.Comment)) {
		if names, ok := strings.CutPrefix(line, "without:"); ok {
			for _, name := range strings.Fields(names) {
				delete(files, "x/"+name)
			}
		}
	}
	for _, f := range a.Files {
		for name := range files {
			if strings.HasPrefix("x/"+f.Name, name+"/") {
				delete(files, name)
			}
		}
		files["x/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// load reads the explainer and returns its problems as printed.
func load(t testing.TB, files fs.FS) (*source.Set, string) {
	t.Helper()
	var list diag.List
	set, err := source.LoadAs(files, "x", "", &list)
	if err != nil {
		t.Fatal(err)
	}
	list.Sort()
	var out strings.Builder
	list.Print(&out)
	return set, out.String()
}

func TestLoad(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("got cases %q, error %v", names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a := archive(t, filepath.Base(name))
			want := &a.Files[len(a.Files)-1]
			if want.Name != "want" {
				t.Fatalf("%s: the last file is %s, want want", name, want.Name)
			}
			_, got := load(t, explainer(t, a))
			if *golden {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

// What an archive of text cannot hold.
func TestLoadBytes(t *testing.T) {
	minimal := func() fstest.MapFS { return explainer(t, &txtar.Archive{}) }
	t.Run("accepts a byte order mark and Windows line ends, with the same places", func(t *testing.T) {
		want, _ := load(t, minimal())
		files := minimal()
		for _, f := range files {
			f.Data = append([]byte("\ufeff"), bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))...)
		}
		got, problems := load(t, files)
		if problems != "" {
			t.Errorf("got problems:\n%s", problems)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("records differ (-LF +CRLF):\n%s", diff)
		}
	})
	for _, c := range []struct{ name, file, data, want string }{
		{"refuses what is not UTF-8, where it begins", "sources.yaml", "# غزة\nsources: []\n# \xc7\xe1\n",
			"sources.yaml:3:3: error: the file is not UTF-8 text [not-utf8]\n    save it as UTF-8\n"},
		{"refuses UTF-16 in an article", "sections/talks.en.md", "\xff\xfeT\x00",
			"sections/talks.en.md:1:1: error: the file is not UTF-8 text [not-utf8]\n    save it as UTF-8\n"},
		{"refuses a file over the limit", "views.yaml", "views: []\n" + strings.Repeat("#", 4<<20),
			"views.yaml: error: the file has 4194314 bytes; the limit is 4194304 [unreadable-file]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := minimal()
			files["x/"+c.file] = &fstest.MapFile{Data: []byte(c.data)}
			if _, got := load(t, files); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	t.Run("fails where there is no folder", func(t *testing.T) {
		files := minimal()
		files["file"] = &fstest.MapFile{}
		for slug, want := range map[string]string{"y": "reading explainer content/y", "file": "not a folder"} {
			var list diag.List
			if _, err := source.Load(files, slug, &list); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got error %v, want %q", slug, err, want)
			}
		}
	})
}

func TestRecords(t *testing.T) {
	a := archive(t, "values.txtar")
	set, _ := load(t, explainer(t, a))
	at := func(line, column int) diag.Pos { return diag.Pos{File: "timeline.yaml", Line: line, Column: column} }
	text := func(s string, p, t diag.Pos) source.Text {
		return source.Text{ByLang: map[string]source.String{"en": {Value: s, Pos: t}}, Pos: p}
	}
	want := []source.Event{{
		Pos: at(3, 5), ID: source.String{Value: "7", Pos: at(3, 9)}, Date: source.String{Value: "2025-03-01", Pos: at(4, 11)},
		Label: text("Two\nlines", at(6, 7), at(6, 11)),
		Sentences: []source.Sentence{{
			Pos: at(10, 7), Kind: source.String{Value: "fact", Pos: at(10, 13)}, Text: text("3.50", at(11, 13), at(11, 18)),
			Sources: []source.String{{Value: "gazette", Pos: at(12, 17)}},
		}},
		Calls: []source.Int{{Value: 1, Pos: at(13, 13)}},
	}}
	if diff := cmp.Diff(want, set.Timeline.Events); diff != "" {
		t.Errorf("records differ (-want +got):\n%s", diff)
	}
	if set.Timeline.Calls == nil {
		t.Error("calls: none: got no list, want an empty one")
	}
}

func TestSlugs(t *testing.T) {
	got, err := source.Slugs(fstest.MapFS{
		"b/explainer.yaml": {}, "a/explainer.yaml": {}, "notes/README.md": {}, "explainer.yaml": {},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b"}, got); diff != "" {
		t.Errorf("slugs differ (-want +got):\n%s", diff)
	}
}

func FuzzLoad(f *testing.F) {
	names := []string{"explainer.yaml", "timeline.yaml", "actors.yaml", "statements.yaml", "views.yaml", "sources.yaml", "sections/talks.en.md"}
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		for _, file := range archive(f, filepath.Base(c)).Files {
			for i, name := range names {
				if name == file.Name {
					f.Add(byte(i), file.Data)
				}
			}
		}
	}
	whole := explainer(f, &txtar.Archive{})
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := names[int(which)%len(names)]
		// The other files may be missing; a section is read only when explainer.yaml names it.
		files := fstest.MapFS{"x/explainer.yaml": whole["x/explainer.yaml"], "x/" + name: {Data: data}}
		var list diag.List
		set, err := source.LoadAs(files, "x", "", &list)
		if err != nil {
			t.Fatal(err)
		}
		lines := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) - bytes.Count(data, []byte("\r\n"))
		inside := func(what string, p diag.Pos) {
			if p.File == name && p.Line != 0 && (p.Line < 0 || p.Line > lines || p.Column < 1) {
				t.Errorf("%s: %s: got a place outside of the %d lines of the file", p, what, lines)
			}
		}
		for _, p := range list.All() {
			inside(p.Message, p.Pos)
			for _, n := range p.Notes {
				inside(n.Text, n.Pos)
			}
		}
		places(reflect.ValueOf(set).Elem(), func(p diag.Pos) { inside("a record", p) })
	})
}

// places visits every place that records keep.
func places(v reflect.Value, visit func(diag.Pos)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			places(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			places(v.Index(i), visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			places(v.MapIndex(key), visit)
		}
	case reflect.Struct:
		if p, ok := v.Interface().(diag.Pos); ok {
			visit(p)
			return
		}
		for i := range v.NumField() {
			places(v.Field(i), visit)
		}
	}
}
