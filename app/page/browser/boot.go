// Package browser is the page's only door to JavaScript. Its other side is web/boot.js, which sets window.sharh; the
// functions there and here have the same names.
//
// Every function exists natively too, where it does nothing but compute, so that components run in tests and while prerendering.
// What JavaScript throws comes back as an error that wraps [ErrBrowser]; nothing optional may stop the page.
package browser

import "errors"

// ErrBrowser is wrapped by every failure of the browser's side.
var ErrBrowser = errors.New("browser")

// Story returns the bytes of the story that boot.js has fetched.
func Story() ([]byte, error) { return story() }

// Chosen returns what the reader chose before Go came, as a query: "?call=3".
func Chosen() string { return chosen() }

// Query returns the query of the page's address.
func Query() string { return query() }

// Part returns what the page shows of the explainer: "" for all of it, else a part of it for frames ("map").
func Part() string { return part() }

// Path returns the path of the page's address.
func Path() string { return pagePath() }

// Adopt tells boot.js that the page is about to be mounted: elements that are made from now on are those that the page
// already has.
func Adopt() error { return adopt() }

// Rest lets the page answer its reader before more work is done: what takes long is cut into pieces with a Rest between.
func Rest() { rest() }

// Live tells boot.js that the page is mounted, and names who listens from now on. ear hears ("choose", fragment, "")
// when a link to an item was followed, ("address", query, fragment) after Back and Forward, and ("clear", "", "") when
// the choice was dropped. It lives as long as the page.
func Live(ear func(verb, a, b string)) { live(ear) }

// State tells boot.js what is chosen, as the query for the address.
func State(query string) { state(query) }

// Value returns what a form field holds, or "" when there is none.
func Value(id string) string { return value(id) }

// SetValue writes into a form field, when there is one.
func SetValue(id, v string) { setValue(id, v) }

// SetText writes the text of an element, when there is one.
func SetText(id, text string) { setText(id, text) }

// NFKD returns Unicode's compatibility decomposition of a text. The browser has the tables for it, so that no reader
// downloads them; text that it does not decompose comes back as it is.
func NFKD(s string) string { return nfkd(s) }

// Fail hands the page back to boot.js, which restores the still page.
func Fail(err error) { fail(err) }
