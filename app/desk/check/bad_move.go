package check

import (
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// badMove checks where an explainer leads that was withdrawn, and which addresses lead to one that has moved.
func badMove(c *Content, list *diag.List) {
	if w := c.Explainer.Withdrawn; w != nil && w.Successor.Value != "" {
		badSuccessor(c, w.Successor.Value, w.Successor.Pos, list)
	}
	for i, former := range c.Explainer.Formerly {
		name := former.Value
		twice := slices.IndexFunc(c.Explainer.Formerly[:i], func(s source.String) bool { return s.Value == name })
		slug, at := "", diag.Pos{}
		if story.FaultOf(name) == "" {
			slug, at = c.Others.Former(name)
		}
		switch {
		case name == "":
		case name == c.Slug:
			list.Error(former.Pos, "bad-move", "own-name", name).Advise("delete")
		case story.FaultOf(name) != "":
			list.Error(former.Pos, "bad-move", "no-address", name).Advise("delete")
		case twice >= 0:
			list.Error(former.Pos, "bad-move", "twice", name).Advise("delete").
				Note(c.Explainer.Formerly[twice].Pos, "first")
		case slices.Contains(c.Others.Slugs(), name):
			list.Error(former.Pos, "bad-move", "taken", name).Advise("one-goes")
		case slug != "":
			list.Error(former.Pos, "bad-move", "both", name, slug).Advise("one-goes").Note(at, "also")
		}
	}
}

func badSuccessor(c *Content, name string, at diag.Pos, list *diag.List) {
	if strings.ContainsAny(name, ":/") {
		if faultOf(name) != noFault || !strings.HasPrefix(name, "https://") {
			list.Error(at, "bad-move", "no-page", name).Advise("forms")
		}
		return
	}
	if name == c.Slug {
		list.Error(at, "bad-move", "itself").Advise("forms")
		return
	}
	others := c.Others.Slugs()
	if !slices.Contains(others, name) {
		if near := diag.Nearest(name, others); near != "" {
			list.Error(at, "bad-move", "missing", name).Suggest(near)
		} else {
			list.Error(at, "bad-move", "missing", name).Advise("forms")
		}
		return
	}
	switch other := c.Others.Explainer(name); {
	case other == nil: // reported when that explainer is read
	case other.Withdrawn != nil && other.Withdrawn.Successor.Value != "":
		list.Error(at, "bad-move", "withdrawn", name).Advise("next", diag.Raw(other.Withdrawn.Successor.Value))
	case other.Withdrawn != nil:
		list.Error(at, "bad-move", "withdrawn", name).Advise("forms")
	case other.Unlisted():
		list.Error(at, "bad-move", "unlisted", name).Advise("list")
	}
}
