// Package figure computes where things stand on the two figures: the time axis and the actor map. It draws nothing and
// knows no HTML; its results are numbers that travel in the story.
//
// Both figures come three times: wide for desks, tall for phones, and small for frames in other pages. Results are the same for the same input: places are
// rounded to a tenth of a unit, and the layout program starts from a fixed seed.
package figure

import (
	"math"
	"slices"
	"sort"
	"time"
	"unicode/utf8"

	"sharh/app/story"
)

// Call is a call as the axis needs it: minutes by the shortest and the longest account.
type Call struct {
	ID          int
	Date        time.Time
	Least, Most int
}

// Event is an event that is drawn.
type Event struct {
	ID    string
	Kind  string // "summit" or "event"
	Date  time.Time
	Label string
}

// AxisInput is what a time axis shows. The functions give its texts in the language of the page.
type AxisInput struct {
	From, To time.Time
	RTL      bool // time runs from right to left on the wide axis, and the tall axis stands at the right
	Calls    []Call
	Events   []Event
	Month    func(time.Month) string
	Days     func(int) string // "59 days"
	Figure   func(int) string // "59"
	Hours    func(int) string // "2 hours", for the scale
}

// width estimates how wide a text is set at a size, from above: labels are placed before any font is loaded. Arabic
// and Latin capitals differ little in the faces of the page; one factor for both keeps boxes apart.
func width(text string, size float64) float64 {
	return float64(utf8.RuneCountInString(text))*size*0.56 + 2
}

func round(v float64) float64 { return math.Round(v*10) / 10 }

func days(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

// Wide lays the axis out along x, in a box 1120 wide.
func Wide(in AxisInput) story.Axis {
	const (
		boxWidth = 1120
		side     = 84 // room at both ends for the scale and half a label
		perHour  = 62 // height of an hour
		barWidth = 16
		disc     = 15
	)
	base := 214.0 // y of the axis
	if len(in.Calls) == 0 {
		base = 16 // no bars stand on it
	}
	a := story.Axis{Width: boxWidth}
	span := days(in.From, in.To)
	x := func(t time.Time) float64 {
		along := side + days(in.From, t)/span*(boxWidth-2*side)
		if in.RTL {
			along = boxWidth - along
		}
		return along
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
	for _, p := range periods(in, (boxWidth-2*side)/span*30 >= 40) {
		from, to := latest(p.from, in.From), earliest(p.to, in.To)
		t := story.Tick{Label: story.Label{X: round((x(from) + x(to)) / 2), Y: base + 21, Text: p.name}}
		if p.from.After(in.From) {
			t.Line = story.Line{X1: round(x(p.from)), Y1: base, X2: round(x(p.from)), Y2: base + 8}
		}
		if math.Abs(x(to)-x(from)) < width(t.Label.Text, 13) {
			t.Label.Text = ""
		}
		a.Ticks = append(a.Ticks, t)
	}
	for i, c := range in.Calls {
		cx := round(x(c.Date))
		least, most := round(float64(c.Least)/60*perHour), round(float64(c.Most)/60*perHour)
		b := story.Bar{
			Call:  c.ID,
			Sure:  story.Rect{X: cx - barWidth/2, Y: base - least, W: barWidth, H: least},
			Range: story.Rect{X: cx - barWidth/2, Y: round(base - most), W: barWidth, H: round(most - least)},
			X:     cx, Y: round(base - most - disc - 6),
		}
		// What answers to a finger is 44 wide where the neighbours leave room for it.
		half := 22.0
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(in.Calls) {
				half = math.Min(half, math.Abs(x(in.Calls[j].Date)-cx)/2)
			}
		}
		top := b.Y - disc - 4
		b.Touch = story.Rect{X: round(cx - half), Y: round(top), W: round(2 * half), H: round(base - top)}
		a.Bars = append(a.Bars, b)
		if i == 0 {
			continue
		}
		d := int(math.Round(days(in.Calls[i-1].Date, c.Date)))
		room := math.Abs(cx-a.Bars[i-1].X) - barWidth - 6
		text := in.Days(d)
		if width(text, 12) > room {
			text = in.Figure(d)
		}
		if width(text, 12) <= room {
			a.Gaps = append(a.Gaps, story.Label{X: round((cx + a.Bars[i-1].X) / 2), Y: base - 9, Text: text})
		}
	}
	// Event labels stand under the months, each in the first row where it touches no other.
	type box struct{ left, right float64 }
	var rows [][]box
	for _, e := range in.Events {
		cx := round(x(e.Date))
		w := width(e.Label, 13.5)
		middle := math.Min(math.Max(cx, w/2), boxWidth-w/2)
		mine := box{middle - w/2 - 8, middle + w/2 + 8}
		row := 0
		for ; row < len(rows); row++ {
			free := true
			for _, other := range rows[row] {
				if mine.left < other.right && other.left < mine.right {
					free = false
				}
			}
			if free {
				break
			}
		}
		if row == len(rows) {
			rows = append(rows, nil)
		}
		rows[row] = append(rows[row], mine)
		y := base + 44
		labelY := round(y + 26 + float64(row)*22)
		a.Marks = append(a.Marks, story.Mark{
			Event: e.ID, Kind: e.Kind, X: cx, Y: y,
			Lead:  story.Line{X1: cx, Y1: y + 8, X2: cx, Y2: labelY - 13},
			Label: story.Label{X: round(middle), Y: labelY, Text: e.Label},
		})
	}
	a.Height = base + 50
	if len(rows) > 0 {
		a.Height = base + 58 + 22*float64(len(rows))
	}
	return a
}

// period is a month or a year of the axis.
type period struct {
	from, to time.Time
	name     string
}

// periods are what the axis is divided into: months, or years where there is no room for months.
func periods(in AxisInput, months bool) []period {
	var all []period
	from, step := time.Date(in.From.Year(), in.From.Month(), 1, 0, 0, 0, 0, time.UTC), [2]int{0, 1}
	if !months {
		from, step = time.Date(in.From.Year(), 1, 1, 0, 0, 0, 0, time.UTC), [2]int{1, 0}
	}
	for ; !from.After(in.To); from = from.AddDate(step[0], step[1], 0) {
		p := period{from, from.AddDate(step[0], step[1], 0), in.Month(from.Month())}
		if !months {
			p.name = in.Figure(from.Year())
		}
		all = append(all, p)
	}
	return all
}

// perDay is the height of a day on the tall axis. A story of a few days gets enough of it to tell its marks apart, one
// of years so little that a thumb gets past it.
func perDay(in AxisInput) float64 {
	const usual, short, long = 3.2, 320, 1600
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
		dates, apart = append(dates, c.Date), 36 // more than a disc
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

// Tall lays the axis out along y, in a box 360 wide, to the same scale of time throughout.
func Tall(in AxisInput) story.Axis {
	const (
		boxWidth = 360
		axis     = 66 // x of the axis from the side where months stand
		perHour  = 50 // width of an hour
		bar      = 15
		disc     = 15
		lane     = 118 // room for the labels of events at the far side
		top      = 20
	)
	a := story.Axis{Width: boxWidth}
	// across gives x for a distance from the months' side.
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
	day := perDay(in)
	y := func(t time.Time) float64 { return round(top + days(in.From, t)*day) }
	a.Height = round(y(in.To) + 26)
	a.Line = story.Line{X1: across(axis), Y1: 0, X2: across(axis), Y2: a.Height}
	for _, p := range periods(in, day*30 >= 20) {
		from, to := latest(p.from, in.From), earliest(p.to, in.To)
		t := story.Tick{Label: story.Label{X: across(0), Y: round((y(from)+y(to))/2 + 4), Anchor: near, Text: p.name}}
		if p.from.After(in.From) {
			t.Line = story.Line{X1: across(axis - 8), Y1: y(p.from), X2: across(axis), Y2: y(p.from)}
		}
		a.Ticks = append(a.Ticks, t)
	}
	rect := func(start, length, middle, thick float64) story.Rect {
		left := across(start)
		if in.RTL {
			left = across(start + length)
		}
		return story.Rect{X: left, Y: round(middle - thick/2), W: round(length), H: thick}
	}
	for i, c := range in.Calls {
		cy := y(c.Date)
		least, most := float64(c.Least)/60*perHour, float64(c.Most)/60*perHour
		b := story.Bar{
			Call:  c.ID,
			Sure:  rect(axis, least, cy, bar),
			Range: rect(axis+least, most-least, cy, bar),
			X:     across(axis + most + disc + 5), Y: cy,
		}
		half := 22.0
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(in.Calls) {
				half = math.Min(half, math.Abs(y(in.Calls[j].Date)-cy)/2)
			}
		}
		b.Touch = rect(axis, most+2*disc+14, cy, round(2*half))
		a.Bars = append(a.Bars, b)
		if i == 0 {
			continue
		}
		d := int(math.Round(days(in.Calls[i-1].Date, c.Date)))
		if cy-a.Bars[i-1].Y >= bar+15 {
			a.Gaps = append(a.Gaps, story.Label{
				X: across(axis + 8), Y: round((cy+a.Bars[i-1].Y)/2 + 4), Anchor: near, Text: in.Days(d),
			})
		}
	}
	last := math.Inf(-1)
	for _, e := range in.Events {
		cy := y(e.Date)
		labelY := math.Max(cy, last+19)
		last = labelY
		a.Marks = append(a.Marks, story.Mark{
			Event: e.ID, Kind: e.Kind, X: across(axis), Y: cy,
			Lead:  story.Line{X1: across(axis + 9), Y1: cy, X2: across(boxWidth - lane + 6), Y2: round(labelY)},
			Label: story.Label{X: across(boxWidth), Y: round(labelY + 4), Anchor: far, Text: e.Label},
		})
	}
	a.Height = math.Max(a.Height, round(last+16))
	return a
}

// Strip lays the axis out along x in a box 360 wide and about half as high, for a frame in somebody else's page: the calls
// alone, to the scale of [Wide].
func Strip(in AxisInput) story.Axis {
	const (
		boxWidth = 360
		side     = 22 // room at both ends for a disc, at the start for the scale besides
		scale    = 40
		perHour  = 30
		barWidth = 10
		disc     = 12
		apart    = 2*disc + 2 // of the middles of two discs
	)
	a := story.Axis{Width: boxWidth}
	most := 0
	for _, c := range in.Calls {
		most = max(most, c.Most)
	}
	span := math.Max(1, days(in.From, in.To))
	x := func(t time.Time) float64 {
		along := scale + side + days(in.From, t)/span*(boxWidth-2*side-scale)
		if in.RTL {
			along = boxWidth - along
		}
		return round(along)
	}
	// First y is counted from the axis, negative above it. Discs of calls that are near each other rise until they are apart.
	a.Bars = make([]story.Bar, len(in.Calls))
	order := make([]int, len(in.Calls))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return in.Calls[order[i]].Most < in.Calls[order[j]].Most })
	top := 0.0
	for n, i := range order {
		c := in.Calls[i]
		cx := x(c.Date)
		least, length := float64(c.Least)/60*perHour, float64(c.Most)/60*perHour
		y := -length - disc - 4
		for moved := true; moved; {
			moved = false
			for _, j := range order[:n] {
				if dx := a.Bars[j].X - cx; math.Abs(dx) < apart && math.Abs(a.Bars[j].Y-y) < math.Sqrt(apart*apart-dx*dx)-.01 {
					y, moved = a.Bars[j].Y-math.Sqrt(apart*apart-dx*dx), true
				}
			}
		}
		top = math.Min(top, y-disc)
		a.Bars[i] = story.Bar{
			Call:  c.ID,
			Sure:  story.Rect{X: cx - barWidth/2, Y: -least, W: barWidth, H: round(least)},
			Range: story.Rect{X: cx - barWidth/2, Y: -length, W: barWidth, H: round(length - least)},
			X:     cx, Y: y,
		}
	}
	base := math.Ceil(4 - top)
	for i := range a.Bars {
		b := &a.Bars[i]
		b.Sure.Y, b.Range.Y, b.Y = round(base+b.Sure.Y), round(base+b.Range.Y), round(base+b.Y)
		half := 22.0
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(a.Bars) {
				half = math.Min(half, math.Max(disc, math.Abs(a.Bars[j].X-b.X)/2))
			}
		}
		b.Touch = story.Rect{X: round(b.X - half), Y: round(b.Y - disc - 2), W: round(2 * half), H: round(base - b.Y + disc + 2)}
	}
	a.Height = base + 24
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
	// Names of months stand where they have room: each, or every other one.
	last := math.Inf(-1)
	for m := time.Date(in.From.Year(), in.From.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(in.To); m = m.AddDate(0, 1, 0) {
		from, to := latest(m, in.From), earliest(m.AddDate(0, 1, 0), in.To)
		t := story.Tick{Label: story.Label{X: round((x(from) + x(to)) / 2), Y: base + 17, Text: in.Month(m.Month())}}
		if m.After(in.From) {
			t.Line = story.Line{X1: x(m), Y1: base, X2: x(m), Y2: base + 5}
		}
		half := width(t.Label.Text, 12) / 2
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

// SortEvents orders events by date, then id, as both axes expect them.
func SortEvents(events []Event) {
	sort.Slice(events, func(i, j int) bool {
		if !events[i].Date.Equal(events[j].Date) {
			return events[i].Date.Before(events[j].Date)
		}
		return events[i].ID < events[j].ID
	})
}
