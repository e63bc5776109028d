// Package fold makes texts comparable for a search, however readers type or paste them. The desk folds the texts that
// can be found, and the page folds what the reader looks for. Both use this package, so they always agree:
//
//	fold.Text(norm.NFKD.String("«فلاديمير بُوتِين»، ١٦ Été"), nil)  // "فلاديمير بوتين 16 ete"
//
// Texts must be in Unicode's compatibility decomposition (NFKD), which resolves presentation forms, ligatures, wide
// digits and accents. The tables for that are large: the desk uses a library for it, the page uses the browser.
package fold

import (
	"strings"
	"unicode"
)

// Text returns the words of a text in NFKD, separated by single spaces. It removes case, accents, vowel signs, tatweel,
// invisible characters, quotation marks and punctuation. Letters that can be written in several ways get one form:
//
//   - alef, waw and yeh with and without a hamza, which writers often leave out; a hamza alone is dropped
//   - yeh and alef maksura, heh and teh marbuta, which Arab countries write in different ways
//   - Persian, Urdu and Kurdish letters and the Arabic ones that stand for them in names: ک and ك, پ and ب
//   - digits: 3, ٣ and ۳
//
// A language can have more such letters: own holds pairs of what is folded and what it becomes, both folded as above. A
// text without letters and digits, such as marks alone, folds to "".
func Text(s string, own []string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap, before := false, false // whether a space is due now, and whether it was due before the last character
	hebrew := false             // whether the last character is a Hebrew letter
	for _, r := range s {
		if r == '"' && hebrew { // it stands for the gershayim of an abbreviation, or ends a word as a space would
			continue
		}
		hebrew = r >= 'א' && r <= 'ת'
		switch {
		case plain(r):
		case within(r, marks):
			// NFKD writes a vowel sign that stands alone, such as ﷹ within a word, as a space with the sign on it. So the space
			// does not count.
			gap = before
			continue
		case nothing(r), (r < ' ' || r == 0x7F) && !unicode.IsSpace(r):
			continue
		case r < 0x80, within(r, spaced), unicode.IsSpace(r):
			gap, before = true, gap
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap, before = false, false
		if r < 'א' || r > 'ۿ' { // between are Hebrew and Arabic, which have no case
			r = unicode.ToLower(r)
		}
		switch r = letter(r); r {
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'þ':
			b.WriteString("th")
		default:
			b.WriteRune(r)
		}
	}
	folded := b.String()
	for i := 0; i+1 < len(own); i += 2 {
		folded = strings.ReplaceAll(folded, own[i], own[i+1])
	}
	return folded
}

// Words are the words of a text in NFKD, folded as by Text.
func Words(s string, own []string) []string { return strings.Fields(Text(s, own)) }

// plain reports whether a character is one of the letters and digits that are most frequent. None of them is in the
// ranges below, so that these, which take long, need not be searched.
func plain(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' || 'א' <= r && r <= 'ת' ||
		'ؠ' <= r && r <= 'ي' && r != 'ء' && r != 'ـ'
}

// Characters beyond ASCII, as pairs: the first and the last of each range. The tables of package unicode would cost
// every reader kilobytes more.
const (
	// spaced holds punctuation that separates words as a space does.
	spaced = "\u00a0\u00bf\u00d7\u00d7\u00f7\u00f7\u05be\u05be\u0606\u060f\u061b\u061f\u066a\u066d\u06d4\u06d4" +
		"\u2010\u205f\u2e00\u2e5d\u3000\u301f"
	// marks are accents, vowel signs and the like, in scripts whose readers leave them out. (In other scripts, such as
	// Devanagari, vowel signs are letters of a word.)
	marks = "\u0300\u036f\u0483\u0489\u1ab0\u1aff\u1dc0\u1dff\u20d0\u20ff" +
		"\u2de0\u2dff\ua66f\ua672\ua674\ua67d\ua69e\ua69f\ufe20\ufe2f" + // Latin, Greek, Cyrillic
		"\u0591\u05bd\u05bf\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05c7\ufb1e\ufb1e" + // Hebrew
		"\u0610\u061a\u064b\u065f\u0670\u0670\u06d6\u06ed\u0897\u089f\u08ca\u08ff" + // Arabic
		"\ufe00\ufe0f" // variation selectors: how an emoji looks
	// dropped holds characters that are ignored: a hamza alone, tatweel, geresh and gershayim, and apostrophes of every
	// shape.
	dropped = "\u0080\u0084\u0086\u009f\u05f3\u05f4\u0621\u0621\u0640\u0640\u0674\u0674" +
		"\u02b9\u02ff\u2018\u201b\u2032\u2032\ufffd\ufffd"
)

// within reports whether a character is in one of the ranges.
func within(r rune, ranges string) bool {
	first, odd := rune(0), false
	for _, x := range ranges {
		if odd && first <= r && r <= x {
			return true
		}
		first, odd = x, !odd
	}
	return false
}

// nothing reports whether a character is ignored: an apostrophe, one of dropped, or an invisible format character
// (U+200F), which is often copied along with a text.
func nothing(r rune) bool { return r == '\'' || within(r, dropped) || unicode.Is(unicode.Cf, r) }

// letter returns the one form of a letter that can be written in several ways.
func letter(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ', 'ٵ':
		return 'ا'
	case 'ؤ', 'ٶ', 'ۆ', 'ۇ', 'ۈ', 'ۋ', 'ٷ':
		return 'و'
	case 'ئ', 'ى', 'ی', 'ې', 'ۍ', 'ێ', 'ے', 'ٸ':
		return 'ي'
	case 'ة', 'ۃ', 'ە', 'ہ', 'ھ', 'ۀ', 'ۂ':
		return 'ه'
	case 'ک', 'ڪ', 'گ':
		return 'ك'
	case 'پ':
		return 'ب'
	case 'چ':
		return 'ج'
	case 'ژ':
		return 'ز'
	case 'ڤ':
		return 'ف'
	case 'ں':
		return 'ن'
	case 'ڕ':
		return 'ر'
	case 'ڵ':
		return 'ل'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	case 'ς':
		return 'σ'
	}
	return Digit(r)
}

// Digit returns the European form of an Arabic or Persian digit, and any other character unchanged.
func Digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
