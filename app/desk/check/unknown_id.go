package check

import (
	"slices"
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
	// A file that may be missing and has what is referred to is reported once, not each reference.
	asked := map[string]bool{}
	missing := func(r item) int {
		return slices.IndexFunc(files[r.kind], func(f string) bool { return c.Missing[f] })
	}
	for _, r := range references(c.Set) {
		if i := missing(r); i >= 0 && len(c.index[r.kind]) == 0 && !asked[files[r.kind][i]] {
			name := files[r.kind][i]
			asked[name] = true
			list.Error(diag.Pos{File: c.File(name)}, "missing-file", "missing").
				Note(r.Pos, "needed", r.kind.word(), r.Value)
		}
	}
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
		if i := missing(r); i >= 0 && asked[files[r.kind][i]] {
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
