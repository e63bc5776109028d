package site

import (
	"fmt"
	"strings"

	"sharh/app/story"
)

// choice writes the style sheet that lights what is chosen and dims the rest. The page carries a choice as one
// attribute on its root (data-call, data-actor, data-camp), set by boot.js or by Go. Dimming hides nothing from
// assistive technology, and no text from anyone: lines and shapes fade, words turn grey and stay legible (the colours
// and --dim are those of style.css). On paper nothing is dimmed.
//
// alone is the same for readers without scripts: :target stands in for the attribute.
//
// Both depend only on ids, which are letters, digits and hyphens.
func choice(d *story.Document) (style, alone string) {
	const unlit = "{opacity:var(--dim);--ink:var(--soft);--pol:var(--soft);--tone:var(--rule);--bar:var(--rule);--range:var(--hair)}"
	var byAttribute, byTarget []string
	// The last part of a selector is plain, so that a browser tries it only on elements that have the attribute.
	chosen := func(kind, id, token string) {
		others := fmt.Sprintf(" [data-of]:not([data-of~=%q])", token)
		byAttribute = append(byAttribute, fmt.Sprintf("#sharh[data-%s=%q]", kind, id)+others)
		byTarget = append(byTarget, fmt.Sprintf("#sharh:has(#%s-%s:target)", kind, id)+others)
	}
	for _, c := range d.Calls {
		id := fmt.Sprint(c.ID)
		chosen("call", id, "."+id)
	}
	for _, a := range d.Actors {
		chosen("actor", a.ID, a.ID)
	}
	for _, c := range d.Camps {
		root := fmt.Sprintf("#sharh[data-camp=%q]", c.ID)
		byAttribute = append(byAttribute, root+" .node:not(.of-"+c.ID+")", root+" .card:not(.of-"+c.ID+")")
	}
	sheet := func(selectors []string) string {
		if len(selectors) == 0 {
			return ""
		}
		return "@media screen{" + strings.Join(selectors, ",\n") + unlit + "}"
	}
	return sheet(byAttribute), sheet(byTarget)
}
