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
	Calendar  Calendar
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

// Parse reads a date of the Gregorian calendar. ok is false if it is none; package check knows ways out.
func Parse(text string) (w When, ok bool) { return Gregorian.Parse(text) }

func parse(text string, c Calendar) (w When, ok bool) {
	text = strings.TrimSpace(text)
	if from, to, two := cut(text); two {
		w.Interval = true
		w.OpenFrom, w.OpenTo = open(from), open(to)
		okFrom, okTo := w.OpenFrom, w.OpenTo
		if !w.OpenFrom {
			w.From, okFrom = date(from, c)
		}
		if !w.OpenTo {
			w.To, okTo = date(to, c)
		}
		return w, okFrom && okTo && !(w.OpenFrom && w.OpenTo) &&
			(w.OpenFrom || w.OpenTo || !w.To.Last().Before(w.From.First()) && !w.To.before(w.From))
	}
	w.From, ok = date(text, c)
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

func date(text string, c Calendar) (d Date, ok bool) {
	text, era := plain(text)
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
	if d.Year > 0 && d.Year < firstGregorian && !era {
		d.Calendar = c
	}
	last := d.Year + [...]int{Century: 99, Decade: 9, Year: 0}[d.Precision]
	if d.Calendar != Gregorian && !d.Calendar.covers(d.Year, last) {
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
		// A Persian year begins with spring. A Hijri year has no seasons.
		return d, day == "" && (d.Calendar == Gregorian || d.Calendar == Persian && d.Part < 33)
	default:
		return d, false
	}
	if day == "" || day == "XX" {
		return d, m[4] == ""
	}
	d.Precision = Day
	d.Day, _ = strconv.Atoi(day)
	if d.Day < 1 || d.Day > d.Calendar.length(d.Year, d.Part) {
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
	t := d.First()
	d.Time = time.Date(t.Year(), t.Month(), t.Day(), h, m, s, 0, place)
	return d, h < 24 && m < 60 && s < 60
}

// First is the first day of the date, at midnight UTC whatever the zone of its time.
func (d Date) First() time.Time {
	month, day := 1, 1
	switch {
	case d.Precision >= Month:
		month = d.Part
	case d.Precision == Season:
		month = d.season()
	}
	if d.Precision >= Day {
		day = d.Day
	}
	return d.Calendar.day(d.Year, month, day)
}

// Begin is the moment at which the date begins, and End that at which it is over, which for a time of day is the same:
// as the clocks of a place show them, written as UTC, so that days begin at midnight. A time without a zone is one of
// that place.
func (d Date) Begin(place *time.Location) time.Time {
	if d.Precision < Minute {
		return d.First()
	}
	t := d.Time
	if name, _ := t.Zone(); name != "" {
		t = t.In(place)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}

// End is described at Begin.
func (d Date) End(place *time.Location) time.Time {
	if d.Precision == Minute {
		return d.Begin(place)
	}
	return d.Last().AddDate(0, 0, 1)
}

// Zone returns the zone of a time. ok is false if it has none, and for anything that is no time.
func (d Date) Zone() (zone *time.Location, ok bool) {
	if d.Precision < Minute {
		return nil, false
	}
	name, _ := d.Time.Zone()
	return d.Time.Location(), name != ""
}

// before tells whether d is an earlier time than other for certain; both have a zone, or none.
func (d Date) before(other Date) bool {
	_, zoned := d.Zone()
	_, otherZoned := other.Zone()
	return d.Precision == Minute && other.Precision == Minute && zoned == otherZoned && d.Time.Before(other.Time)
}

// season is the first month of a season or a quarter.
func (d Date) season() int {
	switch {
	case d.Part >= 33:
		return 3*(d.Part-33) + 1
	case d.Calendar == Persian:
		return 3*(d.Part-21) + 1 // the year begins with spring
	}
	return 3 * (d.Part - 20) // spring begins with March; winter with December, and ends in the next year
}

// Last is the last day of the date, at midnight UTC.
func (d Date) Last() time.Time {
	year, month := d.Year, 1 // of what follows
	switch d.Precision {
	case Century:
		year += 100
	case Decade:
		year += 10
	case Year:
		year++
	case Season:
		month = d.season() + 3
	case Month:
		month = d.Part + 1
	default:
		return d.First()
	}
	return d.Calendar.day(year, month, 1).AddDate(0, 0, -1)
}

// Gregorian returns the same time in the Gregorian calendar: a day, or an interval of days.
func (d Date) Gregorian() When {
	if d.Calendar == Gregorian {
		return When{From: d, To: d}
	}
	at := func(t time.Time) Date {
		of := Date{Precision: max(d.Precision, Day), Year: t.Year(), Part: int(t.Month()), Day: t.Day(), Time: d.Time}
		of.Approximate, of.Uncertain = d.Approximate, d.Uncertain
		return of
	}
	return When{From: at(d.First()), To: at(d.Last()), Interval: d.Precision < Day}
}

// String writes the date in EDTF, which is Gregorian.
func (d Date) String() string {
	if d.Calendar != Gregorian {
		return d.Gregorian().String()
	}
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

// IsTimed tells whether a time of day is known: that of its beginning, or of its end.
func (w When) IsTimed() bool { return w.From.Precision == Minute || w.To.Precision == Minute }

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
		from = w.From.Gregorian().From.String()
	}
	if !w.OpenTo {
		to = w.To.Gregorian().To.String()
	}
	return from + "/" + to
}
