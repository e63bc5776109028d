package site_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/page/ui"
	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
	"sharh/app/story"
)

// takeBack makes a story one of a withdrawn explainer.
func takeBack(d *story.Document) {
	d.Withdrawn = story.Withdrawn{
		Date: story.Date{ISO: "2026-11-27", Text: "27 November 2026"}, Said: "It was taken back on 27 November 2026.",
		Reason: "A source was forged.",
	}
}

// taken returns the test explainers, the first of which was withdrawn, with a change to each of its stories.
func taken(t *testing.T, change func(*story.Document)) []site.Explainer {
	t.Helper()
	all := sitetest.Explainers(t)
	for _, d := range all[0].Stories {
		takeBack(d)
		if change != nil {
			change(d)
		}
	}
	return all
}

// pages are the paths of the HTML files of a folder that have an address of their own.
func pages(files site.Files, folder string) []string {
	var all []string
	for _, p := range files.Paths() {
		if strings.HasPrefix(p, folder+"/") && path.Ext(p) == ".html" && path.Base(p) != page.MissingFile {
			all = append(all, p)
		}
	}
	return all
}

// text is what a reader sees of a page.
func text(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	sitetest.Walk(sitetest.Parse(t, data), func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data)
		}
	})
	return b.String()
}

// A withdrawn explainer has the pages that it had, and each is the notice; whatever else was of it is gone, and so is
// all that it said.
func TestWithdrawnExplainerIsANotice(t *testing.T) {
	o := site.Options{Base: "https://example.org/x/", Single: true}
	before := sitetest.Plan(t, sitetest.Explainers(t)[:1], site.Options{Base: "/", Single: true})
	slug := sitetest.Explainers(t)[0].Slug
	after := sitetest.Plan(t, taken(t, func(d *story.Document) {
		d.Withdrawn.Successor = story.Successor{Address: "sample/" + d.Path(), Title: "The better one", Lang: d.Lang, Dir: d.Dir}
	})[:1], o)
	was, is := pages(before.Files, slug), pages(after.Files, slug)
	if !slices.Equal(was, is) || len(is) < 20 {
		t.Errorf("pages before and after differ:\n%q\n%q", was, is)
	}
	d := sitetest.Explainers(t)[0].Stories[0]
	for _, p := range is {
		data := after.Files[p]
		seen := text(t, data)
		for _, want := range []string{"It was taken back on 27 November 2026.", "A source was forged.", "The better one"} {
			if !strings.Contains(seen, want) {
				t.Errorf("%s does not say %q: %s", p, want, seen)
			}
		}
		if strings.Contains(string(data), d.Calls[0].Short) || strings.Contains(string(data), d.Summary) || bytes.Contains(data, []byte("og:image")) {
			t.Errorf("%s still has what the explainer said, or its picture", p)
		}
		want := strings.Repeat("../", strings.Count(p, "/")) + "sample/"
		if strings.HasPrefix(path.Base(p), slug) { // in one file, which may be anywhere
			want = o.Base + "sample/"
		}
		if strings.Contains(p, "/en/") || strings.HasSuffix(p, ".en.html") {
			want += "en/"
		}
		sitetest.Walk(sitetest.Parse(t, data), func(n *html.Node) {
			if href, _ := sitetest.Attribute(n, "href"); n.Data == "a" && href != want {
				t.Errorf("%s leads to %s, want %s", p, href, want)
			}
		})
	}
	rest := after.Files.Paths()
	for _, p := range rest {
		name := strings.TrimSuffix(strings.TrimSuffix(p, ".br"), ".gz")
		inside := strings.HasPrefix(p, slug+"/")
		known := path.Ext(name) == ".html" || path.Ext(name) == ".sha256" || path.Base(name) == page.OEmbedName || path.Base(name) == "sw.js" ||
			path.Base(name) == page.FeedName // says that it was withdrawn
		if inside && !known || !inside && strings.Contains(p, slug) {
			t.Errorf("%s is left", p)
		}
	}
	if sw := string(after.Files[slug+"/sw.js"]); !strings.Contains(sw, "unregister") || !strings.Contains(sw, "navigate") {
		t.Errorf("the worker does not end itself, and bring open pages back: %s", sw)
	}
}

// Whoever asks for the explainer's embed is answered: the frame tells its height, and oEmbed names it.
func TestNoticeInFramesAndPreviews(t *testing.T) {
	planned := sitetest.Plan(t, taken(t, nil), site.Options{Base: "/"})
	slug := sitetest.Explainers(t)[0].Slug
	embed := string(planned.Files[slug+"/embed/map/index.html"])
	for _, want := range []string{"embed-size", `class="notice framed"`, `name="robots" content="noindex"`} {
		if !strings.Contains(embed, want) {
			t.Errorf("the embed of the map has no %s", want)
		}
	}
	for _, p := range []string{slug + "/index.html", slug + "/en/evidence/index.html", slug + "/call/1/index.html"} {
		got := string(planned.Files[p])
		for _, want := range []string{`name="robots" content="noindex"`, `property="og:title"`, `type="application/json+oembed"`} {
			if !strings.Contains(got, want) {
				t.Errorf("%s has no %s", p, want)
			}
		}
		var answer struct {
			Title, HTML string
			Height      int
		}
		name := path.Dir(p) + "/" + page.OEmbedName
		if err := json.Unmarshal(planned.Files[name], &answer); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !strings.Contains(answer.HTML, "/embed/") || !strings.Contains(answer.HTML, "It was taken back") || answer.Height != ui.NoticeHeight {
			t.Errorf("%s: got %+v", name, answer)
		}
	}
	shelf := text(t, planned.Files["index.html"])
	at, other := strings.Index(shelf, "It was taken back"), strings.Index(shelf, sitetest.Explainers(t)[1].Stories[0].Title)
	if at < 0 || other > at {
		t.Errorf("the shelf does not say at its end that an explainer was withdrawn: %s", shelf)
	}
	if !bytes.Contains(planned.Files["demo/index.html"], []byte("sample/")) {
		t.Error("the demo page does not show an explainer that is there")
	}
}

// An explainer that comes back is what it was, to the byte.
func TestWithdrawnExplainerComesBack(t *testing.T) {
	o := site.Options{Base: "/", Cache: t.TempDir()}
	keyed := func(all []site.Explainer, key string) []site.Explainer {
		for i, e := range all {
			all[i] = site.Explainer{Slug: e.Slug, Key: key, Media: e.Media,
				Load: func() ([]*story.Document, []site.Screenshot, error) { return e.Stories, nil, nil }}
		}
		return all
	}
	first := sitetest.Plan(t, keyed(sitetest.Explainers(t)[:1], "as it was"), o).Files
	sitetest.Plan(t, keyed(taken(t, nil)[:1], "withdrawn"), o)
	if again := sitetest.Plan(t, keyed(sitetest.Explainers(t)[:1], "as it was"), o).Files; !maps.EqualFunc(first, again, bytes.Equal) {
		t.Error("the site is not what it was before")
	}
}

// Every page at a former address leads to the same page at the address that it has now.
func TestFormerAddressesLeadOn(t *testing.T) {
	all := sitetest.Explainers(t)[:1]
	slug := all[0].Slug
	for _, d := range all[0].Stories {
		d.Formerly = []string{"once"}
	}
	planned := sitetest.Plan(t, all, site.Options{Base: "/x/", Single: true})
	for _, former := range all[0].Stories[0].Formerly {
		now, then := pages(planned.Files, slug), pages(planned.Files, former)
		if len(now) != len(then) {
			t.Fatalf("%d pages lead to %d", len(then), len(now))
		}
		for _, p := range now {
			old := former + strings.TrimPrefix(strings.ReplaceAll(p, "/"+slug+".", "/"+former+"."), slug)
			data := planned.Files[old]
			if data == nil {
				t.Errorf("nothing leads to %s from %s", p, old)
				continue
			}
			doc := sitetest.Parse(t, data)
			var link, canonical, script, refresh string
			sitetest.Walk(doc, func(n *html.Node) {
				switch href, _ := sitetest.Attribute(n, "href"); n.Data {
				case "a":
					link = href
				case "link":
					if rel, _ := sitetest.Attribute(n, "rel"); rel == "canonical" {
						canonical = href
					}
				case "script":
					script, _ = sitetest.Attribute(n, "data-to")
				case "noscript":
					refresh = n.FirstChild.Data
				}
			})
			want := strings.TrimSuffix(p, "index.html")
			for name, got := range map[string]string{"link": link, "script": script} {
				if got := path.Join(path.Dir(old), got); strings.TrimSuffix(want, "/") != got {
					t.Errorf("%s: its %s leads to %s, want %s", old, name, got, want)
				}
			}
			if !strings.Contains(refresh, `content="0;url=`+link+`"`) || !strings.HasPrefix(canonical, "/x/"+slug+"/") {
				t.Errorf("%s: browsers are led by %q, search engines to %s", old, refresh, canonical)
			}
		}
		if sw := string(planned.Files[former+"/sw.js"]); !strings.Contains(sw, `"../`+slug+`/"`) {
			t.Errorf("the worker at the address %s does not lead on: %s", former, sw)
		}
	}
}

// What is at a former address now is not written over.
func TestFormerAddressesAreFree(t *testing.T) {
	for _, bad := range []struct{ of0, of1, want string }{
		{"sample", "", "was at the address sample before, which is of sample"},
		{"once", "once", "sample was at the address once before, which is of eight-calls"},
		{"assets", "", `it cannot have been at "assets": the site has that name for itself`},
		{"../x", "", `it cannot have been at "../x"`},
	} {
		all := sitetest.Explainers(t)
		for i, former := range []string{bad.of0, bad.of1} {
			for _, d := range all[i].Stories {
				takeBack(d) // notices are planned sooner
				if former != "" {
					d.Formerly = []string{former}
				}
			}
		}
		_, err := site.Plan(all, sitetest.Client, site.Options{Base: "/", Quick: true, NoPictures: true})
		if err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("formerly %s and %s: got %v, want an error with %q", bad.of0, bad.of1, err, bad.want)
		}
	}
}

// One explainer of a site can be no app; the others stay what they are.
func TestOneExplainerIsNoApp(t *testing.T) {
	for _, o := range []site.Options{{Base: "/"}, {Base: "/", App: site.AppSite}} {
		all := sitetest.Explainers(t)
		slug := all[0].Slug
		for _, d := range all[0].Stories {
			d.NoApp = true
		}
		if o.App == site.AppSite {
			all = all[:1]
		}
		planned := sitetest.Plan(t, all, o)
		if got := planned.Files[slug+"/manifest.webmanifest"]; got != nil {
			t.Errorf("%s: there is a manifest", o.App)
		}
		if sw := string(planned.Files[slug+"/sw.js"]); !strings.Contains(sw, "unregister") || strings.Contains(sw, "navigate") {
			t.Errorf("%s: its worker does not end itself, or does not leave open pages alone: %s", o.App, sw)
		}
		if bytes.Contains(planned.Files[slug+"/index.html"], []byte("data-worker")) {
			t.Errorf("%s: its page still saves", o.App)
		}
		if o.App == site.AppSite && bytes.Contains(planned.Files["sw.js"], []byte(slug)) {
			t.Errorf("the worker of the site saves %s", slug)
		}
		if o.App == "" && (planned.Files["sample/manifest.webmanifest"] == nil || !bytes.Contains(planned.Files["sample/index.html"], []byte("data-worker"))) {
			t.Error("another explainer is no app any more")
		}
	}
}
