package figure

import (
	"math"
	"math/rand/v2"

	"sharh/app/story"
)

// grid is where actors may stand: rows of places, every second one between those of the row above, as bricks are laid.
// So actors stand in line, and an arrow to the actor after the next has somewhere to pass.
type grid struct {
	width, height float64
	columns, rows int
	length        float64 // that an arrow between two actors likes to have
	more          float64 // what each further relation between the two adds, for the labels to stand under one another
	aside         float64 // half of the room that each relation between two takes beside their line
	heat          float64 // how much worse an exchange may make things at first
}

// cells are the places of a grid.
func (g grid) cells() []point {
	var all []point
	for row := range g.rows {
		n := g.columns - row%2
		for i := range n {
			step := g.width / float64(g.columns)
			all = append(all, point{step * (float64(i) + .5 + float64(row%2)/2), g.height * (float64(row) + .5) / float64(g.rows)})
		}
	}
	return all
}

// arrangement is a try at giving each actor a cell.
type arrangement struct {
	grid
	cell  []point
	at    []int // the cell of each actor, and then the actors who are not there: cells that stay empty
	nodes []Node
	half  []point // half the size of each actor
	ties  []tie
	of    [][]int // the ties of each actor

	touched []bool // room for around
	all     []int
}

// tie is all that is between two actors, or between an actor and a relation that he speaks of.
type tie struct {
	a, b   int
	count  int     // relations between a and b; 0 for a voice
	beside int     // the other end of the relation that the voice a speaks of, b being one
	like   float64 // length
}

// arrange gives each actor a cell of a grid so that arrows are short, cross little and run over nobody, and that camps face
// each other. It begins anywhere and exchanges two cells again and again, at first also to the worse (simulated annealing);
// the chances are the same every time for the same seed.
func arrange(g grid, nodes []Node, edges []Edge, size func(Node) (w, h float64), seed uint64) (boxes []story.Rect, cost float64) {
	a := &arrangement{grid: g, cell: g.cells(), nodes: nodes, of: make([][]int, len(nodes))}
	for i := range a.cell {
		a.at = append(a.at, i)
	}
	for _, n := range nodes {
		w, h := size(n)
		a.half = append(a.half, point{w / 2, h / 2})
	}
	tied := func(t tie) {
		for _, n := range []int{t.a, t.b} {
			a.of[n] = append(a.of[n], len(a.ties))
		}
		if t.count == 0 {
			a.of[t.beside] = append(a.of[t.beside], len(a.ties))
		}
		a.ties = append(a.ties, t)
	}
	for i, p := range pairs(edges) {
		e := edges[i]
		if p.first {
			tied(tie{a: e.From, b: e.To, count: p.count, like: g.length + g.more*float64(p.count-1)})
		}
		for _, t := range e.Tied {
			if t != e.From && t != e.To {
				tied(tie{a: t, b: e.From, beside: e.To, like: g.length * .6})
			}
		}
	}
	a.touched, a.all = make([]bool, len(a.ties)), make([]int, 0, len(a.ties))
	chance := rand.New(rand.NewPCG(seed, 1))
	const tries = 8000
	best, bestCost := append([]int(nil), a.at...), a.cost()
	cost = bestCost
	for i := range tries {
		heat := g.heat * math.Pow(1-float64(i)/tries, 2)
		if len(nodes) == 0 {
			break
		}
		m, n := chance.IntN(len(nodes)), chance.IntN(len(a.at))
		if m == n {
			continue
		}
		before := a.around(m, n)
		a.at[m], a.at[n] = a.at[n], a.at[m]
		worse := a.around(m, n) - before
		if worse > 0 && chance.Float64() >= math.Exp(-worse/math.Max(heat, .01)) {
			a.at[m], a.at[n] = a.at[n], a.at[m]
			continue
		}
		if cost += worse; cost < bestCost-.001 {
			bestCost = cost
			copy(best, a.at)
		}
	}
	a.at = best
	boxes = make([]story.Rect, len(nodes))
	top := math.Inf(1)
	for i := range nodes {
		top = math.Min(top, a.place(i).y-a.half[i].y-4)
	}
	for i := range nodes {
		p := a.place(i)
		w, h := 2*a.half[i].x, 2*a.half[i].y
		p.x = math.Min(math.Max(p.x, w/2+2), g.width-w/2-2)
		p.y -= top
		boxes[i] = rectAround(p, w, h)
	}
	return boxes, bestCost
}

func (a *arrangement) place(n int) point { return a.cell[a.at[n]] }

// cost is what is to be said against the whole arrangement.
func (a *arrangement) cost() float64 {
	sum := 0.0
	for n := range a.nodes {
		sum += a.alone(n)
		for m := range n {
			sum += a.narrow(n, m)
		}
	}
	for i := range a.ties {
		sum += a.tie(i)
		for j := range i {
			sum += a.crossing(i, j)
		}
		for n := range a.nodes {
			sum += a.over(i, n)
		}
	}
	return sum
}

// around is the part of cost that depends on where m and n stand; n may be an empty place.
func (a *arrangement) around(m, n int) float64 {
	moved := []int{m}
	if n < len(a.nodes) {
		moved = append(moved, n)
	}
	sum := 0.0
	touched, all := a.touched, a.all[:0]
	clear(touched)
	for k, x := range moved {
		sum += a.alone(x)
		for y := range a.nodes {
			if y != x && (k == 0 || y != m) {
				sum += a.narrow(x, y)
			}
		}
		for _, i := range a.of[x] {
			if !touched[i] {
				touched[i] = true
				all = append(all, i)
			}
		}
	}
	for k, i := range all {
		sum += a.tie(i)
		for _, j := range all[:k] {
			sum += a.crossing(i, j)
		}
		for j := range a.ties {
			if !touched[j] {
				sum += a.crossing(i, j)
			}
		}
		for y := range a.nodes {
			sum += a.over(i, y)
		}
	}
	for j := range a.ties {
		if !touched[j] {
			for _, x := range moved {
				sum += a.over(j, x)
			}
		}
	}
	return sum
}

// alone draws camps to their sides, and those with many relations to the middle.
func (a *arrangement) alone(n int) float64 {
	p := a.place(n)
	cost := 0.0
	if side := a.nodes[n].Side; side != 0 {
		cost += 1.9 * math.Abs(p.x/a.width-.5-.3*side) * float64(a.columns)
	}
	return cost + .12*float64(len(a.of[n]))*math.Abs(p.y/a.height-.5)*2
}

// narrow is the cost of two actors who do not fit beside each other.
func (a *arrangement) narrow(n, m int) float64 {
	p, q := a.place(n), a.place(m)
	if math.Abs(p.y-q.y) < a.half[n].y+a.half[m].y && math.Abs(p.x-q.x) < a.half[n].x+a.half[m].x+12 {
		return 30
	}
	return 0
}

// tie is the cost of a length.
func (a *arrangement) tie(i int) float64 {
	t := &a.ties[i]
	p, q := a.place(t.a), a.place(t.b)
	if t.count == 0 {
		o := a.place(t.beside)
		q = point{(q.x + o.x) / 2, (q.y + o.y) / 2}
		d := (math.Hypot(p.x-q.x, p.y-q.y) - t.like) / a.length
		return .8 * math.Max(0, d)
	}
	d := (math.Hypot(p.x-q.x, p.y-q.y) - t.like) / a.length
	// Labels are wide and low: many of them stand best under one another, on arrows that go across.
	steep := 1.5 * float64(t.count-1) * math.Abs(p.y-q.y) / a.length
	if d < 0 {
		return 9*d*d + steep
	}
	return 2*d + 1.5*d*d + steep
}

// crossing is the cost of two lines that cross.
func (a *arrangement) crossing(i, j int) float64 {
	s, t := &a.ties[i], &a.ties[j]
	if s.count == 0 || t.count == 0 || s.a == t.a || s.a == t.b || s.b == t.a || s.b == t.b {
		return 0
	}
	if crosses(a.place(s.a), a.place(s.b), a.place(t.a), a.place(t.b)) {
		return 1.4 + .3*float64(s.count+t.count)
	}
	return 0
}

// over is the cost of a line that runs over an actor.
func (a *arrangement) over(i, n int) float64 {
	t := &a.ties[i]
	if t.count == 0 || n == t.a || n == t.b {
		return 0
	}
	p, q, c := a.place(t.a), a.place(t.b), a.place(n)
	room := a.aside * float64(t.count)
	w, h := a.half[n].x+room, a.half[n].y+room
	// Most lines are not even near.
	if math.Max(p.x, q.x) < c.x-w || math.Min(p.x, q.x) > c.x+w || math.Max(p.y, q.y) < c.y-h || math.Min(p.y, q.y) > c.y+h || !hits(p, q, c, w, h) {
		return 0
	}
	return 5
}

func crosses(a, b, c, d point) bool {
	if math.Max(a.x, b.x) < math.Min(c.x, d.x) || math.Max(c.x, d.x) < math.Min(a.x, b.x) || math.Max(a.y, b.y) < math.Min(c.y, d.y) || math.Max(c.y, d.y) < math.Min(a.y, b.y) {
		return false
	}
	side := func(p, q, r point) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// hits reports whether the line from p to q touches the box around c.
func hits(p, q, c point, halfW, halfH float64) bool {
	from, to := 0.0, 1.0
	for _, x := range []struct{ at, d, low, high float64 }{
		{p.x, q.x - p.x, c.x - halfW, c.x + halfW}, {p.y, q.y - p.y, c.y - halfH, c.y + halfH},
	} {
		if x.d == 0 {
			if x.at < x.low || x.at > x.high {
				return false
			}
			continue
		}
		t1, t2 := (x.low-x.at)/x.d, (x.high-x.at)/x.d
		from, to = math.Max(from, math.Min(t1, t2)), math.Min(to, math.Max(t1, t2))
	}
	return from <= to
}
