package check

import (
	"slices"
	"sync"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/scene"
	"sharh/app/story"
)

// actorMap is the actor map in one language.
type actorMap struct {
	*scene.Map
	lang   string
	doc    *story.Document
	scenes []mapScene
}

// mapScene is a scene of the map as the rules see it.
type mapScene struct {
	pos    diag.Pos // of the item that the scene belongs to
	step   bool     // it is the figure of a step
	faults []scene.Fault
}

// actorMaps returns the map in each language; none if the content has errors, because then it cannot be compiled.
func (c *Content) actorMaps(list *diag.List) []actorMap {
	if c.broken || len(c.Failed) > 0 || list.Count(diag.Error) > 0 {
		return nil
	}
	if c.maps == nil {
		all := make([]actorMap, len(c.Explainer.Languages))
		var wait sync.WaitGroup
		for i, lang := range c.Explainer.Languages {
			wait.Go(func() {
				if d, m, err := compile.Map(c.Set, lang.Value); err == nil { // else the build says why
					all[i] = actorMap{m, lang.Value, d, c.scenes(d, m)}
				}
			})
		}
		wait.Wait()
		c.maps = slices.DeleteFunc(all, func(m actorMap) bool { return m.Map == nil })
	}
	return c.maps
}

// eachFault calls visit for each fault of each scene, in each language.
func (c *Content) eachFault(list *diag.List, visit func(lang string, s mapScene, f scene.Fault)) {
	for _, m := range c.actorMaps(list) {
		for _, s := range m.scenes {
			for _, f := range s.faults {
				visit(m.lang, s, f)
			}
		}
	}
}

// scenes returns all scenes of a map except the whole, which has zoom and may be as large as it must.
func (c *Content) scenes(d *story.Document, m *scene.Map) (all []mapScene) {
	add := func(s story.Scene, pos diag.Pos, step bool, forms ...story.Form) {
		x := mapScene{pos: pos, step: step}
		for _, f := range forms {
			x.faults = append(x.faults, m.Faults(s, f)...)
		}
		all = append(all, x)
	}
	for _, s := range m.Scenes() {
		if s.Kind == story.WholeScene {
			continue
		}
		pos := c.Explainer.Map.Pos
		switch s.Kind {
		case story.CallScene:
			pos = c.index[call][s.ID]
		case story.ActorScene:
			pos = c.index[actor][s.ID]
		case story.ViewScene:
			pos = c.index[view][s.ID]
		}
		add(s, pos, false, story.Narrow, story.Wide)
	}
	for i, s := range d.Steps {
		if len(s.Actors)+len(s.Relations) > 0 {
			add(m.Of(s.Actors, s.Relations), c.Steps.Steps[i].Shows.Pos, true, story.Small)
		}
	}
	return all
}
