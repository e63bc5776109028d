//go:build !(js && wasm)

package browser

import "fmt"

func gestures(id string, _ func(Gesture) bool) (func(), error) {
	return func() {}, fmt.Errorf("listening to #%s: %w", id, ErrUnsupported)
}

func setAttribute(selector, name, value string) {}
