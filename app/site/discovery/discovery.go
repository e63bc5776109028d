// Package discovery makes the files by which machines find what a site has: a sitemap for each explainer and their
// index (https://www.sitemaps.org), robots.txt (RFC 9309), and feeds (Atom, RFC 4287) of the explainers of a site and
// of the changes to each explainer. All of them name full addresses, so a site whose host is not known has none.
//
// Nothing here depends on another explainer, except the index and the feed of the site.
package discovery

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"sharh/app/site/file"
	"sharh/app/site/page"
)

// Names of the files.
const (
	Sitemap = "sitemap.xml"
	Robots  = "robots.txt"
	Feed    = page.FeedName
)

// Explainer adds the sitemap of an explainer, and a feed of its changes beside the page of each language. One that was
// withdrawn has only the feed, which says so.
func Explainer(files file.Set, base file.Base, slug string, pages []*page.Page) error {
	if !base.Host() {
		return nil
	}
	var set urlSet
	for _, p := range pages {
		if p.Kind.Indexed() {
			set.URLs = append(set.URLs, location(p))
		}
		if p.Article == nil {
			continue
		}
		if err := add(files, p.Folder()+Feed, changes(base, p)); err != nil {
			return err
		}
	}
	if len(set.URLs) == 0 {
		return nil // it was withdrawn
	}
	return add(files, slug+"/"+Sitemap, set)
}

// Site adds what is of the whole site: pages are those of all explainers, and shelf is the list of them.
func Site(files file.Set, base file.Base, shelf *page.Page, pages []*page.Page) error {
	if !base.Host() {
		return nil
	}
	files[Robots] = fmt.Appendf(nil, "User-agent: *\nAllow: /\n\nSitemap: %s\n", base.Address(Sitemap))
	if err := add(files, shelfMap, urlSet{URLs: []entryOfMap{location(shelf)}}); err != nil {
		return err
	}
	all := index{Maps: []entryOfIndex{{Loc: base.Address(shelfMap)}}}
	at := map[string]int{} // of an explainer's sitemap in the index, by its address
	for _, p := range pages {
		if p.Kind != page.Explainer {
			continue // of one that was withdrawn, too, which has none
		}
		loc := base.Address(path.Join(file.Owner(p.Path), Sitemap))
		i, known := at[loc]
		if !known {
			i = len(all.Maps)
			at[loc], all.Maps = i, append(all.Maps, entryOfIndex{Loc: loc})
		}
		all.Maps[i].LastMod = max(all.Maps[i].LastMod, p.Article.Modified)
	}
	if err := add(files, Sitemap, all); err != nil {
		return err
	}
	return add(files, Feed, explainers(base, shelf, pages))
}

// shelfMap is the sitemap of the pages that belong to no explainer.
const shelfMap = "sitemap-shelf.xml"

// add adds an XML file.
func add(files file.Set, name string, of any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(of); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	b.WriteByte('\n')
	files[name] = b.Bytes()
	return nil
}

// urlSet is a sitemap; the languages of a page are given as Google describes it.
type urlSet struct {
	XMLName struct{}     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []entryOfMap `xml:"url"`
}

type entryOfMap struct {
	Loc       string      `xml:"loc"`
	LastMod   string      `xml:"lastmod,omitempty"`
	Languages []alternate `xml:"http://www.w3.org/1999/xhtml link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// index is a list of sitemaps.
type index struct {
	XMLName struct{}       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []entryOfIndex `xml:"sitemap"`
}

type entryOfIndex struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func location(p *page.Page) entryOfMap {
	e := entryOfMap{Loc: p.Canonical, LastMod: p.Shared.Modified}
	if len(p.Languages) > 1 {
		for _, l := range p.Languages {
			e.Languages = append(e.Languages, alternate{"alternate", l.Lang, l.Address})
		}
	}
	return e
}

// feed is an Atom feed.
type feed struct {
	XMLName  struct{} `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string   `xml:"xml:lang,attr"`
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle,omitempty"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Links    []link   `xml:"link"`
	Rights   string   `xml:"rights,omitempty"`
	Entries  []entry  `xml:"entry"`
}

type entry struct {
	Lang      string `xml:"xml:lang,attr,omitempty"`
	ID        string `xml:"id"`
	Title     string `xml:"title"`
	Published string `xml:"published,omitempty"`
	Updated   string `xml:"updated"`
	Links     []link `xml:"link"`
	Summary   string `xml:"summary,omitempty"`
	Content   string `xml:"content,omitempty"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Lang string `xml:"hreflang,attr,omitempty"`
	Href string `xml:"href,attr"`
}

const atomType = "application/atom+xml"

// changes is the feed of the changes to an explainer in one language; p is its page.
func changes(base file.Base, p *page.Page) feed {
	f := feed{
		Lang: p.Lang, ID: p.Canonical, Title: p.Title, Subtitle: p.Description, Author: base.Name(),
		Rights: p.Article.Licence.Name,
		Links: []link{
			{"self", atomType, "", base.Address(p.Folder() + Feed)}, {"alternate", "text/html", p.Lang, p.Canonical},
		},
	}
	last := ""
	same := map[string]int{} // entries of a day
	// The oldest first, so that a new one changes no id.
	for _, c := range slices.Backward(p.Article.Changes) {
		last = max(last, c.ISO)
		id := p.Canonical + "#changed-" + c.ISO
		if same[c.ISO]++; same[c.ISO] > 1 {
			id += fmt.Sprint("-", same[c.ISO])
		}
		f.Entries = slices.Insert(f.Entries, 0, entry{
			ID: id, Title: c.Title, Updated: moment(c.ISO), Content: c.Text,
			Links: []link{{"alternate", "text/html", p.Lang, p.Article.Log}},
		})
	}
	if f.Updated = moment(last); last == "" {
		f.Updated = moment(p.Article.Modified)
	}
	return f
}

// explainers is the feed of the explainers of a site, the latest first.
func explainers(base file.Base, shelf *page.Page, pages []*page.Page) feed {
	f := feed{
		Lang: shelf.Lang, ID: shelf.Canonical, Title: shelf.Title, Author: base.Name(),
		Links: []link{
			{"self", atomType, "", base.Address(Feed)}, {"alternate", "text/html", shelf.Lang, shelf.Canonical},
		},
	}
	last := ""
	var articles []*page.Page
	for _, p := range pages {
		if p.Article != nil {
			articles = append(articles, p)
			last = max(last, p.Article.Modified)
		}
	}
	slices.SortStableFunc(articles, func(a, b *page.Page) int {
		return strings.Compare(b.Article.Modified, a.Article.Modified)
	})
	for _, p := range articles {
		e := entry{
			Lang: p.Lang, ID: p.Canonical, Title: p.Title, Updated: moment(p.Article.Modified), Summary: p.Description,
			Links: []link{{"alternate", "text/html", p.Lang, p.Canonical}},
		}
		if p.Article.Published != "" {
			e.Published = moment(p.Article.Published)
		}
		for _, l := range p.Languages {
			if l.Lang != p.Lang {
				e.Links = append(e.Links, link{"alternate", "text/html", l.Lang, l.Address})
			}
		}
		f.Entries = append(f.Entries, e)
	}
	f.Updated = moment(last)
	return f
}

// moment is a day as a feed gives it: its beginning, in UTC. Where content was not checked, a day may be none.
func moment(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		at = time.Unix(0, 0).UTC()
	}
	return at.Format(time.RFC3339)
}
