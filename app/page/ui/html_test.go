//go:build !js

package ui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sharh/app/desk/desktest"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// stories are the explainers that tests stand on, in each language, by a name for subtests. They are compiled natively, with
// Graphviz; so nothing here is vetted for the browser.
func stories(t *testing.T) map[string]*story.Document {
	t.Helper()
	all := map[string]*story.Document{}
	for slug, languages := range desktest.Stories(t, "../../../cmd/sharh/testdata/content") {
		for _, d := range languages {
			all[slug+" "+d.Lang] = d
		}
	}
	return all
}

// draw returns what a component draws, as a browser reads it.
func draw(t *testing.T, v app.UI) *html.Node {
	t.Helper()
	data, err := prerender.HTML(v)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, string(data))
}

// parsed is the element that markup is.
func parsed(t *testing.T, markup string) *html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	return nodes[0]
}

// all returns n and the elements in it that have a tag, "" for any, and these attributes: "href=#map", "hidden" for any
// value, and "class=panel" for one class of several.
func all(n *html.Node, tag string, attributes ...string) []*html.Node {
	var found []*html.Node
	fits := n.Type == html.ElementNode && (tag == "" || n.Data == tag)
	for _, a := range attributes {
		name, want, valued := strings.Cut(a, "=")
		got, has := attribute(n, name)
		fits = fits && has && (!valued || got == want || name == "class" && slices.Contains(strings.Fields(got), want))
	}
	if fits {
		found = append(found, n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		found = append(found, all(c, tag, attributes...)...)
	}
	return found
}

// only is the one element that all finds.
func only(t *testing.T, n *html.Node, tag string, attributes ...string) *html.Node {
	t.Helper()
	found := all(n, tag, attributes...)
	if len(found) != 1 {
		t.Fatalf("got %d elements <%s> %q, want one", len(found), tag, attributes)
	}
	return found[0]
}

func attribute(n *html.Node, name string) (value string, has bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// values are the values of an attribute of each element.
func values(nodes []*html.Node, name string) []string {
	var all []string
	for _, n := range nodes {
		v, _ := attribute(n, name)
		all = append(all, v)
	}
	return all
}

// text is what an element says, in plain words.
func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	s := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s += text(c)
	}
	return s
}

// texts are what each element says.
func texts(nodes []*html.Node) []string {
	var all []string
	for _, n := range nodes {
		all = append(all, text(n))
	}
	return all
}

// inside is the HTML of what an element has in it.
func inside(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
