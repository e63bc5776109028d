package check

import (
	"reflect"
	"testing"
	"time"
)

// Names of months, weekdays and ordinals are recognised in both languages, and no expression is compiled for each
// lookup.
func TestNamesOfTheCalendar(t *testing.T) {
	for text, want := range map[string]time.Month{"16 October 2025": 10, "16 oct. 2025": 10, "١٦ أكتوبر/تشرين الأول ٢٠٢٥": 10, "May 3": 5, "٣ كانون الثاني": 1, "3 كانون الأول": 12} {
		dates := datesIn(text)
		if len(dates) != 1 || dates[0].month != want {
			t.Errorf("%q: got %+v, want month %d", text, dates, want)
		}
	}
	for word, want := range map[string]int{"Sunday": 0, "thu": 4, "السبت": 6, "Sundays": -1, "mayday": -1} {
		if got := which(eachWeekday, word); got != want {
			t.Errorf("%q: got weekday %d, want %d", word, got, want)
		}
	}
	for _, name := range []string{
		"SUNDAY", "Sun", "Mon", "tuesday", "Tues", "Wed", "thursday", "Thurs", "fri", "Saturday", "الأحد", "الاحد", "الإثنين",
		"والاثنين", "الثلاثاء", "الأربعاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "no weekday in it", "",
	} {
		text := "on " + name + " 16 October"
		if got, want := weekdaysIn(text), weekdayIn.FindAllStringIndex(text, -1); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got weekdays at %v, want %v", text, got, want)
		}
	}
	if n := testing.AllocsPerRun(10, func() { which(eachMonth, "December") }); n > 10 {
		t.Errorf("to tell the name of a month costs %v allocations", n)
	}
}
