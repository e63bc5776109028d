package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/web/webtest"
	"sharh/web/webtest/engine"
)

// What web/README.md says of access is held here.
func TestAccess(t *testing.T) {
	t.Parallel()
	host := `<!doctype html><html lang="en"><title>host</title><link rel="icon" href="data:,"><iframe id="f" title="x" width="700" height="900" src="/eight-calls/?wasm=off"></iframe>`
	server := serveWith(t, "host.html", host)
	a := access{webtest.Start(t), server.URL}
	t.Run("axe-core finds nothing", a.axe)
	t.Run("keys", a.keys)
	t.Run("keys in a frame", a.keysInFrame)
	t.Run("skip links", a.skips)
	t.Run("names", a.names)
	t.Run("outline of headings", a.headings)
	t.Run("zoom and spacing", a.zoom)
	t.Run("targets", a.targets)
	t.Run("forced colours", a.forcedColours)
	t.Run("less motion", a.lessMotion)
}

type access struct {
	browser *webtest.Browser
	server  string
}

var languages = []struct{ lang, path string }{{"ar", "/eight-calls/"}, {"en", "/eight-calls/en/"}}

// tab is the way to a page's protocol, for what webtest does not wrap.
type tab struct{ ctx context.Context }

// option gets hold of the page that is opened with it.
func (b *tab) option(w engine.Window) error {
	return webtest.Chromium(func(ctx context.Context) error {
		b.ctx = ctx
		return nil
	})(w)
}

// aside runs scripts in a world of its own in the page: it sees the same document, and the page's policy, which lets no
// foreign script in, does not bind it. The last one's value, a promise of JSON, is stored in into.
func (b *tab) aside(t *testing.T, into any, scripts ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Minute)
	defer cancel()
	frames, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frames.FrameTree.Frame.ID, WorldName: "aside"})
	if err != nil {
		t.Fatal(err)
	}
	for i, script := range scripts {
		last := i == len(scripts)-1
		got, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
			Expression: script, ContextID: world.ExecutionContextID, AwaitPromise: new(last), ReturnByValue: new(last),
		})
		if err == nil && got.ExceptionDetails != nil {
			err = errors.New(got.ExceptionDetails.Exception.Description)
		}
		if err != nil {
			t.Fatalf("running a script aside: %v", err)
		}
		if last {
			var text string
			if err := json.Unmarshal(got.Result.Value, &text); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(text), into); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// settled tells whether the page has become what it is to be under its address.
const settled = `["off", "live"].includes(document.documentElement.dataset.client)`

// everythingOpen opens what is folded, shows the panels of all calls and lays out what is far from the view.
const everythingOpen = `(() => {
	for (const d of document.querySelectorAll("details")) d.open = true;
	const all = new CSSStyleSheet();
	all.replaceSync("*{content-visibility:visible!important}.panel,.card,.embed .tab{display:block!important}.stage .cards{position:static!important}.stage .card{max-block-size:none!important}");
	document.adoptedStyleSheets.push(all);
})()`

// axe-core finds nothing: in both languages and themes, on a phone and a desk, still and live, with a call and an actor
// chosen and everything open.
func (a access) axe(t *testing.T) {
	t.Parallel()
	script, err := axeScript()
	if err != nil {
		t.Fatal(err)
	}
	type finding struct {
		ID, Help, Impact string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	const (
		// Of what passes axe need not say where it is, which takes it half its time.
		everyRule = `{resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
		colours   = `{resultTypes: ["violations"], runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}}`
	)
	// before is a script and what there is when it has worked; without it the page is what boot.js makes of it.
	check := func(t *testing.T, url string, width int64, before ...string) {
		var b tab
		p := a.browser.Open(t, url, webtest.Size(width, 900), b.option)
		if len(before) == 0 {
			p.Until(settled)
		} else {
			p.Eval("("+cmp.Or(before[0], "null")+")", nil)
			p.Until(before[1])
		}
		p.Eval(everythingOpen, nil)
		p.Eval("document.fonts.ready.then(() => {})", nil)
		for _, run := range []struct{ theme, first, rules string }{
			{"light", string(script), everyRule},
			{"dark", "0", colours}, // axe is there by now, and nothing else depends on the theme
		} {
			p.Eval(`void (document.documentElement.dataset.theme = "`+run.theme+`")`, nil)
			var findings []finding
			b.aside(t, &findings, run.first, `axe.run(document, `+run.rules+`).then(r => JSON.stringify(r.violations))`)
			for _, f := range findings {
				for i, n := range f.Nodes {
					if i == 10 {
						t.Errorf("%s, %s: and %d more", run.theme, f.ID, len(f.Nodes)-i)
						break
					}
					t.Errorf("%s, %s (%s): %s\n%.300s\n%s", run.theme, f.ID, f.Impact, f.Help, n.HTML, n.FailureSummary)
				}
			}
		}
		p.Quiet()
	}
	for i, path := range samples { // each story on a phone in one language, on a desk in the other
		width := []int64{360, 1280}[i%2]
		t.Run(fmt.Sprint(path, " at ", width), func(t *testing.T) {
			t.Parallel()
			check(t, samplesServer(t).URL+path+"?wasm=now", width)
		})
	}
	for _, l := range languages {
		for _, client := range []string{"off", "now"} {
			for _, width := range []int64{360, 1280} {
				t.Run(fmt.Sprint(l.lang, " ", client, " ", width), func(t *testing.T) {
					t.Parallel()
					check(t, a.server+l.path+"?wasm="+client+"&call=5&actor=trump", width)
				})
			}
		}
		for _, page := range []string{"evidence/?wasm=now", "step/2/", "call/3/", "view/back-to-talks/", "embed/?wasm=off", "embed/?wasm=now&actor=trump", "embed/map/?wasm=off&accent=fe0"} {
			t.Run(l.lang+" "+page, func(t *testing.T) {
				t.Parallel()
				check(t, a.server+l.path+page, 360)
			})
		}
		t.Run(l.lang+" embed, wide", func(t *testing.T) {
			t.Parallel()
			check(t, a.server+l.path+"embed/?wasm=off&call=2", 900)
		})
	}
	t.Run("card of a mark", func(t *testing.T) {
		t.Parallel()
		check(t, a.server+"/eight-calls/en/?wasm=now", 360, `new Promise(r => {
			const look = () => document.documentElement.dataset.client === "live" ? r(document.querySelector("#steps a.m").click()) : setTimeout(look, 50);
			look();
		})`, markCard)
	})
	t.Run("dialog of sharing", func(t *testing.T) {
		t.Parallel()
		check(t, a.server+"/eight-calls/?wasm=off", 360, `document.querySelector("[data-dialog]").click()`, `document.querySelector("dialog iframe")?.contentDocument?.readyState === "complete"`)
	})
	t.Run("demo", func(t *testing.T) {
		t.Parallel()
		check(t, a.server+"/demo/", 360, "", `window.Sharh?.frame("explainer")?.contentDocument?.getElementById("sharh")`)
	})
	t.Run("shelf", func(t *testing.T) {
		t.Parallel()
		check(t, a.server+"/", 360)
	})
}

// Figures work by keys: arrows go where they point, Home and End to the ends, Space and Enter choose, Escape drops the
// choice. What was chosen is said once, and nothing at first.
func (a access) keys(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		for _, client := range []string{"off", "now"} {
			for _, width := range []int64{360, 1280} {
				t.Run(fmt.Sprint(l.lang, " ", client, " ", width), func(t *testing.T) {
					t.Parallel()
					p := a.browser.Open(t, a.server+l.path+"?wasm="+client, webtest.Size(width, 900))
					p.Until(settled)
					tryKeys(p, "document", l.lang, width)
					p.Quiet()
				})
			}
		}
		t.Run(l.lang+", nothing is said at first", func(t *testing.T) {
			t.Parallel()
			for _, client := range []string{"off", "now"} {
				p := a.browser.Open(t, a.server+l.path+"?call=5&actor=putin&wasm="+client+"#view-a-test", webtest.Before(`
					window.said = [];
					addEventListener("DOMContentLoaded", () => new MutationObserver(() => said.push(1)).observe(
						document.querySelector("[data-chosen]"), {childList: true, characterData: true, subtree: true}));`))
				p.Until(settled)
				p.True(visible("call-5"))
				p.True(`said.length === 0 && document.querySelector("[data-chosen]").textContent === ""`)
				p.Quiet()
				p.Close()
			}
		})
	}
}

// In a frame too, where the host's history stays as it was.
func (a access) keysInFrame(t *testing.T) {
	t.Parallel()
	p := a.browser.Open(t, a.server+"/host.html")
	p.Until(`document.querySelector("iframe").contentDocument.documentElement.dataset.client === "off"`)
	before := p.Text("history.length")
	tryKeys(p, `document.querySelector("iframe").contentDocument`, "ar", 700)
	if after := p.Text("history.length"); after != before {
		t.Errorf("the host's history has %s entries, had %s", after, before)
	}
	p.Quiet()
}

func tryKeys(p *webtest.Page, doc, lang string, width int64) {
	in := func(expression string) string { return "(document => " + expression + ")(" + doc + ")" }
	figure, forth, back := "tall", kb.ArrowDown, kb.ArrowUp
	if width > 960 {
		figure, forth, back = "wide", kb.ArrowRight, kb.ArrowLeft
		if lang == "ar" {
			forth, back = back, forth
		}
	}
	at := func(hash string) string { return in(`document.activeElement.getAttribute("href") === "` + hash + `"`) }
	// A frame around it, and not by the outline alone.
	seen := in(`(e => getComputedStyle(e).outlineStyle !== "none" && getComputedStyle(e.querySelector("circle,rect:not(.touch):not(.sure):not(.range),path")).strokeWidth === "4px")(document.activeElement)`)
	p.Eval(in(`(() => {
		window.spoken = [];
		const region = document.querySelector("[data-chosen]");
		new MutationObserver(() => spoken.push(region.textContent)).observe(region, {childList: true, characterData: true, subtree: true});
	})()`), nil)
	saidOnce := func(text string) {
		p.Until(`spoken.length`)
		p.True(`JSON.stringify(spoken) === ` + in(`JSON.stringify([`+text+`])`))
		p.Eval(`void (spoken = [])`, nil)
	}
	region := func(word string) string { return `document.querySelector("[data-chosen]").dataset.` + word }
	label := func(selector string) string {
		return region("chosen") + ` + " " + (e => e.getAttribute("aria-label") || e.textContent)(document.querySelector('` + selector + `'))`
	}

	p.Eval(in(`document.querySelector('.axis .`+figure+` [href="#call-1"]').focus()`), nil)
	for i := 2; i <= 8; i++ {
		p.Type(forth)
		p.Until(at(fmt.Sprint("#call-", i)))
	}
	p.True(seen)
	p.Type(back)
	p.Until(at("#call-7"))
	p.Type(kb.Home)
	p.Until(at("#call-1"))
	p.Type(back) // there is nothing before it
	p.True(at("#call-1"))
	p.Type(kb.End)
	p.Until(at("#call-8"))
	p.Type(back)
	p.Type(back)
	p.Type(back)
	p.Until(at("#call-5"))
	p.Type(" ")
	p.Until(in(visible("call-5")) + " && " + in(`document.activeElement.id === "call-5"`))
	p.True(in(`document.getElementById("sharh").dataset.call === "5"`))
	saidOnce(label(`.axis [href="#call-5"]`))
	p.Type(kb.Escape)
	p.Until(at("#call-5"))
	p.True(seen)
	p.True(in(`!document.getElementById("sharh").dataset.call && !document.defaultView.location.hash`))
	saidOnce(region("cleared"))
	p.Until(in(visible("call-8")))

	// Every actor can be reached by arrows from the first.
	var lost []string
	p.Eval(in(`(() => {
		const map = [...document.querySelectorAll(".map .core svg")].find(e => e.getClientRects().length);
		const all = [...map.querySelectorAll(".node")];
		const found = new Set([all[0]]);
		for (const from of found) for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
			from.focus();
			from.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
			found.add(document.activeElement);
		}
		return all.filter(e => !found.has(e)).map(e => e.textContent);
	})()`), &lost)
	p.True(fmt.Sprintf("%d === 0 || %q", len(lost), lost))
	p.Eval(in(`[...document.querySelectorAll('.map .core [href="#actor-putin"]')].find(e => e.getClientRects().length).focus()`), nil)
	p.True(seen)
	p.Type(kb.Enter)
	p.Until(in(`document.activeElement.id === "actor-putin"`))
	saidOnce(label(`.map [href="#actor-putin"]`))
	p.Type(kb.Escape)
	p.Until(at("#actor-putin") + " && " + in(`!document.getElementById("sharh").dataset.actor`))
	saidOnce(region("cleared"))
}

// Links before all else lead past the figures, and take the focus along.
func (a access) skips(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		for _, options := range [][]webtest.Option{nil, {webtest.NoScripts()}} {
			p := a.browser.Open(t, a.server+l.path+"?wasm=off", options...)
			for i, id := range []string{"main", "timeline", "map", "article"} {
				p.Goto(a.server + l.path + "?wasm=off&i=" + fmt.Sprint(i))
				for range i + 1 {
					p.Type(kb.Tab)
				}
				p.Until(`document.activeElement.hash === "#` + id + `" && document.activeElement.getBoundingClientRect().left >= 0`)
				p.Type(kb.Enter)
				p.Until(`location.hash === "#` + id + `"`)
				p.Type(kb.Tab)
				p.Until(`document.getElementById("` + id + `").contains(document.activeElement)`)
			}
			p.Quiet()
			p.Close()
		}
	}
}

var (
	latin  = regexp.MustCompile(`\p{Latin}`)
	arabic = regexp.MustCompile(`\p{Arabic}`)
	word   = regexp.MustCompile(`\p{L}{2}`)
)

// Whatever assistive technology is told is in the language that the page, or the passage, says it is in; and what can
// be operated or gone to has a name.
func (a access) names(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		for _, path := range []string{"?wasm=off", "?wasm=now", "evidence/?wasm=now", "step/2/", "call/3/", "view/back-to-talks/", "embed/?wasm=now"} {
			t.Run(l.lang+" "+path, func(t *testing.T) {
				t.Parallel()
				var b tab
				p := a.browser.Open(t, a.server+l.path+path, b.option)
				p.Until(settled)
				p.Eval(everythingOpen, nil)
				ctx, cancel := context.WithTimeout(b.ctx, 5*time.Minute)
				defer cancel()
				tree, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{Depth: new(int64(-1))})
				if err != nil {
					t.Fatal(err)
				}
				type element struct {
					lang  string
					given bool // has words of its own in an attribute
				}
				elements := map[cdp.BackendNodeID]element{}
				var walk func(n *cdp.Node, lang string)
				walk = func(n *cdp.Node, lang string) {
					e := element{lang: lang}
					for i := 0; i+1 < len(n.Attributes); i += 2 {
						switch n.Attributes[i] {
						case "lang":
							e.lang = n.Attributes[i+1]
						case "aria-label", "title", "alt", "placeholder":
							e.given = true
						}
					}
					elements[n.BackendNodeID] = e
					for _, c := range n.Children {
						walk(c, e.lang)
					}
				}
				walk(tree.Root, "")
				nodes, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
				if err != nil {
					t.Fatal(err)
				}
				text := func(v *accessibility.Value) string {
					var s string
					if v != nil {
						_ = json.Unmarshal(v.Value, &s)
					}
					return s
				}
				seen, voices := 0, 0
				for _, n := range nodes.Nodes {
					if n.Ignored {
						continue
					}
					role, name, e := text(n.Role), text(n.Name), elements[n.BackendDOMNodeID]
					if e.lang == "" {
						e.lang = l.lang
					}
					switch role {
					case "link":
						if !word.MatchString(name) {
							t.Errorf("a link is called %q", name)
						}
					case "status":
						for _, p := range n.Properties {
							if p.Name == "live" && text(p.Value) == "polite" {
								voices++
							}
						}
					case "button", "searchbox", "combobox", "textbox", "heading", "region", "navigation", "search", "option", "group", "DisclosureTriangle":
						if name == "" && (role != "group" || e.given) {
							t.Errorf("a %s has no name", role)
						}
					}
					// Other names are made of texts that are looked at one by one.
					if role != "StaticText" && role != "option" && role != "RootWebArea" && !e.given {
						continue
					}
					seen++
					if strings.HasPrefix(e.lang, "ar") && latin.MatchString(name) {
						t.Errorf("a %s in Arabic has Latin letters: %q", role, name)
					}
					if !strings.HasPrefix(e.lang, "ar") && arabic.MatchString(name) {
						t.Errorf("a %s in %q has Arabic letters: %q", role, e.lang, name)
					}
				}
				// What was chosen; and, where there is a search, what was found.
				if want := map[string]int{"?wasm=off": 1, "?wasm=now": 2, "evidence/?wasm=now": 2, "embed/?wasm=now": 1}[path]; voices != want {
					t.Errorf("%d parts of the page speak when they change, want %d", voices, want)
				}
				if seen < 30 { // a step is short
					t.Errorf("only %d texts were looked at", seen)
				}
				p.Quiet()
			})
		}
	}
}

// One title, no level left out, and every section of the page a landmark that its heading names.
func (a access) headings(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		for _, path := range []string{"?wasm=off", "evidence/?wasm=off", "step/2/", "call/3/", "view/back-to-talks/", "embed/?wasm=off", "embed/steps/?wasm=off", "embed/views/?wasm=off"} {
			p := a.browser.Open(t, a.server+l.path+path)
			p.Until(settled)
			p.True(`document.querySelectorAll("h1").length === 1`)
			p.True(`[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].every((h, i, all) => h.textContent.trim() && +h.localName[1] <= (i ? +all[i - 1].localName[1] + 1 : 1))`)
			if path == "?wasm=off" {
				p.True(`[...document.querySelectorAll("main > section:not([hidden])")].every(s => s.querySelector("h2").id === s.getAttribute("aria-labelledby") && document.getElementById(s.getAttribute("aria-labelledby")) === s.querySelector("h2"))`)
				p.True(`document.querySelectorAll("main > section:not([hidden])").length === 6`)
			}
			p.True(`document.querySelectorAll("main").length === 1 && document.querySelectorAll("nav[aria-label]").length === document.querySelectorAll("nav").length`)
			p.Quiet()
			p.Close()
		}
	}
}

// Nothing is lost, cut off or to be scrolled sideways for at 400 % zoom (320 pixels), with text at 200 %, and with the
// spacing of WCAG 1.4.12.
func (a access) zoom(t *testing.T) {
	t.Parallel()
	const spacing = `*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}`
	settings := []struct {
		name, style string
		width       int64
	}{
		{"400 % zoom", "", 320},
		{"text at 200 %", "html{font-size:200%}", 1280},
		{"text at 200 % on a tablet", "html{font-size:200%}", 768},
		{"text at 200 % on a phone", "html{font-size:200%}", 360},
		{"spacing", spacing, 1280},
		{"spacing on a phone", spacing, 360},
	}
	for _, l := range languages {
		for _, path := range []string{"?wasm=off", "call/8/", "view/alaskas-shadow/", "step/2/", "evidence/?wasm=off", "embed/?wasm=off"} {
			t.Run(l.lang+" "+path, func(t *testing.T) {
				t.Parallel()
				p := a.browser.Open(t, a.server+l.path+path, webtest.Size(settings[0].width, 800))
				p.Until(settled)
				p.Eval(everythingOpen, nil)
				p.Eval(`void document.adoptedStyleSheets.push(window.setting = new CSSStyleSheet())`, nil)
				for _, c := range settings {
					t.Run(c.name, func(t *testing.T) {
						p.Resize(c.width, 800)
						p.Until(fmt.Sprint(`innerWidth === `, c.width))
						p.Eval("setting.replaceSync(`"+c.style+"`)", nil)
						var problems []string
						p.Eval(`document.fonts.ready.then(() => {
							const problems = [], width = document.documentElement.clientWidth;
							if (document.documentElement.scrollWidth > width) problems.push("the page is " + document.documentElement.scrollWidth + " wide");
							for (const e of document.querySelectorAll("#sharh *")) {
								if (e.closest(".vh, sup i, .skip, .calm, svg") || !e.getClientRects().length) continue;
								// The row of steps is there to be swiped: each is no wider than the page.
								if (e.closest(".row") && e.closest(".row").scrollWidth > e.closest(".row").clientWidth) {
									if (e.getBoundingClientRect().width > width + 1) problems.push(e.className + " in the row is wider than the page");
									continue;
								}
								const r = e.getBoundingClientRect(), what = (e.id || e.className || e.localName) + " " + e.textContent.slice(0, 40);
								if (r.left < -1 || r.right > width + 1) problems.push(what + " leaves the page: " + r.left.toFixed() + " to " + r.right.toFixed());
								if (/hidden|clip/.test(getComputedStyle(e).overflow) && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) problems.push(what + " is cut off");
							}
							return problems;
						})`, &problems)
						for i, x := range problems {
							if i == 10 {
								break
							}
							t.Error(x)
						}
					})
				}
				p.Quiet()
			})
		}
	}
}

// touch makes a finger of the pointer.
var touch = webtest.Chromium(func(ctx context.Context) error {
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true})
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	}
	return err
})

// Under a finger controls are 44 pixels high; items of the figures are 24 wide and high, or have that much to
// themselves (WCAG 2.5.8; axe-core does not look into drawings).
func (a access) targets(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		p := a.browser.Open(t, a.server+l.path+"?wasm=off", touch)
		p.Until(settled)
		p.True(`matchMedia("(pointer:coarse)").matches`)
		p.Eval(everythingOpen, nil)
		var problems []string
		p.Eval(`(() => {
			const problems = [];
			for (const e of document.querySelectorAll("button,select,input,summary,.tool,.clear,.chip,.beside a,.pages a")) {
				const r = e.getBoundingClientRect();
				if (r.height && (r.height < 44 || r.width < 44)) problems.push(e.textContent.slice(0, 40) + " is " + r.width.toFixed() + " by " + r.height.toFixed());
			}
			for (const figure of document.querySelectorAll("svg[role=group]")) {
				if (!figure.getClientRects().length) continue;
				const all = [...figure.querySelectorAll("a")].map(e => ({r: e.getBoundingClientRect(), e}));
				for (const {r, e} of all) {
					if (r.width >= 24 && r.height >= 24) continue;
					// A circle of 24 pixels around its middle meets no other target, nor the circle of a small one.
					const x = r.left + r.width / 2, y = r.top + r.height / 2;
					const near = all.find(o => o.e !== e && (Math.hypot(Math.max(o.r.left - x, 0, x - o.r.right), Math.max(o.r.top - y, 0, y - o.r.bottom)) < 12 ||
						(o.r.width < 24 || o.r.height < 24) && Math.hypot(o.r.left + o.r.width / 2 - x, o.r.top + o.r.height / 2 - y) < 24));
					if (near) problems.push(e.textContent + " is " + r.width.toFixed() + " by " + r.height.toFixed() + ", and " + near.e.textContent + " is near");
				}
			}
			return problems;
		})()`, &problems)
		for _, x := range problems {
			t.Errorf("%s: %s", l.lang, x)
		}
		p.Quiet()
		p.Close()
	}
}

// media emulates what the reader has set his system to.
func media(features ...string) webtest.Option {
	return webtest.Chromium(func(ctx context.Context) error {
		var all []*emulation.MediaFeature
		for i := 0; i+1 < len(features); i += 2 {
			all = append(all, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
		}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: all})
		return err
	})
}

// In the colours of the system, what is chosen differs from what is not, figures are drawn in them, and the focus is
// seen.
func (a access) forcedColours(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"light", "dark"} {
		p := a.browser.Open(t, a.server+"/eight-calls/?wasm=off&call=5&actor=trump", media("forced-colors", "active", "prefers-color-scheme", scheme))
		p.Until(settled)
		p.Until(`document.activeElement && matchMedia("(forced-colors:active)").matches`)
		var problems []string
		p.Eval(`(() => {
			const problems = [], system = {};
			const probe = document.body.appendChild(document.createElement("p"));
			for (const name of ["Canvas", "CanvasText", "GrayText", "Highlight", "HighlightText"]) {
				probe.style.cssText = "forced-color-adjust:none;color:" + name;
				system[name] = getComputedStyle(probe).color;
			}
			probe.remove();
			const allowed = new Set([...Object.values(system), "none", "rgba(0, 0, 0, 0)"]);
			for (const e of document.querySelectorAll("svg[role=group] :is(text,rect,circle,path,line)")) {
				const s = getComputedStyle(e);
				for (const c of [s.fill, s.stroke]) if (!allowed.has(c)) problems.push((e.closest("a,g").getAttribute("class")) + " " + e.localName + " has the colour " + c);
				// On its own ground.
				if (e.localName === "text" && s.fill === system.Canvas && !e.closest("[aria-current]")) problems.push(e.textContent + " is not seen");
			}
			for (const [kind, shape] of [[".call", "circle"], [".node", "rect,path"]]) {
				const of = e => getComputedStyle(e.querySelector(shape)).fill + getComputedStyle(e.querySelector("text")).fill;
				const chosen = document.querySelector("svg[role=group] " + kind + "[aria-current]"), other = document.querySelector("svg[role=group] " + kind + ":not([aria-current])");
				if (of(chosen) === of(other)) problems.push("the chosen " + kind + " looks like the others");
			}
			return [...new Set(problems)];
		})()`, &problems)
		for _, x := range problems {
			t.Errorf("%s: %s", scheme, x)
		}
		p.Eval(`document.querySelector('.axis .wide [href="#call-2"]').focus()`, nil)
		p.Type(kb.Home)
		p.True(`getComputedStyle(document.activeElement).outlineStyle === "solid"`)
		if folder := os.Getenv("SHARH_SHOTS"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, "forced-"+scheme+".png"), p.Screenshot(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		p.Quiet()
		p.Close()
	}
}

// Who wants less motion gets none.
func (a access) lessMotion(t *testing.T) {
	t.Parallel()
	p := a.browser.Open(t, a.server+"/eight-calls/?wasm=off", media("prefers-reduced-motion", "reduce"))
	p.Until(settled)
	var moving []string
	p.Eval(`[document.documentElement, ...document.querySelectorAll("body *")].filter(e => {
		const s = getComputedStyle(e);
		return s.scrollBehavior === "smooth" || s.animationName !== "none" || s.transitionDuration.split(", ").some((d, i) => d !== "0s" && s.transitionProperty.split(", ")[i] !== "none");
	}).map(e => e.localName + "." + e.getAttribute("class"))`, &moving)
	slices.Sort(moving)
	for _, x := range slices.Compact(moving) {
		t.Errorf("%s moves", x)
	}
	p.Quiet()
}
