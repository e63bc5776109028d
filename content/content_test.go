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
				t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
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
