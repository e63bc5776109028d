package edtf

import (
	"time"

	"github.com/hablullah/go-hijri"
	ptime "github.com/yaa110/go-persian-calendar"
)

// Calendar is the calendar in which dates are written. In another one than the Gregorian, dates from the year 1700 on
// are Gregorian all the same: nobody can take 1399 for 2020, and sources often have dates of both kinds. So are
// those that name an era: 1501 CE, 44 BC.
type Calendar string

// The calendars. Hijri is the civil (tabular) one; UmmAlQura is that of Saudi Arabia, which is known for the years from
// 1356 to 1500.
const (
	Gregorian Calendar = ""
	Persian   Calendar = "persian"
	Hijri     Calendar = "hijri"
	UmmAlQura Calendar = "umm-al-qura"
)

// Calendars are the calendars that content can name.
var Calendars = []Calendar{Persian, Hijri, UmmAlQura}

// firstGregorian is the first year that is Gregorian in any calendar.
const firstGregorian = 1700

// Parse reads a date that is written in the calendar.
func (c Calendar) Parse(text string) (When, bool) { return parse(text, c) }

// covers tells whether the calendar has the years from first to last, and can convert them.
func (c Calendar) covers(first, last int) bool {
	if c == UmmAlQura {
		return first >= 1356 && last <= 1500
	}
	return first >= 1
}

// day returns the day of a date in the calendar, at midnight UTC. As in package time, a 13th month is the first of the
// next year.
func (c Calendar) day(year, month, day int) time.Time {
	year, month = year+(month-1)/12, (month-1)%12+1
	var t time.Time
	switch c {
	case Persian:
		t = ptime.Date(year, ptime.Month(month), day, 0, 0, 0, 0, time.UTC).Time()
	case Hijri:
		t = hijri.HijriDate{Year: int64(year), Month: int64(month), Day: int64(day)}.ToGregorian()
	case UmmAlQura:
		t = hijri.UmmAlQuraDate{Year: int64(year), Month: int64(month), Day: int64(day)}.ToGregorian()
	default:
		t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Of returns a day in the calendar. ok is false where the calendar does not have it.
func (c Calendar) Of(t time.Time) (d Date, ok bool) {
	d = Date{Precision: Day, Calendar: c, Year: t.Year(), Part: int(t.Month()), Day: t.Day()}
	switch c {
	case Persian:
		p := ptime.New(t)
		d.Year, d.Part, d.Day = p.Year(), int(p.Month()), p.Day()
	case Hijri:
		h, err := hijri.CreateHijriDate(t, hijri.Default)
		if err != nil {
			return Date{}, false
		}
		d.Year, d.Part, d.Day = int(h.Year), int(h.Month), int(h.Day)
	case UmmAlQura:
		h, err := hijri.CreateUmmAlQuraDate(t)
		if err != nil {
			return Date{}, false
		}
		d.Year, d.Part, d.Day = int(h.Year), int(h.Month), int(h.Day)
	default:
		return d, true
	}
	return d, c.covers(d.Year, d.Year)
}

// Month returns the first day of a month; as in package time, a 13th month is the first of the next year. Where the
// calendar of Saudi Arabia is not known, the civil one takes its place.
func (c Calendar) Month(year, month int) time.Time {
	if after := year + (month-1)/12; c == UmmAlQura && !c.covers(after, after) {
		c = Hijri
	}
	return c.day(year, month, 1)
}

// length is the number of days of a month.
func (c Calendar) length(year, month int) int {
	return int(c.day(year, month+1, 1).Sub(c.day(year, month, 1)).Hours() / 24)
}
