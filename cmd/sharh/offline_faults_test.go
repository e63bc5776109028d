package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// If space is too small, the reader is told, and nothing stays stored.
func (o offlineServer) noSpace(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	quota := func(size *float64) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := chromedp.Call(ctx, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: h.URL, QuotaSize: size})
			return err
		}
	}
	var b tab
	little := 300_000.0
	p := o.browser.Fresh(t, h.url("en/?wasm=off"), b.option, webtest.Chromium(quota(&little)))
	save(p, false)
	p.True(dialogText + ` === "Not everything could be saved: there is not enough space on this device."`)
	p.Until(registrations + `.then(r => r === "")`)
	p.True(cachesNow + `.then(c => c === "[]" || c)`)
	if err := quota(nil)(b.ctx); err != nil {
		t.Fatal(err)
	}
	press(p, "Save")
	p.Until(isSaved)
	// No space for the next version: this one goes on.
	p.Goto(h.url("en/?wasm=off"))
	if err := quota(&little)(b.ctx); err != nil {
		t.Fatal(err)
	}
	h.show(o.b)
	p.Eval(`navigator.serviceWorker.ready.then(r => r.update()).catch(() => {})`, nil)
	p.Until(`navigator.serviceWorker.ready.then(r => !r.installing && !r.waiting)`)
	p.True(cachesNow + `.then(c => c === '["sharh:/` + slug + `/:` + workerOf(t, o.a, slug+"/").Version + `"]' || c)`)
	h.fail(cut)
	p.Goto(h.url("en/?wasm=off"))
	p.Until(allThere)
}

// Where nothing may be stored there is no save button. If that shows only later, the reader is told.
func (o offlineServer) denied(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	t.Run("by the browser's settings", func(t *testing.T) {
		t.Parallel()
		profile := t.TempDir()
		mustWrite(t, filepath.Join(profile, "Default", "Preferences"), `{"profile": {"default_content_setting_values": {"cookies": 2}}}`)
		p := webtest.StartIn(t, profile).Lasting(t, h.url("en/?wasm=off"))
		p.Until(`performance.getEntriesByName("sharh:placed").length`)
		p.True(`(() => { try { return localStorage.length; } catch { return true; } })()`)
		p.True(`!document.querySelector("[data-save]").getClientRects().length`)
		p.Click(`.axis .wide a[href="#call-3"]`)
		p.Until(visible("call-3"))
	})
	t.Run("when it is tried", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/"), webtest.Before(
			`navigator.serviceWorker.register = () => Promise.reject(new DOMException("denied", "SecurityError"));`))
		save(p, true)
		p.True(dialogText + ` === "Nothing could be saved: the settings of this browser do not let sites store anything."`)
		p.True(cachesNow + `.then(c => c === "[]" || c)`)
	})
}

// Files that the browser lost, emptied or cut short are fetched again and stored again. Files that the reader
// removed are not lost files.
func (o offlineServer) damage(t *testing.T) {
	t.Parallel()
	a := workerOf(t, o.a, slug+"/")
	name := "sharh:/" + slug + "/:" + a.Version
	h := newHost(t, "/", o.a)
	p := o.browser.Fresh(t, h.url("en/?wasm=off"))
	save(p, false)
	stored := func(path string) string {
		return fmt.Sprintf(`caches.match(%q, {cacheName: %q}).then(r => r ? r.arrayBuffer() : new ArrayBuffer(0)).then(b => b.byteLength)`, path, name)
	}
	const at = "/" + slug + "/en/"
	size := fmt.Sprint(len(o.a[slug+"/en/index.html"]))
	for what, harm := range map[string]string{
		"an entry is lost":      `c.delete("` + at + `")`,
		"an entry is empty":     `c.match("` + at + `").then(r => c.put("` + at + `", new Response("", r)))`,
		"an entry is cut short": `c.match("` + at + `").then(async r => c.put("` + at + `", new Response((await r.clone().text()).slice(0, 5000), r)))`,
		"every entry is lost":   `c.keys().then(k => Promise.all(k.map(r => c.delete(r))))`,
		"the cache is lost":     `caches.delete("` + name + `")`,
	} {
		t.Run(what, func(t *testing.T) {
			h.fail(nil)
			p.Eval(`caches.open("`+name+`").then(c => `+harm+`)`, nil)
			p.True(stored(at) + `.then(n => n !== ` + size + ` || n)`)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(allThere)
			p.Until(stored(at) + `.then(n => n === ` + size + `)`)
			p.Until(`caches.open("` + name + `").then(c => c.keys()).then(k => k.length === ` + fmt.Sprint(len(a.Reading)) + `)`)
			h.fail(cut)
			for _, lang := range []string{"en/", ""} {
				p.Goto(h.url(lang + "?wasm=off"))
				p.Until(allThere)
			}
		})
	}
	t.Run("the client was never saved", func(t *testing.T) {
		h.fail(nil)
		p.Goto(h.url("en/?wasm=now"))
		p.Until(`document.documentElement.dataset.client === "off"`) // the stand-in is no program
		p.True(`caches.open("` + name + `").then(c => c.keys()).then(k => k.length === ` + fmt.Sprint(len(a.Reading)) + ` || k.length)`)
	})
}

// The worker answers only GET requests for files in its list.
func (o offlineServer) untouched(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	p := o.browser.Fresh(t, h.url("en/?wasm=off"))
	save(p, false)
	p.Goto(h.url("en/?wasm=off"))
	p.Until(`navigator.serviceWorker.controller`)
	print := "/" + workerOf(t, o.a, slug+"/").Reading[0]
	for _, f := range workerOf(t, o.a, slug+"/").Reading {
		if strings.HasPrefix(f, "assets/print.") {
			print = "/" + f
		}
	}
	h.fail(func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("X-Network", "1")
		return false
	})
	const network = `.then(r => r.headers.get("X-Network") === "1" ? "network" : "worker " + r.status)`
	for what, want := range map[string]string{
		`fetch("` + print + `")`:                                          "worker 200",
		`fetch("` + print + `", {mode: "no-cors"})`:                       "worker 200",
		`fetch("` + print + `?v=2")`:                                      "network",
		`fetch("` + print + `", {method: "HEAD", cache: "no-store"})`:     "network",
		`fetch("` + print + `", {method: "POST", body: "x"})`:             "network",
		`fetch("` + print + `", {headers: {Range: "bytes=0-9"}})`:         "network",
		`fetch("/` + slug + `/data/calls.csv")`:                           "network",
		`fetch("/` + slug + `/call/3/")`:                                  "network",
		`fetch("/index.html")`:                                            "network",
		`fetch("/` + slug + `/sw.js")`:                                    "network",
		`fetch("/` + slug + `/en/")`:                                      "worker 200",
		`fetch("/` + slug + `/en/", {headers: {Accept: "text/x-other"}})`: "worker 200",
	} {
		if got := p.Text(what + network); got != want {
			t.Errorf("%s: got %s, want %s", what, got, want)
		}
	}
	// A form that posts to the page is the host's business.
	p.Eval(`(() => { const f = document.createElement("form"); f.method = "post"; document.body.append(f); return 0; })()`, nil)
	h.fail(cut)
	// A download that is not saved fails as it would without a worker; the worker does not answer with a page.
	if got := p.Text(`fetch("/` + slug + `/data/calls.csv").then(() => "answered", () => "failed")`); got != "failed" {
		t.Errorf("a download without a network: %s", got)
	}
}

// Explainers on one origin do not disturb each other, or anything else that is stored there.
func (o offlineServer) neighbours(t *testing.T) {
	t.Parallel()
	a := version(t, site.Options{Base: "/"}, nil, slug, "sample")
	b := version(t, site.Options{Base: "/"}, news, slug, "sample")
	h := newHost(t, "/", a)
	p := o.browser.Fresh(t, h.url("en/?wasm=off"))
	foreign := []string{"app-v1", "sharh:/", "sharh:/" + slug + "/other/:0123456789abcdef", "sharh:/" + slug + "x/:0123456789abcdef", "workbox-precache-v2-" + h.URL + "/"}
	for _, name := range foreign {
		p.Eval(`caches.open("`+name+`").then(c => c.put("/x", new Response("x")))`, nil)
	}
	save(p, false)
	p.Goto(h.URL + "/sample/?wasm=off")
	save(p, false)
	p.True(registrations + `.then(r => r === "/` + slug + `/,/sample/" || r)`)
	h.show(b)
	p.Goto(h.url("en/?wasm=off"))
	p.Until(offered)
	press(p, "Show the new version")
	p.Until(`document.querySelector(".stand")?.textContent.includes("A length was corrected.")`)
	has := func(names ...string) {
		t.Helper()
		for _, n := range append(names, foreign...) {
			p.True(`caches.has("` + n + `").then(x => x || "` + n + ` is gone")`)
		}
		p.True(fmt.Sprintf(`caches.keys().then(k => k.length === %d || k.join())`, len(names)+len(foreign)))
	}
	sample := "sharh:/sample/:" + workerOf(t, a, "sample/").Version
	p.Until(`caches.keys().then(k => k.length === ` + fmt.Sprint(2+len(foreign)) + `)`)
	has("sharh:/"+slug+"/:"+workerOf(t, b, slug+"/").Version, sample)
	p.Click("[data-save]")
	press(p, "Remove from this device")
	p.Until("!" + isSaved)
	has(sample)
	p.True(registrations + `.then(r => r === "/sample/" || r)`)
	h.fail(cut)
	p.Goto(h.URL + "/sample/?wasm=off")
	p.Until(`document.querySelectorAll(".panel").length`)
}

// With --app site one worker at the root saves every explainer.
func (o offlineServer) wholeSite(t *testing.T) {
	t.Parallel()
	files := version(t, site.Options{Base: "/x/", App: site.AppSite}, nil, slug, "sample")
	h := newHost(t, "/x/", files)
	p := o.browser.Fresh(t, h.url("en/?wasm=off"))
	save(p, false)
	p.True(registrations + `.then(r => r === "/x/" || r)`)
	h.fail(cut)
	for _, at := range []string{"", "sample/", "sample/ar/", slug + "/", slug + "/en/?utm_source=x"} {
		p.Goto(h.URL + "/x/" + at)
		p.Until(`document.querySelector("h1") && location.href === ` + quoted(h.URL+"/x/"+at))
	}
	p.Goto(h.url("en/call/3/"))
	p.Until(visible("call-3") + ` && document.documentElement.lang === "en"`)
}

// A site that is published without apps ends the workers of the previous version and deletes what they saved, and
// nothing else. Open pages stay as they are.
func (o offlineServer) kill(t *testing.T) {
	t.Parallel()
	off := version(t, site.Options{Base: "/", App: site.AppOff}, news)
	for name, was := range map[string]site.Files{"of an explainer": o.a, "of a site": version(t, site.Options{Base: "/", App: site.AppSite}, nil)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, "/", was)
			p := o.browser.Fresh(t, h.url("en/?wasm=off"))
			save(p, true)
			p.Eval(`caches.open("app-v1").then(c => c.put("/x", new Response("x")))`, nil)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(`navigator.serviceWorker.controller`)
			h.show(off)
			p.Goto(h.url("en/?wasm=off")) // asks for the new worker on the way
			p.Eval(`window.stays = true`, nil)
			p.Until(registrations + `.then(r => r === "")`)
			p.Until(cachesNow + `.then(c => c === '["app-v1"]')`)
			p.True(`window.stays`)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(`document.querySelector(".stand")?.textContent.includes("A length was corrected.")`)
			p.True(`!document.querySelector("[data-save]").getClientRects().length && !document.querySelector("link[rel=manifest]")`)
			p.Quiet()
		})
	}
}

// Installing includes saving. If the browser sends no event after installing, the app saves when it is first
// started.
func (o offlineServer) installed(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	t.Run("by the button", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/?wasm=off"))
		// The browser's own offer to install needs more than a test can provide, so its event is made up; the rest
		// is real.
		p.Eval(`(() => {
			const e = new Event("beforeinstallprompt", {cancelable: true});
			e.prompt = async () => { window.prompted = true; dispatchEvent(new Event("appinstalled")); };
			dispatchEvent(e);
			return e.defaultPrevented;
		})()`, nil)
		p.Click("[data-save]")
		press(p, "Install as an app")
		p.Until(`window.prompted && ` + isSaved)
		p.Until(`![...document.querySelectorAll(".offline button")].some(b => b.textContent === "Install as an app" && b.getClientRects().length)`)
		p.Quiet()
	})
	t.Run("from the browser's menu", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/?wasm=off"))
		p.Until(`performance.getEntriesByName("sharh:placed").length`)
		p.Eval(`dispatchEvent(new Event("appinstalled"))`, nil)
		p.Until(isSaved)
		p.Quiet()
	})
	t.Run("in Safari", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/?wasm=off"), webtest.Before(`Object.defineProperty(navigator, "standalone", {value: false});`))
		p.Click("[data-save]")
		p.Until(openDialog)
		p.Until(`document.querySelector("dialog.offline").textContent.includes("Add to Home Screen")`)
		p.Quiet()
	})
	t.Run("started from its icon in Safari", func(t *testing.T) {
		t.Parallel()
		const started = `Object.defineProperty(navigator, "standalone", {value: true});
			const match = window.matchMedia;
			window.matchMedia = q => q === "(display-mode:standalone)" ? {matches: true} : match(q);`
		p := o.browser.Fresh(t, h.url("en/?source=pwa&wasm=off"), webtest.Before(started))
		t.Cleanup(func() {
			if t.Failed() {
				t.Log("the page was: ", p.Text(`Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(([all, kept]) => JSON.stringify({
					state: document.readyState, seen: document.visibilityState, online: navigator.onLine, stored: {...localStorage}, kept,
					workers: all.map(r => [r.installing, r.waiting, r.active].map(w => w?.state)),
					dialog: document.querySelector("dialog.offline")?.textContent,
				}))`))
			}
		})
		p.Until(isSaved)
		p.Click("[data-save]")
		press(p, "Remove from this device")
		p.Until("!" + isSaved)
		p.Goto(h.url("en/?source=pwa&wasm=off"))
		p.Until(`document.querySelector("dialog.offline")`)
		p.Click("[data-save]") // waits until it has looked
		p.Until(openDialog)
		p.True(cachesNow + `.then(c => c === "[]" || c)`)
		p.Quiet()
	})
	// Firefox asks whether storage may last, and the reader may not answer.
	t.Run("in a browser that asks", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/?wasm=off"), webtest.Before(`navigator.storage.persist = () => new Promise(() => {});`))
		save(p, true)
		p.Until(`caches.keys().then(k => caches.open(k[0])).then(c => c.keys()).then(k => k.some(r => r.url.endsWith(".wasm")))`)
		p.Until(dialogText + `.includes("Saved on this device: ")`)
		p.Quiet()
	})
	t.Run("saving data", func(t *testing.T) {
		t.Parallel()
		p := o.browser.Fresh(t, h.url("en/?wasm=off"), webtest.Before(`Object.defineProperty(navigator, "connection", {value: {saveData: true}});`))
		p.Eval(`dispatchEvent(new Event("appinstalled"))`, nil)
		p.Until(isSaved)
		p.True(`caches.keys().then(k => caches.open(k[0])).then(c => c.keys()).then(k => k.every(r => !r.url.endsWith(".wasm")))`)
		p.Click("[data-save]")
		press(p, "Save search and filters too")
		p.Until(`caches.keys().then(k => caches.open(k[0])).then(c => c.keys()).then(k => k.some(r => r.url.endsWith(".wasm")))`)
		p.Quiet()
	})
}

// The dialog and the offers work with the keyboard and are large enough for a finger, and axe-core finds no fault,
// in both languages and themes.
func (o offlineServer) access(t *testing.T) {
	t.Parallel()
	script, err := axeScript()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []struct{ lang, path, theme, save string }{{"ar", "", "light", "احفظ"}, {"en", "en/", "dark", "Save"}} {
		t.Run(l.lang+" "+l.theme, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, "/", o.a)
			var b tab
			url := h.url(l.path + "?wasm=off&theme=" + l.theme)
			p := o.browser.Fresh(t, url, webtest.Size(360, 800), b.option)
			check := func(state, within string) {
				t.Helper()
				var found []struct{ ID, Help string }
				b.aside(t, &found, string(script), `axe.run(document.querySelector("`+within+`"), {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify(r.violations))`)
				for _, f := range found {
					t.Errorf("%s: %s: %s", state, f.ID, f.Help)
				}
				p.True(`[...document.querySelectorAll("` + within + ` :is(button,label,a)")].filter(e => e.getClientRects().length).every(e => e.getBoundingClientRect().height >= 44)`)
				p.True(`[...document.querySelectorAll("` + within + ` *")].every(e => e.scrollWidth <= e.clientWidth + 1 || !e.clientWidth)`)
				foreign := "[A-Za-z]"
				if l.lang == "en" {
					foreign = "[\\u0600-\\u06ff]"
				}
				p.True(`!/` + foreign + `/.test(document.querySelector("` + within + `").textContent.replaceAll("1 December 2026", ""))`)
			}
			const focused = `document.activeElement.textContent`
			p.Until(`document.querySelector("[data-save]").getClientRects().length`)
			p.Eval(`document.querySelector("[data-save]").focus()`, nil)
			p.Type(kb.Enter)
			p.Until(openDialog + ` && document.querySelector("dialog.offline label").textContent.length > 20`)
			check("not saved", "dialog.offline")
			p.Type(kb.Escape)
			p.Until("!" + openDialog + ` && document.activeElement.hasAttribute("data-save")`)
			p.Type(kb.Enter)
			p.Until(openDialog)
			for p.Text(focused) != l.save {
				before := p.Text(`document.activeElement.outerHTML`)
				p.Type(kb.Tab)
				if p.Text(`document.activeElement.outerHTML`) == before {
					t.Fatalf("Tab does not lead on from %s", before)
				}
			}
			p.Type(kb.Enter)
			p.Until(isSaved)
			p.True(`document.activeElement.closest("dialog.offline") && document.activeElement.getClientRects().length > 0`)
			check("saved", "dialog.offline")
			p.True(`document.querySelector("[data-save]").getAttribute("aria-label").startsWith(document.querySelector("[data-save]").textContent)`)
			h.show(o.b)
			p.Goto(url)
			p.Until(offered)
			check("a new version", "aside.offline")
			// What has the focus is not covered.
			p.Eval(`[...document.querySelectorAll("main a")].filter(e => e.checkVisibility()).at(-1).focus()`, nil)
			p.Until(`document.activeElement.getBoundingClientRect().bottom <= document.querySelector("aside.offline").getBoundingClientRect().top`)
			p.Quiet()
		})
	}
}

// mortal serves the site until end is called; after that no request is answered.
func mortal(t *testing.T) (server *httptest.Server, end func()) {
	t.Helper()
	handler := hosting.Handler(os.DirFS(buildSite(t)))
	down := make(chan struct{})
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-down:
			panic(http.ErrAbortHandler)
		default:
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server, func() { close(down) }
}

// Without a network the saved client runs, and where it is not saved the page is calm.
func TestLiveOffline(t *testing.T) {
	t.Parallel()
	server, end := mortal(t)
	url := server.URL + "/" + slug + "/en/"
	noNetwork := webtest.Chromium(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	})
	browser := webtest.Start(t)
	with := browser.Fresh(t, url+"?wasm=off")
	save(with, true)
	without := browser.Fresh(t, url+"?wasm=off")
	save(without, false)
	end()

	p := with.Tab(url+"?utm_source=x", noNetwork)
	p.Until(live)
	p.True(adoptedAll)
	p.True(`document.querySelector("aside.offline").textContent === "No network: you are reading the saved version."`)
	p.Goto(url + "evidence/")
	p.Click("#q")
	p.Type("Gaza")
	p.Until(fewShown)
	p.Quiet()

	p = without.Tab(url, noNetwork)
	p.Until(`document.querySelector("aside.offline")?.textContent.startsWith("No network")`)
	p.Click(`.axis .wide a[href="#call-3"]`)
	p.Until(visible("call-3"))
	p.True(`document.documentElement.dataset.client === "still"`)
	p.Quiet()
}

// Chromium finds nothing wrong with the manifests, and offers the page for installation.
func TestManifests(t *testing.T) {
	t.Parallel()
	var b tab
	files := version(t, site.Options{Base: "/x/"}, nil)
	h := newHost(t, "/x/", files)
	p := webtest.Start(t).Lasting(t, h.url("?wasm=off"), b.option)
	for _, at := range []string{"", "en/", "call/3/", "en/view/why-that-day/"} {
		p.Goto(h.url(at + "?wasm=off"))
		m, err := chromedp.Call(b.ctx, page.GetAppManifest, page.GetAppManifestParams{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Errors {
			t.Errorf("%s: manifest, line %d: %s", at, e.Line, e.Message)
		}
		if !strings.HasSuffix(m.URL, "/manifest.webmanifest") {
			t.Errorf("%s: got manifest %q", at, m.URL)
		}
		found, err := chromedp.Call(b.ctx, page.GetInstallabilityErrors, cdp.Empty{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found.InstallabilityErrors {
			t.Errorf("%s: not installable: %s %v", at, e.ErrorID, e.ErrorArguments)
		}
	}
}
