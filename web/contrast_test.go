package web

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// The colours of each theme, by name: what a block of style.css that sets --paper to a colour sets. (Where the system
// forces colours, they are the system's.)
func themes(t *testing.T) []map[string]string {
	t.Helper()
	data, err := Files.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	colour := regexp.MustCompile(`--([a-z]+):(#[0-9a-f]{6})\b`)
	for _, block := range regexp.MustCompile(`\{[^{}]*--paper:#[^{}]*\}`).FindAllString(string(data), -1) {
		theme := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(block, -1) {
			theme[m[1]] = m[2]
		}
		all = append(all, theme)
	}
	return all
}

// contrast is the ratio that WCAG 2 defines.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			x := float64(n) / 255
			if x <= 0.04045 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			sum += weight * x
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text in every tone, and in the colour of every polarity, can be read on paper and on cards, light and dark (WCAG AA).
func TestTonesCanBeRead(t *testing.T) {
	all := themes(t)
	if len(all) < 2 {
		t.Fatalf("found %d themes in style.css, want at least light and dark", len(all))
	}
	for i, theme := range all {
		for _, name := range []string{"ink", "soft", "red", "blue", "ochre", "grey", "cooperative", "conflictual", "pressure", "neutral"} {
			for _, ground := range []string{"paper", "card"} {
				if theme[name] == "" || theme[ground] == "" {
					t.Errorf("theme %d: no colour --%s or --%s", i+1, name, ground)
					continue
				}
				if got := contrast(t, theme[name], theme[ground]); got < 4.5 {
					t.Errorf("theme %d: --%s %s on --%s %s has a contrast of %.2f, want 4.5", i+1, name, theme[name], ground, theme[ground], got)
				}
			}
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#ffffff", "#ffffff", 1}} {
		if got := contrast(t, c.a, c.b); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}
