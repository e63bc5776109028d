package site

import (
	"fmt"
	"strings"

	"sharh/app/story"
)

// choice writes the style sheet that lights what is chosen and dims the rest. The page carries a choice as one
// attribute on its root (data-call, data-actor, data-camp), set by boot.js or by Go; with scripts off, :target stands
// in for it. Dimming hides nothing from assistive technology.
//
// It depends only on ids, which are letters, digits and hyphens.
func choice(d *story.Document) string {
	var b strings.Builder
	// dim takes a root selector and which parts below it are not lit.
	dim := func(root string, unlit ...string) {
		b.WriteString(root + " :is(" + strings.Join(unlit, ",") + "){opacity:var(--dim)}\n")
	}
	// With scripts the attribute alone counts: a fragment may be older than the choice.
	chosen := func(kind, id string) string {
		return fmt.Sprintf(`:is(#sharh[data-%[1]s="%[2]s"],html:not(.js) #sharh:has(#%[1]s-%[2]s:target))`, kind, id)
	}
	for _, c := range d.Calls {
		id := fmt.Sprint(c.ID)
		dim(chosen("call", id), fmt.Sprintf(`[data-calls]:not([data-calls~="%s"])`, id))
	}
	for _, a := range d.Actors {
		dim(chosen("actor", a.ID),
			fmt.Sprintf(`.call:not([data-actors~="%s"])`, a.ID),
			fmt.Sprintf(`[data-near]:not([data-near~="%s"])`, a.ID),
			fmt.Sprintf(`[data-ends]:not([data-ends~="%s"])`, a.ID))
	}
	for _, c := range d.Camps {
		dim(fmt.Sprintf(`#sharh[data-camp="%s"]`, c.ID), fmt.Sprintf(`[data-near]:not(.of-%s)`, c.ID))
	}
	return b.String()
}
