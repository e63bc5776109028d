package figure_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sharh/app/desk/figure"
	"sharh/app/story"
)

// Whatever the calls and events of an axis are, and wherever, each form and each part of it is laid out, in numbers that
// can be drawn, and nothing is lost. The bytes of a seed are the days of calls and events from the beginning of the axis
// on, of which those from 200 on are before it.
func FuzzAxis(f *testing.F) {
	same := func(n int, at byte) []byte {
		all := make([]byte, n)
		for i := range all {
			all[i] = at
		}
		return all
	}
	few, many := []byte{0, 40, 41, 90}, make([]byte, 120)
	for i := range many {
		many[i] = byte(i)
	}
	for _, length := range []uint8{0, 1, 120} {
		for _, flags := range []uint8{0, 3} {
			f.Add(length, flags, []byte{}, []byte{})  // nothing
			f.Add(length, flags, []byte{0}, []byte{}) // one item
			f.Add(length, flags, []byte{}, []byte{1})
			f.Add(length, flags, few, []byte{199, 150, 200, 255}) // beyond both ends
			f.Add(length, flags, []byte{199, 150, 130, 255, 200, 255}, same(9, 5))
			f.Add(length, flags, same(20, 3), same(200, 3)) // all on a day
			f.Add(length, flags, same(100, 0), many)
			f.Add(length, flags, same(40, 250), same(200, 250))      // all before it
			f.Add(length, flags, few, append(same(90, 60), many...)) // a crowded day
		}
	}
	f.Fuzz(func(t *testing.T, length, flags uint8, calls, events []byte) {
		calls, events = calls[:min(len(calls), 300)], events[:min(len(events), 400)]
		in := crowded(flags&1 != 0)
		in.Calls, in.Events = nil, nil
		in.To = in.From.AddDate(0, 0, int(length))
		unit := 24 * time.Hour
		if flags&2 != 0 {
			in.Hourly, unit = true, time.Hour
			in.To = in.From.Add(time.Duration(length%(24*figure.MostHourly)) * time.Hour)
		}
		if flags&4 != 0 {
			in.Groups = []string{"Ministries", "Banks"}
		}
		at := func(n byte) time.Time {
			if n >= 200 {
				return in.From.Add(-time.Duration(n-199) * unit)
			}
			return in.From.Add(time.Duration(n) * unit)
		}
		for i, n := range calls {
			in.Calls = append(in.Calls, figure.Call{ID: i + 1, Date: at(n), Least: 1 + i%90, Most: 1 + i%90 + int(n)%40})
		}
		for i, n := range events {
			e := figure.Event{ID: fmt.Sprint("e", i), Kind: "event", Date: at(n), From: at(n), To: at(n), Label: fmt.Sprint("Report ", i)}
			if flags&8 != 0 && i%5 == 0 {
				e.To = e.To.Add(time.Duration(n) * unit)
			}
			if len(in.Groups) > 0 {
				e.Group = i % 3
			}
			in.Events = append(in.Events, e)
		}
		figure.SortEvents(in.Events)

		done := make(chan struct{})
		go func() {
			defer close(done)
			wide, tall, all, parts := windows(in)
			whole := []story.Axis{wide, tall, figure.Strip(in)}
			for i, a := range whole {
				drawable(t, a)
				if i < 2 && drawn(a) != len(in.Events) || len(a.Bars) != len(in.Calls) {
					t.Errorf("form %d of the axis draws %d events and %d calls", i, drawn(a), len(a.Bars))
				}
			}
			for i, w := range all {
				drawable(t, w.Wide)
				drawable(t, w.Tall)
				if got := drawn(w.Wide) + len(w.Wide.Bars); i > 0 && got != parts[i].Items {
					t.Errorf("part %d draws %d of its %d items", i, got, parts[i].Items)
				}
			}
		}()
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatal("the layout does not end")
		}
	})
}

// drawn is how many events an axis draws, in marks of their own or in the number of one.
func drawn(a story.Axis) (n int) {
	for _, m := range a.Marks {
		n += max(1, m.Count)
	}
	return n
}

// drawable finds numbers that no drawing can have.
func drawable(t *testing.T, a story.Axis) {
	t.Helper()
	numbers := []float64{a.Width, a.Height, a.Line.X1, a.Line.X2, a.Line.Y1, a.Line.Y2}
	for _, b := range a.Bars {
		numbers = append(numbers, b.X, b.Y, b.Sure.X, b.Sure.Y, b.Sure.W, b.Sure.H, b.Range.X, b.Range.W)
	}
	for _, m := range a.Marks {
		numbers = append(numbers, m.X, m.Y, m.Label.X, m.Label.Y, m.Span.X, m.Span.W, m.Lead.Y2)
	}
	for _, tick := range a.Ticks {
		numbers = append(numbers, tick.Label.X, tick.Label.Y, tick.Line.X1, tick.Line.Y1)
	}
	for _, n := range numbers {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			t.Errorf("an axis has the position %v", n)
			return
		}
	}
}
