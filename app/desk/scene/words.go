package scene

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"sharh/app/desk/figure"
)

// text is a text with the measures that a layout needs.
type text struct {
	Words []word
	Space float64
}

type word struct {
	Text  string
	Width float64
}

// measured measures a text. It breaks words longer than limit.
func measured(s string, size float64, bold bool, limit float64) text {
	width := func(s string) float64 { return figure.TextWidth(s, size, bold) }
	t := text{Space: width(" ")}
	for _, w := range strings.Fields(s) {
		for width(w) > limit {
			cut := 0
			for i, r := range w {
				if i == 0 || unicode.In(r, unicode.M, unicode.Cf) {
					continue
				}
				if cut > 0 && width(w[:i]+"-") > limit {
					break
				}
				cut = i
			}
			if cut == 0 {
				break // a single letter is never broken
			}
			piece := w[:cut]
			if last, _ := utf8.DecodeLastRuneInString(piece); unicode.In(last, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
				piece += "-"
			}
			t.Words = append(t.Words, word{piece, width(piece)})
			w = w[cut:]
		}
		t.Words = append(t.Words, word{w, width(w)})
	}
	return t
}

// wrap breaks a text into as few lines as possible, of lengths as equal as possible, and returns the width of the
// widest line. That is at most most, unless a single word is wider.
func (t text) wrap(most float64) (lines []string, width float64) {
	if len(t.Words) == 0 {
		return nil, 0
	}
	for _, w := range t.Words {
		most = math.Max(most, w.Width)
	}
	// best[j] is the best way to break the first j words into lines; its last line begins with word from.
	type way struct {
		lines, from int
		width       float64
	}
	best := make([]way, len(t.Words)+1)
	for j := 1; j < len(best); j++ {
		best[j].lines = math.MaxInt
		line := -t.Space
		for i := j - 1; i >= 0; i-- {
			line += t.Space + t.Words[i].Width
			if line > most+hair { // sums of widths are not exact
				break
			}
			b := way{best[i].lines + 1, i, math.Max(best[i].width, line)}
			if b.lines < best[j].lines || b.lines == best[j].lines && b.width < best[j].width {
				best[j] = b
			}
		}
	}
	for j := len(t.Words); j > 0; j = best[j].from {
		var line []string
		for _, w := range t.Words[best[j].from:j] {
			line = append(line, w.Text)
		}
		lines = append([]string{strings.Join(line, " ")}, lines...)
	}
	return lines, math.Ceil(best[len(t.Words)].width)
}
