package main

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/hosting"
	"sharh/app/site/sitetest"
	"sharh/web/webtest"
)

// hostileSite serves explainers whose texts are as hostile as check accepts, and returns the texts.
func hostileSite(t *testing.T) (address string, texts desktest.Texts) {
	t.Helper()
	program, script := compileClient(t)
	client, err := clientFlags{Client: program, Exec: script}.client()
	if err != nil {
		t.Fatal(err)
	}
	content, texts := desktest.Hostile(t, contentDir)
	var explainers []site.Explainer
	stories := desktest.Stories(t, content)
	for _, slug := range slices.Sorted(maps.Keys(stories)) {
		media := contentFlags{Content: content}.keep(slug).Medium
		explainers = append(explainers, site.Explainer{Slug: slug, Stories: stories[slug], Media: media})
	}
	planned, err := site.Plan(explainers, client, site.Options{
		Quick: true, NoPictures: true, Single: true, Drafts: true, Cache: keptPictures(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	dist := filepath.Join(t.TempDir(), "dist")
	if _, err := site.Write(dist, planned); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(hosting.Handler(overlay{os.DirFS(dist), fstest.MapFS{
		"bare.html": {Data: []byte("<!doctype html><title>bare</title><link rel=icon href=data:,>")},
	}}))
	t.Cleanup(server.Close)
	return server.URL, texts
}

const (
	// watched complains if a text of content runs as a script.
	watched = `
		Object.defineProperty(window, "pwned", {set() { console.error("a text was run as a script"); }, get: () => 0});
		for (const name of ["alert", "open", "eval"]) window[name] = () => { console.error(name + " was called"); };`
	// textsOfPage are the strings of the document that have a mark: of texts and attributes.
	textsOfPage = `(() => {
		const all = [];
		const nodes = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
		for (let n = nodes.nextNode(); n; n = nodes.nextNode()) {
			if (n.nodeType === 1) for (const a of n.attributes) all.push(a.value);
			else if (n.nodeType === 8) all.push("comment");
			else if (n.parentNode.localName !== "script") all.push(n.data);
		}
		return all.filter(s => /Q_[a-z]{3}Q|^comment$/.test(s));
	})()`
	// codeOfPage counts what only a text that became markup can make.
	codeOfPage = `document.querySelectorAll("[onload],[onerror],[onmouseover],[onclick],img[src=x],b[x],a[href^='javascript:' i],[style*=fixed]").length`
)

// Whatever content says, in a browser too every text is what it was, before the client and once it is live, in what the
// reader opens, and in what he takes along. Nothing runs, and no page breaks its policy.
func TestHostileTextsInTheBrowser(t *testing.T) {
	t.Parallel()
	address, texts := hostileSite(t)
	browser := webtest.Start(t)
	// same fails for each text of the page that is not what it was, and returns the marks of the others.
	same := func(t *testing.T, p *webtest.Page) map[string]bool {
		t.Helper()
		var all []string
		p.Eval(textsOfPage, &all)
		seen := map[string]bool{}
		for _, read := range all {
			whole, faults := texts.In(read)
			for _, f := range faults {
				t.Error(f)
			}
			for _, x := range whole {
				seen[x.Mark] = true
			}
			if read == "comment" {
				t.Error("the page has a comment")
			}
		}
		p.True(codeOfPage + " === 0")
		p.Quiet()
		return seen
	}
	for path, least := range map[string]int{
		"/eight-calls/": 400, "/eight-calls/en/evidence/": 300, "/eight-calls/en/embed/": 200, "/sample/": 100, "/eight-calls/en/actor/putin/": 20,
		"/eight-calls/call/3/": 20, "/eight-calls/eight-calls.en.html": 700, "/demo/": 2, "/": 4,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, address+path+"?wasm=now", webtest.Size(360, 740), webtest.Before(watched))
			p.Until(`document.readyState === "complete"`)
			if p.Text(`!!document.querySelector("script[data-wasm]")`) == "true" {
				p.Until(live)
			}
			if seen := same(t, p); len(seen) < least {
				t.Errorf("the page has %d texts, want at least %d", len(seen), least)
			}
			p.True(`document.documentElement.scrollWidth <= innerWidth`) // not even for a word of 17,000 letters
		})
	}
	t.Run("what the reader opens", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, address+"/eight-calls/en/?wasm=now", webtest.Before(watched))
		p.Until(live)
		p.Click(`.core .wide a[href^="#actor-"], .core a[href^="#actor-"]`)
		p.Until(`document.querySelectorAll(".scene text, .scene .node").length > 0`)
		scene := same(t, p)
		p.Eval(`document.querySelector("[data-mark]").click()`, nil)
		p.Until(`(c => c && !c.hidden && /Q_/.test(c.textContent))(document.getElementById("mark-card"))`)
		same(t, p)
		p.Type("\x1b") // closes the card
		p.Click("#q")
		p.Type("q_")
		p.Until(`/Q_/.test(document.getElementById("finds").textContent)`)
		var found []string
		p.Eval(`[...document.querySelectorAll("#finds b")].map(e => e.textContent)`, &found)
		for _, read := range found {
			if _, faults := texts.InFolded(read); len(faults) > 0 {
				t.Error(faults)
			}
		}
		p.True(codeOfPage + " === 0")
		p.Quiet()
		if len(scene) == 0 {
			t.Error("no text is there")
		}
		// Not even a script of ours could make HTML of a text.
		p.True(`(() => { try { document.createElement("p").innerHTML = "<b>"; } catch (e) { return e instanceof TypeError; } })()`)
	})
	t.Run("what the reader takes along", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, address+"/eight-calls/en/?wasm=off", webtest.Before(watched))
		p.Until(`document.readyState === "complete"`)
		p.Eval(`document.querySelector("[data-dialog]").click()`, nil)
		p.Until(`document.querySelector("dialog")?.open`)
		var codes []string
		p.Eval(`(() => {
			const all = [];
			const [part, language, theme, kind] = document.querySelectorAll("dialog select");
			for (const p of part.options) for (const k of kind.options) {
				part.value = p.value;
				kind.value = k.value;
				kind.dispatchEvent(new Event("input", {bubbles: true}));
				all.push(document.querySelector("dialog textarea").value);
			}
			return all;
		})()`, &codes)
		same(t, p)
		if len(codes) < 12 {
			t.Fatalf("there are %d codes", len(codes))
		}
		for _, code := range codes {
			if strings.HasPrefix(code, "http") {
				continue // for WordPress
			}
			titles, elements := 0, map[string]int{}
			sitetest.Walk(sitetest.Parse(t, []byte(code)), func(n *html.Node) {
				all := []string{}
				if n.Type == html.ElementNode {
					elements[n.Data]++
					for _, a := range n.Attr {
						all = append(all, a.Val)
						if strings.HasPrefix(a.Key, "on") {
							t.Errorf("the code has %s", a.Key)
						}
					}
				} else if n.Type == html.TextNode {
					all = append(all, n.Data)
				}
				for _, s := range all {
					whole, faults := texts.In(s)
					titles += len(whole)
					for _, f := range faults {
						t.Error(f)
					}
				}
			})
			for _, own := range []string{"html", "head", "body"} {
				delete(elements, own)
			}
			if got := fmt.Sprint(elements); titles == 0 || !slices.Contains([]string{
				"map[a:1 script:1]", "map[iframe:1]", "map[amp-iframe:1 div:1 p:1]",
			}, got) {
				t.Errorf("the code has %d texts in %s: %s", titles, got, code)
			}
		}
	})
	t.Run("what is saved", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, address+"/bare.html", webtest.Before(watched))
		var changes []string
		p.Eval(`(async () => {
			const script = await (await fetch("/sample/sw.js")).text();
			const heard = {};
			const worker = {registration: {scope: location.origin + "/sample/"}, addEventListener: (name, f) => { heard[name] = f; }};
			new Function("self", script)(worker);
			const said = await new Promise(said => heard.message({data: {verb: "state"}, ports: [{postMessage: said}], waitUntil: () => {}}));
			return said.pages.flatMap(p => p.changes.map(c => c.text));
		})()`, &changes)
		seen := 0
		for _, read := range changes {
			whole, faults := texts.In(read)
			seen += len(whole)
			for _, f := range faults {
				t.Error(f)
			}
		}
		if seen < 4 {
			t.Errorf("got the change log %q", changes)
		}
		p.Quiet()
	})
}
