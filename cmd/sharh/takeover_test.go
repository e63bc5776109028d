package main

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// held serves the site but keeps the client back until release is called.
func held(t *testing.T, dist string) (server *httptest.Server, release func()) {
	t.Helper()
	gate := make(chan struct{})
	var once sync.Once
	release = func() { once.Do(func() { close(gate) }) }
	handler := hosting.Handler(os.DirFS(dist))
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
	// Beside the times and sizes of shifts it keeps what moved, from where to where, for messages.
	// Only Chromium tells.
	shiftsObserved = `window.shifts = [];
		window.shifted = [];
		if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) new PerformanceObserver(l => {
			for (const e of l.getEntries()) {
				shifts.push(e.startTime, e.value);
				for (const s of e.sources) shifted.push({node: s.node && s.node.outerHTML?.slice(0, 60), from: s.previousRect, to: s.currentRect, scrollY});
			}
		}).observe({type: "layout-shift", buffered: true});`
	starting = `document.documentElement.dataset.client === "starting"`
)

// takesOver: everything that the reader has done before Go arrives stays exactly as it was, to the pixel.
func takesOver(t *testing.T, browser *webtest.Browser) {
	dist := buildSite(t)
	for _, path := range webtest.Share(browser, "/eight-calls/", "/eight-calls/en/") {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			server, release := held(t, dist)
			p := browser.Open(t, server.URL+path, webtest.Before(shiftsObserved))
			p.Until(starting)
			p.Click(`.axis .wide a[href="#call-5"]`)
			p.Until(visible("call-5"))
			p.Click("#view-personal-deals summary")
			p.Until(`document.querySelector("#view-personal-deals").open`)
			p.Until(`performance.getEntriesByName("sharh:placed").length`)
			p.Eval(`(() => {
				const link = document.querySelector("#section-missile-deal a.m");
				link.scrollIntoView({block: "center"});
				link.focus({preventScroll: true});
				const texts = document.createTreeWalker(link.closest("p"), NodeFilter.SHOW_TEXT);
				while (texts.nextNode().length < 20);
				const text = texts.currentNode;
				getSelection().setBaseAndExtent(text, 3, text, 20);
			})()`, nil)
			p.Eval(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, nil)
			const state = `JSON.stringify({y: scrollY, focus: document.activeElement.dataset.mark, text: String(getSelection()),
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
			if after := p.Screenshot(); !bytes.Equal(picture, after) {
				// WebKit smooths letters that it draws again in another way.
				if problem := different(t, picture, after); problem != "" || browser.Name() != "WebKit" {
					t.Errorf("the page looks different after take-over: %s", problem)
				}
			}
			p.True(`shifts.filter((_, i) => i % 2 === 0 && shifts[i] >= mark).length === 0`)
			p.Quiet()
		})
	}
	t.Run("a search typed before stays in its field, with the caret, and is carried out", func(t *testing.T) {
		t.Parallel()
		server, release := held(t, dist)
		p := browser.Open(t, server.URL+"/eight-calls/en/evidence/")
		p.Click("#q")
		p.Type("Gaza")
		p.Eval(`document.querySelector("#q").setSelectionRange(2, 3)`, nil)
		p.Eval(`(() => { const s = document.querySelector("#kind"); s.value = "statement"; s.dispatchEvent(new Event("change", {bubbles: true})); })()`, nil)
		p.True(allShown)
		release()
		p.Until(live)
		p.Until(fewShown + " && " + everyShown(`/gaza/i.test(e.textContent) && e.querySelector(".k-statement")`))
		p.True(`document.activeElement.id === "q" && document.activeElement.value === "Gaza"`)
		p.True(`document.activeElement.selectionStart === 2 && document.activeElement.selectionEnd === 3`)
		p.True(`document.querySelector("#kind").value === "statement"`)
		p.Quiet()
	})
}

// different says how two pictures of a page differ, smoothed, or "".
func different(t *testing.T, pictures ...[]byte) string {
	t.Helper()
	var shrunk []image.Image
	for _, data := range pictures {
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		shrunk = append(shrunk, webtest.Shrink(img))
	}
	problem, _ := webtest.Compare(shrunk[0], shrunk[1])
	return problem
}

// Whatever a page around the explainer does with the address while the program starts, at each of its pauses, the
// program finds the page that it is on.
func TestAddressChangesMeanwhile(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?call=3&wasm=now", webtest.Before(`
		const mark = Performance.prototype.mark;
		window.changes = 0;
		Performance.prototype.mark = function (name) {
			if (name === "sharh:go") (function change() {
				if (performance.getEntriesByName("sharh:live").length) return;
				history.replaceState(null, "", "/elsewhere/" + ++changes + "/?call=3#%");
				setTimeout(change);
			})();
			return mark.apply(this, arguments);
		};`))
	p.Until(live)
	p.True(`changes > 2 && location.pathname.startsWith("/elsewhere/")`)
	p.True(`document.getElementById("call-3").hasAttribute("aria-current")`)
	p.Click(`.axis .wide a[href="#call-5"]`)
	p.Until(visible("call-5"))
	p.Quiet()
}

// A choice made between two steps of mounting counts, and scripts that make elements meanwhile get new ones.
func TestTakeOverInSteps(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(`
		window.steps = [];
		const mark = performance.mark.bind(performance);
		performance.mark = name => {
			mark(name);
			if (name === "sharh:decoded") setTimeout(() => {
				document.querySelector('.axis .wide a[href="#call-5"]').dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
				steps.push(document.documentElement.dataset.client, document.createElement("div").isConnected);
			});
		};`))
	p.Until(live)
	p.True(`JSON.stringify(steps) === '["starting",false]'`)
	p.Until(`location.search === "?call=5&wasm=now"`)
	p.True(visible("call-5") + " && !(" + visible("call-8") + ")")
	p.True(`[...document.querySelectorAll('.axis [aria-current],.panel[aria-current]')].every(e => e.hash === "#call-5" || e.href?.baseVal === "#call-5" || e.id === "call-5")`)
	p.True(adoptedAll)
	p.Quiet()
}

// The client is fetched only where it can be useful: not while the explainer is far from the view or out of sight,
// and, for readers who save data, only when they use something that needs it.
func TestWhenTheClientStarts(t *testing.T) {
	t.Parallel()
	host := `<!doctype html><title>host</title><link rel="icon" href="data:,"><p>Article</p><div id="above" style="height:6000px"></div>
<iframe id="f" title="x" width="700" height="900" src="/eight-calls/"></iframe>`
	server := serveWith(t, "host.html", host)
	browser := webtest.Start(t)
	const inFrame = `document.querySelector("iframe").contentDocument.documentElement.dataset.client`
	// aWhile lasts until a page that was opened later, and that nothing keeps from it, is live.
	aWhile := func(t *testing.T) {
		t.Helper()
		other := browser.Open(t, server.URL+"/eight-calls/en/")
		other.Until(live)
		other.Close()
	}
	t.Run("far from the view", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/host.html")
		p.Until(`document.querySelector("iframe").contentDocument.readyState === "complete"`)
		aWhile(t)
		p.True(inFrame + ` === "still"`)
		p.Eval(`document.getElementById("above").scrollIntoView({block: "end"})`, nil)
		p.Until(inFrame + ` === "live"`)
		p.Quiet()
	})
	t.Run("hidden", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/host.html")
		p.Eval(`document.getElementById("above").remove()`, nil)
		p.Eval(`document.querySelector("iframe").style.display = "none"`, nil)
		p.Eval(`document.querySelector("iframe").contentWindow.location.reload()`, nil)
		p.Until(`document.querySelector("iframe").contentDocument.readyState === "complete"`)
		aWhile(t)
		p.True(inFrame + ` === "still"`)
		p.Eval(`document.querySelector("iframe").style.display = ""`, nil)
		p.Until(inFrame + ` === "live"`)
		p.Quiet()
	})
	for name, connection := range map[string]string{
		"saving data": `{saveData: true}`, "on a slow network": `{effectiveType: "slow-2g"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/en/", webtest.Before(
				`Object.defineProperty(navigator, "connection", {value: `+connection+`});`))
			p.Until(`document.readyState === "complete"`)
			aWhile(t)
			p.Click(`.axis .wide a[href="#call-5"]`) // the still page can do that
			p.Until(visible("call-5"))
			p.True(`document.documentElement.dataset.client === "still"`)
			p.True(`performance.getEntriesByType("resource").every(e => !/\.(wasm|json)$/.test(e.name))`)
			p.Click("#camp")
			p.Until(live)
			p.Quiet()
		})
	}
}
