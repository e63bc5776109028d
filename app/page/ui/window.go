package ui

import (
	"math"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Window is a part of the time axis, drawn nearer: there the marks that stand for several events come apart. The live
// page shows it in place of the axis; while all of the axis is shown, it is empty.
type Window struct {
	app.Compo

	Doc    *story.Document
	Depth  *story.Depth // nil until it is loaded
	Number int          // 0 for all of the axis
	Shown  int          // as in Timeline
	Actor  string
}

// Render draws the window.
func (c *Window) Render() app.UI {
	root := live("div").Class("scene").ID("window")
	if c.Number == 0 {
		return root
	}
	w := c.Depth.Window(c.Number)
	if w == nil {
		return root
	}
	var body []app.UI
	for i := range w.Drawn {
		body = append(body, c.shape(&w.Drawn[i]))
	}
	// Two names of one animation, so that it begins anew.
	return root.Class([]string{"even", "odd"}[c.Number%2]).Body(body...)
}

// shape makes the element of a shape. The axis is drawn when the site is built, see [DrawWindow]; only what can change
// of it is added here.
func (c *Window) shape(s *story.Shape) app.UI {
	if s.Tag == "" {
		return app.Text(s.Text)
	}
	e := svg(s.Tag)
	for i := 0; i+1 < len(s.Attributes); i += 2 {
		name, value := s.Attributes[i], s.Attributes[i+1]
		e.Attr(name, value)
		for n := range c.Doc.Calls {
			if call := &c.Doc.Calls[n]; name == "href" && value == onExplainerPage.to(call.ID) {
				chosenBar(e, call, c.Shown, c.Actor)
			}
		}
	}
	var body []app.UI
	for i := range s.Body {
		body = append(body, c.shape(&s.Body[i]))
	}
	return e.Body(body...)
}

// DrawWindow draws a window of the time axis as the client shows it, in both forms.
func DrawWindow(d *story.Document, number int) []app.UI {
	w, whole := d.Timeline.Windows[number], d.Timeline.Windows[0]
	draw := func(class string, a *story.Axis, height float64) app.UI {
		var calls []app.UI
		for _, b := range a.Bars {
			i := slices.IndexFunc(d.Calls, func(call story.Call) bool { return call.ID == b.Call })
			calls = append(calls, bar(svg("a"), d, i, b, onExplainerPage))
		}
		return svg("svg").Class(class).Attr("viewBox", "0 0 "+num(a.Width)+" "+num(height)).
			Attr("role", "group").Attr("aria-label", d.Timeline.Title).
			Body(join(one(axisBackground(svg("g"), d, *a)), when(calls != nil, svg("g").Class("calls").Body(calls...)))...)
	}
	return []app.UI{
		// At least as high as all of the axis, so that the content below does not move. On a phone that would be too much.
		draw("wide", &w.Wide, max(w.Wide.Height, whole.Wide.Height)),
		draw("tall", &w.Tall, w.Tall.Height),
	}
}

// zoom has the controls of an axis that gathers marks, and says what part of it is shown.
func (t *Timeline) zoom() app.UI {
	d, p := t.Doc, t.Page
	w := p.depth.Window(t.Window)
	if w == nil {
		w = &story.Window{In: []int{1}} // all of it
	}
	button := func(name, sign string, ok bool, hear func()) app.UI {
		e := settled(el("button"), func(e app.HTMLElem) app.HTMLElem { return zoomButton(e, name, sign) })
		// Not disabled, because it would lose the focus.
		return e.Attr("aria-disabled", strconv.FormatBool(!ok)).On("click", browser.Pressed(hear), app.EventScope(sign))
	}
	scale := func(by float64) func() { return func() { p.nearer(browser.Middle("axis", by)) } }
	to := func(window int) func() {
		return func() {
			if window > 0 {
				p.open(window)
			}
		}
	}
	nearer := t.Window > 0
	return live("p").Class("zoom").DataSet("live", "1").Body(
		settled(el("span"), func(e app.HTMLElem) app.HTMLElem {
			return e.ID("span").Attr("role", "status").Body(app.Text(d.Timeline.Whole))
		}),
		button(d.Words.Earlier, "‹", w.Before > 0, to(w.Before)),
		button(d.Words.Later, "›", w.After > 0, to(w.After)),
		button(d.Words.ZoomIn, "+", len(w.In) > 0, scale(larger)),
		button(d.Words.ZoomOut, "−", nearer, scale(1/larger)),
		button(d.Words.Fit, "⤢", nearer, scale(0)),
	)
}

// larger is by how much a button makes a picture larger.
const larger = 1.5

// zoomButton is a button that makes a picture larger or smaller.
func zoomButton(e app.HTMLElem, name, sign string) app.HTMLElem {
	return e.Attr("type", "button").Attr("aria-label", name).Attr("title", name).Body(app.Text(sign))
}

// open shows a window of the time axis once the browser's event is over; 0 shows all of it.
func (p *Page) open(window int) {
	p.dispatch(func(ctx app.Context) {
		if p.show(window); p.window == window {
			ctx.Defer(func(app.Context) { browser.Opened() })
		}
	})
}

// show sets the window of the time axis and says what it shows.
func (p *Page) show(window int) {
	if w := p.depth.Window(window); w != nil {
		p.window, p.pinch, p.along = window, 0, 0
		browser.SetText("span", w.Name)
	}
}

// keep shows more of the time axis if the chosen call is not on the part that is shown.
func (p *Page) keep() {
	window := p.window
	for window > 0 && p.State.Chosen[address.Call] != "" {
		w := p.depth.Window(window)
		if slices.ContainsFunc(w.Wide.Bars, p.isChosen) {
			break
		}
		window = w.Out
	}
	if window != p.window {
		p.show(window)
	}
}

func (p *Page) isChosen(b story.Bar) bool {
	return strconv.Itoa(b.Call) == p.State.Chosen[address.Call]
}

// nearer shows another part of the time axis after a gesture: one step for a key or button; otherwise as soon as
// fingers have spread or dragged far enough, since the parts are laid out and there is nothing between them.
func (p *Page) nearer(g browser.Gesture) (ours bool) {
	w := p.depth.Window(p.window)
	if w == nil || g.Width == 0 {
		return false
	}
	if g.Scale == 0 {
		p.open(0)
		return p.window > 0
	}
	// How far from the earliest time the gesture is, and how far it moves to later times.
	length, at, along := g.Width, g.X, -g.DX
	chosen := func(a *story.Axis, of func(story.Bar) float64) {
		if i := slices.IndexFunc(a.Bars, p.isChosen); i >= 0 && g.Key {
			at = of(a.Bars[i]) * length
		}
	}
	switch tall := g.Height > g.Width; {
	case tall:
		length, at, along = g.Height, g.Y, -g.DY
		chosen(&w.Tall, func(b story.Bar) float64 { return b.Y / w.Tall.Height })
	default:
		chosen(&w.Wide, func(b story.Bar) float64 { return b.X / w.Wide.Width })
		if w.RTL {
			at, along = length-at, -along
		}
	}
	if g.Key {
		p.along, p.pinch = 0, 0
		along *= length // far enough
	}
	p.along += along
	p.pinch += math.Log(g.Scale)
	far, much := length/2, math.Log(larger)-.01
	switch {
	case p.pinch > much && len(w.In) > 0:
		p.open(w.In[min(max(int(at/length*float64(len(w.In))), 0), len(w.In)-1)])
	case p.pinch < -much && p.window > 0:
		p.open(w.Out)
	case p.along > far && w.After > 0:
		p.open(w.After)
	case p.along < -far && w.Before > 0:
		p.open(w.Before)
	}
	return p.window > 0 && (along != 0 || g.Scale != 1) || g.Scale > 1
}
