package check

import (
	"sharh/app/desk/diag"
)

// The recommended number of steps, for a reader with one minute. One step or twelve work too, so this is a warning.
const (
	fewSteps  = 5
	manySteps = 8
)

func stepCount(c *Content, list *diag.List) {
	switch n := len(c.Steps.Steps); {
	case c.Steps.Pos.Line == 0: // the explainer has no steps
	case n < fewSteps:
		list.Warn(c.Steps.Pos, "step-count", "few", n, fewSteps, manySteps)
	case n > manySteps:
		list.Warn(c.Steps.Steps[manySteps].Pos, "step-count", "many", n, fewSteps, manySteps)
	}
}
