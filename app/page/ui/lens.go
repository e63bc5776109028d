package ui

import "sharh/app/page/browser"

// lens is the part of a picture that is visible in an element: around a point, with a scale. Scale 1 shows the whole
// picture. Lengths are in units of the picture.
type lens struct {
	width, height float64 // size of the picture
	x, y          float64 // the point in the middle
	scale         float64
}

// largest is the greatest scale.
const largest = 8

// all returns the lens that shows the whole picture.
func all(width, height float64) lens { return lens{width, height, width / 2, height / 2, 1} }

// units returns how many units of the picture one pixel is, in an element of the given size.
func (l lens) units(width, height float64) float64 {
	return max(l.width/max(width, 1), l.height/max(height, 1)) / l.scale
}

// after returns the lens after a gesture. The point under the pointer stays there, and the middle stays on the picture.
func (l lens) after(g browser.Gesture) lens {
	if g.Scale == 0 {
		return all(l.width, l.height)
	}
	before := l.units(g.Width, g.Height)
	l.scale = min(max(l.scale*g.Scale, 1), largest)
	now := l.units(g.Width, g.Height)
	l.x += (g.X-g.Width/2)*(before-now) - g.DX*before
	l.y += (g.Y-g.Height/2)*(before-now) - g.DY*before
	l.x, l.y = min(max(l.x, 0), l.width), min(max(l.y, 0), l.height)
	return l
}

// transform moves and scales the picture, in an SVG whose viewBox is the whole picture, to what the lens shows. A moved
// group is only composed again; another viewBox would lay out and paint every word.
func (l lens) transform() string {
	return "translate(" + num(l.width/2-l.scale*l.x) + " " + num(l.height/2-l.scale*l.y) + ") scale(" + num(l.scale) + ")"
}
