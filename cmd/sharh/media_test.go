package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/site"
	"sharh/web/webtest"
)

// The pictures of an explainer load as its reader comes to them, into room that is kept for them, and from nowhere but
// the site. Who saves the explainer has them without a network, and so has the explainer in one file.
func TestPicturesOfEditors(t *testing.T) {
	t.Parallel()
	var list diag.List
	f := siteFlags{contentFlags: contentFlags{Content: contentDir, Slugs: []string{"sample"}}}
	explainers, err := f.explainers(&list)
	if err != nil || list.Len() > 0 {
		t.Fatalf("reading what tests stand on: %v, %d problems", err, list.Len())
	}
	planned, err := site.Plan(explainers, site.Client{Wasm: []byte("\x00asm\x01\x00\x00\x00"), Exec: []byte("var x = 1;")},
		site.Options{Base: "/", Quick: true, NoPictures: true, Single: true})
	if err != nil {
		t.Fatal(err)
	}
	files, err := planned.Files()
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t, "/", files)
	h.uncached = true
	browser := webtest.Start(t)
	const (
		first   = `document.querySelector(".mast .pic img")`
		home    = `performance.getEntriesByType("resource").filter(e => !e.name.startsWith(location.origin + "/")).map(e => e.name).join() === ""`
		heights = `JSON.stringify([...document.querySelectorAll(".mast .pic img, .mast .pic, main")].map(e => { const r = e.getBoundingClientRect(); return [r.top, r.height] }))`
	)

	t.Run("on the page", func(t *testing.T) {
		for _, c := range []struct {
			path          string
			width, height int64
			form          string
		}{
			{"/sample/?wasm=off", 360, 740, "-360."}, {"/sample/ar/?wasm=off&theme=dark", 1280, 900, "-1440."},
		} {
			// Pictures are held back until the page has noted where everything is without them.
			held := make(chan bool)
			release := sync.OnceFunc(func() { close(held) })
			t.Cleanup(release) // or the server would wait for ever
			h.fail(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == "/noted" {
					release()
					w.WriteHeader(http.StatusNoContent)
					return true
				}
				if strings.Contains(r.URL.Path, "/picture.") {
					<-held
				}
				return false
			})
			p := browser.Fresh(t, h.URL+c.path, webtest.Size(c.width, c.height), webtest.Before(
				`addEventListener("DOMContentLoaded", () => document.fonts.ready.then(() => {`+
					`window.before = `+heights+`; window.came = `+first+`.complete; fetch("/noted") }))`))
			p.Until(`window.before && ` + first + `.complete && ` + first + `.naturalWidth > 0`)
			p.True(`!window.came && ` + first + `.getBoundingClientRect().height > 200`)
			p.True(`window.before === ` + heights + ` || window.before + " became " + ` + heights)
			p.True(first + `.currentSrc.includes("` + c.form + `") && ` + first + `.currentSrc.endsWith(".webp") || ` + first + `.currentSrc`)
			// One that is folded away waits until it is unfolded.
			const folded = `document.querySelector("#event-tpac img")`
			p.True(`!` + folded + `.complete && ` + folded + `.loading === "lazy"`)
			p.Eval(`document.querySelector("#events").open = true`, nil)
			p.Eval(folded+`.scrollIntoView()`, nil)
			p.Until(folded + `.complete && ` + folded + `.naturalWidth > 0`)
			p.True(folded + `.closest("a").href === "https://www.w3.org/videos/"`)
			// Readers who see no pictures hear what they show, and all read whose they are.
			p.True(`[...document.images].every(i => i.hasAttribute("alt"))`)
			p.True(`[...document.querySelectorAll("figure:has(img) .credit")].length === document.images.length`)
			p.True(home)
			p.True(`document.documentElement.scrollWidth <= innerWidth`)
			p.Quiet()
		}
	})
	h.fail(nil)

	t.Run("offline", func(t *testing.T) {
		p := browser.Fresh(t, h.URL+"/sample/?wasm=off", webtest.Size(1280, 900))
		save(p, false)
		p.True(isSaved)
		h.fail(cut)
		defer h.fail(nil)
		// A phone would load another form than the one that is saved.
		for _, width := range []int64{1280, 360} {
			p.Resize(width, 800)
			p.Goto(h.URL + "/sample/?wasm=off")
			for _, image := range []string{first, `document.querySelector("#article img")`} {
				p.Eval(`document.querySelector("#text-texts").open = true, `+image+`.scrollIntoView()`, nil)
				p.Until(image + `.complete && ` + image + `.naturalWidth > 0`)
				p.True(`fetch(` + image + `.currentSrc).then(r => r.blob())` +
					`.then(createImageBitmap).then(b => b.width === 720 || b.width)`)
			}
		}
	})

	t.Run("in one file", func(t *testing.T) {
		h.fail(nil)
		p := browser.Fresh(t, h.URL+"/sample/sample.en.html", webtest.Size(360, 740))
		p.Until(`document.images.length >= 4 && [...document.images].every(i => i.complete && i.naturalWidth > 0)`)
		p.True(`performance.getEntriesByType("resource").every(e => e.name.startsWith("data:"))`)
		p.Quiet()
		if _, by := h.sum(); len(by) != 1 {
			t.Errorf("it loads %v", by)
		}
	})

	t.Run("on paper", func(t *testing.T) {
		p := browser.Fresh(t, h.URL+"/sample/?wasm=off", webtest.Paper())
		p.Until(first + `.complete && ` + first + `.naturalWidth > 0`)
		p.True(`[...document.querySelectorAll("figure:has(img)")].every(f => f.getBoundingClientRect().width > 60)`)
		p.True(`getComputedStyle(document.querySelector(".video"), "::after").content.includes("w3.org/videos")`)
	})
}
