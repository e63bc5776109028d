package check

import (
	"sharh/app/desk/diag"
)

func duplicateID(c *Content, list *diag.List) {
	type key struct {
		kind kind
		id   string
	}
	first := map[key]diag.Pos{}
	for _, d := range definitions(c.Set) {
		k := key{d.kind, d.Value}
		at, twice := first[k]
		switch {
		case !twice:
			first[k] = d.Pos
		case d.kind == speaker && at.File == d.Pos.File && at.File == c.File("actors.yaml"):
			// the same id is reported as an actor's
		default:
			list.Error(d.Pos, "duplicate-id", "twice", d.kind.word(), d.Value).Note(at, "first")
		}
	}
	languages := map[string]diag.Pos{}
	for _, l := range c.Explainer.Written() {
		if at, twice := languages[l.Value]; twice {
			list.Error(l.Pos, "duplicate-id", "twice", diag.Say("language"), l.Value).Note(at, "first")
			continue
		}
		languages[l.Value] = l.Pos
	}
}
