package check

import (
	"fmt"
	"unicode"

	"sharh/app/desk/diag"
)

// hidden reports whether a character is invisible but changes the text around it: marks of direction, which the page
// sets itself from the languages, and others that are often copied along with a text. For joiners of letters see
// arabicLetters.
func hidden(r rune) bool {
	switch r {
	case '\n', '\t', '\u200c', '\u200d':
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf) && !(r >= 0xE0020 && r <= 0xE007F) // tag characters of some flags
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
			// This finds characters made by a reference such as &rlm;. What was found above is not reported twice.
			find(p.value, p.at)
		}
	}
	for _, s := range c.Sources.Sources {
		find(s.Quote.Value, s.Quote.At)
	}
}
