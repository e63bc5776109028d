package card

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"sharh/app/story"
	"sharh/app/story/storytest"
	"sharh/web"
)

// order returns the letters of a line as a reader sees them from left to right.
func order(s *setter, text string) string {
	mark := "\u200e"
	if s.rtl {
		mark = "\u200f"
	}
	runes := []rune(mark + clean(text))
	var seen strings.Builder
	for _, run := range s.line(text, plain, 40).runs {
		for _, g := range run.Glyphs {
			if r := runes[g.TextIndex()]; string(r) != mark {
				seen.WriteRune(r)
			}
		}
	}
	return seen.String()
}

func TestLinesAreOrderedAsBrowsersDo(t *testing.T) {
	for _, c := range []struct {
		rtl        bool
		text, want string
	}{
		{true, "مد", "دم"},
		{true, "دم ٢٠٢٥.", ".٢٠٢٥ مد"},
		{true, "دم ١٢ – ١٦ دم", "مد ١٦ – ١٢ مد"},
		{true, "دم CNN دم؟", "؟مد CNN مد"},
		{true, "CNN: دم", "مد :CNN"}, // begins with Latin and is read from the right all the same
		{true, "دم (a b) دم", "مد )a b( مد"},
		{false, "CNN دم ١٢ دم CNN", "CNN مد ١٢ مد CNN"}, // a number within right to left within left to right
		{false, "دم: CNN", "مد: CNN"},
	} {
		s := newSetter("ar", c.rtl)
		if got := order(s, c.text); got != c.want {
			t.Errorf("%q, from the right: %v: got %q, want %q", c.text, c.rtl, got, c.want)
		}
	}
}

func TestArabicLettersJoin(t *testing.T) {
	s := newSetter("ar", true)
	for f := range faces {
		alone, joined := s.line("ب", f, 40), s.line("ببب", f, 40)
		last := joined.runs[len(joined.runs)-1]
		shapes := map[uint32]bool{}
		for _, g := range last.Glyphs {
			shapes[uint32(g.GlyphID)] = true
		}
		if len(shapes) < 3 {
			t.Errorf("%s: three letters in a row have %d shapes", fontNames[f], len(shapes))
		}
		if joined.width >= 3*alone.width {
			t.Errorf("%s: three letters are as wide as three single ones", fontNames[f])
		}
	}
}

// Every letter of the languages that are shipped is drawn, each in its own face, and Hebrew runs from the right.
func TestLettersOfLanguages(t *testing.T) {
	for f := range faces {
		for text, rtl := range map[string]bool{
			"İstanbul’da görüşme: ÇĞÖŞÜ çğıöşü": false, "ירושלים ”כן” – צה״ל, ג׳ורג׳ ךםןףץ ₪": true, "«پاسخ» گچژ ۱۲": true,
		} {
			s := newSetter("", rtl)
			if l := s.line(text, f, 40); !l.complete() {
				t.Errorf("%s: a letter of %q is not drawn", fontNames[f][0], text)
			}
		}
		hebrew := newSetter("he", true).line("אב", f, 40)
		if face := hebrew.runs[len(hebrew.runs)-1].Face; face.Font != fonts()[f][1] {
			t.Errorf("%s: Hebrew letters are of another face", fontNames[f][0])
		}
	}
}

func TestDigitsOfAHeadlineStandTogether(t *testing.T) {
	s := newSetter("ar", true)
	for _, text := range []string{"٢٠٢٥", "۱۱۱"} {
		if w := s.line(text, display, 100).width; w > 4*45 {
			t.Errorf("%s is %.0f wide at 100", text, w)
		}
	}
}

func TestBroken(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64 // in letters
		want  []string
	}{
		{"one two three", 20, []string{"one two three"}},
		{"aaaa bbbb cccc dddd", 15, []string{"aaaa bbbb", "cccc dddd"}}, // not three and one
		{"calls aaaa 12 February", 14, []string{"calls aaaa", "12 February"}},
		{"aaaaa – bbbbb ccc", 12, []string{"aaaaa –", "bbbbb ccc"}},
	} {
		words := words(c.text)
		var widths []float64
		for _, w := range words {
			widths = append(widths, float64(len([]rune(w))))
		}
		lines, ok := broken(words, widths, 1, c.width)
		var got []string
		for _, l := range lines {
			got = append(got, strings.Join(l, " "))
		}
		if !ok || !slices.Equal(got, c.want) {
			t.Errorf("%q in %.0f: got %q, %v, want %q", c.text, c.width, got, ok, c.want)
		}
	}
	if _, ok := broken([]string{"unbreakable"}, []float64{11}, 1, 5); ok {
		t.Error("a word wider than the line is said to have room")
	}
}

func TestWhatDoesNotFitIsCut(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		s := newSetter("en", rtl)
		for _, text := range []string{strings.Repeat("word ", 200), strings.Repeat("w", 2000), strings.Repeat("كلمة ", 200), "", " \n\x00"} {
			for _, l := range s.block(text, display, 120, 60, 1.1, 1000, 300) {
				if l.width > 1000 {
					t.Errorf("%.20q: a line is %.0f wide", text, l.width)
				}
			}
			if n := len(s.block(text, display, 120, 60, 1.1, 1000, 300)); n > 4 {
				t.Errorf("%.20q: got %d lines in room for 4", text, n)
			}
			if l := s.fit(text, plain, 30, 20, 300); l.width > 300 {
				t.Errorf("%.20q: got %.0f in room for 300", text, l.width)
			}
		}
	}
}

func document(dir string) *story.Document {
	d := &story.Document{Lang: "ar", Dir: dir, Title: "بوتين وترامب: ثماني مكالمات معلنة، ١٢ فبراير – ١٦ أكتوبر ٢٠٢٥", Kicker: "شرح تفاعلي"}
	if dir == "ltr" {
		d.Lang, d.Title = "en", "Putin and Trump: eight calls made public, 12 February – 16 October 2025"
	}
	d.Words.View = "رأي المحلل"
	for i := range 8 {
		d.Calls = append(d.Calls, story.Call{ID: i + 1, Digit: fmt.Sprint(i + 1), Name: "المكالمة الثامنة", Day: "الخميس ١٦ أكتوبر ٢٠٢٥",
			Length: "ساعتان – ساعتان و٣٠ دقيقة", Short: "توماهوك وغزة وقمة في بودابست"})
		x := 60 + 120*float64(i)
		d.Timeline.Wide.Bars = append(d.Timeline.Wide.Bars, story.Bar{
			Call: i + 1, Sure: story.Rect{X: x, Y: 100, W: 16, H: 80}, Range: story.Rect{X: x, Y: 70, W: 16, H: 30}})
	}
	d.Timeline.Wide.Width = 1120
	d.Views = []story.View{{ID: "a", Title: "لماذا ذلك اليوم؟"}}
	return d
}

func TestCards(t *testing.T) {
	for _, dir := range []string{"rtl", "ltr"} {
		d := document(dir)
		for name, c := range map[string]Card{
			"explainer": OfExplainer(d), "call": OfCall(d, 2), "view": OfView(d, &d.Views[0], "القراءة قراءة: CNN"), "empty": {Dir: dir, Colours: properties(story.Theme{})},
		} {
			t.Run(dir+" "+name, func(t *testing.T) {
				data, err := c.Draw()
				if err != nil {
					t.Fatal(err)
				}
				if again, _ := c.Draw(); !bytes.Equal(data, again) {
					t.Error("the same card is drawn in two ways")
				}
				if len(data) > 40_000 {
					t.Errorf("the picture has %d bytes", len(data))
				}
				p := decode(t, data)
				if p.Bounds() != image.Rect(0, 0, 1200, 630) {
					t.Errorf("the picture is %v", p.Bounds())
				}
				for y := 14; y < Height; y++ {
					for _, x := range []int{10, Width - 10} {
						if r, _, _, _ := p.At(x, y).RGBA(); r>>8 != uint32(parseTints(c.Colours)["paper"].R) {
							t.Fatalf("the margin is written on at %d, %d", x, y)
						}
					}
				}
			})
		}
	}
}

// What cards are drawn with is used again. No card shows anything of the one before.
func TestCardsLeaveNothingToTheNext(t *testing.T) {
	photo := image.NewRGBA(image.Rect(0, 0, PhotoWidth, PhotoHeight))
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, photo, nil); err != nil {
		t.Fatal(err)
	}
	var all []Card
	for _, dir := range []string{"rtl", "ltr"} {
		for _, paper := range []string{"", "#0a2540"} {
			d := document(dir)
			if paper != "" {
				d.Theme.Light = map[string]string{"paper": paper, "ink": "#f0f4f8"}
			}
			actor := OfCall(d, 1)
			actor.Tone, actor.Detail = "blue", strings.Repeat("CNN ", 60)
			all = append(all, OfExplainer(d), OfCall(d, 2), OfView(d, &d.Views[0], "CNN").With(jpg.Bytes(), "CNN"), actor)
		}
	}
	fresh := easels.New
	defer func() { easels = sync.Pool{New: fresh} }()
	var alone [][]byte
	for _, c := range all {
		easels = sync.Pool{New: fresh}
		data, err := c.Draw()
		if err != nil {
			t.Fatal(err)
		}
		alone = append(alone, data)
	}
	// One easel, so that each card follows each other one on it.
	only := fresh()
	for i := range all {
		for j := range all {
			for _, n := range []int{i, j} {
				easels = sync.Pool{New: func() any { return only }}
				if data, err := all[n].Draw(); err != nil || !bytes.Equal(data, alone[n]) {
					t.Fatalf("card %d is another one after card %d: %v", n, i, err)
				}
			}
		}
	}
}

// A picture has the colours of the page: our own, or those of the publisher's theme.
func TestCardsHaveTheColoursOfThePage(t *testing.T) {
	own, _ := web.Palette()
	for name, theme := range map[string]map[string]string{
		"our own": nil, "a publisher's": {"paper": "#0a2540", "ink": "#f0f4f8", "accent": "#7cc4e0", "red": "#ff8a7a", "bar": "#8095aa", "range": "#33506d"},
	} {
		d := document("rtl")
		d.Theme.Light = theme
		for kind, c := range map[string]Card{"explainer": OfExplainer(d), "call": OfCall(d, 2), "view": OfView(d, &d.Views[0], "CNN")} {
			t.Run(name+" "+kind, func(t *testing.T) {
				data, err := c.Draw()
				if err != nil {
					t.Fatal(err)
				}
				p := decode(t, data).(*image.Paletted)
				seen := map[string]int{}
				var pixels [256]int
				for _, i := range p.Pix {
					pixels[i]++
				}
				for i, c := range p.Palette {
					r, g, b, _ := c.RGBA()
					seen[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)] += pixels[i]
				}
				want := map[string]int{"paper": 300_000, "ink": 10_000, "accent": 300, "red": 20}
				if kind != "view" {
					want["bar"], want["range"] = 1000, 1000
				}
				for colour, least := range want {
					hex := cmp.Or(theme[colour], own[colour])
					if seen[hex] < least {
						t.Errorf("%d pixels are in --%s, %s, want %d", seen[hex], colour, hex, least)
					}
				}
			})
		}
		if key := OfCall(d, 2).Key(); (key == OfCall(document("rtl"), 2).Key()) != (theme == nil) {
			t.Errorf("%s: the key does not stand for the colours", name)
		}
	}
}

func TestKeyStandsForThePicture(t *testing.T) {
	d := document("rtl")
	a, b := OfCall(d, 2), OfCall(d, 3)
	if a.Key() == b.Key() {
		t.Error("two calls have the same key")
	}
	if a.Key() != OfCall(document("rtl"), 2).Key() {
		t.Error("the same call has two keys")
	}
}

func TestCardsOfHostileTexts(t *testing.T) {
	for _, dir := range []string{"rtl", "ltr"} {
		d := document(dir)
		storytest.MakeHostile(d)
		d.Dir = dir
		d.Timeline.Wide.Bars[0].Sure.H, d.Timeline.Wide.Bars[0].Sure.X = math.MaxFloat32, -1e9
		for _, c := range []Card{OfExplainer(d), OfCall(d, 0), OfView(d, &d.Views[0], d.Title)} {
			if _, err := c.Draw(); err != nil {
				t.Error(err)
			}
		}
	}
}
