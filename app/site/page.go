package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// policy is the Content Security Policy of a page: nothing but our own origin, and of inline scripts and styles those
// alone whose hash it names.
func policy(h head) string {
	allow := func(what string, inline ...string) string {
		for _, text := range inline {
			if text != "" {
				sum := sha256.Sum256([]byte(text))
				what += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			}
		}
		return what
	}
	return strings.Join([]string{
		"default-src 'none'",
		allow("script-src 'self' 'wasm-unsafe-eval'", h.script),
		allow("style-src 'self'", h.style, h.alone),
		"font-src 'self'",
		"img-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types sharh",
	}, "; ")
}

// head is what the head of a page says.
type head struct {
	lang, dir   string
	title       string
	description string
	path        string // of the page's folder in the site, "" or "slug/en/"
	style       string // inline, so that the page is painted and answers as soon as it is there; "" links to style.css
	alone       string // inline style for readers without scripts
	script      string // inline; "" links to boot.js
	story       string // path of the story; "" for a page without a client
	languages   []link
}

type link struct{ lang, path string }

// page writes a whole page around a body.
func (p *plan) page(h head, body []byte) []byte {
	up := strings.Repeat("../", strings.Count(h.path, "/"))
	var b bytes.Buffer
	w := func(format string, args ...any) {
		for i, a := range args {
			args[i] = html.EscapeString(a.(string))
		}
		fmt.Fprintf(&b, format, args...)
	}
	w(`<!doctype html><html lang="%s" dir="%s" data-client="still"><head><meta charset="utf-8">`, h.lang, h.dir)
	w(`<meta http-equiv="Content-Security-Policy" content="%s">`, policy(h))
	w(`<meta name="viewport" content="width=device-width,initial-scale=1">`)
	w(`<title>%s</title><meta name="description" content="%s">`, h.title, h.description)
	w(`<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">`)
	w(`<link rel="icon" type="image/svg+xml" href="%s"><link rel="canonical" href="%s">`, up+p.icon, strings.TrimSuffix(p.options.Base, "/")+"/"+h.path)
	for _, l := range h.languages {
		w(`<link rel="alternate" hreflang="%s" href="%s">`, l.lang, strings.TrimSuffix(p.options.Base, "/")+"/"+l.path)
	}
	script := "latin"
	if h.dir == "rtl" {
		script = "arabic"
	}
	// On narrow screens, which is where lines are slow, the text comes first.
	for _, font := range []string{"markazi-text-%s-400", "markazi-text-%s-700", "readex-pro-%s-400", "readex-pro-%s-600"} {
		w(`<link rel="preload" as="font" type="font/woff2" crossorigin media="(min-width:45rem)" href="%s">`, up+p.fonts[fmt.Sprintf(font, script)])
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
	if h.script != "" {
		w(`<script data-wasm="%s" data-exec="%s" data-story="%s">`, up+p.wasm, up+p.exec, up+h.story)
		b.WriteString(h.script + "</script>")
	} else {
		w(`<script src="%s"></script>`, up+p.boot)
	}
	b.WriteString("</head><body>")
	b.Write(body)
	b.WriteString("</body></html>\n")
	return b.Bytes()
}

// explainer plans the pages of one explainer.
func (p *plan) explainer(e Explainer) error {
	for _, d := range e.Stories {
		live, err := story.Encode(d.Excerpt())
		if err != nil {
			return err
		}
		folder := e.Slug + "/"
		var languages []link
		for _, l := range d.Languages {
			languages = append(languages, link{l.Lang, e.Slug + "/" + l.Path})
			if l.Lang == d.Lang {
				folder += l.Path
			}
		}
		body, err := prerender.HTML(&ui.Page{Doc: d, State: reader.State{}})
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
		// Fonts are named relative to style.css, which is among the assets; the page is not.
		common := string(p.files[p.style])
		for _, font := range p.fonts {
			common = strings.ReplaceAll(common, path.Base(font), strings.Repeat("../", strings.Count(folder, "/"))+font)
		}
		script := string(p.files[p.boot])
		for _, inline := range []string{common, style, alone, script} {
			if strings.Contains(inline, "</") {
				return fmt.Errorf("an inline style or script must not contain </")
			}
		}
		if err := p.data(folder, d); err != nil {
			return fmt.Errorf("%s: data: %w", d.Lang, err)
		}
		p.files[folder+"index.html"] = p.page(head{
			lang: d.Lang, dir: d.Dir, title: d.Title, description: d.Summary, path: folder, style: common + style, alone: alone, script: script,
			story: p.asset("story."+e.Slug+"."+d.Lang+".json", live), languages: languages,
		}, body)
	}
	return nil
}
