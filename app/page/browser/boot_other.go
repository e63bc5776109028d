//go:build !(js && wasm)

package browser

import (
	"fmt"
	"os"
)

func story() ([]byte, error) { return nil, fmt.Errorf("reading the story: %w", ErrUnsupported) }

func depth() ([]byte, error) { return nil, fmt.Errorf("reading the story's depth: %w", ErrUnsupported) }

func chosen() string { return "" }

func part() string { return "" }

func adopt() error { return fmt.Errorf("adopting the page: %w", ErrUnsupported) }

func rest() {}

func live(func(verb, a, b string)) (func(), error) {
	return nil, fmt.Errorf("listening to the page: %w", ErrUnsupported)
}

func state(string) {}

func turn(part int) {}

func span(name, keys string) {}

func fail(err error) { fmt.Fprintln(os.Stderr, err) }
