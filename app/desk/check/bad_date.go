package check

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

// eachDate calls visit for every date. vague says whether it may be vague, such as a year or the 1990s.
func eachDate(c *Content, visit func(date source.String, vague bool)) {
	e := &c.Explainer
	visit(e.FactsAsOf, false)
	visit(e.Span.From, true)
	visit(e.Span.To, true)
	walk(c.Set, func(s *source.Sentence) { visit(s.Date, true) })
	for _, x := range c.Ledger.Statements {
		visit(x.Date, true)
	}
	for _, x := range c.Sources.Sources {
		visit(x.Date, true)
	}
	for _, x := range e.Changes {
		visit(x.Date, false)
	}
	for _, x := range c.Timeline.Calls {
		visit(x.Date, false)
		if x.Elsewhere != nil {
			visit(x.Elsewhere.Date, false)
		}
	}
	for _, x := range c.Timeline.Events {
		visit(x.Date, true)
	}
	for _, r := range c.Actors.Relations {
		visit(r.Since, true)
		visit(r.Until, true)
	}
}

var (
	yearFirst = regexp.MustCompile(`^([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})$`)
	yearLast  = regexp.MustCompile(`^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})$`)
	named     = regexp.MustCompile(`(?i)^([0-9]{1,2})[ -]([a-z]{3})[ -]([0-9]{2})$`)
)

// readOtherFormat reads a date that is written in another way than package edtf reads. It returns what is meant, or two
// readings if there are several.
func readOtherFormat(s string, isDate func(string) bool) (one, other string) {
	read := func(layout, text string) string {
		t, err := time.Parse(layout, text)
		if err != nil {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	s = locale.InDigits(s, "latn")
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
	for _, layout := range []string{"January 2006", "Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			all = append(all, t.Format("2006-01"))
		}
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		if backwards := to + "/" + from; isDate(backwards) {
			all = append(all, backwards)
		}
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	all = append(slices.Compact(all), "", "")
	return all[0], all[1]
}

func badDate(c *Content, list *diag.List) {
	e := &c.Explainer
	isDate := func(text string) bool { _, ok := e.When(source.String{Value: text}); return ok }
	eachDate(c, func(date source.String, vague bool) {
		if date.Value == "" {
			return
		}
		if w, ok := e.When(date); ok && (vague || w.IsDay()) {
			return
		}
		one, other := readOtherFormat(date.Value, isDate)
		d := list.Error(date.Pos, "bad-date", "not-a-date", date.Value)
		switch {
		case one != "" && other != "":
			d.Advise("either", diag.Raw(one), diag.Raw(other))
		case one != "" && (vague || len(one) == len(time.DateOnly)):
			d.Advise("written", diag.Raw(one))
		case vague:
			d.Advise("vague")
		default:
			d.Advise("day")
		}
	})
	for _, x := range c.Timeline.Events {
		if w, ok := e.When(x.Date); ok && x.Figure.Value == "era" && w.IsDay() {
			list.Error(x.Date.Pos, "bad-date", "era", x.ID.Value).Advise("stretch")
		}
		if x.Figure.Value != "" && x.Date.Value == "" {
			list.Error(x.ID.Pos, "bad-date", "no-date", x.ID.Value)
		}
	}
}
