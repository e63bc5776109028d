package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// asked is a server that remembers which pages it was asked for, and how: "ahead", "again" by a browser that has a copy,
// or "first".
type asked struct {
	*httptest.Server
	mu    sync.Mutex
	pages []string
}

func newAsked(t *testing.T) *asked {
	t.Helper()
	site := hosting.Handler(os.DirFS(buildSite(t)))
	a := &asked{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/host.html") {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><title>host</title><link rel="icon" href="data:,">
<iframe title="x" width="900" height="900" src="/eight-calls/en/?wasm=now"></iframe>`)
			return
		}
		if strings.HasSuffix(r.URL.Path, "/") {
			how := "first"
			switch {
			case strings.HasPrefix(r.Header.Get("Sec-Purpose"), "prefetch"), r.Header.Get("Sec-Fetch-Dest") == "empty":
				how = "ahead"
			case r.Header.Get("If-None-Match") != "":
				how = "again"
			}
			a.mu.Lock()
			a.pages = append(a.pages, strings.TrimPrefix(r.URL.Path, "/eight-calls/")+" "+how)
			a.mu.Unlock()
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(a.Close)
	return a
}

// since returns what was asked for since the last call, sorted by nothing but time.
func (a *asked) since() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := strings.Join(a.pages, ", ")
	a.pages = nil
	return all
}

// readyAhead holds once a page has fetched what it fetches ahead, or has decided not to.
const readyAhead = `performance.getEntriesByName("sharh:ahead").length`

// comesAhead: once the explainer is live, its evidence and the other language come, each once. Going there then asks for
// nothing, or whether the copy is the newest.
func comesAhead(t *testing.T, browser *webtest.Browser) {
	server := newAsked(t)
	p := browser.Fresh(t, server.URL+"/eight-calls/en/")
	p.Until(readyAhead)
	p.Settled()
	all := server.since()
	for _, want := range []string{"en/evidence/ ahead", " ahead"} {
		if !strings.Contains(all, want) {
			t.Errorf("asked for %q, want also %q", all, want)
		}
	}
	if n := strings.Count(all, ","); n != 2 {
		t.Errorf("asked for %q, want the page, and two pages ahead", all)
	}
	p.Click(`a[hreflang="ar"]`)
	p.Until(`document.documentElement.lang === "ar" && ` + live)
	got, _, _ := strings.Cut(server.since(), ",")
	switch browser.Name() {
	case "Chromium": // it has asked before, and now asks for what the other page leads to
		if !strings.HasSuffix(got, " ahead") && got != "" {
			t.Errorf("going to the other language asks for %q", got)
		}
	case "Firefox":
		if !strings.HasSuffix(got, " again") {
			t.Errorf("going to the other language asks for %q", got)
		}
	} // a WebKit that is driven keeps no copy of anything
	p.Quiet()
}

// Pages of items have no client; there browsers fetch the page of a link when its reader points at it.
func TestPointedPagesComeAhead(t *testing.T) {
	t.Parallel()
	server := newAsked(t)
	p := webtest.Start(t).Fresh(t, server.URL+"/eight-calls/en/call/3/")
	p.Settled()
	if got := server.since(); got != "en/call/3/ first" {
		t.Errorf("without being pointed at, pages are asked for: %s", got)
	}
	p.Click(`a[href="../4/"]`)
	p.Until(`location.pathname.endsWith("/call/4/")`)
	p.True(`performance.getEntriesByType("navigation")[0].deliveryType === "navigational-prefetch"`)
	if got := server.since(); got != "en/call/4/ ahead" {
		t.Errorf("going on asks for %s", got)
	}
	p.Quiet()
}

// Nothing is fetched that somebody would pay for without wanting it, nor what he has.
func TestNothingComesAheadThatIsNotWanted(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	connection := func(is string) string { return `Object.defineProperty(navigator, "connection", {value: ` + is + `});` }
	for name, before := range map[string]string{
		"saving data":       connection(`{saveData: true}`),
		"on a slow network": connection(`{effectiveType: "2g"}`),
		"reduced data":      `{ const real = matchMedia; window.matchMedia = q => /reduced-data/.test(q) ? {matches: true} : real(q); }`,
		"without a network": `Object.defineProperty(navigator, "onLine", {value: false});`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newAsked(t)
			p := browser.Fresh(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(before))
			p.Until(readyAhead)
			p.Settled()
			if got := server.since(); got != "en/ first" {
				t.Errorf("asked for %s", got)
			}
			p.Quiet()
		})
	}
	t.Run("in a frame", func(t *testing.T) {
		t.Parallel()
		server := newAsked(t)
		p := browser.Fresh(t, server.URL+"/host.html")
		p.Until(`document.querySelector("iframe").contentWindow.` + readyAhead)
		p.Settled()
		if got := server.since(); got != "en/ first" {
			t.Errorf("asked for %s", got)
		}
		p.Quiet()
	})
	t.Run("saved", func(t *testing.T) {
		t.Parallel()
		server := newAsked(t)
		p := browser.Fresh(t, server.URL+"/eight-calls/en/?wasm=off")
		save(p, true)
		p.Until(isSaved)
		server.since()
		p.Goto(server.URL + "/eight-calls/en/?wasm=now")
		p.Until(readyAhead)
		p.Settled()
		if got := server.since(); got != "" {
			t.Errorf("asked for %s", got)
		}
		p.Quiet()
	})
}
