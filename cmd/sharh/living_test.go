package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// enter writes into a field as a reader would who pastes.
func enter(p *webtest.Page, id, text string) {
	p.Eval(`(f => { f.focus(); f.value = `+strconv.Quote(text)+`; f.dispatchEvent(new Event("input", {bubbles: true})); })(document.getElementById("`+id+`"))`, nil)
}

// found is whether the list of what was found is shown.
const found = `!document.getElementById("finds").hidden`

// The search finds everything in the story as the reader types, and opens a result at its place.
func TestSearchOverEverything(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(l.lang, " ", width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+l.path+"?wasm=now", webtest.Size(width, 800))
				p.Until(live)
				name := p.Text(`document.querySelector("#actor-trump h3").textContent`)
				height := p.Text(`document.documentElement.scrollHeight`)
				p.Click("#q")
				enter(p, "q", name)
				p.Until(found)
				p.True(`document.querySelector("#finds a").getAttribute("href") === "#actor-trump"`)
				p.True(`[...document.querySelectorAll("#finds mark")].some(m => ` + strconv.Quote(name) + `.includes(m.textContent))`)
				p.True(`document.documentElement.scrollHeight === ` + height) // it lies over the page and moves nothing
				p.Until(`document.getElementById("found").textContent !== ""`)
				p.Until(`new URLSearchParams(location.search).get("q") === ` + strconv.Quote(name))

				// By keys: down to the first and back, Escape puts it away, and a further letter brings it back.
				p.Type(kb.ArrowDown)
				p.Until(`document.activeElement.id === "find-1"`)
				p.Type(kb.ArrowDown)
				p.Until(`document.activeElement.id === "find-2"`)
				p.Type(kb.ArrowUp + kb.ArrowUp)
				p.Until(`document.activeElement.id === "q"`)
				p.Type(kb.Escape)
				p.Until("!(" + found + ")")
				p.True(`document.activeElement.id === "q"`)
				enter(p, "q", name+" ")
				p.Until(found)

				// A person: his card, where he is on the page.
				p.Type(kb.Enter)
				p.Until(visible("actor-trump"))
				p.Until("!(" + found + ")")
				p.Until(`document.querySelector("#actor-trump").getAttribute("aria-current") === "true"`)

				// A statement: the card of its mark, over the list.
				word := p.Text(`fetch("` + l.path + `data/story.json").then(r => r.json()).then(d => d.statements[0].text)`)
				p.Click("#q")
				enter(p, "q", word)
				p.Until(found + ` && !!document.querySelector("#finds a[data-mark]")`)
				p.Click("#finds a[data-mark]")
				p.Until(markCard)
				p.True(found)
				p.Type(kb.Escape)
				p.Until(`!(` + markCard + `)`)
				p.True(found)

				// Elsewhere: it is put away, and what was looked for stays.
				p.Click("h1")
				p.Until("!(" + found + ")")
				p.True(strconv.Quote(word) + `.startsWith(document.getElementById("q").value) && document.getElementById("q").value !== ""`)
				for _, nothing := range []string{"zzzz", strings.Repeat("x", 10000)} {
					enter(p, "q", nothing)
					p.Until(found + ` && !document.querySelector("#finds a") && document.getElementById("found").textContent !== ""`)
				}
				enter(p, "q", "\u064b\u0640") // marks alone
				p.Until(found + ` && !document.querySelector("#finds a")`)
				enter(p, "q", " ")
				p.Until("!(" + found + ")")
				p.Quiet()
			})
		}
	}
	t.Run("an address", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/eight-calls/en/?wasm=now&q=TRUMP")
		p.Until(live)
		p.Until(found)
		p.True(`document.getElementById("q").value === "TRUMP"`)
		p.Quiet()
	})
	t.Run("typed before Go came", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/eight-calls/en/")
		p.Click("#q")
		p.Until(`document.activeElement.id === "q"`)
		p.Type("trump")
		p.Until(live)
		p.Until(found)
		p.True(`document.getElementById("q").value === "trump" && document.activeElement.id === "q"`)
		p.Quiet()
	})
	t.Run("all of a kind", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/eight-calls/en/?wasm=now&q=call")
		p.Until(live)
		p.Until(found + ` && !!document.querySelector("#finds button")`)
		few := p.Text(`document.querySelectorAll("#finds a").length`)
		p.Click("#finds button")
		p.Until(`document.querySelectorAll("#finds a").length > ` + few)
		p.Quiet()
	})
	t.Run("without Go there is no field", func(t *testing.T) {
		t.Parallel()
		for _, options := range [][]webtest.Option{{}, {webtest.NoScripts()}} {
			p := browser.Open(t, server.URL+"/eight-calls/en/?wasm=off", options...)
			if len(options) == 0 {
				p.Until(settled)
				p.True(`!document.getElementById("q").getClientRects().length`)
			}
		}
	})
}

// The map can be filtered and shown whole. All of it is in the address, and one "clear" resets it all.
func TestMapIsNarrowedDown(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+l.path+"?wasm=now", webtest.Size(1280, 900))
			p.Until(live)
			lines := func(of string) string { return `document.querySelectorAll("#scene .line` + of + `").length` }
			// The number of lines on the whole map: a relation by way of somebody has two.
			p.Eval(`fetch("`+l.path+`data/story.json").then(r => r.json()).then(d => { window.relations = d.relations; })`, nil)
			drawn := func(that string) string {
				return lines("") + ` === relations.filter(r => ` + that + `).reduce((n, r) => n + (r.via && r.via !== r.from && r.via !== r.to ? 2 : 1), 0)`
			}
			asked := func(key, want string) string {
				return `(new URLSearchParams(location.search).get("` + key + `") || "") === "` + want + `"`
			}
			choose := func(id, value string) {
				p.Eval(`(f => { f.value = "`+value+`"; for (const e of ["input", "change"]) f.dispatchEvent(new Event(e, {bubbles: true})); })(document.getElementById("`+id+`"))`, nil)
			}
			p.Click("#whole")
			p.Until(`!!document.querySelector("#scene.whole svg")`)
			p.Until(asked("map", "whole"))
			p.True(`document.getElementById("whole").getAttribute("aria-pressed") === "true"`)
			p.Until(drawn("true"))

			p.Click(".pick summary")
			choose("tie", "pressure")
			p.Until(drawn(`r.polarity === "pressure"`) + ` && ` + lines("") + ` === ` + lines(".p-pressure") + ` && ` + asked("tie", "pressure"))
			// An actor without remaining relations fades but stays.
			p.True(`document.querySelectorAll("#scene .node[data-dim]").length > 0`)
			choose("tie", "all")
			p.Until(asked("tie", "") + ` && ` + drawn("true"))

			// Who is of another side fades, and so does his card; who is of this one does not.
			const fades = `e => getComputedStyle(e).opacity < 1 || getComputedStyle(e).getPropertyValue("--tone") === getComputedStyle(document.body).getPropertyValue("--rule")`
			choose("camp", "russia")
			p.Until(asked("camp", "russia") + ` && [...document.querySelectorAll("#scene .node:not(.of-russia)")].some(` + fades + `)`)
			p.True(`[...document.querySelectorAll("#map .node:not(.of-russia),#map .card:not(.of-russia)")].every(` + fades + `)`)
			p.True(`![...document.querySelectorAll("#map .node.of-russia:not([data-dim]),#map .card.of-russia")].some(` + fades + `)`)
			choose("camp", "all")
			p.Until(asked("camp", "") + ` && ` + drawn("true") + ` && ![...document.querySelectorAll("#map .card")].some(` + fades + `)`)

			p.Click("#only")
			p.Until(asked("only", "article") + ` && ` + drawn("!r.added"))
			p.Click("#only")
			p.Until(asked("only", "") + ` && ` + drawn("true"))

			name := p.Text(`document.getElementById("until-name").textContent`)
			for call := 1; call <= 8; call++ {
				choose("until", fmt.Sprint(call))
				want := fmt.Sprint(call)
				if call == 8 {
					want = ""
				}
				p.Until(asked("until", want) + ` && ` + drawn(fmt.Sprintf(`%[1]d === 8 || (r.first || 0) <= %[1]d && (!r.last || r.last >= %[1]d)`, call)))
				p.True(fmt.Sprintf(`(document.getElementById("until-name").textContent === %q) === %t`, name, call == 8))
			}
			p.True(`relations.some(r => r.first > 1)`) // else nothing was shown by this
			choose("until", "2")
			choose("tie", "cooperative")
			p.Click("#whole") // the core, narrowed down
			p.Until(`!document.querySelector("#scene.whole") && !!document.querySelector("#scene svg")`)

			p.Click(".clear")
			p.Until(`!document.querySelector("#scene svg")`)
			p.Until(asked("tie", "") + ` && ` + asked("until", "") + ` && ` + asked("map", ""))
			p.Until(`document.getElementById("tie").value === "all" && document.getElementById("until").value === "8" && !document.getElementById("only").checked`)
			p.True(`document.getElementById("until-name").textContent === ` + strconv.Quote(name))
			p.Quiet()
		})
	}
	t.Run("an address", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, server.URL+"/eight-calls/en/?wasm=now&map=whole&tie=pressure&until=4&only=article", webtest.Size(360, 740))
		p.Until(live)
		p.True(`!document.querySelector("#scene svg")`) // when Go comes, nothing moves
		p.Click("h1")
		p.Until(`!!document.querySelector("#scene.whole svg.narrow")`)
		p.True(`document.getElementById("tie").value === "pressure" && document.getElementById("until").value === "4" && document.getElementById("only").checked`)
		p.Quiet()
	})
}

// Readers who come for an actor see its scene as soon as Go is there, in the place of the map, and nothing moves. Of a
// scene that has no room there they see the most important; all of it once they do something.
func TestSceneOfTheAddress(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	dist := buildSite(t)
	for _, l := range languages {
		for _, width := range []int64{360, 1280} {
			for actor, whole := range map[string]bool{"tomahawk": true, "orban": true, "putin": l.lang == "en", "trump": false} {
				t.Run(fmt.Sprint(l.lang, " ", width, " ", actor), func(t *testing.T) {
					t.Parallel()
					server, release := held(t, dist)
					p := browser.Fresh(t, server.URL+l.path+"?actor="+actor, webtest.Size(width, 800), webtest.Before(shiftsObserved))
					p.Until(starting + " && " + placed + " && " + visible("actor-"+actor))
					places := func() string {
						return p.Text(`JSON.stringify([scrollY, ...["#map figcaption", "#actor-` + actor + `", "#article"].map(s => document.querySelector(s).getBoundingClientRect().top)])`)
					}
					p.Eval(`window.mark = performance.now()`, nil)
					before := places()
					release()
					p.Until(live + ` && performance.getEntriesByType("resource").some(e => e.name.includes("/depth."))`)
					const scene = `!!document.querySelector("#scene svg")`
					p.Until(scene)
					p.True(`document.querySelector("#scene .node[aria-current]").getAttribute("href") === "#actor-` + actor + `"`)
					// Not below eleven pixels.
					p.True(`[...document.querySelectorAll("#scene text")].every(e => e.getScreenCTM().a * parseFloat(getComputedStyle(e).fontSize) >= 10.99)`)
					p.Settled()
					const lines = `document.querySelectorAll("#scene .rel path").length`
					first := p.Text(lines)
					if after := places(); after != before {
						t.Errorf("the page moved from %s to %s", before, after)
					}
					p.True(`shifts.filter((_, i) => i % 2 === 0 && shifts[i] >= mark).length === 0 || JSON.stringify(shifted)`)
					p.Type(kb.Shift)
					p.Until(scene + ` && document.querySelector("#scene svg").getAttribute("viewBox").startsWith("0 ") && !document.querySelector("#scene.place")`)
					p.True(lines + ` === ` + first + ` === ` + fmt.Sprint(whole))
					p.Quiet()
				})
			}
		}
	}
}

// A reader who looks for who warned whom about missiles finds it on the map, with the source and with who reads it
// otherwise, without leaving the map: by keys, in what is heard too. Without scripts the same stands behind the mark.
func TestWhoDisputesARelation(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for lang, words := range map[string]struct{ path, label, counter, who, source string }{
		"ar": {"/eight-calls/", "يحذّر من الصواريخ", "قيل ردًّا على هذه القراءة", "مسؤولون أوكرانيون في واشنطن", "رويترز"},
		"en": {"/eight-calls/en/", "warns over missiles", "Said against this reading", "Ukrainian officials in Washington", "Reuters"},
	} {
		answered := func(e string) string {
			return fmt.Sprintf(`(t => [%q, %q, %q].every(w => t.includes(w)) || t)(%s.textContent)`, words.counter, words.who, words.source, e)
		}
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(lang, " ", width), func(t *testing.T) {
				t.Parallel()
				var b tab
				p := browser.Open(t, server.URL+words.path+"?wasm=now", webtest.Size(width, 800), b.option)
				p.Until(live + " && " + placed)
				p.Eval(`[...document.querySelectorAll('.core [href="#actor-putin"]')].find(e => e.getClientRects().length).focus()`, nil)
				p.Type(kb.Enter)
				p.Until(`!!document.querySelector("#scene svg") && document.activeElement.id === "actor-putin"`)
				tab := func(to string) {
					for range 200 {
						var there bool
						if p.Eval(`document.activeElement === `+to, &there); there {
							return
						}
						p.Type(kb.Tab)
					}
					t.Fatalf("Tab does not lead to %s", to)
				}
				line := fmt.Sprintf(`[...document.querySelectorAll("#actor-putin .act")].find(e => e.textContent.includes(%q)).querySelector("a.m")`, words.label)
				word := fmt.Sprintf(`[...document.querySelectorAll("#scene .rl a")].find(e => e.textContent.replaceAll(/\s+/g, " ").includes(%q))`, words.label)
				for _, mark := range []string{line, word} {
					if mark == word { // in the drawing, before the card
						p.Eval(word+`.closest("svg").querySelector("a").focus()`, nil)
					}
					tab(mark)
					p.Type(kb.Enter)
					p.Until(markCard)
					p.True(answered(`document.getElementById("mark-card")`))
					// In what is heard of the card.
					if heard := b.hear(t).text(); !strings.Contains(heard, words.counter) || !strings.Contains(heard, words.who) {
						t.Errorf("nobody hears who reads it otherwise:\n%s", heard)
					}
					// The map did not go away.
					p.True(`(r => r.bottom > 0 && r.top < innerHeight)(document.querySelector("#scene svg").getBoundingClientRect())`)
					p.Type(kb.Escape)
					p.Until(`document.activeElement === ` + mark)
				}
				p.Quiet()
			})
		}
		t.Run(lang+" without scripts", func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+words.path+"#actor-putin", webtest.Size(360, 800), webtest.NoScripts())
			p.Until(visible("actor-putin"))
			id := p.Text(fmt.Sprintf(`[...document.querySelectorAll("#actor-putin .act")].find(e => e.textContent.includes(%q)).querySelector("a.m").getAttribute("href")`, words.label))
			p.Goto(server.URL + words.path + id)
			p.Until(`!!document.querySelector(":target")`)
			p.True(fmt.Sprintf(`(t => [%q, %q].every(w => t.includes(w)) || t)(document.querySelector(":target").textContent)`, words.counter, words.who))
			p.True(`!!document.querySelector(':target a[href="../#view-back-to-talks"]')`)
		})
	}
}

// Without its depth a live page still has the map without a choice, and its cards. The search finds nothing, and the
// reader's next action requests the depth again.
func TestLiveWithoutDepth(t *testing.T) {
	t.Parallel()
	var missing atomic.Bool
	missing.Store(true)
	handler := hosting.Handler(os.DirFS(buildSite(t)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.Contains(q.URL.Path, "/depth.") && missing.Load() {
			panic(http.ErrAbortHandler) // the line is gone
		}
		handler.ServeHTTP(w, q)
	}))
	t.Cleanup(server.Close)
	p := webtest.Start(t).Fresh(t, server.URL+"/eight-calls/en/?wasm=now&q=trump")
	p.Until(live)
	p.Click(`.map .wide .node[href="#actor-trump"]`)
	p.Until(visible("actor-trump"))
	p.Settled()
	p.True(`!document.querySelector("#scene svg") && !(` + found + `)`)
	p.True(`document.querySelector('.map .wide .node[href="#actor-trump"]').getClientRects().length > 0`)
	missing.Store(false)
	p.Type(kb.Escape)
	p.Click(`.map .wide .node[href="#actor-trump"]`)
	p.Until(`!!document.querySelector("#scene svg")`)
}

// Mouse, keys and buttons zoom the whole map. It never takes the wheel from the page, and a drag is not a click.
func TestWholeMapIsDrawnNearer(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	var b tab
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now&map=whole", webtest.Size(1280, 900), b.option)
	p.Until(live)
	p.Click("h1")
	p.Until(`!!document.querySelector("#scene.whole svg")`)
	p.Eval(`document.querySelector("#scene").scrollIntoView({block: "start", behavior: "instant"})`, nil)
	const box = `document.querySelector("#scene svg>g").getAttribute("transform")`
	all := p.Text(box)
	changed := func(from string) string {
		t.Helper()
		p.Until(box + ` !== "` + from + `"`)
		return p.Text(box)
	}
	mouse := func(kind input.DispatchMouseEventType, x, y float64, more func(*input.DispatchMouseEventParams)) {
		t.Helper()
		e := input.DispatchMouseEventParams{Type: kind, X: x, Y: y}
		if more != nil {
			more(&e)
		}
		if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, e); err != nil {
			t.Fatal(err)
		}
	}
	pressed := func(e *input.DispatchMouseEventParams) { e.Button, e.Buttons, e.ClickCount = "left", 1, 1 }
	p.Click(".zoom button")
	nearer := changed(all)
	if !strings.HasSuffix(all, "scale(1)") || !strings.HasSuffix(nearer, "scale(1.5)") {
		t.Errorf("drawn nearer, %s becomes %s", all, nearer)
	}

	// An actor is dragged: the picture goes along, and he is not chosen.
	var at struct{ X, Y float64 }
	p.Eval(`(r => ({X: r.x + r.width / 2, Y: r.y + r.height / 2}))([...document.querySelectorAll("#scene .node")].map(n => n.getBoundingClientRect()).find(r => r.y > 100 && r.bottom < 800))`, &at)
	mouse("mouseMoved", at.X, at.Y, nil)
	mouse("mousePressed", at.X, at.Y, pressed)
	for i := range 5 {
		mouse("mouseMoved", at.X+float64(i)*12, at.Y+float64(i)*9, pressed)
	}
	mouse("mouseReleased", at.X+48, at.Y+36, pressed)
	dragged := changed(nearer)
	p.Settled()
	p.True(`!new URLSearchParams(location.search).get("actor")`)

	// The wheel alone scrolls the page, with Ctrl it draws nearer.
	y := p.Text(`scrollY`)
	mouse("mouseWheel", at.X, at.Y, func(e *input.DispatchMouseEventParams) { e.DeltaX, e.DeltaY = .1, 120 })
	p.Until(`scrollY > ` + y)
	p.True(box + ` === "` + dragged + `"`)
	mouse("mouseWheel", at.X, at.Y, func(e *input.DispatchMouseEventParams) { e.DeltaX, e.DeltaY, e.Modifiers = .1, -120, 2 })
	wheeled := changed(dragged)

	// Keys.
	p.Eval(`document.querySelector("#scene .node").focus()`, nil)
	p.Type("+")
	further := changed(wheeled)
	p.Type("0")
	p.Until(box + ` === "` + all + `"`)
	p.True(`"` + further + `" !== "` + all + `"`)

	// A click that is no drag chooses; Escape takes it back, and then the rest.
	p.Click(`#scene .node`)
	p.Until(`!!new URLSearchParams(location.search).get("actor") && !!document.querySelector("#scene.whole .node[aria-current]")`)
	p.Type(kb.Escape)
	p.Until(`!new URLSearchParams(location.search).get("actor") && !document.querySelector("#scene .node[aria-current]")`)
	p.True(`!!document.querySelector("#scene.whole svg") && !!document.activeElement.closest("#map")`)
	p.Type(kb.Escape)
	p.Until(`!document.querySelector("#scene svg")`)
	p.Quiet()
}

// In a frame a choice changes the scene and opens a card, both within the height that the frame has.
func TestFramesKeepTheirHeight(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		for _, width := range []int64{360, 700, 1100} {
			t.Run(fmt.Sprint(l.lang, " ", width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+l.path+"embed/map/?wasm=now", webtest.Size(width, 740))
				p.Until(live)
				p.Type(kb.Shift)
				const height = `String(document.getElementById("sharh").getBoundingClientRect().height)`
				before := p.Text(height)
				for _, actor := range []string{"orban", "putin", "trump", "tomahawk"} {
					p.Eval(`sharh.choose("#actor-`+actor+`")`, nil)
					p.Until(`!!document.querySelector('#scene [aria-current][href="#actor-` + actor + `"]') && ` + visible("actor-"+actor))
					p.Settled()
					if now := p.Text(height); now != before {
						t.Errorf("with %s the frame is %s pixels high, before %s", actor, now, before)
					}
					p.True(`[...document.querySelectorAll("#scene text")].every(e => e.getScreenCTM().a * parseFloat(getComputedStyle(e).fontSize) >= 10.99)`)
				}
				p.Quiet()
			})
		}
	}
}
