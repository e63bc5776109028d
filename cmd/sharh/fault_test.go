package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"sharh/app/site/hosting"
	"sharh/web/webtest"
)

// recorder keeps a response to be changed before it is sent.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// tampered serves the site uncompressed, with each answer changed by change.
func tampered(dist string, change func(path string, r *recorder)) http.Handler {
	handler := hosting.Handler(os.DirFS(dist))
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		q.Header.Del("Accept-Encoding")
		r := &recorder{ResponseWriter: w, status: http.StatusOK}
		handler.ServeHTTP(r, q)
		change(q.URL.Path, r)
		w.Header().Del("Content-Length")
		w.WriteHeader(r.status)
		_, _ = w.Write(r.body.Bytes())
	})
}

// survivesFaults: whatever goes wrong with WebAssembly, the page stays readable and clickable and says what state it
// is in.
func survivesFaults(t *testing.T, browser *webtest.Browser) {
	dist := buildSite(t)
	wasm := func(path string) bool { return strings.HasSuffix(path, ".wasm") }
	nothing := func(string, *recorder) {}
	for _, c := range []struct {
		name   string
		change func(path string, r *recorder)
		before string // run in the page before its own scripts
		want   string // of data-client
	}{
		{"no WebAssembly", nothing, `delete window.WebAssembly`, "off"},
		{"a policy that forbids it", func(path string, r *recorder) {
			if strings.HasSuffix(path, "/") {
				page := strings.ReplaceAll(r.body.String(), "&#39;wasm-unsafe-eval&#39;", "")
				r.body.Reset()
				r.body.WriteString(page)
			}
		}, ``, "off"},
		{"the client is missing", func(path string, r *recorder) {
			if wasm(path) {
				r.status = http.StatusNotFound
				r.body.Reset()
			}
		}, ``, "off"},
		{"the client is cut short", func(path string, r *recorder) {
			if wasm(path) {
				r.body.Truncate(r.body.Len() / 2)
			}
		}, ``, "off"},
		{"the client comes with another type", func(path string, r *recorder) {
			if wasm(path) {
				r.Header().Set("Content-Type", "text/plain")
			}
		}, ``, "live"},
		{"the story is missing", func(path string, r *recorder) {
			if strings.Contains(path, "/story.") {
				r.status = http.StatusNotFound
			}
		}, ``, "off"},
		{"the story is of another format", func(path string, r *recorder) {
			if strings.Contains(path, "/story.") {
				r.body.Reset()
				r.body.WriteString(`{"format": 0}`)
			}
		}, ``, "off"},
		{"the start-up script is missing", func(path string, r *recorder) {
			if strings.Contains(path, "/takeover.") {
				r.status = http.StatusNotFound
				r.body.Reset()
			}
		}, ``, "off"},
		{"the page is another than the program expects", func(path string, r *recorder) {
			if strings.HasSuffix(path, "/") {
				page := strings.Replace(r.body.String(), "<main", "<div", 1)
				r.body.Reset()
				r.body.WriteString(page)
			}
		}, ``, "off"},
		{"storage throws", nothing, `
			for (const name of ["localStorage", "sessionStorage"]) {
				Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("denied", "SecurityError"); }});
			}`, "live"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(tampered(dist, c.change))
			defer server.Close()
			p := browser.Open(t, server.URL+"/eight-calls/?wasm=now", webtest.Before(c.before))
			p.Until(`!["still", "starting"].includes(document.documentElement.dataset.client)`)
			if got := p.Text(`document.documentElement.dataset.client`); got != c.want {
				t.Errorf("data-client: got %s, want %s; the page said %q", got, c.want, p.Said())
			}
			if c.name == "no WebAssembly" || c.name == "a policy that forbids it" { // it is not even downloaded
				p.True(`performance.getEntriesByType("resource").every(e => !/[.]wasm/.test(e.name))`)
			}
			p.Click(`.axis .wide a[href="#call-3"]`)
			p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
			p.Click("#view-why-that-day summary")
			p.Until(`document.querySelector("#view-why-that-day").open`)
			calm := `(document.querySelector(".calm").getClientRects().length > 0)`
			p.True(calm + ` === (document.documentElement.dataset.client === "failed")`)
		})
	}
}

// A Go program that ends, in any way, leaves the page as it was before Go, with the reader's choice, and is not
// started again.
func TestPageSurvivesGo(t *testing.T) {
	t.Parallel()
	server := siteServer(t, "faults")
	for _, fault := range []string{"callback", "handler", "render", "goroutine", "exit", "exit 3", "first render"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/?wasm=now&fault="+url.QueryEscape(fault), webtest.Before(`
				// The program's own last words are expected; the page's are not.
				window.errors = [];
				addEventListener("error", e => errors.push(e.message));
				addEventListener("unhandledrejection", e => errors.push(String(e.reason)));`))
			if fault != "first render" {
				p.Until(live)
				p.Click("#view-a-test summary")
				p.Click(`.axis .wide a[href="#call-5"]`)
			}
			p.Until(`document.documentElement.dataset.client === "failed"`)
			p.Eval(`window.stays = true`, nil)
			if fault != "first render" {
				p.True(visible("call-5") + " && !(" + visible("call-8") + ")")
				p.True(`document.querySelector("#view-a-test").open`)
			}
			p.True(`document.querySelector(".calm").getClientRects().length > 0`)
			p.Click(`.axis .wide a[href="#call-2"]`)
			p.Until(visible("call-2") + " && !(" + visible("call-5") + ")")
			p.Click(`.map .wide a[href="#actor-putin"]`)
			p.Until(`document.querySelector("#actor-putin").getAttribute("aria-current") === "true"`)
			p.Eval(`window.dispatchEvent(new Event("resize"))`, nil)
			p.True(`stays && document.documentElement.dataset.client === "failed"`)
			p.True(`errors.length === 0 || JSON.stringify(errors)`)
		})
	}
}

// Links that lead elsewhere, and clicks with another meaning (a modifier key, another button), stay with the browser
// even while Go is live.
func TestLinksStayTheBrowsers(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/?wasm=now")
	p.Until(live)
	for name, attributes := range map[string]map[string]string{
		"top":          {"target": "_top", "href": "/elsewhere"},
		"parent":       {"target": "_parent", "href": "/elsewhere"},
		"telephone":    {"href": "tel:+123"},
		"mail":         {"href": "mailto:a@example.org"},
		"other scheme": {"href": "whatsapp://send"},
		"download":     {"href": "/x.csv", "download": ""},
		"another page": {"href": "en/"},
	} {
		link, err := json.Marshal(attributes)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			// The last listener of all sees whether anybody took the click, and keeps the browser here.
			p.True(`(() => {
				const a = document.createElement("a");
				for (const [k, v] of Object.entries(` + string(link) + `)) a.setAttribute(k, v);
				document.getElementById("main").append(a);
				let taken = null;
				const last = e => { taken = e.defaultPrevented; e.preventDefault(); };
				window.addEventListener("click", last, {once: true});
				a.click();
				a.remove();
				return taken === false;
			})()`)
		})
	}
	for _, key := range []string{"shiftKey", "ctrlKey", "metaKey", "altKey"} {
		t.Run("a click with "+key+" chooses nothing", func(t *testing.T) {
			p.Eval(`(() => {
				window.addEventListener("click", e => e.preventDefault(), {once: true});
				document.querySelector('.axis .wide a[href="#call-2"]').dispatchEvent(
					new MouseEvent("click", {bubbles: true, cancelable: true, `+key+`: true}));
			})()`, nil)
			p.True("!(" + visible("call-2") + ")")
		})
	}
	p.Quiet()
}
