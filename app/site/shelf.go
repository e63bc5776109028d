package site

import (
	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// shelf plans the page that lists every explainer, each in each of its languages.
func (p *plan) shelf(explainers []Explainer) error {
	lang, dir := "en", "ltr"
	if len(explainers) > 0 && len(explainers[0].Stories) > 0 {
		lang, dir = explainers[0].Stories[0].Lang, explainers[0].Stories[0].Dir
	}
	var stories [][]*story.Document
	for _, e := range explainers {
		stories = append(stories, e.Stories)
	}
	body, err := prerender.HTML(ui.Shelf(stories))
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
		lang: lang, dir: dir, title: siteName, description: siteName, app: a, style: p.inline("") + p.shelfStyle, script: string(p.files[p.boot]),
	}, body)
}
