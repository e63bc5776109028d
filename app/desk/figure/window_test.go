package figure_test

import (
	"fmt"
	"testing"
	"time"

	"sharh/app/desk/figure"
	"sharh/app/story"
)

// busy is an axis with n events: every third one in the same weeks, some on one day, some in lanes, and some that last;
// with an era and with calls.
func busy(n int, rtl, lanes bool) figure.AxisInput {
	in := crowded(rtl)
	in.From, in.To, in.Events = day("2019-01-01"), day("2023-12-31"), nil
	for i := range in.Calls {
		in.Calls[i].Date = in.Calls[i].Date.AddDate(-3, 0, 0)
	}
	if lanes {
		in.Groups = []string{"Ministries", "Banks"}
	}
	for i := range n {
		d := in.From.AddDate(0, 0, i*1800/n)
		if i%3 == 0 {
			d = day("2022-03-01").AddDate(0, 0, i/6)
		}
		e := figure.Event{
			ID: fmt.Sprint("e", i), Kind: "event", Date: d, From: d, To: d, Label: fmt.Sprint("Report number ", i),
		}
		switch {
		case i%10 == 4:
			e.To = d.AddDate(0, 0, 40)
		case i%10 == 7 && i > n/2:
			e.Date = day("2021-07-07")
			e.From, e.To = e.Date, e.Date
		}
		if lanes {
			e.Group = i % 3
		}
		in.Events = append(in.Events, e)
	}
	in.Events = append(in.Events, figure.Event{
		ID: "era", Kind: "era", Date: day("2020-01-01"), From: day("2020-01-01"), To: day("2022-01-01"), Label: "The long wait",
	})
	figure.SortEvents(in.Events)
	return in
}

// windows lays out an axis and its parts. names are the parts by their names.
func windows(in figure.AxisInput) (wide, tall story.Axis, all []story.Window, parts []figure.Part) {
	wide, tall = figure.Wide(in), figure.Tall(in)
	all = figure.Windows(in, &wide, &tall, func(p figure.Part) string {
		parts = append(parts, p)
		return fmt.Sprint(len(parts) - 1)
	})
	return wide, tall, all, parts
}

// gathered are the marks of a drawing that stand for several events.
func gathered(a story.Axis) (all []story.Mark) {
	for _, m := range a.Marks {
		if m.Count > 0 {
			all = append(all, m)
		}
	}
	return all
}

// An axis on which everything has a mark of its own has no parts, and stays what it was.
func TestNoWindowsWithoutGatheredMarks(t *testing.T) {
	for _, n := range []int{0, 5, 11} {
		if wide, tall, all, _ := windows(busy(n, false, false)); all != nil || len(gathered(wide))+len(gathered(tall)) > 0 {
			t.Errorf("%d events: %d windows", n, len(all))
		}
	}
}

// Whatever is of a part's time is on it, as a mark, in the number of a mark, or as a call; nothing else is.
func TestWindowsLoseNothing(t *testing.T) {
	for _, n := range []int{40, 80, 200} {
		for _, lanes := range []bool{false, true} {
			for _, rtl := range []bool{false, true} {
				in := busy(n, rtl, lanes)
				_, _, all, parts := windows(in)
				if len(all) < 5 || len(all) > 2*n {
					t.Errorf("%d events: %d windows", n, len(all))
				}
				covered := map[string]bool{}
				for i, w := range all {
					if w.RTL != rtl {
						t.Errorf("window %d runs from right to left: %t", i, w.RTL)
					}
					if i == 0 {
						continue
					}
					p := parts[i]
					events, calls := 0, 0
					for _, e := range in.Events {
						if !e.Date.Before(p.From) && !e.Date.After(p.To) || e.From.Before(p.To) && e.To.After(p.From) {
							events++
						}
						if !e.Date.Before(p.From) && !e.Date.After(p.To) {
							covered[e.ID] = true
						}
					}
					for _, c := range in.Calls {
						if !c.Date.Before(p.From) && !c.Date.After(p.To) {
							calls++
						}
					}
					if p.Items != events+calls || p.Of != len(in.Events)+len(in.Calls) {
						t.Errorf("part %d says that it has %d of %d, want %d of %d",
							i, p.Items, p.Of, events+calls, len(in.Events)+len(in.Calls))
					}
					for form, a := range map[string]story.Axis{"wide": w.Wide, "tall": w.Tall} {
						drawn := 0
						for _, m := range a.Marks {
							drawn += max(1, m.Count)
						}
						if drawn != events || len(a.Bars) != calls {
							t.Errorf("%d events, part %d (%s to %s), %s: %d events and %d calls are drawn, want %d and %d", n, i,
								p.From.Format(time.DateOnly), p.To.Format(time.DateOnly), form, drawn, len(a.Bars), events, calls)
						}
						apart(t, a.Width, a.Height+40, axisLabels(a))
					}
					// The client tells the two forms apart by their shape.
					if w.Wide.Height >= w.Wide.Width || w.Tall.Height <= w.Tall.Width {
						t.Errorf("part %d: wide is %v × %v, tall %v × %v",
							i, w.Wide.Width, w.Wide.Height, w.Tall.Width, w.Tall.Height)
					}
				}
				if len(covered) != len(in.Events) {
					t.Errorf("%d events: %d of %d are in any part", n, len(covered), len(in.Events))
				}
			}
		}
	}
}

// Each mark that stands for events of several days leads to a smaller part, and so on until they have marks of their
// own. From each part there are ways nearer where that helps, to its neighbours, and back to all of the axis.
func TestWindowsLeadOn(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		in := busy(120, rtl, rtl)
		dates := map[string]time.Time{}
		for _, e := range in.Events {
			dates[e.ID] = e.Date
		}
		wide, tall, all, parts := windows(in)
		size := func(i int) float64 { return parts[i].To.Sub(parts[i].From).Hours() }
		for i, w := range all {
			if i == 0 {
				w.Wide, w.Tall = wide, tall
			}
			marks := append(gathered(w.Wide), gathered(w.Tall)...)
			for _, m := range marks {
				switch to := m.Window; {
				case to == 0 && m.Label.Text != "" && parts[i].From.Equal(parts[i].To):
					t.Errorf("part %d is of one day and gathers %s", i, m.Label.Text)
				case to == 0:
					if at := dates[m.Event]; !at.Equal(day("2021-07-07")) {
						t.Errorf("part %d: %s from %s on do not come apart", i, m.Label.Text, at.Format(time.DateOnly))
					}
				case size(to) >= size(i):
					t.Errorf("part %d: %s lead to part %d, which is not smaller", i, m.Label.Text, to)
				case dates[m.Event].After(parts[to].To):
					t.Errorf("part %d: %s lead to part %d, which ends before", i, m.Label.Text, to)
				}
			}
			if (len(w.In) > 0) != (len(marks) > 0) {
				t.Errorf("part %d gathers %d marks and has %d ways nearer", i, len(marks), len(w.In))
			}
			for tenth, to := range w.In {
				if to == 0 || size(to) >= size(i) || tenth > 0 && parts[to].From.Before(parts[w.In[tenth-1]].From) {
					t.Errorf("part %d: its tenth %d leads to part %d", i, tenth, to)
				}
			}
			if i > 0 && (size(w.Out) <= size(i) || parts[w.Out].From.After(parts[i].From) || parts[w.Out].To.Before(parts[i].To)) {
				t.Errorf("further away than part %d is part %d", i, w.Out)
			}
			if to := w.Before; to > 0 && !parts[to].From.Before(parts[i].From) {
				t.Errorf("earlier than part %d is part %d", i, to)
			}
			if to := w.After; to > 0 && !parts[to].To.After(parts[i].To) {
				t.Errorf("later than part %d is part %d", i, to)
			}
		}
	}
}
