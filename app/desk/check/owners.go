package check

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

func missingSource(c *Content, list *diag.List) {
	walk(c.Set, func(s *source.Sentence) {
		if len(s.Sources) == 0 && len(s.Statements) == 0 {
			list.Errorf(s.Pos, "missing-source", "nothing carries this sentence").
				Hintf("name its sources: [...], or the statements: [...] of the ledger that it repeats")
		}
	})
	need := func(pos diag.Pos, given int, what string) {
		if given == 0 {
			list.Errorf(pos, "missing-source", "%s names no source", what)
		}
	}
	for _, x := range c.Explainer.Numbers {
		need(x.Pos, len(x.Sources), "this number")
	}
	for _, x := range c.Timeline.Calls {
		need(x.Topics.Pos, len(x.Topics.Sources), "topics")
		for _, l := range x.Lengths {
			need(l.Pos, len(l.Sources), "this length")
		}
	}
	for _, x := range c.Actors.Actors {
		need(x.Pos, len(x.Sources)+len(x.Statements), "this actor")
	}
	for _, x := range c.Ledger.Statements {
		if x.Check.Value == "supported" || x.Check.Value == "differs" {
			need(x.Pos, len(x.Sources), "a statement that was checked")
		}
	}
}

func missingSpeaker(c *Content, list *diag.List) {
	walk(c.Set, func(s *source.Sentence) {
		switch s.Kind.Value {
		case "statement", "claim", "analysis", "expectation":
			if s.By.Value == "" {
				list.Errorf(s.Kind.Pos, "missing-speaker", "this %s does not say whose it is", s.Kind.Value).
					Hintf("add by: with an actor or a speaker of explainer.yaml")
			}
		}
	})
}
