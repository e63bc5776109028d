// Package place says which item of the page a place in a content file is about, so that a problem can be shown there.
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

// Place is where on the page something is: ids of elements.
type Place struct {
	Item    string // "call-3", or "" when no item has it
	Section string // the part of the page that the file is about, for when the item is not on the page; or ""
}

// Places knows where each item of an explainer is written.
type Places struct {
	set    *source.Set
	starts map[string][]start // by file, in order of place
}

// start is where something about an item begins; it goes on until the next.
type start struct {
	pos  diag.Pos
	item string
}

// sections are the parts of the page that files are about.
var sections = map[string]string{
	"steps.yaml": "steps", "timeline.yaml": "timeline", "actors.yaml": "map", "statements.yaml": "ledger", "views.yaml": "article",
	"sources.yaml": "sources", "glossary.yaml": "about",
}

// New reads where the items of set are. What could not be read has no place.
func New(set *source.Set) *Places {
	p := &Places{set, map[string][]start{}}
	add := func(pos diag.Pos, item string) {
		if pos.Line > 0 {
			p.starts[pos.File] = append(p.starts[pos.File], start{pos, item})
		}
	}
	named := func(pos diag.Pos, kind address.Kind, id source.String) {
		if id.Value == "" {
			add(pos, "")
			return
		}
		add(pos, kind.ID(id.Value))
	}
	e := &set.Explainer
	// What the frame says of the whole explainer is nowhere in particular: it ends what stands before it.
	frame := reflect.ValueOf(e).Elem()
	for i := range frame.NumField() {
		if f := frame.Field(i); f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[diag.Pos]() {
			add(f.FieldByName("Pos").Interface().(diag.Pos), "") // every value of a record knows its place
		}
	}
	add(e.Timeline.Pos, "timeline")
	add(e.Map.Pos, "map")
	for _, x := range e.Camps {
		add(x.Pos, "")
	}
	for _, x := range e.Speakers {
		add(x.Pos, "")
	}
	for _, x := range e.KeyPoints {
		add(x.Pos, "key-points")
	}
	for _, x := range e.Numbers {
		add(x.Pos, "")
	}
	for _, x := range e.Sections {
		named(x.Pos, address.Section, x.ID)
	}
	for _, x := range e.Changes {
		add(x.Pos, "changes")
	}
	for i, x := range set.Steps.Steps {
		add(x.Pos, "step-"+strconv.Itoa(i+1))
	}
	for _, x := range set.Timeline.Calls {
		named(x.Pos, address.Call, source.String{Value: number(x.ID)})
	}
	for _, x := range set.Timeline.Events {
		named(x.Pos, address.Event, x.ID)
	}
	for _, x := range set.Actors.Actors {
		named(x.Pos, address.Actor, x.ID)
	}
	for _, x := range set.Actors.Relations {
		named(x.Pos, address.Actor, x.From) // an act stands on the card of who acts
	}
	for _, x := range set.Ledger.Statements {
		named(x.Pos, address.Statement, x.ID)
	}
	for _, x := range set.Views.Views {
		named(x.Pos, address.View, x.ID)
	}
	for _, x := range set.Sources.Sources {
		named(x.Pos, address.Source, x.ID)
	}
	for _, x := range set.Glossary.Terms {
		named(x.Pos, address.Term, x.ID)
	}
	for _, all := range p.starts {
		slices.SortStableFunc(all, func(a, b start) int { return compare(a.pos, b.pos) })
	}
	return p
}

func number(n source.Int) string {
	if n.Pos.Line == 0 {
		return ""
	}
	return strconv.Itoa(n.Value)
}

func compare(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// At returns what pos is about.
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
