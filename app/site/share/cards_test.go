package share_test

import (
	"bytes"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/budget"
	"sharh/app/site/sitetest"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

// said are the properties of a page, for those who show it where it is shared.
func said(t *testing.T, page []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	sitetest.Walk(sitetest.Parse(t, page), func(n *html.Node) {
		for _, key := range []string{"property", "name"} {
			if name, ok := sitetest.Attribute(n, key); ok && n.Data == "meta" {
				all[name], _ = sitetest.Attribute(n, "content")
			}
		}
		if rel, _ := sitetest.Attribute(n, "rel"); rel == "canonical" {
			all[rel], _ = sitetest.Attribute(n, "href")
		}
	})
	return all
}

func TestPagesNameTheirPictures(t *testing.T) {
	const base = "https://example.org/x/"
	all := sitetest.Explainers(t)[:1]
	cache := t.TempDir()
	files := sitetest.Plan(t, all, site.Options{Base: base, Cache: cache}).Files
	of := map[string]string{} // pages by picture
	for p, page := range files {
		if path.Ext(p) != ".html" || p == "index.html" {
			continue
		}
		got := said(t, page)
		if got["robots"] == "noindex" {
			continue // in frames; shared by the page around it
		}
		for _, name := range []string{"og:title", "og:description", "og:type", "og:locale", "article:modified_time", "og:image:alt"} {
			if got[name] == "" {
				t.Errorf("%s does not say %s", p, name)
			}
		}
		if got["og:url"] != got["canonical"] || got["twitter:card"] != "summary_large_image" {
			t.Errorf("%s: got %v", p, got)
		}
		card, ok := strings.CutPrefix(got["og:image"], base)
		if !ok || files[card] == nil {
			t.Errorf("%s: its picture %q is not in the site", p, got["og:image"])
			continue
		}
		if of[card] != "" {
			t.Errorf("%s has the picture of %s", p, of[card])
		}
		of[card] = p
		size, err := png.DecodeConfig(bytes.NewReader(files[card]))
		if err != nil || size.Width != 1200 || size.Height != 630 || len(files[card]) > budget.Card {
			t.Errorf("%s: %dx%d, %d bytes, %v", card, size.Width, size.Height, len(files[card]), err)
		}
	}
	t.Run("which are drawn once", func(t *testing.T) {
		kept, err := filepath.Glob(cache + "/made/cards/*.png")
		if err != nil || len(kept) != len(of) {
			t.Fatalf("the cache keeps %d of %d pictures, %v", len(kept), len(of), err)
		}
		for pattern, least := range map[string]int{"*.png": 4, "*.svg": 60} {
			maps, err := filepath.Glob(cache + "/made/maps/" + pattern)
			if err != nil || len(maps) < least {
				t.Fatalf("the cache keeps %d pictures of the map as %s, want %d, %v", len(maps), pattern, least, err)
			}
			kept = append(kept, maps...)
		}
		was := map[string]os.FileInfo{}
		for _, file := range kept {
			if was[file], err = os.Stat(file); err != nil {
				t.Fatal(err)
			}
		}
		again := sitetest.Plan(t, all, site.Options{Base: base, Cache: cache}).Files
		for card := range of {
			if !bytes.Equal(again[card], files[card]) {
				t.Errorf("%s is another picture", card)
			}
		}
		for _, file := range kept { // one that is drawn takes the place of the file that was there
			if info, err := os.Stat(file); err != nil || !os.SameFile(info, was[file]) {
				t.Errorf("%s was drawn again: %v", file, err)
			}
		}
	})
}

func TestPagesOfAnUnknownHostNameNoPictures(t *testing.T) {
	for p, page := range sitetest.Plan(t, sitetest.Explainers(t)[:1], site.Options{Base: "/x/"}).Files {
		if path.Ext(p) != ".html" {
			continue
		}
		got := said(t, page)
		if got["og:title"] == "" && got["robots"] != "noindex" {
			t.Errorf("%s does not say og:title", p)
		}
		for _, name := range []string{"og:image", "og:url", "og:image:width", "twitter:card"} {
			if got[name] != "" {
				t.Errorf("%s says %s, %s, which is no whole address", p, name, got[name])
			}
		}
	}
}
