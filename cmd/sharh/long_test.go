package main

import (
	"context"
	"testing"
	"time"

	"sharh/web/webtest"
	"sharh/web/webtest/engine"
	"sharh/web/webtest/long"
)

// However many choices a reader makes, the page has no more nodes, listeners, documents and timers afterwards, and Go
// holds no more of it.
func TestLongVisitLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	var tab context.Context
	p := webtest.StartIn(t, t.TempDir()).Open(t, server.URL+"/eight-calls/en/?wasm=now",
		webtest.Before(long.Script),
		webtest.Chromium(func(ctx context.Context) error { tab = ctx; return nil }))
	p.Until(live + ` && ` + readyAhead)
	count := func() long.Counts {
		c, err := long.Count(tab)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	use := func(choices int) {
		if err := long.Use(tab, choices); err != nil {
			t.Fatal(err)
		}
	}
	use(60) // every item once, and more: the first choice makes what is then kept
	was := count()
	if was.Nodes == 0 || was.Listeners == 0 || was.Values == 0 {
		t.Fatalf("nothing is counted: %+v", was)
	}
	const choices = 150
	use(choices)
	is := count()
	for end := time.Now().Add(engine.Patience); is.Most(was) != was && time.Now().Before(end); {
		is = count() // the browser collects its garbage when it comes to it
	}
	if is.Most(was) != was {
		t.Errorf("after %d more choices there is %+v, before there was %+v", choices, is, was)
	}
	p.Quiet()
}
