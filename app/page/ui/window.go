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

// window is a part of the time axis, drawn nearer: there the marks that stand for several events come apart. The live
// page shows it in place of the axis; while all of the axis is shown, it is empty.
func (t *Timeline) window() app.UI {
	root := live("div").Class("scene").ID("window")
	w := t.Depth.Window(t.Window)
	if t.Window == 0 || w == nil {
		return root
	}
	// Two names of one animation, so that it begins anew.
	return root.Class([]string{"even", "odd"}[t.Window%2]).Body(t.shapes(w.Drawn)...)
}

// shapes makes the elements of shapes. The axis is drawn when the site is built, see [DrawWindow]; only what can change
// of it is added here.
func (t *Timeline) shapes(all []story.Shape) (elements []app.UI) {
	for i := range all {
		s := &all[i]
		if s.Tag == "" {
			elements = append(elements, app.Text(s.Text))
			continue
		}
		e := svg(s.Tag)
		for i := 0; i+1 < len(s.Attributes); i += 2 {
			e.Attr(s.Attributes[i], s.Attributes[i+1])
		}
		if s.Call > 0 {
			for n := range t.Doc.Calls {
				if call := &t.Doc.Calls[n]; call.ID == s.Call {
					chosenBar(e, call, t.Shown, t.Actor)
				}
			}
		}
		elements = append(elements, e.Body(t.shapes(s.Body)...))
	}
	return elements
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
	p := t.Page
	root, w := live("p").Class("zoom").DataSet("live", "1"), t.Depth.Window(t.Window)
	if w != nil {
		root.DataSet("ready", "1")
	} else {
		w = &story.Window{In: []int{1}} // all of it
	}
	body := one(settled(el("span"), func(e app.HTMLElem) app.HTMLElem {
		return e.ID("span").Attr("role", "status").Body(app.Text(t.Doc.Timeline.Whole))
	}))
	for i, c := range []struct {
		sign  string
		along int
		scale float64
		ok    bool
	}{
		{"‹", -1, 1, w.Before > 0}, {"›", 1, 1, w.After > 0},
		{"+", 0, larger, len(w.In) > 0}, {"−", 0, 1 / larger, t.Window > 0}, {"⤢", 0, 0, t.Window > 0},
	} {
		e := settled(el("button"), func(e app.HTMLElem) app.HTMLElem {
			w := &t.Doc.Words
			return zoomButton(e, []string{w.Earlier, w.Later, w.ZoomIn, w.ZoomOut, w.Fit}[i], c.sign)
		})
		hear := func() { p.along(browser.Middle("axis", c.scale), c.along) }
		// Not disabled, because it would lose the focus.
		body = append(body, e.Attr("aria-disabled", strconv.FormatBool(!c.ok)).
			On("click", browser.Pressed(hear), app.EventScope(c.sign)))
	}
	return root.Body(body...)
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
		p.window, p.pinch, p.dragged = window, 0, 0
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

// nearer shows another part of the time axis after a gesture on it.
func (p *Page) nearer(g browser.Gesture) (ours bool) { return p.along(g, 0) }

// along shows another part of the time axis: one step for a key or a button, of which some have a way, to earlier (-1)
// or later (1) parts; otherwise as soon as fingers have spread or dragged far enough, since the parts are laid out and
// there is nothing between them.
func (p *Page) along(g browser.Gesture, way int) (ours bool) {
	w := p.depth.Window(p.window)
	if w == nil || g.Width == 0 {
		return false
	}
	if g.Scale == 0 {
		p.open(0)
		return p.window > 0
	}
	// How far from the earliest time the gesture is, and how far it moves to later times.
	length, at, later := g.Width, g.X, -g.DX
	tall := g.Height > g.Width
	if tall {
		length, at, later = g.Height, g.Y, -g.DY
	}
	if i := slices.IndexFunc(w.Wide.Bars, p.isChosen); i >= 0 && g.Key {
		at = length * w.Wide.Bars[i].X / w.Wide.Width
		if tall {
			at = length * w.Tall.Bars[i].Y / w.Tall.Height
		}
	}
	if !tall && w.RTL {
		at, later = length-at, -later
	}
	if g.Key { // far enough for one step
		p.pinch, p.dragged, later = 0, 0, (later+float64(way))*length
	}
	p.pinch += math.Log(g.Scale)
	p.dragged += later
	ours = p.window > 0 && (later != 0 || g.Scale != 1) || g.Scale > 1
	much, to := math.Log(larger)-.01, 0
	switch {
	case p.pinch > much && len(w.In) > 0:
		to = w.In[min(max(int(at/length*float64(len(w.In))), 0), len(w.In)-1)]
	case p.pinch < -much:
		p.open(w.Out)
		return ours
	case p.dragged > length/2:
		to = w.After
	case p.dragged < -length/2:
		to = w.Before
	}
	if to > 0 {
		p.open(to)
	}
	return ours
}
