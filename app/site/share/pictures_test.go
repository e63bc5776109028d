package share_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/page/ui"
	"sharh/app/site"
	"sharh/app/site/sitetest"
	"sharh/app/story/storytest"
)

// downloads are the files that a page offers for download, by their paths in the site, with the names under which they
// are saved.
func downloads(t *testing.T, files site.Files, name string) map[string]string {
	t.Helper()
	all := map[string]string{}
	sitetest.Walk(sitetest.Parse(t, files[name]), func(n *html.Node) {
		if save, ok := sitetest.Attribute(n, "download"); ok {
			href, _ := sitetest.Attribute(n, "href")
			all[path.Join(path.Dir(name), href)] = save
		}
	})
	return all
}

// saidBy returns the title, the description and the language of an SVG file.
func saidBy(t *testing.T, data []byte) (title, desc, lang string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	open := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return title, desc, lang
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = token.Name.Local
			for _, a := range token.Attr {
				if open == "svg" && a.Name.Local == "lang" {
					lang = a.Value
				}
			}
		case xml.EndElement:
			open = ""
		case xml.CharData:
			switch open {
			case "title":
				title += string(token)
			case "desc":
				desc += string(token)
			}
		}
	}
}

func TestMapsAreOffered(t *testing.T) {
	all := sitetest.Explainers(t)
	files := sitetest.Plan(t, all, site.Options{Base: "https://example.org/x/"}).Files
	t.Run("by pages of items", func(t *testing.T) { scenesAreOffered(t, all, files) })
	t.Run("by the evidence page", func(t *testing.T) { mapIsOffered(t, all, files) })
}

// scenesAreOffered checks that the page of each item that has a scene offers it as a picture, and an actor's page its
// card besides.
func scenesAreOffered(t *testing.T, all []site.Explainer, files site.Files) {
	saves := map[string]string{}
	for _, e := range all {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			for _, item := range ui.Items(d) {
				at := folder + item.Path()
				offered := downloads(t, files, at+"index.html")
				s := d.Map.Scene(item.Scene())
				if s == nil || len(s.Relations) == 0 {
					if len(offered) > 0 || files[at+"map.svg"] != nil {
						t.Errorf("%s offers %v without a scene", at, offered)
					}
					continue
				}
				want := []string{at + "map.svg"}
				if item.Actor != nil {
					card := strings.TrimPrefix(said(t, files[at+"index.html"])["og:image"], "https://example.org/x/")
					want = append([]string{card}, want...)
				}
				if got := slices.Sorted(maps.Keys(offered)); !slices.Equal(got, want) {
					t.Errorf("%s offers %v, want %v", at, got, want)
				}
				for file, name := range offered {
					if saves[name] != "" {
						t.Errorf("%s and %s are both saved as %s", file, saves[name], name)
					}
					saves[name] = file
				}
				title, desc, lang := saidBy(t, files[at+"map.svg"])
				if !strings.HasPrefix(title, item.Title()) || !strings.Contains(title, d.Title) || lang != d.Lang {
					t.Errorf("%smap.svg is in %s and called %q", at, lang, title)
				}
				for _, want := range []string{ui.Sentence(d, &d.Relations[s.Relations[0]]), "https://example.org/x/" + at, d.FactsAsOf.Text} {
					if !strings.Contains(desc, want) {
						t.Errorf("%smap.svg does not say %q but %q", at, want, desc)
					}
				}
			}
		}
	}
	if len(saves) < 100 {
		t.Errorf("%d files are offered", len(saves))
	}
}

func mapIsOffered(t *testing.T, all []site.Explainer, files site.Files) {
	for _, e := range all {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			want := []string{"map.svg", "map.png"}
			if d.Map.Core.LeftOut > 0 {
				want = append(want, "map-whole.svg", "map-whole.png")
			}
			offered := downloads(t, files, folder+"evidence/index.html")
			if len(d.Map.Core.Relations) == 0 {
				want = nil
			}
			if len(offered) != len(want) {
				t.Errorf("%s offers %v, want %v", folder, offered, want)
			}
			for _, name := range want {
				file := folder + "data/" + name
				if offered[file] == "" {
					t.Errorf("%s does not offer %s", folder, name)
				}
				if path.Ext(name) == ".svg" {
					saidBy(t, files[file])
				} else if _, err := png.Decode(bytes.NewReader(files[file])); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
	}
}

// A story with hostile texts has sound pictures, one without a map has none, and one without an address does not name
// it.
func TestMapsOfOtherStories(t *testing.T) {
	all := sitetest.Explainers(t)[:1]
	for _, d := range all[0].Stories {
		storytest.MakeHostile(d)
	}
	svgs := 0
	for name, data := range sitetest.Plan(t, all, site.Options{Base: "https://example.org/x/"}).Files {
		if path.Ext(name) == ".svg" && path.Dir(name) != "assets" {
			svgs++
			if title, _, _ := saidBy(t, data); title == "" {
				t.Errorf("%s has no title", name)
			}
		}
	}
	if svgs < 80 {
		t.Errorf("there are %d pictures", svgs)
	}

	all = sitetest.Explainers(t)[:1]
	for _, d := range all[0].Stories {
		storytest.Without["a map"](d)
	}
	files := sitetest.Plan(t, all, site.Options{Base: "https://example.org/x/"}).Files
	for name := range files {
		if strings.HasPrefix(path.Base(name), "map") {
			t.Errorf("there is %s without a map", name)
		}
	}
	for _, d := range all[0].Stories {
		page := d.Slug + "/" + d.Path() + "evidence/index.html"
		if got := downloads(t, files, page); len(got) > 0 || bytes.Contains(files[page], []byte(d.Words.MapPicture)) {
			t.Errorf("%s offers %v", page, got)
		}
	}
}

func TestMapsOfAnUnknownHost(t *testing.T) {
	e := sitetest.Explainers(t)[0]
	s, err := site.New(site.Client{}, site.Options{Base: "/x/"})
	if err != nil {
		t.Fatal(err)
	}
	e.Stories = e.Stories[1:2]
	part, err := s.Explainer(e, true)
	if err != nil {
		t.Fatal(err)
	}
	d := e.Stories[0]
	_, desc, _ := saidBy(t, part.Files[d.Slug+"/"+d.Path()+"data/map.svg"])
	if !strings.HasSuffix(desc, d.Words.FactsAsOf+" "+d.FactsAsOf.Text) {
		t.Errorf("the picture says %q", desc)
	}
}
