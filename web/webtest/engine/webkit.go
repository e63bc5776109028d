package engine

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// webkit starts a MiniBrowser for each window, because WebKitWebDriver has one session at a time, and a session has one
// storage, which is deleted with it. Each has a screen of its own, where nothing covers it or takes the focus from it.
type webkit struct {
	driver, browser, screen string
	config                  string // folder of GTK's configuration
	version                 string
}

// miniBrowser is where Debian has it, below the folder of the machine's libraries.
const miniBrowser = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"

// StartWebKit prepares WebKit: a screen, and what GTK reads.
func StartWebKit() (Engine, error) {
	const packages = "webkit2gtk-driver xvfb"
	driver, err := find("WebKit", packages, "WebKitWebDriver")
	if err != nil {
		return nil, err
	}
	screen, err := find("a screen for WebKit", packages, "Xvfb")
	if err != nil {
		return nil, err
	}
	browsers, err := filepath.Glob(miniBrowser)
	if err != nil || len(browsers) == 0 {
		return nil, fmt.Errorf("WebKit: %w (Debian: apt-get install %s)", ErrMissing, packages)
	}
	k := &webkit{driver: driver, browser: browsers[0], screen: screen}
	if k.config, err = os.MkdirTemp("", "sharh-webkit-"); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{
		// Without this the browser's bar keeps its windows wider than a phone.
		"gtk.css":      "* { min-width: 0; padding: 0; }",
		"settings.ini": "[Settings]\ngtk-enable-animations=0\n", // as a reader who wants less motion
	} {
		if err := os.MkdirAll(filepath.Join(k.config, "gtk-3.0"), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(k.config, "gtk-3.0", name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	w, err := k.Open() // which also says the version
	if err != nil {
		k.Stop()
		return nil, err
	}
	w.Close(false)
	return k, nil
}

func (k *webkit) Version() string { return k.version }

func (k *webkit) Stop() { os.RemoveAll(k.config) }

// webkitSession is a MiniBrowser, with what drives it.
type webkitSession struct {
	screen *program
	driver *program
	url    string           // of the session in its driver
	proxy  *httptest.Server // between the browser and every server

	mu     sync.Mutex
	before string // script that the proxy puts before those of pages
	said   [2][]string
}

// webkitWindow is a window of a MiniBrowser.
type webkitWindow struct {
	*webkitSession
	handle string
	first  bool // closes the browser
	still  bool // pages are in frames that run no scripts
}

func (k *webkit) Open() (Window, error) {
	s := &webkitSession{before: saying}
	s.proxy = httptest.NewServer(s)
	if err := s.start(k); err != nil {
		s.end()
		return nil, err
	}
	w := &webkitWindow{webkitSession: s, first: true}
	if err := s.call(http.MethodGet, "/window", nil, &w.handle); err != nil {
		s.end()
		return nil, err
	}
	return w, nil
}

func (s *webkitSession) start(k *webkit) error {
	var number string
	var err error
	s.screen, number, err = run(`^(\d+)$`, nil, k.screen,
		"-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp")
	if err != nil {
		return err
	}
	port, err := free()
	if err != nil {
		return err
	}
	// Layers of their own, drawn by software, would take a third of the time of all pages; compiling the client and
	// scripts once more, for speed, a tenth. No test asks for the desktop's bus and settings, programs of their own.
	env := []string{"DISPLAY=:" + number, "XDG_CONFIG_HOME=" + k.config, "NO_AT_BRIDGE=1",
		"WEBKIT_DISABLE_COMPOSITING_MODE=1", "JSC_useOMGJIT=0", "JSC_useFTLJIT=0",
		"DBUS_SESSION_BUS_ADDRESS=disabled:", "GSETTINGS_BACKEND=memory"}
	s.driver = &program{exec.Command(k.driver, "--host=127.0.0.1", "--port="+port)}
	s.driver.cmd.Env = append(os.Environ(), env...)
	endWithUs(s.driver.cmd)
	if err := s.driver.cmd.Start(); err != nil {
		return err
	}
	s.url = "http://127.0.0.1:" + port
	for begin := time.Now(); !listens(port); time.Sleep(10 * time.Millisecond) { // it does not say when it is ready
		if time.Since(begin) > Patience {
			return fmt.Errorf("WebKitWebDriver does not listen")
		}
	}
	var session struct {
		SessionID    string
		Capabilities struct{ BrowserVersion string }
	}
	if err := s.call(http.MethodPost, "/session", object{"capabilities": object{"alwaysMatch": object{
		"webkitgtk:browserOptions": object{"binary": k.browser, "args": []string{"--automation"}},
		"proxy": object{
			"proxyType": "manual", "httpProxy": strings.TrimPrefix(s.proxy.URL, "http://"), "noProxy": []string{},
		},
		"timeouts": object{"script": 300000, "pageLoad": 300000},
	}}}, &session); err != nil {
		return err
	}
	s.url += "/session/" + session.SessionID
	k.version = "WebKitGTK " + session.Capabilities.BrowserVersion
	return nil
}

// free returns a port that nobody listens at.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

func listens(port string) bool {
	c, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err == nil {
		c.Close()
	}
	return err == nil
}

func (s *webkitSession) end() {
	if s.driver != nil && s.driver.cmd.Process != nil {
		_ = s.call(http.MethodDelete, "", nil, nil) // closes the browser, unless it has died
		s.driver.stop()
	}
	if s.screen != nil {
		s.screen.stop()
	}
	s.proxy.CloseClientConnections()
	s.proxy.Close()
}

// failure is an error of the driver.
type failure struct{ Code, Message string }

func (f failure) Error() string { return f.Code + ": " + f.Message }

// call sends a command and stores its answer in into, unless that is nil.
func (s *webkitSession) call(method, path string, params object, into any) error {
	if params == nil {
		params = object{}
	}
	body, err := json.Marshal(params)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var got struct{ Value json.RawMessage }
	if err := json.Unmarshal(data, &got); err != nil {
		return fmt.Errorf("%s %s: %w: %s", method, path, err, data)
	}
	if response.StatusCode != http.StatusOK {
		var f struct{ Error, Message string }
		if err := json.Unmarshal(got.Value, &f); err != nil {
			return fmt.Errorf("%s %s: %s", method, path, data)
		}
		return fmt.Errorf("%s %s: %w", method, path, failure{f.Error, f.Message})
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(got.Value, into)
}

// call sends a command to the window. The session's commands go to one window at a time.
func (w *webkitWindow) call(method, path string, params object, into any) error {
	if err := w.webkitSession.call(http.MethodPost, "/window", object{"handle": w.handle}, nil); err != nil {
		return err
	}
	return w.webkitSession.call(method, path, params, into)
}

func (w *webkitWindow) Goto(url string) error {
	open := func(url string) error {
		return w.call(http.MethodPost, "/url", object{"url": url}, nil)
	}
	if w.still {
		return open(framed(url))
	}
	return arrive(w, url, func() error { return open(url) })
}

func (w *webkitWindow) Evaluate(expression string) (string, error) {
	if w.still {
		expression = inFrame(expression)
	}
	return w.evaluate(expression)
}

func (w *webkitWindow) evaluate(expression string) (string, error) {
	var got struct{ Text, Error *string }
	err := w.call(http.MethodPost, "/execute/async", object{"args": []string{}, "script": `
		const done = arguments[arguments.length - 1];
		(async () => (` + expression + `
		))().then(Text => done({Text}), e => done({Error: String(e)}));`}, &got)
	var f failure
	switch {
	case errors.As(err, &f) && (f.Code == "javascript error" || f.Code == "no such window" || f.Code == "unknown error"):
		return "", fmt.Errorf("%w: %w", ErrGone, err)
	case err != nil:
		return "", err
	case got.Error != nil:
		return "", fmt.Errorf("exception: %s", *got.Error)
	case got.Text == nil:
		return "", fmt.Errorf("no string")
	}
	return *got.Text, nil
}

func (w *webkitWindow) act(sources []object) error {
	return w.call(http.MethodPost, "/actions", object{"actions": sources}, nil)
}

func (w *webkitWindow) Click(x, y float64) error { return w.act(click(x, y)) }
func (w *webkitWindow) Type(keys string) error   { return w.act(press(keys)) }

// Resize sets the size of the window, which has a bar, until the page has the size asked for.
func (w *webkitWindow) Resize(width, height int64) error {
	type size struct{ Width, Height int64 }
	ask := size{width, height}
	for range 3 {
		if err := w.call(http.MethodPost, "/window/rect", object{"width": ask.Width, "height": ask.Height}, nil); err != nil {
			return err
		}
		text, err := w.evaluate(`new Promise(r => setTimeout(r, 50)).then(() =>
			JSON.stringify({Width: innerWidth, Height: innerHeight}))`)
		if err != nil {
			return err
		}
		var got size
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			return err
		}
		if got == (size{width, height}) {
			return nil
		}
		ask.Width += width - got.Width
		ask.Height += height - got.Height
	}
	return fmt.Errorf("the window does not become %d by %d pixels", width, height)
}

func (w *webkitWindow) Screenshot() ([]byte, error) {
	var data string
	if err := w.call(http.MethodGet, "/screenshot", nil, &data); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(data)
}

func (w *webkitWindow) Before(script string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before += "\n(() => {" + script + "\n})();"
	return nil
}

func (w *webkitWindow) NoScripts() error {
	w.still = true
	return nil
}

func (w *webkitWindow) Tab() (Window, error) {
	var made struct{ Handle string }
	if err := w.call(http.MethodPost, "/window/new", object{"type": "tab"}, &made); err != nil {
		return nil, err
	}
	return &webkitWindow{webkitSession: w.webkitSession, handle: made.Handle}, nil
}

func (w *webkitWindow) Said() (complaints, notes []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.said[0]...), append([]string(nil), w.said[1]...)
}

func (w *webkitWindow) Close(bool) {
	if w.first {
		w.end()
		return
	}
	_ = w.call(http.MethodDelete, "/window", nil, nil) // the browser may be gone
}

// saying tells the proxy what the console is told, since the driver does not.
const saying = watch + `
(() => {
	const tell = (level, words) => {
		const text = words.map(w => {
			try { return w instanceof Error ? w.stack || String(w) : String(w); } catch { return "?"; }
		}).join(" ");
		try {
			fetch("` + heardAt + `", {method: "POST", keepalive: true, body: level + ": " + text}).catch(() => {});
		} catch { /* the page is being left */ }
	};
	for (const level of ["error", "warn", "log", "info"]) {
		const was = console[level].bind(console);
		console[level] = (...words) => { tell(level, words); was(...words); };
	}
	addEventListener("error", e => { if (e.message) tell("error", [e.message, e.filename + ":" + e.lineno]); });
	addEventListener("unhandledrejection", e => tell("error", ["unhandled", e.reason]));
})();`

// The addresses, on every server, that the proxy answers itself; framedAt is another one.
const (
	heardAt  = "/.webtest/heard"
	beforeAt = "/.webtest/before.js"
)

// ServeHTTP is the proxy. It puts the script at the beginning of every page that the browser navigates to, as a file
// of the page's own server, so that the page's policy allows it.
func (s *webkitSession) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case heardAt:
		text, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		to := 1
		if line := string(text); strings.HasPrefix(line, "error") || strings.HasPrefix(line, "warn") {
			to = 0
		}
		s.said[to] = append(s.said[to], string(text))
		w.WriteHeader(http.StatusNoContent)
		return
	case beforeAt:
		s.mu.Lock()
		defer s.mu.Unlock()
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, s.before)
		return
	}
	if strings.HasSuffix(r.URL.Path, framedAt) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, frame(r.URL.String()))
		return
	}
	out, err := http.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	out.Header, out.ContentLength = r.Header.Clone(), r.ContentLength
	out.Header.Del("Proxy-Connection")
	page := strings.HasPrefix(r.Header.Get("Accept"), "text/html")
	if page {
		out.Header.Del("Accept-Encoding")
		for name := range out.Header { // the page is not the one that a stored tag is of
			if strings.HasPrefix(name, "If-") {
				out.Header.Del(name)
			}
		}
	}
	response, err := plain.RoundTrip(out)
	if err != nil {
		panic(http.ErrAbortHandler) // as the server did
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	if !page || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body)
		return
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(begun(data))
}

// plain sends what it is given, and changes nothing.
var plain = &http.Transport{DisableCompression: true}

// begun is a page whose first script is the one that goes before its own.
func begun(page []byte) []byte {
	const script = `<script src="` + beforeAt + `"></script>`
	at := 0
	for _, tag := range []string{"<!doctype html>", "<html", "<head"} {
		if i := bytes.Index(bytes.ToLower(page[:min(len(page), 4096)]), []byte(tag)); i >= 0 {
			if end := bytes.IndexByte(page[i:], '>'); end >= 0 {
				at = max(at, i+end+1)
			}
		}
	}
	return append(append(append([]byte(nil), page[:at]...), script...), page[at:]...)
}
