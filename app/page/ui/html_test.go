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

// stories returns the tests' explainers in each language, by a name for subtests.
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

// draw returns the drawing of a component as a browser parses it.
func draw(t *testing.T, v app.UI) *html.Node {
	t.Helper()
	data, err := prerender.HTML(v)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, string(data))
}

// parsed returns the element of a piece of markup.
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

// only returns the one element that all finds. It fails if there are none or several.
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

// values returns the values of an attribute, for each element that has it.
func values(nodes []*html.Node, name string) []string {
	var all []string
	for _, n := range nodes {
		v, _ := attribute(n, name)
		all = append(all, v)
	}
	return all
}

// text returns the text of an element.
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

// texts returns the text of each element.
func texts(nodes []*html.Node) []string {
	var all []string
	for _, n := range nodes {
		all = append(all, text(n))
	}
	return all
}

// inside returns the HTML inside of an element.
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
