package check

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/scene"
	"sharh/app/story"
)

// crowdedScene finds scenes with too much in them for a screen. It reports each once, for the first language and form.
func crowdedScene(c *Content, list *diag.List) {
	found := map[diag.Pos]bool{}
	c.eachFault(list, func(_ string, s mapScene, f scene.Fault) {
		if f.Kind == scene.Broken || found[s.pos] {
			return
		}
		found[s.pos] = true
		var d *diag.Diagnostic
		switch {
		case f.Kind == scene.Mute:
			d = list.Warn(s.pos, "crowded-scene", "mute", f.Got, f.Most)
		case f.Form == story.Small:
			d = list.Warn(s.pos, "crowded-scene", "tall-step", f.Got, f.Most)
		case f.Form == story.Narrow:
			d = list.Warn(s.pos, "crowded-scene", "tall-phone", f.Got, f.Most)
		default:
			d = list.Warn(s.pos, "crowded-scene", "tall", f.Got, f.Most)
		}
		if s.step {
			d.Advise("split-step")
		} else {
			d.Advise("fewer-relations")
		}
	})
}
