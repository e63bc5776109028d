package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// cleaning removes what tests share when they are done.
type cleaning struct{ m *testing.M }

func (c cleaning) Run() int {
	defer cleanUp()
	return c.m.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(cleaning{m}, map[string]func(){"sharh": main})
}

// Each script is a command, its files, what it prints and how it ends.
func TestScripts(t *testing.T) {
	example, err := filepath.Abs("testdata/example")
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := filepath.Abs("testdata/content")
	if err != nil {
		t.Fatal(err)
	}
	// What one script has compressed is taken from the cache by the others; build.txtar does not use it.
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CACHE", cache)
			env.Setenv("FIXTURES", fixtures)
			// A small explainer without problems, and a stand-in for the client: scripts are about content.
			if err := os.CopyFS(filepath.Join(env.WorkDir, "content", "example"), os.DirFS(example)); err != nil {
				return err
			}
			build := filepath.Join(env.WorkDir, "build")
			if err := os.MkdirAll(build, 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(build, "client.wasm"), []byte("\x00asm"), 0o644); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(build, "wasm_exec.js"), []byte("var x = 1;"), 0o644)
		},
	})
}

type lines struct{ c chan string }

func (l lines) Write(b []byte) (int, error) {
	l.c <- string(b)
	return len(b), nil
}

func TestServeTakesTheNextPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	out := lines{make(chan string, 10)}
	m := Main{Stdout: out, Stderr: out}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- m.serve(ctx, listening{host: "127.0.0.1", port: port}, http.NotFoundHandler())
	}()
	next := func() string {
		select {
		case line := <-out.c:
			return line
		case err := <-done:
			t.Fatalf("serve ended: %v", err)
		case <-time.After(time.Minute):
			t.Fatal("serve said nothing")
		}
		return ""
	}
	if got := next(); !strings.HasPrefix(got, "port "+strconv.Itoa(port)+" is in use; taking ") {
		t.Errorf("got %q, want word of the port in use", got)
	}
	address := next()
	if !strings.HasPrefix(address, "serving http://127.0.0.1:") {
		t.Errorf("got %q, want the address", address)
	}
	url := strings.Fields(address)[1]
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("got %v when interrupted", err)
	}
}
