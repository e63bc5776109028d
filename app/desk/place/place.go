// Package place finds the item of the page that a position in a content file belongs to, so that sharh serve can show a
// problem there.
//
//	places := place.New(set)
//	places.At(d.Pos) // {"call-3", "timeline"}
package place

import (
	"cmp"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/address"
)

// Place is a place on the page, given by ids of elements.
type Place struct {
	Item    string // "call-3", or "" if the position belongs to no item
	Section string // the part of the page for that file, for use if the page does not show the item; or ""
}

// Places has the positions of all items of an explainer.
type Places struct {
	set    *source.Set
	starts map[string][]start // by file, in order of position
}

// start is the position where the text of an item begins; it ends at the next start.
type start struct {
	pos  diag.Pos
	item string
}

// sections has the part of the page for each file.
var sections = map[string]string{
	"steps.yaml": "steps", "timeline.yaml": "timeline", "actors.yaml": "map",
	"statements.yaml": "ledger", "views.yaml": "article", "sources.yaml": "sources", "glossary.yaml": "about",
}

// New collects the positions of the items of set. Files that could not be read are missing.
func New(set *source.Set) *Places {
	p := &Places{set, map[string][]start{}}
	add := func(pos diag.Pos, item string) {
		if pos.Line > 0 {
			p.starts[pos.File] = append(p.starts[pos.File], start{pos, item})
		}
	}
	e := &set.Explainer
	// The settings of explainer.yaml for the whole explainer belong to no item. So each ends the item before it.
	frame := reflect.ValueOf(e).Elem()
	for i := range frame.NumField() {
		if f := reflect.Indirect(frame.Field(i)); f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[diag.Pos]() {
			add(f.FieldByName("Pos").Interface().(diag.Pos), "") // every record and value type has a Pos
		}
	}
	add(e.Timeline.Pos, "timeline")
	add(e.Map.Pos, "map")
	for _, x := range e.KeyPoints {
		add(x.Pos, "key-points")
	}
	for _, x := range e.Numbers {
		add(x.Pos, "")
	}
	for _, x := range e.Changes {
		add(x.Pos, "changes")
	}
	for i, x := range set.Steps.Steps {
		add(x.Pos, "step-"+strconv.Itoa(i+1))
	}
	eachItem(set, func(pos diag.Pos, kind, id string) {
		item := ""
		switch k, _, onPage := address.Parse("#" + kind + "-" + id); {
		case onPage && k == address.Relation:
			return // it is shown on a card, see below
		case onPage && id != "":
			item = k.ID(id)
		}
		add(pos, item)
	})
	for _, x := range set.Actors.Relations {
		item := "" // of the acting actor, on whose card the relation is shown
		if x.From.Value != "" {
			item = address.Actor.ID(x.From.Value)
		}
		add(x.Pos, item)
	}
	for _, all := range p.starts {
		slices.SortStableFunc(all, func(a, b start) int { return compare(a.pos, b.pos) })
	}
	return p
}

// eachItem calls visit for every record in a list of a file that has an id, with the kind of item that the tag of the
// id names.
func eachItem(set *source.Set, visit func(pos diag.Pos, kind, id string)) {
	for _, f := range source.FilesOfRecords() {
		record := reflect.ValueOf(set).Elem().Field(f.Index)
		for i := range record.NumField() {
			list := record.Field(i)
			if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
				continue
			}
			for j := range list.Len() {
				x := list.Index(j)
				for k := range x.NumField() {
					kind, _, _ := strings.Cut(x.Type().Field(k).Tag.Get("id"), " ")
					if kind == "" {
						continue
					}
					id := ""
					switch v := x.Field(k).Interface().(type) {
					case source.String:
						id = v.Value
					case source.Int:
						if v.Pos.Line != 0 {
							id = strconv.Itoa(v.Value)
						}
					}
					visit(x.FieldByName("Pos").Interface().(diag.Pos), kind, id)
				}
			}
		}
	}
}

func compare(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// At returns the place on the page for a position.
func (p *Places) At(pos diag.Pos) Place {
	name := strings.TrimPrefix(strings.TrimPrefix(pos.File, p.set.Dir), "/")
	if folder, file := path.Split(name); folder == "sections/" {
		id, _, _ := strings.Cut(file, ".")
		return Place{address.Section.ID(id), "article"}
	}
	if strings.HasPrefix(name, "method.") {
		return Place{"", "about"}
	}
	at := Place{Section: sections[name]}
	for _, s := range p.starts[pos.File] {
		if compare(s.pos, pos) > 0 {
			break
		}
		at.Item = s.item
	}
	if pos.Line == 0 {
		at.Item = ""
	}
	return at
}
