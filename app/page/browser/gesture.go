package browser

// Gesture is an action of the reader that moves a picture or changes its size. Lengths are in CSS pixels.
type Gesture struct {
	Width, Height float64 // of the picture
	X, Y          float64 // position of the gesture, from the picture's top left
	DX, DY        float64 // how far the picture is moved
	Scale         float64 // factor of the size: 1 keeps it, 0 shows the whole picture
}

// Gestures listens for gestures on the first child of the element with an id, until stop is called. Gestures are:
// dragging with the mouse or with two fingers, the wheel with Ctrl, the keys + - 0 and, with Shift, the arrows. One
// finger and the wheel without Ctrl scroll the page. A drag does not click what is under it. hear returns whether the
// page uses the gesture; if not, the browser does its default action.
func Gestures(id string, hear func(Gesture) (ours bool)) (stop func(), err error) {
	return gestures(id, hear)
}

// Middle returns the gesture that resizes the picture around its middle.
func Middle(id string, scale float64) Gesture { return middle(id, scale) }

// SetAttribute sets an attribute of the first element that a selector finds, if any.
func SetAttribute(selector, name, value string) { setAttribute(selector, name, value) }
