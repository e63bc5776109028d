// Package content holds the explainers; its test says that each can be published.
package content

import (
	"os"
	"testing"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

func TestEveryExplainerChecksCleanAndCompilesTheSameTwice(t *testing.T) {
	content := os.DirFS(".")
	slugs, err := source.Slugs(content)
	if err != nil {
		t.Fatal(err)
	}
	if len(slugs) == 0 {
		t.Fatal("there is no explainer")
	}
	for _, slug := range slugs {
		t.Run(slug, func(t *testing.T) {
			var list diag.List
			set, err := source.Load(content, slug, &list)
			if err != nil {
				t.Fatal(err)
			}
			check.Run(set, &list)
			list.Sort()
			for _, d := range list.All() {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				} else {
					t.Logf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				}
			}
			if t.Failed() {
				return
			}
			for _, lang := range set.Explainer.Languages {
				if a, b := encode(t, set, lang.Value), encode(t, set, lang.Value); a != b {
					t.Errorf("%s: two compilations differ", lang.Value)
				}
			}
		})
	}
}

func encode(t *testing.T, set *source.Set, lang string) string {
	t.Helper()
	doc, err := compile.Story(set, lang)
	if err != nil {
		t.Fatal(err)
	}
	data, err := story.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The sample's texts use every mark that rich text has; package schema says the same of its keys.
func TestSampleUsesEveryMark(t *testing.T) {
	var list diag.List
	set, err := source.Load(os.DirFS("."), "sample", &list)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range set.Explainer.Languages {
		doc, err := compile.Story(set, lang.Value)
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		var runs func(all story.Rich)
		runs = func(all story.Rich) {
			for _, r := range all {
				used[r.Style] = true
				runs(r.Runs)
			}
		}
		for _, s := range doc.Sections {
			for _, b := range s.Body {
				used[b.Kind] = true
				runs(b.Text)
			}
		}
		for _, mark := range []string{"p", "ul", "ol", "quote", "note", "em", "strong", "link", "term", "said", "foreign"} {
			if !used[mark] {
				t.Errorf("%s: no section of the sample has a %q", lang.Value, mark)
			}
		}
	}
}
