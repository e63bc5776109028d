package main

import (
	"net/url"
	"testing"

	"sharh/app/site"
	"sharh/web/webtest"
)

// journeys are what readers and publishers do, in each engine. The names are rows of web/ENGINES.md.
var journeys = []struct {
	name string
	run  func(t *testing.T, browser *webtest.Browser)
}{
	{"choosing, Back, searching, filtering, deep links", chooses},
	{"every link, and Back from it, leads to its paragraph", linksLand},
	{"the client takes over, and what the reader did stays", takesOver},
	{"an embed, with scripts and without", embeds},
	{"a frame made by the loader, steered and heard", loader},
	{"a frame sized by the host's script", hostMatrix},
	{"a frame without an origin", sandboxed},
	{"a frame in WordPress", wordPress},
	{"faults of the client, storage and network", survivesFaults},
}

// Every journey, in every engine. make test-engines runs all of it, make test some of it in Firefox and WebKit.
func TestEngines(t *testing.T) {
	t.Parallel()
	for _, j := range journeys {
		t.Run(j.name, func(t *testing.T) {
			for _, e := range webtest.Engines {
				t.Run(e.Name, func(t *testing.T) {
					t.Parallel()
					j.run(t, e.Start(t))
				})
			}
		})
	}
}

// hostedSite serves the site as it is built for its own address, which its pages then name, with more files.
func hostedSite(t *testing.T) *host {
	t.Helper()
	program, script := compileClient(t)
	client, err := clientFlags{Client: program, Exec: script}.client()
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t, "/", site.Files{})
	h.show(versionWith(t, client, site.Options{Base: h.URL + "/"}, nil))
	return h
}

// sandboxed: in a frame without an origin the page goes live, in its own fonts. The host cannot look into the frame; the
// frame tells.
func sandboxed(t *testing.T, browser *webtest.Browser) {
	h := hostedSite(t)
	frame := `sandbox="allow-scripts" width="700" height="900" src="` + h.url("?wasm=now") + `"`
	p := browser.Open(t, h.URL+"/host.html?frame="+url.QueryEscape(frame), webtest.Before(spy))
	p.Until(`window.child && child.origin === "null" && !["still", "starting"].includes(child.client)`)
	p.True(`child.client === "live" || child.client`)
	p.Until(`child.fonts`)
	clickInFrame(p, `.axis .wide a[href="#call-3"]`)
	p.Until(`child.call === "3"`)
	p.Quiet()
}
