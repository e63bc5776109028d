package check

import "sharh/app/desk/diag"

// otherCalendar warns of years that are Gregorian by oversight: a story whose whole span is in the years that Persian
// and Hijri calendars count today, or a page on the web of such a year.
func otherCalendar(c *Content, list *diag.List) {
	e := &c.Explainer
	if e.Calendar.Value != "" {
		return
	}
	today := func(year int) bool { return year >= 1250 && year <= 1500 }
	if span, ok := c.Clock(); ok && today(span.From.Year()) && today(span.To.Year()) {
		list.Warn(e.Span.From.Pos, "other-calendar", "gregorian", diag.Raw(e.Span.From.Value)).Advise("say")
		return
	}
	for _, x := range c.Sources.Sources {
		if w, ok := e.When(x.Date); ok && x.URL.Value != "" && !w.OpenTo && today(w.To.Year) {
			list.Warn(x.Date.Pos, "other-calendar", "gregorian", diag.Raw(x.Date.Value)).Advise("say")
		}
	}
}
