package check

import (
	"regexp"
	"strings"
	"unicode"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/markup"
)

// Numbers that are names, such as versions and document numbers. A date is not a name.
var (
	figureName = regexp.MustCompile(`^[^0-9]*[0-9]+([./-][0-9]+)+[^0-9]*$`)
	figureDate = regexp.MustCompile(`[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}`)
	wordIn     = regexp.MustCompile(`[^\s` + string(markup.Foreign) + `]+|` + string(markup.Foreign))
)

func mixedDigits(c *Content, list *diag.List) {
	latin := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) || r == markup.Foreign })
	}
	c.passages(func(lang string, p passage) {
		l, err := c.Locale(lang)
		if err != nil {
			return // reported at the language
		}
		system := l.System()
		other := func(r rune) bool { own := locale.SystemOf(r); return own != "" && own != system }
		if !strings.ContainsFunc(p.value, other) {
			return
		}
		before := ""
		for _, m := range wordIn.FindAllStringIndex(p.value, -1) {
			word := p.value[m[0]:m[1]]
			// F-16, WCAG 2.2 and 2019/882 are names and keep their digits.
			name := latin(word) || latin(before) || figureName.MatchString(word) && !figureDate.MatchString(word)
			before = word
			for i, r := range word {
				own := locale.SystemOf(r)
				if own == "" || own == system || own == "latn" && name {
					continue
				}
				list.Error(p.at(m[0]+i), "mixed-digits", "wrong", diag.Say("digits-"+own), word, diag.Raw(lang),
					diag.Say("digits-"+system)).
					Advise("write", diag.Raw(inDigits(word, system)), diag.Raw(own), diag.Raw(lang))
				break // report each word only once
			}
		}
	})
}

// marks are the punctuation marks within a number, in European and Arabic-Indic form.
var marks = [][2]string{{".", "٫"}, {",", "٬"}, {"%", "٪"}}

// inDigits writes a word with other digits, without the punctuation around it.
func inDigits(word, system string) string {
	around := func(r rune) bool { return unicode.IsPunct(r) && r != '%' && r != '٪' }
	word = locale.InDigits(strings.TrimFunc(word, around), system)
	for _, m := range marks {
		from, to := m[0], m[1]
		if system == "latn" {
			from, to = to, from
		}
		// Two points make a date, whose points stay as they are.
		if strings.Count(word, from) == 1 || from != "." {
			word = strings.ReplaceAll(word, from, to)
		}
	}
	return word
}

func arabicDigit(r rune) bool { return r >= '٠' && r <= '٩' }
