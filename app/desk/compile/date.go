package compile

import (
	"slices"
	"time"

	"sharh/app/desk/edtf"
	"sharh/app/desk/figure"
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

// byDate returns events in order of their dates. What is undated stays behind what it follows in the file, and so does,
// among times of a day, what has none; where hours are drawn, it is in the middle of its day there and in lists.
func (c *compiler) byDate(events []source.Event) []source.Event {
	type dated struct {
		event source.Event
		date  time.Time
	}
	var all []dated
	var last time.Time
	for _, e := range events {
		if e.Date.Value != "" {
			w := c.when(e.Date)
			at := c.markAt(w)
			if c.clock.Hourly || !w.IsDay() || w.IsTimed() || !at.Equal(last.Truncate(day)) {
				last = at
			}
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

const day = 24 * time.Hour

// markAt returns where on the axis the mark of an event is. An interval begins there; a date that is not known to the
// day, or the hour, has its mark in the middle, so that it is not taken for its beginning.
func (c *compiler) markAt(w edtf.When) time.Time {
	if c.clock.Hourly {
		at, _, _ := c.hours(w)
		return at
	}
	first, begins := w.First()
	last, ends := w.Last()
	switch {
	case !begins:
		return last
	case w.Interval || !ends || w.IsTimed():
		return w.From.Begin(c.clock.Place)
	}
	return first.AddDate(0, 0, int(last.Sub(first).Hours()/24)/2)
}

// drawn returns the place of an event's mark within the story, when it began, and when it was over. These two are the
// same for what is drawn as a mark alone.
func (c *compiler) drawn(w edtf.When) (at, first, end time.Time) {
	if c.clock.Hourly {
		return c.hours(w)
	}
	from, to := c.clock.From, c.clock.To
	within := func(t time.Time) time.Time {
		switch {
		case w.Interval && t.Before(from):
			return from
		case w.Interval && t.After(to):
			return to
		}
		return t
	}
	first, end = from, to
	if t, ok := w.First(); ok {
		first = within(t)
	}
	if t, ok := w.Last(); ok {
		end = within(t)
	}
	if first.Before(end) {
		end = end.Add(day)
	}
	return within(c.markAt(w).Truncate(day)), first, end
}

// hours is drawn for a story that is drawn in hours. Of a day of which only some hours belong to the story, these are
// meant.
func (c *compiler) hours(w edtf.When) (at, first, end time.Time) {
	from, to := c.clock.From, c.clock.To
	first, end = from, to
	if !w.OpenFrom {
		first = w.From.Begin(c.clock.Place)
	}
	if !w.OpenTo {
		end = w.To.End(c.clock.Place)
	}
	if first.Before(from) && end.After(from) {
		first = from
	}
	if end.After(to) && first.Before(to) {
		end = to
	}
	if w.Interval || w.IsTimed() {
		return first, first, end
	}
	return figure.Middle(first, end), first, end
}

// windowName names a part of the time axis: from when to when it is, as exactly as its length needs, and how many of
// all items it has.
func (c *compiler) windowName(p figure.Part) string {
	exact := edtf.Day
	switch length := p.To.Sub(p.From); {
	case c.clock.Hourly:
		exact = edtf.Minute
	case p.To.Year()-p.From.Year() > 3: // a time.Duration has no more than 292 years
		exact = edtf.Year
	case length > 62*day:
		exact = edtf.Month
	}
	own := edtf.Calendar(c.set.Explainer.Calendar.Value)
	if _, ok := own.Of(p.To); !ok || exact == edtf.Minute {
		own = edtf.Gregorian
	}
	at := func(t time.Time) edtf.Date {
		d, ok := own.Of(t)
		if !ok {
			d, _ = edtf.Gregorian.Of(t)
		}
		d.Precision = exact
		switch exact {
		case edtf.Year:
			d.Part, d.Day = 0, 0
		case edtf.Month:
			d.Day = 0
		case edtf.Minute:
			d.Time = t.In(time.FixedZone("", 0)) // where the story is: the figure says which zone that is
		}
		return d
	}
	w := edtf.When{From: at(p.From), To: at(p.To), Interval: true}
	return c.locale.Phrase("axis_part", c.locale.Date(w).Text, c.locale.Number(p.Items), c.locale.Number(p.Of))
}

// calendars returns the calendars of an axis: that of the explainer, if it has the whole of the axis, with the
// Gregorian one beside it.
func (c *compiler) calendars(from, to time.Time) (own figure.Calendar, beside *figure.Calendar) {
	gregorian := c.calendar(edtf.Gregorian)
	other := edtf.Calendar(c.set.Explainer.Calendar.Value)
	_, begins := other.Of(from)
	_, ends := other.Of(to)
	if other == edtf.Gregorian || !begins || !ends {
		return gregorian, nil
	}
	return c.calendar(other), &gregorian
}

func (c *compiler) calendar(of edtf.Calendar) figure.Calendar {
	at := func(t time.Time) edtf.Date {
		d, ok := of.Of(t)
		if !ok { // a few years beyond those of Saudi Arabia
			d, _ = edtf.Hijri.Of(t)
		}
		return d
	}
	return figure.Calendar{
		Of: func(t time.Time) (int, time.Month) {
			d := at(t)
			return d.Year, time.Month(d.Part)
		},
		First: func(year int, month time.Month) time.Time { return of.Month(year, int(month)) },
		Month: func(m time.Month) string { return c.locale.MonthOf(of, int(m)) },
		Day:   func(t time.Time) string { return c.locale.ShortDayOf(at(t)) },
		Year:  c.locale.Year,
	}
}
