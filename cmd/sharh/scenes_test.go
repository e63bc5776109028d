package main

import (
	"strconv"
	"strings"
	"testing"

	"sharh/app/page/ui"
	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/web/webtest"
)

// Who writes an explainer sees every scene of its map on one sheet, with what is wrong with it, and what a save changed.
func TestSheetOfScenes(t *testing.T) {
	t.Parallel()
	s, source := servePreviewWith(t, site.Client{})
	part := source.part("sample")
	for _, p := range part.Pages {
		if strings.Contains(p.Path, page.ScenesPath) || p.Kind == page.Scenes {
			t.Errorf("%s is a page of the site, not only of the preview", p.Path)
		}
	}
	p := webtest.Start(t).Open(t, s.url+"/sample/")
	bar := `[...` + shadow + `.querySelectorAll("nav a")].at(-1)`
	p.Until(shadow + `?.querySelector("nav a")`)
	p.Eval(bar+`.click()`, nil)
	p.Until(`location.pathname === "/sample/scenes/" && ` + shadow + `?.querySelector("nav a[aria-current]")`)
	drawn := ui.Scenes(source.explainers["sample"].stories[0])
	if len(drawn) < 10 {
		t.Fatalf("%d scenes", len(drawn))
	}
	for _, x := range drawn {
		at := `document.getElementById("` + x.ID + `")`
		if got := p.Text(at + `.querySelector("h2").textContent`); got != x.Title {
			t.Errorf("%s: got title %q, want %q", x.ID, got, x.Title)
		}
		for _, f := range x.Forms {
			if got, want := p.Text(at+`.querySelectorAll(".sheet-`+string(f)+` .node").length`), len(x.Scene.Actors); got != strconv.Itoa(want) {
				t.Errorf("%s: got %s actors in the %s form, want %d", x.ID, got, f, want)
			}
		}
	}
	for _, width := range []int64{360, 1280} {
		p.Resize(width, 800)
		p.Until(`document.documentElement.scrollWidth <= innerWidth`)
	}
	// It has the colours of both themes.
	ground := `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector(".drawn .node rect")).fill`
	light := p.Text(ground)
	p.Goto(s.url + "/sample/scenes/?theme=dark")
	p.Until(ground + ` !== "` + light + `"`)
	p.Goto(s.url + "/sample/scenes/?theme=light")
	p.Until(ground + ` === "` + light + `"`)
	p.Until(shadow + `?.querySelector("nav a")`)
	// Its links are reached by Tab and lead to the scenes.
	p.Eval(`document.querySelector("#actor-reviewers h2 a").focus()`, nil)
	p.Type("\r")
	p.Until(`location.hash === "#actor-reviewers" && document.getElementById("actor-reviewers").getBoundingClientRect().top < innerHeight`)

	p.Eval(`window.before = true`, nil)
	s.edit("actors.yaml", "id: reader\n    shape: person\n", "id: reader\n    shape: person\n    pin: top\n")
	p.Until(`!window.before && document.querySelector("[data-changed]")`)
	p.True(`[...document.querySelectorAll("[data-changed]")].some(e => e.querySelector("svg").getAttribute("aria-label").includes("Reader"))`)
	p.Until(`[...document.querySelectorAll("[data-changed]")].some(e => e.getBoundingClientRect().bottom > 0 && e.getBoundingClientRect().top < innerHeight)`)
	s.edit("actors.yaml", "id: reviewers\n    shape: voices\n", "id: reviewers\n    shape: voices\n    pin: top\n")
	p.Until(near("actor-reviewers"))
	s.edit("actors.yaml", "id: reviewers\n    shape: voices\n    pin: top\n", "id: reviewers\n    shape: voices\n")
	p.Until(noTrace)
	p.Quiet()
}
