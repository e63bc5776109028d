//go:build js && wasm

package browser

import (
	"fmt"
	"time"

	"github.com/hack-pad/safejs"
)

// call calls window.sharh.<name>.
func call(name string, args ...any) (safejs.Value, error) {
	function := safejs.Undefined()
	boot, err := safejs.Global().Get("sharh")
	if err == nil && boot.Type() == safejs.TypeObject {
		function, err = boot.Get(name)
	}
	if err != nil || function.Type() != safejs.TypeFunction {
		return safejs.Value{}, fmt.Errorf("calling sharh.%s: %w", name, ErrUnsupported)
	}
	result, err := boot.Call(name, args...)
	if err != nil {
		return safejs.Value{}, thrown("calling sharh."+name, err)
	}
	return result, nil
}

// thrown wraps a JavaScript exception in an error that names the attempted action.
func thrown(attempt string, err error) error {
	return fmt.Errorf("%s: %w: %w", attempt, ErrThrown, err)
}

// text returns the string in a value, and "" for any other value. (For undefined, safejs would return "<undefined>".)
func text(v safejs.Value, err error) string {
	if err != nil || v.Type() != safejs.TypeString {
		return ""
	}
	s, err := v.String()
	if err != nil {
		return ""
	}
	return s
}

func story() ([]byte, error) { return data("story") }

func depth() ([]byte, error) { return data("depth") }

// data copies the bytes that window.sharh.<name> returns.
func data(name string) ([]byte, error) {
	array, err := call(name)
	if err != nil {
		return nil, err
	}
	length, err := array.Length()
	if err != nil {
		return nil, thrown("reading the "+name, err)
	}
	data := make([]byte, length)
	if _, err := safejs.CopyBytesToGo(data, array); err != nil {
		return nil, thrown("copying the "+name, err)
	}
	return data, nil
}

func chosen() string { return text(call("chosen")) }

func part() string { return text(call("part")) }

func adopt() error {
	_, err := call("adopt")
	return err
}

func rest() {
	mounting, _ := call("rest")
	time.Sleep(time.Millisecond) // all goroutines must sleep for the browser's task to end
	if held, _ := mounting.Bool(); held {
		_, _ = call("resume")
	}
}

func live(hear func(verb, a, b string)) (func(), error) {
	listener, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		if len(args) == 3 {
			hear(text(args[0], nil), text(args[1], nil), text(args[2], nil))
		}
		return nil
	})
	if err != nil {
		return nil, thrown("listening to the page", err)
	}
	if _, err := call("live", listener); err != nil {
		listener.Release()
		return nil, err
	}
	return func() {
		_, _ = call("unlisten")
		listener.Release()
	}, nil
}

func state(query string) { _, _ = call("state", query) }

func turn(part int) { _, _ = call("show", part) }

func span(name, keys string) { _, _ = call("span", name, keys) }

func fail(err error) { _, _ = call("fail", err.Error()) }
