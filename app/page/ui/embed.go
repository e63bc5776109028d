package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Part is the part of an explainer that a page shows.
type Part string

// The parts: the explainer's page, the parts for frames in other pages, and the evidence page. Embed has the other
// frame parts under tabs.
const (
	Whole      Part = ""
	Embed      Part = "embed"
	EmbedSteps Part = "steps"
	EmbedCalls Part = "calls"
	EmbedMap   Part = "map"
	EmbedViews Part = "views"
	Evidence   Part = "evidence"
)

// EmbedParts returns the parts for frames that a document has content for. The first is Embed, which has all of them.
func EmbedParts(d *story.Document) []Part {
	parts := []Part{Embed}
	if len(d.Steps) > 0 {
		parts = append(parts, EmbedSteps)
	}
	if d.HasTimeline() {
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

// Path is the folder of a part's page, within the folder of the explainer: "embed/map/".
func (p Part) Path() string {
	switch p {
	case Whole:
		return ""
	case Embed, Evidence:
		return string(p) + "/"
	}
	return "embed/" + string(p) + "/"
}

// Up is the relative path from a part's page to the explainer's own page: "../../".
func (p Part) Up() string { return strings.Repeat("../", strings.Count(p.Path(), "/")) }

// Where returns the relative address, from a part's page, of a fragment that this page does not have.
func (p Part) Where(fragment string) string {
	if p == Whole || address.OnEvidence(fragment) && p != Evidence {
		return p.Up() + Evidence.Path() + fragment
	}
	return p.Up() + fragment
}

// framed reports whether a part is shown in frames of other pages.
func (p Part) framed() bool { return p != Whole && p != Evidence }

// Name is the name of a part on its tab.
func (p Part) Name(d *story.Document) string {
	w := &d.Words
	switch p {
	case EmbedSteps:
		return w.TabSteps
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

// section is the id of a part's section. It is the id used on the explainer's page, so that an item has one address.
func (p Part) section() string {
	if p == EmbedCalls {
		return "timeline"
	}
	return string(p)
}

// embed draws the page of a part for frames.
func (p *Page) embed() app.UI {
	d := p.Doc
	parts := []Part{p.Part}
	if p.Part == Embed {
		parts = EmbedParts(d)[1:]
	}
	var tabs []app.UI
	for i, part := range parts {
		switch part {
		case EmbedSteps:
			tabs = append(tabs, settled(tab(d, part, i == 0), func(e app.HTMLElem) app.HTMLElem {
				return e.Body(tabTitle(d, part), stepRow(d, "h3"), stepLinks(d))
			}))
		case EmbedCalls:
			tabs = append(tabs, &Strip{Doc: d, Shown: p.State.Shown(d), Actor: p.actor(), First: i == 0})
		case EmbedMap:
			tabs = append(tabs, &SmallMap{
				Doc: d, Actor: p.State.Chosen[address.Actor], Scene: p.scene(), First: i == 0, Page: p,
			})
		case EmbedViews:
			tabs = append(tabs, settled(tab(d, part, i == 0), func(e app.HTMLElem) app.HTMLElem {
				body := one(tabTitle(d, part))
				for i := range d.Views {
					body = append(body, folded(d, &d.Views[i], "h3"))
				}
				return e.Body(body...)
			}))
		}
	}
	if len(parts) == 0 { // a story of sections alone: what a hurried reader needs of it
		tabs = one(settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return keyPoints(e, d) }))
	}
	return p.root().Class("embed").DataSet("part", string(p.Part)).Body(join(
		one(settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return embedHeader(e, d, p.Part, parts) })),
		one(live("main").ID("main").Body(tabs...)),
		one(settled(el("footer"), func(e app.HTMLElem) app.HTMLElem { return embedFooter(e, d, p.Part) })),
		one(&MarkCard{Doc: d, Mark: p.Mark, Part: p.Part}),
		notices(d),
	)...)
}

// tab is the section of a part. bridge.js shows one tab at a time: the first, later the one with the latest choice. Its
// name is its own: one that pointed to its heading would be gone while that is hidden, and a screen reader would list
// nameless regions.
func tab(d *story.Document, p Part, first bool) app.HTMLElem {
	e := built(live("section"), func(e app.HTMLElem) app.HTMLElem { return hideUnless(e, first) })
	return e.ID(p.section()).Attr("aria-label", p.Name(d)).Class("tab")
}

// tabTitle is the heading of a tab, hidden because sighted readers see the name on the tab.
func tabTitle(d *story.Document, p Part) app.UI {
	return app.H2().Class("vh").Body(app.Text(p.Name(d)))
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

// out is a link that opens outside of the frame.
func out(a app.HTMLA, href string) app.HTMLA { return a.Href(href).Target("_blank") }

// Strip is the timeline in a frame: the calls, and a short panel of the chosen call.
type Strip struct {
	app.Compo

	Doc   *story.Document
	Shown int    // the call whose panel is open
	Actor string // id of the actor whose calls are highlighted, "" for none
	First bool   // whether it is the first tab
}

// Render draws the strip. A story without calls shows its events instead.
func (s *Strip) Render() app.UI {
	d := s.Doc
	if len(d.Calls) == 0 {
		return settled(tab(d, EmbedCalls, s.First), func(e app.HTMLElem) app.HTMLElem {
			return e.Body(tabTitle(d, EmbedCalls), app.Ol().Class("events").Body(eventsOf(d, false)...))
		})
	}
	var panels []app.UI
	for i := range d.Calls {
		shown := d.Calls[i].ID == s.Shown
		article := settled(el("article"), func(e app.HTMLElem) app.HTMLElem { return hideUnless(brief(e, d, i), shown) })
		panels = append(panels, current(article, shown))
	}
	return tab(d, EmbedCalls, s.First).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedCalls)) }),
		live("figure").Class("axis").Body(
			axis(d, d.Timeline.Strip, "strip", bars(d, &d.Timeline.Strip, s.Shown, s.Actor)),
			settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return e.Class("legend").Body(lengthLegend(d)...) })),
		live("div").Class("panels").Body(panels...),
	)
}

// brief is the panel of call i in a frame: date, length, who called, and the first sentence of each side. The rest is
// folded.
func brief(e app.HTMLElem, d *story.Document, i int) app.HTMLElem {
	c, w := &d.Calls[i], &d.Words
	id := callID(c.ID)
	var accounts, rest []app.UI
	for _, a := range c.Accounts {
		first, further := a.Sentences, []story.Sentence(nil)
		if len(first) > 1 {
			first, further = first[:1], first[1:]
		}
		title := func() app.UI { return accountTitle(d, "h4", a.Camp) }
		body := append(one(title()), grouped(d, first, c.Date)...)
		accounts = append(accounts, app.Div().Class("account t-"+d.Tone(a.Camp)).Body(body...))
		if len(further) > 0 {
			rest = append(rest, app.Div().Class("block").Body(append(one(title()), grouped(d, further, c.Date)...)...))
		}
	}
	length := lengths(d, c)
	if len(c.Lengths) > 1 {
		// Show the range here, and the single accounts with the rest.
		rest = append(rest, titled("h4", w.Length, one(app.Dl().Class("facts").Body(app.Div().Body(length...))))...)
		length = one(app.Dd().Body(app.Text(c.Length)))
	}
	rest = append(rest, join(
		titled("h4", w.Topics, one(topics(d, c))),
		titled("h4", w.Followed, grouped(d, c.Followed, c.Date)),
		titled("h4", w.Disagreements, grouped(d, c.Disagreements, c.Date)),
		titled("h4", w.TookPart, chips(d, c.Actors)),
	)...)
	return e.Class("panel").ID(id).Body(append([]app.UI{
		app.Header().Body(
			app.P().Class("kick").Body(app.Text(c.Name)),
			app.Text(" "),
			app.H3().Body(app.Time().DateTime(c.Date.ISO).Body(app.Text(c.Day))),
			app.P().Class("short").Body(app.Text(c.Short)),
		),
		app.Dl().Class("facts").Body(join(
			fact(len(c.Lengths) > 0, w.Length, length...),
			fact(true, w.Initiator, app.Dd().Body(sentence(d, c.Initiator)...)),
		)...),
		app.Div().Class("accounts").Body(accounts...),
		app.Details().Class("rest").Body(append(one(app.Summary().Body(app.Text(w.EmbedMore))), rest...)...),
	}, callsBeside(d, i, onExplainerPage)...)...)
}

// SmallMap is the actor map in a frame, with the card of the chosen actor.
type SmallMap struct {
	app.Compo

	Doc   *story.Document
	Actor string // id of the chosen actor
	Scene string // key of the scene shown, "" for the core
	First bool   // whether it is the first tab
	Page  *Page  // holds the state
}

// Render draws the map.
func (m *SmallMap) Render() app.UI {
	d := m.Doc
	return tab(d, EmbedMap, m.First).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedMap)) }),
		mapFilters(m.Page),
		live("figure").Class("map").Body(
			&Scene{
				Doc: d, Depth: m.Page.depth, Key: m.Scene, Form: m.Page.form, Place: m.Page.inPlace(),
				State: m.Page.State, Page: m.Page,
			},
			atRest(d, story.Wide, story.Small),
			settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return mapLegend(e, d) })),
		cards(d, m.Actor),
		others(d),
	)
}
