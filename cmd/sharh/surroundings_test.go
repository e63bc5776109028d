package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"sharh/web/webtest"
)

// What translators and extensions do to pages, each as a script.
var meddling = map[string]string{
	"texts wrapped, as translators do": `
		const walk = document.createTreeWalker(document.getElementById("sharh"), NodeFilter.SHOW_TEXT);
		const all = [];
		while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentNode.closest("svg,option,style,script")) all.push(walk.currentNode);
		for (const text of all) {
			const [outer, inner] = [document.createElement("font"), document.createElement("font")];
			text.replaceWith(outer);
			outer.append(inner);
			inner.append("⟦" + text.data + "⟧");
		}`,
	"texts rewritten in place": `
		const walk = document.createTreeWalker(document.getElementById("sharh"), NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) if (walk.currentNode.data.trim()) walk.currentNode.data = "⟦" + walk.currentNode.data + "⟧";`,
	"an element after each field": `
		for (const field of document.querySelectorAll("input,select")) field.after(Object.assign(document.createElement("div"), {textContent: "⟦"}));`,
	"comments and elements everywhere": `
		for (const e of document.querySelectorAll("#sharh, #sharh :not(svg *,select *)")) {
			e.prepend(document.createComment("⟦"));
			if (!e.matches("ol,ul,dl,svg,select,input")) e.append(document.createElement("x-extension"));
		}
		document.getElementById("main").prepend(Object.assign(document.createElement("div"), {textContent: "⟦"}));`,
	"elements before and after the page": `
		document.body.prepend(Object.assign(document.createElement("div"), {textContent: "⟦"}));
		document.body.append(Object.assign(document.createElement("div"), {textContent: "⟦"}));
		document.getElementById("sharh").dataset.extension = "⟦";`,
	"attributes": `
		for (const e of document.querySelectorAll("#sharh *")) e.setAttribute("data-extension", "⟦");
		document.documentElement.classList.add("translated-ltr");`,
}

// meddled: a page that a translator or an extension changes, before or after Go comes, keeps working, and keeps those
// changes.
func meddled(t *testing.T, browser *webtest.Browser) {
	const (
		shown   = `document.querySelectorAll(".entry:not([hidden])").length`
		counted = `document.querySelector("output").textContent.replace(/[⟦⟧]/g, "").trim()`
		calm    = `document.querySelector(".calm").getClientRects().length === 0`
	)
	dist := buildSite(t)
	type variant struct{ name, when string }
	var variants []variant
	for _, name := range slices.Sorted(maps.Keys(meddling)) {
		variants = append(variants, variant{name, "before"}, variant{name, "after"})
	}
	for _, v := range webtest.Share(browser, variants...) {
		t.Run(v.name+" "+v.when, func(t *testing.T) {
			t.Parallel()
			change := func(path string) (p *webtest.Page, all string) {
				server, release := held(t, dist)
				p = browser.Open(t, server.URL+path)
				p.Until(starting)
				all = p.Text(`document.querySelector("output")?.textContent.trim() || ""`)
				if v.when == "after" {
					release()
					p.Until(live)
				}
				p.Eval(`(() => {`+meddling[v.name]+`})()`, nil)
				p.Eval(`window.around = [...document.body.children], null`, nil)
				release()
				p.Until(live)
				p.True(adopted)
				p.True(`document.getElementById("sharh").outerHTML.includes("⟦")`)
				return p, all
			}
			p, all := change("/eight-calls/en/evidence/")
			p.Click("#q")
			p.Type("zzz")
			p.Until(shown + " === 0 && " + counted + " !== " + "`" + all + "`")
			p.Type("\b\b\b")
			p.Until(shown + ` === document.querySelectorAll(".entry").length && ` + counted + " === `" + all + "`")
			p.True(calm + ` && document.documentElement.dataset.client === "live"`)
			p.Quiet()
			p.Close()
			p, _ = change("/eight-calls/en/")
			p.Click(`.axis .wide a[href="#call-5"]`)
			p.Until(visible("call-5") + ` && location.search === "?call=5"`)
			p.Click(`#section-missile-deal a.m`)
			p.Until(markCard)
			p.Type("\x1b")
			p.Until("!(" + markCard + ")")
			p.Click(`.map .wide a[href="#actor-putin"]`)
			p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
			p.Click(".clear")
			p.Until(visible("call-8") + ` && !document.querySelector("#actor-putin[aria-current]")`)
			p.True(calm + ` && document.documentElement.dataset.client === "live"`)
			p.True(`document.getElementById("sharh").outerHTML.includes("⟦")`)
			p.True(`around.every(e => e.parentNode === document.body)`)
			p.Quiet()
		})
	}
}

// TestTimersOfOthers checks that what Sharh clears is its own: the first timer of a page, which has the lowest number, is
// another script's here, and rings on whatever the reader does.
func TestTimersOfOthers(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"", "embed/", "evidence/"} {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/en/"+path+"?wasm=now", webtest.Size(360, 740), webtest.Before(`
				window.rang = 0;
				setInterval(() => window.rang++, 20);
				addEventListener("scroll", () => { window.scrolled = true; });`))
			p.Until(live)
			p.Click("h1")
			p.Eval(`document.documentElement.style.minHeight = "3000px"`, nil) // a compact embed has nothing to scroll
			p.Eval(`scrollTo(0, 300)`, nil)
			p.Until(`window.scrolled`)
			p.Eval(`window.before = window.rang`, nil)
			p.Until(`window.rang > window.before + 5`)
			p.Quiet()
		})
	}
}

// Dialogs are styled from the moment that they are visible, also in browsers without constructed style sheets, and
// where the style sheet loads slowly.
func TestDialogsAreStyled(t *testing.T) {
	t.Parallel()
	dist := buildSite(t)
	for _, button := range []string{"[data-dialog]", "[data-save]"} {
		t.Run(button, func(t *testing.T) {
			t.Parallel()
			asked, answer := make(chan struct{}), make(chan struct{})
			var once sync.Once
			server := httptest.NewServer(tampered(t, dist, func(path string, r *recorder) {
				if strings.HasSuffix(path, ".css") && strings.Contains(path, "dialog.") {
					once.Do(func() { close(asked) })
					<-answer
				}
			}))
			t.Cleanup(server.Close)
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=off", webtest.Size(360, 740), webtest.Before(`
				delete Document.prototype.adoptedStyleSheets;
				delete window.CSSStyleSheet;`))
			p.Click(button)
			<-asked
			p.Settled()
			p.True(`!document.querySelector("dialog")?.open`)
			close(answer)
			p.Until(`document.querySelector("dialog")?.open`)
			p.True(`getComputedStyle(document.querySelector("dialog")).borderBlockStartWidth === "3px"`)
			p.Quiet()
		})
	}
}

// If a blocker or the network blocks something, the reader is told once, where he misses it, and can close the
// message.
func TestSurvivesBlocking(t *testing.T) {
	t.Parallel()
	dist := buildSite(t)
	blocked := func(t *testing.T, parts ...string) *webtest.Page {
		t.Helper()
		server := httptest.NewServer(tampered(t, dist, func(path string, r *recorder) {
			for _, part := range parts {
				if strings.Contains(path, part) {
					r.status = http.StatusForbidden
					r.body.Reset()
				}
			}
		}))
		t.Cleanup(server.Close)
		return webtest.Start(t).Open(t, server.URL+"/eight-calls/en/", webtest.Size(360, 740))
	}
	const (
		calm = `document.querySelector(".calm").getClientRects().length > 0`
		said = `document.querySelector(".calm span").textContent`
	)
	settled := `["off", "failed", "live"].includes(document.documentElement.dataset.client)`
	t.Run("the client, unasked", func(t *testing.T) {
		t.Parallel()
		p := blocked(t, ".wasm")
		p.Until(settled)
		p.True(`document.documentElement.dataset.client === "off" && !(` + calm + `)`)
	})
	t.Run("the client, wished for", func(t *testing.T) {
		t.Parallel()
		asked := make(chan struct{})
		server := httptest.NewServer(tampered(t, dist, func(path string, r *recorder) {
			if strings.HasSuffix(path, ".wasm") {
				<-asked
				r.status = http.StatusForbidden
				r.body.Reset()
			}
		}))
		defer server.Close()
		p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/", webtest.Size(360, 740))
		p.Until(starting)
		p.Click("#camp")
		close(asked)
		p.Until(`document.documentElement.dataset.client === "off" && ` + calm + ` && ` + said + `.includes("not available")`)
		p.Click(".calm [data-close]")
		p.Until(`!(` + calm + `)`)
		p.Click(`.axis .tall a[href="#call-3"]`)
		p.Until(visible("call-3"))
	})
	t.Run("sharing and saving", func(t *testing.T) {
		t.Parallel()
		for _, button := range []string{"[data-dialog]", "[data-save]"} {
			p := blocked(t, "/share.", "/dialog.", "/offline.")
			p.Click(button)
			p.Until(calm + ` && ` + said + `.includes("blocker")`)
			p.True(`!document.querySelector("[data-reload]").getClientRects().length`)
			p.Click(".calm [data-close]")
			p.Until(`!(` + calm + `)`)
			p.Click(button) // tried again, and said again
			p.Until(calm)
		}
	})
	t.Run("the style of dialogs", func(t *testing.T) {
		t.Parallel()
		for _, button := range []string{"[data-dialog]", "[data-save]"} {
			p := blocked(t, ".css")
			p.Click(button)
			p.Until(`document.querySelector("dialog")?.open`) // as it is: all of it works
			p.True(`!(` + calm + `)`)
		}
	})
	t.Run("fonts", func(t *testing.T) {
		t.Parallel()
		p := blocked(t, ".woff2")
		p.Until(live)
		p.True(`!(` + calm + `)`)
	})
}

// The browser's own search finds hidden and folded text (tested with links to text fragments): it is shown, chosen
// and in view.
func TestWordsOfThePageAreFound(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/", "/eight-calls/evidence/", "/eight-calls/embed/"} {
		for _, scripts := range []bool{true, false} {
			name := path
			var options []webtest.Option
			if !scripts {
				name += ", scripts off"
				options = []webtest.Option{webtest.NoScripts()}
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+path+"?wasm=off", append(options, webtest.Size(360, 740))...)
				var all []struct{ ID, Words string }
				p.Eval(`(() => {
					const found = [];
					const text = document.body.textContent;
					for (const e of document.querySelectorAll(".panel,.event,.view,.card,.entry,.sources li")) {
						for (const p of e.querySelectorAll("p.say, .short, .body > p, .role, .act b, .say > span, div > span, .quote bdi")) {
							const words = [...p.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim().split(/\s+/).slice(1, 7).join(" ")).find(s => s.length > 15) || "";
							if (words && text.split(words).length === 2 && !p.closest("svg,summary") && (e.id || e.closest("[id]").id)) {
								found.push({ID: e.id || e.closest("[id]").id, Words: words});
								break;
							}
						}
					}
					return found;
				})()`, &all)
				kinds := map[string]int{}
				for _, x := range all {
					kind, _, _ := strings.Cut(x.ID, "-")
					if kinds[kind]++; kinds[kind] > 5 { // of lists whose items are alike, some
						continue
					}
					p.Goto(server.URL + path + "?wasm=off&n=" + p.Text(`encodeURIComponent(`+quoted(x.ID)+`)`) + "#:~:text=" + p.Text(`encodeURIComponent(`+quoted(x.Words)+`).replaceAll("-", "%2D")`))
					p.Until(`(r => r.height > 0 && r.bottom > 0 && r.top < innerHeight)(document.getElementById(` + quoted(x.ID) + `).getBoundingClientRect())`)
					if kind == "call" {
						p.True(`document.getElementById(` + quoted(x.ID) + `).checkVisibility({contentVisibilityAuto: true}) && [...document.querySelectorAll(".panel")].filter(e => e.getBoundingClientRect().height).length <= 2`)
					}
				}
				t.Log(kinds)
			})
		}
	}
}
