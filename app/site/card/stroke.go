package card

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font/opentype"
)

// far is farther than anything on a scene can be. It keeps the number of dashes finite.
const far = 1e5

// parsePath reads SVG path data with the commands that layouts use: M, L, H and C, all absolute. It ignores everything
// from the first other command on.
func parsePath(data string) shape {
	var s shape
	y := 0.0
	for data != "" {
		command := data[0]
		end := 1 + strings.IndexAny(data[1:]+"M", "MLHC")
		var v []float64
		for number := range strings.FieldsSeq(data[1:end]) {
			n, err := strconv.ParseFloat(number, 64)
			if err != nil || !(math.Abs(n) <= far) {
				return s
			}
			v = append(v, n)
		}
		data = data[end:]
		switch {
		case command == 'M' && len(v) == 2:
			s = append(s, segment(opentype.SegmentOpMoveTo, v...))
		case command == 'H' && len(v) == 1 && len(s) > 0:
			v = append(v, y)
			s = append(s, segment(opentype.SegmentOpLineTo, v...))
		case command == 'L' && len(v) == 2 && len(s) > 0:
			s = append(s, segment(opentype.SegmentOpLineTo, v...))
		case command == 'C' && len(v) == 6 && len(s) > 0:
			s = append(s, segment(opentype.SegmentOpCubeTo, v...))
		default:
			return s
		}
		y = v[len(v)-1]
	}
	return s
}

// polygon is a shape with straight sides.
func polygon(points ...vec) shape {
	s := shape{segment(opentype.SegmentOpMoveTo, points[0].x, points[0].y)}
	for _, p := range points[1:] {
		s = append(s, segment(opentype.SegmentOpLineTo, p.x, p.y))
	}
	return s
}

// vec is a point, or the way between two points.
type vec struct{ x, y float64 }

func (a vec) plus(b vec, k float64) vec { return vec{a.x + k*b.x, a.y + k*b.y} }

// unit returns the direction from a to b.
func (a vec) unit(b vec) vec {
	d := b.plus(a, -1)
	length := math.Hypot(d.x, d.y)
	return vec{d.x / length, d.y / length}
}

// lines returns the subpaths of a shape as points, with curves cut into short lines. Neighbouring points are never so
// close that the direction from one to the other says nothing.
func (s shape) lines() [][]vec {
	const cuts = 12
	var all [][]vec
	var at vec
	add := func(p vec) {
		if math.Hypot(p.x-at.x, p.y-at.y) < .01 {
			return
		}
		all[len(all)-1] = append(all[len(all)-1], p)
		at = p
	}
	for _, segment := range s {
		var p [3]vec
		for i, q := range segment.Args {
			p[i] = vec{float64(q.X), float64(q.Y)}
		}
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			at = p[0]
			all = append(all, []vec{at})
		case opentype.SegmentOpLineTo:
			add(p[0])
		case opentype.SegmentOpCubeTo:
			from := at
			for i := 1; i <= cuts; i++ {
				t := float64(i) / cuts
				u := 1 - t
				add(vec{}.plus(from, u*u*u).plus(p[0], 3*u*u*t).plus(p[1], 3*u*t*t).plus(p[2], t*t*t))
			}
		}
	}
	return all
}

// stroked returns the outline of what a pen draws along a shape, to be filled.
func (s shape) stroked(p pen) shape {
	var all shape
	for _, line := range s.lines() {
		closed := p.closed && len(line) > 2
		if closed && line[0] != line[len(line)-1] {
			line = append(line, line[0])
		}
		if len(line) < 2 {
			continue
		}
		if len(p.dash) == 0 {
			all = append(all, outlined(line, p.width/2, closed)...)
			continue
		}
		for _, dash := range dashed(line, p.dash) {
			if p.round {
				// A dash is so short that square ends of the same length look the same.
				n := len(dash) - 1
				dash[0] = dash[0].plus(dash[1].unit(dash[0]), p.width/2)
				dash[n] = dash[n].plus(dash[n-1].unit(dash[n]), p.width/2)
			}
			all = append(all, outlined(dash, p.width/2, false)...)
		}
	}
	return all
}

// dashed cuts a line into dashes. pattern has their lengths and those of the gaps, in turn.
func dashed(line []vec, pattern []float64) [][]vec {
	var all [][]vec
	dash, left := 0, pattern[0] // index into the pattern, and how much is left of it
	current := []vec{line[0]}
	finish := func() {
		if dash%2 == 0 && len(current) > 1 {
			all = append(all, current)
		}
	}
	for i := 1; i < len(line); {
		from, to := line[i-1], line[i]
		length := math.Hypot(to.x-from.x, to.y-from.y)
		end := to
		if length > left {
			end = from.plus(from.unit(to), left)
		}
		if end != current[len(current)-1] {
			current = append(current, end)
		}
		if length <= left {
			left -= length
			i++
			continue
		}
		line[i-1] = end
		finish()
		dash = (dash + 1) % len(pattern)
		left, current = pattern[dash], []vec{end}
	}
	finish()
	return all
}

// outlined returns the outline of a line of twice the given half width. A closed line ends where it begins, and has an
// outer and an inner outline of opposite directions.
func outlined(line []vec, half float64, closed bool) shape {
	n := len(line) - 1
	side := make([]vec, n+1) // from each point to the left edge
	normal := func(i int) vec {
		u := line[i].unit(line[i+1])
		return vec{-u.y, u.x}
	}
	for i := range line {
		a, b := max(i-1, 0), min(i, n-1)
		if closed && (i == 0 || i == n) {
			a, b = n-1, 0
		}
		m, before := vec{}.plus(normal(a), .5).plus(normal(b), .5), normal(a)
		// The joint lies on the edges of both sides; in a sharp corner it is cut.
		k := half / max(m.x*before.x+m.y*before.y, .3)
		side[i] = vec{m.x * k, m.y * k}
	}
	var left, right []vec
	for i, p := range line {
		left, right = append(left, p.plus(side[i], 1)), append(right, p.plus(side[i], -1))
	}
	slices.Reverse(right)
	if closed {
		return append(polygon(left...), polygon(right...)...)
	}
	return polygon(append(left, right...)...)
}
