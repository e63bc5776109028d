package site

import (
	"fmt"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story/address"
)

// demo plans a page as publishers make them, with the explainer in it: by the loader, as a plain frame, and steered from
// the text. It is of the first explainer, in each of its languages: demo/, demo/en/.
func (p *plan) demo(explainers []Explainer) error {
	if len(explainers) == 0 {
		return nil
	}
	e := explainers[0]
	for _, d := range e.Stories {
		folder := "demo/" + d.Path()
		up := strings.Repeat("../", strings.Count(folder, "/"))
		explainer := e.Slug + "/" + d.Path()
		whole := func(fragment string) string {
			if address.OnEvidence(fragment) {
				return up + explainer + ui.Evidence.Path() + fragment
			}
			return up + explainer + fragment
		}
		body, err := prerender.Part(ui.Demo(d, up+explainer, up+loaderName), whole, "")
		if err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
		if err := p.page(head{
			lang: d.Lang, dir: d.Dir, title: d.Words.Demo["kicker"] + " · " + d.Title, description: d.Words.Demo["lead"], path: folder, frame: explainer,
			style: p.inline(folder) + p.demoStyle, script: p.demoScript,
		}, body); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	return nil
}

// loaderName is where publishers find the loader: its name stays.
const loaderName = "embed.js"
