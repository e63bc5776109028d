//go:build !(js && wasm)

package browser

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/text/unicode/norm"
)

func query() string { return "" }

func pagePath() string { return "/" }

func value(id string) (string, error) {
	return "", fmt.Errorf("reading the field %s: %w", id, ErrUnsupported)
}

func setValue(id, v string) {}

func setText(id, text string) {}

func checked(id string) (bool, error) {
	return false, fmt.Errorf("reading the box %s: %w", id, ErrUnsupported)
}

func setChecked(id string, v bool) {}

func do(id, method string) {}

func followed(app.Event) bool { return false }

func nfkd(s string) string { return norm.NFKD.String(s) }
