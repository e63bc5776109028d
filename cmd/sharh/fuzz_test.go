package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sharh/app/desk/desktest"
	"sharh/app/story/address"
	"sharh/web/webtest"
)

// chaos makes what a page may be given by anybody: addresses, stored values, messages.
type chaos struct{ *rand.Rand }

func (c chaos) of(all ...string) string { return all[c.IntN(len(all))] }

// text is a text that means something to the page, or that it must not take for more than a text.
func (c chaos) text() string {
	switch c.IntN(6) {
	case 0:
		return c.of("3", "8", "0", "-1", "99", "trump", "putin", "why-that-day", "russia", "claim", "article", "whole", "full", "dark", "auto", "1e3", "on")
	case 1:
		return c.of("__proto__", "constructor", "toString", "hasOwnProperty", "null", "undefined", "NaN", "[object Object]")
	case 2:
		return c.of(desktest.Tails...)
	case 3:
		return c.of("\u202e\u2066x", "\u200f\u200d", "\x00\x01", "\ufeff", "\u2028", "ﷺ\u0651", "👩\u200d🚀", "e"+strings.Repeat("\u0301", 50), strings.Repeat("ط", 3000))
	case 4:
		return c.text() + c.of("-", "&", "#", " ", "=", "\"]", "\\", "/../") + c.text()
	}
	return c.of("call-", "actor-", "view-", "step-", "statement-", "event-", "mark-", "main", "sharh", "q", "map", "") + c.of("3", "trump", "s1", "why-that-day", "", "x")
}

// part is a text as it may stand in an address.
func (c chaos) part() string {
	switch c.IntN(4) {
	case 0:
		return c.of("%", "%ff", "%ED%A0%80", "%00", "%25%32", "%E2%80%AE", "+", "%2", "?", "&&", "==", ";", "'", "<", "%3Cscript%3E")
	case 1:
		return c.text() // as somebody types it
	}
	return url.QueryEscape(c.text())
}

// address is a query and a fragment.
func (c chaos) address() string {
	keys := append(address.StateKeys(), "theme", "marks", "step", "accent", "height", "childId", "resize", "source", "__proto__")
	var pairs []string
	for range c.IntN(5) {
		pairs = append(pairs, c.of(keys...)+"="+c.part())
	}
	all := "?" + strings.Join(pairs, c.of("&", "&", "&&", ";"))
	if c.IntN(2) == 0 {
		all += "#" + c.of("", "secret=", "call-", ":~:text=") + c.part()
	}
	return strings.NewReplacer("\x00", "%00", "\n", "%0A", "\r", "", "\t", "").Replace(all)
}

// literal is a JavaScript expression of a value that can be posted.
func (c chaos) literal(depth int) string {
	n := 7
	if depth > 0 {
		n = 10
	}
	switch c.IntN(n) {
	case 0:
		return c.of("null", "undefined", "true", "NaN", "Infinity", "-0", "1e308", "1n", "new Date(NaN)", "new Map([[1, 2]])", "new Uint8Array(9)", "/x/", "new Error('x')", "[,1]")
	case 1:
		return strconv.Itoa(c.IntN(100_000) - 5000)
	case 7:
		return "[" + c.literal(depth-1) + "," + c.literal(depth-1) + "]"
	case 8:
		return "{toString: 1, valueOf: 2}" // neither text nor number
	case 9:
		return "{" + quoted(c.text()) + ": " + c.literal(depth-1) + ", " + quoted(c.key()) + ": " + c.literal(depth-1) + "}"
	}
	return quoted(c.text())
}

func (c chaos) key() string {
	return c.of("sharh", "item", "theme", "href", "reason", "title", "sentinel", "type", "height", "message", "secret", "value", "src", "context")
}

// message is an expression of a message that begins like one of those that host and frame exchange.
func (c chaos) message() string {
	switch c.IntN(8) {
	case 0:
		return c.literal(3)
	case 1:
		return quoted("[iFrameSizer]" + c.text() + ":" + c.part() + ":" + c.text() + ":" + c.text())
	case 2:
		return quoted("pymxPYMx" + c.text() + "xPYMx" + c.of("width", "height") + "xPYMx" + c.text())
	case 3:
		return "{sentinel: 'amp', type: " + c.of("'embed-size'", "'frames-init'", "'embed-ready'", c.literal(1)) + ", height: " + c.literal(1) + "}"
	case 4:
		return "{message: " + c.of("'ready'", "'height'", c.literal(1)) + ", secret: " + c.literal(1) + "}"
	}
	return "{sharh: " + quoted(c.of("hello", "select", "theme", "ready", "open", "error", "select", c.text())) +
		", item: " + c.literal(2) + ", theme: " + c.literal(2) + ", href: " + c.literal(2) + ", reason: " + c.literal(2) + "}"
}

func (c chaos) many(n int, make func() string, first ...string) []string {
	all := first
	for range n {
		all = append(all, make())
	}
	return all
}

// What was found once stays a case.
var (
	foundAddresses []string
	foundMessages  = []string{
		"{sharh: 'select', item: {toString: 1, valueOf: 2}}", "{sharh: 'theme', theme: {toString: 1, valueOf: 2}}", "{sharh: 'theme', theme: ['dark']}",
		"{sharh: 'error', reason: {toString: 1}}", "{sharh: 'open', href: 'javascript:pwned=1'}", "{sharh: 'open', item: [{toString: 1}]}",
		"{sentinel: 'amp', type: 'embed-size', height: 9n}", "{sentinel: 'amp', type: 'embed-size', height: {valueOf: 2}}",
	}
)

// told names the input with the complaint about it.
const told = watched + `
	for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, () => console.error("after", String(window.input)));
	addEventListener("message", ({data}) => {
		try { window.input = typeof data === "string" ? data : JSON.stringify(data); } catch { window.input = "what is no JSON"; }
	}, true);`

// Whatever stands in an address or in storage, whatever a host says to the frame and a frame to the host: no script runs,
// nothing is thrown, the page goes on working, and in the host's page nothing changes but the height of the frame. For as
// long as $SHARH_FUZZ says, each round with other inputs; without it one round, of always the same.
func TestFuzzInTheBrowser(t *testing.T) {
	t.Parallel()
	long, seed := time.Duration(0), uint64(1)
	if given := os.Getenv("SHARH_FUZZ"); given != "" {
		var err error
		if long, err = time.ParseDuration(given); err != nil {
			t.Fatal(err)
		}
		seed = uint64(time.Now().UnixNano())
	}
	server := siteServer(t)
	for until := time.Now().Add(long); ; seed++ {
		ok := t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			c := chaos{rand.New(rand.NewPCG(seed, 0))}
			t.Run("addresses", func(t *testing.T) { fuzzAddresses(t, c, server.URL) })
			t.Run("storage", func(t *testing.T) { fuzzStorage(t, c, server.URL) })
			t.Run("messages to the frame", func(t *testing.T) { fuzzFrame(t, c, server.URL) })
			t.Run("messages to the host", func(t *testing.T) { fuzzHost(t, c, server.URL) })
		})
		if !ok || time.Now().After(until) {
			return
		}
	}
}

// sound tells what is wrong with a page of the site: what is chosen is there, and settings have values that there are.
const sound = `(() => {
	const bad = [], {theme, marks, client} = document.documentElement.dataset;
	for (const [kind, id] of Object.entries(sharh.choice)) if (id && !document.getElementById(kind + "-" + id)) bad.push(kind + " " + id);
	if (theme && !["light", "dark"].includes(theme)) bad.push("theme " + theme);
	if (marks && marks !== "full") bad.push("marks " + marks);
	if (client === "failed") bad.push("client");
	if (` + codeOfPage + `) bad.push("code");
	return bad.join();
})()`

// works fails unless a page of the explainer does what it is for.
func works(t *testing.T, p *webtest.Page) {
	t.Helper()
	if bad := p.Text(sound); bad != "" {
		t.Errorf("the page is not sound: %s", bad)
	}
	for _, call := range []string{"call-5", "call-3"} {
		p.Eval(`document.querySelector('a[href="#`+call+`"]').dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`, nil)
		p.Until(`document.getElementById("` + call + `").hasAttribute("aria-current")`)
	}
	p.Quiet()
}

func fuzzAddresses(t *testing.T, c chaos, site string) {
	p := webtest.Start(t).Open(t, site+"/eight-calls/?wasm=now", webtest.Before(told))
	p.Until(live)
	p.Eval(`(async () => { for (window.input of [`+strings.Join(quotedAll(c.many(100, c.address, foundAddresses...)), ",")+`]) {
		history.replaceState(null, "", location.pathname + window.input);
		dispatchEvent(new PopStateEvent("popstate", {state: null}));
		await new Promise(r => setTimeout(r));
	} })()`, nil)
	p.Until(live)
	works(t, p)
	for i, path := range []string{"/eight-calls/", "/eight-calls/en/embed/", "/eight-calls/en/evidence/", "/eight-calls/en/actor/trump/"} {
		at := c.address()
		p.Eval("history.replaceState(null, '', '/')", nil) // so that the next is no step within the page
		p.Goto(site + path + at)
		p.Until(`document.readyState === "complete" && window.sharh`)
		if bad := p.Text(sound); bad != "" {
			t.Errorf("%s%s is not sound: %s", path, at, bad)
		}
		if i < 2 && p.Text(`location.pathname`) == path {
			works(t, p)
		}
		p.Quiet()
	}
}

func fuzzStorage(t *testing.T, c chaos, site string) {
	p := webtest.Start(t).Open(t, site+"/eight-calls/en/?wasm=off", webtest.Before(told))
	for range 3 {
		p.Until(`document.readyState === "complete" && window.sharh`)
		p.Eval(`(() => {
			localStorage.clear();
			for (const key of ["sharh.theme", "sharh.marks", "sharh", "sharh:/eight-calls/", `+quoted(c.text())+`]) localStorage.setItem(key, `+quoted(c.text())+`);
			for (const key of ["sharh.failed", `+quoted(c.text())+`]) sessionStorage.setItem(key, `+quoted(c.text())+`);
			window.name = `+quoted(c.text())+`;
			window.old = true;
			setTimeout(() => location.reload());
		})()`, nil)
		p.Until(`!window.old && document.readyState === "complete" && window.sharh`)
		works(t, p)
	}
}

// hostPage is a page on another origin with an embed.
func hostPage(t *testing.T, site string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>host</title><link rel=icon href=data:,><p id="own">The host's own.</p>
<a class="sharh-embed" id="one" href="%s/eight-calls/en/embed/">Eight calls</a><script async src="%s/embed.js"></script>`, site, site)
	}))
	t.Cleanup(server.Close)
	return server
}

func fuzzFrame(t *testing.T, c chaos, site string) {
	p := webtest.Start(t).Open(t, hostPage(t, site).URL, webtest.Size(360, 740), webtest.Before(told+spy+`
		if (parent !== window) addEventListener("message", ({data}) => {
			if (data === "sound?") parent.postMessage({sound: `+sound+`}, "*");
		}); else addEventListener("message", ({data}) => { if (data && "sound" in Object(data)) window.heard = data.sound; });`))
	p.Until(fits)
	p.Eval(`(() => { for (const message of [`+strings.Join(c.many(400, c.message, foundMessages...), ",\n")+`]) childWindow.postMessage(message, "*"); childWindow.postMessage("sound?", "*"); })()`, nil)
	p.Until(`window.heard === ""`)
	p.Eval(`Sharh.theme("one", "dark")`, nil)
	p.Eval(`Sharh.select("one", "call-3")`, nil)
	p.Until(`child.call === "3" && child.theme === "dark" && ` + fits)
	p.Quiet()
}

func fuzzHost(t *testing.T, c chaos, site string) {
	p := webtest.Start(t).Open(t, hostPage(t, site).URL, webtest.Size(360, 740), webtest.Before(told+spy+`
		if (parent !== window) addEventListener("message", ({data}) => {
			for (const message of data?.relay || []) parent.postMessage(message, "*");
		}); else {
			window.events = [];
			for (const name of ["ready", "select", "open", "error"]) addEventListener("sharh:" + name, ({detail}) => events.push(detail));
		}`))
	p.Until(fits)
	const page = `(() => { const copy = document.documentElement.cloneNode(true); copy.querySelector("iframe").style.height = ""; copy.querySelector("iframe").scrolling = ""; return copy.outerHTML; })()`
	before := p.Text(page)
	p.Eval(`childWindow.postMessage({relay: [`+strings.Join(c.many(400, c.message, foundMessages...), ",\n")+`, {sharh: "select", item: "the end"}]}, "*")`, nil)
	p.Until(`events.some(e => e?.item === "the end")`)
	if after := p.Text(page); after != before {
		t.Errorf("the host's page changed: %s", firstDifference(before, after))
	}
	p.True(`parseFloat(document.querySelector("iframe").style.height) <= 20000`)
	p.True(`window.name === "" && Object.keys(Object.prototype).length === 0`)
	p.True(`events.every(e => !e || Object.values(e).every(v => typeof v === "string" && !/^\s*javascript:/i.test(e.href || "")))`)
	p.Quiet()
}

func quotedAll(all []string) []string {
	quotes := make([]string, len(all))
	for i, s := range all {
		quotes[i] = quoted(s)
	}
	return quotes
}
