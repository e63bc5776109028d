package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// Shelf is the page that lists explainers, each in all of its languages, the default one first.
func Shelf(explainers [][]*story.Document) app.UI {
	var items []app.UI
	for _, languages := range explainers {
		if len(languages) == 0 {
			continue
		}
		d := languages[0]
		folder := d.Slug + "/"
		on, summary := d.FactsAsOf, d.Summary
		if d.IsWithdrawn() {
			on, summary = d.Withdrawn.Date, d.Withdrawn.Said
		}
		others := one(date(on))
		for _, o := range languages[1:] {
			others = append(others, app.Text(" · "),
				app.A().Href(folder+o.Path()).HrefLang(o.Lang).Lang(o.Lang).Dir(o.Dir).Body(app.Text(o.Title)))
		}
		items = append(items, app.Li().Lang(d.Lang).Dir(d.Dir).Body(join(
			shelfPicture(d),
			when(d.Kicker != "", app.P().Class("kick").Body(app.Text(d.Kicker))),
			one(app.H2().Body(app.A().Href(folder).Body(app.Text(d.Title)))),
			when(summary != "", app.P().Class("stand").Body(app.Text(summary))),
			one(app.P().Class("on").Body(others...)),
		)...))
	}
	return app.Div().ID("sharh").Class("shelf").Body(
		app.Header().Class("mast").Body(app.H1().Body(
			app.Bdi().Lang("ar").Body(app.Text("شرح")), app.Text(" · "), app.Bdi().Lang("en").Body(app.Text("Sharh")))),
		app.Main().ID("main").Body(app.Ul().Class("plain").Body(items...)),
	)
}

// shelfPicture is the picture of an explainer: the figure of its first step or, without steps, its calls.
func shelfPicture(d *story.Document) []app.UI {
	switch {
	case len(d.Steps) > 0 && d.Steps[0].Drawn():
		return one(still(d, &d.Steps[0], d.Slug+"-"))
	case len(d.Calls) > 0 && len(d.Steps) == 0:
		return one(still(d, &story.Step{Figure: d.Timeline.Strip}, ""))
	}
	return nil
}
