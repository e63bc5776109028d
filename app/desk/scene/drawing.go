package scene

import "slices"

type kind int

const (
	actorItem kind = iota
	wordsItem      // the words of a relation
	laneItem       // room for a line that passes through a band
)

// item takes up room in a band: an actor, the words of a relation, or a lane.
type item struct {
	kind  kind
	band  int
	of    int     // index of the actor for an actorItem, otherwise of the relation
	rank  float64 // the actor's, for an actorItem
	pin   Pin     // likewise
	w, h  float64
	y     float64      // y of its middle
	legs  [2][]int     // indices of legs towards the band before and the band after
	ports [2][]float64 // heights at which these legs meet it, relative to its middle
	lines []string
}

// leg is a part of a line. It joins items of two neighbouring bands, a in the first and b in the next, or runs beside a
// column between two of its actors.
type leg struct {
	a, b   int
	weight float64 // cost of a crossing with it
	thin   bool
	head   int     // item of the actor where its arrowhead is; -1 for none
	ya, yb float64 // heights at which it leaves a and reaches b
	track  int     // the track between the bands on which it changes its height
	m, s   float64 // x of the middle of that change, and half its width
}

// arrow is a relation during layout.
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
	pathPart   part = iota // from the acting actor to the words
	tipPart                // to the actor acted on
	tetherPart             // from the words to an actor who says them
)

// drawing is a scene during layout. From left to right its bands are columns of actors, with bands of words between
// them unless the scene is mute.
type drawing struct {
	input
	form        spec
	mute        bool
	merged      bool // all lines that leave an actor start at one point, and all that reach it end at one point
	step        int  // number of bands from one column to the next
	items       []item
	legs        []leg
	arrows      []arrow // in the order of the input's Relations
	bands       [][]int
	pos         []int   // position of each item in its band
	most        float64 // the greatest length of a line of words
	tracks      []int   // number of tracks after each band
	left, right []float64
}

// corner is the least distance of lines from the corners of an actor's box.
const corner = 9

// pointedPad is the least margin beside a name in a box whose corners are cut by 7. The first and the last of several
// lines are as wide as the others, and in a font of the reader's own wider than measured.
const pointedPad = 11

// fit says how texts are shortened to leave room for lines.
type fit struct {
	squeeze float64 // by how much lines of relations' words are shorter than the longest possible
	firm    bool    // words longer than such a line are broken
}

// draw makes the items and legs of a scene's actors and relations. If mute is set, it leaves out the words of
// relations.
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
		pad := f.nodePad
		if a.Pointed {
			pad = max(pad, pointedPad)
		}
		w += 2 * pad
		columns[a.Column] = max(columns[a.Column], w)
		// The item of actor i has index i.
		d.add(item{
			kind: actorItem, band: d.step * a.Column, of: i, rank: a.Rank, pin: a.Pin,
			lines: lines, w: w, h: max(f.nodeHigh, float64(len(lines))*t.NameLine+8),
		})
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
	load := make([]int, len(d.bands)) // number of relations whose words are in each band
	for n, r := range in.Relations {
		d.arrows = append(d.arrows, arrow{words: -1})
		first := r.To // the first actor that the line reaches
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

// between returns the band for the words of a relation between two actors: the least loaded band that its line passes
// or, within a column, that is beside it.
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

// route adds a line of relation n from item a to item b, with a lane in each band that it passes. Between two actors of
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
		after, before := 1, 0 // the sides on which the leg leaves a and reaches b
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

// inner returns the side of a column, 0 or 1, on which lines between its own actors run: the side towards the middle of
// the drawing.
func (d *drawing) inner(band int) int {
	if 2*band < len(d.bands) {
		return 1
	}
	return 0
}

// aside tells whether a leg runs beside a column, between two of its actors.
func (d *drawing) aside(l *leg) bool { return d.items[l.a].band == d.items[l.b].band }

// other returns the item at the other end of a leg.
func (d *drawing) other(leg, item int) int {
	if l := d.legs[leg]; l.a != item {
		return l.a
	}
	return d.legs[leg].b
}

// gap is the least distance between two neighbours of a band.
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
