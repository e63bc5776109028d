package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/story"
	"sharh/app/story/address"
)

// ActorMap is the second figure, and the card of the chosen actor. All relations in text are on the evidence page.
type ActorMap struct {
	app.Compo

	Doc   *story.Document
	Actor string // the chosen one
	Page  *Page  // holds the state
}

// OnInit rests before the map is mounted.
func (m *ActorMap) OnInit() { browser.Rest() }

// Render draws the map.
func (m *ActorMap) Render() app.UI {
	d := m.Doc
	return section(live("section"), "map").Body(
		opening(func() []app.UI { return heading("map", d.Map.Title, rich(d, d.Map.Lead)...) }),
		mapFilters(m.Page),
		live("div").Class("stage").Body(
			live("figure").Class("map").Body(
				network(d, d.Map.Wide, "wide", m.nodes(func() story.Layout { return d.Map.Wide })),
				network(d, d.Map.Tall, "tall", m.nodes(func() story.Layout { return d.Map.Tall })),
				settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return mapLegend(e, d) })),
			cards(d, m.Actor),
		),
	)
}

// nodes are the actors on a layout.
func (m *ActorMap) nodes(layout func() story.Layout) []app.UI { return nodes(m.Doc, m.Actor, layout) }

func nodes(d *story.Document, actor string, layout func() story.Layout) []app.UI {
	var all []app.UI
	for i := range d.Actors {
		all = append(all, current(settled(svg("a"), func(e app.HTMLElem) app.HTMLElem { return node(e, d, i, layout()) }), d.Actors[i].ID == actor))
	}
	return all
}

// cards has a card for each actor, of which that of the chosen one is shown.
func cards(d *story.Document, actor string) app.UI {
	all := one(settled(el("p"), func(e app.HTMLElem) app.HTMLElem { return e.Class("hint").Body(app.Text(d.Words.EmbedChoose)) }))
	for i := range d.Actors {
		chosen := d.Actors[i].ID == actor
		all = append(all, current(settled(el("article"), func(e app.HTMLElem) app.HTMLElem { return away(card(e, d, &d.Actors[i]), chosen) }), chosen))
	}
	return live("div").Class("cards").Body(all...)
}

// mapFilters light one side, and take back what was chosen.
func mapFilters(p *Page) app.UI {
	d := p.Doc
	return live("div").Class("filters").Body(
		settled(el("label"), func(e app.HTMLElem) app.HTMLElem {
			return e.Attr("for", "camp").DataSet("live", "1").Hidden(len(d.Camps) == 0).Body(app.Text(d.Words.CampFilter))
		}),
		settled(el("select"), func(e app.HTMLElem) app.HTMLElem {
			options := one(app.Option().Value("all").Body(app.Text(d.Words.AllCamps)))
			for _, c := range d.Camps {
				options = append(options, app.Option().Value(c.ID).Body(app.Text(c.Name)))
			}
			return e.ID("camp").Attr("name", "camp").DataSet("wish", "1").DataSet("live", "1").Hidden(len(d.Camps) == 0).Body(options...)
		}).On("change", browser.Field("camp", p.ofCamp)),
		settled(el("a"), func(e app.HTMLElem) app.HTMLElem {
			return e.Class("clear").Attr("href", "#map").DataSet("clear", "1").Body(app.Text(d.Words.Clear))
		}),
	)
}

func (p *Page) ofCamp(camp string) { p.set(p.State.OfCamp(camp, p.Doc)) }

// network draws relations under the nodes of their actors.
func network(d *story.Document, l story.Layout, class string, nodes []app.UI) app.UI {
	return figure(class, l.Width, l.Height, d.Map.Title).Body(
		settled(svg("g"), func(e app.HTMLElem) app.HTMLElem { return relations(e, d, l, class) }),
		liveSVG("g").Class("nodes").Body(nodes...),
	)
}

func relations(e app.HTMLElem, d *story.Document, l story.Layout, class string) app.HTMLElem {
	var heads, lines, labels []app.UI
	for _, p := range story.Polarities {
		// Each drawing has heads of its own: those of one that is not shown would not be drawn.
		heads = append(heads, arrowHead(class+"-"+p, p))
	}
	for i, a := range l.Arrows {
		r := &d.Relations[i]
		tag := func(g app.HTMLElem) app.HTMLElem {
			return g.Attr("data-of", of(r.Calls, r.Ends))
		}
		lines = append(lines, tag(svg("g").Class("rel p-"+r.Polarity)).Body(join(
			when(a.Tether != "", path(a.Tether).Class("tether")),
			one(path(a.Path).Class("line").Attr("marker-end", "url(#"+class+"-"+r.Polarity+")")))...))
		if a.Label.Text != "" {
			labels = append(labels, tag(svg("g").Class("rl p-"+r.Polarity)).Body(label(a.Label, d.Dir)))
		}
	}
	// Not to be heard: out of the drawing these labels have no subject. The cards say all of it in sentences.
	return e.Attr("aria-hidden", "true").Body(join(
		when(len(lines) > 0, svg("defs").Body(heads...), svg("g").Class("rels").Body(lines...)),
		when(len(labels) > 0, svg("g").Class("rls").Body(labels...)),
	)...)
}

// arrowHead is the head of arrows of a polarity, under an id.
func arrowHead(id, polarity string) app.UI {
	return svg("marker").ID(id).Class("p-"+polarity).Attr("viewBox", "0 0 10 10").Attr("refX", "9").Attr("refY", "5").
		Attr("markerWidth", "9").Attr("markerHeight", "9").Attr("markerUnits", "userSpaceOnUse").Attr("orient", "auto").
		Body(path("M0 .4L10 5L0 9.6Z").Class("head"))
}

// node is the actor of index i on the map.
func node(e app.HTMLElem, d *story.Document, i int, l story.Layout) app.HTMLElem {
	a, r := &d.Actors[i], l.Nodes[i]
	class := "node s-" + a.Shape + " t-" + tone(d, a.Camp)
	if a.Added {
		class += " added"
	}
	if a.Camp != "" {
		class += " of-" + a.Camp
	}
	// Who speaks to his device says what he sees, so that must be in the name.
	if name := a.Name; name != a.Label {
		if !strings.Contains(name, a.Label) {
			name = a.Label + d.Words.Comma + " " + name
		}
		e.Attr("aria-label", name)
	}
	return e.Attr("href", address.Actor.Fragment(a.ID)).Class(class).Attr("data-item", address.Actor.ID(a.ID)).
		Attr("data-of", of(a.Calls, a.Near)).Body(
		outline(a.Shape, r),
		svg("text").Attr("x", num(r.X+r.W/2)).Attr("y", num(r.Y+r.H/2+5)).Body(app.Text(a.Label)),
	)
}

// outline is the shape of an actor: people are round, institutions and states square, meetings and events pointed,
// subjects notched; voices and media have a broken line by the style sheet.
func outline(shape string, r story.Rect) app.UI {
	switch shape {
	case "person", "voices", "media":
		return rect(r).Attr("rx", num(r.H/2))
	case "summit", "event":
		x1, x2, x3, x4 := num(r.X), num(r.X+12), num(r.X+r.W-12), num(r.X+r.W)
		y1, y2, y3 := num(r.Y), num(r.Y+r.H/2), num(r.Y+r.H)
		return path("M" + x1 + " " + y2 + "L" + x2 + " " + y1 + "H" + x3 + "L" + x4 + " " + y2 + "L" + x3 + " " + y3 + "H" + x2 + "Z")
	case "state":
		return rect(r)
	default:
		return rect(r).Attr("rx", "3")
	}
}

func mapLegend(e app.HTMLElem, d *story.Document) app.HTMLElem {
	var items []app.UI
	for _, p := range story.Polarities {
		if !slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Polarity == p }) {
			continue
		}
		items = append(items, app.Span().Body(
			svg("svg").Class("rel p-"+p).Attr("viewBox", "0 0 34 10").Attr("aria-hidden", "true").Body(
				path("M32 5H7").Class("line"), path("M1 5l9 -4v8Z").Class("head")),
			app.Text(d.Words.Polarities[p])))
	}
	for _, c := range d.Camps {
		items = append(items, app.Span().Body(dot(c.Tone), app.Text(c.Name)))
	}
	if slices.ContainsFunc(d.Actors, func(a story.Actor) bool { return a.Added }) ||
		slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Added }) {
		items = append(items, app.Span().Body(app.I().Class("plus").Aria("hidden", "true"), app.Text(d.Words.Added)))
	}
	return e.Class("legend").Body(items...)
}

// card is an actor: his role, and a line for each of his acts towards another.
func card(e app.HTMLElem, d *story.Document, a *story.Actor) app.HTMLElem {
	id := address.Actor.ID(a.ID)
	var acts []app.UI
	for i := range d.Relations {
		if r := &d.Relations[i]; r.From == a.ID {
			acts = append(acts, app.Li().Body(app.P().Class("act").Body(append(actOf(d, r), sign(d, r.Said.Mark)...)...)))
		}
	}
	return e.Class("card t-"+tone(d, a.Camp)).ID(id).DataSet("item", id).Body(join(
		one(app.H3().Body(join(one(dot(tone(d, a.Camp))), one(app.Text(a.Name)),
			when(a.Added, app.I().Class("plus").Role("img").Aria("label", d.Words.Added)))...)),
		one(app.P().Class("role").Body(append(one(app.Text(a.Role)), sign(d, a.Mark)...)...)),
		when(len(acts) > 0, app.Ul().Class("acts").Body(acts...)),
	)...)
}

// actOf says a relation in a line: how, what, to whom, by way of whom.
func actOf(d *story.Document, r *story.Relation) []app.UI {
	return join(
		one(app.Span().Class("pol p-"+r.Polarity).Body(app.Text(d.Words.Polarities[r.Polarity]))),
		one(app.Text(" ")), one(app.B().Body(app.Text(r.Label))), one(app.Text(" ")),
		one(app.Span().Class("to").Body(app.A().Href(address.Actor.Fragment(r.To)).Body(app.Text(actorName(d, r.To))))),
		when(r.Via != "", app.Text(" "), app.Span().Body(
			app.Text(d.Words.Via+" "), app.A().Href(address.Actor.Fragment(r.Via)).Body(app.Text(actorName(d, r.Via))))),
	)
}
