package check

import (
	"regexp"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/story/fold"
)

const decimal = `(` + digit + `+(?:[.,٫]` + digit + `+)?)`

// Lengths of time in figures: 90 min, 1.5 hours, 60–90 minutes, ٩٠ دقيقة.
var (
	hoursUnit   = `(?:hours?\b|hrs?\b|h\b|ساع(?:ة|ات|تين))`
	minutesUnit = `(?:minutes?\b|mins?\b|دقيقة|دقائق)`
	lengthIn    = regexp.MustCompile(`(?i)` + decimal + `\s*` + hoursUnit +
		`(?:\s*(?:and|و)?\s*` + integer + `\s*` + minutesUnit + `)?` +
		`|` + decimal + `\s*` + minutesUnit)
	afterHours = regexp.MustCompile(`(?i)(?:\band\s+|و\s*)$`)
	lengthsIn  = regexp.MustCompile(`(?i)` + decimal + `\s*(?:-|–|to|and|إلى|و)\s*` + decimal +
		`\s*(` + hoursUnit + `|` + minutesUnit + `)`)
)

// wrongLength compares the length that is drawn with the numbers in the text beside it. Lengths written in words are
// not compared, since they are quoted from the account.
func wrongLength(c *Content, list *diag.List) {
	for _, x := range c.Timeline.Calls {
		for _, l := range x.Lengths {
			if l.Minutes.Pos.Line == 0 {
				continue
			}
			for _, lang := range c.Explainer.Written() {
				s := l.Text.ByLang[lang.Value]
				if m := lengthsIn.FindStringSubmatchIndex(s.Value); m != nil {
					least, most := minutes(s.Value[m[2]:m[3]], s.Value[m[6]:m[7]]), minutes(s.Value[m[4]:m[5]], s.Value[m[6]:m[7]])
					switch {
					case least > most:
						list.Warn(s.At(m[0]), "wrong-length", "upside-down", diag.Raw(s.Value[m[0]:m[1]]))
					case l.Minutes.Value < least || l.Minutes.Value > most:
						list.Warn(l.Minutes.Pos, "wrong-length", "outside", l.Minutes.Value, least, most).Note(s.At(m[0]), "text")
					}
					continue
				}
				// If a text has several lengths, it is enough that one agrees: the others may be parts of it.
				found, agrees := -1, false
				for _, m := range lengthIn.FindAllStringSubmatchIndex(s.Value, -1) {
					n := 0
					switch {
					case afterHours.MatchString(s.Value[:m[0]]):
						continue // the minutes of "two hours and 28 minutes"
					case m[2] >= 0:
						n = minutes(s.Value[m[2]:m[3]], "h")
						if m[4] >= 0 {
							n += value(s.Value[m[4]:m[5]])
						}
					default:
						n = minutes(s.Value[m[6]:m[7]], "min")
					}
					agrees = agrees || n == l.Minutes.Value
					if found < 0 {
						found = m[0]
					}
				}
				if found >= 0 && !agrees {
					list.Warn(l.Minutes.Pos, "wrong-length", "differs", l.Minutes.Value).Note(s.At(found), "text")
				}
			}
		}
	}
}

var inHours = regexp.MustCompile(`(?i)^` + hoursUnit)

// minutes reads a number of hours or minutes and returns minutes.
func minutes(figure, unit string) int {
	figure = strings.NewReplacer("٫", ".", ",", ".").Replace(strings.Map(fold.Digit, figure))
	n, _ := strconv.ParseFloat(figure, 64)
	if inHours.MatchString(unit) {
		n *= 60
	}
	return int(n + 0.5)
}
