package figure

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-graphviz"

	"sharh/app/story"
)

// Node is an actor as the map needs it.
type Node struct {
	ID    string
	Label string
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
// Graphviz's neato places the actors. Each label then takes, of a fixed list of places along and beside its arrow, the
// first of those where it covers least: other labels, actors, and what its own arrow would run through.
func WideMap(nodes []Node, edges []Edge) (story.Layout, error) {
	const boxWidth = 1120.0
	size := func(n Node) (w, h float64) { return nodeWidth(n.Label, nodeText), nodeHigh }
	places, err := place(nodes, edges, size, 16, .55)
	if err != nil {
		return story.Layout{}, err
	}
	boxHeight := math.Max(420, 150*math.Sqrt(float64(len(nodes))))
	l := story.Layout{Width: boxWidth, Height: round(boxHeight), Nodes: make([]story.Rect, len(nodes)), Arrows: make([]story.Arrow, len(edges))}
	for i, p := range spread(places, boxWidth, boxHeight, nodes, size) {
		w, h := size(nodes[i])
		l.Nodes[i] = rectAround(p, w, h)
	}
	apart(l.Nodes, boxWidth)
	for _, r := range l.Nodes {
		l.Height = math.Max(l.Height, round(r.Y+r.H+4))
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
					for j := 0; j < len(boxes) && cost < bestCost; j++ { // nothing makes it cheaper again
						if j != i && set[j] {
							cost += overlap(box, boxes[j], 5) * 3000
						}
					}
					for j := 0; j < len(l.Nodes) && cost < bestCost; j++ {
						cost += overlap(box, l.Nodes[j], 6) * 3000
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
		l.Arrows[i] = arrow(l.Nodes[e.From], l.Nodes[e.To], best)
		l.Arrows[i].Box = box
		l.Arrows[i].Label = story.Label{X: math.Round(best.x), Y: math.Round(best.y + labelText*0.34), Text: e.Label}
		for _, tied := range e.Tied {
			edge := border(l.Nodes[tied], best, 1)
			end := border(box, edge, 0)
			l.Arrows[i].Tether += "M" + num(edge.x) + " " + num(edge.y) + "L" + num(end.x) + " " + num(end.y)
		}
	}
	return l, nil
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

// place asks neato for the centres of the actors; gap is the room around each, spacing what each further relation
// between a pair adds to its distance, in inches.
func place(nodes []Node, edges []Edge, size func(Node) (w, h float64), gap, spacing float64) ([]point, error) {
	var dot strings.Builder
	dot.WriteString("digraph{graph[layout=neato,mode=major,overlap=prism,sep=\"+4\",start=7,dpi=72];node[shape=box,fixedsize=true,label=\"\"];edge[arrowhead=none,len=2.4];\n")
	for i, n := range nodes {
		w, h := size(n)
		fmt.Fprintf(&dot, "n%d[width=%.4f,height=%.4f];\n", i, (w+gap)/72, (h+gap)/72)
	}
	// The more relations a pair has, the more room their labels need between them.
	between := pairs(edges)
	group := make([]int, len(nodes)) // connected parts, by their first member
	for i := range group {
		group[i] = i
	}
	merge := func(a, b int) {
		from, to := max(group[a], group[b]), min(group[a], group[b])
		for i := range group {
			if group[i] == from {
				group[i] = to
			}
		}
	}
	degree := make([]int, len(nodes))
	for i, e := range edges {
		degree[e.From]++
		degree[e.To]++
		merge(e.From, e.To)
		if n := between[i]; n.first {
			fmt.Fprintf(&dot, "n%d->n%d[len=%.2f];\n", e.From, e.To, 2+spacing*float64(n.count-1))
		}
		for _, t := range e.Tied {
			fmt.Fprintf(&dot, "n%d->n%d[len=1.9,weight=.5];n%d->n%d[len=1.9,weight=.5];\n", t, e.From, t, e.To)
			merge(t, e.From)
		}
	}
	// Parts without a relation to the rest stay in sight of it.
	hub := 0
	for i := range nodes {
		if degree[i] > degree[hub] {
			hub = i
		}
	}
	for i := range nodes {
		if group[i] == i && group[hub] != i {
			fmt.Fprintf(&dot, "n%d->n%d[len=4,weight=.3];\n", i, hub)
		}
	}
	dot.WriteString("}")
	found, err := neato(dot.String())
	if err != nil {
		return nil, err
	}
	places := make([]point, len(nodes))
	for i := range nodes {
		places[i] = found["n"+strconv.Itoa(i)]
	}
	return places, nil
}

// spread stretches places so that the outermost boxes touch the sides of the whole.
func spread(places []point, w, h float64, nodes []Node, size func(Node) (w, h float64)) []point {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range places {
		left, right = math.Min(left, p.x), math.Max(right, p.x)
		top, bottom = math.Min(top, p.y), math.Max(bottom, p.y)
	}
	at := func(v, from, to, size, half float64) float64 {
		if to <= from {
			return size / 2
		}
		return 4 + half + (v-from)/(to-from)*(size-2*half-8)
	}
	out := make([]point, len(places))
	for i, p := range places {
		bw, bh := size(nodes[i])
		out[i] = point{at(p.x, left, right, w, bw/2), at(p.y, top, bottom, h, bh/2)}
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

// TallMap lays out the map for a narrow screen, in a box 360 wide, without words on the arrows: the text beside it has
// them.
func TallMap(nodes []Node, edges []Edge) (story.Layout, error) {
	const boxWidth = 360.0
	size := func(n Node) (w, h float64) { return math.Min(nodeWidth(n.Label, 13)-8, boxWidth), 34 }
	places, err := place(nodes, edges, size, 10, .1)
	if err != nil {
		return story.Layout{}, err
	}
	boxes := make([]story.Rect, len(nodes))
	for i, p := range spread(places, boxWidth, math.Max(42, 26*float64(len(nodes))), nodes, size) {
		w, h := size(nodes[i])
		boxes[i] = rectAround(p, w, h)
	}
	apart(boxes, boxWidth)
	return bare(boxes, edges, boxWidth), nil
}

// SmallMap is a map without words on its arrows for a frame in somebody else's page, 360 wide and as low as it can be:
// the actors stand in rows, in the order that Graphviz gives them from top to bottom and, in a row, from left to right.
func SmallMap(nodes []Node, edges []Edge) (story.Layout, error) {
	const (
		boxWidth = 360.0
		gap      = 10.0
		high     = 30.0
		rowHigh  = 50.0
	)
	size := func(n Node) (w, h float64) { return math.Min(nodeWidth(n.Label, 13)-6, boxWidth), high }
	places, err := place(nodes, edges, size, gap, .1)
	if err != nil {
		return story.Layout{}, err
	}
	order := make([]int, len(nodes))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return places[order[a]].y < places[order[b]].y })
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
		sort.SliceStable(row, func(a, b int) bool { return places[row[a]].x < places[row[b]].x })
		free := (boxWidth - used) / float64(n+1)
		x := free
		for _, i := range row {
			w, _ := size(nodes[i])
			boxes[i] = story.Rect{X: math.Round(x), Y: y, W: math.Round(w), H: high}
			x += w + free
		}
		y += rowHigh
	}
	return bare(boxes, edges, boxWidth), nil
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

// oneAtATime guards Graphviz, which has one memory for the whole process.
var oneAtATime sync.Mutex

// neato runs Graphviz in this process and returns the centre of each node, y downwards.
func neato(dot string) (map[string]point, error) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	ctx := context.Background()
	g, err := graphviz.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("laying out the actor map: starting Graphviz: %w", err)
	}
	defer g.Close()
	graph, err := graphviz.ParseBytes([]byte(dot))
	if err != nil {
		return nil, fmt.Errorf("laying out the actor map: %w", err)
	}
	defer graph.Close()
	g.SetLayout(graphviz.NEATO)
	var out bytes.Buffer
	if err := g.Render(ctx, graph, graphviz.Format("json0"), &out); err != nil {
		return nil, fmt.Errorf("laying out the actor map: %w", err)
	}
	var result struct {
		Objects []struct {
			Name string `json:"name"`
			Pos  string `json:"pos"`
		} `json:"objects"`
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		return nil, fmt.Errorf("laying out the actor map: reading Graphviz's answer: %w", err)
	}
	places := map[string]point{}
	for _, o := range result.Objects {
		x, y, ok := strings.Cut(o.Pos, ",")
		if !ok {
			return nil, fmt.Errorf("laying out the actor map: node %s has no place", o.Name)
		}
		px, errX := strconv.ParseFloat(x, 64)
		py, errY := strconv.ParseFloat(y, 64)
		if errX != nil || errY != nil {
			return nil, fmt.Errorf("laying out the actor map: node %s stands at %q", o.Name, o.Pos)
		}
		places[o.Name] = point{px, -py}
	}
	return places, nil
}
