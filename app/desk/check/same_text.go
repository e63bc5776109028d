package check

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// sameText finds a text that was copied but not translated. Numbers and names of one word, such as TASS, may be the
// same in two languages; in languages of one script, names of any length may.
func sameText(c *Content, list *diag.List) {
	named, names := namesIn(c)
	walkTexts(c.Set, func(t *source.Text, _ string) {
		seen := map[string]source.String{}
		in := map[string]string{} // the language of each
		for _, lang := range c.Explainer.Written() {
			s, ok := t.ByLang[lang.Value]
			if !ok || wordCount(s.Value) < 2 {
				continue
			}
			key := strings.TrimSpace(s.Value)
			first, twice := seen[key]
			if !twice || first.Pos == s.Pos {
				seen[key], in[key] = s, lang.Value
				continue
			}
			if scriptOf(lang.Value) == scriptOf(in[key]) && (named[t] || wordCount(without(key, names)) < 2) {
				continue
			}
			list.Warn(s.Pos, "same-text", "same", lang.Value).Note(first.Pos, "other")
		}
	})
}

// namesIn returns the texts that are names, of people, publishers, places and the like, and what they say, the longest
// first.
func namesIn(c *Content) (named map[*source.Text]bool, names []string) {
	named = map[*source.Text]bool{}
	add := func(all ...*source.Text) {
		for _, t := range all {
			named[t] = true
			for _, s := range t.ByLang {
				names = append(names, s.Value)
			}
		}
	}
	walk(c.Set, func(x *source.Actor) { add(&x.Name, &x.Label) })
	walk(c.Set, func(x *source.Speaker) { add(&x.Name) })
	walk(c.Set, func(x *source.Camp) { add(&x.Name) })
	walk(c.Set, func(x *source.Term) { add(&x.Name) })
	walk(c.Set, func(x *source.Source) { add(&x.Publisher) })
	walk(c.Set, func(x *source.Event) { add(&x.Place) })
	walk(c.Set, func(x *source.Picture) { add(&x.Credit) })
	walk(c.Set, func(x *source.Licence) { add(&x.Name) })
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	return named, names
}

// without returns a text without the names in it.
func without(text string, names []string) string {
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			text = strings.ReplaceAll(text, name, " ")
		}
	}
	return text
}

// scriptOf returns the script in which a language is written.
func scriptOf(lang string) string {
	script, _ := language.Make(lang).Script()
	return script.String()
}

// wordCount counts the words of s that have a letter.
func wordCount(s string) int {
	n := 0
	for _, w := range strings.Fields(s) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}
