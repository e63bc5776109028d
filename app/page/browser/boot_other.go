//go:build !(js && wasm)

package browser

import (
	"fmt"

	"golang.org/x/text/unicode/norm"
)

func story() ([]byte, error) { return nil, fmt.Errorf("%w: not in a browser", ErrBrowser) }

func chosen() string { return "" }

func query() string { return "" }

func part() string { return "" }

func pagePath() string { return "/" }

func adopt() error { return nil }

func rest() {}

func live(func(verb, a, b string)) {}

func state(string) {}

func value(string) string { return "" }

func setValue(id, v string) {}

func setText(id, text string) {}

func nfkd(s string) string { return norm.NFKD.String(s) }

func fail(error) {}
