package webtest

import (
	"errors"
	"os"
	"slices"
	"sync"
	"testing"

	"sharh/web/webtest/engine"
)

// required is the variable that says which engines must be there. Without it those that are not installed are left
// out, and make says so in one line. With "1" they fail, as in CI; with "all" each also runs everything that Chromium
// does.
const required = "SHARH_ENGINES"

// Engine is one of the browsers that journeys run in.
type Engine struct {
	Name  string
	begin func() (engine.Engine, error) // nil for Chromium, which must always be there

	mu      sync.Mutex
	running engine.Engine
}

// Engines are all engines, in the order of tables.
var Engines = []*Engine{
	{Name: "Chromium"},
	{Name: "Firefox", begin: engine.StartFirefox},
	{Name: "WebKit", begin: engine.StartWebKit},
}

// Start returns the browser that all tests of this program share; the first call starts it.
func (e *Engine) Start(t testing.TB) *Browser {
	t.Helper()
	if e.begin == nil {
		return Start(t)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running == nil {
		running, err := e.begin()
		switch {
		case errors.Is(err, engine.ErrMissing) && os.Getenv(required) == "":
			t.Skipf("not run: %v", err)
		case err != nil:
			t.Fatal(err)
		}
		e.running = running
	}
	return &Browser{e.running, slices.Index(Engines, e)}
}

func (e *Engine) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running != nil {
		e.running.Stop()
		e.running = nil
	}
}

// Name is the name of the browser's engine, for what only some engines have.
func (b *Browser) Name() string { return Engines[b.index].Name }

// Everything tells whether all variants of all tests are asked for (make test-engines).
func Everything() bool { return os.Getenv(required) == "all" }

// Share returns what a browser runs of several variants of a journey: Chromium all of them, Firefox and WebKit one,
// each another one, unless everything is asked for.
func Share[T any](b *Browser, all ...T) []T {
	if b.index == 0 || Everything() {
		return all
	}
	i := b.index % len(all)
	return all[i : i+1]
}
