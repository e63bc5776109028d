package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// A trace with a task of a script, in it a layout, and samples of what the script did.
func TestMomentsAreSplit(t *testing.T) {
	var events [][]byte
	add := func(format string, values ...any) { events = append(events, fmt.Appendf(nil, format, values...)) }
	complete := func(name string, tid int, from, long, ran float64) {
		add(`{"name":%q,"ph":"X","pid":1,"tid":%d,"ts":%f,"dur":%f,"tdur":%f}`, name, tid, from, long, ran)
	}
	add(`{"name":"thread_name","ph":"M","pid":1,"tid":7,"ts":0,"args":{"name":"CrRendererMain"}}`)
	add(`{"name":"bench:choice 1","ph":"I","pid":1,"tid":7,"ts":1000}`)
	add(`{"name":"bench:choice done 1","ph":"I","pid":1,"tid":7,"ts":11000}`)
	// 1 ms nothing, 6 ms script with 2 ms of layout in it, of which half had a processor, 1 ms nothing, 3 ms of paint that
	// ends after the moment.
	complete("RunTask", 7, 2000, 6000, 5000)
	complete("FunctionCall", 7, 2000, 6000, 5000)
	complete("Layout", 7, 4000, 2000, 1000)
	complete("Paint", 7, 9000, 3000, 3000)
	complete("Layout", 8, 1000, 9000, 9000) // another thread's
	add(`{"name":"Profile","ph":"P","pid":1,"tid":7,"id":"0x1","ts":0,"args":{"data":{"startTime":0}}}`)
	add(`{"name":"ProfileChunk","ph":"P","pid":1,"tid":9,"id":"0x1","ts":1,"args":{"data":{"cpuProfile":{"nodes":[` +
		`{"id":1,"callFrame":{"functionName":"(root)"}},` +
		`{"id":2,"parent":1,"callFrame":{"functionName":"show","url":"https://x/boot.js"}},` +
		`{"id":3,"parent":2,"callFrame":{"functionName":"querySelector","url":""}},` +
		`{"id":4,"parent":1,"callFrame":{"functionName":"wasm-function[1]","url":"wasm://wasm/1"}},` +
		`{"id":5,"parent":1,"callFrame":{"functionName":"wasm-function[2]","url":"wasm://wasm/1"}},` +
		`{"id":6,"parent":5,"callFrame":{"functionName":"(garbage collector)","url":""}}],` +
		`"samples":[2,3,4,5,5,6]},"timeDeltas":[2100,100,100,100,2000,7000]}}}`) // the fifth during a layout, the last later
	r, err := readTrace(events, []string{"", "runtime", "sharh/app/page/ui"})
	if err != nil {
		t.Fatal(err)
	}
	spans, err := r.between(pair{"a choice", "bench:choice", "bench:choice done"})
	if err != nil || len(spans) != 1 {
		t.Fatalf("got %v, %v", spans, err)
	}
	got := r.split(spans[0])
	want := map[string]float64{"waits": 3, "layout": 1, "paint": 2, "our JS": 2, "Go's runtime": 1, "our Go": 1}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := r.between(pair{"x", "bench:x", "bench:x done"}); err == nil {
		t.Error("a moment that is not in the trace was found")
	}
}

// Each part has its column, and nothing is split into a part that has none.
func TestMomentsTable(t *testing.T) {
	columns := map[string]bool{"script": true} // it is divided
	m := &moment{Name: "a choice", Times: []float64{3, 1, 2}, Parts: map[string]float64{}}
	for i, p := range momentParts {
		columns[p.name], m.Parts[p.name] = true, float64(i)
	}
	for event, part := range partOf {
		if !columns[part] {
			t.Errorf("%s belongs to %s, which has no column", event, part)
		}
	}
	var b bytes.Buffer
	momentsTable(&b, &Report{}, []*moment{m})
	if want := "| a choice | 2 | | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |\n"; !strings.Contains(b.String(), want) {
		t.Errorf("the table lacks %q:\n%s", want, b.String())
	}
	if _, err := json.Marshal(m); err != nil {
		t.Error(err)
	}
}
