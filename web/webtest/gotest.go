package webtest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"sharh/app/site/wasm"
)

// GoTests runs the tests of the package in the current folder that are for the browser, *_wasm_test.go, and reports each
// as a subtest of t. It compiles them to a program, /tests.wasm, which the page at path of site runs like any other, by
// way of /wasm_exec.js; site serves the page and all else that it is made of.
func GoTests(t *testing.T, site http.Handler, path string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tests.wasm")
	if err := wasm.CompileTests(t.Context(), ".", file); err != nil {
		t.Fatal(err)
	}
	script, err := wasm.Script(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exec, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.HandleFunc("/tests.wasm", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	mux.HandleFunc("/wasm_exec.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(append(exec, heard...))
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	p := Start(t).Open(t, server.URL+path)
	p.Until("window.tested")
	var tested struct {
		Code int
		Out  string
	}
	p.Eval("tested", &tested)
	ends := ended.FindAllStringSubmatch(tested.Out, -1)
	if len(ends) == 0 {
		t.Errorf("no test was run: %s", tested.Out)
	}
	for _, end := range ends {
		t.Run(end[2], func(t *testing.T) {
			switch end[1] {
			case "FAIL":
				t.Fail()
			case "SKIP":
				t.SkipNow()
			}
		})
	}
	if tested.Code != 0 {
		t.Errorf("in the browser the tests end with %d:\n%s", tested.Code, tested.Out)
	}
}

// ended finds how each test ended.
var ended = regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): (\S+)`)

// heard makes a Go program run as under `go test -v`, and keeps what it prints and how it ends in window.tested.
const heard = `
{
	let out = "";
	const decoder = new TextDecoder();
	globalThis.fs.writeSync = (fd, bytes) => {
		out += decoder.decode(bytes, {stream: true});
		return bytes.length;
	};
	const run = Go.prototype.run;
	Go.prototype.run = function (instance) {
		this.argv = ["tests", "-test.v"];
		this.exit = code => { window.tested = {Code: code, Out: out}; };
		return run.call(this, instance);
	};
}`
