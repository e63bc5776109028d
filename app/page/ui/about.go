package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// hasAbout reports whether there is anything to say about the explainer itself.
func hasAbout(d *story.Document) bool { return len(d.Method)+len(d.Changes)+len(d.Terms) > 0 }

// about is the section about the explainer itself: how it is made, what was changed, and a glossary.
func about(e app.HTMLElem, d *story.Document) app.HTMLElem {
	if !hasAbout(d) {
		return e.ID("about").Hidden(true)
	}
	var method, changes, terms []app.UI
	for _, b := range d.Method {
		method = append(method, block(d, b, "h3"))
	}
	for _, c := range d.Changes {
		changes = append(changes, app.Li().Body(
			app.Span().Class("on").Body(app.Text(c.Date.Text)), app.Text(" "), app.Span().Body(rich(d, c.Text)...)))
	}
	for _, t := range d.Terms {
		terms = append(terms, app.Div().ID(address.Term.ID(t.ID)).Body(
			app.Dt().Body(app.Text(t.Name)),
			app.Dd().Body(append(rich(d, t.Meaning), cites(d, t.Sources, nil)...)...)))
	}
	title := func(text string) []app.UI { return one(app.H3().Body(app.Text(text))) }
	return section(e, "about").Body(join(
		heading("about", d.Words.Method),
		when(len(method) > 0, app.Div().Class("prose").Body(method...)),
		when(len(terms) > 0, join(title(d.Words.Glossary), one(app.Dl().Class("terms").ID("glossary").Body(terms...)))...),
		when(len(changes) > 0, join(title(d.Words.Changes), one(app.Ul().Class("plain").ID("changes").Body(changes...)))...),
	)...)
}
