package figure

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
	"sync"

	"sharh/app/story"
)

// Node is an actor as the map needs it.
type Node struct {
	ID    string
	Label string
	// Side is where the actor's camp stands: -1 at the left, 1 at the right, 0 anywhere.
	Side float64
}

// Edge is a relation: indices into the nodes, and the words on its arrow. Tied are actors who belong to it without
// being its ends: the one by way of whom it goes, the voices who speak of it.
type Edge struct {
	From, To int
	Tied     []int
	Label    string
}

const (
	nodeText  = 15.0
	nodeHigh  = 38.0
	labelText = 12.5
	labelHigh = 18.0
)

func nodeWidth(label string, size float64) float64 {
	return math.Max(64, round(width(label, size)+30))
}

// WideMap lays out the map with a label on each arrow, in a box 1120 wide.
//
// The actors stand on a grid, see arrange. Each label then takes, of a fixed list of places along and beside its arrow, the
// first of those where it covers least: other labels, actors, and what its own arrow would run through. Of a few tries the
// best in which every label finds a free place is taken.
func WideMap(nodes []Node, edges []Edge) story.Layout {
	const boxWidth, tries = 1120.0, 4
	size := func(n Node) (w, h float64) { return nodeWidth(n.Label, nodeText), nodeHigh }
	g := grid{width: boxWidth, columns: min(5, max(2, int(math.Round(math.Sqrt(float64(len(nodes))))))), length: 215, more: 42, aside: 9, heat: 2}
	g.rows = rows(g.columns, len(nodes), 1.25)
	g.height = 116 * float64(g.rows)
	type try struct {
		boxes []story.Rect
		cost  float64
	}
	found := make([]try, tries)
	var all sync.WaitGroup
	for i := range found {
		all.Go(func() { found[i].boxes, found[i].cost = arrange(g, nodes, edges, size, uint64(i)) })
	}
	all.Wait()
	slices.SortStableFunc(found, func(a, b try) int { return cmp.Compare(a.cost, b.cost) })
	var best story.Layout
	least := math.Inf(1)
	for _, f := range found {
		if l, covered := labelled(boxWidth, f.boxes, edges); covered < least {
			best, least = l, covered
		}
		if least == 0 {
			break
		}
	}
	return best
}

// labelled draws the arrows between actors, with labels, and returns how much the labels cover.
func labelled(boxWidth float64, nodes []story.Rect, edges []Edge) (l story.Layout, covered float64) {
	l = story.Layout{Width: boxWidth, Nodes: nodes, Arrows: make([]story.Arrow, len(edges))}
	apart(l.Nodes, boxWidth)
	for _, r := range l.Nodes {
		l.Height = math.Max(l.Height, round(r.Y+r.H+24)) // and a label under it
	}

	// Pairs with many relations have the fewest places to choose from; theirs are set first.
	between := pairs(edges)
	order := make([]int, len(edges))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return between[order[a]].count > between[order[b]].count })
	// A label set early can stand where only a later one finds room, so each is set again with all others known.
	at := make([]point, len(edges))
	boxes := make([]story.Rect, len(edges))
	set := make([]bool, len(edges))
	for range 3 {
		for _, i := range order {
			e := edges[i]
			from, to := centre(l.Nodes[e.From]), centre(l.Nodes[e.To])
			w := width(e.Label, labelText) + 8
			dx, dy := to.x-from.x, to.y-from.y
			length := math.Max(1, math.Hypot(dx, dy))
			bestCost := math.Inf(1)
			for _, t := range labelAlong {
				for _, off := range labelBeside {
					// Off to the side of the arrow's direction, so that there and back differ.
					p := point{from.x + dx*t - dy/length*off, from.y + dy*t + dx/length*off}
					box := rectAround(p, w, labelHigh)
					if box.X < 0 || box.Y < 0 || box.X+box.W > l.Width || box.Y+box.H > l.Height {
						continue
					}
					// A label far aside, or far from the middle, makes its arrow a hook.
					bend := off / length
					cost := math.Abs(off)*0.5 + bend*bend*90 + math.Abs(t-.5)*90
					for j, o := range boxes {
						if j != i && set[j] {
							cost += overlap(box, o, 5) * 3000
						}
					}
					for _, n := range l.Nodes {
						cost += overlap(box, n, 6) * 3000
					}
					if cost < bestCost {
						cost += through(l.Nodes, e, p) * 110
						for j, o := range boxes {
							if j != i && set[j] && curveHits(l.Nodes[e.From], l.Nodes[e.To], p, o) {
								cost += 45
							}
						}
					}
					if cost < bestCost {
						at[i], boxes[i], bestCost = p, box, cost
					}
				}
			}
			set[i] = true
		}
	}
	for i, e := range edges {
		best, box := at[i], boxes[i]
		for _, o := range append(boxes[:i:i], l.Nodes...) {
			covered += overlap(box, o, 0)
		}
		l.Arrows[i] = arrow(l.Nodes[e.From], l.Nodes[e.To], best)
		l.Arrows[i].Box = box
		l.Arrows[i].Label = story.Label{X: math.Round(best.x), Y: math.Round(best.y + labelText*0.34), Text: e.Label}
		for _, tied := range e.Tied {
			edge := border(l.Nodes[tied], best, 1)
			end := border(box, edge, 0)
			l.Arrows[i].Tether += "M" + num(edge.x) + " " + num(edge.y) + "L" + num(end.x) + " " + num(end.y)
		}
	}
	return l, covered
}

var (
	labelAlong  = []float64{.5, .46, .54, .42, .58, .38, .62, .34, .66, .3, .7, .26, .74, .22, .78, .18, .82}
	labelBeside = []float64{0, 14, -14, 20, -20, 26, -26, 33, -33, 40, -40, 50, -50, 58, -58, 70, -70, 80, -80, 95, -95, 110, -110, 140, -140, 170, -170}
)

// overlap is 0 when two rectangles are at least gap apart, else how much of their height and width they share, 0 to 1.
func overlap(a, b story.Rect, gap float64) float64 {
	w := math.Min(a.X+a.W, b.X+b.W) - math.Max(a.X, b.X) + gap
	h := math.Min(a.Y+a.H, b.Y+b.H) - math.Max(a.Y, b.Y) + gap
	if w <= 0 || h <= 0 {
		return 0
	}
	return .5 + .5*math.Min(1, w*h/(a.W*a.H))
}

// through counts the actors that an arrow through p would run over.
func through(nodes []story.Rect, e Edge, p point) float64 {
	n := 0.0
	for i, r := range nodes {
		if i != e.From && i != e.To && curveHits(nodes[e.From], nodes[e.To], p, r) {
			n++
		}
	}
	return n
}

func curveHits(from, to story.Rect, p point, r story.Rect) bool {
	a, b := border(from, p, 1), border(to, p, 2)
	c := point{2*p.x - (a.x+b.x)/2, 2*p.y - (a.y+b.y)/2}
	for t := 0.04; t < 1; t += 0.04 {
		x := (1-t)*(1-t)*a.x + 2*t*(1-t)*c.x + t*t*b.x
		y := (1-t)*(1-t)*a.y + 2*t*(1-t)*c.y + t*t*b.y
		if x > r.X-3 && x < r.X+r.W+3 && y > r.Y-3 && y < r.Y+r.H+3 {
			return true
		}
	}
	return false
}

type pair struct {
	count int  // relations between the two, in either direction
	first bool // this is the first of them
}

// pairs counts, for each edge, those between the same two actors.
func pairs(edges []Edge) []pair {
	key := func(e Edge) [2]int { return [2]int{min(e.From, e.To), max(e.From, e.To)} }
	count := map[[2]int]int{}
	out := make([]pair, len(edges))
	for i, e := range edges {
		out[i].first = count[key(e)] == 0
		count[key(e)]++
	}
	for i, e := range edges {
		out[i].count = count[key(e)]
	}
	return out
}

// apart moves boxes down, from top to bottom, until none touches another; the width stays.
func apart(boxes []story.Rect, width float64) {
	const gapX, gapY = 14.0, 20.0
	order := make([]int, len(boxes))
	for i := range boxes {
		order[i] = i
		boxes[i].X = round(math.Min(math.Max(boxes[i].X, 2), width-boxes[i].W-2))
	}
	sort.SliceStable(order, func(a, b int) bool { return boxes[order[a]].Y < boxes[order[b]].Y })
	for n, i := range order {
		for moved := true; moved; {
			moved = false
			for _, j := range order[:n] {
				a, b := &boxes[i], boxes[j]
				if a.X < b.X+b.W+gapX && b.X < a.X+a.W+gapX && a.Y < b.Y+b.H+gapY && b.Y < a.Y+a.H+gapY {
					a.Y = round(b.Y + b.H + gapY)
					moved = true
				}
			}
		}
	}
}

// rows is how many rows a grid needs for n actors and some empty places.
func rows(columns, n int, slack float64) int {
	return max(2, int(math.Ceil(float64(n)*slack/(float64(columns)-.5))))
}

// TallMap lays out the map for a narrow screen, in a box 360 wide, without words on the arrows: the text beside it has
// them.
func TallMap(nodes []Node, edges []Edge) story.Layout {
	const boxWidth = 360.0
	size := func(n Node) (w, h float64) { return math.Min(nodeWidth(n.Label, 13)-8, boxWidth), 34 }
	boxes := narrow(nodes, edges, size)
	apart(boxes, boxWidth)
	return bare(boxes, edges, boxWidth)
}

// narrow places actors in a box 360 wide.
func narrow(nodes []Node, edges []Edge, size func(Node) (w, h float64)) []story.Rect {
	g := grid{width: 360, columns: 3, length: 95, more: 12, aside: 3, heat: 6}
	g.rows = rows(g.columns, len(nodes), 1.1)
	g.height = 66 * float64(g.rows)
	boxes, _ := arrange(g, nodes, edges, size, 1)
	return boxes
}

// SmallMap is a map without words on its arrows for a frame in somebody else's page, 360 wide and as low as it can be:
// the actors stand in rows, in the order that they have on the tall map, from top to bottom and, in a row, from left to right.
func SmallMap(nodes []Node, edges []Edge) story.Layout {
	const (
		boxWidth = 360.0
		gap      = 10.0
		high     = 30.0
		rowHigh  = 50.0
	)
	size := func(n Node) (w, h float64) { return math.Min(nodeWidth(n.Label, 13)-6, boxWidth), high }
	places := narrow(nodes, edges, size)
	order := make([]int, len(nodes))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return places[order[a]].Y < places[order[b]].Y })
	boxes := make([]story.Rect, len(nodes))
	y := 3.0
	for len(order) > 0 {
		n, used := 0, 0.0
		for n < len(order) {
			w, _ := size(nodes[order[n]])
			if n > 0 && used+w+gap*float64(n+2) > boxWidth {
				break
			}
			used += w
			n++
		}
		row := order[:n]
		order = order[n:]
		sort.SliceStable(row, func(a, b int) bool { return centre(places[row[a]]).x < centre(places[row[b]]).x })
		free := (boxWidth - used) / float64(n+1)
		x := free
		for _, i := range row {
			w, _ := size(nodes[i])
			boxes[i] = story.Rect{X: math.Round(x), Y: y, W: math.Round(w), H: high}
			x += w + free
		}
		y += rowHigh
	}
	return bare(boxes, edges, boxWidth)
}

// bare is a map of actors that have their places, with arrows that bear no words.
func bare(boxes []story.Rect, edges []Edge, boxWidth float64) story.Layout {
	l := story.Layout{Width: boxWidth, Nodes: boxes, Arrows: make([]story.Arrow, len(edges))}
	for _, r := range boxes {
		l.Height = math.Max(l.Height, round(r.Y+r.H+4))
	}
	for i, e := range edges {
		from, to := centre(boxes[e.From]), centre(boxes[e.To])
		// A slight bow to the same side keeps the two directions between a pair apart.
		mid := point{(from.x+to.x)/2 - (to.y-from.y)*0.12, (from.y+to.y)/2 + (to.x-from.x)*0.12}
		mid.x = math.Min(math.Max(mid.x, 4), boxWidth-4)
		l.Arrows[i] = arrow(boxes[e.From], boxes[e.To], mid)
	}
	return l
}

type point struct{ x, y float64 }

func centre(r story.Rect) point { return point{r.X + r.W/2, r.Y + r.H/2} }

func rectAround(p point, w, h float64) story.Rect {
	return story.Rect{X: math.Round(p.x - w/2), Y: math.Round(p.y - h/2), W: math.Round(w), H: h}
}

// arrow draws a curve from the border of one box through a point to the border of the other, where its head is put.
func arrow(from, to story.Rect, through point) story.Arrow {
	start, tip := border(from, through, 1), border(to, through, 2)
	// A quadratic curve passes through a point at its middle when its control lies twice as far out.
	control := point{2*through.x - (start.x+tip.x)/2, 2*through.y - (start.y+tip.y)/2}
	f := func(p point) string { return num(p.x) + " " + num(p.y) }
	return story.Arrow{Path: "M" + f(start) + "Q" + f(control) + " " + f(tip)}
}

// num writes a place in whole units: on a map of 1120 nobody sees less, and every reader downloads the digits.
func num(v float64) string { return strconv.Itoa(int(math.Round(v))) }

// border is where the line from the centre of r towards p leaves r, gap further out.
func border(r story.Rect, p point, gap float64) point {
	c := centre(r)
	dx, dy := p.x-c.x, p.y-c.y
	if dx == 0 && dy == 0 {
		return point{c.x, r.Y + r.H + gap}
	}
	t := math.Min(safe(r.W/2+gap, dx), safe(r.H/2+gap, dy))
	return point{c.x + dx*t, c.y + dy*t}
}

func safe(half, d float64) float64 {
	if d == 0 {
		return math.Inf(1)
	}
	return half / math.Abs(d)
}
