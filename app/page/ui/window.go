package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/story"
	"sharh/app/story/address"
)

// window is a part of the time axis, drawn nearer: there the marks that stand for several events come apart. The live
// page shows it in place of the axis; while all of the axis is shown, it is empty.
func (t *Timeline) window() app.UI {
	root := built(live("div"), func(e app.HTMLElem) app.HTMLElem { return e.ID("window") })
	if w := t.Depth.Window(t.Window); t.Window > 0 && w != nil {
		root.Body(t.shapes(w.Drawn)...)
	}
	return root
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
		for n := range t.Doc.Calls {
			if call := &t.Doc.Calls[n]; call.ID == s.Call {
				chosenBar(e, call, t.Shown, t.Actor)
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

// zoom has the controls of an axis that gathers marks, and says what part of it is shown. takeover.js presses a key of
// the axis for each button, and shows which of them do something.
func (t *Timeline) zoom() app.UI {
	return settled(el("p"), func(e app.HTMLElem) app.HTMLElem {
		w := &t.Doc.Words
		return e.Class("zoom").DataSet("live", "1").Body(
			el("span").ID("span").Attr("role", "status").Body(app.Text(t.Doc.Timeline.Whole)),
			zoomButton(w.Earlier, "‹", "ArrowUp"), zoomButton(w.Later, "›", "ArrowDown"),
			zoomButton(w.ZoomIn, "+", "+"), zoomButton(w.ZoomOut, "−", "-"), zoomButton(w.Fit, "⤢", "0"))
	})
}

// zoomButton is a button that does what a key does in the figure that it belongs to.
func zoomButton(name, sign, key string) app.UI {
	return el("button").Attr("type", "button").Attr("aria-label", name).Attr("title", name).DataSet("key", key).
		Body(app.Text(sign))
}

// show shows a window of the time axis; 0 shows all of it.
func (p *Page) show(window int) {
	if w := p.depth.Window(window); w != nil {
		p.window, p.spread, p.dragged = window, 1, 0
		browser.Span(w.Name, w.Keys)
	}
}

// keep shows more of the time axis if the chosen call is not on the part that is shown.
func (p *Page) keep() {
	id, window := p.State.Chosen[address.Call], p.window
	for window > 0 && id != "" {
		w := p.depth.Window(window)
		if _, ok := w.Place(id, false); ok {
			break
		}
		window = w.Out
	}
	if window != p.window {
		p.show(window)
	}
}

// nearer shows another part of the time axis after a gesture on it: one step for a key, otherwise as soon as fingers
// have spread or dragged far enough, since the parts are laid out and there is nothing between them.
func (p *Page) nearer(g browser.Gesture) (ours bool) {
	w := p.depth.Window(p.window)
	if w == nil || g.Width == 0 {
		return false
	}
	// How far from the earliest time the gesture is, and how far it moves to later times.
	length, at, later, tall := g.Width, g.X, -g.DX, g.Height > g.Width
	switch {
	case tall:
		length, at, later = g.Height, g.Y, -g.DY
	case w.RTL:
		at, later = length-at, -later
	}
	if g.Key { // far enough for one step
		if later == 0 {
			later = -g.DY // down is later in both forms
		}
		p.spread, p.dragged, later = 1, 0, later*length
		if share, ok := w.Place(p.State.Chosen[address.Call], tall); ok {
			at = length * share
		}
	}
	p.dragged += later
	p.spread *= g.Scale
	to := p.window
	switch {
	case g.Scale == 0:
		to = 0
	case p.spread >= enough && len(w.In) > 0:
		to = w.In[min(max(int(at/length*float64(len(w.In))), 0), len(w.In)-1)]
	case p.spread <= 1/enough:
		to = w.Out
	case p.dragged > length/2 && w.After > 0:
		to = w.After
	case p.dragged < -length/2 && w.Before > 0:
		to = w.Before
	}
	if to != p.window {
		browser.Turn(to)
	}
	return p.window > 0 || g.Scale > 1
}

// enough is how far fingers must spread to draw the axis nearer; a key spreads them a little more.
const enough = 1.49
