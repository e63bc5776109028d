package edtf

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	yearFirst = regexp.MustCompile(`^([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})$`)
	yearLast  = regexp.MustCompile(`^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})$`)
	named     = regexp.MustCompile(`(?i)^([0-9]{1,2})[ -]([a-z]{3})[ -]([0-9]{2})$`)
)

// Readings reads a date that is written in another way than [Calendar.Parse] reads, such as 3.5.2021. It returns what
// is meant, or two readings if there are several.
func (c Calendar) Readings(s string) (one, other string) {
	read := func(layout, text string) string {
		t, err := time.Parse(layout, text)
		if err != nil {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	var all []string
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		all = append(all, read("2006-1-2", m[1]+"-"+m[2]+"-"+m[3]))
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		layout := "2006"
		if len(m[3]) == 2 {
			layout = "06"
		}
		text := m[1] + " " + m[2] + " " + m[3]
		all = append(all, read("2 1 "+layout, text), read("1 2 "+layout, text))
	}
	if m := named.FindStringSubmatch(s); m != nil {
		// 03-May-21 is the third of May in 2021, or the 21st in 2003.
		text := m[1] + " " + m[2] + " " + m[3]
		all = append(all, read("2 Jan 06", text), read("06 Jan 2", text))
	}
	for _, layout := range []string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006"} {
		all = append(all, read(layout, s))
	}
	for _, layout := range []string{"January 2006", "Jan 2006", "Jan-06"} {
		if t, err := time.Parse(layout, s); err == nil {
			all = append(all, t.Format("2006-01"))
		}
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		if _, ok := c.Parse(to + "/" + from); ok {
			all = append(all, to+"/"+from)
		}
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	all = append(slices.Compact(all), "", "")
	return all[0], all[1]
}
