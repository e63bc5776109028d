package check

import (
	"fmt"
	"reflect"
	"unicode"
	"unicode/utf8"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// maxMarks is the greatest number of marks that a letter carries in any spelling, the Koran's and Vietnamese among
// them. Browsers draw more of them over the lines above and below.
const maxMarks = 8

// joinless are scripts whose letters never have a joiner or non-joiner between them.
var joinless = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Han}

// hidden reports whether a character is invisible but changes the text around it, or carries what only machines read:
// marks of direction, which the page sets itself from the languages, and others that are often copied along with a
// text. Those that emoji, flags and Chinese characters need stand after them. For joiners of Arabic letters see
// arabicLetters.
func hidden(before, r, next rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r == '\u200c' || r == '\u200d':
		return unicode.In(before, joinless...) && !arabicLetter(next) || before == '\u200c' || before == '\u200d'
	case r >= 0xE0020 && r <= 0xE007F: // in the flag of a part of a country
		return before != 0x1F3F4 && !(before >= 0xE0020 && before <= 0xE007E)
	case r >= 0xE0100 && r <= 0xE01EF:
		return !unicode.Is(unicode.Han, before)
	case unicode.Is(unicode.Variation_Selector, r):
		return before == 0 || unicode.Is(unicode.Variation_Selector, before)
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

func codePoint(r rune) diag.Raw { return diag.Raw(fmt.Sprintf("U+%04X", r)) }

func hiddenCharacter(c *Content, list *diag.List) {
	find := func(text string, at func(int) diag.Pos) {
		before := rune(0)
		marks := 0
		for i, r := range text {
			_, size := utf8.DecodeRuneInString(text[i:])
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if hidden(before, r, next) {
				list.Error(at(i), "hidden-character", "hidden", codePoint(r)).Advise("delete")
			}
			if before = r; !unicode.In(r, unicode.Mn, unicode.Me) {
				marks = 0
			} else if marks++; marks == maxMarks+1 {
				list.Error(at(i), "hidden-character", "pile", maxMarks).Advise("delete")
			}
		}
	}
	for _, t := range c.texts {
		find(t.Value, t.At)
		for _, p := range t.Passages {
			// This finds characters made by a reference such as &rlm;. What was found above is not reported twice.
			find(p.value, p.at)
		}
	}
	// What is written once for all languages: quotes, spellings, addresses, ids.
	source.Walk(c.Set, func(s *source.String, _ reflect.StructTag) { find(s.Value, s.At) })
}
