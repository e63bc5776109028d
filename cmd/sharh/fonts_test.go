package main

import (
	"strings"
	"testing"

	"sharh/web/webtest"
)

// On a phone the first visit has the fonts of the system. When the page is at rest it gets its own for the next visit,
// which has them from its first paint.
func TestFontsOnPhones(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	const (
		asked = `performance.getEntriesByType("resource").filter(e => e.name.endsWith(".woff2"))`
		byCSS = asked + `.filter(e => e.initiatorType !== "fetch")`
		own   = `[...document.fonts].some(f => f.status === "loaded")`
		// Whether text is as wide in the page's font as in the one that would stand in for it.
		inOwn = `(() => {
			const e = document.body.appendChild(document.createElement("span"));
			e.style = "position:absolute;white-space:nowrap;font:400 4rem var(--text)";
			e.textContent = document.title;
			const width = e.offsetWidth;
			e.style.fontFamily = "serif";
			const system = e.offsetWidth;
			e.remove();
			return Math.abs(width - system) > 2;
		})()`
		kept = `Object.keys(localStorage).filter(k => k.startsWith("sharh.fonts")).join()`
	)
	phone := webtest.Size(360, 740)
	for _, at := range []struct{ name, path, key, rest string }{
		{"explainer, Arabic", "/eight-calls/", "sharh.fonts-ar", live},
		{"explainer, English", "/eight-calls/en/", "sharh.fonts-en", live},
		{"without Go", "/eight-calls/?wasm=off", "sharh.fonts-ar", settled},
		{"evidence", "/eight-calls/evidence/", "sharh.fonts-ar", settled},
		{"page of a call", "/eight-calls/en/call/3/", "sharh.fonts-en", settled},
	} {
		t.Run(at.name, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+at.path, phone, webtest.Before(shiftsObserved))
			p.Until(at.rest)
			p.Until(kept + ` === "` + at.key + `"`)
			p.True(`!` + inOwn)
			p.True(byCSS + `.length === 0 && !` + own + ` && ` + asked + `.length === document.querySelectorAll("link[as=font]").length`)
			p.True(`shifts.length === 0`)
			// The page to which the reader comes back, somewhere in it, stays as it was.
			p.Eval(`(window.old = 1, scrollTo({top: 300, behavior: "instant"}))`, nil)
			p.Until(`history.state?.sharh`)
			p.Reload()
			p.Until(`!window.old && document.fonts && ` + at.rest)
			p.Settled()
			p.True(`!` + own + ` && !` + inOwn)
			p.Goto("about:blank")
			p.Goto(server.URL + at.path)
			p.Until(`document.fonts && ` + own + ` && ` + at.rest)
			p.True(`shifts.length === 0`)
			p.True(inOwn)
			p.True(asked + `.every(e => e.initiatorType !== "fetch")`)
			p.Quiet()
		})
	}
	for _, path := range []string{"", "evidence/"} {
		t.Run("saving data /"+path, func(t *testing.T) {
			t.Parallel()
			p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/"+path, phone,
				webtest.Before(`Object.defineProperty(navigator, "connection", {value: {saveData: true}});`))
			if path == "" {
				p.Click("#q") // which wants Go
				p.Until(live)
			}
			p.Settled()
			p.True(asked + `.length === 0 && ` + kept + ` === ""`)
			p.Quiet()
		})
	}
	t.Run("nothing can be stored", func(t *testing.T) {
		t.Parallel()
		p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/", phone,
			webtest.Before(`Object.defineProperty(window, "localStorage", {get() { throw new Error("denied"); }});`))
		p.Until(live + ` && ` + asked + `.length >= 4 && ` + asked + `.every(e => e.responseEnd)`)
		p.Quiet()
	})
	t.Run("in frames, which store nothing", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"", "embed/"} {
			host := serveWith(t, "host.html", `<!doctype html><meta name="viewport" content="width=device-width"><title>host</title><link rel="icon" href="data:,">
<iframe id="f" title="x" width="340" height="700" src="/eight-calls/`+path+`?wasm=off"></iframe>`)
			p := webtest.Start(t).Open(t, host.URL+"/host.html", phone)
			p.Until(`frames[0].document.readyState === "complete" && frames[0].document.documentElement.dataset.client === "off"`)
			p.Until(strings.Replace(own, "document", "frames[0].document", 1))
			p.True(`localStorage.length === 0`)
			p.Quiet()
		}
	})
	t.Run("where there is room", func(t *testing.T) {
		t.Parallel()
		p := webtest.Start(t).Open(t, server.URL+"/eight-calls/en/", webtest.Size(768, 900))
		p.Until(live)
		p.Settled()
		p.True(asked + `.length >= 4 && ` + asked + `.every(e => e.initiatorType === "link" || e.initiatorType === "css") && ` + kept + ` === ""`)
		p.Quiet()
	})
}

// On a desk the fonts that a page names at its beginning are all that it gets: one that a single word asks for comes late
// and moves the rest.
func TestFontsOnDesks(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, at := range []struct{ path, rest string }{
		{"", live}, {"en/", live}, {"call/3/", settled}, {"en/call/3/", settled}, {"en/step/1/", settled},
	} {
		t.Run("/"+at.path, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/"+at.path, webtest.Size(1280, 900), webtest.Before(shiftsObserved))
			p.Until(at.rest)
			p.Settled()
			p.True(`(asked => asked.length > 0 && asked.every(name => document.querySelector("link[as=font][href$='" + name + "']")))(
				performance.getEntriesByType("resource").map(e => e.name.split("/").pop()).filter(name => name.endsWith(".woff2")))`)
			p.True(`shifts.length === 0`)
			p.Quiet()
		})
	}
}
