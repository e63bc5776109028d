package card

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image/color"
	"math"

	"sharh/app/story"
)

// Picture is a scene of the actor map for use elsewhere: with a title, a legend, and a line that names its source. It
// is drawn in the colours of a light page, and needs no other file.
type Picture struct {
	Lang, Dir string
	Above     string // small, over the title
	Title     string
	Source    string // where the picture is from
	Sentences []string
	Scene     *Scene
	Legend    []Entry
	Colours   map[string]string // as those of a Card
}

// Entry is an entry of a picture's legend. Exactly one of Polarity and Tone is set.
type Entry struct{ Polarity, Tone, Name string }

// OfScene is the picture of a scene, in the form for desks. sentences are its relations in words, address is that of
// the page which shows it, "" if it is not known.
func OfScene(d *story.Document, s *story.Scene, title, address string, sentences []string) Picture {
	p := Picture{
		Lang: d.Lang, Dir: d.Dir, Above: d.Title, Title: title, Source: source(d, address), Sentences: sentences,
		Scene: sceneOf(d, s, story.Wide, s.ID), Colours: properties(d.Theme),
	}
	polarities, camps := map[string]bool{}, map[string]bool{}
	for _, i := range s.Relations {
		polarities[d.Relations[i].Polarity] = true
	}
	for _, i := range s.Actors {
		camps[d.Actors[i].Camp] = true
	}
	for _, polarity := range story.Polarities {
		if polarities[polarity] {
			p.Legend = append(p.Legend, Entry{Polarity: polarity, Name: d.Words.Polarities[polarity]})
		}
	}
	for _, c := range d.Camps {
		if camps[c.ID] {
			p.Legend = append(p.Legend, Entry{Tone: c.Tone, Name: c.Name})
		}
	}
	return p
}

// source says when the facts of a story were checked, and where it can be read.
func source(d *story.Document, address string) string {
	said := d.Words.FactsAsOf + " " + d.FactsAsOf.Text
	if address != "" {
		said += " · " + address + "\u200e" // the mark keeps a slash at the end of the address there
	}
	return said
}

// Key names the picture, as [Card.Key] does.
func (p Picture) Key() string { return keyOf(p) }

// keyOf is a hash of what is drawn, and of what draws it.
func keyOf(drawn any) string {
	words, err := json.Marshal(drawn)
	if err != nil {
		panic(err) // strings and finite numbers always encode
	}
	sum := sha256.Sum256(append(words, self()...))
	return hex.EncodeToString(sum[:])
}

// edge is the margin around a picture, in units of its scene.
const edge = 24

// zoom is the size of a unit of a picture in its PNG, in pixels: enough for a screen of twice the usual resolution.
const zoom = 2

// PNG draws the picture as PNG.
func (p Picture) PNG() ([]byte, error) {
	c := parseTints(p.Colours)
	s, giveBack := borrowSetter(p.Lang, p.Dir == "rtl")
	defer giveBack()
	width, height, draw := p.layout(c, s)
	on := newCanvas(int(width*zoom), int(height*zoom), c["paper"])
	draw(moved{on, 0, 0, zoom})
	return on.encode(c.scenePalette())
}

// SVG writes the picture as SVG, with letters as outlines: it looks the same wherever it is opened. It never fails.
func (p Picture) SVG() ([]byte, error) {
	c := parseTints(p.Colours)
	s, giveBack := borrowSetter(p.Lang, p.Dir == "rtl")
	defer giveBack()
	width, height, draw := p.layout(c, s)
	w := newSVG()
	w.fill(round(0, 0, width, height, 0), c["paper"])
	draw(w)
	return w.document(p, width, height), nil
}

// layout returns the size of the picture and a function that draws it, in units of its scene.
func (p Picture) layout(c tints, s *setter) (width, height float64, draw func(surface)) {
	rtl := p.Dir == "rtl"
	width = p.Scene.Width + 2*edge
	inner := p.Scene.Width
	var steps []func(surface)
	// at returns the left edge of a box of the given width that begins indent away from the start margin.
	at := func(indent, wide float64) float64 {
		if rtl {
			return width - edge - indent - wide
		}
		return edge + indent
	}
	write := func(l laid, indent, y float64, col color.Color) {
		x := at(indent, l.width)
		steps = append(steps, func(on surface) { on.text(l, x, y, col) })
	}
	y := edge - 2.
	// paragraph writes a text in as many lines as it needs; the letters of the first begin at y.
	paragraph := func(text string, f face, size, lead float64, col color.Color) {
		for _, l := range s.block(text, f, size, size, lead, inner, 1e6) {
			y += size * lead
			write(l, 0, y-size*.3, col)
		}
	}
	paragraph(p.Above, plain, 13, 1.4, c["soft"])
	paragraph(p.Title, display, 34, 1.1, c["ink"])
	y += 14
	top := y
	steps = append(steps, func(on surface) { p.Scene.draw(moved{on, edge, top, 1}, s, c) })
	y += p.Scene.Height + 14

	const size, sample, line = 12., 30., 20.
	x := 0.
	for _, entry := range p.Legend {
		mark := sample
		if entry.Tone != "" {
			mark = 9
		}
		name := s.fit(entry.Name, plain, size, size, inner-sample-6)
		if wide := mark + 6 + name.width; x > 0 && x+wide > inner {
			x, y = 0, y+line
		}
		from, middle := at(x, mark), y+line/2
		steps = append(steps, func(on surface) { entry.draw(on, from, middle, mark, rtl, c) })
		write(name, x+mark+6, middle+size*.36, c["soft"])
		x += mark + 6 + name.width + 18
	}
	if len(p.Legend) > 0 {
		y += line + 8
	}
	under := y
	steps = append(steps, func(on surface) { on.fill(round(edge, under, inner, 1, 0), c["rule"]) })
	write(s.fit(p.Source, plain, 12, 7, inner), 0, y+20, c["soft"])
	return width, math.Ceil(y + 20 + edge - 8), func(on surface) {
		for _, step := range steps {
			step(on)
		}
	}
}

// draw draws the sample of an entry of a legend from x on, around the height y.
func (e Entry) draw(on surface, x, y, width float64, rtl bool, c tints) {
	if e.Tone != "" {
		dot(on, e.Tone, x, y, width, c)
		return
	}
	from, to := vec{x, y}, vec{x + width - 1, y}
	if rtl {
		from, to = vec{x + width, y}, vec{x + 1, y}
	}
	line := polygon(from, to)
	on.stroke(line, c.line(e.Polarity, 0))
	head(on, line, 0, c[e.Polarity], false)
}

// dot draws the mark of a camp, whose shape also tells its tone.
func dot(on surface, tone string, x, y, side float64, c tints) {
	box := func(inset, radius float64) shape {
		return round(x+inset, y-side/2+inset, side-2*inset, side-2*inset, radius)
	}
	switch tone {
	case "red":
		on.fill(box(0, side/2), c[tone])
	case "ochre":
		r := side * .62
		x += side / 2
		on.fill(polygon(vec{x, y - r}, vec{x + r, y}, vec{x, y + r}, vec{x - r, y}), c[tone])
	case "grey", "none":
		on.stroke(box(.75, side/2-.75), pen{width: 1.5, closed: true, col: c[tone]})
	default:
		on.fill(box(0, 0), c[tone])
	}
}
