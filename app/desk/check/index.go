package check

import (
	"maps"
	"slices"
	"strconv"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/address"
)

// kind is the kind of item that a reference names, and so the list in which its id must be. Kinds that links can lead
// to have the same names as in package address. The catalogues of package diag have a word for each kind.
type kind string

const (
	actor     kind = "actor"
	call      kind = "call"
	camp      kind = "camp"
	event     kind = "event"
	section   kind = "section"
	speaker   kind = "speaker" // an actor, or a speaker who is not on the map
	statement kind = "statement"
	relation  kind = "relation"
	term      kind = "term"
	view      kind = "view"
	src       kind = "source"
)

func (k kind) word() diag.Phrase { return diag.Say(string(k)) }

// files lists the files that define each kind of item.
var files = map[kind][]string{
	actor: {"actors.yaml"}, call: {"timeline.yaml"}, camp: {"explainer.yaml"}, event: {"timeline.yaml"},
	section: {"explainer.yaml"}, speaker: {"actors.yaml", "explainer.yaml"}, statement: {"statements.yaml"},
	relation: {"actors.yaml"}, term: {"glossary.yaml"}, view: {"views.yaml"}, src: {"sources.yaml"},
}

// exists reports whether an item is defined. If the file that would define it could not be read, the answer is true, so
// that one broken file is not reported as fifty missing items.
func (c *Content) exists(k kind, id string) bool {
	return slices.ContainsFunc(files[k], func(f string) bool { return c.Failed[f] }) || c.index.has(k, id)
}

// target reads a link such as #call-3.
func target(link string) (k kind, id string, ok bool) {
	to, id, ok := address.Parse(link)
	return kind(to.String()), id, ok && slices.Contains(address.Linked(), to)
}

// index has the position of each id's definition.
type index map[kind]map[string]diag.Pos

// item is an id and its position, either where it is defined or where it is referred to.
type item struct {
	kind kind
	source.String
}

// definitions lists every id of the explainer, in the order of the files.
func definitions(set *source.Set) []item {
	var all []item
	add := func(k kind, id source.String) {
		if id.Value != "" {
			all = append(all, item{k, id})
		}
	}
	e := &set.Explainer
	for _, x := range e.Camps {
		add(camp, x.ID)
	}
	for _, x := range set.Actors.Actors {
		add(actor, x.ID)
		add(speaker, x.ID)
	}
	for _, x := range e.Speakers {
		add(speaker, x.ID)
	}
	for _, x := range e.Sections {
		add(section, x.ID)
	}
	for _, x := range set.Timeline.Calls {
		if x.ID.Pos.Line != 0 {
			add(call, number(x.ID))
		}
	}
	for _, x := range set.Timeline.Events {
		add(event, x.ID)
	}
	for _, x := range set.Actors.Relations {
		add(relation, x.ID)
	}
	for _, x := range set.Ledger.Statements {
		add(statement, x.ID)
	}
	for _, x := range set.Views.Views {
		add(view, x.ID)
	}
	for _, x := range set.Glossary.Terms {
		add(term, x.ID)
	}
	for _, x := range set.Sources.Sources {
		add(src, x.ID)
	}
	return all
}

// references lists every id that a record refers to, without links in texts.
func references(set *source.Set) []item {
	var all []item
	ref := func(k kind, ids ...source.String) {
		for _, id := range ids {
			if id.Value != "" {
				all = append(all, item{k, id})
			}
		}
	}
	calls := func(ids ...source.Int) {
		for _, id := range ids {
			ref(call, number(id))
		}
	}
	walk(set, func(s *source.Sentence) {
		ref(speaker, s.By)
		ref(src, s.Sources...)
		ref(statement, s.Statements...)
	})
	e := &set.Explainer
	if e.Timeline.Open.Pos.Line != 0 {
		calls(e.Timeline.Open)
	}
	for _, x := range e.Speakers {
		ref(camp, x.Camp)
	}
	for _, x := range e.Numbers {
		ref(src, x.Sources...)
	}
	for _, x := range e.Sections {
		ref(view, x.Views...)
	}
	for _, x := range set.Steps.Steps {
		if x.Shows.Call.Pos.Line != 0 {
			calls(x.Shows.Call)
		}
		ref(event, x.Shows.Event)
		ref(actor, x.Shows.Actors...)
		ref(relation, x.Shows.Relations...)
	}
	for _, x := range set.Timeline.Calls {
		for _, l := range x.Lengths {
			ref(speaker, l.By)
			ref(src, l.Sources...)
		}
		ref(src, x.Topics.Sources...)
		for _, a := range x.Accounts {
			ref(camp, a.Camp)
		}
		ref(actor, x.Actors...)
		ref(view, x.Views...)
	}
	for _, x := range set.Timeline.Events {
		calls(x.Calls...)
	}
	for _, x := range set.Actors.Actors {
		ref(camp, x.Camp)
		calls(x.Calls...)
		ref(statement, x.Statements...)
		ref(src, x.Sources...)
	}
	for _, x := range set.Actors.Relations {
		ref(actor, x.From, x.To, x.Via)
		calls(x.Calls...)
	}
	for _, x := range set.Ledger.Statements {
		if x.Section.Value != "lead" {
			ref(section, x.Section)
		}
		ref(speaker, x.By)
		ref(actor, x.Actors...)
		calls(x.Calls...)
		ref(src, x.Sources...)
	}
	for _, x := range set.Glossary.Terms {
		ref(src, x.Sources...)
	}
	for _, x := range set.Views.Views {
		ref(speaker, x.By)
		ref(statement, x.RestsOn...)
		calls(x.Calls...)
	}
	return all
}

// number returns the id of a call as text, as links have it.
func number(n source.Int) source.String {
	return source.String{Value: strconv.Itoa(n.Value), Pos: n.Pos}
}

func newIndex(set *source.Set) index {
	x := index{}
	for _, d := range definitions(set) {
		if x[d.kind] == nil {
			x[d.kind] = map[string]diag.Pos{}
		}
		if _, twice := x[d.kind][d.Value]; !twice {
			x[d.kind][d.Value] = d.Pos
		}
	}
	return x
}

func (x index) has(k kind, id string) bool {
	_, ok := x[k][id]
	return ok
}

// all lists the ids of a kind in alphabetical order, at most twelve. If there are more, "…" is the last entry.
func (x index) all(k kind) []string {
	const many = 12
	ids := slices.Sorted(maps.Keys(x[k]))
	if len(ids) > many {
		ids = append(ids[:many], "…")
	}
	return ids
}

// nearest returns the id of the given kind that is most similar to id, or "".
func (x index) nearest(k kind, id string) string {
	return diag.Nearest(id, slices.Collect(maps.Keys(x[k])))
}
