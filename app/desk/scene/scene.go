// Package scene lays out the actor map, scene by scene.
//
// A [story.Scene] is what the map shows for one state: some actors and some relations. A [Map] says which scenes a story has.
// A [Plan] gives every actor his seat in one form, the same in all scenes, and draws scenes by it: where each actor's box
// stands, how each arrow runs, where its words stand.
//
//	m := scene.NewMap(doc, nil, nil)
//	plan, err := m.Plan(story.Narrow)
//	for _, s := range m.Scenes() {
//		layout, err := plan.Lay(s)
//	}
//
// Actors stand in columns. The first two camps have the outer columns to themselves, the first where reading begins. All
// others stand between them or, where there are two columns only, across from those they have most to do with. Between
// the columns stand the words of the relations, each in the line of its arrow, so that a row reads as a sentence: who,
// does what, to whom. A line changes its height only where neither actors nor words stand. So nothing is ever covered,
// whatever is laid out; what is sought is an order in which few lines cross and most are straight.
package scene

import "sharh/app/story"

// Keep returns what make makes, or kept bytes that it made before under the same name.
type Keep func(name string, make func() ([]byte, error)) ([]byte, error)

// Map is the actor map of a story.
type Map struct {
	doc       *story.Document
	keep      Keep
	relations []relation
	weight    []float64 // of each relation
	core      story.Scene
	plans     map[story.Form]*Plan
}

// NewMap takes the actors, relations, calls and views of a story. Ids in core, of actors or relations, are what the editor
// wants to be the core; without any it is what weighs most. keep keeps layouts from build to build, by names that stand
// for all they depend on; it may be nil.
func NewMap(d *story.Document, core []string, keep Keep) *Map {
	if keep == nil {
		keep = func(_ string, make func() ([]byte, error)) ([]byte, error) { return make() }
	}
	m := &Map{doc: d, keep: keep, plans: map[story.Form]*Plan{}}
	index := map[string]int{}
	for i, a := range d.Actors {
		index[a.ID] = i
	}
	for _, r := range d.Relations {
		x := relation{From: index[r.From], To: index[r.To], Via: -1}
		if r.Via != "" && r.Via != r.From && r.Via != r.To {
			x.Via = index[r.Via]
		}
		for _, id := range r.Ends {
			if id != r.From && id != r.To && id != r.Via {
				x.Tied = append(x.Tied, index[id])
			}
		}
		m.relations = append(m.relations, x)
	}
	for i := range m.relations {
		m.weight = append(m.weight, m.heft(i))
	}
	m.core = m.chosen(core)
	return m
}

// relation is a relation by indices of actors.
type relation struct {
	From, To int
	Via      int // -1 for none
	Tied     []int
}

// ends are the actors that a relation runs through, in order.
func (r relation) ends() []int {
	if r.Via >= 0 {
		return []int{r.From, r.Via, r.To}
	}
	return []int{r.From, r.To}
}
