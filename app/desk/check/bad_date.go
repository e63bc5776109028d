package check

import (
	"regexp"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

// eachDate calls visit for every date. monthEnough says whether the date may be a month without a day.
func eachDate(c *Content, visit func(date source.String, monthEnough bool)) {
	e := &c.Explainer
	visit(e.FactsAsOf, false)
	visit(e.Span.From, false)
	visit(e.Span.To, false)
	walk(c.Set, func(s *source.Sentence) { visit(s.Date, true) })
	for _, x := range c.Sources.Sources {
		visit(x.Date, true)
	}
	for _, x := range e.Changes {
		visit(x.Date, false)
	}
	for _, x := range c.Timeline.Calls {
		visit(x.Date, false)
		if x.Elsewhere != nil {
			visit(x.Elsewhere.Date, false)
		}
	}
	for _, x := range c.Timeline.Events {
		visit(x.Date, x.Figure.Value == "")
	}
	for _, r := range c.Actors.Relations {
		visit(r.Since, true)
		visit(r.Until, true)
	}
}

const month = "2006-01"

var (
	onlyYear  = regexp.MustCompile(`^[0-9]{4}$`)
	yearFirst = regexp.MustCompile(`^([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})$`)
	yearLast  = regexp.MustCompile(`^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})$`)
)

// readOtherFormat reads a date that is not written as YYYY-MM-DD. It returns the date that is meant, or both possible
// dates if day and month can be swapped.
func readOtherFormat(s string) (one, other string) {
	date := func(year, month, day string) string {
		t, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
		if err != nil {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	s = locale.InDigits(s, "latn")
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return date(m[1], m[2], m[3]), ""
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		one, other = date(m[3], m[2], m[1]), date(m[3], m[1], m[2])
	}
	for _, layout := range []string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			one = t.Format(time.DateOnly)
		}
	}
	if one == other {
		other = ""
	}
	if one == "" {
		one, other = other, ""
	}
	return one, other
}

func badDate(c *Content, list *diag.List) {
	eachDate(c, func(date source.String, monthEnough bool) {
		if date.Value == "" {
			return
		}
		_, err := time.Parse(time.DateOnly, date.Value)
		if err != nil && monthEnough {
			_, err = time.Parse(month, date.Value)
		}
		one, other := readOtherFormat(date.Value)
		switch {
		case err == nil:
		case one != "" && other != "":
			list.Error(date.Pos, "bad-date", "not-a-date", date.Value).Advise("either", diag.Raw(one), diag.Raw(other))
		case one != "":
			list.Error(date.Pos, "bad-date", "not-a-date", date.Value).Advise("written", diag.Raw(one))
		case monthEnough && onlyYear.MatchString(date.Value):
			list.Error(date.Pos, "bad-date", "not-a-date", date.Value).Advise("year")
		case monthEnough:
			list.Error(date.Pos, "bad-date", "not-a-date", date.Value).Advise("day-or-month")
		default:
			list.Error(date.Pos, "bad-date", "not-a-date", date.Value).Advise("day")
		}
	})
	for _, x := range c.Timeline.Events {
		if x.Figure.Value != "" && x.Date.Value == "" {
			list.Error(x.ID.Pos, "bad-date", "no-date", x.ID.Value)
		}
	}
}
