package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/story"
	"sharh/app/story/address"
)

// ActorMap is the second figure, with the card of the chosen actor. The evidence page has all relations as text.
//
// While nothing is chosen it shows the core of the story, as the page was built. Once Go is live, a choice shows its
// own scene instead.
type ActorMap struct {
	app.Compo

	Doc   *story.Document
	Actor string // id of the chosen actor
	Scene string // key of the scene shown, "" for the core
	Form  story.Form
	Place bool  // whether the scene must have the size of the core
	Page  *Page // holds the state
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
				&Scene{
					Doc: d, Depth: m.Page.depth, Key: m.Scene, Form: m.Form, Place: m.Place, State: m.Page.State, Page: m.Page,
				},
				atRest(d, story.Wide, story.Narrow),
				settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return mapLegend(e, d) })),
			others(d),
			cards(d, m.Actor),
		),
	)
}

// atRest is the map as built, while nothing is chosen.
func atRest(d *story.Document, forms ...story.Form) app.UI {
	return settled(el("div"), func(e app.HTMLElem) app.HTMLElem {
		core := &d.Map.Core
		if len(core.Actors) == 0 {
			forms = nil
		}
		var all []app.UI
		for _, f := range forms {
			l := core.In(f)
			var nodes []app.UI
			for n, i := range core.Actors {
				nodes = append(nodes, toCard(d, i, l.Nodes[n], f))
			}
			all = append(all, svg("svg").Class(string(f)).Attr("viewBox", "0 0 "+num(l.Width)+" "+num(l.Height)).
				Attr("role", "group").Attr("aria-label", d.Map.Title).
				Body(drawing{scene: core, form: f, nodes: nodes}.network(d)...))
		}
		// One list serves both drawings, whose words are not read.
		all = append(all, when(len(all) > 0, spoken(d, core.Relations)...)...)
		return e.Class("core").Body(all...)
	})
}

// spoken is what a drawing says whose words are not read, or that has none, for screen readers: a sentence for each
// relation.
func spoken(d *story.Document, relations []int) []app.UI {
	var said []app.UI
	for _, i := range relations {
		said = append(said, el("li").Body(app.Text(Sentence(d, &d.Relations[i]))))
	}
	return when(len(said) > 0, el("ul").Class("vh").Body(said...))
}

// others has links to the actors that are not in the core.
func others(d *story.Document) app.UI {
	return settled(el("p"), func(e app.HTMLElem) app.HTMLElem {
		var ids []string
		for i, a := range d.Actors {
			if !slices.Contains(d.Map.Core.Actors, i) {
				ids = append(ids, a.ID)
			}
		}
		return e.Class("chips").Attr("hidden", len(ids) == 0).Body(chipsOf(d, ids)...)
	})
}

// drawing is how to draw a scene.
type drawing struct {
	scene  *story.Scene
	form   story.Form
	prefix string // the beginning of all ids
	nodes  []app.UI
	// Functions of an index into the scene's relations; each may be nil.
	link  func(i int, words []app.UI) []app.UI // wraps the words of a relation in a link
	shows func(i int) bool                     // whether the relation is drawn
	dims  func(i int) bool                     // whether the relation is dimmed
}

// network draws a scene: lines, the words on them, and the actors.
func (g drawing) network(d *story.Document) []app.UI {
	l, t := g.scene.In(g.form), g.form.Type()
	var heads, lines, labels []app.UI
	drawn := map[string]bool{}
	for i, a := range l.Arrows {
		if g.shows != nil && !g.shows(i) {
			continue
		}
		r := &d.Relations[g.scene.Relations[i]]
		head := g.prefix + string(g.form) + "-" + r.Polarity
		if _, large := story.HeadOf(r.Thickness); large {
			head += "-thick"
		}
		if !drawn[head] && !r.Between {
			// Each drawing has its own arrowheads, because browsers do not draw arrowheads defined in a hidden drawing.
			drawn[head] = true
			heads = append(heads, arrowHead(head, r))
		}
		dim := g.dims != nil && g.dims(i)
		// The line and its tip are one path, because the arrowhead is drawn at the end of a path.
		from := a.Path
		for n, tip := range a.Tips {
			line := path(from + tip).Class("line p-" + r.Polarity + thickness(r.Thickness))
			if !r.Between {
				line.Attr("marker-end", "url(#"+head+")")
			}
			if r.Mutual && n == 0 {
				line.Attr("marker-start", "url(#"+head+")")
			}
			lines = append(lines, dimmed(line, dim))
			from = ""
		}
		lines = append(lines, when(a.Tether != "", path(a.Tether).Class("tether"))...)
		if len(a.Lines) > 0 {
			words := lettering("p-"+r.Polarity, a.Lines, a.Box, t.Words, t.WordsLine)
			if g.link != nil {
				words = g.link(i, words)
			}
			labels = append(labels, words...)
		}
	}
	words := svg("g").Class("rl").Attr("font-size", num(t.Words)).Body(labels...)
	if g.link == nil {
		// Read aloud, the words would have no subject; a list beside the drawing has sentences.
		words.Attr("aria-hidden", "true")
	}
	return join(
		when(len(lines) > 0, svg("g").Class("rel").Attr("aria-hidden", "true").Body(append(heads, lines...)...)),
		// Actors come before the words, which never overlap them, so that keys and screen readers come to them first.
		one(svg("g").Class("nodes").Attr("font-size", num(t.Name)).Body(g.nodes...)),
		when(len(labels) > 0, words),
	)
}

// thickness is the class for the thickness of a line.
func thickness(n int) string {
	if n == 0 {
		return ""
	}
	return " wt-" + strconv.Itoa(n)
}

// dimmed dims an element if ok is set.
func dimmed(e app.HTMLElem, ok bool) app.HTMLElem {
	if ok {
		e.DataSet("dim", "1")
	}
	return e
}

// lettering writes lines of text, centred in a box. Spaces between the lines keep words apart when the text is read
// aloud or copied.
func lettering(class string, lines []string, box story.Rect, size, height float64) []app.UI {
	x := num(math.Round(box.X + box.W/2))
	var all []app.UI
	for i, line := range lines {
		if i > 0 {
			all = append(all, app.Text(" "))
		}
		y := num(math.Round(box.Baseline(i, len(lines), size, height)))
		text := svg("text").Attr("x", x).Attr("y", y).Body(app.Text(line))
		if class != "" {
			text.Class(class)
		}
		all = append(all, text)
	}
	return all
}

// cards has a card for each actor. It shows the card of the chosen actor.
func cards(d *story.Document, actor string) app.UI {
	all := one(settled(el("p"), func(e app.HTMLElem) app.HTMLElem {
		return e.Class("hint").Body(app.Text(d.Words.EmbedChoose))
	}))
	for i := range d.Actors {
		chosen := d.Actors[i].ID == actor
		article := settled(el("article"), func(e app.HTMLElem) app.HTMLElem {
			return hideUnless(card(e, d, i), chosen)
		})
		all = append(all, current(article, chosen))
	}
	return live("div").Class("cards").Body(all...)
}

// mapFilters has the controls of the map: light one side, filter the relations, show the whole map, and clear all.
func mapFilters(p *Page) app.UI {
	d := p.Doc
	return live("div").Class("filters").Body(join([]app.UI{
		settled(el("label"), func(e app.HTMLElem) app.HTMLElem {
			return e.Attr("for", "camp").DataSet("live", "1").Hidden(len(d.Camps) == 0).Body(app.Text(d.Words.CampFilter))
		}),
		settled(el("select"), func(e app.HTMLElem) app.HTMLElem {
			options := one(app.Option().Value("all").Body(app.Text(d.Words.AllCamps)))
			for _, c := range d.Camps {
				options = append(options, app.Option().Value(c.ID).Body(app.Text(c.Name)))
			}
			return e.ID("camp").Attr("name", "camp").DataSet("wish", "1").DataSet("live", "1").
				Hidden(len(d.Camps) == 0).Body(options...)
		}).On("change", browser.Field("camp", p.ofCamp)),
	}, when(len(d.Relations) > 0 && !p.Part.framed(), // a frame has no room for more
		narrowing(p),
		settled(el("button"), func(e app.HTMLElem) app.HTMLElem {
			return e.Attr("type", "button").ID("whole").DataSet("wish", "1").DataSet("live", "1").
				Body(app.Text(d.Words.WholeMap))
		}).Attr("aria-pressed", strconv.FormatBool(p.State.WholeMap)).On("click", browser.Pressed(p.toggleWhole)),
	), []app.UI{
		settled(el("a"), func(e app.HTMLElem) app.HTMLElem {
			return e.Class("clear").Attr("href", "#map").DataSet("clear", "1").Body(app.Text(d.Words.Clear))
		}),
	})...)
}

// narrowing has the filters of relations: by polarity, only those of the article, only those that existed by a call.
func narrowing(p *Page) app.UI {
	d := p.Doc
	field := func(id, kind string) app.HTMLElemSelfClosing {
		input := app.ElemSelfClosing("input").DataSet("go", "1")
		return built(input, func(e app.HTMLElemSelfClosing) app.HTMLElemSelfClosing {
			return e.ID(id).Attr("name", id).Attr("type", kind)
		})
	}
	added := slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Added })
	return live("details").Class("pick").DataSet("live", "1").DataSet("wish", "1").Body(
		settled(el("summary"), func(e app.HTMLElem) app.HTMLElem { return e.Body(app.Text(d.Words.Filters)) }),
		live("div").Body(join([]app.UI{
			caption("tie", d.Words.TieFilter),
			settled(el("select"), func(e app.HTMLElem) app.HTMLElem {
				options := one(app.Option().Value("all").Body(app.Text(d.Words.AllTies + " (" + digits(d, len(d.Relations)) + ")")))
				for _, polarity := range story.Polarities {
					n := 0
					for i := range d.Relations {
						if d.Relations[i].Polarity == polarity {
							n++
						}
					}
					if n > 0 {
						options = append(options, app.Option().Value(polarity).
							Body(app.Text(d.Words.Polarities[polarity]+" ("+digits(d, n)+")")))
					}
				}
				return e.ID("tie").Attr("name", "tie").Body(options...)
			}).On("change", browser.Field("tie", p.ofTie)),
		}, when(len(d.Calls) > 1,
			caption("until", d.Words.Until),
			built(field("until", "range"), func(e app.HTMLElemSelfClosing) app.HTMLElemSelfClosing {
				return e.Attr("min", 1).Attr("max", len(d.Calls)).Attr("value", len(d.Calls)).
					Attr("aria-valuetext", d.Words.AllTime)
			}).On("input", browser.Field("until", p.until)),
			settled(el("span"), func(e app.HTMLElem) app.HTMLElem {
				return e.ID("until-name").Body(app.Text(d.Words.AllTime))
			}),
		), when(added,
			live("p").Body(
				field("only", "checkbox").On("change", browser.Check("only", p.only)),
				caption("only", d.Words.Only)),
		))...),
	)
}

func (p *Page) ofCamp(camp string) { p.set(p.State.OfCamp(camp, p.Doc)) }

func (p *Page) ofTie(polarity string) { p.set(p.State.OfTie(polarity, p.Doc)) }

func (p *Page) only(article bool) {
	s := p.State
	s.Article = article
	p.set(s)
}

// until shows the relations that existed by a call. place is the slider's position, from 1.
func (p *Page) until(place string) {
	if n, err := strconv.Atoi(place); err == nil && n >= 1 && n <= len(p.Doc.Calls) {
		p.set(p.State.UntilCall(p.Doc.Calls[n-1].ID, p.Doc))
		p.nameUntil()
	}
}

// nameUntil sets the slider to the state's call and writes the name of the call beside it.
func (p *Page) nameUntil() {
	d := p.Doc
	place, name := len(d.Calls), d.Words.AllTime
	for i, c := range d.Calls {
		if c.ID == p.State.Until {
			place, name = i+1, c.Name+d.Words.Comma+" "+c.Date.Text
		}
	}
	browser.SetValue("until", strconv.Itoa(place))
	browser.SetText("until-name", name)
	browser.SetAttribute("#until", "aria-valuetext", strings.TrimSpace(name)) // as go-app writes attributes
}

func (p *Page) toggleWhole() {
	s := p.State
	s.WholeMap = !s.WholeMap
	p.set(s)
}

// arrowHead defines the arrowhead for lines like that of a relation, with an id.
func arrowHead(id string, r *story.Relation) app.UI {
	length, _ := story.HeadOf(r.Thickness)
	size := num(length)
	return svg("marker").ID(id).Class("p-"+r.Polarity).Attr("viewBox", "0 0 10 10").Attr("refX", "9").Attr("refY", "5").
		Attr("markerWidth", size).Attr("markerHeight", size).Attr("markerUnits", "userSpaceOnUse").
		Attr("orient", "auto-start-reverse").
		Body(path("M0 .4L10 5L0 9.6Z").Class("head"))
}

// node draws actor i of the story into e.
func node(e app.HTMLElem, d *story.Document, i int, n story.Node, f story.Form) app.HTMLElem {
	a, t := &d.Actors[i], f.Type()
	class := "node s-" + a.Shape + " t-" + d.Tone(a.Camp)
	if a.Added {
		class += " added"
	}
	if a.Camp != "" {
		class += " of-" + a.Camp
	}
	return e.Class(class).Body(append(one(outline(a.Shape, n.Box)),
		lettering("", n.Lines, n.Box, t.Name, t.NameLine)...)...)
}

// toCard draws an actor as a link to its card.
func toCard(d *story.Document, i int, n story.Node, f story.Form) app.HTMLElem {
	a := &d.Actors[i]
	e := node(svg("a"), d, i, n, f).Attr("href", address.Actor.Fragment(a.ID))
	// People who control their device by voice say what they see, so the accessible name must contain the visible label.
	// What stands in brackets, as in "European Space Agency (ESA)", does not count: it is taken for a remark.
	if name := a.Name; name != strings.Join(n.Lines, " ") {
		if said, _, _ := strings.Cut(name, "("); !strings.Contains(said, a.Label) {
			name = a.Label + d.Words.Comma + " " + name
		}
		e.Attr("aria-label", name)
	}
	return e
}

// outline is the shape of an actor: people are round, institutions and states square, meetings and events pointed. The
// style sheet gives voices, media and subjects a broken line. Arrows end at the sides, so shapes may differ from the
// box only at its corners.
func outline(shape string, r story.Rect) app.UI {
	switch shape {
	case "person", "voices", "media":
		return rect(r).Attr("rx", num(min(r.H/2, 19)))
	case "summit", "event":
		x1, x2, x3, x4 := num(r.X), num(r.X+7), num(r.X+r.W-7), num(r.X+r.W)
		y1, y2, y3 := num(r.Y), num(r.Y+r.H/2), num(r.Y+r.H)
		return path("M" + x1 + " " + y2 + "L" + x2 + " " + y1 + "H" + x3 +
			"L" + x4 + " " + y2 + "L" + x3 + " " + y3 + "H" + x2 + "Z")
	case "state":
		return rect(r)
	default:
		return rect(r).Attr("rx", "3")
	}
}

func mapLegend(e app.HTMLElem, d *story.Document) app.HTMLElem {
	var items []app.UI
	for _, p := range story.Polarities {
		there, pointed := false, false
		for i := range d.Relations {
			if r := &d.Relations[i]; r.Polarity == p {
				there, pointed = true, pointed || !r.Between
			}
		}
		items = append(items, when(there, app.Span().Body(
			svg("svg").Class("rel p-"+p).Attr("viewBox", "0 0 34 10").Attr("aria-hidden", "true").Body(join(
				one(path("M32 5H7").Class("line")), when(pointed, path("M1 5l9 -4v8Z").Class("head")))...),
			app.Text(d.Words.Polarities[p])))...)
	}
	if d.Map.Weights != "" {
		items = append(items, app.Span().Body(
			svg("svg").Class("rel p-neutral").Attr("viewBox", "0 0 34 10").Attr("aria-hidden", "true").Body(
				path("M1 2H33").Class("line"+thickness(1)), path("M1 7H33").Class("line"+thickness(story.Thicknesses))),
			app.Text(d.Map.Weights)))
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

// card is the card of actor i: its role, its relations, first those in which it acts, and links to the cards before and
// after it, in the order of the story's actors. This order is the same whatever the map shows, so "previous" leads back
// to where "next" came from; and it is that of the cards on paper, and of the pages of actors.
func card(e app.HTMLElem, d *story.Document, i int) app.HTMLElem {
	a := &d.Actors[i]
	var acts, others []app.UI
	for j := range d.Relations {
		r := &d.Relations[j]
		if !r.Concerns(a.ID) {
			continue
		}
		line := app.Li().Class("act").Body(append(act(d, r, a.ID), sign(d, r.Said.Mark)...)...)
		if r.From == a.ID || r.OfBoth() {
			acts = append(acts, line)
		} else {
			others = append(others, line)
		}
	}
	acts = append(acts, others...)
	return e.Class("card t-" + d.Tone(a.Camp)).ID(address.Actor.ID(a.ID)).Body(join(
		one(app.H3().Body(join(one(dot(d.Tone(a.Camp))), one(app.Text(a.Name)),
			when(a.Added, app.I().Class("plus").Role("img").Aria("label", d.Words.Added)))...)),
		portrait(d, &a.Portrait),
		one(app.P().Class("role").Body(append(one(app.Text(a.Role)), sign(d, a.Mark)...)...)),
		when(len(acts) > 0, app.Ul().Class("acts").Body(acts...)),
		eventsWith(d, a.ID),
		neighbours(d, i, len(d.Actors), func(j int) (href, name string) {
			return address.Actor.Fragment(d.Actors[j].ID), "" // three in a row have no room for names on a phone
		}, app.A().Class("close").Href("#map").DataSet("clear", "1").Body(app.Text(d.Words.Close))),
	)...)
}

// eventsWith has links to the events that concern an actor, large enough for a finger.
func eventsWith(d *story.Document, actor string) []app.UI {
	var links []app.UI
	for i := range d.Events {
		if e := &d.Events[i]; slices.Contains(e.Actors, actor) {
			if links != nil {
				links = append(links, app.Text(" "))
			}
			links = append(links, app.A().Class("chip").Href(address.Event.Fragment(e.ID)).
				Body(app.Text(strings.TrimSpace(e.Label+" "+e.Date.Text))))
		}
	}
	return when(links != nil, app.P().Body(links...))
}
