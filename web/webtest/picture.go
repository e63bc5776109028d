package webtest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// still makes pictures of a page repeatable: its own fonts, which a first visit may do without, are loaded;
// everything is laid out; no scroll bar takes up space.
const still = `(async () => {
	const rules = [...document.styleSheets].flatMap(s => [...s.cssRules]);
	const faces = rules.concat(rules.flatMap(r => [...(r.cssRules || [])])).filter(r => r instanceof CSSFontFaceRule);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("*{caret-color:transparent!important}html{scrollbar-width:none}" +
		faces.map(f => f.cssText.replace("optional", "block")).join(""));
	document.adoptedStyleSheets.push(sheet);
	await Promise.all([...document.fonts].map(f => f.load()));
	await document.fonts.ready;
	for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
})()`

// Picture takes a picture of the first element that matches the selector, across the whole width of the window and
// at most height pixels high, with the page's own fonts.
func (p *Page) Picture(selector string, height float64) image.Image {
	p.t.Helper()
	p.Eval(still, nil)
	var at struct{ Y, Width, Height float64 }
	p.Eval(`(() => {
		const r = document.querySelector(`+quote(selector)+`).getBoundingClientRect();
		return {Y: Math.round(r.top + scrollY), Width: innerWidth, Height: Math.round(r.height)};
	})()`, &at)
	clip := page.Viewport{Y: at.Y, Width: at.Width, Height: min(at.Height, height), Scale: 1}
	w, ok := p.w.(*chromiumWindow)
	if !ok {
		p.t.Fatal("only Chromium takes pictures that can be compared")
	}
	shot, err := do(w, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		r, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Clip: &clip, CaptureBeyondViewport: new(true),
		})
		if err != nil {
			return nil, err
		}
		return r.Data, nil
	})
	p.did("taking a picture of "+selector, err)
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		p.t.Fatalf("taking a picture of %s: %v", selector, err)
	}
	return img
}

// Shrink makes a picture four times smaller in both directions; each pixel is the mean of sixteen. The result shows
// blocks and lines with their positions and colours, but not how a machine smooths the edges of letters.
func Shrink(img image.Image) *image.NRGBA {
	const by = 4
	b := img.Bounds()
	full := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(full, full.Bounds(), img, b.Min, draw.Src)
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx()/by, b.Dy()/by))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]int
			for i := range by * by {
				o := full.PixOffset(x*by+i%by, y*by+i/by)
				for k := range sum {
					sum[k] += int(full.Pix[o+k])
				}
			}
			// Rounded to steps of 4, which nobody sees and which makes files a third smaller.
			c := func(k int) uint8 { return uint8(min(255, (sum[k]/by/by+2)/4*4)) }
			out.SetNRGBA(x, y, color.NRGBA{c(0), c(1), c(2), 255})
		}
	}
	return out
}

// Allowed differences: how much a channel of a pixel may differ, and what share of the pixels in a tile (16 by 16)
// may differ by more.
const (
	tolerance = 26
	tile      = 16
	tileShare = .07
)

// Compare compares two shrunk pictures. It returns a problem or "", and a grey picture of got with the differences
// in red. One bad tile is enough for a problem, so that a small shift on a long page is found.
func Compare(want, got image.Image) (problem string, marked image.Image) {
	b := got.Bounds()
	out := image.NewNRGBA(b)
	type place struct{ x, y int }
	bad := map[place]int{}
	channels := func(c color.Color) [3]int {
		r, g, b, _ := c.RGBA()
		return [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := channels(got.At(x, y))
			grey := uint8(128 + (c[0]+c[1]+c[2])/6)
			out.SetNRGBA(x, y, color.NRGBA{grey, grey, grey, 255})
			if !(image.Point{x, y}).In(want.Bounds()) {
				continue
			}
			for k, w := range channels(want.At(x, y)) {
				if max(w-c[k], c[k]-w) > tolerance {
					out.SetNRGBA(x, y, color.NRGBA{220, 0, 0, 255})
					bad[place{x / tile, y / tile}]++
					break
				}
			}
		}
	}
	if w := want.Bounds(); w.Dx() != b.Dx() || w.Dy() < b.Dy()-1 || w.Dy() > b.Dy()+1 {
		return fmt.Sprintf("is %d × %d, was %d × %d", b.Dx()*4, b.Dy()*4, w.Dx()*4, w.Dy()*4), out
	}
	worst, where := 0, place{}
	for p, n := range bad {
		if n > worst || n == worst && (p.y < where.y || p.y == where.y && p.x < where.x) {
			worst, where = n, p
		}
	}
	if share := float64(worst) / (tile * tile); share > tileShare {
		return fmt.Sprintf("differs by %.0f %% around x %d, y %d",
			100*share, (where.x*tile+tile/2)*4, (where.y*tile+tile/2)*4), out
	}
	return "", out
}
