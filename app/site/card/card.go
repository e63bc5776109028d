// Package card draws the pictures that stand for a page when it is shared, pictures of the actor map for use elsewhere,
// and the icons of the product.
//
// A [Card] holds the words of a picture and the figure or photo on it. Draw draws it, 1200 by 630 pixels; the same card
// always gives the same bytes. go-text shapes and orders the letters as a browser does (Arabic joining; numbers and
// Latin names inside right-to-left text), with the fonts of the pages.
//
//	c := card.OfCall(doc, 2)
//	data, err := c.Draw() // a PNG; a JPEG if it has a photo
//	c.Key() // changes whenever the picture would change
//
// A [Picture] is a scene of the map with its title, legend and source, as PNG or SVG. Both formats are drawn by the
// same code, on a surface of pixels or of elements; the scene on an actor's card is, too.
package card

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io/fs"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"sharh/app/edition"
	"sharh/app/story"
)

// Width and Height are the size of a card in pixels, as social networks ask for it.
const (
	Width  = 1200
	Height = 630
)

// Card is the content of a picture.
type Card struct {
	Lang, Dir string
	Product   string     // name of the product, small
	Above     string     // the line at the top
	Accent    bool       // draw Above in the accent colour: it is the explainer's kicker
	Disc      string     // number of a call, in a disc
	Kicker    string     // "Third call", "Analyst view"
	Day       string     // shown after the kicker
	Detail    string     // shown under the kicker; for a view: whose reading it is
	Title     string     // drawn as large as there is room for
	Axis      story.Axis // time axis of the calls
	Digits    []string   // the digit of each bar; "" leaves a bar without one
	Shown     int        // index of the highlighted bar; -1 for none
	Scene     *Scene     // an actor's, with others; nil for none
	Tone      string     // of the actor's camp; "" for a card that is not of an actor
	Source    string     // the line at the bottom
	Photo     []byte     // a JPEG of [PhotoWidth] by [PhotoHeight] beside the words; nil for none
	Credit    string     // whose the photo is
	// Colours are the colours of a light page, by the names of their CSS custom properties.
	Colours map[string]string
}

// PhotoWidth and PhotoHeight are the size of the photo on a card.
const (
	PhotoWidth  = 504
	PhotoHeight = Height - bar
	bar         = 12 // height of the bar at the top
)

// With returns the card with a photo, in place of what would be drawn beside or under the words.
func (c Card) With(photo []byte, credit string) Card {
	c.Photo, c.Credit = photo, credit
	c.Scene, c.Axis = nil, story.Axis{}
	return c
}

func of(d *story.Document) Card {
	c := Card{Lang: d.Lang, Dir: d.Dir, Product: "Sharh", Above: d.Title, Shown: -1, Colours: properties(d.Theme)}
	if d.Dir == "rtl" {
		c.Product = "شرح"
	}
	return c
}

// OfExplainer is the card of an explainer.
func OfExplainer(d *story.Document) Card {
	c := of(d)
	c.Above, c.Accent, c.Title = d.Kicker, true, d.Title
	c.Axis = d.Timeline.Wide
	for i, call := range d.Calls {
		c.Digits = append(c.Digits, call.Digit)
		if len(d.Steps) > 0 && d.Steps[0].Call == call.ID {
			c.Shown = i
		}
	}
	return c
}

// OfStep is the card of a step.
func OfStep(d *story.Document, s *story.Step) Card {
	c := of(d)
	c.Kicker, c.Title = s.Name, s.Headline
	var shown []string
	for i, call := range d.Calls {
		if call.ID == s.Call {
			c.Disc, c.Day, c.Detail = call.Digit, call.Day, call.Length
			c.Axis, c.Shown = d.Timeline.Wide, i
		}
	}
	for _, e := range d.Events {
		if e.ID == s.Event {
			shown = append(shown, e.Label, e.Date.Text)
		}
	}
	for _, a := range d.Actors {
		if slices.Contains(s.Actors, a.ID) {
			shown = append(shown, a.Label)
		}
	}
	c.Detail = cmp.Or(c.Detail, strings.Join(shown, " · "))
	return c
}

// OfEvidence is the card of the evidence page.
func OfEvidence(d *story.Document) Card {
	c := of(d)
	c.Kicker, c.Title, c.Detail = d.Words.Evidence, d.Words.Ledger, d.Title
	if len(d.Statements) == 0 {
		c.Title = d.Words.Sources
	}
	return c
}

// OfCall is the card of the call of index i.
func OfCall(d *story.Document, i int) Card {
	c, call := of(d), &d.Calls[i]
	c.Disc, c.Kicker, c.Day, c.Detail, c.Title = call.Digit, call.Name, call.Day, call.Length, call.Short
	c.Axis, c.Shown = d.Timeline.Wide, i
	return c
}

// OfView is the card of a view; whose says who holds that view.
func OfView(d *story.Document, v *story.View, whose string) Card {
	c := of(d)
	c.Kicker, c.Title, c.Detail = d.Words.View, v.Title, whose
	return c
}

// OfActor is the card of the actor of index i. address is that of his page, "" if it is not known.
func OfActor(d *story.Document, i int, address string) Card {
	c, a := of(d), &d.Actors[i]
	c.Title, c.Detail, c.Tone, c.Source = a.Name, a.Role, d.Tone(a.Camp), source(d, address)
	for _, kind := range []string{story.CardScene, story.ActorScene} {
		if s := d.Map.Scene(story.SceneKey(kind, a.ID)); s != nil {
			if len(s.Relations) > 0 {
				c.Scene = sceneOf(d, s, story.Narrow, a.ID)
			}
			break
		}
	}
	return c
}

// Key names the picture. It changes when the card changes, or the code and fonts that draw it.
func (c Card) Key() string { return keyOf(c) }

//go:embed *.go
var sources embed.FS

// self is a hash of everything besides the card that decides what a picture looks like: this package, its fonts, the
// modules that it draws with, and the Go release that writes PNG.
var self = sync.OnceValue(func() string {
	others := []string{runtime.Version(), runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/go-text/typesetting" || m.Path == "golang.org/x/image" {
				others = append(others, m.Path+" "+m.Version)
			}
		}
	}
	return edition.Of([]fs.FS{sources, fontFiles}, others...)
})

const margin = 60.0

// Ext is the ending of the file of the card: ".jpg" if it has a photo, otherwise ".png".
func (c Card) Ext() string {
	if c.Photo != nil {
		return ".jpg"
	}
	return ".png"
}

// Draw draws the card.
func (c Card) Draw() ([]byte, error) {
	s, giveBack := borrowSetter(c.Lang, c.Dir == "rtl")
	defer giveBack()
	e := easels.Get().(*easel)
	defer easels.Put(e)
	tints := parseTints(c.Colours)
	d := drawing{e.canvas, s, tints.inks(), Width - 2*margin}
	if c.Photo == nil {
		e.head(c, d)
	} else if err := d.photo(c); err != nil {
		return nil, err
	}
	palette := d.palette()
	switch {
	case c.Tone != "":
		d.actor(c, tints)
		palette = tints.scenePalette()
	case c.Disc != "":
		d.call(c)
	case c.Kicker != "":
		d.view(c)
	default:
		d.explainer(c)
	}
	if c.Photo != nil {
		return d.jpeg()
	}
	return d.encode(palette)
}

// easel has a canvas for cards, which is used again.
type easel struct {
	canvas
	begun canvas    // a card that has only its head
	of    headWords // of which it is
}

var easels = sync.Pool{New: func() any { return &easel{canvas: blank(Width, Height), begun: blank(Width, Height)} }}

// headWords are what the head of a card depends on.
type headWords struct {
	inks
	lang, dir, product, above string
	accent                    bool
}

// head begins a card that has no photo, with all that is in its head. The cards of a story that follow one another have
// that in common, so only what was drawn since is made good.
func (e *easel) head(c Card, d drawing) {
	if of := (headWords{d.inks, c.Lang, c.Dir, c.Product, c.Above, c.Accent}); of != e.of {
		d.canvas = e.begun
		d.begin()
		d.head(c)
		e.of = of
		e.within(e.Bounds())
	}
	for y := range e.drawn {
		e.spans(y, func(from, to int) { copy(e.row(y, from, to), e.begun.row(y, from, to)) })
	}
	copy(e.drawn, e.begun.drawn)
}

// drawing is a card while it is drawn. Its start is the right edge if the language is read from right to left.
type drawing struct {
	canvas
	s *setter
	inks
	inner float64 // width between the margins, without the photo
}

// begin draws what is behind everything else.
func (d drawing) begin() {
	d.cleared(d.paper)
	d.rect(0, 0, Width, bar, d.ink)
}

// photo begins a card that has a photo: the photo is at the end, over the whole height, with its credit at the bottom.
func (d *drawing) photo(c Card) error {
	d.begin()
	d.within(d.Bounds()) // the next card may have another ground
	photo, err := jpeg.Decode(bytes.NewReader(c.Photo))
	if err != nil {
		return fmt.Errorf("drawing a card: reading its photo: %w", err)
	}
	x := Width - PhotoWidth
	if d.s.rtl {
		x = 0
	}
	draw.Draw(d.canvas, image.Rect(x, bar, x+PhotoWidth, Height), photo, photo.Bounds().Min, draw.Src)
	d.inner -= PhotoWidth - margin/2
	if c.Tone == "" {
		d.start(d.s.fit(c.Credit, plain, 21, 14, d.inner), 0, 609, d.soft)
	}
	d.head(c)
	return nil
}

// start draws a line of text from the start margin, moved inwards by indent.
func (d drawing) start(l laid, indent, y float64, col color.Color) {
	if d.s.rtl {
		d.text(l, Width-margin-indent-l.width, y, col)
		return
	}
	d.text(l, margin+indent, y, col)
}

// x returns the left edge of a box of the given width that begins indent away from the start margin.
func (d drawing) x(indent, width float64) float64 {
	if d.s.rtl {
		return Width - margin - indent - width
	}
	return margin + indent
}

// head draws the line at the top, with the name of the product at its end.
func (d drawing) head(c Card) {
	const side = 44
	name := d.s.fit(c.Product, strong, 30, 20, 200)
	d.mark(d.x(d.inner-side, side), 32, side, d.ink, d.red)
	d.text(name, d.x(d.inner-side-12-name.width, name.width), 68, d.ink)
	room := d.inner - side - 12 - name.width - 40
	if c.Accent {
		d.start(d.s.fit(c.Above, strong, 34, 24, room), 0, 70, d.accent)
	} else {
		d.start(d.s.fit(c.Above, plain, 30, 23, room), 0, 69, d.soft)
	}
	d.rect(d.x(0, d.inner), 96, d.inner, 2, d.rule)
}

// title draws a text in large type, centred between top and bottom.
func (d drawing) title(text string, most, least, top, bottom, indent float64) {
	lead := 0.92
	if d.s.rtl {
		lead = 1.12
	}
	lines := d.s.block(text, display, most, least, lead, d.inner-indent, bottom-top)
	if len(lines) == 0 {
		return
	}
	size := lines[0].size
	height := size * lead * float64(len(lines))
	// Letters reach about 0.62 of the size above the middle of their line, and 0.2 below.
	y := top + (bottom-top-height)/2 + size*lead/2 + size*0.21
	for _, l := range lines {
		d.start(l, indent, y, d.ink)
		y += size * lead
	}
}

func (d drawing) explainer(c Card) {
	if len(c.Axis.Bars) == 0 {
		d.title(c.Title, 150, 60, 130, 590, 0)
		return
	}
	d.title(c.Title, 128, 56, 112, 372, 0)
	d.strip(c, 562, 150)
}

func (d drawing) call(c Card) {
	const r = 60
	x := d.x(0, 2*r) + r
	d.disc(x, 176, r, d.ink)
	digit := d.s.fit(c.Disc, strong, 76, 30, 1.5*r)
	d.text(digit, x-digit.width/2, 203, d.paper)
	const indent = 2*r + 30
	room := d.inner - indent
	size := 40.0
	for size > 26 && d.s.line(c.Kicker+" · "+c.Day, strong, size).width > room {
		size--
	}
	kicker := d.s.fit(c.Kicker, strong, size, 20, room/2)
	after := kicker.width + size*0.7
	d.start(kicker, indent, 164, d.accent)
	d.start(d.s.fit(c.Day, strong, size, 20, room-after), indent+after, 164, d.ink)
	d.start(d.s.fit(c.Detail, plain, 34, 22, room), indent, 216, d.soft)
	d.title(c.Title, 132, 60, 250, 420, 0)
	d.strip(c, 562, 112)
}

func (d drawing) view(c Card) {
	d.start(d.s.fit(c.Kicker, strong, 42, 30, d.inner), 0, 168, d.accent)
	d.title(c.Title, 176, 60, 190, 480, 0)
	d.rect(d.x(0, 8), 508, 8, 64, d.ink)
	d.start(d.s.fit(c.Detail, strong, 38, 26, d.inner-32), 32, 553, d.ink)
}

// actor draws the name and the role of an actor, with the scene beside them.
func (d drawing) actor(c Card, t tints) {
	const top, bottom = 118.0, 562.0
	const gap, most = 44, 2.0 // at twice its size the text of a scene is as large as the rest of the small text
	room, largest := d.inner, 150.0
	if c.Scene != nil {
		k := min(most, (bottom-top)/c.Scene.Height)
		width := k * c.Scene.Width
		room, largest = d.inner-width-gap, 88
		at := moved{d.canvas, d.x(d.inner-width, width), top + (bottom-top-k*c.Scene.Height)/2, k}
		c.Scene.draw(at, d.s, t)
	}
	const lead = 1.02
	y := top + 16.0
	d.rect(d.x(0, 72), y, 72, 8, t[c.Tone])
	below := 0.0
	for _, l := range d.s.block(c.Title, display, largest, 46, lead, room, 260) {
		y += l.size * lead
		below = l.size * .26 // what letters reach below their line
		d.start(l, 0, y, d.ink)
	}
	y += below
	const small, apart = 27, 1.4
	for _, l := range d.s.block(c.Detail, plain, small, small-3, apart, room, bottom-y) {
		y += l.size * apart
		d.start(l, 0, y, d.soft)
	}
	d.rect(d.x(0, d.inner), 578, d.inner, 2, d.rule)
	d.start(d.s.fit(cmp.Or(c.Credit, c.Source), plain, 21, 12, d.inner), 0, 609, d.soft)
}

// strip draws the calls as bars on a time axis. The axis is at y, and the longest call is height high.
func (d drawing) strip(c Card, y, height float64) {
	a := c.Axis
	if len(a.Bars) == 0 || a.Width == 0 {
		return
	}
	kx, high := d.inner/a.Width, 1.0
	for _, b := range a.Bars {
		high = max(high, b.Sure.H+b.Range.H)
	}
	ky := height / high
	at := func(x float64) float64 { return math.Round(margin + x*kx) }
	for i, b := range a.Bars {
		w, sure, range_ := 18.0, d.bar, d.rang
		if i == c.Shown {
			w, sure, range_ = 26, d.ink, d.faded
		}
		x := at(b.Sure.X+b.Sure.W/2) - w/2
		d.rect(x, y-b.Sure.H*ky, w, b.Sure.H*ky, sure)
		d.rect(x, y-(b.Sure.H+b.Range.H)*ky, w, b.Range.H*ky, range_)
		if i < len(c.Digits) && c.Digits[i] != "" {
			digit := d.s.line(c.Digits[i], strong, 26)
			d.text(digit, x+w/2-digit.width/2, y-(b.Sure.H+b.Range.H)*ky-10, d.ink)
		}
	}
	d.rect(margin, y, d.inner, 3, d.ink)
	for _, t := range a.Ticks {
		if t.Line != (story.Line{}) {
			d.rect(at(t.Line.X1), y, 2, 12, d.soft)
		}
	}
	d.labels(a.Ticks, kx, y+34)
}

// labels writes the labels of the ticks, in the largest size at which they do not overlap. Where they overlap even
// at the smallest size, it leaves out the later ones.
func (d drawing) labels(ticks []story.Tick, kx, y float64) {
	type label struct {
		laid
		left float64
	}
	const gap = 6
	for size := 22.0; size >= 14; size-- {
		var all []label
		crowded := false
		for _, t := range ticks {
			l := d.s.line(t.Label.Text, plain, size)
			n := label{l, margin + t.Label.X*kx - l.width/2}
			overlaps := slices.ContainsFunc(all, func(o label) bool {
				return n.left < o.left+o.width+gap && o.left < n.left+n.width+gap
			})
			crowded = crowded || overlaps
			if !overlaps {
				all = append(all, n)
			}
		}
		if crowded && size > 14 {
			continue
		}
		for _, l := range all {
			d.text(l.laid, l.left, y, d.soft)
		}
		return
	}
}
