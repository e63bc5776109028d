package compile

import "regexp"

// counted is a number and the beginning of the word after it.
var counted = regexp.MustCompile(`(\p{N}+) (\p{L})`)

// year is a number that is probably one, and so counts nothing.
var year = regexp.MustCompile(`^(?:19|20|١٩|٢٠|۱۹|۲۰)\p{N}{2} `)

// bound keeps each number and the word after it in one line.
func bound(s string) string {
	return counted.ReplaceAllStringFunc(s, func(found string) string {
		if year.MatchString(found) {
			return found
		}
		return counted.ReplaceAllString(found, "$1\u00a0$2")
	})
}
