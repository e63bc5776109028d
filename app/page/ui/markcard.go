package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
)

// MarkCard is the card that opens at a mark: who says the sentence, the checks of its statements, what stands against
// them, and the sources. takeover.js places the card beside the mark and removes it. Before Go starts, a mark is a link
// to the evidence page.
type MarkCard struct {
	app.Compo

	Doc  *story.Document
	Mark int // number of the mark, 0 for none
	Part Part
}

// Render draws the card.
func (c *MarkCard) Render() app.UI {
	d, w := c.Doc, &c.Doc.Words
	card := live("div").ID("mark-card").Attr("role", "dialog").Attr("tabindex", -1).Attr("aria-labelledby", "mark-title")
	if c.Mark < 1 || c.Mark > len(d.Attributions) {
		return card.Hidden(true)
	}
	a := &d.Attributions[c.Mark-1]
	text := func(tag, class, s string) app.UI { return el(tag).Class(class).Body(app.Text(s)) }
	link := func(fragment string) app.HTMLElem {
		e := el("a").Attr("href", c.Part.Where(fragment))
		if c.Part.framed() {
			e.Attr("target", "_blank")
		}
		return e
	}
	title := w.Sources
	if a.Kind != "source" {
		title = w.Kinds[a.Kind]
	}
	sources := slices.Clone(a.Sources)
	var said []app.UI
	for _, s := range d.Statements {
		if !slices.Contains(a.Statements, s.ID) {
			continue
		}
		for _, id := range s.Sources {
			if !slices.Contains(sources, id) {
				sources = append(sources, id)
			}
		}
		check := one(text("span", "verdict", verdict(d, &s)))
		if len(s.Note) > 0 {
			check = append(check, app.Text(" "+s.Note.Plain()))
		}
		said = append(said,
			text("p", "said", s.Text),
			el("p").Class("check c-"+s.Check).Body(check...))
	}
	var list []app.UI
	for _, s := range d.Sources {
		if slices.Contains(sources, s.ID) {
			list = append(list, el("li").Body(sourceLine(d, &s)...))
		}
	}
	return card.Body(join(
		one(el("p").ID("mark-title").Class("m m-"+a.Kind).Body(join(
			one(text("b", "kind", title)),
			when(a.By != "", app.Text(" "), text("span", "by", reader.Speaker(d, a.By).Name)),
			when(a.Date != "", app.Text(" "), text("span", "on", a.Date)))...)),
		said,
		against(d, a.Statements, false),
		when(len(list) > 0, el("ul").Class("plain").Body(list...)),
		one(el("p").Class("ways").Body(
			link(a.At()).Body(app.Text(w.ToEvidence)),
			el("button").Attr("type", "button").DataSet("mark-close", "1").Body(app.Text(w.Close)))),
	)...)
}

// sourceLine is a source in a line: publisher, subject, date, language, and whether it is a state medium.
func sourceLine(d *story.Document, s *story.Source) []app.UI {
	after := listed(s.Where, s.Date.Text, s.Language)
	if s.StateMedia {
		after = listed(after, d.Words.StateMedia)
	}
	link := el("span")
	if s.URL != "" {
		link = el("a").Attr("href", s.URL).Attr("rel", "noopener").Attr("target", "_blank")
	}
	link.Body(el("b").Body(app.Text(s.Publisher)), app.Text(" "+s.Subject))
	return join(
		one(link),
		when(after != "", app.Text(" "), el("span").Class("on").Body(app.Text(after))),
	)
}
