package webtest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sharh/app/site/wasm"
)

// GoTests runs the browser tests (*_wasm_test.go) of the package in the current folder and reports each as a subtest
// of t. It compiles them to one program, /tests.wasm. The page at path must load that program with /wasm_exec.js, as
// it would load the client; site serves the page and its other files.
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
	exec = append(exec, heard...)
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.HandleFunc("/tests.wasm", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	mux.HandleFunc("/wasm_exec.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(exec)
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
	begins := began.FindAllStringSubmatchIndex(tested.Out, -1)
	if len(begins) == 0 {
		t.Fatalf("no test was run; the program said %q and ended with %d", tested.Out, tested.Code)
	}
	for i, at := range begins {
		end := len(tested.Out)
		if i+1 < len(begins) {
			end = begins[i+1][0]
		}
		name, said := tested.Out[at[2]:at[3]], tested.Out[at[0]:end]
		t.Run(name, func(t *testing.T) {
			switch {
			case strings.Contains(said, "\n--- SKIP: "+name):
				t.Skip(said)
			case !strings.Contains(said, "\n--- PASS: "+name): // failed, or the program ended
				t.Error(said)
			}
		})
	}
	if tested.Code != 0 && !t.Failed() {
		t.Errorf("the program ended with %d:\n%s", tested.Code, tested.Out)
	}
}

// began finds where the output of each top-level test begins.
var began = regexp.MustCompile(`(?m)^=== RUN   (\w+)$`)

// heard makes a Go program run as under `go test -v`, and stores its output and exit code in window.tested.
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
