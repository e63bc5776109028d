package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// Missing says in the language of each document that there is nothing at an address. root is the path of the site, with
// which links begin, since the page stands at any address. If there is but one document, a link leads to it.
func Missing(root string, docs ...*story.Document) app.UI {
	var parts []app.UI
	for i, d := range docs {
		heading := app.UI(app.H1().Body(app.Text(d.Words.Missing["title"])))
		if i > 0 {
			heading = app.H2().Body(app.Text(d.Words.Missing["title"]))
		}
		link := func(address, text string) app.UI {
			return app.P().Class("go").Body(app.A().Class("tool").Href(address).Body(app.Text(text)))
		}
		parts = append(parts, app.Section().Lang(d.Lang).Dir(d.Dir).Body(join(
			one(heading),
			one(app.P().Body(app.Text(d.Words.Missing["text"]))),
			when(len(docs) == 1 && d.Title != "", link(root+d.Slug+"/"+d.Path(), d.Title)),
			one(link(root, d.Words.Missing["shelf"])),
		)...))
	}
	return app.Main().ID("sharh").Body(parts...)
}
