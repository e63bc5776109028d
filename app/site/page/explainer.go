package page

import (
	"fmt"
	"slices"
	"strconv"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/media"
	"sharh/app/site/prerender"
	"sharh/app/story"
	"sharh/app/story/address"
)

// explainer makes the explainer's own page.
func (m *Maker) explainer(e *Edition) ([]*Page, error) {
	folder := e.Folder()
	body, err := prerender.Part(&ui.Page{Doc: e.Document}, file.Up(folder), ui.Whole.Where, "")
	if err != nil {
		return nil, err
	}
	p := m.page(Explainer, folder, e.Document)
	p.Title, p.Description, p.Body = e.Title, e.Summary, body
	p.Languages, p.Shared = m.languages(e, ""), m.shared(e, "", e.Title, e.Summary)
	p.OEmbed = m.oembed(e, "", e.Words.Colon+" "+e.Summary, "")
	p.Article, p.Pictures = m.article(e), toSave(e.Document)
	if p.Linked, err = m.linked(e, Explainer); err != nil {
		return nil, err
	}
	p.Feed = m.feed(folder)
	p.Style.Inline += m.explainerStyle + theme(e.Theme)
	p.NoScript = m.noScript
	p.Next = ui.Next(e.Document, ui.Whole)
	p.Story, p.Depth, p.Client, p.Share, p.Save = e.Live, e.Depth, m.client, e.Share, e.Save
	if p.App = e.App; p.App != nil {
		p.Saved = saved(e.Document)
	}
	return []*Page{p}, nil
}

// DrawWindows draws the windows of the time axis of a document, with the components that draw its page.
func DrawWindows(d *story.Document) error {
	for i := 1; i < len(d.Timeline.Windows); i++ { // the first is all of the axis, which is on the page
		w := &d.Timeline.Windows[i]
		w.Drawn = nil
		for _, drawing := range ui.DrawWindow(d, i) {
			shape, err := prerender.Shape(drawing)
			if err != nil {
				return fmt.Errorf("part %d of the time axis of %s (%s): %w", i, d.Slug, d.Lang, err)
			}
			calls(&shape)
			w.Drawn = append(w.Drawn, shape)
		}
	}
	return nil
}

// calls finds the links to calls in a drawing.
func calls(s *story.Shape) {
	if i := slices.Index(s.Attributes, "href"); i >= 0 {
		if k, id, ok := address.Parse(s.Attributes[i+1]); ok && k == address.Call {
			s.Call, _ = strconv.Atoi(id) // the ids of calls are numbers
		}
	}
	for i := range s.Body {
		calls(&s.Body[i])
	}
}

// toSave are the paths of the pictures that readers save with a page: one form of each.
func toSave(d *story.Document) (paths []string) {
	for _, f := range media.Saved(d) {
		if !slices.Contains(paths, f.Path) {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// saved returns what the save dialog tells a reader about this version of a story.
func saved(d *story.Document) *Saved {
	s := &Saved{Date: d.FactsAsOf.Text, Changes: []Change{}}
	latest := d.FactsAsOf.ISO
	for i, c := range d.Changes {
		if c.Date.ISO > latest {
			latest, s.Date = c.Date.ISO, c.Date.Text
		}
		if i < 5 {
			s.Changes = append(s.Changes, Change{c.Date.Text, c.Text.Plain()})
		}
	}
	return s
}

// oembed returns the oEmbed answer of a page. path is the page's folder inside the edition's; query makes the framed
// page choose an item.
func (m *Maker) oembed(e *Edition, path, after, query string) *OEmbed {
	return &OEmbed{
		Answer: m.base.Address(e.Folder() + path + OEmbedName),
		Frame:  m.base.Address(e.Folder()+ui.Embed.Path()) + query, After: after,
	}
}
