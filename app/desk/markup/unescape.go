package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// unescape resolves backslash escapes and character references, which goldmark leaves to its renderer. It reads s only
// once, as CommonMark demands: the result of an escape or reference is not read again, so \&amp; becomes &amp; and
// &#38;lt; becomes &lt;. It calls literal for each piece of the result with its offset in s. A piece without escapes
// has the same length in s and in the result.
func unescape(s string, literal func(piece string, offset int)) {
	from := 0
	for i := 0; i < len(s); {
		made, size := escape(s[i:])
		if size == 0 {
			i++
			continue
		}
		if from < i {
			literal(s[from:i], from)
		}
		literal(made, i)
		i += size
		from = i
	}
	if from < len(s) {
		literal(s[from:], from)
	}
}

// escape returns the text for the escape or reference at the beginning of s, and its size in s; size is 0 if there is
// none.
func escape(s string) (made string, size int) {
	switch {
	case len(s) > 1 && s[0] == '\\' && util.IsPunct(s[1]):
		return s[1:2], 2
	case s[0] != '&':
		return "", 0
	}
	// The longest entity name of HTML 5 has 31 letters.
	end := strings.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		entity, ok := util.LookUpHTML5EntityByName(name)
		if !ok {
			return "", 0
		}
		return string(entity.Characters), end + 1
	}
	digits, base, most := name[1:], 10, 7
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most || digits[0] == '+' {
		return "", 0
	}
	r := rune(n)
	if n == 0 || n > utf8.MaxRune || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return string(r), end + 1
}
