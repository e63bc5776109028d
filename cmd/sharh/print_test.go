package main

import (
	"strings"
	"testing"

	"sharh/web/webtest"
)

// On paper everything is open and black on white, whatever the reader chose on the screen; what only a screen can do is
// left out.
func TestPaperShowsEverything(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/", "/eight-calls/evidence/", "/eight-calls/en/evidence/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+path+"?wasm=off&theme=dark&call=3", webtest.Paper(), webtest.Size(700, 1000))
			p.Until(`document.documentElement.dataset.client === "off"`)
			p.Until(`getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`)
			shown := func(selector string) string {
				return `[...document.querySelectorAll(` + "`" + selector + "`" + `)].every(e => e.getClientRects().length && e.checkVisibility({contentVisibilityAuto: true}))`
			}
			parts := []string{".step", ".panel", ".panel .say", ".view .body", ".view .body .say", ".prose p", "li.event", ".card", ".tall"}
			if strings.HasSuffix(path, "evidence/") {
				parts = []string{".entry", ".card", ".acts li", ".sources li", "#about p"}
				p.True(`getComputedStyle(document.querySelector(".sources a"), "::after").content.includes("https://")`)
			} else { // marks are written out
				p.True(`(a => getComputedStyle(a, "::after").content.includes(a.getAttribute("aria-label")))(document.querySelector("a.m"))`)
			}
			for _, selector := range parts {
				p.True(`document.querySelectorAll("` + selector + `").length > 0`)
				p.True(shown(selector))
			}
			p.True(`[...document.querySelectorAll(".tools, .filters, .beside, .pages, .skip, .calm, .wide")].every(e => !e.getClientRects().length)`)
			p.True(`[...document.querySelectorAll(".call, .node, .rel, .entry")].every(e => getComputedStyle(e).opacity === "1")`)
			p.Quiet()
		})
	}
}

// A browser whose style sheets cannot open what is folded prints it all the same, and folds it again.
func TestPaperOpensWhatIsFolded(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/"} {
		p := browser.Open(t, server.URL+path+"?wasm=off", webtest.Before(`
			const supports = CSS.supports;
			CSS.supports = (...of) => !String(of).includes("details-content") && supports.apply(CSS, of);`))
		p.Until(`document.documentElement.dataset.client === "off"`)
		p.True(`document.querySelectorAll("details:not([open])").length > 0`)
		p.Eval(`(() => {
			window.opened = document.querySelectorAll("details[open]").length;
			dispatchEvent(new Event("beforeprint"));
		})()`, nil)
		p.True(`document.querySelectorAll("details:not([open])").length === 0`)
		p.Eval(`dispatchEvent(new Event("afterprint"))`, nil)
		p.True(`document.querySelectorAll("details[open]").length === window.opened`)
		p.Quiet()
	}
}
