package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sharh/app/story/fold"
)

// Dates, weekdays and counts of days in texts, as people write them in English and Arabic. Every text is searched for
// both languages, whatever its own language.

// months has the names of each month as alternatives of a regular expression. Arabic has several sets of names.
var months = [12]string{
	`january|jan|يناير|كانون الثاني`,
	`february|feb|فبراير|شباط`,
	`march|mar|مارس|آذار`,
	`april|apr|[أإا]بريل|نيسان`,
	`may|مايو|أيار`,
	`june|jun|يوني[وه]|حزيران`,
	`july|jul|يولي[وه]|تموز`,
	`august|aug|[أا]غسطس|آب`,
	`september|sept|sep|سبتمبر|[أا]يلول`,
	`october|oct|[أا]كتوبر|تشرين الأول`,
	`november|nov|نوفمبر|تشرين الثاني`,
	`december|dec|ديسمبر|كانون الأول`,
}

// weekdays has the names of each day of the week as alternatives of a regular expression, from Sunday.
var weekdays = [7]string{
	`sunday|sun|ال[أا]حد`,
	`monday|mon|ال[إا]ثنين`,
	`tuesday|tues|tue|الثلاثاء`,
	`wednesday|wed|ال[أا]ربعاء`,
	`thursday|thurs|thur|thu|الخميس`,
	`friday|fri|الجمعة`,
	`saturday|sat|السبت`,
}

const (
	digit   = `[0-9٠-٩۰-۹]`
	integer = `(` + digit + `+)`
)

var (
	anyMonth = `(?:` + strings.Join(months[:], "|") + `)`
	dateIn   = regexp.MustCompile(`(?i)(` + digit + `{4})-(` + digit + `{2})-(` + digit + `{2})` +
		// 16 October 2025; ١٦ أكتوبر/تشرين الأول ٢٠٢٥
		`|(` + digit + `{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(` + anyMonth + `)\.?(?:\s*/\s*` + anyMonth + `)?` +
		`(?:,?\s+(` + digit + `{4}))?` +
		// October 16, 2025
		`|(` + anyMonth + `)\.?\s+(` + digit + `{1,2})(?:st|nd|rd|th)?(?:,?\s+(` + digit + `{4}))?`)
	weekdayIn = regexp.MustCompile(`(?i)(?:` + strings.Join(weekdays[:], "|") + `)`)

	eachMonth, eachWeekday = exactly(months[:]), exactly(weekdays[:])

	weekdayStems = stemsOf(weekdays[:])
)

// stemsOf returns words of which each alternative of names has one in it: what of the alternative stands behind a
// choice of letters. A longer word with a later one in it is left out.
func stemsOf(names []string) (stems []string) {
	for _, alternative := range strings.Split(strings.Join(names, "|"), "|") {
		stem := alternative[strings.LastIndex(alternative, "]")+1:]
		stems = slices.DeleteFunc(stems, func(s string) bool { return strings.Contains(s, stem) })
		stems = append(stems, stem)
	}
	return stems
}

// exactly returns one expression for each entry of names; it matches a text that is exactly one of the alternatives.
func exactly(names []string) []*regexp.Regexp {
	all := make([]*regexp.Regexp, len(names))
	for i, n := range names {
		all[i] = regexp.MustCompile(`(?i)^(?:` + n + `)$`)
	}
	return all
}

// which returns the index of the first expression that matches word, or -1.
func which(names []*regexp.Regexp, word string) int {
	return slices.IndexFunc(names, func(name *regexp.Regexp) bool { return name.MatchString(word) })
}

// writtenDate is a date in a text. The year is 0 if the text does not give it.
type writtenDate struct {
	from, to  int // offsets in the text
	year, day int
	month     time.Month
}

// in returns the date in the given year, and false if the month has no such day.
func (d writtenDate) in(year int) (time.Time, bool) {
	t := time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d.day
}

// mayHoldDate reports whether a text can contain a date at all. Most texts have no digit, and this test is a hundred
// times faster than the expressions.
func mayHoldDate(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }

// weekdaysIn returns where weekdays are named in a text, each as the offsets of its begin and end. Most texts have no
// stem of one, and looking for stems is far faster than the expression.
func weekdaysIn(text string) [][]int {
	lower := strings.ToLower(text)
	if !slices.ContainsFunc(weekdayStems, func(stem string) bool { return strings.Contains(lower, stem) }) {
		return nil
	}
	return weekdayIn.FindAllStringIndex(text, -1)
}

func datesIn(text string) []writtenDate {
	if !mayHoldDate(text) {
		return nil
	}
	var all []writtenDate
	for _, m := range dateIn.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		if !wholeWord(text, m[0], m[1]) {
			continue
		}
		d := writtenDate{from: m[0], to: m[1]}
		switch {
		case group(1) != "":
			d.year, d.month, d.day = value(group(1)), time.Month(value(group(2))), value(group(3))
		case group(4) != "":
			d.day, d.month, d.year = value(group(4)), time.Month(1+which(eachMonth, group(5))), value(group(6))
		default:
			d.month, d.day, d.year = time.Month(1+which(eachMonth, group(7))), value(group(8)), value(group(9))
		}
		all = append(all, d)
	}
	return all
}

// wholeWord reports whether text[from:to] has no letter or digit directly before or after it. An Arabic word may have a
// prefix: والخميس.
func wholeWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	next, _ := utf8.DecodeRuneInString(text[to:])
	first, _ := utf8.DecodeRuneInString(text[from:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	prefix := unicode.Is(unicode.Arabic, first) && unicode.Is(unicode.Arabic, before) && !unicode.IsDigit(before)
	return !word(next) && (!word(before) || prefix)
}

// value reads a number in European, Arabic or Persian digits.
func value(s string) int {
	n, _ := strconv.Atoi(strings.Map(fold.Digit, s))
	return n
}
