package check

import (
	"sort"
	"strconv"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// index knows where each id is defined.
type index map[kind]map[string]diag.Pos

// definition is an id where it is defined.
type definition struct {
	kind kind
	id   string
	pos  diag.Pos
}

// definitions lists every id of the explainer, in the order of the files.
func definitions(set *source.Set) []definition {
	var all []definition
	add := func(k kind, id source.String) {
		if id.Value != "" {
			all = append(all, definition{k, id.Value, id.Pos})
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
			add(call, source.String{Value: strconv.Itoa(x.ID.Value), Pos: x.ID.Pos})
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

func newIndex(set *source.Set) index {
	x := index{}
	for _, d := range definitions(set) {
		if x[d.kind] == nil {
			x[d.kind] = map[string]diag.Pos{}
		}
		if _, twice := x[d.kind][d.id]; !twice {
			x[d.kind][d.id] = d.pos
		}
	}
	return x
}

func (x index) has(k kind, id string) bool {
	_, ok := x[k][id]
	return ok
}

func (x index) ids(k kind) []string {
	ids := make([]string, 0, len(x[k]))
	for id := range x[k] {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}
