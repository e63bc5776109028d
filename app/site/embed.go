package site

import (
	"fmt"
	"slices"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// embeds plans the pages for frames of other pages: all parts under tabs, and each alone. data is the path of what the
// client gets, style and alone are those of choices.
func (p *plan) embeds(folder string, d *story.Document, data, style, alone string) error {
	// In frames marks are not written out, on the screen or on paper.
	short := *d
	short.Attributions = slices.Clone(d.Attributions)
	for i := range short.Attributions {
		short.Attributions[i].Numbers = ""
	}
	d = &short
	for _, part := range ui.EmbedParts(d) {
		body, err := prerender.Part(&ui.Page{Doc: d, Part: part}, part.Where, "_blank")
		if err != nil {
			return fmt.Errorf("%s: %w", part.Path(), err)
		}
		path := folder + part.Path()
		title := d.Title
		if part != ui.Embed {
			title = part.Name(d) + " · " + title
		}
		if err := p.page(head{
			lang: d.Lang, dir: d.Dir, title: title, description: d.Summary, path: path, frame: folder,
			style: p.inline(path) + p.embed + style + theme(d.Theme), theme: d.Theme, alone: alone + p.tabs, script: p.bridge, story: data,
		}, body); err != nil {
			return fmt.Errorf("%s: %w", part.Path(), err)
		}
	}
	return nil
}
