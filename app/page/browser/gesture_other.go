//go:build !(js && wasm)

package browser

import "fmt"

func gestures(id string, _ func(Gesture) bool) (func(), error) {
	return nil, fmt.Errorf("listening to #%s: %w", id, ErrUnsupported)
}

func middle(id string, scale float64) Gesture { return Gesture{Scale: scale, Key: true} }

func setAttribute(selector, name, value string) {}
