package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"sharh/web/webtest"
)

//go:embed watch.js
var watchJS string

//go:embed sharh.js
var sharhJS string

//go:embed peers.js
var peersJS string

// Profile is a reader's device and network.
type Profile struct {
	Name    string  `json:"name"`
	Width   int64   `json:"width"` // CSS pixels
	Height  int64   `json:"height"`
	Scale   float64 `json:"scale"`   // device pixels to a CSS pixel
	Mobile  bool    `json:"mobile"`  // a touch screen, the viewport of a phone
	CPU     float64 `json:"cpu"`     // how many times slower than this machine
	Latency float64 `json:"latency"` // ms from a request to its answer's first byte
	Down    float64 `json:"down"`    // bits a second; 0 for no limit
	Up      float64 `json:"up"`
}

var profiles = []Profile{
	{Name: "phone", Width: 360, Height: 740, Scale: 2, Mobile: true, CPU: 4, Latency: 150, Down: 1.6e6, Up: 750e3},
	{Name: "desktop", Width: 1280, Height: 900, Scale: 1, CPU: 1, Latency: 20, Down: 40e6, Up: 40e6},
}

// Site is one of the two pages that are compared.
type Site struct {
	Title string // "sharh", "peers"
	URL   string
	Pin   string // of the certificate of its server, "" for none
	js    string // what watch.js needs to know about it

	Actors []string // ids of the actors that are chosen on its map
	Name   string   // that is searched for
}

// patience is how long anything in a page may take before the bench gives up.
const patience = 60 * time.Second

// settle is how long a visit continues after everything has loaded, to catch late shifts and long tasks.
const settle = 2 * time.Second

// Visit is the result of one run. Times are in ms since the navigation began, durations in ms, sizes in bytes as
// transferred, including headers. The answer to the first click and the other figures come from two visits, each in
// a new browser, because an early click ends the browser's search for the largest paint.
type Visit struct {
	Page    string `json:"page"`
	Profile string `json:"profile"`
	Run     int    `json:"run"`

	Busy float64 `json:"busy"` // share of this machine's cores that were busy before the visit, 0 to 1

	FCP     float64 `json:"fcp"`
	LCP     float64 `json:"lcp"`
	LCPWhat string  `json:"lcpWhat"` // the element of the largest paint
	Drawn   float64 `json:"drawn"`   // first frame with a timeline that can be clicked

	Answer      float64 `json:"answer"`      // first frame in which a click on a call had its effect
	Clickable   float64 `json:"clickable"`   // when the answered click was made
	Clicks      int     `json:"clicks"`      // how many clicks were needed
	AnswerBytes float64 `json:"answerBytes"` // bytes transferred by then
	AnswerCall  int     `json:"answerCall"`  // which call was clicked
	AnswerStep  float64 `json:"answerStep"`  // the same of a click that leads to a step; phone only
	AnswerActor float64 `json:"answerActor"` // of one on an actor

	Blocking        float64            `json:"blocking"`
	Longest         float64            `json:"longest"`
	Tasks           []task             `json:"tasks"`
	Shift           float64            `json:"shift"`
	CLS             float64            `json:"cls"`
	ShiftAfterInput float64            `json:"shiftAfterInput"`
	Shifts          []shift            `json:"shifts"`
	Selections      []float64          `json:"selections"` // interaction to next paint; 16 for anything shorter
	Actors          []float64          `json:"actors"`     // from a click on an actor to the frame with the map of it
	Drag            float64            `json:"drag"`       // frames a second while the map is dragged; desktop only
	DragGap         float64            `json:"dragGap"`    // the longest time between two of them
	Keys            []float64          `json:"keys"`       // from a key in the search to the frame with what it found
	Bytes           map[string]float64 `json:"bytes"`
	Live            float64            `json:"live"` // Sharh only
	Marks           map[string]float64 `json:"marks"`
	Requests        []*Request         `json:"requests"`
	AnswerRequests  []*Request         `json:"answerRequests"` // those of the visit with the early click
}

// Request is a request of a visit. Times are in ms since the navigation began.
type Request struct {
	Path     string  `json:"path"`
	Kind     string  `json:"kind"`
	Priority string  `json:"priority"`
	Blocks   string  `json:"blocks,omitempty"` // what the browser says about waiting for it
	Asked    float64 `json:"asked"`
	Answered float64 `json:"answered"`
	Done     float64 `json:"done"`
	Bytes    float64 `json:"bytes"`

	arrivals []arrival
}

type arrival struct{ at, bytes float64 }

// traffic collects the requests of a page from the protocol's events.
type traffic struct {
	mu    sync.Mutex
	start float64 // of the navigation, on the protocol's clock, s
	byID  map[network.RequestID]*Request
	order []*Request
}

func (t *traffic) listen(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := func(m cdp.MonotonicTime) float64 { return (float64(m) - t.start) * 1000 }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
			return
		}
		if t.start == 0 {
			t.start = float64(e.Timestamp)
		}
		r := &Request{Path: u.Path, Kind: kind(u.Path, e.Type), Priority: string(e.Request.InitialPriority),
			Blocks: string(e.RenderBlockingBehavior), Asked: at(e.Timestamp)}
		t.byID[e.RequestID] = r
		t.order = append(t.order, r)
	case *network.EventResponseReceived:
		if r := t.byID[e.RequestID]; r != nil {
			r.Answered = at(e.Timestamp)
		}
	case *network.EventDataReceived:
		if r := t.byID[e.RequestID]; r != nil {
			r.arrivals = append(r.arrivals, arrival{at(e.Timestamp), float64(e.EncodedDataLength)})
		}
	case *network.EventLoadingFinished:
		if r := t.byID[e.RequestID]; r != nil {
			r.Done, r.Bytes = at(e.Timestamp), e.EncodedDataLength
		}
	}
}

// requests returns what was asked for so far, in order.
func (t *traffic) requests() []*Request {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []*Request
	for _, r := range t.order {
		c := *r
		c.arrivals = append([]arrival(nil), r.arrivals...)
		all = append(all, &c)
	}
	return all
}

// kind is the type of a resource as the table groups it.
func kind(name string, t network.ResourceType) string {
	switch {
	case path.Ext(name) == ".wasm":
		return "wasm"
	case t == network.ResourceTypeDocument:
		return "document"
	case t == network.ResourceTypeStylesheet:
		return "style"
	case t == network.ResourceTypeScript:
		return "script"
	case t == network.ResourceTypeFont:
		return "font"
	}
	return "other"
}

// by is how many bytes had arrived at a given time, in ms.
func by(requests []*Request, ms float64) float64 {
	var sum float64
	for _, r := range requests {
		if r.Done > 0 && r.Done <= ms {
			sum += r.Bytes
			continue
		}
		for _, a := range r.arrivals {
			if a.at <= ms {
				sum += a.bytes
			}
		}
	}
	return sum
}

// seen is watch.js's record.
type seen struct {
	FCP, LCP     float64
	LCPWhat      string
	Drawn        float64
	Shifts       []shift
	Tasks        []task
	Interactions map[string]float64
	Live         float64
	Clicked      float64
	Answered     float64
	Clicks       int
}

// place is where a click would hit, in CSS pixels of the window.
type place struct {
	X, Y float64
	Call int
}

// tab is a page of a freshly started browser.
type tab struct {
	ctx     context.Context
	profile Profile
	site    Site
	traffic *traffic
}

// open starts a browser with an empty folder of its own, so with empty caches, and prepares a tab for the profile.
// done ends it.
func open(ctx context.Context, p Profile, s Site) (t *tab, done func(), err error) {
	folder, err := os.MkdirTemp("", "sharh-bench-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a browser's folder: %w", err)
	}
	t, end, err := openIn(ctx, folder, p, s)
	if err != nil {
		_ = os.RemoveAll(folder)
		return nil, nil, err
	}
	return t, func() {
		end()
		_ = os.RemoveAll(folder)
	}, nil
}

// openIn is open with a folder that may have been used before.
func openIn(ctx context.Context, folder string, p Profile, s Site) (*tab, func(), error) {
	c, stop, err := webtest.Launch(ctx, folder, s.Pin)
	if err != nil {
		return nil, nil, err
	}
	done := func() {
		// When it is asked to close, the browser saves its caches to disk.
		end, cancel := context.WithTimeout(c, 10*time.Second)
		_ = chromedp.Cancel(end)
		cancel()
		stop()
	}
	t := &tab{c, p, s, &traffic{byID: map[network.RequestID]*Request{}}}
	err = t.prepare(s)
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("preparing a browser for %s on the %s: %w", s.Title, p.Name, err)
	}
	return t, done, nil
}

func (t *tab) prepare(s Site) error {
	ctx, p := t.ctx, t.profile
	if err := chromedp.Listen(ctx, t.traffic.listen); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: p.Width, Height: p.Height, DeviceScaleFactor: p.Scale, Mobile: p.Mobile,
	}); err != nil {
		return err
	}
	if p.Mobile {
		if _, err := chromedp.Call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{
			Enabled: true, MaxTouchPoints: 1,
		}); err != nil {
			return err
		}
	}
	rate := func(bits float64) float64 {
		if bits == 0 {
			return -1
		}
		return bits / 8
	}
	if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{
			Latency: p.Latency, DownloadThroughput: rate(p.Down), UploadThroughput: rate(p.Up),
		}},
	}); err != nil {
		return err
	}
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: watchJS + s.js})
	return err
}

// slow waits until the machine is calm, then slows the browser down to the profile. The wait comes first because the
// browser slows itself down by keeping a core busy. It returns the result of calm.
func (t *tab) slow() (float64, error) {
	busy, err := calm(t.ctx)
	if err != nil {
		return busy, err
	}
	if _, err := chromedp.Call(t.ctx, emulation.SetCPUThrottlingRate,
		emulation.SetCPUThrottlingRateParams{Rate: t.profile.CPU}); err != nil {
		return busy, fmt.Errorf("slowing the browser down: %w", err)
	}
	return busy, nil
}

// goTo begins to open an address; it does not wait until the page is loaded.
func (t *tab) goTo(address string) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	answer, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: address})
	if err == nil && answer.ErrorText != "" {
		err = errors.New(answer.ErrorText)
	}
	if err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	return nil
}

// eval evaluates an expression in the page and stores its value in into.
func (t *tab) eval(expression string, into any) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("JSON.stringify(("+expression+") ?? null)"))
	if err == nil {
		err = json.Unmarshal([]byte(text), into)
	}
	if err != nil {
		return fmt.Errorf("evaluating %s: %w", expression, err)
	}
	return nil
}

// until polls until the expression is true in the page, which may go to another address meanwhile.
func (t *tab) until(what, expression string) error {
	deadline := time.Now().Add(patience)
	for {
		var ok bool
		err := t.eval("!!("+expression+")", &ok)
		if err != nil && !strings.Contains(err.Error(), "navigated") {
			return err
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %v in vain until %s (%s)", patience, what, expression)
		}
		if err := pause(t.ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// click clicks with the mouse, or taps on a touch screen.
func (t *tab) click(x, y float64) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	var err error
	if t.profile.Mobile {
		_, err = chromedp.Call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{
			Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}},
		})
		if err == nil {
			_, err = chromedp.Call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{
				Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{},
			})
		}
	} else {
		for _, kind := range []input.DispatchMouseEventType{
			input.DispatchMouseEventTypeMouseMoved,
			input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased,
		} {
			params := input.DispatchMouseEventParams{Type: kind, X: x, Y: y}
			if kind != input.DispatchMouseEventTypeMouseMoved {
				params.Button, params.ClickCount = input.MouseButtonLeft, 1
			}
			if _, err = chromedp.Call(ctx, input.DispatchMouseEvent, params); err != nil {
				break
			}
		}
	}
	if err != nil {
		return fmt.Errorf("clicking at %.0f, %.0f: %w", x, y, err)
	}
	return nil
}

// point moves the mouse to a place.
func (t *tab) point(x, y float64) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{
		Type: input.DispatchMouseEventTypeMouseMoved, X: x, Y: y,
	})
	if err != nil {
		return fmt.Errorf("pointing at %.0f, %.0f: %w", x, y, err)
	}
	return nil
}

// place finds where to click for the first of the calls that can be clicked now; nil when there is none yet.
func (t *tab) place(calls []int) (*place, error) {
	list, err := json.Marshal(calls)
	if err != nil {
		return nil, err
	}
	var p *place
	err = t.eval("window.__bench?.place("+string(list)+")", &p)
	return p, err
}

// calls is the order in which calls are tried: the third, then the others from the last one, with which both pages
// open.
var calls = []int{3, 7, 6, 5, 4, 2, 1, 8}

// answer clicks on a call as soon as one is painted and can be hit, then every 100 ms until the page has answered.
func (t *tab) answer(v *Visit) error {
	s, err := t.first("a call", func() (*place, error) {
		p, err := t.place(calls)
		if p != nil {
			v.AnswerCall = p.Call
		}
		return p, err
	})
	if err != nil {
		return err
	}
	v.Answer, v.Clickable, v.Clicks = s.Answered, s.Clicked, s.Clicks
	v.AnswerRequests = t.traffic.requests()
	v.AnswerBytes = by(v.AnswerRequests, v.Answer)
	return nil
}

// answerStep does the same with a step of the story. On the desktop all steps are laid out; there is nothing to click.
func (t *tab) answerStep(v *Visit) error {
	if !t.profile.Mobile {
		return nil
	}
	s, err := t.first("a step", func() (p *place, err error) {
		return p, t.eval("window.__bench?.turn()", &p)
	})
	if err == nil {
		v.AnswerStep = s.Answered
	}
	return err
}

// answerActor does the same with an actor of the map.
func (t *tab) answerActor(v *Visit) error {
	list, err := json.Marshal(t.site.Actors)
	if err != nil {
		return err
	}
	s, err := t.first("an actor", func() (p *place, err error) {
		return p, t.eval("window.__bench?.person("+string(list)+")", &p)
	})
	if err == nil {
		v.AnswerActor = s.Answered
	}
	return err
}

// first clicks where find says as soon as it finds something, then every 100 ms until the page has answered.
func (t *tab) first(what string, find func() (*place, error)) (*seen, error) {
	deadline := time.Now().Add(patience)
	var last time.Time // of the click before
	for {
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("waited %v in vain until a click on %s was answered", patience, what)
		}
		var s *seen
		if err := t.eval("window.__bench?.seen", &s); err != nil {
			return nil, err
		}
		if s != nil && s.Answered > 0 {
			return s, nil
		}
		if time.Since(last) >= 100*time.Millisecond {
			p, err := find()
			if err != nil {
				return nil, err
			}
			if p != nil {
				last = time.Now()
				if err := t.click(p.X, p.Y); err != nil {
					return nil, err
				}
				continue
			}
		}
		if err := pause(t.ctx, 10*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// read behaves like a reader: it waits for the largest paint, scrolls slowly through both figures, waits until
// everything has loaded, then chooses several calls.
func (t *tab) read(v *Visit) error {
	if err := t.until("the page is loaded and its largest paint is a second old",
		`document.readyState === "complete" && window.__bench?.seen.lcp && `+
			`performance.now() - __bench.seen.lcp > 1000`); err != nil {
		return err
	}
	if err := t.scroll(); err != nil {
		return err
	}
	if err := t.until("everything has come", `window.__bench.page.drawn()`); err != nil {
		return err
	}
	if err := pause(t.ctx, settle); err != nil {
		return err
	}
	for _, n := range []int{5, 2, 7, 4, 1, 6} {
		ms, err := t.choose(n)
		if err != nil {
			return fmt.Errorf("choosing call %d: %w", n, err)
		}
		v.Selections = append(v.Selections, ms)
	}
	return t.collect(v)
}

// scroll scrolls with the wheel to the end of the second figure. The mouse is at the edge of the page, so that a
// figure that handles gestures itself does not get this one.
func (t *tab) scroll() error {
	still, before := 0, 0.0
	for still < 3 {
		var below float64
		if err := t.eval("window.__bench.below()", &below); err != nil {
			return err
		}
		if below < 2 {
			return nil
		}
		if below == before {
			still++
		} else {
			still = 0
		}
		before = below
		ctx, cancel := context.WithTimeout(t.ctx, patience)
		_, err := chromedp.Call(ctx, input.SynthesizeScrollGesture, input.SynthesizeScrollGestureParams{
			X: 8, Y: float64(t.profile.Height) * 0.85, YDistance: -min(below, 0.7*float64(t.profile.Height)), Speed: 1200,
			GestureSourceType: input.GestureSourceTypeMouse, // a finger's does not arrive where touch is emulated
		})
		cancel()
		if err != nil {
			return fmt.Errorf("scrolling: %w", err)
		}
	}
	return fmt.Errorf("scrolling: %.0f pixels before the end of the second figure the page scrolls no further", before)
}

// choose clicks on a call once the page stands still, and returns the time until the next paint, in ms.
func (t *tab) choose(n int) (float64, error) {
	order := append([]int{n}, calls...)
	var before map[string]float64
	if err := t.eval("__bench.seen.interactions", &before); err != nil {
		return 0, err
	}
	if err := t.clickStanding("a call", func() (*place, error) { return t.place(order) }); err != nil {
		return 0, err
	}
	// The browser reports an interaction of 16 ms or more soon after its paint, and a shorter one never.
	if err := t.until("the choice is answered and reported",
		`__bench.seen.answered && performance.now() - __bench.seen.answered > 300`); err != nil {
		return 0, err
	}
	var after map[string]float64
	if err := t.eval("__bench.seen.interactions", &after); err != nil {
		return 0, err
	}
	longest := 16.0
	for id, ms := range after {
		if _, old := before[id]; !old {
			longest = max(longest, ms)
		}
	}
	return longest, nil
}

// collect takes over what watch.js has seen, and the traffic.
func (t *tab) collect(v *Visit) error {
	var s seen
	if err := t.eval("__bench.seen", &s); err != nil {
		return err
	}
	if err := t.eval("__bench.marks()", &v.Marks); err != nil {
		return err
	}
	v.FCP, v.LCP, v.LCPWhat, v.Drawn, v.Live = s.FCP, s.LCP, s.LCPWhat, s.Drawn, s.Live
	v.Tasks, v.Shifts = s.Tasks, s.Shifts
	v.Blocking, v.Longest = blocking(s.Tasks)
	v.Shift, v.CLS, v.ShiftAfterInput = shifts(s.Shifts)
	v.Requests = t.traffic.requests()
	v.Bytes = map[string]float64{}
	for _, r := range v.Requests {
		v.Bytes[r.Kind] += r.Bytes
	}
	return nil
}

// A part is what is done in one browser of a visit.
type part struct {
	name string
	do   func(*tab, *Visit) error
}

var (
	parts   = append(append([]part{{"read", (*tab).read}}, firstParts...), mapPart)
	mapPart = part{"explore", (*tab).explore}
	// firstParts are early clicks.
	firstParts = []part{
		{"answer", (*tab).answer}, {"answer to a step", (*tab).answerStep}, {"answer to an actor", (*tab).answerActor},
	}
)

// visit measures one page on one profile once, each part in a browser. look is a folder for a picture and a trace of
// each, or "".
func visit(ctx context.Context, p Profile, s Site, parts []part, run int, look string) (*Visit, error) {
	v := &Visit{Page: s.Title, Profile: p.Name, Run: run}
	for _, part := range parts {
		shown := ""
		if look != "" {
			shown = filepath.Join(look, "bench-"+s.Title+"-"+p.Name+"-"+strings.ReplaceAll(part.name, " ", "-"))
		}
		if err := v.part(ctx, p, s, part.do, shown); err != nil {
			return nil, fmt.Errorf("visiting %s on the %s, run %d, to %s: %w", s.Title, p.Name, run, part.name, err)
		}
	}
	return v, nil
}

// part runs a part of the visit in a new browser. shown is the path for a picture and a trace, without extension, or
// "".
func (v *Visit) part(ctx context.Context, p Profile, s Site, do func(*tab, *Visit) error, shown string) error {
	t, done, err := open(ctx, p, s)
	if err != nil {
		return err
	}
	defer done()
	busy, err := t.slow()
	if err != nil {
		return err
	}
	v.Busy = max(v.Busy, busy)
	if shown == "" {
		if err := t.goTo(s.URL); err != nil {
			return err
		}
		return do(t, v)
	}
	stop, err := t.trace(shown + ".trace.json")
	if err != nil {
		return err
	}
	if err := t.goTo(s.URL); err != nil {
		return err
	}
	failed := do(t, v)
	picture, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(shown+".png", picture, 0o644)
	}
	return errors.Join(failed, err, stop())
}

// codeCache measures the time from requesting the client to having it compiled, in ms, in several visits with the
// same browser folder. The browser is closed and started again between them. The network is not slowed, so that
// compiling dominates.
func codeCache(ctx context.Context, s Site, visits int) ([]float64, error) {
	folder, err := os.MkdirTemp("", "sharh-bench-")
	if err != nil {
		return nil, fmt.Errorf("making a browser's folder: %w", err)
	}
	defer os.RemoveAll(folder)
	p := Profile{Name: "phone without its line", Width: 360, Height: 740, Scale: 2, Mobile: true, CPU: 4}
	var all []float64
	for range visits {
		err := func() error {
			t, done, err := openIn(ctx, folder, p, s)
			if err != nil {
				return err
			}
			defer done()
			if _, err := t.slow(); err != nil {
				return err
			}
			if err := t.goTo(s.URL + "?wasm=now"); err != nil {
				return err
			}
			if err := t.until("the client is live", `window.__bench?.page.drawn()`); err != nil {
				return err
			}
			// The engine optimizes code in the background, and stores it only when enough is done.
			if err := pause(ctx, 2*settle); err != nil {
				return err
			}
			v := &Visit{}
			if err := t.eval("__bench.marks()", &v.Marks); err != nil {
				return err
			}
			all = append(all, phase("", "", "sharh:start", "sharh:compiled").Of(v))
			return nil
		}()
		if err != nil {
			return nil, fmt.Errorf("visiting %s again and again: %w", s.Title, err)
		}
	}
	return all, nil
}
