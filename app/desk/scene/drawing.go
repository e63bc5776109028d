package scene

import "slices"

type kind int

const (
	actorItem kind = iota
	wordsItem      // the words of a relation
	laneItem       // room for a line that passes
)

// item is what takes room in a band.
type item struct {
	kind  kind
	band  int
	of    int     // index of the actor, for an actorItem, or of the relation
	rank  float64 // an actor's
	w, h  float64
	y     float64      // of its middle
	legs  [2][]int     // towards the band before, towards the band after
	ports [2][]float64 // where these meet it, from its middle
	lines []string
}

// leg is a part of a line: between items of neighbouring bands, of which b's follows a's, or beside a column, between two
// of its actors.
type leg struct {
	a, b   int
	weight float64 // how much a crossing of it counts
	thin   bool
	head   int     // the actor at whom its head is; -1 for none
	ya, yb float64 // where it leaves a and reaches b
	track  int     // which of the tracks between the bands it changes its height on
	m, s   float64 // x of the middle of that change, and half the width of it
}

// arrow is a relation while it is laid out.
type arrow struct {
	words  int // the item with its words; -1 for none
	routes []route
}

// route is a line through items, from one to another.
type route struct {
	items, legs []int
	part        part
}

type part int

const (
	pathPart   part = iota // from who acts to the words
	tipPart                // to whom
	tetherPart             // from the words to who says it
)

// drawing is a scene while it is laid out. Its bands are, from the first column to the last, actors and, between them,
// words, if there are any.
type drawing struct {
	input
	form        spec
	mute        bool
	merged      bool // lines meet in one place where they leave an actor, and in one where they reach him
	step        int  // from the band of a column to that of the next
	items       []item
	legs        []leg
	arrows      []arrow // in the order of the input's Relations
	bands       [][]int
	pos         []int   // of each item in its band
	most        float64 // the longest line of words
	tracks      []int   // how many there are after each band
	left, right []float64
}

// corner is how far from the corners of an actor's box lines keep.
const corner = 9

// fit is how texts are set to leave room for lines.
type fit struct {
	squeeze float64 // by how much the lines of relations' words are shorter than they could be
	firm    bool    // words that are longer than these lines are broken
}

// draw takes the actors and relations of a scene as items and legs; mute leaves the words of relations out.
func (in input) draw(fit fit, mute bool) *drawing {
	f, t := specs[in.Form], in.Form.Type()
	if fit.firm {
		f.nodeWord = f.nodeMax
	}
	d := &drawing{input: in, form: f, mute: mute, merged: mute && len(in.Relations) > large, step: 2}
	if mute {
		d.step = 1
	}
	d.bands = make([][]int, d.step*(f.columns-1)+1)
	columns := make([]float64, f.columns)
	for i, a := range in.Actors {
		lines, w := measured(a.Label, t.Name, true, f.nodeWord).wrap(f.nodeMax)
		w += 2 * f.nodePad
		columns[a.Column] = max(columns[a.Column], w)
		// The item of actor i is item i.
		d.add(item{kind: actorItem, band: d.step * a.Column, of: i, rank: a.Rank, lines: lines, w: w, h: max(f.nodeHigh, float64(len(lines))*t.NameLine+8)})
	}
	room := f.width
	for _, w := range columns {
		room -= w
	}
	longest := max(f.labelMin, min(f.labelMax, room/float64(f.columns-1)-2*(f.channel+f.track)))
	d.most = max(f.labelMin, longest-fit.squeeze)
	if fit.firm {
		longest = d.most
	}
	load := make([]int, len(d.bands)) // how many relations have their words in a band
	for n, r := range in.Relations {
		d.arrows = append(d.arrows, arrow{words: -1})
		first := r.To // whom the line reaches first
		if r.Via >= 0 {
			first = r.Via
		}
		if mute {
			d.route(n, r.From, first, tipPart)
		} else {
			it := item{kind: wordsItem, band: d.between(r.From, first, load), of: n}
			it.lines, it.w = measured(r.Words, t.Words, false, longest).wrap(d.most)
			it.h = float64(len(it.lines)) * t.WordsLine
			load[it.band]++
			words := d.add(it)
			d.arrows[n].words = words
			d.route(n, r.From, words, pathPart)
			d.route(n, words, first, tipPart)
			for _, t := range r.Tied {
				d.route(n, words, t, tetherPart)
			}
		}
		if first != r.To {
			d.route(n, first, r.To, tipPart)
		}
	}
	for i := range d.items {
		if it := &d.items[i]; it.kind == actorItem {
			for side := range it.legs {
				places := d.spaced(i, side)
				it.h = max(it.h, 2*slices.Max(append(places, 0))+2*corner)
			}
		}
	}
	return d
}

func (d *drawing) add(it item) int {
	i := len(d.items)
	d.items = append(d.items, it)
	d.pos = append(d.pos, len(d.bands[it.band]))
	d.bands[it.band] = append(d.bands[it.band], i)
	return i
}

// between is the band for the words of a relation between two actors: the least loaded of those that its line passes or,
// within a column, of those beside it.
func (d *drawing) between(a, b int, load []int) int {
	a, b = d.items[a].band, d.items[b].band
	first, last := min(a, b)+1, max(a, b)-1
	if a == b {
		first, last = max(a-1, 1), min(a+1, len(d.bands)-2)
	}
	best := first
	for band := first; band <= last; band += 2 {
		if load[band] < load[best] {
			best = band
		}
	}
	return best
}

// route leads a line of relation n from item a to item b, with a lane in each band that it passes. Between two actors of
// one column it runs beside the column.
func (d *drawing) route(n, a, b int, part part) {
	r := route{items: []int{a}, part: part}
	from, to := d.items[a].band, d.items[b].band
	step := 1
	if to < from {
		step = -1
	}
	for band := from + step; from != to && band != to; band += step {
		r.items = append(r.items, d.add(item{kind: laneItem, band: band, of: n, h: 2}))
	}
	r.items = append(r.items, b)
	for k := range len(r.items) - 1 {
		l := leg{a: r.items[k], b: r.items[k+1], weight: 1, head: -1}
		if part == tipPart && k == len(r.items)-2 {
			l.head = b
		}
		if part == tetherPart {
			l.thin, l.weight = true, .5
		}
		after, before := 1, 0 // the sides on which it leaves a and reaches b
		switch {
		case from == to:
			after, before = d.inner(from), d.inner(from)
		case step < 0:
			l.a, l.b = l.b, l.a
		}
		i := len(d.legs)
		d.legs = append(d.legs, l)
		r.legs = append(r.legs, i)
		d.items[l.a].legs[after] = append(d.items[l.a].legs[after], i)
		d.items[l.b].legs[before] = append(d.items[l.b].legs[before], i)
	}
	d.arrows[n].routes = append(d.arrows[n].routes, r)
}

// inner is the side of a column on which lines run between its own actors: towards the middle.
func (d *drawing) inner(band int) int {
	if 2*band < len(d.bands) {
		return 1
	}
	return 0
}

// aside tells whether a leg runs beside a column, between two of its actors.
func (d *drawing) aside(l *leg) bool { return d.items[l.a].band == d.items[l.b].band }

// other is the item at the other end of a leg.
func (d *drawing) other(leg, item int) int {
	if l := d.legs[leg]; l.a != item {
		return l.a
	}
	return d.legs[leg].b
}

// gap is the room that two neighbours of a band keep.
func (d *drawing) gap(a, b int) float64 {
	f := d.form
	x, y := d.items[a].kind, d.items[b].kind
	switch {
	case x == actorItem && y == actorItem:
		return f.nodeGap
	case x == actorItem || y == actorItem:
		return f.laneGap + 2
	case d.mute:
		return 2
	case x == wordsItem && y == wordsItem:
		return f.labelGap
	default:
		return f.laneGap
	}
}
