// Temporary.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"

	"sharh/app/site/hosting"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func visit(dist, path string) map[string]float64 {
	server := httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	defer server.Close()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium-headless-shell"), chromedp.NoSandbox)
	actx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(actx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Navigate("about:blank"))
	must(err)
	call := func(err error) { must(err) }
	_, err = chromedp.Call(ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	call(err)
	_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 412, Height: 823, DeviceScaleFactor: 2, Mobile: true})
	call(err)
	_, err = chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	call(err)
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	call(err)
	var mu sync.Mutex
	var events []json.RawMessage
	done := make(chan bool, 1)
	must(chromedp.Listen(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			for _, v := range ev.Value {
				events = append(events, json.RawMessage(append([]byte(nil), v...)))
			}
			mu.Unlock()
		case *tracing.EventTracingComplete:
			done <- true
		}
	}))
	_, err = chromedp.Call(ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"devtools.timeline", "toplevel"}, ExcludedCategories: []string{"*"}}})
	must(err)
	_, err = chromedp.Run(ctx, chromedp.Navigate(server.URL+path))
	must(err)
	time.Sleep(3 * time.Second)
	fcp, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`performance.getEntriesByName("first-contentful-paint")[0]?.startTime || -1`))
	must(err)
	_, err = chromedp.Call(ctx, tracing.End, cdp.Empty{})
	must(err)
	<-done
	sum := map[string]float64{"fcp": fcp}
	type ev struct {
		Name     string
		Ph       string
		Tdur     float64
		Dur      float64
		Pid, Tid int
	}
	for _, raw := range events {
		var e ev
		json.Unmarshal(raw, &e)
		switch e.Name {
		case "Layout", "UpdateLayoutTree", "Paint", "ParseHTML", "PrePaint", "EvaluateScript", "FunctionCall":
			sum[e.Name] += e.Tdur / 1000
			if e.Name == "Layout" && e.Tdur > sum["maxLayout"]*1000 {
				sum["maxLayout"] = e.Tdur / 1000
			}
		}
	}
	if os.Getenv("KEEP") != "" {
		data, _ := json.Marshal(events)
		os.WriteFile(os.Getenv("KEEP"), data, 0o644)
	}
	return sum
}

func main() {
	path := os.Args[1]
	for range 4 {
		for _, d := range os.Args[2:] {
			s := visit(d, path)
			fmt.Printf("%-20s", d[strings.LastIndex(d, "/")+1:])
			for _, k := range []string{"fcp", "Layout", "maxLayout", "UpdateLayoutTree", "ParseHTML", "PrePaint", "Paint", "FunctionCall"} {
				fmt.Printf(" %s %.0f", k, s[k])
			}
			fmt.Println()
		}
	}
}
