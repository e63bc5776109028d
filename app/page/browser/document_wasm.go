//go:build js && wasm

package browser

import (
	"fmt"
	"strings"

	"github.com/hack-pad/safejs"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func query() string { return location("search") }

func pagePath() string { return location("pathname") }

func location(part string) string {
	l, err := safejs.Global().Get("location")
	if err != nil {
		return ""
	}
	return text(l.Get(part))
}

// element returns the element with an id.
func element(id string) (safejs.Value, error) {
	document, err := safejs.Global().Get("document")
	if err != nil {
		return safejs.Value{}, fmt.Errorf("finding #%s: %w", id, ErrUnsupported)
	}
	e, err := document.Call("getElementById", id)
	if err != nil {
		return safejs.Value{}, thrown("finding #"+id, err)
	}
	if e.IsNull() {
		return safejs.Value{}, fmt.Errorf("finding #%s: %w", id, ErrGone)
	}
	return e, nil
}

func value(id string) (string, error) {
	f, err := element(id)
	if err != nil {
		return "", err
	}
	v, err := f.Get("value")
	if err != nil || v.Type() != safejs.TypeString { // the id belongs to another kind of element
		return "", fmt.Errorf("reading #%s, which is no field: %w", id, ErrGone)
	}
	return text(v, nil), nil
}

func setValue(id, v string) {
	// Writing the same text would move the caret.
	if now, err := value(id); err == nil && now != v {
		set(id, "value", v)
	}
}

func setText(id, text string) { set(id, "textContent", text) }

// set sets a property of the element with an id, if it exists.
func set(id, property, v string) {
	if e, err := element(id); err == nil {
		_ = e.Set(property, v)
	}
}

func checked(id string) (bool, error) {
	e, err := element(id)
	if err != nil {
		return false, err
	}
	return holds(e, "checked"), nil
}

func setChecked(id string, v bool) {
	if e, err := element(id); err == nil {
		_ = e.Set("checked", v)
	}
}

// do calls a method of the element with an id, if it exists.
func do(id, method string) {
	if e, err := element(id); err == nil {
		_, _ = e.Call(method)
	}
}

// followed reports whether a click follows a link within the page.
func followed(e app.Event) bool {
	for _, key := range []string{"ctrlKey", "metaKey", "shiftKey", "altKey"} {
		if e.Get(key).Truthy() {
			return false
		}
	}
	link := e.Get("target").Call("closest", "a")
	return link.Truthy() && strings.HasPrefix(link.Call("getAttribute", "href").String(), "#")
}

func nfkd(s string) string {
	class, err := safejs.Global().Get("String")
	if err != nil {
		return s
	}
	object, err := class.New(s) // Go can call methods only of objects, not of a plain string
	if err != nil {
		return s
	}
	decomposed, err := object.Call("normalize", "NFKD")
	if err != nil {
		return s
	}
	return text(decomposed, nil)
}
