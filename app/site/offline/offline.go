// Package offline makes explainers, or a whole site, into apps that readers can save for offline use and install. It
// writes the service worker, which saves pages and the files that they load, the manifests, and the script of the
// save dialog.
package offline

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"sync"

	"sharh/app/site/file"
	"sharh/app/site/media"
	"sharh/app/site/page"
	"sharh/app/site/script"
	"sharh/app/story"
)

// Mode says what becomes an app.
type Mode string

const (
	Explainer Mode = "explainer" // each explainer is an app: a worker and manifests in its folder
	Site      Mode = "site"      // the whole site is one app: one worker and one manifest at its root
	Off       Mode = "off"       // there is no app; workers of earlier builds are replaced by one that removes itself
)

// Names of the files of an app in its folder. They never change, because browsers and installed apps ask for them.
const (
	Worker   = "sw.js"
	Manifest = "manifest.webmanifest"
	Costs    = "offline.json" // how many bytes saving would download
)

// Apps makes the apps of one site.
type Apps struct {
	mode Mode
	base file.Base

	mu      sync.Mutex
	scripts map[string]string // filled-in offline.js, by language and digits
}

// New returns the app maker of a site.
func New(mode Mode, base file.Base) *Apps {
	return &Apps{mode: mode, base: base, scripts: map[string]string{}}
}

// none tells whether readers can save nothing of a story.
func (a *Apps) none(d *story.Document) bool { return a.mode == Off || d.NoApp || d.IsWithdrawn() }

// Of returns the app that the pages of a story belong to, whose folder is given; nil if there is none.
func (a *Apps) Of(d *story.Document, folder string) *page.App {
	switch {
	case a.none(d):
		return nil
	case a.mode == Site:
		return a.Site()
	}
	scope := d.Slug + "/"
	name := cmp.Or(d.ShortTitle, short(d.Title))
	return &page.App{Folder: scope, Worker: scope + Worker, Manifest: folder + Manifest, Name: name}
}

// Site returns the app of the whole site; nil if the site is not one app.
func (a *Apps) Site() *page.App {
	if a.mode != Site {
		return nil
	}
	return &page.App{Worker: Worker, Manifest: Manifest, Name: page.SiteName}
}

// short returns the beginning of a title, short enough to stand under an icon: up to a colon or comma, or as many
// whole words as fit.
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

// Dialog adds offline.js with the words of the story's language and returns it, or nil where nothing can be saved.
// style is the path of the dialog's style sheet.
func (a *Apps) Dialog(files file.Set, d *story.Document, style string) (*page.Dialog, error) {
	if a.none(d) {
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

// List is what a worker saves. sw.js calls it the plan.
type List struct {
	folder  string
	Version string      `json:"version"`
	Reading []entry     `json:"reading"` // the files needed to read
	Client  []entry     `json:"client"`  // WebAssembly and the files that come with it
	Pages   []savedPage `json:"pages"`
	Assets  string      `json:"assets"` // the folder of hashed files, relative to the scope
}

// entry is a saved file: path relative to the scope, SHA-256 in base64, size in bytes.
type entry struct {
	path, hash string
	size       int
	file       string // path in the site
}

// MarshalJSON writes an entry as a JSON array.
func (e entry) MarshalJSON() ([]byte, error) { return json.Marshal([]any{e.path, e.hash, e.size}) }

// savedPage is a saved page, and what the dialog tells its reader about the version.
type savedPage struct {
	Path string `json:"path"` // relative to the scope
	*page.Saved
}

// InFolder adds a worker in the folder of the explainer with the given pages. If the explainer is an app, this worker
// saves it, and InFolder returns what it saves; otherwise the worker removes one from an earlier build, and InFolder
// returns nil. get returns the content of a file of the site.
func (a *Apps) InFolder(
	files file.Set, slug string, pages []*page.Page, get func(path string) ([]byte, error),
) (*List, error) {
	if a.mode == Explainer && slices.ContainsFunc(pages, func(p *page.Page) bool { return p.Saved != nil }) {
		return worker(files, slug+"/", pages, get)
	}
	return nil, ended(files, slug+"/", nil)
}

// Gone adds a worker in a folder from which an explainer went: to another folder, or to none, if it is the same. The
// worker removes one from an earlier build, and pages that are open in its readers' browsers go to the explainer's.
func Gone(files file.Set, folder, to string) error {
	to = file.Relative(folder, to)
	return ended(files, folder, &to)
}

// AtRoot does the same for the root of the site, with all its pages. If each explainer is an app, it adds nothing:
// the root may belong to another site with its own worker.
func (a *Apps) AtRoot(files file.Set, pages []*page.Page, get func(path string) ([]byte, error)) (*List, error) {
	switch a.mode {
	case Site:
		return worker(files, "", pages, get)
	case Off:
		return nil, ended(files, "", nil)
	}
	return nil, nil
}

// worker adds the worker of a folder. The worker saves those pages that have Saved set, and the files that they
// load.
func worker(files file.Set, folder string, pages []*page.Page, get func(path string) ([]byte, error)) (*List, error) {
	list := List{
		folder: folder, Assets: file.Up(folder) + file.Assets,
		Reading: []entry{}, Client: []entry{}, Pages: []savedPage{},
	}
	known := map[string]bool{}
	// err keeps the first failure; the code goes on after it, which does no harm.
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
			if l.When == page.WithClient {
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
	// The version is a hash of the worker with its list, so that a new worker or list gets a new cache.
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

// ended adds a worker that removes itself and so ends a worker of an earlier build. to is where open pages go, relative
// to the folder, nil if they stay.
func ended(files file.Set, folder string, to *string) error {
	text, err := script.Make("sw-off.js", map[string]any{"to": to})
	if err != nil {
		return err
	}
	files[folder+Worker] = []byte(text)
	return nil
}

// Cost is the most that saving downloads, in compressed bytes: offline.json.
type Cost struct {
	Reading  int `json:"reading"`
	Client   int `json:"client"`
	Pictures int `json:"pictures,omitempty"` // the part of Reading that is pictures of editors
}

// Cost adds offline.json; travel returns the compressed size of a file.
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
	pictures, err := sum(slices.DeleteFunc(slices.Clone(l.Reading), func(e entry) bool { return !media.Is(e.file) }))
	if err != nil {
		return err
	}
	data, err := json.Marshal(Cost{reading, client, pictures})
	if err != nil {
		return err
	}
	files[l.folder+Costs] = data
	return nil
}
