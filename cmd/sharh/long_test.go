package main

import (
	"context"
	"testing"
	"time"

	"sharh/web/webtest"
	"sharh/web/webtest/engine"
	"sharh/web/webtest/long"
)

// However many choices a reader makes, the page has no more nodes and listeners afterwards, and Go holds no more of it.
// make bench does the same for longer, and measures the memory.
func TestLongVisitLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	var tab context.Context
	p := webtest.StartIn(t, t.TempDir()).Open(t, server.URL+"/eight-calls/en/?wasm=now",
		webtest.Before(long.Often+long.Script),
		webtest.Chromium(func(ctx context.Context) error { tab = ctx; return nil }))
	p.Until(live + ` && ` + readyAhead)
	// Go frees what it no longer needs when it collects garbage, which nobody can ask for: after some more choices.
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
	was := after(60) // every item once, and more: the first choice makes what is then kept
	for range 3 {
		was = was.Least(after(1))
	}
	if was.Nodes == 0 || was.Listeners == 0 || was.Values == 0 {
		t.Fatalf("nothing is counted: %+v", was)
	}
	is := after(60)
	for end := time.Now().Add(engine.Patience); is != was && time.Now().Before(end); {
		is = is.Least(after(1)).Most(was)
	}
	if is != was {
		t.Errorf("after 60 more choices there is %+v, before there was %+v", is, was)
	}
	p.Quiet()
}
