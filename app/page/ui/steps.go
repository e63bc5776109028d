package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// steps tells the story in cards: a row to swipe or, on wide screens with scripts, texts that scroll past one figure
// (boot.js marks the current step).
func steps(e app.HTMLElem, d *story.Document) app.HTMLElem {
	if len(d.Steps) == 0 {
		return e.ID("steps").Hidden(true)
	}
	return section(e, "steps").Body(
		app.H2().ID("steps-title").Class("vh").Body(app.Text(d.Words.Steps)),
		stepRow(d, "h3"),
		stepLinks(d),
	)
}

// stepRow has the cards, with headings of the given level. It can have the focus, so that keys scroll it.
func stepRow(d *story.Document, level string) app.UI {
	var all []app.UI
	for i := range d.Steps {
		s := &d.Steps[i]
		all = append(all, app.Li().Class("step").Body(append(
			when(s.Drawn(), still(d, s, "")),
			app.Div().ID(stepID(s)).Class("text").Body(append(
				[]app.UI{app.P().Class("kick").Body(app.Text(s.Name)), app.Elem(level).Body(app.Text(s.Headline))},
				app.P().Class("say").Body(sentencesIn(d, s.Sentences)...))...))...))
	}
	return app.Ol().Class("row plain").TabIndex(0).Aria("label", d.Words.Steps).Body(all...)
}

// stepLinks has a link to each card.
func stepLinks(d *story.Document) app.UI {
	var all []app.UI
	for i := range d.Steps {
		s := &d.Steps[i]
		all = append(all, app.A().Href("#"+stepID(s)).Aria("label", s.Name).Body(app.Text(s.Digit)))
	}
	return app.Nav().Class("pages").Aria("label", d.Words.Steps).Body(all...)
}

func stepID(s *story.Step) string { return address.Step.ID(strconv.Itoa(s.Number)) }

// sentencesIn joins sentences to one paragraph.
func sentencesIn(d *story.Document, all []story.Sentence) []app.UI {
	var out []app.UI
	for i, s := range all {
		if i > 0 {
			s.Text = append(story.Rich{{Text: " "}}, s.Text...)
			if next := s.Text[1]; next.Style == "" { // two texts must not be adjacent
				s.Text = append(story.Rich{{Text: " " + next.Text}}, s.Text[2:]...)
			}
		}
		out = append(out, sentence(d, s)...)
	}
	return out
}

// still is the figure of a step: a picture with a text for screen readers. prefix is the start of its ids; it is "" on
// a page with a single story.
func still(d *story.Document, s *story.Step, prefix string) app.UI {
	if len(s.Picture.Forms) > 0 {
		return stepPicture(d, &s.Picture, s.Number == 1)
	}
	picture := func(top, width, height float64, said []string, body ...app.UI) app.UI {
		if len(said) == 0 {
			said = []string{d.Timeline.Title}
		}
		return app.Figure().Class("still").Body(svg("svg").Attr("viewBox", "0 "+num(top)+" "+num(width)+" "+num(height-top)).
			Attr("role", "img").Attr("aria-label", strings.Join(said, d.Words.Comma+" ")).Body(body...))
	}
	if len(s.Scene.Actors) > 0 {
		said, body := small(d, &s.Scene, prefix+stepID(s))
		return picture(0, s.Scene.Small.Width, s.Scene.Small.Height, said, body...)
	}
	a := s.Figure
	var said []string
	body := one(line(a.Line).Class("axis-line"))
	for _, t := range a.Ticks {
		if t.Label.Text != "" {
			body = append(body, label(t.Label, d.Dir).Class("tick"))
		}
	}
	// The other calls are drawn as one shape, only for comparison.
	var sure, most string
	var chosen []app.UI
	for _, b := range a.Bars {
		i := slices.IndexFunc(d.Calls, func(c story.Call) bool { return c.ID == b.Call })
		if b.Call != s.Call || i < 0 {
			sure, most = sure+outlineOf(b.Sure), most+outlineOf(b.Range)
			continue
		}
		c := &d.Calls[i]
		said = append(said, c.Name, c.Day, c.Length)
		chosen = one(svg("g").Class("call now").Body(
			path(outlineOf(b.Sure)).Class("sure"), path(outlineOf(b.Range)).Class("range"),
			svg("circle").Attr("cx", num(b.X)).Attr("cy", num(b.Y)).Attr("r", "12"),
			svg("text").Attr("x", num(b.X)).Attr("y", num(b.Y+5)).Body(app.Text(c.Digit))))
	}
	body = join(body, when(len(a.Bars) > 0, path(sure).Class("sure"), path(most).Class("range")), chosen)
	for _, m := range a.Marks {
		shape := eventMark(d, m)
		if m.Event != s.Event {
			body = append(body, shape.Class("ev"))
			continue
		}
		for _, e := range d.Events {
			if e.ID == m.Event {
				said = append(said, e.Label, e.Date.Text)
			}
		}
		body = append(body, svg("g").Class("ev now").Body(line(m.Lead), shape, label(m.Label, d.Dir)))
	}
	top := 0.
	if len(chosen) == 0 && len(a.Bars) > 0 { // no call has its number, for which there is room above the bars
		top = a.Height
		for _, b := range a.Bars {
			top = min(top, b.Sure.Y, cmp.Or(b.Range.Y, top))
		}
		top = max(0, top-4)
	}
	return picture(top, a.Width, a.Height, said, body...)
}

// outlineOf returns a rectangle as path data, "" if it is empty.
func outlineOf(r story.Rect) string {
	if r.W <= 0 || r.H <= 0 {
		return ""
	}
	return "M" + num(r.X) + " " + num(r.Y) + "h" + num(r.W) + "v" + num(r.H) + "h" + num(-r.W) + "z"
}

// small draws a scene and returns its relations as sentences.
func small(d *story.Document, s *story.Scene, id string) (said []string, body []app.UI) {
	var nodes []app.UI
	for n, i := range s.Actors {
		nodes = append(nodes, node(svg("g"), d, i, s.Small.Nodes[n], story.Small))
	}
	return sentencesOf(d, s), drawing{scene: s, form: story.Small, prefix: id + "-", nodes: nodes}.network(d)
}

// sentencesOf writes the relations of a scene as sentences or, if it has none, the names of its actors.
func sentencesOf(d *story.Document, s *story.Scene) (said []string) {
	for _, i := range s.Relations {
		r := &d.Relations[i]
		said = append(said, Sentence(d, r))
	}
	if len(said) == 0 {
		for _, i := range s.Actors {
			said = append(said, d.Actors[i].Name)
		}
	}
	return said
}
