package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"sharh/app/site/hosting"
	"sharh/web/webtest"
	"sharh/web/webtest/engine"
)

// recorder keeps a response to be changed before it is sent.
type recorder struct {
	http.ResponseWriter
	t      testing.TB
	path   string
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// lose answers as if there were no such file.
func (r *recorder) lose() {
	r.status = http.StatusNotFound
	r.body.Reset()
}

// replace changes the text of an answer. Without the text nothing would go wrong, so the test fails.
func (r *recorder) replace(old, by string) {
	before, after, ok := strings.Cut(r.body.String(), old)
	if !ok {
		r.t.Errorf("%s has no %q to replace; it was answered with status %d", r.path, old, r.status)
		return
	}
	r.body.Reset()
	r.body.WriteString(before + by + after)
}

// tampered serves the site uncompressed, with each answer changed by change. The server must close before the test
// ends.
func tampered(t testing.TB, dist string, change func(path string, r *recorder)) http.Handler {
	handler := hosting.Handler(os.DirFS(dist))
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		q.Header.Del("Accept-Encoding")
		r := &recorder{ResponseWriter: w, t: t, path: q.URL.Path, status: http.StatusOK}
		handler.ServeHTTP(r, q)
		change(q.URL.Path, r)
		w.Header().Del("Content-Length")
		w.WriteHeader(r.status)
		_, _ = w.Write(r.body.Bytes())
	})
}

// pageKind is a kind of page where something can go wrong, and what its reader does there to see that it works.
type pageKind struct {
	name, path string
	client     bool // whether it starts the program
	use        func(p *webtest.Page)
}

var (
	whole = pageKind{"explainer", "/eight-calls/en/", true, func(p *webtest.Page) {
		p.Click(`.axis .wide a[href="#call-3"]`)
		p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
		p.Click(`.map .wide a[href="#actor-putin"]`)
		p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
		p.Click("#view-why-that-day summary")
		p.Until(`document.querySelector("#view-why-that-day").open`)
	}}
	evidence = pageKind{"evidence", "/eight-calls/en/evidence/", true, func(p *webtest.Page) {
		p.Click(`a[href="#source-tass-17oct"]`)
		p.Until(`location.hash === "#source-tass-17oct"`)
		p.Until(`(({top, bottom}) => top >= 0 && bottom <= innerHeight)(document.getElementById("source-tass-17oct").getBoundingClientRect())`)
	}}
	embedded = pageKind{"embed", "/eight-calls/en/embed/calls/", true, func(p *webtest.Page) {
		p.Click(`.strip a[href="#call-5"]`)
		p.Until(visible("call-5") + " && !(" + visible("call-8") + ")")
	}}
	single = pageKind{"page of a call", "/eight-calls/en/call/3/", false, func(p *webtest.Page) {
		p.Click(`.back a`)
		p.Until(`location.pathname === "/eight-calls/en/" && document.readyState === "complete" && ` + visible("call-3") + ` && !(` + visible("call-8") + `)`)
	}}
	list = pageKind{"list of explainers", "/", false, func(p *webtest.Page) {
		p.Click(`main a[hreflang="en"]`)
		p.Until(`location.pathname === "/eight-calls/en/" && document.readyState === "complete" && ` + visible("call-8"))
	}}
	// framed is a page on another site, in which the loader has made a frame.
	framed = pageKind{"page with an embed", "/loader.html", false, func(p *webtest.Page) {
		p.Until(fits)
		p.Eval(`Sharh.select("one", "call-3")`, nil)
		p.Until(`child.call === "3"`)
		clickInFrame(p, `.strip a[href="#call-5"]`)
		p.Until(`child.call === "5"`)
		p.Resize(360, 740)
		p.Until(fits)
	}}

	programs   = []pageKind{whole, evidence, embedded} // where the program runs
	everywhere = append(slices.Clip(programs), single, list, framed)
)

// fault is what goes wrong around a page. It is a line of app/PROMISES.md.
type fault struct {
	name, outcome string
	on            []pageKind
	proof         string // the test, if it is not TestFaults; then only the fields above count, and engine
	engine        string // the only one that it happens in, "" for all

	change    func(path string, r *recorder) // of what the server sends
	before    string                         // a script in the page before its own
	query     string
	tag       string                           // of the client
	client    string                           // what becomes of it: "live" unless given
	unasked   bool                             // whether it is not even asked for
	noisy     bool                             // whether the browser, or Go, complains of it
	full      bool                             // whether it needs the full Chromium, which keeps pages that are left
	meanwhile func(p *webtest.Page, o *around) // what happens to the page
}

// around is what is around a page.
type around struct {
	gone      atomic.Bool // whether there is no network
	elsewhere string      // the address of another page
}

// sent changes files whose path has a part.
func sent(part string, change func(r *recorder)) func(string, *recorder) {
	return func(path string, r *recorder) {
		if strings.Contains(path, part) {
			change(r)
		}
	}
}

// ofPages changes what is sent of pages.
func ofPages(change func(r *recorder)) func(string, *recorder) {
	return func(path string, r *recorder) {
		if strings.HasSuffix(path, "/") {
			change(r)
		}
	}
}

// jumping makes a clock that a test can turn.
const jumping = `
	window.jump = 0;
	const now = Date.now;
	Date.now = () => now() + jump;
	window.Date = new Proxy(Date, {construct: (d, args) => args.length ? new d(...args) : new d(d.now())});`

// full lets storage take some more writes.
func full(free int) string {
	return fmt.Sprintf(`
		window.free = %d;
		for (const [of, name] of [[Storage, "setItem"], [window.IDBObjectStore, "put"], [window.Cache, "put"]]) {
			if (!of) continue;
			const real = of.prototype[name];
			of.prototype[name] = function (...args) {
				if (free-- > 0) return real.apply(this, args);
				throw new DOMException("full", "QuotaExceededError");
			};
		}`, free)
}

const (
	stillPage = "the still page, without a word; one sentence if he asks for what only the program can do"
	allOfIt   = "everything works"
)

var faults = []fault{
	{name: "no WebAssembly", outcome: stillPage, on: programs, before: `delete window.WebAssembly`, client: "off", unasked: true},
	{name: "a policy, or a browser, that lets no program run", outcome: stillPage, on: programs, client: "off", noisy: true,
		unasked: true, change: ofPages(func(r *recorder) { r.replace("'wasm-unsafe-eval'", "") })},
	{name: "the program is missing", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: sent(".wasm", (*recorder).lose)},
	{name: "the program is cut short", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: sent(".wasm", func(r *recorder) { r.body.Truncate(r.body.Len() / 2) })},
	{name: "the program has the wrong media type", outcome: allOfIt, on: programs, noisy: true,
		change: sent(".wasm", func(r *recorder) { r.Header().Set("Content-Type", "text/plain") })},
	{name: "the program's data is missing", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: sent("/story.", (*recorder).lose)},
	{name: "the program's data is of another version", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: sent("/story.", func(r *recorder) { r.body.Reset(); r.body.WriteString(`{"format": 0}`) })},
	{name: "the script that runs the program is missing", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: sent("/takeover.", (*recorder).lose)},
	{name: "the page is not the one that the program expects", outcome: stillPage, on: programs, client: "off", noisy: true,
		change: ofPages(func(r *recorder) { r.replace("<main", "<div") })},
	{name: "no memory for the program", outcome: stillPage, on: programs, client: "off", noisy: true, before: `
		for (const name of ["instantiate", "instantiateStreaming"]) WebAssembly[name] = () =>
			Promise.reject(new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance"));`},
	{name: "the program fails while it draws the page", on: programs, tag: "faults", query: "first render", client: "failed", noisy: true,
		outcome: "the page as it was before the program, one sentence, and an offer to load again"},
	{name: "the program fails at a choice, or ends", on: []pageKind{whole}, proof: "TestPageSurvivesGo", engine: "Chromium",
		outcome: "the same, with the reader's choice"},
	{name: "a translator or an extension changes the page", on: []pageKind{whole, evidence}, proof: "TestEngines",
		outcome: "everything works, and what they wrote stays"},
	{name: "a blocker keeps parts of the page out", on: []pageKind{whole}, proof: "TestSurvivesBlocking", engine: "Chromium",
		outcome: "everything else; one sentence where something is missed"},
	{name: "a script of the page changes its address while the program starts", on: []pageKind{whole}, proof: "TestAddressChangesMeanwhile",
		engine: "Chromium", outcome: allOfIt},
	{name: "an address that names nothing, or anything at all", on: everywhere[:4], proof: "TestFuzzInTheBrowser", engine: "Chromium",
		outcome: "the page as if nothing had been named"},
	{name: "storage that throws", outcome: allOfIt, on: everywhere, before: `
		for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
			Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("denied", "SecurityError"); }});`},
	{name: "storage that is full at the first write", outcome: allOfIt, on: everywhere, before: full(0)},
	{name: "storage that is full at the second write", outcome: allOfIt, on: everywhere, before: full(1)},
	{name: "storage that is full at the third write", outcome: allOfIt, on: everywhere, before: full(2)},
	{name: "storage that fills up while the explainer is saved", on: []pageKind{whole}, proof: "TestOffline", engine: "Chromium",
		outcome: "a sentence that says so, and nothing half saved"},
	{name: "what is saved is damaged, lost or half there", on: []pageKind{whole}, proof: "TestOffline", engine: "Chromium",
		outcome: "it is saved again, and what is wrong is not shown"},
	{name: "two tabs with two versions", on: []pageKind{whole}, proof: "TestOffline", engine: "Chromium",
		outcome: "each is whole, and the new one is offered"},
	{name: "a server that is gone or wrong while a new version is saved", on: []pageKind{whole}, proof: "TestOffline", engine: "Chromium",
		outcome: "the old version, whole"},
	{name: "a clock that jumps forward", outcome: allOfIt, on: everywhere, before: jumping,
		meanwhile: func(p *webtest.Page, _ *around) { p.Eval(`window.jump = 12 * 365 * 864e5`, nil) }},
	{name: "a clock that jumps back", outcome: allOfIt, on: everywhere, before: jumping,
		meanwhile: func(p *webtest.Page, _ *around) { p.Eval(`window.jump = -12 * 365 * 864e5`, nil) }},
	{name: "left for hours, and woken without a network", outcome: "reading and choosing go on", on: append(slices.Clip(programs), framed),
		noisy: true, // of what was still on its way
		before: `
		window.away = false;
		Object.defineProperty(Document.prototype, "visibilityState", {get: () => away ? "hidden" : "visible"});
		Object.defineProperty(Document.prototype, "hidden", {get: () => away});`,
		meanwhile: func(p *webtest.Page, o *around) {
			p.Eval(`(() => { window.away = true; document.dispatchEvent(new Event("visibilitychange")); dispatchEvent(new Event("pagehide")); document.dispatchEvent(new Event("freeze")); })()`, nil)
			o.gone.Store(true)
			p.Eval(`(() => { window.away = false; document.dispatchEvent(new Event("resume")); dispatchEvent(new Event("pageshow")); document.dispatchEvent(new Event("visibilitychange")); })()`, nil)
		}},
	{name: "left, and restored by Back from the browser's cache of pages", outcome: allOfIt + ", as it was left", on: everywhere, full: true,
		before: `addEventListener("pageshow", e => { window.restored = e.persisted; });`,
		meanwhile: func(p *webtest.Page, o *around) {
			p.Until(`window.restored === false`) // what is still loading is not kept
			p.Eval(`window.same = true`, nil)
			p.Goto(o.elsewhere)
			p.Until(`document.title === "elsewhere" && window.restored === false`)
			p.Back()
			p.Until(`window.restored !== undefined`)
			p.True(`window.same === true && restored || "loaded again: " + JSON.stringify(performance.getEntriesByType("navigation")[0].notRestoredReasons)`)
		}},
	{name: "made before it is asked for, by the browser", on: []pageKind{whole}, proof: "TestPrerendered", engine: "Chromium", outcome: allOfIt},
	{name: "a frame without scripts, or without an origin", on: []pageKind{embedded}, proof: "TestEngines",
		outcome: "the page, live wherever scripts may run"},
	{name: "320 pixels, text at 200 %, 400 % zoom, the system's colours, no motion, no pointer", on: everywhere[:4], proof: "TestAccess",
		engine: "Chromium", outcome: "everything is there, and can be reached by keys"},
	{name: "a browser as old as is served, which lacks this or that", on: []pageKind{whole}, proof: "TestOldestBrowsers", engine: "Chromium",
		outcome: "the page goes live; what differs is in web/ENGINES.md"},
}

// Whatever goes wrong, on each kind of page, in each engine: the page is there, it can be used, and nothing is said that
// its reader need not know. make test-engines runs all of it, make test each fault on one or two kinds of page.
func TestFaults(t *testing.T) {
	t.Parallel()
	for i, f := range faults {
		if f.proof != "" {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			for _, e := range webtest.Engines {
				t.Run(e.Name, func(t *testing.T) {
					t.Parallel()
					browser := e.Start(t)
					// Another page for each fault, and for each engine: every page meets some fault in every engine.
					turned := slices.Concat(f.on[i%len(f.on):], f.on[:i%len(f.on)])
					if !webtest.Everything() {
						turned = turned[:min(2, len(turned))]
					}
					for _, at := range webtest.Share(browser, turned...) {
						t.Run(at.name, func(t *testing.T) {
							t.Parallel()
							strikes(t, browser, f, at)
						})
					}
				})
			}
		})
	}
}

// strikes lets something go wrong on a page, which is then used.
func strikes(t *testing.T, browser *webtest.Browser, f fault, at pageKind) {
	var o around
	change := f.change
	if change == nil {
		change = func(string, *recorder) {}
	}
	site := tampered(t, buildSite(t, strings.Fields(f.tag)...), change)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case o.gone.Load():
			panic(http.ErrAbortHandler)
		case r.URL.Path == "/elsewhere":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><title>elsewhere</title><link rel="icon" href="data:,"><p>Another page`)
		default:
			site.ServeHTTP(w, r)
		}
	}))
	defer server.Close()
	o.elsewhere = server.URL + "/elsewhere"
	before, address := f.before, server.URL+at.path
	switch {
	case at.name == framed.name:
		before += spy
		address = newsroom(t, server.URL, "/eight-calls/en/embed/calls/").URL + at.path
	case at.client:
		address += "?wasm=now&fault=" + url.QueryEscape(f.query)
	}
	if f.full && browser.Name() == "Chromium" {
		browser = webtest.StartIn(t, t.TempDir())
	}
	p := browser.Open(t, address, webtest.Before(before))
	want := cmp.Or(f.client, "live")
	if at.client {
		p.Until(`!["still", "starting"].includes(document.documentElement.dataset.client)`)
		if got := p.Text(`document.documentElement.dataset.client`); got != want {
			t.Errorf("data-client: got %s, want %s; the page said %q", got, want, p.Said())
		}
	} else {
		p.Until(`document.readyState === "complete"`)
	}
	if f.unasked {
		p.True(`performance.getEntriesByType("resource").every(e => !/[.]wasm/.test(e.name))`)
	}
	if at.name == framed.name {
		p.Until(fits)
	}
	if f.meanwhile != nil {
		f.meanwhile(p, &o)
	}
	at.use(p)
	p.True(`[...document.querySelectorAll(".calm")].some(e => e.getClientRects().length) === ` + fmt.Sprint(want == "failed"))
	if !f.noisy {
		p.Quiet()
	}
}

// app/PROMISES.md says what the tests try; make golden writes it.
func TestFaultsAreDocumented(t *testing.T) {
	t.Parallel()
	table := "\n| What goes wrong | Where | What its reader has | Seen in | Test |\n|---|---|---|---|---|\n"
	for _, f := range faults {
		var where []string
		for _, at := range f.on {
			where = append(where, at.name)
		}
		table += fmt.Sprintf("| %s | %s | %s | %s | (`%s`) |\n", f.name, strings.ReplaceAll(strings.Join(where, ", "), strings.Join(names(everywhere), ", "), "everywhere"),
			f.outcome, cmp.Or(f.engine, "all engines"), cmp.Or(f.proof, "TestFaults"))
	}
	const file = "../../app/PROMISES.md"
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(doc), "\n| What goes wrong |")
	if _, rest, _ = strings.Cut(rest, "\n\n"); ok && rest != "" {
		rest = "\n" + rest
	}
	want := head + table + rest
	switch {
	case !ok:
		t.Errorf("%s has no table of faults", file)
	case *golden:
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	case want != string(doc):
		t.Errorf("%s should have this table (make golden):\n%s", file, table)
	}
}

func names(all []pageKind) []string {
	var names []string
	for _, at := range all {
		names = append(names, at.name)
	}
	return names
}

// A Go program that ends, in any way, leaves the page as it was before Go, with the reader's choice, and is not
// started again.
func TestPageSurvivesGo(t *testing.T) {
	t.Parallel()
	server := siteServer(t, "faults")
	for _, fault := range []string{"callback", "handler", "render", "goroutine", "exit", "exit 3", "first render"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now&fault="+url.QueryEscape(fault), webtest.Before(`
				// The program's own last words are expected; the page's are not.
				window.errors = [];
				addEventListener("error", e => errors.push(e.message));
				addEventListener("unhandledrejection", e => errors.push(String(e.reason)));`))
			if fault != "first render" {
				p.Until(live)
				p.Click("#view-a-test summary")
				p.Click(`.axis .wide a[href="#call-5"]`)
			}
			p.Until(`document.documentElement.dataset.client === "failed"`)
			p.Eval(`window.stays = true`, nil)
			if fault != "first render" {
				p.True(visible("call-5") + " && !(" + visible("call-8") + ")")
				p.True(`document.querySelector("#view-a-test").open`)
			}
			p.True(`document.querySelector(".calm").getClientRects().length > 0`)
			p.Click(`.axis .wide a[href="#call-2"]`)
			p.Until(visible("call-2") + " && !(" + visible("call-5") + ")")
			p.Click(`.map .wide a[href="#actor-putin"]`)
			p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
			p.Eval(`window.dispatchEvent(new Event("resize"))`, nil)
			p.True(`stays && document.documentElement.dataset.client === "failed"`)
			p.True(`errors.length === 0 || JSON.stringify(errors)`)
		})
	}
}

// Links that lead elsewhere, and clicks with another meaning (a modifier key, another button), stay with the browser
// even while Go is live.
func TestLinksStayTheBrowsers(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/?wasm=now")
	p.Until(live)
	for name, attributes := range map[string]map[string]string{
		"top":          {"target": "_top", "href": "/elsewhere"},
		"parent":       {"target": "_parent", "href": "/elsewhere"},
		"telephone":    {"href": "tel:+123"},
		"mail":         {"href": "mailto:a@example.org"},
		"other scheme": {"href": "whatsapp://send"},
		"download":     {"href": "/x.csv", "download": ""},
		"another page": {"href": "en/"},
	} {
		link, err := json.Marshal(attributes)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			// The last listener of all sees whether anybody took the click, and keeps the browser here.
			p.True(`(() => {
				const a = document.createElement("a");
				for (const [k, v] of Object.entries(` + string(link) + `)) a.setAttribute(k, v);
				document.getElementById("main").append(a);
				let taken = null;
				const last = e => { taken = e.defaultPrevented; e.preventDefault(); };
				window.addEventListener("click", last, {once: true});
				a.click();
				a.remove();
				return taken === false;
			})()`)
		})
	}
	for _, key := range []string{"shiftKey", "ctrlKey", "metaKey", "altKey"} {
		t.Run("a click with "+key+" chooses nothing", func(t *testing.T) {
			p.Eval(`(() => {
				window.addEventListener("click", e => e.preventDefault(), {once: true});
				document.querySelector('.axis .wide a[href="#call-2"]').dispatchEvent(
					new MouseEvent("click", {bubbles: true, cancelable: true, `+key+`: true}));
			})()`, nil)
			p.True("!(" + visible("call-2") + ")")
		})
	}
	p.Quiet()
}

// A browser may make a page before its reader asks for it (speculation rules of a host, results of a search). The page
// comes with everything, and works.
func TestPrerendered(t *testing.T) {
	t.Parallel()
	site := hosting.Handler(os.DirFS(buildSite(t)))
	ahead := make(chan struct{}) // closed when the page that nobody has asked for yet asks for its program
	var once sync.Once
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/host":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><title>host</title><link rel="icon" href="data:,"><a href="/eight-calls/en/?wasm=now">Explainer</a>
<script type="speculationrules">{"prerender": [{"source": "list", "urls": ["/eight-calls/en/?wasm=now"]}]}</script>
<script>fetch("/wait").then(() => document.querySelector("a").click())</script>`)
			return
		case r.URL.Path == "/wait":
			<-ahead
			return
		case strings.HasSuffix(r.URL.Path, ".wasm") && strings.Contains(r.Header.Get("Sec-Purpose"), "prerender"):
			once.Do(func() { close(ahead) })
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	// Chromium makes no page ahead for a window that is debugged. So the host is in one that is not, and the test looks
	// into it only at the end.
	var control context.Context
	webtest.StartIn(t, t.TempDir()).Open(t, "about:blank", webtest.Chromium(func(ctx context.Context) error { control = ctx; return nil }))
	if _, err := chromedp.CallBrowser(control, target.CreateTarget, target.CreateTargetParams{URL: server.URL + "/host"}); err != nil {
		t.Fatal(err)
	}
	var shown target.ID
	for end := time.Now().Add(engine.Patience); shown == ""; time.Sleep(50 * time.Millisecond) {
		all, err := chromedp.CallBrowser(control, target.GetTargets, target.GetTargetsParams{})
		if err != nil || time.Now().After(end) {
			t.Fatalf("the browser shows no page that it made ahead (%v)", err)
		}
		for _, info := range all.TargetInfos {
			if info.Type == "page" && info.Subtype == "" && strings.HasPrefix(info.URL, server.URL+"/eight-calls/") {
				shown = info.TargetID
			}
		}
	}
	window, cancel := chromedp.NewContext(control, chromedp.WithTargetID(shown))
	defer cancel()
	p := webtest.Attach(t, window)
	p.Resize(1280, 900)
	p.Until(`location.pathname === "/eight-calls/en/" && ` + live)
	p.True(`performance.getEntriesByType("navigation")[0].activationStart > 0`)
	whole.use(p)
	p.Quiet()
}
