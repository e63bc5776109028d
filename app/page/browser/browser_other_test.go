//go:build !(js && wasm)

package browser_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"testing"

	"sharh/app/page/browser"
	"sharh/web"
	"sharh/web/webtest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	webtest.End()
	os.Exit(code)
}

// page is a small page with the real scripts, which start the tests instead of the client. The elements after the form
// are for the tests.
const page = `<!doctype html><html lang="ar" data-client="still"><head><meta charset="utf-8"><title>tests</title><link rel="icon" href="data:,">
<script src="/wasm_exec.js"></script>
<script src="/boot.js" data-wasm="/tests.wasm" data-exec="/takeover.js" data-look="/live.css" data-story="/story"></script></head>
<body><p id="foreign">put here by an extension</p>
<main id="sharh" data-go="1" data-part="map"><form id="form" data-go="1"><input id="field" data-go="1" value="as built"></form></main>
<p id="text">text</p></body></html>`

// TestInBrowser runs browser_wasm_test.go, with boot.js and takeover.js as they are.
func TestInBrowser(t *testing.T) {
	site := http.NewServeMux()
	site.Handle("/", http.FileServerFS(web.Files))
	site.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, page) })
	site.HandleFunc("/story", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("a story \x00\xff")) })
	webtest.GoTests(t, site, "/?wasm=now&mark=a%20b")
}

// In a native build there is nothing to read, and every function that can fail returns an error.
func TestWithoutABrowser(t *testing.T) {
	_, story := browser.Story()
	_, live := browser.Live(func(string, string, string) { t.Error("something was heard") })
	_, value := browser.Value("field")
	for name, err := range map[string]error{"Story": story, "Adopt": browser.Adopt(), "Live": live, "Value": value} {
		if !errors.Is(err, browser.ErrUnsupported) {
			t.Errorf("%s: got error %v, want ErrUnsupported", name, err)
		}
	}
}
