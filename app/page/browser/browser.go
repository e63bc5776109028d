// Package browser is the page's only door to JavaScript. Its other side is web/boot.js with web/takeover.js, which set
// window.sharh; what is called there (boot.go) has the same name here.
//
// Components see Go types alone. A listener has an end: one on an element, [Field] or [PreventDefault], ends with the
// element, from which go-app takes it; [Live] returns what ends it.
//
// Every function exists natively too, where there is no browser, so that components run in tests and while
// prerendering. A failure is one of the errors below, and is returned where somebody can do something about it: nothing
// optional may stop the page. Storage and history, which browsers may deny, are the scripts' business.
package browser

import "errors"

var (
	// ErrGone: the element is not on the page. Others change pages, too, and not every page has everything.
	ErrGone = errors.New("not on the page")
	// ErrThrown: JavaScript threw an exception, whose text follows. The page's scripts throw when the program cannot go on.
	ErrThrown = errors.New("thrown by JavaScript")
	// ErrUnsupported: there is no browser, or the page's scripts have no such function.
	ErrUnsupported = errors.New("not supported here")
)
