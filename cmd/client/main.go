// Command client is the WebAssembly program: it reads the story that the page names, and mounts the page's components
// over the prerendered page. It contains no explainer, so one client serves all explainers of a site.
package main

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
)

// root returns the component to mount for a page. faults.go, which is compiled only for tests, replaces it by a faulty
// one.
var root = func(p *ui.Page) app.Composer { return p }

func main() {
	if err := run(); err != nil {
		browser.Fail(err)
	}
}

func run() error {
	data, err := browser.Story()
	if err != nil {
		return fmt.Errorf("starting the page: %w", err)
	}
	browser.Rest()
	doc, err := story.Decode(data)
	if err != nil {
		return fmt.Errorf("starting the page: %w", err)
	}
	browser.Rest()
	if err := browser.Adopt(); err != nil {
		return fmt.Errorf("starting the page: %w", err)
	}
	// There is no routing: the page's own path, as it is now, is the only route. go-app reads the path again at once; with
	// a pause between, a script of the page could change it.
	app.Route(browser.Path(), func() app.Composer {
		return root(&ui.Page{Doc: doc, State: reader.Parse(browser.Chosen(), "", doc), Part: ui.Part(browser.Part())})
	})
	app.RunWhenOnBrowser()
	return nil
}
