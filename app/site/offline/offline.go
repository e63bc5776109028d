// Package offline makes of explainers, or of a site, apps that readers can save for offline use and install: the worker that saves
// what its pages load, the manifests, and the script behind the button.
package offline

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"path"
	"strings"
	"sync"

	"sharh/app/site/file"
	"sharh/app/site/page"
	"sharh/app/site/script"
	"sharh/app/story"
)

// Mode says what is an app.
type Mode string

const (
	Explainer Mode = "explainer" // each explainer: a worker and manifests in its folder
	Site      Mode = "site"      // the site as a whole: one worker and one manifest at its root
	Off       Mode = "off"       // nothing; workers that were published before are ended
)

// Names of the files of an app in its folder. They are stable: browsers and installed apps ask for them.
const (
	Worker   = "sw.js"
	Manifest = "manifest.webmanifest"
	Costs    = "offline.json" // what saving would download
)

// Apps makes the apps of one site.
type Apps struct {
	mode Mode
	base file.Base

	mu      sync.Mutex
	scripts map[string]string // offline.js by language and digits
}

// New returns a maker of apps.
func New(mode Mode, base file.Base) *Apps {
	return &Apps{mode: mode, base: base, scripts: map[string]string{}}
}

// Of returns the app that the pages of a story in a folder belong to; nil if there is none.
func (a *Apps) Of(d *story.Document, folder string) *page.App {
	switch a.mode {
	case Off:
		return nil
	case Site:
		return a.Site()
	}
	scope := d.Slug + "/"
	return &page.App{Folder: scope, Worker: scope + Worker, Manifest: folder + Manifest, Name: cmp.Or(d.ShortTitle, short(d.Title))}
}

// Site returns the app that the site is as a whole; nil if it is none.
func (a *Apps) Site() *page.App {
	if a.mode != Site {
		return nil
	}
	return &page.App{Worker: Worker, Manifest: Manifest, Name: page.SiteName}
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

// Dialog adds offline.js with the words of a story's language and returns it; nil where nothing can be saved. style is the path of
// its style.
func (a *Apps) Dialog(files file.Set, d *story.Document, style string) (*page.Dialog, error) {
	if a.mode == Off {
		return nil, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	key := d.Lang + "-" + d.Words.Offline["digits"]
	if a.scripts[key] == "" {
		text, err := script.Make("offline.js", map[string]any{"words": d.Words.Offline, "style": path.Base(style)})
		if err != nil {
			return nil, err
		}
		a.scripts[key] = text
	}
	return &page.Dialog{Path: files.Asset("offline."+d.Lang+".js", []byte(a.scripts[key])), Needs: []string{style}}, nil
}

// List is what a worker saves: sw.js calls it the plan.
type List struct {
	folder  string
	Version string      `json:"version"`
	Reading []entry     `json:"reading"` // what it takes to read
	Client  []entry     `json:"client"`  // WebAssembly and what comes with it
	Pages   []savedPage `json:"pages"`
	Assets  string      `json:"assets"` // folder, from the scope, of the files whose names have their hash
}

// entry is a file: path from the scope, SHA-256 in base64, bytes.
type entry struct {
	path, hash string
	size       int
	file       string // path in the site
}

// MarshalJSON writes an entry as a list.
func (e entry) MarshalJSON() ([]byte, error) { return json.Marshal([]any{e.path, e.hash, e.size}) }

// savedPage is a page that is saved, with what a reader is told of its version.
type savedPage struct {
	Path string `json:"path"` // from the scope
	*page.Saved
}

// InFolder adds the worker in the folder of an explainer whose pages are given: that of its app, or one that ends the worker which
// may have been there. It returns what the former saves, nil for the latter. get returns the content of a file of the site.
func (a *Apps) InFolder(files file.Set, slug string, pages []*page.Page, get func(path string) ([]byte, error)) (*List, error) {
	if a.mode == Explainer {
		return worker(files, slug+"/", pages, get)
	}
	return nil, ended(files, slug+"/")
}

// AtRoot is InFolder for the root of the site, with all pages of the site. Where each explainer is an app, what is at the root is
// not ours.
func (a *Apps) AtRoot(files file.Set, pages []*page.Page, get func(path string) ([]byte, error)) (*List, error) {
	switch a.mode {
	case Site:
		return worker(files, "", pages, get)
	case Off:
		return nil, ended(files, "")
	}
	return nil, nil
}

// worker adds the worker of a folder, which saves those of the pages that are to be saved, and what they load.
func worker(files file.Set, folder string, pages []*page.Page, get func(path string) ([]byte, error)) (*List, error) {
	list := List{folder: folder, Assets: file.Up(folder) + file.Assets, Reading: []entry{}, Client: []entry{}, Pages: []savedPage{}}
	known := map[string]bool{}
	// The first failure is what is returned; what comes after it does no harm.
	var err error
	add := func(to *[]entry, path string) {
		if known[path] {
			return
		}
		known[path] = true
		data, getErr := get(path)
		err = cmp.Or(err, getErr)
		sum := sha256.Sum256(data)
		e := entry{path: file.Up(folder) + path, hash: base64.StdEncoding.EncodeToString(sum[:]), size: len(data), file: path}
		if rest, within := strings.CutPrefix(path, folder); within {
			e.path = strings.TrimSuffix(rest, "index.html")
		}
		*to = append(*to, e)
	}
	var manifests []string
	for _, p := range pages {
		if p.Saved == nil {
			continue
		}
		list.Pages = append(list.Pages, savedPage{strings.TrimPrefix(p.Folder(), folder), p.Saved})
		manifests = append(manifests, p.App.Manifest)
		add(&list.Reading, p.Path)
		for _, l := range p.Loads() {
			if l.When == page.Living {
				add(&list.Client, l.Path)
			} else {
				add(&list.Reading, l.Path)
			}
		}
	}
	for _, m := range manifests {
		add(&list.Reading, m)
	}
	if err != nil {
		return nil, err
	}
	fill := func() (string, error) { return script.Make("sw.js", map[string]any{"plan": list}) }
	// The version stands for the list and for the worker itself: another worker, another cache.
	text, err := fill()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(text))
	list.Version = hex.EncodeToString(sum[:8])
	if text, err = fill(); err != nil {
		return nil, err
	}
	files[folder+Worker] = []byte(text)
	return &list, nil
}

// ended adds a worker that ends the one which may have been there.
func ended(files file.Set, folder string) error {
	text, err := script.Make("sw-off.js", nil)
	if err != nil {
		return err
	}
	files[folder+Worker] = []byte(text)
	return nil
}

// Cost is what saving downloads at most, in bytes as they travel: offline.json.
type Cost struct {
	Reading int `json:"reading"`
	Client  int `json:"client"`
}

// Cost adds what saving would download; travel is how many bytes of a file travel.
func (l *List) Cost(files file.Set, travel func(path string) (int, error)) error {
	sum := func(entries []entry) (total int, err error) {
		for _, e := range entries {
			n, err := travel(e.file)
			if err != nil {
				return 0, err
			}
			total += n
		}
		return total, nil
	}
	reading, err := sum(l.Reading)
	if err != nil {
		return err
	}
	client, err := sum(l.Client)
	if err != nil {
		return err
	}
	data, err := json.Marshal(Cost{reading, client})
	if err != nil {
		return err
	}
	files[l.folder+Costs] = data
	return nil
}
