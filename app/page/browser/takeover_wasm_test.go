//go:build js && wasm

package browser

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// recording stores every call of a node's method in window.calls, until stopRecording().
const recording = `
	window.calls = [];
	const named = x => x instanceof Node ? x.nodeName.replace("#", "").toLowerCase() : typeof x === "function" ? "function" : String(x);
	const methods = [];
	for (const of of [EventTarget, Node, Element, Document].map(x => x.prototype)) {
		for (const [name, own] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
			if (name === "constructor" || typeof own.value !== "function") continue;
			methods.push([of, name, own.value]);
			of[name] = function (...args) {
				if (this instanceof Node) calls.push(named(this) + "." + name + "(" + args.map(named).join(", ") + ")");
				return own.value.apply(this, args);
			};
		}
	}
	window.stopRecording = () => { for (const [of, name, value] of methods) of[name] = value; };`

// tree has every sort of node that a page has: elements with attributes and listeners, a component, SVG, an element
// without an end tag.
type tree struct {
	app.Compo

	chosen  bool
	mounted chan app.Context
}

func (c *tree) OnMount(ctx app.Context) { c.mounted <- ctx }

func (c *tree) Render() app.UI {
	section := app.Elem("section").Body(app.Elem("b"))
	if c.chosen {
		section.Attr("aria-current", "true")
	}
	const svg = "http://www.w3.org/2000/svg"
	return app.Elem("main").Attr("id", "m").On("click", func(app.Context, app.Event) {}).Body(
		section,
		&branch{},
		app.Elem("svg").XMLNS(svg).Body(app.Elem("g").XMLNS(svg)),
		app.ElemSelfClosing("input"),
	)
}

type branch struct{ app.Compo }

func (*branch) OnInit() { _, _ = call("initialised") }

func (*branch) Render() app.UI { return app.Elem("article").Body(app.Elem("i")) }

// takeover.js relies on the calls that go-app makes to mount a page, and on their order.
func TestGoAppMountsInTheOrderOfThePage(t *testing.T) {
	eval(t, `document.body.prepend(document.createElement("div"))`)
	eval(t, `window.address = location.href, history.replaceState(null, "", "#m")`)
	eval(t, `sharh.initialised = () => { calls.push("branch.OnInit"); }`)
	eval(t, recording)
	defer eval(t, `stopRecording(), document.getElementById("m")?.remove(), history.replaceState(null, "", address)`)
	compare := func(of string, want ...string) {
		t.Helper()
		got := strings.Split(text(eval(t, `calls.splice(0).join("\n")`), nil), "\n")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf(`%s: go-app calls other methods of the page, or in another order, than the version that web/takeover.js was
written for (section 3: waiting, nextElement, replaceMethods). Compare nodeManager in go-app's node.go and Load and Navigate in its engine.go
of both versions, and think through whether each element is still made once, in the order of the page, and put in its place by
appendChild or replaceChild alone (-want +got):
%s`, of, diff)
		}
	}

	c := &tree{mounted: make(chan app.Context)}
	app.Route("/", func() app.Composer { return c })
	go app.RunWhenOnBrowser()
	ctx := <-c.mounted
	rendered := make(chan bool)
	ctx.Defer(func(app.Context) { rendered <- true })
	<-rendered
	compare("mounting",
		"document.createElement(main)", "main.setAttribute(id, m)", "main.addEventListener(click, function)",
		"document.createElement(section)", "document.createElement(b)", "section.appendChild(b)", "main.appendChild(section)",
		"branch.OnInit",
		"document.createElement(article)", "document.createElement(i)", "article.appendChild(i)", "main.appendChild(article)",
		"document.createElementNS(http://www.w3.org/2000/svg, svg)", "document.createElementNS(http://www.w3.org/2000/svg, g)",
		"svg.appendChild(g)", "main.appendChild(svg)",
		"document.createElement(input)", "main.appendChild(input)",
		"body.replaceChild(main, div)",
		// go-app scrolls to the fragment of the address; sharh.adopt prevents this.
		"document.getElementById(m)", "main.scrollIntoView()",
	)

	// Once the page is mounted, a choice creates and moves no elements.
	for _, choice := range []struct {
		chosen bool
		want   string
	}{{true, "section.setAttribute(aria-current, true)"}, {false, "section.removeAttribute(aria-current)"}} {
		ctx.Dispatch(func(ctx app.Context) {
			c.chosen = choice.chosen
			ctx.Defer(func(app.Context) { rendered <- true })
		})
		<-rendered
		compare("updating", choice.want)
	}
}

// form is the component on the page of these tests.
type form struct {
	app.Compo

	heard   func(string)
	mounted chan app.Context
}

func (f *form) OnMount(ctx app.Context) { f.mounted <- ctx }

func (f *form) Render() app.UI {
	return app.Elem("main").Body(app.Elem("form").On("submit", PreventDefault).Body(
		app.ElemSelfClosing("input").On("input", Field("field", f.heard))))
}

// A small page is taken over, and its events are heard until it ends.
func TestTakeOver(t *testing.T) {
	f := &form{heard: func(string) {}, mounted: make(chan app.Context)}
	typed := make(chan string, 10)
	f.heard = func(v string) { typed <- v }
	app.Route("/", func() app.Composer { return f })
	eval(t, `window.before = [...document.querySelectorAll("#sharh,#sharh *")]`)
	eval(t, `window.foreign = document.getElementById("foreign")`)
	if err := Adopt(); err != nil {
		t.Fatal(err)
	}
	go app.RunWhenOnBrowser()
	<-f.mounted

	var heard []string
	stop, err := Live(func(verb, a, b string) { heard = append(heard, verb+" "+a+" "+b) })
	if err != nil {
		t.Fatal(err)
	}
	want(t, `document.documentElement.dataset.client`, "live")
	want(t, `document.documentElement.dataset.adopted`, "3")
	want(t, `[...document.querySelectorAll("#sharh,#sharh *")].every((e, i) => e === before[i])`, "true")
	want(t, `document.body.firstElementChild === foreign && foreign.isConnected`, "true")
	want(t, `Object.hasOwn(document, "createElement") || document.createElement("i").isConnected`, "false")

	t.Run("what is typed is heard", func(t *testing.T) {
		eval(t, `field.value = "غزة", field.dispatchEvent(new Event("input", {bubbles: true}))`)
		if got := <-typed; got != "غزة" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a form is not sent", func(t *testing.T) {
		want(t, `document.getElementById("form").dispatchEvent(new Event("submit", {cancelable: true}))`, "false")
	})
	t.Run("a field that is gone is not heard", func(t *testing.T) {
		eval(t, `window.kept = field, kept.removeAttribute("id"), kept.dispatchEvent(new Event("input")), kept.id = "field"`)
		eval(t, `kept.value = "next", kept.dispatchEvent(new Event("input"))`)
		if got := <-typed; got != "next" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("the page's scripts are heard, until it ends", func(t *testing.T) {
		eval(t, `sharh.clear()`)
		State("?q=c+d")
		eval(t, `dispatchEvent(new Event("pointerdown"))`) // before what the reader does next, the address is written
		want(t, `location.search`, "?q=c+d&wasm=now&mark=a+b")
		stop()
		want(t, `sharh.ear`, "null")
		eval(t, `sharh.clear()`)
		if got := strings.Join(heard, "; "); got != "clear  " {
			t.Errorf("heard %q", got)
		}
	})
	t.Run("a page that is not the one that was mounted is refused", func(t *testing.T) {
		eval(t, `document.getElementById("form").append(Object.assign(document.createElement("b"), {id: "more"}))`)
		eval(t, `document.getElementById("more").dataset.go = "1"`)
		if err := Adopt(); err != nil {
			t.Fatal(err)
		}
		if _, err := Live(func(string, string, string) {}); !errors.Is(err, ErrThrown) || !strings.Contains(err.Error(), "more than Go expects") {
			t.Errorf("got %v, want ErrThrown that says that there is more than Go expects", err)
		}
	})
	t.Run("who fails gives the page back", func(t *testing.T) {
		Fail(errors.New("the test is over"))
		want(t, `document.documentElement.dataset.client`, "off")
		want(t, `document.getElementById("more")`, "null") // the page is restored as it was before Go
		want(t, `document.getElementById("sharh") === before[0]`, "false")
	})
}
