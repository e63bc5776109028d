package main

import (
	"bytes"
	"image/png"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// The screenshots with which the published explainer is offered for installation are there in each language, in the
// right size; -golden takes them. They are not compared with the page, whose texts may change: make golden takes new
// ones.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	const published, slug = "../../content", "putin-trump-calls"
	folder := filepath.Join(published, slug, "screenshots")
	shots := []struct {
		name          string
		path          string
		width, height int64
		at            string // what stands at the top, "" for the beginning
	}{
		{"wide.ar.png", "", 1280, 800, "#timeline"}, {"narrow.ar.png", "", 450, 900, ""},
		{"wide.en.png", "en/", 1280, 800, "#timeline"}, {"narrow.en.png", "en/", 450, 900, ""},
	}
	if *golden {
		server := httptest.NewServer(hosting.Handler(os.DirFS(buildSiteOf(t, contentFlags{Content: published}))))
		defer server.Close()
		browser := webtest.Start(t)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, s := range shots {
			p := browser.Open(t, server.URL+"/"+slug+"/"+s.path+"?wasm=off", webtest.Size(s.width, s.height))
			// A narrow screen has the page's fonts from the second visit on.
			p.Until(`matchMedia("(min-width:45rem)").matches || Object.keys(localStorage).some(k => k.startsWith("sharh.fonts"))`)
			p.Goto(server.URL + "/" + slug + "/" + s.path + "?wasm=off")
			p.Until(`performance.getEntriesByName("sharh:placed").length`)
			p.Eval(`document.fonts.ready`, nil)
			if s.at != "" {
				p.Eval(`document.querySelector("`+s.at+`").scrollIntoView({behavior: "instant"})`, nil)
			}
			p.Eval(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, nil)
			if err := os.WriteFile(filepath.Join(folder, s.name), p.Screenshot(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, s := range shots { // the build checks weight and shape
		data, err := os.ReadFile(filepath.Join(folder, s.name))
		if err != nil {
			t.Errorf("%v: make golden takes it", err)
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || int64(c.Width) != s.width || int64(c.Height) != s.height {
			t.Errorf("%s: got %d by %d, %v; want %d by %d", s.name, c.Width, c.Height, err, s.width, s.height)
		}
	}
}

// An explainer in one file opens from a disk, with scripts and without, asks for nothing, and is printed like the page.
func TestOneFileFromADisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	files := version(t, site.Options{Base: "/", Single: true}, nil)
	browser := webtest.Start(t)
	for _, lang := range []string{"ar", "en"} {
		name := filepath.Join(folder, slug+"."+lang+".html")
		if err := os.WriteFile(name, files[slug+"/"+slug+"."+lang+".html"], 0o644); err != nil {
			t.Fatal(err)
		}
		for how, options := range map[string][]webtest.Option{"with scripts": nil, "without scripts": {webtest.NoScripts()}} {
			t.Run(lang+" "+how, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, "file://"+name, options...)
				p.Until(`document.readyState === "complete"`)
				p.True(`performance.getEntriesByType("resource").filter(e => !e.name.startsWith("data:")).map(e => e.name).join() === ""`)
				p.True(`document.fonts.ready.then(f => [...f].filter(x => x.status === "loaded").length > 0)`)
				p.True(visible("call-8") + " && !(" + visible("call-3") + ")")
				if how == "with scripts" {
					p.True(`document.documentElement.dataset.client === "off"`)
					p.Click(`[data-theme-button]`)
					p.Until(`getComputedStyle(document.body).backgroundColor === "rgb(23, 22, 20)"`)
				}
				p.Click(`.axis .wide a[href="#call-3"]`)
				p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
				p.Click("#view-why-that-day summary")
				p.Until(`document.querySelector("#view-why-that-day").open`)
				p.True(`!document.querySelector("[data-save],[data-dialog],form,.downloads")`)
				p.Quiet()
			})
		}
		t.Run(lang+" on paper", func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, "file://"+name, webtest.Paper())
			p.True(`[...document.querySelectorAll(".panel")].every(e => e.getBoundingClientRect().height > 40)`)
			p.True(`!document.querySelector(".tools").getClientRects().length`)
		})
	}
}
