package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// unescape resolves backslash escapes and character references, which goldmark leaves to its renderer. It reads s once:
// what an escape or a reference has made is text and not looked at again, as CommonMark says, so that \&amp; is &amp;
// and &#38;lt; is &lt;. literal is called for each piece of the result with the offset in s that it comes from; a piece
// that is not made of escapes is as long in s as here.
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

// escape returns what the escape or reference at the beginning of s stands for and how long it is; 0 when there is none.
func escape(s string) (made string, size int) {
	switch {
	case len(s) > 1 && s[0] == '\\' && util.IsPunct(s[1]):
		return s[1:2], 2
	case s[0] != '&':
		return "", 0
	}
	// The longest name of HTML 5 has 31 letters.
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
