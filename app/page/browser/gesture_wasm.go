//go:build js && wasm

package browser

import (
	"math"

	"github.com/hack-pad/safejs"
)

// finger is the position of a pointer, from the top left of the window.
type finger struct{ x, y float64 }

// watch is the state of gestures between two events.
type watch struct {
	id      string
	element safejs.Value
	hear    func(Gesture) bool
	fingers map[int]finger
	dragged bool // the pressed pointer has moved, so its release is not a click
}

// slip is how far a mouse may move during a click, in CSS pixels.
const slip = 4

func gestures(id string, hear func(Gesture) bool) (func(), error) {
	var undo []func()
	stop := func() {
		for _, f := range undo {
			f()
		}
	}
	e, err := element(id)
	if err != nil {
		return stop, err
	}
	w := &watch{id: id, element: e, hear: hear, fingers: map[int]finger{}}
	for name, on := range map[string]func(event safejs.Value){
		"pointerdown": w.down, "pointermove": w.move, "pointerup": w.up, "pointercancel": w.up,
		"wheel": w.wheel, "keydown": w.key, "click": w.click,
	} {
		f, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
			if len(args) > 0 {
				on(args[0])
			}
			return nil
		})
		if err != nil {
			stop()
			return stop, thrown("listening to #"+id, err)
		}
		options := map[string]any{"capture": true, "passive": false}
		if _, err := e.Call("addEventListener", name, f, options); err != nil {
			f.Release()
			stop()
			return stop, thrown("listening to #"+id, err)
		}
		undo = append(undo, func() {
			_, _ = e.Call("removeEventListener", name, f, options)
			f.Release()
		})
	}
	return stop, nil
}

// number returns the number in a property, 0 for any other value.
func number(v safejs.Value, property string) float64 {
	n, err := v.Get(property)
	if err != nil || n.Type() != safejs.TypeNumber {
		return 0
	}
	f, err := n.Float()
	if err != nil {
		return 0
	}
	return f
}

func holds(event safejs.Value, property string) bool {
	v, err := event.Get(property)
	if err != nil || v.Type() != safejs.TypeBoolean {
		return false
	}
	b, err := v.Bool()
	return err == nil && b
}

// picture returns where the drawing is, in the window, with the middle (x, y) of what is in view of it.
func (w *watch) picture() (place safejs.Value, ok bool) {
	place, err := call("drawing", w.id)
	return place, err == nil && place.Type() == safejs.TypeObject
}

// tell reports a gesture at a position in the window, and returns whether the page uses it.
func (w *watch) tell(event safejs.Value, at finger, dx, dy, scale float64) bool {
	r, ok := w.picture()
	if !ok {
		return false
	}
	ours := w.hear(Gesture{
		Width: number(r, "width"), Height: number(r, "height"), X: at.x - number(r, "left"), Y: at.y - number(r, "top"),
		DX: dx, DY: dy, Scale: scale, Key: text(event.Get("type")) == "keydown",
	})
	if ours {
		_, _ = event.Call("preventDefault")
	}
	return ours
}

func (w *watch) down(event safejs.Value) {
	if number(event, "button") == 0 {
		w.fingers[int(number(event, "pointerId"))] = finger{number(event, "clientX"), number(event, "clientY")}
	}
	w.dragged = false
}

func (w *watch) move(event safejs.Value) {
	id := int(number(event, "pointerId"))
	before, ok := w.fingers[id]
	if !ok {
		return
	}
	now := finger{number(event, "clientX"), number(event, "clientY")}
	kind := text(event.Get("pointerType"))
	switch {
	case len(w.fingers) == 2:
		var other finger
		for n, f := range w.fingers {
			if n != id {
				other = f
			}
		}
		w.fingers[id] = now
		wide, was := math.Hypot(now.x-other.x, now.y-other.y), math.Hypot(before.x-other.x, before.y-other.y)
		if was > 0 && wide > 0 {
			// Each finger has its own events. If two fingers move in the same way, each event moves the picture by half.
			at := finger{(now.x + other.x) / 2, (now.y + other.y) / 2}
			w.dragged = w.tell(event, at, (now.x-before.x)/2, (now.y-before.y)/2, wide/was) || w.dragged
		}
	case len(w.fingers) == 1 && kind != "touch":
		if !w.dragged && math.Hypot(now.x-before.x, now.y-before.y) < slip {
			return
		}
		w.fingers[id] = now
		if w.tell(event, now, now.x-before.x, now.y-before.y, 1) && !w.dragged {
			w.dragged = true
			_, _ = w.element.Call("setPointerCapture", id) // may fail if the pointer is gone; that does not matter
		}
	}
}

func (w *watch) up(event safejs.Value) { delete(w.fingers, int(number(event, "pointerId"))) }

// click prevents the click at the end of a drag.
func (w *watch) click(event safejs.Value) {
	if w.dragged && number(event, "detail") > 0 { // 0 for a click by key
		_, _ = event.Call("preventDefault")
		_, _ = event.Call("stopPropagation")
	}
	w.dragged = false
}

func (w *watch) wheel(event safejs.Value) {
	if holds(event, "ctrlKey") {
		w.tell(event, finger{number(event, "clientX"), number(event, "clientY")}, 0, 0,
			math.Exp(-number(event, "deltaY")/300))
	}
}

// step is how far one key press moves the picture, in CSS pixels.
const step = 60

func (w *watch) key(event safejs.Value) {
	if holds(event, "ctrlKey") || holds(event, "metaKey") || holds(event, "altKey") {
		return
	}
	r, ok := w.picture()
	if !ok {
		return
	}
	middle := finger{number(r, "x"), number(r, "y")}
	key := text(event.Get("key"))
	switch key {
	case "+", "=":
		w.tell(event, middle, 0, 0, 1.5)
	case "-":
		w.tell(event, middle, 0, 0, 1/1.5)
	case "0":
		w.tell(event, middle, 0, 0, 0)
	}
	if !holds(event, "shiftKey") {
		return // without Shift, arrows move the focus between actors
	}
	switch key {
	case "ArrowLeft":
		w.tell(event, middle, step, 0, 1)
	case "ArrowRight":
		w.tell(event, middle, -step, 0, 1)
	case "ArrowUp":
		w.tell(event, middle, 0, step, 1)
	case "ArrowDown":
		w.tell(event, middle, 0, -step, 1)
	}
}

func setAttribute(selector, name, value string) {
	document, err := safejs.Global().Get("document")
	if err != nil {
		return
	}
	if e, err := document.Call("querySelector", selector); err == nil && e.Type() == safejs.TypeObject {
		_, _ = e.Call("setAttribute", name, value)
	}
}
