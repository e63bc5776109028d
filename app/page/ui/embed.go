package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Part is what a page shows of an explainer.
type Part string

// The parts: all of it, and what stands in frames of other pages. An embed is the three others under tabs.
const (
	Whole      Part = ""
	Embed      Part = "embed"
	EmbedCalls Part = "calls"
	EmbedMap   Part = "map"
	EmbedViews Part = "views"
)

// EmbedParts are the parts for frames that a document has something for, the one with all of them first.
func EmbedParts(d *story.Document) []Part {
	parts := []Part{Embed}
	if len(d.Calls) > 0 || slices.ContainsFunc(d.Events, func(e story.Event) bool { return !e.After }) {
		parts = append(parts, EmbedCalls)
	}
	if len(d.Actors) > 0 {
		parts = append(parts, EmbedMap)
	}
	if len(d.Views) > 0 {
		parts = append(parts, EmbedViews)
	}
	return parts
}

// Path is where a part's page is in the folder of the explainer: "embed/map/".
func (p Part) Path() string {
	switch p {
	case Whole:
		return ""
	case Embed:
		return "embed/"
	}
	return "embed/" + string(p) + "/"
}

// Up leads from a part's page to the explainer's own: "../../".
func (p Part) Up() string { return strings.Repeat("../", strings.Count(p.Path(), "/")) }

// Name is what readers call a part: the word on its tab.
func (p Part) Name(d *story.Document) string {
	w := &d.Words
	switch p {
	case EmbedCalls:
		if len(d.Calls) == 0 {
			return w.TabTimeline
		}
		return w.TabCalls
	case EmbedMap:
		return w.TabMap
	case EmbedViews:
		return w.TabViews
	}
	return d.Title
}

// section is the id of the section that a part is: those of the whole page, so that an item has one address.
func (p Part) section() string {
	if p == EmbedCalls {
		return "timeline"
	}
	return string(p)
}

// embed draws a part for a frame.
func (p *Page) embed() app.UI {
	d := p.Doc
	parts := []Part{p.Part}
	if p.Part == Embed {
		parts = EmbedParts(d)[1:]
	}
	var tabs []app.UI
	for i, part := range parts {
		switch part {
		case EmbedCalls:
			tabs = append(tabs, &Strip{Doc: d, Shown: p.State.Shown(d)})
		case EmbedMap:
			tabs = append(tabs, &SmallMap{Doc: d, Actor: p.State.Chosen[address.Actor], First: i == 0, Page: p})
		case EmbedViews:
			tabs = append(tabs, settled(tab(part, i == 0), func(e app.HTMLElem) app.HTMLElem {
				body := one(tabTitle(d, part))
				for i := range d.Views {
					body = append(body, folded(d, &d.Views[i], "h3"))
				}
				return e.Body(body...)
			}))
		}
	}
	return p.root().Class("embed").DataSet("part", string(p.Part)).Body(join(
		one(settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return embedHeader(e, d, p.Part, parts) })),
		one(live("main").ID("main").Body(tabs...)),
		one(settled(el("footer"), func(e app.HTMLElem) app.HTMLElem { return embedFooter(e, d, p.Part) })),
		notices(d),
	)...)
}

// tab is the section that a part is. bridge.js shows one at a time: the first, then the one that holds what was chosen last.
func tab(p Part, first bool) app.HTMLElem {
	e := built(live("section"), func(e app.HTMLElem) app.HTMLElem { return away(e, first) })
	return section(e, p.section()).Class("tab")
}

// tabTitle is the heading of a tab. Who sees the page reads it on the tab.
func tabTitle(d *story.Document, p Part) app.UI {
	return app.H2().ID(p.section() + "-title").Class("vh").Body(app.Text(p.Name(d)))
}

func embedHeader(e app.HTMLElem, d *story.Document, p Part, parts []Part) app.HTMLElem {
	var tabs []app.UI
	if len(parts) > 1 {
		for i, part := range parts {
			tabs = append(tabs, current(el("a").Attr("href", "#"+part.section()), i == 0).Body(app.Text(part.Name(d))))
		}
	}
	return e.Class("mast").Body(join(
		one(app.H1().Body(out(app.A(), p.Up()).Body(app.Text(d.Title)))),
		when(tabs != nil, app.Nav().Class("tabs").Aria("label", d.Words.EmbedParts).Body(tabs...)),
	)...)
}

func embedFooter(e app.HTMLElem, d *story.Document, p Part) app.HTMLElem {
	return e.Class("foot").Body(
		app.P().Body(app.Text(d.Words.FactsAsOf+" "), date(d.FactsAsOf)),
		app.P().Body(out(app.A().Class("out"), p.Up()).Body(
			app.Text(d.Words.EmbedWhole), app.Span().Class("vh").Body(app.Text(" ("+d.Words.NewWindow+")")))),
	)
}

// out is a link out of the frame.
func out(a app.HTMLA, href string) app.HTMLA { return a.Href(href).Target("_blank") }

// Strip is the timeline of a frame: the calls alone, and of the chosen one what a hurried reader needs.
type Strip struct {
	app.Compo

	Doc   *story.Document
	Shown int // the call whose panel is open
}

// Render draws the strip. A story without calls has its events instead.
func (s *Strip) Render() app.UI {
	d := s.Doc
	if len(d.Calls) == 0 {
		return settled(tab(EmbedCalls, true), func(e app.HTMLElem) app.HTMLElem {
			return e.Body(tabTitle(d, EmbedCalls), app.Ol().Class("events").Body(eventsOf(d, false)...))
		})
	}
	var bars, panels []app.UI
	for i := range d.Calls {
		shown := d.Calls[i].ID == s.Shown
		bars = append(bars, current(settled(svg("a"), func(e app.HTMLElem) app.HTMLElem { return bar(e, d, i, d.Timeline.Strip, whole) }), shown))
		panels = append(panels, current(settled(el("article"), func(e app.HTMLElem) app.HTMLElem { return away(brief(e, d, i), shown) }), shown))
	}
	return tab(EmbedCalls, true).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedCalls)) }),
		live("figure").Class("axis").Body(
			axis(d, d.Timeline.Strip, "strip", bars),
			settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return e.Class("legend").Body(lengthLegend(d)...) })),
		live("div").Class("panels").Body(panels...),
	)
}

// brief is the panel of the call of index i in a frame: when, how long, who rang, and what each side said first; the rest is
// folded.
func brief(e app.HTMLElem, d *story.Document, i int) app.HTMLElem {
	c, w := &d.Calls[i], &d.Words
	id := callID(c.ID)
	var accounts, rest []app.UI
	for _, a := range c.Accounts {
		first, further := briefly(a.Sentences, c.Date), []story.Sentence(nil)
		if len(first) > 1 {
			first, further = first[:1], first[1:]
		}
		title := func() app.UI { return accountTitle(d, "h4", a.Camp) }
		accounts = append(accounts, app.Div().Class("account t-"+tone(d, a.Camp)).Body(append(one(title()), paragraphs(d, first)...)...))
		if len(further) > 0 {
			rest = append(rest, app.Div().Class("block").Body(append(one(title()), paragraphs(d, further)...)...))
		}
	}
	length := lengths(d, c)
	if len(c.Lengths) > 1 {
		// The range here, and who gave which length with the rest.
		rest = append(rest, titled("h4", w.Length, one(app.Dl().Class("facts").Body(app.Div().Body(length...))))...)
		var sources []string
		for _, l := range c.Lengths {
			sources = append(sources, l.Sources...)
		}
		slices.Sort(sources)
		length = one(app.Dd().Body(append(one(app.Span().Body(app.Text(c.Length))), cites(d, slices.Compact(sources), nil)...)...))
	}
	rest = append(rest, join(
		titled("h4", w.Topics, one(topics(d, c))),
		titled("h4", w.Followed, paragraphs(d, briefly(c.Followed, c.Date))),
		titled("h4", w.Disagreements, paragraphs(d, briefly(c.Disagreements, c.Date))),
		titled("h4", w.TookPart, chips(d, c.Actors)),
	)...)
	return e.Class("panel").ID(id).DataSet("item", id).Body(
		app.Header().Body(
			app.P().Class("kick").Body(app.Text(c.Name)),
			app.Text(" "),
			app.H3().Body(app.Time().DateTime(c.Date.ISO).Body(app.Text(c.Day))),
			app.P().Class("short").Body(app.Text(c.Short)),
		),
		app.Dl().Class("facts").Body(join(
			fact(len(c.Lengths) > 0, w.Length, length...),
			fact(true, w.Initiator, app.Dd().Body(sentence(d, briefly([]story.Sentence{c.Initiator}, c.Date)[0])...)),
		)...),
		app.Div().Class("accounts").Body(accounts...),
		app.Details().Class("rest").Body(append(one(app.Summary().Body(app.Text(w.EmbedMore))), rest...)...),
		steps(d, i, whole),
	)
}

// briefly takes off sentences what a frame has no room for: the date, if it is that of the call, which stands above, and
// statements where sources carry the sentence too. Either is one link away.
func briefly(all []story.Sentence, day story.Date) []story.Sentence {
	all = slices.Clone(all)
	for i := range all {
		if all[i].Date == day {
			all[i].Date = story.Date{}
		}
		if len(all[i].Sources) > 0 {
			all[i].Statements = nil
		}
	}
	return all
}

// SmallMap is the actor map of a frame, and of the chosen actor what he does to whom.
type SmallMap struct {
	app.Compo

	Doc   *story.Document
	Actor string // the chosen one
	First bool   // whether it is the first tab
	Page  *Page  // holds the state
}

// Render draws the map.
func (m *SmallMap) Render() app.UI {
	d := m.Doc
	var nodes, cards []app.UI
	for i := range d.Actors {
		chosen := d.Actors[i].ID == m.Actor
		nodes = append(nodes, current(settled(svg("a"), func(e app.HTMLElem) app.HTMLElem { return node(e, d, i, d.Map.Small) }), chosen))
		cards = append(cards, current(settled(el("article"), func(e app.HTMLElem) app.HTMLElem { return away(briefCard(e, d, &d.Actors[i]), chosen) }), chosen))
	}
	return tab(EmbedMap, m.First).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedMap)) }),
		mapFilters(m.Page),
		live("figure").Class("map").Body(
			network(d, d.Map.Small, "small", nodes),
			settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return mapLegend(e, d) })),
		live("div").Class("cards").Body(append(one(
			settled(el("p"), func(e app.HTMLElem) app.HTMLElem { return e.Class("hint").Body(app.Text(d.Words.EmbedChoose)) })), cards...)...),
	)
}

// briefCard is an actor in a frame: his role, and a line for each of his acts.
func briefCard(e app.HTMLElem, d *story.Document, a *story.Actor) app.HTMLElem {
	id := address.Actor.ID(a.ID)
	var acts []app.UI
	for i := range d.Relations {
		r := &d.Relations[i]
		if r.From != a.ID {
			continue
		}
		acts = append(acts, app.Li().Body(app.P().Class("act").Body(join(
			one(mark(d, r.Said.Kind, r.Said.By)), one(app.Text(" ")), actOf(d, r), briefCites(d, r.Said.Sources, r.Said.Statements))...)))
	}
	return e.Class("card t-"+tone(d, a.Camp)).ID(id).DataSet("item", id).Body(join(
		one(app.H3().Body(dot(tone(d, a.Camp)), app.Text(a.Name))),
		one(app.P().Class("role").Body(append(one(app.Span().Body(app.Text(a.Role))), briefCites(d, a.Sources, a.Statements)...)...)),
		when(a.Added, app.P().Class("note").Body(app.Text(d.Words.Added))),
		when(len(acts) > 0, app.Ul().Class("acts").Body(acts...)),
	)...)
}
