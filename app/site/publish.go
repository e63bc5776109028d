package site

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"sharh/app/site/cache"
	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/page"
	"sharh/app/story"
)

// publisher makes the parts of a site what is published: pages written, files compressed.
type publisher struct {
	*Site
	common *published
	key    string // stands for what all explainers have in common: the options, and the files that pages share
}

// published is a part of the site as it is published.
type published struct {
	facts
	files file.Files
}

// facts are what is known of a part besides its files. They are kept with them, as JSON.
type facts struct {
	Pages    []*page.Page
	Headings []*story.Document // of the explainer that the part is
	Former   []string          // slugs that it had before
}

func newPublisher(client Client, o Options) (*publisher, error) {
	s, err := New(client, o)
	if err != nil {
		return nil, err
	}
	p := &publisher{Site: s}
	o.Cache = ""
	p.key = fmt.Sprintf("%+v", o)
	for _, name := range s.common.Files.Paths() {
		p.key += fmt.Sprintf("\n%s %x", name, sha256.Sum256(s.common.Files[name]))
	}
	p.common, err = p.publish(s.common, nil)
	return p, err
}

// explainer plans an explainer, or takes it from the cache.
func (p *publisher) explainer(e Explainer, first bool) (*published, error) {
	if p.options.Cache == "" || e.Key == "" {
		part, _, err := p.planned(e, first)
		return part, err
	}
	key, err := cache.Key(p.key, e.Slug, e.Key, fmt.Sprint(first))
	if err != nil {
		return nil, fmt.Errorf("planning explainer %s: %w", e.Slug, err)
	}
	name := path.Join("explainers", e.Slug)
	plan := func() (*published, error) {
		part, files, err := p.planned(e, first)
		if err != nil {
			return nil, err
		}
		for i, x := range part.Pages {
			part.Pages[i] = x.Written()
		}
		// A cache that cannot be written costs time, and memory, not the build.
		if kept, err := cache.Save(p.options.Cache, name, key, files, part.facts); err == nil {
			part.files = kept
		}
		return part, nil
	}
	kept := cache.Open(p.options.Cache, name, key)
	if kept == nil {
		return plan()
	}
	part := &published{files: &mended{Bundle: kept, again: sync.OnceValues(func() (file.Files, error) {
		part, err := plan()
		if err != nil {
			return nil, err
		}
		return part.files, nil
	})}}
	if err := json.Unmarshal(kept.Facts, &part.facts); err != nil {
		return nil, fmt.Errorf("planning explainer %s: reading what was kept of it: %w", e.Slug, err)
	}
	return part, nil
}

// mended are the files of a bundle. What was kept of an explainer stands for a plan of it: when a file is damaged, the
// explainer is planned again.
type mended struct {
	*cache.Bundle
	again func() (file.Files, error)
}

// Read returns a file.
func (m *mended) Read(path string) ([]byte, error) {
	data, err := m.Bundle.Read(path)
	if !errors.Is(err, cache.ErrDamaged) {
		return data, err
	}
	files, err := m.again()
	if err != nil {
		return nil, err
	}
	return files.Read(path)
}

// planned plans an explainer as it is published, and returns its files besides.
func (p *publisher) planned(e Explainer, first bool) (*published, file.Set, error) {
	if e.Load != nil {
		var err error
		if e.Stories, e.Screenshots, err = e.Load(); err != nil {
			return nil, nil, err
		}
	}
	for _, former := range e.formerly() {
		if fault := story.FaultOf(former); fault != "" {
			return nil, nil, fmt.Errorf("planning explainer %s: it cannot have been at %q: %s", e.Slug, former, faults[fault])
		}
	}
	planned, err := p.Explainer(e, first)
	if err != nil {
		return nil, nil, err
	}
	part, err := p.publish(planned, append([]string{e.Slug}, e.formerly()...))
	if err != nil {
		return nil, nil, err
	}
	part.Former = e.formerly()
	for _, d := range e.Stories {
		part.Headings = append(part.Headings, d.Heading())
	}
	return part, planned.Files, nil
}

// rest plans what is of the site as a whole.
func (p *publisher) rest(explainers []*published) (*published, error) {
	var headings [][]*story.Document
	var pages []*page.Page
	others := []file.Files{p.common.files}
	for _, part := range explainers {
		headings = append(headings, part.Headings)
		pages = append(pages, part.Pages...)
		others = append(others, part.files)
	}
	rest, err := p.Rest(headings, pages, func(path string) ([]byte, error) { return find(path, others) })
	if err != nil {
		return nil, err
	}
	return p.publish(rest, nil, others...)
}

// find returns the content of a file that is in one of several sets of files.
func find(path string, all []file.Files) ([]byte, error) {
	for _, files := range all {
		if data, err := files.Read(path); !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
}

// publish writes the pages of a part, which is the explainer with the given slugs, or of none, and compresses its
// files; others are those that are published before.
func (p *publisher) publish(part *Part, slugs []string, others ...file.Files) (*published, error) {
	if err := roots(part, slugs...); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	files := part.Files
	many := map[string]bool{}
	for _, name := range part.data {
		many[name] = true
	}
	for _, x := range part.Pages {
		html, err := x.HTML()
		if err != nil {
			return nil, fmt.Errorf("planning the site: %w", err)
		}
		files[x.Path] = html
		if x.Kind == page.Single {
			files[x.Path+".sha256"] = fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(html), path.Base(x.Path))
		}
		many[x.Path] = x.Kind.Many()
	}
	isMany := func(path string) bool { return many[path] }
	if err := hosting.Compress(files, p.options.Cache, p.options.Quick, isMany); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if part.list != nil {
		all := append([]file.Files{files}, others...)
		if p.common != nil {
			all = append(all, p.common.files)
		}
		if err := part.list.Cost(files, func(path string) (int, error) {
			data, err := find(path+".br", all)
			if errors.Is(err, fs.ErrNotExist) {
				data, err = find(path, all)
			}
			return len(data), err
		}); err != nil {
			return nil, fmt.Errorf("planning what saving costs: %w", err)
		}
	}
	return &published{facts{Pages: part.Pages}, files}, nil
}
