package source

import (
	"os"
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/diag"
)

// What is written can be read again, and is the same: every record of the fixtures, which use the whole format.
func TestEncode(t *testing.T) {
	fixtures := os.DirFS("../../../cmd/sharh/testdata/content")
	slugs, err := Slugs(fixtures)
	if err != nil || len(slugs) == 0 {
		t.Fatalf("got the fixtures %v, error %v", slugs, err)
	}
	for _, slug := range slugs {
		var list diag.List
		before, err := Load(fixtures, slug, &list)
		if err != nil {
			t.Fatal(err)
		}
		var languages []string
		for _, l := range before.Explainer.Languages {
			languages = append(languages, l.Value)
		}
		content := fstest.MapFS{}
		for _, f := range FilesOfRecords() {
			if !before.Missing[f.Name] {
				record := reflect.ValueOf(before).Elem().Field(f.Index).Addr().Interface()
				content[slug+"/"+f.Name] = &fstest.MapFile{Data: []byte(Encode(record, languages, func(string) bool { return true }))}
			}
		}
		var problems diag.List
		after, err := Load(content, slug, &problems)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range problems.All() {
			if d.Code != "missing-file" { // the texts of sections are no records
				t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
			}
		}
		for _, f := range FilesOfRecords() {
			a, b := reflect.ValueOf(before).Elem().Field(f.Index).Interface(), reflect.ValueOf(after).Elem().Field(f.Index).Interface()
			same := cmp.Options{
				cmp.Comparer(func(a, b String) bool { return a.Value == b.Value }),
				cmp.Comparer(func(a, b diag.Pos) bool { return (a.Line == 0) == (b.Line == 0) }),
				cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Body" }, cmp.Ignore()),
			}
			if difference := cmp.Diff(a, b, same); difference != "" {
				t.Errorf("%s/%s: %s", slug, f.Name, difference)
			}
		}
	}
}

func TestScalar(t *testing.T) {
	for _, text := range []string{
		"plain", "2021-05-03", "1990/..", "=1+1", "- a", "a: b", "a # b", "Yes", "null", " x", "two\nlines", "tab\there", "a\u2028b", "a\u0085b",
		`"quoted"`, "it's", "{a}", "[b]", "*c", "&d", "!e", "|", ">", "%f", "@g", "~", "1.5", "0x1F", "2021-", "0777", "نص، عربي", "…", "?", "",
	} {
		var list diag.List
		var got struct {
			Value String `yaml:"value"`
		}
		ok := decode("x.yaml", "value: "+Scalar(text)+"\n", &got, func(string) bool { return false }, &list)
		if want := text; text != "" && (!ok || got.Value.Value != want) {
			t.Errorf("%q is written %s, read as %q", text, Scalar(text), got.Value.Value)
		}
	}
}

func TestMerge(t *testing.T) {
	text := func(lang, s string) Text { return Text{ByLang: map[string]String{lang: {Value: s}}} }
	into := Event{ID: String{Value: "a"}, Date: String{Value: "2020"}, Title: text("en", "One"), Sentences: []Sentence{{Text: text("en", "x")}, {}}}
	from := Event{Date: String{Value: "2021"}, Title: text("ar", "واحد"), Sentences: []Sentence{{Text: text("ar", "س")}}}
	Merge(&into, &from)
	if into.ID.Value != "a" || into.Date.Value != "2021" || into.Title.In("en") != "One" || into.Title.In("ar") != "واحد" ||
		len(into.Sentences) != 1 || into.Sentences[0].Text.In("en") != "x" || into.Sentences[0].Text.In("ar") != "س" {
		t.Errorf("got %+v", into)
	}
}
