package source_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/diag"
	"sharh/app/desk/rulebook"
	"sharh/app/desk/source"
)

var golden = flag.Bool("golden", false, "rewrite what the cases in testdata want")

// minimal is the smallest explainer, in folder x.
func minimal(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/minimal.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range a.Files {
		files["x/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// load reads the explainer and returns its problems as printed text.
func load(t testing.TB, files fs.FS) (*source.Set, string) {
	t.Helper()
	var list diag.List
	set, err := source.LoadAs(files, "x", "", &list)
	if err != nil {
		t.Fatal(err)
	}
	return set, printed(&list)
}

func printed(list *diag.List) string {
	list.Sort()
	var out strings.Builder
	list.Print(&out)
	return out.String()
}

// The files of testdata are the cases of the rules about reading. Package rulebook describes their format.
func TestRules(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("got cases %q, error %v", names, err)
	}
	for _, name := range names {
		code := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if code == "minimal" || code == "values" {
			continue
		}
		t.Run(code, func(t *testing.T) {
			c, _ := rulebook.CaseOf(code)
			if _, list := c.Problems("good"); list.Len() > 0 {
				t.Errorf("good files: got problems, want none:\n%s", printed(list))
			}
			_, list := c.Problems("bad")
			got := printed(list)
			if *golden {
				if err := os.WriteFile(name, c.WithWant(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(c.Want(), got); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

const saveAs = "    save it as UTF-8: in the editor's “Save as”, choose the encoding UTF-8; " +
	"from a spreadsheet, export “CSV UTF-8”\n"

// Cases that a text archive cannot contain.
func TestLoadBytes(t *testing.T) {
	t.Run("accepts a byte order mark and Windows line ends, with the same places", func(t *testing.T) {
		want, _ := load(t, minimal(t))
		files := minimal(t)
		for _, f := range files {
			f.Data = append([]byte("\ufeff"), bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))...)
		}
		got, problems := load(t, files)
		if problems != "" {
			t.Errorf("got problems:\n%s", problems)
		}
		if diff := cmp.Diff(want, got, exact, cmpopts.IgnoreFields(source.Set{}, "Locales", "Others")); diff != "" {
			t.Errorf("records differ (-LF +CRLF):\n%s", diff)
		}
	})
	for _, c := range []struct{ name, file, data, want string }{
		{"refuses what is not UTF-8, where it begins", "sources.yaml", "# غزة\nsources: []\n# \xc7\xe1\n",
			"sources.yaml:3:3: error: the file is not UTF-8 text; read as Windows-1256, this word is \"\u2068ال\u2069\" [not-utf8]\n" +
				"    open it again as Windows-1256, so that the letters are right, and save it as UTF-8\n"},
		{"names the encoding of a western word", "sections/talks.en.md", "They met.\n\nA caf\xe9, at \x84Bern\x93.\n",
			"sections/talks.en.md:3:6: error: the file is not UTF-8 text; read as Windows-1252, this word is \"café\" [not-utf8]\n" +
				"    open it again as Windows-1252, so that the letters are right, and save it as UTF-8\n"},
		{"names the encoding of an Arabic word", "sections/talks.en.md", "\xe3\xdf\xc7\xe1\xe3\xc9\n",
			"sections/talks.en.md:1:1: error: the file is not UTF-8 text; read as Windows-1256, this word is \"\u2068مكالمة\u2069\" [not-utf8]\n" +
				"    open it again as Windows-1256, so that the letters are right, and save it as UTF-8\n"},
		{"names no encoding of what is no word", "sections/talks.en.md", "\x81\n",
			"sections/talks.en.md:1:1: error: the file is not UTF-8 text [not-utf8]\n" + saveAs},
		{"refuses UTF-16 in an article", "sections/talks.en.md", "\xff\xfeT\x00",
			"sections/talks.en.md: error: the file is UTF-16 text, not UTF-8 [not-utf8]\n" + saveAs},
		{"refuses a file over the limit", "views.yaml", "views: []\n" + strings.Repeat("#", 10<<20),
			"views.yaml: error: the file has 10240 KB; the limit is 4096 KB [unreadable-file]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := minimal(t)
			files["x/"+c.file] = &fstest.MapFile{Data: []byte(c.data)}
			if _, got := load(t, files); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	t.Run("says so when a file may not be read", func(t *testing.T) {
		_, got := load(t, locked{minimal(t)})
		want := "sources.yaml: error: you may not read this file [unreadable-file]\n    ask for permission to read it, or copy it anew\n"
		if got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
	t.Run("an explainer that may not be read is not passed over", func(t *testing.T) {
		got, err := source.Slugs(locked{fstest.MapFS{"a/explainer.yaml": {}, "locked/explainer.yaml": {}}})
		if err != nil || len(got) != 2 {
			t.Errorf("got %q, error %v, want both", got, err)
		}
	})
	t.Run("fails where there is no folder", func(t *testing.T) {
		files := minimal(t)
		files["file"] = &fstest.MapFile{}
		for slug, want := range map[string]string{"y": "reading explainer content/y", "file": "not a folder"} {
			var list diag.List
			if _, err := source.Load(files, slug, &list); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got error %v, want %q", slug, err, want)
			}
		}
	})
}

// locked is a file system in which sources.yaml and the folder locked cannot be read.
type locked struct{ fstest.MapFS }

func (l locked) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, "/sources.yaml") || strings.HasPrefix(name, "locked/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func (l locked) Stat(name string) (fs.FileInfo, error) {
	if strings.HasPrefix(name, "locked/") {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Stat(name)
}

func (l locked) ReadFile(name string) ([]byte, error) {
	f, err := l.Open(name)
	if err != nil {
		return nil, err
	}
	f.Close()
	return l.MapFS.ReadFile(name)
}

// A deeply nested file must not exhaust the parser's stack, and a file with nested aliases must not grow.
func TestHostileYAML(t *testing.T) {
	const n = 10_000
	lines := func(unit func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(unit(i))
		}
		return b.String()
	}
	laughs := "sources:\n- &a0 [x, x]\n" + func() string {
		var b strings.Builder
		for i := 1; i < 40; i++ {
			fmt.Fprintf(&b, "- &a%d [*a%d, *a%d, *a%d, *a%d]\n", i, i-1, i-1, i-1, i-1)
		}
		return b.String()
	}()
	for _, c := range []struct{ name, text, code string }{
		{"brackets", strings.Repeat("[", n), "nested deeper"},
		{"brackets that close", strings.Repeat("[", n) + strings.Repeat("]", n), "nested deeper"},
		{"braces", strings.Repeat("{a: ", n), "nested deeper"},
		{"lists on a line", strings.Repeat("- ", n), "nested deeper"},
		{"keys on a line", strings.Repeat("a: ", n), "yaml-syntax"},
		{"question marks", strings.Repeat("? ", n), "nested deeper"},
		{"anchors", strings.Repeat("&a ", n), "nested deeper"},
		{"tags", strings.Repeat("!a ", n), "nested deeper"},
		{"mappings by indentation", lines(func(i int) string { return strings.Repeat(" ", i%200) + "a:\n" }), "nested deeper"},
		{"lists by indentation", lines(func(i int) string { return strings.Repeat(" ", 2*(i%200)) + "- \n" }), "nested deeper"},
		{"a billion laughs", laughs, "yaml-anchor"},
		{"a merge", "<<: *a\nsources: []\n", "yaml-anchor"},
		{"a long list on a line", "sources: [" + strings.Repeat("a, ", 100_000) + "a]", "must be a mapping"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := minimal(t)
			files["x/sources.yaml"] = &fstest.MapFile{Data: []byte(c.text)}
			begin := time.Now()
			if _, got := load(t, files); !strings.Contains(got, c.code) {
				t.Errorf("got:\n%.500s\nwant a problem with %q", got, c.code)
			}
			if d := time.Since(begin); d > time.Minute { // a file that is slow to refuse takes hours
				t.Errorf("took %s", d)
			}
		})
	}
}

// Every character of a text has the right position in the file, in every style of YAML.
func TestPlacesOfCharacters(t *testing.T) {
	const text = `sources:
  - id: gazette
    publisher: {en: "One \"two\" \u063a\n three", ar: 'it''s four' }
    subject:
      en: five
        six

        seven
      ar: |
        eight
          nine

        ten
      fr: >-
        eleven
        twelve

        thirteen
      de: "fourteen
        fifteen \
        sixteen"
      fa: غزة، seventeen   # eighteen
      ur: 'nineteen

        twenty'
    url: "https://gazette.example"
`
	files := minimal(t)
	files["x/sources.yaml"] = &fstest.MapFile{Data: []byte(text)}
	set, problems := load(t, files)
	if problems != "" {
		t.Fatalf("got problems:\n%s", problems)
	}
	lines := strings.Split(text, "\n")
	words := 0
	s := set.Sources.Sources[0]
	for _, in := range []source.Text{s.Publisher, s.Subject} {
		for lang, v := range in.ByLang {
			for _, m := range regexp.MustCompile(`\pL+`).FindAllStringIndex(v.Value, -1) {
				word := v.Value[m[0]:m[1]]
				if word == "غ" {
					word = `\u063a`
				}
				words++
				p := v.At(m[0])
				line := []rune(lines[p.Line-1])
				if got := string(line[min(len(line), p.Column-1):]); !strings.HasPrefix(got, word) {
					t.Errorf("%s: %q is said to stand at %s, where there is %q", lang, word, p, got)
				}
			}
		}
	}
	if words != 23 {
		t.Errorf("got %d words", words)
	}
	if got, want := s.Publisher.ByLang["ar"].At(2), (diag.Pos{File: "sources.yaml", Line: 3, Column: 58}); got != want {
		t.Errorf("the doubled quotation mark: got %s, want %s", got, want)
	}
}

// exact compares unexported fields too, such as the positions of characters.
var exact = cmp.Exporter(func(reflect.Type) bool { return true })

func TestRecords(t *testing.T) {
	c, _ := rulebook.CaseOf("values")
	set, list := c.Problems("good")
	if list.Len() > 0 {
		t.Errorf("got problems:\n%s", printed(list))
	}
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
	if diff := cmp.Diff(want, set.Timeline.Events, cmpopts.IgnoreUnexported(source.String{})); diff != "" {
		t.Errorf("records differ (-want +got):\n%s", diff)
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

// YAML as people write it: the message names the character that is in the way, and how to write the text.
func TestTextsThatNeedQuotationMarks(t *testing.T) {
	const double = `    put the text in double quotation marks, as in "The harbour's bridge", or write the apostrophe twice` + "\n"
	for _, c := range []struct{ name, value, want string }{
		{"a comma", "{en: Vote, at last}", "2:20: error: this comma ends the text \"Vote\" [yaml-syntax]\n" +
			"    put the whole text in quotation marks: \"Vote, at last\"\n"},
		{"two commas, before another language", "{en: Ana, Ben, others, ar: نص}", "2:19: error: this comma ends the text \"Ana\" [yaml-syntax]\n" +
			"    put the whole text in quotation marks: \"Ana, Ben, others\"\n"},
		{"a comma and a colon", "{en: Vote, at last: no}", "2:20: error: this comma ends the text \"Vote\" [yaml-syntax]\n" +
			"    put the whole text in quotation marks: \"Vote, at last: no\"\n"},
		{"a comma in a number", "{en: 5,000}", "2:17: error: this comma ends the text \"5\" [yaml-syntax]\n" +
			"    put the whole text in quotation marks: \"5,000\"\n"},
		{"an apostrophe", "{en: 'It's over', ar: 'x'}", "2:19: error: this apostrophe ends the text, " +
			"because the text stands between single quotation marks [yaml-syntax]\n" + double},
		{"an apostrophe on a line of its own", "\n    en: 'It's over'", "3:12: error: this apostrophe ends the text, " +
			"because the text stands between single quotation marks [yaml-syntax]\n" + double},
		{"a quotation that goes on", "\n    en: \"Yes\" he said", "3:13: error: this quotation mark ends the text, " +
			"because the text began with one [yaml-syntax]\n" +
			"    write \\\" for a quotation mark within the text, or “ and ”, or put the whole text in single ones: 'The \"old\" bridge'\n"},
		{"a reserved character", "{en: @home}", "2:16: error: no text can begin with this character unless it stands in quotation marks [yaml-syntax]\n" +
			"    put the whole text in quotation marks\n"},
		{"a tab in a text", "{en: One\ttwo}", "2:19: error: a tab in a text, where YAML loses it [yaml-syntax]\n    put a space in its place\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := minimal(t)
			files["x/glossary.yaml"] = &fstest.MapFile{Data: []byte("terms:\n  - name: " + c.value + "\n    id: x\n    meaning: {en: x}\n")}
			if _, got := load(t, files); got != "glossary.yaml:"+c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, "glossary.yaml:"+c.want)
			}
		})
	}
	t.Run("lines with tabs, once", func(t *testing.T) {
		files := minimal(t)
		files["x/glossary.yaml"] = &fstest.MapFile{Data: []byte("terms:\n\t- id: x\n\t  name: x\n# a\tb\n \tmeaning: x\n")}
		want := "glossary.yaml:2:1: error: 3 lines are indented by tabs, and YAML by spaces; this is the first [yaml-syntax]\n" +
			"    put two spaces for each level; an editor can do it for the whole file, and be set to write spaces for the tab key\n"
		if _, got := load(t, files); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

func FuzzLoad(f *testing.F) {
	names := []string{"explainer.yaml", "timeline.yaml", "actors.yaml", "statements.yaml", "views.yaml", "sources.yaml", "sections/talks.en.md", "steps.yaml"}
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			for i, name := range names {
				if name == path.Base(file.Name) {
					f.Add(byte(i), file.Data)
				}
			}
		}
	}
	whole := minimal(f)
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := names[int(which)%len(names)]
		// The other files may be missing: a section is read only if explainer.yaml names it.
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
			inside(p.Message.String(), p.Pos)
			for _, n := range p.Notes {
				inside(n.Text.String(), n.Pos)
			}
		}
		places(reflect.ValueOf(set).Elem(), func(p diag.Pos) { inside("a record", p) }, func(s source.String) {
			for i := range s.Value {
				inside("a character", s.At(i))
			}
		})
	})
}

// places visits every position and every string of a record.
func places(v reflect.Value, visit func(diag.Pos), visitString func(source.String)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			places(v.Elem(), visit, visitString)
		}
	case reflect.Slice:
		for i := range v.Len() {
			places(v.Index(i), visit, visitString)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			places(v.MapIndex(key), visit, visitString)
		}
	case reflect.Struct:
		if p, ok := v.Interface().(diag.Pos); ok {
			visit(p)
			return
		}
		if s, ok := v.Interface().(source.String); ok {
			visit(s.Pos)
			visitString(s)
			return
		}
		for i := range v.NumField() {
			places(v.Field(i), visit, visitString)
		}
	}
}
