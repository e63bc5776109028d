package page

import (
	"fmt"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// ScenesPath is the folder of the sheet with all scenes, within the folder of an edition.
const ScenesPath = ui.ScenesPath

// Scenes makes the sheet with all scenes of a story. It is for previews; a published site has none.
func (m *Maker) Scenes(d *story.Document) (*Page, error) {
	body, err := prerender.Part(ui.SceneSheet(d), "", func(fragment string) string { return "../" + fragment }, "")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ScenesPath, err)
	}
	p := m.page(Scenes, d.Slug+"/"+d.Path()+ScenesPath, d)
	p.Title, p.Body = d.Map.Title+" · "+d.Title, body
	// Drawings that are not on the screen are not painted. For this the browser must know their heights.
	var heights strings.Builder
	for _, x := range ui.Scenes(d) {
		for _, f := range x.Forms {
			l := x.Scene.In(f)
			fmt.Fprintf(&heights, "#%s>.sheet-%s{aspect-ratio:%g/%g}", x.ID, f, l.Width, l.Height)
		}
	}
	p.Style.Inline += m.scenes + theme(d.Theme) + heights.String()
	return p, nil
}
