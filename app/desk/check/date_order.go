package check

import (
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// day reads the date of a single day. ok is false for anything vaguer, and for what is no date, which badDate reports.
func (c *Content) day(s source.String) (time.Time, bool) {
	w, ok := c.Explainer.When(s)
	if !ok || !w.IsDay() {
		return time.Time{}, false
	}
	return w.From.First(), true
}

// after reports whether date a is later than b for certain.
func (c *Content) after(a, b source.String) bool {
	x, okA := c.Explainer.When(a)
	y, okB := c.Explainer.When(b)
	return okA && okB && x.After(y)
}

func dateOrder(c *Content, list *diag.List) {
	e := &c.Explainer
	span, spanned := c.Clock()
	from, to := span.From, span.To
	if spanned && !from.Before(to) {
		d := list.Error(e.Span.From.Pos, "date-order", "span", diag.Raw(e.Span.From.Value), diag.Raw(e.Span.To.Value))
		if from.Equal(to) {
			d.Advise("one-day")
		}
		spanned = false
	}
	inSpan := func(what diag.Phrase, s source.String) {
		w, ok := e.When(s)
		first, begins := w.First()
		last, ends := w.Last()
		if span.Hourly {
			first, last = w.From.Begin(span.Place), w.To.End(span.Place)
		}
		if ok && spanned && (begins && first.After(to) || ends && last.Before(from)) {
			list.Error(s.Pos, "date-order", "outside", what, diag.Raw(s.Value)).
				Note(e.Span.From.Pos, "the-span", diag.Raw(e.Span.From.Value), diag.Raw(e.Span.To.Value)).
				Advise("extend")
		}
	}
	var last source.String
	for _, x := range c.Timeline.Calls {
		inSpan(call.word(), x.Date)
		if c.after(last, x.Date) {
			list.Error(x.Date.Pos, "date-order", "call", x.ID.Value, diag.Raw(x.Date.Value)).Note(last.Pos, "call-before")
		}
		last = x.Date
		for _, s := range x.Followed {
			if c.after(x.Date, s.Date) {
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
		if i > 0 && c.after(x.Date, e.Changes[i-1].Date) {
			list.Error(x.Date.Pos, "date-order", "change", diag.Raw(x.Date.Value)).Note(e.Changes[i-1].Date.Pos, "change-before")
		}
	}
	for _, r := range c.Actors.Relations {
		if c.after(r.Since, r.Until) {
			list.Error(r.Until.Pos, "date-order", "period", diag.Raw(r.Until.Value)).
				Note(r.Since.Pos, "began", diag.Raw(r.Since.Value))
		}
	}
	known := func(s source.String) {
		if c.after(s, e.FactsAsOf) {
			list.Error(s.Pos, "date-order", "future", diag.Raw(s.Value)).
				Note(e.FactsAsOf.Pos, "facts-as-of", diag.Raw(e.FactsAsOf.Value))
		}
	}
	walk(c.Set, func(s *source.Sentence) {
		if s.Kind.Value != "expectation" {
			known(s.Date)
		}
	})
	for _, x := range c.Ledger.Statements {
		if x.Kind.Value != "expectation" {
			known(x.Date)
		}
	}
	for _, x := range c.Sources.Sources {
		known(x.Date)
	}
}
