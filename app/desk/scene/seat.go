package scene

import (
	"math"
	"slices"

	"sharh/app/story"
)

// seating is everything that the seats of a map depend on.
type seating struct {
	Columns   int
	Camps     []int // index of each actor's camp; -1 for none
	Relations []relation
	Core      []int // indices into Relations
	Pins      []Pin // of each actor
}

// seats gives each actor of the story its column and its rank.
func (s seating) seats() []seat {
	seats := s.unranked()
	s.ranks(seats)
	return seats
}

// unranked gives each actor its column. Ranks are the order of the story.
func (s seating) unranked() []seat {
	seats := make([]seat, len(s.Camps))
	sides := slices.Compact(slices.Sorted(slices.Values(s.Camps))) // camps that have actors
	sides = slices.DeleteFunc(sides, func(c int) bool { return c < 0 })
	last := s.Columns - 1
	choice := make([][]int, len(s.Camps)) // columns that are allowed for each actor
	var inner []int
	for c := range s.Columns {
		if len(sides) < 2 || s.Columns == 2 || c > 0 && c < last {
			inner = append(inner, c)
		}
	}
	for i, camp := range s.Camps {
		switch {
		case len(sides) > 1 && camp == sides[0]:
			choice[i] = []int{0}
		case len(sides) > 1 && camp == sides[1]:
			choice[i] = []int{last}
		default:
			choice[i] = inner
		}
		seats[i].Rank, seats[i].Pin = float64(i), s.Pins[i]
	}
	s.columns(seats, choice)
	return seats
}

// columns chooses a column for each actor that may be in several, so that most relations run between neighbouring
// columns and columns have similar lengths.
func (s seating) columns(seats []seat, choice [][]int) {
	with := make([][]int, len(seats)) // the actors at the other ends of an actor's relations
	for _, r := range s.Relations {
		ends := r.ends()
		for k := range len(ends) - 1 {
			if a, b := ends[k], ends[k+1]; a != b {
				with[a], with[b] = append(with[a], b), append(with[b], a)
			}
		}
		for _, t := range r.Tied {
			with[t] = append(with[t], r.To)
		}
	}
	length := make([]int, s.Columns)
	for i := range seats {
		seats[i].Column = -1
		if len(choice[i]) == 1 {
			seats[i].Column = choice[i][0]
			length[choice[i][0]]++
		}
	}
	choose := func(i int) (changed bool) {
		was := seats[i].Column
		if was >= 0 {
			length[was]--
		}
		best, bestCost := was, math.Inf(1)
		for _, c := range choice[i] {
			cost := 0.3 * float64(length[c])
			if c != was {
				cost += 0.1
			}
			for _, j := range with[i] {
				switch d := seats[j].Column - c; {
				case seats[j].Column < 0:
				case d == 0:
					cost += 2
				case d < -1 || d > 1:
					cost++
				}
			}
			if cost < bestCost {
				best, bestCost = c, cost
			}
		}
		seats[i].Column = best
		length[best]++
		return best != was
	}
	for changed, round := true, 0; changed && round < 10; round++ {
		changed = false
		for i := range seats {
			if len(choice[i]) > 1 && len(with[i]) > 0 && choose(i) {
				changed = true
			}
		}
	}
	for i := range seats { // actors without a relation fill up the columns and do not move others
		if seats[i].Column < 0 {
			choose(i)
		}
	}
}

// ranks orders the actors of each column so that few lines cross when the whole map is shown. Crossings with relations
// of the core count most.
func (s seating) ranks(seats []seat) {
	form := story.Narrow
	if s.Columns == specs[story.Wide].columns {
		form = story.Wide
	}
	// All texts get the same length, so that the order does not change when a word does.
	const nominal = "nominal"
	in := input{Form: form}
	for _, seat := range seats {
		in.Actors = append(in.Actors, seated{seat: seat, Label: nominal})
	}
	for _, r := range s.Relations {
		in.Relations = append(in.Relations, worded{r, nominal})
	}
	d := in.draw(fit{}, len(in.Relations) > specs[form].most)
	for _, i := range s.Core {
		for _, r := range d.arrows[i].routes {
			for _, l := range r.legs {
				d.legs[l].weight *= 2
			}
		}
	}
	d.order(free)
	for _, band := range d.bands {
		for n, i := range band {
			if it := &d.items[i]; it.kind == actorItem {
				seats[it.of].Rank = float64(n)
			}
		}
	}
}
