package scene

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"sharh/app/story"
)

// Fault is a reason why a scene cannot be drawn legibly, in whatever order its actors are.
type Fault struct {
	Kind FaultKind
	Form story.Form
	// For Tall, the least height of the drawing and the most that a reader sees at once; for Mute, the number of relations
	// and the most that can have words.
	Got, Most int
	// For Broken, the word, and whose label it is in: the index of a relation or, if that is -1, of an actor.
	Word            string
	Relation, Actor int
}

// FaultKind is a kind of fault.
type FaultKind int

// The kinds of faults.
const (
	Tall   FaultKind = iota // higher than the screen or, in the card of a step, too small to read
	Mute                    // there are too many relations, so none has its words
	Broken                  // a word is so long that it is broken where that can hardly be read
)

// Faults returns the faults that a scene would have in a form. It measures texts and counts as the layout does, but
// searches for no order, so it is fast enough for each save of an editor. A drawing may become higher than it says,
// never much lower.
func (m *Map) Faults(s story.Scene, form story.Form) (all []Fault) {
	f := specs[form]
	in := m.input(s, form, m.seating(form).unranked())
	mute := len(s.Relations) > f.most
	if mute {
		all = append(all, Fault{Kind: Mute, Form: form, Got: len(s.Relations), Most: f.most})
	}
	d := in.draw(fit{}, mute)
	height := 0.0
	for _, band := range d.bands {
		y := 0.0
		for n, i := range band {
			if n > 0 {
				y += d.gap(band[n-1], i)
			}
			y += d.items[i].h
		}
		height = max(height, y)
	}
	if height > f.screen {
		all = append(all, Fault{Kind: Tall, Form: form, Got: int(height), Most: int(f.screen)})
	}
	t := form.Type()
	look := func(x Fault, label string, size float64, bold bool, line float64) {
		x.Kind, x.Form = Broken, form
		for _, word := range strings.Fields(label) {
			if pieces := len(measured(word, size, bold, line).Words); pieces > bearable(word) {
				x.Word = word
				all = append(all, x)
			}
		}
	}
	for n, a := range in.Actors {
		look(Fault{Relation: -1, Actor: s.Actors[n]}, a.Label, t.Name, true, f.nodeWord)
	}
	for n, r := range in.Relations {
		look(Fault{Relation: s.Relations[n], Actor: -1}, r.Words, t.Words, false, d.most)
	}
	return all
}

// bearable is in how many pieces a word can be read. A hyphen keeps two together. Arabic letters that belong together
// must not be parted, and what is written without spaces may be broken anywhere.
func bearable(word string) int {
	most := 2
	for _, r := range word {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
			unicode.Myanmar):
			return math.MaxInt
		case unicode.In(r, unicode.Arabic, unicode.Syriac):
			most = 1
		}
	}
	return most
}

// Unmet returns those of the editor's wishes for the core that it has no room for, in the order of the wishes.
func (m *Map) Unmet() (ids []string) {
	for _, id := range m.wishes.Core {
		named := func(i int) bool { return m.doc.Actors[i].ID == id }
		related := func(i int) bool { return m.doc.Relations[i].ID == id }
		if !slices.ContainsFunc(m.core.Actors, named) && !slices.ContainsFunc(m.core.Relations, related) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Rivals returns groups of actors that are pinned to the same end of the same column of the wide form, each as indices
// in their order.
func (m *Map) Rivals() (groups [][]int) {
	at := map[seat][]int{}
	for i, s := range m.seating(story.Wide).unranked() {
		if s.Pin != Free {
			s.Rank = 0
			at[s] = append(at[s], i)
		}
	}
	for _, s := range slices.SortedFunc(maps.Keys(at), func(a, b seat) int { return cmp.Compare(at[a][0], at[b][0]) }) {
		if len(at[s]) > 1 {
			groups = append(groups, at[s])
		}
	}
	return groups
}
