package page

import (
	"fmt"
	"strings"

	"sharh/app/story"
	"sharh/app/story/address"
)

// choice writes the style sheet that lights what is chosen and dims the rest. The page carries a choice as one
// attribute on its root for each kind (data-call, data-actor, data-camp), set by boot.js or by Go. Dimming hides nothing from
// assistive technology, and no text from anyone: lines and shapes fade, words turn grey and stay legible (the colours
// and --dim are those of web/palette.json). On paper nothing is dimmed.
//
// It depends only on ids, which are letters, digits and hyphens.
func choice(d *story.Document) string {
	const unlit = "{opacity:var(--dim);--ink:var(--soft);--pol:var(--soft);--tone:var(--rule);--bar:var(--rule);--range:var(--hair)}"
	var selectors []string
	for _, kind := range address.Lights() {
		every := ""
		if token := kind.Token(""); token != "" {
			every = fmt.Sprintf(",[data-of~=%q]", token)
		}
		for _, id := range kind.In(d) {
			// The last part of a selector is plain, so that a browser tries it only on elements that have the attribute.
			others := fmt.Sprintf(" [data-of]:not([data-of~=%q]%s)", kind.Token(id), every)
			selectors = append(selectors, fmt.Sprintf("#sharh[data-%s=%q]", kind, id)+others)
		}
	}
	for _, c := range d.Camps {
		root := fmt.Sprintf("#sharh[data-%s=%q]", address.CampKey, c.ID)
		selectors = append(selectors, root+" .node:not(.of-"+c.ID+")", root+" .card:not(.of-"+c.ID+")")
	}
	if len(selectors) == 0 {
		return ""
	}
	return "@media screen{" + strings.Join(selectors, ",\n") + unlit + "}"
}
