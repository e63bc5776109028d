package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"os"
	"sharh/app/site/hosting"

	"sharh/web/webtest"
)

// What a page may meet on a reader's device besides a broken client: nothing of it is said, or one calm sentence, and
// reading and choosing go on.
func TestPageSurvivesItsDevice(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	// works chooses a call and an actor, and unfolds a view.
	works := func(p *webtest.Page) {
		p.Click(`.axis .wide a[href="#call-3"]`)
		p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
		p.Click(`.map .wide a[href="#actor-putin"]`)
		p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
		p.Click("#view-why-that-day summary")
		p.Until(`document.querySelector("#view-why-that-day").open`)
	}
	searches := func(p *webtest.Page) {
		p.Click("#q")
		p.Type("Budapest")
		p.Until(`!!document.querySelector("#finds:not([hidden]) a mark")`)
	}
	const calm = `document.querySelector(".calm").getClientRects().length > 0`
	for free := range 4 {
		t.Run(fmt.Sprint("storage is full after ", free, " writes"), func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(fmt.Sprintf(`
				window.free = %d;
				for (const [of, name] of [[Storage.prototype, "setItem"], [IDBObjectStore.prototype, "put"], [Cache.prototype, "put"]]) {
					const real = of[name];
					of[name] = function (...args) {
						if (free-- > 0) return real.apply(this, args);
						throw new DOMException("full", "QuotaExceededError");
					};
				}`, free)))
			p.Until(live)
			p.Click("[data-theme-button]")
			works(p)
			searches(p)
			p.True("!(" + calm + ")")
			p.Quiet()
		})
	}
	for name, years := range map[string]int{"forward": 12, "back": -12} {
		t.Run("the clock jumps "+name, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(`
				window.jump = 0;
				const now = Date.now;
				Date.now = () => now() + jump;
				window.Date = new Proxy(Date, {construct: (d, args) => args.length ? new d(...args) : new d(d.now())});`))
			p.Until(live)
			p.Eval(fmt.Sprintf(`window.jump = %d * 365 * 864e5`, years), nil)
			works(p)
			searches(p)
			p.True("!(" + calm + ")")
			p.Quiet()
		})
	}
	t.Run("no memory for the client", func(t *testing.T) {
		t.Parallel()
		p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(`
			for (const name of ["instantiate", "instantiateStreaming"])
				WebAssembly[name] = () => Promise.reject(new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance"));`))
		p.Until(`document.documentElement.dataset.client === "off"`)
		works(p)
		p.True("!(" + calm + ")")
	})
	t.Run("left for hours, and woken without a network", func(t *testing.T) {
		t.Parallel()
		for _, query := range []string{"?wasm=off", "?wasm=now"} { // still, and live
			var gone atomic.Bool
			handler := hosting.Handler(os.DirFS(buildSite(t)))
			own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if gone.Load() {
					panic(http.ErrAbortHandler)
				}
				handler.ServeHTTP(w, r)
			}))
			defer own.Close()
			p := webtest.Start(t).Open(t, own.URL+"/eight-calls/en/"+query, webtest.Before(`
				window.hidden = false;
				Object.defineProperty(Document.prototype, "visibilityState", {get: () => hidden ? "hidden" : "visible"});
				Object.defineProperty(Document.prototype, "hidden", {get: () => hidden});
				`))
			p.Until(settled)
			p.Eval(`(() => { window.hidden = true; document.dispatchEvent(new Event("visibilitychange")); dispatchEvent(new Event("pagehide")); document.dispatchEvent(new Event("freeze")); })()`, nil)
			gone.Store(true)
			p.Eval(`(() => { window.hidden = false; document.dispatchEvent(new Event("resume")); dispatchEvent(new Event("pageshow")); document.dispatchEvent(new Event("visibilitychange")); })()`, nil)
			works(p)
			p.True("!(" + calm + ")")
		}
	})
}

// A frame works where a browser denies frames of other sites their storage.
func TestEmbedWithoutStorage(t *testing.T) {
	t.Parallel()
	hosts := newsroom(t, siteServer(t).URL, "/eight-calls/embed/")
	p := webtest.Start(t).Open(t, hosts.URL+"/loader.html", webtest.Size(768, 900), webtest.Before(spy+`
		if (parent !== window) for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
			Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("denied", "SecurityError"); }});`))
	p.Until(fits)
	p.Eval(`Sharh.select("one", "call-3")`, nil)
	p.Until(`child.call === "3"`)
	clickInFrame(p, `.strip a[href="#call-5"]`)
	p.Until(`child.call === "5"`)
	p.Resize(360, 740)
	p.Until(fits)
	p.Quiet()
}
