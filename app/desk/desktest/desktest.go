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
	folders map[string]map[string][]kept
}

// kept is a compiled story as JSON, and what that does not have.
type kept struct {
	text  []byte
	files []string // of its pictures
	focus []story.Point
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
			compiled.folders = map[string]map[string][]kept{}
		}
		compiled.folders[content] = texts
	}
	all := map[string][]*story.Document{}
	for slug, languages := range texts {
		for _, kept := range languages {
			d, err := story.Decode(kept.text)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			d.Pictures(func(p *story.Picture, _ story.PictureUse) {
				p.File, p.Focus = kept.files[n], kept.focus[n]
				n++
			})
			d.Items = slices.Clone(kept.items)
			all[slug] = append(all[slug], d)
		}
	}
	return all
}

func compileAll(folder string) (map[string][]kept, error) {
	content := os.DirFS(folder)
	slugs, err := source.Slugs(content)
	if err != nil {
		return nil, err
	}
	all := map[string][]kept{}
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
			var k kept
			if k.text, err = story.Encode(d); err != nil {
				return nil, err
			}
			k.items = d.Items
			d.Pictures(func(p *story.Picture, _ story.PictureUse) {
				k.files, k.focus = append(k.files, p.File), append(k.focus, p.Focus)
			})
			all[slug] = append(all[slug], k)
		}
	}
	return all, nil
}
