package card

import (
	"image/color"
	"maps"
	"math"
	"strconv"
	"strings"

	"sharh/app/story"
	"sharh/web"
)

// inks are the colours of a picture, with the same names as on the page.
type inks struct {
	paper, ink, soft, rule, accent, red, bar, rang color.RGBA
	faded                                          color.RGBA // the less certain part of a highlighted bar
}

// properties are the colours of a light page, by name: our own (web/palette.json), overridden by the publisher's
// theme.
func properties(t story.Theme) map[string]string {
	all, _ := web.Palette()
	maps.Copy(all, t.Light)
	return all
}

// tints are the colours of a light page by name, for what is drawn in a colour that its content names.
type tints map[string]color.RGBA

// parseTints parses the colours, which the desk writes as "#rrggbb".
func parseTints(properties map[string]string) tints {
	all := tints{}
	for name, value := range properties {
		n, err := strconv.ParseUint(strings.TrimPrefix(value, "#"), 16, 24)
		if err != nil {
			n = 0 // a story from elsewhere may have other text here; black is better than a failure
		}
		all[name] = color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
	}
	all["none"] = all["grey"] // the tone of actors without a camp
	return all
}

// inks returns the colours that every picture has.
func (t tints) inks() inks {
	i := inks{
		paper: t["paper"], ink: t["ink"], soft: t["soft"], rule: t["rule"],
		accent: t["accent"], red: t["red"], bar: t["bar"], rang: t["range"],
	}
	i.faded = mix(i.paper, i.soft, .62) // the same share as in style.css
	return i
}

// mix mixes a with a share of b, from 0 to 1.
func mix(a, b color.RGBA, share float64) color.RGBA {
	one := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.RGBA{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B), 0xff}
}

// ramp is a colour of a picture and in how many steps it is mixed with the paper.
type ramp struct {
	col   color.RGBA
	steps int
}

// scenePalette is the palette of a picture with a scene: more colours than other pictures have, in fewer steps, which
// keeps the picture small.
func (t tints) scenePalette() color.Palette {
	i := t.inks()
	ramps := []ramp{{i.ink, 7}, {i.soft, 5}, {i.bar, 2}, {i.rule, 1}, {t["card"], 1}}
	for _, p := range story.Polarities {
		ramps = append(ramps, ramp{t[p], 4})
	}
	for _, tone := range []string{"red", "blue", "ochre", "grey"} {
		ramps = append(ramps, ramp{t[tone], 2})
	}
	return i.ramped(ramps...)
}

// palette holds the colours of a picture, and enough mixtures of each with the paper to draw smooth edges.
func (i inks) palette() color.Palette {
	return i.ramped(
		ramp{i.ink, 14}, ramp{i.soft, 9}, ramp{i.accent, 9}, ramp{i.red, 5},
		ramp{i.bar, 3}, ramp{i.rang, 1}, ramp{i.rule, 1}, ramp{i.faded, 1})
}

// ramped holds the paper, and mixtures of it with colours.
func (i inks) ramped(ramps ...ramp) color.Palette {
	p := color.Palette{i.paper}
	for _, ramp := range ramps {
		for n := 1; n <= ramp.steps; n++ {
			p = append(p, mix(i.paper, ramp.col, float64(n)/float64(ramp.steps)))
		}
	}
	return p
}
