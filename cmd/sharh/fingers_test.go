package main

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"sharh/web/webtest"
)

// spot is a place in the window.
type spot struct{ X, Y float64 }

// fingers puts fingers on the page, moves them in steps to other places, and lifts them. Between the steps the page
// draws, as it does under real fingers.
func (b *tab) fingers(t *testing.T, p *webtest.Page, from, to []spot) {
	t.Helper()
	send := func(kind input.DispatchTouchEventType, at []spot) {
		t.Helper()
		e := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}}
		for i, s := range at {
			e.TouchPoints = append(e.TouchPoints, &input.TouchPoint{X: s.X, Y: s.Y, ID: new(float64(i))})
		}
		if _, err := chromedp.Call(b.ctx, input.DispatchTouchEvent, e); err != nil {
			t.Fatal(err)
		}
	}
	send(input.DispatchTouchEventTypeTouchStart, from[:1])
	if len(from) > 1 {
		send(input.DispatchTouchEventTypeTouchStart, from)
	}
	steps := 12
	if slices.Equal(from, to) {
		steps = 0 // a finger that stays for long is no tap
	}
	for i := 1; i <= steps; i++ {
		at := make([]spot, len(from))
		for j := range from {
			part := float64(i) / float64(steps)
			at[j] = spot{from[j].X + (to[j].X-from[j].X)*part, from[j].Y + (to[j].Y-from[j].Y)*part}
		}
		send(input.DispatchTouchEventTypeTouchMove, at)
		p.Eval(`new Promise(r => requestAnimationFrame(r))`, nil)
	}
	send(input.DispatchTouchEventTypeTouchEnd, nil)
}

// On the whole map two fingers zoom around what is between them, and drag it. One finger scrolls the page, wherever it
// begins. A touch that does not move chooses.
func TestWholeMapUnderFingers(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range languages {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			var b tab
			p := browser.Open(t, server.URL+l.path+"?wasm=now&map=whole", touch, b.option)
			p.Until(live)
			p.Click("h1")
			p.Until(`!!document.querySelector("#scene.whole svg.narrow")`)
			p.Settled()
			p.Eval(`document.querySelector("#scene").scrollIntoView({block: "start", behavior: "instant"})`, nil)
			const box = `document.querySelector("#scene svg>g").getAttribute("transform")`
			var r struct{ Left, Top, Width, Height float64 }
			place := func() {
				t.Helper()
				p.Eval(`(r => ({Left: r.left, Top: r.top, Width: r.width, Height: r.height}))(document.querySelector("#scene svg").getBoundingClientRect())`, &r)
			}
			place()
			// under returns what of the map is drawn at a place in the window, and how many pixels a unit has.
			under := func(s spot) (at spot, scale float64) {
				t.Helper()
				var got struct{ X, Y, Scale float64 }
				p.Eval(fmt.Sprintf(`(m => { const p = new DOMPoint(%f, %f).matrixTransform(m.inverse()); return {X: p.x, Y: p.y, Scale: m.a}; })(document.querySelector("#scene svg>g").getScreenCTM())`, s.X, s.Y), &got)
				return spot{got.X, got.Y}, got.Scale
			}
			same := func(what string, got, want spot, scale float64) {
				t.Helper()
				if d := math.Hypot(got.X-want.X, got.Y-want.Y) * scale; d > 3 { // in pixels
					t.Errorf("%s: %.0f pixels from where it should be", what, d)
				}
			}
			scrolled := func() (y float64) {
				t.Helper()
				p.Eval(`scrollY`, &y)
				return y
			}
			y, all := scrolled(), p.Text(box)

			// Two fingers spread, not in the middle of the picture.
			middle := spot{r.Left + r.Width*.4, r.Top + 200}
			want, before := under(middle)
			b.fingers(t, p, []spot{{middle.X - 30, middle.Y - 20}, {middle.X + 30, middle.Y + 20}},
				[]spot{{middle.X - 90, middle.Y - 60}, {middle.X + 90, middle.Y + 60}})
			p.Until(box + ` !== "` + all + `"`)
			got, scale := under(middle)
			same("what was between the fingers that spread", got, want, scale)
			if times := scale / before; times < 2.5 || times > 3.1 {
				t.Errorf("two fingers at three times their distance make the map %.2f times as large", times)
			}

			// Two fingers drag what is under them.
			zoomed := p.Text(box)
			want, before = under(middle)
			b.fingers(t, p, []spot{{middle.X - 40, middle.Y}, {middle.X + 40, middle.Y}},
				[]spot{{middle.X, middle.Y + 60}, {middle.X + 80, middle.Y + 60}})
			p.Until(box + ` !== "` + zoomed + `"`)
			got, scale = under(spot{middle.X + 40, middle.Y + 60})
			same("what two fingers dragged", got, want, scale)
			if math.Abs(scale/before-1) > .05 {
				t.Errorf("dragging makes the map %.2f times as large", scale/before)
			}
			if now := scrolled(); now != y {
				t.Errorf("under two fingers the page scrolled from %v to %v", y, now)
			}
			p.True(`visualViewport.scale === 1`)

			// One finger scrolls the page, also over the map that is drawn nearer, and over an actor.
			zoomed = p.Text(box)
			b.fingers(t, p, []spot{{middle.X, middle.Y + 200}}, []spot{{middle.X, middle.Y}})
			p.Until(fmt.Sprintf(`scrollY > %f`, y+100))
			p.True(box + ` === "` + zoomed + `"`)
			p.True(`!new URLSearchParams(location.search).get("actor")`)

			// After all of this a touch chooses as ever. While the page still rolls, a touch would only stop it.
			p.Eval(`new Promise(done => {
				let y = scrollY, still = 0;
				const look = () => {
					still = scrollY === y ? still + 1 : 0;
					y = scrollY;
					if (still > 20) done(); else requestAnimationFrame(look);
				};
				look();
			})`, nil)
			p.Eval(`document.querySelector("#scene").scrollIntoView({block: "start", behavior: "instant"})`, nil)
			p.Click(".zoom button:last-child") // all of it
			p.Until(box + ` === "` + all + `"`)
			var node spot
			p.Eval(`(r => ({X: r.x + r.width / 2, Y: r.y + r.height / 2}))([...document.querySelectorAll("#scene .node")].map(n => n.getBoundingClientRect()).find(r => r.y > 20 && r.bottom < 400))`, &node)
			b.fingers(t, p, []spot{node}, []spot{node})
			p.Until(`!!new URLSearchParams(location.search).get("actor") && !!document.querySelector("#scene.whole .node[aria-current]")`)
			p.Quiet()
		})
	}
}
