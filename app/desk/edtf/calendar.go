package edtf

import (
	"time"

	"github.com/hablullah/go-hijri"
	ptime "github.com/yaa110/go-persian-calendar"
)

// Calendar is the calendar in which dates are written. In another one than the Gregorian, dates from the year 1700 on
// are Gregorian all the same: nobody can take 1399 for 2020, and sources often have dates of both kinds. So are those that
// name an era: 1501 CE, 44 BC.
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

// length is the number of days of a month.
func (c Calendar) length(year, month int) int {
	return int(c.day(year, month+1, 1).Sub(c.day(year, month, 1)).Hours() / 24)
}
