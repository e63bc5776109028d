package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// article is the story in sections, each with its analyst views beside it.
func article(e app.HTMLElem, d *story.Document) app.HTMLElem {
	var parts []app.UI
	for i := range d.Sections {
		s := &d.Sections[i]
		var views, body []app.UI
		for _, b := range s.Body {
			body = append(body, block(d, b))
		}
		for _, id := range s.Views {
			for j := range d.Views {
				if d.Views[j].ID == id {
					views = append(views, view(d, &d.Views[j]))
				}
			}
		}
		parts = append(parts, app.Section().Class("part").ID("section-"+s.ID).Body(
			app.Div().Class("prose").Body(append(one(app.H3().Body(app.Text(s.Title))), body...)...),
			app.Div().Class("margin").Body(views...),
		))
	}
	return e.ID("article").Body(append(heading(d.Words.Article), parts...)...)
}

func block(d *story.Document, b story.Block) app.UI {
	switch b.Kind {
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

// view is an analyst view, folded until it is wanted.
func view(d *story.Document, v *story.View) app.UI {
	w := &d.Words
	var rests []app.UI
	for _, id := range v.RestsOn {
		for i := range d.Statements {
			if s := &d.Statements[i]; s.ID == id {
				rests = append(rests, app.Li().Body(
					mark(d, s.Kind, s.By), app.Text(" "), app.A().Href("#statement-"+s.ID).Body(app.Text(s.Text))))
			}
		}
	}
	counter := paragraphs(d, v.Counter)
	if len(counter) == 0 {
		counter = one(app.P().Body(app.Text(w.NoCounter)))
	}
	return app.Details().Class("view").ID("view-"+v.ID).Body(
		app.Summary().Body(
			app.Span().Class("kick").Body(app.Text(w.View)),
			app.Span().Class("q").Body(app.Text(v.Title)),
			app.Span().Class("whose").Body(app.Text(w.ReadingBy+w.Colon+" "), app.B().Body(speakerName(d, v.By))),
		),
		app.Div().Class("body").Body(join(
			one(app.P().Body(rich(d, v.Reading)...)),
			one(app.H4().Body(app.Text(w.RestsOn))), one(app.Ul().Class("plain").Body(rests...)),
			one(app.Div().Class("counter").Body(append(one(app.H4().Body(app.Text(w.Counter))), counter...)...)),
			when(len(v.Since) > 0, app.Div().Class("since").Body(
				append(one(app.H4().Body(app.Text(w.SinceThen))), paragraphs(d, v.Since)...)...)),
		)...),
	)
}
