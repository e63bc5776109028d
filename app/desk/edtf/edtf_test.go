package edtf_test

import (
	"testing"
	"time"

	"sharh/app/desk/edtf"
)

// The examples of levels 0 and 1 are those of the standard's page, https://www.loc.gov/standards/datetime/.
func TestParse(t *testing.T) {
	for _, c := range []struct{ text, written, first, last string }{
		// level 0
		{"1985-04-12", "1985-04-12", "1985-04-12", "1985-04-12"},
		{"1985-04", "1985-04", "1985-04-01", "1985-04-30"},
		{"1985", "1985", "1985-01-01", "1985-12-31"},
		{"1985-04-12T23:20:30", "1985-04-12T23:20", "1985-04-12", "1985-04-12"},
		{"1985-04-12T23:20:30Z", "1985-04-12T23:20Z", "1985-04-12", "1985-04-12"},
		{"1985-04-12T23:20:30-04", "1985-04-12T23:20-04:00", "1985-04-12", "1985-04-12"},
		{"1985-04-12T23:20:30+04:30", "1985-04-12T23:20+04:30", "1985-04-12", "1985-04-12"},
		{"1964/2008", "1964/2008", "1964-01-01", "2008-12-31"},
		{"2004-06/2006-08", "2004-06/2006-08", "2004-06-01", "2006-08-31"},
		{"2004-02-01/2005-02-08", "2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"},
		{"2004-02-01/2005", "2004-02-01/2005", "2004-02-01", "2005-12-31"},
		{"2005/2006-02", "2005/2006-02", "2005-01-01", "2006-02-28"},
		// level 1
		{"Y170000", "Y170000", "170000-01-01", "170000-12-31"},
		{"Y-17000", "Y-17000", "-17000-01-01", "-17000-12-31"},
		{"2001-21", "2001-21", "2001-03-01", "2001-05-31"},
		{"2001-24", "2001-24", "2001-12-01", "2002-02-28"},
		{"1984?", "1984?", "1984-01-01", "1984-12-31"},
		{"2004-06~", "2004-06~", "2004-06-01", "2004-06-30"},
		{"2004-06-11%", "2004-06-11%", "2004-06-11", "2004-06-11"},
		{"201X", "201X", "2010-01-01", "2019-12-31"},
		{"20XX", "20XX", "2000-01-01", "2099-12-31"},
		{"2004-XX", "2004", "2004-01-01", "2004-12-31"},
		{"1985-04-XX", "1985-04", "1985-04-01", "1985-04-30"},
		{"1985-XX-XX", "1985", "1985-01-01", "1985-12-31"},
		{"1985-04-12/..", "1985-04-12/..", "1985-04-12", ""},
		{"1985/", "1985/..", "1985-01-01", ""},
		{"../1985-04", "../1985-04", "", "1985-04-30"},
		{"/1985-04-12", "../1985-04-12", "", "1985-04-12"},
		{"1984?/2004~", "1984?/2004~", "1984-01-01", "2004-12-31"},
		{"-1985", "-1985", "-1985-01-01", "-1985-12-31"},
		{"0000", "0000", "0000-01-01", "0000-12-31"},
		// of level 2
		{"2004?-06-11", "2004-06-11?", "2004-06-11", "2004-06-11"},
		{"2001-34", "2001-34", "2001-04-01", "2001-06-30"},
		// as people write
		{"1990s", "199X", "1990-01-01", "1999-12-31"},
		{"the 1990's", "199X", "1990-01-01", "1999-12-31"},
		{"c. 2021", "2021~", "2021-01-01", "2021-12-31"},
		{"Circa 1900s", "190X~", "1900-01-01", "1909-12-31"},
		{"spring 2021", "2021-21", "2021-03-01", "2021-05-31"},
		{"Fall of 2021", "2021-23", "2021-09-01", "2021-11-30"},
		{"winter 2021", "2021-24", "2021-12-01", "2022-02-28"},
		{"Q3 2021", "2021-35", "2021-07-01", "2021-09-30"},
		{"2021 Q4", "2021-36", "2021-10-01", "2021-12-31"},
		{"19th century", "18XX", "1800-01-01", "1899-12-31"},
		{"44 BC", "-0043", "-0043-01-01", "-0043-12-31"},
		{"1 BCE", "0000", "0000-01-01", "0000-12-31"},
		{"70 AD", "0070", "0070-01-01", "0070-12-31"},
		{"2021-05-03 14:30 +03:00", "2021-05-03T14:30+03:00", "2021-05-03", "2021-05-03"},
		{" 2021-05-03 to 2021-05-09 ", "2021-05-03/2021-05-09", "2021-05-03", "2021-05-09"},
		{"spring 2021 to c. 2023", "2021-21/2023~", "2021-03-01", "2023-12-31"},
	} {
		w, ok := edtf.Parse(c.text)
		if !ok {
			t.Errorf("%q is not read", c.text)
			continue
		}
		if got := w.String(); got != c.written {
			t.Errorf("%q is written %s, want %s", c.text, got, c.written)
		}
		if again, ok := edtf.Parse(w.String()); !ok || again.String() != c.written {
			t.Errorf("%q is written %s, which is read as %s", c.text, w, again)
		}
		for _, end := range []struct {
			name, want string
			day        func() (time.Time, bool)
		}{{"first", c.first, w.First}, {"last", c.last, w.Last}} {
			got := ""
			if day, ok := end.day(); ok {
				got = day.Format(time.DateOnly)
			}
			if got != end.want {
				t.Errorf("%s day of %q is %q, want %q", end.name, c.text, got, end.want)
			}
		}
	}
	for _, text := range []string{
		"", "x", "2021-13", "2021-00", "2021-02-30", "2021-05-00", "2021-05-32", "1899-02-29", "202", "20211", "-44", "21-05-03",
		"2021-5-3", "03-May-21", "2021-05-03/2021-05-01", "../..", "/", "a/b", "2021/2022/2023", "199X-05", "2021-21-01", "2021-25",
		"2021-05-03T14:30/2021-05-03T14:00", "2021-05-03T14:30+03:00/2021-05-03T11:00Z",
		"2021-05-03T25:00", "2021-05-03T12:60", "2021-05-03T12:00+15:00", "2021-XX-03", "0 BC", "0th century", "Y2021", "Y12345678", "1990s s",
	} {
		if w, ok := edtf.Parse(text); ok {
			t.Errorf("%q is read as %s", text, w)
		}
	}
}

func TestCalendars(t *testing.T) {
	for _, c := range []struct {
		calendar                   edtf.Calendar
		text, written, first, last string
	}{
		// Nowruz, and the thirtieth of Esfand in a leap year.
		{edtf.Persian, "1399-01-01", "2020-03-20", "2020-03-20", "2020-03-20"},
		{edtf.Persian, "1399-12-30", "2021-03-20", "2021-03-20", "2021-03-20"},
		{edtf.Persian, "1357-11-22", "1979-02-11", "1979-02-11", "1979-02-11"},
		{edtf.Persian, "1399-02", "2020-04-20/2020-05-20", "2020-04-20", "2020-05-20"},
		{edtf.Persian, "c. 1399", "2020-03-20~/2021-03-20~", "2020-03-20", "2021-03-20"},
		{edtf.Persian, "winter 1399", "2020-12-21/2021-03-20", "2020-12-21", "2021-03-20"},
		{edtf.Persian, "1390s", "2011-03-21/2021-03-20", "2011-03-21", "2021-03-20"},
		{edtf.Persian, "1399-02-14/1400-01-01", "2020-05-03/2021-03-21", "2020-05-03", "2021-03-21"},
		{edtf.Persian, "1399-02-14T14:30+04:30", "2020-05-03T14:30+04:30", "2020-05-03", "2020-05-03"},
		{edtf.Persian, "2020-05-03", "2020-05-03", "2020-05-03", "2020-05-03"},
		{edtf.Hijri, "1445-01-01", "2023-07-19", "2023-07-19", "2023-07-19"},
		{edtf.Hijri, "1445", "2023-07-19/2024-07-07", "2023-07-19", "2024-07-07"},
		{edtf.UmmAlQura, "1447-09-01", "2026-02-18", "2026-02-18", "2026-02-18"},
		{edtf.UmmAlQura, "1447-04", "2025-09-23/2025-10-22", "2025-09-23", "2025-10-22"},
		{edtf.UmmAlQura, "1500-12", "2077-10-18/2077-11-16", "2077-10-18", "2077-11-16"},
	} {
		w, ok := c.calendar.Parse(c.text)
		first, _ := w.First()
		last, _ := w.Last()
		if got := w.String(); !ok || got != c.written || first.Format(time.DateOnly) != c.first || last.Format(time.DateOnly) != c.last {
			t.Errorf("%s %q: got %s from %s to %s, want %s from %s to %s", c.calendar, c.text, got, first, last, c.written, c.first, c.last)
		}
	}
	for _, c := range []struct {
		calendar edtf.Calendar
		text     string
	}{
		{edtf.Persian, "1400-12-30"}, {edtf.Persian, "1399-07-31"}, {edtf.Persian, "1399-13-01"}, {edtf.Persian, "-0001"},
		{edtf.Hijri, "spring 1445"}, {edtf.Hijri, "1445-02-30"}, {edtf.Hijri, "0"}, {edtf.UmmAlQura, "1355"}, {edtf.UmmAlQura, "1501-01-01"},
		{edtf.Persian, "Q1 1399"}, {edtf.UmmAlQura, "14th century"},
	} {
		if w, ok := c.calendar.Parse(c.text); ok {
			t.Errorf("%s %q is read as %s", c.calendar, c.text, w)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2021-05-04", "2021-05-03", true}, {"2021-05-03", "2021-05-03", false}, {"2021-05-03", "2021-05", false},
		{"2021-05", "2021-05-03", false}, {"2021-06", "2021-05-03", true}, {"2021", "1990s", true}, {"1995", "1990s", false},
		{"1985/..", "1980", true}, {"2021", "1985/..", false}, {"../1985", "1980", false}, {"2021", "../1985", true},
		{"-0043", "-0044", true}, {"2021-05-03T23:00-10:00", "2021-05-03T09:00+10:00", false},
	} {
		a, _ := edtf.Parse(c.a)
		b, _ := edtf.Parse(c.b)
		if got := a.After(b); got != c.want {
			t.Errorf("%s after %s: got %t", c.a, c.b, got)
		}
	}
}

// The beginning and the end of a date, as clocks of a place show them.
func TestClocks(t *testing.T) {
	cairo := time.FixedZone("+03:00", 3*60*60)
	for _, c := range []struct{ text, begin, end string }{
		{"2021-05-03", "2021-05-03T00:00", "2021-05-04T00:00"},
		{"2021-05", "2021-05-01T00:00", "2021-06-01T00:00"},
		{"2021-05-03T14:30", "2021-05-03T14:30", "2021-05-03T14:30"},
		{"2021-05-03T14:30+03:00", "2021-05-03T14:30", "2021-05-03T14:30"},
		{"2021-05-03T22:30Z", "2021-05-04T01:30", "2021-05-04T01:30"},
		{"2021-05-03T22:30-04/2021-05-04T03:30Z", "2021-05-04T05:30", "2021-05-04T06:30"},
	} {
		w, ok := edtf.Parse(c.text)
		const layout = "2006-01-02T15:04"
		if begin, end := w.From.Begin(cairo).Format(layout), w.To.End(cairo).Format(layout); !ok || begin != c.begin || end != c.end {
			t.Errorf("%s: got %s to %s, want %s to %s", c.text, begin, end, c.begin, c.end)
		}
	}
}

// What is read is written so that it is read as the same again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1985-04-12", "c. 1990s", "spring 2021/..", "-0043?", "Y-17000/44 BC", "2021-05-03 14:30 +03", "19XX~"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, ok := edtf.Parse(text)
		if !ok {
			return
		}
		again, ok := edtf.Parse(w.String())
		if !ok || again.String() != w.String() {
			t.Errorf("%q is written %s, which is read as %s, %t", text, w, again, ok)
		}
		first, begins := w.First()
		last, ends := w.Last()
		if begins && ends && last.Before(first) {
			t.Errorf("%q ends before it begins", text)
		}
	})
}
