package compile_test

import (
	"strings"
	"testing"

	"sharh/app/desk/compile"
	"sharh/app/story"
)

// An axis is divided as the calendar of the explainer divides it, and has the Gregorian parts beside these.
func TestCalendarOfTheAxis(t *testing.T) {
	names := func(a story.Axis) string {
		rows := map[float64][]string{}
		var order []float64
		for _, tick := range a.Ticks {
			row := tick.Label.Y
			if a.Height > a.Width {
				row = tick.Label.X // on the tall axis, names stand in columns
			}
			if tick.Label.Text == "" {
				continue
			}
			if rows[row] == nil {
				order = append(order, row)
			}
			rows[row] = append(rows[row], tick.Label.Text)
		}
		var all []string
		for _, row := range order {
			all = append(all, strings.Join(rows[row], " "))
		}
		return strings.Join(all, " | ")
	}
	const span = "{from: 1395-07-01, to: 1399-12-30}"
	for _, c := range []struct{ span, lang, wide, tall string }{
		{span, "fa", "۱۳۹۵ ۱۳۹۶ ۱۳۹۷ ۱۳۹۸ ۱۳۹۹ | ۲۰۱۶ ۲۰۱۷ ۲۰۱۸ ۲۰۱۹ ۲۰۲۰ ۲۰۲۱", ""},
		{"{from: 1395-11-01, to: 1399-02-30}", "en", "1395 1396 1397 1398 1399 | 2017 2018 2019 2020", ""},
		{"{from: 1340, to: 1400}", "en",
			"1340 1350 1360 1370 1380 1390 1400 | 1970 1980 1990 2000 2010 2020",
			"1340 1350 1360 1370 1380 1390 1400 | 1970 1980 1990 2000 2010 2020"},
		{"{from: 1340, to: 1400}", "umm-al-qura", "1390 1400 1410 1420 1430 1440 | 1970 1980 1990 2000 2010 2020", ""},
	} {
		lang, calendar := c.lang, "persian"
		from := c.span
		if lang == "umm-al-qura" {
			lang, calendar = "en", lang
			from = "{from: 1962, to: 2021}"
		}
		set := load(t, "persian", strings.NewReplacer(span, from, "calendar: persian", "calendar: "+calendar,
			"1395-11-22", "2017-02-10", "date: 1397", "date: 2018"))
		d, err := compile.Story(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := names(d.Timeline.Wide); got != c.wide {
			t.Errorf("%s %s, wide: got %s, want %s", c.span, calendar, got, c.wide)
		}
		if got := names(d.Timeline.Tall); c.tall != "" && got != c.tall {
			t.Errorf("%s %s, tall: got %s, want %s", c.span, calendar, got, c.tall)
		}
		if got := d.Events[0].Date.Text; d.Events[0].ID == "old" && got != "1501" && got != "۱۵۰۱" {
			t.Errorf("the year 1501 of the common era is written %s", got)
		}
	}
}
