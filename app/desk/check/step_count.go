package check

import (
	"sharh/app/desk/diag"
)

// How many steps a reader with a minute goes through. One works, and so do twelve.
const (
	fewSteps  = 5
	manySteps = 8
)

func stepCount(c *Content, list *diag.List) {
	switch n := len(c.Steps.Steps); {
	case c.Steps.Pos.Line == 0: // not told in steps
	case n < fewSteps:
		list.Warn(c.Steps.Pos, "step-count", "few", n, fewSteps, manySteps)
	case n > manySteps:
		list.Warn(c.Steps.Steps[manySteps].Pos, "step-count", "many", n, fewSteps, manySteps)
	}
}
