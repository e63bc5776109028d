package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/site/prerender"
	"sharh/app/story"
)

// SiteName is the name of the site as a whole.
const SiteName = "شرح · Sharh"

// Shelf makes the page that lists every explainer, by its own pages in each of its languages. site is the app of the site as a
// whole, nil for none.
func (m *Maker) Shelf(explainers [][]*Page, site *App) (*Page, error) {
	lang, dir := "en", "ltr"
	var save *Dialog
	if len(explainers) > 0 && len(explainers[0]) > 0 {
		first := explainers[0][0]
		lang, dir, save = first.Lang, first.Dir, first.Save
	}
	var items []app.UI
	for _, pages := range explainers {
		var entries []app.UI
		for _, p := range pages {
			entry := []app.UI{app.H2().Body(app.A().Href(p.Folder()).Body(app.Text(p.Title)))}
			if p.Description != "" {
				entry = append(entry, app.P().Class("stand").Body(app.Text(p.Description)))
			}
			entries = append(entries, app.Div().Lang(p.Lang).Dir(p.Dir).Body(entry...))
		}
		items = append(items, app.Li().Body(entries...))
	}
	body, err := prerender.HTML(app.Div().ID("sharh").Body(
		app.Header().Class("mast").Body(app.H1().Body(
			app.Bdi().Lang("ar").Body(app.Text("شرح")), app.Text(" · "), app.Bdi().Lang("en").Body(app.Text("Sharh")))),
		app.Main().ID("main").Body(app.Ul().Class("plain").Body(items...)),
	))
	if err != nil {
		return nil, err
	}
	p := m.page(Shelf, "", &story.Document{Lang: lang, Dir: dir})
	p.Title, p.Description, p.Body = SiteName, SiteName, body
	p.Shared = &Shared{Title: SiteName, Description: SiteName, Locale: locales[lang]}
	if m.base.Host() {
		p.Shared.Address = m.base.Address("")
	}
	p.Style, p.Script = Text{Path: m.style.Path}, Text{Path: m.boot.Path}
	if p.App = site; site != nil {
		p.Save, p.Saved = save, &Saved{Changes: []Change{}}
	}
	return p, nil
}
