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
	"cmp"
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
	// Single adds each explainer as one file a language, with all but the client in it.
	Single bool
	// Only names the explainers whose pages are planned, where the others' are there already; nil for all.
	Only []string
}

// Client is the compiled WebAssembly program and the script of the Go release that runs it. Without one, which only a plain
// plan may be, pages name none and stay still.
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
	if err := checkSlugs(explainers); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if len(client.Wasm) == 0 && !o.Plain {
		return nil, fmt.Errorf("planning the site: there is no client to publish")
	}
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
	if err := p.demo(explainers); err != nil {
		return nil, fmt.Errorf("planning the demo page: %w", err)
	}
	if err := p.apps(explainers); err != nil {
		return nil, fmt.Errorf("planning what is saved for offline use: %w", err)
	}
	if err := p.hosting(); err != nil {
		return nil, fmt.Errorf("planning the rules for hosts: %w", err)
	}
	if err := p.files.roots(explainers); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
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
	files                 Files
	options               Options
	style                 string // path, as the next ones: assets that every page needs
	print                 string
	dialogs               string
	alone                 string // style for readers without scripts
	evidence              string // style that the evidence needs besides
	item                  string // style that the evidence page and the pages of items need besides
	embed                 string // style that the pages for frames need besides
	tabs                  string // and that of their tabs, for readers without scripts
	boot                  string
	demoStyle, demoScript string
	shelfStyle            string
	bridge                string // boot.js with what pages for frames need besides
	wasm                  string
	exec                  string
	icon                  string
	touch                 string            // icon for the home screens of Apple's phones
	fonts                 map[string]string // by name, "markazi-text-arabic"

	offlines map[string]string  // path of offline.js, by language and digits
	saves    map[string]*saves  // by folder of the worker, as the next one
	listings map[string]listing // when they are planned
	lists    []string           // folders of listings, in order
}

// assetsFolder has the files whose names carry the hash of their content.
const assetsFolder = "assets/"

// asset adds a file under its name and the hash of its content, and returns its path.
func (p *plan) asset(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	full := assetsFolder + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:])[:12] + ext
	p.files[full] = data
	return full
}

// assets adds what every page needs.
func (p *plan) assets(client Client) (err error) {
	// The first failure is what is returned; what comes after it does no harm.
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
		text, minifyErr := minify(source, loader)
		if minifyErr != nil {
			err = cmp.Or(err, fmt.Errorf("%s: %w", name, minifyErr))
		}
		return text
	}
	minified := func(name string) string { return small(name, string(read(name))) }

	light, dark := web.Palette()
	style := theme(story.Theme{Light: light, Dark: dark}) + string(read("style.css"))
	fonts, globErr := fs.Glob(web.Files, "fonts/*.woff2")
	err = cmp.Or(err, globErr)
	p.fonts = map[string]string{}
	for _, name := range fonts {
		asset := p.asset(path.Base(name), read(name))
		p.fonts[strings.TrimSuffix(path.Base(name), ".woff2")] = asset
		if !strings.Contains(style, `url("`+name+`")`) {
			err = cmp.Or(err, fmt.Errorf("style.css does not use %s", name))
		}
		style = strings.ReplaceAll(style, `url("`+name+`")`, `url("`+path.Base(asset)+`")`)
	}
	p.style = p.asset("style.css", []byte(small("style.css", style)))
	p.alone = string(read("noscript.css"))
	p.print = p.asset("print.css", []byte(minified("print.css")))
	p.dialogs = p.asset("dialog.css", []byte(minified("dialog.css")))
	p.evidence, p.shelfStyle = minified("evidence.css"), minified("shelf.css")
	p.item = p.evidence + minified("item.css")
	p.embed, p.tabs, p.demoStyle = minified("embed.css"), minified("embed-noscript.css"), minified("demo.css")

	fill := func(name string) string {
		text, fillErr := filled(name, nil)
		err = cmp.Or(err, fillErr)
		return text
	}
	boot := fill("boot.js")
	p.boot = p.asset("boot.js", []byte(small("boot.js", boot)))
	p.bridge = small("bridge.js, behind boot.js", boot+fill("bridge.js"))
	p.demoScript = minified("demo.js")
	p.files[loaderName] = []byte(small(loaderName, fill(loaderName)))
	if len(client.Wasm) > 0 {
		p.exec = p.asset("takeover.js", []byte(small("takeover.js, behind wasm_exec.js", string(client.Exec)+"\n"+fill("takeover.js"))))
		p.wasm = p.asset("client.wasm", client.Wasm)
	}

	p.icon = p.asset("icon.svg", read("icons/icon.svg"))
	p.touch = p.asset("apple-touch-180.png", read("icons/apple-touch-180.png"))
	return err
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
