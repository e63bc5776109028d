package check

import (
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/edtf"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

// eachDate calls visit for every date. vague says whether it may be vague, such as a year or the 1990s.
func eachDate(c *Content, visit func(date source.String, vague bool)) {
	e := &c.Explainer
	visit(e.FactsAsOf, false)
	if e.Withdrawn != nil {
		visit(e.Withdrawn.Date, false)
	}
	visit(e.Span.From, true)
	visit(e.Span.To, true)
	walk(c.Set, func(s *source.Sentence) { visit(s.Date, true) })
	for _, x := range c.Ledger.Statements {
		visit(x.Date, true)
	}
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
		visit(x.Date, true)
	}
	for _, r := range c.Actors.Relations {
		visit(r.Since, true)
		visit(r.Until, true)
	}
}

func badDate(c *Content, list *diag.List) {
	e := &c.Explainer
	eachDate(c, func(date source.String, vague bool) {
		if date.Value == "" {
			return
		}
		if w, ok := e.When(date); ok && (vague || w.IsDay()) {
			return
		}
		one, other := edtf.Calendar(e.Calendar.Value).Readings(locale.InDigits(date.Value, "latn"))
		d := list.Error(date.Pos, "bad-date", "not-a-date", date.Value)
		switch {
		case one != "" && other != "":
			d.Advise("either", diag.Raw(one), diag.Raw(other))
		case one != "" && (vague || len(one) == len(time.DateOnly)):
			d.Advise("written", diag.Raw(one))
		case vague:
			d.Advise("vague")
		default:
			d.Advise("day")
		}
	})
	for _, x := range c.Timeline.Events {
		if w, ok := e.When(x.Date); ok && x.Figure.Value == "era" && w.IsDay() {
			list.Error(x.Date.Pos, "bad-date", "era", x.ID.Value).Advise("stretch")
		}
		if x.Figure.Value != "" && x.Date.Value == "" {
			list.Error(x.ID.Pos, "bad-date", "no-date", x.ID.Value)
		}
	}
}
