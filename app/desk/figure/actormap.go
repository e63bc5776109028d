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

	"github.com/goccy/go-graphviz"

	"sharh/app/story"
)

// Node is an actor as the map needs it.
type Node struct {
	ID    string
	Label string
}

// Edge is a relation: indices into the nodes, and the words on its arrow.
type Edge struct {
	From, To int
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

// WideMap lays out the map with a label on each arrow.
//
// Graphviz's neato places actors and labels alike: each label is a small node between the two that it joins, so that
// removing overlaps (prism) keeps labels off actors and off each other by construction.
func WideMap(nodes []Node, edges []Edge) (story.Layout, error) {
	var dot strings.Builder
	dot.WriteString("digraph{graph[layout=neato,mode=major,model=shortpath,overlap=prism,sep=\"+9\",start=7,dpi=72,ratio=0.66];")
	dot.WriteString("node[shape=box,fixedsize=true,label=\"\"];edge[arrowhead=none];\n")
	box := func(name string, w, h, margin float64) {
		fmt.Fprintf(&dot, "%s[width=%.4f,height=%.4f];\n", name, (w+margin)/72, (h+margin)/72)
	}
	for i, n := range nodes {
		box("n"+strconv.Itoa(i), nodeWidth(n.Label, nodeText), nodeHigh, 14)
	}
	for i, e := range edges {
		box("e"+strconv.Itoa(i), width(e.Label, labelText)+8, labelHigh, 4)
		fmt.Fprintf(&dot, "n%d->e%d[len=0.9];e%d->n%d[len=0.9];\n", e.From, i, i, e.To)
	}
	dot.WriteString("}")
	places, err := neato(dot.String())
	if err != nil {
		return story.Layout{}, err
	}
	l := story.Layout{Nodes: make([]story.Rect, len(nodes)), Arrows: make([]story.Arrow, len(edges))}
	left, top := math.Inf(1), math.Inf(1)
	right, bottom := math.Inf(-1), math.Inf(-1)
	grow := func(p point, w, h float64) {
		left, right = math.Min(left, p.x-w/2), math.Max(right, p.x+w/2)
		top, bottom = math.Min(top, p.y-h/2), math.Max(bottom, p.y+h/2)
	}
	for i, n := range nodes {
		grow(places["n"+strconv.Itoa(i)], nodeWidth(n.Label, nodeText), nodeHigh)
	}
	for i, e := range edges {
		grow(places["e"+strconv.Itoa(i)], width(e.Label, labelText)+8, labelHigh)
	}
	const margin = 6
	move := func(p point) point { return point{p.x - left + margin, p.y - top + margin} }
	l.Width, l.Height = round(right-left+2*margin), round(bottom-top+2*margin)
	for i, n := range nodes {
		l.Nodes[i] = rectAround(move(places["n"+strconv.Itoa(i)]), nodeWidth(n.Label, nodeText), nodeHigh)
	}
	for i, e := range edges {
		at := move(places["e"+strconv.Itoa(i)])
		l.Arrows[i] = arrow(l.Nodes[e.From], l.Nodes[e.To], at)
		l.Arrows[i].Box = rectAround(at, width(e.Label, labelText)+8, labelHigh)
		l.Arrows[i].Label = story.Label{X: round(at.x), Y: round(at.y + labelText*0.34), Text: e.Label}
	}
	return l, nil
}

// TallMap lays out the map for a narrow screen, without words on the arrows: the text beside it has them. The box is
// 360 wide; actors keep the order that neato gives them from top to bottom and move down until none overlaps.
func TallMap(nodes []Node, edges []Edge) (story.Layout, error) {
	const (
		boxWidth = 360.0
		text     = 13.0
		high     = 34.0
		gapX     = 12.0
		gapY     = 20.0
	)
	var dot strings.Builder
	dot.WriteString("digraph{graph[layout=neato,mode=major,overlap=prism,sep=\"+4\",start=7,dpi=72];")
	dot.WriteString("node[shape=box,fixedsize=true,label=\"\",width=1.3,height=0.5];edge[arrowhead=none,len=1.4];\n")
	for i := range nodes {
		fmt.Fprintf(&dot, "n%d;\n", i)
	}
	for _, e := range edges {
		fmt.Fprintf(&dot, "n%d->n%d;\n", e.From, e.To)
	}
	dot.WriteString("}")
	places, err := neato(dot.String())
	if err != nil {
		return story.Layout{}, err
	}
	l := story.Layout{Width: boxWidth, Nodes: make([]story.Rect, len(nodes)), Arrows: make([]story.Arrow, len(edges))}
	left, right, top := math.Inf(1), math.Inf(-1), math.Inf(1)
	order := make([]int, len(nodes))
	for i := range nodes {
		p := places["n"+strconv.Itoa(i)]
		left, right, top = math.Min(left, p.x), math.Max(right, p.x), math.Min(top, p.y)
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return places["n"+strconv.Itoa(order[a])].y < places["n"+strconv.Itoa(order[b])].y
	})
	var placed []story.Rect
	for _, i := range order {
		p := places["n"+strconv.Itoa(i)]
		w := math.Min(nodeWidth(nodes[i].Label, text)-8, boxWidth)
		x := 0.0
		if right > left {
			x = (p.x - left) / (right - left) * boxWidth
		}
		x = math.Min(math.Max(x, w/2), boxWidth-w/2)
		r := story.Rect{X: round(x - w/2), Y: 4, W: w, H: high}
		for moved := true; moved; {
			moved = false
			for _, o := range placed {
				if r.X < o.X+o.W+gapX && o.X < r.X+r.W+gapX && r.Y < o.Y+o.H+gapY && o.Y < r.Y+r.H+gapY {
					r.Y = o.Y + o.H + gapY
					moved = true
				}
			}
		}
		placed = append(placed, r)
		l.Nodes[i] = r
		l.Height = math.Max(l.Height, round(r.Y+r.H+4))
	}
	for i, e := range edges {
		from, to := centre(l.Nodes[e.From]), centre(l.Nodes[e.To])
		// A slight bow to the same side keeps the two directions between a pair apart.
		mid := point{(from.x+to.x)/2 - (to.y-from.y)*0.12, (from.y+to.y)/2 + (to.x-from.x)*0.12}
		mid.x = math.Min(math.Max(mid.x, 4), boxWidth-4)
		l.Arrows[i] = arrow(l.Nodes[e.From], l.Nodes[e.To], mid)
	}
	return l, nil
}

type point struct{ x, y float64 }

func centre(r story.Rect) point { return point{r.X + r.W/2, r.Y + r.H/2} }

func rectAround(p point, w, h float64) story.Rect {
	return story.Rect{X: round(p.x - w/2), Y: round(p.y - h/2), W: round(w), H: h}
}

// arrow draws a curve from the border of one box through a point to the border of the other, and its head.
func arrow(from, to story.Rect, through point) story.Arrow {
	const head, half = 9.0, 4.2
	start := border(from, through, 1)
	tip := border(to, through, 2)
	// The line ends inside the head, so that its blunt end does not show.
	angle := math.Atan2(tip.y-through.y, tip.x-through.x)
	dx, dy := math.Cos(angle), math.Sin(angle)
	end := point{tip.x - dx*head*0.8, tip.y - dy*head*0.8}
	f := func(p point) string { return num(p.x) + " " + num(p.y) }
	// A quadratic curve passes through a point at its middle when its control lies twice as far out.
	control := point{2*through.x - (start.x+end.x)/2, 2*through.y - (start.y+end.y)/2}
	// The direction at the end is that from the control; take it for the head when the curve is bent.
	if bend := math.Hypot(control.x-through.x, control.y-through.y); bend > 1 {
		angle = math.Atan2(tip.y-control.y, tip.x-control.x)
		dx, dy = math.Cos(angle), math.Sin(angle)
		end = point{tip.x - dx*head*0.8, tip.y - dy*head*0.8}
	}
	a := point{tip.x - dx*head - dy*half, tip.y - dy*head + dx*half}
	b := point{tip.x - dx*head + dy*half, tip.y - dy*head - dx*half}
	return story.Arrow{
		Path: "M" + f(start) + "Q" + f(control) + " " + f(end),
		Head: "M" + f(tip) + "L" + f(a) + "L" + f(b) + "Z",
	}
}

func num(v float64) string { return strconv.FormatFloat(round(v), 'f', -1, 64) }

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

// neato runs Graphviz in this process and returns the centre of each node, y downwards.
func neato(dot string) (map[string]point, error) {
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
