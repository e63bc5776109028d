// Package ui holds the components of the page. The same components draw the prerendered page and the live one.
//
// A component is a function of its exported fields: the document, and the part of the reader's state that it shows. It
// keeps no other state, so that the first render in the browser equals the prerendered page. What only Go can show for
// a choice, such as the scene of the map and the calls of an actor, appears after the reader's next action; at once if
// the address names an actor.
//
// Most of the page never changes once it is built. Such parts are settled (see settled): they are drawn when the site
// is built, and the client does not contain them. Whatever a component reads outside of settled must be in
// [story.Document.Excerpt], the part of the story that the client loads. A test draws every page from the excerpt.
//
// The HTML of a tree must parse back to the same tree: no empty and no adjacent texts, no raw HTML (app/site/prerender
// refuses others).
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

// Page is the page of an explainer, its evidence page, or the page of a part for frames.
type Page struct {
	app.Compo

	Doc     *story.Document
	State   reader.State
	Part    Part
	OneFile string // address of the explainer in one file, "" for none
	All     bool   // include the evidence, for the explainer in one file
	Mark    int    // the mark whose card is open, 0 for none

	Pictures []Picture // of the map, to download

	form  story.Form   // of the map; "" until the reader does something on the live page, or came for an actor
	place bool         // whether the map must keep its size, since the reader has not done anything yet
	depth *story.Depth // nil until it is loaded
	index *find.Index  // index over depth, nil until the first search
	stop  func()       // ends listening

	seen    lens    // the visible part of the whole map
	window  int     // the part of the time axis that is shown, 0 for all of it
	spread  float64 // how far fingers have spread on the axis since it was opened, as a factor
	dragged float64 // how far they have moved to later times, in CSS pixels
	finding bool    // whether search results are shown
	findAll string  // the kind of item of which all results are shown
}

// OnMount starts to listen to the reader's choices, and to Back and Forward.
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
				p.set(p.State.Drop(a))
				p.fields()
				if a == "" {
					p.show(0)
				}
			case "window":
				n, _ := strconv.Atoi(a)
				p.show(n)
			case "form":
				p.form, p.place = story.Form(a), b != ""
			case "depth":
				if depth, err := browser.Depth(); err == nil { // without the depth, the page works as before Go started
					p.depth, _ = story.DecodeDepth(depth)
					p.show(0)
				}
				if p.depth != nil && p.Part == Whole {
					go func() { // so that the first key in the search need not wait
						index := p.newIndex(browser.Rest)
						ctx.Dispatch(func(app.Context) { p.index = index })
					}()
				}
			case "away": // the reader did something outside of the search
				p.shut()
			case "mark":
				p.Mark, _ = strconv.Atoi(a) // "" or an invalid number: none
			}
		})
	})
	if err != nil {
		browser.Fail(fmt.Errorf("taking the page over: %w", err))
		return
	}
	// Without a figure, or if this fails, the page has all the rest.
	overMap, _ := browser.Gestures("scene", p.gesture)
	overAxis, _ := browser.Gestures("axis", p.nearer)
	p.stop = func() {
		stop()
		overMap()
		overAxis()
	}
	// Apply the filters of the address now. What the reader typed or set in fields before Go started takes precedence.
	asked := reader.Parse(browser.Query(), "", p.Doc)
	now = now.OfKind(wish("kind", "all", asked.Kind)).OfCamp(wish("camp", "all", asked.Camp), p.Doc)
	now = now.OfTie(wish("tie", "all", asked.Tie), p.Doc)
	now.Until, now.Article, now.WholeMap = asked.Until, asked.Article, asked.WholeMap
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

// OnDismount stops listening.
func (p *Page) OnDismount() {
	if p.stop != nil {
		p.stop()
	}
}

// wish returns what the reader put into a field. If the field is missing or still has its first value, it returns
// asked, the value from the address.
func wish(field, first, asked string) string {
	if v, err := browser.Value(field); err == nil && v != first && v != "" {
		return v
	}
	return asked
}

// fields writes the state into the form fields. They are never rendered with a value.
func (p *Page) fields() {
	browser.SetValue("q", p.State.Q)
	browser.SetValue("kind", cmp.Or(p.State.Kind, "all"))
	browser.SetValue("camp", cmp.Or(p.State.Camp, "all"))
	browser.SetValue("tie", cmp.Or(p.State.Tie, "all"))
	browser.SetChecked("only", p.State.Article)
	p.nameUntil()
}

// set makes s the state of the page and of its address. go-app renders the components that depend on it again.
func (p *Page) set(s reader.State) {
	p.State = s
	browser.State(s.Query())
	p.keep()
}

// root is the page's root element, whose attributes hold the choice.
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
	if p.State.MapFiltered() || p.State.WholeMap || p.window > 0 {
		root.DataSet("picky", "1")
	}
	return root
}

// missed is the element where boot.js reports what does not work. It is empty until then.
func missed(d *story.Document) app.UI {
	return settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
		w := &d.Words
		button := func(does, text string) app.UI {
			return app.Button().Type("button").DataSet(does, "1").Body(app.Text(text))
		}
		return e.Class("calm").Attr("role", "status").Attr("hidden", true).
			DataSet("failed", w.Failed).DataSet("off", w.Off).DataSet("blocked", w.Blocked).
			Body(app.Span(), button("reload", w.Reload), button("close", w.Close))
	})
}

// notices are elements for messages.
func notices(d *story.Document) []app.UI {
	return []app.UI{
		missed(d),
		// Tells screen readers what was chosen.
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
		finder = nil // the ledger is on this page, with its own search
	}
	return p.root().Body(append([]app.UI{
		settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
			to := func(fragment, text string) app.UI { return app.A().Class("skip").Href(fragment).Body(app.Text(text)) }
			return e.Body(join(
				one(to("#main", d.Words.SkipToArticle)),
				when(d.HasTimeline(), to("#timeline", d.Words.SkipToTimeline)),
				when(len(d.Actors) > 0, to("#map", d.Words.SkipToMap)),
				when(len(d.Sections) > 0, to("#article", d.Words.SkipToStory)))...)
		}),
		settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return masthead(e, d) }),
		live("main").ID("main").Body(join([]app.UI{
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return steps(e, d) }),
			settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return keyPoints(e, d) }),
			settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
				return e.Body(join(one(signs(d)), when(len(d.Numbers) > 0, keyNumbers(d)))...)
			}),
		}, finder,
			when(d.HasTimeline(), &Timeline{
				Doc: d, Shown: s.Shown(d), Actor: p.actor(), Depth: p.depth, Window: p.window, Page: p,
			}),
			when(len(d.Actors) > 0,
				&ActorMap{
					Doc: d, Actor: s.Chosen[address.Actor], Scene: p.scene(), Form: p.form, Place: p.inPlace(), Page: p,
				}), []app.UI{
				settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return article(e, d) }),
				settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return updates(e, d) }),
			}, end)...),
		&MarkCard{Doc: d, Mark: p.Mark, Part: p.Part},
	}, notices(d)...)...)
}

// fold folds long content on phones (style.css) until the reader opens it. Elsewhere it is open, without its title.
func fold(id string, title app.UI, inside ...app.UI) app.UI {
	return app.Details().Class("fold").ID(id).Body(append(one(app.Summary().Body(title)), inside...)...)
}

// section makes e the section with the given id, named by its heading, so that it is a landmark.
func section(e app.HTMLElem, id string) app.HTMLElem {
	return e.ID(id).Attr("aria-labelledby", id+"-title")
}

// heading is the title of the section with the given id, with an optional line under it.
func heading(id, title string, lead ...app.UI) []app.UI {
	all := one(app.H2().ID(id + "-title").Body(app.Text(title)))
	if len(lead) > 0 {
		all = append(all, app.P().Class("lead").Body(lead...))
	}
	return all
}

// opening is the heading of a section whose other parts are live.
func opening(build func() []app.UI) app.UI {
	return settled(el("div"), func(e app.HTMLElem) app.HTMLElem { return e.Class("opening").Body(build()...) })
}
