package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

// lookalikes are Persian and Urdu letters that keyboards and conversions put in place of Arabic ones. A search for the
// word with the right letter does not find them.
var lookalikes = map[rune]rune{
	'\u06a9': 'ك', '\u06aa': 'ك', '\u06cc': 'ي', '\u06d2': 'ي', '\u06c1': 'ه', '\u06d5': 'ه', '\u06be': 'ه',
}

const tatweel = '\u0640'

// presentation reports whether r is a positional form of a letter (initial, medial, final, isolated), as old programs
// stored them. Signs such as ﷺ are in the same Unicode blocks but are not letters.
func presentation(r rune) bool {
	return r >= 0xFB50 && r < 0xFD3E || r > 0xFD3F && r < 0xFDF0 || r >= 0xFE70 && r <= 0xFEFC
}

func arabicLetters(c *Content, list *diag.List) {
	c.passages(func(lang string, p passage) {
		if lang != "ar" {
			return
		}
		before := ' '
		for i, r := range p.value {
			rest := p.value[i+utf8.RuneLen(r):]
			next, _ := utf8.DecodeRuneInString(rest)
			switch {
			case lookalikes[r] != 0:
				list.Error(p.at(i), "arabic-letters", "lookalike", string(r), string(lookalikes[r])).Advise("replace")
			case presentation(r):
				if !presentation(before) {
					list.Error(p.at(i), "arabic-letters", "presentation", codePoint(r)).Advise("retype")
				}
			case r == tatweel && arabicLetter(before):
				// A tatweel at the end of a word is allowed, as in الـ٢٠ and هـ.
				after, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, string(tatweel)))
				if next == tatweel || arabicLetter(after) {
					list.Error(p.at(i), "arabic-letters", "tatweel").Advise("delete")
				}
			case (r == '\u200c' || r == '\u200d') && arabicLetter(before) != arabicLetter(next):
				list.Error(p.at(i), "arabic-letters", "joiner", codePoint(r)).Advise("delete")
			}
			before = r
		}
	})
}

// arabicLetter reports whether r is an Arabic letter or a vowel sign.
func arabicLetter(r rune) bool {
	return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) || r >= 0x064B && r <= 0x0652 || r == 0x0670
}
