// Package figure computes positions on the time axis, and how wide texts are. It draws nothing and knows no HTML; its
// results are numbers in the story. (The actor map is laid out by package scene.)
//
// The axis has several forms: [Wide] for desks, [Tall] for phones, [Strip] for frames in other pages, and [Still] for
// the figure of a step. The same input always gives the same result; positions are rounded to a tenth of a unit.
package figure

import (
	"math"
	"slices"
	"time"

	"sharh/app/story"
)

// Call is a call on the axis, with the minutes of its shortest and its longest account.
type Call struct {
	ID          int
	Date        time.Time
	Least, Most int
}

// Event is an event that is drawn.
type Event struct {
	ID       string
	Kind     string    // as in story.Mark
	Date     time.Time // where its mark is
	From, To time.Time // when it began and was over, if it lasted longer than a day or is not known exactly; else the same
	Label    string
	Group    int // of the groups of the axis, from 1; 0 for none
	Count    int // of the events that it stands for, if it stands for several
}

// long tells whether an event is more than a day, or on an axis of hours more than a moment.
func (e Event) long() bool { return e.From.Before(e.To) }

// AxisInput is the content of a time axis. The functions return texts in the language of the page. Times are those of
// the clocks of one place, written as UTC.
type AxisInput struct {
	From, To time.Time
	Hourly   bool // it is divided into hours, at most [MostHourly] days of them
	RTL      bool // time runs from right to left on the wide axis, and the tall axis stands at the right
	Calls    []Call
	Events   []Event
	Groups   []string               // of events, in the order of their lanes
	Calendar                        // names its parts
	Beside   *Calendar              // names them too, where the one is not the Gregorian; nil for none
	Date     func(time.Time) string // "16 October 2025"
	Clock    func(time.Time) string // "18:30"
	Days     func(int) string       // "59 days"
	Figure   func(int) string       // "59"
	Hours    func(int) string       // "2 hours", for the scale
	Many     func(int) string       // "6 events"

	step   time.Duration // of hours that have a name; set by rounded
	lane   int           // the group to which the events belong, from 1; set by lanes
	nearer bool          // it is a part of an axis; set by during
}

// Calendar divides time, and names its parts.
type Calendar struct {
	Of    func(time.Time) (year int, month time.Month)
	First func(year int, month time.Month) time.Time // the first day of a month; the 13th is the first of the next year
	Month func(time.Month) string
	Day   func(time.Time) string // "16 October"
	Year  func(int) string       // "2025"; "44 BC" for -43
}

// MostHourly is the number of days that an axis of hours has at most.
const MostHourly = 4

func round(v float64) float64 { return math.Round(v*10) / 10 }

// whole is for labels and ticks, of which nobody sees a fraction; each digit costs every page.
func whole(v float64) float64 { return math.Round(v) }

// days is exact for any time; a time.Duration ends after 292 years.
func days(from, to time.Time) float64 { return float64(to.Unix()-from.Unix()) / (24 * 60 * 60) }

// The box of the wide axis.
const (
	boxWide  = 1120
	sideWide = 84 // margin at both ends, for the scale and half a label
)

// Wide lays the axis out along x, in a box 1120 units wide.
func Wide(in AxisInput) story.Axis {
	const (
		boxWidth = boxWide
		side     = sideWide
		perHour  = 62 // height of an hour
		barWidth = 16
		disc     = 15
	)
	a := story.Axis{Width: boxWidth}
	in = in.rounded(boxWidth-2*side, 72)
	span := days(in.From, in.To)
	if !in.Hourly {
		span = math.Max(1, span)
	}
	along := func(t time.Time) float64 { return side + days(in.From, t)/span*(boxWidth-2*side) }
	x0 := func(along float64) float64 {
		if in.RTL {
			return boxWidth - along
		}
		return along
	}
	x := func(t time.Time) float64 { return x0(along(t)) }
	height := func(minutes int) float64 { return round(float64(minutes) / 60 * perHour) }
	var bars []box
	for _, c := range in.Calls {
		at := along(c.Date)
		bars = append(bars, box{at - barWidth/2, at + barWidth/2, 0, height(c.Most)})
	}
	discs := seats(bars, disc, 6, least, boxWidth, math.Inf(1))
	var items []item
	base := 214.0 // y of the axis
	if len(in.Calls) == 0 {
		base = 16 // lower, because no bars stand on it
	}
	for _, s := range discs {
		base = math.Max(base, math.Ceil(math.Max(s.out+disc+4, s.square.out2)))
	}
	a.Line = story.Line{X1: 0, Y1: base, X2: boxWidth, Y2: base}
	startAnchor, startX := "left", 0.0
	if in.RTL {
		startAnchor, startX = "right", boxWidth
	}
	most := 0
	for _, c := range in.Calls {
		most = max(most, c.Most)
	}
	for h := 1; h*60 <= most; h++ {
		y := round(base - float64(h*perHour))
		a.Scale = append(a.Scale, story.Tick{
			Line:  story.Line{X1: 0, Y1: y, X2: boxWidth, Y2: y},
			Label: story.Label{X: startX, Y: y - 5, Anchor: startAnchor, Text: in.Hours(h)},
		})
	}
	rows := []Calendar{in.Calendar}
	if in.Beside != nil && !in.Hourly {
		rows = append(rows, *in.Beside)
	}
	under := 16 * float64(len(rows)-1) // height of further rows of names
	for row, c := range rows {
		y := base + 21 + 16*float64(row)
		names, first := periods(in, c, finest{day: 64, month: 40, year: 27, decade: 44}, (boxWidth-2*side)/span)
		if in.Hourly {
			clear(names, along, 13, width(first, 13)+6)
		}
		for _, p := range names {
			from, to := latest(p.from, in.From), earliest(p.to, in.To)
			t := story.Tick{Label: story.Label{X: whole((x(from) + x(to)) / 2), Y: y, Text: p.name}}
			if p.atStart {
				t.Label.X = whole(x(from))
			}
			if row == 0 && (p.from.After(in.From) || in.Hourly) {
				t.Line = story.Line{X1: whole(x(p.from)), Y1: base, X2: whole(x(p.from)), Y2: base + 8}
			}
			if !p.atStart && math.Abs(x(to)-x(from)) < width(t.Label.Text, 13) {
				t.Label.Text = ""
			}
			a.Ticks = append(a.Ticks, t)
		}
		switch {
		case in.Hourly:
			a.Ticks = append(a.Ticks, story.Tick{Label: story.Label{X: startX, Y: y, Anchor: startAnchor, Text: first}})
		case first != "":
			a.Ticks = append(a.Ticks, story.Tick{Label: story.Label{X: x0(side / 2), Y: y, Text: first}})
		}
	}
	for i, c := range in.Calls {
		cx := round(x(c.Date))
		shortest, longest := height(c.Least), height(c.Most)
		a.Bars = append(a.Bars, story.Bar{
			Call:  c.ID,
			Sure:  story.Rect{X: cx - barWidth/2, Y: base - shortest, W: barWidth, H: shortest},
			Range: story.Rect{X: cx - barWidth/2, Y: round(base - longest), W: barWidth, H: round(longest - shortest)},
			X:     round(x0(discs[i].along)), Y: round(base - discs[i].out),
		})
		items = append(items, callItem(discs[i], bars[i], disc,
			func(s box) story.Rect { return upright(s, base, boxWidth, in.RTL) },
			story.Rect{Y: 0, W: boxWidth, H: base}))
		if i == 0 || in.Hourly {
			continue // gaps are days
		}
		d := int(math.Round(days(in.Calls[i-1].Date, c.Date)))
		room := math.Abs(cx-a.Bars[i-1].X) - barWidth - 6
		text := in.Days(d)
		if width(text, 12) > room {
			text = in.Figure(d)
		}
		if width(text, 12) <= room {
			a.Gaps = append(a.Gaps, story.Label{X: whole((cx + a.Bars[i-1].X) / 2), Y: base - 9, Text: text})
		}
	}
	below := base + 44 + under
	eras, eraItems, lanesOfEras := wideEras(in, x, boxWidth, base+28+under)
	a.Marks, items, below = append(a.Marks, eras...), append(items, eraItems...), below+float64(lanesOfEras)*least
	a.Height = below + 6
	all := withoutEras(in).lanes()
	for _, in := range all {
		if in.lane > 0 {
			top := below - 12
			if len(a.Marks) > len(eras) {
				top = a.Height + 10
			}
			a.Lanes = append(a.Lanes, story.Lane{
				Line: story.Line{X1: 0, Y1: top, X2: boxWidth, Y2: top},
				Name: story.Label{X: startX, Y: top + 16, Anchor: startAnchor, Text: in.Groups[in.lane-1]},
			})
			below = top + 34
		}
		marks, laid, height := wideEvents(in, len(all), x, (boxWidth-2*side)/span, boxWidth, below)
		for i := range laid {
			laid[i].within = story.Rect{Y: base, W: boxWidth, H: 1e4}
		}
		if in.lane > 0 {
			a.Lanes[len(a.Lanes)-1].Marks = len(marks)
		}
		a.Marks, items = append(a.Marks, marks...), append(items, laid...)
		a.Height = math.Max(a.Height, below+height)
	}
	setTouch(&a, items)
	return a
}

// wideEvents lays out events from the height below on: all of a story, or one of several shares of them. day is the
// length of a day. It returns how high they are.
func wideEvents(
	in AxisInput, shares int, x func(time.Time) float64, day, boxWidth, below float64,
) (marks []story.Mark, items []item, height float64) {
	in = gather(in, max(4, fewEvents/shares), day, func(in AxisInput) bool {
		_, _, rows, struck := hang(in, x, boxWidth)
		return rows <= max(2, manyRows/shares) && struck == 0
	})
	lane, lanes := lanesOf(in.Events, day)
	row, middle, rows, _ := hang(in, x, boxWidth)
	pitch := least
	if rows > manyLabels {
		pitch = 22
	}
	for i, e := range in.Events {
		cx, y := round(x(e.Date)), below+float64(lane[i])*lanePitch
		labelY := whole(below + 26 + float64(lanes-1)*lanePitch + float64(row[i])*pitch)
		m := story.Mark{
			Event: e.ID, Kind: e.Kind, Count: e.Count, X: cx, Y: y,
			Lead:  story.Line{X1: cx, Y1: y + 8, X2: cx, Y2: labelY - 13},
			Label: story.Label{X: round(middle[i]), Y: labelY, Text: e.Label},
		}
		if half := width(e.Label, 13.5) / 2; math.Abs(middle[i]-cx) > half {
			m.Lead.Y2 = labelY // beside the label
		}
		if e.long() {
			from, to := x(e.From), x(e.To)
			m.Span = story.Rect{X: round(math.Min(from, to)), Y: y - spanHalf, W: round(math.Abs(to - from)), H: 2 * spanHalf}
		}
		marks = append(marks, m)
		w := math.Max(width(e.Label, 13.5), least)
		left := math.Min(math.Max(0, middle[i]-w/2), boxWidth-w)
		items = append(items, item{
			areas: []story.Rect{{X: left, Y: labelY - 18, W: w, H: pitch}}, solid: []story.Rect{markBox(cx, y)},
		})
	}
	height = 6
	if rows > 0 {
		height = 36 + float64(lanes-1)*lanePitch + pitch*float64(rows-1)
	}
	return marks, items, height
}

// wideEras lays out the eras of a story: bars in lanes of their own below the names of the periods, from top on, with
// their names inside, or beside them where they do not fit. It returns how many lanes there are.
func wideEras(
	in AxisInput, x func(time.Time) float64, boxWidth, top float64,
) (marks []story.Mark, items []item, lanes int) {
	const high = 19
	var ends []float64 // of each lane, the right one
	for _, e := range in.Events {
		if e.Kind != "era" {
			continue
		}
		from, to := x(e.From), x(e.To)
		left, right, w := math.Min(from, to), math.Max(from, to), width(e.Label, 12.5)
		m := story.Mark{Event: e.ID, Kind: e.Kind, Label: story.Label{X: round((left + right) / 2), Text: e.Label}}
		outer, inner := left, right // of bar and name
		switch {
		case w+12 <= right-left:
		case right+8+w <= boxWidth:
			m.Label.X, m.Label.Anchor, inner = round(right+6), "left", right+8+w
		default:
			m.Label.X, m.Label.Anchor, outer = round(left-6), "right", left-8-w
		}
		lane := 0
		for lane < len(ends) && outer < ends[lane]+6 {
			lane++
		}
		if lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[lane] = inner
		y := top + float64(lane)*least
		m.X, m.Y, m.Label.Y = round((left+right)/2), round(y+high/2), round(y+14)
		m.Span = story.Rect{X: round(left), Y: round(y), W: round(right - left), H: high}
		marks = append(marks, m)
		items = append(items, item{
			areas: []story.Rect{{X: outer, Y: y, W: math.Max(inner-outer, least), H: least}}, solid: []story.Rect{m.Span},
			within: story.Rect{W: boxWidth, H: 1e4},
		})
	}
	return marks, items, len(ends)
}

// lanes returns the input of each lane that has events: first of what is in no group, then of each group.
func (in AxisInput) lanes() (all []AxisInput) {
	for n := range len(in.Groups) + 1 {
		in := in
		in.lane = n
		in.Events = slices.DeleteFunc(slices.Clone(in.Events), func(e Event) bool { return e.Group != n })
		if len(in.Events) > 0 {
			all = append(all, in)
		}
	}
	return all
}

func withoutEras(in AxisInput) AxisInput {
	in.Events = slices.DeleteFunc(slices.Clone(in.Events), func(e Event) bool { return e.Kind == "era" })
	return in
}

// Events gather only where there are more than a few, and on the wide axis in as many rows as one sees at a glance.
const fewEvents, manyRows = 12, 7

// gather joins events that are close together until they fit, as far as that is possible: a mark then stands for
// several, and says how many. It leads to the first of them in the list, where all are. day is the length of a day.
func gather(in AxisInput, few int, day float64, fits func(AxisInput) bool) AxisInput {
	if len(in.Events) <= few || fits(in) {
		return in
	}
	joined := in
	for _, apart := range []float64{12, 24, 40, 60, 90, 130, 180, 240, 320} {
		if joined.Events = join(in, apart/day); fits(joined) {
			break
		}
	}
	return joined
}

// Middle is the moment in the middle of two.
func Middle(a, b time.Time) time.Time { return time.Unix((a.Unix()+b.Unix())/2, 0).UTC() }

// join makes one event of those that are less than apart days from the first of them. What lasted as long stays alone:
// it is seen to last. What is shorter is joined, or a list of years would never gather.
func join(in AxisInput, apart float64) (joined []Event) {
	lasts := func(e Event) bool { return days(e.From, e.To) >= apart }
	for i := 0; i < len(in.Events); {
		n := i + 1
		e := in.Events[i]
		for n < len(in.Events) && days(e.Date, in.Events[n].Date) < apart && !lasts(e) && !lasts(in.Events[n]) {
			n++
		}
		if n > i+1 {
			e.Kind, e.Count, e.Label = "event", n-i, in.Many(n-i)
			if slices.ContainsFunc(in.Events[i:n], func(o Event) bool { return o.Group != e.Group }) {
				e.Group = 0
			}
			e.From, e.To = e.Date, in.Events[n-1].Date
			e.Date = Middle(e.From, e.To)
		}
		joined = append(joined, e)
		i = n
	}
	return joined
}

// hang finds a place for the label of each event below the axis: its row, from 0, and its middle; how many rows there
// are; and how often a leader, the line from a mark down to its label, strikes through a label. No label overlaps
// another. As far as possible no leader strikes through one; where it would, the label hangs beside its leader like a
// flag.
func hang(
	in AxisInput, x func(time.Time) float64, boxWidth float64,
) (row []int, middle []float64, rows, struck int) {
	type stretch struct{ left, right, leader float64 }
	var placed [][]stretch // by row
	row, middle = make([]int, len(in.Events)), make([]float64, len(in.Events))
	strikes := func(leader float64, s stretch) bool { return leader > s.left && leader < s.right }
	for i, e := range in.Events {
		w, at := width(e.Label, 13.5), round(x(e.Date))
		aside := w/2 + 5
		if in.RTL {
			aside = -aside
		}
		best := math.Inf(1)
		var mine stretch
		for r := 0; r <= len(placed); r++ {
			for n, m := range []float64{at, at + aside, at - aside} {
				m = math.Min(math.Max(m, w/2), boxWidth-w/2)
				s := stretch{m - w/2, m + w/2, at}
				cost := float64(r) + float64(n)/4
				for q, others := range placed {
					for _, o := range others {
						switch {
						case q == r && s.left-8 < o.right+8 && o.left-8 < s.right+8:
							cost = math.Inf(1)
						case q < r && strikes(at, o), q > r && strikes(o.leader, s):
							cost += 100
						}
					}
				}
				for _, later := range in.Events[i+1:] {
					if at := round(x(later.Date)); strikes(at, s) {
						cost += 3 // the label of that event would have no good place
					}
				}
				if cost < best {
					best, mine, row[i], middle[i] = cost, s, r, m
				}
			}
		}
		if row[i] == len(placed) {
			placed = append(placed, nil)
		}
		placed[row[i]] = append(placed[row[i]], mine)
		struck += int(best / 100)
	}
	return row, middle, len(placed), struck
}

// callItem returns the item of a call; to converts its boxes to rectangles of the figure.
func callItem(s seat, bar box, r float64, to func(box) story.Rect, within story.Rect) item {
	it := item{solid: []story.Rect{to(around(s.along, s.out, 2*r))}, within: within}
	// The square comes first: share drops it if it covers something.
	it.areas = append(it.areas, to(s.square))
	if bar.out2 > bar.out1 {
		it.areas = append(it.areas, to(bar))
	}
	return it
}

// upright converts a box to a rectangle above a horizontal axis at height base.
func upright(s box, base, boxWidth float64, rtl bool) story.Rect {
	if rtl {
		s.along1, s.along2 = boxWidth-s.along2, boxWidth-s.along1
	}
	return story.Rect{X: s.along1, Y: base - s.out2, W: s.along2 - s.along1, H: s.out2 - s.out1}
}

// markHalf is half the side of an event's mark, including its outline.
const markHalf = 7.8

func markBox(x, y float64) story.Rect {
	return story.Rect{X: x - markHalf, Y: y - markHalf, W: 2 * markHalf, H: 2 * markHalf}
}

// Bars of events that last lie in lanes, so that none covers another. The marks of events of a day are in the first.
const (
	lanePitch = 13
	spanHalf  = 3
)

// lanesOf returns the lane of each event, from 0, and how many there are, at least one. day is the length of a day.
func lanesOf(events []Event, day float64) (lane []int, lanes int) {
	lane, lanes = make([]int, len(events)), 1
	var ends []time.Time // of the last bar in each lane
	for i, e := range events {
		if !e.long() {
			continue
		}
		for lane[i] < len(ends) && days(ends[lane[i]], e.From)*day < 2*markHalf {
			lane[i]++
		}
		if lane[i] == len(ends) {
			ends = append(ends, e.To)
		}
		ends[lane[i]] = latest(ends[lane[i]], e.To)
		lanes = max(lanes, lane[i]+1)
	}
	return lane, lanes
}

// period is an hour or several, a day, month, year, decade or century of the axis.
type period struct {
	from, to time.Time
	name     string
	atStart  bool // the name is that of its beginning: "1970" for a decade, "18:00" for the hours from then on
}

// rounded lets an axis of hours, which is so long, begin and end with a full step of hours, of which each has at least
// the given length.
func (in AxisInput) rounded(length, least float64) AxisInput {
	if !in.Hourly {
		return in
	}
	begin, end := in.From, in.To
	for _, in.step = range []time.Duration{
		15 * time.Minute, 30 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	} {
		in.From, in.To = begin.Truncate(in.step), end.Add(in.step-1).Truncate(in.step)
		if !in.From.Before(in.To) {
			in.To = in.From.Add(in.step)
		}
		if length/days(in.From, in.To)*in.step.Hours()/24 >= least {
			break
		}
	}
	return in
}

// midnight tells whether a day begins, whose name takes the place of "00:00".
func midnight(t time.Time) bool { return t.Equal(t.Truncate(24 * time.Hour)) }

// clear takes the names from hours where they would touch that of a day, or begin before from.
func clear(all []period, along func(time.Time) float64, size, from float64) {
	touch := func(p, q period) bool {
		return math.Abs(along(p.from)-along(q.from)) < (width(p.name, size)+width(q.name, size))/2+4
	}
	for i, p := range all {
		if along(p.from)-width(p.name, size)/2 < from || !midnight(p.from) && slices.ContainsFunc(all, func(q period) bool {
			return midnight(q.from) && touch(p, q)
		}) {
			all[i].name = ""
		}
	}
}

// finest has the least length on the axis of a day, a month, a year and a decade that have a name of their own.
type finest struct{ day, month, year, decade float64 }

// Beyond these numbers of years, years and decades would be too many to read.
const manyYears, manyDecades = 35, 350

// periods divides the axis by the shortest periods that are long enough to be named. No month is without its year: a
// January has the name of the year instead, and first is the year of the months before the first January. Likewise no
// hour is without its day, whose name stands at midnight; first is the day on which the hours begin. day is the length
// of a day on the axis.
func periods(in AxisInput, c Calendar, least finest, day float64) (all []period, first string) {
	years := days(in.From, in.To) / 365.25
	floor := func(year, n int) int { return year - ((year%n)+n)%n }
	year, month := c.Of(in.From)
	begin, name := func(i int) time.Time { return in.From.AddDate(0, 0, i) }, c.Day
	atStart := false
	switch {
	case in.Hourly:
		for from := in.From; !from.After(in.To); from = from.Add(in.step) {
			p := period{from, from.Add(in.step), in.Clock(from), true}
			switch {
			case midnight(from) && from.YearDay() == 1:
				p.name = in.Date(from)
			case midnight(from):
				p.name = in.Day(from)
			}
			all = append(all, p)
		}
		return all, in.Date(in.From)
	case day >= least.day:
		first = c.Year(year)
	case day*30 >= least.month:
		begin = func(i int) time.Time { return c.First(year, month+time.Month(i)) }
		name = func(t time.Time) string {
			year, month := c.Of(t)
			if month == 1 {
				return c.Year(year)
			}
			return c.Month(month)
		}
		if month != 1 {
			first = c.Year(year)
		}
	default:
		n := 1
		switch {
		case years > manyDecades, years > manyYears && day*3652 < least.decade:
			n = 100
		case years > manyYears, day*365 < least.year:
			n = 10
		}
		begin = func(i int) time.Time { return c.First(floor(year, n)+i*n, 1) }
		name = func(t time.Time) string {
			year, _ := c.Of(t)
			return c.Year(year)
		}
		atStart = n > 1
	}
	for i := 0; !begin(i).After(in.To); i++ {
		p := period{begin(i), begin(i + 1), name(begin(i)), atStart}
		if atStart && p.from.Before(in.From) {
			p.name = "" // its beginning is not on the axis
		}
		all = append(all, p)
	}
	return all, first
}

// short is the least height of the time on the tall axis.
const short = 320.0

// hoursHigh is the height of the time on a tall axis of hours, or of a part of an axis: about as high as the labels of
// its events.
func hoursHigh(in AxisInput) float64 {
	return math.Max(short, math.Min(leastTall*float64(len(in.Events)), 2*short))
}

// perDay is the height of a day on the tall axis. In a story of a few days it is large enough to keep marks apart; in a
// story of years it is small, so that the reader need not scroll for long.
func perDay(in AxisInput) float64 {
	const usual, long = 3.2, 1600
	if in.Hourly || in.nearer {
		return hoursHigh(in) / days(in.From, in.To)
	}
	span := math.Max(1, days(in.From, in.To))
	if span*usual >= short {
		return math.Min(usual, long/span)
	}
	var dates []time.Time
	apart := 20.0
	for _, e := range in.Events {
		dates = append(dates, e.Date)
	}
	for _, c := range in.Calls {
		dates, apart = append(dates, c.Date), 36 // more than the size of a disc
	}
	slices.SortFunc(dates, time.Time.Compare)
	least := math.Inf(1)
	for i := range dates[min(1, len(dates)):] {
		if d := days(dates[i], dates[i+1]); d > 0 {
			least = math.Min(least, d)
		}
	}
	return math.Max(usual, math.Min(apart/least, short/span))
}

// Tall lays the axis out along y, in a box 360 units wide. The scale of time is the same along the whole axis.
func Tall(in AxisInput) story.Axis {
	const (
		boxWidth = 360
		perHour  = 50 // width of an hour
		bar      = 15
		disc     = 15
		labels   = 118 // width for the labels of events at the far side
	)
	var (
		a    = story.Axis{Width: boxWidth}
		axis = 66.0 // distance of the axis from the side with the names of periods
		top  = 20.0
	)
	in = in.rounded(hoursHigh(in), 24)
	day := perDay(in)
	all, first := periods(in, in.Calendar, finest{day: 20, month: 20, year: 20, decade: 20}, day)
	widest := func(all []period) (w float64) {
		for _, p := range all {
			w = math.Max(w, TextWidth(p.name, 12.5, false))
		}
		return w
	}
	if in.Hourly {
		top = 42 // below the date
		axis = math.Max(axis, math.Min(widest(all)+14, 110))
	}
	var beside []period // years, beside the axis
	if in.Beside != nil && !in.Hourly {
		none := math.Inf(1)
		beside, _ = periods(in, *in.Beside, finest{day: none, month: none, year: 20, decade: 20}, day)
		axis = math.Max(axis, math.Min(widest(all)+8+widest(beside)+14, 140))
	}
	// across returns x for a distance from the side with the months.
	across := func(v float64) float64 {
		if in.RTL {
			return round(boxWidth - v)
		}
		return round(v)
	}
	near, far := "left", "right"
	if in.RTL {
		near, far = far, near
	}
	y := func(t time.Time) float64 { return round(top + days(in.From, t)*day) }
	a.Height = round(y(in.To) + 26)
	a.Line = story.Line{X1: across(axis), Y1: 0, X2: across(axis), Y2: a.Height}
	if in.Hourly {
		a.Line.Y1 = top - 20
	}
	if first != "" {
		a.Ticks = append(a.Ticks, story.Tick{Label: story.Label{X: across(0), Y: 12, Anchor: near, Text: first}})
	}
	for _, p := range all {
		from, to := latest(p.from, in.From), earliest(p.to, in.To)
		t := story.Tick{Label: story.Label{X: across(0), Y: whole((y(from)+y(to))/2 + 4), Anchor: near, Text: p.name}}
		switch {
		case p.atStart:
			t.Label.Y = whole(y(from) + 4)
		case len(all) > 1 && y(to)-y(from) < 14:
			t.Label.Text = "" // only its end or its beginning is on the axis
		}
		if first != "" && t.Label.Y < 12+15 {
			t.Label.Text = "" // no room below the year
		}
		if p.from.After(in.From) || in.Hourly {
			t.Line = story.Line{X1: across(axis - 8), Y1: y(p.from), X2: across(axis), Y2: y(p.from)}
		}
		a.Ticks = append(a.Ticks, t)
	}
	for _, p := range beside {
		from, to := latest(p.from, in.From), earliest(p.to, in.To)
		l := story.Label{X: across(axis - 12), Y: whole((y(from)+y(to))/2 + 4), Anchor: far, Text: p.name}
		if p.atStart {
			l.Y = whole(y(from) + 4)
		}
		if y(to)-y(from) >= 14 || p.atStart {
			a.Ticks = append(a.Ticks, story.Tick{Label: l})
		}
	}
	rect := func(start, length, middle, thick float64) story.Rect {
		left := across(start)
		if in.RTL {
			left = across(start + length)
		}
		return story.Rect{X: left, Y: round(middle - thick/2), W: round(length), H: thick}
	}
	var bars []box
	for _, c := range in.Calls {
		cy := y(c.Date)
		bars = append(bars, box{cy - bar/2., cy + bar/2., 0, float64(c.Most) / 60 * perHour})
	}
	discs := seats(bars, disc, 5, leastTall, math.Inf(1), boxWidth-axis-labels-leastTall/2)
	var items []item
	beyond := story.Rect{X: axis, W: boxWidth - axis, H: 1e5}
	if in.RTL {
		beyond.X = 0
	}
	place := func(s box) story.Rect {
		r := story.Rect{X: axis + s.out1, Y: s.along1, W: s.out2 - s.out1, H: s.along2 - s.along1}
		if in.RTL {
			r.X = boxWidth - r.X - r.W
		}
		return r
	}
	for i, c := range in.Calls {
		cy := y(c.Date)
		least, most := float64(c.Least)/60*perHour, float64(c.Most)/60*perHour
		a.Bars = append(a.Bars, story.Bar{
			Call:  c.ID,
			Sure:  rect(axis, least, cy, bar),
			Range: rect(axis+least, most-least, cy, bar),
			X:     across(axis + discs[i].out), Y: round(discs[i].along),
		})
		a.Height = math.Max(a.Height, math.Ceil(math.Max(discs[i].along+disc+2, discs[i].square.along2)))
		items = append(items, callItem(discs[i], bars[i], disc, place, beyond))
		if i == 0 || in.Hourly {
			continue
		}
		d := int(math.Round(days(in.Calls[i-1].Date, c.Date)))
		if before := y(in.Calls[i-1].Date); cy-before >= bar+15 {
			a.Gaps = append(a.Gaps, story.Label{
				X: across(axis + 8), Y: whole((cy+before)/2 + 4), Anchor: near, Text: in.Days(d),
			})
		}
	}
	// Labels of events are stacked, and moved below discs and bars that would overlap them.
	pitch := leastTall
	if len(in.Events) > manyLabels {
		pitch = 19
	}
	calls := items
	area := func(e Event, labelY float64) story.Rect {
		w := math.Max(width(e.Label, 13.5), leastTall)
		r := place(box{0, pitch, boxWidth - axis - w, boxWidth - axis})
		r.Y = labelY - pitch/2
		return r
	}
	stack := func(events []Event) []float64 {
		var all []float64
		last := math.Inf(-1)
		for _, e := range events {
			labelY := math.Max(y(e.Date), last+pitch)
			for moved := true; moved; {
				moved = false
				for _, c := range calls {
					for _, shapes := range [][]story.Rect{c.areas, c.solid} {
						for _, o := range shapes {
							if overlap(area(e, labelY), o, -hair) > 0 {
								labelY, moved = math.Ceil(o.Y+o.H+pitch/2), true
							}
						}
					}
				}
			}
			last = labelY
			all = append(all, labelY)
		}
		return all
	}
	in = gather(in, fewEvents, day, func(in AxisInput) bool {
		for i, labelY := range stack(in.Events) {
			if labelY-y(in.Events[i].Date) > 3*pitch {
				return false // its leader would run into those of its neighbours
			}
		}
		return true
	})
	lane, _ := lanesOf(in.Events, day)
	labelYs := stack(in.Events)
	for i, e := range in.Events {
		cy, labelY := y(e.Date), labelYs[i]
		end := math.Max(labels-6, whole(width(e.Label, 13.5))+8) // of its leader, before a label that is long
		m := story.Mark{
			Event: e.ID, Kind: e.Kind, Count: e.Count, X: across(axis), Y: cy,
			Lead:  story.Line{X1: across(axis + 9), Y1: cy, X2: across(boxWidth - end), Y2: whole(labelY)},
			Label: story.Label{X: across(boxWidth), Y: whole(labelY + 4), Anchor: far, Text: e.Label},
		}
		if e.Group > 0 && pitch == leastTall {
			m.Label.Y, m.Group = round(labelY-3), m.Label
			m.Group.Y, m.Group.Text = round(labelY+11), in.Groups[e.Group-1]
		}
		if e.long() {
			// Towards the names of months, as far as there is room.
			at := math.Max(axis-float64(lane[i])*lanePitch/2, axis-2*lanePitch)
			m.Span = rect(at-spanHalf, 2*spanHalf, (y(e.From)+y(e.To))/2, y(e.To)-y(e.From))
		}
		a.Marks = append(a.Marks, m)
		items = append(items, item{
			areas: []story.Rect{area(e, labelY)}, solid: []story.Rect{markBox(across(axis), cy)},
			within: story.Rect{W: boxWidth, H: 1e5},
		})
	}
	if n := len(labelYs); n > 0 {
		a.Height = math.Max(a.Height, round(labelYs[n-1]+16))
	}
	setTouch(&a, items)
	return a
}

// manyLabels is the number of labels from which a figure would be too long to scroll past if each label had the height
// of a finger. Beyond it labels are closer together.
const manyLabels = 80

// setTouch sets the touch areas of the calls and then of the events. items has them in this order.
func setTouch(a *story.Axis, items []item) {
	shared := share(items)
	for i := range a.Bars {
		a.Bars[i].Touch = shared[i]
	}
	for i := range a.Marks {
		a.Marks[i].Touch = shared[len(a.Bars)+i]
	}
}

// Strip lays the axis out along x in a box 360 units wide and about half as high, for a frame in another page. It shows
// only the calls.
func Strip(in AxisInput) story.Axis { return strip(in, 12) }

// strip is [Strip] with room for names of months in a font size.
func strip(in AxisInput, size float64) story.Axis {
	const (
		boxWidth = stripWidth
		perHour  = 30
		barWidth = 10
		disc     = 12
	)
	a := story.Axis{Width: boxWidth}
	most := 0
	for _, c := range in.Calls {
		most = max(most, c.Most)
	}
	in = in.rounded(stripTime, 50)
	along, x := onStrip(in)
	var bars []box
	for _, c := range in.Calls {
		at := along(c.Date)
		bars = append(bars, box{at - barWidth/2, at + barWidth/2, 0, float64(c.Most) / 60 * perHour})
	}
	discs := seats(bars, disc, 4, least, boxWidth, math.Inf(1))
	base := 2.0 // for a story without calls
	for _, s := range discs {
		base = math.Max(base, math.Ceil(math.Max(s.out+disc+4, s.square.out2)))
	}
	var items []item
	for i, c := range in.Calls {
		cx, shortest, longest := x(c.Date), float64(c.Least)/60*perHour, float64(c.Most)/60*perHour
		b := story.Bar{
			Call:  c.ID,
			Sure:  story.Rect{X: round(cx - barWidth/2), Y: round(base - shortest), W: barWidth, H: round(shortest)},
			Range: story.Rect{X: round(cx - barWidth/2), Y: round(base - longest), W: barWidth, H: round(longest - shortest)},
			X:     round(discs[i].along), Y: round(base - discs[i].out),
		}
		if in.RTL {
			b.X = round(boxWidth - discs[i].along)
		}
		a.Bars = append(a.Bars, b)
		items = append(items, callItem(discs[i], bars[i], disc,
			func(s box) story.Rect { return upright(s, base, boxWidth, in.RTL) },
			story.Rect{W: boxWidth, H: base}))
	}
	setTouch(&a, items)
	a.Height = base + 12 + size
	a.Line = story.Line{X1: 0, Y1: base, X2: boxWidth, Y2: base}
	startAnchor, startX := "left", 0.0
	if in.RTL {
		startAnchor, startX = "right", boxWidth
	}
	for h := 1; h*60 <= most; h++ {
		y := round(base - float64(h*perHour))
		a.Scale = append(a.Scale, story.Tick{
			Line:  story.Line{X1: 0, Y1: y, X2: boxWidth, Y2: y},
			Label: story.Label{X: startX, Y: y - 4, Anchor: startAnchor, Text: in.Hours(h)},
		})
	}
	// Names of months are shown where there is room: all, every other one, or names of years instead.
	last := math.Inf(-1)
	onDay := (along(in.To) - along(in.From)) / math.Max(1, days(in.From, in.To)) // not used for hours
	all, first := periods(in, in.Calendar, finest{day: 80, month: 12, year: 12, decade: 12}, onDay)
	if in.Hourly {
		clear(all, along, size, width(first, size)+6)
	}
	if first != "" {
		last = width(first, size) + 6
		t := story.Tick{Label: story.Label{X: 0, Y: base + 5 + size, Anchor: startAnchor, Text: first}}
		t.Label.X = startX
		a.Ticks = append(a.Ticks, t)
	}
	for _, p := range all {
		from, to := latest(p.from, in.From), earliest(p.to, in.To)
		t := story.Tick{Label: story.Label{X: whole((x(from) + x(to)) / 2), Y: base + 5 + size, Text: p.name}}
		if p.atStart {
			t.Label.X = x(from)
		}
		if p.from.After(in.From) || in.Hourly {
			t.Line = story.Line{X1: x(p.from), Y1: base, X2: x(p.from), Y2: base + 5}
		}
		half := width(t.Label.Text, size) / 2
		along := t.Label.X
		if in.RTL {
			along = boxWidth - along
		}
		if along-half < last || along-half < 0 || along+half > boxWidth {
			t.Label.Text = ""
		} else {
			last = along + half + 6
		}
		if t.Label.Text != "" || t.Line != (story.Line{}) {
			a.Ticks = append(a.Ticks, t)
		}
	}
	return a
}

const (
	stripWidth = 360
	stripSide  = 22 // margin at both ends for a disc; the start has stripScale in addition
	stripScale = 40
	stripTime  = stripWidth - 2*stripSide - stripScale // length of the time
)

// onStrip returns two functions for the position of a day on a strip: along from the start of the axis, x from the
// left.
func onStrip(in AxisInput) (along, x func(time.Time) float64) {
	span := days(in.From, in.To)
	if !in.Hourly {
		span = math.Max(1, span)
	}
	along = func(t time.Time) float64 { return round(stripScale + stripSide + days(in.From, t)/span*stripTime) }
	return along, func(t time.Time) float64 {
		if in.RTL {
			return round(stripWidth - along(t))
		}
		return along(t)
	}
}

// Still lays out the axis as a figure of one call or one event: a [Strip] with events below it, without touch areas.
// The axis covers all events. Only the event with the id shown, if any, has its label, and marks that would touch its
// mark are left out.
func Still(in AxisInput, shown string) story.Axis {
	in.Events = slices.Clone(in.Events)
	for i, e := range in.Events {
		if e.ID == shown && e.Kind == "era" {
			in.Events[i].Kind = "event"
		}
	}
	in = withoutEras(in) // of others than the one that is shown
	for _, e := range in.Events {
		in.From, in.To = earliest(in.From, e.Date), latest(in.To, e.Date)
	}
	if in.Hourly && days(in.From, in.To) > MostHourly {
		// The event that is shown is of another day, perhaps of another year.
		in.Hourly, in.From = false, in.From.Truncate(24*time.Hour)
	}
	in = in.rounded(stripTime, 50) // as Strip does
	a := strip(in, 15)             // in a card on a phone it is drawn at two thirds of its size
	for i := range a.Bars {
		a.Bars[i].Touch = nil
	}
	if len(in.Events) == 0 {
		return a
	}
	_, x := onStrip(in)
	y := a.Height + markHalf
	a.Height = round(y + markHalf + 2)
	at := math.Inf(-1)
	for _, e := range in.Events {
		if e.ID == shown {
			at = x(e.Date)
		}
	}
	for _, e := range in.Events {
		m := story.Mark{Event: e.ID, Kind: e.Kind, X: x(e.Date), Y: y}
		switch half := width(e.Label, 13.5) / 2; {
		case e.ID == shown:
			label := story.Label{X: round(math.Max(half, math.Min(m.X, stripWidth-half))), Y: round(y + 30), Text: e.Label}
			m.Lead, m.Label = story.Line{X1: m.X, Y1: round(y + 8), X2: m.X, Y2: round(label.Y - 13)}, label
			a.Height = round(label.Y + 6)
		case math.Abs(m.X-at) < 2*markHalf:
			continue
		}
		a.Marks = append(a.Marks, m)
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// SortEvents orders events by date, as the layouts expect them. Events of the same day keep their order.
func SortEvents(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int { return a.Date.Compare(b.Date) })
}

// overlap is 0 if two rectangles are at least gap apart. Otherwise it is a number from 0.5 to 1 that grows with the
// area they share.
func overlap(a, b story.Rect, gap float64) float64 {
	w := math.Min(a.X+a.W, b.X+b.W) - math.Max(a.X, b.X) + gap
	h := math.Min(a.Y+a.H, b.Y+b.H) - math.Max(a.Y, b.Y) + gap
	if w <= 0 || h <= 0 {
		return 0
	}
	return .5 + .5*math.Min(1, w*h/(a.W*a.H))
}
