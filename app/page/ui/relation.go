package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Sentence writes a relation as a sentence.
func Sentence(d *story.Document, r *story.Relation) string {
	return r.Sentence(&d.Words, func(id string) string { return actorName(d, id) })
}

// act writes a relation in a line: its polarity, then words with links to its actors, as told on the card of self; ""
// for a whole sentence.
func act(d *story.Document, r *story.Relation, self string) []app.UI {
	all := one(app.Span().Class("pol p-" + r.Polarity).Body(app.Text(d.Words.Polarities[r.Polarity])))
	for i, p := range r.Phrases(&d.Words, self, func(id string) string { return actorName(d, id) }) {
		var said app.UI = app.Text(p.Text)
		switch {
		case p.Actor != "":
			said = app.A().Href(address.Actor.Fragment(p.Actor)).Body(said)
		case p.Label:
			said = app.B().Body(said)
		case i == 0: // two texts may not be adjacent
			all = append(all, app.Text(" "+p.Text))
			continue
		}
		all = append(all, when(i == 0, app.Text(" "))...)
		all = append(all, said)
	}
	return all
}
