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
	"fmt"
	"path/filepath"
	"slices"

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
	// Quick compresses in a fortieth of the time: for a look at the site on this machine, not for publishing.
	Quick bool
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

// Screenshot is a picture of the page for where an app is offered for installation.
type Screenshot = offline.Screenshot

// Files are files by slash-separated path.
type Files = file.Set

// Planned is a planned site.
type Planned struct {
	// Pages are those of the site. They may lack what nobody needs but who writes them, since that is done.
	Pages []*page.Page

	parts []file.Files
	cache string // what is known of folders that were written is there
}

// Plan lays the site out.
func Plan(explainers []Explainer, client Client, o Options) (*Planned, error) {
	if err := checkSlugs(explainers); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if len(client.Wasm) == 0 {
		return nil, fmt.Errorf("planning the site: there is no client to publish")
	}
	p, err := newPublisher(client, o)
	if err != nil {
		return nil, err
	}
	first := slices.IndexFunc(explainers, func(e Explainer) bool { return !e.withdrawn() })
	parts := make([]*published, len(explainers))
	if err := file.Parallel(len(explainers), func(i int) (err error) {
		parts[i], err = p.explainer(explainers[i], i == first)
		return err
	}); err != nil {
		return nil, err
	}
	if err := checkFormer(explainers, parts); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	rest, err := p.rest(parts)
	if err != nil {
		return nil, err
	}
	all := &Planned{cache: o.Cache}
	for _, part := range append([]*published{p.common}, append(parts, rest)...) {
		all.Pages = append(all.Pages, part.Pages...)
		all.parts = append(all.parts, part.files)
	}
	return all, nil
}

// Files returns all files of the site, in memory.
func (p *Planned) Files() (Files, error) {
	all := Files{}
	for _, part := range p.parts {
		for _, path := range part.Paths() {
			data, err := part.Read(path)
			if err != nil {
				return nil, fmt.Errorf("reading the planned site: %w", err)
			}
			all[path] = data
		}
	}
	return all, nil
}

// Write makes folder hold exactly the files of a site, and the marker by which the next build knows the folder for a
// site. It returns how many they are. Package output says what it refuses, and why neither half a site nor anything
// else can be lost.
func Write(folder string, p *Planned) (files int, err error) {
	seen := map[string]bool{}
	var parts []file.Files
	for _, part := range p.parts {
		o := once{Files: part}
		for _, path := range part.Paths() {
			if !seen[path] {
				seen[path] = true
				o.paths = append(o.paths, path)
			}
		}
		parts = append(parts, o)
	}
	known, err := output.Replace(folder, written(p.cache, folder), parts...)
	if err != nil {
		return 0, err
	}
	remember(p.cache, folder, known)
	return len(seen), nil
}

// once are files of a part that no part before has. Several explainers have the same assets.
type once struct {
	file.Files
	paths []string
}

// Paths returns the paths of the files, sorted.
func (o once) Paths() []string { return o.paths }

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
	return known
}

// remember keeps what is known of a folder. A cache that cannot be written costs time, nothing else.
func remember(kept, folder string, known output.Known) {
	var data bytes.Buffer
	if name := nameOf(folder); kept != "" && name != "" && gob.NewEncoder(&data).Encode(known) == nil {
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

// Writable returns an error if Write would refuse the folder: to say so before a long build.
func Writable(folder string) error { return output.Check(folder) }
