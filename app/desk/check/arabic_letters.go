package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

const tatweel = '\u0640'

// presentation reports whether r is a positional form of a letter (initial, medial, final, isolated), as old programs
// stored them. Signs such as ﷺ are in the same Unicode blocks but are not letters.
func presentation(r rune) bool {
	return r >= 0xFB50 && r < 0xFD3E || r > 0xFD3F && r < 0xFDF0 || r >= 0xFE70 && r <= 0xFEFC
}

func arabicLetters(c *Content, list *diag.List) {
	// Letters that keyboards and conversions put in the place of the language's own. Readers do not see a difference, but
	// their browsers do, in what they look for on the page.
	lookalikes := map[string]map[string]string{}
	for _, lang := range c.Explainer.Written() {
		if l, err := c.Locale(lang.Value); err == nil {
			lookalikes[lang.Value] = l.Lookalikes()
		}
	}
	c.passages(func(lang string, p passage) {
		if len(lookalikes[lang]) == 0 {
			return
		}
		before := ' '
		for i, r := range p.value {
			rest := p.value[i+utf8.RuneLen(r):]
			next, _ := utf8.DecodeRuneInString(rest)
			switch {
			case lookalikes[lang][string(r)] != "":
				list.Error(p.at(i), "arabic-letters", "lookalike", string(r), lookalikes[lang][string(r)]).Advise("replace")
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
