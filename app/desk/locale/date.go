package locale

import (
	"fmt"
	"strings"
	"time"

	"sharh/app/desk/edtf"
	"sharh/app/story"
)

// calendar has the names of what is longer or shorter than a month. They are names and not patterns with numbers,
// because "the 1990s" is no pattern in Arabic.
type calendar struct {
	Seasons  []string `yaml:"seasons"`  // from spring
	Quarters []string `yaml:"quarters"` // of a year: patterns with {year}
	// Decades are patterns from the first decade of a century to the tenth, with {year} or {century}.
	Decades []string `yaml:"decades"`
	// Centuries from the first, as they stand alone, and as they stand in {century}.
	Centuries   []string `yaml:"centuries"`
	OfCenturies []string `yaml:"of_centuries"`
	// Persian and Hijri are the names of their months, and the pattern that says that a {date} is theirs.
	Persian otherCalendar `yaml:"persian"`
	Hijri   otherCalendar `yaml:"hijri"`
}

type otherCalendar struct {
	Months []string `yaml:"months"`
	Date   string   `yaml:"date"`
}

func (c *calendar) other(of edtf.Calendar) *otherCalendar {
	if of == edtf.Persian {
		return &c.Persian
	}
	return &c.Hijri
}

// Date writes a date of the content, which may be vague or an interval, as exactly as it is given. Beside a date of
// another calendar stands the Gregorian one.
func (l *Locale) Date(w edtf.When) story.Date { return story.Date{ISO: w.String(), Text: l.when(w)} }

// Day writes a date with its weekday.
func (l *Locale) Day(t time.Time) string { return l.day("weekday", t) }

// ShortDay writes day and month.
func (l *Locale) ShortDay(t time.Time) string { return l.day("short", t) }

// ShortDayOf writes day and month of a date in its calendar, and MonthOf the name of a month of a calendar.
func (l *Locale) ShortDayOf(d edtf.Date) string {
	return l.dated("short", "{day}", l.Number(d.Day), "{month}", l.MonthOf(d.Calendar, d.Part))
}

// MonthOf is described at ShortDayOf.
func (l *Locale) MonthOf(c edtf.Calendar, month int) string {
	if c == edtf.Gregorian {
		return l.file.Months[month-1]
	}
	return l.file.Calendar.other(c).Months[month-1]
}

// Year writes a year, counted as package edtf counts; a year before the first has its era.
func (l *Locale) Year(year int) string { return l.era(year, l.Number(ofEra(year))) }

func (l *Locale) when(w edtf.When) string {
	from, to := w.From, w.To
	switch {
	case !w.Interval:
		return l.one(from)
	case w.OpenFrom:
		return l.dated("until", "{date}", l.one(to))
	case w.OpenTo:
		return l.dated("from", "{date}", l.one(from))
	}
	// What both ends share is written once.
	sameYear := from.Year == to.Year && from.Year > 0 && from.Calendar == to.Calendar && from.Precision == to.Precision &&
		!from.Approximate && !from.Uncertain && !to.Approximate && !to.Uncertain
	sameMonth := sameYear && from.Part == to.Part
	switch {
	case from == to:
		return l.one(from)
	case from.Calendar != edtf.Gregorian:
	case sameMonth && from.Day == to.Day && from.Precision == edtf.Minute && l.zone(from.Time) == l.zone(to.Time):
		clocks := l.Phrase("range", l.Clock(from.Time), l.Clock(to.Time))
		return l.timed(l.day("day", from.First()), clocks) + l.zone(from.Time)
	case sameMonth && from.Precision == edtf.Day:
		return l.dated("days", "{from}", l.Number(from.Day), "{to}", l.Number(to.Day),
			"{month}", l.Month(time.Month(from.Part)), "{year}", l.Number(from.Year))
	case sameYear && from.Precision == edtf.Day:
		return l.Phrase("range", l.day("short", from.First()), l.one(to))
	case sameYear && from.Precision == edtf.Month:
		return l.Phrase("range", l.Month(time.Month(from.Part)), l.one(to))
	}
	return l.Phrase("range", l.one(from), l.one(to))
}

// one writes a date that is not an interval.
func (l *Locale) one(d edtf.Date) string {
	text := ""
	switch year := l.Number(ofEra(d.Year)); d.Precision {
	case edtf.Century:
		text = l.century(d.Year)
	case edtf.Decade:
		text = l.decade(d.Year)
	case edtf.Year:
		text = year
	case edtf.Season:
		if d.Part >= 33 {
			text = strings.ReplaceAll(l.file.Calendar.Quarters[d.Part-33], "{year}", year)
		} else {
			text = l.dated("season", "{season}", l.file.Calendar.Seasons[d.Part-21], "{year}", year)
		}
	case edtf.Month:
		text = l.dated("month", "{month}", l.MonthOf(d.Calendar, d.Part), "{year}", year)
	default:
		text = l.dated("day", "{day}", l.Number(d.Day), "{month}", l.MonthOf(d.Calendar, d.Part), "{year}", year)
	}
	text = l.era(d.Year, text)
	if d.Calendar != edtf.Gregorian {
		text = strings.ReplaceAll(l.file.Calendar.other(d.Calendar).Date, "{date}", text)
	}
	if d.Precision == edtf.Minute {
		text = l.timed(text, l.Clock(d.Time)) + l.zone(d.Time)
	}
	if d.Approximate {
		text = l.dated("about", "{date}", text)
	}
	if d.Uncertain {
		text = l.dated("uncertain", "{date}", text)
	}
	if d.Calendar != edtf.Gregorian {
		text = l.dated("beside", "{date}", text, "{other}", l.when(gregorian(d)))
	}
	return text
}

// gregorian returns the Gregorian date of another calendar's, as exact as that: for a year, the two years in which it
// lies, not their days. Marks of doubt are left out, since they stand beside it.
func gregorian(d edtf.Date) edtf.When {
	w := d.Gregorian()
	for _, end := range []*edtf.Date{&w.From, &w.To} {
		end.Approximate, end.Uncertain, end.Time = false, false, time.Time{}
		switch {
		case d.Precision >= edtf.Day:
			end.Precision = edtf.Day
		case d.Precision == edtf.Month, d.Precision == edtf.Season:
			end.Precision, end.Day = edtf.Month, 0
		default:
			end.Precision, end.Part, end.Day = edtf.Year, 0, 0
		}
	}
	return w
}

// Clock writes a time of day.
func (l *Locale) Clock(t time.Time) string { return l.Digits(t.Format("15:04")) }

func (l *Locale) timed(date, clock string) string {
	return l.dated("time", "{date}", date, "{time}", clock)
}

// Times says of which zone times are, "" if they have none. t is one of them.
func (l *Locale) Times(t time.Time) string {
	zone := strings.TrimSpace(l.zone(t))
	if zone == "" {
		return ""
	}
	return l.Phrase("times", zone)
}

// FullDay writes day, month and year.
func (l *Locale) FullDay(t time.Time) string { return l.era(t.Year(), l.day("day", t)) }

// zone writes the zone of a time, with a space before it; "" if it has none.
func (l *Locale) zone(t time.Time) string {
	name, east := t.Zone()
	if name == "" {
		return ""
	}
	sign := "+"
	if east < 0 {
		sign, east = "−", -east
	}
	offset := sign + l.Number(east/3600)
	if minutes := east / 60 % 60; minutes > 0 {
		offset += ":" + l.Digits(fmt.Sprintf("%02d", minutes))
	}
	if east == 0 {
		offset = ""
	}
	return " " + l.dated("zone", "{offset}", offset)
}

// century and decade take the first year of theirs. Where a language has no name for one, its years say it.
func (l *Locale) century(year int) string {
	if n := year / 100; year >= 0 && n < len(l.file.Calendar.Centuries) {
		return l.file.Calendar.Centuries[n]
	}
	return l.Phrase("range", l.Number(ofEra(year)), l.Number(ofEra(year+99)))
}

func (l *Locale) decade(year int) string {
	if n := year / 100; year >= 0 && n < len(l.file.Calendar.OfCenturies) {
		return strings.NewReplacer("{year}", l.Number(year), "{century}", l.file.Calendar.OfCenturies[n]).
			Replace(l.file.Calendar.Decades[year/10%10])
	}
	return l.Phrase("range", l.Number(ofEra(year)), l.Number(ofEra(year+9)))
}

// ofEra counts years as people do: there is no year 0, and years before the first count backwards.
func ofEra(year int) int {
	if year > 0 {
		return year
	}
	return 1 - year
}

// era adds to a date before the first year that it is before.
func (l *Locale) era(year int, text string) string {
	if year > 0 {
		return text
	}
	return l.dated("before", "{date}", text)
}

func (l *Locale) day(pattern string, t time.Time) string {
	return l.dated(pattern,
		"{weekday}", l.file.Weekdays[t.Weekday()],
		"{day}", l.Number(t.Day()),
		"{month}", l.Month(t.Month()),
		"{year}", l.Number(ofEra(t.Year())))
}

// dated fills a pattern of dates; pairs are what stands in it and what comes in its place.
func (l *Locale) dated(pattern string, pairs ...string) string {
	text, ok := l.file.Dates[pattern]
	if !ok {
		panic(fmt.Sprintf("locale %s: no pattern of dates %q", l.Lang, pattern))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
