//go:build !(js && wasm)

package browser

import (
	"fmt"

	"golang.org/x/text/unicode/norm"
)

func query() string { return "" }

func pagePath() string { return "/" }

func value(id string) (string, error) {
	return "", fmt.Errorf("reading the field %s: %w", id, ErrUnsupported)
}

func setValue(id, v string) {}

func setText(id, text string) {}

func nfkd(s string) string { return norm.NFKD.String(s) }
