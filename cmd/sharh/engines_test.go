package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"sharh/app/site"
	"sharh/web/webtest"
	"sharh/web/webtest/engine"
)

// journeys are what readers and publishers do, in each engine, with what is not so in one of them. They are a table of
// web/ENGINES.md.
var journeys = []struct {
	name string
	run  func(t *testing.T, browser *webtest.Browser)
	but  map[string]string // by engine
}{
	{"choosing, Back, searching, filtering, deep links", chooses, nil},
	{"theme, language, choice and place stay after a reload", remembers, nil},
	{"keys: what has the focus is in the window", keys, nil},
	{"every link, and Back from it, leads to its paragraph", linksLand,
		map[string]string{"WebKit": "yes, but not to the first entry of a second column"}},
	{"the client takes over, and what the reader did stays", takesOver, nil},
	{"an embed, with scripts and without", embeds, nil},
	{"a frame made by the loader, steered and heard", loader, nil},
	{"a frame sized by the host's script", hostMatrix,
		map[string]string{"WebKit": "yes; in a host with `zoom`, higher than its content"}},
	{"a frame without an origin", sandboxed, map[string]string{"WebKit": "yes, if the site is built with its address"}},
	{"a frame in WordPress", wordPress, map[string]string{"WebKit": "yes, if the site is built with its address"}},
	{"saved, without a network", savedOffline, nil},
	{"the evidence and the other language are there before they are asked for", comesAhead,
		map[string]string{"Firefox": "yes; it asks whether they are the newest", "WebKit": "yes; whether it then uses them was not seen"}},
	{"a page that a translator or an extension has changed", meddled, nil},
	{"a crowded time axis, drawn nearer by buttons, keys and marks", drawsNearer, nil},
}

// web/ENGINES.md says what the tests run.
func TestEnginesAreDocumented(t *testing.T) {
	t.Parallel()
	table := "| Journey |"
	for _, e := range webtest.Engines {
		table += " " + e.Name + " |"
	}
	table += "\n" + strings.Repeat("|---", len(webtest.Engines)+1) + "|\n"
	for _, j := range journeys {
		table += "| " + j.name + " |"
		for _, e := range webtest.Engines {
			table += " " + cmp.Or(j.but[e.Name], "yes") + " |"
		}
		table += "\n"
	}
	doc, err := os.ReadFile("../../web/ENGINES.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), "\n"+table+"\n") {
		t.Errorf("web/ENGINES.md should have this table:\n%s", table)
	}
}

// What the oldest browsers lack is taken away, one by one and all together: the page goes live, complains of nothing,
// and its dialogs have names for their buttons.
func TestOldestBrowsers(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	lacks := map[string]string{
		"CSS.supports":          `CSS.supports = () => false;`,
		"constructed styles":    `delete window.CSSStyleSheet; delete Document.prototype.adoptedStyleSheets;`,
		"ariaLabel":             `delete Element.prototype.ariaLabel;`,
		"requestIdleCallback":   `delete window.requestIdleCallback;`,
		"navigator.connection":  `delete Navigator.prototype.connection;`,
		"navigator.share":       `delete Navigator.prototype.share;`,
		"speculation rules":     `delete HTMLScriptElement.supports;`,
		"moveBefore":            `delete Element.prototype.moveBefore;`,
		"hidden until found":    `Object.defineProperty(HTMLElement.prototype, "hidden", {configurable: true, get() { return this.hasAttribute("hidden"); }, set(v) { this.toggleAttribute("hidden", !!v); }});`,
		"storage that may last": `delete StorageManager.prototype.persist;`,
	}
	all := ""
	for _, script := range lacks {
		all += script
	}
	lacks["all of it"] = all
	for what, script := range lacks {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now", webtest.Before(script))
			p.Until(live)
			p.True(adoptedAll)
			p.Click(`.axis .wide a[href="#call-3"]`)
			p.Until(visible("call-3") + ` && location.search.includes("call=3")`)
			for button, dialog := range map[string]string{"[data-dialog]": "dialog.code", "[data-save]": "dialog.offline"} {
				p.Click(button)
				p.Until(`document.querySelector("` + dialog + `")?.open`)
				p.True(`[...document.querySelectorAll("` + dialog + ` button")].filter(b => b.getClientRects().length)
					.every(b => /[a-z]/i.test(b.getAttribute("aria-label") || b.textContent))`)
				p.Type(string(engine.Escape))
				p.Until(`!document.querySelector("` + dialog + `").open`)
			}
			p.Quiet()
		})
	}
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

// remembers: the theme, the choice and the paragraph are the same after a reload, and the other language is one click
// away. Nothing leaves the window, on a phone either.
func remembers(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	type variant struct {
		path, other   string
		width, height int64
	}
	for _, v := range webtest.Share(browser,
		variant{"/eight-calls/", "en", 360, 740}, variant{"/eight-calls/en/", "ar", 360, 740},
		variant{"/eight-calls/", "en", 1280, 900}, variant{"/eight-calls/en/", "ar", 1280, 900},
	) {
		t.Run(fmt.Sprint(v.path, " at ", v.width), func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+v.path, webtest.Size(v.width, v.height), webtest.Before(landing))
			p.Until(live + " && " + placed)
			p.True(fmt.Sprintf(`document.documentElement.scrollWidth <= %d`, v.width))
			const paper = `getComputedStyle(document.body).backgroundColor`
			light := p.Text(paper)
			p.Click("[data-theme-button]")
			p.Until(paper + ` !== "` + light + `"`)
			axis := ".axis .wide"
			if v.width < 500 {
				axis = ".axis .tall"
			}
			p.Click(axis + ` a[href="#call-5"]`)
			p.Until(visible("call-5") + ` && location.search === "?call=5"`)
			p.Eval(`document.querySelector(".views,#views,.view").scrollIntoView({behavior: "instant"})`, nil)
			p.Until(`landing.noted()`)
			type place struct {
				At  []any // as boot.js notes it
				Top float64
			}
			const at = `({At: history.state.sharh.at.slice(0, 2), Top: history.state.sharh.at[2]})`
			var before, after place
			p.Eval(at, &before)
			p.Eval(`window.old = 1`, nil)
			p.Reload()
			p.Until(`!window.old && window.landing && ` + live + " && " + placed)
			p.Eval(`landing.still()`, nil)
			p.Eval(at, &after)
			p.True(`landing.noted()`)
			if fmt.Sprint(after.At) != fmt.Sprint(before.At) || math.Abs(after.Top-before.Top) > 2 {
				t.Errorf("after a reload the page is at %v, was at %v", after, before)
			}
			// As WebKit may after all is loaded, for the fragment that is still in the address.
			p.True(`location.hash === "#call-5"`)
			p.Eval(`document.getElementById("call-5").scrollIntoView({behavior: "instant"})`, nil)
			was, err := json.Marshal(before.At)
			if err != nil {
				t.Fatal(err)
			}
			// A place that was still to be noted may be the fragment's for a moment.
			p.Until(`landing.noted() && JSON.stringify(history.state.sharh.at.slice(0, 2)) === ` + strconv.Quote(string(was)))
			p.True(visible("call-5") + ` && ` + paper + ` !== "` + light + `"`)
			p.Click(`nav a[hreflang="` + v.other + `"]`)
			p.Until(`document.documentElement.lang === "` + v.other + `" && ` + placed)
			p.True(paper + ` !== "` + light + `"`)
			p.Quiet()
		})
	}
}

// keys: Tab goes through the map, and arrows from name to name; whatever has the focus can be seen.
func keys(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	type variant struct {
		path          string
		width, height int64
	}
	for _, v := range webtest.Share(browser,
		variant{"/eight-calls/en/", 1280, 600}, variant{"/eight-calls/en/", 360, 600},
		variant{"/eight-calls/", 360, 600}, variant{"/eight-calls/", 1280, 600},
	) {
		t.Run(fmt.Sprint(v.path, " at ", v.width), func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+v.path+"?wasm=off", webtest.Size(v.width, v.height))
			p.Until(placed)
			const nodes = `[...document.querySelectorAll(".map svg a")].filter(e => e.getClientRects().length)`
			const seen = `(r => Math.min(r.bottom, innerHeight) - Math.max(r.top, 0) >= Math.min(r.height, innerHeight) - 1)(document.activeElement.getBoundingClientRect())`
			p.Eval(nodes+`[0].focus()`, nil)
			n := 0
			for ; p.Text(nodes+`.indexOf(document.activeElement)`) == strconv.Itoa(n); n++ {
				p.Until(seen)
				p.Type(string(engine.Tab))
				p.Until(nodes + `.indexOf(document.activeElement) !== ` + strconv.Itoa(n))
			}
			if n < 8 {
				t.Fatalf("Tab leads to %d names of the map", n)
			}
			p.Eval(nodes+`[0].focus()`, nil)
			// Each of these leads to another name. An arrow with none where it points is the browser's, which scrolls the page
			// with it.
			arrow := rune(engine.ArrowDown)
			if v.width > 1000 { // where the first name has a column of its own
				arrow = map[string]rune{"/eight-calls/en/": engine.ArrowRight, "/eight-calls/": engine.ArrowLeft}[v.path]
			}
			for _, key := range []rune{arrow, engine.End, engine.Home, arrow} {
				at := p.Text(nodes + `.indexOf(document.activeElement)`)
				p.Type(string(key))
				p.Until(seen + ` && ![-1, ` + at + `].includes(` + nodes + `.indexOf(document.activeElement))`)
			}
			p.Quiet()
		})
	}
}

// savedOffline: a reader saves the explainer with the client; then the server is gone, and everything works.
func savedOffline(t *testing.T, browser *webtest.Browser) {
	server, end := mortal(t)
	url := server.URL + "/" + slug + "/en/"
	p := browser.Fresh(t, url+"?wasm=off")
	save(p, true)
	p.Until(isSaved + ` && ` + dialogText + `.includes("Saved on this device: ")`)
	end()
	p.Goto(url + "?utm_source=x")
	p.Until(live)
	p.True(adoptedAll)
	p.Click(`.axis .wide a[href="#call-3"]`)
	p.Until(visible("call-3"))
	p.Goto(url + "evidence/")
	p.Click("#q")
	p.Type("Gaza")
	p.Until(fewShown)
	p.Goto(server.URL + "/" + slug + "/?wasm=off")
	p.Until(`document.documentElement.lang === "ar" && ` + allThere)
}
