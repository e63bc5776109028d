package main

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"sharh/web/webtest"
)

// figureProblems is what cannot be read well in the figures of a page.
const figureProblems = `(async () => {
	await document.fonts.ready;
	const problems = [];
	for (const figure of document.querySelectorAll("#timeline figure.axis, #map figure")) {
		const svg = [...figure.querySelectorAll(":scope > svg, .core > svg, .scene > svg")].filter(e => e.getClientRects().length);
		svg[0]?.scrollIntoView();
		await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
		if (svg.length !== 1) { problems.push(svg.length + " drawings are shown"); continue; }
		const scale = svg[0].getBoundingClientRect().width / svg[0].viewBox.baseVal.width;
		const boxes = [...svg[0].querySelectorAll("text")].map(e => ({text: e.textContent, r: e.getBoundingClientRect(), e}));
		for (const b of boxes) {
			const size = parseFloat(getComputedStyle(b.e).fontSize) * scale;
			if (size < 9.5) problems.push(b.text + " is " + size.toFixed(1) + " px high");
			if (b.r.left < -1 || b.r.right > document.documentElement.clientWidth + 1) problems.push(b.text + " is cut off");
		}
		const actors = [...svg[0].querySelectorAll(".node > :first-child")].map(e => ({text: "the actor " + e.parentElement.textContent, r: e.getBoundingClientRect(), node: e.parentElement}));
		const all = [...boxes.filter(b => !b.e.closest(".node")), ...actors];
		for (let i = 0; i < all.length; i++) for (let j = 0; j < i; j++) {
			const a = all[i].r, b = all[j].r;
			const line = all[i].e; // of a label of several, which may be close
			if (line && line.previousElementSibling === all[j].e && line.closest(".rl") && line.getAttribute("x") === all[j].e.getAttribute("x")) continue;
			const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			// A line of text is higher than its letters: boxes may touch by a little.
			if (x > 2 && y > Math.min(a.height, b.height) * .25) problems.push(all[i].text + " covers " + all[j].text + " by " + x.toFixed(0) + "x" + y.toFixed(0));
		}
		for (const n of actors) {
			const t = n.node.querySelector("text").getBoundingClientRect();
			if (t.left < n.r.left || t.right > n.r.right) problems.push(n.text + " is wider than its frame");
		}
	}
	// The figure has the events in the order of the list, however many a mark stands for.
	const place = new Map([...document.querySelectorAll("#events .event")].map((e, i) => ["#" + e.id, i]));
	for (const kind of ["", ".era"]) {
		const marks = [...document.querySelectorAll("#timeline .axis > svg")].filter(e => e.getClientRects().length)
			.flatMap(e => [...e.querySelectorAll("a.ev" + (kind || ":not(.era)"))]).map(a => a.getAttribute("href"));
		const out = marks.find((m, i) => !place.has(m) || i && place.get(marks[i - 1]) >= place.get(m));
		if (out) problems.push("the mark " + out + " is not where the list has it");
	}
	if (document.documentElement.scrollWidth > innerWidth) problems.push("the page scrolls sideways");
	return problems;
})()`

// stillProblems is what cannot be read well in the figures of the steps, in cards as they are on a phone.
const stillProblems = `(() => {
	const problems = [];
	for (const svg of document.querySelectorAll(".step .still svg")) {
		const name = svg.closest(".step").querySelector(".kick").textContent + ": ";
		const scale = svg.getScreenCTM().a, frame = svg.getBoundingClientRect();
		const texts = [...svg.querySelectorAll("text")].map(e => ({e, said: e.textContent, r: e.getBoundingClientRect()}));
		for (const t of texts) {
			const size = parseFloat(getComputedStyle(t.e).fontSize) * scale;
			if (size < 11) problems.push(name + t.said + " is " + size.toFixed(1) + " px high");
			// The corners of a pointed box are cut by 7.
			const box = t.e.closest(".node")?.firstElementChild, cut = box?.tagName === "path" ? 7 * scale : 0;
			const r = box?.getBoundingClientRect();
			if (r && (t.r.left < r.left + cut || t.r.right > r.right - cut)) problems.push(name + t.said + " touches its frame");
			for (const o of texts) {
				const x = Math.min(t.r.right, o.r.right) - Math.max(t.r.left, o.r.left), y = Math.min(t.r.bottom, o.r.bottom) - Math.max(t.r.top, o.r.top);
				if (o.e !== t.e && x > 2 && y > t.r.height * .4) problems.push(name + t.said + " covers " + o.said);
			}
		}
		const drawn = [...svg.querySelectorAll("path, rect, text, circle, line")].filter(e => e.getBBox().height || e.getBBox().width).map(e => e.getBoundingClientRect());
		const above = Math.min(...drawn.map(r => r.top)) - frame.top, below = frame.bottom - Math.max(...drawn.map(r => r.bottom));
		if (above > 24 || below > 8) problems.push(name + above.toFixed(0) + " px are blank above the drawing and " + below.toFixed(0) + " below");
	}
	return problems;
})()`

// On a phone the figures of steps have texts of 11 pixels and no blank room, in the page's fonts and in a wide font of
// the reader's own.
func TestFiguresOfStepsAreLegible(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/"} {
		for _, font := range []string{"", "DejaVu Sans"} {
			t.Run(path+" "+font, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, siteServer(t).URL+path+"?wasm=off", webtest.Size(360, 740))
				p.Until(`document.documentElement.dataset.client === "off"`)
				if font != "" {
					p.Eval(`void document.documentElement.style.setProperty("--ui", "'`+font+`'")`, nil)
				}
				p.Until(`document.querySelector(".step .still svg")`)
				var problems []string
				p.Eval(stillProblems, &problems)
				for _, x := range problems {
					t.Error(x)
				}
				p.Quiet()
			})
		}
	}
}

// At every width and in every language, the labels of a figure do not overlap each other or an actor, are not cut
// off, and are large enough to read.
func TestFiguresAreLegible(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	check := func(server *httptest.Server, path string, widths ...int64) {
		for _, width := range widths {
			t.Run(fmt.Sprint(path, " at ", width), func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, server.URL+path+"?wasm=off", webtest.Size(width, 900))
				p.Until(`document.documentElement.dataset.client === "off"`)
				var problems []string
				p.Eval(figureProblems, &problems)
				for _, x := range problems {
					t.Error(x)
				}
				p.Quiet()
			})
		}
	}
	for _, path := range []string{"/eight-calls/", "/eight-calls/en/"} {
		check(siteServer(t), path, 320, 360, 768, 1024, 1280)
	}
	for _, path := range samples {
		check(samplesServer(t), path, 360, 1280)
	}
}
