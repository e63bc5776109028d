package figure

import (
	"math"
	"slices"
	"sort"

	"sharh/app/story"
)

const (
	// least is the smallest side of a square that a finger can hit, in units. It is 24 CSS pixels where a figure is drawn
	// smallest: the wide one in a window of 961 pixels, the strip in one of 320.
	least = 30.0
	// leastTall is the same on the tall axis, which a window of 320 pixels draws smaller.
	leastTall = 31.0
	// reach is the side to which touch areas grow if there is room.
	reach = 44.0
)

// item is one link of a figure. Its areas can grow to be easier to hit; the first area may be larger than what is
// drawn. Its solid shapes do not grow.
type item struct {
	areas, solid []story.Rect
	within       story.Rect // its areas must stay within this
}

// share lets the areas of each item grow to [reach], at most to the middle of the distance to the next item. So no area
// covers part of another item, whichever is drawn on top. Where two items overlap from the start, neither grows past an
// edge of the other.
func share(items []item) [][]story.Rect {
	all := make([][]story.Rect, len(items))
	for i, it := range items {
	areas:
		for n, a := range it.areas {
			dx, dy := math.Max(0, reach-a.W)/2, math.Max(0, reach-a.H)/2
			x1, y1, x2, y2 := a.X-dx, a.Y-dy, a.X+a.W+dx, a.Y+a.H+dy
			for j, other := range items {
				if j == i {
					continue
				}
				for _, shapes := range [][]story.Rect{other.areas, other.solid} {
					for _, o := range shapes {
						before, after := a.X-(o.X+o.W), o.X-(a.X+a.W)
						above, below := a.Y-(o.Y+o.H), o.Y-(a.Y+a.H)
						gapX, gapY := math.Max(before, after), math.Max(above, below)
						switch {
						case gapX < -hair && gapY < -hair && n == 0:
							continue areas
						case gapX < -hair && gapY < -hair:
							x1, y1, x2, y2 = math.Max(x1, a.X), math.Max(y1, a.Y), math.Min(x2, a.X+a.W), math.Min(y2, a.Y+a.H)
						case gapX >= gapY && before >= after:
							x1 = math.Max(x1, a.X-before/2)
						case gapX >= gapY:
							x2 = math.Min(x2, a.X+a.W+after/2)
						case above >= below:
							y1 = math.Max(y1, a.Y-above/2)
						default:
							y2 = math.Min(y2, a.Y+a.H+below/2)
						}
					}
				}
			}
			in := it.within
			x1, x2 = math.Max(x1, in.X), math.Min(x2, in.X+in.W)
			y1, y2 = math.Max(y1, in.Y), math.Min(y2, in.Y+in.H)
			if x2 > x1 && y2 > y1 {
				all[i] = append(all[i], inward(x1, y1, x2, y2))
			}
		}
		all[i] = joined(all[i])
	}
	return all
}

// hair is less than the rounding of positions, so that shapes that only touch do not count as overlapping.
const hair = .11

// inward rounds an area to tenths, never making it larger.
func inward(x1, y1, x2, y2 float64) story.Rect {
	up := func(v float64) float64 { return math.Ceil(v*10-1e-6) / 10 }
	down := func(v float64) float64 { return math.Floor(v*10+1e-6) / 10 }
	r := story.Rect{X: up(x1), Y: up(y1)}
	r.W, r.H = round(math.Max(0, down(x2)-r.X)), round(math.Max(0, down(y2)-r.Y))
	return r
}

// joined merges two areas that fit together into one, because every reader downloads them.
func joined(areas []story.Rect) []story.Rect {
	if len(areas) != 2 {
		return areas
	}
	a, b := areas[0], areas[1]
	x1, y1 := math.Min(a.X, b.X), math.Min(a.Y, b.Y)
	x2, y2 := math.Max(a.X+a.W, b.X+b.W), math.Max(a.Y+a.H, b.Y+b.H)
	near := func(p, q float64) bool { return math.Abs(p-q) <= 2*hair }
	touch := a.X <= b.X+b.W && b.X <= a.X+a.W && a.Y <= b.Y+b.H && b.Y <= a.Y+a.H
	switch {
	case touch && near(a.X, b.X) && near(a.W, b.W):
		return []story.Rect{{X: math.Max(a.X, b.X), Y: y1, W: math.Min(a.W, b.W), H: round(y2 - y1)}}
	case touch && near(a.Y, b.Y) && near(a.H, b.H):
		return []story.Rect{{X: x1, Y: math.Max(a.Y, b.Y), W: round(x2 - x1), H: math.Min(a.H, b.H)}}
	}
	return areas
}

// seat is the position of a call's disc: along the axis and out from it. square is its touch area, which is not always
// centred on the disc.
type seat struct {
	along, out float64
	square     box
}

// box is a rectangle in coordinates along the axis and out from it.
type box struct{ along1, along2, out1, out2 float64 }

// nowhere is the touch square of a disc that has no room for one.
var nowhere = box{-1e6, -1e6, 0, 0}

func (a box) over(b box) bool {
	return a.along1 < b.along2 && b.along1 < a.along2 && a.out1 < b.out2 && b.out1 < a.out2
}

func around(along, out, side float64) box {
	return box{along - side/2, along + side/2, out - side/2, out + side/2}
}

// seats places the discs of calls, each over the end of its bar. Discs of calls that are close together move further
// out until they are apart. Each gets a touch square with the side square, which covers nothing of another call. If
// there is not enough room up to limit, discs are a little beside their bars; if there are very many calls, the last
// discs overlap others. So does a call beyond the end of the axis, which has no touch square.
func seats(bars []box, r, gap, square, length, limit float64) []seat {
	all := make([]seat, len(bars))
	order := make([]int, len(bars))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return bars[order[i]].out2 < bars[order[j]].out2 })
	const step = 3.0
	offsets := []float64{0, -step, step, -2 * step, 2 * step, -3 * step, 3 * step}
	for n, i := range order {
		middle, from := (bars[i].along1+bars[i].along2)/2, bars[i].out2+gap+r
		// Possible obstacles near a position on the axis: seats and bars of other calls.
		var taken []seat
		var others []box
		nearby := func(along float64) {
			taken, others = taken[:0], others[:0]
			for _, j := range order[:n] {
				if math.Abs(all[j].along-along) < 2*square+2*r {
					taken = append(taken, all[j])
				}
			}
			for j, b := range bars {
				if j != i && b.along1 < along+2*square && b.along2 > along-2*square {
					others = append(others, b)
				}
			}
		}
		free := func(s box) bool {
			if s.along1 < 0 || s.along2 > length || s.out1 < 0 {
				return false
			}
			for _, o := range taken {
				if s.over(o.square) || s.over(around(o.along, o.out, 2*r)) {
					return false
				}
			}
			return !slices.ContainsFunc(others, s.over)
		}
		place := func(along, out float64) (seat, bool) {
			disc := around(along, out, 2*r)
			for _, o := range taken {
				if disc.over(o.square) || math.Hypot(o.along-along, o.out-out) < 2*r+2 {
					return seat{}, false
				}
			}
			for _, o := range offsets {
				for _, a := range offsets {
					if s := around(along+a, out+o, square); free(s) {
						return seat{along, out, s}, true
					}
				}
			}
			return seat{}, false
		}
		// Further out than all others there is room, or none at all: for a call beyond the end of the axis.
		highest := from
		for _, b := range bars {
			highest = math.Max(highest, b.out2)
		}
		for _, j := range order[:n] {
			highest = math.Max(highest, math.Max(all[j].out+r, all[j].square.out2))
		}
		furthest := math.Min(math.Max(limit, from), highest+2*r+square)
		found := false
		for beside := 0.0; !found && beside <= 2*square; beside += square / 2 {
			for _, along := range []float64{middle + beside, middle - beside} {
				nearby(along)
				for out := from; !found && out <= furthest; out += 2 {
					all[i], found = place(along, out)
				}
			}
		}
		if !found {
			all[i] = seat{middle, from, nowhere}
		}
	}
	return all
}
