package figure_test

import (
	"fmt"
	"math"
	"testing"
	"time"
	"unicode/utf8"

	"sharh/app/desk/figure"
	"sharh/app/story"
)

// shape is a drawn shape of an item; discs and round marks are tested as circles.
type shape struct {
	box   story.Rect
	round bool
}

func (s shape) has(x, y float64) bool {
	b := s.box
	if s.round {
		return math.Hypot(x-b.X-b.W/2, y-b.Y-b.H/2) < b.W/2
	}
	return b.X <= x && x <= b.X+b.W && b.Y <= y && y <= b.Y+b.H
}

// link is an item of a figure. Links are in drawing order.
type link struct {
	name   string
	shapes []shape
	touch  []story.Rect
}

// links returns the items of an axis: events, then the calls drawn over them.
func links(a story.Axis, disc float64) []link {
	var all []link
	for _, m := range a.Marks {
		r := 4.5
		if m.Kind == "summit" {
			r = 5 // the square within its diamond
		}
		w := 0.45 * 13.5 * float64(utf8.RuneCountInString(m.Label.Text))
		text := story.Rect{X: m.Label.X - w/2, Y: m.Label.Y - 10, W: w, H: 12}
		switch m.Label.Anchor {
		case "left":
			text.X = m.Label.X
		case "right":
			text.X = m.Label.X - w
		}
		all = append(all, link{"event " + m.Event, []shape{
			{story.Rect{X: m.X - r, Y: m.Y - r, W: 2 * r, H: 2 * r}, true}, {text, false},
		}, m.Touch})
	}
	for _, b := range a.Bars {
		x, y := math.Min(b.Sure.X, b.Range.X), math.Min(b.Sure.Y, b.Range.Y)
		bar := story.Rect{X: x, Y: y, W: math.Max(b.Sure.X+b.Sure.W, b.Range.X+b.Range.W) - x, H: math.Max(b.Sure.Y+b.Sure.H, b.Range.Y+b.Range.H) - y}
		all = append(all, link{fmt.Sprint("call ", b.Call), []shape{
			{bar, false}, {story.Rect{X: b.X - disc, Y: b.Y - disc, W: 2 * disc, H: 2 * disc}, true},
		}, b.Touch})
	}
	return all
}

// hits returns the link that a point hits, as in a browser: the last link that contains it. seen is the link whose
// shape is visible there.
func hits(all []link, x, y float64) (hit, seen int) {
	hit, seen = -1, -1
	for i, l := range all {
		for _, s := range l.shapes {
			if s.has(x, y) {
				hit, seen = i, i
			}
		}
		for _, r := range l.touch {
			const hair = 0.2 // larger than the rounding of shapes and areas to tenths
			if (shape{box: story.Rect{X: r.X + hair, Y: r.Y + hair, W: r.W - 2*hair, H: r.H - 2*hair}}).has(x, y) {
				hit = i
			}
		}
	}
	return hit, seen
}

// touchable fails if one item is visible at a point but another is hit there and, if roomy, if an item has no free
// square of the given side.
func touchable(t *testing.T, all []link, side float64, roomy bool) {
	t.Helper()
	square := make([]bool, len(all))
	step := 0.12
	if len(all) > 100 {
		step = 0.31
	}
	for i, l := range all {
		for _, s := range l.shapes {
			for f := 0.02; f < 1; f += step {
				for g := 0.02; g < 1; g += step {
					x, y := s.box.X+f*s.box.W, s.box.Y+g*s.box.H
					if hit, seen := hits(all, x, y); s.has(x, y) && hit != seen {
						t.Errorf("at %.1f, %.1f %s is seen and %s hit", x, y, all[seen].name, all[hit].name)
					}
				}
			}
		}
		for _, r := range l.touch {
			if r.W < side || r.H < side {
				continue
			}
			square[i] = true
			for _, o := range all[:i] {
				for _, q := range o.touch {
					w, h := math.Min(r.X+r.W, q.X+q.W)-math.Max(r.X, q.X), math.Min(r.Y+r.H, q.Y+q.H)-math.Max(r.Y, q.Y)
					if w > 0.01 && h > 0.01 {
						t.Errorf("%s and %s share %.1f by %.1f: %+v, %+v", l.name, o.name, w, h, r, q)
					}
				}
			}
		}
		if roomy && !square[i] {
			t.Errorf("%s has no square of %v: %+v", l.name, side, l.touch)
		}
	}
}

func TestItemsHaveTheirOwnRoom(t *testing.T) {
	base := crowded(false)
	with := func(from, to string, calls []figure.Call, events []figure.Event) figure.AxisInput {
		in := base
		in.From, in.To, in.Calls, in.Events = day(from), day(to), calls, events
		return in
	}
	call := func(date string, n, least, most int) figure.Call {
		return figure.Call{ID: n, Date: day(date), Least: least, Most: most}
	}
	var near, same, every []figure.Call
	for i, d := range []string{"2025-02-12", "2025-03-18", "2025-05-19", "2025-06-04", "2025-06-14", "2025-06-16", "2025-08-18", "2025-10-16"} {
		near = append(near, call(d, i+1, []int{90, 90, 120, 70, 50, 60, 40, 120}[i], []int{90, 150, 125, 75, 60, 60, 40, 150}[i]))
		same = append(same, call("2025-05-05", i+1, 20+10*i, 30+10*i))
	}
	var month, many []figure.Event
	for i := range 60 {
		kind := "event"
		if i%7 == 0 {
			kind = "summit"
		}
		month = append(month, figure.Event{ID: fmt.Sprint(i), Kind: kind, Date: day("2025-03-01").AddDate(0, 0, i/2), Label: "Meeting of ministers"[:3+i%18]})
	}
	for i := range 200 {
		many = append(many, figure.Event{ID: fmt.Sprint(i), Kind: "event", Date: day("2025-03-01").AddDate(0, 0, i/7), Label: "Meeting of ministers"})
		every = append(every, figure.Call{ID: i + 1, Date: day("2025-03-01").Add(time.Duration(i) * 24 * time.Hour), Least: 10 + i%60, Most: 10 + i%60 + i%29})
	}
	for _, c := range []struct {
		name  string
		in    figure.AxisInput
		roomy bool // whether there is room for 24 pixels for each item
	}{
		{"near neighbours", with("2025-02-12", "2025-10-16", near, nil), true},
		{"near neighbours and events", with("2025-02-12", "2025-10-16", near, month[:9]), true},
		{"calls of one day", with("2025-02-12", "2025-10-16", same, nil), true},
		{"calls of one day in a short story", with("2025-05-03", "2025-05-08", same[:4], nil), true},
		{"two calls", with("2025-02-12", "2025-10-16", near[:2], nil), true},
		{"two calls a day apart", with("2025-05-01", "2025-06-01", []figure.Call{call("2025-05-05", 1, 150, 170), call("2025-05-06", 2, 5, 5)}, nil), true},
		{"crowded", base, true},
		{"sixty events in a month", with("2025-03-01", "2025-03-31", nil, month), true},
		{"sixty events in a month of a year", with("2025-01-01", "2025-12-31", near, month), true},
		{"two hundred events", with("2025-03-01", "2025-03-31", nil, many), false},
		{"two hundred calls", with("2025-03-01", "2025-10-01", every, nil), false},
	} {
		for _, rtl := range []bool{false, true} {
			in := c.in
			in.RTL = rtl
			// Where a figure is drawn smaller, 24 pixels are more units: it is drawn at 905 of 1120 pixels, and at 284 and 296
			// of 360.
			for name, a := range map[string]struct {
				axis       story.Axis
				disc, side float64
			}{"wide": {figure.Wide(in), 15, 24 * 1120 / 905.}, "tall": {figure.Tall(in), 15, 24 * 360 / 284.}, "strip": {figure.Strip(in), 12, 24 * 360 / 296.}} {
				t.Run(fmt.Sprintf("%s, %s, rtl %t", c.name, name, rtl), func(t *testing.T) {
					if len(a.axis.Bars) != len(in.Calls) {
						t.Fatalf("got %d calls, want %d", len(a.axis.Bars), len(in.Calls))
					}
					touchable(t, links(a.axis, a.disc), a.side, c.roomy)
					t.Logf("%v high", a.axis.Height)
				})
			}
		}
	}
}
