package story

import "strings"

// Phrase is a part of a relation in words.
type Phrase struct {
	Text  string
	Actor string // id, if the text is the name of an actor
	Label bool   // whether the text is the label of the relation
}

// Phrases puts a relation into words: "Ana towards Ben: warns him of the storm, by way of the Gazette". On the card
// of one of its actors, self, the relation is told from there, without that name: "from Ana: warns him of the storm".
// For a whole sentence self is "". name returns the name of an actor.
//
// The label comes after both names. Labels are written for the map, where an arrow leads from the one to the other, and
// they often have a pronoun. In Arabic a name after it would become its subject: "Ana, Ben warns her".
func (r *Relation) Phrases(w *Words, self string, name func(id string) string) []Phrase {
	var all []Phrase
	add := func(before, actor string) {
		if actor == self {
			return
		}
		if before != "" {
			all = append(all, Phrase{Text: before})
		}
		all = append(all, Phrase{Text: name(actor), Actor: actor})
	}
	first, towards, around := strings.Cut(w.Towards, "…")
	if !around {
		first, towards = "", w.Towards
	}
	from, to := w.From+" ", strings.TrimSpace(towards)+" "
	switch {
	case r.OfBoth():
		from, to = "", w.With+" "
		if self == r.To {
			from = to
		}
	case self == "":
		from = first
	}
	add(from, r.From)
	if len(all) > 0 {
		to = " " + to
	}
	add(to, r.To)
	if len(all) > 0 { // an actor may have a relation to itself
		all = append(all, Phrase{Text: w.Colon + " "})
	}
	all = append(all, Phrase{Text: r.Label, Label: true})
	if r.Via != "" {
		add(w.Comma+" "+w.Via+" ", r.Via)
	}
	if r.Amount != "" {
		all = append(all, Phrase{Text: " (" + r.Amount + ")"})
	}
	return all
}

// Sentence puts a relation into words as a whole sentence, see [Relation.Phrases].
func (r *Relation) Sentence(w *Words, name func(id string) string) string {
	var s string
	for _, p := range r.Phrases(w, "", name) {
		s += p.Text
	}
	return s
}

// MaxWeight is the largest weight of a relation: larger numbers are hard to read, and have a larger unit.
const MaxWeight = 9999

// Thicknesses is the number of thicknesses of lines.
const Thicknesses = 4

// ThicknessOf returns the thickness of the line of a relation that weighs w, where the heaviest of the map weighs most.
// What is half as much is half as thick, as nearly as the thicknesses allow.
func ThicknessOf(w, most int) int { return (Thicknesses*w + most - 1) / most }

// HeadOf returns the length of the arrowhead of a line of a thickness, in units of the drawing, and whether that is
// more than of other lines, since a thick line would hide it.
func HeadOf(thickness int) (length float64, large bool) {
	if thickness > Thicknesses/2 {
		return 13, true
	}
	return 9, false
}

// OfBoth reports whether the relation is that of either end as much as of the other.
func (r *Relation) OfBoth() bool { return r.Mutual || r.Between }

// Concerns reports whether an actor is at either end of the relation, or between.
func (r *Relation) Concerns(actor string) bool {
	return r.From == actor || r.To == actor || r.Via == actor
}
