package webtest

import (
	"errors"
	"os"
	"sync"
	"testing"

	"sharh/web/webtest/engine"
)

// required makes a browser that is not installed a failure: CI sets it. Otherwise make says in one line what was not run.
const required = "SHARH_ENGINES"

// Engines are the engines that journeys run in, in the order of tables. Chromium is the one that must be there.
var Engines = []*Engine{
	{Name: "Chromium"},
	{Name: "Firefox", begin: engine.StartFirefox},
	{Name: "WebKit", begin: engine.StartWebKit},
}

// Engine is one of the browsers that journeys run in.
type Engine struct {
	Name  string
	begin func() (engine.Engine, error)

	mu      sync.Mutex
	running engine.Engine
}

// start returns the browser that all tests of this program share; the first call starts it.
func (e *Engine) start(t testing.TB) *Browser {
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
	return &Browser{e.running}
}

func (e *Engine) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running != nil {
		e.running.Stop()
		e.running = nil
	}
}

// Each runs a test once in each engine, as a subtest of its name. An engine that is not installed is left out, unless
// SHARH_ENGINES is set.
func Each(t *testing.T, test func(t *testing.T, b *Browser)) {
	t.Helper()
	for _, e := range Engines {
		t.Run(e.Name, func(t *testing.T) {
			test(t, e.start(t))
		})
	}
}
