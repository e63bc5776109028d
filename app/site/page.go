package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"path"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/ui"
	"sharh/app/site/card"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// policy is the Content Security Policy of a page: nothing but our own origin, and of inline scripts and styles those
// alone whose hash it names.
func policy(h head) string {
	return policyOf(
		inline("script-src 'self' 'wasm-unsafe-eval'", h.script),
		inline("style-src 'self'", h.style, h.alone),
		"font-src 'self'",
		"img-src 'self'",
		"connect-src 'self'",
		"frame-src 'self'",
		"manifest-src 'self'",
		"worker-src 'self'",
	)
}

// inline is a directive that allows inline texts by their hash.
func inline(directive string, texts ...string) string {
	for _, text := range texts {
		if text != "" {
			sum := sha256.Sum256([]byte(text))
			directive += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	return directive
}

// policyOf is a Content Security Policy that allows what the directives say and nothing else.
func policyOf(directives ...string) string {
	return strings.Join(append(append([]string{"default-src 'none'"}, directives...),
		"base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types sharh"), "; ")
}

// head is what the head of a page says.
type head struct {
	lang, dir   string
	title       string
	heading     string // title where the page is shared, "" for title
	description string
	card        string // path of its picture, "" for none
	modified    string // the day, "2026-11-24"; "" for what is no article
	path        string // of the page's folder in the site, "" or "slug/en/"
	frame       string // path of the page that this one shows a part of in frames; "" for a page of its own
	style       string // inline, so that the page is painted and answers as soon as it is there; "" links to style.css
	alone       string // inline style for readers without scripts
	script      string // inline; "" links to boot.js
	story       string // path of the story; "" for a page without a client
	languages   []link
	share       string       // path of dialog.js, "" for none
	app         *application // nil for a page of none
	theme       story.Theme
}

type link struct{ lang, path string }

// begin writes how every page begins, and returns what writes on: it escapes its arguments, which are strings.
func begin(b *bytes.Buffer, lang, dir, policy, title, description string) func(format string, args ...any) {
	w := func(format string, args ...any) {
		for i, a := range args {
			args[i] = html.EscapeString(a.(string))
		}
		fmt.Fprintf(b, format, args...)
	}
	w(`<!doctype html><html lang="%s" dir="%s" data-client="still"><head><meta charset="utf-8">`, lang, dir)
	w(`<meta http-equiv="Content-Security-Policy" content="%s">`, policy)
	w(`<meta name="viewport" content="width=device-width,initial-scale=1">`)
	w(`<title>%s</title><meta name="description" content="%s">`, title, description)
	w(`<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">`)
	return w
}

// readingFonts are the fonts that a page is read in, without their endings: the text's, then those of labels and tools.
func readingFonts(dir string) []string {
	script := "latin"
	if dir == "rtl" {
		script = "arabic"
	}
	return []string{"markazi-text-" + script + "-400", "markazi-text-" + script + "-700", "readex-pro-" + script + "-400", "readex-pro-" + script + "-600"}
}

// page plans a whole page around a body.
func (p *plan) page(h head, body []byte) error {
	up := strings.Repeat("../", strings.Count(h.path, "/"))
	for _, inline := range []string{h.style, h.alone, h.script} {
		if strings.Contains(inline, "</") {
			return fmt.Errorf("an inline style or script must not contain </")
		}
	}
	var b bytes.Buffer
	w := begin(&b, h.lang, h.dir, policy(h), h.title, h.description)
	light, dark := papers(h.theme)
	w(`<meta name="theme-color" content="%s" media="(prefers-color-scheme:light)">`, light)
	w(`<meta name="theme-color" content="%s" media="(prefers-color-scheme:dark)">`, dark)
	if h.frame == "" { // what stands in a frame is not shared by its own address
		p.shared(h, w)
	}
	w(`<link rel="icon" type="image/svg+xml" href="%s"><link rel="apple-touch-icon" href="%s">`, up+p.icon, up+p.touch)
	attributes := "" // of the script
	if a := h.app; a != nil {
		w(`<link rel="manifest" href="%s"><meta name="apple-mobile-web-app-title" content="%s">`, relative(h.path, a.manifest), a.name)
		if a.offline != "" {
			attributes = fmt.Sprintf(` data-offline="%s" data-worker="%s"`, up+a.offline, relative(h.path, a.folder+workerName))
		}
	}
	if h.share != "" {
		w(`<link rel="alternate" type="application/json+oembed" href="%s">`, p.address(h.path+oembedName))
	}
	if h.frame != "" {
		// Browsers that come to know it size the frame by its content.
		w(`<meta name="responsive-embedded-sizing"><meta name="robots" content="noindex">`)
	}
	if h.share != "" {
		attributes += fmt.Sprintf(` data-share="%s"`, up+h.share)
	}
	w(`<link rel="canonical" href="%s">`, p.address(cmp.Or(h.frame, h.path)))
	for _, l := range h.languages {
		w(`<link rel="alternate" hreflang="%s" href="%s">`, l.lang, p.address(l.path))
	}
	// On narrow screens, which is where lines are slow, the text comes first.
	for _, font := range readingFonts(h.dir) {
		w(`<link rel="preload" as="font" type="font/woff2" crossorigin media="(min-width:45rem)" href="%s">`, up+p.fonts[font])
	}
	if h.style != "" {
		b.WriteString("<style>" + h.style + "</style>")
	} else {
		w(`<link rel="stylesheet" href="%s">`, up+p.style)
	}
	w(`<link rel="stylesheet" media="print" href="%s">`, up+p.print)
	if h.alone != "" {
		b.WriteString("<noscript><style>" + h.alone + "</style></noscript>")
	}
	switch {
	case h.story != "" && p.wasm != "":
		w(`<script data-wasm="%s" data-exec="%s" data-story="%s"`, up+p.wasm, up+p.exec, up+h.story)
		b.WriteString(attributes + ">" + h.script + "</script>")
	case h.script != "":
		b.WriteString("<script" + attributes + ">" + h.script + "</script>")
	default:
		w(`<script src="%s"`, up+p.boot)
		b.WriteString(attributes + "></script>")
	}
	b.WriteString("</head><body>")
	b.Write(body)
	b.WriteString("</body></html>\n")
	p.files[h.path+"index.html"] = b.Bytes()
	return nil
}

// relative is the address of a file of the site from a page in a folder.
func relative(folder, file string) string {
	for folder != "" {
		first, rest, _ := strings.Cut(folder, "/")
		within, found := strings.CutPrefix(file, first+"/")
		if !found {
			break
		}
		folder, file = rest, within
	}
	return strings.Repeat("../", strings.Count(folder, "/")) + file
}

// shared is what those read who show the page where it is shared: networks, messengers. They take whole addresses only.
func (p *plan) shared(h head, w func(format string, args ...any)) {
	title := cmp.Or(h.heading, h.title)
	property := func(name, content string) {
		if content != "" {
			w(`<meta property="%s" content="%s">`, name, content)
		}
	}
	property("og:title", title)
	property("og:description", h.description)
	kind := "website"
	if h.modified != "" {
		kind = "article"
	}
	property("og:type", kind)
	property("og:locale", locales[h.lang])
	property("article:modified_time", h.modified)
	if !p.published() {
		return
	}
	property("og:url", p.address(h.path))
	if h.card == "" {
		return
	}
	property("og:image", p.address(h.card))
	property("og:image:width", strconv.Itoa(card.Width))
	property("og:image:height", strconv.Itoa(card.Height))
	property("og:image:alt", title)
	w(`<meta name="twitter:card" content="summary_large_image">`)
}

// locales are languages as Open Graph has them, with a country each. Of others it is not told.
var locales = map[string]string{"ar": "ar_AR", "de": "de_DE", "en": "en_US", "es": "es_ES", "fa": "fa_IR", "fr": "fr_FR", "ru": "ru_RU", "tr": "tr_TR", "uk": "uk_UA"}

// modified is the day of the latest change of a story.
func modified(d *story.Document) string {
	day := d.FactsAsOf.ISO
	for _, c := range d.Changes {
		day = max(day, c.Date.ISO)
	}
	return day
}

// inline is style.css for the inside of a page. Its fonts are named relative to it, and it is among the assets; the page
// is not.
func (p *plan) inline(folder string) string {
	style := string(p.files[p.style])
	for _, font := range p.fonts {
		style = strings.ReplaceAll(style, path.Base(font), strings.Repeat("../", strings.Count(folder, "/"))+font)
	}
	return style
}

// explainer plans the pages of one explainer.
func (p *plan) explainer(e Explainer) error {
	for _, d := range e.Stories {
		live, err := story.Encode(d.Excerpt())
		if err != nil {
			return err
		}
		folder := e.Slug + "/" + d.Path()
		var languages []link
		for _, l := range d.Languages {
			languages = append(languages, link{l.Lang, e.Slug + "/" + l.Path})
		}
		whole := "" // the page in one file
		if p.options.Single {
			whole = relative(folder+ui.Evidence.Path(), e.Slug+"/"+oneFileName(d))
		}
		body, err := prerender.Part(&ui.Page{Doc: d}, ui.Whole.Where, "")
		if err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		style, alone := choice(d)
		alone = p.alone + alone
		for _, css := range []*string{&style, &alone} {
			if *css, err = minify(*css, api.LoaderCSS); err != nil {
				return fmt.Errorf("%s: style of choices: %w", d.Lang, err)
			}
		}
		if p.options.Single {
			all, err := prerender.HTML(&ui.Page{Doc: d, All: true})
			if err != nil {
				return fmt.Errorf("%s: in one file: %w", d.Lang, err)
			}
			if err := p.oneFile(d, folder, all, style, alone); err != nil {
				return fmt.Errorf("%s: %w", d.Lang, err)
			}
		}
		if err := p.data(folder, d); err != nil {
			return fmt.Errorf("%s: data: %w", d.Lang, err)
		}
		cards, err := p.cards(d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		a, err := p.app(e.Slug, d, folder)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		if err := p.manifest(e, d, folder, a); err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		if a != nil {
			p.saved(a.folder, savedStory(d, strings.TrimPrefix(folder, a.folder)), a.manifest)
		}
		share, err := p.share(e, folder, d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		data := p.asset("story."+e.Slug+"."+d.Lang+".json", live)
		if err := p.page(head{
			lang: d.Lang, dir: d.Dir, title: d.Title, description: d.Summary, card: cards[""], modified: modified(d), path: folder, style: p.inline(folder) + style + theme(d.Theme), theme: d.Theme, alone: alone,
			script: string(p.files[p.boot]), story: data, languages: languages, share: share, app: a,
		}, body); err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		evidence, err := prerender.Part(&ui.Page{Doc: d, Part: ui.Evidence, Whole: whole}, ui.Evidence.Where, "")
		if err != nil {
			return fmt.Errorf("%s: evidence: %w", d.Lang, err)
		}
		path := folder + ui.Evidence.Path()
		var same []link
		for _, l := range languages {
			same = append(same, link{l.lang, l.path + ui.Evidence.Path()})
		}
		if a != nil { // it belongs to the app, and has no button
			p.saved(a.folder, savedStory(d, strings.TrimPrefix(path, a.folder)))
			a = &application{manifest: a.manifest, name: a.name}
		}
		if err := p.page(head{
			lang: d.Lang, dir: d.Dir, title: d.Words.Evidence + " · " + d.Title, description: d.Words.EvidenceLead, card: cards[ui.Evidence.Path()], modified: modified(d), path: path,
			style: p.inline(path) + p.item + theme(d.Theme), theme: d.Theme, alone: alone, script: string(p.files[p.boot]), story: data, languages: same, share: share, app: a,
		}, evidence); err != nil {
			return fmt.Errorf("%s: evidence: %w", d.Lang, err)
		}
		if err := p.oembeds(folder, d, cards); err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		if err := p.embeds(folder, d, data, style, alone); err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
		if err := p.items(folder, d, languages, cards, share, a); err != nil {
			return fmt.Errorf("%s: %w", d.Lang, err)
		}
	}
	return nil
}
