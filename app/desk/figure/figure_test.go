package figure_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/figure"
	"sharh/app/desk/source"
	"sharh/app/story"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

var gregorian = figure.Calendar{
	Of:    func(t time.Time) (int, time.Month) { return t.Year(), t.Month() },
	First: func(year int, month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) },
	Month: time.Month.String,
	Day:   func(t time.Time) string { return t.Format("2 January") },
	Year:  func(n int) string { return fmt.Sprint(n) },
}

// crowded is a span with calls on successive days and on the same day, and events with long names close together.
func crowded(rtl bool) figure.AxisInput {
	in := figure.AxisInput{
		From: day("2025-02-27"), To: day("2025-10-02"), RTL: rtl, Calendar: gregorian,
		Days:   func(n int) string { return fmt.Sprintf("%d days", n) },
		Figure: func(n int) string { return fmt.Sprint(n) },
		Hours:  func(n int) string { return fmt.Sprintf("%d hours", n) },
		Many:   func(n int) string { return fmt.Sprintf("%d events", n) },
		Date:   func(t time.Time) string { return t.Format("2 January 2006") },
		Clock:  func(t time.Time) string { return t.Format("15:04") },
	}
	for i, d := range []string{"2025-02-27", "2025-03-01", "2025-03-02", "2025-03-02", "2025-03-12", "2025-03-24", "2025-06-01", "2025-06-19", "2025-10-02"} {
		in.Calls = append(in.Calls, figure.Call{ID: i + 1, Date: day(d), Least: 10 + 17*i, Most: 10 + 17*i + 31*(i%3)})
	}
	for i, d := range []string{"2025-02-27", "2025-02-28", "2025-02-28", "2025-03-01", "2025-05-05", "2025-05-09", "2025-05-30", "2025-09-30", "2025-10-01", "2025-10-02"} {
		in.Events = append(in.Events, figure.Event{ID: fmt.Sprint("e", i), Kind: "event", Date: day(d), From: day(d), To: day(d), Label: "Meeting of ministers" + "…!"[:i%3]})
	}
	return in
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestWideAxisIsMirrored(t *testing.T) {
	ltr, rtl := figure.Wide(crowded(false)), figure.Wide(crowded(true))
	for _, x := range []*float64{&rtl.Line.X1, &rtl.Line.X2} {
		near(t, "the axis spans the box", math.Abs(*x-560), 560)
	}
	rtl.Line = ltr.Line
	// The axis mirrored back must be the same. Lines across the box run the same way in both.
	flip := func(x *float64) { *x = math.Round((rtl.Width-*x)*10) / 10 }
	label := func(l *story.Label) {
		flip(&l.X)
		switch l.Anchor {
		case "left":
			l.Anchor = "right"
		case "right":
			l.Anchor = "left"
		}
	}
	box := func(r *story.Rect) { r.X = math.Round((rtl.Width-r.X-r.W)*10) / 10 }
	boxes := func(all []story.Rect) {
		for i := range all {
			box(&all[i])
		}
	}
	for i := range rtl.Ticks {
		if rtl.Ticks[i].Line != (story.Line{}) {
			flip(&rtl.Ticks[i].Line.X1)
			flip(&rtl.Ticks[i].Line.X2)
		}
		label(&rtl.Ticks[i].Label)
	}
	for i := range rtl.Scale {
		label(&rtl.Scale[i].Label)
	}
	for i := range rtl.Bars {
		box(&rtl.Bars[i].Sure)
		box(&rtl.Bars[i].Range)
		boxes(rtl.Bars[i].Touch)
		flip(&rtl.Bars[i].X)
	}
	for i := range rtl.Gaps {
		label(&rtl.Gaps[i])
	}
	for i := range rtl.Marks {
		m := &rtl.Marks[i]
		flip(&m.X)
		flip(&m.Lead.X1)
		flip(&m.Lead.X2)
		label(&m.Label)
		boxes(m.Touch)
	}
	// Positions are rounded to tenths, halves away from zero, so mirrored ones can differ by a tenth.
	if diff := cmp.Diff(ltr, rtl, cmpopts.EquateApprox(0, 0.1001)); diff != "" {
		t.Errorf("the mirrored axis differs (-ltr +rtl):\n%s", diff)
	}
}

func TestBarsAreInProportionToMinutes(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := crowded(rtl)
		wide, tall := figure.Wide(in), figure.Tall(in)
		for i, c := range in.Calls {
			w, l := wide.Bars[i], tall.Bars[i]
			// A length may differ from its minutes only by the rounding to tenths.
			for what, d := range map[string]float64{
				"wide, shortest": w.Sure.H - float64(c.Least)*62/60, "wide, range": w.Range.H - float64(c.Most-c.Least)*62/60,
				"tall, shortest": l.Sure.W - float64(c.Least)*50/60, "tall, range": l.Range.W - float64(c.Most-c.Least)*50/60,
			} {
				if math.Abs(d) > 0.1001 {
					t.Errorf("call %d (rtl %t), %s: got a length %v off", c.ID, rtl, what, d)
				}
			}
			near(t, "the wide bar stands on the axis", w.Sure.Y+w.Sure.H, wide.Line.Y1)
			if d := math.Abs(w.Range.Y + w.Range.H - w.Sure.Y); d > 0.1001 {
				t.Errorf("call %d: got %v between the parts of its bar", c.ID, d)
			}
			disc, foot := false, false
			for _, r := range w.Touch {
				disc = disc || r.Y < w.Y && w.Y < r.Y+r.H
				foot = foot || math.Abs(r.Y+r.H-w.Sure.Y-w.Sure.H) < 0.2
			}
			if !disc || !foot {
				t.Errorf("call %d: got touch areas %+v that leave out its disc or its bar", c.ID, w.Touch)
			}
		}
	}
}

// labelBox returns the box of an axis label. It takes 0.5 of the size as the average width of a letter, although Arabic
// letters are narrower.
func labelBox(l story.Label, size float64) story.Rect {
	w := float64(utf8.RuneCountInString(l.Text)) * size * 0.5
	x := l.X - w/2
	switch l.Anchor {
	case "left":
		x = l.X
	case "right":
		x = l.X - w
	}
	return story.Rect{X: x, Y: l.Y - 0.8*size, W: w, H: size}
}

func overlap(a, b story.Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

type named struct {
	name string
	box  story.Rect
}

// apart fails if two boxes overlap or a box leaves the figure.
func apart(t *testing.T, width, height float64, all []named) {
	t.Helper()
	for i, a := range all {
		if a.box.X < -0.01 || a.box.Y < -0.01 || a.box.X+a.box.W > width+0.01 || a.box.Y+a.box.H > height+0.01 {
			t.Errorf("%s: got %+v, outside of %v × %v", a.name, a.box, width, height)
		}
		for _, b := range all[:i] {
			if overlap(a.box, b.box) {
				t.Errorf("%s and %s overlap: %+v, %+v", b.name, a.name, b.box, a.box)
			}
		}
	}
}

func axisLabels(a story.Axis) []named {
	var all []named
	add := func(kind string, l story.Label, size float64) {
		if l.Text != "" {
			all = append(all, named{fmt.Sprintf("%s %q at %v, %v", kind, l.Text, l.X, l.Y), labelBox(l, size)})
		}
	}
	for _, tick := range a.Ticks {
		add("month", tick.Label, 12.5)
	}
	for _, g := range a.Gaps {
		add("gap", g, 12)
	}
	for _, m := range a.Marks {
		add("event", m.Label, 13.5)
	}
	return all
}

func TestAxisLabelsAreApart(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		for name, a := range map[string]story.Axis{"wide": figure.Wide(crowded(rtl)), "tall": figure.Tall(crowded(rtl))} {
			t.Run(fmt.Sprintf("%s, rtl %t", name, rtl), func(t *testing.T) {
				if len(a.Marks) != 10 || len(a.Bars) != 9 || len(a.Gaps) == 0 {
					t.Errorf("got %d marks, %d bars, %d gaps, want everything drawn", len(a.Marks), len(a.Bars), len(a.Gaps))
				}
				apart(t, a.Width, a.Height, axisLabels(a))
			})
		}
	}
}

func TestStrip(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := crowded(rtl)
		a := figure.Strip(in)
		apart(t, a.Width, a.Height, axisLabels(a))
		for i, b := range a.Bars {
			c := in.Calls[i]
			for what, d := range map[string]float64{"shortest": b.Sure.H - float64(c.Least)/2, "range": b.Range.H - float64(c.Most-c.Least)/2} {
				if math.Abs(d) > 0.1001 {
					t.Errorf("call %d (rtl %t), %s: got a length %v off", c.ID, rtl, what, d)
				}
			}
			near(t, "a bar stands on the axis", b.Sure.Y+b.Sure.H, a.Line.Y1)
			for _, r := range b.Touch {
				if r.Y < 0 || r.X < 0 || r.X+r.W > a.Width {
					t.Errorf("call %d (rtl %t) leaves the figure: %+v", c.ID, rtl, r)
				}
			}
			for j, o := range a.Bars[:i] {
				if math.Hypot(b.X-o.X, b.Y-o.Y) < 24 {
					t.Errorf("the discs of calls %d and %d (rtl %t) overlap: %+v, %+v", c.ID, in.Calls[j].ID, rtl, b, o)
				}
				if rtl != (b.X < o.X) && b.X != o.X {
					t.Errorf("call %d stands on the wrong side of call %d (rtl %t)", c.ID, in.Calls[j].ID, rtl)
				}
			}
		}
	}
}

// The figure of one event has only this event's label, and the axis extends to the event if it is outside of the
// story's span.
func TestStill(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		for _, shown := range []string{"", "e0", "e4", "e9", "later", "long before"} {
			t.Run(fmt.Sprintf("%s, rtl %t", shown, rtl), func(t *testing.T) {
				in := crowded(rtl)
				if date, ok := map[string]string{"later": "2026-01-20", "long before": "2014-03-18"}[shown]; ok {
					in.Events = append(in.Events, figure.Event{ID: shown, Kind: "event", Date: day(date), From: day(date), To: day(date), Label: "Meeting of ministers"})
				}
				a := figure.Still(in, shown)
				apart(t, a.Width, a.Height, axisLabels(a))
				if len(a.Bars) != len(in.Calls) {
					t.Errorf("got %d calls, want %d", len(a.Bars), len(in.Calls))
				}
				at := map[string]float64{}
				for _, m := range a.Marks {
					at[m.Event] = m.X
					if (m.Label.Text != "") != (m.Event == shown) || m.Touch != nil {
						t.Errorf("event %s: got the label %q and touch areas %v", m.Event, m.Label.Text, m.Touch)
					}
					if m.Y-7.8 <= a.Line.Y1 || m.X < 7.8 || m.X > a.Width-7.8 {
						t.Errorf("event %s leaves its row: %+v", m.Event, m)
					}
				}
				x, there := at[shown]
				if there != (shown != "") {
					t.Fatalf("got marks %v", at)
				}
				for id, o := range at {
					if there && id != shown && math.Abs(o-x) < 15.6 {
						t.Errorf("event %s touches the one that is shown: %v, %v", id, o, x)
					}
				}
				if last := a.Bars[len(a.Bars)-1]; shown == "later" && (last.Sure.X < x) == rtl {
					t.Errorf("what is later stands before the last call: %v, %v", x, last.Sure.X)
				}
				if !strings.HasPrefix(a.Ticks[0].Label.Text+a.Ticks[1].Label.Text, "20") {
					t.Errorf("the line has no year: %v", a.Ticks)
				}
				for _, b := range a.Bars {
					if b.Touch != nil {
						t.Errorf("call %d answers to a pointer", b.Call)
					}
				}
			})
		}
	}
}

// stories compiles the tests' explainer in both of its languages.
func stories(t *testing.T) map[string]*story.Document {
	t.Helper()
	var list diag.List
	set, err := source.Load(os.DirFS("../../../cmd/sharh/testdata/content"), "eight-calls", &list)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]*story.Document{}
	for _, lang := range set.Explainer.Languages {
		if docs[lang.Value], err = compile.Story(set, lang.Value); err != nil {
			t.Fatal(err)
		}
	}
	return docs
}

func TestWholeExplainer(t *testing.T) {
	again := stories(t)
	for lang, d := range stories(t) {
		for name, a := range map[string]story.Axis{"wide": d.Timeline.Wide, "tall": d.Timeline.Tall, "strip": d.Timeline.Strip} {
			t.Run(lang+" axis, "+name, func(t *testing.T) { apart(t, a.Width, a.Height, axisLabels(a)) })
		}
		for _, s := range d.Steps {
			t.Run(fmt.Sprint(lang, " step ", s.Number), func(t *testing.T) {
				apart(t, s.Figure.Width, s.Figure.Height, axisLabels(s.Figure))
			})
		}
		t.Run(lang+" gives the same figures twice", func(t *testing.T) {
			if diff := cmp.Diff(d.Map, again[lang].Map); diff != "" {
				t.Errorf("maps differ (-first +second):\n%s", diff)
			}
			if diff := cmp.Diff(d.Timeline, again[lang].Timeline); diff != "" {
				t.Errorf("timelines differ (-first +second):\n%s", diff)
			}
			if diff := cmp.Diff(d.Steps, again[lang].Steps); diff != "" {
				t.Errorf("steps differ (-first +second):\n%s", diff)
			}
		})
	}
}

func TestSortEvents(t *testing.T) {
	events := []figure.Event{{ID: "b", Date: day("2025-03-01")}, {ID: "c", Date: day("2025-02-01")}, {ID: "a", Date: day("2025-03-01")}}
	figure.SortEvents(events)
	if got := events[0].ID + events[1].ID + events[2].ID; got != "cba" {
		t.Errorf("got order %s, want cba: by date, then as in the file", got)
	}
}

// A story that has only events, over days or over years, keeps its marks apart and names its months or years.
func TestAxisWithoutCalls(t *testing.T) {
	over := func(dates ...string) figure.AxisInput {
		in := crowded(false)
		in.From, in.To, in.Calls, in.Events = day(dates[0]), day(dates[len(dates)-1]), nil, nil
		for i, d := range dates {
			in.Events = append(in.Events, figure.Event{ID: fmt.Sprint("e", i), Kind: "event", Date: day(d), From: day(d), To: day(d), Label: "Event"})
		}
		return in
	}
	days := over("1969-07-16", "1969-07-19", "1969-07-20", "1969-07-21", "1969-07-24")
	years := over("1957-10-04", "1961-04-12", "1969-07-20", "1975-07-17")
	for _, in := range []figure.AxisInput{days, years} {
		tall := figure.Tall(in)
		for i, m := range tall.Marks[1:] {
			if apart := m.Y - tall.Marks[i].Y; apart < 16 {
				t.Errorf("marks of %s and %s are %v apart on the tall axis", in.Events[i].Date, in.Events[i+1].Date, apart)
			}
		}
		if tall.Height > 1700 {
			t.Errorf("the tall axis is %v high", tall.Height)
		}
		if wide := figure.Wide(in); wide.Line.Y1 > 20 {
			t.Errorf("the wide axis has %v above it, where no bars stand", wide.Line.Y1)
		}
	}
	for name, ticks := range map[string][]story.Tick{"wide": figure.Wide(years).Ticks, "tall": figure.Tall(years).Ticks} {
		if len(ticks) != 19 || ticks[5].Label.Text != "1962" {
			t.Errorf("%s: got %d parts, the sixth %+v, want 19 years, the sixth 1962", name, len(ticks), ticks[min(5, len(ticks)-1)])
		}
	}
	if ticks := figure.Tall(days).Ticks; len(ticks) != 10 || ticks[0].Label.Text != "1969" || ticks[1].Label.Text != "16 July" {
		t.Errorf("got %+v, want the year and nine days", ticks)
	}
}

// An axis of any length has names for its parts, never a month without its year, and never so many that they touch.
func TestPeriods(t *testing.T) {
	for _, c := range []struct{ from, to, wide, tall, strip string }{
		{"2025-10-14", "2025-10-17", "14 October, 15 October, 16 October, 2025", "2025, October", "2025, 14 October, 15 October, 16 October"},
		{"2025-02-12", "2025-04-16", "February, March, April, 2025", "2025, February, March, April", "2025, February, March, April"},
		{"2024-11-01", "2025-03-20", "November, December, 2025, February, March, 2024", "2024, November, December, 2025, February, March", "2024, November, 2025, February"},
		{"2021-01-01", "2023-12-31", "2021, 2022, 2023", "", "2021, 2022, 2023"},
		{"1990-03-01", "1999-12-31", "1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999", "", ""},
		{"1963-01-01", "2012-12-31", "1970, 1980, 1990, 2000, 2010", "1970, 1980, 1990, 2000, 2010", "1970, 1980, 1990, 2000, 2010"},
		{"-0043-01-01", "1500-12-31", "0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500", "", ""},
	} {
		for _, rtl := range []bool{false, true} {
			in := crowded(rtl)
			in.Events, in.Calls = nil, nil
			parse := func(s string) time.Time {
				var y, m, d int
				if _, err := fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d); err != nil {
					t.Fatal(err)
				}
				return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
			}
			in.From, in.To = parse(c.from), parse(c.to)
			for form, got := range map[string]story.Axis{c.wide: figure.Wide(in), c.tall: figure.Tall(in), c.strip: figure.Strip(in)} {
				var names []string
				for _, tick := range got.Ticks {
					if tick.Label.Text != "" {
						names = append(names, tick.Label.Text)
					}
				}
				if text := strings.Join(names, ", "); form != "" && text != form {
					t.Errorf("%s to %s, %v wide: got %s, want %s", c.from, c.to, got.Width, text, form)
				}
				if len(names) == 0 {
					t.Errorf("%s to %s, %v wide: no names", c.from, c.to, got.Width)
				}
				for i, a := range got.Ticks {
					for _, b := range got.Ticks[:i] {
						dx, dy := math.Abs(a.Label.X-b.Label.X), math.Abs(a.Label.Y-b.Label.Y)
						if a.Label.Text != "" && b.Label.Text != "" && a.Label.Anchor == b.Label.Anchor && dy < 12 && dx < 24 {
							t.Errorf("%s to %s: %q and %q touch", c.from, c.to, a.Label.Text, b.Label.Text)
						}
					}
				}
			}
		}
	}
}

// hours is an axis of hours, with an event at each of some times.
func hours(rtl bool, from, to string, at ...string) figure.AxisInput {
	in := crowded(rtl)
	moment := func(s string) time.Time {
		m, err := time.Parse("2006-01-02T15:04", s)
		if err != nil {
			panic(err)
		}
		return m
	}
	in.From, in.To, in.Hourly, in.Calls, in.Events = moment(from), moment(to), true, nil, nil
	for i, s := range at {
		m := moment(s)
		in.Events = append(in.Events, figure.Event{
			ID: fmt.Sprint("e", i), Kind: "event", Date: m, From: m, To: m, Label: "Meeting of ministers",
		})
	}
	return in
}

// Hours have as many names as fit, each day has its own at midnight, and the first stands at the beginning.
func TestHours(t *testing.T) {
	for _, c := range []struct{ from, to, wide, tall, strip string }{
		{"2025-06-21T18:20", "2025-06-21T19:00", "18:30, 18:45, 19:00, 21 June 2025", "21 June 2025, 18:15, 18:30, 18:45, 19:00", "21 June 2025, 18:30, 18:45, 19:00"},
		{"2025-12-31T23:00", "2026-01-01T02:00", "23:15, 23:30, 23:45, 1 January 2026, 00:15, 00:30, 00:45, 01:00, 01:15, 01:30, 01:45, 02:00, 31 December 2025", "", ""},
		{"2025-09-21T18:00", "2025-09-22T06:00", "19:00, 20:00, 21:00, 22:00, 23:00, 22 September, 01:00, 02:00, 03:00, 04:00, 05:00, 06:00, 21 September 2025", "", "21 September 2025, 22 September, 03:00, 06:00"},
		{"2025-09-20T00:00", "2025-09-23T00:00", "06:00, 12:00, 18:00, 21 September, 06:00, 12:00, 18:00, 22 September, 06:00, 12:00, 18:00, 23 September, 20 September 2025", "20 September 2025, 20 September, 06:00, 12:00, 18:00, 21 September, 06:00, 12:00, 18:00, 22 September, 06:00, 12:00, 18:00, 23 September", ""},
		{"2025-06-21T18:10", "2025-06-21T18:10", "18:15, 21 June 2025", "", ""},
	} {
		for _, rtl := range []bool{false, true} {
			in := hours(rtl, c.from, c.to)
			for form, got := range map[string]story.Axis{c.wide: figure.Wide(in), c.tall: figure.Tall(in), c.strip: figure.Strip(in)} {
				var names []string
				for _, tick := range got.Ticks {
					if tick.Label.Text != "" {
						names = append(names, tick.Label.Text)
					}
				}
				if text := strings.Join(names, ", "); form != "" && text != form {
					t.Errorf("%s to %s, %v wide: got %s, want %s", c.from, c.to, got.Width, text, form)
				}
				apart(t, got.Width, got.Height, axisLabels(got))
			}
		}
	}
}

// Groups have lanes below each other on the wide axis, in their order, each with its name above its marks; on the tall
// one the name of the group is below the label. What is in no group comes first. Nothing overlaps.
func TestLanes(t *testing.T) {
	for _, n := range []int{9, 60} {
		for _, rtl := range []bool{false, true} {
			in := crowded(rtl)
			in.Groups = []string{"The court", "Nobody's", "The street"}
			in.Events = nil
			for i := range n {
				d := in.From.AddDate(0, 0, i*216/n)
				in.Events = append(in.Events, figure.Event{
					ID: fmt.Sprint("e", i), Kind: "event", Date: d, From: d, To: d.AddDate(0, 0, i%2*9),
					Label: fmt.Sprint("Report number ", i), Group: []int{3, 0, 1}[i%3],
				})
			}
			wide, tall := figure.Wide(in), figure.Tall(in)
			if len(wide.Lanes) != 2 || wide.Lanes[0].Name.Text != "The court" || wide.Lanes[1].Name.Text != "The street" {
				t.Fatalf("got the lanes %+v", wide.Lanes)
			}
			marks := wide.Marks
			own := len(marks) - wide.Lanes[0].Marks - wide.Lanes[1].Marks
			above := wide.Line.Y1
			all := axisLabels(wide)
			for i, lane := range [][]story.Mark{marks[:own], marks[own : own+wide.Lanes[0].Marks], marks[own+wide.Lanes[0].Marks:]} {
				drawn := 0
				if i > 0 {
					name := wide.Lanes[i-1]
					if above > name.Line.Y1 {
						t.Errorf("%d events: lane %d begins at %v, above the end of the one before, %v", n, i, name.Line.Y1, above)
					}
					above = name.Name.Y
					all = append(all, named{name.Name.Text, labelBox(name.Name, 12.5)})
				}
				from := above
				for _, m := range lane {
					drawn += max(1, m.Count)
					if m.Y < from+7.8 {
						t.Errorf("%d events: %s of lane %d is at %v, above %v", n, m.Event, i, m.Y, from)
					}
					above = max(above, m.Label.Y)
				}
				if drawn != n/3 {
					t.Errorf("%d events: lane %d has %d of them", n, i, drawn)
				}
			}
			apart(t, wide.Width, wide.Height, all)
			if wide.Height > 620 {
				t.Errorf("%d events: the wide axis is %v high", n, wide.Height)
			}
			all = axisLabels(tall)
			for _, m := range tall.Marks {
				if m.Count > 0 {
					continue
				}
				want := map[string]string{"0": "The street", "1": "", "2": "The court"}[fmt.Sprint(number(m.Event)%3)]
				if m.Group.Text != want {
					t.Errorf("%d events: %s is in %q, want %q", n, m.Event, m.Group.Text, want)
				}
				if want != "" {
					all = append(all, named{"group " + m.Event, labelBox(m.Group, 13.5)})
				}
			}
			apart(t, tall.Width, tall.Height, all)
		}
	}
}

// number is that of an event whose id is e and a number.
func number(id string) (n int) {
	_, _ = fmt.Sscanf(id, "e%d", &n)
	return n
}

// Marks of an axis of hours are apart as their times are, and the figure of an event long before has years.
func TestEventsOfHours(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := hours(rtl, "2025-06-21T18:20", "2025-06-22T06:00", "2025-06-21T18:30", "2025-06-21T18:40", "2025-06-21T18:40", "2025-06-22T05:45")
		for name, a := range map[string]story.Axis{"wide": figure.Wide(in), "tall": figure.Tall(in)} {
			if len(a.Marks) != 4 || a.Height > 460 {
				t.Errorf("%s: got %d marks, %v high", name, len(a.Marks), a.Height)
			}
			apart(t, a.Width, a.Height, axisLabels(a))
			at := func(i int) float64 { return math.Abs(a.Marks[i].X-a.Marks[0].X) + math.Abs(a.Marks[i].Y-a.Marks[0].Y) }
			if got := at(1) / at(3); math.Abs(got-10./675) > .001 {
				t.Errorf("%s: ten minutes are %v of 675", name, got)
			}
			near(t, name+": the same time", at(1), at(2))
		}
		long := day("1998-03-01")
		in.Events = append(in.Events, figure.Event{ID: "long", Kind: "event", Date: long, From: long, To: long, Label: "Long before"})
		if a := figure.Still(in, "long"); len(a.Ticks) != 3 || a.Ticks[1].Label.Text != "2010" {
			t.Errorf("got the parts %v", a.Ticks)
		}
		if a := figure.Still(in, "e3"); len(a.Marks) == 0 {
			t.Errorf("got %v", a)
		}
	}
}

// Eras are bands below the names of the periods, with their names in them or beside them, none over another.
func TestEras(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := crowded(rtl)
		era := func(id, from, to, label string) figure.Event {
			return figure.Event{ID: id, Kind: "era", Date: day(from), From: day(from), To: day(to), Label: label}
		}
		in.Events = []figure.Event{
			era("a", "2025-02-27", "2025-06-30", "The first term"), era("b", "2025-05-01", "2025-05-03", "Three days of it"),
			{ID: "day", Kind: "event", Date: day("2025-05-20"), From: day("2025-05-20"), To: day("2025-05-20"), Label: "A day"},
			era("c", "2025-07-01", "2025-10-02", "The second term"), era("d", "2025-10-01", "2025-10-02", "At the very end"),
		}
		wide := figure.Wide(in)
		var boxes []story.Rect
		for _, m := range wide.Marks {
			if m.Kind != "era" {
				if m.Event != "day" || m.Y < 20+wide.Marks[1].Span.Y+wide.Marks[1].Span.H {
					t.Errorf("the mark of %s is at %v", m.Event, m.Y)
				}
				continue
			}
			w := figure.Width(m.Label.Text, 12.5)
			left := m.Label.X - w/2
			switch m.Label.Anchor {
			case "left":
				left = m.Label.X
			case "right":
				left = m.Label.X - w
			}
			if left < 0 || left+w > wide.Width {
				t.Errorf("the name of %s is cut off: %v", m.Event, m.Label)
			}
			boxes = append(boxes, m.Span, story.Rect{X: left, Y: m.Span.Y, W: w, H: m.Span.H})
		}
		if len(boxes) != 8 {
			t.Fatalf("got %d boxes, want 8", len(boxes))
		}
		for i, a := range boxes {
			for j, b := range boxes[:i] {
				if i/2 != j/2 && a.Y == b.Y && a.X < b.X+b.W && b.X < a.X+a.W {
					t.Errorf("rtl %t: %v and %v overlap", rtl, a, b)
				}
			}
		}
		if tall := figure.Tall(in); len(tall.Marks) != 5 || tall.Marks[0].Span.H < 100 {
			t.Errorf("tall: got %v", tall.Marks)
		}
		if still := figure.Still(in, "a"); len(still.Marks) != 2 || still.Marks[0].Kind != "event" || still.Marks[0].Label.Text == "" {
			t.Errorf("still: got %v", still.Marks)
		}
	}
}

// Where events are many, those that are close together have one mark, which counts them. Nothing is lost, and the figure
// stays in view.
func TestManyEvents(t *testing.T) {
	for _, n := range []int{12, 60, 200} {
		for _, rtl := range []bool{false, true} {
			in := crowded(rtl)
			in.Calls, in.Events = nil, nil
			for i := range n {
				d := in.From.AddDate(0, 0, i*217/n)
				vague := i % 2 // every other one is known to within some days, as one of a long story is to the year
				in.Events = append(in.Events, figure.Event{
					ID: fmt.Sprint("e", i), Kind: "event", Date: d, From: d.AddDate(0, 0, -vague), To: d.AddDate(0, 0, vague),
					Label: fmt.Sprint("Report number ", i),
				})
			}
			for name, a := range map[string]story.Axis{"wide": figure.Wide(in), "tall": figure.Tall(in)} {
				all := 0
				for i, m := range a.Marks {
					if m.Event != fmt.Sprint("e", all) {
						t.Errorf("%s, %d events: mark %d is of %s, want e%d", name, n, i, m.Event, all)
					}
					if (m.Count > 0) != strings.HasSuffix(m.Label.Text, " events") {
						t.Errorf("%s, %d events: %q counts %d", name, n, m.Label.Text, m.Count)
					}
					all += max(1, m.Count)
				}
				if all != n || n == 12 && len(a.Marks) != n {
					t.Errorf("%s: %d of %d events are drawn, with %d marks", name, all, n, len(a.Marks))
				}
				if name == "wide" && a.Height > 330 {
					t.Errorf("%s, %d events: %v high", name, n, a.Height)
				}
				for _, m := range a.Marks {
					if name == "tall" && math.Abs(m.Lead.Y2-m.Y) > 3*24+1 {
						t.Errorf("%s, %d events: a label is %v from its mark", name, n, m.Lead.Y2-m.Y)
					}
				}
			}
		}
	}
}

// What lasted, or is not known to the day, is drawn as wide as it is, and no bar covers another.
func TestSpansOfEvents(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := crowded(rtl)
		in.Events = []figure.Event{
			{ID: "whole", Kind: "event", Date: in.From, From: in.From, To: in.To.AddDate(0, 0, 1), Label: "All of it"},
			{ID: "month", Kind: "event", Date: day("2025-05-16"), From: day("2025-05-01"), To: day("2025-06-01"), Label: "May"},
			{ID: "day", Kind: "event", Date: day("2025-05-20"), From: day("2025-05-20"), To: day("2025-05-20"), Label: "A day"},
			{ID: "later", Kind: "event", Date: day("2025-07-01"), From: day("2025-07-01"), To: day("2025-08-01"), Label: "July"},
		}
		wide, tall := figure.Wide(in), figure.Tall(in)
		across := wide.Marks[0].Span.W
		near(t, "the month's part of the whole", math.Round(1000*wide.Marks[1].Span.W/across), math.Round(1000*31./218))
		near(t, "the month's part of the whole, tall", math.Round(1000*tall.Marks[1].Span.H/tall.Marks[0].Span.H), math.Round(1000*31./218))
		for name, a := range map[string]story.Axis{"wide": wide, "tall": tall} {
			if a.Marks[2].Span != (story.Rect{}) {
				t.Errorf("%s: a day has the span %v", name, a.Marks[2].Span)
			}
			for i, m := range a.Marks {
				for _, o := range a.Marks[:i] {
					if m.Span.W > 0 && o.Span.W > 0 && m.Span.X < o.Span.X+o.Span.W && o.Span.X < m.Span.X+m.Span.W &&
						m.Span.Y < o.Span.Y+o.Span.H && o.Span.Y < m.Span.Y+m.Span.H {
						t.Errorf("%s: the bar of %s covers that of %s", name, m.Event, o.Event)
					}
				}
				if m.Label.Y > a.Height {
					t.Errorf("%s: the label of %s is below the figure", name, m.Event)
				}
			}
		}
		if wide.Marks[1].Y == wide.Marks[0].Y || wide.Marks[3].Y != wide.Marks[1].Y {
			t.Errorf("lanes: got %v, %v, %v", wide.Marks[0].Y, wide.Marks[1].Y, wide.Marks[3].Y)
		}
	}
}
