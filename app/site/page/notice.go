package page

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
)

// place is an address of an explainer.
type place struct {
	kind Kind
	path string // the page's folder inside the edition's
}

// places are the addresses at which an edition has pages, but for a page in one file.
func (e *Edition) places() []place {
	all := []place{{Explainer, ""}, {Evidence, ui.Evidence.Path()}}
	for _, part := range ui.EmbedParts(e.Document) {
		all = append(all, place{Embed, part.Path()})
	}
	for _, item := range ui.Items(e.Document) {
		all = append(all, place{Item, item.Path()})
	}
	return all
}

// Notices makes the pages of a withdrawn explainer in one language: at each of its addresses a page that says so, and
// nothing of what it said. What shows its pages in frames, previews or readers' files then shows the notice.
func (m *Maker) Notices(e Edition) ([]*Page, error) {
	w := &e.Withdrawn
	title := e.Words.Notice["withdrawn"] + " · " + e.Title
	description := w.Said + " " + w.Reason
	var all []*Page
	for _, at := range e.places() {
		folder, framed := e.Folder()+at.path, at.kind == Embed
		body, err := prerender.HTML(ui.Notice(e.Document, e.successor(folder), framed))
		if err != nil {
			return nil, fmt.Errorf("the notice at %s: %w", folder, err)
		}
		p := m.page(Notice, folder, e.Document)
		p.Title, p.Description, p.Body = title, description, body
		p.Style = Text{Inline: m.inside(folder, m.letters[e.Words.Fonts]) + theme(e.Theme), Path: m.notice.Path}
		p.Script = Text{Path: m.boot.Path}
		if framed {
			p.Touch, p.Canonical = "", m.base.Address(e.Folder())
			p.Script = Text{Inline: m.bridge}
		} else {
			p.Languages, p.Shared = m.languages(&e, at.path), m.shared(&e, at.path, title, description)
			p.OEmbed = m.oembed(&e, at.path, e.Words.Colon+" "+w.Said, "")
			p.OEmbed.Height = ui.NoticeHeight
		}
		if at.kind == Explainer {
			p.Article, p.Feed = m.article(&e), m.feed(folder)
		}
		all = append(all, p)
	}
	if !e.Single {
		return all, nil
	}
	body, err := prerender.Lean(ui.Notice(e.Document, e.successor(e.Folder()), false), m.detach(e.Folder()))
	if err != nil {
		return nil, fmt.Errorf("the notice in one file: %w", err)
	}
	p := m.inOneFile(&e, body)
	p.Title, p.Description = title, description
	p.Style.Inline = fontFace.ReplaceAllString(m.notice.Inline+m.letters[e.Words.Fonts], "") + theme(e.Theme)
	return append(all, p), nil
}

// successor is the address of what takes the place of a withdrawn explainer, for a page in a folder; "" for none.
func (e *Edition) successor(folder string) string {
	address := e.Withdrawn.Successor.Address
	if address == "" || strings.Contains(address, "://") {
		return address
	}
	return file.Relative(folder, address)
}

// Moved makes the pages at the addresses that pages of an explainer had when its folder had another name. They lead to
// the pages, with the query and the fragment that a reader comes with.
func (m *Maker) Moved(e Edition, former string, pages []*Page) ([]*Page, error) {
	var all []*Page
	for _, p := range pages {
		old := former + strings.TrimPrefix(p.Path, e.Slug)
		if p.Kind == Single {
			old = path.Join(former, strings.Replace(path.Base(p.Path), e.Slug, former, 1))
		}
		moved := &Page{
			Kind: Moved, Path: old, To: strings.TrimSuffix(p.Path, "index.html"), Lang: p.Lang, Dir: p.Dir, Title: p.Title,
			Description: p.Description, Canonical: cmp.Or(p.Canonical, m.base.Address(p.Path)), Shared: p.Shared,
			OEmbed: p.OEmbed, Paper: PaperOf(e.Theme), Icon: m.icon,
			Style: Text{Inline: m.moved}, Script: Text{Inline: m.movedScript},
		}
		var err error
		to := file.Relative(moved.Folder(), moved.To)
		if moved.Body, err = prerender.HTML(ui.Moved(e.Document, p.Title, to)); err != nil {
			return nil, fmt.Errorf("the page at the former address %s: %w", old, err)
		}
		all = append(all, moved)
	}
	return all, nil
}
