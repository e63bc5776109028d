package main

import (
	"fmt"
	"strings"
	"testing"

	"sharh/web/webtest"
)

// markCard tells whether the card of a mark is open, and has the focus.
const markCard = `(c => !!c && !c.hidden && c.getBoundingClientRect().height > 40 && c.contains(document.activeElement))(document.getElementById("mark-card"))`

// markClosed tells whether no card is open.
const markClosed = `document.getElementById("mark-card").hidden`

// A mark opens its card inside the window and beside the mark, and the page does not move. Escape, a tap elsewhere
// and Back close the card, and the focus returns to the mark.
func TestMarksOpenCards(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/", "/eight-calls/en/#call-3", "/eight-calls/en/embed/"} {
		for _, width := range []int64{320, 1280} {
			t.Run(fmt.Sprint(path, " at ", width), func(t *testing.T) {
				t.Parallel()
				path, hash, _ := strings.Cut(path, "#")
				p := browser.Open(t, server.URL+path+"?wasm=now#"+hash, webtest.Size(width, 740), webtest.Before(shiftsObserved))
				p.Until(live + " && " + placed)
				// Some of those that can be seen, from the whole page.
				p.Eval(`(() => {
					const all = [...document.querySelectorAll("a.m")].filter(a => a.checkVisibility({contentVisibilityAuto: true}) && a.getClientRects().length);
					window.marks = all.filter((_, i) => i % Math.ceil(all.length / 6) === 0);
				})()`, nil)
				p.True(`marks.length > 3`)
				closes := []func(){
					func() { p.Type("\x1b") },
					func() { p.Eval(`document.querySelector("h1").click()`, nil) },
					func() { p.Eval(`document.querySelector("[data-mark-close]").click()`, nil) },
				}
				if width == 1280 && path != "/eight-calls/en/embed/" { // the history is the page's own
					closes = append(closes, func() { p.Back() })
				}
				for i := range 6 {
					mark := fmt.Sprintf("marks[%d %% marks.length]", i)
					p.Eval(`(() => {
						`+mark+`.scrollIntoView({block: ["center", "start", "end"][`+fmt.Sprint(i%3)+`], inline: "center", behavior: "instant"});
						window.y = scrollY;
						`+mark+`.focus({preventScroll: true});
						`+mark+`.click();
					})()`, nil)
					p.Until(markCard)
					p.True(`(({c, m}) => c.left >= 0 && c.right <= innerWidth + 1 && Math.min(Math.abs(c.top - m.bottom), Math.abs(c.bottom - m.top)) < 3 || JSON.stringify({c, m}))({
						c: document.getElementById("mark-card").getBoundingClientRect(), m: ` + mark + `.getBoundingClientRect()})`)
					p.True(`scrollY === y`)
					p.True(`!!document.querySelector('#mark-card .ways a[href*="#"]') && document.querySelector("#mark-title").textContent.length > 2`)
					closes[i%len(closes)]()
					p.Until(markClosed)
					p.Until(`document.activeElement === ` + mark)
					p.True(`Math.abs(scrollY - y) <= 1`)
				}
				p.True(`shifts.filter((_, i) => i % 2).reduce((a, b) => a + b, 0) === 0 || JSON.stringify([shifts, shifted, performance.getEntriesByType("mark").map(m => [m.name, m.startTime])])`)
				p.Quiet()
			})
		}
	}
}

// Passing over a mark with the mouse opens its card and leaves the focus where it was. The card closes when the
// mouse leaves.
func TestMarksUnderTheMouse(t *testing.T) {
	t.Parallel()
	p := webtest.Start(t).Open(t, siteServer(t).URL+"/eight-calls/en/?wasm=now")
	p.Until(live)
	over := func(selector string) {
		p.Eval(`document.querySelector("`+selector+`").dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "mouse"}))`, nil)
	}
	over("#steps a.m")
	p.Until(`!` + markClosed + ` && document.activeElement === document.body`)
	over("#mark-card")
	p.Settled()
	p.True(`!` + markClosed)
	over("h1")
	p.Until(markClosed)
	p.Quiet()
}

// Without Go, and without scripts, a mark leads to its place on the evidence page.
func TestMarksLeadToTheEvidence(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/"} {
		for how, options := range map[string][]webtest.Option{"?wasm=off": nil, "": {webtest.NoScripts()}} {
			t.Run(path+how, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+path+how, options...)
				hash := p.Text(`document.querySelector("#steps a.m").hash`)
				p.Click("#steps a.m")
				p.Until(`location.pathname === "` + path + `evidence/" && location.hash === "` + hash + `"`)
				p.Until(`document.getElementById("` + hash[1:] + `")?.getBoundingClientRect().height > 0`)
				p.Quiet()
			})
		}
	}
}

// A reader can have marks written out: the choice is in the address, and is stored.
func TestMarksWrittenOut(t *testing.T) {
	t.Parallel()
	p := webtest.Start(t).Open(t, siteServer(t).URL+"/eight-calls/en/?wasm=off")
	const (
		written = `(a => getComputedStyle(a, "::after").content.includes(a.getAttribute("aria-label")))(document.querySelector("#steps a.m"))`
		pressed = `document.querySelector("[data-marks-button]").getAttribute("aria-pressed")`
	)
	p.Until(placed)
	p.True(`!` + written + ` && ` + pressed + ` === "false"`)
	p.Click("[data-marks-button]")
	p.Until(written + ` && ` + pressed + ` === "true" && location.search === "?wasm=off&marks=full"`)
	p.Goto(siteServer(t).URL + "/eight-calls/?wasm=off")
	p.Until(written + ` && ` + pressed + ` === "true"`)
	p.Goto(siteServer(t).URL + "/eight-calls/?wasm=off&marks=quiet")
	p.Until(`!` + written)
	p.Quiet()
}
