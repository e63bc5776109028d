package fold

import (
	"testing"
	"unicode"
)

// What plain takes for a letter, without a look into the ranges, is in none of them.
func TestPlainIsLettersAlone(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if plain(r) && (within(r, marks) || nothing(r) || within(r, spaced) || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			t.Errorf("%U is plain, and in a range", r)
		}
		if r >= 'א' && r <= 'ۿ' && unicode.ToLower(r) != r {
			t.Errorf("%U has a case", r)
		}
	}
}
