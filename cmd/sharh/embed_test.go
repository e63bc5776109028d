package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sharh/app/site"
	"sharh/web/webtest"
	"sharh/web/webtest/hosts"
)

// newsroom serves the pages of testdata/hosts on an origin of its own, each with a frame of path on the site.
func newsroom(t *testing.T, siteURL, path string) *httptest.Server {
	t.Helper()
	modules, err := hosts.Install(t.Context(), "../../build/hosts")
	if err != nil {
		t.Fatal(err)
	}
	scripts := map[string]string{"/pym.js": "pym.js/dist/pym.v1.min.js", "/resizer.js": "iframe-resizer/js/iframeResizer.min.js"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := scripts[r.URL.Path]; name != "" {
			http.ServeFileFS(w, r, modules, name)
			return
		}
		page, err := os.ReadFile(filepath.Join("testdata/hosts", filepath.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text := strings.NewReplacer("SRC", siteURL+path, "SITE", siteURL).Replace(string(page))
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	return server
}

// spy runs in every frame: the host cannot look into it, so the frame tells how it is, and does what it is told.
const spy = `
if (parent !== window) {
	const look = () => {
		const root = document.getElementById("sharh");
		if (root) parent.postMessage({spy: {
			content: Math.ceil(root.getBoundingClientRect().height), frame: innerHeight, width: innerWidth,
			page: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth,
			client: document.documentElement.dataset.client, tab: document.documentElement.dataset.tab || "", origin,
			call: root.dataset.call || "", actor: root.dataset.actor || "", theme: document.documentElement.dataset.theme || "",
			accent: getComputedStyle(document.documentElement).getPropertyValue("--accent"),
			focus: document.activeElement?.id || "", said: document.querySelector("[data-chosen]")?.textContent || "",
			open: [...document.querySelectorAll("details[open]")].length, history: history.length,
			font: document.fonts.check("16px MarkaziA") && [...document.fonts].some(f => f.status === "loaded"),
			address: location.href}}, "*");
		requestAnimationFrame(() => setTimeout(look, 20));
	};
	look();
	addEventListener("message", ({data}) => {
		const e = data && data.click && document.querySelector(data.click);
		if (e) e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
	});
} else addEventListener("message", ({data, source}) => {
	if (!data || !data.spy) return;
	window.child = data.spy;
	window.childWindow = source;
	(window.children_ ??= new Map()).set(source, data.spy);
});`

// fits tells whether the frame is as high as its content, to the pixel.
const fits = `window.child && child.content >= 100 && Math.abs(child.frame - child.content) <= 1`

// clickInFrame clicks what a selector finds in the frame.
func clickInFrame(p *webtest.Page, selector string) {
	p.Eval(`childWindow.postMessage({click: `+strconv.Quote(selector)+`}, "*")`, nil)
}

// Whatever host script the page around it has, a frame is exactly as high as what it shows: at first, when the reader
// chooses, unfolds and turns to another tab, and when the phone is turned; the host's history stays as it was.
func TestHostMatrix(t *testing.T) {
	server := httptest.NewServer(site.Handler(os.DirFS(buildSite(t))))
	defer server.Close()
	browser := webtest.Start(t)
	pages, err := filepath.Glob("testdata/hosts/*.html")
	if err != nil || len(pages) < 14 {
		t.Fatalf("got %d host pages: %v", len(pages), err)
	}
	hosts := newsroom(t, server.URL, "/putin-trump-calls/embed/")
	for _, page := range pages {
		name := filepath.Base(page)
		t.Run(name, func(t *testing.T) {
			p := browser.Open(t, hosts.URL+"/"+name, webtest.Size(360, 740), webtest.Before(spy))
			if name == "hidden.html" {
				p.Until(`document.querySelector("iframe")`)
				p.Eval(`drawer.style.display = "block"`, nil)
			}
			fit := fits
			if name == "wordpress.html" {
				fit = `window.child && child.frame === Math.min(1000, Math.max(200, child.content))`
			}
			p.Until(fit + " && child.client")
			before := p.Text("child.history")
			step := func(what, selector, done string) {
				t.Helper()
				clickInFrame(p, selector)
				p.Until(done + " && child.wide <= child.width && " + fit)
				if h := p.Text("child.history"); h != before {
					t.Errorf("%s: the history has %s entries, had %s", what, h, before)
				}
			}
			for _, width := range []int64{240, 360, 768, 1280} {
				p.Resize(width, 740)
				p.Until(`child.width > 100 && child.wide <= child.width && ` + fit)
			}
			p.Resize(360, 740)
			step("a call", `.strip a[href="#call-2"]`, `child.call === "2"`)
			step("more of it", `#call-2 .rest summary`, `child.open === 1`)
			step("its actor", `#call-2 .chip`, `child.tab === "map" && child.actor`)
			step("readings", `.tabs a[href="#views"]`, `child.tab === "views"`)
			step("a reading", `#view-a-test summary`, `child.open === 2`)
			p.Resize(740, 360)
			p.Until(`child.width > 400 && ` + fit)
			if name == "hidden.html" {
				p.Eval(`drawer.style.display = "none"`, nil)
				p.Eval(`new Promise(r => setTimeout(r, 200))`, nil)
				p.Eval(`drawer.style.display = "block"`, nil)
				p.Until(fit)
			}
			p.Quiet()
		})
	}
}
