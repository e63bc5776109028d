package site

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/page/ui"
)

func TestEachItemHasAPage(t *testing.T) {
	const base = "https://example.org/x/"
	all := explainers(t)
	files := plan1(t, all, Options{Base: base})
	for _, e := range all {
		titles := map[string]string{}
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			items := ui.Items(d)
			if got, want := len(items), len(d.Steps)+len(d.Calls)+len(d.Views); got != want {
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
				walk(parse(t, files[p]), func(n *html.Node) {
					id, _ := attribute(n, "id")
					_, current := attribute(n, "aria-current")
					rel, _ := attribute(n, "rel")
					name, _ := attribute(n, "name")
					switch {
					case n.Type != html.ElementNode:
					case n.Data == "title":
						title = n.FirstChild.Data
					case name == "description":
						description, _ = attribute(n, "content")
					case rel == "canonical":
						canonical, _ = attribute(n, "href")
					case rel == "alternate" && hasAttribute(n, "hreflang"):
						href, _ := attribute(n, "href")
						alternates = append(alternates, href)
					case item.Call != nil && id == fmt.Sprintf("call-%d", item.Call.ID):
						shown = current
					case item.View != nil && id == "view-"+item.View.ID, item.Step != nil && id == fmt.Sprintf("step-%d", item.Step.Number):
						shown = true
					}
					if _, ok := attribute(n, "data-wasm"); ok {
						t.Errorf("%s asks for the client", p)
					}
				})
				if v := item.View; v != nil && v.Whose != "" {
					for _, page := range []string{p, folder + "index.html"} {
						if !strings.Contains(string(files[page]), html.EscapeString(v.Whose)) {
							t.Errorf("%s does not say that %s is the reading of %q", page, v.ID, v.Whose)
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
				if len(files[p+".br"]) > BudgetItem*3/2 { // compressed lightly here
					t.Errorf("%s.br has %d bytes", p, len(files[p+".br"]))
				}
			}
		}
	}
}

func TestShortened(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"short enough", 20, "short enough"},
		{"one two, three", 12, "one two…"},
		{"واحد، اثنان، ثلاثة", 12, "واحد، اثنان…"},
		{"unbreakable", 5, "unbr…"},
	} {
		got := shortened(c.text, c.n)
		if got != c.want || len([]rune(got)) > c.n {
			t.Errorf("shortened(%q, %d): got %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func hasAttribute(n *html.Node, name string) bool {
	_, ok := attribute(n, name)
	return ok
}
