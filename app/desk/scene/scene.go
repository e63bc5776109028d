// Package scene lays out the actor map, scene by scene.
//
// A [story.Scene] is what the map shows for one state: some actors and some relations. A [Map] determines which scenes
// a story has. A [Plan] gives every actor its seat in one form, the same in all scenes, and lays out scenes: the boxes
// of actors, the paths of arrows, the positions of words.
//
//	m := scene.NewMap(doc, scene.Wishes{}, nil)
//	plan, err := m.Plan(story.Narrow)
//	for _, s := range m.Scenes() {
//		layout, err := plan.Lay(s)
//	}
//
// Actors are in columns. The first two camps have the outer columns to themselves, the first camp where reading begins.
// All others are between them or, if there are only two columns, opposite the actors they have most relations with. The
// words of a relation are between the columns, in the line of its arrow, so that a row reads as a sentence: who, does
// what, to whom.
//
// A line changes its height only where there are no actors and no words, so nothing is ever covered. The layout
// searches only for an order in which few lines cross and most are straight.
package scene

import "sharh/app/story"

// Keep returns the result of make, or stored bytes that make returned before under the same name.
type Keep func(name string, make func() ([]byte, error)) ([]byte, error)

// Map is the actor map of a story.
type Map struct {
	doc       *story.Document
	keep      Keep
	wishes    Wishes
	pins      []Pin // of each actor
	relations []relation
	weight    []float64 // of each relation
	core      story.Scene
	plans     map[story.Form]*Plan
}

// Wishes are what an editor wants of a map.
type Wishes struct {
	Core []string       // ids of actors and relations for the core; for none, the most important ones are taken
	Pins map[string]Pin // by id of the actor
}

// Pin is the end of its column at which an actor stands in every scene. Which column that is depends on camps and
// relations. If several are pinned to one end, they stand in the order of the story's actors.
type Pin int

// The pins.
const (
	Top    Pin = -1
	Free   Pin = 0
	Bottom Pin = 1
)

// NewMap takes the actors, relations, calls and views of a story. keep stores layouts between builds; the names it gets
// are hashes of everything a layout depends on. It may be nil.
func NewMap(d *story.Document, w Wishes, keep Keep) *Map {
	if keep == nil {
		keep = func(_ string, make func() ([]byte, error)) ([]byte, error) { return make() }
	}
	m := &Map{doc: d, wishes: w, keep: keep, plans: map[story.Form]*Plan{}}
	index := map[string]int{}
	for i, a := range d.Actors {
		index[a.ID] = i
		m.pins = append(m.pins, w.Pins[a.ID])
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
		m.weight = append(m.weight, m.weightOf(i))
	}
	m.core = m.coreScene(w.Core)
	return m
}

// relation is a relation with indices of actors.
type relation struct {
	From, To int
	Via      int // -1 for none
	Tied     []int
}

// ends returns the actors that a relation runs through, in order.
func (r relation) ends() []int {
	if r.Via >= 0 {
		return []int{r.From, r.Via, r.To}
	}
	return []int{r.From, r.To}
}
