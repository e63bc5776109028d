package compile_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"sharh/app/desk/compile"
	"sharh/app/story"
)

// A story of a night is drawn in hours: what happened stands at its time, by the clocks of one place, and what is known
// to the day in the middle of the hours of that day.
func TestHours(t *testing.T) {
	set := load(t, "night", strings.NewReplacer())
	for lang, want := range map[string]struct{ ticks, times string }{
		"ar": {"١٩:٠٠ ٢٠:٠٠ ٢١:٠٠ ٢٢:٠٠ ٢٣:٠٠ ٢٢ يونيو ٠١:٠٠ ٠٢:٠٠ ٠٣:٠٠ ٠٤:٠٠ ٠٥:٠٠ ٠٦:٠٠ ٢١ يونيو ٢٠٢٥",
			"الساعات بتوقيت غرينتش+٣"},
		"en": {"19:00 20:00 21:00 22:00 23:00 22 June 01:00 02:00 03:00 04:00 05:00 06:00 21 June 2025", "Times in UTC+3"},
	} {
		d, err := compile.Story(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		var ticks, drawn, listed []string
		for _, tick := range d.Timeline.Wide.Ticks {
			if tick.Label.Text != "" {
				ticks = append(ticks, tick.Label.Text)
			}
		}
		if got := strings.Join(ticks, " "); got != want.ticks {
			t.Errorf("%s: got the names %s, want %s", lang, got, want.ticks)
		}
		if d.Timeline.Times != want.times {
			t.Errorf("%s: got %q, want %q", lang, d.Timeline.Times, want.times)
		}
		// Hours since 18:00, where the axis begins.
		const shut, flood, noticed, first, peak, open = .5, 2, (1./3 + 6) / 2, 5 + 50./60, 7.25, 11.75
		at := []float64{shut, flood, noticed, first, peak, peak, open}
		for form, axis := range map[string]story.Axis{"wide": d.Timeline.Wide, "tall": d.Timeline.Tall} {
			drawn = nil
			place := func(m story.Mark) float64 {
				switch {
				case form == "tall":
					return m.Y
				case lang == "ar":
					return -m.X
				}
				return m.X
			}
			unit := (place(axis.Marks[6]) - place(axis.Marks[0])) / (open - shut)
			for i, m := range axis.Marks {
				drawn = append(drawn, m.Event)
				if got := (place(m)-place(axis.Marks[0]))/unit + shut; math.Abs(got-at[i]) > .02 {
					t.Errorf("%s, %s: %s is drawn %v hours after 18:00, want %v", lang, form, m.Event, got, at[i])
				}
				length := max(m.Span.W, m.Span.H) / unit
				want := map[string]float64{"flood": 6.5, "noticed": 5 + 2./3}[m.Event]
				if math.Abs(length-want) > .02 {
					t.Errorf("%s, %s: %s lasts %v hours, want %v", lang, form, m.Event, length, want)
				}
			}
		}
		for _, e := range d.Events {
			if e.After != (e.ID == "report") {
				t.Errorf("%s: %s is after the story: %t", lang, e.ID, e.After)
			}
			if !e.After {
				listed = append(listed, e.ID)
			}
		}
		if want := "shut flood noticed first peak second open"; strings.Join(drawn, " ") != want || !slices.Equal(drawn, listed) {
			t.Errorf("%s: got %v drawn, %v listed, want %s", lang, drawn, listed, want)
		}
	}
}

// Where days are drawn, times of a day set the order all the same; what has none stays behind what it follows.
func TestTimesOfADay(t *testing.T) {
	longer := strings.NewReplacer("from: 2025-06-21T18:20+03:00", "from: 2025-06-01")
	d, err := compile.Story(load(t, "night", longer), "en")
	if err != nil {
		t.Fatal(err)
	}
	var drawn, listed []string
	for _, m := range d.Timeline.Wide.Marks {
		drawn = append(drawn, m.Event)
	}
	for _, e := range d.Events {
		if e.Figure != "" {
			listed = append(listed, e.ID)
		}
	}
	want := "shut flood noticed first peak second open"
	if strings.Join(drawn, " ") != want || !slices.Equal(drawn, listed) {
		t.Errorf("got %v drawn, %v listed, want %s", drawn, listed, want)
	}
	if d.Timeline.Times != "" || d.Timeline.Wide.Marks[1].Span == (story.Rect{}) {
		t.Errorf("got %q, and the flood %v", d.Timeline.Times, d.Timeline.Wide.Marks[1])
	}
	if x := d.Timeline.Wide.Marks[0].X; x != d.Timeline.Wide.Marks[3].X || x == d.Timeline.Wide.Marks[4].X {
		t.Errorf("events of a day are not at its place: %v", d.Timeline.Wide.Marks)
	}
}
