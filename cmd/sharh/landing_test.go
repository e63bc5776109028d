package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sharh/web/webtest"
)

// landing is what the tests of landing know of a page, run before its own scripts.
const landing = `
window.landing = {
	// Resolves when an event has come, if one is to, and nothing moves any more: with motion, for some frames.
	async still(event, motion) {
		if (event) await Promise.race([event, new Promise(r => setTimeout(r, 5000))]);
		for (let same = 0, last = ""; same < (motion ? 4 : 1);) {
			await new Promise(r => requestAnimationFrame(r));
			const now = scrollY + " " + document.documentElement.scrollHeight;
			same = now === last ? same + 1 : 0;
			last = now;
		}
	},
	next: name => new Promise(r => addEventListener(name, r, {once: true})),
	// Every fragment that the page links to.
	fragments: () => [...new Set([...document.querySelectorAll('#sharh a[href^="#"]')].map(a => a.getAttribute("href")))],
	// What is wrong with where the page is, as a place that a link to hash leads to: "" if it is right.
	wrong(hash) {
		const e = document.getElementById(hash.slice(1));
		const r = e.getBoundingClientRect();
		if (!e.checkVisibility({contentVisibilityAuto: true}) || !e.getClientRects().length || !r.height) return "is not shown";
		if (e.closest("details:not([open])") && !e.matches("details") && !e.closest("details:not([open])").matches(".fold")) return "is folded";
		const row = e.closest(".row");
		if (row && row.scrollWidth > row.clientWidth) {
			const w = row.getBoundingClientRect();
			return r.left >= w.left - 2 && r.right <= w.right + 2 && r.top > 0 && r.top < innerHeight ? "" : "is not in its row: " + JSON.stringify([r, w]);
		}
		const stage = e.closest(".card") && e.closest(".stage");
		if (stage) {
			// Beside its map where there is room, else at the lower edge of the window, so that the map is seen above it.
			const map = [...stage.querySelectorAll(".core > svg, .scene > svg")].find(x => x.getClientRects().length).getBoundingClientRect();
			const beside = r.left >= map.right || r.right <= map.left;
			const seen = beside ? Math.min(innerHeight, map.bottom) - Math.max(0, map.top) : Math.min(r.top, map.bottom) - Math.max(0, map.top);
			return r.bottom <= innerHeight + 2 && r.top > 0 && seen > 100 ? "" : "is not at its map: " + seen + ", " + JSON.stringify([r, map]);
		}
		const off = Math.round(r.top - parseFloat(getComputedStyle(e).scrollMarginTop));
		const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
		if (Math.abs(off) <= 2 || end && off > 0 && r.top < innerHeight) return "";
		return "is " + off + " px off";
	},
	// Whether the target is the first of a column that is not the first.
	startsColumn(hash) {
		const e = document.getElementById(hash.slice(1)), before = e.previousElementSibling;
		return getComputedStyle(e.parentElement).columnCount !== "auto" && !!before &&
			before.getBoundingClientRect().left !== e.getBoundingClientRect().left;
	},
	// The first paragraph in view, and where it is.
	place() {
		for (let y = 8; y < innerHeight; y += 8) {
			const e = [.33, .67].map(x => document.elementFromPoint(innerWidth * x, y)?.closest("p,li,h1,h2,h3,h4,dt,dd,figure,summary"))
				.find(e => e?.getClientRects().length && !e.closest(".still,.stage .cards")); // which stay while the page goes by
			if (e) return [e, e.getBoundingClientRect().top];
		}
		return [document.body, 0];
	},
	// Whether the history's entry has the place where the page is.
	noted() {
		const [id, i, top] = history.state?.sharh?.at || [];
		const near = id && document.getElementById(id);
		const e = near && (near.querySelectorAll("h1,h2,h3,h4,p,li,dt,dd,figure,summary")[i] || near);
		return !!e && Math.abs(e.getBoundingClientRect().top - top) <= 1;
	},
	// The same, to be found again after a reload.
	mark() {
		const [e, top] = landing.place();
		return [[...document.querySelectorAll("#sharh *")].indexOf(e), top];
	},
	unmark: ([i, top]) => landing.moved([document.querySelectorAll("#sharh *")[i], top]),
	moved([e, top]) {
		const by = Math.round(e.getBoundingClientRect().top - top);
		return Math.abs(by) <= 2 ? "" : "moved by " + by + " px";
	},
	// A link to hash that a reader could follow; what it is folded in is opened.
	link(hash) {
		// A link that only closes a card or clears the choice leaves the reader where he looks.
		const all = [...document.querySelectorAll('#sharh a[href="' + hash + '"]:not([data-clear])')];
		const seen = a => a.checkVisibility({contentVisibilityAuto: true}) && a.getClientRects().length;
		for (const a of all) if (seen(a)) return a;
		for (const a of all) {
			for (let d = a; d = d.parentElement?.closest("details"); ) d.open = true;
			if (seen(a)) return a;
		}
	},
	// Follows a link to each fragment, and goes back. Returns what is wrong.
	async follow(fragments, motion) {
		const wrong = [];
		let n = 0;
		for (const hash of fragments) {
			const a = landing.link(hash);
			if (!a) continue; // in a panel that is away; the address leads there
			a.scrollIntoView({block: "center", behavior: "instant"});
			const place = landing.place();
			const here = location.hash;
			// Beside a map, or in a row, the address changes without the browser's going there.
			const beside = document.getElementById(hash.slice(1)).closest(".stage .card,.row");
			const changed = hash !== here && (beside ? Promise.resolve() : landing.next("hashchange"));
			a.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
			await landing.still(changed, motion);
			// Going there smoothly may begin some frames later.
			for (let i = 0; motion && i < 120 && landing.wrong(hash); i++) await new Promise(r => requestAnimationFrame(r));
			n++;
			const w = landing.wrong(hash) || (location.hash === hash ? "" : "is not in the address");
			if (w) wrong.push(hash + " " + w);
			if (location.hash === here) continue;
			const back = landing.next("popstate");
			history.back();
			await landing.still(back, motion);
			const m = landing.moved(place);
			if (m) wrong.push(hash + ", Back: " + m);
		}
		return {N: n, Wrong: wrong};
	},
};`

// linksLand: every link of the page, followed by a click or as an address, leads to its item, unfolded, at its margin;
// Back leads to the same paragraph. The test follows every link in each language at each width. The four live pages
// share the links between them, since the browser follows links there too; so do the eight pages with motion, which
// take longer, and which only Chromium can be asked for.
func linksLand(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	motions := []string{"reduce"}
	if browser.Name() == "Chromium" {
		motions = append(motions, "no-preference")
	}
	share := 0
	for _, lang := range webtest.Share(browser, "", "en/", "evidence/", "en/evidence/") {
		for _, size := range webtest.Share(browser, [2]int64{1280, 900}, [2]int64{360, 740}) {
			for _, query := range []string{"?wasm=off", "?wasm=now"} {
				mine := share
				share++
				for _, motion := range motions {
					if evidence := strings.HasSuffix(lang, "evidence/"); evidence && (motion != "reduce" || query != "?wasm=off") {
						continue // it has no figures, and nothing that moves
					}
					t.Run(fmt.Sprintf("%s at %d %s, motion %s", lang, size[0], query, motion), func(t *testing.T) {
						t.Parallel()
						p := browser.Open(t, server.URL+"/eight-calls/"+lang+query, append(moving(motion), webtest.Size(size[0], size[1]), webtest.Before(landing))...)
						p.Until(`["off", "live"].includes(document.documentElement.dataset.client) && ` + placed)
						var fragments []string
						p.Eval(`landing.fragments()`, &fragments)
						if len(fragments) < 40 {
							t.Fatalf("the page links to %d fragments", len(fragments))
						}
						switch {
						case strings.HasSuffix(lang, "evidence/"): // the two widths share them: browsers allow so many entries in a time
							fragments = every(2, int(size[0]/1280), fragments)
						case motion != "reduce":
							fragments = every(8, mine, fragments)
						case query == "?wasm=now":
							fragments = every(4, mine/2, fragments)
						}
						followed := 0
						for some := range slices.Chunk(fragments, 5) {
							list, err := json.Marshal(some)
							if err != nil {
								t.Fatal(err)
							}
							var found struct {
								N     int
								Wrong []string
							}
							// Firefox and WebKit may go there some frames after they have said so.
							late := motion != "reduce" || browser.Name() != "Chromium"
							p.Eval(fmt.Sprintf(`landing.follow(%s, %t)`, list, late), &found)
							for _, w := range found.Wrong {
								hash, _, _ := strings.Cut(w, " ") // with a comma if it is about Back
								if browser.Name() == "WebKit" && !strings.HasSuffix(hash, ",") && p.Text(`landing.startsColumn("`+hash+`")`) == "true" {
									continue // it goes to the end of the column before; web/ENGINES.md says so
								}
								t.Errorf("link to %s", w)
							}
							followed += found.N
						}
						if followed < len(fragments)/2 { // the others are in panels that are away
							t.Errorf("%d of %d links were there to follow", followed, len(fragments))
						}
						p.Quiet()
					})
				}
			}
		}
	}
}

// moving asks for motion; none is what browsers are told anyway.
func moving(motion string) []webtest.Option {
	if motion == "reduce" {
		return nil
	}
	return []webtest.Option{webtest.Motion(motion)}
}

// every is each n-th element of a list, from the one of index first on.
func every(n, first int, list []string) []string {
	var some []string
	for i := first; i < len(list); i += n {
		some = append(some, list[i])
	}
	return some
}

// placed tells whether the page has come to rest: boot.js has brought the reader where he belongs.
const placed = `performance.getEntriesByName("sharh:placed").length > 0`

// An address with a fragment, or a choice in its query, leads to its item, however far down and whatever loads
// later. A reload stays at the paragraph that the reader has scrolled to since.
func TestEveryAddressLands(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, c := range []struct {
		name, path, query, state string
		width, height            int64
		n, first                 int // each n-th address, from which on
	}{
		// The phone gets every address, because most failures were there; the other sizes share them.
		{"still, phone", "/eight-calls/", "?wasm=off", "off", 360, 740, 1, 0},
		{"still, desktop", "/eight-calls/en/", "?wasm=off", "off", 1280, 900, 6, 0},
		{"live, phone", "/eight-calls/en/", "?wasm=now", "live", 360, 740, 6, 2},
		{"live, desktop", "/eight-calls/", "?wasm=now", "live", 1280, 900, 6, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+c.path+c.query, webtest.Size(c.width, c.height), webtest.Before(landing))
			p.Until(placed)
			var fragments []string
			p.Eval(`landing.fragments()`, &fragments)
			arrived := placed + ` && document.documentElement.dataset.client === "` + c.state + `"`
			for i, hash := range every(c.n, c.first, fragments) {
				p.Goto(fmt.Sprint(server.URL, c.path, c.query, "&n=", i, hash))
				p.Until(arrived)
				p.Eval(`landing.still()`, nil)
				if w := p.Text(`landing.wrong("` + hash + `")`); w != "" {
					t.Errorf("address %s %s", hash, w)
				}
				if i%8 != 0 {
					continue
				}
				p.Eval(`(window.dispatchEvent(new Event("wheel")), scrollBy({top: scrollY ? -137 : 137, behavior: "instant"}))`, nil)
				p.Until(`landing.noted()`)
				mark := p.Text(`JSON.stringify(landing.mark())`)
				p.Eval(`window.old = 1`, nil)
				p.Eval(`location.reload()`, nil)
				p.Until(`!window.old && window.landing && ` + arrived)
				p.Eval(`landing.still()`, nil)
				if w := p.Text(`landing.unmark(` + mark + `)`); w != "" {
					t.Errorf("reload near %s: %s", hash, w)
				}
			}
			var choices []string
			p.Eval(`[...document.querySelectorAll(".panel,.card,.view")].map(e => e.id)`, &choices)
			for _, id := range every(c.n, c.first, choices) {
				kind, item, _ := strings.Cut(id, "-")
				p.Goto(server.URL + c.path + c.query + "&" + kind + "=" + item)
				p.Until(arrived)
				p.Eval(`landing.still()`, nil)
				if w := p.Text(`landing.wrong("#` + id + `")`); w != "" {
					t.Errorf("?%s=%s %s", kind, item, w)
				}
			}
			for address, at := range map[string]string{ // each another page, so that each is opened, and none only turned to
				"&call=3#" + choices[len(choices)-1]: choices[len(choices)-1], // the fragment is what was followed last
				"&n=a#nothing-here":                  "",
				"&n=b#call-99":                       "",
				"&call=03&actor=nobody":              "",
				"&n=c#%E0%A4%A":                      "",
				"&n=d#100%":                          "",
			} {
				p.Goto(server.URL + c.path + c.query + address)
				p.Until(arrived)
				p.Eval(`landing.still()`, nil)
				if at != "" {
					p.True(`landing.wrong("#` + at + `") === ""`)
				} else {
					p.True(`scrollY === 0`)
				}
			}
			p.Quiet()
		})
	}
}

// In a frame, a choice on the map shows the chosen item's card without leaving the map, and a choice on the strip
// shows its panel. The height of the frame does not change.
func TestChoicesInFramesStayInView(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/embed/", "/eight-calls/en/embed/", "/eight-calls/embed/map/"} {
		for _, query := range []string{"?wasm=off", "?wasm=now"} {
			t.Run(path+query, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+path+query, webtest.Size(360, 740), webtest.Before(landing))
				p.Until(placed + ` && ["off", "live"].includes(document.documentElement.dataset.client)`)
				if !strings.HasSuffix(path, "map/") {
					for i := range 8 {
						p.Eval(fmt.Sprintf(`document.querySelector('.strip a[href="#call-%d"]').dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`, i+1), nil)
						id := fmt.Sprint("call-", i+1)
						p.Until(visible(id))
						p.True(`(r => innerHeight - r.top > 200 || r.bottom <= innerHeight)(document.getElementById("` + id + `").getBoundingClientRect())`)
					}
					p.Click(`.tabs a[href="#map"]`)
				}
				p.Until(visible("map"))
				var actors []string
				p.Eval(`[...document.querySelectorAll(".core .small .node")].map(a => a.getAttribute("href").slice(1))`, &actors)
				height := p.Text(`document.getElementById("sharh").offsetHeight`)
				for _, id := range actors {
					p.Eval(`document.querySelector('.clear').click()`, nil)
					p.Until(`!document.querySelector(".card[aria-current], .scene svg")`)
					p.Eval(`landing.still()`, nil)
					p.Click(`.core .small .node[href="#` + id + `"]`)
					p.Until(visible(id))
					if strings.HasSuffix(query, "now") {
						p.Until(`document.querySelector('.scene [aria-current][href="#` + id + `"]')`)
					}
					p.Eval(`landing.still()`, nil)
					p.True(`(([card, node]) => {
						const seen = Math.min(innerHeight, card.bottom) - Math.max(0, card.top);
						// Of one who is as high as the map a part is enough.
						const apart = card.top >= node.bottom || card.bottom <= node.top || node.height > 200 && card.top - Math.max(0, node.top) > 60;
						return (seen >= Math.min(140, card.height) && node.top >= 0 && node.top < innerHeight && apart) || JSON.stringify({card, node, id: "` + id + `"});
					})(["#` + id + `", '.map .node[href="#` + id + `"]'].map(s => [...document.querySelectorAll(s)].find(e => e.getClientRects().length).getBoundingClientRect()))`)
				}
				if now := p.Text(`document.getElementById("sharh").offsetHeight`); now != height {
					t.Errorf("the frame is %s px high, was %s", now, height)
				}
				p.Quiet()
			})
		}
	}
}

// Whichever step a reader goes to, in the row of a phone or beside the figure of a wide window, that one is marked.
func TestTheStepThatIsReadIsMarked(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, lang := range []string{"", "en/"} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprintf("%s at %d", lang, width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+"/eight-calls/"+lang+"?wasm=off", webtest.Size(width, 740))
				p.Until(placed)
				var steps []string
				p.Eval(`[...document.querySelectorAll(".pages a")].map(a => a.getAttribute("href"))`, &steps)
				if len(steps) < 3 {
					t.Fatalf("the page has %d steps", len(steps))
				}
				for _, hash := range append(steps[1:], steps[0]) {
					p.Eval(`document.querySelector('`+hash+`').scrollIntoView({block: "center", inline: "start", behavior: "instant"})`, nil)
					p.Until(`[...document.querySelectorAll(".pages [aria-current]")].map(a => a.hash).join() === "` + hash + `" &&
						document.querySelector(".step.now").contains(document.querySelector("` + hash + `"))`)
				}
			})
		}
	}
}
