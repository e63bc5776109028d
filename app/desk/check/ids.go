package check

import (
	"regexp"
	"strconv"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

var goodID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func badID(c *Content, list *diag.List) {
	for _, d := range definitions(c.Set) {
		if d.kind == speaker && c.index.has(actor, d.id) {
			continue // reported as an actor
		}
		if d.kind == call {
			if n, err := strconv.Atoi(d.id); err != nil || n < 1 {
				list.Errorf(d.pos, "bad-id", "call number %s must be 1 or more", d.id)
			}
			continue
		}
		if !goodID.MatchString(d.id) {
			list.Errorf(d.pos, "bad-id", "%s id %q must be lower-case letters, digits and hyphens", d.kind, d.id)
		}
	}
}

func duplicateID(c *Content, list *diag.List) {
	type key struct {
		kind kind
		id   string
	}
	first := map[key]diag.Pos{}
	for _, d := range definitions(c.Set) {
		k := key{d.kind, d.id}
		at, twice := first[k]
		switch {
		case !twice:
			first[k] = d.pos
		case d.kind == speaker && at.File == d.pos.File && at.File == c.File("actors.yaml"):
			// reported as an actor
		default:
			list.Errorf(d.pos, "duplicate-id", "%s %q is defined twice", d.kind, d.id).Notef(at, "first here")
		}
	}
}

func unknownID(c *Content, list *diag.List) {
	ref := func(k kind, s source.String) {
		if s.Value == "" || c.exists(k, s.Value) {
			return
		}
		near := diag.Nearest(s.Value, c.index.ids(k))
		d := list.Errorf(s.Pos, "unknown-id", "there is no %s %q", k, s.Value).Suggest(near)
		if near != "" {
			d.Notef(c.index[k][near], "%s %q is defined here", k, near)
		}
	}
	refs := func(k kind, all []source.String) {
		for _, s := range all {
			ref(k, s)
		}
	}
	calls := func(all []source.Int) {
		for _, n := range all {
			ref(call, source.String{Value: strconv.Itoa(n.Value), Pos: n.Pos})
		}
	}
	walk(c.Set, func(s *source.Sentence) {
		ref(speaker, s.By)
		refs(src, s.Sources)
		refs(statement, s.Statements)
	})
	e := &c.Explainer
	if open := e.Timeline.Open; open.Pos.Line != 0 {
		calls([]source.Int{open})
	}
	for _, x := range e.Speakers {
		ref(camp, x.Camp)
	}
	for _, x := range e.Numbers {
		refs(src, x.Sources)
	}
	for _, x := range e.Sections {
		refs(view, x.Views)
	}
	for _, x := range c.Timeline.Calls {
		for _, l := range x.Lengths {
			ref(speaker, l.By)
			refs(src, l.Sources)
		}
		refs(src, x.Topics.Sources)
		for _, a := range x.Accounts {
			ref(camp, a.Camp)
		}
		refs(actor, x.Actors)
		refs(view, x.Views)
	}
	for _, x := range c.Timeline.Events {
		calls(x.Calls)
	}
	for _, x := range c.Actors.Actors {
		ref(camp, x.Camp)
		calls(x.Calls)
		refs(statement, x.Statements)
		refs(src, x.Sources)
	}
	for _, x := range c.Actors.Relations {
		ref(actor, x.From)
		ref(actor, x.To)
		ref(actor, x.Via)
		calls(x.Calls)
	}
	for _, x := range c.Ledger.Statements {
		if x.Section.Value != "lead" {
			ref(section, x.Section)
		}
		ref(speaker, x.By)
		refs(actor, x.Actors)
		calls(x.Calls)
		refs(src, x.Sources)
	}
	for _, x := range c.Glossary.Terms {
		refs(src, x.Sources)
	}
	for _, x := range c.Views.Views {
		ref(speaker, x.By)
		refs(statement, x.RestsOn)
		calls(x.Calls)
	}
}
