package compile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// A withdrawn explainer is compiled to its notice and the addresses of its pages; what it said is in neither. What takes
// its place is named in the reader's language, if it is there in it.
func TestWithdrawn(t *testing.T) {
	content := t.TempDir()
	for _, slug := range []string{"eight-calls", "sample"} {
		if err := os.CopyFS(filepath.Join(content, slug), os.DirFS("../../../cmd/sharh/testdata/content/"+slug)); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(content, "eight-calls", "explainer.yaml")
	own, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	compiled := func(successor, lang string) (*story.Document, *story.Document) {
		t.Helper()
		notice := "\nwithdrawn: {date: 2026-12-01, reason: {ar: خطأ., en: An error.}, successor: " + successor + "}\nformerly: [calls]\napp: false\n"
		if err := os.WriteFile(file, append(own[:len(own):len(own)], notice...), 0o644); err != nil {
			t.Fatal(err)
		}
		var list diag.List
		set, err := source.Keep(os.DirFS(content), "eight-calls").LoadAs("eight-calls", &list)
		if err != nil || list.Len() > 0 {
			t.Fatalf("%v, %d problems", err, list.Len())
		}
		d, err := compile.Story(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		heading, err := compile.Heading(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		return d, heading
	}
	d, heading := compiled("sample", "ar")
	want := story.Withdrawn{
		Date: story.Date{ISO: "2026-12-01", Text: "١ ديسمبر ٢٠٢٦"}, Said: "سحب الناشر هذا الشرح في ١ ديسمبر ٢٠٢٦.", Reason: "خطأ.",
		Successor: story.Successor{Address: "sample/ar/", Title: "ما الذي يتسع له الشرح", Lang: "ar", Dir: "rtl"},
	}
	if diff := cmp.Diff(want, d.Withdrawn); diff != "" {
		t.Errorf("the notice differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(d.Heading(), heading); diff != "" {
		t.Errorf("the heading is another one (-of the story +alone):\n%s", diff)
	}
	if len(d.Calls) != 8 || len(d.Actors) == 0 || len(d.Views) == 0 || len(d.Steps) == 0 || len(d.Formerly) != 1 || !d.NoApp {
		t.Errorf("addresses, names or settings are missing: %+v", d)
	}
	if diff := cmp.Diff(d.Notice(), d); diff != "" {
		t.Errorf("there is more in it than its notice (-notice +got):\n%s", diff)
	}
	for successor, want := range map[string]story.Successor{
		"sample":                  {Address: "sample/", Title: "What an explainer can hold", Lang: "en", Dir: "ltr"},
		"https://news.example/a/": {Address: "https://news.example/a/", Title: "news.example/a", Dir: "ltr"},
	} {
		if d, _ := compiled(successor, "en"); d.Withdrawn.Successor != want {
			t.Errorf("%s: got %+v, want %+v", successor, d.Withdrawn.Successor, want)
		}
	}
}
