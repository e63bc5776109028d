package ui

// AsClient makes what draw draws what the client would draw.
func AsClient(draw func()) {
	asClient = true
	defer func() { asClient = false }()
	draw()
}
