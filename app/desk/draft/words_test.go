package draft

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"sharh/app/desk/locale"
)

// Every language of the page has a draft, and all drafts have the same words.
func TestLanguagesHaveTheSameWords(t *testing.T) {
	if got, want := Languages(), locale.Languages(); !slices.Equal(got, want) {
		t.Errorf("there are drafts in %v, pages in %v: add <language>.yaml", got, want)
	}
	var layout strings.Builder
	err := fs.WalkDir(embedded, "files", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = embedded.ReadFile(name)
			layout.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first, err := in(Languages()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		w, err := in(lang)
		if err != nil {
			t.Fatal(err)
		}
		for part, pair := range map[string][2]map[string]string{
			"ask": {first.Ask, w.Ask}, "note": {first.Note, w.Note}, "text": {first.Text, w.Text}, "alone": {first.Alone, w.Alone},
		} {
			a, b := slices.Sorted(maps.Keys(pair[0])), slices.Sorted(maps.Keys(pair[1]))
			if !slices.Equal(a, b) {
				t.Errorf("%s: %s has other keys than %s:\n%v\n%v", lang, part, Languages()[0], b, a)
			}
			for key := range pair[1] {
				if part != "ask" && key != "title" && !strings.Contains(layout.String(), `"`+key+`"`) {
					t.Errorf("%s: nothing uses %s %q", lang, part, key)
				}
			}
		}
	}
}

func TestTextsThatMayStayAreTexts(t *testing.T) {
	w, err := in("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range mayStay {
		if w.Text[key] == "" {
			t.Errorf("there is no text %q", key)
		}
	}
}
