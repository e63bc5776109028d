// Package page makes the pages of a site.
//
// A page is a value. Code that writes a page, weighs it or saves it for offline use reads the fields of [Page] and
// never parses its HTML.
//
//	m, err := page.NewMaker(files, client, base)
//	pages, err := m.Edition(page.Edition{Document: doc, Story: path, …})
//	html, err := pages[0].HTML()
//
// A new kind of page needs a [Kind] with a row in the kinds table, a function that makes the pages of that kind, and
// an entry in makers.
package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"path"
	"strconv"
	"strings"

	"sharh/app/site/card"
	"sharh/app/site/file"
	"sharh/app/site/script"
)

// Kind is a kind of page.
type Kind string

const (
	Explainer Kind = "explainer" // a whole explainer in one language
	Evidence  Kind = "evidence"  // what an explainer is based on: its ledger, relations and sources
	Item      Kind = "item"      // a single step, call, view or actor
	Embed     Kind = "embed"     // an explainer or a part of it, for frames on other pages
	Demo      Kind = "demo"      // a sample of a publisher's page
	Shelf     Kind = "shelf"     // the list of explainers
	Missing   Kind = "missing"   // what hosts show where there is nothing
	Single    Kind = "single"    // an explainer in one file, which loads no other file
	Notice    Kind = "notice"    // any page of an explainer that was withdrawn
	Moved     Kind = "moved"     // a page at an address that another one had before
	Scenes    Kind = "scenes"    // every scene of the map of an explainer; in previews only
)

// kinds are the properties of each kind of page.
var kinds = map[Kind]struct {
	budget  int64
	many    bool
	indexed bool
	ahead   bool // browsers may fetch pages that it leads to before its reader goes there
}{
	Explainer: {budget: 38_600, indexed: true, ahead: true},
	Evidence:  {budget: 40_000, indexed: true, ahead: true},
	Item:      {budget: 30_000, many: true, indexed: true, ahead: true},
	Embed:     {budget: 30_000}, // its reader also has to load the page around it
	Demo:      {budget: 45_000},
	Shelf:     {budget: 45_000, ahead: true},
	Missing:   {budget: 8_000, many: true},
	Single:    {budget: 400_000, many: true},
	Notice:    {budget: 30_000, many: true},
	Moved:     {budget: 3_000, many: true},
}

// Budget is the most that must arrive before a page of this kind can be read and clicked, in compressed bytes: its
// HTML with style and script. For a single file it is the size of the file, uncompressed.
func (k Kind) Budget() int64 { return kinds[k].budget }

// Many tells whether pages of this kind are so many or so large that compressing them at the highest level would
// take most of a build. They are far below their budget, so a lower level is enough.
func (k Kind) Many() bool { return kinds[k].many }

// Indexed tells whether a sitemap of an explainer names pages of this kind.
func (k Kind) Indexed() bool { return kinds[k].indexed }

// Page is a page of the site. Paths are paths of files in the site; addresses are where pages are published.
type Page struct {
	Kind               Kind
	Path               string // of its file: "slug/en/index.html"
	Root               string // of a page that stands at any address: the path of the site, with which its links begin
	Lang, Dir          string
	Title, Description string
	Body               []byte

	To        string   // path of the page that this one leads to, "" if it is one to read
	Canonical string   // the address that search engines should show, "" for none
	Languages []Link   // this page in each language
	Next      []string // relative addresses of pages that the client's script fetches before they are asked for
	Shared    *Shared
	Article   *Article // nil for a page that is not the explainer's own, or the notice at its address
	Linked    string   // linked data, as JSON; "" for none
	Feed      string   // path of its feed, "" for none
	OEmbed    *OEmbed  // nil for a page without an answer
	Paper     Paper    // the colour that browsers show around the page

	Style       Text   // what it looks like
	NoScript    string // style without scripts
	Print       Text   // style for paper
	OnPaper     bool   // the screen shows it as it is printed
	Script      Text
	Fonts       []string // paths of the fonts that it needs at first
	Pictures    []string // paths of the pictures of editors, each in the form to save
	Heavier     int64    // bytes of the pictures of editors in a single file, which its budget does not count
	Icon, Touch string   // paths; for a single file, Icon is a data: address

	Story  string  // path of the data that the client gets first; "" for a page without a client
	Depth  string  // path of the data that it gets once it is live; "" for none
	Client *Client // nil for none
	Share  *Dialog // the share dialog, nil for none
	App    *App    // nil if the page belongs to no app
	Save   *Dialog // the save dialog, nil for a page without a save button
	Saved  *Saved  // nil for a page that the app does not save
}

// Link is the address of a page in one language.
type Link struct{ Lang, Address string }

// Text is a style sheet or a script: either inline or in a file of its own.
type Text struct{ Inline, Path string }

// Paper is the background colour of a page, which browsers also show around it, for light and dark themes.
type Paper struct{ Light, Dark string }

// Client are the paths of the WebAssembly client, of the script that starts it, and of the styles for what it draws.
type Client struct{ Wasm, Exec, Style string }

// Dialog is a script that is loaded when the reader asks for the dialog, and the assets that this script loads.
type Dialog struct {
	Path  string
	Needs []string
}

// App is the app that a page belongs to. Readers save and install apps.
type App struct {
	Folder   string // folder of its worker, "" or "slug/", which is also the worker's scope
	Worker   string // path
	Manifest string // path
	Name     string // short
}

// Saved is what the save dialog tells a reader about the version of a saved page.
type Saved struct {
	Date    string   `json:"date"`
	Changes []Change `json:"changes"` // the latest changes; for none it must be empty, not nil
}

// Change is an entry of a change log.
type Change struct {
	On   string `json:"on"`
	Text string `json:"text"`
}

// OEmbed is what a page's answer for oEmbed (https://oembed.com) contains besides the fields of Shared.
type OEmbed struct {
	Answer string // address of the answer, a file beside the page's
	Frame  string // address of the page to frame
	After  string // text after the title, shown until the frame is there
	Height int    // that the frame needs, 0 for that of an embed
}

// OEmbedName is the name of the file with the answer, in the folder of the page.
const OEmbedName = "oembed.json"

// Shared is the description of a page for networks and messengers that show a preview of it. They accept full
// addresses only.
type Shared struct {
	Title, Description string
	Locale             string // "ar_AR", "" for none
	Modified           string // the day, "2026-11-24"; "" if the page is not an article
	Address, Picture   string // "" if the host of the site is not known
}

// Folder is the folder of the page's file in the site, "slug/en/" or "".
func (p *Page) Folder() string { return strings.TrimSuffix(p.Path, path.Base(p.Path)) }

// Written returns a copy without the body and the inline texts, which only HTML needs.
func (p *Page) Written() *Page {
	w := *p
	w.Linked = ""
	w.Body, w.NoScript, w.Style.Inline, w.Print.Inline, w.Script.Inline = nil, "", "", "", ""
	return &w
}

// When says when an asset is loaded.
type When int

const (
	First      When = iota // before the page can be read and clicked
	Font                   // before the page has its final look
	Later                  // after that, or when the reader asks for it
	WithClient             // together with the client
)

// Load is an asset that a page loads.
type Load struct {
	Path string
	When When
}

// Loads are the assets that the page and its scripts load, in the order in which the page names them.
func (p *Page) Loads() []Load {
	var all []Load
	add := func(when When, paths ...string) {
		for _, path := range paths {
			if path != "" {
				all = append(all, Load{path, when})
			}
		}
	}
	if p.Kind == Single {
		return nil
	}
	add(Later, p.Icon, p.Touch)
	add(Later, p.Pictures...)
	add(Font, p.Fonts...)
	add(First, p.Style.Path)
	add(Later, p.Print.Path)
	add(First, p.Script.Path)
	if p.hasClient() {
		add(WithClient, p.Client.Wasm, p.Client.Exec, p.Client.Style, p.Story, p.Depth)
	}
	for _, d := range []*Dialog{p.Save, p.Share} {
		if d != nil {
			add(Later, d.Path)
			add(Later, d.Needs...)
		}
	}
	return all
}

// rules are the speculation rules of the page, "" for none.
func (p *Page) rules() string {
	switch {
	case !kinds[p.Kind].ahead:
		return ""
	case p.hasClient():
		return script.Ahead(p.Next)
	}
	return script.Pointed
}

// hasClient tells whether the page loads the client.
func (p *Page) hasClient() bool { return p.Story != "" && p.Client != nil }

// HTML returns the page as HTML; more is HTML to add at the end of its head.
func (p *Page) HTML(more ...string) ([]byte, error) {
	for _, inline := range []string{p.Style.Inline, p.NoScript, p.Print.Inline, p.Script.Inline} {
		if strings.Contains(inline, "</") {
			return nil, fmt.Errorf("writing %s: an inline style or script must not contain </", p.Path)
		}
	}
	w := &writer{folder: p.Folder(), root: p.Root}
	w.tag(`<!doctype html><html lang="%s" dir="%s" data-client="still"><head><meta charset="utf-8">`, p.Lang, p.Dir)
	w.tag(`<meta http-equiv="Content-Security-Policy" content="%s">`, p.policy())
	w.tag(`<meta name="viewport" content="width=device-width,initial-scale=1">`)
	w.tag(`<title>%s</title>`, p.Title)
	if p.Description != "" {
		w.tag(`<meta name="description" content="%s">`, p.Description)
	}
	w.tag(`<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">`)
	switch p.Kind {
	case Single:
		p.singleHead(w)
	case Missing:
		p.missingHead(w)
	default:
		p.head(w)
	}
	for _, html := range more {
		w.WriteString(html)
	}
	w.WriteString("</head><body>")
	w.Write(p.Body)
	w.WriteString("</body></html>\n")
	return w.Bytes(), nil
}

// writer writes the HTML of a page. folder is the page's folder in the site; root is as in Page.
type writer struct {
	bytes.Buffer
	folder, root string
}

// tag writes HTML and inserts the values, escaped. A value is a text, or stands in double quotes: so single ones, of
// which a policy has two dozen, need not be escaped.
func (w *writer) tag(format string, values ...string) {
	escaped := make([]any, len(values))
	for i, v := range values {
		escaped[i] = strings.ReplaceAll(html.EscapeString(v), "&#39;", "'")
	}
	fmt.Fprintf(w, format, escaped...)
}

// to returns the address of a file, relative to the page if that has an address of its own.
func (w *writer) to(path string) string {
	if w.root != "" {
		return w.root + path
	}
	return file.Relative(w.folder, path)
}

// paper writes the colours around the page. Around a frame there is the host's page.
func (p *Page) paper(w *writer) {
	if p.Kind == Embed {
		return
	}
	w.tag(`<meta name="theme-color" content="%s" media="(prefers-color-scheme:light)">`, p.Paper.Light)
	w.tag(`<meta name="theme-color" content="%s" media="(prefers-color-scheme:dark)">`, p.Paper.Dark)
}

// roomy is the media query of screens on which fonts come with a page of a kind. Networks are slow where screens are
// narrow. A frame is narrow on wide screens too.
func roomy(kind Kind) string {
	if kind == Embed {
		return "(min-device-width:45rem)"
	}
	return "(min-width:45rem)"
}

// preload lets fonts come with the page. On narrow screens boot.js gets the files that are named here when the page is
// at rest, for the next visit.
func (p *Page) preload(w *writer) {
	for _, font := range p.Fonts {
		w.tag(`<link rel="preload" as="font" type="font/woff2" crossorigin media="%s" href="%s">`, roomy(p.Kind), w.to(font))
	}
}

// head writes the rest of the head of every page that is neither a single file nor for what is missing.
func (p *Page) head(w *writer) {
	p.paper(w)
	if p.Shared != nil {
		p.Shared.write(w)
	}
	if p.Linked != "" {
		w.WriteString(`<script type="application/ld+json">` + p.Linked + "</script>")
	}
	w.tag(`<link rel="icon" type="image/svg+xml" href="%s">`, w.to(p.Icon))
	if p.Touch != "" {
		w.tag(`<link rel="apple-touch-icon" href="%s">`, w.to(p.Touch))
	}
	if p.App != nil {
		w.tag(`<link rel="manifest" href="%s"><meta name="apple-mobile-web-app-title" content="%s">`,
			w.to(p.App.Manifest), p.App.Name)
	}
	if p.OEmbed != nil {
		w.tag(`<link rel="alternate" type="application/json+oembed" href="%s">`, p.OEmbed.Answer)
	}
	if p.Shared == nil {
		// Browsers that support this size the frame by its content.
		w.tag(`<meta name="responsive-embedded-sizing">`)
	}
	if p.Shared == nil || p.Kind == Notice {
		w.tag(`<meta name="robots" content="noindex">`)
	}
	w.tag(`<link rel="canonical" href="%s">`, p.Canonical)
	for _, l := range p.Languages {
		w.tag(`<link rel="alternate" hreflang="%s" href="%s">`, l.Lang, l.Address)
	}
	if p.Feed != "" {
		w.tag(`<link rel="alternate" type="application/atom+xml" href="%s">`, w.to(p.Feed))
	}
	p.preload(w)
	if p.Style.Path != "" {
		w.tag(`<link rel="stylesheet" href="%s">`, w.to(p.Style.Path))
	}
	if p.Style.Inline != "" {
		w.WriteString("<style>" + p.Style.Inline + "</style>")
	}
	media := ` media="print"`
	if p.OnPaper {
		media = ""
	}
	if p.Print.Path != "" {
		w.tag(`<link rel="stylesheet"`+media+` href="%s">`, w.to(p.Print.Path))
	}
	if p.NoScript != "" {
		w.WriteString("<noscript><style>" + p.NoScript + "</style></noscript>")
	}
	if p.To != "" {
		w.tag(`<noscript><meta http-equiv="refresh" content="0;url=%s"></noscript>`, w.to(p.To))
	}
	if rules := p.rules(); rules != "" && !p.hasClient() { // the client's script brings them later
		w.WriteString(`<script type="speculationrules">` + rules + "</script>")
	}
	w.WriteString("<script")
	if p.To != "" {
		w.tag(` data-to="%s"`, w.to(p.To))
	}
	if p.Script.Inline == "" {
		w.tag(` src="%s"`, w.to(p.Script.Path))
	}
	if p.hasClient() {
		w.tag(` data-wasm="%s" data-exec="%s" data-look="%s" data-story="%s"`,
			w.to(p.Client.Wasm), w.to(p.Client.Exec), w.to(p.Client.Style), w.to(p.Story))
		if p.Depth != "" {
			w.tag(` data-depth="%s"`, w.to(p.Depth))
		}
	}
	if p.Save != nil {
		w.tag(` data-offline="%s" data-worker="%s"`, w.to(p.Save.Path), w.to(p.App.Worker))
	}
	if p.Share != nil {
		w.tag(` data-share="%s"`, w.to(p.Share.Path))
	}
	w.WriteString(">" + p.Script.Inline + "</script>")
}

// write writes the description for networks and messengers.
func (s *Shared) write(w *writer) {
	property := func(name, content string) {
		if content != "" {
			w.tag(`<meta property="%s" content="%s">`, name, content)
		}
	}
	property("og:title", s.Title)
	property("og:description", s.Description)
	kind := "website"
	if s.Modified != "" {
		kind = "article"
	}
	property("og:type", kind)
	property("og:locale", s.Locale)
	property("article:modified_time", s.Modified)
	property("og:url", s.Address)
	if s.Picture == "" {
		return
	}
	property("og:image", s.Picture)
	property("og:image:width", strconv.Itoa(card.Width))
	property("og:image:height", strconv.Itoa(card.Height))
	property("og:image:alt", s.Title)
	w.tag(`<meta name="twitter:card" content="summary_large_image">`)
}

// policy is the Content Security Policy of the page. It allows files of our own origin, none at all for a single
// file, and only those inline scripts and styles whose hash it lists.
func (p *Page) policy() string {
	script, style := hashes(p.Script.Inline, p.rules()), hashes(p.Style.Inline, p.NoScript, p.Print.Inline)
	// In a sandboxed frame without an origin of its own, 'self' is nothing to WebKit (its bug 316847), so the origin is
	// named besides.
	self := " 'self'"
	if u, err := url.Parse(p.Canonical); err == nil && u.Host != "" {
		self += " " + u.Scheme + "://" + u.Host
	}
	directives := []string{
		"script-src" + self + " 'wasm-unsafe-eval'" + script, "style-src" + self + style,
		"font-src" + self, "img-src" + self, "connect-src" + self, "frame-src" + self,
		"manifest-src" + self, // workers are scripts, too
	}
	switch p.Kind {
	case Missing: // it has no script
		directives = []string{"style-src" + self + style, "font-src" + self, "img-src" + self}
	case Single:
		directives = []string{"script-src" + script, "style-src" + style, "font-src data:", "img-src data:"}
	}
	return "default-src 'none'; " + strings.Join(directives, "; ") +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types sharh"
}

// hashes are the source expressions that allow these inline texts in a policy.
func hashes(texts ...string) string {
	var all string
	for _, text := range texts {
		if text != "" {
			sum := sha256.Sum256([]byte(text))
			all += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	return all
}
