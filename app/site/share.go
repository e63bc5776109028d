package site

import (
	"fmt"
	"path"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/web"
)

// share adds share.js for an explainer in a language, whose folder is given, and returns its path.
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
		Style     string            `json:"style"`
		Parts     []part            `json:"parts"`
		Languages []part            `json:"languages"`
	}
	w := map[string]string{"theme": d.Words.Theme, "theme_light": d.Words.ThemeLight, "theme_dark": d.Words.ThemeDark, "theme_auto": d.Words.ThemeAuto}
	for name, word := range d.Words.Dialog {
		w[name] = word
	}
	css, err := web.Files.ReadFile("share.css")
	if err != nil {
		return "", err
	}
	style, err := minify(string(css), api.LoaderCSS)
	if err != nil {
		return "", fmt.Errorf("share.css: %w", err)
	}
	x := page{Words: w, Root: "../" + e.Slug + "/", Path: d.Path(), Folder: "../" + folder, Style: path.Base(p.asset("share.css", []byte(style)))}
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
	data, err := literal(x)
	if err != nil {
		return "", fmt.Errorf("share.js: %w", err)
	}
	script, err := filled("share.js", `const page = /** @type {any} */ ({});`, "const page = "+data+";")
	if err != nil {
		return "", err
	}
	return p.asset("share."+e.Slug+"."+d.Lang+".js", []byte(script)), nil
}
