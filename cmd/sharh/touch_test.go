package main

import (
	"fmt"
	"testing"

	"sharh/web/webtest"
)

// touchable looks, in each figure that is shown, at every point of a grid over what is drawn of each item: it must hit
// the item that is seen there, which is the last one drawn. And each item answers in a square of 24 pixels.
const touchable = `(async () => {
	await document.fonts.ready;
	const problems = [], step = 4, side = 24;
	const figures = [...document.querySelectorAll("svg[role=group]")].filter(e => e.getClientRects().length);
	const hit = (x, y) => document.elementFromPoint(x, y)?.closest("a");
	for (const figure of figures) {
		const kind = figure.getAttribute("class"), links = [...figure.querySelectorAll("a")];
		let points = 0, wrong = 0;
		for (const a of links) {
			a.scrollIntoView({block: "center"});
			const name = a => kind + " " + a?.getAttribute("href");
			const shapes = links.flatMap(a => [...a.children].filter(e => !e.matches(".touch,line")).map(e => {
				const r = e.getBoundingClientRect();
				// Of a text the middle of its line: letters do not fill it.
				return e.localName === "text" ? {a, r: new DOMRect(r.x, r.y + r.height / 4, r.width, r.height / 2)} : {a, r, e, to: e.getScreenCTM().inverse()};
			}));
			const has = ({r, e, to}, x, y) => x > r.left && x < r.right && y > r.top && y < r.bottom && (!e || e.isPointInFill(new DOMPoint(x, y).matrixTransform(to)));
			const seen = (x, y) => shapes.findLast(s => has(s, x, y))?.a;
			// A browser hits whole pixels: edges are passed over.
			const edge = (x, y, a) => [[-1, 0], [1, 0], [0, -1], [0, 1]].some(([dx, dy]) => seen(x + dx, y + dy) !== a);
			for (const s of shapes) if (s.a === a) {
				for (let x = Math.ceil(s.r.left); x < s.r.right; x += step) for (let y = Math.ceil(s.r.top); y < s.r.bottom; y += step) {
					if (y < 0 || y >= innerHeight || !has(s, x, y)) continue;
					const want = seen(x, y), got = hit(x, y);
					points++;
					if (got !== want && !edge(x, y, want) && !wrong++) problems.push("at " + x + ", " + y + " " + name(want) + " is seen and " + name(got) + " hit");
				}
			}
			// A square within one of its shapes or areas, or around the middle of one, of which each third pixel hits the item.
			const along = [0, 3, 6, 9, 12, 15, 18, 21, side - 1];
			const square = (x, y) => along.every(i => along.every(j => hit(x + i, y + j) === a));
			const found = [...a.children].map(e => e.getBoundingClientRect()).some(r => {
				for (let x = Math.ceil(Math.min(r.left, r.left + r.width / 2 - side / 2)); x + side - 1 <= r.right || x < r.left + 1; x++)
					for (let y = Math.ceil(Math.min(r.top, r.top + r.height / 2 - side / 2)); y + side - 1 <= r.bottom || y < r.top + 1; y++)
						if (square(x, y)) return true;
				return false;
			});
			if (!found) problems.push(name(a) + " answers in no square of 24 pixels");
		}
		if (!links.length || points < 8 * links.length) problems.push(kind + ": only " + points + " points over " + links.length + " items");
		if (wrong > 1) problems.push(kind + ": " + wrong + " points in all");
	}
	return {problems, figures: figures.map(e => e.getAttribute("class"))};
})()`

// On every figure and at every size, a touch opens the item that it touches.
func TestWhatIsTouchedOpens(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, lang := range []string{"", "en/"} {
		for _, c := range []struct {
			path, narrow, wide string
			widths             []int64
		}{
			{"", "[tall narrow]", "[wide wide]", []int64{320, 360, 961, 1280}},
			{"embed/calls/", "[strip]", "[strip]", []int64{320, 360, 1280}},
			{"embed/map/", "[small]", "[wide]", []int64{320, 360, 1280}},
			{"call/3/", "[tall]", "[wide]", []int64{320, 1280}},
		} {
			for _, width := range c.widths {
				t.Run(fmt.Sprint("/", lang, c.path, " at ", width), func(t *testing.T) {
					p := browser.Open(t, server.URL+"/eight-calls/"+lang+c.path+"?wasm=off", webtest.Size(width, 900))
					p.Until(`document.readyState === "complete"`)
					var got struct{ Problems, Figures []string }
					p.Eval(touchable, &got)
					for _, x := range got.Problems {
						t.Error(x)
					}
					want := c.narrow
					if width > 960 {
						want = c.wide
					}
					if s := fmt.Sprint(got.Figures); s != want {
						t.Errorf("got figures %s, want %s", s, want)
					}
				})
			}
		}
	}
}

// Browsers of phones zoom into a field whose letters are smaller than 16 pixels, and stay there.
func TestFieldsAreLargeUnderAFinger(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	const small = `[...document.querySelectorAll("input:not([type=checkbox]),select,textarea")]
		.map(e => (e.id || e.localName) + " " + getComputedStyle(e).fontSize).filter(s => parseFloat(s.split(" ")[1]) < 16).join()`
	for _, lang := range []string{"", "en/"} {
		for _, path := range []string{"", "embed/map/"} {
			p := browser.Open(t, server.URL+"/eight-calls/"+lang+path+"?wasm=off", touch)
			p.Until(`document.readyState === "complete" && matchMedia("(pointer:coarse)").matches`)
			p.True(`document.querySelectorAll("input,select").length > 0`)
			if s := p.Text(small); s != "" {
				t.Errorf("/%s%s: got %s, want 16px at least", lang, path, s)
			}
			p.True(`document.documentElement.scrollWidth <= innerWidth`)
			if path == "" {
				p.Eval(`document.querySelector("[data-dialog]").click()`, nil)
				p.Until(`!!document.querySelector("dialog[open] textarea")?.getClientRects().length`)
				if s := p.Text(small); s != "" {
					t.Errorf("/%s, dialog of sharing: got %s, want 16px at least", lang, s)
				}
			}
		}
	}
}
