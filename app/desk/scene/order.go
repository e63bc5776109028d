package scene

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// order finds for each band an order with few crossings and short lines, in which actors are sorted by rank. keep is
// the cost of one pair of actors out of rank; a crossing costs 1.
//
// It starts from the order by rank and from a few random orders, which are the same at each run, and moves one item at
// a time as long as the cost goes down. In a large scene actors stay in the order of their ranks, if they have ranks to
// keep. Pinned actors stand at their end in every order that is tried.
func (d *drawing) order(keep float64) {
	o := newOrderer(d, keep)
	starts, rounds := 8, 6
	switch {
	case len(d.items) > large && keep > free:
		starts, rounds = 1, 0
	case len(d.items) > large:
		starts, rounds = 1, 1
	case len(d.items) > 60:
		starts, rounds = 2, 4
	}
	best := o.copied()
	bestCost := math.Inf(1)
	dice := rand.New(rand.NewPCG(1, 2))
	for start := range starts {
		for b := range d.bands {
			o.split(b)
			d.byRank(o.actors)
			n := len(o.actors) - d.lones(o.actors)
			joined, lone := o.actors[:n], o.actors[n:]
			if start > 0 {
				dice.Shuffle(n, func(i, j int) { joined[i], joined[j] = joined[j], joined[i] })
				slices.SortStableFunc(joined, d.byPin)
			}
			o.set(b, slices.Concat(joined, o.others, lone))
		}
		o.relax(4)
		if len(d.items) > large && rounds > 0 {
			o.sweep(12)
		}
		if cost := o.improve(rounds); cost < bestCost-hair {
			o.save(best)
			bestCost = cost
		}
	}
	o.load(best)
}

// Costs of a pair of actors out of rank: free while the ranks are being computed, held once they are fixed.
const (
	free = .02
	held = .7
)

// forced is the cost of a pair of actors out of order if one of them is pinned: more than any order can save.
const forced = 1e6

// large is the number of items from which not every order is tried, and the number of relations from which lines share
// their ends.
const large = 120

// hair is a difference that is too small to count.
const hair = 1e-9

// byRank sorts actors by pin and rank. Actors that are lone come last.
func (d *drawing) byRank(actors []int) {
	slices.SortFunc(actors, func(i, j int) int {
		return cmp.Or(d.lones([]int{i})-d.lones([]int{j}), d.byPin(i, j), cmp.Compare(d.items[i].rank, d.items[j].rank), i-j)
	})
}

// byPin compares the places of two items in a band as far as pins determine them.
func (d *drawing) byPin(i, j int) int {
	x, y := &d.items[i], &d.items[j]
	if x.pin == y.pin && x.pin != Free {
		return cmp.Compare(x.rank, y.rank)
	}
	return cmp.Compare(x.pin, y.pin)
}

// lone reports whether an item is an actor that may stand anywhere: it has no relation in this scene and no pin.
func (d *drawing) lone(i int) bool {
	it := &d.items[i]
	return len(it.legs[0])+len(it.legs[1]) == 0 && it.pin == Free
}

// lones counts the lone items.
func (d *drawing) lones(items []int) (n int) {
	for _, i := range items {
		if d.lone(i) {
			n++
		}
	}
	return n
}

// orderer is a drawing with the state of the search for an order.
type orderer struct {
	*drawing
	keep     float64
	channels [][]int   // the legs between each band and the next
	brackets [][]int   // the legs beside each column
	parts    []parts   // of the cost, by band
	at       []float64 // position of each item, from 0 to 1, if its band were filled evenly by the items with relations
	want     []float64
	seat     []int // position of each actor by rank
	// Buffers that are used again, to save memory.
	actors, others []int
	was, found     [][]int
	rest, trial    []int
	sums           []float64
	ends           []ends
}

// parts are the parts of the cost that a band has, with the channel after it. Most orders that are tried differ from
// the one before in one band only.
type parts struct {
	set    bool  // the band has an order
	inside known // actors out of rank, and legs beside the column
	long   known // lengths of the legs after it
	cross  known // crossings of these legs
}

// known is a number that is computed when it is first asked for.
type known struct {
	is    bool
	value float64
}

// of returns the number, which compute computes.
func (k *known) of(compute func() float64) float64 {
	if !k.is {
		*k = known{true, compute()}
	}
	return k.value
}

// ends are the positions of what a leg joins.
type ends struct {
	a, b   int
	weight float64
}

func newOrderer(d *drawing, keep float64) *orderer {
	o := &orderer{
		drawing: d, keep: keep, channels: make([][]int, len(d.bands)), brackets: make([][]int, len(d.bands)),
		parts: make([]parts, len(d.bands)),
		at:    make([]float64, len(d.items)), want: make([]float64, len(d.items)),
	}
	for n, l := range d.legs {
		if b := d.items[l.a].band; b != d.items[l.b].band {
			o.channels[b] = append(o.channels[b], n)
		} else if l.a != l.b {
			o.brackets[b] = append(o.brackets[b], n)
		}
	}
	o.was, o.found = o.copied(), o.copied()
	o.seat = make([]int, len(d.items))
	for b := range d.bands {
		o.split(b)
		d.byRank(o.actors)
		for n, i := range o.actors {
			o.seat[i] = n
		}
	}
	return o
}

func (o *orderer) copied() [][]int {
	all := make([][]int, len(o.bands))
	for b := range all {
		all[b] = slices.Clone(o.bands[b])
	}
	return all
}

func (o *orderer) save(to [][]int) {
	for b := range to {
		copy(to[b], o.bands[b])
	}
}

func (o *orderer) load(from [][]int) {
	for b := range from {
		o.set(b, from[b])
	}
}

// split sorts the items of a band into o.actors and o.others.
func (o *orderer) split(b int) {
	o.actors, o.others = o.actors[:0], o.others[:0]
	for _, i := range o.bands[b] {
		if o.items[i].kind == actorItem {
			o.actors = append(o.actors, i)
		} else {
			o.others = append(o.others, i)
		}
	}
}

// set gives a band a new order.
func (o *orderer) set(b int, order []int) {
	if o.parts[b].set && slices.Equal(o.bands[b], order) {
		return
	}
	o.parts[b] = parts{set: true}
	if b > 0 {
		o.parts[b-1].long.is, o.parts[b-1].cross.is = false, false
	}
	copy(o.bands[b], order)
	y, filled := 0.0, 0.0 // filled leaves out items without a relation, so that they do not influence others
	for n, i := range order {
		if n > 0 {
			y += o.gap(order[n-1], i)
		}
		o.pos[i] = n
		o.at[i] = y + o.items[i].h/2
		y += o.items[i].h
		if !o.lone(i) {
			filled = y
		}
	}
	for _, i := range order {
		o.at[i] = (o.at[i] + 1) / (filled + 2)
	}
}

// relax moves every item except actors between the items that it is joined to.
func (o *orderer) relax(times int) {
	for range times {
		for b := range o.bands {
			o.split(b)
			actors, others := o.actors, o.others
			if len(others) == 0 {
				continue
			}
			for _, i := range o.bands[b] {
				it := &o.items[i]
				sum, count := 0.0, 0.0
				for _, legs := range it.legs {
					for _, l := range legs {
						sum += o.at[o.other(l, i)]
						count++
					}
				}
				switch {
				case o.lone(i):
					o.want[i] = 2
				case it.kind == actorItem:
					o.want[i] = o.at[i]
				default:
					o.want[i] = sum / count
				}
			}
			slices.SortStableFunc(others, func(i, j int) int { return cmp.Compare(o.want[i], o.want[j]) })
			merged := o.trial[:0]
			for len(actors)+len(others) > 0 {
				if len(others) == 0 || len(actors) > 0 && o.want[actors[0]] <= o.want[others[0]] {
					merged, actors = append(merged, actors[0]), actors[1:]
				} else {
					merged, others = append(merged, others[0]), others[1:]
				}
			}
			o.trial = merged
			o.set(b, merged)
		}
	}
}

// sweep goes through the bands forwards and backwards and moves each item to the mean position of the items that it is
// joined to. At the end it restores the best order that it found.
func (o *orderer) sweep(times int) {
	best := o.cost(math.Inf(1))
	found := o.copied()
	for n := range times {
		for k := range o.bands {
			b := k
			if n%2 == 1 {
				b = len(o.bands) - 1 - k
			}
			for _, i := range o.bands[b] {
				sum, count := 0.0, 0.0
				for _, legs := range o.items[i].legs {
					for _, l := range legs {
						sum += o.at[o.other(l, i)]
						count++
					}
				}
				o.want[i] = 2 // an item without a relation comes last
				if count > 0 {
					o.want[i] = sum / count
				}
			}
			order := slices.Clone(o.bands[b])
			slices.SortStableFunc(order, func(i, j int) int { return cmp.Or(o.byPin(i, j), cmp.Compare(o.want[i], o.want[j])) })
			o.set(b, order)
		}
		if cost := o.cost(best - hair); cost < best-hair {
			best = cost
			o.save(found)
		}
	}
	o.load(found)
}

// improve moves items as long as the cost goes down, and returns the cost.
func (o *orderer) improve(rounds int) float64 {
	best := o.cost(math.Inf(1))
	for range rounds {
		before := best
		for b := range o.bands {
			for _, i := range slices.Clone(o.bands[b]) {
				if it := &o.items[i]; !o.lone(i) && (it.kind == actorItem || len(o.items) <= large) {
					best = o.sift(i, best)
				}
			}
		}
		if best >= before-hair {
			break
		}
	}
	return best
}

// sift tries an item at every position of its band, keeps the best, and returns the cost. Items joined to an actor move
// along with it.
func (o *orderer) sift(i int, best float64) float64 {
	b := o.items[i].band
	o.save(o.was)
	o.save(o.found)
	at := o.pos[i]
	o.rest = append(append(o.rest[:0], o.was[b][:at]...), o.was[b][at+1:]...)
	for n := range len(o.was[b]) - o.lones(o.was[b]) {
		if n == at || len(o.items) > large && (n < at-4 || n > at+4) {
			continue
		}
		o.trial = append(append(append(o.trial[:0], o.rest[:n]...), i), o.rest[n:]...)
		o.set(b, o.trial)
		if cost := o.cost(best - hair); cost < best-hair {
			best = cost
			o.save(o.found)
		}
		if o.items[i].kind != actorItem {
			continue
		}
		o.relax(2)
		if cost := o.cost(best - hair); cost < best-hair {
			best = cost
			o.save(o.found)
		}
		o.load(o.was)
	}
	o.load(o.found)
	return best
}

// cost returns the cost of the present order. If that exceeds limit, it may return any number above limit.
func (o *orderer) cost(limit float64) float64 {
	cost := 0.0
	for b := range o.bands {
		x := &o.parts[b]
		cost += x.inside.of(func() float64 { return o.inside(b) }) + x.long.of(func() float64 { return o.long(b) })
	}
	for b := range o.bands {
		if cost > limit {
			break
		}
		cost += o.parts[b].cross.of(func() float64 { return o.crossings(b) })
	}
	return cost
}

// inside returns the cost of a band's own order: of actors that are out of rank, and of legs between them.
func (o *orderer) inside(b int) (cost float64) {
	if o.keep > 0 && b%o.step == 0 {
		o.split(b)
		for n, i := range o.actors {
			for _, j := range o.actors[:n] {
				switch {
				case o.seat[j] <= o.seat[i]:
				case o.byPin(i, j) != 0:
					cost += forced
				default:
					cost += o.keep
				}
			}
		}
	}
	for _, n := range o.brackets[b] {
		l := &o.legs[n]
		between := math.Abs(float64(o.pos[l.a]-o.pos[l.b])) - 1
		cost += l.weight * (.5*between + math.Abs(o.at[l.a]-o.at[l.b]))
	}
	return cost
}

// long returns the cost of the lengths of the legs between a band and the next.
func (o *orderer) long(b int) (cost float64) {
	for _, n := range o.channels[b] {
		l := &o.legs[n]
		cost += l.weight * math.Abs(o.at[l.a]-o.at[l.b])
	}
	return cost
}

// crossings returns the cost of the crossings between a band and the next.
func (o *orderer) crossings(b int) (cost float64) {
	if len(o.channels[b]) > 60 {
		return o.manyCrossings(b)
	}
	o.ends = o.ends[:0]
	for _, n := range o.channels[b] {
		l := &o.legs[n]
		x := ends{o.pos[l.a], o.pos[l.b], l.weight}
		for _, y := range o.ends {
			if (x.a-y.a)*(x.b-y.b) < 0 {
				cost += x.weight * y.weight
			}
		}
		o.ends = append(o.ends, x)
	}
	return cost
}

// manyCrossings is crossings, in less time for many legs. For each line it adds the weights of the
// lines that leave further up and arrive further down. A Fenwick tree (partial sums) holds the weights by the position
// of arrival.
func (o *orderer) manyCrossings(b int) (cost float64) {
	legs := o.channels[b]
	slices.SortFunc(legs, func(i, j int) int {
		x, y := &o.legs[i], &o.legs[j]
		return cmp.Or(o.pos[x.a]-o.pos[y.a], o.pos[x.b]-o.pos[y.b])
	})
	o.sums = slices.Grow(o.sums[:0], len(o.bands[b+1])+1)[:len(o.bands[b+1])+1]
	clear(o.sums)
	total := 0.0
	for _, n := range legs {
		l := &o.legs[n]
		above := 0.0
		for k := o.pos[l.b] + 1; k > 0; k -= k & -k {
			above += o.sums[k]
		}
		cost += l.weight * (total - above)
		total += l.weight
		for k := o.pos[l.b] + 1; k < len(o.sums); k += k & -k {
			o.sums[k] += l.weight
		}
	}
	return cost
}
