package scene

import (
	"cmp"
	"slices"
	"strconv"

	"sharh/app/story"
)

// limits are how many actors and relations a scene shows at most.
type limits struct{ actors, relations int }

var (
	// few is what a reader can take in without having asked for more.
	few = limits{10, 12}
	// about is what is shown for an actor whom the reader has chosen.
	about = limits{14, 18}
	// onCard is what can be read on a small picture of an actor's page.
	onCard = limits{7, 5}
)

// Scenes returns the scenes of a story: the core, one for each call, actor and reading, the whole map, and a smaller
// scene for an actor whose own one is too full for the picture of his page. It leaves out scenes without actors. If
// there is too much for a scene, it shows the most important relations and gives the number of those left out.
func (m *Map) Scenes() []story.Scene {
	d := m.doc
	var all []story.Scene
	add := func(s story.Scene) {
		if len(s.Actors) > 0 {
			all = append(all, s)
		}
	}
	add(m.core)
	for _, c := range d.Calls {
		var actors []int
		for i, a := range d.Actors {
			if slices.Contains(c.Actors, a.ID) {
				actors = append(actors, i)
			}
		}
		relations := m.relationsWhere(func(r *story.Relation) bool { return slices.Contains(r.Calls, c.ID) })
		add(m.scene(story.CallScene, strconv.Itoa(c.ID), actors, relations, few))
	}
	for i, a := range d.Actors {
		relations := m.relationsWhere(func(r *story.Relation) bool { return slices.Contains(r.Ends, a.ID) })
		add(m.scene(story.ActorScene, a.ID, []int{i}, relations, about))
		if s := m.scene(story.CardScene, a.ID, []int{i}, relations, onCard); s.LeftOut > 0 {
			add(s)
		}
	}
	for _, v := range d.Views {
		// A reading rests on statements. Relations that rest on the same statements show the reading's subject.
		add(m.scene(story.ViewScene, v.ID, nil, m.relationsWhere(func(r *story.Relation) bool {
			return slices.ContainsFunc(r.Said.Statements, func(s string) bool { return slices.Contains(v.RestsOn, s) })
		}), few))
	}
	add(m.whole())
	return all
}

// Fewer returns the most important of a scene of an actor, a call or a reading: at most as many relations as given.
func (m *Map) Fewer(s story.Scene, relations int) story.Scene {
	var actors []int
	if s.Kind == story.ActorScene {
		actors = slices.DeleteFunc(slices.Clone(s.Actors), func(i int) bool { return m.doc.Actors[i].ID != s.ID })
	}
	fewer := m.scene(s.Kind, s.ID, actors, s.Relations, limits{about.actors, relations})
	fewer.LeftOut += s.LeftOut
	return fewer
}

// Core returns the core of the story, at most ten actors and twelve relations.
func (m *Map) Core() story.Scene { return m.core }

// Of returns the scene of the given actors and relations, by id, and of all actors that the relations run through.
func (m *Map) Of(actors, relations []string) story.Scene {
	s := story.Scene{Relations: m.relationsWhere(func(r *story.Relation) bool { return slices.Contains(relations, r.ID) })}
	for i, a := range m.doc.Actors {
		inRelation := func(r int) bool { return slices.Contains(m.doc.Relations[r].Ends, a.ID) }
		if slices.Contains(actors, a.ID) || slices.ContainsFunc(s.Relations, inRelation) {
			s.Actors = append(s.Actors, i)
		}
	}
	return s
}

func (m *Map) whole() story.Scene {
	s := story.Scene{Kind: story.WholeScene, Relations: m.relationsWhere(func(*story.Relation) bool { return true })}
	for i := range m.doc.Actors {
		s.Actors = append(s.Actors, i)
	}
	return s
}

// coreScene returns the core of the story.
func (m *Map) coreScene(core []string) story.Scene {
	var actors []int
	for i, a := range m.doc.Actors {
		if slices.Contains(core, a.ID) {
			actors = append(actors, i)
		}
	}
	relations := m.relationsWhere(func(r *story.Relation) bool { return slices.Contains(core, r.ID) })
	if len(relations) == 0 {
		// If the editor chose no relations, select from those between the chosen actors; if no actors either, from all.
		relations = m.relationsWhere(func(r *story.Relation) bool {
			return len(actors) == 0 ||
				slices.Contains(core, r.From) && slices.Contains(core, r.To) && (r.Via == "" || slices.Contains(core, r.Via))
		})
	}
	return m.scene(story.CoreScene, "", actors, relations, few)
}

func (m *Map) relationsWhere(is func(*story.Relation) bool) (all []int) {
	for i := range m.doc.Relations {
		if is(&m.doc.Relations[i]) {
			all = append(all, i)
		}
	}
	return all
}

// weightOf is the weight of a relation: it grows with the number of statements, sources and calls, and with how much
// the relation is, and is halved for one that is not in the article.
func (m *Map) weightOf(i int) float64 {
	r := &m.doc.Relations[i]
	w := 2 + float64(len(r.Said.Statements)) + .5*float64(min(3, len(r.Said.Sources))) + .25*float64(min(4, len(r.Calls)))
	w += float64(r.Thickness)
	if r.Added {
		w /= 2
	}
	switch m.doc.Actors[m.relations[i].From].Shape {
	case "media", "voices": // media and voices speak about the story but are seldom its subject
		w /= 2
	}
	return w
}

// scene selects the most important of a state's actors and relations. A further relation between two actors counts for
// less if one already joins them, so that a scene shows how the story hangs together.
func (m *Map) scene(kind, id string, actors, relations []int, most limits) story.Scene {
	s := story.Scene{Kind: kind, ID: id}
	shown := map[int]bool{}
	show := func(all ...int) {
		for _, a := range all {
			if !shown[a] {
				shown[a] = true
				s.Actors = append(s.Actors, a)
			}
		}
	}
	if kind == story.ActorScene || kind == story.CardScene {
		show(actors...)
	}
	ends := func(i int) []int {
		r := m.relations[i]
		if kind == story.CoreScene {
			return r.ends() // without those who speak of the relation: they are not part of the core
		}
		return append(r.ends(), r.Tied...)
	}
	pair := func(i int) [2]int {
		r := m.relations[i]
		return [2]int{min(r.From, r.To), max(r.From, r.To)}
	}
	joined := map[[2]int]float64{}
	left := slices.Clone(relations)
	for len(left) > 0 && len(s.Relations) < most.relations {
		best, bestWeight := -1, 0.0
		for n, i := range left {
			further := map[int]bool{}
			for _, a := range ends(i) {
				if !shown[a] {
					further[a] = true
				}
			}
			if w := m.weight[i] / (1 + joined[pair(i)]); len(s.Actors)+len(further) <= most.actors && w > bestWeight {
				best, bestWeight = n, w
			}
		}
		if best < 0 {
			break
		}
		i := left[best]
		left = slices.Delete(left, best, best+1)
		s.Relations = append(s.Relations, i)
		joined[pair(i)]++
		show(ends(i)...)
	}
	s.LeftOut = len(left)
	// Actors of the state without a relation here are shown as long as there is room, the most important first.
	degree := make([]float64, len(m.doc.Actors))
	for i, r := range m.relations {
		for _, a := range append(r.ends(), r.Tied...) {
			degree[a] += m.weight[i]
		}
	}
	slices.SortStableFunc(actors, func(a, b int) int { return cmp.Compare(degree[b], degree[a]) })
	for _, a := range actors {
		if len(s.Actors) < most.actors {
			show(a)
		}
	}
	slices.Sort(s.Actors)
	slices.Sort(s.Relations)
	return s
}
