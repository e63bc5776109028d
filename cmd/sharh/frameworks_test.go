package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/web/webtest"
	"sharh/web/webtest/hosts"
)

// frameworks is where the pages and scripts of frameworks' hosts are.
const frameworks = "testdata/hosts/frameworks"

// publisher serves the loader and a page that stands for an embed, as a site of its own.
func publisher(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/embed.js", http.FileServer(http.Dir(buildSite(t))))
	mux.HandleFunc("/embed/", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(frameworks, "embed.html"))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// pages serves a host's pages; SITE in them is the publisher's.
func pages(t *testing.T, site string, pages map[string]string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := pages[r.URL.Path]
		switch {
		case strings.HasPrefix(r.URL.Path, "/slow/"): // what never comes
			select {
			case <-r.Context().Done():
			case <-time.After(20 * time.Second):
			}
			return
		case !ok:
			http.NotFound(w, r)
			return
		case strings.HasSuffix(r.URL.Path, ".js"):
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			text = strings.ReplaceAll(text, "SITE", site)
		}
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	return server
}

// bundle makes one script of a host's and the framework that it imports from the folder dir.
func bundle(t *testing.T, name, dir string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(frameworks, name))
	if err != nil {
		t.Fatal(err)
	}
	folder, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: string(source), Sourcefile: name, ResolveDir: folder, Loader: api.LoaderJSX},
		Bundle: true, Format: api.FormatIIFE, JSX: api.JSXAutomatic,
		// Development mode, in which frameworks complain most.
		Define: map[string]string{"process.env.NODE_ENV": `"development"`, "__VUE_OPTIONS_API__": "true", "__VUE_PROD_DEVTOOLS__": "false", "__VUE_PROD_HYDRATION_MISMATCH_DETAILS__": "true"},
	})
	for _, e := range result.Errors {
		t.Fatalf("bundling %s: %s", name, e.Text)
	}
	return string(result.OutputFiles[0].Contents)
}

// embedsSeen is a script that describes the page: tree() returns its own elements; framed() returns the links that have
// a frame, in the order of the frames, with "-" if the frame is not shown, and also reports links that a reader sees
// ("is seen") and frames without a link ("stray").
const embedsSeen = `
	window.heard = [];
	window.told = new Map();
	if (parent === window) {
		for (const name of ["ready", "select", "error"]) addEventListener("sharh:" + name, e => heard.push([name, e.target.id, e.detail?.item ?? e.detail?.reason ?? ""].join(" ").trim()));
		addEventListener("message", ({data, source}) => { if (data.shown) told.set(source, data); });
	}
	const boxed = "[data-sharh-box], [data-sharh-box] *";
	window.tree = () => [...document.querySelectorAll("main, main *")].filter(e => !e.matches(boxed)).map(e => e.id).join(" ");
	window.framed = () => {
		const links = [...document.querySelectorAll("a.sharh-embed")];
		const bare = links.filter(a => getComputedStyle(a).visibility !== "hidden" && a.getClientRects().length).map(a => a.id + " is seen");
		const frames = [...document.querySelectorAll("iframe")].map(f => {
			const link = f.parentElement.previousElementSibling;
			return f.parentElement.matches("[data-sharh-box]") && links.includes(link) ? link.id + (f.getClientRects().length ? "" : "-") : "stray";
		});
		return [...frames, ...bare].join(" ");
	};
	window.of = id => told.get(Sharh.frame(id)?.contentWindow) || {};
`

// is waits until the page has this tree and these frames, and checks a while later that it still has.
func is(t *testing.T, p *webtest.Page, tree, framed string) {
	t.Helper()
	p.Until(fmt.Sprintf(`framed() === %q`, framed))
	p.Eval(`new Promise(r => setTimeout(r, 60))`, nil)
	if got := p.Text(`framed()`); got != framed {
		t.Errorf("got frames %q, want %q", got, framed)
	}
	if got := p.Text(`tree()`); got != tree {
		t.Errorf("got the tree %q, want %q", got, tree)
	}
}

// initialState is what the frameworks' pages show at first; serverTree is the same as a server writes it.
const (
	initialState = `{show: true, order: ["two", "three"], more: {}}`
	serverTree   = `<main id="main"><h1 id="title">News</h1>%s<a class="sharh-embed" id="one" href="SITE/embed/">one</a>%s<p id="after">after</p><section id="list">%s</section>%s<div id="late"><a class="sharh-embed" id="last" href="SITE/embed/">last</a></div>%s</main>`
)

func listed(ids ...string) string {
	list := ""
	for _, id := range ids {
		list += `<a class="sharh-embed" id="` + id + `" href="SITE/embed/">` + id + `</a>`
	}
	return list
}

// A framework inserts, moves, hides, changes and removes its own nodes as if there were no loader, and hydrates what
// its server wrote; the frames follow.
func TestFrameworks(t *testing.T) {
	if _, err := hosts.Install(t.Context(), "../../build/hosts"); err != nil {
		t.Fatal(err)
	}
	if _, err := hosts.InstallReact18(t.Context(), "../../build/react18"); err != nil {
		t.Fatal(err)
	}
	site := publisher(t)
	browser := webtest.Start(t)
	react := fmt.Sprintf(serverTree, "", "", listed("two", "three"), "<!--$-->", "<!--/$-->")
	vue := fmt.Sprintf(serverTree, "<!---->", "<!---->", "<!--[-->"+listed("two", "three")+"<!--]-->", "", "")
	for _, f := range []struct{ name, script, server string }{
		{"react 19", bundle(t, "react.jsx", "../../build/hosts"), react},
		{"react 18", bundle(t, "react.jsx", "../../build/react18"), react},
		{"vue", bundle(t, "vue.js", "../../build/hosts"), vue},
	} {
		const (
			head   = `<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><style>body{margin:0}</style>`
			state  = `<script>window.initial = ` + initialState + `; window.SRC = "SITE/embed/";</script>`
			loader = `<script async src="SITE/embed.js"></script>`
			run    = `<script defer src="/app.js"></script>`
			held   = `<script>window.held = true;</script>`
		)
		host := pages(t, site.URL, map[string]string{
			"/app.js":      f.script,
			"/client":      head + loader + state + run + `<div id="root"></div>`,
			"/server":      head + `<script src="SITE/embed.js"></script>` + state + run + `<div id="root">` + f.server + `</div>`,
			"/server-late": head + `<script src="SITE/embed.js"></script>` + state + held + run + `<div id="root">` + f.server + `</div>`,
			"/server-raw":  head + loader + strings.Replace(state, "{show", "{raw: '<a class=\"sharh-embed\" id=\"one\" href=\"SITE/embed/\">one</a>', show", 1) + held + run + `<div id="root"><main id="main"><a class="sharh-embed" id="one" href="SITE/embed/">one</a></main></div>`,
			"/server-bare": head + state + run + `<div id="root">` + f.server + `</div>`,
		})
		const (
			all  = "main title one after list two three late last"
			four = "one two three last"
		)
		// changes goes through everything that the page can do.
		changes := func(t *testing.T, p *webtest.Page) {
			t.Helper()
			is(t, p, all, four)
			p.Eval(`(() => { window.link = document.getElementById("one"); window.home = link.parentNode; window.frame = Sharh.frame("one"); })()`, nil)
			set := func(change, tree, framed string) {
				t.Helper()
				p.Eval(`set(`+change+`)`, nil)
				is(t, p, tree, framed)
			}
			set(`{before: true}`, "main title before one after list two three late last", four)
			set(`{behind: true}`, "main title before one behind after list two three late last", four)
			p.True(`link === document.getElementById("one") && link.parentNode === home && frame === Sharh.frame("one")`)
			p.Until(`heard.includes("ready one")`)
			p.True(`heard.filter(h => h === "ready one").length === 1`)
			set(`{before: false, behind: false}`, all, four)
			set(`{show: false}`, "main title after list two three late last", "two three last")
			set(`{show: true}`, all, four)
			set(`{order: ["three", "two"]}`, "main title one after list three two late last", "one three two last")
			set(`{order: ["four", "two", "five", "three"]}`, "main title one after list four two five three late last", "one four two five three last")
			set(`{order: ["three"]}`, "main title one after list three late last", "one three last")
			set(`{order: []}`, "main title one after list late last", "one last")
			set(`{more: {hidden: true}}`, "main title one after list late last", "one- last")
			set(`{more: {hidden: false}}`, "main title one after list late last", "one last")
			set(`{more: {style: {display: "none"}}}`, "main title one after list late last", "one- last")
			set(`{more: {style: {}}}`, "main title one after list late last", "one last")
			p.Until(`of("one").shown`)
			p.Eval(`window.frame = Sharh.frame("one")`, nil)
			p.Eval(`set({more: {"data-call": "3"}})`, nil)
			p.Until(`of("one").shown?.item === "call-3"`)
			p.Eval(`set({more: {"data-actor": "putin", "data-theme": "dark"}})`, nil)
			p.Until(`of("one").shown?.item === "actor-putin" && of("one").shown?.theme === "dark"`)
			p.True(`frame === Sharh.frame("one")`)
			p.Eval(`set({more: {"data-view": "why", "data-theme": "dark", "data-height": "500"}})`, nil)
			p.Until(`/view=why&height=500/.test(of("one").search) && Sharh.frame("one").style.height === "500px"`)
			p.Eval(`set({more: {href: SRC + "map/"}})`, nil)
			p.Until(`Sharh.frame("one").src.includes("/map/") && of("one").shown?.item === ""`)
			is(t, p, "main title one after list late last", "one last")
			p.Eval(`unmount()`, nil)
			is(t, p, "", "")
		}
		t.Run(f.name+" draws", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/client", webtest.Before(embedsSeen))
			changes(t, p)
			p.Quiet()
		})
		t.Run(f.name+" takes over, loader first", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/server", webtest.Before(embedsSeen+`addEventListener("DOMContentLoaded", () => { window.early = document.getElementById("one"); window.earlyFrames = document.querySelectorAll("iframe").length; });`))
			p.True(`early === document.getElementById("one") && earlyFrames === 0`)
			changes(t, p)
			p.Quiet()
		})
		t.Run(f.name+" takes over, loader last", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/server-bare", webtest.Before(embedsSeen+`addEventListener("DOMContentLoaded", () => { window.early = document.getElementById("one"); });`))
			p.True(`early === document.getElementById("one")`)
			p.Eval(`document.head.append(Object.assign(document.createElement("script"), {src: "`+site.URL+`/embed.js"}))`, nil)
			changes(t, p)
			p.Quiet()
		})
		t.Run(f.name+" takes over long after loading", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/server-late", webtest.Before(embedsSeen))
			is(t, p, all, four)
			p.Until(`["one", "two", "three", "last"].every(id => heard.includes("ready " + id))`)
			p.Eval(`(() => { heard.length = 0; run(); })()`, nil)
			p.Until(`window.set`)
			changes(t, p)
			// The framework reports differences that it finds, and continues.
			for _, line := range p.Said() {
				if !strings.Contains(strings.ToLower(line), "hydrat") && !strings.Contains(line, "server") {
					t.Errorf("the page complains: %s", line)
				}
			}
		})
		if f.name == "vue" {
			t.Run("vue hides by v-show", func(t *testing.T) {
				p := browser.Open(t, host.URL+"/client", webtest.Before(embedsSeen))
				is(t, p, all, four)
				p.Eval(`set({gone: true})`, nil)
				is(t, p, all, "one- two three last")
				p.Eval(`set({gone: false})`, nil)
				is(t, p, all, four)
				p.Quiet()
			})
			continue
		}
		t.Run(f.name+" leaves a box alone", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/server-raw", webtest.Before(embedsSeen))
			is(t, p, "main one", "one")
			p.Until(`heard.includes("ready one")`)
			p.Eval(`run()`, nil)
			p.Until(`window.set`)
			p.Eval(`set({more: 1})`, nil)
			is(t, p, "main one", "one")
			p.True(`heard.length === 1`)
			p.Quiet()
		})
		t.Run(f.name+" hides what waits", func(t *testing.T) {
			p := browser.Open(t, host.URL+"/client", webtest.Before(embedsSeen))
			is(t, p, all, four)
			p.Eval(`set({wait: true})`, nil)
			is(t, p, all+" waits", "one two three last-")
			p.Eval(`set({wait: false})`, nil)
			is(t, p, all, four)
			p.Quiet()
		})
	}
}

// Turbo changes pages without loading them. It keeps copies of pages that the reader leaves, shows a copy first when
// he comes back, and may turn a page into its newer version node by node.
func TestTurbo(t *testing.T) {
	modules, err := hosts.Install(t.Context(), "../../build/hosts")
	if err != nil {
		t.Fatal(err)
	}
	turbo, err := fs.ReadFile(modules, "@hotwired/turbo/dist/turbo.es2017-umd.js")
	if err != nil {
		t.Fatal(err)
	}
	site := publisher(t)
	page := func(name, body string) string {
		return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + name + `</title><link rel="icon" href="data:,">
			<meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">
			<script src="/turbo.js"></script><script async src="SITE/embed.js"></script></head><body>` + body + `</body></html>`
	}
	host := pages(t, site.URL, map[string]string{
		"/turbo.js": string(turbo),
		"/a":        page("a", `<main id="main"><a class="sharh-embed" id="one" href="SITE/embed/?page=a">one</a><p id="after"><a id="go" href="/b">b</a></p></main>`),
		"/b":        page("b", `<main id="main"><a id="go" href="/a">a</a><a class="sharh-embed" id="two" href="SITE/embed/?page=b">two</a></main>`),
	})
	p := webtest.Start(t).Open(t, host.URL+"/a", webtest.Before(embedsSeen+`window.document_ = 1; addEventListener("turbo:render", () => { window.rendered = (window.rendered || 0) + 1; });`))
	is(t, p, "main one after go", "one")
	p.Until(`heard.includes("ready one")`)
	const fresh = `!document.documentElement.matches("[data-turbo-preview], [aria-busy]")`
	for range 2 {
		p.Eval(`document.getElementById("go").click()`, nil)
		p.Until(`document.title === "b" && ` + fresh)
		is(t, p, "main go two", "two")
		p.Back()
		p.Until(`document.title === "a" && ` + fresh)
		is(t, p, "main one after go", "one")
		p.Until(`of("one").search.includes("page=a")`)
	}
	// A link to a page that was here before shows its copy first.
	p.Eval(`document.getElementById("go").click()`, nil)
	p.Until(`document.title === "b" && ` + fresh)
	p.Eval(`document.getElementById("go").click()`, nil)
	p.Until(`document.title === "a" && ` + fresh)
	is(t, p, "main one after go", "one")
	for range 3 {
		p.Eval(`(() => { window.rendered = 0; Turbo.visit(location.href, {action: "replace"}); })()`, nil)
		p.Until(`rendered`)
		is(t, p, "main one after go", "one")
	}
	p.True(`document_ === 1`)
	p.Quiet()
}

// Other content of the host page, and changes to it, do not harm embeds, and embeds do not harm it.
func TestLoaderAmongOthers(t *testing.T) {
	site := publisher(t)
	const (
		head   = `<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><style>body{margin:0}</style>`
		loader = `<script async src="SITE/embed.js"></script>`
		one    = `<main id="main"><a class="sharh-embed" id="one" href="SITE/embed/">one</a></main>`
	)
	elsewhere := publisher(t)
	host := pages(t, site.URL, map[string]string{
		"/named":   head + `<p id="Sharh">Sharh</p><form name="Sharh"></form>` + one + loader + loader,
		"/foreign": head + `<main id="main"><a class="sharh-embed" id="one" href="SITE/embed/">one</a><a class="sharh-embed" id="foreign" href="` + elsewhere.URL + `/embed/">two</a></main>` + loader,
		"/slow":    head + `<main id="main"><a class="sharh-embed" id="one" href="SITE/embed/">one</a><p id="long" style="height:5000px"></p><a class="sharh-embed" id="two" href="SITE/embed/">two</a></main>` + loader + `<img src="/slow/1" alt="">`,
		"/one":     head + one + loader,
		"/limited": head + `<style>.low iframe{max-height:300px}</style><main id="main"><a class="sharh-embed" id="one" href="SITE/embed/?tall=900">one</a><div class="low"><a class="sharh-embed" id="two" href="SITE/embed/?tall=900">two</a></div></main>` + loader,
		"/room":    head + `<script src="SITE/embed.js"></script><style>main{width:400px;padding:50px}</style><main id="main"><a class="sharh-embed" id="one" href="SITE/embed/">one, with words that go on until they need more than a line of the column</a><p id="p">…</p><a class="sharh-embed" id="two" data-height="333" href="SITE/embed/">two</a><p id="q">…</p></main><img src="/slow/1" alt="">`,
	})
	browser := webtest.Start(t)
	t.Run("an element is called Sharh", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/named", webtest.Before(embedsSeen))
		is(t, p, "main one", "one")
		p.True(`typeof Sharh.upgrade === "function" && Sharh.frame() === Sharh.frame("one")`)
		p.Until(`heard.join() === "ready one"`)
		p.Quiet()
	})
	t.Run("links to other origins stay links, until their own loader comes", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/foreign", webtest.Before(embedsSeen))
		is(t, p, "main one foreign", "one foreign is seen")
		p.True(`document.getElementById("foreign").offsetHeight < 100`)
		p.Eval(`(() => { window.first = Sharh; document.head.append(Object.assign(document.createElement("script"), {src: "`+elsewhere.URL+`/embed.js"})); })()`, nil)
		is(t, p, "main one foreign", "one foreign")
		p.True(`first === Sharh`)
		p.Quiet()
	})
	t.Run("a page that loads for ever", func(t *testing.T) {
		p := browser.Open(t, "about:blank", webtest.Before(embedsSeen))
		p.Eval(`void (location.href = "`+host.URL+`/slow")`, nil)
		p.Until(`document.getElementById("one") && window.framed && document.querySelector("iframe")`)
		p.True(`document.readyState !== "complete" && document.querySelectorAll("iframe").length === 1`)
		p.Eval(`document.getElementById("two").scrollIntoView()`, nil)
		is(t, p, "main one long two", "one two")
	})
	t.Run("somebody takes our boxes away", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/one", webtest.Before(embedsSeen))
		is(t, p, "main one", "one")
		p.Eval(`document.querySelector("[data-sharh-box]").remove()`, nil)
		is(t, p, "main one", "one")
		p.Eval(`(() => {
			window.taken = 0;
			new MutationObserver(() => { const b = document.querySelector("[data-sharh-box]"); if (b) { taken++; b.remove(); } }).observe(document, {childList: true, subtree: true});
			document.querySelector("[data-sharh-box]").remove();
		})()`, nil)
		p.Eval(`new Promise(r => setTimeout(r, 2500))`, nil)
		p.True(`taken < 7 && framed() === "one is seen"`)
		p.Quiet()
	})
	t.Run("the page moves a frame, and puts things around it", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/one", webtest.Before(embedsSeen))
		p.Until(`of("one").shown`)
		p.Eval(`Sharh.frame("one").contentWindow.postMessage({act: "call-7"}, "*")`, nil) // as a reader chooses
		p.Until(`heard.includes("select one call-7")`)
		p.Eval(`(() => {
			const aside = Object.assign(document.createElement("aside"), {id: "aside"});
			document.getElementById("main").append(aside);
			aside.append(document.getElementById("one"));
		})()`, nil)
		is(t, p, "main aside one", "one")
		p.Until(`of("one").shown?.item === "call-7"`)
		// A frame that reloads with everything around it gets its choice back.
		p.Eval(`(() => { told.clear(); document.body.prepend(document.getElementById("main")); })()`, nil)
		p.Until(`of("one").shown?.item === "call-7"`)
		p.Eval(`document.getElementById("one").before("text"), document.getElementById("one").after(Object.assign(document.createElement("b"), {id: "b"}))`, nil)
		is(t, p, "main aside one b", "one")
		p.Eval(`document.getElementById("one").classList.add("more")`, nil)
		is(t, p, "main aside one b", "one")
		p.Eval(`document.getElementById("one").classList.remove("sharh-embed")`, nil)
		is(t, p, "main aside one b", "")
		p.Quiet()
	})
	t.Run("in a shadow tree", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/one", webtest.Before(embedsSeen))
		is(t, p, "main one", "one")
		p.Eval(`(() => {
			const host = document.createElement("div");
			window.shadow = host.attachShadow({mode: "open"});
			shadow.innerHTML = '<a class="sharh-embed" href="`+site.URL+`/embed/" id="in">in</a>';
			document.body.append(host);
			Sharh.upgrade(shadow);
		})()`, nil)
		p.Until(`shadow.querySelector("a + div iframe") && getComputedStyle(shadow.querySelector("a")).visibility === "hidden"`)
		p.Until(`heard.length === 2`)
		p.Eval(`shadow.querySelector("a").remove()`, nil)
		p.Until(`!shadow.querySelector("iframe")`)
		p.Quiet()
	})
	t.Run("a frame has a scroll bar only if the page keeps it low", func(t *testing.T) {
		p := browser.Open(t, host.URL+"/limited", webtest.Size(312, 740), webtest.Before(embedsSeen))
		p.Until(`Sharh.frame("one")?.style.height === "900px" && Sharh.frame("two").style.height === "900px"`)
		p.True(`Sharh.frame("one").scrolling === "no" && Sharh.frame("two").scrolling === "auto" && Sharh.frame("two").offsetHeight === 300`)
		p.Until(`of("one").width === 312`)
	})
	t.Run("room is kept before there is a frame, without a node or an attribute", func(t *testing.T) {
		p := browser.Open(t, "about:blank", webtest.Before(embedsSeen+shiftsObserved))
		p.Eval(`void (location.href = "`+host.URL+`/room")`, nil)
		p.Until(`window.Sharh?.upgrade && document.getElementById("q")`)
		p.True(`document.getElementById("one").offsetHeight === 760 && document.getElementById("two").offsetHeight === 333`)
		p.True(`[...document.querySelectorAll("main *")].every(e => !e.dataset.sharh) && !document.querySelector("iframe, main ~ div")`)
		p.Eval(`void (window.at = ["p", "q"].map(id => document.getElementById(id).offsetTop).join())`, nil)
		p.Eval(`Sharh.upgrade()`, nil)
		is(t, p, "main one p two q", "one two")
		p.True(`at === ["p", "q"].map(id => document.getElementById(id).offsetTop).join()`)
		if got := p.Text(`shifts.join()`); got != "" {
			t.Errorf("the page moved: %s", got)
		}
	})
}
