package card

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// svg is the content of an SVG file.
type svg struct {
	body, letters strings.Builder
	known         map[glyph]string // ids of letters that are defined
}

func newSVG() *svg { return &svg{known: map[glyph]string{}} }

func (w *svg) fill(s shape, col color.Color) {
	fmt.Fprintf(&w.body, `<path d="%s" fill="%s"/>`+"\n", data(s, 1, true), hexOf(col))
}

func (w *svg) stroke(s shape, p pen) {
	fmt.Fprintf(&w.body, `<path d="%s" fill="none" stroke="%s" stroke-width="%s"`,
		data(s, 1, p.closed), hexOf(p.col), number(p.width))
	if len(p.dash) > 0 {
		var lengths []string
		for _, length := range p.dash {
			lengths = append(lengths, number(length))
		}
		fmt.Fprintf(&w.body, ` stroke-dasharray="%s"`, strings.Join(lengths, " "))
	}
	if p.round {
		w.body.WriteString(` stroke-linecap="round"`)
	}
	w.body.WriteString("/>\n")
}

// text writes a line as outlines. Each letter is defined once, in the units of its font, and then used by reference. A
// line with letters that our fonts lack stays text, for the fonts of whoever opens the picture.
func (w *svg) text(l laid, x, y float64, col color.Color) {
	if !l.complete() {
		fmt.Fprintf(&w.body, `<text x="%s" y="%s" font-size="%s" font-family="sans-serif" text-anchor="middle" `+
			`fill="%s">%s</text>`+"\n", number(x+l.width/2), number(y), number(l.size), hexOf(col), escaped(clean(l.words)))
		return
	}
	var of *font.Face
	l.letters(x, y, func(letter letter) {
		id := w.letter(letter)
		if id == "" {
			return // a space
		}
		k := l.size / float64(letter.face.Upem())
		if of != letter.face {
			if of != nil {
				w.body.WriteString("</g>\n")
			}
			of = letter.face
			fmt.Fprintf(&w.body, `<g transform="translate(%s %s) scale(%s)" fill="%s">`,
				number(x), number(y), strconv.FormatFloat(k, 'g', 4, 64), hexOf(col))
		}
		place := func(name string, from, to float64) {
			if n := math.Round((to - from) / k); n != 0 {
				fmt.Fprintf(&w.body, ` %s="%.0f"`, name, n)
			}
		}
		fmt.Fprintf(&w.body, `<use xlink:href="#%s"`, id)
		place("x", x, letter.x)
		place("y", y, letter.y)
		w.body.WriteString("/>")
	})
	if of != nil {
		w.body.WriteString("</g>\n")
	}
}

// letter returns the id of a letter's definition, which it adds if it is new; "" for a letter without an outline.
func (w *svg) letter(l letter) string {
	of := glyph{l.face.Font, l.glyph}
	if id, ok := w.known[of]; ok {
		return id
	}
	outline := l.contour()
	if len(outline.shape) == 0 {
		w.known[of] = ""
		return ""
	}
	id := "l" + strconv.Itoa(len(w.known))
	w.known[of] = id
	fmt.Fprintf(&w.letters, `<path id="%s" d="%s"/>`+"\n", id, outline.data())
	return id
}

// document writes the file.
func (w *svg) document(p Picture, width, height float64) []byte {
	var b strings.Builder
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="%s" `+
		`width="%s" height="%s" viewBox="0 0 %[2]s %[3]s" role="img" aria-labelledby="title" aria-describedby="desc">`+"\n",
		escaped(p.Lang), number(width), number(height))
	fmt.Fprintf(&b, `<title id="title">%s</title>`+"\n", escaped(clean(p.Title+" · "+p.Above)))
	fmt.Fprintf(&b, `<desc id="desc">%s</desc>`+"\n", escaped(clean(strings.Join(append(p.Sentences, p.Source), " · "))))
	b.WriteString("<defs>\n" + w.letters.String() + "</defs>\n" + w.body.String() + "</svg>\n")
	return []byte(b.String())
}

// escaped writes a text for XML. A character that XML does not allow becomes a replacement character.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder always writes
	return b.String()
}

func hexOf(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// number writes a length with at most two decimals.
func number(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// data is the shape as path data, relative to what comes before. up is 1, or -1 to turn it upside down. If closed is
// set, each subpath is closed.
func data(s shape, up float64, closed bool) string {
	var b strings.Builder
	var at, start vec // as they were written
	write := func(command byte, segment opentype.Segment, points int) {
		b.WriteByte(command)
		last := at
		for i := range points {
			p := segment.Args[i]
			x, y := math.Round(float64(p.X)*100)/100, math.Round(up*float64(p.Y)*100)/100
			for n, v := range []float64{x - at.x, y - at.y} {
				text := number(v)
				if (i > 0 || n > 0) && text[0] != '-' {
					b.WriteByte(' ')
				}
				b.WriteString(text)
			}
			last = vec{x, y}
		}
		at = last
	}
	for i, segment := range s {
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 && closed {
				b.WriteByte('z')
				at = start
			}
			write('m', segment, 1)
			start = at
		case opentype.SegmentOpLineTo:
			write('l', segment, 1)
		case opentype.SegmentOpQuadTo:
			write('q', segment, 2)
		case opentype.SegmentOpCubeTo:
			write('c', segment, 3)
		}
	}
	if closed && len(s) > 0 {
		b.WriteByte('z')
	}
	return b.String()
}
