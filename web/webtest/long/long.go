// Package long uses an explainer's page for a long time and counts what a visit could leave behind: nodes and listeners
// of the page, and what Go holds of it.
//
//	chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, … long.Script …)
//	// open the page; once it is live:
//	err := long.Use(ctx, 200)
//	counts, err := long.Count(ctx)
package long

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// Script must run in the page before its own scripts.
//
//go:embed long.js
var Script string

// Counts is what there is in a page once garbage has been collected. The browser counts for a whole process, so the
// page must be alone in it.
type Counts struct {
	Nodes     int `json:"nodes"`
	Listeners int `json:"listeners"`
	Documents int `json:"documents"`
	Values    int `json:"values"` // of JavaScript that Go holds, functions among them
	Timers    int `json:"timers"` // of Go
}

// Most returns the greater of each count.
func (c Counts) Most(d Counts) Counts {
	return Counts{
		Nodes: max(c.Nodes, d.Nodes), Listeners: max(c.Listeners, d.Listeners), Documents: max(c.Documents, d.Documents),
		Values: max(c.Values, d.Values), Timers: max(c.Timers, d.Timers),
	}
}

// Memory is how much memory a page has, in bytes, and how long its scripts have run, in seconds.
type Memory struct {
	JS     float64 `json:"js"`
	Go     float64 `json:"go"` // it never shrinks
	Script float64 `json:"script"`
}

// Count collects the browser's garbage and Go's, and counts.
func Count(ctx context.Context) (Counts, error) {
	c, _, err := Measure(ctx)
	return c, err
}

// Measure collects the browser's garbage and Go's, counts and measures.
func Measure(ctx context.Context) (c Counts, m Memory, err error) {
	if _, err := chromedp.Call(ctx, performance.Enable, performance.EnableParams{}); err != nil {
		return c, m, fmt.Errorf("counting: %w", err)
	}
	if err := do(ctx, "collect()"); err != nil {
		return c, m, fmt.Errorf("letting Go collect garbage: %w", err)
	}
	for range 3 { // what one collection frees may free more
		if _, err := chromedp.Call(ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return c, m, fmt.Errorf("collecting garbage: %w", err)
		}
	}
	got, err := chromedp.Call(ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		return c, m, fmt.Errorf("counting: %w", err)
	}
	of := map[string]float64{}
	for _, m := range got.Metrics {
		of[m.Name] = m.Value
	}
	c.Nodes, c.Listeners, c.Documents = int(of["Nodes"]), int(of["JSEventListeners"]), int(of["Documents"])
	m.JS, m.Script = of["JSHeapUsedSize"], of["ScriptDuration"]
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("JSON.stringify(__long.go())"))
	if err != nil {
		return c, m, fmt.Errorf("counting what Go holds: %w", err)
	}
	var held struct {
		Values, Timers int
		Bytes          float64
	}
	if err := json.Unmarshal([]byte(text), &held); err != nil {
		return c, m, fmt.Errorf("counting what Go holds: %w", err)
	}
	c.Values, c.Timers, m.Go = held.Values, held.Timers, held.Bytes
	return c, m, nil
}

// Use makes n choices, and uses the rest of the page once.
func Use(ctx context.Context, n int) error {
	if err := do(ctx, fmt.Sprintf("use(%d)", n)); err != nil {
		return fmt.Errorf("making %d choices: %w", n, err)
	}
	return nil
}

// do calls what the script offers, and waits for its end.
func do(ctx context.Context, call string) error {
	_, err := chromedp.Run(ctx, chromedp.Evaluate[string]("__long."+call+`.then(() => "")`, chromedp.EvalAwaitPromise))
	return err
}
