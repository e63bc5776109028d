package check

import (
	"strings"

	"sharh/app/desk/diag"
)

// sourceAt returns the id of the source with an address, or "".
func (c *Content) sourceAt(address string) string {
	for _, s := range c.Sources.Sources {
		if s.URL.Value == address {
			return s.ID.Value
		}
	}
	return ""
}

func unknownID(c *Content, list *diag.List) {
	for _, r := range references(c.Set) {
		if c.exists(r.kind, r.Value) {
			continue
		}
		if r.kind == src && strings.Contains(r.Value, "://") {
			d := list.Error(r.Pos, "unknown-id", "address", r.Value)
			if id := c.sourceAt(r.Value); id != "" {
				d.Advise("this-source", id)
			} else {
				d.Advise("to-source")
			}
			continue
		}
		near := c.index.nearest(r.kind, r.Value)
		d := list.Error(r.Pos, "unknown-id", "missing", r.kind.word(), r.Value).Suggest(near)
		switch there := c.index.all(r.kind); {
		case near != "":
			d.Note(c.index[r.kind][near], "near", r.kind.word(), near)
		case len(there) > 0:
			d.Advise("there", diag.Raw(strings.Join(files[r.kind], ", ")), there)
		default:
			d.Advise("none", diag.Raw(strings.Join(files[r.kind], ", ")), r.kind.word())
		}
	}
}
