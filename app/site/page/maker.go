package page

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/script"
	"sharh/app/story"
	"sharh/web"
)

// Loader is the script that publishers use to load embeds. Its name never changes.
const Loader = "embed.js"

// Program is the compiled WebAssembly program and the script of the Go release that runs it. If it is empty, pages
// work without a client.
type Program struct {
	Wasm []byte
	Exec []byte
}

// Maker makes the pages of one site, and holds what they share.
type Maker struct {
	base   file.Base
	client *Client // nil for none

	style, boot, print Text              // each as text and as a file
	notice             Text              // style of the pages of a withdrawn explainer, likewise
	letters            map[string]string // more style by set of letters, with the fonts that not every page needs
	faces              map[string]faces  // style and letters in two parts, by set of letters; "" for a set without any
	fonts              map[string]string // paths of font files by name, "markazi-text-arabic-400"
	embedded           map[string][]byte // contents of font files, by file name
	dialogs            string            // path of the style sheet of dialogs
	icon, touch        string            // paths
	iconData           []byte

	noScript, tabs     string    // styles without scripts: for every page, for tabs
	pageStyle          string    // style of all pages except embeds
	languagesStyle     string    // more style for those in more than two languages
	explainerStyle     string    // more style for the explainer's own page
	features           []feature // more style for pages with pictures of editors, and other things that few stories have
	evidence           string    // more style for the evidence page
	item               string    // the same, with the style of item pages
	embed, demo, shelf string    // more style for embeds, demo pages, the shelf
	scenes             string    // more style for the sheet of all scenes
	nowhere            string    // more style for pages where there is nothing
	bridge             string    // boot.js together with bridge.js, for embeds
	demoScript         string
	moved, movedScript string // style and script of pages at former addresses
}

// NewMaker returns the page maker of a site. It adds the files that all pages share to files.
func NewMaker(files file.Set, program Program, base file.Base) (*Maker, error) {
	m := &Maker{base: base, letters: map[string]string{}, fonts: map[string]string{}, embedded: map[string][]byte{}}
	// err keeps the first failure; the code goes on after it, which does no harm.
	var err error
	read := func(name string) []byte {
		data, readErr := web.Files.ReadFile(name)
		err = cmp.Or(err, readErr)
		return data
	}
	small := func(name, source string) string {
		loader := api.LoaderJS
		if path.Ext(name) == ".css" {
			loader = api.LoaderCSS
		}
		text, minifyErr := script.Minify(source, loader)
		if minifyErr != nil {
			err = cmp.Or(err, fmt.Errorf("%s: %w", name, minifyErr))
		}
		return text
	}
	minified := func(name string) string { return small(name, string(read(name))) }
	both := func(name, text string) Text { return Text{Inline: text, Path: files.Asset(name, []byte(text))} }

	light, dark := web.Palette()
	style := theme(story.Theme{Light: light, Dark: dark}) + string(read("style.css"))
	sheets, globErr := fs.Glob(web.Files, "fonts/*.css")
	err = cmp.Or(err, globErr)
	for _, name := range sheets {
		m.letters[strings.TrimSuffix(path.Base(name), ".css")] = string(read(name))
	}
	fonts, globErr := fs.Glob(web.Files, "fonts/*.woff2")
	err = cmp.Or(err, globErr)
	for _, name := range fonts {
		data := read(name)
		asset := files.Asset(path.Base(name), data)
		m.fonts[strings.TrimSuffix(path.Base(name), ".woff2")] = asset
		m.embedded[path.Base(asset)] = data
		used := false
		fill := func(style string) string {
			used = used || strings.Contains(style, `url("`+name+`")`)
			return strings.ReplaceAll(style, `url("`+name+`")`, `url("`+path.Base(asset)+`")`)
		}
		style = fill(style)
		for of, sheet := range m.letters {
			m.letters[of] = fill(sheet)
		}
		if !used {
			err = cmp.Or(err, fmt.Errorf("no style uses %s", name))
		}
	}
	for of, sheet := range m.letters {
		m.letters[of] = small("fonts/"+of+".css", sheet)
	}
	m.style = both("style.css", small("style.css", style))
	m.faces = map[string]faces{"": facesOf(m.style.Inline)}
	for of, sheet := range m.letters {
		m.faces[of] = facesOf(m.style.Inline + sheet)
	}
	m.notice = both("notice.css", m.style.Inline+minified("notice.css"))
	m.moved, m.movedScript = theme(story.Theme{Light: light, Dark: dark})+minified("moved.css"), minified("moved.js")
	m.print = both("print.css", minified("print.css"))
	m.dialogs = files.Asset("dialog.css", []byte(minified("dialog.css")))
	m.noScript, m.tabs = minified("noscript.css"), minified("embed-noscript.css")
	m.pageStyle, m.explainerStyle = minified("page.css"), minified("explainer.css")
	m.languagesStyle = minified("languages.css")
	m.features = []feature{
		{[]byte("<picture"), minified("picture.css")},
		{[]byte("<table"), minified("table.css")},
		{[]byte(`class="points"`), minified("points.css")},
		{[]byte(`id="axis"`), minified("zoom.css")},
		{[]byte(`class="span"`), minified("spans.css")},
		{[]byte(` wt-`), minified("weights.css")},
	}
	checks := string(read("check.css"))
	m.evidence = small("evidence.css, behind check.css", checks+string(read("evidence.css")))
	m.item = m.evidence + minified("item.css")
	m.embed, m.demo, m.shelf = minified("embed.css"), minified("demo.css"), minified("shelf.css")
	m.scenes, m.nowhere = minified("scenes.css"), minified("missing.css")

	filled := func(name string, own map[string]any) string {
		text, fillErr := script.Filled(name, own)
		err = cmp.Or(err, fillErr)
		return text
	}
	boot := func(embed bool) string { return filled("boot.js", map[string]any{"embed": embed}) }
	m.boot = both("boot.js", small("boot.js", boot(false)))
	m.bridge = small("bridge.js, behind boot.js", boot(true)+filled("bridge.js", nil))
	m.demoScript = minified("demo.js")
	files[Loader] = []byte(small(Loader, filled(Loader, nil)))
	if len(program.Wasm) > 0 {
		exec := small("takeover.js, behind wasm_exec.js", string(program.Exec)+"\n"+filled("takeover.js", nil))
		live := small("live.css, behind check.css", checks+string(read("live.css")))
		m.client = &Client{
			Exec:  files.Asset("takeover.js", []byte(exec)),
			Wasm:  files.Asset("client.wasm", program.Wasm),
			Style: files.Asset("live.css", []byte(live)),
		}
	}

	m.iconData = read("icons/icon.svg")
	m.icon = files.Asset("icon.svg", m.iconData)
	m.touch = files.Asset("apple-touch-180.png", read("icons/apple-touch-180.png"))
	return m, err
}

// DialogStyle is the path of the style sheet of dialogs.
func (m *Maker) DialogStyle() string { return m.dialogs }

// Edition is an explainer in one language, with the files that its pages refer to.
type Edition struct {
	*story.Document
	Live     string            // path of the part of the story that the client gets first
	Depth    string            // path of the part that the client gets once it is live
	Pictures map[string]string // paths of the pictures for sharing, by the page's folder inside the edition's
	Maps     *Maps             // nil for none
	Share    *Dialog
	Save     *Dialog // nil for none, as Share
	App      *App
	Single   bool     // there is a page with everything in one file
	Files    file.Set // has the pictures of its document
}

// Maps are pictures of the map that readers can take along.
type Maps struct {
	Paths []string              // of the files
	Whole []ui.Picture          // of the map as a whole; their links are those of the evidence page
	Items map[string]ui.Picture // of items, by the folder of the item's page inside the edition's
}

// Folder is the edition's folder in the site: "slug/" or "slug/en/".
func (e *Edition) Folder() string { return e.Slug + "/" + e.Document.Path() }

// makers make the pages of an edition. Each makes the pages of one kind.
var makers = []func(*Maker, *Edition) ([]*Page, error){
	(*Maker).explainer,
	(*Maker).evidencePage,
	(*Maker).embeds,
	(*Maker).items,
	(*Maker).missing,
	(*Maker).singles,
}

// Edition makes the pages of an edition, the explainer's own one first.
func (m *Maker) Edition(e Edition) ([]*Page, error) {
	var all []*Page
	for _, of := range makers {
		pages, err := of(m, &e)
		if err != nil {
			return nil, err
		}
		for _, p := range pages {
			m.featured(p)
		}
		all = append(all, pages...)
	}
	return all, nil
}

// faces is a style in two parts: its fonts, and the rest. Hundreds of pages have the same one, so it is parted once.
type faces struct{ fonts, rest string }

func facesOf(style string) faces {
	return faces{strings.Join(fontFace.FindAllString(style, -1), ""), fontFace.ReplaceAllString(style, "")}
}

// on writes the fonts in front of the rest, under a condition: on narrow screens a first visit does without them. They
// would come too late to be shown, and yet make the browser lay the page out again. boot.js takes the condition away
// for later visits, but not in an embed, which remembers no visit.
func (f faces) on(kind Kind) string { return "@media" + roomy(kind) + "{" + f.fonts + "}" + f.rest }

// page returns a page with the fields that all pages of a document share; folder is its folder in the site.
func (m *Maker) page(kind Kind, folder string, d *story.Document) *Page {
	parted, ok := m.faces[d.Words.Fonts]
	if !ok {
		parted = m.faces[""]
	}
	style := parted.on(kind)
	if kind != Embed {
		style += m.pageStyle
		if len(d.Languages) > 2 {
			style += m.languagesStyle
		}
	}
	return &Page{
		Kind: kind, Path: folder + "index.html", Lang: d.Lang, Dir: d.Dir,
		Canonical: m.base.Address(folder), Paper: PaperOf(d.Theme),
		Style: Text{Inline: m.inside(folder, style)}, Print: Text{Path: m.print.Path}, Script: Text{Inline: m.boot.Inline},
		Fonts: m.reading(d.Words.Fonts), Icon: m.icon, Touch: m.touch,
	}
}

// feature is something in the HTML of a page, and the style for it.
type feature struct {
	html  []byte
	style string
}

// featured adds the styles of what a page has and few others have.
func (m *Maker) featured(p *Page) {
	for _, f := range m.features {
		if bytes.Contains(p.Body, f.html) {
			p.Style.Inline += f.style
		}
	}
}

// inside is a style for inlining into a page. Its font addresses are relative to the assets folder, so they are
// rewritten for the page's folder.
func (m *Maker) inside(folder, style string) string {
	for _, font := range m.fonts {
		style = strings.ReplaceAll(style, path.Base(font), file.Relative(folder, font))
	}
	return style
}

// readingFonts are the names of the fonts that a page needs at first, by its set of letters: those of the text, then
// those of labels and tools. The set "system" has none.
var readingFonts = map[string][]string{
	"arabic": {
		"markazi-text-arabic-400", "markazi-text-arabic-700", "readex-pro-arabic-400", "readex-pro-arabic-600",
	},
	"extended": {
		"markazi-text-extended-400", "markazi-text-extended-700", "readex-pro-extended-400", "readex-pro-extended-600",
	},
	"hebrew": {
		"frank-ruhl-libre-hebrew-400", "frank-ruhl-libre-hebrew-700", "assistant-hebrew-400", "assistant-hebrew-600",
	},
	"latin": {
		"markazi-text-latin-400", "markazi-text-latin-700", "readex-pro-latin-400", "readex-pro-latin-600",
	},
}

// reading returns the paths of those fonts.
func (m *Maker) reading(letters string) []string {
	var paths []string
	for _, name := range readingFonts[letters] {
		paths = append(paths, m.fonts[name])
	}
	return paths
}

// languages are the addresses of a page in each language of an edition; path is the page's folder inside the
// edition's.
func (m *Maker) languages(e *Edition, path string) []Link {
	var all []Link
	for _, l := range e.Languages {
		all = append(all, Link{l.Lang, m.base.Address(e.Slug + "/" + l.Path + path)})
	}
	return all
}

// shared is the description of a page for networks and messengers; path is the page's folder inside the edition's. A
// page without a picture of its own gets the explainer's.
func (m *Maker) shared(e *Edition, path, title, description string) *Shared {
	s := &Shared{Title: title, Description: description, Locale: e.Words.OpenGraph, Modified: e.Document.Modified()}
	if m.base.Host() {
		s.Address = m.base.Address(e.Folder() + path)
		if picture := cmp.Or(e.Pictures[path], e.Pictures[""]); picture != "" {
			s.Picture = m.base.Address(picture)
		}
	}
	return s
}
