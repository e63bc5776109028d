package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"sharh/web"
)

// The mark of the product, in a square of 16 units: calls on a time axis, with discs on top of them. They also form
// the letter ش, with its three teeth and three dots. Edges lie on whole units, so that the mark is sharp at 16
// pixels.
var mark = []struct {
	x, y, w, h float64
	disc       bool
	lit        bool
}{
	{x: 2, y: 12, w: 12, h: 2},
	{x: 12, y: 8, w: 2, h: 5}, // overlaps its neighbour, so that no gap shows at sizes in between
	{x: 8, y: 6, w: 2, h: 7},
	{x: 4, y: 9, w: 2, h: 4},
	{x: 11.6, y: 4.6, w: 2.8, h: 2.8, disc: true},
	{x: 7.6, y: 2.6, w: 2.8, h: 2.8, disc: true, lit: true},
	{x: 3.6, y: 5.6, w: 2.8, h: 2.8, disc: true},
}

// mark draws the mark into a square.
func (c canvas) mark(x, y, side float64, col, lit color.Color) {
	k := side / 16
	for _, m := range mark {
		r, col := 0.0, col
		if m.disc {
			r = m.w / 2
		}
		if m.lit {
			col = lit
		}
		c.fill(round(x+m.x*k, y+m.y*k, m.w*k, m.h*k, r*k), col)
	}
}

// icon describes one of the files in web/icons.
type icon struct {
	name   string
	side   int     // in pixels
	corner float64 // radius of the corners of the ground, as a part of the side; outside it the icon is transparent
	size   float64 // side of the mark, as a part of the side
	clear  bool    // without a ground
}

var icons = []icon{
	{name: "icon.svg", side: 16, corner: 3.0 / 16, size: 1},
	{name: "icon-96.png", side: 96, corner: 3.0 / 16, size: 1}, // for shortcuts
	{name: "icon-192.png", side: 192, corner: 3.0 / 16, size: 0.92},
	{name: "icon-512.png", side: 512, corner: 3.0 / 16, size: 0.92},
	{name: "apple-touch-180.png", side: 180, size: 0.8}, // iOS rounds the corners itself
	{name: "maskable-512.png", side: 512, size: 0.66},   // inside the circle of four fifths, which no mask cuts
	{name: "monochrome.svg", side: 16, size: 1, clear: true},
	{name: "monochrome-512.png", side: 512, size: 0.92, clear: true}, // the system colours it
}

// Icons draws the files of web/icons, by name.
func Icons() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, i := range icons {
		if strings.HasSuffix(i.name, ".svg") {
			files[i.name] = i.svg()
			continue
		}
		var b bytes.Buffer
		e := png.Encoder{CompressionLevel: png.BestCompression}
		if err := e.Encode(&b, i.draw()); err != nil {
			return nil, fmt.Errorf("drawing %s: %w", i.name, err)
		}
		files[i.name] = b.Bytes()
	}
	return files, nil
}

// colours are the colours of an icon: those of a light page with light and dark swapped, and the red of a dark page.
func colours() (ground, mark, lit color.RGBA) {
	light, dark := web.Palette()
	page := parseTints(light)
	return page["ink"], page["paper"], parseTints(dark)["red"]
}

func (i icon) draw() image.Image {
	side := float64(i.side)
	c := newCanvas(i.side, i.side, color.Transparent)
	at, size := side*(1-i.size)/2, side*i.size
	if i.clear {
		c.mark(at, at, size, color.Black, color.Black)
		return c
	}
	ground, col, lit := colours()
	c.fill(round(0, 0, side, side, i.corner*side), ground)
	c.mark(at, at, size, col, lit)
	return c
}

func (i icon) svg() []byte {
	var b strings.Builder
	write := func(col color.RGBA, x, y, w, h, r float64) {
		if w == 2*r {
			fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="%s"`, number(x+r), number(y+r), number(r))
		} else {
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s"`, number(x), number(y), number(w), number(h))
			if r > 0 {
				fmt.Fprintf(&b, ` rx="%s"`, number(r))
			}
		}
		if !i.clear {
			fmt.Fprintf(&b, ` fill="%s"`, hexOf(col))
		}
		b.WriteString("/>")
	}
	ground, plain, lit := colours()
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">`)
	if !i.clear {
		write(ground, 0, 0, 16, 16, i.corner*16)
	}
	for _, m := range mark {
		r, col := 0.0, plain
		if m.disc {
			r = m.w / 2
		}
		if m.lit {
			col = lit
		}
		write(col, m.x, m.y, m.w, m.h, r)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}
