// Package desktest compiles the explainers that tests use.
package desktest

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// compiled caches the compiled explainers by folder, as JSON, so that each test gets its own copy to change.
var compiled struct {
	sync.Mutex
	folders map[string]map[string][][]byte
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
			compiled.folders = map[string]map[string][][]byte{}
		}
		compiled.folders[content] = texts
	}
	all := map[string][]*story.Document{}
	for slug, languages := range texts {
		for _, text := range languages {
			d, err := story.Decode(text)
			if err != nil {
				t.Fatal(err)
			}
			all[slug] = append(all[slug], d)
		}
	}
	return all
}

func compileAll(folder string) (map[string][][]byte, error) {
	content := os.DirFS(folder)
	slugs, err := source.Slugs(content)
	if err != nil {
		return nil, err
	}
	all := map[string][][]byte{}
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
			all[slug] = append(all[slug], text)
		}
	}
	return all, nil
}
