package site

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
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
	common func() (*published, error) // waits for what all pages share
	large  bool                       // the site is a large one
	key    string                     // stands for what all explainers have in common: the options, and the files that pages share
}

// published is a part of the site as it is published.
type published struct {
	facts
	slug  string // of the explainer that it is, or ""
	id    string // stands for the paths and contents of its files; "" if it is not known
	open  func() (file.Files, error)
	pages func() ([]*page.Page, error)
}

// facts are what is known of a part without its files and pages. They are kept with them, as JSON.
type facts struct {
	Headings []*story.Document // of the explainer that the part is
	Fronts   []*page.Page      // its pages that lists name
	Former   []string          // slugs that it had before
	Shared   []string          // paths of the files that other explainers may have too
}

// inMemory is a part that is in memory.
func inMemory(of facts, slug string, pages []*page.Page, files file.Files) *published {
	return &published{
		facts: of, slug: slug,
		open:  func() (file.Files, error) { return files, nil },
		pages: func() ([]*page.Page, error) { return pages, nil },
	}
}

// Few is how many explainers a site has at most that is not a large one. A large one would take hours to compress as
// well as can be, so it compresses only those pages so well that are over their budget otherwise: the others grow by a
// sixteenth, within their budgets.
const Few = 100

// long is how many bytes a file of an explainer has at most that is compressed as well as can be. Pages are shorter,
// unless the explainer is very large: then they would take nine seconds of a processor after each change, for a
// thirtieth fewer bytes.
const long = 400_000

func newPublisher(client Client, o Options, explainers int) (*publisher, error) {
	s, err := New(client, o)
	if err != nil {
		return nil, err
	}
	p := &publisher{Site: s, large: explainers > Few}
	s.early = p.compression(func(string) int64 { return 0 }, long).Begin
	p.key = fmt.Sprintf(
		"%q %q %t %t %t %t %t", o.Base, o.App, o.Single, o.NoPictures, o.Drafts, o.Quick, p.large)
	for _, name := range s.common.Files.Paths() {
		p.key += fmt.Sprintf("\n%s %x", name, sha256.Sum256(s.common.Files[name]))
	}
	// To compress a new client as well as can be takes one processor a quarter of a minute. Meanwhile the others plan
	// explainers, from the files as they are now.
	common := *s.common
	common.Files = maps.Clone(s.common.Files)
	p.common = sync.OnceValues(func() (*published, error) {
		return p.publish(&common, nil, func(string) int64 { return 0 })
	})
	go func() { _, _ = p.common() }() // whoever needs it hears of an error
	return p, nil
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
	// plan plans it and keeps that, if it can: a cache that cannot be written costs time, and memory, not the build.
	plan := func() (part *published, bundle *cache.Bundle, err error) {
		part, files, err := p.planned(e, first)
		if err != nil {
			return nil, nil, err
		}
		pages, err := part.pages()
		if err != nil {
			return nil, nil, err
		}
		for i, x := range pages {
			pages[i] = x.Written()
		}
		bundle, _ = cache.Save(p.options.Cache, name, key, files, part.facts, pages)
		return part, bundle, nil
	}
	part, bundle := &published{slug: e.Slug}, cache.Open(p.options.Cache, name, key)
	if bundle == nil {
		made, saved, err := plan()
		if err != nil || saved == nil {
			return made, err
		}
		part.facts, bundle = made.facts, saved
	} else if err := json.Unmarshal(bundle.Facts, &part.facts); err != nil {
		return nil, fmt.Errorf("planning explainer %s: reading what was kept of it: %w", e.Slug, err)
	}
	part.keep(bundle, func() (*published, error) {
		again, _, err := plan()
		return again, err
	})
	return part, nil
}

// keep makes the files and pages of a part those of a bundle. What was kept of an explainer stands for a plan of it:
// when it is damaged, the explainer is planned again.
func (p *published) keep(bundle *cache.Bundle, plan func() (*published, error)) {
	again := sync.OnceValues(plan)
	p.id = bundle.ID()
	p.open = func() (file.Files, error) {
		contents, err := bundle.Open()
		if errors.Is(err, cache.ErrDamaged) {
			part, err := again()
			if err != nil {
				return nil, err
			}
			return part.open()
		}
		return &mended{contents, again}, err
	}
	p.pages = func() (pages []*page.Page, err error) {
		contents, err := bundle.Open()
		if err == nil {
			err = contents.Notes(&pages)
		}
		if errors.Is(err, cache.ErrDamaged) {
			part, err := again()
			if err != nil {
				return nil, err
			}
			return part.pages()
		}
		return pages, err
	}
}

// mended are the files of a bundle, one of which may be damaged.
type mended struct {
	*cache.Contents
	again func() (*published, error)
}

// Read returns a file.
func (m *mended) Read(path string) ([]byte, error) {
	data, err := m.Contents.Read(path)
	if !errors.Is(err, cache.ErrDamaged) {
		return data, err
	}
	part, err := m.again()
	if err != nil {
		return nil, err
	}
	files, err := part.open()
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
	data := map[string]bool{}
	for _, name := range planned.data {
		data[name] = true
	}
	kinds := map[string]page.Kind{}
	for _, x := range planned.Pages {
		kinds[x.Path] = x.Kind
	}
	part, err := p.publish(planned, append([]string{e.Slug}, e.formerly()...), func(path string) int64 {
		kind, isPage := kinds[path]
		switch {
		case data[path], kind.Many():
			return math.MaxInt64
		case !p.large:
			return 0
		case isPage:
			return kind.Budget()
		}
		return math.MaxInt64
	})
	if err != nil {
		return nil, nil, err
	}
	part.Former = e.formerly()
	part.Headings = e.headings()
	for _, path := range planned.Files.Paths() {
		if file.Owner(path) != e.Slug {
			part.Shared = append(part.Shared, path)
		}
	}
	return part, planned.Files, nil
}

// fronts are the pages that lists of the whole site name, as far as they do.
func fronts(pages []*page.Page) (all []*page.Page) {
	for _, x := range pages {
		if x.Kind == page.Explainer || x.Article != nil {
			all = append(all, x.Written())
		}
	}
	return all
}

// compression says how well files are compressed of which enough says how well, and which are long above a length.
func (p *publisher) compression(enough func(path string) int64, long int) hosting.Compression {
	return hosting.Compression{
		Kept: p.options.Cache, Forget: p.large, Quick: p.options.Quick, Enough: enough, Long: long,
	}
}

// facts returns what lists of the whole site need of an explainer that is in another share. It is planned without what
// takes longest.
func (p *publisher) facts(e Explainer, first bool) (facts, error) {
	if e.Load != nil {
		var err error
		if e.Stories, e.Screenshots, err = e.Load(); err != nil {
			return facts{}, err
		}
	}
	light := *p.Site
	light.options.NoPictures, light.options.Drafts, light.options.Single = true, true, false
	light.early = nil
	planned, err := light.Explainer(e, first)
	if err != nil {
		return facts{}, err
	}
	return facts{Fronts: fronts(planned.Pages), Headings: e.headings(), Former: e.formerly()}, nil
}

// headings returns the headings of the stories.
func (e *Explainer) headings() (all []*story.Document) {
	for _, d := range e.Stories {
		all = append(all, d.Heading())
	}
	return all
}

// rest plans what is of the site as a whole.
func (p *publisher) rest(explainers []*published) (*published, error) {
	var headings [][]*story.Document
	for _, part := range explainers {
		headings = append(headings, part.Headings)
	}
	var pages []*page.Page
	var others []file.Files
	for _, part := range explainers {
		pages = append(pages, part.Fronts...)
	}
	// Only a site that is one app needs to know all pages and files.
	if p.options.App == AppSite {
		pages = nil
		common, err := p.common()
		if err != nil {
			return nil, err
		}
		for _, part := range append([]*published{common}, explainers...) {
			files, err := part.open()
			if err != nil {
				return nil, err
			}
			own, err := part.pages()
			if err != nil {
				return nil, err
			}
			pages, others = append(pages, own...), append(others, files)
		}
	}
	rest, err := p.Rest(headings, pages, func(path string) ([]byte, error) { return find(path, others) })
	if err != nil {
		return nil, err
	}
	return p.publish(rest, nil, func(string) int64 {
		if p.large { // it changes with every explainer, and grows with them
			return math.MaxInt64
		}
		return 0
	}, others...)
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

// publish writes the pages of a part, which is the explainer with the given slugs, of which the first is the present
// one, or of none, and compresses its files, of which enough says how well; others are those that are published before.
func (p *publisher) publish(
	part *Part, slugs []string, enough func(path string) int64, others ...file.Files,
) (*published, error) {
	if err := roots(part, slugs...); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	files := part.Files
	pages := make([][]byte, len(part.Pages))
	if err := file.Parallel(len(pages), func(i int) (err error) {
		if pages[i], err = part.Pages[i].HTML(); err != nil {
			return fmt.Errorf("planning the site: %w", err)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for i, x := range part.Pages {
		files[x.Path] = pages[i]
		if x.Kind == page.Single {
			files[x.Path+".sha256"] = fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(pages[i]), path.Base(x.Path))
		}
	}
	most := long
	if len(slugs) == 0 { // the client is long, and the same for all
		most = 0
	}
	if err := p.compression(enough, most).Compress(files); err != nil {
		return nil, fmt.Errorf("planning the site: %w", err)
	}
	if part.list != nil {
		all := append([]file.Files{files}, others...)
		common, err := p.common()
		if err != nil {
			return nil, err
		}
		shared, err := common.open()
		if err != nil {
			return nil, err
		}
		all = append(all, shared)
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
	slug := ""
	if len(slugs) > 0 {
		slug = slugs[0]
	}
	return inMemory(facts{Fronts: fronts(part.Pages)}, slug, part.Pages, files), nil
}
