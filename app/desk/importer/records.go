package importer

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"sharh/app/desk/source"
)

// kind is a kind of table whose rows are records of an explainer: the files of the folder data/ of a site, sheets that
// desks keep in the same columns, and arrays of ArchieML.
type kind struct {
	names []string // what its file or its array is called, folded; a file may have more behind it: events-en.csv
	needs []string // columns that it has, folded, whatever it is called
	read  func(*reading, *table)
}

// kinds are in the order in which they are read: what others name comes first.
var kinds = []kind{
	{[]string{"sides", "camps"}, []string{"id", "tone"}, (*reading).sides},
	{[]string{"speakers"}, nil, (*reading).speakers},
	{[]string{"sources", "references", "refs"}, []string{"id", "publisher"}, (*reading).sources},
	{[]string{"actors", "people", "characters", "who"}, []string{"id", "shape"}, (*reading).actors},
	{[]string{"statements", "claims"}, []string{"saidby", "check"}, (*reading).statements},
	{[]string{"calls"}, []string{"call", "about"}, (*reading).calls},
	{[]string{"events", "timeline", "chronology"}, []string{"id", "figure"}, (*reading).events},
	{[]string{"relations", "relationships", "connections", "edges", "links", "network"},
		[]string{"from", "to", "polarity"}, (*reading).relations},
	{[]string{"sentences"}, []string{"item", "part"}, (*reading).parts},
	{[]string{"steps", "cards", "slides"}, nil, (*reading).steps},
	{[]string{"keypoints", "takeaways", "inbrief"}, nil, (*reading).keyPoints},
	{[]string{"glossary", "terms"}, nil, (*reading).terms},
}

// kindOf returns the index of the kind that a table is of, or -1. name is that of its file or of its array.
func kindOf(name string, t *table) int {
	base := filepath.Base(name)
	base = folded(strings.TrimSuffix(base, filepath.Ext(base)))
	for i, k := range kinds {
		if isEdges(t) && k.names[0] != "relations" {
			continue
		}
		if slices.ContainsFunc(k.names, func(n string) bool { return strings.HasPrefix(base, n) }) {
			return i
		}
	}
	return slices.IndexFunc(kinds, func(k kind) bool { return k.needs != nil && t.has(k.needs...) })
}

// pending is a table to be read after others.
type pending struct {
	kind     int    // index in kinds
	name     string // of the kind
	table    *table
	language string
	file     File // where it stands, beside which its pictures are
}

// records reads the tables that hold records, those first that others refer to.
func (r *reading) records() {
	slices.SortStableFunc(r.pending, func(a, b pending) int { return cmp.Compare(a.kind, b.kind) })
	for _, p := range r.pending {
		r.Language, r.file = p.language, p.file
		kinds[p.kind].read(r, p.table)
		r.unread(p.table)
	}
	r.listSources()
	// A shorter name is that of each language, or of none.
	for i := range r.set.Actors.Actors {
		x := &r.set.Actors.Actors[i]
		inAll(&x.Label, x.Name)
	}
	for i := range r.set.Timeline.Events {
		x := &r.set.Timeline.Events[i]
		inAll(&x.Title, x.Label)
	}
}

// inAll gives a text that there is in some languages what stands in its place in the others.
func inAll(into *source.Text, other source.Text) {
	if len(into.ByLang) == 0 {
		return
	}
	all := other
	source.MergeText(&all, *into)
	*into = all
}

// has tells whether a table of a kind is among those that are read, in the language of the one that is being read.
func (r *reading) has(name string) bool {
	return slices.ContainsFunc(r.pending, func(p pending) bool {
		return p.language == r.Language && p.name == name
	})
}
