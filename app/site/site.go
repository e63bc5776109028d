// Package site turns stories into the static site: it plans the whole output folder in memory, then writes it.
//
//	files, err := site.Plan(explainers, client, site.Options{Base: "/"})
//	err = files.Write("dist")
//
// A plan is a function of its input alone: two plans of the same content are equal, byte for byte. Every asset carries
// the hash of its content in its name. Pages refer to assets and to each other by relative addresses, so that a site
// works under any path.
package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/story"
	"sharh/web"
)

// Options are choices for a whole site.
type Options struct {
	// Base is the path or address under which the site is published, "/" or "/explainers/" or
	// "https://example.org/explainers/". It is used only where an address must be absolute.
	Base string
	// Cache is a folder that keeps compressed files and drawn pictures between builds, or "" for none.
	Cache string
	// Preview compresses lightly: for a look at the site on this machine, not for publishing.
	Preview bool
	// Plain leaves compressed files out: for a server that answers from memory.
	Plain bool
	// App says what can be saved and installed; empty for each explainer.
	App App
	// Only names the explainers whose pages are planned, where the others' are there already; nil for all.
	Only []string
}

// Client is the compiled WebAssembly program and the script of the Go release that runs it.
type Client struct {
	Wasm []byte
	Exec []byte
}

// Explainer is one explainer in all of its languages, the default one first.
type Explainer struct {
	Slug        string
	Stories     []*story.Document
	Screenshots []Screenshot // for where it is offered for installation; may be none
}

// Files is a planned folder: content by slash-separated path.
type Files map[string][]byte

// Paths returns the paths, sorted.
func (f Files) Paths() []string {
	paths := make([]string, 0, len(f))
	for p := range f {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	return paths
}

// Plan lays the site out.
func Plan(explainers []Explainer, client Client, o Options) (Files, error) {
	p := &plan{files: Files{}, options: o, offlines: map[string]string{}, saves: map[string]*saves{}, listings: map[string]listing{}}
	if err := p.assets(client); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	for _, e := range explainers {
		if o.Only != nil && !slices.Contains(o.Only, e.Slug) {
			continue
		}
		if err := p.explainer(e); err != nil {
			return nil, fmt.Errorf("planning explainer %s: %w", e.Slug, err)
		}
	}
	if err := p.shelf(explainers); err != nil {
		return nil, fmt.Errorf("planning the shelf: %w", err)
	}
	if err := p.apps(explainers); err != nil {
		return nil, fmt.Errorf("planning what is saved for offline use: %w", err)
	}
	if err := p.hosting(); err != nil {
		return nil, fmt.Errorf("planning the rules for hosts: %w", err)
	}
	if o.Plain {
		return p.files, nil
	}
	if err := p.files.compress(o.Cache, o.Preview); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if err := p.costs(); err != nil {
		return nil, fmt.Errorf("planning what saving costs: %w", err)
	}
	return p.files, nil
}

type plan struct {
	files   Files
	options Options
	style   string // path, as the next ones: assets that every page needs
	print   string
	alone   string // style for readers without scripts
	item    string // style that the pages of calls and views need besides
	embed   string // style that the pages for frames need besides
	tabs    string // and that of their tabs, for readers without scripts
	boot    string
	bridge  string // boot.js with what pages for frames need besides
	wasm    string
	exec    string
	icon    string
	touch   string            // icon for the home screens of Apple's phones
	fonts   map[string]string // by name, "markazi-text-arabic"

	offlines map[string]string  // path of offline.js, by language and digits
	saves    map[string]*saves  // by folder of the worker, as the next one
	listings map[string]listing // when they are planned
	lists    []string           // folders of listings, in order
}

// asset adds a file under its name and the hash of its content, and returns its path.
func (p *plan) asset(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	full := "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:])[:12] + ext
	p.files[full] = data
	return full
}

func (p *plan) assets(client Client) error {
	read := func(name string) (string, error) {
		data, err := web.Files.ReadFile(name)
		return string(data), err
	}
	style, err := read("style.css")
	if err != nil {
		return err
	}
	fonts, err := fs.Glob(web.Files, "fonts/*.woff2")
	if err != nil {
		return err
	}
	p.fonts = map[string]string{}
	for _, name := range fonts {
		data, err := web.Files.ReadFile(name)
		if err != nil {
			return err
		}
		asset := p.asset(path.Base(name), data)
		p.fonts[strings.TrimSuffix(path.Base(name), ".woff2")] = asset
		if !strings.Contains(style, `url("`+name+`")`) {
			return fmt.Errorf("style.css does not use %s", name)
		}
		style = strings.ReplaceAll(style, `url("`+name+`")`, `url("`+path.Base(asset)+`")`)
	}
	if style, err = minify(style, api.LoaderCSS); err != nil {
		return fmt.Errorf("style.css: %w", err)
	}
	p.style = p.asset("style.css", []byte(style))
	if p.alone, err = read("noscript.css"); err != nil {
		return err
	}
	paper, err := read("print.css")
	if err != nil {
		return err
	}
	if paper, err = minify(paper, api.LoaderCSS); err != nil {
		return fmt.Errorf("print.css: %w", err)
	}
	p.print = p.asset("print.css", []byte(paper))
	if p.item, err = read("item.css"); err != nil {
		return err
	}
	if p.item, err = minify(p.item, api.LoaderCSS); err != nil {
		return fmt.Errorf("item.css: %w", err)
	}
	if p.embed, err = read("embed.css"); err != nil {
		return err
	}
	if p.embed, err = minify(p.embed, api.LoaderCSS); err != nil {
		return fmt.Errorf("embed.css: %w", err)
	}
	if p.tabs, err = read("embed-noscript.css"); err != nil {
		return err
	}
	if p.tabs, err = minify(p.tabs, api.LoaderCSS); err != nil {
		return fmt.Errorf("embed-noscript.css: %w", err)
	}
	boot, err := read("boot.js")
	if err != nil {
		return err
	}
	if p.bridge, err = read("bridge.js"); err != nil {
		return err
	}
	if p.bridge, err = minify(boot+p.bridge, api.LoaderJS); err != nil {
		return fmt.Errorf("boot.js and bridge.js: %w", err)
	}
	if boot, err = minify(boot, api.LoaderJS); err != nil {
		return fmt.Errorf("boot.js: %w", err)
	}
	p.boot = p.asset("boot.js", []byte(boot))
	loader, err := read("embed.js")
	if err != nil {
		return err
	}
	if loader, err = minify(loader, api.LoaderJS); err != nil {
		return fmt.Errorf("embed.js: %w", err)
	}
	p.files["embed.js"] = []byte(loader)
	icon, err := web.Files.ReadFile("icons/icon.svg")
	if err != nil {
		return err
	}
	p.icon = p.asset("icon.svg", icon)
	if icon, err = web.Files.ReadFile("icons/apple-touch-180.png"); err != nil {
		return err
	}
	p.touch = p.asset("apple-touch-180.png", icon)
	takeover, err := read("takeover.js")
	if err != nil {
		return err
	}
	exec, err := minify(string(client.Exec)+"\n"+takeover, api.LoaderJS)
	if err != nil {
		return fmt.Errorf("wasm_exec.js and takeover.js: %w", err)
	}
	p.exec = p.asset("takeover.js", []byte(exec))
	p.wasm = p.asset("client.wasm", client.Wasm)
	return nil
}

func minify(source string, loader api.Loader) (string, error) {
	r := api.Transform(source, api.TransformOptions{
		Loader: loader, MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, Target: api.ES2020,
	})
	if len(r.Errors) > 0 {
		e := r.Errors[0]
		if e.Location != nil {
			return "", fmt.Errorf("line %d: %s", e.Location.Line, e.Text)
		}
		return "", fmt.Errorf("%s", e.Text)
	}
	return strings.TrimSuffix(string(r.Code), "\n"), nil
}
