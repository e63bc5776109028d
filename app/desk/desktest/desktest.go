// Package desktest compiles the explainers that tests use.
package desktest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// compiled caches the compiled explainers by folder, so that each test gets its own copy to change.
var compiled struct {
	sync.Mutex
	folders map[string]map[string][]whole
}

// whole is a story as JSON, with its items, which are not part of that.
type whole struct {
	story []byte
	items []story.Item
}

// Stories returns the explainers in the folder content by slug, each in all of its languages, the default language
// first. The caller may change them.
func Stories(t testing.TB, content string) map[string][]*story.Document {
	t.Helper()
	compiled.Lock()
	defer compiled.Unlock()
	texts := compiled.folders[content]
	if texts == nil {
		var err error
		if texts, err = compileAll(content); err != nil {
			t.Fatalf("compiling what tests stand on: %v", err)
		}
		if compiled.folders == nil {
			compiled.folders = map[string]map[string][]whole{}
		}
		compiled.folders[content] = texts
	}
	all := map[string][]*story.Document{}
	for slug, languages := range texts {
		for _, text := range languages {
			d, err := story.Decode(text.story)
			if err != nil {
				t.Fatal(err)
			}
			d.Items = slices.Clone(text.items)
			all[slug] = append(all[slug], d)
		}
	}
	return all
}

func compileAll(folder string) (map[string][]whole, error) {
	content := os.DirFS(folder)
	slugs, err := source.Slugs(content)
	if err != nil {
		return nil, err
	}
	all := map[string][]whole{}
	for _, slug := range slugs {
		var list diag.List
		set, err := source.Load(content, slug, &list)
		if err != nil {
			return nil, err
		}
		check.Run(set, &list)
		if list.Count(diag.Error) > 0 {
			var problems strings.Builder
			list.Print(&problems)
			return nil, fmt.Errorf("%s has problems:\n%s", slug, problems.String())
		}
		for _, lang := range set.Explainer.Languages {
			d, err := compile.Story(set, lang.Value)
			if err != nil {
				return nil, err
			}
			text, err := story.Encode(d)
			if err != nil {
				return nil, err
			}
			all[slug] = append(all[slug], whole{text, d.Items})
		}
	}
	return all, nil
}
