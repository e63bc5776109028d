package check

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/palette"
	"sharh/app/desk/source"
)

// lowContrast checks the contrast of every colour of the publisher's themes, also of colours derived from them, against
// the grounds that they are shown on.
func lowContrast(c *Content, list *diag.List) {
	t := c.Explainer.Theme
	if t == nil {
		return
	}
	for _, x := range []struct {
		colours *source.Colours
		theme   palette.Theme
	}{{t.Light, palette.Light()}, {t.Dark, palette.Dark()}} {
		if x.colours == nil {
			continue
		}
		named := x.colours.Named()
		set := palette.Theme{}
		for name, s := range named {
			if colour, ok := palette.Parse(s.Value); ok {
				set[name] = colour
			}
		}
		for _, f := range x.theme.With(set).Faults() {
			// A colour that was not given is derived from paper and ink, or is shown on the given paper. So report the fault at
			// one of these.
			for _, name := range []string{f.Name, "paper", "ink"} {
				if _, given := set[name]; given {
					d := list.Error(named[name].Pos, "low-contrast", "low", diag.Raw(f.Name), diag.Raw(f.Ground),
						diag.Raw(fmt.Sprintf("%.2f", f.Ratio)), diag.Raw(fmt.Sprint(f.Need)))
					if _, settable := named[f.Name]; settable {
						d.Advise("instead", diag.Raw(f.Instead.String()), diag.Raw(f.Name))
					} else {
						d.Advise("ground")
					}
					break
				}
			}
		}
	}
}

var measure = regexp.MustCompile(`^(?:[2-4]\d(?:\.\d+)?|50)rem$`)

// badTheme reports invalid colours, lists of fonts and widths.
func badTheme(t *source.Theme, list *diag.List) {
	if t == nil {
		return
	}
	for _, colours := range []*source.Colours{t.Light, t.Dark} {
		named := colours.Named()
		for _, name := range slices.Sorted(maps.Keys(named)) {
			if s := named[name]; s.Value != "" {
				if _, ok := palette.Parse(s.Value); !ok {
					list.Error(s.Pos, "bad-value", "not-one-of", diag.Raw(name), s.Value).Advise("colour")
				}
			}
		}
	}
	for _, s := range []source.String{t.Text, t.Label} {
		if s.Value != "" && !locale.AreFamilies(s.Value) {
			list.Error(s.Pos, "bad-value", "fonts", s.Value).Advise("families")
		}
	}
	if s := t.Measure; s.Value != "" && !measure.MatchString(s.Value) {
		list.Error(s.Pos, "bad-value", "not-one-of", diag.Raw("measure"), s.Value).Advise("measure")
	}
}
