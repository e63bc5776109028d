package check

import (
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// day reads a full date. ok is false for a month and for a text that is not a date, which badDate reports.
func day(s source.String) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s.Value)
	return t, err == nil
}

// after reports whether date a is later than b. If one is a day and the other a month, it compares only the months.
func after(a, b source.String) bool {
	for _, s := range []source.String{a, b} {
		if _, err := time.Parse(month, s.Value[:min(len(month), len(s.Value))]); err != nil {
			return false
		}
	}
	n := min(len(a.Value), len(b.Value))
	return a.Value[:n] > b.Value[:n]
}

func dateOrder(c *Content, list *diag.List) {
	e := &c.Explainer
	from, okFrom := day(e.Span.From)
	to, okTo := day(e.Span.To)
	spanned := okFrom && okTo
	if spanned && !from.Before(to) {
		list.Error(e.Span.From.Pos, "date-order", "span", diag.Raw(e.Span.From.Value), diag.Raw(e.Span.To.Value))
		spanned = false
	}
	inSpan := func(what diag.Phrase, s source.String) {
		if t, ok := day(s); ok && spanned && (t.Before(from) || t.After(to)) {
			list.Error(s.Pos, "date-order", "outside", what, diag.Raw(s.Value)).
				Note(e.Span.From.Pos, "the-span", diag.Raw(e.Span.From.Value), diag.Raw(e.Span.To.Value))
		}
	}
	var last source.String
	for _, x := range c.Timeline.Calls {
		inSpan(call.word(), x.Date)
		if after(last, x.Date) {
			list.Error(x.Date.Pos, "date-order", "call", x.ID.Value, diag.Raw(x.Date.Value)).Note(last.Pos, "call-before")
		}
		last = x.Date
		for _, s := range x.Followed {
			if after(x.Date, s.Date) {
				list.Error(s.Date.Pos, "date-order", "followed", x.ID.Value, diag.Raw(s.Date.Value)).
					Note(x.Date.Pos, "call-date", diag.Raw(x.Date.Value))
			}
		}
	}
	for _, x := range c.Timeline.Events {
		if x.Figure.Value != "" {
			inSpan(event.word(), x.Date)
		}
	}
	for i, x := range e.Changes {
		if i > 0 && after(x.Date, e.Changes[i-1].Date) {
			list.Error(x.Date.Pos, "date-order", "change", diag.Raw(x.Date.Value)).Note(e.Changes[i-1].Date.Pos, "change-before")
		}
	}
	for _, r := range c.Actors.Relations {
		if after(r.Since, r.Until) {
			list.Error(r.Until.Pos, "date-order", "period", diag.Raw(r.Until.Value)).
				Note(r.Since.Pos, "began", diag.Raw(r.Since.Value))
		}
	}
	known := func(s source.String) {
		if after(s, e.FactsAsOf) {
			list.Error(s.Pos, "date-order", "future", diag.Raw(s.Value)).
				Note(e.FactsAsOf.Pos, "facts-as-of", diag.Raw(e.FactsAsOf.Value))
		}
	}
	walk(c.Set, func(s *source.Sentence) {
		if s.Kind.Value != "expectation" {
			known(s.Date)
		}
	})
	for _, x := range c.Sources.Sources {
		known(x.Date)
	}
}
