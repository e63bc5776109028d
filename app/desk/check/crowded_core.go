package check

import (
	"slices"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// crowdedCore finds what the editor wants in the core but is not in it for want of room. It is the same in all
// languages.
func crowdedCore(c *Content, list *diag.List) {
	maps := c.actorMaps(list)
	if len(maps) == 0 {
		return
	}
	unmet := maps[0].Unmet()
	var at diag.Pos
	look := func(id source.String, core source.Bool) {
		if at.Line == 0 && core.Value && slices.Contains(unmet, id.Value) {
			at = core.Pos
		}
	}
	for _, x := range c.Actors.Actors {
		look(x.ID, x.Core)
	}
	for _, x := range c.Actors.Relations {
		look(x.ID, x.Core)
	}
	if len(unmet) > 0 {
		list.Warn(at, "crowded-core", "no-room", first(unmet)).Advise("less-core")
	}
}
