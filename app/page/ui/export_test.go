package ui

// AsClient runs draw, in which components draw what the client would draw.
func AsClient(draw func()) {
	asClient = true
	defer func() { asClient = false }()
	draw()
}
