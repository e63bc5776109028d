// Package webtest drives a real browser for tests. Tests open, click and read a page as a reader would; the package
// collects the page's complaints (console errors, exceptions, policy violations).
//
//	b := webtest.Start(t)
//	p := b.Open(t, server.URL+"/putin-trump-calls/")
//	p.Until(`document.documentElement.dataset.client === "live"`)
//	p.Click(`a[href="#call-5"]`)
//
// Tests do not sleep: Until polls for a condition, and if it never holds, the test fails with the page's complaints.
// Settled waits until a page is at rest, to check that something did not happen.
//
// The tests of one program share a browser. Each page has its own window and, except for [Page.Tab] and
// [Browser.Lasting], its own browser context with its own storage, cache and workers; it behaves as if it were in
// front. So tests can run side by side. Windows are reused, see pool.go.
package webtest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"sharh/web/webtest/engine"
)

// Browser is a running browser.
type Browser struct {
	engine engine.Engine
	index  int // in Engines
}

// Page is an open page.
type Page struct {
	t     testing.TB
	w     engine.Window
	close func()
}

// Option prepares a window before a page is opened in it.
type Option func(w engine.Window) error

// Size sets the window, in CSS pixels.
func Size(width, height int64) Option {
	return func(w engine.Window) error { return w.Resize(width, height) }
}

// NoScripts turns the page's scripts off.
func NoScripts() Option { return engine.Window.NoScripts }

// Before runs a script in every document before its own.
func Before(script string) Option {
	return func(w engine.Window) error { return w.Before(script) }
}

// Chromium prepares a window by Chromium's protocol; in another browser the test fails.
func Chromium(prepare func(ctx context.Context) error) Option {
	return func(w engine.Window) error {
		c, ok := w.(*chromiumWindow)
		if !ok {
			return errors.New("this test needs Chromium")
		}
		return prepare(c.ctx)
	}
}

// Paper shows the page as it would be printed, in Chromium.
func Paper() Option { return media(emulation.SetEmulatedMediaParams{Media: "print"}) }

// Motion tells the page how much motion its reader wants: "reduce" or "no-preference". The default is "reduce", in all
// engines, so that nothing moves under the mouse; only Chromium can be told otherwise.
func Motion(value string) Option {
	return media(emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: value}},
	})
}

func media(params emulation.SetEmulatedMediaParams) Option {
	return Chromium(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, params)
		return err
	})
}

// Open opens url in a page of its own, 1280 by 900 pixels unless an option changes that. Its storage is empty, but
// its cache may hold files that browsers may keep forever.
func (b *Browser) Open(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	w, err := b.engine.Open()
	return open(t, w, err, url, options...)
}

// Fresh is like Open, but in a window that no other test uses. It is for tests of what browsers store.
func (b *Browser) Fresh(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	c, ok := b.engine.(chromium)
	if !ok { // the windows of other engines are all fresh
		return b.Open(t, url, options...)
	}
	w, err := c.open(chromedp.WithNewBrowserContext())
	return open(t, w, err, url, options...)
}

// Tab opens url in another tab beside the page, with the same storage.
func (p *Page) Tab(url string, options ...Option) *Page {
	p.t.Helper()
	w, err := p.w.Tab()
	return open(p.t, w, err, url, options...)
}

// Lasting opens url in a page that shares its storage with all other pages opened this way, and that is not private.
// Only Chromium has such pages.
func (b *Browser) Lasting(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	w, err := b.engine.(chromium).open()
	return open(t, w, err, url, options...)
}

func open(t testing.TB, w engine.Window, err error, url string, options ...Option) *Page {
	t.Helper()
	if err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	p := &Page{t: t, w: w, close: sync.OnceFunc(func() { w.Close(t.Failed()) })}
	t.Cleanup(p.close)
	usual := []Option{Size(1280, 900)}
	if _, ok := w.(*chromiumWindow); ok {
		usual = append(usual, Motion("reduce"))
	}
	for _, o := range append(usual, options...) {
		if err := o(w); err != nil {
			t.Fatalf("preparing %s: %v", url, err)
		}
	}
	p.Goto(url)
	return p
}

// Close closes the page, which would otherwise go on until the test ends.
func (p *Page) Close() { p.close() }

// Resize gives the window another size, in CSS pixels, as when a phone is turned.
func (p *Page) Resize(width, height int64) {
	p.t.Helper()
	if err := p.w.Resize(width, height); err != nil {
		p.t.Fatalf("resizing the window: %v", err)
	}
}

// words is everything that the page complained about or wrote, for the message of a failed test.
func (p *Page) words() string {
	complaints, notes := p.w.Said()
	return strings.Join(append(complaints, notes...), "\n")
}

// Said returns what the page complained about: console errors and warnings, exceptions, violations of its policy.
func (p *Page) Said() []string {
	complaints, _ := p.w.Said()
	return complaints
}

// Quiet fails the test when the page complained about anything, and says what the page wrote besides: a Go program that
// ended leaves its reason there.
func (p *Page) Quiet() {
	p.t.Helper()
	if len(p.Said()) > 0 {
		p.t.Errorf("the page complains: %s", p.words())
	}
}

// did fails the test if something could not be done.
func (p *Page) did(what string, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v\nthe page said: %s", what, err, p.words())
	}
}

// Goto opens another address in the page.
func (p *Page) Goto(url string) {
	p.t.Helper()
	p.did("opening "+url, p.w.Goto(url))
}

// Eval evaluates a JavaScript expression, awaits it if it is a promise, and stores its value in into unless into is
// nil.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	// Passed as JSON text, so that the result does not depend on how the protocol encodes values.
	text, err := p.w.Evaluate("Promise.resolve(" + expression + ").then(x => JSON.stringify(x === undefined ? null : x))")
	p.did("evaluating "+expression, err)
	raw := []byte(text)
	if into == nil {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil {
		p.t.Fatalf("evaluating %s: got %s: %v", expression, raw, err)
	}
}

// Text evaluates an expression, or the promise that it returns, to a string.
func (p *Page) Text(expression string) string {
	p.t.Helper()
	var s string
	p.Eval("Promise.resolve("+expression+").then(String)", &s)
	return s
}

// True fails the test unless the expression is true now.
func (p *Page) True(expression string) {
	p.t.Helper()
	if got := p.Text(expression); got != "true" {
		p.t.Errorf("%s: got %s", expression, got)
	}
}

// state is what decides what a page does next, for the message of a failed test.
const state = `JSON.stringify({
	address: location.href, client: document.documentElement.dataset.client, document: document.readyState,
	window: document.visibilityState, focus: [document.hasFocus(), document.activeElement?.outerHTML.slice(0, 80)],
	online: navigator.onLine, network: navigator.connection?.effectiveType,
	marks: performance.getEntriesByType("mark").map(m => m.name),
	loaded: performance.getEntriesByType("resource").map(r => r.name),
})`

// Until waits until the expression, or the promise that it returns, is true. The page may reload meanwhile.
func (p *Page) Until(expression string) {
	p.t.Helper()
	holds := "Promise.resolve(document.documentElement && (" + expression + ")).then(x => String(!!x))"
	deadline := time.Now().Add(engine.Patience)
	// Most conditions hold soon. Poll less often as time passes, because polling slows down the other tests.
	for pause := 10 * time.Millisecond; ; pause = min(pause*3/2, 120*time.Millisecond) {
		answer, err := p.w.Evaluate(holds)
		if !errors.Is(err, engine.ErrGone) {
			p.did("waiting for "+expression, err)
		}
		if err == nil && answer == "true" {
			return
		}
		if time.Now().After(deadline) {
			state, _ := p.w.Evaluate(state)
			p.t.Fatalf("waited in vain for %s\nthe page: %s\nthe page said: %s", expression, state, p.words())
		}
		time.Sleep(pause)
	}
}

// Settled waits until the page is at rest: all its files are loaded, its size and scroll position have been the same
// for some frames, and its scripts have nothing left to do. What has not happened by then will not happen by itself.
// Scripts must be on.
func (p *Page) Settled() {
	p.t.Helper()
	p.Eval(`(async () => {
		// A window that has nothing to draw may be given no frame, and one beside busy ones no idle time.
		const frame = () => new Promise(r => { requestAnimationFrame(r); setTimeout(r, 500); });
		while (document.readyState !== "complete") await frame();
		await document.fonts.ready;
		for (let before = "", still = 0; still < 6; ) {
			await frame();
			const e = document.documentElement, now = [scrollX, scrollY, e.scrollWidth, e.scrollHeight, innerHeight].join();
			still = now === before ? still + 1 : 0;
			before = now;
		}
		for (let i = 0; i < 2; i++) {
			await new Promise(r => window.requestIdleCallback ? requestIdleCallback(r, {timeout: 2000}) : setTimeout(r, 50));
		}
	})()`, nil)
}

// Click scrolls to the first element that matches the selector and clicks its middle with the mouse. It first waits
// until the element stands still and a click would hit it: fonts may still be arriving, and boot.js may still be
// scrolling to the reader's place.
func (p *Page) Click(selector string) {
	p.t.Helper()
	type place struct {
		X, Y float64
		Hit  bool
	}
	var before, at place
	deadline := time.Now().Add(engine.Patience)
	for !at.Hit || at != before {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain for %s to be there to click\nthe page: %s\nthe page said: %s",
				selector, p.Text(state), p.words())
		}
		before = at
		time.Sleep(40 * time.Millisecond)
		p.Eval(`(async () => {
			const e = document.querySelector(`+quote(selector)+`);
			if (!e) return {};
			const placing = document.documentElement.classList.contains("js") && document.querySelector("script[data-wasm]");
			if (placing && !performance.getEntriesByName("sharh:placed").length) return {};
			await document.fonts.ready;
			e.scrollIntoView({block: "center", behavior: "instant"});
			// A drawing may have nothing in its middle; then one of its parts is clicked. A mouse stands on a whole pixel.
			let at = {};
			for (const r of [e, ...e.children].map(x => x.getBoundingClientRect())) {
				at = {X: Math.round(r.x + r.width / 2), Y: Math.round(r.y + r.height / 2)};
				at.Hit = e.contains(document.elementFromPoint(at.X, at.Y));
				if (at.Hit) break;
			}
			return at;
		})()`, &at)
	}
	p.did("clicking "+selector, p.w.Click(at.X, at.Y))
}

// Type sends keys to whatever has the focus.
func (p *Page) Type(keys string) {
	p.t.Helper()
	p.did("typing", p.w.Type(keys))
}

// Back goes back in the history.
func (p *Page) Back() {
	p.t.Helper()
	// The page may be gone before it can answer.
	if _, err := p.w.Evaluate(`history.back(), ""`); !errors.Is(err, engine.ErrGone) {
		p.did("going back", err)
	}
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	if _, err := p.w.Evaluate(`location.reload(), ""`); !errors.Is(err, engine.ErrGone) {
		p.did("loading the page again", err)
	}
}

// Screenshot returns the window as a PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	picture, err := p.w.Screenshot()
	p.did("taking a screenshot", err)
	return picture
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always encode
	}
	return string(b)
}
