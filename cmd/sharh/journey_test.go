package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/app/story"
	"sharh/app/story/storytest"
	"sharh/web/webtest"
)

// adopted tells whether Go took over all its elements; adoptedAll also checks that their number is plausible.
const (
	adopted = `(() => {
		const count = e => (e.dataset.settled || e.dataset.go ? 1 : 0) + (e.dataset.settled ? 0 : [...e.children].reduce((sum, c) => sum + count(c), 0));
		return document.documentElement.dataset.adopted === String(count(document.getElementById("sharh")));
	})()`
	adoptedAll = adopted + ` && Number(document.documentElement.dataset.adopted) > 50`
)

const live = `document.documentElement.dataset.client === "live"`

// visible tells whether a reader sees an element.
func visible(id string) string {
	return `document.getElementById("` + id + `").getBoundingClientRect().height > 0`
}

// Whether a page of the explainer is complete; whether the ledger shows all its statements, or fewer. Their number
// is stated only here.
const (
	allThere = `document.querySelectorAll(".panel").length === 8 && !!document.querySelector("#evidence, .foot")`
	allShown = `document.querySelectorAll(".entry:not([hidden])").length === 45`
	fewShown = `(n => n > 0 && n < 45)(document.querySelectorAll(".entry:not([hidden])").length)`
)

// everyShown tells whether something is true of each statement e that the ledger shows.
func everyShown(of string) string {
	return `[...document.querySelectorAll(".entry:not([hidden])")].every(e => ` + of + `)`
}

// onMap tells whether the map shows an actor now.
func onMap(id string) string {
	return `[...document.querySelectorAll('.map .node[href="#actor-` + id + `"]')].some(e => e.getClientRects().length > 0)`
}

// chooses: a reader chooses calls, actors and views, on the still and the live page, goes back, searches and filters.
func chooses(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	type language struct{ name, path, dir string }
	for _, lang := range webtest.Share(browser,
		language{"Arabic", "/eight-calls/", "rtl"},
		language{"English", "/eight-calls/en/", "ltr"},
	) {
		url := server.URL + lang.path
		t.Run(lang.name, func(t *testing.T) {
			t.Parallel()
			t.Run("reads and chooses with scripts off", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url, webtest.NoScripts())
				p.True(`document.documentElement.dir === "` + lang.dir + `" && !document.documentElement.classList.contains("js")`)
				p.True(visible("call-8"))
				p.True("!(" + visible("call-3") + ")")
				p.Click(`.axis .wide a[href="#call-3"]`)
				p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
				p.Click(`.map .wide a[href="#actor-zelensky"]`)
				p.Until(visible("actor-zelensky") + " && " + onMap("tomahawk"))
				p.Click(`#map .chips a[href="#actor-orban"]`)
				p.Until(visible("actor-orban") + " && !(" + visible("actor-zelensky") + ")")
				p.Click("#view-why-that-day summary")
				p.Until(`document.querySelector("#view-why-that-day").open`)
				p.Quiet()
			})
			t.Run("chooses call 3 without WebAssembly, and goes back", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url+"?wasm=off")
				p.Until(`document.documentElement.dataset.client === "off"`)
				p.Click(`.axis .wide a[href="#call-3"]`)
				p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
				p.True(`document.querySelector("#call-3").getAttribute("aria-current") === "true"`)
				p.Click(`#call-3 a[href="#call-4"]`)
				p.Until(visible("call-4") + ` && location.hash === "#call-4"`)
				p.Back()
				p.Until(visible("call-3") + " && !(" + visible("call-4") + ")")
				p.True(`!document.querySelector("#camp").getClientRects().length`)
				p.Quiet()
			})
			t.Run("goes live unseen, then one choice links the figures", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url)
				p.Until(live)
				p.True(adoptedAll)
				p.Click(`.axis .wide a[href="#call-5"]`)
				p.Until(visible("call-5") + " && !(" + visible("call-8") + ")")
				p.Until(onMap("ushakov") + " && !(" + onMap("tomahawk") + ")")
				p.True(`document.querySelector('.axis .wide a[href="#call-5"]').getAttribute("aria-current") === "true"`)
				p.Until(`location.search === "?call=5"`)
				p.Click(`.map .wide a[href="#actor-putin"]`)
				p.Until(`location.search === "?call=5&actor=putin"`)
				p.Until("!(" + onMap("ukraine") + ") && " + onMap("business"))
				p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
				p.Back()
				p.Until(`location.search === "?call=5" && !document.querySelector("#actor-putin").hasAttribute("aria-current")`)
				p.True(visible("call-5"))
				p.Click(".clear")
				p.Until(`location.search === "" && ` + visible("call-8"))
				p.Until(onMap("tomahawk") + ` && !document.querySelector(".scene svg")`)
				p.Quiet()
			})
			t.Run("choosing an actor lights his calls", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url+"?wasm=now")
				p.Until(live)
				p.Click(`.map .wide a[href="#actor-zelensky"]`)
				p.Until(`getComputedStyle(document.querySelector('.axis .wide a[href="#call-2"]')).opacity !== "1"`)
				p.True(`getComputedStyle(document.querySelector('.axis .wide a[href="#call-8"]')).opacity === "1"`)
				p.Quiet()
			})
			t.Run("opens an analyst view from a call", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url+"?wasm=now")
				p.Until(live)
				p.Click(`#call-8 a[href="#view-why-that-day"]`)
				p.Until(`document.querySelector("#view-why-that-day").open`)
				p.Until(`location.search === "?view=why-that-day&wasm=now"`)
				p.True(visible("call-8"))
				p.Quiet()
			})
			for _, query := range []string{"?wasm=off", "?wasm=now"} {
				t.Run("links take the focus along, and Back returns, with "+query, func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, url+query)
					p.Until(`["off", "live"].includes(document.documentElement.dataset.client)`)
					inView := func(id string) string {
						return `(r => r.bottom > 0 && r.top < innerHeight)(document.getElementById("` + id + `").getBoundingClientRect())`
					}
					for _, selector := range []string{
						".skip",
						`.axis .wide a[href="#call-5"]`,
						`.axis .wide a[href="#call-8"]`,
						`#call-8 a[href="#view-why-that-day"]`,
						`.axis .wide a[href^="#event-"]`,
					} {
						hash := p.Text(`document.querySelector('` + selector + `').getAttribute("href")`)
						p.Eval(`document.querySelector('`+selector+`').focus()`, nil)
						p.Type("\r")
						p.Until(`location.hash === "` + hash + `" && "#" + document.activeElement.id === location.hash`)
						p.Until(inView(hash[1:]))
					}
					p.Back()
					p.Until(`location.hash === "#view-why-that-day"`)
					// Back to where the reader followed the last link, not to where the link before it had led.
					p.Until(`(r => r.bottom > 0 && r.top < innerHeight)(document.querySelector('.axis .wide a[href^="#event-"]').getBoundingClientRect())`)
					p.Quiet()
				})
			}
			t.Run("follows a deep link, still and live", func(t *testing.T) {
				t.Parallel()
				for _, query := range []string{"?call=3&wasm=off", "?call=3&wasm=now"} {
					p := browser.Open(t, url+query)
					if strings.HasSuffix(query, "now") {
						p.Until(live)
						p.True(`location.search === "?call=3&wasm=now"`)
					}
					p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
					if strings.HasSuffix(query, "now") { // as soon as the reader does something
						p.True(onMap("tomahawk"))
						p.Type("\t")
						p.Until("!(" + onMap("tomahawk") + ")")
					}
					p.Quiet()
				}
			})
			t.Run("searches and filters the ledger", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url+"evidence/?wasm=now")
				p.Until(live)
				all := p.Text(`document.querySelector("output").textContent`)
				p.Click("#q")
				p.Type("zzz")
				p.Until(`document.querySelectorAll(".entry:not([hidden])").length === 0`)
				p.Until(`document.querySelector("output").textContent !== ` + "`" + all + "`")
				p.Type("\b\b\b")
				p.Until(allShown)
				p.Eval(`(() => { const s = document.querySelector("#kind"); s.value = "claim"; s.dispatchEvent(new Event("change", {bubbles: true})); })()`, nil)
				p.Until(`location.search.includes("kind=claim")`)
				p.Until(fewShown + " && " + everyShown(`e.querySelector(".k-claim")`)) // drawn after the address is written
				p.Quiet()
			})
			t.Run("reads on a phone", func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, url+"?wasm=off", webtest.Size(360, 740))
				p.True(`document.documentElement.scrollWidth <= 360`)
				p.Click(`.axis .tall a[href="#call-2"]`)
				p.Until(visible("call-2"))
				p.Quiet()
			})
		})
	}
}

// asBuilt is the page without what boot.js changes: the name of the theme and the current step.
const asBuilt = `(() => {
	const page = document.getElementById("sharh").cloneNode(true);
	for (const e of page.querySelectorAll("[data-theme-button]")) e.textContent = "";
	for (const e of page.querySelectorAll(".step")) e.className = "step";
	for (const e of page.querySelectorAll(".pages a")) e.removeAttribute("aria-current");
	return page.outerHTML;
})()`

func TestTakeOverKeepsTheTree(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/", "/eight-calls/evidence/", "/eight-calls/en/evidence/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			still := browser.Open(t, server.URL+path, webtest.NoScripts()).Text(asBuilt)
			p := browser.Open(t, server.URL+path+"?wasm=now")
			p.Until(live)
			after := p.Text(asBuilt)
			if still != after {
				t.Errorf("the page after take-over differs from the prerendered one: %s", firstDifference(still, after))
			}
			p.Quiet()
		})
	}
}

// Explainers that lack something, and one whose texts would break careless markup: the still and the live page are
// the same tree, and nothing in it runs as code.
func TestTakeOverOfOddStories(t *testing.T) {
	t.Parallel()
	program, script := compileClient(t)
	client, err := clientFlags{Client: program, Exec: script}.client()
	if err != nil {
		t.Fatal(err)
	}
	odd := map[string]func(*story.Document){"hostile": storytest.MakeHostile}
	for _, what := range []string{"calls", "a map", "statements", "anything"} {
		odd["without "+what] = storytest.Without[what]
	}
	address := func(name string) string { return strings.ReplaceAll(name, " ", "-") }
	var explainers []site.Explainer
	for name, change := range odd {
		d := desktest.Stories(t, contentDir)[slug][0]
		change(d)
		d.Slug = address(name)
		explainers = append(explainers, site.Explainer{Slug: d.Slug, Stories: []*story.Document{d}})
	}
	planned, err := site.Plan(explainers, client, site.Options{Quick: true, NoPictures: true})
	if err != nil {
		t.Fatal(err)
	}
	dist := filepath.Join(t.TempDir(), "dist")
	if _, err := site.Write(dist, planned); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	t.Cleanup(server.Close)
	for name := range odd {
		for _, page := range []string{"", "evidence/", "embed/"} {
			t.Run(name+" "+page, func(t *testing.T) {
				t.Parallel()
				p := webtest.Start(t).Open(t, server.URL+"/"+address(name)+"/"+page+"?wasm=now", webtest.Before(`
					window.alert = () => { console.error("a text was run as a script"); };
					// The tree as the parser made it, before any script of the page.
					document.addEventListener("readystatechange", () => {
						if (document.readyState === "interactive") window.parsed = document.getElementById("sharh").cloneNode(true);
					}, {once: true});`))
				p.Until(live)
				p.True(adopted)
				p.Eval(`(() => { for (const page of [parsed, document.getElementById("sharh")]) {
					for (const e of page.querySelectorAll("[data-theme-button]")) e.textContent = "";
					for (const e of page.querySelectorAll(".step")) e.className = "step";
					for (const e of page.querySelectorAll(".pages a")) e.removeAttribute("aria-current");
				} })()`, nil)
				var equal bool
				p.Eval(`parsed.isEqualNode(document.getElementById("sharh"))`, &equal)
				if !equal {
					t.Errorf("the page is not the one that was parsed: %s", firstDifference(
						p.Text(`parsed.outerHTML`), p.Text(`document.getElementById("sharh").outerHTML`)))
				}
				p.Quiet()
			})
		}
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-80):min(len(s), i+120)] }
	return "\nwant …" + cut(a) + "…\n got …" + cut(b) + "…"
}

func TestPageComesBackWhenGoEnds(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	p := browser.Open(t, server.URL+"/eight-calls/?wasm=now", webtest.Before(`
		// Keeps hold of the Go program, to end it as a fatal error does.
		Object.defineProperty(window, "Go", {configurable: true, get() { return this.kept; }, set(go) {
			this.kept = class extends go { constructor() { super(); window.program = this; } };
		}});`))
	p.Until(live)
	p.Click(`.axis .wide a[href="#call-5"]`)
	p.Until(visible("call-5"))
	p.Eval(`document.querySelector("#view-a-test").open = true`, nil)
	p.Eval(`(() => { program.exited = true; program._resolveExitPromise(); })()`, nil)
	p.Until(`document.documentElement.dataset.client === "failed"`)
	p.True(visible("call-5"))
	p.True(`document.querySelector("#view-a-test").open`)
	p.True(`document.querySelector(".calm").getClientRects().length > 0`)
	p.Click(`.axis .wide a[href="#call-2"]`)
	p.Until(visible("call-2") + " && !(" + visible("call-5") + ")")
}

// An address with a fragment, or a link, leads to its item, however far down, although most of the page is not laid
// out at first. When it is laid out, the page does not move under the reader.
func TestAddressesLeadToTheirItems(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, width := range []int64{360, 1280} {
		for _, at := range []string{"#view-a-test", "#event-sanctions", "evidence/#statement-s40", "evidence/#term-readout", "evidence/#source-tass-16dec"} {
			t.Run(fmt.Sprint(at, " at ", width), func(t *testing.T) {
				t.Parallel()
				page, id, _ := strings.Cut(at, "#")
				atTop := `(top => top > -5 && top < 120 || top > 0 && top < innerHeight && scrollY + innerHeight > document.documentElement.scrollHeight - 2)(document.getElementById("` + id + `").getBoundingClientRect().top)`
				p := browser.Open(t, server.URL+"/eight-calls/en/"+at, webtest.Size(width, 800))
				p.Until(live)
				p.Until(atTop)
				p.Settled()
				p.True(atTop)
				p.Close()
				p = browser.Open(t, server.URL+"/eight-calls/en/"+page+"?wasm=off", webtest.Size(width, 800), webtest.Before(shiftsObserved))
				p.Eval(`(() => {
					const a = document.createElement("a");
					a.href = "#`+id+`";
					document.querySelector(".mast").append(a);
					a.click();
					a.remove();
				})()`, nil)
				p.Until(atTop)
				p.Settled()
				p.True(atTop)
				p.Quiet()
			})
		}
	}
}

// Items that have moved to the evidence page: their old addresses lead there.
func TestOldAddressesLeadToTheEvidence(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for address, id := range map[string]string{
		"?wasm=off#statement-s40":     "statement-s40",
		"en/#source-tass-16dec":       "source-tass-16dec",
		"en/?theme=dark#term-readout": "term-readout",
		"?wasm=off#ledger":            "ledger",
		"en/?q=Gaza&kind=statement":   "ledger",
		"?wasm=off#relation-no-such":  "ledger", // of the page at least
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/"+address)
			p.Until(`location.pathname.endsWith("/evidence/") && ` + placed)
			p.Until(`document.getElementById("` + id + `")?.getBoundingClientRect().height > 0`)
			p.True(`location.href.endsWith("` + address[strings.IndexAny(address, "?#"):] + `")`)
			if strings.Contains(address, "q=") {
				p.Until(live + " && " + fewShown)
			}
			p.Quiet()
		})
	}
}
