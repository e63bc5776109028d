package page

import (
	"fmt"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Demo makes a sample of a publisher's page that embeds an explainer in three ways: with the loader, as a plain
// frame, and controlled by links in the text. It is in demo/ or demo/en/.
func (m *Maker) Demo(d *story.Document) (*Page, error) {
	folder := "demo/" + d.Path()
	explainer := d.Slug + "/" + d.Path()
	to := file.Up(folder)
	whole := func(fragment string) string {
		if address.OnEvidence(fragment) {
			return to + explainer + ui.Evidence.Path() + fragment
		}
		return to + explainer + fragment
	}
	body, err := prerender.Part(ui.Demo(d, to+explainer, to+Loader), "", whole, "")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	p := m.page(Demo, folder, d)
	p.Title, p.Description, p.Body = d.Words.Demo["kicker"]+" · "+d.Title, d.Words.Demo["lead"], body
	p.Canonical = m.base.Address(explainer)
	p.Paper = PaperOf(story.Theme{})
	p.Style.Inline += m.demo
	p.Script.Inline = m.demoScript
	return p, nil
}
