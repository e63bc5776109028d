package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// record records events of these categories until stop is called. Recording slows the visit.
func (t *tab) record(categories ...string) (stop func() ([][]byte, error), err error) {
	var mu sync.Mutex
	var events [][]byte
	complete := make(chan struct{})
	if err := chromedp.Listen(t.ctx, func(event any) {
		switch e := event.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			for _, v := range e.Value {
				events = append(events, bytes.Clone(v))
			}
			mu.Unlock()
		case *tracing.EventTracingComplete:
			close(complete)
		}
	}); err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	if _, err := chromedp.Call(t.ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{
		IncludedCategories: categories, ExcludedCategories: []string{"*"},
	}}); err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	return func() ([][]byte, error) {
		ctx, cancel := context.WithTimeout(t.ctx, patience)
		defer cancel()
		if _, err := chromedp.Call(ctx, tracing.End, cdp.Empty{}); err != nil {
			return nil, fmt.Errorf("tracing: %w", err)
		}
		select {
		case <-complete:
		case <-ctx.Done():
			return nil, fmt.Errorf("tracing: %w", ctx.Err())
		}
		mu.Lock()
		defer mu.Unlock()
		return events, nil
	}, nil
}

// trace records what the browser does until stop is called, which writes it to a file that Chromium's developer tools
// open (Performance, Load profile).
func (t *tab) trace(file string) (stop func() error, err error) {
	end, err := t.record(
		"devtools.timeline", "loading", "blink.user_timing", "v8", "disabled-by-default-devtools.timeline")
	if err != nil {
		return nil, err
	}
	return func() error {
		events, err := end()
		if err != nil {
			return err
		}
		data := append([]byte("[\n"), bytes.Join(events, []byte(",\n"))...)
		if err := os.WriteFile(file, append(data, "\n]\n"...), 0o644); err != nil {
			return fmt.Errorf("tracing: %w", err)
		}
		return nil
	}, nil
}
