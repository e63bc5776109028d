package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"sharh/app/site"
	"sharh/web/webtest"
)

// held serves the site but keeps the client back until release is called.
func held(t *testing.T, dist string) (server *httptest.Server, release func()) {
	t.Helper()
	gate := make(chan struct{})
	var once sync.Once
	release = func() { once.Do(func() { close(gate) }) }
	handler := site.Handler(os.DirFS(dist))
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".wasm") {
			<-gate
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		release()
		server.Close()
	})
	return server, release
}

const (
	shiftsObserved = `window.shifts = [];
		new PerformanceObserver(l => { for (const e of l.getEntries()) shifts.push(e.startTime, e.value); }).observe({type: "layout-shift", buffered: true});`
	starting = `document.documentElement.dataset.client === "starting"`
)

// What the reader has done by the time that Go arrives is as it was, to the pixel.
func TestTakeOverKeepsTheReadersState(t *testing.T) {
	dist := buildSite(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/putin-trump-calls/", "/putin-trump-calls/en/"} {
		t.Run(path, func(t *testing.T) {
			server, release := held(t, dist)
			p := browser.Open(t, server.URL+path, webtest.Before(shiftsObserved))
			p.Until(starting)
			p.Click(`.axis .wide a[href="#call-5"]`)
			p.Until(visible("call-5"))
			p.Click("#view-personal-deals summary")
			p.Until(`document.querySelector("#view-personal-deals").open`)
			p.Eval(`(() => {
				const link = document.querySelector("#section-missile-deal .said a");
				link.scrollIntoView({block: "center"});
				link.focus({preventScroll: true});
				const text = link.parentElement.nextElementSibling.querySelector("a").firstChild;
				getSelection().setBaseAndExtent(text, 3, text, 20);
			})()`, nil)
			p.Eval(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, nil)
			const state = `JSON.stringify({y: scrollY, focus: document.activeElement.textContent, text: String(getSelection()),
				open: [...document.querySelectorAll("details[open]")].map(e => e.id), hash: location.hash,
				call: document.getElementById("sharh").dataset.call})`
			before, picture := p.Text(state), p.Screenshot()
			p.Eval(`window.mark = performance.now()`, nil)
			p.Eval(`window.root = document.getElementById("sharh")`, nil)
			release()
			p.Until(live)
			p.Eval(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, nil)
			if after := p.Text(state); after != before {
				t.Errorf("after take-over:\n got %s\nwant %s", after, before)
			}
			if !strings.Contains(before, `"call":"5"`) || !strings.Contains(before, "view-personal-deals") {
				t.Errorf("the test did not set the page up: %s", before)
			}
			p.True(`root === document.getElementById("sharh")`)
			if !bytes.Equal(picture, p.Screenshot()) {
				t.Error("the page looks different after take-over")
			}
			p.True(`shifts.filter((_, i) => i % 2 === 0 && shifts[i] >= mark).length === 0`)
			p.Quiet()
		})
	}
}

// A search typed before Go came stays in its field, caret and all, and is carried out.
func TestTakeOverCarriesOutAWishTypedBefore(t *testing.T) {
	dist := buildSite(t)
	server, release := held(t, dist)
	p := webtest.Start(t).Open(t, server.URL+"/putin-trump-calls/en/")
	p.Click("#q")
	p.Type("Gaza")
	p.Eval(`document.querySelector("#q").setSelectionRange(2, 3)`, nil)
	p.Eval(`(() => { const s = document.querySelector("#kind"); s.value = "statement"; s.dispatchEvent(new Event("change", {bubbles: true})); })()`, nil)
	p.True(`document.querySelectorAll(".entry:not([hidden])").length === 46`)
	release()
	p.Until(live)
	p.Until(`document.querySelectorAll(".entry:not([hidden])").length < 46`)
	p.True(`document.activeElement.id === "q" && document.activeElement.value === "Gaza"`)
	p.True(`document.activeElement.selectionStart === 2 && document.activeElement.selectionEnd === 3`)
	p.True(`document.querySelector("#kind").value === "statement"`)
	p.True(`[...document.querySelectorAll(".entry:not([hidden])")].every(e => /gaza/i.test(e.textContent) && e.querySelector(".k-statement"))`)
	p.Quiet()
}
