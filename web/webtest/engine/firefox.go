package engine

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// firefoxes are the Firefoxes that run. Each has one window at a time, because only one window of a Firefox has the
// focus; those that are free are used again.
type firefoxes struct {
	path    string
	version string

	mu   sync.Mutex
	free []*firefox
}

// firefox is a running Firefox, with its one session of WebDriver BiDi.
type firefox struct {
	program *program
	profile string
	version string
	socket  *websocket.Conn

	mu      sync.Mutex
	last    int                       // id of a command
	waiting map[int]chan<- answer     // commands that are not answered
	said    map[string]*firefoxWindow // windows by their context
}

// answer is a message of BiDi: the answer to a command, or an event.
type answer struct {
	ID      *int
	Type    string
	Method  string
	Error   string
	Message string
	Result  json.RawMessage
	Params  json.RawMessage
}

// settings make Firefox ask nobody for anything: a test has no network, and no one to answer a question.
var settings = map[string]any{
	"remote.active-protocols":                    1,
	"browser.shell.checkDefaultBrowser":          false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"app.normandy.enabled":                       false,
	"app.update.disabledForTesting":              true,
	"browser.safebrowsing.malware.enabled":       false,
	"browser.safebrowsing.phishing.enabled":      false,
	"browser.region.network.url":                 "",
	"browser.chrome.site_icons":                  false,
	"browser.newtabpage.enabled":                 false,
	"browser.startup.page":                       0,
	"extensions.getAddons.cache.enabled":         false,
	"network.captive-portal-service.enabled":     false,
	"network.connectivity-service.enabled":       false,
	"services.settings.server":                   "data:,",
	"security.sandbox.content.level":             0,
	// Whether what is saved may stay is a question to the reader: he says yes.
	"dom.storageManager.prompt.testing":                true,
	"dom.storageManager.prompt.testing.allow":          true,
	"focusmanager.testmode":                            true,
	"dom.min_background_timeout_value":                 4,
	"dom.timeout.enable_budget_timer_throttling":       false,
	"widget.windows.window_occlusion_tracking.enabled": false,
	"ui.prefersReducedMotion":                          1,
	// What only a reader's own Firefox needs takes a quarter of the time of all pages.
	"browser.newtab.preload":                    false,
	"browser.pagethumbnails.capturing_disabled": true,
	"browser.sessionstore.interval":             3600000,
	"browser.sessionstore.resume_from_crash":    false,
	"browser.translations.enable":               false,
	"dom.ipc.processPrelaunch.enabled":          false,
	"extensions.enabledScopes":                  0,
	"javascript.options.wasm_optimizingjit":     false, // compiling the client a second time, for speed
	"network.http.speculative-parallel-limit":   0,
	"places.history.enabled":                    false,
	"reader.parse-on-load.enabled":              false,
	"screenshots.browser.component.enabled":     false,
	"signon.rememberSignons":                    false,
	"toolkit.telemetry.enabled":                 false,
}

// StartFirefox starts a Firefox, without windows on a screen.
func StartFirefox() (Engine, error) {
	all := &firefoxes{path: os.Getenv("FIREFOX")}
	if all.path == "" {
		var err error
		if all.path, err = find("Firefox", "firefox-esr", "firefox-esr", "firefox"); err != nil {
			return nil, err
		}
	}
	f, err := newFirefox(all.path)
	if err != nil {
		return nil, err
	}
	all.version, all.free = f.version, []*firefox{f}
	return all, nil
}

func (all *firefoxes) Version() string { return all.version }

func (all *firefoxes) Stop() {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, f := range all.free {
		f.stop()
	}
	all.free = nil
}

func (all *firefoxes) Open() (Window, error) {
	all.mu.Lock()
	var f *firefox
	if n := len(all.free); n > 0 {
		f, all.free = all.free[n-1], all.free[:n-1]
	}
	all.mu.Unlock()
	if f == nil {
		var err error
		if f, err = newFirefox(all.path); err != nil {
			return nil, err
		}
	}
	w, err := f.open()
	if err != nil {
		f.stop()
		return nil, err
	}
	w.done = func(failed bool) {
		if failed {
			f.stop()
			return
		}
		all.mu.Lock()
		defer all.mu.Unlock()
		all.free = append(all.free, f)
	}
	return w, nil
}

func newFirefox(path string) (*firefox, error) {
	profile, err := os.MkdirTemp("", "sharh-firefox-")
	if err != nil {
		return nil, err
	}
	f := &firefox{profile: profile, waiting: map[int]chan<- answer{}, said: map[string]*firefoxWindow{}}
	if err := f.start(path); err != nil {
		f.stop()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return f, nil
}

func (f *firefox) start(path string) error {
	var prefs strings.Builder
	for name, value := range settings {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		fmt.Fprintf(&prefs, "user_pref(%q, %s);\n", name, text)
	}
	if err := os.WriteFile(filepath.Join(f.profile, "user.js"), []byte(prefs.String()), 0o600); err != nil {
		return err
	}
	var at string
	var err error
	if f.program, at, err = run(`WebDriver BiDi listening on (ws://\S+)`, []string{"MOZ_CRASHREPORTER_DISABLE=1"},
		path, "--headless", "--no-remote", "--profile", f.profile, "--remote-debugging-port", "0"); err != nil {
		return err
	}
	if f.socket, _, err = websocket.Dial(context.Background(), at+"/session", nil); err != nil {
		return err
	}
	f.socket.SetReadLimit(math.MaxInt64 - 1) // pictures are large
	go f.read()
	var session struct {
		Capabilities struct{ BrowserName, BrowserVersion string }
	}
	if err := f.call("session.new", object{"capabilities": object{}}, &session); err != nil {
		return err
	}
	f.version = "Firefox " + session.Capabilities.BrowserVersion
	return f.call("session.subscribe", object{"events": []string{"log.entryAdded"}}, nil)
}

func (f *firefox) stop() {
	if f.socket != nil {
		_ = f.socket.CloseNow()
	}
	if f.program != nil {
		f.program.stop()
	}
	os.RemoveAll(f.profile)
}

// read hands answers to those who wait for them, until the connection ends.
func (f *firefox) read() {
	for {
		var a answer
		if err := wsjson.Read(context.Background(), f.socket, &a); err != nil {
			f.mu.Lock()
			for id, to := range f.waiting {
				to <- answer{Error: "disconnected", Message: err.Error()}
				delete(f.waiting, id)
			}
			f.waiting = nil
			f.mu.Unlock()
			return
		}
		f.mu.Lock()
		switch {
		case a.ID != nil:
			if to := f.waiting[*a.ID]; to != nil {
				to <- a
				delete(f.waiting, *a.ID)
			}
		case a.Method == "log.entryAdded":
			f.heard(a.Params)
		case a.Method == "network.beforeRequestSent":
			go f.asked(a.Params)
		}
		f.mu.Unlock()
	}
}

// heard files a line of a console under its window. The caller must hold the lock.
func (f *firefox) heard(params json.RawMessage) {
	var e struct {
		Level, Text, Type string
		Source            struct{ Context string }
		StackTrace        struct {
			CallFrames []struct {
				URL        string
				LineNumber int
			}
		}
	}
	if err := json.Unmarshal(params, &e); err != nil {
		return
	}
	w := f.said[e.Source.Context]
	if w == nil {
		return
	}
	line := e.Level + ": " + e.Text
	if len(e.StackTrace.CallFrames) > 0 {
		line += fmt.Sprintf(" (%s:%d)", e.StackTrace.CallFrames[0].URL, e.StackTrace.CallFrames[0].LineNumber)
	}
	if e.Level == "error" || e.Level == "warn" {
		w.complaints = append(w.complaints, line)
	} else {
		w.notes = append(w.notes, line)
	}
}

// asked answers a request for the page around a page without scripts.
func (f *firefox) asked(params json.RawMessage) {
	var e struct {
		IsBlocked bool
		Request   struct{ Request, URL string }
	}
	if err := json.Unmarshal(params, &e); err != nil || !e.IsBlocked {
		return
	}
	// If this fails the window waits in vain, and says so.
	_ = f.call("network.provideResponse", object{
		"request": e.Request.Request, "statusCode": http.StatusOK,
		"body":    object{"type": "string", "value": frame(e.Request.URL)},
		"headers": []object{{"name": "Content-Type", "value": object{"type": "string", "value": "text/html; charset=utf-8"}}},
	}, nil)
}

// call sends a command and waits for its answer, which it stores in into unless that is nil.
func (f *firefox) call(method string, params object, into any) error {
	got := make(chan answer, 1)
	f.mu.Lock()
	if f.waiting == nil {
		f.mu.Unlock()
		return fmt.Errorf("%s: Firefox has ended", method)
	}
	f.last++
	id := f.last
	f.waiting[id] = got
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		delete(f.waiting, id)
		f.mu.Unlock()
	}()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	if err := wsjson.Write(ctx, f.socket, object{"id": id, "method": method, "params": params}); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a := <-got:
		if a.Error != "" {
			return fmt.Errorf("%s: %s: %s", method, a.Error, a.Message)
		}
		if into == nil {
			return nil
		}
		return json.Unmarshal(a.Result, into)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

// firefoxWindow is a window in a container of its own.
type firefoxWindow struct {
	f         *firefox
	context   string
	container string            // which has its own storage
	done      func(failed bool) // of the first window of a container

	still             bool     // pages are in frames that run no scripts
	complaints, notes []string // under the lock of f
}

// open opens a window with a storage of its own.
func (f *firefox) open() (*firefoxWindow, error) {
	var made struct{ UserContext string }
	if err := f.call("browser.createUserContext", object{}, &made); err != nil {
		return nil, err
	}
	// A tab takes a third less than a window with all its buttons. Only one test at a time uses this Firefox, so that
	// the tab stays in front.
	return f.window("tab", made.UserContext)
}

// window opens a page of a container, of a kind: a tab in front of the others, or a window of its own.
func (f *firefox) window(kind, container string) (*firefoxWindow, error) {
	var opened struct{ Context string }
	if err := f.call("browsingContext.create", object{"type": kind, "userContext": container}, &opened); err != nil {
		return nil, err
	}
	w := &firefoxWindow{f: f, context: opened.Context, container: container}
	f.mu.Lock()
	f.said[w.context] = w
	f.mu.Unlock()
	return w, w.Before(watch)
}

// watch makes the console say what Firefox and WebKit tell only those who ask: violations of the page's policy.
const watch = `addEventListener("securitypolicyviolation", e => {
	if (e.disposition === "enforce") console.error("policy: " + e.effectiveDirective + " forbids " + e.blockedURI);
});`

func (w *firefoxWindow) call(method string, params object, into any) error {
	params["context"] = w.context
	return w.f.call(method, params, into)
}

func (w *firefoxWindow) Goto(url string) error {
	open := func(url string) error {
		return w.call("browsingContext.navigate", object{"url": url, "wait": "complete"}, nil)
	}
	if w.still {
		return open(framed(url))
	}
	return arrive(w, url, func() error { return open(url) })
}

func (w *firefoxWindow) Evaluate(expression string) (string, error) {
	if w.still {
		expression = inFrame(expression)
	}
	var got struct {
		Type             string
		Result           struct{ Value json.RawMessage }
		ExceptionDetails struct{ Text string }
	}
	err := w.f.call("script.evaluate", object{
		"expression": expression, "target": object{"context": w.context}, "awaitPromise": true, "resultOwnership": "none",
	}, &got)
	if err != nil {
		for _, gone := range []string{"no such frame", "AbortError", "JSWindowActorChild", "browsing context", "discarded"} {
			if strings.Contains(err.Error(), gone) {
				return "", fmt.Errorf("%w: %w", ErrGone, err)
			}
		}
		return "", err
	}
	if got.Type != "success" {
		return "", fmt.Errorf("exception: %s", cmp.Or(got.ExceptionDetails.Text, "unknown"))
	}
	var text string
	return text, json.Unmarshal(got.Result.Value, &text)
}

func (w *firefoxWindow) act(sources []object) error {
	return w.call("input.performActions", object{"actions": sources}, nil)
}

func (w *firefoxWindow) Click(x, y float64) error {
	return w.act(click(x, y))
}
func (w *firefoxWindow) Type(keys string) error { return w.act(press(keys)) }

func (w *firefoxWindow) Resize(width, height int64) error {
	return w.call("browsingContext.setViewport", object{"viewport": object{"width": width, "height": height}}, nil)
}

func (w *firefoxWindow) Screenshot() ([]byte, error) {
	var got struct{ Data string }
	if err := w.call("browsingContext.captureScreenshot", object{}, &got); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(got.Data)
}

func (w *firefoxWindow) Before(script string) error {
	return w.f.call("script.addPreloadScript", object{
		"functionDeclaration": "() => {" + script + "\n}", "contexts": []string{w.context},
	}, nil)
}

func (w *firefoxWindow) NoScripts() error {
	w.still = true
	if err := w.f.call("session.subscribe", object{
		"events": []string{"network.beforeRequestSent"}, "contexts": []string{w.context},
	}, nil); err != nil {
		return err
	}
	return w.f.call("network.addIntercept", object{
		"phases": []string{"beforeRequestSent"}, "contexts": []string{w.context},
		"urlPatterns": []object{{"type": "pattern", "pathname": framedAt}},
	}, nil)
}

// Tab opens a window, so that the first page is seen too.
func (w *firefoxWindow) Tab() (Window, error) { return w.f.window("window", w.container) }

func (w *firefoxWindow) Said() (complaints, notes []string) {
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	return append([]string(nil), w.complaints...), append([]string(nil), w.notes...)
}

func (w *firefoxWindow) Close(failed bool) {
	err := w.call("browsingContext.close", object{}, nil)
	w.f.mu.Lock()
	delete(w.f.said, w.context)
	w.f.mu.Unlock()
	if w.done == nil {
		return
	}
	if err == nil {
		err = w.f.call("browser.removeUserContext", object{"userContext": w.container}, nil)
	}
	w.done(failed || err != nil)
}
