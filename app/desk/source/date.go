package source

import (
	"time"

	"sharh/app/desk/edtf"
)

// When reads a date of the explainer, in its calendar. ok is false if it is none.
func (e *Explainer) When(s String) (w edtf.When, ok bool) {
	return edtf.Calendar(e.Calendar.Value).Parse(s.Value)
}

// hourly is the number of days up to which a story is drawn in hours.
const hourly = 3

// Clock is what the time of a story is measured by.
type Clock struct {
	// Hourly tells that it is drawn in hours: it takes at most three days, and what is drawn has times of day.
	Hourly bool
	// Place has the clocks that are meant, those of the span, or else of the first event that has a zone; its times
	// have a zone without a name if no time has one.
	Place *time.Location
	// From and To are the beginning and the end of the story by these clocks, written as UTC. To is the last day, unless
	// it is drawn in hours.
	From, To time.Time
}

// Clock returns the clock of the story. ok is false if it has no span, or one that is no time.
func (s *Set) Clock() (c Clock, ok bool) {
	span := &s.Explainer.Span
	from, okFrom := s.Explainer.When(span.From)
	to, okTo := s.Explainer.When(span.To)
	if !okFrom || !okTo || from.OpenFrom || to.OpenTo {
		return c, false
	}
	c.Place = time.FixedZone("", 0)
	dates, timed, placed := []String{span.From, span.To}, false, false
	for _, x := range s.Timeline.Calls {
		dates = append(dates, x.Date)
	}
	for _, x := range s.Timeline.Events {
		if x.Figure.Value != "" {
			dates = append(dates, x.Date)
		}
	}
	for i, date := range dates {
		w, _ := s.Explainer.When(date)
		timed = timed || i > 1 && w.IsTimed()
		for _, d := range []edtf.Date{w.From, w.To} {
			if zone, ok := d.Zone(); ok && !placed {
				c.Place, placed = zone, true
			}
		}
	}
	c.From, c.To = from.From.Begin(c.Place), to.To.End(c.Place)
	c.Hourly = timed && !c.To.After(c.From.AddDate(0, 0, hourly))
	if !c.Hourly {
		c.From, c.To = from.From.First(), to.To.Last()
	}
	return c, true
}
