package scene

import (
	"math"
	"slices"
)

// place gives the items of each band their heights. It keeps their order and distances, and puts them near the items
// that they are joined to.
func (d *drawing) place() {
	for _, band := range d.bands { // start with each band stacked around the same middle
		y := 0.0
		for n, i := range band {
			if n > 0 {
				y += d.gap(band[n-1], i)
			}
			d.items[i].y = y + d.items[i].h/2
			y += d.items[i].h
		}
		for _, i := range band {
			d.items[i].y -= y / 2
		}
	}
	for i := range d.items {
		it := &d.items[i]
		for side, legs := range it.legs {
			toward := func(l int) int {
				o := d.other(l, i)
				switch {
				case !d.aside(&d.legs[l]):
					return d.pos[o]
				case d.pos[o] < d.pos[i]:
					return math.MinInt32
				default:
					return math.MaxInt32
				}
			}
			slices.SortStableFunc(legs, func(a, b int) int { return toward(a) - toward(b) })
			it.ports[side] = d.spaced(i, side)
		}
	}
	for n := range 60 {
		for k := range d.bands {
			b := k
			if n%2 == 1 {
				b = len(d.bands) - 1 - k
			}
			d.settle(b, false)
		}
	}
	for range 3 { // let actors grow, then adjust the items between them
		if !d.mute { // a scene without words must stay small enough to see at a glance
			d.grow()
		}
		for range 8 {
			for b := range d.bands {
				d.settle(b, true)
			}
		}
	}
	d.compact()
	for range 2 {
		for i := range d.items {
			d.attach(i)
		}
		d.straighten()
	}
	for i := range d.items {
		d.attach(i)
	}
	d.dodge()
}

// compact moves each connected part of the drawing up as far as there is room.
func (d *drawing) compact() {
	part := make([]int, len(d.items)) // union-find: an item that represents the connected part
	for i := range part {
		part[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		if part[i] != i {
			part[i] = root(part[i])
		}
		return part[i]
	}
	for _, l := range d.legs {
		part[root(l.a)] = root(l.b)
	}
	// Parts may be above each other in different bands, so they cannot move up one by one. Instead all start far above,
	// and each moves down until it has its distance from the items above it.
	move := make([]float64, len(d.items)) // movement of each part
	for i := range move {
		move[i] = math.Inf(-1)
	}
	for moved := true; moved; {
		moved = false
		for _, band := range d.bands {
			for n, i := range band {
				it, least := &d.items[i], 0.0
				if n > 0 {
					if root(band[n-1]) == root(i) {
						continue
					}
					above := &d.items[band[n-1]]
					least = move[root(band[n-1])] + above.y + above.h/2 + d.gap(band[n-1], i)
				}
				if least -= it.y - it.h/2; least > move[root(i)]+hair {
					move[root(i)], moved = least, true
				}
			}
		}
	}
	for i := range d.items {
		d.items[i].y += move[root(i)]
	}
}

// spaced returns positions for the lines on a side of an item, relative to its middle.
func (d *drawing) spaced(i, side int) []float64 {
	it, f := &d.items[i], d.form
	n := len(it.legs[side])
	places := make([]float64, n)
	for k, l := range it.legs[side] {
		at := float64(k) - float64(n-1)/2
		loops := k+1 < n && it.legs[side][k+1] == l // the leaving end of a line from an actor to itself
		switch {
		case it.kind == actorItem && d.merged && d.legs[l].head == i && !loops:
			places[k] = f.port / 2
		case it.kind == actorItem && d.merged:
			places[k] = -f.port / 2
		case it.kind == actorItem:
			places[k] = at * f.port
		case it.kind == wordsItem:
			places[k] = at * min(7, (it.h-2)/float64(max(1, n-1)))
		}
	}
	return places
}

// port returns the height at which leg l meets item i.
func (d *drawing) port(i, l int) float64 {
	it := &d.items[i]
	for side, legs := range it.legs {
		if k := slices.Index(legs, l); k >= 0 {
			return it.y + it.ports[side][k]
		}
	}
	return it.y
}

// ends sets the heights at which leg n begins and ends.
func (d *drawing) ends(n int) {
	l := &d.legs[n]
	l.ya, l.yb = d.port(l.a, n), d.port(l.b, n)
	if l.a == l.b { // a line from an actor to itself: two positions on the same side
		it := &d.items[l.a]
		side := d.inner(it.band)
		l.yb = it.y + it.ports[side][slices.Index(it.legs[side], n)+1]
	}
}

// settle moves the items of a band towards the mean height of the items that they are joined to. If held is set, actors
// stay.
func (d *drawing) settle(b int, held bool) {
	band := d.bands[b]
	if len(band) == 0 {
		return
	}
	want, weight, apart := make([]float64, len(band)), make([]float64, len(band)), make([]float64, len(band))
	for n, i := range band {
		it := &d.items[i]
		sum, total := it.y*.02, .02
		if d.lone(i) {
			sum, total = -1e-3, 1e-6 // as close to the items above as there is room
		}
		for side, legs := range it.legs {
			for k, l := range legs {
				o := d.other(l, i)
				w := 1.0
				switch {
				case d.aside(&d.legs[l]): // a weak pull, to be as close as there is room
					w = .1
				case d.legs[l].thin:
					w = .3
				case it.kind != actorItem && d.items[o].kind != actorItem:
					w = 4 // so that a long line is straight between its ends
				}
				target := d.port(o, l)
				if other := &d.items[o]; other.kind == actorItem && it.kind != actorItem {
					// Any height beside the actor is equally good.
					slack := math.Max(0, other.h/2-corner)
					target = math.Min(math.Max(it.y+it.ports[side][k], other.y-slack), other.y+slack)
				}
				sum += w * (target - it.ports[side][k])
				total += w
			}
		}
		want[n], weight[n] = sum/total, total
		if held && it.kind == actorItem {
			want[n], weight[n] = it.y, 1e9
		}
		if it.kind == laneItem {
			weight[n] *= 3
		}
		if n > 0 {
			apart[n] = it.h/2 + d.gap(band[n-1], i) + d.items[band[n-1]].h/2
		}
	}
	for n, y := range isotonic(want, weight, apart) {
		d.items[band[n]].y = y
	}
}

// isotonic returns the positions nearest to those wanted, by weighted least squares, such that each is at least
// apart[i] after the one before. The method is called pool adjacent violators.
func isotonic(want, weight, apart []float64) []float64 {
	type pool struct {
		mean, weight float64
		n            int
	}
	var pools []pool
	shift := 0.0
	for i := range want {
		shift += apart[i]
		pools = append(pools, pool{want[i] - shift, weight[i], 1})
		for len(pools) > 1 {
			a, b := pools[len(pools)-2], pools[len(pools)-1]
			if a.mean <= b.mean {
				break
			}
			w := a.weight + b.weight
			pools = append(pools[:len(pools)-2], pool{(a.mean*a.weight + b.mean*b.weight) / w, w, a.n + b.n})
		}
	}
	out := make([]float64, 0, len(want))
	shift = 0
	for _, p := range pools {
		for range p.n {
			shift += apart[len(out)]
			out = append(out, p.mean+shift)
		}
	}
	return out
}

// grow makes actors taller where this lets lines run straight, the nearest lines first.
func (d *drawing) grow() {
	type wish struct {
		item  int
		y     float64
		reach float64
	}
	var wishes []wish
	for i := range d.items {
		it := &d.items[i]
		if it.kind != actorItem {
			continue
		}
		for _, legs := range it.legs {
			for _, l := range legs {
				if d.aside(&d.legs[l]) {
					continue
				}
				y := d.port(d.other(l, i), l)
				wishes = append(wishes, wish{i, y, math.Max(0, math.Abs(y-it.y)-it.h/2+corner)})
			}
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int {
		switch {
		case a.reach < b.reach:
			return -1
		case a.reach > b.reach:
			return 1
		}
		return 0
	})
	for _, w := range wishes {
		it := &d.items[w.item]
		top, bottom := math.Min(it.y-it.h/2, w.y-corner), math.Max(it.y+it.h/2, w.y+corner)
		lines := max(len(it.legs[0]), len(it.legs[1]))
		if bottom-top > math.Max(d.form.nodeHigh+d.form.straight*float64(lines-1), it.h) {
			continue
		}
		band, n := d.bands[it.band], d.pos[w.item]
		if n > 0 {
			o := &d.items[band[n-1]]
			if top < o.y+o.h/2+d.gap(band[n-1], w.item) && top < it.y-it.h/2 {
				continue
			}
		}
		if n+1 < len(band) {
			o := &d.items[band[n+1]]
			if bottom > o.y-o.h/2-d.gap(w.item, band[n+1]) && bottom > it.y+it.h/2 {
				continue
			}
		}
		it.y, it.h = (top+bottom)/2, bottom-top
	}
}

// attach sets where lines meet an actor: at the height where they come from, if the box reaches so far, and at a
// distance from each other.
func (d *drawing) attach(i int) {
	it := &d.items[i]
	if it.kind != actorItem || d.merged {
		return
	}
	for side, legs := range it.legs {
		want, weight, apart := make([]float64, len(legs)), make([]float64, len(legs)), make([]float64, len(legs))
		for k, l := range legs {
			want[k] = d.port(d.other(l, i), l) - it.y
			weight[k] = 1
			if k > 0 {
				apart[k] = d.form.port
			}
		}
		edge := it.h/2 - corner
		room := float64(len(legs)-1) * d.form.port
		for k, y := range isotonic(want, weight, apart) {
			first, last := -edge+float64(k)*d.form.port, edge-room+float64(k)*d.form.port
			if first > last {
				first, last = (first+last)/2, (first+last)/2
			}
			it.ports[side][k] = math.Min(math.Max(y, first), last)
		}
	}
}

// straighten moves words and lanes, as far as they have room, to the height where the fewest of their lines need a
// step.
func (d *drawing) straighten() {
	const bend = 20 // fixed cost of a step, however low it is
	for i := range d.items {
		it := &d.items[i]
		if it.kind == actorItem {
			continue
		}
		cost := func(y float64) (sum float64) {
			for side, legs := range it.legs {
				for k, l := range legs {
					o := d.other(l, i)
					at := y + it.ports[side][k]
					off := math.Abs(at - d.port(o, l))
					if other := &d.items[o]; other.kind == actorItem && !d.merged { // lines meet an actor at their own height
						low, high := d.room(o, 1-side, slices.Index(other.legs[1-side], l))
						off = math.Max(0, math.Max(other.y+low-at, at-other.y-high))
					}
					if off >= 1 {
						sum += bend + off
					}
				}
			}
			return sum
		}
		band, n := d.bands[it.band], d.pos[i]
		low, high := math.Inf(-1), math.Inf(1)
		if n > 0 {
			above := &d.items[band[n-1]]
			low = above.y + above.h/2 + d.gap(band[n-1], i) + it.h/2
		}
		if n+1 < len(band) {
			below := &d.items[band[n+1]]
			high = below.y - below.h/2 - d.gap(i, band[n+1]) - it.h/2
		}
		best, least := it.y, cost(it.y)
		for side, legs := range it.legs {
			for k, l := range legs {
				y := d.port(d.other(l, i), l) - it.ports[side][k]
				if y < low || y > high {
					continue
				}
				if c := cost(y); c < least-hair {
					best, least = y, c
				}
			}
		}
		it.y = best
	}
}

// room returns the lowest and highest position, relative to the item's middle, for the k-th line on a side of item i.
func (d *drawing) room(i, side, k int) (low, high float64) {
	it := &d.items[i]
	gap, edge := d.form.port, it.h/2-corner
	switch it.kind {
	case wordsItem:
		gap, edge = apart, it.h/2-1
	case laneItem:
		return 0, 0
	}
	low, high = -edge, edge
	if k > 0 {
		low = it.ports[side][k-1] + gap
	}
	if k+1 < len(it.ports[side]) {
		high = it.ports[side][k+1] - gap
	}
	return low, high
}

// dodge moves the points where lines meet actors and words away from the heights of other lines in the channel.
// Otherwise two lines that change their height one after the other would share a stretch. Straight lines stay.
func (d *drawing) dodge() {
	if d.merged {
		return
	}
	across := make([][]int, len(d.bands)) // indices of the legs from each band to the next
	for n := range d.legs {
		if l := &d.legs[n]; !d.aside(l) {
			across[d.channel(l)] = append(across[d.channel(l)], n)
		}
	}
	for i := range d.items {
		it := &d.items[i]
		for side, legs := range it.legs {
			ports := it.ports[side]
			for k, l := range legs {
				if !d.aside(&d.legs[l]) && math.Abs(d.port(d.legs[l].a, l)-d.port(d.legs[l].b, l)) < 1 {
					continue
				}
				free := func(y float64) bool {
					return !slices.ContainsFunc(across[it.band-1+side], func(n int) bool {
						far := d.legs[n].a
						if side == 1 {
							far = d.legs[n].b
						}
						return n != l && math.Abs(d.port(far, n)-it.y-y) < apart
					})
				}
				low, high := d.room(i, side, k)
				// Take the nearest free position; if there is none, the line stays.
				for by := range int(2 * apart) {
					if y := ports[k] - float64(by); y >= low && free(y) {
						ports[k] = y
						break
					}
					if y := ports[k] + float64(by); y <= high && free(y) {
						ports[k] = y
						break
					}
				}
			}
		}
	}
}
