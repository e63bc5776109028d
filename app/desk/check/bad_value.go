package check

import (
	"slices"

	"sharh/app/desk/diag"
	"sharh/app/desk/edtf"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// Tones are the tones that a camp may have; each has a colour and a shape in the style sheet.
var Tones = []string{"red", "blue", "ochre", "grey"}

// Calendars are the names of calendars that content may give.
func Calendars() []string {
	var all []string
	for _, c := range edtf.Calendars {
		all = append(all, string(c))
	}
	return all
}

// Pins are the ends of a column of the map at which an actor may be pinned.
var Pins = []string{"top", "bottom"}

func badValue(c *Content, list *diag.List) {
	one := func(s source.String, key string, allowed []string) {
		if s.Value == "" || slices.Contains(allowed, s.Value) {
			return
		}
		d := list.Error(s.Pos, "bad-value", "not-one-of", diag.Raw(key), s.Value)
		if near := diag.Nearest(s.Value, allowed); near != "" {
			d.Suggest(near)
		} else {
			d.Advise("one-of", allowed)
		}
	}
	walk(c.Set, func(s *source.Sentence) { one(s.Kind, "kind", story.Kinds) })
	for _, v := range c.Explainer.Digits.ByLang {
		one(v, "digits", locale.Systems)
	}
	for _, v := range c.Explainer.Axis.ByLang {
		one(v, "axis", []string{"rtl", "ltr"})
	}
	one(c.Explainer.Calendar, "calendar", Calendars())
	badTheme(c.Explainer.Theme, list)
	for _, x := range c.Explainer.Camps {
		one(x.Tone, "tone", Tones)
	}
	figures := slices.Clone(story.Figures)
	for _, x := range c.Timeline.Marks {
		one(x.Shape, "shape", story.Signs)
		if slices.Contains(story.Figures, x.ID.Value) {
			list.Error(x.ID.Pos, "bad-value", "own-mark", x.ID.Value).Advise("other-id")
		}
		figures = append(figures, x.ID.Value)
	}
	for _, x := range c.Timeline.Events {
		one(x.Figure, "figure", figures)
	}
	for _, x := range c.Timeline.Calls {
		for _, l := range x.Lengths {
			if l.Minutes.Pos.Line != 0 && (l.Minutes.Value < 1 || l.Minutes.Value > 24*60) {
				list.Error(l.Minutes.Pos, "bad-value", "minutes", l.Minutes.Value)
			}
		}
	}
	for _, x := range c.Actors.Actors {
		one(x.Shape, "shape", story.Shapes)
		one(x.Pin, "pin", Pins)
	}
	for _, x := range c.Actors.Relations {
		one(x.Polarity, "polarity", story.Polarities)
		switch w := x.Weight; {
		case w.Pos.Line != 0 && w.Value < 1:
			list.Error(w.Pos, "bad-value", "weight", w.Value, story.MaxWeight).Advise("not-weighed")
		case w.Value > story.MaxWeight:
			list.Error(w.Pos, "bad-value", "weight", w.Value, story.MaxWeight).Advise("larger-unit")
		}
	}
	for _, x := range c.Ledger.Statements {
		one(x.Kind, "kind", story.Kinds)
		one(x.Check, "check", story.Checks)
		if x.Check.Value == "differs" && !x.Note.Given() {
			list.Error(x.Check.Pos, "bad-value", "no-note", x.ID.Value).Advise("add-note")
		}
		if x.Check.Value == "contradicted" && len(x.Against) == 0 {
			list.Error(x.Check.Pos, "bad-value", "by-nobody", x.ID.Value).Advise("add-against")
		}
		if x.Check.Value != "contradicted" && len(x.Against) > 0 {
			list.Error(x.Against[0].Pos, "bad-value", "not-contradicted", x.ID.Value).Advise("contradicted")
		}
	}
	for _, x := range c.Sources.Sources {
		one(x.Medium, "medium", story.Media)
	}
}
