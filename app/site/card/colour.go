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

// parseInks parses the colours, which the desk writes as "#rrggbb".
func parseInks(properties map[string]string) inks {
	of := func(name string) color.RGBA {
		n, err := strconv.ParseUint(strings.TrimPrefix(properties[name], "#"), 16, 24)
		if err != nil {
			n = 0 // a story from elsewhere may have other text here; black is better than a failure
		}
		return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
	}
	i := inks{
		paper: of("paper"), ink: of("ink"), soft: of("soft"), rule: of("rule"),
		accent: of("accent"), red: of("red"), bar: of("bar"), rang: of("range"),
	}
	i.faded = mix(i.paper, i.soft, .62) // the same share as in style.css
	return i
}

// mix mixes a with a share of b, from 0 to 1.
func mix(a, b color.RGBA, share float64) color.RGBA {
	one := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.RGBA{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B), 0xff}
}

// palette holds the colours of a picture, and enough mixtures of each with the paper to draw smooth edges.
func (i inks) palette() color.Palette {
	p := color.Palette{i.paper}
	for _, ramp := range []struct {
		col   color.RGBA
		steps int
	}{{i.ink, 14}, {i.soft, 9}, {i.accent, 9}, {i.red, 5}, {i.bar, 3}, {i.rang, 1}, {i.rule, 1}, {i.faded, 1}} {
		for n := 1; n <= ramp.steps; n++ {
			p = append(p, mix(i.paper, ramp.col, float64(n)/float64(ramp.steps)))
		}
	}
	return p
}
