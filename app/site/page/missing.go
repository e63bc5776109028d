package page

import (
	"fmt"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// MissingFile is the name of the page that hosts show where there is nothing, with the status 404. Many hosts know only
// the one at the root, which therefore says it in every language of the site. Those that look for the nearest one find
// that of an edition, in its language.
const MissingFile = "404.html"

// missing makes the page that stands where there is nothing in an edition's folder.
func (m *Maker) missing(e *Edition) ([]*Page, error) {
	p, err := m.nothing(e.Folder(), e.Document)
	return []*Page{p}, err
}

// Missing makes the page that stands where there is nothing, for a site with these explainers; nil for a site without.
func (m *Maker) Missing(explainers [][]*story.Document) (*Page, error) {
	var each []*story.Document // the first one in each language
	seen := map[string]bool{}
	for _, editions := range explainers {
		for _, d := range editions {
			if !seen[d.Lang] {
				seen[d.Lang] = true
				each = append(each, &story.Document{Lang: d.Lang, Dir: d.Dir, Words: d.Words})
			}
		}
	}
	if len(each) == 0 {
		return nil, nil
	}
	return m.nothing("", each...)
}

// nothing makes the page for a folder.
func (m *Maker) nothing(folder string, docs ...*story.Document) (*Page, error) {
	root, err := m.base.Path()
	if err != nil {
		return nil, err
	}
	body, err := prerender.HTML(ui.Missing(root, docs...))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder+MissingFile, err)
	}
	d := docs[0]
	var titles []string
	for _, d := range docs {
		titles = append(titles, d.Words.Missing["title"])
	}
	return &Page{
		Kind: Missing, Path: folder + MissingFile, Lang: d.Lang, Dir: d.Dir, Root: root,
		Title: strings.Join(titles, " · "), Body: body, Paper: PaperOf(d.Theme),
		Style: Text{Path: m.style.Path, Inline: m.inside(folder, m.letters[d.Words.Fonts]) + m.nowhere + theme(d.Theme)},
		Fonts: m.reading(d.Words.Fonts), Icon: m.icon,
	}, nil
}

// missingHead writes the rest of the head of a page that stands where there is nothing. Its style is in a file, since
// there are many such pages, and in each only what makes it readable if the site was not built for its real address.
func (p *Page) missingHead(w *writer) {
	p.paper(w)
	w.tag(`<meta name="robots" content="noindex"><link rel="icon" type="image/svg+xml" href="%s">`, w.to(p.Icon))
	p.preload(w)
	w.tag(`<link rel="stylesheet" href="%s">`, w.to(p.Style.Path))
	w.WriteString("<style>" + p.Style.Inline + "</style>")
}
