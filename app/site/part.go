package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"sharh/app/site/card"
	"sharh/app/site/discovery"
	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/media"
	"sharh/app/site/offline"
	"sharh/app/site/page"
	"sharh/app/site/share"
	"sharh/app/story"
)

// Part is a part of a site: one explainer, or the files of the site as a whole.
type Part struct {
	Pages []*page.Page
	Files file.Set // every file except the pages

	data []string      // paths of the data files and pictures for others to use
	list *offline.List // the files that the worker of this part saves, nil if it has no worker
}

// content returns the content of a file or of a page, which it renders.
func (p *Part) content(path string) ([]byte, error) {
	for _, x := range p.Pages {
		if x.Path == path {
			return x.HTML()
		}
	}
	return p.Files.Read(path)
}

// Site plans a site part by part. Its methods are safe for concurrent use.
type Site struct {
	options Options
	base    file.Base
	maker   *page.Maker
	apps    *offline.Apps
	common  *Part // the files that every page needs
	// early is told of the file of an edition that takes longest to compress, as soon as it is there; nil for nobody.
	early func(path string, data []byte)
}

// New returns a site in which only the files that every page needs are planned. If the client is empty, pages work
// without it.
func New(client Client, o Options) (*Site, error) {
	base, err := file.ParseBase(o.Base)
	if err != nil {
		return nil, err
	}
	s := &Site{options: o, base: base, common: &Part{Files: Files{}}}
	s.apps = offline.New(cmp.Or(o.App, AppExplainer), s.base)
	if s.maker, err = page.NewMaker(s.common.Files, client, s.base); err != nil {
		return nil, fmt.Errorf("planning what pages share: %w", err)
	}
	return s, nil
}

// Common returns the files that every page needs.
func (s *Site) Common() *Part { return s.common }

// Explainer plans the pages of one explainer and the files that belong to it alone. The first explainer of a site that
// is not withdrawn also gets the demo page.
func (s *Site) Explainer(e Explainer, first bool) (*Part, error) {
	for _, d := range e.Stories {
		if d.Slug != e.Slug {
			return nil, fmt.Errorf("planning explainer %s: the story in %s is of another explainer, %q", e.Slug, d.Lang, d.Slug)
		}
	}
	part := &Part{Files: Files{}}
	editions := make([]*Part, len(e.Stories))
	if err := file.Parallel(len(e.Stories), func(i int) (err error) {
		d := e.Stories[i]
		if editions[i], err = s.edition(e, d, first); err != nil {
			return fmt.Errorf("planning explainer %s: %s: %w", e.Slug, d.Lang, err)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, edition := range editions {
		part.Pages = append(part.Pages, edition.Pages...)
		part.data = append(part.data, edition.data...)
		maps.Copy(part.Files, edition.Files)
	}
	if err := discovery.Explainer(part.Files, s.base, e.Slug, part.Pages); err != nil {
		return nil, fmt.Errorf("planning explainer %s: %w", e.Slug, err)
	}
	var err error
	get := func(path string) ([]byte, error) {
		data, err := part.content(path)
		if errors.Is(err, fs.ErrNotExist) {
			return s.common.Files.Read(path)
		}
		return data, err
	}
	folder := e.Slug + "/"
	for _, former := range e.formerly() {
		if err := offline.Gone(part.Files, former+"/", folder); err != nil {
			return nil, fmt.Errorf("planning explainer %s: its former address %s: %w", e.Slug, former, err)
		}
	}
	if e.withdrawn() {
		if err := offline.Gone(part.Files, folder, folder); err != nil {
			return nil, fmt.Errorf("planning explainer %s: ending what was saved of it: %w", e.Slug, err)
		}
		return part, nil
	}
	if part.list, err = s.apps.InFolder(part.Files, e.Slug, part.Pages, get); err != nil {
		return nil, fmt.Errorf("planning what of explainer %s is saved for offline use: %w", e.Slug, err)
	}
	return part, nil
}

// Scenes makes the sheet with all scenes of a story, for previews. No plan contains it.
func (s *Site) Scenes(d *story.Document) (*page.Page, error) {
	p, err := s.maker.Scenes(d)
	if err != nil {
		return nil, fmt.Errorf("drawing all scenes of %s: %s: %w", d.Slug, d.Lang, err)
	}
	return p, nil
}

// medium reads a file of the explainer's pictures.
func (e *Explainer) medium(name string) ([]byte, error) {
	if e.Media == nil {
		return nil, errors.New("the explainer came without its pictures")
	}
	return e.Media(name)
}

// edition plans an explainer in one language.
func (s *Site) edition(e Explainer, d *story.Document, first bool) (*Part, error) {
	part := &Part{Files: Files{}}
	edition := page.Edition{Document: d, Files: part.Files, Single: s.options.Single}
	if d.IsWithdrawn() {
		edition.Document = d.Notice()
		pages, err := s.maker.Notices(edition)
		if err != nil {
			return nil, err
		}
		return part, s.add(part, edition, pages)
	}
	how := media.Options{Kept: s.options.Cache, Draft: s.options.Drafts}
	if err := media.Add(part.Files, d, e.medium, how); err != nil {
		return nil, err
	}
	folder := edition.Folder()
	edition.App = s.apps.Of(d, folder)
	live, err := story.Encode(d.Excerpt())
	if err != nil {
		return nil, err
	}
	edition.Live = part.Files.Asset("story."+e.Slug+"."+d.Lang+".json", live)
	if err := page.DrawWindows(d); err != nil {
		return nil, err
	}
	depth, err := d.EncodeDepth()
	if err != nil {
		return nil, err
	}
	edition.Depth = part.Files.Asset("depth."+e.Slug+"."+d.Lang+".txt", depth)
	if s.early != nil {
		s.early(edition.Depth, depth)
	}
	if !s.options.NoPictures {
		photo := func(p *story.Picture) ([]byte, error) {
			return media.Cut(p, e.medium, card.PhotoWidth, card.PhotoHeight, s.options.Cache)
		}
		if edition.Pictures, err = share.Cards(part.Files, s.base, d, folder, s.options.Cache, photo); err != nil {
			return nil, err
		}
		if edition.Maps, err = share.Maps(part.Files, s.base, d, folder, edition.Pictures, s.options.Cache); err != nil {
			return nil, err
		}
	}
	if edition.Share, err = share.Dialog(part.Files, d, folder, s.maker.DialogStyle()); err != nil {
		return nil, err
	}
	if edition.Save, err = s.apps.Dialog(part.Files, d, s.maker.DialogStyle()); err != nil {
		return nil, err
	}
	pages, err := s.maker.Edition(edition)
	if err != nil {
		return nil, err
	}
	if err := s.add(part, edition, pages); err != nil {
		return nil, err
	}
	if part.data, err = share.Data(part.Files, folder, d); err != nil {
		return nil, fmt.Errorf("data: %w", err)
	}
	if edition.Maps != nil {
		part.data = append(part.data, edition.Maps.Paths...)
	}
	if err := s.apps.Manifest(part.Files, d, folder, edition.App, e.Screenshots); err != nil {
		return nil, err
	}
	if first {
		demo, err := s.maker.Demo(d)
		if err != nil {
			return nil, fmt.Errorf("the demo page: %w", err)
		}
		part.Pages = append(part.Pages, demo)
	}
	return part, nil
}

// add adds the pages of an edition to a part, with those that lead to them from former addresses, and their oEmbed
// answers.
func (s *Site) add(part *Part, edition page.Edition, pages []*page.Page) error {
	part.Pages = pages
	for _, former := range edition.Formerly {
		moved, err := s.maker.Moved(edition, former, pages)
		if err != nil {
			return err
		}
		part.Pages = append(part.Pages, moved...)
	}
	return share.OEmbeds(part.Files, s.base, part.Pages)
}

// last ranks the explainers of the shelf: those that were withdrawn come last.
func last(headings []*story.Document) int {
	if len(headings) > 0 && headings[0].IsWithdrawn() {
		return 1
	}
	return 0
}

// Rest plans the parts of the site as a whole: the shelf, and the rules for hosts. headings are the headings of the
// stories of each explainer (compile.Heading). pages are the pages of all explainers, or at least those that lists name
// (Fronts); get returns the content of their files. If the whole site is one app, all of them are needed. Where there
// are no pages, machines are told of none.
func (s *Site) Rest(
	headings [][]*story.Document, pages []*page.Page, get func(path string) ([]byte, error),
) (*Part, error) {
	rest := &Part{Files: Files{}}
	headings = slices.Clone(headings)
	slices.SortStableFunc(headings, func(a, b []*story.Document) int { return last(a) - last(b) })
	var save *page.Dialog
	var err error
	if len(headings) > 0 && len(headings[0]) > 0 {
		if save, err = s.apps.Dialog(rest.Files, headings[0][0], s.maker.DialogStyle()); err != nil {
			return nil, fmt.Errorf("planning the shelf: %w", err)
		}
	}
	shelf, err := s.maker.Shelf(headings, s.apps.Site(), save)
	if err != nil {
		return nil, fmt.Errorf("planning the shelf: %w", err)
	}
	rest.Pages = []*page.Page{shelf}
	nowhere, err := s.maker.Missing(headings)
	if err != nil {
		return nil, fmt.Errorf("planning the page for what is missing: %w", err)
	}
	if nowhere != nil {
		rest.Pages = append(rest.Pages, nowhere)
	}
	if err := s.apps.SiteManifest(rest.Files, shelf); err != nil {
		return nil, fmt.Errorf("planning the shelf: %w", err)
	}
	all := append(slices.Clone(pages), shelf)
	if rest.list, err = s.apps.AtRoot(rest.Files, all, func(path string) ([]byte, error) {
		data, err := rest.content(path)
		if errors.Is(err, fs.ErrNotExist) {
			return get(path)
		}
		return data, err
	}); err != nil {
		return nil, fmt.Errorf("planning what is saved for offline use: %w", err)
	}
	if err := discovery.Site(rest.Files, s.base, shelf, pages); err != nil {
		return nil, fmt.Errorf("planning what machines find: %w", err)
	}
	if err := hosting.Rules(rest.Files, s.base); err != nil {
		return nil, fmt.Errorf("planning the rules for hosts: %w", err)
	}
	return rest, nil
}
