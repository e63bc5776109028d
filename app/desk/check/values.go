package check

import (
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// Tones are the tones that a camp may have; each has a colour and a shape in the style sheet.
var Tones = []string{"red", "blue", "ochre", "grey"}

func badValue(c *Content, list *diag.List) {
	one := func(s source.String, what string, allowed []string) {
		if s.Value == "" || slices.Contains(allowed, s.Value) {
			return
		}
		d := list.Errorf(s.Pos, "bad-value", "%s cannot be %q", what, s.Value).Suggest(diag.Nearest(s.Value, allowed))
		if d.Hint == "" {
			d.Hintf("it is one of %s", strings.Join(allowed, ", "))
		}
	}
	walk(c.Set, func(s *source.Sentence) { one(s.Kind, "a kind", story.Kinds) })
	for _, v := range c.Explainer.Digits.ByLang {
		one(v, "digits", []string{"arab", "latn"})
	}
	for _, v := range c.Explainer.Axis.ByLang {
		one(v, "axis", []string{"rtl", "ltr"})
	}
	for _, x := range c.Explainer.Camps {
		one(x.Tone, "a tone", Tones)
	}
	for _, x := range c.Timeline.Events {
		one(x.Figure, "figure", []string{"summit", "event"})
	}
	for _, x := range c.Timeline.Calls {
		for _, l := range x.Lengths {
			if l.Minutes.Pos.Line != 0 && (l.Minutes.Value < 1 || l.Minutes.Value > 24*60) {
				list.Errorf(l.Minutes.Pos, "bad-value", "%d minutes is not a length of a call", l.Minutes.Value)
			}
		}
	}
	for _, x := range c.Actors.Actors {
		one(x.Shape, "a shape", story.Shapes)
	}
	for _, x := range c.Actors.Relations {
		one(x.Polarity, "a polarity", story.Polarities)
	}
	for _, x := range c.Ledger.Statements {
		one(x.Kind, "a kind", story.Kinds)
		one(x.Check, "a check", story.Checks)
		if x.Check.Value == "differs" && !x.Note.Given() {
			list.Errorf(x.Check.Pos, "bad-value", "statement %q differs from its sources but has no note", x.ID.Value).
				Hintf("add note: what the sources say instead")
		}
	}
}
