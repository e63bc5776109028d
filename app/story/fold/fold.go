// Package fold makes texts comparable as readers type and paste them. Desk folds what can be found, the page folds what
// is looked for, both by this package, so that the two always agree:
//
//	fold.Text(norm.NFKD.String("«فلاديمير بُوتِين»، ١٦ Été"))  // "فلاديمير بوتين 16 ete"
//
// Texts come in Unicode's compatibility decomposition (NFKD), which resolves presentation forms, ligatures, wide digits
// and accents. The tables for that are large: the desk has them from a library, the page from the browser.
package fold

import (
	"strings"
	"unicode"
)

// Text returns the words of a text in NFKD with one space between two. Case, accents, vowel signs, tatweel, characters
// that nobody sees, quotation marks and punctuation are gone; letters that are written in several ways have one form:
//
//   - alef, waw and yeh with and without a hamza, which writers often leave out; a hamza alone is dropped
//   - yeh and alef maksura, heh and teh marbuta, which Arab countries write in different ways
//   - Persian, Urdu and Kurdish letters and the Arabic ones that stand for them in names: ک and ك, پ and ب
//   - digits: 3, ٣ and ۳
//
// A text that holds nothing else, such as marks alone, folds to "".
func Text(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap, before := false, false // whether a space is due, and whether it was before the last character
	for _, r := range s {
		switch {
		case r < 0x80 && r != '\'' && !letterOrDigit(r), parts(r), r >= 0x80 && unicode.IsSpace(r):
			if r >= ' ' && r != 0x7F || unicode.IsSpace(r) {
				gap, before = true, gap
			}
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			// NFKD writes a vowel sign that stands alone, as ﹷ within a word, as a space with the sign on it.
			gap = before
			continue
		case nothing(r):
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap, before = false, false
		switch r = letter(unicode.ToLower(r)); r {
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
	return b.String()
}

// Words are the words of a text in NFKD, folded.
func Words(s string) []string { return strings.Fields(Text(s)) }

func letterOrDigit(r rune) bool { return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' }

// parts reports whether a character beyond ASCII parts words as a space does: punctuation, without the library's
// table of it, which every reader would download.
func parts(r rune) bool {
	switch {
	case nothing(r):
		return false
	case r >= 0xA0 && r <= 0xBF, r == '×', r == '÷',
		r == 0x05BE, r >= 0x0606 && r <= 0x060F, r >= 0x061B && r <= 0x061F, r >= 0x066A && r <= 0x066D, r == 0x06D4,
		r >= 0x2010 && r <= 0x205F, r >= 0x2E00 && r <= 0x2E5D, r >= 0x3000 && r <= 0x301F:
		return true
	}
	return false
}

// nothing reports whether a character is dropped as if it were not there: tatweel, a hamza alone, apostrophes of every
// shape, and format characters, which come along when text is copied (U+200F) and are not seen.
func nothing(r rune) bool {
	switch {
	case r == 'ـ', r == 'ء', r == 'ٴ', r == '\'', r >= 0x2018 && r <= 0x201B, r == 0x2032, r >= 0x02B9 && r <= 0x02FF,
		r >= 0x80 && r < 0xA0 && r != 0x85, r == unicode.ReplacementChar:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// letter returns the letter that stands for another.
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
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
