package scene_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/figure"
	"sharh/app/desk/scene"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// fixture compiles an explainer of the tests.
func fixture(t testing.TB, slug, lang string) *story.Document {
	t.Helper()
	var list diag.List
	set, err := source.Load(os.DirFS("../../../cmd/sharh/testdata/content"), slug, &list)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := compile.Story(set, lang)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// shape describes a generated story.
type shape struct {
	actors, relations, camps int
	lang                     string
	seed                     uint64
}

var vocabulary = map[string][]string{
	"ar": {"يرفض", "وقف", "إطلاق", "النار", "يعرض", "استضافة", "القمة", "تهديدات", "عسكرية", "موسكو", "المقال:", "في", "من", "على", "اقتصاديًّا", "الولايات", "المتحدة", "مسؤولون", "قيود", "الاستخبارات"},
	"en": {"refuses", "a", "ceasefire", "offers", "to", "host", "the", "summit", "threatens", "WAR", "Washington", "of", "missiles", "Wimmmmmmm", "in", "misunderstanding", "hints", "at", "it", "CNN"},
}

// words generates a text of at most most characters.
func words(dice *rand.Rand, lang string, most int) string {
	var text []string
	length := 0
	for {
		w := vocabulary[lang][dice.IntN(len(vocabulary[lang]))]
		if length += len([]rune(w)) + 1; length-1 > most || len(text) > 0 && dice.IntN(5) == 0 {
			if len(text) == 0 {
				continue
			}
			return strings.Join(text, " ")
		}
		text = append(text, w)
	}
}

// madeUp generates a story: hubs with many relations, several relations between a pair, some by way of a third actor,
// some told by voices.
func madeUp(s shape) *story.Document {
	dice := rand.New(rand.NewPCG(s.seed, 7))
	d := &story.Document{Lang: s.lang, Dir: "ltr"}
	if s.lang == "ar" {
		d.Dir = "rtl"
	}
	for i := range s.camps {
		d.Camps = append(d.Camps, story.Camp{ID: fmt.Sprint("c", i)})
	}
	for i := range s.actors {
		a := story.Actor{ID: fmt.Sprint("a", i), Shape: story.Shapes[dice.IntN(len(story.Shapes))], Label: words(dice, s.lang, 22)}
		if c := dice.IntN(s.camps + 1); c < s.camps {
			a.Camp = d.Camps[c].ID
		}
		d.Actors = append(d.Actors, a)
	}
	any := func() string { return d.Actors[int(float64(s.actors)*math.Pow(dice.Float64(), 1.7))].ID }
	for i := range s.relations {
		r := story.Relation{ID: fmt.Sprint("r", i), From: any(), To: any(), Polarity: story.Polarities[dice.IntN(4)], Label: words(dice, s.lang, 24)}
		if i > 0 && dice.IntN(4) == 0 {
			r.From, r.To = d.Relations[i-1].To, d.Relations[i-1].From
		}
		r.Ends = []string{r.From, r.To}
		if v := any(); dice.IntN(8) == 0 && v != r.From && v != r.To {
			r.Via = v
			r.Ends = append(r.Ends, v)
		}
		if v := any(); dice.IntN(8) == 0 && !slices.Contains(r.Ends, v) {
			r.Ends = append(r.Ends, v)
		}
		for c := range 4 {
			if dice.IntN(3) == 0 {
				r.Calls = append(r.Calls, c+1)
			}
		}
		r.Said.Statements = []string{fmt.Sprint("s", dice.IntN(12))}
		d.Relations = append(d.Relations, r)
	}
	for c := range 4 {
		call := story.Call{ID: c + 1}
		for range min(s.actors, 3) {
			call.Actors = append(call.Actors, any())
		}
		d.Calls = append(d.Calls, call)
	}
	d.Views = []story.View{{ID: "v0", RestsOn: []string{"s1", "s2"}}, {ID: "v1", RestsOn: []string{"s3"}}}
	return d
}

// stories returns the stories to lay out: the tests' explainers, generated ones similar to them and up to the size of a
// core, and difficult ones.
func stories(t testing.TB) map[string]*story.Document {
	all := map[string]*story.Document{}
	for _, lang := range []string{"ar", "en"} {
		for _, slug := range []string{"sample", "eight-calls"} {
			all[slug+" "+lang] = fixture(t, slug, lang)
		}
		all["like a published one "+lang] = madeUp(shape{25, 32, 4, lang, 1})
		for n := range uint64(12) {
			all[fmt.Sprint("made up ", n, " ", lang)] = madeUp(shape{2 + int(n)%9, 1 + int(n*7)%12, int(n) % 5, lang, n})
			all[fmt.Sprint("as large as a core ", n, " ", lang)] = madeUp(shape{10, 12, int(n) % 5, lang, n + 100})
		}
		for name, change := range map[string]func(*story.Document){
			"no actors":             func(d *story.Document) { d.Actors, d.Relations, d.Calls = nil, nil, nil },
			"one actor":             func(d *story.Document) { d.Actors, d.Relations = d.Actors[:1], nil },
			"no relations":          func(d *story.Document) { d.Relations = nil },
			"a relation to oneself": func(d *story.Document) { d.Relations[0].To = d.Relations[0].From },
			"by way of an end":      func(d *story.Document) { d.Relations[0].Via = d.Relations[0].To },
			"ten between one pair": func(d *story.Document) {
				for i := range d.Relations {
					r := &d.Relations[i]
					r.From, r.To, r.Via = "a0", "a1", ""
					if i%3 == 0 {
						r.From, r.To = r.To, r.From
					}
					r.Ends = []string{r.From, r.To}
				}
			},
			"a cycle": func(d *story.Document) {
				for i := range d.Relations {
					r := &d.Relations[i]
					r.From, r.To, r.Via = fmt.Sprint("a", i%8), fmt.Sprint("a", (i+1)%8), ""
					r.Ends = []string{r.From, r.To}
				}
			},
			"a name of sixty letters": func(d *story.Document) { d.Actors[0].Label = strings.Repeat("Wاm", 20) },
			"names in other scripts": func(d *story.Document) {
				d.Actors[0].Label, d.Actors[1].Label = "国際連合安全保障理事会", "Владимир Владимирович"
			},
			"empty names": func(d *story.Document) { d.Actors[0].Label, d.Relations[0].Label = "", "" },
			"one camp":    func(d *story.Document) { d.Camps = d.Camps[:1] },
			"all pinned":  func(*story.Document) {},
			"some pinned": func(*story.Document) {},
		} {
			d := madeUp(shape{8, 10, 3, lang, 5})
			change(d)
			all[name+" "+lang] = d
		}
	}
	return all
}

// wishes are what the editor of one of the stories wants.
func wishes(name string, d *story.Document) scene.Wishes {
	pins := map[string]scene.Pin{}
	for i, a := range d.Actors {
		switch {
		case strings.HasPrefix(name, "all pinned"):
			pins[a.ID] = scene.Top
		case strings.HasPrefix(name, "some pinned"):
			pins[a.ID] = []scene.Pin{scene.Free, scene.Bottom, scene.Free, scene.Top, scene.Bottom}[i%5]
		}
	}
	return scene.Wishes{Pins: pins}
}

// laid lays out all scenes of a story.
func laid(t testing.TB, d *story.Document, form story.Form, keep scene.Keep) ([]story.Scene, []story.Layout) {
	t.Helper()
	return laidAs(t, d, scene.Wishes{}, form, keep)
}

// laidAs lays out all scenes of a story as the editor wants them.
func laidAs(
	t testing.TB, d *story.Document, w scene.Wishes, form story.Form, keep scene.Keep,
) ([]story.Scene, []story.Layout) {
	t.Helper()
	m := scene.NewMap(d, w, keep)
	plan, err := m.Plan(form)
	if err != nil {
		t.Fatal(err)
	}
	scenes := m.Scenes()
	layouts := make([]story.Layout, len(scenes))
	for i, s := range scenes {
		if layouts[i], err = plan.Lay(s); err != nil {
			t.Fatal(err)
		}
	}
	return scenes, layouts
}

type point struct{ x, y float64 }

// trace returns the points along a path's lines, at least one per unit.
func trace(t testing.TB, path string) (lines [][]point) {
	t.Helper()
	var at point
	var args []float64
	var op byte
	to := func(p func(f float64) point, length float64) {
		n := max(2, int(math.Ceil(length*1.5)))
		for k := 1; k <= n; k++ {
			lines[len(lines)-1] = append(lines[len(lines)-1], p(float64(k)/float64(n)))
		}
		at = p(1)
	}
	line := func(q point) {
		from := at
		to(func(f float64) point { return point{from.x + (q.x-from.x)*f, from.y + (q.y-from.y)*f} }, math.Hypot(q.x-from.x, q.y-from.y))
	}
	done := func() {
		switch {
		case op == 'M' && len(args) == 2:
			at = point{args[0], args[1]}
			lines = append(lines, []point{at})
		case op == 'H' && len(args) == 1:
			line(point{args[0], at.y})
		case op == 'L' && len(args) == 2:
			line(point{args[0], args[1]})
		case op == 'C' && len(args) == 6:
			a, b, c, e := at, point{args[0], args[1]}, point{args[2], args[3]}, point{args[4], args[5]}
			to(func(f float64) point {
				g := 1 - f
				mix := func(a, b, c, e float64) float64 { return g*g*g*a + 3*g*g*f*b + 3*g*f*f*c + f*f*f*e }
				return point{mix(a.x, b.x, c.x, e.x), mix(a.y, b.y, c.y, e.y)}
			}, math.Hypot(b.x-a.x, b.y-a.y)+math.Hypot(c.x-b.x, c.y-b.y)+math.Hypot(e.x-c.x, e.y-c.y))
		case op != 0:
			t.Fatalf("path %q: %c with %v", path, op, args)
		}
		args = nil
	}
	for i := 0; i < len(path); {
		switch c := path[i]; {
		case strings.IndexByte("MHLC", c) >= 0:
			done()
			op = c
			i++
		case c == ' ':
			i++
		default:
			n := i + 1
			for n < len(path) && path[n] >= '0' && path[n] <= '9' {
				n++
			}
			v, err := strconv.ParseFloat(path[i:n], 64)
			if err != nil {
				t.Fatalf("path %q: %v", path, err)
			}
			args = append(args, v)
			i = n
		}
	}
	done()
	return lines
}

func within(r story.Rect, p point, margin float64) bool {
	return p.x > r.X-margin && p.x < r.X+r.W+margin && p.y > r.Y-margin && p.y < r.Y+r.H+margin
}

func overlap(a, b story.Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// letters joins lines to one text without spaces and hyphens, wherever the lines were broken.
func letters(lines ...string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(strings.Join(lines, ""))
}

// legible fails if one thing of a layout covers another, leaves the box, or cannot be told apart from another.
func legible(t *testing.T, d *story.Document, s story.Scene, l story.Layout, form story.Form) {
	t.Helper()
	if len(l.Nodes) != len(s.Actors) || len(l.Arrows) != len(s.Relations) {
		t.Fatalf("got %d actors and %d relations, want %d and %d", len(l.Nodes), len(l.Arrows), len(s.Actors), len(s.Relations))
	}
	type thing struct {
		name   string
		box    story.Rect
		margin float64 // distance that lines must keep
	}
	var things []thing
	for n, x := range l.Nodes {
		name := d.Actors[s.Actors[n]].ID
		things = append(things, thing{name, x.Box, 0})
		for _, line := range x.Lines {
			room := x.Box.W - 4
			if shape := d.Actors[s.Actors[n]].Shape; shape == "summit" || shape == "event" { // corners are cut by 7
				room -= 14
			}
			if w := figure.TextWidth(line, form.Type().Name, true); w > room {
				t.Errorf("%s: %q is %.0f wide, its box %v", name, line, w, x.Box.W)
			}
		}
		if h := float64(len(x.Lines)) * form.Type().NameLine; h > x.Box.H {
			t.Errorf("%s: %d lines are %v high, the box %v", name, len(x.Lines), h, x.Box.H)
		}
		if got, want := letters(x.Lines...), letters(d.Actors[s.Actors[n]].Label); got != want {
			t.Errorf("%s: got %q on it, want %q", name, got, want)
		}
	}
	for n, a := range l.Arrows {
		r := d.Relations[s.Relations[n]]
		if l.Mute {
			if len(a.Lines) > 0 || a.Path != "" {
				t.Errorf("%s: words in a layout without words", r.ID)
			}
			continue
		}
		if got, want := letters(a.Lines...), letters(r.Label); got != want {
			t.Errorf("%s: got %q on it, want %q", r.ID, got, want)
		}
		for _, line := range a.Lines {
			if w := figure.TextWidth(line, form.Type().Words, false); w > a.Box.W+1 {
				t.Errorf("%s: %q is %.0f wide, its box %v", r.ID, line, w, a.Box.W)
			}
		}
		if h := float64(len(a.Lines)) * form.Type().WordsLine; h > a.Box.H+1 {
			t.Errorf("%s: %d lines are %v high, the box %v", r.ID, len(a.Lines), h, a.Box.H)
		}
		things = append(things, thing{r.ID, a.Box, 1})
	}
	for i, a := range things {
		if a.box.X < 0 || a.box.Y < 0 || a.box.X+a.box.W > l.Width || a.box.Y+a.box.H > l.Height {
			t.Errorf("%s at %v is outside of %v × %v", a.name, a.box, l.Width, l.Height)
		}
		for _, b := range things[:i] {
			if overlap(a.box, b.box) {
				t.Errorf("%s and %s overlap: %v, %v", a.name, b.name, a.box, b.box)
			}
		}
	}
	box := map[string]story.Rect{}
	for _, x := range things {
		box[x.name] = x.box
	}
	type head struct {
		name string
		tip  point
	}
	var heads []head
	drawn := make([][]point, len(l.Arrows))
	for n, a := range l.Arrows {
		r := d.Relations[s.Relations[n]]
		for _, path := range append([]string{a.Path, a.Tether}, a.Tips...) {
			for _, line := range trace(t, path) {
				if path != a.Tether {
					drawn[n] = append(drawn[n], line...)
				}
				for _, p := range line {
					if p.x < 0 || p.y < 0 || p.x > l.Width || p.y > l.Height {
						t.Errorf("%s runs out of the box at %v", r.ID, p)
						break
					}
				}
				for _, x := range things {
					if i := slices.IndexFunc(line, func(p point) bool { return within(x.box, p, x.margin) }); i >= 0 {
						t.Errorf("%s runs over %s at %v", r.ID, x.name, line[i])
					}
				}
			}
		}
		reached := []string{r.To}
		if _, ok := box[r.Via]; ok && r.Via != r.From && r.Via != r.To {
			reached = []string{r.Via, r.To}
		}
		if len(a.Tips) != len(reached) {
			t.Errorf("%s has %d heads, want %d", r.ID, len(a.Tips), len(reached))
			continue
		}
		for k, tip := range a.Tips {
			lines := trace(t, tip)
			line := lines[len(lines)-1]
			end := line[len(line)-1]
			if !within(box[reached[k]], end, 3) {
				t.Errorf("%s ends at %v, not at %s %v", r.ID, end, reached[k], box[reached[k]])
			}
			if b := box[reached[k]]; end.y < b.Y+6 || end.y > b.Y+b.H-6 {
				t.Errorf("%s ends at %v, at a corner of %s %v", r.ID, end, reached[k], b)
			}
			// An arrowhead is 9 long and 9 wide. It must be on a straight end, on a line of its own.
			straight := 0.0
			for i := len(line) - 1; i >= 0 && math.Abs(line[i].y-end.y) < .5; i-- {
				straight = math.Abs(line[i].x - end.x)
			}
			if straight < 9 {
				t.Errorf("%s is straight for %.1f before its end only", r.ID, straight)
			}
			heads = append(heads, head{r.ID, end})
		}
	}
	if len(s.Relations) > 120 {
		return // lines share arrowheads
	}
	for i, a := range heads {
		for _, b := range heads[:i] {
			if math.Abs(a.tip.x-b.tip.x) < 9 && math.Abs(a.tip.y-b.tip.y) < 9 {
				t.Errorf("the heads of %s and %s are at %v and %v", a.name, b.name, a.tip, b.tip)
			}
		}
	}
	if l.Mute {
		return
	}
	// The cells that each line passes or touches, to the unit.
	near := make([]map[[2]int]bool, len(drawn))
	for i, line := range drawn {
		near[i] = map[[2]int]bool{}
		for _, p := range line {
			for dx := -1; dx <= 1; dx++ {
				for dy := -1; dy <= 1; dy++ {
					near[i][[2]int{int(math.Round(p.x)) + dx, int(math.Round(p.y)) + dy}] = true
				}
			}
		}
	}
	for i, a := range drawn {
		for j := range drawn {
			if i == j {
				continue
			}
			longest, run := 0.0, 0.0
			for k := 1; k < len(a); k++ {
				step := math.Hypot(a[k].x-a[k-1].x, a[k].y-a[k-1].y)
				if step < 3 && near[j][[2]int{int(math.Round(a[k].x)), int(math.Round(a[k].y))}] {
					run += step
					longest = math.Max(longest, run)
				} else {
					run = 0
				}
			}
			if longest > 22 { // the length of an arrowhead and as much again
				t.Errorf("%s and %s run in one another for %.0f", d.Relations[s.Relations[i]].ID, d.Relations[s.Relations[j]].ID, longest)
			}
		}
	}
}

func TestScenesAreLegible(t *testing.T) {
	count := 0
	for name, d := range stories(t) {
		for _, form := range story.Forms {
			t.Run(name+" "+string(form), func(t *testing.T) {
				scenes, layouts := laidAs(t, d, wishes(name, d), form, nil)
				for i, s := range scenes {
					t.Run(s.Kind+" "+s.ID, func(t *testing.T) {
						legible(t, d, s, layouts[i], form)
						if layouts[i].Mute && len(s.Relations) <= 12 {
							t.Errorf("no words on %d relations of %d actors", len(s.Relations), len(s.Actors))
						}
						if len(s.Actors) <= 6 && len(s.Relations) <= 4 && layouts[i].Height > 320 {
							t.Errorf("%v high for %d relations of %d actors", layouts[i].Height, len(s.Relations), len(s.Actors))
						}
					})
					count++
				}
			})
		}
	}
	t.Logf("%d layouts", count)
}

// A map of 150 actors and 400 relations has words in every scene except the whole map.
func TestScenesOfALargeMapAreLegible(t *testing.T) {
	d := madeUp(shape{150, 400, 4, "ar", 3})
	for _, form := range []story.Form{story.Wide, story.Narrow} {
		scenes, layouts := laid(t, d, form, nil)
		for i, s := range scenes {
			if got, want := layouts[i].Mute, s.Kind == story.WholeScene; got != want {
				t.Errorf("%s, %s %s: got words left out %t, want %t", form, s.Kind, s.ID, got, want)
			}
			t.Run(fmt.Sprint(form, " ", s.Kind, " ", s.ID), func(t *testing.T) { legible(t, d, s, layouts[i], form) })
		}
	}
}

func TestTextsAreLargeEnoughOnAPhone(t *testing.T) {
	d := madeUp(shape{4, 4, 2, "ar", 1})
	for _, form := range []story.Form{story.Narrow, story.Small} {
		_, layouts := laid(t, d, form, nil)
		size := form.Type()
		if least := math.Min(size.Name, size.Words) * 320 / layouts[0].Width; least < 11 {
			t.Errorf("%s: texts of %.1f pixels on a drawing of 320", form, least)
		}
	}
}

// column returns the column of an actor's box: -1 at the edge where reading begins, 1 at the other edge, 0 between.
func column(d *story.Document, l story.Layout, box story.Rect) int {
	at := 0
	switch {
	case box.X <= 2:
		at = -1
	case box.X+box.W >= l.Width-2:
		at = 1
	}
	if d.Dir == "rtl" {
		at = -at
	}
	return at
}

func TestCampsHaveTheirSide(t *testing.T) {
	for name, d := range stories(t) {
		var camps []string // camps that have actors
		for _, c := range d.Camps {
			if slices.ContainsFunc(d.Actors, func(a story.Actor) bool { return a.Camp == c.ID }) {
				camps = append(camps, c.ID)
			}
		}
		for _, form := range story.Forms {
			seen := map[string]int{}
			scenes, layouts := laid(t, d, form, nil)
			for i, s := range scenes {
				for n, a := range s.Actors {
					actor := d.Actors[a]
					at := column(d, layouts[i], layouts[i].Nodes[n].Box)
					if was, ok := seen[actor.ID]; ok && was != at {
						t.Errorf("%s, %s, %s %s: %s stands at %d, elsewhere at %d", name, form, s.Kind, s.ID, actor.ID, at, was)
					}
					seen[actor.ID] = at
					if len(camps) < 2 {
						continue
					}
					switch {
					case actor.Camp == camps[0] && at != -1, actor.Camp == camps[1] && at != 1,
						form == story.Wide && actor.Camp != camps[0] && actor.Camp != camps[1] && at != 0:
						t.Errorf("%s, %s, %s %s: %s of camp %q stands at %d", name, form, s.Kind, s.ID, actor.ID, actor.Camp, at)
					}
				}
			}
		}
	}
}

// Pinned actors stand at their end in every scene and form, in the order of the story.
func TestPins(t *testing.T) {
	all := stories(t)
	all["some pinned large"] = madeUp(shape{150, 400, 4, "ar", 3})
	all["some pinned like a published one"] = madeUp(shape{25, 32, 4, "en", 1})
	seen := map[string]int{}
	for name, d := range all {
		w := wishes(name, d)
		if len(w.Pins) == 0 {
			continue
		}
		for _, form := range story.Forms {
			scenes, layouts := laidAs(t, d, w, form, nil)
			for i, s := range scenes {
				related := func(id string) bool {
					return slices.ContainsFunc(s.Relations, func(r int) bool { return slices.Contains(d.Relations[r].Ends, id) })
				}
				for n, a := range s.Actors {
					for k, b := range s.Actors {
						x, y := layouts[i].Nodes[n].Box, layouts[i].Nodes[k].Box
						p, q := w.Pins[d.Actors[a].ID], w.Pins[d.Actors[b].ID]
						if a == b || column(d, layouts[i], x) != column(d, layouts[i], y) || p == scene.Free {
							continue
						}
						first := p < q || p == q && a < b // whether a must be above b
						if p > q && q == scene.Free && !related(d.Actors[b].ID) {
							first = true // an actor without a relation in this scene is below all others
						}
						seen[fmt.Sprint(p, q)]++
						if first != (x.Y < y.Y) {
							t.Errorf("%s, %s, %s %s: %s (pin %d) is at %v, %s (pin %d) at %v",
								name, form, s.Kind, s.ID, d.Actors[a].ID, p, x.Y, d.Actors[b].ID, q, y.Y)
						}
					}
				}
			}
		}
	}
	if len(seen) != 6 {
		t.Errorf("pairs of pins seen: %v, want all six", seen)
	}
}

// A pin changes the layouts of scenes with its actor, and may change the order of the others, but it needs no more than
// that: without pins, everything is as before.
func TestPinsAreKeptWithTheirLayouts(t *testing.T) {
	d := madeUp(shape{10, 12, 3, "ar", 11})
	cache := &kept{data: map[string][]byte{}}
	_, free := laid(t, d, story.Narrow, cache.keep)
	last := d.Actors[len(d.Actors)-1].ID
	pinned := scene.Wishes{Pins: map[string]scene.Pin{last: scene.Top}}
	_, top := laidAs(t, d, pinned, story.Narrow, cache.keep)
	if cmp.Equal(free, top) {
		t.Error("a pinned actor has the layouts of one that is not")
	}
	cache.made = nil
	laidAs(t, d, scene.Wishes{Pins: map[string]scene.Pin{last: scene.Top, "nobody": scene.Bottom}}, story.Narrow, cache.keep)
	if _, again := laid(t, d, story.Narrow, cache.keep); len(cache.made) > 0 || !cmp.Equal(free, again) {
		t.Errorf("%d layouts were made again", len(cache.made))
	}
}

// Nearly all actors with relations in two scenes are in the same order in both.
func TestActorsKeepTheirPlaces(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		d := fixture(t, "eight-calls", lang)
		for _, form := range story.Forms {
			scenes, layouts := laid(t, d, form, nil)
			same, all := 0, 0
			order := make([]map[int]float64, len(scenes))
			for i, s := range scenes {
				order[i] = map[int]float64{}
				for n, a := range s.Actors {
					id := d.Actors[a].ID
					if slices.ContainsFunc(s.Relations, func(r int) bool { return slices.Contains(d.Relations[r].Ends, id) }) {
						order[i][a] = layouts[i].Nodes[n].Box.Y
					}
				}
			}
			at := map[int]int{}
			for i, s := range scenes {
				for n, a := range s.Actors {
					at[a] = column(d, layouts[i], layouts[i].Nodes[n].Box)
				}
			}
			for i := range order {
				for j := range i {
					for a, y := range order[i] {
						for b, z := range order[i] {
							y2, ok := order[j][a]
							z2, ok2 := order[j][b]
							if a < b && ok && ok2 && at[a] == at[b] {
								all++
								if (y < z) == (y2 < z2) {
									same++
								}
							}
						}
					}
				}
			}
			t.Logf("%s %s: %d of %d pairs stand in the same order", lang, form, same, all)
			if float64(same) < .85*float64(all) {
				t.Errorf("%s %s: %d of %d pairs stand in the same order", lang, form, same, all)
			}
		}
	}
}

func TestLayoutsAreMirrored(t *testing.T) {
	ltr := madeUp(shape{10, 12, 3, "en", 11})
	rtl := *ltr
	rtl.Dir = "rtl"
	for _, form := range story.Forms {
		_, left := laid(t, ltr, form, nil)
		_, right := laid(t, &rtl, form, nil)
		for i, l := range left {
			r := right[i]
			if l.Width != r.Width || l.Height != r.Height {
				t.Fatalf("%s: %v × %v and %v × %v", form, l.Width, l.Height, r.Width, r.Height)
			}
			near := func(what string, x, y, x2, y2 float64) {
				t.Helper()
				// Positions are rounded to whole units, halves away from zero, so mirrored ones can differ by one.
				if math.Abs(l.Width-x-x2) > 1 || y != y2 {
					t.Errorf("%s: %s is at %v, %v, mirrored at %v, %v", form, what, x, y, x2, y2)
				}
			}
			for n := range l.Nodes {
				a, b := l.Nodes[n].Box, r.Nodes[n].Box
				near("an actor", a.X, a.Y, b.X+b.W, b.Y)
			}
			for n := range l.Arrows {
				a, b := l.Arrows[n].Box, r.Arrows[n].Box
				near("words", a.X, a.Y, b.X+b.W, b.Y)
				for k := range l.Arrows[n].Tips {
					p, q := trace(t, l.Arrows[n].Tips[k])[0], trace(t, r.Arrows[n].Tips[k])[0]
					near("a head", p[len(p)-1].x, p[len(p)-1].y, q[len(q)-1].x, q[len(q)-1].y)
				}
			}
		}
	}
}

// kept is a cache that records what was computed.
type kept struct {
	data map[string][]byte
	made []string
}

func (k *kept) keep(name string, make func() ([]byte, error)) ([]byte, error) {
	if data, ok := k.data[name]; ok {
		return data, nil
	}
	data, err := make()
	k.data[name], k.made = data, append(k.made, name)
	return data, err
}

func TestLayoutsAreKept(t *testing.T) {
	build := func() *story.Document { return madeUp(shape{10, 12, 3, "ar", 11}) }
	cache := &kept{data: map[string][]byte{}}
	scenes, first := laid(t, build(), story.Narrow, cache.keep)
	if len(cache.made) < len(scenes)/2 {
		t.Fatalf("%d layouts were made for %d scenes", len(cache.made), len(scenes))
	}
	cache.made = nil
	_, again := laid(t, build(), story.Narrow, cache.keep)
	if len(cache.made) > 0 {
		t.Errorf("nothing has changed, but %v were made anew", cache.made)
	}
	_, fresh := laid(t, build(), story.Narrow, nil)
	for _, other := range [][]story.Layout{again, fresh} {
		if diff := cmp.Diff(first, other); diff != "" {
			t.Errorf("layouts differ:\n%s", diff)
		}
	}
	cache.made = nil
	changed := build()
	changed.Actors[9].Label = "اسم آخر"
	laid(t, changed, story.Narrow, cache.keep)
	with := 0
	for _, s := range scenes {
		if slices.Contains(s.Actors, 9) {
			with++
		}
	}
	if len(cache.made) == 0 || len(cache.made) > with {
		t.Errorf("%d layouts were made for a new name of one in %d scenes", len(cache.made), with)
	}
	if slices.ContainsFunc(cache.made, func(name string) bool { return strings.HasPrefix(name, "seats/") }) {
		t.Error("a name has changed, but actors were seated anew")
	}
	cache.made = nil
	mirrored := build()
	mirrored.Dir = "ltr"
	laid(t, mirrored, story.Narrow, cache.keep)
	if len(cache.made) == 0 {
		t.Error("a layout for the other direction came from the cache")
	}
}

func TestACacheThatFailsIsAnError(t *testing.T) {
	broken := func(string, func() ([]byte, error)) ([]byte, error) { return []byte("{"), nil }
	if _, err := scene.NewMap(madeUp(shape{3, 3, 2, "en", 1}), scene.Wishes{}, broken).Plan(story.Wide); err == nil {
		t.Error("no error from a cache of broken data")
	}
}

// A change that does not concern a scene moves nothing in it.
func TestUnrelatedChangesMoveNothing(t *testing.T) {
	for _, form := range story.Forms {
		before := fixture(t, "eight-calls", "en")
		scenes, was := laid(t, before, form, nil)
		d := fixture(t, "eight-calls", "en")
		d.Actors = append(d.Actors, story.Actor{ID: "somebody", Shape: "person", Label: "Somebody"})
		changed := d.Actors[0].ID
		d.Actors[0].Label = "Another name"
		m := scene.NewMap(d, scene.Wishes{}, nil)
		plan, err := m.Plan(form)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range scenes {
			if s.Kind == story.WholeScene || slices.Contains(s.Actors, 0) {
				continue
			}
			got, err := plan.Lay(s)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(was[i], got); diff != "" {
				t.Errorf("%s, %s %s differs though it is without %s:\n%s", form, s.Kind, s.ID, changed, diff)
			}
		}
	}
}

func BenchmarkWholeOfALargeMap(b *testing.B) {
	d := madeUp(shape{150, 400, 4, "ar", 3})
	for b.Loop() {
		m := scene.NewMap(d, scene.Wishes{}, nil)
		plan, err := m.Plan(story.Wide)
		if err != nil {
			b.Fatal(err)
		}
		scenes := m.Scenes()
		if _, err := plan.Lay(scenes[len(scenes)-1]); err != nil {
			b.Fatal(err)
		}
	}
}
