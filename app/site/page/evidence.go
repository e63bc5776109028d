package page

import (
	"fmt"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
)

// evidencePage makes the page with the sources and statements that the explainer is based on. It also offers the
// download of the single file. It belongs to the explainer's app and is saved with it, but has no save button: that
// is on the explainer's own page.
func (m *Maker) evidencePage(e *Edition) ([]*Page, error) {
	path := ui.Evidence.Path()
	content := &ui.Page{Doc: e.Document, Part: ui.Evidence, OneFile: e.single()}
	if e.Maps != nil {
		content.Pictures = e.Maps.Whole
	}
	body, err := prerender.Part(content, file.Up(e.Folder()+path), ui.Evidence.Where, "")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p := m.page(Evidence, e.Folder()+path, e.Document)
	p.Title, p.Description, p.Body = e.Words.Evidence+" · "+e.Title, e.Words.EvidenceLead, body
	p.Languages, p.Shared = m.languages(e, path), m.shared(e, path, p.Title, p.Description)
	if p.Linked, err = m.linked(e, Evidence); err != nil {
		return nil, err
	}
	p.Feed = m.feed(e.Folder())
	p.OEmbed = m.oembed(e, path, e.Words.Colon+" "+p.Description, "")
	p.Style.Inline += m.item + theme(e.Theme)
	p.NoScript = m.noScript
	p.Next = ui.Next(e.Document, ui.Evidence)
	p.Story, p.Client, p.Share = e.Live, m.client, e.Share
	if p.App = e.App; p.App != nil {
		p.Saved = saved(e.Document)
	}
	return []*Page{p}, nil
}
