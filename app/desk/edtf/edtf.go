// Package edtf reads dates that may be vague: a year, a season, "about 1978", the 1990s, or a stretch of time. It reads
// the Extended Date/Time Format of the Library of Congress (https://www.loc.gov/standards/datetime/; since 2019 part of
// ISO 8601-2), levels 0 and 1, of level 2 the quarters and marks of doubt within a date, and what people write instead
// where it can mean one thing only:
//
//	2021-05-03  2021-05  2021  2021-05-03T14:30+03:00
//	2021-21     spring 2021          1990s  199X         19th century  18XX
//	1978~       c. 1978              1978?               -0043  44 BC
//	2021-05-03/2021-05-09            1990/..             ../1990
//
// (The one library for Go loses the marks of doubt, and refuses times with a zone and intervals with doubtful ends.)
package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Precision is how exactly a date is known.
type Precision int

// The precisions, from the vaguest.
const (
	Century Precision = iota
	Decade
	Year
	Season // or a quarter of a year
	Month
	Day
	Minute
)

// Date is a stretch of the calendar that has a name: a century, a month, a day.
type Date struct {
	Precision Precision
	Year      int // 0 is 1 BC, -1 is 2 BC; for a decade or a century, its first year (1800 for the 19th century)
	// Part is the month from 1, or what EDTF writes in its place: 21 to 24 for spring to winter, 33 to 36 for quarters.
	Part int
	Day  int
	// Time is set for Minute. If the text gives no zone, its zone has the name "".
	Time time.Time

	Approximate, Uncertain bool
}

// When is what a text says about a time: a date, or an interval of two.
type When struct {
	From, To Date // both are the same unless it is an interval; not set where the interval has no beginning or no end

	Interval bool
	// Open tell that an interval has no beginning or no end, or that it is not known.
	OpenFrom, OpenTo bool
}

var (
	written = regexp.MustCompile(`^(Y?-?\d{4,}|-?\d{2}XX|-?\d{3}X)(?:-(\d\d|XX)(?:-(\d\d|XX)` +
		`(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$`)
	doubts = regexp.MustCompile(`[?~%]`)
)

// Parse reads a date. ok is false if it is none; then, see package check for a way out.
func Parse(text string) (w When, ok bool) {
	text = strings.TrimSpace(text)
	if from, to, two := cut(text); two {
		w.Interval = true
		w.OpenFrom, w.OpenTo = open(from), open(to)
		okFrom, okTo := w.OpenFrom, w.OpenTo
		if !w.OpenFrom {
			w.From, okFrom = date(from)
		}
		if !w.OpenTo {
			w.To, okTo = date(to)
		}
		return w, okFrom && okTo && !(w.OpenFrom && w.OpenTo) &&
			(w.OpenFrom || w.OpenTo || !w.To.Last().Before(w.From.First()))
	}
	w.From, ok = date(text)
	w.To = w.From
	return w, ok
}

// cut takes an interval apart. People write "to" with spaces around it.
func cut(text string) (from, to string, ok bool) {
	if from, to, ok = strings.Cut(text, "/"); !ok {
		from, to, ok = strings.Cut(text, " to ")
	}
	return strings.TrimSpace(from), strings.TrimSpace(to), ok && !strings.ContainsAny(to, "/")
}

func open(end string) bool { return end == "" || end == ".." }

func date(text string) (d Date, ok bool) {
	text = plain(text)
	for _, sign := range doubts.FindAllString(text, -1) {
		d.Approximate = d.Approximate || sign != "?"
		d.Uncertain = d.Uncertain || sign != "~"
	}
	m := written.FindStringSubmatch(doubts.ReplaceAllString(text, ""))
	if m == nil {
		return d, false
	}
	year, part, day := m[1], m[2], m[3]
	switch {
	case strings.HasSuffix(year, "XX"):
		d.Precision, year = Century, strings.Replace(year, "XX", "00", 1)
	case strings.HasSuffix(year, "X"):
		d.Precision, year = Decade, strings.Replace(year, "X", "0", 1)
	default:
		d.Precision = Year
	}
	if d.Precision != Year && part != "" {
		return d, false
	}
	digits := strings.TrimPrefix(year, "Y")
	if long := len(strings.TrimPrefix(digits, "-")) > 4; long != (digits != year) {
		return d, false // a year of more than four digits begins with Y, so that a slip of the finger is none
	}
	d.Year, _ = strconv.Atoi(digits)
	if d.Year < -999999 || d.Year > 999999 {
		return d, false
	}
	switch {
	case part == "", part == "XX" && (day == "" || day == "XX"):
		return d, m[4] == ""
	case part == "XX":
		return d, false
	}
	d.Part, _ = strconv.Atoi(part)
	switch {
	case d.Part >= 1 && d.Part <= 12:
		d.Precision = Month
	case d.Part >= 21 && d.Part <= 24, d.Part >= 33 && d.Part <= 36:
		d.Precision = Season
		return d, day == ""
	default:
		return d, false
	}
	if day == "" || day == "XX" {
		return d, m[4] == ""
	}
	d.Precision = Day
	d.Day, _ = strconv.Atoi(day)
	t := time.Date(d.Year, time.Month(d.Part), d.Day, 0, 0, 0, 0, time.UTC)
	if t.Day() != d.Day || d.Day == 0 {
		return d, false
	}
	if m[4] == "" {
		return d, true
	}
	return d.at(m[4], m[5], m[6], m[7])
}

// at adds a time of day to a day.
func (d Date) at(hour, minute, second, zone string) (Date, bool) {
	d.Precision = Minute
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	s, _ := strconv.Atoi(second)
	place := time.FixedZone("", 0)
	if zone == "Z" {
		place = time.UTC
	} else if zone != "" {
		digits := strings.ReplaceAll(zone[1:], ":", "") + "00"
		hours, _ := strconv.Atoi(digits[:2])
		minutes, _ := strconv.Atoi(digits[2:4])
		if hours > 14 || minutes > 59 {
			return d, false
		}
		east := (hours*60 + minutes) * 60
		if zone[0] == '-' {
			east = -east
		}
		place = time.FixedZone(zone, east)
	}
	d.Time = time.Date(d.Year, time.Month(d.Part), d.Day, h, m, s, 0, place)
	return d, h < 24 && m < 60 && s < 60
}

// First is the first day of the date, at midnight UTC whatever the zone of its time.
func (d Date) First() time.Time {
	month, day := time.January, 1
	switch {
	case d.Precision >= Month:
		month = time.Month(d.Part)
	case d.Precision == Season && d.Part >= 33:
		month = time.Month(3*(d.Part-33) + 1)
	case d.Precision == Season:
		month = time.Month(3 * (d.Part - 20)) // spring begins with March; winter with December, and ends in the next year
	}
	if d.Precision >= Day {
		day = d.Day
	}
	return time.Date(d.Year, month, day, 0, 0, 0, 0, time.UTC)
}

// Last is the last day of the date, at midnight UTC.
func (d Date) Last() time.Time {
	first := d.First()
	switch d.Precision {
	case Century:
		return first.AddDate(100, 0, -1)
	case Decade:
		return first.AddDate(10, 0, -1)
	case Year:
		return first.AddDate(1, 0, -1)
	case Season:
		return first.AddDate(0, 3, -1)
	case Month:
		return first.AddDate(0, 1, -1)
	}
	return first
}

// String writes the date in EDTF.
func (d Date) String() string {
	year := fmt.Sprintf("%04d", d.Year)
	if d.Year < 0 {
		year = fmt.Sprintf("-%04d", -d.Year)
	}
	if d.Year > 9999 || d.Year < -9999 {
		year = "Y" + year
	}
	text := year
	switch d.Precision {
	case Century:
		text = year[:len(year)-2] + "XX"
	case Decade:
		text = year[:len(year)-1] + "X"
	case Season, Month:
		text = fmt.Sprintf("%s-%02d", year, d.Part)
	case Day:
		text = fmt.Sprintf("%s-%02d-%02d", year, d.Part, d.Day)
	case Minute:
		layout := "15:04Z07:00"
		if name, _ := d.Time.Zone(); name == "" {
			layout = "15:04"
		}
		text = fmt.Sprintf("%s-%02d-%02dT%s", year, d.Part, d.Day, d.Time.Format(layout))
	}
	switch {
	case d.Approximate && d.Uncertain:
		return text + "%"
	case d.Approximate:
		return text + "~"
	case d.Uncertain:
		return text + "?"
	}
	return text
}

// First is the first day that is meant. ok is false for an interval without a beginning.
func (w When) First() (day time.Time, ok bool) {
	if w.OpenFrom {
		return time.Time{}, false
	}
	return w.From.First(), true
}

// Last is the last day that is meant. ok is false for an interval without an end.
func (w When) Last() (day time.Time, ok bool) {
	if w.OpenTo {
		return time.Time{}, false
	}
	return w.To.Last(), true
}

// IsDay tells whether a single day is meant, and nothing is doubtful about it.
func (w When) IsDay() bool {
	return !w.Interval && w.From.Precision >= Day && !w.From.Approximate && !w.From.Uncertain
}

// After tells whether w is later than other for certain: it begins after the other's end.
func (w When) After(other When) bool {
	first, begins := w.First()
	last, ends := other.Last()
	return begins && ends && first.After(last)
}

// String writes what is meant in EDTF.
func (w When) String() string {
	if !w.Interval {
		return w.From.String()
	}
	from, to := "..", ".."
	if !w.OpenFrom {
		from = w.From.String()
	}
	if !w.OpenTo {
		to = w.To.String()
	}
	return from + "/" + to
}
