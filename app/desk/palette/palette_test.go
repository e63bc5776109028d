package palette

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sharh/web"
)

// Words in every tone, and in the colour of every polarity, are readable on paper and cards, and bars are visible,
// light and dark (WCAG AA).
func TestOwnThemesCanBeRead(t *testing.T) {
	for name, theme := range map[string]Theme{"light": Light(), "dark": Dark()} {
		for _, c := range append(append(append([]string{"rule", "hair", "range"}, Grounds...), Words...), Shapes...) {
			if _, there := theme[c]; !there {
				t.Errorf("%s: no colour --%s", name, c)
			}
		}
		for _, f := range theme.Faults() {
			t.Errorf("%s: --%s on --%s has a contrast of %.2f, want %v; %s would do", name, f.Name, f.Ground, f.Ratio, f.Need, f.Instead)
		}
		// Colours derived only from paper and ink must be readable too.
		for _, f := range theme.With(Theme{"paper": theme["paper"]}).Faults() {
			t.Errorf("%s, derived: --%s on --%s has a contrast of %.2f, want %v", name, f.Name, f.Ground, f.Ratio, f.Need)
		}
	}
}

// Both themes and print.css set every colour, and web/README.md gives publishers the right values.
func TestEveryColourIsEverywhere(t *testing.T) {
	light, dark := Light(), Dark()
	names := slices.Sorted(maps.Keys(light))
	if got := slices.Sorted(maps.Keys(dark)); !slices.Equal(got, names) {
		t.Errorf("the dark theme has the colours %v, the light one %v", got, names)
	}
	print, err := web.Files.ReadFile("print.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !strings.Contains(string(print), "--"+name+":#") {
			t.Errorf("print.css does not set --%s", name)
		}
	}
	readme, err := os.ReadFile("../../../web/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `--(\\w+)` \\|.*\\| `(#\\w+)` \\| `(#\\w+)` \\|$").FindAllStringSubmatch(string(readme), -1)
	if len(rows) != 7 {
		t.Errorf("web/README.md lists %d colours, want the 7 that publishers can set", len(rows))
	}
	for _, m := range rows {
		if m[2] != light[m[1]].String() || m[3] != dark[m[1]].String() {
			t.Errorf("web/README.md says that --%s is %s and %s; it is %s and %s", m[1], m[2], m[3], light[m[1]], dark[m[1]])
		}
	}
}

// Everyone can tell the camps' colours apart at a glance.
func TestCampsAreToldApart(t *testing.T) {
	const least = 10
	camps := []string{"red", "blue", "ochre", "grey"}
	for name, theme := range map[string]Theme{"light": Light(), "dark": Dark()} {
		for i, a := range camps {
			for _, b := range camps[:i] {
				for vision := range Visions {
					if got := Difference(theme[a].Seen(vision), theme[b].Seen(vision)); got < least {
						t.Errorf("%s, %s: %s and %s differ by %.1f, want %d", name, vision, a, b, got, least)
					}
				}
				if got := Difference(theme[a], theme[b]); got < least {
					t.Errorf("%s: %s and %s differ by %.1f, want %d", name, a, b, got, least)
				}
			}
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#ffffff", 21}, {"#777777", "#fff", 4.48}, {"#ffffff", "#ffffff", 1}} {
		a, _ := Parse(c.a)
		b, _ := Parse(c.b)
		if got := Contrast(a, b); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// Pairs from the table that the authors of CIEDE2000 published for testing.
func TestDifference(t *testing.T) {
	for _, c := range []struct{ l1, a1, b1, l2, a2, b2, want float64 }{
		{50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425},
		{50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000},
		{50, 0, 0, 50, -1, 2, 2.3669},
		{50, 2.5, 0, 50, 0, -2.5, 4.3065},
		{50, 2.5, 0, 73, 25, -18, 27.1492},
		{60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
		{22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
		{90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441},
	} {
		if got := ciede2000(c.l1, c.a1, c.b1, c.l2, c.a2, c.b2); math.Abs(got-c.want) > 0.0001 {
			t.Errorf("got %.4f, want %.4f", got, c.want)
		}
	}
}

// Greys stay grey in every vision, and red and green look similar to people who lack one of the two.
func TestSeen(t *testing.T) {
	grey, _ := Parse("#888888")
	red, _ := Parse("#b04040")
	green, _ := Parse("#5f6f2a")
	for vision := range Visions {
		if got := Difference(grey, grey.Seen(vision)); got > 1 {
			t.Errorf("%s: grey looks different by %.1f", vision, got)
		}
	}
	if before, after := Difference(red, green), Difference(red.Seen("deuteranopia"), green.Seen("deuteranopia")); after > before/2 {
		t.Errorf("red and green differ by %.1f, to deuteranopes by %.1f", before, after)
	}
}

// A page in a frame uses the accent colour that its publisher asks for, moved towards the ink until words are readable.
// web/bridge.js computes this; here this package computes the same cases (the browser's side is tested in cmd/sharh).
func TestAccents(t *testing.T) {
	data, err := os.ReadFile("testdata/accents.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Asked, Light, Dark string }
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) < 20 {
		t.Fatalf("got %d cases: %v", len(cases), err)
	}
	for _, c := range cases {
		asked, ok := Parse("#" + strings.TrimPrefix(c.Asked, "#"))
		for _, x := range []struct {
			name, want string
			theme      Theme
		}{{"light", c.Light, Light()}, {"dark", c.Dark, Dark()}} {
			got := ""
			for tenths := 0; ok && got == "" && tenths <= 10; tenths++ {
				mixed := asked.Mix(x.theme["ink"], float64(tenths)/10)
				if !slices.ContainsFunc(Grounds, func(g string) bool { return Contrast(mixed, x.theme[g]) < ForWords }) {
					got = mixed.String()
				}
			}
			if got != x.want {
				t.Errorf("%q, %s: got %q, want %q", c.Asked, x.name, got, x.want)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, bad := range []string{"", "#", "red", "#12", "#1234", "#12345", "#12345g", "123456", "#1234567", "rgb(1,2,3)", "#-12345", "#+12345"} {
		if c, ok := Parse(bad); ok {
			t.Errorf("%q: got %s, want no colour", bad, c)
		}
	}
	for in, want := range map[string]string{"#fff": "#ffffff", "#A1b2C3": "#a1b2c3"} {
		if c, ok := Parse(in); !ok || c.String() != want {
			t.Errorf("%q: got %s, %t, want %s", in, c, ok, want)
		}
	}
}
