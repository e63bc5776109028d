package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Item is a step, call, view or actor that has a small page of its own, to share. Exactly one of Step, Call, View and
// Actor is set. These pages do not load the client.
type Item struct {
	Step  *story.Step
	Call  *story.Call
	View  *story.View
	Actor *story.Actor
	Index int // index among the items of its kind

	Picture Picture // of the item's scene, to download; the zero value for none

	doc *story.Document
}

// Items returns the steps, calls, views and actors of d, in this order.
func Items(d *story.Document) []Item {
	var all []Item
	for i := range d.Steps {
		all = append(all, Item{Step: &d.Steps[i], Index: i, doc: d})
	}
	for i := range d.Calls {
		all = append(all, Item{Call: &d.Calls[i], Index: i, doc: d})
	}
	for i := range d.Views {
		all = append(all, Item{View: &d.Views[i], Index: i, doc: d})
	}
	for i := range d.Actors {
		all = append(all, Item{Actor: &d.Actors[i], Index: i, doc: d})
	}
	return all
}

// named returns the item's name in addresses.
func (i Item) named() (kind address.Kind, id string) {
	switch {
	case i.Step != nil:
		return address.Step, strconv.Itoa(i.Step.Number)
	case i.Call != nil:
		return address.Call, strconv.Itoa(i.Call.ID)
	case i.Actor != nil:
		return address.Actor, i.Actor.ID
	}
	return address.View, i.View.ID
}

// Path is the folder of the item's page, within the folder of the explainer: "call/3/".
func (i Item) Path() string {
	kind, id := i.named()
	return kind.Page(id)
}

// Query is the query that opens a page of the explainer with the item chosen: "?call=3".
func (i Item) Query() string {
	kind, id := i.named()
	return kind.Query(id)
}

// Where returns the relative address, from the item's page, of a fragment of the explainer's own page or of its
// evidence page.
func (i Item) Where(fragment string) string {
	if address.OnEvidence(fragment) {
		return "../../" + Evidence.Path() + fragment
	}
	return "../../" + fragment
}

// Scene is the key of the item's scene of the map, which the story may lack.
func (i Item) Scene() string {
	kind, id := i.named()
	return story.SceneKey(map[address.Kind]string{
		address.Call: story.CallScene, address.Actor: story.ActorScene, address.View: story.ViewScene,
	}[kind], id)
}

// fragment is the item's fragment on the explainer's own page.
func (i Item) fragment() string {
	kind, id := i.named()
	return kind.Fragment(id)
}

// Title is the title of the item's page.
func (i Item) Title() string {
	switch {
	case i.Step != nil:
		return i.Step.Headline
	case i.Call != nil:
		return i.Call.Name + i.doc.Words.Colon + " " + i.Call.Short
	case i.Actor != nil:
		return i.Actor.Name
	}
	return i.View.Title
}

// Description is a summary of the item, for previews of its page.
func (i Item) Description() string {
	if s := i.Step; s != nil {
		var said []string
		for _, x := range s.Sentences {
			said = append(said, x.Text.Plain())
		}
		return strings.Join(said, " ")
	}
	if c := i.Call; c != nil {
		return listed(c.Day, c.Length, c.Topics.Text.Plain())
	}
	if a := i.Actor; a != nil {
		phrases := []string{a.Role}
		for j := range i.doc.Relations {
			if r := &i.doc.Relations[j]; r.Concerns(a.ID) {
				phrases = append(phrases, Sentence(i.doc, r))
			}
		}
		return listed(phrases...)
	}
	return listed(i.Whose(), i.View.Reading.Plain())
}

// listed joins phrases by dots.
func listed(phrases ...string) string {
	return strings.Join(slices.DeleteFunc(phrases, func(s string) bool { return s == "" }), " · ")
}

// Whose writes whose reading a view is. The item must be a view.
func (i Item) Whose() string {
	return i.doc.Words.ReadingBy + i.doc.Words.Colon + " " + readBy(i.doc, i.View)
}

// Page is the item's page. Links to items that only the explainer's own page has are written as fragments of that page,
// "#source-2". The code that writes the page completes them (see [Item.Where]).
func (i Item) Page() app.UI {
	d := i.doc
	root := app.Div().ID("sharh").Class("item")
	var stand, main []app.UI
	switch {
	case i.Step != nil:
		stand = one(app.P().Class("stand").Body(app.Text(i.Step.Name)))
		main = i.step()
	case i.Call != nil:
		root = root.DataSet("open", callID(i.Call.ID)) // boot.js marks this call as open
		main = i.call()
	case i.Actor != nil:
		root = root.DataSet("open", address.Actor.ID(i.Actor.ID)) // boot.js marks this actor as open
		stand = append(portrait(d, &i.Actor.Portrait), app.P().Class("stand").Body(append(one(app.Text(i.Actor.Role)),
			cites(d, i.Actor.Sources, i.Actor.Statements)...)...))
		main = i.actor()
	default:
		stand = one(app.P().Class("stand").Body(whose(d, i.View)...))
		main = i.view()
	}
	explainer := i.Where(i.fragment())
	return root.Body(
		app.A().Class("skip").Href("#main").Body(app.Text(d.Words.SkipToArticle)),
		app.Header().Class("mast").Body(join(
			when(d.Kicker != "", app.P().Class("kick").Body(app.Text(d.Kicker))),
			one(app.P().Class("back").Body(app.A().Href(explainer).Body(app.Text(d.Title)))),
			one(app.H1().Body(app.Text(i.Title()))),
			stand,
			one(app.Div().Class("meta").Body(
				app.P().Body(app.Text(d.Words.FactsAsOf+" "), date(d.FactsAsOf)),
				tools(d, i.Path()),
			)),
		)...),
		app.Main().ID("main").Body(append(main, app.Section().Class("whole").Body(join(
			when(d.Kicker != "", app.P().Class("kick").Body(app.Text(d.Kicker))),
			one(app.H2().Body(app.A().Href(explainer).Body(app.Text(d.Title)))),
			one(app.P().Class("stand").Body(rich(d, d.Standfirst)...)),
		)...))...),
		missed(d),
	)
}

// download has links to the picture of the item's scene.
func (i Item) download() []app.UI {
	return when(len(i.Picture.Files) > 0, app.P().Class("note downloads").Body(i.Picture.links(i.doc)...))
}

// call is the panel of a call, and the time axis with the call highlighted. Other calls link to their own pages.
func (i Item) call() []app.UI {
	d := i.doc
	on := place{to: func(call int) string { return "../" + strconv.Itoa(call) + "/" }, title: "h2", part: "h3"}
	var wide, tall []app.UI
	for j := range d.Calls {
		wide = append(wide, current(bar(svg("a"), d, j, d.Timeline.Wide.Bars[j], on), j == i.Index))
		tall = append(tall, current(bar(svg("a"), d, j, d.Timeline.Tall.Bars[j], on), j == i.Index))
	}
	return join([]app.UI{
		app.Div().Class("panels").Body(current(panel(el("article"), d, i.Index, on), true)),
		app.Section().ID("timeline").Body(
			app.H2().Body(app.Text(d.Timeline.Title)),
			el("figure").Class("axis").Body(
				axis(d, d.Timeline.Wide, "wide", wide), axis(d, d.Timeline.Tall, "tall", tall), axisLegend(el("figcaption"), d))),
	}, i.download())
}

// step is a step with its figure, and links to the previous and the next step.
func (i Item) step() []app.UI {
	d, s := i.doc, i.Step
	return join(
		one(app.Article().Class("step").Body(append(
			when(s.Drawn(), still(d, s, "")), app.P().ID(stepID(s)).Class("say").Body(sentencesIn(d, s.Sentences)...))...)),
		i.beside(len(d.Steps), func(j int) (string, string) { return strconv.Itoa(d.Steps[j].Number), d.Steps[j].Headline }),
	)
}

// actor is the scene of an actor, its relations as sentences, and links to the previous and the next actor.
func (i Item) actor() []app.UI {
	d, a := i.doc, i.Actor
	s := d.Map.Scene(i.Scene())
	if s == nil {
		s = &story.Scene{} // a story without layouts still shows the sentences
	}
	var scenes, said []app.UI
	for _, f := range []story.Form{story.Wide, story.Narrow} {
		l := s.In(f)
		var nodes []app.UI
		for n, j := range s.Actors {
			nodes = append(nodes, current(toCard(d, j, l.Nodes[n], f), j == i.Index))
		}
		scene := svg("svg").Class(string(f)).Attr("viewBox", "0 0 "+num(l.Width)+" "+num(l.Height)).
			Attr("role", "group").Attr("aria-label", d.Map.Title).
			Body(drawing{scene: s, form: f, nodes: nodes}.network(d)...)
		scenes = append(scenes, when(len(nodes) > 0, scene)...)
	}
	for j := range d.Relations {
		if r := &d.Relations[j]; r.Concerns(a.ID) {
			said = append(said, app.Li().Body(app.P().Class("act").Body(act(d, r, "")...), told(d, r.Said)))
		}
	}
	return slices.Concat(
		when(len(scenes) > 0, app.Figure().Class("map").Body(append(scenes, mapLegend(el("figcaption"), d))...)),
		i.download(),
		one(app.Article().Class("card t-"+d.Tone(a.Camp)).ID(address.Actor.ID(a.ID)).Body(
			append(when(len(said) > 0, app.Ul().Class("acts").Body(said...)), eventsWith(d, a.ID)...)...)),
		i.beside(len(d.Actors), func(j int) (string, string) { return d.Actors[j].ID, d.Actors[j].Name }),
	)
}

// beside has links to the previous and the next of n items. of returns the id and title of item j.
func (i Item) beside(n int, of func(j int) (id, title string)) []app.UI {
	return neighbours(i.doc, i.Index, n, func(j int) (href, name string) {
		id, title := of(j)
		return "../" + id + "/", title
	})
}

// view is an open view with the statements that it rests on, as the ledger shows them, and links to the previous and
// the next view.
func (i Item) view() []app.UI {
	d := i.doc
	var rests []app.UI
	for _, s := range restsOn(d, i.View) {
		rests = append(rests, entry(el("li"), d, s))
	}
	return slices.Concat(
		one(app.Article().Class("view").ID(address.View.ID(i.View.ID)).Body(
			reading(d, i.View, "h2", app.Ol().Class("ledger").Body(rests...)))),
		i.download(),
		i.beside(len(d.Views), func(j int) (string, string) { return d.Views[j].ID, d.Views[j].Title }),
	)
}
