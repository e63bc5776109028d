package check

import (
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

func badDate(c *Content, list *diag.List) {
	date := func(s source.String, monthEnough bool) (time.Time, bool) {
		if s.Value == "" {
			return time.Time{}, false
		}
		t, err := time.Parse(time.DateOnly, s.Value)
		if err != nil && monthEnough {
			t, err = time.Parse("2006-01", s.Value)
		}
		if err != nil {
			d := list.Errorf(s.Pos, "bad-date", "%q is not a date", s.Value).Hintf("write YYYY-MM-DD, such as 2025-10-16")
			if monthEnough {
				d.Hintf("write YYYY-MM-DD, such as 2025-10-16, or YYYY-MM")
			}
		}
		return t, err == nil
	}
	e := &c.Explainer
	date(e.FactsAsOf, false)
	from, okFrom := date(e.Span.From, false)
	to, okTo := date(e.Span.To, false)
	spanned := okFrom && okTo
	if spanned && !from.Before(to) {
		list.Errorf(e.Span.From.Pos, "bad-date", "the span begins on %s and ends on %s", e.Span.From.Value, e.Span.To.Value)
		spanned = false
	}
	walk(c.Set, func(s *source.Sentence) { date(s.Date, true) })
	for _, x := range c.Sources.Sources {
		date(x.Date, true)
	}
	for _, x := range e.Changes {
		date(x.Date, false)
	}
	inSpan := func(s source.String, t time.Time, what string) {
		if spanned && (t.Before(from) || t.After(to)) {
			list.Errorf(s.Pos, "bad-date", "%s of %s is outside the span", what, s.Value).
				Notef(e.Span.From.Pos, "the span is %s to %s", e.Span.From.Value, e.Span.To.Value)
		}
	}
	var last time.Time
	var lastPos diag.Pos
	for _, x := range c.Timeline.Calls {
		if x.Elsewhere != nil {
			date(x.Elsewhere.Date, false)
		}
		t, ok := date(x.Date, false)
		if !ok {
			continue
		}
		inSpan(x.Date, t, "the call")
		if t.Before(last) {
			list.Errorf(x.Date.Pos, "bad-date", "call %d of %s comes after a later one", x.ID.Value, x.Date.Value).
				Notef(lastPos, "the call before it")
		}
		last, lastPos = t, x.Date.Pos
	}
	for _, x := range c.Timeline.Events {
		t, ok := date(x.Date, x.Figure.Value == "")
		switch {
		case x.Figure.Value == "":
		case x.Date.Value == "":
			list.Errorf(x.ID.Pos, "bad-date", "event %q is drawn on the axis but has no date", x.ID.Value)
		case ok:
			inSpan(x.Date, t, "the event")
		}
	}
}
