package check

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/scene"
	"sharh/app/desk/source"
)

// brokenWord finds words that are too long for a line on the map.
func brokenWord(c *Content, list *diag.List) {
	found := map[diag.Pos]bool{}
	c.eachFault(list, func(lang string, _ mapScene, f scene.Fault) {
		if f.Kind != scene.Broken {
			return
		}
		var text, name source.Text
		if f.Relation >= 0 {
			text = c.Actors.Relations[f.Relation].Label
		} else {
			text, name = c.Actors.Actors[f.Actor].Label, c.Actors.Actors[f.Actor].Name
		}
		pos := text.ByLang[lang].Pos
		if !text.Given() {
			pos = name.ByLang[lang].Pos
		}
		if found[pos] {
			return
		}
		found[pos] = true
		d := list.Warn(pos, "broken-word", "broken", f.Word)
		if text.Given() {
			d.Advise("shorter-word")
		} else {
			d.Advise("shorter-label")
		}
	})
}
