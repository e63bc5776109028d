package card

import (
	"image/color"

	"sharh/app/story"
)

// Scene is a scene of the actor map in one form, with all that is needed to draw it.
type Scene struct {
	Width, Height float64
	Type          story.Type
	Actors        []Actor
	Relations     []Relation
}

// Actor is an actor of a scene.
type Actor struct {
	story.Node
	Shape, Tone   string
	Chosen, Added bool
}

// Relation is a relation of a scene.
type Relation struct {
	story.Arrow
	Polarity  string
	Mutual    bool
	Between   bool // has no direction
	Thickness int  // see [story.ThicknessOf]
}

// sceneOf takes from a story what is needed to draw a scene in a form. The actor with the given id is drawn as chosen.
func sceneOf(d *story.Document, s *story.Scene, f story.Form, chosen string) *Scene {
	l := s.In(f)
	x := &Scene{Width: l.Width, Height: l.Height, Type: f.Type()}
	for n, i := range s.Actors {
		a := &d.Actors[i]
		x.Actors = append(x.Actors, Actor{l.Nodes[n], a.Shape, d.Tone(a.Camp), a.ID == chosen, a.Added})
	}
	for n, i := range s.Relations {
		r := &d.Relations[i]
		x.Relations = append(x.Relations, Relation{l.Arrows[n], r.Polarity, r.Mutual, r.Between, r.Thickness})
	}
	return x
}

// The pens here are those of web/style.css: a test compares them.

// line is the pen for a relation of a polarity, and of a thickness unless that is 0.
func (c tints) line(polarity string, thickness int) pen {
	p := pen{width: 1.5, col: c[polarity]}
	switch polarity {
	case "pressure":
		p.width, p.dash, p.round = 1.9, []float64{2, 4}, true
	case "conflictual":
		p.dash = []float64{9, 4}
	case "neutral":
		p.width = 1.1
	}
	if thickness > 0 {
		p.width = float64(8*thickness) / 10
		if polarity == "pressure" && thickness > 2 {
			p.dash = []float64{.1, 2 + float64(thickness)}
		}
	}
	return p
}

// tether is the pen for the lines to those who say that a relation exists.
func (c tints) tether() pen {
	return pen{width: 1.4, dash: []float64{1, 4}, round: true, col: c["bar"]}
}

// edge is the pen for the outline of an actor.
func (c tints) edge(a *Actor) pen {
	p := pen{width: 1.5, closed: true, col: c[a.Tone]}
	switch a.Shape {
	case "person", "state":
		p.width = 2.6
	case "voices", "media":
		p.dash, p.round = []float64{1.5, 4}, true
	case "object":
		p.dash = []float64{6, 3}
	}
	if a.Chosen {
		p.col = c["ink"]
	}
	return p
}

// draw draws a scene on a surface in the scene's own units: lines, the words on them, and the actors.
func (x *Scene) draw(on surface, s *setter, c tints) {
	for i := range x.Relations {
		r := &x.Relations[i]
		from := parsePath(r.Path)
		for n, tip := range r.Tips {
			// The words are on the first tip; the second one begins at the actor between.
			line := append(from, parsePath(tip)...)
			on.stroke(line, c.line(r.Polarity, r.Thickness))
			if !r.Between {
				head(on, line, r.Thickness, c[r.Polarity], r.Mutual && n == 0)
			}
			from = nil
		}
		if r.Tether != "" {
			on.stroke(parsePath(r.Tether), c.tether())
		}
	}
	for i := range x.Relations {
		r := &x.Relations[i]
		lettering(on, s, r.Lines, plain, r.Box, x.Type.Words, x.Type.WordsLine, c[r.Polarity])
	}
	for i := range x.Actors {
		a := &x.Actors[i]
		ground, ink, weight := c["card"], c["ink"], strong
		if a.Added {
			ground, ink, weight = c["paper"], c["soft"], plain
		}
		if a.Shape == "voices" || a.Shape == "media" {
			weight = plain
		}
		if a.Chosen {
			ground, ink = c["ink"], c["paper"]
		}
		edge := outline(a.Shape, a.Box)
		on.fill(edge, ground)
		on.stroke(edge, c.edge(a))
		lettering(on, s, a.Lines, weight, a.Box, x.Type.Name, x.Type.NameLine, ink)
	}
}

// outline is the shape of an actor, as on the page.
func outline(of string, r story.Rect) shape {
	switch of {
	case "person", "voices", "media":
		return round(r.X, r.Y, r.W, r.H, min(r.H/2, 19))
	case "summit", "event":
		left, right, middle, bottom := r.X+7, r.X+r.W-7, r.Y+r.H/2, r.Y+r.H
		return polygon(vec{r.X, middle}, vec{left, r.Y}, vec{right, r.Y},
			vec{r.X + r.W, middle}, vec{right, bottom}, vec{left, bottom})
	case "state":
		return polygon(vec{r.X, r.Y}, vec{r.X + r.W, r.Y}, vec{r.X + r.W, r.Y + r.H}, vec{r.X, r.Y + r.H})
	default:
		return round(r.X, r.Y, r.W, r.H, 3)
	}
}

// lettering writes lines of text, centred in a box. A line that is wider than the box becomes smaller; this happens
// only if the estimate of its width was too low.
func lettering(on surface, s *setter, lines []string, f face, box story.Rect, size, height float64, col color.Color) {
	for i, line := range lines {
		l := s.fit(line, f, size, size*.7, box.W)
		on.text(l, box.X+(box.W-l.width)/2, box.Baseline(i, len(lines), size, height), col)
	}
}

// head draws the arrowhead at the end of a line of a thickness and, if both is set, the one at its beginning.
func head(on surface, line shape, thickness int, col color.Color, both bool) {
	length, _ := story.HeadOf(thickness)
	half, over := .46*length, length/10 // as in package ui
	all := line.lines()
	at := func(tip, before vec) {
		u := before.unit(tip)
		across := vec{-u.y, u.x}
		foot := tip.plus(u, over-length)
		on.fill(polygon(foot.plus(across, half), tip.plus(u, over), foot.plus(across, -half)), col)
	}
	if len(all) == 0 {
		return
	}
	if last := all[len(all)-1]; len(last) > 1 {
		at(last[len(last)-1], last[len(last)-2])
	}
	if first := all[0]; both && len(first) > 1 {
		at(first[0], first[1])
	}
}
