// Package ui holds the components of the page. The same components draw the prerendered page and the live one.
//
// A component is a function of its exported fields: the document, and what of the reader's state it shows. It keeps
// nothing else, so that the first render in the browser equals the prerendered one. What only Go can show for a choice,
// the scene of the map and the calls of an actor, it shows from then on.
//
// Most of the page never changes once it is built. Such parts are settled: they are drawn when the site is built, and
// the client, which keeps only what can change, knows nothing of them. What a component reads outside settled must be
// in [story.Document.Excerpt], the story that the client gets; a test draws every page from it.
//
// Trees must be such that their HTML parses back to them: no empty and no neighbouring texts, no raw HTML
// (app/site/prerender refuses others).
package ui

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/find"
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
	All   bool   // with the evidence, for a page that stands alone
	Mark  int    // the mark whose card is open, 0 for none

	form  story.Form   // of the map, "" until the reader of the live page does something
	depth *story.Depth // nil until it is there
	index *find.Index  // of it, nil until it is wanted
	stop  func()       // ends the listening

	seen    lens   // what of the whole map is seen
	finding bool   // whether what the search found is shown
	findAll string // the kind of item of which all is
}

// OnMount begins to listen: to what the reader chooses, and to Back and Forward.
func (p *Page) OnMount(ctx app.Context) {
	now := reader.Parse(browser.Chosen(), "", p.Doc) // the reader may have chosen while the page was mounting
	stop, err := browser.Live(func(verb, a, b string) {
		ctx.Dispatch(func(ctx app.Context) {
			switch verb {
			case "choose":
				p.set(p.State.Choose(a, p.Doc))
			case "address":
				p.set(reader.Parse(a, b, p.Doc))
				p.fields()
			case "clear":
				p.set(p.State.Clear())
				p.fields()
			case "form":
				p.form = story.Form(a)
			case "depth":
				if depth, err := browser.Depth(); err == nil { // without it the page is what it was before Go came
					p.depth, _ = story.DecodeDepth(depth)
				}
			case "away": // the reader did something elsewhere
				p.shut()
			case "mark":
				p.Mark, _ = strconv.Atoi(a) // "" and what is no number: none
			}
		})
	})
	if err != nil {
		browser.Fail(fmt.Errorf("taking the page over: %w", err))
		return
	}
	// Without gestures the whole map has its buttons.
	still, err := browser.Gestures("scene", p.gesture)
	if err != nil {
		still = func() {}
	}
	p.stop = func() {
		stop()
		still()
	}
	// The filters of the address come now. What was typed and set before Go came is a wish, and goes first.
	asked := reader.Parse(browser.Query(), "", p.Doc)
	now = now.OfKind(wish("kind", "all", asked.Kind)).OfCamp(wish("camp", "all", asked.Camp), p.Doc)
	now = now.OfTie(wish("tie", "all", asked.Tie), p.Doc)
	now.Until, now.Article, now.Whole = asked.Until, asked.Article, asked.Whole
	if v, err := browser.Checked("only"); err == nil && v {
		now.Article = true
	}
	p.set(now.Search(wish("q", "", asked.Q)))
	if n := wish("until", strconv.Itoa(len(p.Doc.Calls)), ""); n != "" {
		p.until(n)
	}
	p.finding = p.State.Q != ""
	p.fields()
}

// OnDismount ends the listening.
func (p *Page) OnDismount() {
	if p.stop != nil {
		p.stop()
	}
}

// wish is what the reader put into a field; where there is no such field, or where it holds what it held at first, it is
// what the address asks for.
func wish(field, first, asked string) string {
	if v, err := browser.Value(field); err == nil && v != first && v != "" {
		return v
	}
	return asked
}

// fields writes the state into the fields, which are never rendered with a value.
func (p *Page) fields() {
	browser.SetValue("q", p.State.Q)
	browser.SetValue("kind", cmp.Or(p.State.Kind, "all"))
	browser.SetValue("camp", cmp.Or(p.State.Camp, "all"))
	browser.SetValue("tie", cmp.Or(p.State.Tie, "all"))
	browser.SetChecked("only", p.State.Article)
	p.nameUntil()
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
	if p.State.Picky() || p.State.Whole {
		root.DataSet("picky", "1")
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
	switch p.Part {
	case Whole:
	case Evidence:
		return p.evidence()
	default:
		return p.embed()
	}
	d, s := p.Doc, p.State
	end := one(settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return wayToEvidence(e, d) }))
	if p.All {
		end = p.everything()
	}
	finder := one(&Finder{Doc: d, Depth: p.depth, Q: s.Q, Open: p.finding, All: p.findAll, Page: p})
	if p.All {
		finder = nil // the ledger's is there
	}
	return p.root().Body(append([]app.UI{
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
			to := func(fragment, text string) app.UI { return app.A().Class("skip").Href(fragment).Body(app.Text(text)) }
			return e.Body(to("#main", d.Words.SkipToArticle), to("#timeline", d.Words.SkipToTimeline), to("#article", d.Words.SkipToStory))
		}),
		settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return masthead(e, d) }),
		live("main").ID("main").Body(join([]app.UI{
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return steps(e, d) }),
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return keyPoints(e, d) }),
			settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
				return e.Body(join(one(signs(d)), when(len(d.Numbers) > 0, keyNumbers(d)))...)
			}),
		}, finder, []app.UI{
			&Timeline{Doc: d, Shown: s.Shown(d), Actor: p.actor()},
			&ActorMap{Doc: d, Actor: s.Chosen[address.Actor], Scene: p.scene(), Form: p.form, Page: p},
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return article(e, d) }),
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return updates(e, d) }),
		}, end)...),
		&MarkCard{Doc: d, Mark: p.Mark, Part: p.Part},
	}, notices(d)...)...)
}

// fold keeps something long shut on phones (style.css) until it is wanted; elsewhere it is open, without its title.
func fold(id string, title app.UI, inside ...app.UI) app.UI {
	return app.Details().Class("fold").ID(id).Body(append(one(app.Summary().Body(title)), inside...)...)
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
