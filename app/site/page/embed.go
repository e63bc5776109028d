package page

import (
	"fmt"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
)

// embeds makes the pages to be framed by other pages: one with all parts as tabs, and one for each part.
func (m *Maker) embeds(e *Edition) ([]*Page, error) {
	var all []*Page
	for _, part := range ui.EmbedParts(e.Document) {
		body, err := prerender.Part(
			&ui.Page{Doc: e.Document, Part: part}, file.Up(e.Folder()+part.Path()), part.Where, "_blank")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.Path(), err)
		}
		p := m.page(Embed, e.Folder()+part.Path(), e.Document)
		p.Title, p.Body = e.Title, body
		p.Touch = "" // nobody installs a frame
		if part != ui.Embed {
			p.Title = part.Name(e.Document) + " · " + p.Title
		}
		p.Canonical = m.base.Address(e.Folder())
		p.Style.Inline += m.embed + theme(e.Theme)
		p.NoScript, p.Script.Inline = m.noScript+m.tabs, m.bridge
		p.Story, p.Depth, p.Client = e.Live, e.Depth, m.client
		all = append(all, p)
	}
	return all, nil
}
