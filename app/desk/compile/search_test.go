package compile_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/address"
	"sharh/app/story/fold"
)

// A statement is found by its text, its note and its speaker, and by every spelling of each name in it.
func TestSearch(t *testing.T) {
	set := small(t)
	text := func(ar, en string) source.Text {
		return source.Text{ByLang: map[string]source.String{"ar": {Value: ar}, "en": {Value: en}}}
	}
	a := &set.Actors.Actors[0]
	a.Name, a.Label = text("دونالد ترامب", "Donald Trump"), text("ترامب", "Trump")
	a.Also = []source.String{{Value: "ترمب"}, {Value: "Trumpp"}}
	s := &set.Ledger.Statements[0]
	s.Text, s.Note = text("رسالةٌ لترامب، أو ترامبولين", "A letter to Trump’s office, strumpet"), text("*ملاحظة* ١٦", "A *note* of 16")
	for _, c := range []struct {
		lang, q string
		want    bool
	}{
		{"ar", "رسالة", true}, {"ar", "ملاحظة", true}, {"ar", "16", true}, {"ar", "۱۶", true}, {"ar", "ﺗﺮﺍﻣﺐ", true},
		{"ar", "ترمب", true}, {"ar", "لترمب", true}, {"ar", "\u202bترمب\u202c ملاحظه", true}, {"ar", "Trump", true}, {"ar", "trumpp", true},
		{"ar", "وترمب", false}, {"ar", "ترمبولين", true}, {"ar", "دونالد ترمب", true},
		{"en", "trump letter", true}, {"en", "TRUMPP", true}, {"en", "trumpp’s", true}, {"en", "ترمب", true}, {"en", "strumppet", false}, {"en", "beam", false},
	} {
		doc, err := compile.Story(set, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		got := true
		for _, w := range fold.Words(norm.NFKD.String(c.q), nil) {
			got = got && strings.Contains(doc.Statements[0].Search, w)
		}
		if got != c.want {
			t.Errorf("%s: %q in %q: got %t, want %t", c.lang, c.q, doc.Statements[0].Search, got, c.want)
		}
	}
	doc, err := compile.Story(set, "en")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(doc.Statements[0].Search)
	for i, w := range words {
		for j, x := range words {
			if i != j && strings.Contains(x, w) {
				t.Errorf("%q is in %q, which every reader downloads: %q", w, x, words)
			}
		}
	}
}

// Readers find items of every kind, under a heading. Sections are found by what stands in them.
func TestEveryKindIsFound(t *testing.T) {
	found := map[string]bool{}
	for _, slug := range []string{"sample", "eight-calls"} {
		var problems diag.List
		set, err := source.Load(os.DirFS("../../../cmd/sharh/testdata/content"), slug, &problems)
		if err != nil {
			t.Fatal(err)
		}
		d, err := compile.Story(set, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range d.Items {
			found[x.Kind] = true
			if d.Words.Groups[x.Kind] == "" {
				t.Errorf("items of the kind %s are found without a heading", x.Kind)
			}
		}
	}
	for k := range address.Kind(address.Kinds) {
		if k != address.Section && !found[k.String()] {
			t.Errorf("no item of the kind %s is found", k)
		}
	}
}
