package site

import (
	"path"

	"sharh/app/page/ui"
	"sharh/app/story"
)

// share adds dialog.js for an explainer in a language, whose folder is given, and returns its path.
func (p *plan) share(e Explainer, folder string, d *story.Document) (string, error) {
	type part struct {
		Path string `json:"path"`
		Name string `json:"name"`
	}
	type page struct {
		Words     map[string]string `json:"words"`
		Root      string            `json:"root"`   // folder of the explainer, from this file
		Folder    string            `json:"folder"` // the same in this language
		Path      string            `json:"path"`   // from one to the other
		Parts     []part            `json:"parts"`
		Languages []part            `json:"languages"`
		Code      map[string]string `json:"code"`
	}
	w := map[string]string{"theme": d.Words.Theme, "theme_light": d.Words.ThemeLight, "theme_dark": d.Words.ThemeDark, "theme_auto": d.Words.ThemeAuto}
	for name, word := range d.Words.Dialog {
		w[name] = word
	}
	x := page{Words: w, Root: "../" + e.Slug + "/", Path: d.Path(), Folder: "../" + folder, Code: ui.Code}
	for _, l := range d.Languages {
		x.Languages = append(x.Languages, part{l.Path, l.Name})
	}
	for _, embed := range ui.EmbedParts(d) {
		name := embed.Name(d)
		if embed == ui.Embed {
			name = w["all"]
		}
		x.Parts = append(x.Parts, part{embed.Path(), name})
	}
	text, err := script("dialog.js", map[string]any{"page": x, "style": path.Base(p.dialogs)})
	if err != nil {
		return "", err
	}
	return p.asset("dialog."+e.Slug+"."+d.Lang+".js", []byte(text)), nil
}
