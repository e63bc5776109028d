// Package sitetest plans a site for tests and reads its HTML.
package sitetest

import (
	"bytes"
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/desk/desktest"
	"sharh/app/desk/source"
	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/story"
)

// cache is the cache folder of this test program. Slow results that are the same for all tests, such as pictures,
// are made once.
var cache string

// Main runs the tests of a package, with a cache folder that is removed at the end.
func Main(m *testing.M) {
	var err error
	if cache, err = os.MkdirTemp("", "sharh-cache-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

// Client is a stand-in that is never run.
var Client = site.Client{Wasm: []byte("\x00asm"), Exec: []byte("var x = 1;")}

// content is the folder of the test content.
func content(t testing.TB) string {
	t.Helper()
	root, err := os.Getwd()
	for ; err == nil && filepath.Dir(root) != root; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return filepath.Join(root, "cmd", "sharh", "testdata", "content")
		}
	}
	t.Fatalf("finding what tests stand on: no go.mod above this folder, %v", err)
	return ""
}

// Stories returns the stories of the test content, by slug, each in all of its languages. The caller may change
// them.
func Stories(t testing.TB) map[string][]*story.Document {
	t.Helper()
	return desktest.Stories(t, content(t))
}

// Media returns a function that reads the pictures of an explainer of the test content.
func Media(t testing.TB, slug string) func(name string) ([]byte, error) {
	t.Helper()
	return media(content(t), slug)
}

func media(content, slug string) func(name string) ([]byte, error) {
	folder := filepath.Join(content, slug, source.MediaFolder)
	return func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, name)) }
}

// Explainers returns the explainers of the test content, sorted by slug.
func Explainers(t testing.TB) []site.Explainer {
	t.Helper()
	return explainers(content(t), Stories(t))
}

// Hostile returns the same explainers with hostile texts (see desktest.Hostile), and these texts.
func Hostile(t testing.TB) ([]site.Explainer, desktest.Texts) {
	t.Helper()
	folder, texts := desktest.Hostile(t, content(t))
	return explainers(folder, desktest.Stories(t, folder)), texts
}

func explainers(folder string, stories map[string][]*story.Document) []site.Explainer {
	var all []site.Explainer
	for _, slug := range slices.Sorted(maps.Keys(stories)) {
		all = append(all, site.Explainer{Slug: slug, Stories: stories[slug], Media: media(folder, slug)})
	}
	return all
}

// Planned is a planned site whose files are in memory.
type Planned struct {
	Pages []*page.Page
	Files site.Files
}

// Plan plans a site in the quick mode. It draws pictures only if the base has a host, because only then pages name
// them.
func Plan(t testing.TB, all []site.Explainer, o site.Options) Planned {
	t.Helper()
	o.Quick = true
	o.NoPictures = o.NoPictures || !strings.HasPrefix(o.Base, "https:")
	o.Drafts = o.NoPictures
	o.Cache = cmp.Or(o.Cache, cache)
	planned, err := site.Plan(all, Client, o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := planned.Files()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := planned.Pages()
	if err != nil {
		t.Fatal(err)
	}
	return Planned{pages, files}
}

// Parse parses a page.
func Parse(t testing.TB, data []byte) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Walk visits a node and all nodes inside it.
func Walk(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		Walk(c, visit)
	}
}

// Attribute returns the value of an attribute, and whether the node has it.
func Attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
