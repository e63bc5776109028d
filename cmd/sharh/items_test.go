package main

import (
	"testing"

	"sharh/web/webtest"
)

// A reader who follows a shared link to a call, view, step or actor can read it, and go to its neighbours, to the
// same page in the other language, and to the whole explainer.
func TestItemPages(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, lang := range []struct{ name, path, other string }{
		{"Arabic", "/eight-calls/", "/eight-calls/en/"},
		{"English", "/eight-calls/en/", "/eight-calls/"},
	} {
		// A page that is only just arriving has no such element yet.
		seen := func(id string) string {
			return `document.getElementById("` + id + `")?.getBoundingClientRect().height > 0`
		}
		at := func(path string) string { return `location.pathname + location.hash === "` + path + `"` }
		for how, options := range map[string][]webtest.Option{"with scripts": nil, "with scripts off": {webtest.NoScripts()}} {
			t.Run(lang.name+", "+how, func(t *testing.T) {
				t.Parallel()
				t.Run("a call", func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, server.URL+lang.path+"call/3/", options...)
					p.True(seen("call-3"))
					p.True(`document.querySelector(".axis .wide [aria-current]").getAttribute("href") === "../3/"`)
					p.True(`document.querySelectorAll(".panel").length === 1`)
					p.Click(`.axis .wide a[href="../4/"]`)
					p.Until(at(lang.path+"call/4/") + " && " + seen("call-4"))
					p.Click(`.beside .next`)
					p.Until(at(lang.path+"call/5/") + " && " + seen("call-5"))
					p.Click(`.tools [hreflang]`)
					p.Until(at(lang.other+"call/5/") + " && " + seen("call-5"))
					p.Back()
					p.Until(at(lang.path + "call/5/"))
					p.Click(`#call-5 a.m`)
					p.Until(`location.pathname === "` + lang.path + `evidence/" && /^#(source|statement)-/.test(location.hash)`)
					p.Back()
					p.Until(at(lang.path + "call/5/"))
					p.Click(`.whole h2 a`)
					p.Until(`location.hash === "#call-5" && location.pathname === "` + lang.path + `" && ` + seen("call-5") + " && !(" + seen("call-8") + ")")
					p.Quiet()
				})
				t.Run("an actor", func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, server.URL+lang.path+"actor/putin/", options...)
					p.True(seen("actor-putin"))
					p.True(`[...document.querySelectorAll(".map .wide .node[aria-current]")].map(e => e.getAttribute("href")).join() === "#actor-putin"`)
					p.True(`document.querySelectorAll("#actor-putin .acts li").length > 3`)
					p.Click(`.beside .next`)
					p.Until(`/actor\/.+\/$/.test(location.pathname) && !location.pathname.endsWith("/putin/") && !!document.querySelector(".acts")`)
					p.Back()
					p.Until(at(lang.path + "actor/putin/"))
					p.Click(`.map .wide .node[href$="#actor-trump"]`)
					p.Until(at(lang.path+"#actor-trump") + " && " + seen("actor-trump"))
					p.Quiet()
				})
				t.Run("a step", func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, server.URL+lang.path+"step/2/", options...)
					p.True(seen("step-2") + ` && document.querySelector(".still svg").getBoundingClientRect().height > 40`)
					p.Click(`.beside .next`)
					p.Until(at(lang.path+"step/3/") + " && " + seen("step-3"))
					p.Click(`.tools [hreflang]`)
					p.Until(at(lang.other+"step/3/") + " && " + seen("step-3"))
					p.Click(`.back a`)
					p.Until(at(lang.other+"#step-3") + " && " + seen("step-3"))
					p.Quiet()
				})
				t.Run("a view", func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, server.URL+lang.path+"view/back-to-talks/", options...)
					p.True(seen("view-back-to-talks"))
					p.True(`document.querySelectorAll(".entry").length === 2 && [...document.querySelectorAll(".entry")].every(e => e.getClientRects().length)`)
					p.Click(`.beside .next`)
					p.Until(at(lang.path + "view/personal-deals/"))
					p.Click(`.beside .prev`)
					p.Until(at(lang.path + "view/back-to-talks/"))
					p.Click(`.tools [hreflang]`)
					p.Until(at(lang.other + "view/back-to-talks/"))
					p.Back()
					p.Until(at(lang.path + "view/back-to-talks/"))
					p.Click(`.back a`)
					p.Until(at(lang.path+"#view-back-to-talks") + " && " + seen("view-back-to-talks"))
					p.Quiet()
				})
				t.Run("on a phone", func(t *testing.T) {
					t.Parallel()
					for _, item := range []string{"step/1/", "call/1/", "call/8/", "view/why-that-day/", "view/alaskas-shadow/"} {
						p := browser.Open(t, server.URL+lang.path+item, append(options, webtest.Size(360, 740))...)
						p.True(`document.documentElement.scrollWidth <= 360`)
						p.Quiet()
						p.Close()
					}
				})
			})
		}
		t.Run(lang.name+", keeps what is chosen and the theme", func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+lang.path+"call/3/?theme=dark&call=5")
			p.Until(`document.documentElement.dataset.client === "off"`)
			p.True(seen("call-3"))
			p.True(`document.querySelector(".axis .wide [aria-current]").getAttribute("href") === "../3/"`)
			p.True(`document.documentElement.dataset.theme === "dark"`)
			p.True(`performance.getEntriesByType("resource").every(e => !/wasm|takeover|story/.test(e.name))`)
			p.Quiet()
		})
	}
}
