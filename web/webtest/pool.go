package webtest

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// window is a tab in its own browser context. Opening one and compiling the client in it takes twice as long as a
// test does, so tests use windows one after another. Settings that a test made end with its protocol session; what
// its pages stored is cleared.
type window struct {
	browser context.Context
	ctx     context.Context // of the session
	detach  context.CancelFunc
	tab     target.ID
	storage cdp.BrowserContextID
	uses    int
}

// pool keeps the windows that no test is using.
type pool struct {
	mu   sync.Mutex
	free map[context.Context][]*window // by browser
}

var pools = pool{free: map[context.Context][]*window{}}

// worn is how many tests use a window before it is closed, because its memory grows.
const worn = 25

// take returns a window that is free, or a new one.
func (p *pool) take(browser context.Context) (*window, error) {
	p.mu.Lock()
	var w *window
	if free := p.free[browser]; len(free) > 0 {
		w = free[len(free)-1]
		p.free[browser] = free[:len(free)-1]
	}
	p.mu.Unlock()
	if w == nil {
		return newWindow(browser)
	}
	w.ctx, w.detach = chromedp.NewContext(browser, chromedp.WithTargetID(w.tab), chromedp.WithDetachOnCancel())
	chromedp.FromContext(w.ctx).BrowserContextID = w.storage
	if err := chromedp.Do(w.ctx); err != nil { // it has died meanwhile
		w.detach()
		return newWindow(browser)
	}
	return w, nil
}

func newWindow(browser context.Context) (*window, error) {
	w := &window{browser: browser}
	w.ctx, w.detach = chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithDetachOnCancel())
	if err := chromedp.Do(w.ctx); err != nil {
		w.detach()
		return nil, err
	}
	c := chromedp.FromContext(w.ctx)
	w.tab, w.storage = c.Target.TargetID, c.BrowserContextID
	return w, nil
}

// give returns a clean window to the pool.
func (p *pool) give(browser context.Context, w *window) {
	w.detach()
	if w.uses++; w.uses >= worn {
		w.end()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free[browser] = append(p.free[browser], w)
}

// clean deletes what pages stored in the window, and reports whether it can be used again.
func (w *window) clean(visited []string) bool {
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	c := chromedp.FromContext(w.ctx)
	if slices.ContainsFunc(visited, func(address string) bool { return strings.HasPrefix(address, "file:") }) {
		return false // file: pages have no origin whose storage could be cleared
	}
	// Another window that the test has opened would disturb the next test, and so would a service worker: it can
	// outlive its registration.
	all, err := cdp.Call(ctx, c.Browser, target.GetTargets, target.GetTargetsParams{})
	if err != nil || slices.ContainsFunc(all.TargetInfos, func(info *target.Info) bool {
		return info.BrowserContextID == w.storage && info.TargetID != w.tab &&
			(info.Type == "page" || info.Type == "service_worker")
	}) {
		return false
	}
	ok := true
	do := func(_ cdp.Empty, err error) { ok = ok && err == nil }
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
		try { sessionStorage.clear(); } catch { /* denied */ }
		window.name = "";
		return "";
	})()`)); err != nil {
		return false
	}
	if _, err := chromedp.Run(ctx, chromedp.Navigate("about:blank")); err != nil {
		return false
	}
	cleared := map[string]bool{}
	for _, address := range visited {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			continue
		}
		if origin := u.Scheme + "://" + u.Host; !cleared[origin] {
			cleared[origin] = true
			do(cdp.Call(ctx, c.Target, storage.ClearDataForOrigin,
				storage.ClearDataForOriginParams{Origin: origin, StorageTypes: "all"}))
		}
	}
	do(cdp.Call(ctx, c.Target, page.ResetNavigationHistory, cdp.Empty{}))
	do(cdp.Call(ctx, c.Target, cdplog.Clear, cdp.Empty{}))
	do(cdp.Call(ctx, c.Target, runtime.DiscardConsoleEntries, cdp.Empty{}))
	return ok
}

// end closes the window and deletes everything that was stored there.
func (w *window) end() {
	w.detach()
	c := chromedp.FromContext(w.browser)
	ctx, cancel := context.WithTimeout(w.browser, 10*time.Second)
	defer cancel()
	// The browser may be gone.
	_, _ = cdp.Call(ctx, c.Browser, target.DisposeBrowserContext,
		target.DisposeBrowserContextParams{BrowserContextID: w.storage})
}
