package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Timeline is the first figure, with the panels of the calls under it.
type Timeline struct {
	app.Compo

	Doc    *story.Document
	Shown  int          // the call whose panel is open
	Actor  string       // id of the actor whose calls are highlighted, "" for none
	Depth  *story.Depth // nil until it is loaded
	Window int          // the part of the axis that is shown, 0 for all of it
	Page   *Page        // holds the state
}

// OnInit rests before the timeline is mounted.
func (t *Timeline) OnInit() { browser.Rest() }

// Render draws the timeline.
func (t *Timeline) Render() app.UI {
	d := t.Doc
	var panels []app.UI
	for i := range d.Calls {
		shown := d.Calls[i].ID == t.Shown
		article := settled(el("article"), func(e app.HTMLElem) app.HTMLElem {
			return hideUnless(panel(e, d, i, onExplainerPage), shown)
		})
		panels = append(panels, current(article, shown))
	}
	during := slices.ContainsFunc(d.Events, func(e story.Event) bool { return !e.After })
	return section(live("section"), "timeline").Body(join(
		one(opening(func() []app.UI { return heading("timeline", d.Timeline.Title) })),
		when(d.HasAxis(), t.figure()),
		when(len(panels) > 0, live("div").Class("panels").Body(panels...)),
		when(during, settled(el("details"), func(e app.HTMLElem) app.HTMLElem { return events(e, d) })),
	)...)
}

// figure draws the axis. If it gathers marks, it has the controls by which the live page draws a part of it nearer.
func (t *Timeline) figure() app.UI {
	d := t.Doc
	figure := built(live("figure"), func(e app.HTMLElem) app.HTMLElem {
		if d.Timeline.Gathers() {
			e.ID("axis")
		}
		return e.Class("axis")
	})
	return figure.Body(join(when(d.Timeline.Gathers(), t.zoom(), t.window()), []app.UI{
		axis(d, d.Timeline.Wide, "wide", bars(d, &d.Timeline.Wide, t.Shown, t.Actor)),
		axis(d, d.Timeline.Tall, "tall", bars(d, &d.Timeline.Tall, t.Shown, t.Actor)),
		settled(el("figcaption"), func(e app.HTMLElem) app.HTMLElem { return axisLegend(e, d) }),
	})...)
}

// bars draws the calls on an axis. Calls without the given actor are dimmed, unless actor is "".
func bars(d *story.Document, a *story.Axis, shown int, actor string) []app.UI {
	var all []app.UI
	for i := range d.Calls {
		link := settled(svg("a"), func(e app.HTMLElem) app.HTMLElem { return bar(e, d, i, a.Bars[i], onExplainerPage) })
		all = append(all, chosenBar(link, &d.Calls[i], shown, actor))
	}
	return all
}

// chosenBar shows on the bar of a call whether it is chosen, and whether an actor took part.
func chosenBar(e app.HTMLElem, c *story.Call, shown int, actor string) app.HTMLElem {
	if actor != "" && !slices.Contains(c.Actors, actor) {
		e.DataSet("dim", "1")
	}
	return current(e, c.ID == shown)
}

// axis draws a time axis with the bars of its calls on top.
func axis(d *story.Document, a story.Axis, class string, bars []app.UI) app.UI {
	return figure(class, a.Width, a.Height, d.Timeline.Title).Body(join(
		one(settled(svg("g"), func(e app.HTMLElem) app.HTMLElem { return axisBackground(e, d, a) })),
		when(len(bars) > 0, liveSVG("g").Class("calls").Body(bars...)),
	)...)
}

// axisBackground draws the part of a time axis behind the calls.
func axisBackground(e app.HTMLElem, d *story.Document, a story.Axis) app.HTMLElem {
	group := func(class string, body []app.UI) app.HTMLElem { return svg("g").Class(class).Body(body...) }
	// Hidden from screen readers: read aloud, these numbers have no subject. Links and panels have dates and days in
	// words.
	drawn := func(class string, body []app.UI) app.UI { return group(class, body).Attr("aria-hidden", "true") }
	var scale, ticks, gaps, marks []app.UI
	for _, s := range a.Scale {
		scale = append(scale, line(s.Line), label(s.Label, d.Dir))
	}
	for _, tick := range a.Ticks {
		if tick.Line != (story.Line{}) {
			ticks = append(ticks, line(tick.Line))
		}
		if tick.Label.Text != "" {
			ticks = append(ticks, label(tick.Label, d.Dir))
		}
	}
	for _, g := range a.Gaps {
		gaps = append(gaps, label(g, d.Dir))
	}
	for _, m := range a.Marks {
		shapes := join(
			when(m.Span.W > 0, rect(m.Span).Class("span")),
			when(m.Lead != (story.Line{}), line(m.Lead).Attr("pointer-events", "none")),
			when(m.Kind != "era", eventMark(d, m)), // an era is its band
			one(label(m.Label, d.Dir)),
			when(m.Group.Text != "", app.Text(" "), group("ticks", one(label(m.Group, d.Dir)))))
		class := m.Kind
		if !slices.Contains(story.Figures, class) {
			class = "event"
		}
		link := svg("a").Attr("href", address.Event.Fragment(m.Event)).Class("ev " + class)
		if m.Window > 0 {
			link.DataSet("window", m.Window)
		}
		marks = append(marks, link.Body(touch(m.Touch, shapes...)...))
	}
	// In a lane, marks are the last ones.
	own := len(marks)
	for _, l := range a.Lanes {
		own -= l.Marks
	}
	laned, marks := marks[own:], slices.Clip(marks[:own])
	var lanes []app.UI
	for _, l := range a.Lanes {
		lanes = append(lanes, line(l.Line), label(l.Name, d.Dir))
		marks = append(marks, svg("g").Attr("role", "group").Attr("aria-label", l.Name.Text).Body(laned[:l.Marks]...))
		laned = laned[l.Marks:]
	}
	return e.Body(join(
		when(len(scale) > 0, drawn("scale", scale)),
		when(len(ticks) > 0, drawn("ticks", ticks)),
		when(len(lanes) > 0, drawn("scale", lanes)),
		one(line(a.Line).Class("axis-line")),
		when(len(gaps) > 0, drawn("gaps", gaps)),
		when(len(marks) > 0, group("marks", marks)),
	)...)
}

// eventMark is the shape of an event: a circle, pointed for a meeting, or one of the story's own.
func eventMark(d *story.Document, m story.Mark) app.HTMLElem {
	shape := "diamond"
	if m.Kind == "event" {
		shape = "dot"
	}
	for _, s := range d.Timeline.Signs {
		if s.ID == m.Kind {
			shape = s.Shape
		}
	}
	return markOf(shape, m.X, m.Y)
}

// markOf is a dot or one of [story.Signs] around a point.
func markOf(shape string, x, y float64) app.HTMLElem {
	switch shape {
	case "dot":
		return svg("circle").Attr("cx", num(x)).Attr("cy", num(y)).Attr("r", "4.5")
	case "square":
		return path("M" + num(x-5.5) + " " + num(y-5.5) + "h11v11h-11Z")
	case "triangle":
		return path("M" + num(x) + " " + num(y-7) + "l7 12h-14Z")
	}
	return path("M" + num(x) + " " + num(y-7) + "l7 7l-7 7l-7 -7Z")
}

// touch draws the touch areas of an item before its shapes, so that the shapes are on top.
func touch(areas []story.Rect, shapes ...app.UI) []app.UI {
	var all []app.UI
	for _, r := range areas {
		all = append(all, rect(r).Class("touch"))
	}
	return append(all, shapes...)
}

// place is the kind of page on which a call is drawn.
type place struct {
	to          func(call int) string // address of a call
	title, part string                // heading elements of a panel and of its parts
}

// onExplainerPage is the page that has all calls.
var onExplainerPage = place{to: func(call int) string { return "#" + callID(call) }, title: "h3", part: "h4"}

// bar draws call i on a time axis.
func bar(e app.HTMLElem, d *story.Document, i int, b story.Bar, on place) app.HTMLElem {
	call := &d.Calls[i]
	body := touch(b.Touch, rect(b.Sure).Class("sure"))
	if b.Range.W > 0 && b.Range.H > 0 {
		body = append(body, rect(b.Range).Class("range"))
	}
	body = append(body,
		svg("circle").Attr("cx", num(b.X)).Attr("cy", num(b.Y)).Attr("r", "15"),
		svg("text").Attr("x", num(b.X)).Attr("y", num(b.Y+5)).Body(app.Text(call.Digit)))
	return e.Attr("href", on.to(b.Call)).Class("call").
		Attr("aria-label", strings.Join([]string{call.Digit, call.Name, call.Day, call.Length}, d.Words.Comma+" ")).
		Body(body...)
}

// axisLegend explains the figure. It is below, so that the figure appears early on a phone.
func axisLegend(e app.HTMLElem, d *story.Document) app.HTMLElem {
	w := &d.Words
	has := func(kind string) bool {
		return slices.ContainsFunc(d.Timeline.Wide.Marks, func(m story.Mark) bool { return m.Kind == kind })
	}
	var own []app.UI
	for _, s := range d.Timeline.Signs {
		own = append(own, when(has(s.ID), legendItem(s.Name, markOf(s.Shape, 10, 7).Class("mark")))...)
	}
	return e.Body(app.Div().Class("legend").Body(join(
		when(len(d.Calls) > 0, lengthLegend(d)...),
		when(len(d.Timeline.Wide.Gaps) > 0, app.Span().Body(app.Text(w.LegendGaps))),
		when(has("summit"), legendItem(w.LegendSummit, markOf("diamond", 10, 7).Class("mark"))),
		own,
		when(has("event"), legendItem(alone(d, w.EventAlone, w.LegendEvent), markOf("dot", 10, 7).Class("mark"))),
		when(d.Timeline.Times != "", app.Span().Body(app.Text(d.Timeline.Times))),
	)...), app.P().Class("lead").Body(rich(d, d.Timeline.Lead)...))
}

// lengthLegend explains the two parts of a bar.
func lengthLegend(d *story.Document) []app.UI {
	swatch := func(class string) app.UI { return rect(story.Rect{X: 2, Y: 2, W: 16, H: 10}).Class(class) }
	return []app.UI{legendItem(d.Words.LegendSure, swatch("sure")), legendItem(d.Words.LegendRange, swatch("range"))}
}

func legendItem(text string, glyph app.UI) app.UI {
	return app.Span().Body(svg("svg").Attr("viewBox", "0 0 20 14").Attr("aria-hidden", "true").Body(glyph), app.Text(text))
}

// panel is the panel of call i.
func panel(e app.HTMLElem, d *story.Document, i int, on place) app.HTMLElem {
	c := &d.Calls[i]
	w := &d.Words
	id := callID(c.ID)
	var accounts, views []app.UI
	for _, a := range c.Accounts {
		accounts = append(accounts, app.Div().Class("account t-"+d.Tone(a.Camp)).Body(append(
			one(accountTitle(d, on.part, a.Camp)), grouped(d, a.Sentences, c.Date)...)...))
	}
	for _, v := range c.Views {
		for _, view := range d.Views {
			if view.ID == v {
				views = append(views, app.Li().Body(app.A().Href(address.View.Fragment(v)).Body(app.Text(view.Title))))
			}
		}
	}
	facts := join(
		fact(len(c.Lengths) > 0, w.Length, lengths(d, c)...),
		fact(true, w.Initiator, app.Dd().Body(sentence(d, c.Initiator)...)),
		fact(c.Since != "", w.Since, app.Dd().Body(app.Text(c.Since))),
		fact(c.Elsewhere != "", w.Elsewhere, app.Dd().Body(app.Text(c.Elsewhere))),
	)
	// The panel has no accessible name: a choice moves the focus here, and the live region already announces what was
	// chosen.
	return e.Class("panel").ID(id).Body(append([]app.UI{
		app.Header().Body(
			app.Div().Body(
				app.P().Class("kick").Body(app.Text(c.Name)),
				app.Elem(on.title).Body(app.Time().DateTime(c.Date.ISO).Body(app.Text(c.Day))),
				app.P().Class("short").Body(app.Text(c.Short)),
			),
			app.Dl().Class("facts").Body(facts...),
		),
		app.Div().Class("accounts").Body(accounts...),
		fold("more-"+id, app.Text(w.EmbedMore), app.Div().Class("rest").Body(join(
			titled(on.part, w.Topics, one(topics(d, c))),
			titled(on.part, w.Followed, grouped(d, c.Followed, c.Date)),
			titled(on.part, w.ViewsOnCall, when(len(views) > 0, app.Ul().Class("plain").Body(views...))),
			titled(on.part, w.Disagreements, grouped(d, c.Disagreements, c.Date)),
			when(len(c.Actors) > 0, app.Div().Class("block who").Body(
				append(one(app.Elem(on.part).Body(app.Text(w.TookPart))), chips(d, c.Actors)...)...)),
		)...)),
	}, callsBeside(d, i, on)...)...)
}

// fact is a line of a call's facts.
func fact(ok bool, title string, body ...app.UI) []app.UI {
	return when(ok, app.Div().Body(append(one(app.Dt().Body(app.Text(title))), body...)...))
}

// titled is a block of a call's panel with a heading of the given level, or nothing if body is empty.
func titled(level, title string, body []app.UI) []app.UI {
	return when(len(body) > 0, app.Div().Class("block").
		Body(append(one(app.Elem(level).Body(app.Text(title))), body...)...))
}

// lengths lists the accounts of how long a call took.
func lengths(d *story.Document, c *story.Call) []app.UI {
	var all []app.UI
	for _, l := range c.Lengths {
		all = append(all, app.Dd().Body(append(
			[]app.UI{app.Span().Body(app.Text(l.Text)), app.Text(" "), app.Span().Class("by").Body(speaker(d, l.By))},
			sign(d, l.Mark)...)...))
	}
	return all
}

// accountTitle is the heading, of the given level, over the account of a side.
func accountTitle(d *story.Document, level, camp string) app.UI {
	return app.Elem(level).Body(dot(d.Tone(camp)), app.Text(d.Words.AccountOf+" "+campName(d, camp)))
}

// topics is the paragraph about what was discussed.
func topics(d *story.Document, c *story.Call) app.UI {
	return app.P().Body(sentence(d, c.Topics)...)
}

// chips are links to actors.
func chips(d *story.Document, ids []string) []app.UI {
	all := chipsOf(d, ids)
	return when(len(all) > 0, app.P().Class("chips").Body(all...))
}

func chipsOf(d *story.Document, ids []string) []app.UI {
	var all []app.UI
	for _, a := range ids {
		if len(all) > 0 {
			all = append(all, app.Text(" "))
		}
		all = append(all, app.A().Class("chip").Href(address.Actor.Fragment(a)).
			Body(dot(d.Tone(campOf(d, a))), app.Text(actorName(d, a))))
	}
	return all
}

// neighbours has links to the items before and after item i of n. What else is given comes first, so that it has one
// place for all items. of returns the address of item j, and its name, which is shown unless it is "".
func neighbours(
	d *story.Document, i, n int, of func(j int) (href, name string), first ...app.UI,
) []app.UI {
	link := func(class, word string, j int) []app.UI {
		if j < 0 || j >= n {
			return nil
		}
		href, name := of(j)
		if name == "" {
			return one(app.A().Class(class).Href(href).Body(app.Text(word)))
		}
		return one(app.A().Class(class).Href(href).Body(app.Text(word+d.Words.Colon+" "), app.Span().Body(app.Text(name))))
	}
	links := slices.Concat(first, link("prev", d.Words.Previous, i-1), link("next", d.Words.Next, i+1))
	return when(len(links) > 0, app.Div().Class("beside").Body(links...))
}

// callsBeside has links to the calls before and after call i.
func callsBeside(d *story.Document, i int, on place) []app.UI {
	return neighbours(d, i, len(d.Calls), func(j int) (href, name string) {
		return on.to(d.Calls[j].ID), d.Calls[j].Date.Text
	})
}

func campOf(d *story.Document, actor string) string {
	for _, s := range d.Speakers {
		if s.ID == actor {
			return s.Camp
		}
	}
	return ""
}

func event(d *story.Document, e *story.Event) app.UI {
	on := listed(e.Date.Text, e.Group, e.Place)
	return app.Li().ID(address.Event.ID(e.ID)).Class("event").Body(
		app.H3().Body(join(
			when(on != "", app.Span().Class("on").Body(app.Text(on)), app.Text(" ")),
			one(app.Span().Body(app.Text(e.Headline()))),
		)...),
		app.Div().Body(join(
			pictured(d, &e.Picture, false), grouped(d, e.Sentences, e.Date), chips(d, e.Actors), more(d, e.Link))...),
	)
}

// more is a link to the source that tells more.
func more(d *story.Document, id string) []app.UI {
	for _, s := range d.Sources {
		if s.ID == id {
			return one(app.P().Class("on").Body(app.A().Href(address.Source.Fragment(id)).
				Body(app.Text(d.Words.CiteSource + d.Words.Colon + " " + s.Publisher + d.Words.Comma + " " + s.Subject))))
		}
	}
	return nil
}

// alone chooses the word for events: without if the story has no calls, otherwise with.
func alone(d *story.Document, without, with string) string {
	if len(d.Calls) == 0 {
		return without
	}
	return with
}

// events lists what happened between the calls. In a story without calls the events are the story, so the list is open.
func events(e app.HTMLElem, d *story.Document) app.HTMLElem {
	return e.Class("more").ID("events").Attr("open", len(d.Calls) == 0).Body(
		app.Summary().Body(app.Text(alone(d, d.Words.EventsAlone, d.Words.Events))),
		app.Ol().Class("events").Body(eventsOf(d, false)...),
	)
}

// updates lists the events after the end of the story.
func updates(e app.HTMLElem, d *story.Document) app.HTMLElem {
	items := eventsOf(d, true)
	if len(items) == 0 {
		return e.ID("updates").Hidden(true)
	}
	return section(e, "updates").Body(append(
		heading("updates", d.Words.Updates, app.Text(d.Words.UpdateLead)),
		fold("updates-list", app.Text(d.Words.Whole+d.Words.Colon+" "+d.Words.Updates),
			app.Ol().Class("events").Body(items...)),
	)...)
}

func eventsOf(d *story.Document, after bool) []app.UI {
	var items []app.UI
	for i := range d.Events {
		if d.Events[i].After == after {
			items = append(items, event(d, &d.Events[i]))
		}
	}
	return items
}
