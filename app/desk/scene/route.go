package scene

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"sharh/app/story"
)

// lay lays out the scene.
func (in input) lay() story.Layout {
	var fit fit
	var bands [][]int
	for mute := len(in.Relations) > specs[in.Form].most; ; {
		d := in.draw(fit, mute)
		if bands == nil {
			d.order(held)
		} else {
			newOrderer(d, 0).load(bands)
		}
		d.place()
		d.takeTracks()
		lacking, tight := d.frame()
		// Many lines beside each other need room. Only texts can be made narrower to give it.
		switch spare := d.most - d.form.labelMin; {
		case mute || lacking <= 0 || spare <= 0 && !tight || fit.firm && len(in.Relations) <= few.relations && spare <= 0:
			return d.layout()
		case spare > 0:
			fit.squeeze, bands = fit.squeeze+math.Ceil(min(lacking, spare)), d.bands
		case !fit.firm:
			fit.firm = true
		default:
			mute, bands = true, nil
		}
	}
}

// apart is the least distance at which two lines can be told apart.
const apart = 4

// takeTracks assigns tracks to the lines between two bands that change their height: how many tracks side by side, and
// in which order, so that no two lines share a stretch and few cross.
func (d *drawing) takeTracks() {
	d.tracks = make([]int, len(d.bands))
	channels := make([][]*leg, len(d.bands))
	for n := range d.legs {
		l := &d.legs[n]
		d.ends(n)
		if math.Abs(l.ya-l.yb) < 1 {
			l.yb = l.ya
			continue
		}
		b := d.channel(l)
		channels[b] = append(channels[b], l)
	}
	for b, legs := range channels {
		// The heights of each line to the left of its step and to the right of it.
		left, right := make([][]float64, len(legs)), make([][]float64, len(legs))
		for i, l := range legs {
			switch {
			case !d.aside(l):
				left[i], right[i] = []float64{l.ya}, []float64{l.yb}
			case d.inner(d.items[l.a].band) == 1:
				left[i] = []float64{l.ya, l.yb}
			default:
				right[i] = []float64{l.ya, l.yb}
			}
		}
		// first[i][j] is the cost if line i has its step to the left of line j's.
		first := make([][]float64, len(legs))
		for i, x := range legs {
			first[i] = make([]float64, len(legs))
			for j, y := range legs {
				for _, l := range left[j] {
					if min(x.ya, x.yb) < l && l < max(x.ya, x.yb) {
						first[i][j]++
					}
					for _, r := range right[i] {
						if math.Abs(l-r) < apart {
							first[i][j] += 10
						}
					}
				}
				for _, r := range right[i] {
					if min(y.ya, y.yb) < r && r < max(y.ya, y.yb) {
						first[i][j]++
					}
				}
			}
		}
		order := ordered(first)
		for n, i := range order {
			x := legs[i]
			x.track = 0
			for _, j := range order[:n] {
				if y := legs[j]; min(x.ya, x.yb)-apart < max(y.ya, y.yb) && min(y.ya, y.yb) < max(x.ya, x.yb)+apart {
					x.track = max(x.track, y.track+1)
				}
			}
			d.tracks[b] = max(d.tracks[b], x.track+1)
		}
	}
}

// ordered returns an order of low cost, where first[i][j] is the cost of i before j. It starts from a few orders and
// moves each element to its best position as long as the cost goes down.
func ordered(first [][]float64) []int {
	starts := 8
	if len(first) > 40 {
		starts = 1
	}
	var best []int
	bestCost := math.Inf(1)
	dice := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(first))
	for i := range order {
		order[i] = i
	}
	for range starts {
		for moved := true; moved; {
			moved = false
			for i := range first {
				at := slices.Index(order, i)
				rest := slices.Delete(slices.Clone(order), at, at+1)
				cost := 0.0
				for _, j := range rest {
					cost += first[i][j]
				}
				to, least, here := 0, cost, cost
				for n, j := range rest {
					cost += first[j][i] - first[i][j]
					if cost < least-hair {
						to, least = n+1, cost
					}
					if n+1 == at {
						here = cost
					}
				}
				if least < here-hair {
					order, moved = slices.Insert(rest, to, i), true
				}
			}
		}
		cost := 0.0
		for n, i := range order {
			for _, j := range order[n+1:] {
				cost += first[i][j]
			}
		}
		if cost < bestCost-hair {
			best, bestCost = slices.Clone(order), cost
		}
		dice.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	return best
}

// channel returns the band to the left of the channel in which a leg runs.
func (d *drawing) channel(l *leg) int {
	b := d.items[l.a].band
	if d.aside(l) {
		return b - 1 + d.inner(b)
	}
	return b
}

// Room at the end of a line: for an arrowhead at an actor, for a short straight piece at words.
const (
	headRoom = 13
	textRoom = 3
)

// frame places the bands along x, and the steps of lines between them. It returns how much room is missing, and whether
// lines are too close to be told apart.
func (d *drawing) frame() (lacking float64, tight bool) {
	n := len(d.bands)
	d.left, d.right = make([]float64, n), make([]float64, n)
	widths := make([]float64, n)
	for b, band := range d.bands {
		for _, i := range band {
			widths[b] = math.Max(widths[b], d.items[i].w)
		}
	}
	for b := 0; b < n; b += d.step {
		// The first column is at the left edge, the last at the right, the others evenly between.
		middle := float64(b)/float64(n-1)*(d.form.width-widths[b]-2) + widths[b]/2 + 1
		d.left[b], d.right[b] = middle-widths[b]/2, middle+widths[b]/2
	}
	for b := 1; !d.mute && b < n; b += 2 {
		// Distribute the room on both sides of the words by need.
		room := d.left[b+1] - d.right[b-1] - widths[b]
		before, after := d.form.channel+d.form.track*float64(d.tracks[b-1]), d.form.channel+d.form.track*float64(d.tracks[b])
		lacking = math.Max(lacking, before+after-room)
		scale := math.Min(1.4, room/(before+after))
		d.left[b], d.right[b] = d.right[b-1]+before*scale, d.left[b+1]-after*scale
	}
	for i := range d.legs {
		l := &d.legs[i]
		b := d.channel(l)
		left, right := d.right[b]+textRoom, d.left[b+1]-textRoom
		if b%d.step == 0 {
			left += headRoom - textRoom
		}
		if (b+1)%d.step == 0 {
			right -= headRoom - textRoom
		}
		pitch := (right - left) / float64(max(1, d.tracks[b]))
		tight = tight || pitch < 4 && l.ya != l.yb
		l.m = left + (float64(l.track)+.5)*pitch
		l.s = math.Min(math.Min(l.m-left, right-l.m), math.Min(pitch/2, math.Max(4, math.Abs(l.ya-l.yb))))
	}
	return lacking, tight
}

// layout converts the drawing to a story.Layout.
func (d *drawing) layout() story.Layout {
	top, bottom := math.Inf(1), math.Inf(-1)
	for i := range d.items {
		it := &d.items[i]
		top, bottom = math.Min(top, it.y-it.h/2), math.Max(bottom, it.y+it.h/2)
	}
	if len(d.items) == 0 {
		top, bottom = 0, 0
	}
	const edge = 3
	out := story.Layout{Width: d.form.width, Height: math.Ceil(bottom - top + 2*edge), Mute: d.mute && len(d.arrows) > 0}
	y := func(v float64) float64 { return math.Round(v - top + edge) }
	x := func(v float64) float64 {
		if d.RTL {
			v = d.form.width - v
		}
		return math.Round(v)
	}
	box := func(left, right float64, it *item) story.Rect {
		if left, right = x(left), x(right); d.RTL {
			left, right = right, left
		}
		upper, lower := y(it.y-it.h/2), y(it.y+it.h/2)
		return story.Rect{X: left, Y: upper, W: right - left, H: lower - upper}
	}
	for i := range d.Actors {
		left, right := d.sides(i)
		out.Nodes = append(out.Nodes, story.Node{Box: box(left, right, &d.items[i]), Lines: d.items[i].lines})
	}
	for _, a := range d.arrows {
		var arrow story.Arrow
		for _, r := range a.routes {
			switch path := d.path(r, x, y); r.part {
			case pathPart:
				arrow.Path += path
			case tipPart:
				arrow.Tips = append(arrow.Tips, path)
			case tetherPart:
				arrow.Tether += path
			}
		}
		if a.words >= 0 {
			left, right := d.sides(a.words)
			arrow.Box, arrow.Lines = box(left, right, &d.items[a.words]), d.items[a.words].lines
		}
		out.Arrows = append(out.Arrows, arrow)
	}
	return out
}

// path writes a line as SVG path data.
func (d *drawing) path(r route, x, y func(float64) float64) string {
	var b strings.Builder
	num := func(v float64) string { return strconv.Itoa(int(v)) }
	// edge returns the x at which a line meets item i, on its right side if after is set.
	edge := func(i int, after bool) float64 {
		gap := 0.0
		switch d.items[i].kind {
		case actorItem:
			gap = 1
		case wordsItem:
			gap = 3
		}
		left, right := d.sides(i)
		if after {
			return right + gap
		}
		return left - gap
	}
	for k, n := range r.legs {
		l := &d.legs[n]
		forward := l.a == r.items[k]
		x0, y0, x1, y1 := edge(l.a, true), l.ya, edge(l.b, false), l.yb
		if d.aside(l) {
			after := d.inner(d.items[l.a].band) == 1
			x0, x1 = edge(l.a, after), edge(l.b, after)
		}
		s := l.s
		if !forward {
			x0, y0, x1, y1, s = x1, y1, x0, y0, -s
		}
		if k == 0 {
			b.WriteString("M" + num(x(x0)) + " " + num(y(y0)))
		}
		if d.aside(l) {
			// A bracket: out to the line's track, along it and back, straight where its arrowhead is.
			foot := x0 + math.Copysign(headRoom-2, l.m-x0)
			round := min(math.Abs(l.m-foot), math.Abs(y1-y0)/2)
			foot = l.m - math.Copysign(round, l.m-foot)
			out, down := num(x(l.m)), math.Copysign(round, y1-y0)
			back := num(x(foot)) + " " + num(y(y1))
			first, second := out+" "+num(y(y0)), out+" "+num(y(y1)) // the rounded corners
			b.WriteString("H" + num(x(foot)) + "C" + first + " " + first + " " + out + " " + num(y(y0+down)))
			b.WriteString("L" + out + " " + num(y(y1-down)) + "C" + second + " " + second + " " + back + "H" + num(x(x1)))
			continue
		}
		switch dy := y(y1) - y(y0); {
		case dy == 0:
		case math.Abs(dy) <= 2: // too low for a step
			b.WriteString("H" + num(x(l.m-s)) + "L" + num(x(l.m+s)) + " " + num(y(y1)))
		default:
			b.WriteString("H" + num(x(l.m-s)) + "C" + num(x(l.m)) + " " + num(y(y0)) + " " +
				num(x(l.m)) + " " + num(y(y1)) + " " + num(x(l.m+s)) + " " + num(y(y1)))
		}
		if k == len(r.legs)-1 {
			b.WriteString("H" + num(x(x1)))
		}
	}
	return b.String()
}

// sides returns the left and the right edge of an item.
func (d *drawing) sides(i int) (left, right float64) {
	it := &d.items[i]
	left, right = d.left[it.band], d.right[it.band]
	if it.kind != wordsItem {
		return left, right
	}
	switch free := right - left - it.w; {
	case len(it.legs[1]) == 0: // between two actors of the column before
		right -= free
	case len(it.legs[0]) == 0:
		left += free
	default:
		left, right = left+free/2, right-free/2
	}
	return left, right
}
