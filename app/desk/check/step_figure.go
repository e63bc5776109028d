package check

import (
	"slices"

	"sharh/app/desk/diag"
)

// stepFigure checks that each step has exactly one figure and that it can be drawn. unknownID checks that the items
// shown exist.
func stepFigure(c *Content, list *diag.List) {
	for _, x := range c.Steps.Steps {
		if x.Shows.Pos.Line == 0 {
			continue // a step of words alone, or with a picture
		}
		var shown []diag.Pos
		if x.Picture != nil {
			shown = append(shown, x.Picture.Pos)
		}
		if x.Shows.Call.Pos.Line != 0 {
			shown = append(shown, x.Shows.Call.Pos)
		}
		if x.Shows.Event.Pos.Line != 0 {
			shown = append(shown, x.Shows.Event.Pos)
		}
		if scene := slices.Concat(x.Shows.Actors, x.Shows.Relations); len(scene) > 0 {
			shown = append(shown, scene[0].Pos)
		}
		switch len(shown) {
		case 0:
			list.Error(x.Shows.Pos, "step-figure", "nothing").Advise("one")
		case 1:
		default:
			list.Error(shown[1], "step-figure", "two").Note(shown[0], "first").Advise("one")
		}
		for _, e := range c.Timeline.Events {
			if e.ID.Value != x.Shows.Event.Value || e.ID.Value == "" {
				continue
			}
			if e.Date.Value == "" {
				list.Error(x.Shows.Event.Pos, "step-figure", "no-day", e.ID.Value).Note(e.ID.Pos, "event").Advise("day")
			}
		}
	}
}
