package main

import (
	"maps"
	"net/url"
	"testing"

	"sharh/app/site"
	"sharh/app/story"
	"sharh/web/webtest"
)

// takenBack withdraws an explainer.
func takenBack(d *story.Document) {
	d.Withdrawn = story.Withdrawn{
		Date: story.Date{ISO: "2026-12-01", Text: "1 December 2026"}, Said: "It was taken back on 1 December 2026.",
		Reason: "A source was forged.", Successor: story.Successor{Address: "sample/", Title: "Sample", Lang: "en", Dir: "ltr"},
	}
}

const isNotice = `document.querySelector(".notice .said")?.textContent === "It was taken back on 1 December 2026."`

// Whoever had saved an explainer that is withdrawn sees the notice at his next visit, on the page that he opened, and
// nothing of it stays with him. Embeds in pages of others show it too, as high as it is.
func (o offlineServer) withdrawn(t *testing.T) {
	t.Parallel()
	gone := version(t, site.Options{Base: "/"}, takenBack, slug, "sample")
	host := maps.Clone(gone)
	host["page.html"] = []byte(`<!doctype html><title>host</title><link rel="icon" href="data:,"><script src="/embed.js" async></script>
		<p>Before.</p><a class="sharh-embed" href="/` + slug + `/en/embed/map/?theme=dark">An explainer</a><p>After.</p>`)
	t.Run("saved", func(t *testing.T) {
		t.Parallel()
		h := newHost(t, "/", o.a)
		p := o.browser.Fresh(t, h.url("en/?wasm=off"))
		save(p, true)
		p.Eval(`caches.open("app-v1").then(c => c.put("/x", new Response("x")))`, nil)
		p.Goto(h.url("en/?wasm=off"))
		p.Until(`navigator.serviceWorker.controller`)
		h.show(gone)
		p.Goto(h.url("en/?wasm=off&call=3#call-3")) // the saved page, until the new worker is there
		p.Until(isNotice + ` && location.search === "?wasm=off&call=3"`)
		p.Until(registrations + `.then(r => r === "")`)
		p.Until(cachesNow + `.then(c => c === '["app-v1"]')`)
		h.fail(cut)
		p.Eval(`fetch("/"+"`+slug+`/en/").then(() => window.offline = "answered", () => window.offline = "nothing")`, nil)
		p.Until(`window.offline === "nothing"`)
	})
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		h := newHost(t, "/", host)
		p := o.browser.Fresh(t, h.URL+"/page.html", webtest.Size(360, 760))
		const frame = `document.querySelector("iframe[data-sharh]")`
		p.Until(frame + `?.contentDocument?.querySelector(".notice.framed")`)
		p.Until(`Math.abs(` + frame + `.offsetHeight - ` + frame + `.contentDocument.getElementById("sharh").offsetHeight) <= 1`)
		p.True(frame + `.offsetHeight < 300 && ` + frame + `.contentDocument.documentElement.scrollWidth <= 360`)
		p.True(frame + `.contentDocument.documentElement.dataset.theme === "dark"`)
		p.Quiet()
	})
}

// Whoever comes to a former address is led to the same page where it is now, with his query and his choice: from a
// saved copy, in a frame that may do next to nothing, and without scripts.
func (o offlineServer) moved(t *testing.T) {
	t.Parallel()
	files := version(t, site.Options{Base: "/"}, func(d *story.Document) { d.Formerly = []string{slug} }, "sample")
	t.Run("saved", func(t *testing.T) {
		t.Parallel()
		h := newHost(t, "/", o.a)
		p := o.browser.Fresh(t, h.url("en/?wasm=off"))
		save(p, false)
		p.Goto(h.url("?wasm=off"))
		p.Until(`navigator.serviceWorker.controller`)
		h.show(files)
		p.Goto(h.url("?wasm=off&marks=full#call-2"))
		p.Until(`location.pathname + location.search + location.hash === "/sample/?wasm=off&marks=full#call-2" && document.getElementById("call-2") && ` + visible("call-2"))
		p.Until(registrations + `.then(r => r === "")`)
		p.Until(cachesNow + `.then(c => c === "[]")`)
	})
	h := newHost(t, "/", files)
	t.Run("opened", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Open(t, h.url("?wasm=off&call=2#call-1"))
		p.Until(`location.pathname + location.search + location.hash === "/sample/?wasm=off&call=2#call-1" && document.getElementById("call-1") && ` + visible("call-1"))
		p.Goto(h.url("call/2/?theme=dark"))
		p.Until(`location.pathname + location.search === "/sample/call/2/?theme=dark" && document.documentElement.dataset.theme === "dark"`)
		p.Quiet()
	})
	t.Run("without scripts", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Open(t, h.url("ar/evidence/"), webtest.NoScripts())
		p.Until(`location.pathname === "/sample/ar/evidence/" && document.querySelector("h1")`)
	})
	t.Run("in a sandboxed frame", func(t *testing.T) {
		t.Parallel()
		frame := `sandbox="allow-scripts" src="` + h.url("embed/calls/?call=2&wasm=off") + `"`
		p := o.browser.Fresh(t, h.URL+"/host.html?frame="+url.QueryEscape(frame), webtest.Before(`
			if (parent !== window) addEventListener("load", () => parent.postMessage({at: location.pathname + location.search}, "*"));
			else addEventListener("message", e => { if (e.data.at) window.at = e.data.at; if (e.data.sentinel) window.high = e.data.height; });`))
		p.Until(`window.at === "/sample/embed/calls/?call=2&wasm=off" && window.high > 100`)
		p.Quiet()
	})
}
