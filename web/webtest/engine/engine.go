// Package engine drives Firefox and WebKit for tests, by W3C's protocols. Package webtest makes Chromium a [Window]
// too, so that its pages, and the tests that use them, do not know which engine they are in.
//
//	Firefox  speaks WebDriver BiDi by itself (--remote-debugging-port)
//	WebKit   is Debian's MiniBrowser, driven by WebKitWebDriver, on a screen of its own (Xvfb)
package engine

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Patience is how long an answer may take on a busy machine. What is asked of a window ends with an error after that.
const Patience = 90 * time.Second

// Window is one window of a browser, with storage, cache and workers of its own unless it was made by Tab.
type Window interface {
	// Goto opens an address, and returns when it has loaded.
	Goto(url string) error
	// Evaluate evaluates an expression whose value is a promise of a string, and returns that string. It returns
	// [ErrGone] if the page went away meanwhile.
	Evaluate(expression string) (string, error)
	// Click presses and releases the mouse at a place in the window, in whole CSS pixels.
	Click(x, y float64) error
	// Type presses and releases a key for each character. Keys that write nothing are in [Keys].
	Type(keys string) error
	// Resize gives the page so much room, in CSS pixels.
	Resize(width, height int64) error
	// Screenshot returns what the window shows, as a PNG.
	Screenshot() ([]byte, error)

	// Before makes every document run a script before its own, from the next address on.
	Before(script string) error
	// NoScripts turns the page's own scripts off, from the next address on.
	NoScripts() error
	// Tab opens another window with the same storage.
	Tab() (Window, error)

	// Said returns what pages complained about (errors and warnings in the console, exceptions, violations of a
	// policy), and what else they wrote into the console.
	Said() (complaints, notes []string)
	// Close closes the window and forgets what its pages stored. If failed, nothing of it may be used again.
	Close(failed bool)
}

// Engine is a running browser.
type Engine interface {
	// Open opens an empty window.
	Open() (Window, error)
	// Version names the browser with its version.
	Version() string
	// Stop ends the browser and deletes its data.
	Stop()
}

// ErrGone says that the page was left, or loaded again, while an expression was evaluated.
var ErrGone = errors.New("the page went away")

// ErrMissing says that an engine is not installed.
var ErrMissing = errors.New("it is not installed; make engines installs it, or says how")

// Keys are keys that write nothing, as characters for [Window.Type].
const (
	Backspace  = '\b'
	Tab        = '\t'
	Enter      = '\r'
	Escape     = '\x1b'
	End        = '\uE010'
	Home       = '\uE011'
	ArrowLeft  = '\uE012'
	ArrowUp    = '\uE013'
	ArrowRight = '\uE014'
	ArrowDown  = '\uE015'
)

// codes are the codes of W3C's protocols for keys that have another character here.
var codes = map[rune]rune{Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C'}

// object is a JSON object of a protocol.
type object map[string]any

// press is the source of actions that types keys; both protocols have the same.
func press(keys string) []object {
	var all []object
	for _, k := range keys {
		if code := codes[k]; code != 0 {
			k = code
		}
		all = append(all, object{"type": "keyDown", "value": string(k)}, object{"type": "keyUp", "value": string(k)})
	}
	return []object{{"type": "key", "id": "keys", "actions": all}}
}

// click is the source of actions that clicks.
func click(x, y float64) []object {
	return []object{{"type": "pointer", "id": "mouse", "parameters": object{"pointerType": "mouse"}, "actions": []object{
		{"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0},
		{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0},
	}}}
}

// arrive opens an address by navigate, and returns when another document is there and has loaded. Firefox and WebKit
// take it for the end of the way when the old document changes its address meanwhile.
func arrive(w Window, url string, navigate func() error) error {
	page, _, within := strings.Cut(url, "#")
	stays, err := w.Evaluate(`Promise.resolve(String(location.href.split("#")[0] === ` + strconv.Quote(page) + `))`)
	if err != nil {
		return err
	}
	const begun = `String(performance.timeOrigin)`
	old, err := w.Evaluate(`Promise.resolve(` + begun + `)`)
	if err != nil {
		return err
	}
	if err := navigate(); err != nil || within && stays == "true" {
		return err
	}
	for deadline := time.Now().Add(Patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		now, err := w.Evaluate(`Promise.resolve(document.readyState === "complete" ? ` + begun + ` : "` + old + `")`)
		switch {
		case err == nil && now != old:
			return nil
		case err != nil && !errors.Is(err, ErrGone):
			return err
		}
	}
	return errors.New("the page before it stays")
}
