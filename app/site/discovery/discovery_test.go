package discovery_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/temoto/robotstxt"
	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/discovery"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

const base = "https://news.example/x/"

// explainers are two, of which the second has texts of every kind that could break a file.
func explainers(t *testing.T) []site.Explainer {
	all := sitetest.Explainers(t)
	for _, d := range all[0].Stories {
		storytest.MakeHostile(d)
		d.Changes = []story.Change{
			{Date: story.Date{ISO: "2026-11-26", Text: "26"}, Text: story.Rich{{Text: `Again <b> & "so" ]]>`}}},
			{Date: story.Date{ISO: "2026-11-26", Text: "26"}, Text: story.Rich{{Text: "A <correction>"}}},
			{Date: story.Date{ISO: "2026-11-24", Text: "24"}, Text: story.Rich{{Text: "First"}}},
		}
		d.Sources[0].URL = "" // in print
		d.Licence = story.Licence{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/"}
	}
	return all
}

// planned is their site, planned once for all tests.
var planned struct {
	once sync.Once
	all  []site.Explainer
	sitetest.Planned
}

func plan(t *testing.T) sitetest.Planned {
	planned.once.Do(func() {
		planned.all = explainers(t)
		planned.Planned = sitetest.Plan(t, planned.all, site.Options{Base: base, NoPictures: true, Quick: true})
	})
	return planned.Planned
}

// file returns the file at an address of the site.
func file(t *testing.T, files site.Files, address string) []byte {
	t.Helper()
	rest, ok := strings.CutPrefix(address, base)
	if !ok {
		t.Fatalf("%s is not of the site", address)
	}
	u, err := url.Parse(rest)
	if err != nil {
		t.Fatal(err)
	}
	name := u.Path
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if files[name] == nil {
		t.Errorf("%s is not there", address)
	}
	return files[name]
}

// A feed reader finds in each feed what RFC 4287 demands, and every link leads somewhere.
func TestFeeds(t *testing.T) {
	planned := plan(t)
	count := 0
	for _, p := range planned.Pages {
		if p.Feed == "" {
			if p.Kind == page.Explainer || p.Kind == page.Shelf {
				t.Errorf("%s has no feed", p.Path)
			}
			continue
		}
		if p.Kind == page.Evidence {
			continue // has that of the explainer
		}
		count++
		f, err := gofeed.NewParser().Parse(bytes.NewReader(planned.Files[p.Feed]))
		if err != nil {
			t.Fatalf("%s: %v", p.Feed, err)
		}
		if f.FeedType != "atom" || f.FeedVersion != "1.0" || f.Title != strings.TrimSpace(p.Title) || f.Language != p.Lang {
			t.Errorf("%s: got %s %s, title %q, language %s", p.Feed, f.FeedType, f.FeedVersion, f.Title, f.Language)
		}
		if f.FeedLink != base+p.Feed || f.Link != p.Canonical || f.Authors[0].Name != "news.example" {
			t.Errorf("%s: it is at %s, of %s, by %v", p.Feed, f.FeedLink, f.Link, f.Authors)
		}
		ids := map[string]bool{}
		latest := time.Time{}
		for _, e := range f.Items {
			if u, err := url.Parse(e.GUID); err != nil || !u.IsAbs() || ids[e.GUID] {
				t.Errorf("%s: id %q of an entry", p.Feed, e.GUID)
			}
			ids[e.GUID] = true
			if e.Title == "" || e.UpdatedParsed == nil || e.Content == "" && e.Description == "" {
				t.Fatalf("%s: an entry lacks title, time or text: %+v", p.Feed, e)
			}
			if e.UpdatedParsed.After(latest) {
				latest = *e.UpdatedParsed
			}
			for _, link := range e.Links {
				file(t, planned.Files, link)
			}
		}
		if f.UpdatedParsed == nil || len(f.Items) > 0 && !f.UpdatedParsed.Equal(latest) {
			t.Errorf("%s: updated %s, its entries %s", p.Feed, f.Updated, latest)
		}
	}
	if count < 3 {
		t.Errorf("%d feeds, want that of the shelf and those of an explainer's languages", count)
	}
}

// The entry of a change keeps its id when another one is added, on the same day too.
func TestIDsOfChangesStay(t *testing.T) {
	p := &page.Page{
		Kind: page.Explainer, Path: "a/index.html", Lang: "en", Title: "A", Canonical: base + "a/", Shared: &page.Shared{},
		Article: &page.Article{Changes: []page.Revision{
			{ISO: "2026-11-26", Title: "26: A", Text: "B <correction>"}, {ISO: "2026-11-24", Title: "24: A", Text: "First"},
		}},
	}
	ids := func() []string {
		files := site.Files{}
		if err := discovery.Explainer(files, base, "a", []*page.Page{p}); err != nil {
			t.Fatal(err)
		}
		f, err := gofeed.NewParser().Parse(bytes.NewReader(files["a/"+discovery.Feed]))
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Items[len(f.Items)-2].Content; got != "B <correction>" {
			t.Errorf("text of a change: got %q", got)
		}
		var ids []string
		for _, e := range f.Items {
			ids = append(ids, e.GUID)
		}
		return ids
	}
	before := ids()
	p.Article.Changes = slices.Insert(p.Article.Changes, 0, page.Revision{ISO: "2026-11-26", Title: "26: A", Text: "More"})
	if after := ids(); !slices.Equal(after[1:], before) || slices.Contains(before, after[0]) {
		t.Errorf("ids were %v, are %v", before, after)
	}
}

// The sitemaps list each page that search engines should show, once, with the same page in the other languages, which
// lists it in turn; and no other page.
func TestSitemaps(t *testing.T) {
	planned := plan(t)
	robots, err := robotstxt.FromBytes(planned.Files[discovery.Robots])
	if err != nil || !slices.Equal(robots.Sitemaps, []string{base + discovery.Sitemap}) || !robots.TestAgent("/x/a/embed/", "bot") {
		t.Fatalf("robots.txt: %v %v", err, robots.Sitemaps)
	}
	type link struct {
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	}
	type location struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		Links   []link `xml:"http://www.w3.org/1999/xhtml link"`
	}
	read := func(address string) (all []location) {
		var x struct {
			XMLName xml.Name
			URLs    []location `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
			Maps    []location `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
		}
		data := file(t, planned.Files, address)
		if err := xml.Unmarshal(data, &x); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		if len(data) > 50<<20 || len(x.URLs) > 50_000 || x.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
			t.Errorf("%s is larger than a sitemap may be, or none", address)
		}
		return append(x.URLs, x.Maps...)
	}
	listed := map[string]location{}
	for _, m := range read(base + discovery.Sitemap) {
		for _, l := range read(m.Loc) {
			if _, twice := listed[l.Loc]; twice {
				t.Errorf("%s is listed twice", l.Loc)
			}
			listed[l.Loc] = l
			file(t, planned.Files, l.Loc)
			if _, err := time.Parse(time.DateOnly, l.LastMod); l.LastMod != "" && err != nil {
				t.Errorf("%s: %v", l.Loc, err)
			}
		}
	}
	for _, l := range listed {
		for _, other := range l.Links {
			if !slices.ContainsFunc(listed[other.Href].Links, func(back link) bool { return back.Href == l.Loc }) {
				t.Errorf("%s names %s, which does not name it", l.Loc, other.Href)
			}
		}
		if len(l.Links) > 0 && !slices.ContainsFunc(l.Links, func(self link) bool { return self.Href == l.Loc }) {
			t.Errorf("%s does not name itself among its languages", l.Loc)
		}
	}
	for _, p := range planned.Pages {
		shown := !bytes.Contains(planned.Files[p.Path], []byte(`name="robots" content="noindex"`)) && p.Canonical == base+p.Folder()
		if _, ok := listed[p.Canonical]; shown && !ok {
			t.Errorf("%s is not listed", p.Path)
		}
		if !shown {
			if _, ok := listed[base+strings.TrimSuffix(p.Path, "index.html")]; ok {
				t.Errorf("%s is listed", p.Path)
			}
		}
	}
}

// vocabulary are the types and properties of schema.org that pages use, with the types of their values, as
// https://schema.org defines them (version 29.0): a type has the properties of the types that it is a subtype of.
var vocabulary = map[string]map[string]string{
	"NewsArticle": {
		"headline": "Text", "description": "Text", "inLanguage": "Text", "datePublished": "Date", "dateModified": "Date",
		"image": "URL", "license": "URL", "mainEntity": "Thing", "citation": "Thing",
	},
	"BackgroundNewsArticle": {},
	"ItemList":              {"itemListElement": "Thing"},
	"ListItem":              {"position": "Integer", "name": "Text", "url": "URL"},
	"CreativeWork":          {"name": "Text", "url": "URL", "datePublished": "Date", "publisher": "Thing"},
	"Organization":          {"name": "Text"},
}

func valid(t *testing.T, where string, value any) {
	thing, ok := value.(map[string]any)
	if !ok {
		t.Errorf("%s: %v is no thing", where, value)
		return
	}
	kinds, ok := thing["@type"].([]any)
	if !ok {
		kinds = []any{thing["@type"]}
	}
	known := map[string]string{}
	for _, k := range kinds {
		name, _ := k.(string)
		if vocabulary[name] == nil {
			t.Errorf("%s: type %v", where, k)
		}
		for property, of := range vocabulary[name] {
			known[property] = of
		}
	}
	for name, values := range thing {
		if strings.HasPrefix(name, "@") {
			continue
		}
		all, ok := values.([]any)
		if !ok {
			all = []any{values}
		}
		for _, v := range all {
			text, isText := v.(string)
			fits := false
			switch known[name] {
			case "Text":
				fits = isText && text != ""
			case "URL":
				u, err := url.Parse(text)
				fits = isText && err == nil && u.IsAbs()
			case "Date":
				for _, form := range []string{"2006", "2006-01", time.DateOnly} {
					_, err := time.Parse(form, text)
					fits = fits || err == nil
				}
			case "Integer":
				n, isNumber := v.(float64)
				fits = isNumber && n == float64(int(n))
			case "Thing":
				valid(t, where+" "+name, v)
				fits = true
			}
			if !fits {
				t.Errorf("%s: %s is %v", where, name, v)
			}
		}
	}
}

// Linked data is what schema.org knows, says what the story says, and names parts of the page that are there.
func TestLinkedData(t *testing.T) {
	planned, all := plan(t), planned.all
	count := 0
	for _, p := range planned.Pages {
		var found []string
		ids := map[string]bool{}
		sitetest.Walk(sitetest.Parse(t, planned.Files[p.Path]), func(n *html.Node) {
			if id, ok := sitetest.Attribute(n, "id"); ok {
				ids[id] = true
			}
			if kind, _ := sitetest.Attribute(n, "type"); n.Data == "script" && kind == "application/ld+json" {
				found = append(found, n.FirstChild.Data)
			}
		})
		want := 0
		if p.Kind == page.Explainer || p.Kind == page.Evidence {
			want = 1
		}
		if len(found) != want {
			t.Fatalf("%s has %d blocks of linked data, want %d", p.Path, len(found), want)
		}
		if want == 0 {
			continue
		}
		count++
		var data map[string]any
		if err := json.Unmarshal([]byte(found[0]), &data); err != nil {
			t.Fatalf("%s: %v", p.Path, err)
		}
		valid(t, p.Path, data)
		slug, _, _ := strings.Cut(p.Path, "/")
		var d *story.Document
		for _, e := range all {
			for _, s := range e.Stories {
				if e.Slug == slug && s.Lang == p.Lang {
					d = s
				}
			}
		}
		if data["@context"] != "https://schema.org" || data["headline"] != d.Title || data["inLanguage"] != d.Lang ||
			data["@id"] != base+d.Slug+"/"+d.Path() || data["dateModified"] != d.Modified() {
			t.Errorf("%s: %v", p.Path, data)
		}
		if p.Kind == page.Evidence {
			if cited, _ := data["citation"].([]any); len(cited) != len(d.Sources) {
				t.Errorf("%s cites %d, want %d", p.Path, len(cited), len(d.Sources))
			}
			continue
		}
		list, _ := data["mainEntity"].(map[string]any)
		items, _ := list["itemListElement"].([]any)
		if len(items) != len(d.Calls)+len(d.Events) {
			t.Errorf("%s lists %d events, want %d", p.Path, len(items), len(d.Calls)+len(d.Events))
		}
		for i, x := range items {
			item := x.(map[string]any)
			_, fragment, _ := strings.Cut(item["url"].(string), "#")
			if item["position"] != float64(i+1) || !ids[fragment] {
				t.Errorf("%s: %v, and there is no such place on the page", p.Path, item)
			}
		}
	}
	if count < 4 {
		t.Errorf("%d pages have linked data", count)
	}
}

// A site whose host is not known has no file that needs full addresses.
func TestWithoutAHost(t *testing.T) {
	planned := sitetest.Plan(t, explainers(t)[:1], site.Options{Base: "/x/", NoPictures: true, Quick: true})
	for name := range planned.Files {
		if strings.HasSuffix(name, ".xml") || name == discovery.Robots {
			t.Errorf("%s is there", name)
		}
	}
	for _, p := range planned.Pages {
		if p.Feed != "" {
			t.Errorf("%s names a feed", p.Path)
		}
	}
}

// Whoever follows an explainer that is withdrawn hears of it, by its feed and by that of the site; search engines are
// told of none of its pages.
func TestWithdrawnExplainers(t *testing.T) {
	all := explainers(t)
	for _, d := range all[0].Stories {
		d.Withdrawn = story.Withdrawn{Date: story.Date{ISO: "2026-12-01", Text: "1"}, Said: "We took this back.", Reason: "It was <wrong>."}
	}
	planned := sitetest.Plan(t, all, site.Options{Base: base, NoPictures: true, Quick: true})
	for _, name := range []string{discovery.Feed, all[0].Slug + "/" + discovery.Feed} {
		f, err := gofeed.NewParser().Parse(bytes.NewReader(planned.Files[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e := f.Items[0]
		if !strings.Contains(e.Description+e.Content, "It was <wrong>.") || !strings.HasPrefix(e.Updated, "2026-12-01") {
			t.Errorf("%s: the latest entry is %+v", name, e)
		}
		file(t, planned.Files, e.Link)
	}
	if planned.Files[all[0].Slug+"/"+discovery.Sitemap] != nil || bytes.Contains(planned.Files[discovery.Sitemap], []byte("/"+all[0].Slug+"/")) {
		t.Error("search engines are told of its pages")
	}
}
