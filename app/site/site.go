// Package site turns stories into the static site: it plans the whole output folder in memory, then writes it.
//
//	files, err := site.Plan(explainers, client, site.Options{Base: "/"})
//	err = site.Write("dist", files)
//
// A plan is a function of its input alone: two plans of the same content are equal, byte for byte. Every asset carries
// the hash of its content in its name. Pages refer to assets and to each other by relative addresses, so that a site
// works under any path.
//
// The parts of the site have rooms of their own; this package puts them together. Pages are values of package page, from which all
// others know what there is.
package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"path"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/offline"
	"sharh/app/site/output"
	"sharh/app/site/page"
	"sharh/app/site/share"
	"sharh/app/story"
)

// Options are choices for a whole site.
type Options struct {
	// Base is the path or address under which the site is published, "/" or "/explainers/" or
	// "https://example.org/explainers/". It is used only where an address must be absolute.
	Base string
	// Cache is a folder that keeps compressed files and drawn pictures between builds, or "" for none.
	Cache string
	// App says what can be saved and installed; empty for each explainer.
	App App
	// Single adds each explainer as one file a language, with all but the client in it.
	Single bool
	// NoPictures leaves out the pictures that pages have where they are shared.
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
}

// Screenshot is a picture of the page for where an app is offered for installation.
type Screenshot = offline.Screenshot

// Files is a planned folder: content by slash-separated path.
type Files = file.Set

// Plan lays the site out.
func Plan(explainers []Explainer, client Client, o Options) (*Planned, error) {
	if err := checkSlugs(explainers); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if len(client.Wasm) == 0 {
		return nil, fmt.Errorf("planning the site: there is no client to publish")
	}
	s, err := New(client, o)
	if err != nil {
		return nil, err
	}
	var parts []*Planned
	for i, e := range explainers {
		part, err := s.Explainer(e, i == 0)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	rest, err := s.Rest(parts)
	if err != nil {
		return nil, err
	}
	all := &Planned{Files: Files{}}
	for _, part := range append([]*Planned{s.common}, append(parts, rest)...) {
		if err := roots(part, explainers); err != nil {
			return nil, fmt.Errorf("planning the site: %w", err)
		}
		if err := s.publish(part, all); err != nil {
			return nil, fmt.Errorf("planning the site: %w", err)
		}
	}
	return all, nil
}

// Write makes folder hold exactly the files, and the marker by which the next build knows the folder for a site.
// Package output says what it refuses, and why neither half a site nor anything else can be lost.
func Write(folder string, files Files) error { return output.Replace(folder, files) }

// Writable returns an error if Write would refuse the folder: to say so before a long build.
func Writable(folder string) error { return output.Check(folder) }

// Planned is a site, or a part of it.
type Planned struct {
	Pages []*page.Page
	Files Files // those of the pages among them when the part is published

	stories []*story.Document // of the explainer that it is
	data    []string          // paths of what others can work with
	list    *offline.List     // what the worker saves, nil for a part that has none
}

// content returns the content of a file, be it a page that is not written yet; nil if there is none.
func content(path string, parts ...*Planned) ([]byte, error) {
	for _, part := range parts {
		if data, ok := part.Files[path]; ok {
			return data, nil
		}
		for _, p := range part.Pages {
			if p.Path == path {
				return p.HTML()
			}
		}
	}
	return nil, fmt.Errorf("%s is nowhere in the site", path)
}

// Site plans a site part by part.
type Site struct {
	options Options
	base    file.Base
	maker   *page.Maker
	apps    *offline.Apps
	common  *Planned // what every page needs
}

// New returns a site of which nothing is planned but what every page needs. Without a client its pages stay still.
func New(client Client, o Options) (*Site, error) {
	s := &Site{options: o, base: file.Base(o.Base), common: &Planned{Files: Files{}}}
	s.apps = offline.New(cmp.Or(o.App, AppExplainer), s.base)
	var err error
	if s.maker, err = page.NewMaker(s.common.Files, client, s.base); err != nil {
		return nil, fmt.Errorf("planning what pages share: %w", err)
	}
	return s, nil
}

// Common is what every page needs.
func (s *Site) Common() *Planned { return s.common }

// Explainer plans the pages of one explainer, and all that is of it alone. The first of a site also has the demo page.
func (s *Site) Explainer(e Explainer, first bool) (*Planned, error) {
	part := &Planned{Files: Files{}, stories: e.Stories}
	for _, d := range e.Stories {
		if err := s.edition(part, e, d); err != nil {
			return nil, fmt.Errorf("planning explainer %s: %s: %w", e.Slug, d.Lang, err)
		}
		if !first {
			continue
		}
		demo, err := s.maker.Demo(d)
		if err != nil {
			return nil, fmt.Errorf("planning the demo page: %w", err)
		}
		part.Pages = append(part.Pages, demo)
	}
	var err error
	get := func(path string) ([]byte, error) { return content(path, part, s.common) }
	if part.list, err = s.apps.InFolder(part.Files, e.Slug, part.Pages, get); err != nil {
		return nil, fmt.Errorf("planning what of explainer %s is saved for offline use: %w", e.Slug, err)
	}
	return part, nil
}

// edition plans an explainer in one language.
func (s *Site) edition(part *Planned, e Explainer, d *story.Document) error {
	edition := page.Edition{Document: d, Single: s.options.Single}
	folder := edition.Folder()
	edition.App = s.apps.Of(d, folder)
	live, err := story.Encode(d.Excerpt())
	if err != nil {
		return err
	}
	edition.Live = part.Files.Asset("story."+e.Slug+"."+d.Lang+".json", live)
	if !s.options.NoPictures {
		if edition.Pictures, err = share.Cards(part.Files, d, s.options.Cache); err != nil {
			return err
		}
	}
	if edition.Share, err = share.Dialog(part.Files, d, folder, s.maker.DialogStyle()); err != nil {
		return err
	}
	if edition.Save, err = s.apps.Dialog(part.Files, d, s.maker.DialogStyle()); err != nil {
		return err
	}
	pages, err := s.maker.Edition(edition)
	if err != nil {
		return err
	}
	part.Pages = append(part.Pages, pages...)
	data, err := share.Data(part.Files, folder, d)
	if err != nil {
		return fmt.Errorf("data: %w", err)
	}
	part.data = append(part.data, data...)
	if err := share.OEmbeds(part.Files, s.base, pages); err != nil {
		return err
	}
	return s.apps.Manifest(part.Files, d, folder, edition.App, e.Screenshots)
}

// Rest plans what is of the site as a whole, whose explainers are given.
func (s *Site) Rest(explainers []*Planned) (*Planned, error) {
	rest := &Planned{Files: Files{}}
	var stories [][]*story.Document
	var pages []*page.Page
	for _, part := range explainers {
		stories = append(stories, part.stories)
		pages = append(pages, part.Pages...)
	}
	var save *page.Dialog
	if len(stories) > 0 && len(stories[0]) > 0 {
		var err error
		if save, err = s.apps.Dialog(rest.Files, stories[0][0], s.maker.DialogStyle()); err != nil {
			return nil, fmt.Errorf("planning the shelf: %w", err)
		}
	}
	shelf, err := s.maker.Shelf(stories, s.apps.Site(), save)
	if err != nil {
		return nil, fmt.Errorf("planning the shelf: %w", err)
	}
	rest.Pages = []*page.Page{shelf}
	if err := s.apps.SiteManifest(rest.Files, shelf); err != nil {
		return nil, fmt.Errorf("planning the shelf: %w", err)
	}
	get := func(path string) ([]byte, error) {
		return content(path, append([]*Planned{s.common, rest}, explainers...)...)
	}
	if rest.list, err = s.apps.AtRoot(rest.Files, append(pages, shelf), get); err != nil {
		return nil, fmt.Errorf("planning what is saved for offline use: %w", err)
	}
	if err := hosting.Rules(rest.Files, s.base); err != nil {
		return nil, fmt.Errorf("planning the rules for hosts: %w", err)
	}
	return rest, nil
}

// publish writes the pages of a part, compresses its files, and adds it to those of the site that are published already.
func (s *Site) publish(part, to *Planned) error {
	many := map[string]bool{}
	for _, p := range part.data {
		many[p] = true
	}
	for _, p := range part.Pages {
		html, err := p.HTML()
		if err != nil {
			return err
		}
		part.Files[p.Path] = html
		if p.Kind == page.Single {
			part.Files[p.Path+".sha256"] = fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(html), path.Base(p.Path))
		}
		many[p.Path] = p.Kind.Many()
	}
	if err := hosting.Compress(part.Files, s.options.Cache, s.options.Quick, func(path string) bool { return many[path] }); err != nil {
		return err
	}
	to.Pages = append(to.Pages, part.Pages...)
	maps.Copy(to.Files, part.Files)
	if part.list == nil {
		return nil
	}
	travel := func(path string) int {
		if packed, ok := to.Files[path+".br"]; ok {
			return len(packed)
		}
		return len(to.Files[path])
	}
	if err := part.list.Cost(to.Files, travel); err != nil {
		return fmt.Errorf("planning what saving costs: %w", err)
	}
	return nil
}
