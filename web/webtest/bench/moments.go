package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sharh/app/site/wasm"
)

// A moment is something that a reader waits for, and where its time goes.
type moment struct {
	Name  string             `json:"name"`
	Times []float64          `json:"times"` // ms, each time
	Parts map[string]float64 `json:"parts"` // ms on average, by name of the part
}

// parts are what the time of a moment is split into, in the order of the table.
var momentParts = []struct{ name, what string }{
	{"waits", "nothing runs: for the line, the next frame, another thread, input, or a processor that is busy"},
	{"parse", "HTML and style sheets are read"},
	{"compile", "scripts and the client are compiled"},
	{"style", "the styles of elements are computed"},
	{"layout", "boxes and lines of text are laid out"},
	{"paint", "it is painted, and handed to the compositor"},
	{"Go's runtime", "Go: runtime, standard library, and what stands between Go and JavaScript"},
	{"go-app", "Go: the library that compares and changes the page"},
	{"our Go", "Go: app/…, cmd/client"},
	{"our JS", "boot.js, takeover.js with Go's wasm_exec.js, and what they ask of the browser"},
	{"other", "garbage collection, tasks of the browser, and the benchmark's own questions"},
}

// partOf is the part to which an event of a trace belongs, with what is in it and is no event of the table.
var partOf = map[string]string{
	"ParseHTML": "parse", "ParseAuthorStyleSheet": "parse",
	"v8.compile": "compile", "v8.compileModule": "compile", "v8.wasm.compile": "compile", "v8.produceCache": "compile",
	"wasm.SyncInstantiate": "compile", "wasm.AsyncInstantiate": "compile", "v8.wasm.finalize": "compile",
	"UpdateLayoutTree": "style", "RecalculateStyles": "style", "InvalidateLayout": "style",
	"Layout":   "layout",
	"PrePaint": "paint", "Paint": "paint", "Layerize": "paint", "UpdateLayer": "paint", "CompositeLayers": "paint",
	"Commit": "paint", "PaintImage": "paint", "UpdateLayerTree": "paint",
	"FunctionCall": "script", "EvaluateScript": "script", "v8.callFunction": "script", "RunMicrotasks": "script",
	"TimerFire": "script", "FireAnimationFrame": "script", "EventDispatch": "script", "FireIdleCallback": "script",
	"v8.run": "script", "V8.Execute": "script", "XHRReadyStateChange": "script",
	"MinorGC": "other", "MajorGC": "other", "V8.GCScavenger": "other", "V8.GCFinalizeMC": "other",
}

// traced are the categories of a trace that has what the table needs.
var traced = []string{
	"devtools.timeline", "loading", "blink.user_timing", "v8", "v8.wasm", "disabled-by-default-devtools.timeline",
	"disabled-by-default-v8.cpu_profiler", "disabled-by-default-v8.compile", "toplevel", "__metadata",
}

// event is an event of a trace. Times are in µs.
type traceEvent struct {
	Name  string          `json:"name"`
	Phase string          `json:"ph"`
	PID   int             `json:"pid"`
	TID   int             `json:"tid"`
	ID    json.RawMessage `json:"id"` // a text or a number
	Start float64         `json:"ts"`
	Long  float64         `json:"dur"`
	Ran   float64         `json:"tdur"` // of that, how long the thread had a processor
	Args  json.RawMessage `json:"args"`

	share float64 // of the time in which nothing else was in it, how much the thread had a processor
}

// span is a time of a trace, in µs.
type span struct{ from, to float64 }

// recording is what a trace says of the main thread of a page.
type recording struct {
	events  []traceEvent       // complete ones, by start, outer ones first
	samples []ran              // of the profiler, by time
	marks   map[string]float64 // µs, of performance.mark and of the browser
}

// ran is what ran at a time: the part of a script's time that this function belongs to.
type ran struct {
	at   float64
	part string
}

// read reads a trace. owners are the packages of the client's functions.
func readTrace(events [][]byte, owners []string) (*recording, error) {
	r := &recording{marks: map[string]float64{}}
	var all []traceEvent
	pid, tid := 0, 0
	threads := map[int]int{} // main threads by process
	for _, data := range events {
		var e traceEvent
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("reading a trace: %w", err)
		}
		if e.Name == "thread_name" {
			var args struct{ Name string }
			if json.Unmarshal(e.Args, &args) == nil && args.Name == "CrRendererMain" {
				threads[e.PID] = e.TID
			}
		}
		if strings.HasPrefix(e.Name, "bench:") || strings.HasPrefix(e.Name, "sharh:") {
			r.marks[e.Name], pid = e.Start, e.PID
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b traceEvent) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.Long, a.Long)) // outer ones first
	})
	if tid = threads[pid]; tid == 0 {
		return nil, errors.New("reading a trace: the page's main thread is not in it")
	}
	profiles := map[string]*profile{}
	for _, e := range all {
		if e.PID != pid {
			continue
		}
		switch {
		case e.Name == "firstContentfulPaint", e.Name == "navigationStart" && r.marks["firstContentfulPaint"] == 0:
			r.marks[e.Name] = e.Start
		case e.Phase == "X" && e.TID == tid && e.Long > 0:
			r.events = append(r.events, e)
		case e.Name == "Profile" && e.TID == tid:
			var args struct{ Data struct{ StartTime float64 } }
			if err := json.Unmarshal(e.Args, &args); err != nil {
				return nil, fmt.Errorf("reading a profile: %w", err)
			}
			profiles[string(e.ID)] = &profile{now: args.Data.StartTime, frames: map[int]string{}}
		case e.Name == "ProfileChunk" && profiles[string(e.ID)] != nil:
			if err := profiles[string(e.ID)].read(e.Args, owners, r); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(r.samples, func(a, b ran) int { return cmp.Compare(a.at, b.at) })
	r.share()
	if len(r.samples) == 0 {
		return nil, errors.New("reading a trace: the profiler has no sample of the page's main thread")
	}
	return r, nil
}

// share computes the shares of all events.
func (r *recording) share() {
	type own struct{ long, ran float64 } // without the events within
	owns := make([]own, len(r.events))
	var stack []int
	for i, e := range r.events {
		for len(stack) > 0 && r.events[stack[len(stack)-1]].end() <= e.Start {
			stack = stack[:len(stack)-1]
		}
		owns[i] = own{e.Long, e.Ran}
		if len(stack) > 0 {
			outer := &owns[stack[len(stack)-1]]
			outer.long -= e.Long
			outer.ran -= e.Ran
		}
		stack = append(stack, i)
	}
	for i, o := range owns {
		if o.long > 0 {
			r.events[i].share = min(1, max(0, o.ran/o.long))
		}
	}
}

func (e traceEvent) end() float64 { return e.Start + e.Long }

// profile is a profile that is being read.
type profile struct {
	now    float64
	frames map[int]string // parts by id of the node
}

// wasmFunction is the name that V8 gives to a function of a program without names.
var wasmFunction = regexp.MustCompile(`^wasm-function\[(\d+)\]$`)

func (p *profile) read(data json.RawMessage, owners []string, into *recording) error {
	var args struct {
		Data struct {
			CPUProfile struct {
				Nodes []struct {
					ID, Parent int
					CallFrame  struct{ FunctionName, URL string }
				}
				Samples []int
			}
			TimeDeltas []float64
		}
	}
	if err := json.Unmarshal(data, &args); err != nil {
		return fmt.Errorf("reading a profile: %w", err)
	}
	for _, n := range args.Data.CPUProfile.Nodes {
		f := n.CallFrame
		part := cmp.Or(p.frames[n.Parent], "other") // what is the browser's own, as querySelector, is the caller's
		if strings.HasPrefix(f.FunctionName, "(") { // "(garbage collector)", "(program)"
			part = "other"
		} else if m := wasmFunction.FindStringSubmatch(f.FunctionName); m != nil {
			i, _ := strconv.Atoi(m[1])
			if i >= len(owners) {
				return fmt.Errorf("reading a profile: there is no function %d in the client", i)
			}
			part = partOfPackage(owners[i])
		} else if f.URL != "" && !strings.HasPrefix(f.URL, "wasm:") {
			part = "our JS"
		}
		p.frames[n.ID] = part
	}
	for i, id := range args.Data.CPUProfile.Samples {
		p.now += args.Data.TimeDeltas[i]
		into.samples = append(into.samples, ran{p.now, p.frames[id]})
	}
	return nil
}

// partOfPackage is the part to which a package of the client belongs.
func partOfPackage(name string) string {
	switch {
	case name == "main" || strings.HasPrefix(name, "sharh/"):
		return "our Go"
	case strings.Contains(name, "go-app"):
		return "go-app"
	}
	return "Go's runtime"
}

// split returns for how long each part ran within a time, in ms: how long it had a processor, so that what else the
// machine does counts as waiting. An event belongs to its own part where it has one,
// otherwise to that of the event around it. The time of scripts is divided as the samples within it are.
func (r *recording) split(in span) map[string]float64 {
	self := map[string]float64{}
	type open struct {
		end, share float64
		part       string
	}
	var stack []open
	at := in.from
	shares := map[string]float64{}
	next, _ := slices.BinarySearchFunc(r.samples, in.from, func(s ran, t float64) int { return cmp.Compare(s.at, t) })
	spend := func(to float64) {
		to = min(to, in.to)
		if to <= at {
			return
		}
		part, share := "waits", 1.0
		if len(stack) > 0 {
			part, share = stack[len(stack)-1].part, stack[len(stack)-1].share
		}
		self[part] += share * (to - at) / 1000
		self["waits"] += (1 - share) * (to - at) / 1000
		for ; next < len(r.samples) && r.samples[next].at < to; next++ {
			if part == "script" {
				shares[r.samples[next].part]++
			}
		}
		at = to
	}
	for _, e := range r.events {
		if e.Start >= in.to {
			break
		}
		if e.end() <= in.from {
			continue
		}
		for len(stack) > 0 && stack[len(stack)-1].end <= e.Start {
			spend(stack[len(stack)-1].end)
			stack = stack[:len(stack)-1]
		}
		spend(e.Start)
		part, known := partOf[e.Name]
		if !known {
			part = "other"
			if len(stack) > 0 {
				part = stack[len(stack)-1].part
			}
		}
		stack = append(stack, open{e.end(), e.share, part})
	}
	for len(stack) > 0 {
		spend(stack[len(stack)-1].end)
		stack = stack[:len(stack)-1]
	}
	spend(in.to)
	script, sum := self["script"], 0.0
	delete(self, "script")
	for _, n := range shares {
		sum += n
	}
	for part, n := range shares {
		self[part] += script * n / sum
	}
	if sum == 0 {
		self["other"] += script
	}
	return self
}

// moments measures the moments of Sharh's page on the phone, with a trace. That slows everything down: what the table
// shows is where time goes, not how much of it there is.
func moments(ctx context.Context, f flags) ([]*moment, error) {
	sites, stop, err := serve(ctx, f)
	if err != nil {
		return nil, err
	}
	defer stop()
	owners, err := owners(ctx, f)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(profiles, func(p Profile) bool { return p.Mobile })
	if i < 0 {
		return nil, errors.New("moments are those of the phone, which -only leaves out")
	}
	phone := profiles[i]
	all := map[string]*moment{}
	var order []*moment
	for n := 1; n <= f.runs; n++ {
		fmt.Fprintf(os.Stderr, "moments, run %d of %d\n", n, f.runs)
		for _, v := range []struct {
			do    func(*tab) error
			spans []pair
		}{
			{(*tab).early, early},
			{(*tab).moments, later},
		} {
			r, err := record(ctx, phone, sites[0], owners, v.do)
			if err != nil {
				return nil, err
			}
			for _, p := range v.spans {
				spans, err := r.between(p)
				if err != nil {
					return nil, err
				}
				m := all[p.name]
				if m == nil {
					m = &moment{Name: p.name, Parts: map[string]float64{}}
					all[p.name] = m
					order = append(order, m)
				}
				for _, s := range spans {
					m.Times = append(m.Times, (s.to-s.from)/1000)
					for part, ms := range r.split(s) {
						m.Parts[part] += ms
					}
				}
			}
		}
	}
	for _, m := range order {
		for part := range m.Parts {
			m.Parts[part] /= float64(len(m.Times))
		}
	}
	return order, nil
}

// owners are the packages of the functions of the client that was built.
func owners(ctx context.Context, f flags) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(f.dist, "assets", "client.*.wasm"))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("there are %d clients in %s, not one (%v)", len(found), f.dist, err)
	}
	client, err := os.ReadFile(found[0])
	if err != nil {
		return nil, fmt.Errorf("reading the client: %w", err)
	}
	return wasm.Owners(ctx, client, wasm.Options{
		Out: filepath.Join("build", "named.wasm"), Work: filepath.Join("build", "named"),
	})
}

// pair is a moment with the marks at which it begins and ends. Marks with a number stand for as many moments.
type pair struct{ name, from, to string }

// Names of moments.
const (
	firstPaint  = "first paint"
	firstAnswer = "first answer, from the first paint"
	goingLive   = "going live"
	aChoice     = "a choice"
	aScene      = "a scene"
	aKey        = "a key in the search"
)

var (
	early = []pair{
		{firstPaint, "navigationStart", "firstContentfulPaint"},
		{firstAnswer, "firstContentfulPaint", "bench:answer done 1"},
	}
	later = []pair{
		{goingLive, "sharh:start", "sharh:live"},
		{"a step", "bench:step", "bench:step done"},
		{aChoice, "bench:choice", "bench:choice done"},
		{aScene, "bench:scene", "bench:scene done"},
		{aKey, "bench:key", "bench:key done"},
		{"a drag of the map, 180 moves", "bench:drag", "bench:drag done"},
	}
)

// between returns the times of a moment in a recording.
func (r *recording) between(p pair) (spans []span, err error) {
	from, ok := r.marks[p.from]
	to, also := r.marks[p.to]
	if ok && also {
		return []span{{from, to}}, nil
	}
	for i := 1; ; i++ {
		from, ok = r.marks[p.from+" "+strconv.Itoa(i)]
		to, also = r.marks[p.to+" "+strconv.Itoa(i)]
		if !ok || !also {
			break
		}
		spans = append(spans, span{from, to})
	}
	if len(spans) == 0 {
		return nil, fmt.Errorf("the trace lacks %s, or %s", p.from, p.to)
	}
	return spans, nil
}

// record does something in a new browser and reads its trace.
func record(ctx context.Context, p Profile, s Site, owners []string, do func(*tab) error) (*recording, error) {
	t, done, err := open(ctx, p, s)
	if err != nil {
		return nil, err
	}
	defer done()
	if _, err := t.slow(); err != nil {
		return nil, err
	}
	stop, err := t.record(traced...)
	if err != nil {
		return nil, err
	}
	if err := t.goTo(s.URL); err != nil {
		return nil, err
	}
	failed := do(t)
	events, err := stop()
	if err := errors.Join(failed, err); err != nil {
		return nil, err
	}
	return readTrace(events, owners)
}

// early clicks on a call as early as can be.
func (t *tab) early() error {
	if err := t.until("scripts run", "window.__bench"); err != nil {
		return err
	}
	return t.timed("answer", func() error { return t.answer(&Visit{}) })
}

// moments uses a page that is live.
func (t *tab) moments() error {
	if err := t.until("the page is live and idle",
		`window.__bench?.page.drawn() && performance.getEntriesByName("sharh:ahead").length`); err != nil {
		return err
	}
	if err := pause(t.ctx, settle); err != nil {
		return err
	}
	for i := range 3 {
		if err := t.timed("step", func() error {
			return t.clickStanding("a step", func() (p *place, err error) {
				return p, t.eval(fmt.Sprintf("__bench.step(%d)", i+2), &p)
			})
		}); err != nil {
			return err
		}
	}
	for _, n := range []int{5, 2, 7} {
		if err := t.timed("choice", func() error {
			return t.clickStanding("a call", func() (*place, error) { return t.place([]int{n}) })
		}); err != nil {
			return err
		}
	}
	if err := t.show(); err != nil {
		return err
	}
	for i := range min(3, len(t.site.Actors)) {
		if err := t.show(); err != nil { // its card may have moved the page
			return err
		}
		if err := t.timed("scene", func() error {
			_, err := t.chooseActor(slices.Concat(t.site.Actors[i:], t.site.Actors[:i]))
			return err
		}); err != nil {
			return err
		}
	}
	if err := t.timed("key", func() error { return t.search(&Visit{}) }); err != nil {
		return err
	}
	if err := t.until("the whole map is shown", `__bench.page.whole()`); err != nil {
		return err
	}
	if err := t.show(); err != nil {
		return err
	}
	return t.timed("drag", func() error { return t.drag(&Visit{}) })
}

// timed does something whose moment has this name, and waits for the answer.
func (t *tab) timed(name string, do func() error) error {
	if err := t.eval(fmt.Sprintf("(__bench.moments(%q), true)", name), new(bool)); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return t.until("it is answered", "__bench.seen.answered || __bench.seen.keyed")
}

// largest names the parts that make up most of the moment, the largest first, in ms on average.
func (m *moment) largest() string {
	names := slices.SortedFunc(maps.Keys(m.Parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.Parts[b], m.Parts[a]), strings.Compare(a, b))
	})
	var said []string
	for _, name := range names[:min(4, len(names))] {
		said = append(said, fmt.Sprintf("%s %.0f", name, m.Parts[name]))
	}
	return fmt.Sprintf("%s, of %.0f ms", strings.Join(said, ", "), median(m.Times))
}

// momentsTable writes the table of moments as Markdown.
func momentsTable(w io.Writer, r *Report, all []*moment) {
	fmt.Fprintf(w, "# Where the time of each moment goes\n\nWritten by `make bench`: %s, %d cores, %s, %s. The phone of "+
		"the benchmark: processor slowed four times, 150 ms,\n1.6 Mbit/s. Medians of the whole, and averages of its parts, "+
		"ms, over %d runs.\n\n",
		r.Date.Format("2 January 2006"), r.Cores, r.Chromium, r.Go, r.Runs)
	fmt.Fprint(w, "A trace with samples of the processor slows everything down, so compare parts with each other, not "+
		"with other tables. To see\nwhat grew, run it before and after a change on the same machine: "+
		"`go run ./web/webtest/bench -moments`.\n\n| |")
	fmt.Fprint(w, " ms |")
	for _, p := range momentParts {
		fmt.Fprintf(w, " %s |", p.name)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("--:|", len(momentParts)+1))
	for _, m := range all {
		fmt.Fprintf(w, "| %s | %.0f |", m.Name, median(m.Times))
		for _, p := range momentParts {
			if ms := math.Round(m.Parts[p.name]); ms > 0 {
				fmt.Fprintf(w, " %.0f |", ms)
			} else {
				fmt.Fprint(w, " |")
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "\n| Part | The time in which |\n|---|---|\n")
	for _, p := range momentParts {
		fmt.Fprintf(w, "| %s | %s |\n", p.name, p.what)
	}
}

// keepMoments writes the table into a file, and prints it.
func (r *Report) keepMoments(name string) error {
	var b bytes.Buffer
	momentsTable(&b, r, r.Moments)
	if _, err := os.Stdout.Write(b.Bytes()); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("keeping the moments: %w", err)
	}
	return nil
}
