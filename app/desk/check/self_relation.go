package check

import (
	"sharh/app/desk/diag"
)

func selfRelation(c *Content, list *diag.List) {
	for _, x := range c.Actors.Relations {
		if x.From.Value != "" && x.From.Value == x.To.Value {
			list.Error(x.To.Pos, "self-relation", "self", x.From.Value).Note(x.From.Pos, "from")
		}
	}
}
