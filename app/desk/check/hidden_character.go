package check

import (
	"fmt"
	"unicode"

	"sharh/app/desk/diag"
)

// hidden are characters that nobody sees and that change what is seen: marks of direction, which the page sets itself
// from the languages, and others that come along when text is copied. What joins letters is apart, in arabicLetters.
func hidden(r rune) bool {
	switch r {
	case '\n', '\t', '\u200c', '\u200d':
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf) && !(r >= 0xE0020 && r <= 0xE007F) // the letters of some flags
}

func codePoint(r rune) diag.Raw { return diag.Raw(fmt.Sprintf("U+%04X", r)) }

func hiddenCharacter(c *Content, list *diag.List) {
	find := func(text string, at func(int) diag.Pos) {
		for i, r := range text {
			if hidden(r) {
				list.Error(at(i), "hidden-character", "hidden", codePoint(r)).Advise("delete")
			}
		}
	}
	for _, t := range c.allTexts() {
		find(t.Value, t.At)
		for _, p := range t.Passages {
			find(p.value, p.at) // what a reference such as &rlm; makes; the rest is the same and reported once
		}
	}
	for _, s := range c.Sources.Sources {
		find(s.Quote.Value, s.Quote.At)
	}
}
