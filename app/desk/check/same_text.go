package check

import (
	"strings"
	"unicode"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// sameText finds a text that was copied but not translated. Numbers and names of one word, such as TASS, may be the
// same in two languages.
func sameText(c *Content, list *diag.List) {
	walkTexts(c.Set, func(t *source.Text, _ string) {
		seen := map[string]source.String{}
		for _, lang := range c.Explainer.Languages {
			s, ok := t.ByLang[lang.Value]
			if !ok || wordCount(s.Value) < 2 {
				continue
			}
			key := strings.TrimSpace(s.Value)
			if first, twice := seen[key]; twice && first.Pos != s.Pos {
				list.Warn(s.Pos, "same-text", "same", lang.Value).Note(first.Pos, "other")
			} else {
				seen[key] = s
			}
		}
	})
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
