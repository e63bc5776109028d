package webtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sharh/web/webtest/engine"
)

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
	return &Browser{engine: chromium{shared.ctx}}
}

// End ends the shared browsers, as far as there are any; for TestMain.
func End() {
	for _, e := range Engines {
		e.end()
	}
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
	return &Browser{engine: chromium{ctx}}
}

// Launch starts a Chromium that runs until ctx ends or stop is called. The returned context belongs to an open,
// empty tab. Its data is in the folder profile, which may be from an earlier run; if profile is "", it is in a
// temporary folder. pin is that of a certificate to trust, "" for none.
func Launch(ctx context.Context, profile, pin string) (tab context.Context, stop context.CancelFunc, err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	var more []chromedp.ExecAllocatorOption
	if pin != "" {
		more = append(more, chromedp.Flag("ignore-certificate-errors-spki-list", pin))
	}
	return launch(ctx, path, profile, more...)
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

// chromium makes windows of a running Chromium.
type chromium struct {
	ctx context.Context
}

// Open opens a window of the pool.
func (c chromium) Open() (engine.Window, error) {
	w, err := pools.take(c.ctx)
	if err != nil {
		return nil, err
	}
	made := &chromiumWindow{ctx: w.ctx}
	made.close = func(failed bool) {
		if failed || !w.clean(made.visited()) {
			w.end()
			return
		}
		pools.give(c.ctx, w)
	}
	return made, made.prepare()
}

// open opens a window that is not of the pool.
func (c chromium) open(options ...chromedp.ContextOption) (engine.Window, error) {
	ctx, cancel := chromedp.NewContext(c.ctx, options...)
	made := &chromiumWindow{ctx: ctx, close: func(bool) { cancel() }}
	return made, made.prepare()
}

// Attach returns the page of a window that the browser itself has opened, and that was not looked into until now.
// window is a context made with the target's ID.
func Attach(t testing.TB, window context.Context) *Page {
	t.Helper()
	w := &chromiumWindow{ctx: window, close: func(bool) {}}
	if err := w.prepare(); err != nil {
		t.Fatalf("attaching to a window: %v", err)
	}
	return &Page{t: t, w: w, close: func() {}}
}

func (c chromium) Version() string { return "Chromium" }

func (c chromium) Stop() {}

// chromiumWindow is a window of Chromium, as [engine.Window] describes it.
type chromiumWindow struct {
	ctx   context.Context // of the session
	close func(failed bool)

	mu     sync.Mutex
	urls   []string // all addresses that were opened
	said   []string
	logged []string // console output without complaints, such as the stack of a Go program that ended
}

// prepare listens to the window and gives it the focus although other windows are open, because tests run side by
// side. The window lives as long as the context of its first call, so that context must not have a timeout.
func (w *chromiumWindow) prepare() error {
	if err := chromedp.Listen(w.ctx, w.listen); err != nil {
		return err
	}
	if _, err := chromedp.Call(w.ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		return err
	}
	// chromedp lets every window tell of each style and element, for queries that tests here do not use.
	for _, unheard := range []cdp.Command[cdp.Empty, cdp.Empty]{css.Disable, dom.Disable} {
		if _, err := chromedp.Call(w.ctx, unheard, cdp.Empty{}); err != nil {
			return err
		}
	}
	_, err := chromedp.Call(w.ctx, cdplog.Enable, cdp.Empty{})
	return err
}

func (w *chromiumWindow) listen(event any) {
	line, into := "", &w.said
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeWarning {
			into = &w.logged
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
	w.mu.Lock()
	*into = append(*into, line)
	w.mu.Unlock()
}

// visited are the addresses that were opened.
func (w *chromiumWindow) visited() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.urls
}

func (w *chromiumWindow) Said() (complaints, notes []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.said), slices.Clone(w.logged)
}

// do runs one action within the window's patience.
func do[T any](w *chromiumWindow, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(w.ctx, engine.Patience)
	defer cancel()
	return chromedp.Run(ctx, action)
}

func (w *chromiumWindow) Goto(url string) error {
	w.mu.Lock()
	w.urls = append(w.urls, url)
	w.mu.Unlock()
	_, err := do(w, chromedp.Navigate(url))
	return err
}

func (w *chromiumWindow) Evaluate(expression string) (string, error) {
	text, err := do(w, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	for _, gone := range []string{"navigated", "execution context", "Promise was collected"} {
		if err != nil && strings.Contains(err.Error(), gone) {
			return "", fmt.Errorf("%w: %w", engine.ErrGone, err)
		}
	}
	return text, err
}

func (w *chromiumWindow) Click(x, y float64) error {
	_, err := do(w, chromedp.MouseClickXY(x, y))
	return err
}

// chromiumKeys are chromedp's characters for keys that write nothing, where they are not ours.
var chromiumKeys = strings.NewReplacer(string(engine.End), kb.End, string(engine.Home), kb.Home,
	string(engine.ArrowLeft), kb.ArrowLeft, string(engine.ArrowUp), kb.ArrowUp,
	string(engine.ArrowRight), kb.ArrowRight, string(engine.ArrowDown), kb.ArrowDown)

func (w *chromiumWindow) Type(keys string) error {
	_, err := do(w, chromedp.KeyEvent(chromiumKeys.Replace(keys)))
	return err
}

func (w *chromiumWindow) Resize(width, height int64) error {
	return chromedp.Do(w.ctx, chromedp.EmulateViewport(width, height))
}

func (w *chromiumWindow) Screenshot() ([]byte, error) { return do(w, chromedp.CaptureScreenshot()) }

func (w *chromiumWindow) Before(script string) error {
	_, err := chromedp.Call(w.ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	return err
}

func (w *chromiumWindow) NoScripts() error {
	_, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	return err
}

func (w *chromiumWindow) Tab() (engine.Window, error) {
	return chromium{w.ctx}.open(chromedp.WithExistingBrowserContext(chromedp.FromContext(w.ctx).BrowserContextID))
}

func (w *chromiumWindow) Close(failed bool) { w.close(failed) }
