package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"sharh/app/story"
)

// App says what is an app that readers can save for offline use, and install.
type App string

const (
	AppExplainer App = "explainer" // each explainer: a worker and manifests in its folder. The default
	AppSite      App = "site"      // the site as a whole: one worker and one manifest at its root
	AppOff       App = "off"       // nothing; workers that were published before are ended
)

// names of the files of an app in its folder. They are stable: browsers and installed apps ask for them.
const (
	workerName   = "sw.js"
	manifestName = "manifest.webmanifest"
	costName     = "offline.json" // what saving would download
)

// application is what a page says about the app that it belongs to.
type application struct {
	folder   string // of the worker, "" or "slug/": its scope
	manifest string // path
	name     string // short
	offline  string // path of offline.js with the words of the page; "" for a page that has no button
}

// listing is what a worker saves: sw.js calls it the plan.
type listing struct {
	Version string     `json:"version"`
	Reading []entry    `json:"reading"` // what it takes to read
	Client  []entry    `json:"client"`  // WebAssembly and what comes with it
	Pages   []savePage `json:"pages"`
	Assets  string     `json:"assets"` // folder, from the scope, of files whose names have their hash
}

// entry is a file: path from the scope, SHA-256 in base64, bytes.
type entry struct {
	path, hash string
	size       int
	file       string // path in the site
}

// MarshalJSON writes an entry as a list.
func (e entry) MarshalJSON() ([]byte, error) { return json.Marshal([]any{e.path, e.hash, e.size}) }

// savePage is a page that is saved, with what a reader is told of its version.
type savePage struct {
	Path    string       `json:"path"` // from the scope
	Date    string       `json:"date"`
	Changes []saveChange `json:"changes"` // the latest
}

type saveChange struct {
	On   string `json:"on"`
	Text string `json:"text"`
}

// saves is what the app of a folder saves, collected while pages are planned.
type saves struct {
	pages []savePage
	files []string // paths in the site
}

// app returns what the pages of a story say about their app; nil if there is none.
func (p *plan) app(slug string, d *story.Document, folder string) (*application, error) {
	if p.options.app() == AppOff {
		return nil, nil
	}
	offline, err := p.offline(d)
	if err != nil {
		return nil, err
	}
	a := &application{folder: slug + "/", manifest: folder + manifestName, name: cmp.Or(d.ShortTitle, short(d.Title)), offline: offline}
	if p.options.app() == AppSite {
		a.folder, a.manifest, a.name = "", manifestName, siteName
	}
	return a, nil
}

func (o Options) app() App {
	if o.Plain { // a preview: nobody wants to save what changes with every keystroke
		return AppOff
	}
	return cmp.Or(o.App, AppExplainer)
}

// short is the beginning of a title that fits under an icon: up to a colon or a comma, in whole words.
func short(title string) string {
	const most = 12
	for _, cut := range []string{":", "،", ","} {
		if head, _, found := strings.Cut(title, cut); found && len([]rune(head)) <= most {
			return strings.TrimSpace(head)
		}
	}
	name := ""
	for _, word := range strings.Fields(title) {
		if next := strings.TrimSpace(name + " " + word); name == "" || len([]rune(next)) <= most {
			name = next
			continue
		}
		break
	}
	return name
}

// offline adds offline.js with the words of a language and returns its path.
func (p *plan) offline(d *story.Document) (string, error) {
	key := d.Lang + "-" + d.Words.Offline["digits"]
	if p.offlines[key] != "" {
		return p.offlines[key], nil
	}
	text, err := script("offline.js", map[string]any{"words": d.Words.Offline, "style": path.Base(p.dialogs)})
	if err != nil {
		return "", err
	}
	p.offlines[key] = p.asset("offline."+d.Lang+".js", []byte(text))
	return p.offlines[key], nil
}

// saved notes that a page is saved by the app of a folder, with further files.
func (p *plan) saved(folder string, page savePage, files ...string) {
	if p.saves[folder] == nil {
		p.saves[folder] = &saves{}
	}
	p.saves[folder].pages = append(p.saves[folder].pages, page)
	p.saves[folder].files = append(p.saves[folder].files, files...)
}

// savedStory is the page of a story, as saved.
func savedStory(d *story.Document, path string) savePage {
	page := savePage{Path: path, Date: d.FactsAsOf.Text, Changes: []saveChange{}}
	latest := d.FactsAsOf.ISO
	for i, c := range d.Changes {
		if c.Date.ISO > latest {
			latest, page.Date = c.Date.ISO, c.Date.Text
		}
		if i < 5 {
			page.Changes = append(page.Changes, saveChange{c.Date.Text, c.Text.Plain()})
		}
	}
	return page
}

var (
	// needed finds the assets that a page names in its head: what it loads sooner or later.
	needed = regexp.MustCompile(`(href|src|data-[a-z]+)="([^"]*assets/[^"]+)"`)
	// named finds the assets that a script names.
	named = regexp.MustCompile(`[\w.-]+\.[0-9a-f]{12}\.\w+`)
)

// worker plans the worker of a folder: what it saves is what the pages of its app name, and their scripts.
func (p *plan) worker(folder string) error {
	s := p.saves[folder]
	reading, client := []string{}, []string{}
	add := func(list *[]string, file string) {
		if !slices.Contains(reading, file) && !slices.Contains(client, file) {
			*list = append(*list, file)
		}
	}
	for _, page := range s.pages {
		file := folder + page.Path + "index.html"
		add(&reading, file)
		head, _, _ := strings.Cut(string(p.files[file]), "</head>")
		for _, m := range needed.FindAllStringSubmatch(head, -1) {
			asset := path.Join(path.Dir(file), m[2])
			if p.files[asset] == nil {
				continue // an absolute address, for those who share the page
			}
			if m[1] == "data-wasm" || m[1] == "data-exec" || m[1] == "data-story" {
				add(&client, asset)
			} else {
				add(&reading, asset)
			}
			if path.Ext(asset) == ".js" {
				for _, name := range named.FindAllString(string(p.files[asset]), -1) {
					if p.files["assets/"+name] != nil {
						add(&reading, "assets/"+name)
					}
				}
			}
		}
	}
	for _, file := range s.files {
		add(&reading, file)
	}
	up := strings.Repeat("../", strings.Count(folder, "/"))
	entries := func(files []string) []entry {
		all := []entry{}
		for _, f := range files {
			sum := sha256.Sum256(p.files[f])
			e := entry{path: up + f, hash: base64.StdEncoding.EncodeToString(sum[:]), size: len(p.files[f]), file: f}
			if rest, within := strings.CutPrefix(f, folder); within {
				e.path = strings.TrimSuffix(rest, "index.html")
			}
			all = append(all, e)
		}
		return all
	}
	list := listing{Assets: up + assetsFolder, Reading: entries(reading), Client: entries(client), Pages: s.pages}
	fill := func() (string, error) {
		return script("sw.js", map[string]any{"plan": list})
	}
	// The version stands for the list and for the worker itself: another worker, another cache.
	text, err := fill()
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	list.Version = hex.EncodeToString(sum[:8])
	if text, err = fill(); err != nil {
		return err
	}
	p.files[folder+workerName] = []byte(text)
	p.lists = append(p.lists, folder)
	p.listings[folder] = list
	return nil
}

// ended plans a worker that ends the one which may have been there.
func (p *plan) ended(folder string) error {
	text, err := script("sw-off.js", nil)
	if err != nil {
		return err
	}
	p.files[folder+workerName] = []byte(text)
	return nil
}

// apps plans the workers, when all pages are there.
func (p *plan) apps(explainers []Explainer) error {
	mode := p.options.app()
	for _, e := range explainers {
		if p.options.Only != nil && !slices.Contains(p.options.Only, e.Slug) {
			continue
		}
		plan := p.ended
		if mode == AppExplainer {
			plan = p.worker
		}
		if err := plan(e.Slug + "/"); err != nil {
			return fmt.Errorf("%s: %w", e.Slug, err)
		}
	}
	switch mode {
	case AppSite:
		return p.worker("")
	case AppOff:
		return p.ended("")
	}
	return nil // what is at the root is not ours
}

// Cost is what saving downloads at most, in bytes as they travel: offline.json.
type Cost struct {
	Reading int `json:"reading"`
	Client  int `json:"client"`
}

// costs adds what saving would download, when everything is compressed.
func (p *plan) costs() error {
	for _, folder := range p.lists {
		travel := func(entries []entry) (total int) {
			for _, e := range entries {
				total += len(cmp.Or(string(p.files[e.file+".br"]), string(p.files[e.file])))
			}
			return total
		}
		data, err := json.Marshal(Cost{travel(p.listings[folder].Reading), travel(p.listings[folder].Client)})
		if err != nil {
			return err
		}
		p.files[folder+costName] = data
	}
	return nil
}
