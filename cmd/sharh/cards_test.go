package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/web/webtest"
)

// The card of an actor leads to the next and the previous one, and closes: before Go, live and without scripts, by
// pointer and by keys, on the page and in a frame's page. When it closes, the map is at rest and the focus is where the
// card was opened.
func TestCardsLeadOnAndClose(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		for _, part := range []string{"", "embed/map/"} {
			for _, width := range []int64{360, 1280} {
				for how, options := range map[string][]webtest.Option{"off": nil, "now": nil, "no scripts": {webtest.NoScripts()}} {
					t.Run(fmt.Sprint(l.lang, " ", part, width, " ", how), func(t *testing.T) {
						t.Parallel()
						var b tab
						client := how
						if how == "no scripts" {
							client = "off"
						}
						p := browser.Open(t, server.URL+l.path+part+"?wasm="+client, append(slices.Clone(options), webtest.Size(width, 740), b.option)...)
						if how != "no scripts" {
							p.Until(settled)
						}
						tryCards(t, p, &b, l.lang, how)
						p.Quiet()
					})
				}
			}
		}
	}
}

func tryCards(t *testing.T, p *webtest.Page, b *tab, lang, how string) {
	t.Helper()
	var ids []string // of the actors, in the order of the story
	p.Eval(`[...document.querySelectorAll(".cards .card")].map(e => e.id)`, &ids)
	i := slices.Index(ids, "actor-trump")
	shown := func(id string) string {
		return visible(id) + ` && [...document.querySelectorAll(".cards .card")].filter(e => e.getBoundingClientRect().height).length === 1`
	}
	way := func(id, class string) string { return "#" + id + " .beside ." + class }
	// The way is seen, within the card and the window, whatever the length of the card.
	seen := func(id, class string) string {
		return fmt.Sprintf(`(e => { const r = e.getBoundingClientRect(), c = document.getElementById(%q).getBoundingClientRect();
			return r.height >= 24 && r.width >= 24 && r.bottom <= c.bottom + 1 && r.bottom <= innerHeight && r.top >= c.top &&
				e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })(document.querySelector(%q))`, id, way(id, class))
	}
	const node = `[...document.querySelectorAll(".core .node[href='#actor-trump']")].find(e => e.getClientRects().length)`
	atRest := `![...document.querySelectorAll(".cards .card")].some(e => e.getBoundingClientRect().height) &&
		!document.querySelector(".scene svg") && !!` + node
	open := func() {
		p.Eval(node+`.focus()`, nil)
		p.Type(kb.Enter)
		p.Until(shown(ids[i]))
	}

	open()
	for _, class := range []string{"prev", "close", "next"} {
		p.Until(seen(ids[i], class))
	}
	// Arrows point where one goes: in Arabic the next is to the left.
	back, on := "←", "→"
	if lang == "ar" {
		back, on = on, back
	}
	p.True(fmt.Sprintf(`getComputedStyle(document.querySelector(%q), "::before").content.includes(%q)`, way(ids[i], "prev"), back))
	p.True(fmt.Sprintf(`getComputedStyle(document.querySelector(%q), "::after").content.includes(%q)`, way(ids[i], "next"), on))
	left := fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect().left < document.querySelector(%q).getBoundingClientRect().left`, way(ids[i], "prev"), way(ids[i], "next"))
	p.True(fmt.Sprintf(`(%s) === %t`, left, lang == "en"))

	// By pointer: on, on and back.
	p.Click(way(ids[i], "next"))
	p.Until(shown(ids[i+1]))
	p.Click(way(ids[i+1], "next"))
	p.Until(shown(ids[i+2]))
	p.Click(way(ids[i+2], "prev"))
	p.Until(shown(ids[i+1]))
	p.Click(way(ids[i+1], "close"))
	p.Until(atRest)
	if how == "no scripts" {
		return
	}
	// The reader stays where he looks: the actor from which he came is in the window.
	p.Until(`document.activeElement === ` + node + ` && (r => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)
	p.True(`location.hash === "" && !document.getElementById("sharh").dataset.actor`)

	// A pointer that rests on a mark would open its card.
	away := input.DispatchMouseEventParams{Type: "mouseMoved", X: 1, Y: 1}
	if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, away); err != nil {
		t.Fatal(err)
	}
	// By keys: Tab gets to them, after the links of the card, and Enter follows.
	tabTo := func(id, class string) {
		for range 60 {
			var there bool
			p.Eval(fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, way(id, class)), &there)
			if there {
				p.Until(seen(id, class))
				return
			}
			p.Type(kb.Tab)
		}
		p.True("false /* Tab does not get to " + class + " */")
	}
	open()
	p.Until(`document.activeElement.id === "` + ids[i] + `"`)
	tabTo(ids[i], "next")
	p.Type(kb.Enter)
	p.Until(shown(ids[i+1]) + ` && document.activeElement.id === "` + ids[i+1] + `"`)
	tabTo(ids[i+1], "close")
	p.Type(kb.Enter)
	p.Until(atRest + ` && document.activeElement === ` + node)

	// The first card has none before it, and the last none after it.
	p.True(fmt.Sprintf(`!document.querySelector(%q) && !document.querySelector(%q)`, way(ids[0], "prev"), way(ids[len(ids)-1], "next")))
	// An actor that is not on the map at rest, opened by an address: the focus goes to the map, it is not lost.
	p.Eval(`void (location.hash = "#actor-orban")`, nil)
	p.Until(shown("actor-orban"))
	p.Click(way("actor-orban", "close"))
	p.Until(atRest)
	p.Until(`!!document.activeElement.closest(".core") && document.activeElement.matches(".node")`)
}

// Closing a card drops its actor, and not the call that is chosen too, whose address stays; Escape in a card does the
// same. Elsewhere Escape drops both.
func TestClosingACardKeepsTheCall(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, client := range []string{"off", "now"} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(client, " ", width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+"/eight-calls/en/?theme=dark&wasm="+client, webtest.Size(width, 800))
				p.Until(settled + " && " + placed)
				axis, form := "tall", "narrow"
				if width > 960 {
					axis, form = "wide", "wide"
				}
				const asked = `(k => new URLSearchParams(location.search).get(k) || "")`
				choice := func(call, actor string) string {
					return `((d, s) => (d.call || "") === "` + call + `" && (d.actor || "") === "` + actor + `" &&
						(!` + fmt.Sprint(client == "now") + ` || s("call") === "` + call + `" && s("actor") === "` + actor + `"))(document.getElementById("sharh").dataset, ` + asked + `)`
				}
				for _, close := range []func(){
					func() { p.Click("#actor-gaza .close") },
					func() { p.Type(kb.Escape) },
				} {
					p.Eval(`document.querySelector('.axis .`+axis+` [href="#call-3"]').dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`, nil)
					p.Until(choice("3", ""))
					p.Eval(`[...document.querySelectorAll('.core .`+form+` [href="#actor-gaza"]')].pop().dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`, nil)
					p.Until(choice("3", "gaza") + ` && document.activeElement.id === "actor-gaza" && ` + visible("actor-gaza"))
					close()
					p.Until(choice("3", "") + ` && !(` + visible("actor-gaza") + `)`)
					p.Until(`!!document.activeElement.closest("#map")`) // the focus is not lost
					p.True(visible("call-3"))
					p.Until(asked + `("call") === "3" && !` + asked + `("actor") && location.hash === ""`)
					p.True(asked + `("theme") === "dark"`)
					p.Eval(`window.old = true`, nil)
					p.Reload()
					p.Until(`!window.old && ` + settled + " && " + placed + " && " + visible("call-3"))
				}
				p.Eval(`document.activeElement.blur()`, nil)
				p.Type(kb.Escape)
				p.Until(choice("", "") + ` && !` + asked + `("call")`)
				p.True(asked + `("theme") === "dark"`)
				p.Quiet()
			})
		}
	}
}

// On a phone a card is a sheet at the lower edge of the window: the map above it stays in view, and the text of the
// card is large enough to read.
func TestCardOnAPhoneIsASheet(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+l.path+"?wasm=off", touch)
			p.Until(settled)
			for _, id := range []string{"putin", "kremlin", "zelensky", "gaza"} {
				p.Click(`.core .narrow .node[href="#actor-` + id + `"]`)
				p.Until(visible("actor-" + id))
				p.Until(fmt.Sprintf(`(r => r.bottom <= innerHeight + 1 && r.bottom > innerHeight - 40 && r.height <= innerHeight * .46)(document.getElementById("actor-%s").getBoundingClientRect())`, id))
				p.True(fmt.Sprintf(`[...document.querySelectorAll("#actor-%s *")].every(e => !e.textContent || parseFloat(getComputedStyle(e).fontSize) >= 11)`, id))
				p.True(fmt.Sprintf(`[...document.querySelectorAll("#actor-%s .beside a")].every(e => e.getBoundingClientRect().height >= 44)`, id))
				p.Click(`#actor-` + id + ` .close`)
				p.Until(`!document.querySelector(".card[aria-current]")`)
			}
			p.Quiet()
		})
	}
}

// said is what a screen reader meets in an element, in order: the role and name of each part that has a name.
func (b *tab) said(t *testing.T, inside string) (parts []string) {
	t.Helper()
	var find func(h *heard) *heard
	find = func(h *heard) *heard {
		if h.role == "region" && strings.HasPrefix(h.name, inside) {
			return h
		}
		for _, c := range h.children {
			if found := find(c); found != nil {
				return found
			}
		}
		return nil
	}
	root := find(b.hear(t))
	if root == nil {
		t.Fatalf("there is no region %q", inside)
	}
	var words func(h *heard) string
	words = func(h *heard) (s string) {
		if h.role == "text" {
			return h.name
		}
		for _, c := range h.children {
			s += words(c)
		}
		return s
	}
	var walk func(h *heard, list bool)
	walk = func(h *heard, list bool) {
		switch {
		case h.role == "listitem" && list:
			parts = append(parts, "item: "+words(h))
		case h.role == "link":
			parts = append(parts, "link: "+h.name)
		}
		for _, c := range h.children {
			walk(c, h.role == "list")
		}
	}
	walk(root, false)
	return parts
}

// Whoever hears the map hears each of its relations as a sentence: at rest in a list, before Go and after it the same,
// and then in each scene as a link to its source.
func TestMapIsHeard(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(l.lang, " ", width), func(t *testing.T) {
				t.Parallel()
				var story struct {
					Words     struct{ Towards, Colon string }
					Actors    []struct{ ID, Name string }
					Relations []struct{ ID, From, To, Via, Label string }
					Map       struct {
						Title string
						Core  struct{ Relations []int }
					}
				}
				var heard [2][]string
				for i, client := range []string{"off", "now"} {
					var b tab
					p := browser.Open(t, server.URL+l.path+"?wasm="+client, webtest.Size(width, 740), b.option)
					p.Until(settled)
					p.Eval(`Promise.all([document.querySelector("[data-story]").dataset.story, "`+l.path+`data/story.json"].map(a => fetch(a).then(r => r.json())))
						.then(([live, d]) => ({Words: {Towards: live.words.towards, Colon: live.words.colon},
							Actors: d.actors, Relations: d.relations, Map: {Title: d.map.title, Core: d.map.core}}))`, &story)
					name := func(id string) string {
						for _, a := range story.Actors {
							if a.ID == id {
								return a.Name
							}
						}
						t.Fatalf("there is no actor %q", id)
						return ""
					}
					sentence := func(i int) string {
						r := story.Relations[i]
						first, towards, ok := strings.Cut(story.Words.Towards, "…")
						if !ok {
							first, towards = "", " "+story.Words.Towards
						}
						return first + name(r.From) + towards + " " + name(r.To) + story.Words.Colon + " " + r.Label
					}
					heard[i] = b.said(t, story.Map.Title)
					if len(story.Map.Core.Relations) < 5 {
						t.Fatalf("the map at rest has %d relations", len(story.Map.Core.Relations))
					}
					n := 0
					for _, part := range heard[i] {
						if strings.HasPrefix(part, "item: ") {
							if want := "item: " + sentence(story.Map.Core.Relations[min(n, len(story.Map.Core.Relations)-1)]); !strings.HasPrefix(part, want) {
								t.Errorf("%s: heard %q, want %q", client, part, want)
							}
							n++
						}
					}
					if n != len(story.Map.Core.Relations) {
						t.Errorf("%s: heard %d sentences, want %d:\n%s", client, n, len(story.Map.Core.Relations), strings.Join(heard[i], "\n"))
					}
					if client == "now" {
						form := ".wide"
						if width < 720 {
							form = ".narrow"
						}
						p.Click(`.core ` + form + ` .node[href="#actor-zelensky"]`)
						p.Until(`!!document.querySelector('.scene [aria-current][href="#actor-zelensky"]')`)
						scene := b.said(t, story.Map.Title)
						concerned := 0
						for j, r := range story.Relations {
							if r.From != "zelensky" && r.To != "zelensky" {
								continue
							}
							concerned++
							if !slices.ContainsFunc(scene, func(part string) bool { return strings.HasPrefix(part, "link: "+sentence(j)) }) {
								t.Errorf("in his scene %q is not heard as a link:\n%s", sentence(j), strings.Join(scene, "\n"))
							}
						}
						if concerned < 2 {
							t.Errorf("%d relations were looked for", concerned)
						}
						for _, i := range story.Map.Core.Relations {
							if r := story.Relations[i]; r.From != "zelensky" && r.To != "zelensky" && slices.Contains(scene, "item: "+sentence(i)) {
								t.Errorf("what the scene does not show is heard: %q", sentence(i))
							}
						}
					}
					p.Quiet()
					p.Close()
				}
				if !slices.Equal(heard[0], heard[1]) {
					t.Errorf("before Go one hears\n%s\nand after it\n%s", strings.Join(heard[0], "\n"), strings.Join(heard[1], "\n"))
				}
			})
		}
	}
}
