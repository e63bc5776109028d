package check

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

func missingSource(c *Content, list *diag.List) {
	walk(c.Set, func(s *source.Sentence) {
		// A sentence without a position is missing in the file, which has been reported as a missing key.
		if s.Pos.Line != 0 && len(s.Sources) == 0 && len(s.Statements) == 0 {
			list.Error(s.Pos, "missing-source", "sentence").Advise("name")
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
		need(x.Pos, len(x.Sources)+len(x.Statements), "this-actor")
	}
	for _, x := range c.Ledger.Statements {
		if x.Check.Value == "supported" || x.Check.Value == "differs" {
			need(x.Pos, len(x.Sources), "this-statement")
		}
	}
}
