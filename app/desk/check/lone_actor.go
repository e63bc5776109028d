package check

import (
	"sharh/app/desk/diag"
)

// loneActor finds actors without an arrow. Voices and media are exempt: they are on the map for what they say.
func loneActor(c *Content, list *diag.List) {
	tied := map[string]bool{}
	for _, x := range c.Actors.Relations {
		tied[x.From.Value], tied[x.To.Value], tied[x.Via.Value] = true, true, true
	}
	for _, x := range c.Actors.Actors {
		if x.ID.Value != "" && !tied[x.ID.Value] && x.Shape.Value != "voices" && x.Shape.Value != "media" {
			list.Warn(x.ID.Pos, "lone-actor", "alone", x.ID.Value).Advise("relate")
		}
	}
}
