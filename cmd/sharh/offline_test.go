package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/app/story"
	"sharh/web/webtest"
)

// slug is the explainer that tests stand on, in testdata/content.
const slug = "eight-calls"

// version plans a site with the named explainers, in memory; change makes it another version. The client is a
// stand-in that never runs, because these tests are about what is saved.
func version(t *testing.T, o site.Options, change func(d *story.Document), slugs ...string) site.Files {
	t.Helper()
	client := site.Client{Wasm: []byte("\x00asm\x01\x00\x00\x00"), Exec: []byte("var x = 1;")}
	return versionWith(t, client, o, change, slugs...)
}

func versionWith(
	t *testing.T, client site.Client, o site.Options, change func(d *story.Document), slugs ...string,
) site.Files {
	t.Helper()
	if len(slugs) == 0 {
		slugs = []string{slug}
	}
	stories := desktest.Stories(t, contentDir)
	var all []site.Explainer
	for _, slug := range slugs {
		e := site.Explainer{
			Slug: slug, Stories: stories[slug], Media: contentFlags{Content: contentDir}.keep(slug).Medium,
		}
		if len(e.Stories) == 0 {
			t.Fatalf("there is no explainer %s", slug)
		}
		for _, d := range e.Stories {
			if change != nil {
				change(d)
			}
		}
		all = append(all, e)
	}
	o.Quick, o.NoPictures, o.Drafts, o.Cache = true, true, true, keptPictures(t)
	planned, err := site.Plan(all, client, o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := planned.Files()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// news is one changed sentence in each language, with its entry in the change log.
func news(d *story.Document) {
	text := "A length was corrected."
	if d.Lang == "ar" {
		text = "صُحّحت مدة."
	}
	d.Standfirst = story.Rich{{Text: text}}
	d.Changes = append([]story.Change{{Date: story.Date{ISO: "2026-12-01", Text: "1 December 2026"}, Text: story.Rich{{Text: text}}}}, d.Changes...)
}

// host serves one version of a site after the other, and can fail.
type host struct {
	*httptest.Server
	under string // the path that the site is published under

	mu       sync.Mutex
	handler  http.Handler
	before   func(w http.ResponseWriter, r *http.Request) bool // takes a request
	served   map[string]int                                    // bytes, by path in the site
	uncached bool                                              // browsers are told to keep nothing
}

func newHost(t *testing.T, under string, files site.Files) *host {
	t.Helper()
	h := &host{under: under}
	h.show(files)
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// show publishes another version.
func (h *host) show(files site.Files) {
	m := fstest.MapFS{}
	for p, data := range files {
		m[p] = &fstest.MapFile{Data: data}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.handler, h.served = hosting.Handler(m), map[string]int{}
}

// fail makes f answer requests from now on; nil ends that.
func (h *host) fail(f func(w http.ResponseWriter, r *http.Request) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.before, h.served = f, map[string]int{}
}

// cut is a network that is gone.
func cut(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }

// sum returns the bytes served since the last change, and the files.
func (h *host) sum() (total int, by map[string]int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	by = map[string]int{}
	for p, n := range h.served {
		total += n
		by[p] = n
	}
	return total, by
}

type counted struct {
	http.ResponseWriter
	n        int
	uncached bool
}

func (c *counted) WriteHeader(status int) {
	if c.uncached {
		c.Header().Set("Cache-Control", "no-store")
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.n == 0 && c.uncached {
		c.Header().Set("Cache-Control", "no-store")
	}
	n, err := c.ResponseWriter.Write(b)
	c.n += n
	return n, err
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	handler, before, uncached := h.handler, h.before, h.uncached
	h.mu.Unlock()
	if before != nil && before(w, r) {
		return
	}
	if strings.HasSuffix(r.URL.Path, "/host.html") {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>host</title><link rel="icon" href="data:,"><iframe title="x" %s></iframe>`, r.URL.Query().Get("frame"))
		return
	}
	c := &counted{ResponseWriter: w, uncached: uncached}
	http.StripPrefix(strings.TrimSuffix(h.under, "/"), handler).ServeHTTP(c, r)
	h.mu.Lock()
	h.served[strings.TrimPrefix(r.URL.Path, h.under)] += c.n
	h.mu.Unlock()
}

// url is the address of a page of the explainer.
func (h *host) url(page string) string { return h.URL + h.under + slug + "/" + page }

// worker reads what a built worker would save.
type worker struct {
	Version         string
	Reading, Client []string // paths in the site
}

func workerOf(t *testing.T, files site.Files, folder string) worker {
	t.Helper()
	script := string(files[folder+"sw.js"])
	_, rest, found := strings.Cut(script, `={version:"`)
	if !found {
		t.Fatalf("%ssw.js has no list", folder)
	}
	w := worker{Version: rest[:strings.IndexByte(rest, '"')]}
	_, reading, _ := strings.Cut(rest, "reading:")
	reading, client, _ := strings.Cut(reading, ",client:")
	client, _, _ = strings.Cut(client, ",pages:")
	for into, text := range map[*[]string]string{&w.Reading: reading, &w.Client: client} {
		var list [][]any
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			t.Fatalf("%ssw.js: %v", folder, err)
		}
		for _, e := range list {
			file := path.Join(folder, e[0].(string))
			if files[file] == nil {
				file = path.Join(file, "index.html")
			}
			if files[file] == nil {
				t.Fatalf("%ssw.js saves %s, which is not there", folder, file)
			}
			*into = append(*into, file)
		}
	}
	return w
}

const (
	cachesNow     = `(async () => JSON.stringify((await caches.keys()).sort()))()`
	registrations = `(async () => (await navigator.serviceWorker.getRegistrations()).map(r => new URL(r.scope).pathname).sort().join())()`
	openDialog    = `document.querySelector("dialog.offline")?.open`
	isSaved       = `document.querySelector("[data-save]").hasAttribute("data-saved")`
	dialogText    = `document.querySelector("dialog.offline [role=status]").textContent`
	offered       = `document.querySelector("aside.offline")?.getClientRects().length > 0 && document.querySelector("aside.offline div b")`
)

// press clicks a button of the dialog, or of what is offered, by its word in English.
func press(p *webtest.Page, word string) {
	p.Until(`[...document.querySelectorAll(".offline button")].some(b => b.textContent === "` + word + `" && b.getClientRects().length)`)
	p.Eval(`[...document.querySelectorAll(".offline button")].find(b => b.textContent === "`+word+`").click()`, nil)
}

// save saves the explainer, with the client or without, as a reader does.
func save(p *webtest.Page, client bool) {
	p.Click("[data-save]")
	p.Until(openDialog)
	p.Eval(fmt.Sprintf(`document.querySelector("dialog.offline input").checked = %v`, client), nil)
	press(p, "Save")
	p.Until(`!document.querySelector("dialog.offline progress").getClientRects().length`)
}

// offlineServer has two versions of the site and a browser.
type offlineServer struct {
	browser *webtest.Browser
	a, b    site.Files
}

func TestOffline(t *testing.T) {
	t.Parallel()
	o := offlineServer{webtest.Start(t), version(t, site.Options{Base: "/"}, nil), version(t, site.Options{Base: "/"}, news)}
	t.Run("two versions", o.twoVersions)
	t.Run("two tabs", o.twoTabs)
	t.Run("every page starts without a network", o.everyPage)
	t.Run("a network cut at twenty points", o.cuts)
	t.Run("an update cut at each of its points", o.updateCuts)
	t.Run("files that are not the build's", o.wrongFiles)
	t.Run("no space", o.noSpace)
	t.Run("storage denied", o.denied)
	t.Run("damage", o.damage)
	t.Run("what is not in the list", o.untouched)
	t.Run("neighbours", o.neighbours)
	t.Run("a site as one app", o.wholeSite)
	t.Run("the end of it", o.kill)
	t.Run("withdrawn", o.withdrawn)
	t.Run("moved", o.moved)
	t.Run("in frames", o.frames)
	t.Run("installed", o.installed)
	t.Run("access", o.access)
}

// A visit stores nothing. A saved page works without a network, with any query. A new version is stored beside the
// old one, fetching only changed files, and is shown when the reader asks for it, at the place where he was.
func (o offlineServer) twoVersions(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	a, b := workerOf(t, o.a, slug+"/"), workerOf(t, o.b, slug+"/")
	// The client is a stand-in: no page starts it, however long it is open, whatever its query.
	p := o.browser.Fresh(t, h.url("en/?wasm=off"), webtest.Before(`delete window.WebAssembly`))
	p.Until(`performance.getEntriesByName("sharh:placed").length`)
	p.True(cachesNow + `.then(c => c === "[]")`)
	p.True(registrations + `.then(r => r === "")`)
	p.True(`performance.getEntriesByType("resource").every(e => !/offline|sw\.js/.test(e.name))`)
	h.fail(nil)
	save(p, true)
	p.True(isSaved)
	p.Until(dialogText + `.includes("Saved on this device: ") && ` + dialogText + `.includes(" MB, version of 24 November 2026.")`)
	p.True(cachesNow + `.then(c => c === '["sharh:/` + slug + `/:` + a.Version + `"]' || c)`)
	p.True(registrations + `.then(r => r === "/` + slug + `/" || r)`)
	p.True(`caches.open("sharh:/` + slug + `/:` + a.Version + `").then(c => c.keys()).then(k => k.length === ` + fmt.Sprint(len(a.Reading)+len(a.Client)) + ` || k.length)`)
	first, _ := h.sum()

	h.fail(cut)
	for _, query := range []string{"", "?utm_source=x&utm_medium=mail", "?fbclid=abc&gclid=%D8%B4", "?source=pwa", "?call=3&x=1#call-5", "?", "?a=b?c&d"} {
		p.Goto(h.url("en/" + query))
		p.Until(allThere)
		p.True(`location.href === ` + quoted(h.url("en/"+query)) + ` || location.href`)
	}
	p.Goto(h.url("en/?call=3&utm_source=x&wasm=off"))
	p.Until(visible("call-3"))
	p.True(`document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === "error").length === 0)`)

	h.fail(nil)
	h.show(o.b)
	p.Goto(h.url("en/?utm_source=x&wasm=off"))
	p.Until(offered)
	p.True(`document.querySelector(".stand")?.textContent.includes("A length was corrected.") === false`)
	p.True(`document.querySelector("aside.offline li").textContent === "1 December 2026 A length was corrected."`)
	update, files := h.sum()
	for f := range files {
		data, was := o.a[servedAt(f)], o.b[servedAt(f)]
		if f != slug+"/en/" && f != slug+"/" && string(data) == string(was) {
			t.Errorf("the update fetched %s, which is as it was", f)
		}
	}
	t.Logf("bytes: first save %d, update with one changed sentence in both languages %d: %v", first, update, files)

	// The reader is somewhere, has chosen something; then changes his mind.
	p.Click(`.axis .wide a[href="#call-3"]`)
	p.Click(`.map .wide a[href="#actor-putin"]`)
	p.Until(visible("call-3"))
	p.Click("#view-why-that-day summary")
	p.Eval(`document.querySelector("#section-missile-deal").scrollIntoView({behavior: "instant"})`, nil)
	p.Eval(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, nil)
	var before, after float64
	const place = `document.querySelector("#section-missile-deal").getBoundingClientRect().top`
	p.Eval(place, &before)
	press(p, "Show the new version")
	p.Until(`document.querySelector(".stand")?.textContent.includes("A length was corrected.")`)
	p.Until(`performance.getEntriesByName("sharh:placed").length`)
	p.Until(`Math.abs(` + place + ` - ` + fmt.Sprint(before) + `) < 2`)
	p.Eval(place, &after)
	p.Until(visible("call-3"))
	p.Until(`document.getElementById("sharh").dataset.actor === "putin"`)
	p.Until(`document.querySelector("#view-why-that-day").open`)
	p.True(`new URLSearchParams(location.search).get("utm_source") === "x"`)
	p.True(cachesNow + `.then(c => c === '["sharh:/` + slug + `/:` + b.Version + `"]' || c)`)
	p.True(`!(` + offered + `)`)

	h.fail(cut)
	p.Goto(h.url("?wasm=off"))
	p.Until(`document.querySelector(".stand")?.textContent.includes("صُحّحت مدة.")`)
	p.Click("[data-save]")
	p.Until(openDialog + ` && /محفوظ على جهازك: [٠-٩]٫[٠-٩] ميغابايت، نسخة 1 December 2026\./.test(` + dialogText + `)`)
	h.fail(nil)

	// And removes everything again; the page stays.
	p.Eval(`[...document.querySelectorAll("dialog.offline button")].find(b => b.textContent === "احذف من الجهاز").click()`, nil)
	p.Until(dialogText + ` === "حُذف من الجهاز."`)
	p.True(cachesNow + `.then(c => c === "[]" || c)`)
	p.True(registrations + `.then(r => r === "" || r)`)
	p.True("!" + isSaved)
	p.Goto(h.url("?wasm=off"))
	p.Until(allThere)
	p.True(cachesNow + `.then(c => c === "[]" || c)`)

	// Having changed his mind once more, in a page that is still the worker's.
	p.Goto(h.url("en/?wasm=off"))
	save(p, false)
	p.Goto(h.url("en/?wasm=off"))
	p.Click("[data-save]")
	press(p, "Remove from this device")
	p.Until("!" + isSaved)
	press(p, "Save")
	p.Until(isSaved)
	h.fail(cut)
	p.Goto(h.url("?wasm=off"))
	p.Until(allThere)
	p.Quiet()
}

// servedAt is the file of the site that is served at a path.
func servedAt(at string) string {
	if at == "" || strings.HasSuffix(at, "/") {
		return at + "index.html"
	}
	return at
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always encode
	}
	return string(b)
}

// Tabs switch together; until then each has the old version, however often it is loaded.
func (o offlineServer) twoTabs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after string }{
		"at their own pace": {},
		// The order is not defined: a tab may first hear that the reader has asked, or that another worker controls
		// it.
		"one hears of it late": {before: `
			Object.defineProperty(BroadcastChannel.prototype, "onmessage", {set(hear) {
				this.addEventListener("message", e => setTimeout(hear, 3000, e));
			}})`},
		"one is still loading": {before: `window.requestIdleCallback = f => { const before = window.late; window.late = () => { before?.(); f(); }; }`, after: `late()`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, "/", o.a)
			p := o.browser.Fresh(t, h.url("en/?wasm=off"))
			save(p, false)
			p.Goto(h.url("en/?wasm=off"))
			q := p.Tab(h.url("en/call/3/"), webtest.Before(c.before))
			q.Goto(h.url("?wasm=off"))
			h.show(o.b)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(offered)
			q.Goto(h.url("?wasm=off"))
			q.Until(`document.querySelector(".stand")?.textContent.includes("صُحّحت مدة.") === false`)
			q.Until(`document.readyState === "complete" && ` + cmp.Or(strings.Replace(c.after, "()", "", 1), offered))
			q.Eval(`void (window.old = navigator.serviceWorker.controller)`, nil)
			press(p, "Show the new version")
			if c.after != "" {
				q.Until(`navigator.serviceWorker.controller !== old`)
				q.Eval(`void `+c.after, nil)
			}
			for _, x := range []*webtest.Page{p, q} {
				x.Until(`/A length was corrected|صُحّحت مدة/.test(document.querySelector(".stand")?.textContent)`)
			}
			q.True(`!window.old`)
			p.Quiet()
			q.Quiet()
		})
	}
}

// Addresses of calls and views, and any other address in the explainer's folder, lead to the saved page and its
// item.
func (o offlineServer) everyPage(t *testing.T) {
	t.Parallel()
	files := version(t, site.Options{Base: "/news/explainers/"}, nil)
	h := newHost(t, "/news/explainers/", files)
	p := o.browser.Fresh(t, h.url("en/"))
	save(p, false)
	if got, want := p.Text(cachesNow), `["sharh:/news/explainers/`+slug+`/:`+workerOf(t, files, slug+"/").Version+`"]`; got != want {
		t.Errorf("caches: got %s, want %s", got, want)
	}
	// With a network every page is its own.
	p.Goto(h.url("en/call/3/?x=1"))
	p.Until(`document.querySelector(".whole") && location.search === "?x=1"`)
	h.fail(cut)
	for _, lang := range []struct{ path, lang string }{{"", "ar"}, {"en/", "en"}} {
		for at, want := range map[string]struct{ query, shown string }{
			"":                                  {"", "call-8"},
			"index.html":                        {"", "call-8"},
			"?call=4":                           {"?call=4", "call-4"},
			"call/3/":                           {"", "call-3"},
			"call/3/?utm_source=x&utm_medium=y": {"?utm_source=x&utm_medium=y", "call-3"},
			"call/3":                            {"", "call-3"},
			"call/2/index.html?fbclid=1":        {"?fbclid=1", "call-2"},
			"view/why-that-day/":                {"", "view-why-that-day"},
			"embed/?theme=dark":                 {"?theme=dark", "call-8"},
			"embed/calls/":                      {"", "call-8"},
			"nowhere/":                          {"", "call-8"},
		} {
			p.Goto(h.url(lang.path + at))
			p.Until(`document.documentElement.lang === "` + lang.lang + `"` + " && " + allThere)
			p.Until(visible(want.shown))
			if strings.HasPrefix(want.shown, "view") {
				p.Until(`document.getElementById("` + want.shown + `").open`)
			}
			if got := p.Text(`location.search`); got != want.query {
				t.Errorf("%s%s: got query %s, want %s", lang.path, at, got, want.query)
			}
		}
	}
	// The folder without its slash, which the host would lead to the right place.
	p.Goto(h.url("en?utm_source=x"))
	p.Until(`location.pathname.endsWith("/en/") && location.search === "?utm_source=x"` + " && " + allThere)
}

// points cuts the network after some requests, in the middle of the next answer or before it. It returns how many
// requests came.
func points(h *host, at int, within bool) (asked func() int) {
	var mu sync.Mutex
	n := 0
	h.fail(func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		n++
		gone, first := n > at, n == at+1
		mu.Unlock()
		if !gone {
			return false
		}
		if within && first {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write(make([]byte, 1000))
		}
		panic(http.ErrAbortHandler)
	})
	return func() int {
		mu.Lock()
		defer mu.Unlock()
		return n
	}
}

// Wherever the network is cut, between files or inside one, either everything is saved or nothing, the reader is
// told, and saving works once the network is back.
func (o offlineServer) cuts(t *testing.T) {
	t.Parallel()
	files := version(t, site.Options{Base: "/"}, nil, "sample")
	a := workerOf(t, files, "sample/")
	h := newHost(t, "/", files)
	h.uncached = true
	url := h.URL + "/sample/?wasm=off"
	most := len(a.Reading) + len(a.Client) // besides the worker
	const idle = `!document.querySelector("dialog.offline progress").getClientRects().length`
	for i := range 20 {
		at := i * most / 19 // at 0 the worker itself does not come
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			h.fail(nil)
			p := o.browser.Fresh(t, url)
			p.Click("[data-save]")
			p.Until(openDialog + ` && document.querySelector("dialog.offline").textContent.includes("Download: ")`)
			asked := points(h, at, i%2 == 1)
			press(p, "Save")
			p.Until(idle)
			if asked() <= at {
				t.Fatalf("only %d requests; the cut never came", asked())
			}
			if !strings.HasPrefix(p.Text(dialogText), "Not everything could be saved: the network was lost.") {
				t.Errorf("the dialog says %q", p.Text(dialogText))
			}
			saved := p.Text(isSaved) == "true"
			if want := at > len(a.Reading); saved != want {
				t.Errorf("saved: got %v after a cut at %d of %d and %d", saved, at, len(a.Reading), len(a.Client))
			}
			want, word := "[]", "Save"
			if saved {
				want, word = `["sharh:/sample/:`+a.Version+`"]`, "Save search and filters too"
			} else {
				p.Until(registrations + `.then(r => r === "")`)
			}
			if got := p.Text(cachesNow); got != want {
				t.Errorf("caches: got %s, want %s", got, want)
			}
			h.fail(nil)
			press(p, word)
			p.Until(idle + ` && ` + dialogText + `.trim().startsWith("Saved on this device")`)
			h.fail(cut)
			p.Goto(url)
			p.Until(`document.querySelectorAll(".panel").length`)
		})
	}
}

// An update that does not come through leaves the old version as it is; the next one takes up.
func (o offlineServer) updateCuts(t *testing.T) {
	t.Parallel()
	a, b := workerOf(t, o.a, slug+"/"), workerOf(t, o.b, slug+"/")
	h := newHost(t, "/", o.a)
	for at := range 4 { // the worker, two pages, and what else differs
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			h.fail(nil)
			h.show(o.a)
			p := o.browser.Fresh(t, h.url("en/?wasm=off"))
			save(p, false)
			p.Goto(h.url("en/?wasm=off"))
			h.show(o.b)
			points(h, at, at == 2)
			p.Eval(`navigator.serviceWorker.ready.then(r => r.update()).catch(() => {})`, nil)
			p.Until(`navigator.serviceWorker.ready.then(r => !r.installing)`)
			if at < 3 {
				p.Until(cachesNow + `.then(c => c === '["sharh:/` + slug + `/:` + a.Version + `"]')`)
				p.True(`navigator.serviceWorker.ready.then(r => !r.waiting)`)
			}
			h.fail(cut)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(allThere + ` && document.querySelector(".stand")?.textContent.includes("A length was corrected.") === false`)
			h.fail(nil)
			p.Goto(h.url("en/?wasm=off"))
			p.Until(offered)
			press(p, "Show the new version")
			p.Until(`document.querySelector(".stand")?.textContent.includes("A length was corrected.")`)
			p.Until(cachesNow + `.then(c => c === '["sharh:/` + slug + `/:` + b.Version + `"]')`)
		})
	}
}

// An incomplete deployment: a file is missing or differs from the build's. Nothing is saved, and an old version
// keeps working.
func (o offlineServer) wrongFiles(t *testing.T) {
	t.Parallel()
	b := workerOf(t, o.b, slug+"/")
	for name, fault := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
		"missing": func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.URL.Path, "/"+slug+"/") {
				http.NotFound(w, r)
				return true
			}
			return false
		},
		"a wrong byte": func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/"+slug+"/") {
				return false
			}
			page := slices.Clone(o.b[slug+"/index.html"])
			page[len(page)/2] ^= 1
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(page)
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, "/", o.b)
			p := o.browser.Fresh(t, h.url("en/?wasm=off"))
			h.fail(fault)
			save(p, false)
			p.True(dialogText + ` === "Not everything could be saved: the site is being updated. Try again in a few minutes."`)
			p.Until(registrations + `.then(r => r === "")`)
			p.True(cachesNow + `.then(c => c === "[]" || c)`)
			h.fail(nil)
			h.show(o.a)
			press(p, "Save")
			p.Until(isSaved)
			p.Goto(h.url("en/?wasm=off"))
			h.show(o.b)
			h.fail(fault)
			p.Eval(`navigator.serviceWorker.ready.then(r => r.update()).catch(() => {})`, nil)
			p.Until(`navigator.serviceWorker.ready.then(r => !r.installing && !r.waiting)`)
			p.Goto(h.url("?wasm=off"))
			p.Until(`document.querySelector(".stand")?.textContent.includes("صُحّحت مدة.") === false`)
			h.fail(nil)
			p.Goto(h.url("?wasm=off"))
			p.Until(offered)
			p.True(cachesNow + `.then(c => c.includes("` + b.Version + `"))`)
		})
	}
}

func (o offlineServer) frames(t *testing.T) {
	t.Parallel()
	h := newHost(t, "/", o.a)
	outer := newHost(t, "/", o.a)
	for name, at := range map[string]string{
		"same origin":    h.URL + "/host.html?frame=src%3D%22" + h.url("%3Fwasm%3Doff") + "%22",
		"another origin": outer.URL + "/host.html?frame=src%3D%22" + h.url("%3Fwasm%3Doff") + "%22",
		"sandboxed":      h.URL + "/host.html?frame=sandbox%3D%22allow-scripts%22+src%3D%22" + h.url("%3Fwasm%3Doff") + "%22",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := o.browser.Fresh(t, at, webtest.Before(`
				if (parent !== window) addEventListener("load", () => requestIdleCallback(() => parent.postMessage(
					{app: document.documentElement.classList.contains("app"), shown: document.querySelector("[data-save]").getClientRects().length}, "*")));
				else addEventListener("message", e => { window.said = e.data; });`))
			p.Until(`window.said`)
			p.True(`said.app === false && said.shown === 0 || JSON.stringify(said)`)
			p.Quiet()
		})
	}
}

func mustWrite(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
