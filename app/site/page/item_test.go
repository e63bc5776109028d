package page_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/page/ui"
	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
)

func TestEachItemHasAPage(t *testing.T) {
	const base = "https://example.org/x/"
	all := sitetest.Explainers(t)
	files := sitetest.Plan(t, all, site.Options{Base: base}).Files
	for _, e := range all {
		titles := map[string]string{}
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			items := ui.Items(d)
			if got, want := len(items), len(d.Steps)+len(d.Calls)+len(d.Views)+len(d.Actors); got != want {
				t.Errorf("%s: got %d items, want %d", folder, got, want)
			}
			for _, item := range items {
				p := folder + item.Path() + "index.html"
				if files[p] == nil {
					t.Errorf("%s is not there", p)
					continue
				}
				title, description, canonical := "", "", ""
				shown := false
				var alternates []string
				sitetest.Walk(sitetest.Parse(t, files[p]), func(n *html.Node) {
					id, _ := sitetest.Attribute(n, "id")
					_, current := sitetest.Attribute(n, "aria-current")
					rel, _ := sitetest.Attribute(n, "rel")
					name, _ := sitetest.Attribute(n, "name")
					switch {
					case n.Type != html.ElementNode:
					case n.Data == "title":
						title = n.FirstChild.Data
					case name == "description":
						description, _ = sitetest.Attribute(n, "content")
					case rel == "canonical":
						canonical, _ = sitetest.Attribute(n, "href")
					case rel == "alternate" && hasAttribute(n, "hreflang"):
						href, _ := sitetest.Attribute(n, "href")
						alternates = append(alternates, href)
					case item.Call != nil && id == fmt.Sprintf("call-%d", item.Call.ID):
						shown = current
					case item.Actor != nil && id == "actor-"+item.Actor.ID:
						shown = true
					case item.View != nil && id == "view-"+item.View.ID, item.Step != nil && id == fmt.Sprintf("step-%d", item.Step.Number):
						shown = true
					}
					if _, ok := sitetest.Attribute(n, "data-wasm"); ok {
						t.Errorf("%s asks for the client", p)
					}
				})
				if v := item.View; v != nil && v.Whose != "" {
					for _, path := range []string{p, folder + "index.html"} {
						if !strings.Contains(string(files[path]), html.EscapeString(v.Whose)) {
							t.Errorf("%s does not say that %s is the reading of %q", path, v.ID, v.Whose)
						}
					}
				}
				if !shown {
					t.Errorf("%s does not show its item", p)
				}
				if !strings.HasPrefix(title, item.Title()) || titles[title] != "" {
					t.Errorf("%s: got title %q, which %s has", p, title, titles[title])
				}
				titles[title] = p
				if n := len([]rune(description)); n < 20 || n > 200 {
					t.Errorf("%s: got a description of %d characters, %q", p, n, description)
				}
				if want := base + folder + item.Path(); canonical != want {
					t.Errorf("%s: got canonical %s, want %s", p, canonical, want)
				}
				for i, l := range d.Languages {
					if want := base + e.Slug + "/" + l.Path + item.Path(); i >= len(alternates) || alternates[i] != want {
						t.Errorf("%s: got %q, want the same item in %s at %s", p, alternates, l.Lang, want)
					}
				}
				if len(files[p+".br"]) > int(page.Item.Budget())*3/2 { // compressed lightly here
					t.Errorf("%s.br has %d bytes", p, len(files[p+".br"]))
				}
			}
		}
	}
}

func hasAttribute(n *html.Node, name string) bool {
	_, ok := sitetest.Attribute(n, name)
	return ok
}
