package site

import (
	"fmt"
	"strings"

	"sharh/app/story"
)

// choice writes the style sheet that lights what is chosen and dims the rest. The page carries a choice as one
// attribute on its root (data-call, data-actor, data-camp), set by boot.js or by Go. Dimming hides nothing from
// assistive technology.
//
// alone is the same for readers without scripts: :target stands in for the attribute.
//
// Both depend only on ids, which are letters, digits and hyphens.
func choice(d *story.Document) (style, alone string) {
	var byAttribute, byTarget strings.Builder
	// The last part of a selector is plain, so that a browser tries it only on elements that have the attribute.
	chosen := func(kind, id, token string) {
		unlit := fmt.Sprintf(" [data-of]:not([data-of~=%q]){opacity:var(--dim)}\n", token)
		fmt.Fprintf(&byAttribute, "#sharh[data-%s=%q]%s", kind, id, unlit)
		fmt.Fprintf(&byTarget, "#sharh:has(#%s-%s:target)%s", kind, id, unlit)
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
		fmt.Fprintf(&byAttribute, "%[1]s .node:not(.of-%[2]s),%[1]s .card:not(.of-%[2]s){opacity:var(--dim)}\n", root, c.ID)
	}
	return byAttribute.String(), byTarget.String()
}
