package site

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/site/prerender"
)

// shelf plans the page that lists every explainer, each in each of its languages.
func (p *plan) shelf(explainers []Explainer) error {
	lang, dir := "en", "ltr"
	if len(explainers) > 0 && len(explainers[0].Stories) > 0 {
		lang, dir = explainers[0].Stories[0].Lang, explainers[0].Stories[0].Dir
	}
	var items []app.UI
	for _, e := range explainers {
		var entries []app.UI
		for _, d := range e.Stories {
			href := e.Slug + "/" + d.Path()
			entry := []app.UI{app.H2().Body(app.A().Href(href).Body(app.Text(d.Title)))}
			if d.Summary != "" {
				entry = append(entry, app.P().Class("stand").Body(app.Text(d.Summary)))
			}
			entries = append(entries, app.Div().Lang(d.Lang).Dir(d.Dir).Body(entry...))
		}
		items = append(items, app.Li().Body(entries...))
	}
	body, err := prerender.HTML(app.Div().ID("sharh").Body(
		app.Header().Class("mast").Body(app.H1().Body(
			app.Bdi().Lang("ar").Body(app.Text("شرح")), app.Text(" · "), app.Bdi().Lang("en").Body(app.Text("Sharh")))),
		app.Main().ID("main").Body(app.Ul().Class("plain").Body(items...)),
	))
	if err != nil {
		return err
	}
	var a *application
	if p.options.app() == AppSite && len(explainers) > 0 {
		if a, err = p.app("", explainers[0].Stories[0], ""); err != nil {
			return err
		}
		if err := p.siteManifest(a, lang, dir); err != nil {
			return err
		}
		p.saved("", savePage{Changes: []saveChange{}}, a.manifest)
	}
	return p.page(head{
		lang: lang, dir: dir, title: siteName, description: siteName, app: a,
	}, body)
}
