package card

import (
	"bytes"
	"embed"
	"fmt"
	"math"
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// The font families of the pages, for drawing only: go-text cannot read WOFF2, so the files in web/fonts do not
// work here. These are the static TrueType files of the npm packages @expo-google-fonts/markazi-text and
// @expo-google-fonts/readex-pro 0.4.1 (from Google Fonts, under the SIL Open Font License in the same folder),
// reduced to the letters that languages in Latin and Arabic script need. Those for Hebrew are of
// @expo-google-fonts/frank-ruhl-libre and @expo-google-fonts/assistant 0.4.1, reduced to the letters that
// web/fonts/hebrew.css names.
//
//	python3 -m fontTools.subset MarkaziText_700Bold.ttf --layout-features='*' --no-hinting --output-file=markazi-text-700.ttf \
//	  --unicodes=U+0020-024F,U+02BB-02BD,U+0600-06FF,U+0750-077F,U+200C-200F,U+2010-2027,U+2030,U+2039,U+203A,U+20AC,U+2116,U+2122,U+2190-2193,U+2212
//
//go:embed fonts/*.ttf
var fontFiles embed.FS

// A face is one of the fonts.
type face int

const (
	display face = iota // headlines
	plain
	strong
	faces
)

// fontNames are the fonts of each face: the one to use, and the one for Hebrew letters.
var fontNames = [faces][2]string{
	{"markazi-text-700", "frank-ruhl-libre-700"}, {"readex-pro-400", "assistant-400"}, {"readex-pro-600", "assistant-600"},
}

// fonts reads the fonts once. Several goroutines may share fonts, but not the faces made from them.
var fonts = sync.OnceValue(func() (all [faces][]*font.Font) {
	for i, names := range fontNames {
		for _, name := range names {
			data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
			if err != nil {
				panic(err) // embedded
			}
			f, err := font.ParseTTF(bytes.NewReader(data))
			if err != nil {
				panic(err) // every test reads them
			}
			all[i] = append(all[i], f.Font)
		}
	}
	return all
})

// setter sets type in one language: it shapes letters, orders runs of left-to-right and right-to-left text, and
// breaks lines.
type setter struct {
	rtl      bool
	language language.Language
	faces    [faces][]*font.Face
	shaper   shaping.HarfbuzzShaper
	runs     shaping.Segmenter
	levels   bidi.Paragraph
}

// setters are those that are used again, a pool for each language and direction: a new one would work out once more how
// the fonts join letters.
var setters sync.Map

// borrowSetter returns a setter, and what to call when it is not needed any more.
func borrowSetter(lang string, rtl bool) (s *setter, giveBack func()) {
	kept, _ := setters.LoadOrStore(fmt.Sprint(lang, rtl), &sync.Pool{})
	pool := kept.(*sync.Pool)
	s, ok := pool.Get().(*setter)
	if !ok {
		s = newSetter(lang, rtl)
	}
	return s, func() { pool.Put(s) }
}

func newSetter(lang string, rtl bool) *setter {
	s := &setter{rtl: rtl, language: language.NewLanguage(lang)}
	for i, all := range fonts() {
		for _, f := range all {
			s.faces[i] = append(s.faces[i], font.NewFace(f))
		}
	}
	return s
}

// wanted is the face to use; the fonts of the other faces serve for letters that it lacks.
type wanted struct {
	s    *setter
	face face
}

// ResolveFace returns the face for a letter.
func (w wanted) ResolveFace(r rune) *font.Face {
	first := w.s.faces[w.face]
	if f := having(first, r); f != nil {
		return f
	}
	for _, others := range w.s.faces {
		if f := having(others, r); f != nil {
			return f
		}
	}
	return first[0]
}

// having returns the first of the faces that has a letter, nil if none has it.
func having(faces []*font.Face, r rune) *font.Face {
	for _, f := range faces {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return nil
}

// laid is a line of text ready to draw, its runs from left to right.
type laid struct {
	runs  []shaping.Output
	words string // the text
	size  float64
	width float64
}

// letter is a letter of a line at its place.
type letter struct {
	face  *font.Face
	glyph font.GID
	x, y  float64
}

// glyph is a letter of a font.
type glyph struct {
	font *font.Font
	id   font.GID
}

// contour is the outline of a letter, in the units of its font; none for a space.
type contour struct {
	shape
	data func() string // as path data
}

// glyphs are the outlines of letters, by glyph. They are read once: most letters come many times.
var glyphs sync.Map

// contour returns the outline of the letter, without its place.
func (l letter) contour() *contour {
	of := glyph{l.face.Font, l.glyph}
	if known, ok := glyphs.Load(of); ok {
		return known.(*contour)
	}
	o, _ := l.face.GlyphDataOutline(l.glyph)
	s := shape(o.Segments)
	known, _ := glyphs.LoadOrStore(of, &contour{s, sync.OnceValue(func() string { return data(s, -1, true) })})
	return known.(*contour)
}

// letters visits the letters of a line whose left end is at x, on the baseline y.
func (l laid) letters(x, y float64, visit func(letter)) {
	for _, run := range l.runs {
		k := l.size / pixels(run.Size)
		for _, g := range run.Glyphs {
			visit(letter{run.Face, g.GlyphID, x + k*pixels(g.XOffset), y - k*pixels(g.YOffset)})
			x += k * pixels(g.Advance)
		}
	}
}

// complete tells whether the fonts have every letter of a line.
func (l laid) complete() bool {
	all := true
	l.letters(0, 0, func(letter letter) { all = all && letter.glyph != 0 })
	return all
}

// clean removes characters that cannot be drawn.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r != '\u00a0' && unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		if r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, text)
	return strings.Join(words(text), " ")
}

// words splits a text at the places where a line may break.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' })
}

// line sets a text, at a size in pixels, as one line.
func (s *setter) line(text string, f face, size float64) laid {
	// A text runs in the direction of the page, even if it begins with a letter of the other direction: an invisible
	// mark in front of it says so.
	mark, direction, dir := "\u200e", bidi.LeftToRight, di.DirectionLTR
	if s.rtl {
		mark, direction, dir = "\u200f", bidi.RightToLeft, di.DirectionRTL
	}
	runes := []rune(mark + clean(text))
	type piece struct {
		out   shaping.Output
		level bidi.Level
	}
	type span struct {
		from, to int
		level    bidi.Level
	}
	// Spans are collected first: the segmenter reuses the slice of its last answer, and line uses the segmenter again.
	var spans []span
	found := s.levels.Segment(runes, direction)
	for i := range found.NumRuns() {
		r := found.Run(i)
		spans = append(spans, span{r.Start, r.End, r.Level})
	}
	var pieces []piece
	for _, r := range spans {
		if r.level%2 == 0 {
			dir.SetProgression(di.FromTopLeft)
		} else {
			dir.SetProgression(di.TowardTopLeft)
		}
		for _, in := range s.runs.Split(shaping.Input{
			Text: runes, RunStart: r.from, RunEnd: r.to, Direction: dir,
			Size: fixed.Int26_6(math.Round(size * 64)), Language: s.language,
		}, wanted{s, f}) {
			in.Direction = dir
			out := s.shaper.Shape(in)
			if f == display {
				tighten(&out, runes)
			}
			pieces = append(pieces, piece{out, r.level})
		}
	}
	// Rule L2 of the Unicode Bidirectional Algorithm, applied to runs; inside a run the shaper has already ordered
	// the letters.
	var most bidi.Level
	for _, p := range pieces {
		most = max(most, p.level)
	}
	for level := most; level > 0; level-- {
		for i := 0; i < len(pieces); i++ {
			j := i
			for j < len(pieces) && pieces[j].level >= level {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				pieces[a], pieces[b] = pieces[b], pieces[a]
			}
			i = max(i, j)
		}
	}
	l := laid{words: text, size: size}
	for _, p := range pieces {
		l.runs = append(l.runs, p.out)
		l.width += pixels(p.out.Advance)
	}
	return l
}

// tighten moves Arabic digits closer together. In the display face all digits are as wide as the widest one, which
// suits tables; in a headline a year would fall apart.
func tighten(out *shaping.Output, text []rune) {
	most := out.Size / 20 // the most that is removed beside a digit
	for i := range out.Glyphs {
		g := &out.Glyphs[i]
		if r := text[g.TextIndex()]; (r < '٠' || r > '٩') && (r < '۰' || r > '۹') {
			continue
		}
		if before := g.XBearing - most; before > 0 {
			g.XOffset -= before
			g.Advance -= before
		}
		if after := g.Advance - g.XOffset - g.XBearing - g.Width - most; after > 0 {
			g.Advance -= after
		}
	}
	out.RecomputeAdvance()
}

func pixels(v fixed.Int26_6) float64 { return float64(v) / 64 }

// fit sets a text as one line of at most the given width. It tries size first, then smaller sizes down to least; if
// the text is still too wide, it cuts it.
func (s *setter) fit(text string, f face, size, least, width float64) laid {
	for ; ; size-- {
		l := s.line(text, f, size)
		if l.width <= width {
			return l
		}
		if size-1 < least {
			return s.cut(words(clean(text)), f, size, width)
		}
	}
}

// cut sets as many words as fit, followed by an ellipsis.
func (s *setter) cut(all []string, f face, size, width float64) laid {
	beginning := func(n int) laid {
		return s.line(strings.TrimRightFunc(strings.Join(all[:n], " "), unicode.IsPunct)+"…", f, size)
	}
	n := sort.Search(len(all), func(i int) bool { return beginning(i+1).width > width })
	if n > 0 {
		return beginning(n)
	}
	letters := []rune(strings.Join(all, " "))
	part := func(n int) laid { return s.line(string(letters[:n])+"…", f, size) }
	n = sort.Search(len(letters), func(i int) bool { return part(i+1).width > width })
	return part(n)
}

// block sets a text in lines of about the same width, in the largest size between least and most that fits a box of
// the given width and height. lead is the distance between lines, as a multiple of the size.
func (s *setter) block(text string, f face, most, least, lead, width, height float64) []laid {
	all := words(clean(text))
	if len(all) == 0 {
		return nil
	}
	// Widths are measured once and scaled, which is exact enough to choose a size; then the lines are set in that
	// size.
	const measure = 64
	widths := make([]float64, len(all))
	for i, w := range all {
		widths[i] = s.line(w, f, measure).width / measure
	}
	space := s.line("a b", f, measure).width/measure - s.line("ab", f, measure).width/measure
	for size := most; ; size -= 2 {
		lines, ok := broken(all, widths, space, width*0.99/size)
		if ok && size*lead*float64(len(lines)) <= height || size-2 < least {
			room := max(1, int(height/(size*lead)))
			var set []laid
			for i, words := range lines {
				if i == room-1 && len(lines) > room {
					var rest []string
					for _, l := range lines[i:] {
						rest = append(rest, l...)
					}
					return append(set, s.cut(rest, f, size, width))
				}
				l := s.line(strings.Join(words, " "), f, size)
				if l.width > width {
					l = s.cut(words, f, size, width)
				}
				set = append(set, l)
			}
			return set
		}
	}
}

// broken breaks words into as few lines as possible, none wider than width, all of about the same width. It avoids
// breaks that make a reader stumble: between a number and what it counts, or beside a dash. ok is false if a single
// word is wider than width.
func broken(words []string, widths []float64, space, width float64) (lines [][]string, ok bool) {
	ok = true
	n := len(words)
	before := make([]float64, n+1) // before[i] is the width of words[:i] without spaces
	for i, w := range widths {
		before[i+1] = before[i] + w
	}
	lineWidth := func(i, j int) float64 { // the width of words[i:j] as one line
		return before[j] - before[i] + space*float64(j-i-1)
	}
	count := 0
	for i := 0; i < n; count++ {
		j := i + 1
		ok = ok && widths[i] <= width
		for j < n && lineWidth(i, j+1) <= width {
			j++
		}
		i = j
	}
	// cost[k][j] is the lowest cost of the first j words in k lines.
	cost := make([][]float64, count+1)
	from := make([][]int, count+1)
	for k := range cost {
		cost[k] = make([]float64, n+1)
		from[k] = make([]int, n+1)
		for j := range cost[k] {
			cost[k][j] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for k := 1; k <= count; k++ {
		for j := 1; j <= n; j++ {
			for i := j - 1; i >= k-1; i-- {
				w := lineWidth(i, j)
				if w > width && j-i > 1 {
					break
				}
				c := cost[k-1][i] + (1-w/width)*(1-w/width)
				if j < n && stumbles(words[j-1], words[j]) {
					c += 0.2
				}
				if c < cost[k][j] {
					cost[k][j], from[k][j] = c, i
				}
			}
		}
	}
	for k, j := count, n; k > 0; k-- {
		i := from[k][j]
		lines = append([][]string{words[i:j]}, lines...)
		j = i
	}
	return lines, ok
}

// stumbles tells whether a line should not end between these two words.
func stumbles(before, after string) bool {
	number := strings.IndexFunc(before, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
	return number || after == "–" || after == "—" || before == "–" || len([]rune(before)) <= 2
}
