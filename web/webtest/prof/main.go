// Temporary.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/profiler"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"

	"sharh/app/site/hosting"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	dist, path, script, setup := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	server := httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	defer server.Close()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium-headless-shell"), chromedp.NoSandbox, chromedp.WindowSize(1280, 900), chromedp.Flag("enable-features", ""))
	if os.Getenv("PHONE") != "" {
		opts = append(opts, chromedp.WindowSize(412, 823))
	}
	actx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(actx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	_ = emulation.SetDeviceMetricsOverride
	if os.Getenv("BYPASS") != "" {
		_, err := chromedp.Call(ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
		must(err)
	}
	_, err := chromedp.Run(ctx, chromedp.Navigate(server.URL+path))
	must(err)
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.documentElement.dataset.client === "live" && performance.getEntriesByName("sharh:ahead").length > 0`))
		must(err)
		if ok {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	run := func(s string) string {
		v, err := chromedp.Run(ctx, chromedp.Evaluate[string](s, chromedp.EvalAwaitPromise))
		must(err)
		return v
	}
	pre, err := os.ReadFile(setup)
	must(err)
	run(string(pre) + `;"" `)
	fmt.Println(run(script)) // warm
	if os.Getenv("TRACE") != "" {
		var events []json.RawMessage
		done := make(chan bool, 1)
		must(chromedp.Listen(ctx, func(ev any) {
			switch ev := ev.(type) {
			case *tracing.EventDataCollected:
				for _, v := range ev.Value {
					events = append(events, json.RawMessage(append([]byte(nil), v...)))
				}
			case *tracing.EventTracingComplete:
				done <- true
			}
		}))
		_, err = chromedp.Call(ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"devtools.timeline", "disabled-by-default-devtools.timeline.invalidationTracking", "blink.debug", "disabled-by-default-blink.debug"}, ExcludedCategories: []string{"*"}}})
		must(err)
		fmt.Println(run(script))
		_, err = chromedp.Call(ctx, tracing.End, cdp.Empty{})
		must(err)
		<-done
		data, _ := json.Marshal(events)
		os.WriteFile("/tmp/s/inv.json", data, 0o644)
		return
	}
	_, err = chromedp.Call(ctx, profiler.Enable, cdp.Empty{})
	must(err)
	_, err = chromedp.Call(ctx, profiler.SetSamplingInterval, profiler.SetSamplingIntervalParams{Interval: 60})
	must(err)
	_, err = chromedp.Call(ctx, profiler.Start, cdp.Empty{})
	must(err)
	fmt.Println(run(script))
	got, err := chromedp.Call(ctx, profiler.Stop, cdp.Empty{})
	must(err)
	p := got.Profile
	data, _ := json.Marshal(p)
	os.WriteFile("/tmp/s/prof.json", data, 0o644)
	type node = *profiler.ProfileNode
	byID := map[int64]node{}
	parent := map[int64]int64{}
	for _, n := range p.Nodes {
		byID[n.ID] = n
		for _, c := range n.Children {
			parent[c] = n.ID
		}
	}
	self, incl := map[string]float64{}, map[string]float64{}
	total := 0.0
	name := func(n node) string {
		u := n.CallFrame.URL
		if i := strings.LastIndex(u, "/"); i >= 0 {
			u = u[i+1:]
		}
		if strings.HasSuffix(u, ".wasm") || strings.HasPrefix(n.CallFrame.URL, "wasm") {
			return n.CallFrame.FunctionName
		}
		return fmt.Sprintf("%s %s:%d", n.CallFrame.FunctionName, u, n.CallFrame.LineNumber+1)
	}
	for i, id := range p.Samples {
		dt := float64(p.TimeDeltas[i]) / 1000
		n := byID[id]
		k := name(n)
		if strings.HasPrefix(k, "(idle)") {
			continue
		}
		total += dt
		self[k] += dt
		seen := map[string]bool{}
		for c := id; c != 0; c = parent[c] {
			k := name(byID[c])
			if !seen[k] {
				seen[k] = true
				incl[k] += dt
			}
		}
	}
	show := func(m map[string]float64, n int) {
		keys := []string{}
		for k := range m {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b string) int { return int((m[b] - m[a]) * 1000) })
		for _, k := range keys[:min(n, len(keys))] {
			fmt.Printf("%8.1f %s\n", m[k], k)
		}
	}
	fmt.Printf("total %.1f ms\n== inclusive\n", total)
	show(incl, 70)
	fmt.Println("== self")
	show(self, 50)
}
