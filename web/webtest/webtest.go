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
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for a condition on a busy machine before it fails. A condition that holds is
// usually seen within two seconds; only a failing test waits this long.
const patience = 90 * time.Second

// Browser is a running Chromium.
type Browser struct {
	ctx context.Context
}

// fullBrowsers are the usual names of a full Chromium, with all settings that a reader can change.
var fullBrowsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Find returns the path of a Chromium: $CHROMIUM, or one of the usual names. It prefers the one without a window
// system, chromium-headless-shell in Debian, because pages take a third less time in it.
func Find() (string, error) {
	return find(append([]string{"chromium-headless-shell"}, fullBrowsers...))
}

func find(names []string) (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path, nil
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium found: install it (Debian: apt-get install chromium chromium-headless-shell) " +
		"or set CHROMIUM to its path")
}

// shared is the browser of all tests of this program.
var shared struct {
	sync.Mutex
	ctx  context.Context
	stop context.CancelFunc
}

// Start returns the Chromium that all tests of this program share; the first call starts it. Without a Chromium the
// test fails, because a test that was not run has not passed.
func Start(t testing.TB) *Browser {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx == nil || shared.ctx.Err() != nil { // if it has died, only the tests that used it fail
		var err error
		if shared.ctx, shared.stop, err = start(); err != nil {
			t.Fatal(err)
		}
	}
	return &Browser{shared.ctx}
}

// End ends the shared Chromium, if there is one; for TestMain.
func End() {
	shared.Lock()
	defer shared.Unlock()
	if shared.stop != nil {
		shared.stop()
		shared.ctx, shared.stop = nil, nil
	}
}

// start launches the shared browser. Without a separate GPU process, and without compiling the client a second time
// for speed, pages use a tenth less of the machine each.
func start() (tab context.Context, stop context.CancelFunc, err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	return launch(context.Background(), path, "",
		chromedp.Flag("in-process-gpu", true), chromedp.Flag("js-flags", "--liftoff-only"))
}

// StartIn starts a full Chromium for this test only, which ends with the test. Its data is in the folder profile,
// and it obeys the settings in it.
func StartIn(t testing.TB, profile string) *Browser {
	t.Helper()
	path, err := find(fullBrowsers)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop, err := launch(context.Background(), path, profile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return &Browser{ctx}
}

// Launch starts a Chromium that runs until ctx ends or stop is called. The returned context belongs to an open,
// empty tab. Its data is in the folder profile, which may be from an earlier run; if profile is "", it is in a
// temporary folder.
func Launch(ctx context.Context, profile string) (tab context.Context, stop context.CancelFunc, err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	return launch(ctx, path, profile)
}

func launch(
	ctx context.Context, path, profile string, more ...chromedp.ExecAllocatorOption,
) (tab context.Context, stop context.CancelFunc, err error) {
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		// Makes letters as wide as in Chromium with windows.
		chromedp.Flag("font-render-hinting", "slight"),
		// Sandboxed frames stay in the page's process, so that scripts of the test can access them. Windows do not
		// load the browser's own pages, which would cost more time than most tests.
		chromedp.Flag("disable-features",
			"Translate,IsolateSandboxedIframes,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"),
	}, more...)
	if profile != "" {
		options = append(options, chromedp.UserDataDir(profile))
	}
	tab, stop = chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(options...))
	if err := chromedp.Do(tab); err != nil {
		stop()
		return nil, nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return tab, stop, nil
}

// Page is an open page.
type Page struct {
	t     testing.TB
	ctx   context.Context
	close context.CancelFunc

	mu     sync.Mutex
	urls   []string // all addresses that were opened
	said   []string
	logged []string // console output without complaints, such as the stack of a Go program that ended
}

// Option prepares a page before it is opened.
type Option func(ctx context.Context) error

// Size sets the window, in CSS pixels.
func Size(width, height int64) Option {
	return func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.EmulateViewport(width, height)) }
}

// NoScripts turns the page's scripts off.
func NoScripts() Option {
	return func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}
}

// Paper shows the page as it would be printed.
func Paper() Option {
	return func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}
}

// Motion tells the page how much motion its reader wants: "reduce" or "no-preference". The default is "reduce", so
// that nothing moves under the mouse.
func Motion(value string) Option {
	return func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: value}},
		})
		return err
	}
}

// inFront gives the page the focus although other windows are open, because tests run side by side.
func inFront(ctx context.Context) error {
	_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return err
}

// Before runs a script in every document before its own.
func Before(script string) Option {
	return func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}
}

// Open opens url in a page of its own, 1280 by 900 pixels unless an option changes that. Its storage is empty, but
// its cache may hold files that browsers may keep forever.
func (b *Browser) Open(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	w, err := pools.take(b.ctx)
	if err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	var p *Page
	p = open(t, w.ctx, sync.OnceFunc(func() {
		if t.Failed() || p == nil || !w.clean(p.visited()) {
			w.end()
			return
		}
		pools.give(b.ctx, w)
	}), url, options...)
	return p
}

// Fresh is like Open, but in a window that no other test uses. It is for tests of what browsers store.
func (b *Browser) Fresh(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	return open(t, ctx, cancel, url, options...)
}

// Tab opens url in another tab beside the page, with the same storage.
func (p *Page) Tab(url string, options ...Option) *Page {
	p.t.Helper()
	c := chromedp.FromContext(p.ctx)
	ctx, cancel := chromedp.NewContext(p.ctx, chromedp.WithExistingBrowserContext(c.BrowserContextID))
	return open(p.t, ctx, cancel, url, options...)
}

// Lasting opens url in a page that shares its storage with all other pages opened this way, and that is not private.
func (b *Browser) Lasting(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	return open(t, ctx, cancel, url, options...)
}

func open(t testing.TB, ctx context.Context, cancel context.CancelFunc, url string, options ...Option) *Page {
	t.Helper()
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx, close: cancel}
	// The page lives as long as the context of its first call, so that context must not have a timeout.
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatalf("opening a page: %v", err)
	}
	options = append([]Option{Size(1280, 900), Motion("reduce"), inFront, func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, cdplog.Enable, cdp.Empty{})
		return err
	}}, options...)
	for _, o := range options {
		if err := o(ctx); err != nil {
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
	if err := Size(width, height)(p.ctx); err != nil {
		p.t.Fatalf("resizing the window: %v", err)
	}
}

func (p *Page) listen(event any) {
	line, into := "", &p.said
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeWarning {
			into = &p.logged
		}
		var parts []string
		for _, a := range e.Args {
			text := a.Description
			if a.Value != nil {
				text = string(a.Value)
			}
			parts = append(parts, text)
		}
		line = string(e.Type) + ": " + strings.Join(parts, " ")
	case *runtime.EventExceptionThrown:
		line = "exception: " + e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			line += " " + x.Description
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level != cdplog.EntryLevelError && e.Entry.Level != cdplog.EntryLevelWarning {
			return
		}
		line = string(e.Entry.Level) + ": " + e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	p.mu.Lock()
	*into = append(*into, line)
	p.mu.Unlock()
}

// words is everything that the page complained about or wrote, for the message of a failed test.
func (p *Page) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(append(append([]string(nil), p.said...), p.logged...), "\n")
}

// visited are the addresses that were opened.
func (p *Page) visited() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.urls
}

// Said returns what the page complained about: console errors and warnings, exceptions, violations of its policy.
func (p *Page) Said() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.said...)
}

// Quiet fails the test when the page complained about anything.
func (p *Page) Quiet() {
	p.t.Helper()
	for _, line := range p.Said() {
		p.t.Errorf("the page complains: %s", line)
	}
}

// run runs one action of the page within the test's patience.
func run[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	value, err := try(p, action)
	if err != nil {
		p.t.Fatalf("%s: %v\nthe page said: %s", what, err, p.words())
	}
	return value
}

func try[T any](p *Page, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// Goto opens another address in the page.
func (p *Page) Goto(url string) {
	p.t.Helper()
	p.mu.Lock()
	p.urls = append(p.urls, url)
	p.mu.Unlock()
	run(p, "opening "+url, chromedp.Navigate(url))
}

// Eval evaluates a JavaScript expression, awaits it if it is a promise, and stores its value in into unless into is
// nil.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	// Passed as JSON text, so that the result does not depend on how the protocol encodes values.
	text := run(p, "evaluating "+expression, chromedp.Evaluate[string](
		"Promise.resolve("+expression+").then(x => JSON.stringify(x === undefined ? null : x))", chromedp.EvalAwaitPromise))
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

// Until waits until the expression, or the promise that it returns, is true. The page may reload meanwhile.
func (p *Page) Until(expression string) {
	p.t.Helper()
	holds := "Promise.resolve(document.documentElement && (" + expression + ")).then(x => String(!!x))"
	deadline := time.Now().Add(patience)
	// Most conditions hold soon. Poll less often as time passes, because polling slows down the other tests.
	for pause := 10 * time.Millisecond; ; pause = min(pause*3/2, 120*time.Millisecond) {
		answer, err := try(p, chromedp.Evaluate[string](holds, chromedp.EvalAwaitPromise))
		if err != nil && !strings.Contains(err.Error(), "navigated") && !strings.Contains(err.Error(), "execution context") &&
			!strings.Contains(err.Error(), "Promise was collected") {
			p.t.Fatalf("waiting for %s: %v\nthe page said: %s", expression, err, p.words())
		}
		if err == nil && answer == "true" {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain for %s\nthe page said: %s", expression, p.words())
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
		for (let i = 0; i < 2; i++) await new Promise(r => requestIdleCallback(r, {timeout: 2000}));
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
	deadline := time.Now().Add(patience)
	for !at.Hit || at != before {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain for %s to be there to click\nthe page said: %s", selector, p.words())
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
			const r = e.getBoundingClientRect(), X = r.x + r.width / 2, Y = r.y + r.height / 2;
			const hit = document.elementFromPoint(X, Y);
			return {X, Y, Hit: !!hit && e.contains(hit)};
		})()`, &at)
	}
	run(p, "clicking "+selector, chromedp.MouseClickXY(at.X, at.Y))
}

// Type sends keys to whatever has the focus.
func (p *Page) Type(keys string) {
	p.t.Helper()
	run(p, "typing", chromedp.KeyEvent(keys))
}

// Back goes back in the history.
func (p *Page) Back() {
	p.t.Helper()
	// The page may be gone before it can answer.
	if _, err := try(p, chromedp.Evaluate[string]("history.back(), \"\"")); err != nil &&
		!strings.Contains(err.Error(), "navigated") {
		p.t.Fatalf("going back: %v", err)
	}
}

// Screenshot returns the window as a PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	return run(p, "taking a screenshot", chromedp.CaptureScreenshot())
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always encode
	}
	return string(b)
}
