// Package share makes what is needed to show or reuse an explainer elsewhere: the share dialog, oEmbed answers,
// pictures, and data files.
package share

import (
	"path"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/page"
	"sharh/app/site/script"
	"sharh/app/story"
)

// Dialog adds dialog.js for an explainer in one language and returns it. folder is the edition's folder in the site,
// style the path of the dialog's style sheet.
func Dialog(files file.Set, d *story.Document, folder, style string) (*page.Dialog, error) {
	type part struct {
		Path string `json:"path"`
		Name string `json:"name"`
	}
	type facts struct {
		Words     map[string]string `json:"words"`
		Root      string            `json:"root"`   // folder of the explainer, relative to this file
		Folder    string            `json:"folder"` // folder of this language, relative to this file
		Path      string            `json:"path"`   // from the explainer's folder to this language's
		Parts     []part            `json:"parts"`
		Languages []part            `json:"languages"`
		Code      map[string]string `json:"code"`
	}
	w := map[string]string{
		"theme": d.Words.Theme, "theme_auto": d.Words.ThemeAuto,
		"theme_light": d.Words.ThemeLight, "theme_dark": d.Words.ThemeDark,
	}
	for name, word := range d.Words.Dialog {
		w[name] = word
	}
	x := facts{Words: w, Root: "../" + d.Slug + "/", Path: d.Path(), Folder: "../" + folder, Code: ui.Code}
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
	text, err := script.Make("dialog.js", map[string]any{"page": x, "style": path.Base(style)})
	if err != nil {
		return nil, err
	}
	return &page.Dialog{Path: files.Asset("dialog."+d.Slug+"."+d.Lang+".js", []byte(text)), Needs: []string{style}}, nil
}
