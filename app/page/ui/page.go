// Package ui holds the components of the page. The same components draw the prerendered page and the live one.
//
// A component is a function of its exported fields: the document, and what of the reader's state it shows. It keeps
// nothing else, so that the first render in the browser equals the prerendered one. What is lit and what is dimmed
// when a call or an actor is chosen is not rendered here: the page carries the choice as one attribute on its root,
// and the style sheet of the explainer (app/site) does the rest, with scripts and without.
//
// Most of the page never changes once it is built. Such parts are settled: they are drawn when the site is built, and
// the client, which keeps only what can change, knows nothing of them. What a component reads outside settled must be
// in [story.Document.Excerpt], the story that the client gets.
//
// Trees must be such that their HTML parses back to them: no empty and no neighbouring texts, no raw HTML
// (app/site/prerender refuses others).
package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Page is the page of an explainer, or of a part of it for frames.
type Page struct {
	app.Compo

	Doc   *story.Document
	State reader.State
	Part  Part
	Whole string // address of the page in one file, "" for none
}

// OnMount begins to listen: to what the reader chooses, and to Back and Forward.
func (p *Page) OnMount(ctx app.Context) {
	now := reader.Parse(browser.Chosen(), "", p.Doc) // the reader may have chosen while the page was mounting
	browser.Live(func(verb, a, b string) {
		ctx.Dispatch(func(ctx app.Context) {
			switch verb {
			case "choose":
				p.set(p.State.Choose(a, p.Doc))
			case "address":
				p.set(reader.Parse(a, b, p.Doc))
				p.fields()
			case "clear":
				p.set(p.State.Clear())
			}
		})
	})
	// The filters of the address come now. What was typed and set before Go came is a wish, and goes first.
	asked := reader.Parse(browser.Query(), "", p.Doc)
	now = now.OfKind(or(browser.Value("kind"), "all", asked.Kind)).OfCamp(or(browser.Value("camp"), "all", asked.Camp), p.Doc)
	p.set(now.Search(or(browser.Value("q"), "", asked.Q)))
	p.fields()
}

// or is what a field holds, unless that is what it held at first.
func or(field, first, asked string) string {
	if field != first && field != "" {
		return field
	}
	return asked
}

// fields writes the state into the fields, which are never rendered with a value.
func (p *Page) fields() {
	browser.SetValue("q", p.State.Q)
	browser.SetValue("kind", or(p.State.Kind, "", "all"))
	browser.SetValue("camp", or(p.State.Camp, "", "all"))
}

// set makes s the state, on the page and in its address. Components that it concerns render again.
func (p *Page) set(s reader.State) {
	p.State = s
	browser.State(s.Query())
}

// root is the element that carries the choice.
func (p *Page) root() app.HTMLElem {
	root := live("div").ID("sharh").DataSet("open", callID(p.Doc.Timeline.Open))
	for _, k := range address.Choices() {
		if id := p.State.Chosen[k]; id != "" {
			root.DataSet(k.String(), id)
		}
	}
	if p.State.Camp != "" {
		root.DataSet("camp", p.State.Camp)
	}
	return root
}

// missed is where boot.js says what the reader misses. Empty until then, so that nothing is said at first.
func missed(d *story.Document) app.UI {
	return settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
		w := &d.Words
		button := func(does, text string) app.UI {
			return app.Button().Type("button").DataSet(does, "1").Body(app.Text(text))
		}
		return e.Class("calm").Attr("role", "status").Attr("hidden", true).DataSet("failed", w.Failed).DataSet("off", w.Off).DataSet("blocked", w.Blocked).
			Body(app.Span(), button("reload", w.Reload), button("close", w.Close))
	})
}

// notices are what is said when something happens.
func notices(d *story.Document) []app.UI {
	return []app.UI{
		missed(d),
		// What was chosen, to readers who do not see it.
		settled(el("p"), func(e app.HTMLElem) app.HTMLElem {
			return e.Class("vh").Attr("role", "status").DataSet("chosen", d.Words.Chosen).DataSet("cleared", d.Words.Cleared)
		}),
	}
}

// Render draws the page.
func (p *Page) Render() app.UI {
	if p.Part != Whole {
		return p.embed()
	}
	d, s := p.Doc, p.State
	return p.root().Body(append([]app.UI{
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
			to := func(fragment, text string) app.UI { return app.A().Class("skip").Href(fragment).Body(app.Text(text)) }
			return e.Body(to("#main", d.Words.SkipToArticle), to("#timeline", d.Words.SkipToTimeline), to("#article", d.Words.SkipToStory))
		}),
		settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return masthead(e, d) }),
		live("main").ID("main").Body(
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return keyPoints(e, d) }),
			&Timeline{Doc: d, Shown: s.Shown(d)},
			&ActorMap{Doc: d, Actor: s.Chosen[address.Actor], Page: p},
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return article(e, d) }),
			&Ledger{Doc: d, Kind: s.Kind, Q: s.Q, Page: p},
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return updates(e, d) }),
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return about(e, d) }),
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return sources(e, d, p.Whole) }),
		),
	}, notices(d)...)...)
}

// fold keeps a long list shut on phones (style.css) until it is wanted; elsewhere, and without scripts, it is open.
func fold(d *story.Document, of, title string, list ...app.UI) app.UI {
	summary := settled(el("summary"), func(e app.HTMLElem) app.HTMLElem {
		return e.Body(app.Text(d.Words.Whole + d.Words.Colon + " " + title))
	})
	return live("details").Class("fold").ID(of + "-list").Body(append(one(summary), list...)...)
}

// section makes e the section id of the page, named by its heading: a landmark.
func section(e app.HTMLElem, id string) app.HTMLElem {
	return e.ID(id).Attr("aria-labelledby", id+"-title")
}

// heading is the title of the section id of the page, with a line under it.
func heading(id, title string, lead ...app.UI) []app.UI {
	all := one(app.H2().ID(id + "-title").Body(app.Text(title)))
	if len(lead) > 0 {
		all = append(all, app.P().Class("lead").Body(lead...))
	}
	return all
}

// opening is the heading of a section that has live parts after it.
func opening(build func() []app.UI) app.UI {
	return settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Class("opening").Body(build()...) })
}
