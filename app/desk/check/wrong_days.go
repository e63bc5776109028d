package check

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/address"
)

const (
	daysEN = integer + `\s+days?\s+`
	daysAR = integer + `\s+(?:يوم[ًاا]*|أيام)`
)

// Ways of counting days in a text.
var (
	sincePrevious = regexp.MustCompile(`(?i)` + daysEN +
		`(?:after|since)\s+the\s+(?:previous|last|preceding|call before)` +
		`|بعد\s+` + daysAR + `\s+من\s+المكالمة\s+السابقة`)
	laterOn = regexp.MustCompile(`(?i)` + daysEN + `(?:later|afterwards)` +
		`|(?:بعد|بعدها\s+بـ?)\s*` + daysAR + `\s*(?:[.،؛]|$)`)
	afterDate = regexp.MustCompile(`(?i)` + daysEN + `(?:after|since)\s+|بعد\s+` + daysAR + `\s+من\s+`)
	onlyDays  = regexp.MustCompile(`(?i)^\s*` + integer + `\s*(?:days?|يوم[ًاا]*|أيام)\s*$`)
)

// ordinals name calls by their order.
var (
	ordinals = []string{`first|الأولى`, `second|الثانية`, `third|الثالثة`, `fourth|الرابعة`, `fifth|الخامسة`,
		`sixth|السادسة`, `seventh|السابعة`, `eighth|الثامنة`, `ninth|التاسعة`, `tenth|العاشرة`}
	ordinalIn   = regexp.MustCompile(`(?i)(?:` + strings.Join(ordinals, "|") + `)`)
	eachOrdinal = exactly(ordinals)
)

// count is a number of days in a text.
type count struct {
	days int
	at   diag.Pos
	end  int // end of the phrase, as an offset in the text
}

func counts(s source.String, pattern *regexp.Regexp) []count {
	var all []count
	for _, m := range pattern.FindAllStringSubmatchIndex(s.Value, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				all = append(all, count{value(s.Value[m[g]:m[g+1]]), s.At(m[g]), m[1]})
			}
		}
	}
	return all
}

// wrongDays compares the counts of days in texts with the dates. It knows four phrasings: "59 days after the previous
// call" in the texts of a call, "59 days later" in what followed it, "59 days after 18 August 2025" in a dated
// sentence, and a key number "59 days" beside "between the seventh call and the eighth".
func wrongDays(c *Content, list *diag.List) {
	compare := func(n count, from, to source.String) {
		a, ok := c.day(from)
		b, known := c.day(to)
		if real := int(b.Sub(a) / (24 * time.Hour)); ok && known && real != n.days {
			list.Warn(n.at, "wrong-days", "wrong", n.days, diag.Raw(from.Value), diag.Raw(to.Value), real).
				Note(from.Pos, "from").Note(to.Pos, "to")
		}
	}
	each := func(t source.Text, pattern *regexp.Regexp, visit func(source.String, count)) {
		for _, lang := range c.Explainer.Written() {
			for _, n := range counts(t.ByLang[lang.Value], pattern) {
				visit(t.ByLang[lang.Value], n)
			}
		}
	}
	calls := c.Timeline.Calls
	for i := range calls {
		x := &calls[i]
		if i > 0 {
			walkRecord(x, func(t *source.Text, _ string) {
				each(*t, sincePrevious, func(_ source.String, n count) { compare(n, calls[i-1].Date, x.Date) })
			})
		}
		for _, s := range x.Followed {
			each(s.Text, laterOn, func(text source.String, n count) {
				then := s.Date
				for _, other := range calls[i+1:] {
					if strings.Contains(text.Value, "("+address.Call.Fragment(strconv.Itoa(other.ID.Value))+")") {
						then = other.Date
						break
					}
				}
				compare(n, x.Date, then)
			})
		}
	}
	walk(c.Set, func(s *source.Sentence) {
		each(s.Text, afterDate, func(text source.String, n count) {
			for _, d := range datesIn(text.Value) {
				if t, ok := d.in(d.year); d.from == n.end && d.year > 0 && ok {
					compare(n, source.String{Value: t.Format(time.DateOnly), Pos: text.At(d.from)}, s.Date)
				}
			}
		})
	})
	for _, x := range c.Explainer.Numbers {
		each(x.Value, onlyDays, func(_ source.String, n count) {
			for _, lang := range c.Explainer.Written() {
				named := ordinalIn.FindAllString(x.Text.In(lang.Value), -1)
				if len(named) != 2 {
					continue
				}
				a, b := which(eachOrdinal, named[0]), which(eachOrdinal, named[1])
				if a < b && b < len(calls) {
					compare(n, calls[a].Date, calls[b].Date)
					return
				}
			}
		})
	}
}
