package check

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

func missingSpeaker(c *Content, list *diag.List) {
	walk(c.Set, func(s *source.Sentence) {
		switch s.Kind.Value {
		case "statement", "claim", "analysis", "expectation":
			if s.By.Value == "" {
				list.Error(s.Kind.Pos, "missing-speaker", "whose", diag.Raw(s.Kind.Value)).Advise("by")
			}
		}
	})
}
