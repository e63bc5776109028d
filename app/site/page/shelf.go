package page

import (
	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// SiteName is the name of the site as a whole.
const SiteName = "شرح · Sharh"

// Shelf makes the page that lists every explainer in all its languages, the default language first. site is the app
// of the whole site and save its save dialog; both may be nil.
func (m *Maker) Shelf(explainers [][]*story.Document, site *App, save *Dialog) (*Page, error) {
	lang, dir, words := "en", "ltr", story.Words{OpenGraph: "en_US", Fonts: "latin"}
	if len(explainers) > 0 && len(explainers[0]) > 0 {
		of := explainers[0][0]
		lang, dir, words = of.Lang, of.Dir, of.Words
	}
	body, err := prerender.HTML(ui.Shelf(explainers))
	if err != nil {
		return nil, err
	}
	p := m.page(Shelf, "", &story.Document{Lang: lang, Dir: dir, Words: words})
	p.Title, p.Description, p.Body = SiteName, SiteName, body
	p.Shared = &Shared{Title: SiteName, Description: SiteName, Locale: words.OpenGraph}
	p.Feed = m.feed("")
	if m.base.Host() {
		p.Shared.Address = m.base.Address("")
	}
	p.Style.Inline += m.shelf
	if p.App = site; site != nil {
		p.Save, p.Saved = save, &Saved{Changes: []Change{}}
	}
	return p, nil
}
