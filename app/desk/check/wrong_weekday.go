package check

import (
	"regexp"

	"sharh/app/desk/diag"
)

// The text allowed between a weekday and its date, in both orders.
var (
	weekdayThenDate = regexp.MustCompile(`^[\s.,،(]*(?:the|on|الموافق)?\s*$`)
	dateThenWeekday = regexp.MustCompile(`^[\s,،]*[(–—-]?\s*(?:an?|يوم|وهو يوم)?\s*$`)
)

// wrongWeekday checks a weekday beside a date against the calendar. If the year is not written, any year of the story
// will do.
func wrongWeekday(c *Content, list *diag.List) {
	c.passages(func(lang string, p passage) {
		if !mayHoldDate(p.value) {
			return
		}
		named := weekdaysIn(p.value)
		if len(named) == 0 {
			return
		}
		dates := datesIn(p.value)
		for _, m := range named {
			if !wholeWord(p.value, m[0], m[1]) {
				continue
			}
			var beside *writtenDate
			for i, d := range dates {
				if d.from >= m[1] && weekdayThenDate.MatchString(p.value[m[1]:d.from]) {
					beside = &dates[i]
				} else if d.to <= m[0] && dateThenWeekday.MatchString(p.value[d.to:m[0]]) && beside == nil {
					beside = &dates[i]
				}
			}
			if beside == nil {
				continue
			}
			written := which(eachWeekday, p.value[m[0]:m[1]])
			years := []int{beside.year}
			if beside.year == 0 {
				years = c.years()
			}
			right := len(years) == 0
			for _, y := range years {
				t, ok := beside.in(y)
				right = right || !ok || int(t.Weekday()) == written
			}
			if !right {
				t, _ := beside.in(years[0])
				list.Error(p.at(m[0]), "wrong-weekday", "wrong",
					diag.Raw(p.value[m[0]:m[1]]), diag.Raw(p.value[beside.from:beside.to]),
					diag.Say("weekday-"+t.Format("Mon"))).Advise("computed")
			}
		}
	})
}

// years returns the years of the story, from the start of its span to the date of its facts.
func (c *Content) years() []int {
	span, ok := c.Clock()
	to, known := c.day(c.Explainer.FactsAsOf)
	if !ok || !known {
		return nil
	}
	var all []int
	for y := span.From.Year(); y <= to.Year(); y++ {
		all = append(all, y)
	}
	return all
}
