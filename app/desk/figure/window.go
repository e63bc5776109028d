package figure

import (
	"math"
	"slices"
	"strconv"
	"time"

	"sharh/app/story"
)

// Part is a part of a time axis.
type Part struct {
	From, To    time.Time // of its first and its last item; the whole axis may begin earlier and end later
	Items, Of   int       // how many it shows, of how many; calls and events
	first, last int       // of the items that are in it, in the order of time; last is the one behind it
}

// length is how many days it is long.
func (p Part) length() float64 { return days(p.From, p.To) }

// size is less than Items where something is shown that began earlier.
func (p Part) size() int { return p.last - p.first }

// fewItems is the number of items that a part is made for at least. A part of more events than these gathers some of
// them only if they are of the same moment.
const fewItems = fewEvents / 2

// manyParts bounds how much a reader of a story of thousands of events downloads.
const manyParts = 400

// tenths is the number of places of a part from which a reader goes nearer.
const tenths = 10

// Windows lays out parts of an axis, each as an axis of its own, so that what wide or tall, the drawings of all of it,
// gather comes apart. The first window is the whole axis: it has only the ways to the others, and the positions of the
// calls. There are no windows, and nothing is changed, if nothing is gathered.
//
// Parts have half of the items, then a quarter and so on; each begins in the middle of the one before it. Since they
// are shares of the items and not of the time, none is empty, and those of a crowded time are short. Besides, what a
// mark gathers has a part of its own unless one of these will do. A moment is never divided. name names a part.
func Windows(in AxisInput, wide, tall *story.Axis, name func(Part) string) []story.Window {
	if !gathers(wide) && !gathers(tall) {
		return nil
	}
	w := &windows{in: in, name: name}
	for _, e := range in.Events {
		w.times = append(w.times, e.Date)
	}
	for _, c := range in.Calls {
		w.times = append(w.times, c.Date)
	}
	slices.SortFunc(w.times, time.Time.Compare)
	all := Part{From: in.From, To: in.To, Items: len(w.times), Of: len(w.times), last: len(w.times)}
	w.parts = []Part{all}
	w.drawn = []story.Window{{Wide: *wide, Tall: *tall, Name: name(all)}}
	for size, crowded := len(w.times)/2, true; size >= fewItems && crowded; size /= 2 {
		crowded = false
		steps := (2*(len(w.times)-size) + size - 1) / size
		for i := range steps + 1 {
			first := i * (len(w.times) - size) / steps
			if n := w.add(first, first+size, size*3/2); n > 0 {
				crowded = crowded || gathers(&w.drawn[n].Wide) || gathers(&w.drawn[n].Tall)
			}
		}
	}
	for n := 0; n < len(w.parts); n++ { // parts may be added meanwhile
		for _, a := range []*story.Axis{&w.drawn[n].Wide, &w.drawn[n].Tall} {
			for i := range a.Marks {
				a.Marks[i].Window = w.opens(n, &a.Marks[i], a == &w.drawn[n].Tall)
			}
		}
	}
	wide.Marks, tall.Marks = w.drawn[0].Wide.Marks, w.drawn[0].Tall.Marks
	w.ways()
	return w.drawn
}

func gathers(a *story.Axis) bool {
	return slices.ContainsFunc(a.Marks, func(m story.Mark) bool { return m.Count > 0 })
}

type windows struct {
	in    AxisInput
	name  func(Part) string
	times []time.Time    // of all items, in their order
	parts []Part         // of which the first is the whole
	drawn []story.Window // the same
}

// add adds the part from an item to another and, since no moment is divided, those of the same time. It returns the
// index of the part, which may have been there; 0 if it would have more than most items, or does not help.
func (w *windows) add(first, last, most int) int {
	for first > 0 && w.times[first-1].Equal(w.times[first]) {
		first--
	}
	for last < len(w.times) && w.times[last].Equal(w.times[last-1]) {
		last++
	}
	if i := slices.IndexFunc(w.parts, func(p Part) bool { return p.first == first && p.last == last }); i > 0 {
		return i
	}
	if last-first > most || len(w.parts) > manyParts || last-first >= w.parts[0].size() {
		return 0
	}
	p := Part{From: w.times[first], To: w.times[last-1], Of: len(w.times), first: first, last: last}
	in := w.in.during(p.From, p.To)
	p.Items = len(in.Calls) + len(in.Events)
	drawn := story.Window{Wide: Wide(in), Tall: Tall(in)}
	if p.From.Equal(p.To) && (gathers(&drawn.Wide) || gathers(&drawn.Tall)) {
		return 0 // too many of one moment: only the list has them one by one
	}
	drawn.Name = w.name(p)
	w.parts, w.drawn = append(w.parts, p), append(w.drawn, drawn)
	return len(w.parts) - 1
}

// during returns the input of a part of an axis. What lasted beyond its ends ends there.
func (in AxisInput) during(from, to time.Time) AxisInput {
	in.nearer = true
	in.Calls = slices.DeleteFunc(slices.Clone(in.Calls), func(c Call) bool {
		return c.Date.Before(from) || c.Date.After(to)
	})
	end := to // of the axis
	if end.Equal(from) && !in.Hourly {
		end = end.AddDate(0, 0, 1)
	}
	var events []Event
	for _, e := range in.Events {
		within := !e.Date.Before(from) && !e.Date.After(to)
		if !within && !(e.long() && e.From.Before(to) && e.To.After(from)) {
			continue
		}
		if e.long() {
			e.From, e.To = earliest(latest(e.From, from), end), earliest(latest(e.To, from), end)
		}
		e.Date = earliest(latest(e.Date, from), to)
		events = append(events, e)
	}
	SortEvents(events)
	in.From, in.To, in.Events = from, end, events
	return in
}

// span returns the first and the last moment of what a mark of a part gathers: of successive events of its drawing.
func (w *windows) span(n int, m *story.Mark, tall bool) (from, to time.Time) {
	in := w.in
	if n > 0 {
		in = in.during(w.parts[n].From, w.parts[n].To)
	}
	at := func(e Event) bool { return e.ID == m.Event }
	if !tall {
		for _, lane := range withoutEras(in).lanes() {
			if slices.ContainsFunc(lane.Events, at) {
				in = lane
			}
		}
	}
	i := slices.IndexFunc(in.Events, at)
	return in.Events[i].Date, in.Events[i+m.Count-1].Date
}

// opens returns the part in which a mark of part n comes apart: the smallest one that has all that it gathers, if need
// be a new one. It is 0 for a mark that gathers nothing, or events of one moment that are too many to draw.
func (w *windows) opens(n int, m *story.Mark, tall bool) int {
	if m.Count == 0 {
		return 0
	}
	from, to := w.span(n, m, tall)
	best := 0
	for i, p := range w.parts {
		if p.size() < w.parts[n].size() && p.length() < w.parts[n].length() && !p.From.After(from) && !p.To.Before(to) &&
			(best == 0 || p.size() < w.parts[best].size()) {
			best = i
		}
	}
	if best > 0 {
		return best
	}
	first := slices.IndexFunc(w.times, func(t time.Time) bool { return !t.Before(from) })
	last := first
	for last < len(w.times) && !w.times[last].After(to) {
		last++
	}
	if first < 0 || last == first {
		return 0
	}
	return w.add(first, last, w.parts[n].size()-1)
}

// ways sets where a reader gets from each part: nearer at each tenth of it, further away, earlier and later.
func (w *windows) ways() {
	middle := func(p Part) float64 { return float64(p.first+p.last) / 2 }
	// pick returns the part with the least cost, 0 if there is none with a cost below infinity.
	pick := func(cost func(Part) float64) (best int) {
		least := math.Inf(1)
		for i, p := range w.parts[1:] {
			if c := cost(p); c < least {
				best, least = i+1, c
			}
		}
		return best
	}
	for n, own := range w.parts {
		d := &w.drawn[n]
		d.RTL = w.in.RTL
		thousandth := func(v float64) float64 { return math.Round(v*1000) / 1000 }
		for _, b := range d.Wide.Bars {
			share := b.X / d.Wide.Width
			if d.RTL {
				share = 1 - share
			}
			d.Calls, d.Places = append(d.Calls, strconv.Itoa(b.Call)), append(d.Places, thousandth(share))
		}
		for _, b := range d.Tall.Bars {
			d.Places = append(d.Places, thousandth(b.Y/d.Tall.Height))
		}
		size := float64(own.size())
		for tenth := 0; tenth < tenths && (gathers(&d.Wide) || gathers(&d.Tall)); tenth++ {
			// Time is between the margins of the drawing; see Wide.
			share := (float64(tenth)+.5)/tenths*boxWide - sideWide
			share = math.Min(math.Max(0, share/(boxWide-2*sideWide)), 1) * days(own.From, own.To)
			// Of the parts with this moment the largest, and of these the one that has it in its middle.
			d.In = append(d.In, pick(func(p Part) float64 {
				if float64(p.size()) > .8*size || p.length() >= own.length() {
					return math.Inf(1)
				}
				before, after := share-days(own.From, p.From), days(own.From, p.To)-share
				cost := 10*(1-float64(p.size())/size) + math.Abs(before-after)/math.Max(hair, before+after)
				if away := math.Max(-before, -after); away > 0 {
					cost = 100 + away
				}
				return cost
			}))
		}
		if len(d.In) > 0 {
			d.Keys = "+ "
		}
		if n == 0 {
			continue
		}
		d.Keys += "- 0"
		d.Out = pick(func(p Part) float64 {
			if float64(p.size()) < 1.25*size || p.first > own.first || p.last < own.last {
				return math.Inf(1)
			}
			return float64(p.size()) + math.Abs(middle(p)-middle(own))/size
		})
		beside := func(way float64, further func(Part) bool) int {
			return pick(func(p Part) float64 {
				ahead, larger := (middle(p)-middle(own))*way, float64(p.size())/size
				if ahead <= 0 || !further(p) || larger > 1.6 || larger < 1/1.6 {
					return math.Inf(1)
				}
				return math.Abs(ahead-size/2) + math.Abs(float64(p.size())-size)
			})
		}
		d.Before = beside(-1, func(p Part) bool { return p.first < own.first })
		d.After = beside(1, func(p Part) bool { return p.last > own.last })
		if d.Before > 0 {
			d.Keys += " ArrowUp"
		}
		if d.After > 0 {
			d.Keys += " ArrowDown"
		}
	}
}
