package check

import (
	"sharh/app/desk/diag"
)

// unusedID finds items that nothing refers to. Actors, calls, events, statements and sections are shown in any case. It
// also finds key points that are not shown because the explainer has steps.
func unusedID(c *Content, list *diag.List) {
	used := map[kind]map[string]bool{src: {}, speaker: {}, term: {}, view: {}, camp: {}, group: {}, mark: {}}
	use := func(k kind, id string) {
		if used[k] != nil {
			used[k][id] = true
		}
	}
	for _, r := range references(c.Set) {
		use(r.kind, r.Value)
		if !c.index.has(r.kind, r.Value) {
			use(r.kind, c.index.nearest(r.kind, r.Value)) // report a mistyped id only once, as unknown
		}
	}
	for _, x := range c.Timeline.Events {
		use(mark, x.Figure.Value)
		use(mark, c.index.nearest(mark, x.Figure.Value))
	}
	for _, t := range c.texts {
		for _, l := range t.Links {
			if k, id, ok := target(l.Target); ok {
				use(k, id)
			}
		}
	}
	if len(c.Failed) > 0 {
		return // the references of an unreadable file are unknown
	}
	if len(c.Steps.Steps) > 0 && len(c.Explainer.KeyPoints) > 0 {
		list.Warn(c.Explainer.KeyPoints[0].Pos, "unused-id", "key-points").Note(c.Steps.Pos, "steps").Advise("move")
	}
	unusedPictures(c, list)
	for _, d := range definitions(c.Set) {
		if used[d.kind] == nil || used[d.kind][d.Value] || d.kind == speaker && c.index.has(actor, d.Value) {
			continue
		}
		w := list.Warn(d.Pos, "unused-id", "unused", d.kind.word(), d.Value)
		switch d.kind {
		case term:
			w.Advise("link-term", diag.Raw(d.Value))
		case view:
			w.Advise("place-view")
		default:
			w.Advise("use")
		}
	}
}
