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

// The parts: the explainer's page, what stands in frames of other pages, and the evidence. An embed is the others for
// frames under tabs.
const (
	Whole      Part = ""
	Embed      Part = "embed"
	EmbedSteps Part = "steps"
	EmbedCalls Part = "calls"
	EmbedMap   Part = "map"
	EmbedViews Part = "views"
	Evidence   Part = "evidence"
)

// EmbedParts are the parts for frames that a document has something for, the one with all of them first.
func EmbedParts(d *story.Document) []Part {
	parts := []Part{Embed}
	if len(d.Steps) > 0 {
		parts = append(parts, EmbedSteps)
	}
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
	case Embed, Evidence:
		return string(p) + "/"
	}
	return "embed/" + string(p) + "/"
}

// Up leads from a part's page to the explainer's own: "../../".
func (p Part) Up() string { return strings.Repeat("../", strings.Count(p.Path(), "/")) }

// Where is the address, from a part's page, of a fragment that it does not have.
func (p Part) Where(fragment string) string {
	if p == Whole || address.OnEvidence(fragment) && p != Evidence {
		return p.Up() + Evidence.Path() + fragment
	}
	return p.Up() + fragment
}

// framed reports whether a part stands in frames of other pages.
func (p Part) framed() bool { return p != Whole && p != Evidence }

// Name is what readers call a part: the word on its tab.
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
		case EmbedSteps:
			tabs = append(tabs, settled(tab(part, i == 0), func(e app.HTMLElem) app.HTMLElem {
				return e.Body(tabTitle(d, part), stepRow(d, "h3"), stepLinks(d))
			}))
		case EmbedCalls:
			tabs = append(tabs, &Strip{Doc: d, Shown: p.State.Shown(d), Actor: p.actor(), First: i == 0})
		case EmbedMap:
			tabs = append(tabs, &SmallMap{Doc: d, Actor: p.State.Chosen[address.Actor], Scene: p.scene(), First: i == 0, Page: p})
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
		one(&MarkCard{Doc: d, Mark: p.Mark, Part: p.Part}),
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
	Shown int    // the call whose panel is open
	Actor string // whose calls stand out, "" for nobody
	First bool   // whether it is the first tab
}

// Render draws the strip. A story without calls has its events instead.
func (s *Strip) Render() app.UI {
	d := s.Doc
	if len(d.Calls) == 0 {
		return settled(tab(EmbedCalls, s.First), func(e app.HTMLElem) app.HTMLElem {
			return e.Body(tabTitle(d, EmbedCalls), app.Ol().Class("events").Body(eventsOf(d, false)...))
		})
	}
	var panels []app.UI
	for i := range d.Calls {
		shown := d.Calls[i].ID == s.Shown
		panels = append(panels, current(settled(el("article"), func(e app.HTMLElem) app.HTMLElem { return away(brief(e, d, i), shown) }), shown))
	}
	return tab(EmbedCalls, s.First).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedCalls)) }),
		live("figure").Class("axis").Body(
			axis(d, d.Timeline.Strip, "strip", bars(d, &d.Timeline.Strip, s.Shown, s.Actor)),
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
		first, further := a.Sentences, []story.Sentence(nil)
		if len(first) > 1 {
			first, further = first[:1], first[1:]
		}
		title := func() app.UI { return accountTitle(d, "h4", a.Camp) }
		accounts = append(accounts, app.Div().Class("account t-"+tone(d, a.Camp)).Body(append(one(title()), grouped(d, first, c.Date)...)...))
		if len(further) > 0 {
			rest = append(rest, app.Div().Class("block").Body(append(one(title()), grouped(d, further, c.Date)...)...))
		}
	}
	length := lengths(d, c)
	if len(c.Lengths) > 1 {
		// The range here, and who gave which length with the rest.
		rest = append(rest, titled("h4", w.Length, one(app.Dl().Class("facts").Body(app.Div().Body(length...))))...)
		length = one(app.Dd().Body(app.Text(c.Length)))
	}
	rest = append(rest, join(
		titled("h4", w.Topics, one(topics(d, c))),
		titled("h4", w.Followed, grouped(d, c.Followed, c.Date)),
		titled("h4", w.Disagreements, grouped(d, c.Disagreements, c.Date)),
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
			fact(true, w.Initiator, app.Dd().Body(sentence(d, c.Initiator)...)),
		)...),
		app.Div().Class("accounts").Body(accounts...),
		app.Details().Class("rest").Body(append(one(app.Summary().Body(app.Text(w.EmbedMore))), rest...)...),
		neighbours(d, i, whole),
	)
}

// SmallMap is the actor map of a frame, and of the chosen actor what he does to whom.
type SmallMap struct {
	app.Compo

	Doc   *story.Document
	Actor string // the chosen one
	Scene string // key of what the map shows, "" for the core
	First bool   // whether it is the first tab
	Page  *Page  // holds the state
}

// Render draws the map.
func (m *SmallMap) Render() app.UI {
	d := m.Doc
	return tab(EmbedMap, m.First).Body(
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Body(tabTitle(d, EmbedMap)) }),
		mapFilters(m.Page),
		live("figure").Class("map").Body(
			&Scene{Doc: d, Depth: m.Page.depth, Key: m.Scene, Form: m.Page.form, State: m.Page.State, Page: m.Page},
			atRest(d, story.Wide, story.Small),
			settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return mapLegend(e, d) })),
		cards(d, m.Actor),
		others(d),
	)
}
