package check

import (
	"sharh/app/desk/diag"
)

// arabicMarks has the Arabic form of each Latin punctuation mark.
var arabicMarks = map[rune]rune{',': '،', ';': '؛', '?': '؟'}

func latinPunctuation(c *Content, list *diag.List) {
	c.passages(func(lang string, p passage) {
		before := ' '
		for i, r := range p.value {
			if mark := arabicMarks[r]; mark != 0 && (arabicLetter(before) || arabicDigit(before)) {
				list.Error(p.at(i), "latin-punctuation", "mark", string(r)).Advise("write", string(mark))
			}
			if r != '»' && r != '"' && r != '”' && r != ')' { // a comma after them belongs to the word
				before = r
			}
		}
	})
}
