package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/source"
)

// leftOver finds example texts of a draft that nobody has replaced. They are allowed as long as the explainer is a
// draft.
func leftOver(c *Content, list *diag.List) {
	if c.Explainer.Unlisted() {
		return
	}
	const sentence = 20 // in characters: a shorter example counts only if it is the whole text
	examples := map[string][]string{}
	for _, lang := range c.Explainer.Written() {
		if l, err := c.Locale(lang.Value); err == nil {
			examples[lang.Value] = draft.Examples(l)
		}
	}
	walkTexts(c.Set, func(t *source.Text, _ string) {
		for lang, s := range t.ByLang {
			for _, e := range examples[lang] {
				switch i := strings.Index(s.Value, e); {
				case i < 0, utf8.RuneCountInString(e) < sentence && strings.TrimSpace(s.Value) != e:
				default:
					list.Warn(s.At(i), "left-over", "text").Advise("write")
				}
			}
		}
	})
	for _, s := range c.Sources.Sources {
		if slices.Contains(draft.Addresses, s.URL.Value) {
			list.Warn(s.URL.Pos, "left-over", "address", s.URL.Value).Advise("write")
		}
	}
}
