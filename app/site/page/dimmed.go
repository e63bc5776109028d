package page

import (
	"fmt"
	"strings"

	"sharh/app/story"
	"sharh/app/story/address"
)

// dimmed writes the style rules that fade whatever a choice does not concern: elements that Go marks with data-dim,
// and actors of other camps than the chosen one (an attribute of the page's root). Dimming hides nothing from
// assistive technology and no text from anyone: lines and shapes fade, words turn grey and stay legible (colours and
// --dim are in web/palette.json). Nothing is dimmed on paper.
//
// The ids need no escaping: they consist of letters, digits and hyphens.
func dimmed(d *story.Document) string {
	selectors := []string{"[data-dim]"}
	for _, c := range d.Camps {
		root := fmt.Sprintf("#sharh[data-%s=%q]", address.CampKey, c.ID)
		selectors = append(selectors, root+" .node:not(.of-"+c.ID+")", root+" .card:not(.of-"+c.ID+")")
	}
	return "@media screen{" + strings.Join(selectors, ",\n") +
		"{opacity:var(--dim);--ink:var(--soft);--pol:var(--soft);--tone:var(--rule);--bar:var(--rule);--range:var(--hair)}}"
}
