//go:build faults

package main

import (
	"net/url"
	"os"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/ui"
)

// A client with this file fails in the way that ?fault= names, at the first choice that the reader makes once the page
// is live. Tests use it to see how the page reacts.
func init() {
	root = func(p *ui.Page) app.Composer {
		query, _ := url.ParseQuery(strings.TrimPrefix(browser.Query(), "?"))
		return &faulty{Page: *p, fault: query.Get("fault")}
	}
}

type faulty struct {
	ui.Page
	fault string
}

// OnMount listens instead of the page, and fails at the first choice.
func (f *faulty) OnMount(ctx app.Context) {
	f.Page.OnMount(ctx)
	failing := map[string]func(){
		"callback":  func() { panic("a fault in a callback") },
		"handler":   func() { ctx.Dispatch(func(app.Context) { panic("a fault in a handler") }) },
		"render":    func() { ctx.Dispatch(func(app.Context) { f.Doc = nil }) },
		"goroutine": func() { go panic("a fault in a goroutine") },
		"exit":      func() { os.Exit(0) },
		"exit 3":    func() { os.Exit(3) },
	}
	if fail := failing[f.fault]; fail != nil {
		f.OnDismount()
		if _, err := browser.Live(func(verb, _, _ string) {
			if verb == "choose" {
				fail()
			}
		}); err != nil {
			browser.Fail(err)
		}
	}
}

// Render fails at once for the fault "first render".
func (f *faulty) Render() app.UI {
	if f.fault == "first render" {
		panic("a fault in the first render")
	}
	return f.Page.Render()
}
