package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Scene is what the map shows for a choice, drawn by Go in the place of the core. Actors who stay go to their new places,
// which their elements must be the same for: each actor of the story has a place among the elements, whether he is
// shown or not.
type Scene struct {
	app.Compo

	Doc   *story.Document
	Key   string // of the scene, "" for none
	Form  story.Form
	Actor string // the chosen one
	Part  Part
}

// Render draws the scene.
func (c *Scene) Render() app.UI {
	d := c.Doc
	root := live("div").Class("scene")
	kind, id, _ := strings.Cut(c.Key, " ")
	s := d.Map.Scene(kind, id)
	if s == nil {
		return root
	}
	l := s.In(c.Form)
	at := map[int]int{} // index into the scene's actors
	for n, i := range s.Actors {
		at[i] = n
	}
	var nodes []app.UI
	for i := range d.Actors {
		n, ok := at[i]
		if !ok {
			nodes = append(nodes, svg("g"))
			continue
		}
		box := l.Nodes[n]
		move := "translate(" + num(box.Box.X) + " " + num(box.Box.Y) + ")"
		box.Box.X, box.Box.Y = 0, 0
		nodes = append(nodes, current(toCard(d, i, box, c.Form).Attr("transform", move), d.Actors[i].ID == c.Actor))
	}
	parts := network(d, s, c.Form, "scene-", nodes, c.evidence(s))
	// As high as the map at rest, so that what stands below stays there.
	height, top := max(l.Height, d.Map.Core.In(c.Form).Height), 0.
	if c.Form == story.Wide {
		top = (l.Height - height) / 2
	}
	return root.Body(svg("svg").Class(string(c.Form)).Attr("viewBox", "0 "+num(top)+" "+num(l.Width)+" "+num(height)).
		Attr("role", "group").Attr("aria-label", d.Map.Title).Body(parts...))
}

// actor is the chosen actor, "" for none and, as for scene, until then.
func (p *Page) actor() string {
	if p.form == "" {
		return ""
	}
	return p.State.Chosen[address.Actor]
}

// scene is the key of what the map shows: the chosen actor's, view's or call's scene, "" for the core. Until the
// reader of the live page does something it is the core, as it was built: when Go comes, nothing moves.
func (p *Page) scene() string {
	if p.form == "" {
		return ""
	}
	for _, k := range []struct {
		of   address.Kind
		kind string
	}{{address.Actor, story.ActorScene}, {address.View, story.ViewScene}, {address.Call, story.CallScene}} {
		if id := p.State.Chosen[k.of]; id != "" {
			if key := story.SceneKey(k.kind, id); p.Doc.Map.Scenes[key] != nil {
				return key
			}
		}
	}
	return ""
}

// evidence makes the words of relations links to what they rest on, whose card opens in place.
func (c *Scene) evidence(s *story.Scene) func(i int, words []app.UI) []app.UI {
	d := c.Doc
	return func(i int, words []app.UI) []app.UI {
		r := &d.Relations[s.Relations[i]]
		if r.Said.Mark == 0 {
			return words
		}
		return one(svg("a").Attr("href", c.Part.Where(d.Attributions[r.Said.Mark-1].At())).DataSet("mark", r.Said.Mark).
			Attr("aria-label", actorName(d, r.From)+" "+r.Label+" "+actorName(d, r.To)).Body(words...))
	}
}
