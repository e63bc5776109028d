// Package browser is the only place where the page's Go code calls JavaScript. Its counterpart is web/boot.js and
// web/takeover.js, which set window.sharh. Functions of window.sharh have the same names here (boot.go).
//
// Components use only Go types. Every listener ends: go-app removes a listener on an element, such as [Field] or
// [PreventDefault], together with the element, and [Live] returns a function that ends it.
//
// Every function also exists in native builds, where there is no browser, so that components run in tests and while
// prerendering. Errors are those below. A function returns one only if the caller can act on it, because nothing
// optional may stop the page. Storage and history, which browsers may deny, are handled by the scripts.
package browser

import "errors"

var (
	// ErrGone: the element is not on the page. Extensions change pages, and not every page has every element.
	ErrGone = errors.New("not on the page")
	// ErrThrown: JavaScript threw an exception, whose text follows. The page's scripts throw if the program cannot go on.
	ErrThrown = errors.New("thrown by JavaScript")
	// ErrUnsupported: there is no browser, or the page's scripts have no such function.
	ErrUnsupported = errors.New("not supported here")
)
