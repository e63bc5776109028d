// Package site turns stories into the static site: it plans the whole output folder, then writes it.
//
//	planned, err := site.Plan(explainers, client, site.Options{Base: "/"})
//	n, err := site.Write("dist", planned)
//
// A plan is a function of its input alone: two plans of the same content are equal, byte for byte. Every asset carries
// the hash of its content in its name. Pages refer to assets and to each other by relative addresses, so that a site
// works under any path.
//
// The parts of the site have rooms of their own; this package puts them together. Pages are values of package page,
// from which all others know what there is.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"sharh/app/site/cache"
	"sharh/app/site/file"
	"sharh/app/site/offline"
	"sharh/app/site/output"
	"sharh/app/site/page"
	"sharh/app/story"
)

// Options are choices for a whole site.
type Options struct {
	// Base is the path or address under which the site is published, "/" or "/explainers/" or
	// "https://example.org/explainers/". It is used only where an address must be absolute.
	Base string
	// Cache is a folder that keeps compressed files, drawn pictures and whole explainers between builds, or "" for none.
	Cache string
	// App says what can be saved and installed; empty for each explainer.
	App App
	// Single adds each explainer as one file a language, with all but the client in it.
	Single bool
	// NoPictures leaves out the pictures that pages have where they are shared, and those of the map to download.
	NoPictures bool
	// Drafts makes the pictures of editors in one size and type only: for a look, as Quick.
	Drafts bool
	// Quick compresses in a fortieth of the time: for a look at the site on this machine, not for publishing.
	Quick bool
	// Share is the part of the site to plan.
	Share Share
	// Report is told after each part of the site that was planned or written, one at a time. An error ends the work.
	Report func(Progress) error
}

// App says what is an app that readers can save for offline use, and install.
type App = offline.Mode

const (
	AppExplainer = offline.Explainer // each explainer: a worker and manifests in its folder. The default
	AppSite      = offline.Site      // the site as a whole: one worker and one manifest at its root
	AppOff       = offline.Off       // nothing; workers that were published before are ended
)

// Client is the compiled WebAssembly program and the script of the Go release that runs it.
type Client = page.Program

// Explainer is one explainer in all of its languages, the default one first.
type Explainer struct {
	Slug        string
	Stories     []*story.Document
	Screenshots []Screenshot // for where it is offered for installation; may be none

	// Media reads a file of its pictures. It may be nil for an explainer without any.
	Media func(name string) ([]byte, error)

	// Withdrawn says, if stories are yet to be loaded, that they will be those of a withdrawn explainer.
	Withdrawn bool

	// Key stands for all that Load reads: what was planned for the same key is taken from the cache, and Load is not
	// called. Load returns the stories and screenshots, which are not set then. Both may be empty.
	Key  string
	Load func() ([]*story.Document, []Screenshot, error)
}

// withdrawn reports whether the publisher took the explainer back.
func (e *Explainer) withdrawn() bool {
	return e.Withdrawn || len(e.Stories) > 0 && e.Stories[0].IsWithdrawn()
}

// formerly returns the slugs that it had before.
func (e *Explainer) formerly() []string {
	if len(e.Stories) == 0 {
		return nil
	}
	return e.Stories[0].Formerly
}

// Share is a part of a site that is built by itself: each explainer is in one of the shares, and what is of the site as
// a whole is in the first. The zero Share is the whole site.
type Share = file.Share

// Screenshot is a picture of the page for where an app is offered for installation.
type Screenshot = offline.Screenshot

// Files are files by slash-separated path.
type Files = file.Set

// Planned is a planned site. Files that were kept in a cache are not in memory.
type Planned struct {
	parts  []*published
	cache  string // what is known of folders that were written is there
	report func(Progress) error
}

// Progress says how far planning or writing is.
type Progress struct {
	Doing     string // "planned" or "written"
	Parts, Of int    // how many parts of the site are done, and how many there are
}

// Plan lays the site out.
func Plan(explainers []Explainer, client Client, o Options) (*Planned, error) {
	if err := checkSlugs(explainers); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if len(client.Wasm) == 0 {
		return nil, fmt.Errorf("planning the site: there is no client to publish")
	}
	p, err := newPublisher(client, o, len(explainers))
	if err != nil {
		return nil, err
	}
	if o.Share.Of > 1 && o.App == AppSite {
		return nil, fmt.Errorf(
			"planning the site: a site that is one app cannot be built in shares, since its worker lists all pages")
	}
	first := slices.IndexFunc(explainers, func(e Explainer) bool { return !e.withdrawn() })
	all := make([]*published, len(explainers))
	done := counter("planned", len(explainers), o.Report)
	if err := file.Parallel(len(explainers), func(i int) (err error) {
		all[i] = &published{}
		switch e := explainers[i]; {
		case o.Share.Has(i):
			all[i], err = p.explainer(e, i == first)
		case o.Share.Has(0):
			all[i].facts, err = p.facts(e, i == first)
		}
		if err != nil {
			return err
		}
		return done()
	}); err != nil {
		return nil, err
	}
	if err := checkFormer(explainers, all); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	common, err := p.common()
	if err != nil {
		return nil, err
	}
	planned := &Planned{parts: []*published{common}, cache: o.Cache, report: o.Report}
	o.Share.Former = map[string]string{}
	for i, part := range all {
		if o.Share.Has(i) {
			planned.parts = append(planned.parts, part)
		}
		o.Share.Explainers = append(o.Share.Explainers, explainers[i].Slug)
		for _, former := range part.Former {
			o.Share.Former[former] = explainers[i].Slug
		}
	}
	if o.Share.Has(0) {
		rest, err := p.rest(all)
		if err != nil {
			return nil, err
		}
		planned.parts = append(planned.parts, rest)
	}
	if o.Share.Of > 1 {
		var err error
		if o.Share.Base, err = file.Base(o.Base).Path(); err != nil {
			return nil, fmt.Errorf("planning a share of the site: %w", err)
		}
		data, err := json.Marshal(o.Share)
		if err != nil {
			return nil, fmt.Errorf("planning a share of the site: %w", err)
		}
		planned.parts = append(planned.parts, inMemory(facts{}, "", nil, file.Set{file.ShareFile: data}))
	}
	return planned, nil
}

// counter returns a function to call after each of so many parts. It reports progress, one report at a time.
func counter(doing string, of int, report func(Progress) error) (done func() error) {
	var mu sync.Mutex
	at := Progress{doing, 0, of}
	return func() error {
		mu.Lock()
		defer mu.Unlock()
		at.Parts++
		if report == nil {
			return nil
		}
		return report(at)
	}
}

// Pages returns the pages of the site. They may lack what nobody needs but who writes them, since that is done.
func (p *Planned) Pages() ([]*page.Page, error) {
	var all []*page.Page
	for _, part := range p.parts {
		pages, err := part.pages()
		if err != nil {
			return nil, fmt.Errorf("reading the planned site: %w", err)
		}
		all = append(all, pages...)
	}
	return all, nil
}

// Files returns all files of the site, in memory.
func (p *Planned) Files() (Files, error) {
	all := Files{}
	for _, part := range p.parts {
		files, err := part.open()
		if err != nil {
			return nil, fmt.Errorf("reading the planned site: %w", err)
		}
		for _, path := range files.Paths() {
			if all[path], err = files.Read(path); err != nil {
				return nil, fmt.Errorf("reading the planned site: %w", err)
			}
		}
	}
	return all, nil
}

// Write makes folder hold exactly the files of a site, and the marker by which the next build knows the folder for a
// site. It returns how many they are. Package output says what it refuses, and why neither half a site nor anything
// else can be lost.
func Write(folder string, p *Planned) (files int, err error) {
	// What two parts may have is written once.
	rest := file.Set{}
	add := func(part *published, wanted func(path string) bool) error {
		files, err := part.open()
		if err != nil {
			return fmt.Errorf("writing the site: %w", err)
		}
		for _, path := range files.Paths() {
			if wanted(path) && rest[path] == nil {
				if rest[path], err = files.Read(path); err != nil {
					return fmt.Errorf("writing the site: %w", err)
				}
			}
		}
		return nil
	}
	isNew := func(path string) bool { return rest[path] == nil }
	var parts []output.Part
	explainers := 0
	for _, part := range p.parts {
		if part.slug != "" {
			explainers++
		}
	}
	done := counter("written", explainers, p.report)
	for _, part := range p.parts {
		if part.slug == "" {
			if err := add(part, func(string) bool { return true }); err != nil {
				return 0, err
			}
			continue
		}
		if slices.ContainsFunc(part.Shared, isNew) {
			if err := add(part, func(path string) bool { return slices.Contains(part.Shared, path) }); err != nil {
				return 0, err
			}
		}
		parts = append(parts, output.Part{Folder: part.slug, ID: part.id, Open: func() (file.Files, error) {
			files, err := part.open()
			if err != nil {
				return nil, err
			}
			return own{files, part.Shared}, done()
		}})
	}
	known, err := output.Replace(folder, written(p.cache, folder), append(parts, output.Of(rest))...)
	if err != nil {
		return 0, err
	}
	remember(p.cache, folder, known)
	return known.Count(), nil
}

// own are the files of an explainer that no other part of the site has.
type own struct {
	file.Files
	shared []string
}

// Paths returns the paths of the files, sorted.
func (o own) Paths() []string {
	return slices.DeleteFunc(slices.Clone(o.Files.Paths()), func(p string) bool { return slices.Contains(o.shared, p) })
}

// written is what is known of a folder that was written, as far as anything is.
func written(kept, folder string) (known output.Known) {
	name := nameOf(folder)
	if kept == "" || name == "" {
		return known
	}
	if data, err := cache.Read(kept, name); err != nil || gob.NewDecoder(bytes.NewReader(data)).Decode(&known) != nil {
		known = output.Known{}
	}
	known.Spare = cache.Beside(kept, name)
	return known.Unpacked()
}

// remember keeps what is known of a folder. A cache that cannot be written costs time, nothing else.
func remember(kept, folder string, known output.Known) {
	var data bytes.Buffer
	if name := nameOf(folder); kept != "" && name != "" && gob.NewEncoder(&data).Encode(known.Packed()) == nil {
		_ = cache.Write(kept, name, data.Bytes())
	}
}

// nameOf is the name in the cache of what is known of a folder, "" for a folder that has no name of its own.
func nameOf(folder string) string {
	full, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("written/%x", sha256.Sum256([]byte(full)))
}

// Writable returns an error if it can be seen at once that Write would refuse the folder: to say so before a long
// build.
func Writable(folder string) error { return output.Check(folder) }
