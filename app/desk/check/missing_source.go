package check

import (
	"slices"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

func missingSource(c *Content, list *diag.List) {
	// Relations that the sources of the whole list carry.
	carried := map[*source.Sentence]bool{}
	whole := len(c.Actors.Sources)
	for i := range c.Actors.Relations {
		r := &c.Actors.Relations[i]
		if carried[&r.Sentence] = whole > 0; whole == 0 && r.Sentence.Pos.Line == 0 && r.Pos.Line != 0 {
			list.Error(r.Pos, "missing-source", "relation", r.ID.Value).Advise("list")
		}
	}
	walk(c.Set, func(s *source.Sentence) {
		// A sentence without a position is missing in the file, which has been reported as a missing key.
		if carried[s] {
			return
		}
		if s.Pos.Line != 0 && len(s.Sources) == 0 && len(s.Statements) == 0 {
			d := list.Error(s.Pos, "missing-source", "sentence").Advise("name")
			if _, relation := carried[s]; relation {
				d.Advise("name-or-list")
			}
		}
	})
	need := func(pos diag.Pos, given int, what string) {
		if pos.Line != 0 && given == 0 {
			list.Error(pos, "missing-source", "record", diag.Say(what))
		}
	}
	for _, x := range c.Explainer.Numbers {
		need(x.Pos, len(x.Sources), "this-number")
	}
	for _, x := range c.Steps.Steps {
		if len(x.Sentences) == 0 && x.Sentences != nil { // the step has only a headline
			need(x.Pos, 0, "this-step")
		}
	}
	for _, x := range c.Timeline.Calls {
		need(x.Topics.Pos, len(x.Topics.Sources), "these-topics")
		for _, l := range x.Lengths {
			need(l.Pos, len(l.Sources), "this-length")
		}
	}
	for _, x := range c.Actors.Actors {
		need(x.Pos, len(x.Sources)+len(x.Statements)+whole, "this-actor")
	}
	for _, x := range c.Ledger.Statements {
		if slices.Contains([]string{"supported", "differs", "contradicted"}, x.Check.Value) {
			need(x.Pos, len(x.Sources), "this-statement")
		}
	}
}
