package card

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"sync"

	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// surface is what a scene is drawn on: the pixels of a PNG, or the elements of an SVG.
type surface interface {
	// fill fills an outline.
	fill(s shape, col color.Color)
	// stroke draws along an outline.
	stroke(s shape, p pen)
	// text draws a line of text whose left end is at x, on the baseline y.
	text(l laid, x, y float64, col color.Color)
}

// pen is how a line is drawn.
type pen struct {
	width  float64
	dash   []float64 // lengths of dashes and of the gaps after them; nil for an unbroken line
	round  bool      // dashes have round ends, which makes them longer
	closed bool      // the line returns to where it began
	col    color.RGBA
}

// moved is a part of a surface with units of its own: its origin is at x, y, and its unit is k long.
type moved struct {
	surface
	x, y, k float64
}

func (m moved) fill(s shape, col color.Color) { m.surface.fill(s.moved(m.x, m.y, m.k), col) }

func (m moved) stroke(s shape, p pen) {
	p.width *= m.k
	dash := make([]float64, len(p.dash))
	for i, length := range p.dash {
		dash[i] = length * m.k
	}
	p.dash = dash
	m.surface.stroke(s.moved(m.x, m.y, m.k), p)
}

func (m moved) text(l laid, x, y float64, col color.Color) {
	l.size, l.width = l.size*m.k, l.width*m.k
	m.surface.text(l, m.x+x*m.k, m.y+y*m.k, col)
}

// canvas is an image to draw on. Coordinates are pixels, from the top left.
type canvas struct {
	*image.RGBA
	z     *vector.Rasterizer
	s     *shape // of the last letter, whose room is used again
	drawn []span // for each row, what was drawn on since the canvas was cleared
}

// span is a part of a row, of the pixels from one to before another.
type span struct{ from, to int }

func newCanvas(width, height int, ground color.Color) canvas {
	return blank(width, height).cleared(ground)
}

// blank is a canvas without a ground.
func blank(width, height int) canvas {
	return canvas{
		image.NewRGBA(image.Rect(0, 0, width, height)), &vector.Rasterizer{}, new(shape), make([]span, height),
	}
}

// cleared fills the canvas.
func (c canvas) cleared(ground color.Color) canvas {
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	clear(c.drawn)
	return c
}

// row is the pixels of a part of a row.
func (c canvas) row(y int, s span) []uint8 { return c.Pix[y*c.Stride:][4*s.from : 4*s.to] }

// draws notes that something is drawn within a rectangle.
func (c canvas) draws(r image.Rectangle) {
	r = r.Intersect(c.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		s := &c.drawn[y]
		if *s == (span{}) {
			*s = span{r.Min.X, r.Max.X}
		}
		*s = span{min(s.from, r.Min.X), max(s.to, r.Max.X)}
	}
}

// rect fills a rectangle. It rounds to whole pixels, so that edges stay sharp.
func (c canvas) rect(x, y, w, h float64, col color.Color) {
	round := func(v float64) int { return int(math.Round(v)) }
	r := image.Rect(round(x), round(y), round(x+w), round(y+h))
	draw.Draw(c.RGBA, r, image.NewUniform(col), image.Point{}, draw.Over)
	c.draws(r)
}

// disc fills a circle.
func (c canvas) disc(x, y, r float64, col color.Color) { c.fill(round(x-r, y-r, 2*r, 2*r, r), col) }

// shape is an outline of lines and of cubic or quadratic curves.
type shape []opentype.Segment

func point(x, y float64) opentype.SegmentPoint {
	return opentype.SegmentPoint{X: float32(x), Y: float32(y)}
}

func segment(op opentype.SegmentOp, points ...float64) opentype.Segment {
	s := opentype.Segment{Op: op}
	for i := 0; i < len(points); i += 2 {
		s.Args[i/2] = point(points[i], points[i+1])
	}
	return s
}

// round is a rectangle with rounded corners.
func round(x, y, w, h, r float64) shape {
	const k = 0.5522847 // control-point distance for a quarter circle as a cubic curve
	to := segment
	move, line, cube := opentype.SegmentOpMoveTo, opentype.SegmentOpLineTo, opentype.SegmentOpCubeTo
	q := r * (1 - k)
	return shape{
		to(move, x+r, y),
		to(line, x+w-r, y), to(cube, x+w-q, y, x+w, y+q, x+w, y+r),
		to(line, x+w, y+h-r), to(cube, x+w, y+h-q, x+w-q, y+h, x+w-r, y+h),
		to(line, x+r, y+h), to(cube, x+q, y+h, x, y+h-q, x, y+h-r),
		to(line, x, y+r), to(cube, x, y+q, x+q, y, x+r, y),
	}
}

// moved returns the shape with its unit k long and its origin at x, y.
func (s shape) moved(x, y, k float64) shape {
	all := make(shape, len(s))
	for i, segment := range s {
		all[i].Op = segment.Op
		for j, p := range segment.Args {
			all[i].Args[j] = point(x+float64(p.X)*k, y+float64(p.Y)*k)
		}
	}
	return all
}

// stroke draws along an outline.
func (c canvas) stroke(s shape, p pen) { c.fill(s.stroked(p), p.col) }

// fill fills an outline and smooths its edges.
func (c canvas) fill(s shape, col color.Color) {
	left, top := float32(math.MaxFloat32), float32(math.MaxFloat32)
	right, bottom := -left, -top
	for _, segment := range s {
		for _, p := range segment.ArgsSlice() {
			left, right = min(left, p.X), max(right, p.X)
			top, bottom = min(top, p.Y), max(bottom, p.Y)
		}
	}
	box := image.Rect(int(left)-1, int(top)-1, int(right)+2, int(bottom)+2).Intersect(c.Bounds())
	if len(s) == 0 || box.Empty() {
		return
	}
	z := c.z
	z.Reset(box.Dx(), box.Dy())
	x, y := float32(box.Min.X), float32(box.Min.Y)
	for i, segment := range s {
		p := segment.Args
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				z.ClosePath()
			}
			z.MoveTo(p[0].X-x, p[0].Y-y)
		case opentype.SegmentOpLineTo:
			z.LineTo(p[0].X-x, p[0].Y-y)
		case opentype.SegmentOpQuadTo:
			z.QuadTo(p[0].X-x, p[0].Y-y, p[1].X-x, p[1].Y-y)
		case opentype.SegmentOpCubeTo:
			z.CubeTo(p[0].X-x, p[0].Y-y, p[1].X-x, p[1].Y-y, p[2].X-x, p[2].Y-y)
		}
	}
	z.ClosePath()
	z.Draw(c.RGBA, box, image.NewUniform(col), image.Point{})
	c.draws(box)
}

// text draws a line whose left end is at x, on the baseline y.
func (c canvas) text(l laid, x, y float64, col color.Color) {
	l.letters(x, y, func(letter letter) {
		// In pixels, with y pointing down.
		scale := l.size / float64(letter.face.Upem())
		placed := (*c.s)[:0]
		for _, segment := range letter.contour().shape {
			for j, p := range segment.Args {
				segment.Args[j] = point(letter.x+float64(p.X)*scale, letter.y-float64(p.Y)*scale)
			}
			placed = append(placed, segment)
		}
		*c.s = placed
		c.fill(placed, col)
	})
}

// encoderBuffers are used again, since a new one takes a megabyte.
var encoderBuffers buffers

type buffers struct{ pool sync.Pool }

func (b *buffers) Get() *png.EncoderBuffer {
	e, _ := b.pool.Get().(*png.EncoderBuffer)
	return e
}

func (b *buffers) Put(e *png.EncoderBuffer) { b.pool.Put(e) }

// jpeg writes the canvas as a JPEG, in which a photo takes a fifth of what a PNG would.
func (c canvas) jpeg() ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, c.RGBA, &jpeg.Options{Quality: 82})
	return b.Bytes(), err
}

// enough is how many bytes of a picture are few enough: nine tenths of what a card may have (site/budget).
const enough = 36_000

// indexer finds the colours of a palette for pixels. It is used again, since most cards of a site have one of two
// palettes, and what they were drawn with has few colours.
type indexer struct {
	palette color.Palette
	nearest [1 << 13]struct { // for some pixels, at a place that their bytes say
		pixel uint32
		index uint8
	}
	pixels []uint8 // of the last picture
}

// indexers are those that are used again, a pool for each palette.
var indexers sync.Map

// index returns the colour for an opaque pixel, given by its bytes.
func (x *indexer) index(pixel uint32) uint8 {
	known := &x.nearest[pixel*2654435761>>(32-13)] // Knuth's multiplicative hash
	if known.pixel != pixel {
		known.pixel = pixel
		known.index = uint8(x.palette.Index(color.RGBA{uint8(pixel), uint8(pixel >> 8), uint8(pixel >> 16), 0xff}))
	}
	return known.index
}

// indexed returns an opaque picture in the colours of the palette, of which the first is the ground.
func (x *indexer) indexed(c canvas) *image.Paletted {
	wide, high := c.Rect.Dx(), c.Rect.Dy()
	x.pixels = slices.Grow(x.pixels[:0], wide*high)[:wide*high]
	clear(x.pixels)
	for y, s := range c.drawn {
		from, to := c.row(y, s), x.pixels[y*wide:][s.from:s.to]
		var last uint32 // most pixels have the colour of the one before, so they are compared four by four
		var index uint8
		for i := 0; i < len(to); i++ {
			for twice := uint64(last)<<32 | uint64(last); i+4 < len(to) &&
				binary.LittleEndian.Uint64(from[4*i:]) == twice && binary.LittleEndian.Uint64(from[4*i+8:]) == twice; i += 4 {
				to[i], to[i+1], to[i+2], to[i+3] = index, index, index, index
			}
			if pixel := binary.LittleEndian.Uint32(from[4*i:]); pixel != last {
				index, last = x.index(pixel), pixel
			}
			to[i] = index
		}
	}
	return &image.Paletted{Pix: x.pixels, Stride: wide, Rect: c.Rect, Palette: x.palette}
}

// encode writes the canvas as a PNG in the colours of the palette, of which the first is the ground. All of the canvas
// must be opaque.
func (c canvas) encode(palette color.Palette) ([]byte, error) {
	kept, _ := indexers.LoadOrStore(fmt.Sprint(palette), &sync.Pool{})
	pool := kept.(*sync.Pool)
	x, ok := pool.Get().(*indexer)
	if !ok {
		x = &indexer{palette: palette}
	}
	defer pool.Put(x)
	p := x.indexed(c)
	var b bytes.Buffer
	// Half of a large site's build is pictures. Better compression saves a tenth of their bytes and takes three times as
	// long, so it is for those that would be too large.
	for _, level := range []png.CompressionLevel{png.BestSpeed, png.DefaultCompression} {
		b.Reset()
		encoder := png.Encoder{CompressionLevel: level, BufferPool: &encoderBuffers}
		if err := encoder.Encode(&b, p); err != nil {
			return nil, err
		}
		if b.Len() <= enough {
			break
		}
	}
	return b.Bytes(), nil
}
