package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// article is the article in sections, with each analyst view beside the paragraph that links to it.
func article(e app.HTMLElem, d *story.Document) app.HTMLElem {
	if len(d.Sections) == 0 {
		return e.ID("article").Hidden(true)
	}
	var parts []app.UI
	for i := range d.Sections {
		parts = append(parts, part(d, &d.Sections[i]))
	}
	return section(e, "article").Body(append(heading("article", d.Words.Article), parts...)...)
}

// part is a section of the article, divided into spreads: a paragraph, the views that it links to, and the text up to
// the next such paragraph. So views come after their paragraph in reading order, and beside it on a wide screen, where
// an open view does not pull paragraphs apart.
func part(d *story.Document, s *story.Section) app.UI {
	views := map[int][]app.UI{}
	for _, id := range s.Views {
		for j := range d.Views {
			if d.Views[j].ID == id {
				at := leadsTo(s, id)
				views[at] = append(views[at], view(d, &d.Views[j]))
			}
		}
	}
	var spreads []app.UI
	prose := one(app.H3().Body(app.Text(s.Title))) // of the current spread
	var margin, rest []app.UI
	end := func() {
		spreads = append(spreads, app.Div().Class("spread").Body(join(
			one(app.Div().Class("prose").Body(prose...)),
			when(len(margin) > 0, app.Div().Class("margin").Body(margin...)),
			when(len(rest) > 0, app.Div().Class("prose").Body(rest...)),
		)...))
		prose, margin, rest = nil, nil, nil
	}
	for i, b := range s.Body {
		switch {
		case len(views[i]) > 0:
			if len(margin) > 0 || len(prose) > 1 {
				end()
			}
			prose, margin = append(prose, block(d, b, "h4")), views[i]
		case len(margin) > 0:
			rest = append(rest, block(d, b, "h4"))
		default:
			prose = append(prose, block(d, b, "h4"))
		}
	}
	end()
	return app.Section().Class("part").ID(address.Section.ID(s.ID)).
		Body(fold("text-"+s.ID, app.H3().Body(app.Text(s.Title)), spreads...))
}

// leadsTo returns the index of the section's block that links to the view id, or of the last block.
func leadsTo(s *story.Section, id string) int {
	for i, b := range s.Body {
		for _, text := range b.Texts() {
			if slices.ContainsFunc(text, func(r story.Run) bool { return r.Href == address.View.Fragment(id) }) {
				return i
			}
		}
	}
	return len(s.Body) - 1
}

// block draws a block; level is the level of its headings, "h4".
func block(d *story.Document, b story.Block, level string) app.UI {
	switch b.Kind {
	case "h":
		return app.Elem(level).Body(rich(d, b.Text)...)
	case "table":
		return table(d, b)
	case "picture":
		return figureOf(d, &b.Picture, false)
	case "ul", "ol":
		var items []app.UI
		for _, i := range b.Items {
			items = append(items, app.Li().Body(rich(d, i)...))
		}
		if b.Kind == "ol" {
			return app.Ol().Body(items...)
		}
		return app.Ul().Body(items...)
	case "quote":
		return app.Blockquote().Body(app.P().Body(rich(d, b.Text)...))
	case "note":
		return app.P().Class("aside").Body(rich(d, b.Text)...)
	default:
		return app.P().Body(rich(d, b.Text)...)
	}
}

// table draws a table in a box of its own, which scrolls where the table is wider than the text.
func table(d *story.Document, b story.Block) app.UI {
	row := func(tag string, texts []story.Rich) app.UI {
		var cells []app.UI
		for i, text := range texts {
			cell := app.Elem(tag).Body(rich(d, text)...)
			if tag == "th" {
				cell.Attr("scope", "col")
			}
			if i < len(b.Ends) && b.Ends[i] {
				cell.Class("end")
			}
			cells = append(cells, cell)
		}
		return app.Tr().Body(cells...)
	}
	var rows []app.UI
	for _, r := range b.Rows {
		rows = append(rows, row("td", r))
	}
	// It can have the focus, so that keys scroll it.
	return app.Div().Class("table").TabIndex(0).Role("group").Body(app.Table().Body(join(
		one(app.THead().Body(row("th", b.Items))),
		when(len(rows) > 0, app.TBody().Body(rows...)))...))
}

// view is an analyst view, closed until the reader opens it.
func view(d *story.Document, v *story.View) app.UI { return folded(d, v, "h4") }

// folded is a view with headings of the given level.
func folded(d *story.Document, v *story.View, level string) app.UI {
	w := &d.Words
	var rests []app.UI
	for _, s := range restsOn(d, v) {
		if rests != nil {
			rests = append(rests, app.Text(" "))
		}
		rests = append(rests, app.Span().Class("name").Body(append(one(app.Text(begins(s.Text, 8))), sign(d, s.Mark)...)...))
	}
	return app.Details().Class("view").ID(address.View.ID(v.ID)).Body(
		app.Summary().Body(
			app.Span().Class("kick").Body(app.Text(w.View)),
			app.Span().Class("q").Body(app.Text(v.Title)),
			app.Span().Class("whose").Body(whose(d, v)...),
		),
		reading(d, v, level, app.P().Body(rests...)),
	)
}

// begins shortens a text to its first words, at most n.
func begins(text string, n int) string {
	words := strings.Fields(text)
	if len(words) <= n {
		return text
	}
	return strings.TrimRight(strings.Join(words[:n], " "), ".,;:،؛") + "…"
}

// whose writes whose reading a view is.
func whose(d *story.Document, v *story.View) []app.UI {
	return []app.UI{app.Text(d.Words.ReadingBy + d.Words.Colon + " "), app.B().Body(app.Text(readBy(d, v)))}
}

// readBy returns the name of the person whose reading a view is.
func readBy(d *story.Document, v *story.View) string { return cmp.Or(v.Whose, actorName(d, v.By)) }

// restsOn returns the statements that a view rests on.
func restsOn(d *story.Document, v *story.View) []*story.Statement {
	var all []*story.Statement
	for _, id := range v.RestsOn {
		for i := range d.Statements {
			if d.Statements[i].ID == id {
				all = append(all, &d.Statements[i])
			}
		}
	}
	return all
}

// reading is the content of a view: its text, what it rests on, counter-arguments, and what happened since. level is
// the level of its headings, "h4".
func reading(d *story.Document, v *story.View, level string, rests app.UI) app.UI {
	w := &d.Words
	title := func(text string) []app.UI { return one(app.Elem(level).Body(app.Text(text))) }
	counter := grouped(d, v.Counter, story.Date{})
	if len(counter) == 0 {
		counter = one(app.P().Body(app.Text(w.NoCounter)))
	}
	return app.Div().Class("body").Body(join(
		one(app.P().Body(rich(d, v.Reading)...)),
		title(w.RestsOn), one(rests),
		one(app.Div().Class("counter").Body(append(title(w.Counter), counter...)...)),
		when(len(v.Since) > 0,
			app.Div().Class("since").Body(append(title(w.SinceThen), grouped(d, v.Since, story.Date{})...)...)),
	)...)
}
