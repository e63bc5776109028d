package check

import (
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// eachDate calls visit for every date, and says whether a month is enough there.
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
}

const month = "2006-01"

func badDate(c *Content, list *diag.List) {
	eachDate(c, func(date source.String, monthEnough bool) {
		if date.Value == "" {
			return
		}
		_, err := time.Parse(time.DateOnly, date.Value)
		if err != nil && monthEnough {
			_, err = time.Parse(month, date.Value)
		}
		switch {
		case err == nil:
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
