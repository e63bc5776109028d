//go:build js && wasm

package browser

import (
	"fmt"
	"syscall/js"
	"time"

	"github.com/hack-pad/safejs"
)

// call calls window.sharh.<name>. An exception becomes an error.
func call(name string, args ...any) (safejs.Value, error) {
	boot, err := safejs.Global().Get("sharh")
	if err != nil {
		return safejs.Value{}, fmt.Errorf("%w: reading sharh: %w", ErrBrowser, err)
	}
	result, err := boot.Call(name, args...)
	if err != nil {
		return safejs.Value{}, fmt.Errorf("%w: sharh.%s: %w", ErrBrowser, name, err)
	}
	return result, nil
}

func story() ([]byte, error) {
	array, err := call("story")
	if err != nil {
		return nil, err
	}
	length, err := array.Length()
	if err != nil {
		return nil, fmt.Errorf("%w: reading the story: %w", ErrBrowser, err)
	}
	data := make([]byte, length)
	if _, err := safejs.CopyBytesToGo(data, array); err != nil {
		return nil, fmt.Errorf("%w: copying the story: %w", ErrBrowser, err)
	}
	return data, nil
}

// text is the string in a value, or "" when there is none.
func text(v safejs.Value, err error) string {
	if err != nil {
		return ""
	}
	s, err := v.String()
	if err != nil {
		return ""
	}
	return s
}

func chosen() string { return text(call("chosen")) }

func part() string { return text(call("part")) }

func query() string { return location("search") }

func pagePath() string { return location("pathname") }

func location(part string) string {
	l, err := safejs.Global().Get("location")
	if err != nil {
		return ""
	}
	return text(l.Get(part))
}

func adopt() error {
	_, err := call("adopt")
	return err
}

func rest() {
	mounting, err := call("rest")
	time.Sleep(time.Millisecond) // a task of the browser's ends when every goroutine sleeps
	if held, boolErr := mounting.Bool(); err == nil && boolErr == nil && held {
		_, _ = call("resume")
	}
}

func live(ear func(verb, a, b string)) {
	listener := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) == 3 {
			ear(args[0].String(), args[1].String(), args[2].String())
		}
		return nil
	})
	if _, err := call("live", listener); err != nil {
		listener.Release()
		fail(err)
	}
}

func state(query string) {
	// A history that refuses (an opaque origin, too many changes) costs an address, not the choice.
	_, _ = call("state", query)
}

func value(id string) string {
	if f, ok := element(id); ok {
		return text(f.Get("value"))
	}
	return ""
}

func setValue(id, v string) {
	// Writing the same text would move the caret.
	if f, ok := element(id); ok && text(f.Get("value")) != v {
		_ = f.Set("value", v)
	}
}

func setText(id, text string) {
	if e, ok := element(id); ok {
		_ = e.Set("textContent", text)
	}
}

func element(id string) (safejs.Value, bool) {
	document, err := safejs.Global().Get("document")
	if err != nil {
		return safejs.Value{}, false
	}
	f, err := document.Call("getElementById", id)
	return f, err == nil && !f.IsNull()
}

func nfkd(s string) string {
	class, err := safejs.Global().Get("String")
	if err != nil {
		return s
	}
	object, err := class.New(s) // Go calls methods of objects only
	if err != nil {
		return s
	}
	decomposed, err := object.Call("normalize", "NFKD")
	if err != nil {
		return s
	}
	return text(decomposed, nil)
}

func fail(err error) { _, _ = call("fail", err.Error()) }
