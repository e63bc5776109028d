package main

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// A picture of the map as SVG looks in a browser like the one as PNG, alone and as an image of another page.
func TestPicturesOfTheMap(t *testing.T) {
	t.Parallel()
	s, err := site.New(site.Client{}, site.Options{Base: "/"})
	if err != nil {
		t.Fatal(err)
	}
	const slug = "eight-calls"
	part, err := s.Explainer(site.Explainer{Slug: slug, Stories: desktest.Stories(t, contentDir)[slug]}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages {
		for _, name := range []string{"map", "map-whole"} {
			t.Run(l.lang+" "+name, func(t *testing.T) {
				t.Parallel()
				file := l.path[1:] + "data/" + name
				want, err := png.Decode(bytes.NewReader(part.Files[file+".png"]))
				if err != nil {
					t.Fatalf("%s.png: %v", file, err)
				}
				width := want.Bounds().Dx()
				server := httptest.NewServer(hosting.Handler(fstest.MapFS{
					file + ".svg": {Data: part.Files[file+".svg"]},
					"look.html": {Data: fmt.Appendf(nil, `<!doctype html><title>look</title><body style="margin:0">`+
						`<img src="%s.svg" alt="" style="display:block;width:%dpx">`, file, width)},
				}))
				t.Cleanup(server.Close)
				p := webtest.Start(t).Open(t, server.URL+"/look.html", webtest.Size(int64(width), 900))
				p.Until(`document.images[0].complete && document.images[0].naturalWidth > 0`)
				if problem, _ := webtest.Compare(webtest.Shrink(want), webtest.Shrink(p.Picture("img", 10_000))); problem != "" {
					t.Errorf("%s.svg and %[1]s.png: %s", file, problem)
				}
				p.Goto(server.URL + "/" + file + ".svg")
				p.Until(`document.documentElement.localName === "svg" && document.contentType === "image/svg+xml" && document.title !== ""`)
				p.True(fmt.Sprintf(`document.documentElement.getBoundingClientRect().width === %d`, width/2))
				p.True(`document.querySelectorAll("use").length > 200 && document.querySelectorAll("text").length === 0`)
				p.Quiet()
			})
		}
	}
}
