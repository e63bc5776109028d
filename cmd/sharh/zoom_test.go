package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/web/webtest"
)

// crowdedSite builds the sample with 140 more events on its time axis: some everywhere, many in a week, and sixteen on
// a day.
func crowdedSite(t *testing.T) string {
	t.Helper()
	content := filepath.Join(shareFolder(t), "crowded")
	sample := filepath.Join(content, "sample")
	made.Lock()
	if _, err := os.Stat(content); err != nil {
		if err := os.CopyFS(sample, os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(sample, "timeline.yaml")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Date(2021, 10, 1, 0, 0, 0, 0, time.UTC)
		arabic := strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩")
		var more strings.Builder
		for i := range 140 {
			date := begin.AddDate(0, 0, i*8)
			switch {
			case i >= 124:
				date = time.Date(2023, 5, 5, 0, 0, 0, 0, time.UTC)
			case i >= 100:
				date = time.Date(2022, 3, 1+(i-100)/4, 0, 0, 0, 0, time.UTC)
			}
			group := ""
			if i%3 == 0 {
				group = ", group: texts"
			}
			fmt.Fprintf(&more, "  - {id: report-%d, date: %s, figure: event%s, label: {en: Report %d, ar: التقرير %s}, "+
				"sentences: [{kind: fact, text: {en: Report %d appears., ar: صدر التقرير %s.}, sources: [eaa]}]}\n",
				i, date.Format(time.DateOnly), group, i, arabic.Replace(fmt.Sprint(i)), i, arabic.Replace(fmt.Sprint(i)))
		}
		if err := os.WriteFile(file, append(data, more.String()...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made.Unlock()
	return buildSiteOf(t, contentFlags{Content: content, Slugs: []string{"sample"}})
}

// What the axis shows.
const (
	zoomed = `!!document.querySelector("#window svg")`
	// The links of events that are shown.
	axisLinks = `[...document.querySelectorAll("#axis svg .ev")].filter(e => e.getClientRects().length)`
	span      = `document.getElementById("span").textContent`
	ready     = `getComputedStyle(document.querySelector("#axis .zoom")).visibility === "visible"`
)

// openMark is a mark that gathers events which come apart, in the upper half of the window.
const openMark = axisLinks + `.find(e => e.dataset.window)`

// drawsNearer is a journey: readers of a crowded time axis draw it nearer, by buttons, by keys and by a mark that stands for several events, until
// each event has a mark of its own; and back.
func drawsNearer(t *testing.T, browser *webtest.Browser) {
	server := serve(t, crowdedSite(t))
	for _, l := range []struct{ lang, path string }{{"en", "/sample/"}, {"ar", "/sample/ar/"}} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(l.lang, width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+l.path+"?wasm=now", webtest.Size(width, 800))
				p.Until(live + " && " + ready)
				p.Settled()
				button := func(n int) string { return fmt.Sprintf("#axis .zoom button:nth-of-type(%d)", n) }
				// shows waits until the axis shows another part, and returns what it says about it.
				shows := func(before string) string {
					t.Helper()
					p.Until(span + ` !== ` + fmt.Sprintf("%q", before))
					// What is shown says its number, and each of these is on the axis, in a mark or in the number of one.
					p.Until(`(() => {
						const figures = s => +[...s].map(c => "٠١٢٣٤٥٦٧٨٩".includes(c) ? "٠١٢٣٤٥٦٧٨٩".indexOf(c) : c).join("");
						const [, all] = /([\d٠-٩]+) (?:of|من) [\d٠-٩]+$/.exec(` + span + `);
						const events = ` + axisLinks + `.map(e => /^حدثان/.test(e.textContent.trim()) ? 2 : figures((/^([\d٠-٩]+) (events|حدث|أحداث)/.exec(e.textContent.trim()) || [0, "1"])[1]));
						const calls = [...document.querySelectorAll("#axis svg .call")].filter(e => e.getClientRects().length).length;
						return events.reduce((a, b) => a + b, calls) === figures(all);
					})()`)
					return p.Text(span)
				}
				all := p.Text(span)
				p.True(`!(` + zoomed + `) && document.querySelector("#axis .zoom span").getAttribute("role") === "status"`)
				p.True(`[...document.querySelectorAll("#axis .zoom button")].every(b => b.getAttribute("aria-label"))`)

				// Buttons, which stay where they are.
				p.Click(button(3))
				half := shows(all)
				p.True(zoomed + ` && document.activeElement.matches(".zoom button")`)
				p.Click(button(3))
				quarter := shows(half)
				first, second := 1, 2
				if width == 360 { // the middle of what is in view of the long axis is near its beginning
					first, second = 2, 1
				}
				p.Click(button(first))
				before := shows(quarter)
				p.Click(button(second))
				quarter = shows(before)
				p.Click(button(5))
				if got := shows(quarter); got != all {
					t.Errorf("all of it is %q, then %q", all, got)
				}
				p.True(`!(` + zoomed + `)`)
				p.Click(button(5)) // has nothing to do
				p.Click(button(1))

				// Keys, where the focus is in the axis. Elsewhere they are the page's.
				p.Eval(`document.querySelector("h1").tabIndex = -1, document.querySelector("h1").focus()`, nil)
				p.Type("+")
				p.Eval(axisLinks+`[0].focus()`, nil)
				p.True(span + ` === ` + fmt.Sprintf("%q", all))
				p.Type("+")
				shows(all)
				p.True(`!!document.activeElement.closest("#axis")`)
				p.Type("-0")
				p.Until(span + ` === ` + fmt.Sprintf("%q", all))

				// A mark that stands for several events opens, until all of them have marks of their own, or are of one day.
				var opened int
				for part := all; ; opened++ {
					var more bool
					p.Eval(`!!`+openMark, &more)
					if !more {
						break
					}
					p.Eval(openMark+`.focus()`, nil)
					p.Type(kb.Enter)
					part = shows(part)
					p.True(`!!document.activeElement.closest("#axis") && !location.hash`)
					if opened > 8 {
						t.Fatalf("marks open without end; at last there is %q", part)
					}
				}
				if opened == 0 {
					t.Error("no mark opened")
				}

				// One "clear" undoes this too.
				p.True(`getComputedStyle(document.querySelector(".clear")).visibility === "visible"`)
				p.Type(kb.Escape)
				p.Until(span + ` === ` + fmt.Sprintf("%q", all) + ` && !(` + zoomed + `)`)
				p.True(`document.documentElement.scrollWidth <= innerWidth`)

				// A call that is chosen is on the axis.
				p.Eval(openMark+`.focus()`, nil)
				p.Type(kb.Enter)
				shows(all)
				for _, call := range []string{"1", "2", "3"} {
					p.Eval(`document.querySelector('#call-`+call+`') && (location.hash = "#call-`+call+`")`, nil)
					p.Until(`[...document.querySelectorAll('#axis svg .call[href="#call-` + call + `"][aria-current]')].some(e => e.getClientRects().length)`)
				}
				p.Quiet()
			})
		}
	}
}

// Before the page is live, without scripts, and where the events of a mark are of one day, it leads to the list. The
// room of the controls is there from the start.
func TestCrowdedAxisWithoutClient(t *testing.T) {
	t.Parallel()
	server := serve(t, crowdedSite(t))
	browser := webtest.Start(t)
	top := `Math.round(document.querySelector("#axis .wide").getBoundingClientRect().top + scrollY)`
	still := browser.Open(t, server.URL+"/sample/", webtest.Size(1280, 800), webtest.NoScripts())
	still.True(`getComputedStyle(document.querySelector("#axis .zoom")).display === "none"`)
	still.Eval(openMark+`.scrollIntoView({block: "center"})`, nil)
	to := still.Text(openMark + `.getAttribute("href")`)
	still.Click(`#axis .wide [href="` + to + `"]`)
	still.Until(`location.hash === "` + to + `" && document.querySelector(location.hash).closest("#events").open`)

	p := browser.Open(t, server.URL+"/sample/?wasm=off", webtest.Size(1280, 800))
	p.Until(`document.documentElement.dataset.client === "off"`)
	p.True(`getComputedStyle(document.querySelector("#axis .zoom")).display === "none"`)

	p = browser.Open(t, server.URL+"/sample/", webtest.Size(1280, 800))
	before := p.Text(top)
	p.Eval(`(sharh.start(), 0)`, nil) // its promise is kept when the client ends
	p.Until(live + " && " + ready)
	if after := p.Text(top); after != before {
		t.Errorf("the axis is at %s before the page is live, then at %s", before, after)
	}
}

// With Shift, arrows lead to earlier and later parts, as time runs in the form that is shown.
func TestAxisByArrows(t *testing.T) {
	t.Parallel()
	server := serve(t, crowdedSite(t))
	browser := webtest.Start(t)
	for _, c := range []struct {
		path           string
		width          int64
		later, earlier string
	}{
		{"/sample/", 1280, kb.ArrowRight, kb.ArrowLeft}, {"/sample/ar/", 1280, kb.ArrowLeft, kb.ArrowRight},
		{"/sample/ar/", 1280, kb.ArrowDown, kb.ArrowUp}, {"/sample/", 360, kb.ArrowDown, kb.ArrowUp},
	} {
		t.Run(fmt.Sprint(c.path, c.width, c.later), func(t *testing.T) {
			t.Parallel()
			var b tab
			p := browser.Open(t, server.URL+c.path+"?wasm=now", webtest.Size(c.width, 800), b.option)
			p.Until(live + " && " + ready)
			p.Settled()
			now := p.Text(span)
			press := func(key string, shift bool) {
				t.Helper()
				modifiers := chromedp.KeyModifiers(0)
				if shift {
					modifiers = chromedp.KeyModifiers(8)
				}
				if _, err := chromedp.Run(b.ctx, chromedp.KeyEvent(key, modifiers)); err != nil {
					t.Fatal(err)
				}
				p.Until(span + ` !== ` + fmt.Sprintf("%q", now))
				now = p.Text(span)
			}
			// The same as by the button of that name. (The focus stays in the axis, where keys are heard.)
			button := func(n int) {
				t.Helper()
				p.Eval(fmt.Sprintf(`document.querySelector("#axis .zoom button:nth-of-type(%d)").click()`, n), nil)
				p.Until(span + ` !== ` + fmt.Sprintf("%q", now))
				now = p.Text(span)
			}
			p.Eval(axisLinks+`[0].focus({preventScroll: true})`, nil)
			press("+", false)
			press("+", false)
			middle := now
			// On a phone the part that is near is at the beginning, on a desk at the end.
			first, second, there, back := 1, 2, c.earlier, c.later
			if c.width == 360 {
				first, second, there, back = 2, 1, c.later, c.earlier
			}
			button(first)
			away := now
			button(second)
			home := now
			press("0", false)
			press("+", false)
			press("+", false)
			if now != middle {
				t.Fatalf("twice nearer is %q, then %q", middle, now)
			}
			if press(there, true); now != away {
				t.Errorf("beside %q is %q, by a key %q", middle, away, now)
			}
			if press(back, true); now != home {
				t.Errorf("beside %q is %q, by a key %q", away, home, now)
			}
		})
	}
}

// Two fingers draw the axis nearer where they are, and move it along; one finger scrolls the page.
func TestAxisUnderFingers(t *testing.T) {
	t.Parallel()
	server := serve(t, crowdedSite(t))
	browser := webtest.Start(t)
	for _, l := range []struct{ lang, path string }{{"en", "/sample/"}, {"ar", "/sample/ar/"}} {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			var b tab
			p := browser.Open(t, server.URL+l.path+"?wasm=now", touch, b.option)
			p.Until(live + " && " + ready)
			p.Settled()
			p.Eval(`document.querySelector("#axis").scrollIntoView({block: "start", behavior: "instant"})`, nil)
			all := p.Text(span)
			changed := func(from string) string {
				t.Helper()
				p.Until(span + ` !== ` + fmt.Sprintf("%q", from))
				return p.Text(span)
			}
			middle := spot{180, 400}
			b.fingers(t, p, []spot{{middle.X, middle.Y - 30}, {middle.X, middle.Y + 30}},
				[]spot{{middle.X, middle.Y - 60}, {middle.X, middle.Y + 60}})
			near := changed(all)
			p.True(zoomed + ` && visualViewport.scale === 1`)

			// Two fingers drag what is under them upwards: later times come.
			p.Settled()
			var y float64
			p.Eval(`scrollY`, &y)
			b.fingers(t, p, []spot{{120, 640}, {220, 640}}, []spot{{120, 140}, {220, 140}})
			changed(near)
			p.True(fmt.Sprintf(`Math.abs(scrollY - %f) < 2`, y))

			// One finger scrolls the page.
			now := p.Text(span)
			b.fingers(t, p, []spot{{180, 500}}, []spot{{180, 200}})
			p.Until(fmt.Sprintf(`scrollY > %f`, y+100))
			p.True(span + ` === ` + fmt.Sprintf("%q", now))
		})
	}
}

// Whatever else the reader does, the axis shows what he chose, and nothing of it is lost.
func TestAxisNearerAndTheRest(t *testing.T) {
	t.Parallel()
	server := serve(t, crowdedSite(t))
	browser := webtest.Start(t)
	const whole = `document.querySelector("#axis>svg").checkVisibility() || document.querySelector("#axis>svg.tall").checkVisibility()`
	nearer := func(p *webtest.Page) {
		t.Helper()
		all := p.Text(span)
		p.Eval(openMark+`.focus()`, nil)
		p.Type(kb.Enter)
		p.Until(zoomed + ` && ` + span + ` !== ` + fmt.Sprintf("%q", all))
	}
	shown := func(call string) string {
		return `[...document.querySelectorAll('#axis svg .call[href="#call-` + call + `"][aria-current]')].some(e => e.checkVisibility())`
	}
	for _, path := range []string{"/sample/", "/sample/ar/"} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(path, width), func(t *testing.T) {
				t.Parallel()
				// An address that names an event inside of a mark leads to it in the list.
				p := browser.Open(t, server.URL+path+"?wasm=now#event-report-105", webtest.Size(width, 800))
				p.Until(live + " && " + ready)
				p.Until(`(r => r.height > 0 && r.top >= 0 && r.top < innerHeight)(document.querySelector("#event-report-105").getBoundingClientRect())`)
				p.True(`!(` + zoomed + `)`)

				// A call that is chosen elsewhere, then Back to the one before. The page stays where the reader is.
				nearer(p)
				p.Eval(`document.querySelector('.panels [href="#call-2"], .beside [href="#call-2"], a[href="#call-2"]:not(svg a)').click()`, nil)
				p.Until(shown("2"))
				p.Eval(`document.querySelector('a[href="#call-1"]:not(svg a)').click()`, nil)
				p.Until(shown("1"))
				p.Back()
				p.Until(shown("2"))

				// "Clear" shows all of the axis again; so does another language.
				nearer(p)
				p.Eval(`document.querySelector(".clear").click()`, nil)
				p.Until(`!(` + zoomed + `) && (` + whole + `)`)
				nearer(p)
				p.Eval(`document.querySelector("header a[hreflang]").click()`, nil)
				p.Until(`location.pathname !== "` + path + `" && document.readyState === "complete"`)
				p.True(`!(` + zoomed + `) && (` + whole + `)`)
				p.Quiet()
			})
		}
	}

	// Paper has all of the axis, and no controls.
	p := browser.Open(t, server.URL+"/sample/?wasm=now", webtest.Size(1280, 800), webtest.Paper())
	p.Until(live + ` && document.querySelector("#axis .zoom[data-ready]")`)
	p.Eval(`sharh.show(1)`, nil)
	p.Until(zoomed)
	p.True(`!document.querySelector("#window").checkVisibility() && (` + whole + `) && !document.querySelector("#axis .zoom").checkVisibility()`)

	// Readers who want less motion see the other part at once.
	p = browser.Open(t, server.URL+"/sample/?wasm=now", webtest.Size(1280, 800), webtest.Motion("reduce"))
	p.Until(live + " && " + ready)
	p.Eval(`(Element.prototype.animate = () => { document.title = "moves"; }, 0)`, nil)
	nearer(p)
	p.True(`document.title !== "moves" && !document.querySelector("#axis").getAnimations({subtree: true}).length`)
}

// A story whose axis gathers nothing has no controls and no style for them.
func TestAxisWithoutGatheredMarks(t *testing.T) {
	t.Parallel()
	dist := buildSite(t)
	for _, name := range []string{"eight-calls/index.html", "eight-calls/en/index.html"} {
		page, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{"#axis", `id="axis"`, "data-key", "data-window", `id="window"`, `id="span"`} {
			if strings.Contains(string(page), trace) {
				t.Errorf("%s has %s", name, trace)
			}
		}
	}
}
