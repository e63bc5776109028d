package compile

import (
	"slices"
	"time"

	"sharh/app/desk/edtf"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// when reads a date, which package check has found to be valid.
func (c *compiler) when(s source.String) edtf.When {
	w, _ := c.set.Explainer.When(s)
	return w
}

// day reads the date of a single day.
func (c *compiler) day(s source.String) time.Time { return c.when(s).From.First() }

// date writes a date, "" for none.
func (c *compiler) date(s source.String) story.Date {
	if s.Value == "" {
		return story.Date{}
	}
	return c.locale.Date(c.when(s))
}

// span returns the first and the last day of the story.
func (c *compiler) span() (from, to time.Time) {
	from, _ = c.when(c.set.Explainer.Span.From).First()
	to, _ = c.when(c.set.Explainer.Span.To).Last()
	return from, to
}

// byDate returns events in order of their dates. What is undated stays behind what it follows in the file.
func (c *compiler) byDate(events []source.Event) []source.Event {
	type dated struct {
		event source.Event
		date  time.Time
	}
	var all []dated
	var last time.Time
	for _, e := range events {
		if e.Date.Value != "" {
			last = markAt(c.when(e.Date))
		}
		all = append(all, dated{e, last})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return a.date.Compare(b.date) })
	out := make([]source.Event, len(all))
	for i := range all {
		out[i] = all[i].event
	}
	return out
}

// markAt returns where on the axis the mark of an event is. An interval begins there; a date that is not known to the
// day has its mark in the middle, so that it is not taken for its first day.
func markAt(w edtf.When) time.Time {
	first, begins := w.First()
	last, ends := w.Last()
	switch {
	case !begins:
		return last
	case w.Interval || !ends:
		return first
	}
	return first.AddDate(0, 0, int(last.Sub(first).Hours()/24)/2)
}

// drawn returns the place of an event's mark, and its first and last day, within a span.
func drawn(w edtf.When, from, to time.Time) (at, first, last time.Time) {
	within := func(t time.Time) time.Time {
		switch {
		case w.Interval && t.Before(from):
			return from
		case w.Interval && t.After(to):
			return to
		}
		return t
	}
	first, last = from, to
	if t, ok := w.First(); ok {
		first = within(t)
	}
	if t, ok := w.Last(); ok {
		last = within(t)
	}
	return within(markAt(w)), first, last
}
