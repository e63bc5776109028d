package check

import "sharh/app/desk/diag"

// samePin finds actors that are pinned to an end of a column where another already is. Columns are the same in all
// languages.
func samePin(c *Content, list *diag.List) {
	maps := c.actorMaps(list)
	if len(maps) == 0 {
		return
	}
	for _, group := range maps[0].Rivals() {
		holder := c.Actors.Actors[group[0]]
		for _, i := range group[1:] {
			x := c.Actors.Actors[i]
			list.Warn(x.Pin.Pos, "same-pin", "taken", x.ID.Value, holder.ID.Value, diag.Raw(x.Pin.Value)).
				Note(holder.Pin.Pos, "taken-by", holder.ID.Value).Advise("unpin")
		}
	}
}
