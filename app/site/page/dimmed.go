package page

import (
	"fmt"
	"strings"

	"sharh/app/story"
	"sharh/app/story/address"
)

// dimmed writes the style of what a choice has nothing to do with: what Go marks with data-dim, and the actors of other camps
// than the chosen one, which the page carries as an attribute on its root. Dimming hides nothing from assistive technology,
// and no text from anyone: lines and shapes fade, words turn grey and stay legible (the colours and --dim are those of
// web/palette.json). On paper nothing is dimmed.
//
// It depends only on ids, which are letters, digits and hyphens.
func dimmed(d *story.Document) string {
	selectors := []string{"[data-dim]"}
	for _, c := range d.Camps {
		root := fmt.Sprintf("#sharh[data-%s=%q]", address.CampKey, c.ID)
		selectors = append(selectors, root+" .node:not(.of-"+c.ID+")", root+" .card:not(.of-"+c.ID+")")
	}
	return "@media screen{" + strings.Join(selectors, ",\n") +
		"{opacity:var(--dim);--ink:var(--soft);--pol:var(--soft);--tone:var(--rule);--bar:var(--rule);--range:var(--hair)}}"
}
