package browser

// Gesture is what a reader does to a picture, to see another part of it or see it larger. Lengths are in CSS pixels.
type Gesture struct {
	Width, Height float64 // of the picture
	X, Y          float64 // where, from its top left
	DX, DY        float64 // how far the picture is drawn
	Scale         float64 // how much larger it is to be, 1 for as large as it is; 0 for all of it to be seen
}

// Gestures hears what readers do to the picture that is the first element in the one of an id, until stop is called: drags
// of the mouse and of two fingers, the wheel with Ctrl, the keys + - 0 and, with Shift, the arrows. One finger and the wheel alone scroll the page. A drag is no
// click on what is under it. hear tells whether a gesture is the page's; else the browser does what it would.
func Gestures(id string, hear func(Gesture) (ours bool)) (stop func(), err error) {
	return gestures(id, hear)
}

// Middle is the gesture that shows that picture larger or smaller around its middle.
func Middle(id string, scale float64) Gesture { return middle(id, scale) }

// SetAttribute sets an attribute of the first element that a selector finds, when there is one.
func SetAttribute(selector, name, value string) { setAttribute(selector, name, value) }
