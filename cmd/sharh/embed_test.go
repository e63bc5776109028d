package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sharh/web/webtest"
	"sharh/web/webtest/axe"
	"sharh/web/webtest/hosts"
)

// hostScripts and axeScript are installed once for all tests.
var (
	hostScripts = sync.OnceValues(func() (fs.FS, error) { return hosts.Install(context.Background(), "../../build/hosts") })
	axeScript   = sync.OnceValues(func() ([]byte, error) { return axe.Install(context.Background(), "../../build/axe") })
)

// newsroom serves the pages of testdata/hosts on an origin of its own, each with a frame of path on the site.
func newsroom(t *testing.T, siteURL, path string) *httptest.Server {
	t.Helper()
	modules, err := hostScripts()
	if err != nil {
		t.Fatal(err)
	}
	scripts := map[string]string{"/pym.js": "pym.js/dist/pym.v1.min.js", "/resizer.js": "iframe-resizer/js/iframeResizer.min.js"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := scripts[r.URL.Path]; name != "" {
			http.ServeFileFS(w, r, modules, name)
			return
		}
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		page, err := os.ReadFile(filepath.Join("testdata/hosts", filepath.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text := strings.NewReplacer("SRC", siteURL+path, "SITE", siteURL).Replace(string(page))
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	return server
}

// spy runs in every frame: the host cannot look into it, so the frame tells how it is, and does what it is told.
const spy = `
if (parent !== window) {
	// Whether the page's policy lets fonts load. Whether text is in them depends on the screen, and on how soon they came.
	let fonts = false;
	addEventListener("load", async () => {
		const file = document.querySelector("link[as=font]");
		if (file) await new FontFace("spy", "url(" + file.href + ")").load().then(() => { fonts = true; }, () => {});
	});
	const look = () => {
		const root = document.getElementById("sharh");
		if (root) parent.postMessage({spy: {
			content: Math.ceil(root.getBoundingClientRect().height), frame: innerHeight, width: innerWidth,
			page: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth,
			client: document.documentElement.dataset.client, tab: document.documentElement.dataset.tab || "", origin,
			call: root.dataset.call || "", actor: root.dataset.actor || "", theme: document.documentElement.dataset.theme || "",
			accent: getComputedStyle(document.documentElement).getPropertyValue("--accent"),
			focus: document.activeElement?.id || "", said: document.querySelector("[data-chosen]")?.textContent || "",
			open: [...document.querySelectorAll("details[open]")].length, history: history.length,
			fonts, font: document.fonts.check("16px MarkaziA") && [...document.fonts].some(f => f.status === "loaded"),
			address: location.href}}, "*");
		requestAnimationFrame(() => setTimeout(look, 20));
	};
	look();
	addEventListener("message", ({data}) => {
		const e = data && data.click && document.querySelector(data.click);
		if (data && data.want) document.querySelector(data.want).dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
		if (e) e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
	});
} else addEventListener("message", ({data, source}) => {
	if (!data || !data.spy) return;
	window.child = data.spy;
	window.childWindow = source;
	(window.children_ ??= new Map()).set(source, data.spy);
});`

// fits tells whether the frame is as high as its content, to the pixel.
const fits = `window.child && child.content >= 100 && Math.abs(child.frame - child.content) <= 1`

// clickInFrame clicks what a selector finds in the frame.
func clickInFrame(p *webtest.Page, selector string) {
	p.Eval(`childWindow.postMessage({click: `+strconv.Quote(selector)+`}, "*")`, nil)
}

// hostMatrix: with every host script, the frame is exactly as high as its content: at first; after the reader chooses,
// unfolds or turns to another tab; and when the phone is turned. The host's history does not change.
func hostMatrix(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	pages, err := filepath.Glob("testdata/hosts/*.html")
	if err != nil || len(pages) < 14 {
		t.Fatalf("got %d host pages: %v", len(pages), err)
	}
	hosts := newsroom(t, server.URL, "/eight-calls/embed/")
	for _, page := range webtest.Share(browser, pages...) {
		name := filepath.Base(page)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, hosts.URL+"/"+name, webtest.Size(360, 740), webtest.Before(spy))
			if name == "hidden.html" {
				p.Until(`document.querySelector("iframe")`)
				p.Eval(`drawer.style.display = "block"`, nil)
			}
			fit := fits
			if name == "zoomed.html" && browser.Name() == "WebKit" { // which leaves the page in the frame as it is
				fit = `window.child && child.content >= 100 && child.frame >= child.content`
			}
			if name == "wordpress.html" {
				fit = `window.child && child.frame === Math.min(1000, Math.max(200, child.content))`
			}
			p.Until(fit + " && child.client")
			before := p.Text("child.history")
			step := func(what, selector, done string) {
				t.Helper()
				clickInFrame(p, selector)
				p.Until(done + " && child.wide <= child.width && " + fit)
				if h := p.Text("child.history"); h != before {
					t.Errorf("%s: the history has %s entries, had %s", what, h, before)
				}
			}
			for _, width := range []int64{240, 360, 768, 1280} {
				if width < 360 && browser.Name() == "WebKit" {
					continue // the bar of its window is wider
				}
				p.Resize(width, 740)
				p.Until(`child.width > 100 && child.wide <= child.width && ` + fit)
			}
			p.Resize(360, 740)
			step("calls", `.tabs a[href="#timeline"]`, `child.tab === "timeline"`)
			step("a call", `.strip a[href="#call-2"]`, `child.call === "2"`)
			step("more of it", `#call-2 .rest summary`, `child.open === 1`)
			step("its actor", `#call-2 .chip`, `child.tab === "map" && child.actor`)
			step("readings", `.tabs a[href="#views"]`, `child.tab === "views"`)
			step("a reading", `#view-a-test summary`, `child.open === 2`)
			p.Resize(740, 360)
			p.Until(`child.width > 400 && ` + fit)
			if name == "hidden.html" {
				p.Eval(`drawer.style.display = "none"`, nil)
				p.Settled()
				p.Eval(`drawer.style.display = "block"`, nil)
				p.Until(fit)
			}
			for _, line := range p.Said() {
				// A host's own resizer may speak to a frame whose page is still on its way.
				if !strings.Contains(line, "/resizer.js") {
					t.Errorf("the page complains: %s", line)
				}
			}
		})
	}
}

// embeds: an embed is a page of its own kind, complete without scripts, light until it is wanted, then live.
func embeds(t *testing.T, browser *webtest.Browser) {
	server := siteServer(t)
	for _, lang := range webtest.Share(browser, "/eight-calls/", "/eight-calls/en/") {
		for _, part := range webtest.Share(browser, "embed/steps/", "embed/map/", "embed/calls/", "embed/", "embed/views/") {
			url := server.URL + lang + part
			t.Run(lang+part, func(t *testing.T) {
				t.Parallel()
				t.Run("goes live on the very page that was built", func(t *testing.T) {
					t.Parallel()
					still := browser.Open(t, url, webtest.NoScripts()).Text(asBuilt)
					p := browser.Open(t, url+"?wasm=now", webtest.Size(360, 760))
					p.Until(live)
					p.True(adopted)
					if after := p.Text(asBuilt); after != still {
						t.Errorf("the page after take-over differs from the prerendered one: %s", firstDifference(still, after))
					}
					p.True(`document.documentElement.scrollWidth <= 360`)
					p.Quiet()
				})
				t.Run("links out of it open another window", func(t *testing.T) {
					t.Parallel()
					p := browser.Open(t, url, webtest.NoScripts())
					p.True(`[...document.querySelectorAll("a[href]")].every(a => a.getAttribute("href").startsWith("#")
						? document.getElementById(a.getAttribute("href").slice(1)) : a.target === "_blank")`)
				})
			})
		}
		url := server.URL + lang + "embed/"
		t.Run(lang+" turns tabs and chooses with scripts off", func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, url, webtest.NoScripts(), webtest.Size(360, 760))
			p.True(visible("steps") + " && !(" + visible("timeline") + ") && !(" + visible("map") + ") && !(" + visible("views") + ")")
			p.Click(`.tabs a[href="#timeline"]`)
			p.Until(visible("timeline") + " && !(" + visible("steps") + ")")
			p.Click(`.strip a[href="#call-3"]`)
			p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
			p.Click(`.tabs a[href="#map"]`)
			p.Until(visible("map") + " && !(" + visible("timeline") + ") && !(" + visible("views") + ")")
			p.Click(`.small a[href="#actor-zelensky"]`)
			p.Until(visible("actor-zelensky") + " && !(" + visible("timeline") + ")")
			p.Click(`.tabs a[href="#views"]`)
			p.Until(visible("views") + " && !(" + visible("map") + ")")
			p.Quiet()
		})
		t.Run(lang+" fetches the client when it is wanted", func(t *testing.T) {
			t.Parallel()
			const clients = `performance.getEntriesByType("resource").filter(e => /wasm|takeover|story/.test(e.name)).length`
			p := browser.Open(t, url, webtest.Size(360, 760))
			p.Click(`.tabs a[href="#timeline"]`)
			p.Click(`.strip a[href="#call-3"]`)
			p.Until(visible("call-3"))
			p.Click(`#call-3 .rest summary`)
			p.Click(`#call-3 .chip`)
			p.Until(visible("map") + ` && document.querySelector(".tabs [aria-current]").hash === "#map"`)
			p.Settled()
			p.True(clients + ` === 0 && document.documentElement.dataset.client === "still"`)
			p.Click("#camp")
			p.Until(live)
			p.Eval(`(() => { const s = document.querySelector("#camp"); s.value = "russia"; s.dispatchEvent(new Event("change", {bubbles: true})); })()`, nil)
			p.Until(`document.getElementById("sharh").dataset.camp === "russia"`)
			p.True(`document.getElementById("sharh").dataset.call === "3"`)
			p.Quiet()
		})
		t.Run(lang+" opens with what its address chooses", func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, url+"?call=3&actor=putin&theme=dark&accent=%23ffee00&wasm=off", webtest.Size(360, 760))
			p.Until(visible("actor-putin") + " && !(" + visible("timeline") + `) && document.documentElement.dataset.theme === "dark"`)
			p.Click(`.tabs a[href="#timeline"]`)
			p.Until(visible("call-3"))
			// Yellow is legible on black as it is, and darkened on paper.
			p.True(`getComputedStyle(document.documentElement).getPropertyValue("--accent") === "rgb(255,238,0)"`)
			p = browser.Open(t, url+"?view=a-test&theme=light&accent=fe0&wasm=off", webtest.Size(360, 760))
			p.Until(visible("view-a-test") + ` && document.getElementById("view-a-test").open`)
			p.True(`/^rgb\((\d+),\1?\d*,\d+\)$/.test(getComputedStyle(document.documentElement).getPropertyValue("--accent"))`)
			p.True(`getComputedStyle(document.documentElement).getPropertyValue("--accent") !== "rgb(255,238,0)"`)
			p.Quiet()
			for _, nonsense := range []string{"?accent=red;x", "?accent=%23ggg", "?call=99&actor=%3Cb%3E&view=..", "?height=99999999", "#?secret=%22%3E", "?childId=%3Cscript%3E"} {
				p := browser.Open(t, url+nonsense, webtest.Size(360, 760))
				p.Until(visible("steps") + ` && document.readyState === "complete"`)
				p.True(`!document.documentElement.style.getPropertyValue("--accent") && document.getElementById("sharh").offsetHeight < 1000`)
				p.Quiet()
				p.Close()
			}
		})
	}
}

// A page in a frame makes of its publisher's accent what app/desk/palette computes for the same cases.
func TestAccents(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../app/desk/palette/testdata/accents.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Asked, Light, Dark string }
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) < 20 {
		t.Fatalf("got %d cases: %v", len(cases), err)
	}
	// framed resolves to the accent that the page sets itself, as hexadecimal, in frames with each address.
	const framed = `addresses => Promise.all(addresses.map(address => new Promise(resolve => {
		const frame = document.createElement("iframe");
		frame.onload = () => {
			const rgb = frame.contentDocument.documentElement.style.getPropertyValue("--accent");
			resolve(rgb && "#" + rgb.match(/\d+/g).map(v => Number(v).toString(16).padStart(2, "0")).join(""));
		};
		frame.src = address;
		document.body.append(frame);
	})))`
	var addresses, want []string
	for _, c := range cases {
		for theme, result := range map[string]string{"light": c.Light, "dark": c.Dark} {
			addresses = append(addresses, "/eight-calls/embed/views/?wasm=off&theme="+theme+"&accent="+url.QueryEscape(c.Asked))
			want = append(want, result)
		}
	}
	list, err := json.Marshal(addresses)
	if err != nil {
		t.Fatal(err)
	}
	p := webtest.Start(t).Open(t, siteServer(t).URL+"/eight-calls/embed/views/?wasm=off")
	var got []string
	p.Eval("("+framed+")("+string(list)+")", &got)
	for i, address := range addresses {
		if got[i] != want[i] {
			t.Errorf("%s: got %q, want %q", address, got[i], want[i])
		}
	}
	p.Quiet()
}

// wordPress frames what it does not know without an origin, without windows, and by messages only.
func wordPress(t *testing.T, browser *webtest.Browser) {
	server := hostedSite(t)
	hosts := newsroom(t, server.URL, "/eight-calls/embed/")
	p := browser.Open(t, hosts.URL+"/wordpress.html", webtest.Size(360, 740), webtest.Before(spy))
	p.Until(`window.child && child.origin === "null" && child.frame === child.content`)
	p.True(`document.querySelector("iframe").getClientRects().length && getComputedStyle(document.querySelector("blockquote")).display === "none"`)
	p.Until(`child.fonts`)
	clickInFrame(p, `.strip a[href="#call-3"]`)
	p.Until(`child.call === "3"`)
	p.Eval(`document.querySelector("iframe").focus()`, nil)
	clickInFrame(p, `.foot .out`)
	p.Until(`window.went === "` + server.URL + `/eight-calls/"`)
	p.True(`child.address.startsWith("` + server.URL + `/eight-calls/embed/")`)
	// A frame higher than WordPress allows scrolls inside.
	clickInFrame(p, `.strip a[href="#call-2"]`)
	clickInFrame(p, `#call-2 .rest summary`)
	p.Until(`child.content > 1000 && child.frame === 1000 && Math.abs(child.page - child.content) <= 1`)
	clickInFrame(p, `.tabs a[href="#map"]`)
	p.Until(`child.tab === "map"`)
	p.Eval(`childWindow.postMessage({want: "#camp"}, "*")`, nil)
	p.Until(`child.client === "live"`)
	p.Quiet()
}

// loader: a publisher steers an embed and hears from it, and nothing moves in his page.
func loader(t *testing.T, browser *webtest.Browser) {
	server := serveWith(t, "silent.html", "<!doctype html><title>silent</title>")
	hosts := newsroom(t, server.URL, "/eight-calls/embed/")
	const heard = `
		window.heard = [];
		for (const name of ["ready", "select", "open", "error"]) addEventListener("sharh:" + name, e => heard.push([name, e.target.id, e.detail && (e.detail.item ?? e.detail.href ?? e.detail.reason)].join(" ")));`
	t.Run("steers, and is heard", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, hosts.URL+"/loader.html", webtest.Size(360, 740), webtest.Before(spy+heard))
		p.Until(fits + ` && heard.includes("ready one ")`)
		p.True(`child.wide === child.width`) // no bar for scrolling
		p.True(`document.querySelectorAll("iframe").length === 1 && document.querySelector("iframe").title === "Putin and Trump: eight calls" && document.querySelector("iframe").loading === "lazy"`)
		p.Eval(`Sharh.select("one", "call-3")`, nil)
		p.Until(`child.call === "3" && heard.includes("select one call-3")`)
		p.True(`child.focus === "" && document.activeElement === document.body`)
		p.Eval(`Sharh.select("one", "actor-trump")`, nil)
		p.Until(`child.actor === "trump" && child.tab === "map"`)
		p.Eval(`Sharh.select(document.getElementById("one"), "")`, nil)
		p.Until(`child.actor === "" && child.call === "" && heard.includes("select one ")`)
		p.Eval(`Sharh.theme("one", "dark")`, nil)
		p.Until(`child.theme === "dark"`)
		p.Eval(`Sharh.select("one", "view-a-test")`, nil)
		p.Until(`child.tab === "views" && heard.includes("open one view-a-test")`)
		clickInFrame(p, `.strip a[href="#call-5"]`)
		p.Until(`heard.includes("select one call-5")`)
		p.Eval(`(() => {
			const b = document.createElement("button");
			b.dataset.sharhSelect = "call-4";
			document.body.append(b);
			b.click();
		})()`, nil)
		p.Until(`child.call === "4"`)
		p.Eval(`(() => {
			const a = document.createElement("a");
			a.className = "sharh-embed"; a.id = "late"; a.href = "`+server.URL+`/eight-calls/en/embed/map/"; a.textContent = "The map"; a.dataset.actor = "putin"; a.dataset.theme = "light"; a.dataset.height = "900";
			document.body.prepend(a);
			Sharh.upgrade();
		})()`, nil)
		p.Until(`heard.includes("ready late ") && Sharh.frame("late").title === "The map"`)
		p.Until(`[...children_.values()].some(c => c.actor === "putin" && c.theme === "light" && c.content >= 900 && c.frame === c.content)`)
		p.True(`document.querySelectorAll("iframe").length === 2`)
		p.Quiet()
	})
	t.Run("keeps the height that it reserved", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, hosts.URL+"/rtl.html", webtest.Size(360, 1400), webtest.Before(spy+heard+shiftsObserved))
		p.Until(fits + ` && heard.includes("ready  ") && child.fonts`)
		p.Settled()
		p.True(`document.querySelector("iframe").style.height === "760px" && shifts.length === 0`)
		p = browser.Open(t, hosts.URL+"/loader.html", webtest.Size(768, 900), webtest.Before(spy+heard))
		p.Until(fits + ` && heard.includes("ready one ")`)
		p.True(`document.querySelector("iframe").style.height === "640px"`)
	})
	t.Run("gives the link back when the frame is silent", func(t *testing.T) {
		t.Parallel()
		silent := newsroom(t, server.URL, "/silent.html")
		p := browser.Open(t, silent.URL+"/rtl.html", webtest.Before(heard+`
			const set = setTimeout;
			window.setTimeout = (f, ms, ...rest) => set(f, ms >= 10000 ? 50 : ms, ...rest);`))
		p.Until(`heard.includes("error  silent") && document.querySelector("a").getClientRects().length && getComputedStyle(document.querySelector("a")).visibility === "visible" && !document.querySelector("iframe")`)
		p.Quiet()
	})
	t.Run("fifty on a page", func(t *testing.T) {
		t.Parallel()
		p := browser.Open(t, hosts.URL+"/fifty.html", webtest.Size(360, 740), webtest.Before(spy+heard))
		p.Until(`heard.length >= 1 && document.querySelectorAll("iframe").length === 50`)
		p.Settled()
		// The browser loads frames that come near the view; how near is up to the browser, but it never loads all. A
		// frame out of view draws nothing, and so sends no message.
		p.Until(`children_.size > 0`)
		p.True(`performance.getEntriesByType("resource").filter(e => e.initiatorType === "iframe").length < 25`)
		p.True(`children_.size < 25`)
		p.True(`[...children_.values()].every(c => c.client === "still")`)
		p.Eval(`document.querySelectorAll("iframe")[49].scrollIntoView()`, nil)
		p.Until(`heard.some(h => h.startsWith("ready e49"))`)
		p.Quiet()
	})
}

// A publisher takes code from the page, pastes it into his own, and has what the preview showed.
func TestShareDialog(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	const set = `(label, value) => {
		const field = [...document.querySelectorAll("dialog label")].find(l => l.textContent.startsWith(label)).querySelector("input,select");
		if (field.type === "checkbox") field.checked = value; else field.value = value;
		field.dispatchEvent(new Event("input", {bubbles: true}));
	}`
	code := `document.querySelector("dialog textarea").value`
	for _, lang := range []struct{ path, part, theme, kind, height string }{
		{"/eight-calls/", "الجزء", "المظهر", "نوع", "الارتفاع"},
		{"/eight-calls/en/", "Part", "Theme", "Kind", "Height"},
	} {
		t.Run(lang.path, func(t *testing.T) {
			t.Parallel()
			var pasted string // the host's page
			host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				fmt.Fprintf(w, "<!doctype html><title>host</title><link rel=icon href=data:,><body>%s", pasted)
			}))
			defer host.Close()
			p := browser.Open(t, server.URL+lang.path+"?wasm=off", webtest.Size(360, 740))
			p.Click(`.axis .tall a[href="#call-3"]`)
			p.Until(visible("call-3"))
			p.Eval(`document.querySelector("[data-dialog]").focus()`, nil)
			p.Type("\r")
			p.Until(`document.querySelector("dialog")?.open`)
			p.True(`document.querySelector("dialog input").value === "` + server.URL + lang.path + `call/3/"`)
			p.True(`(r => r.left >= 0 && r.right <= 360)(document.querySelector("dialog").getBoundingClientRect()) && document.querySelector("dialog").scrollWidth <= document.querySelector("dialog").clientWidth`)
			p.Eval(`(`+set+`)("`+lang.part+`", "embed/calls/")`, nil)
			p.Eval(`(`+set+`)("`+lang.theme+`", "dark")`, nil)
			p.Until(code + `.includes('data-call="3"') && ` + code + `.includes('data-theme="dark"')`)
			p.Until(`document.querySelector("dialog iframe").contentDocument?.querySelector("#call-3[aria-current]") && document.querySelector("dialog iframe").contentDocument.documentElement.dataset.theme === "dark"`)
			for _, kind := range []string{"loader", "frame"} {
				p.Eval(`(`+set+`)("`+lang.kind+`", "`+kind+`")`, nil)
				p.Eval(`(`+set+`)("`+lang.height+`", "900")`, nil)
				pasted = p.Text(code)
				h := browser.Open(t, host.URL, webtest.Size(360, 740), webtest.Before(spy))
				h.Until(`window.child && child.call === "3" && child.theme === "dark" && child.client === "still"`)
				h.Until(`child.frame === 900 && document.querySelector("iframe").title.length > 5`)
				h.Quiet()
				h.Close()
			}
			p.Eval(`(`+set+`)("`+lang.kind+`", "wordpress")`, nil)
			p.Until(code + ` === "` + server.URL + lang.path + `call/3/"`)
			p.Eval(`(`+set+`)("`+lang.kind+`", "amp")`, nil)
			p.Until(code + `.startsWith("<amp-iframe src=") && ` + code + `.includes("overflow")`)
			p.Click(`dialog .copy button`)
			p.Until(`document.querySelector("dialog output").textContent`)
			p.Type("\x1b")
			p.Until(`!document.querySelector("dialog").open && document.activeElement.matches("[data-dialog]")`)
			p.True(visible("call-3"))
			p.Quiet()
		})
	}
}

// The demo page shows an explainer that links in the text control, and a second one.
func TestDemoPage(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, path := range []string{"/demo/", "/demo/en/"} {
		for _, width := range []int64{360, 1280} {
			p := browser.Open(t, server.URL+path, webtest.Size(width, 900), webtest.Before(spy+shiftsObserved))
			p.Until(`window.Sharh?.frame("explainer") && document.getElementById("heard").textContent.startsWith("sharh:ready")`)
			p.Eval(`document.querySelector('[data-sharh-select="call-3"]').click()`, nil)
			p.Until(`document.getElementById("heard").textContent === "sharh:select call-3" && Sharh.frame("explainer").contentDocument.getElementById("sharh").dataset.call === "3"`)
			p.True(`location.pathname === "` + path + `" && document.documentElement.scrollWidth <= ` + strconv.FormatInt(width, 10))
			p.True(`shifts.length === 0`)
			p.Quiet()
			p.Close()
		}
		p := browser.Open(t, server.URL+path, webtest.NoScripts())
		p.Click(`a.sharh-embed`)
		p.Until(`location.pathname.endsWith("/embed/")`)
	}
}

// Ten thousand messages of every kind from the host page to the frame, and as many from the frame to the loader,
// change nothing and break nothing.
func TestMessagesThatMeanNothing(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	hosts := newsroom(t, server.URL, "/eight-calls/embed/")
	const random = `(() => {
		let seed = 7;
		const next = n => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
		const words = ["sharh", "select", "hello", "theme", "item", "call-3", "call-99", "call-", "actor-<img src=x onerror=alert(1)>", "view-../..", "dark", "auto ", "ready", "height", "secret",
			"amp", "sentinel", "frames-init", "embed-size", "type", "message", "value", "pymxPYMx", "xPYMx", "width", "[iFrameSizer]", ":", "true", "null", "__proto__", "constructor", "toString", "\u200f", "", "🜂"];
		const word = () => words[next(words.length)];
		const value = depth => [word, () => next(1e6) - 5e5, () => null, () => NaN, () => Infinity, () => [word(), value(depth - 1)], () => word() + word() + word(), () => object(depth - 1)][next(depth > 0 ? 8 : 5)]();
		const object = depth => {
			const o = {};
			for (let i = next(5); i >= 0; i--) Object.defineProperty(o, word(), {value: value(depth), enumerable: true, configurable: true});
			return o;
		};
		const means = m => m && typeof m === "object" && (["select", "theme", "hello", "ready", "open", "error"].includes(m.sharh) || m.type === "embed-size");
		return () => {
			for (;;) {
				const m = next(2) ? object(2) : value(2);
				// What would be a message of ours, or make the frame one of iframe-resizer's, is another test's.
				if (!means(m) && !(typeof m === "string" && /^\[iFrameSizer\][^:]*:[^:]*:(true|false)$/.test(m))) return m;
			}
		};
	})()`
	p := webtest.Start(t).Open(t, hosts.URL+"/rtl.html", webtest.Size(360, 740), webtest.Before(spy+`
		window.alert = () => { console.error("a message was run as a script"); };
		if (parent !== window) addEventListener("message", ({data}) => {
			if (data !== "flood") return;
			const message = `+random+`;
			for (let i = 0; i < 10000; i++) parent.postMessage(message(), "*");
			parent.postMessage({flooded: 1}, "*");
		}); else {
			window.heard = [];
			addEventListener("message", ({data}) => { if (data && data.flooded) window.flooded = 1; });
			for (const name of ["ready", "select", "open", "error"]) addEventListener("sharh:" + name, e => heard.push(name));
		}`))
	p.Until(fits + ` && heard.includes("ready")`)
	p.Eval(`(() => {
		const message = `+random+`;
		for (let i = 0; i < 10000; i++) childWindow.postMessage(message(), "*");
		childWindow.postMessage("flood", "*");
	})()`, nil)
	p.Until(`window.flooded`)
	p.Until(fits + ` && child.call === "" && child.actor === "" && child.tab === "" && child.theme === ""`)
	p.True(`heard.join() === "ready" && document.querySelector("iframe").style.height === "760px"`)
	// After that the frame still obeys valid messages, but only from its parent.
	p.Eval(`Sharh.select("", "call-3")`, nil)
	p.Until(`child.call === "3" && child.font && ` + fits)
	height := p.Text(`document.querySelector("iframe").style.height`)
	p.Eval(`(() => {
		const other = document.createElement("iframe");
		document.body.append(other);
		other.contentWindow.eval('parent.frames[0].postMessage({sharh: "select", item: "call-5"}, "*"); parent.postMessage({sentinel: "amp", type: "embed-size", height: 3333}, "*")');
		childWindow.postMessage({sharh: "theme", theme: "dark"}, "*");
	})()`, nil)
	p.Until(`child.theme === "dark"`)
	p.True(`child.call === "3" && document.querySelector("iframe").style.height === "` + height + `"`)
	p.Quiet()
}
