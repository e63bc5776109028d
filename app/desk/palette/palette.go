// Package palette computes with the colours of a theme: it reads and mixes them, and computes contrast and how
// colour-blind people see them.
//
// A theme is the set of the page's custom properties that are colours, light or dark. Sharh's own themes are in
// web/palette.json. [Theme.With] puts a publisher's colours into a theme, and [Theme.Faults] lists the colours that are
// then hard to read.
package palette

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"sharh/web"
)

// Colour is red, green and blue in sRGB, 0 to 1 each.
type Colour [3]float64

// Parse reads #rgb or #rrggbb.
func Parse(s string) (Colour, bool) {
	hex, ok := strings.CutPrefix(s, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if !ok || err != nil || len(hex) != 6 {
		return Colour{}, false
	}
	return Colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}, true
}

// String writes #rrggbb.
func (c Colour) String() string {
	n := [3]int{}
	for i, x := range c {
		n[i] = int(math.Round(255 * min(1, max(0, x))))
	}
	return fmt.Sprintf("#%02x%02x%02x", n[0], n[1], n[2])
}

// Mix returns c mixed with a share of other, 0 to 1, like color-mix(in srgb) of CSS, rounded to the colours of a
// screen.
func (c Colour) Mix(other Colour, share float64) Colour {
	for i := range c {
		c[i] = math.Round(255*(c[i]+(other[i]-c[i])*share)) / 255
	}
	return c
}

// linear undoes sRGB's gamma.
func (c Colour) linear() Colour {
	for i, x := range c {
		if x <= 0.04045 {
			c[i] = x / 12.92
		} else {
			c[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return c
}

// Luminance is the relative luminance of WCAG 2.
func (c Colour) Luminance() float64 {
	l := c.linear()
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

// Contrast is the ratio that WCAG 2 defines, 1 to 21.
func Contrast(a, b Colour) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Theme holds colours by the name of their custom property, without the dashes.
type Theme map[string]Colour

// The colours that need contrast, and the grounds they are used on. Hairlines between rows, and the paler part of a
// bar, which has an outline, need none because they carry no information of their own.
var (
	Grounds = []string{"paper", "card"}
	Words   = []string{"ink", "soft", "accent", "red", "blue", "ochre", "grey",
		"cooperative", "pressure", "conflictual", "neutral"}
	Shapes = []string{"bar"}
)

// The contrast that WCAG 2.2, level AA, requires for words and for shapes.
const (
	ForWords  = 4.5
	ForShapes = 3
)

// Light is Sharh's own light theme.
func Light() Theme {
	light, _ := web.Palette()
	return read(light)
}

// Dark is Sharh's own dark theme.
func Dark() Theme {
	_, dark := web.Palette()
	return read(dark)
}

// read takes the properties that are colours.
func read(properties map[string]string) Theme {
	t := Theme{}
	for name, value := range properties {
		if c, ok := Parse(value); ok {
			t[name] = c
		}
	}
	return t
}

// With returns the theme with some colours replaced. If the paper or the ink is among them, it derives the colours
// between the two anew: quieter words, lines, bars, the ground of panels.
func (t Theme) With(set Theme) Theme {
	out := maps.Clone(t)
	maps.Copy(out, set)
	_, paper := set["paper"]
	_, ink := set["ink"]
	if paper || ink {
		p, i := out["paper"], out["ink"]
		for name, share := range map[string]float64{"soft": .72, "rule": .17, "hair": .09, "bar": .5, "range": .24} {
			out[name] = p.Mix(i, share)
		}
		if p.Luminance() > i.Luminance() {
			out["card"] = p.Mix(Colour{1, 1, 1}, .6)
		} else {
			out["card"] = p.Mix(i, .04)
		}
	}
	return out
}

// Fault is a colour with too little contrast on a ground.
type Fault struct {
	Name, Ground string
	Ratio, Need  float64
	Instead      Colour // the nearest colour with enough contrast
}

// Faults returns the colours of a theme with too little contrast on a ground, each once, with the ground where the
// contrast is lowest.
func (t Theme) Faults() []Fault {
	var all []Fault
	try := func(names []string, need float64) {
		for _, name := range names {
			worst := Fault{Name: name, Ratio: math.Inf(1), Need: need}
			for _, ground := range Grounds {
				if got := Contrast(t[name], t[ground]); got < worst.Ratio {
					worst.Ground, worst.Ratio = ground, got
				}
			}
			if worst.Ratio < need {
				worst.Instead = t.legible(t[name], need)
				all = append(all, worst)
			}
		}
	}
	try(Words, ForWords)
	try(Shapes, ForShapes)
	return all
}

// legible returns the colour nearest to c, towards black or white, that has enough contrast on every ground.
func (t Theme) legible(c Colour, need float64) Colour {
	for share := 0.02; share <= 1; share += 0.02 {
		for _, end := range []Colour{{}, {1, 1, 1}} {
			x := c.Mix(end, share)
			if !slices.ContainsFunc(Grounds, func(g string) bool { return Contrast(x, t[g]) < need }) {
				return x
			}
		}
	}
	if t["paper"].Luminance() > .18 {
		return Colour{}
	}
	return Colour{1, 1, 1}
}
