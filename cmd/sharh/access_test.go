package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"sharh/app/site"
	"sharh/web/webtest"
	"sharh/web/webtest/axe"
)

// tab is the way to a page's protocol, for what webtest does not wrap.
type tab struct{ ctx context.Context }

// option gets hold of the page that is opened with it.
func (b *tab) option(ctx context.Context) error {
	b.ctx = ctx
	return nil
}

// aside runs scripts in a world of its own in the page: it sees the same document, and the page's policy, which lets no
// foreign script in, does not bind it. The last one's value, a promise of JSON, is stored in into.
func (b *tab) aside(t *testing.T, into any, scripts ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	frames, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frames.FrameTree.Frame.ID, WorldName: "aside"})
	if err != nil {
		t.Fatal(err)
	}
	for i, script := range scripts {
		last := i == len(scripts)-1
		got, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
			Expression: script, ContextID: world.ExecutionContextID, AwaitPromise: new(last), ReturnByValue: new(last),
		})
		if err == nil && got.ExceptionDetails != nil {
			err = errors.New(got.ExceptionDetails.Exception.Description)
		}
		if err != nil {
			t.Fatalf("running a script aside: %v", err)
		}
		if last {
			var text string
			if err := json.Unmarshal(got.Result.Value, &text); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(text), into); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// settled tells whether the page has become what it is to be under its address.
const settled = `["off", "live"].includes(document.documentElement.dataset.client)`

// everythingOpen opens what is folded and lays out what is far from the view.
const everythingOpen = `(() => {
	for (const d of document.querySelectorAll("details")) d.open = true;
	const all = new CSSStyleSheet();
	all.replaceSync("*{content-visibility:visible!important}");
	document.adoptedStyleSheets.push(all);
})()`

// axe-core finds nothing: in both languages and themes, on a phone and a desk, still and live, with a call and an actor
// chosen and everything open.
func TestAccessByAxe(t *testing.T) {
	script, err := axe.Install(t.Context(), "../../build/axe")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site.Handler(os.DirFS(buildSite(t))))
	defer server.Close()
	browser := webtest.Start(t)
	type finding struct {
		ID, Help, Impact string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	check := func(t *testing.T, url string, width int64) {
		var b tab
		p := browser.Open(t, url, webtest.Size(width, 900), b.option)
		p.Until(settled)
		p.Eval(everythingOpen, nil)
		p.Eval("document.fonts.ready.then(() => {})", nil)
		var findings []finding
		b.aside(t, &findings, string(script), `axe.run(document, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
		}).then(r => JSON.stringify(r.violations))`)
		for _, f := range findings {
			for i, n := range f.Nodes {
				if i == 10 {
					t.Errorf("%s: and %d more", f.ID, len(f.Nodes)-i)
					break
				}
				t.Errorf("%s (%s): %s\n%.300s\n%s", f.ID, f.Impact, f.Help, n.HTML, n.FailureSummary)
			}
		}
		p.Quiet()
	}
	for _, path := range []string{"/putin-trump-calls/", "/putin-trump-calls/en/"} {
		for _, theme := range []string{"light", "dark"} {
			for _, client := range []string{"off", "now"} {
				for _, width := range []int64{360, 1280} {
					t.Run(fmt.Sprint(path, " ", theme, " ", client, " ", width), func(t *testing.T) {
						check(t, server.URL+path+"?theme="+theme+"&wasm="+client+"&call=5&actor=trump", width)
					})
				}
			}
		}
		for _, item := range []string{"call/3/", "view/back-to-talks/"} {
			t.Run(path+item, func(t *testing.T) { check(t, server.URL+path+item, 360) })
		}
	}
	t.Run("shelf", func(t *testing.T) { check(t, server.URL+"/", 360) })
}

var _ = strings.TrimSpace
