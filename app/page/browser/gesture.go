package browser

// Gesture is an action of the reader that moves a picture or changes its size. Lengths are in CSS pixels.
type Gesture struct {
	Width, Height float64 // of the picture
	X, Y          float64 // position of the gesture, from the picture's top left
	DX, DY        float64 // how far the picture is moved
	Scale         float64 // factor of the size: 1 keeps it, 0 shows the whole picture
	Key           bool    // by a key: a step at the middle of what is in view, not at a place that the reader points at
}

// Gestures listens for gestures on the drawing in the element with an id, until stop is called. If it has several, that
// is the first one that is shown. Gestures are: dragging with the mouse or with two fingers, the wheel with Ctrl, the
// keys + - 0 and, with Shift, the arrows; buttons of the element press these keys (takeover.js). One finger and the
// wheel without Ctrl scroll the page. A drag does not click what is under it. hear returns whether the page uses the
// gesture; if not, the browser does its default action. After an error stop does nothing.
func Gestures(id string, hear func(Gesture) (ours bool)) (stop func(), err error) {
	return gestures(id, hear)
}

// SetAttribute sets an attribute of the first element that a selector finds, if any.
func SetAttribute(selector, name, value string) { setAttribute(selector, name, value) }
