package main

import (
	"context"
	"testing"
	"time"

	"sharh/web/webtest"
	"sharh/web/webtest/engine"
	"sharh/web/webtest/long"
)

// However many choices a reader makes, the page has no more listeners, documents and timers afterwards; and of nodes, and
// of what Go holds of the page, hardly more. Go frees that when it collects garbage, which nobody can ask for, so what the
// last few choices left is there or not: the least of several counts afterwards is compared with the most of several
// before. A choice that leaves some ten nodes or values behind is found; make bench makes more choices, and measures the
// memory.
func TestLongVisitLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	var tab context.Context
	p := webtest.StartIn(t, t.TempDir()).Open(t, server.URL+"/eight-calls/en/?wasm=now",
		webtest.Before(long.Often+long.Script),
		webtest.Chromium(func(ctx context.Context) error { tab = ctx; return nil }))
	p.Until(live + ` && ` + readyAhead)
	after := func(choices int) long.Counts {
		if err := long.Use(tab, choices); err != nil {
			t.Fatal(err)
		}
		c, err := long.Count(tab)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	const choices = 150
	was := after(60) // every item once, and more: the first choice makes what is then kept
	for range 5 {
		was = was.Most(after(1))
	}
	if was.Nodes == 0 || was.Listeners == 0 || was.Values == 0 {
		t.Fatalf("nothing is counted: %+v", was)
	}
	is := after(choices)
	for end := time.Now().Add(engine.Patience); is.Most(was) != was && time.Now().Before(end); {
		is = is.Least(after(1))
	}
	if is.Most(was) != was {
		t.Errorf("after %d more choices there is %+v, before there was %+v", choices, is, was)
	}
	p.Quiet()
}
