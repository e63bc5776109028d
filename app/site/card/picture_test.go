package card

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sharh/app/desk/desktest"
	"sharh/app/story"
	"sharh/app/story/storytest"
	"sharh/web"
)

// mapped returns the fixture with the largest map, in a language.
func mapped(t *testing.T, lang string) *story.Document {
	t.Helper()
	for _, d := range desktest.Stories(t, "../../../cmd/sharh/testdata/content")["eight-calls"] {
		if d.Lang == lang {
			return d
		}
	}
	t.Fatalf("the fixture is not there in %s", lang)
	return nil
}

func actor(t *testing.T, d *story.Document, id string) int {
	t.Helper()
	i := slices.IndexFunc(d.Actors, func(a story.Actor) bool { return a.ID == id })
	if i < 0 {
		t.Fatalf("there is no %s", id)
	}
	return i
}

// alone removes an actor's relations from his scene.
func alone(t *testing.T, d *story.Document, i int) {
	t.Helper()
	id := d.Actors[i].ID
	key := story.SceneKey(story.ActorScene, id)
	s := d.Map.Scene(key)
	n := slices.Index(s.Actors, i)
	s.Actors, s.Relations = []int{i}, nil
	for _, f := range []story.Form{story.Wide, story.Narrow} {
		l := s.In(f)
		l.Nodes, l.Arrows = l.Nodes[n:n+1], nil
	}
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	d.Map.Scenes[key] = data
	delete(d.Map.Scenes, story.SceneKey(story.CardScene, id))
}

const sixty = "The Extraordinary Plenipotentiary for Everything and Nothing"

// samples are pictures that are compared with those in testdata.
func samples(t *testing.T) map[string]func() ([]byte, error) {
	ar, en := mapped(t, "ar"), mapped(t, "en")
	none, long := mapped(t, "ar"), mapped(t, "en")
	alone(t, none, actor(t, none, "orban"))
	long.Actors[actor(t, long, "kremlin")].Name = sixty
	const address = "https://example.org/eight-calls/actor/putin/"
	return map[string]func() ([]byte, error){
		"actor-ar":       OfActor(ar, actor(t, ar, "putin"), address).Draw,
		"actor-en":       OfActor(en, actor(t, en, "trump"), "").Draw,
		"actor-alone-ar": OfActor(none, actor(t, none, "orban"), address).Draw,
		"actor-long-en":  OfActor(long, actor(t, long, "kremlin"), address).Draw,
		"map-ar":         OfScene(ar, &ar.Map.Core, ar.Map.Title, address, nil).PNG,
		"map-en":         OfScene(en, en.Map.Scene("call 3"), en.Calls[2].Name, "", nil).PNG,
	}
}

func TestPicturesLookAsBefore(t *testing.T) {
	all := samples(t)
	for name, draw := range all {
		got, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".png")
		if *golden {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, b := decode(t, got).(*image.Paletted), decode(t, want).(*image.Paletted)
		if n := apart(a, b); n > a.Bounds().Dx()*a.Bounds().Dy()/1000 {
			t.Errorf("%s: %d pixels are not what they were: look at it after make golden", name, n)
		}
	}
	there, err := filepath.Glob("testdata/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		if all[strings.TrimSuffix(filepath.Base(file), ".png")] == nil {
			t.Errorf("%s is drawn by nothing", file)
		}
	}
}

// apart counts the pixels that differ so much that it shows; all of them if the pictures are not of the same size.
func apart(a, b *image.Paletted) (n int) {
	if a.Bounds() != b.Bounds() {
		return math.MaxInt
	}
	shows := map[[2]color.Color]bool{}
	for i, p := range a.Pix {
		pair := [2]color.Color{a.Palette[p], b.Palette[b.Pix[i]]}
		is, known := shows[pair]
		if !known {
			is = differ(pair[0], pair[1]) > 40
			shows[pair] = is
		}
		if is {
			n++
		}
	}
	return n
}

// element is an element of an SVG file with its attributes by name and the text inside it.
type element struct {
	name       string
	attributes map[string]string
	text       string
}

// elements parses a file as XML, strictly.
func elements(t *testing.T, data []byte) (all []element) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []int
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("%v in %.300s", err, data)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attributes: map[string]string{}}
			for _, a := range token.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.CharData:
			if len(open) > 0 {
				all[open[len(open)-1]].text += string(token)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

func svgOf(t *testing.T, p Picture) []byte {
	t.Helper()
	data, err := p.SVG()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var allowed = []string{"svg", "title", "desc", "defs", "g", "path", "use", "text"}

func TestSVGStandsAlone(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		d := mapped(t, lang)
		hostile := mapped(t, lang)
		storytest.MakeHostile(hostile)
		for name, d := range map[string]*story.Document{lang: d, lang + " hostile": hostile} {
			t.Run(name, func(t *testing.T) {
				said := []string{d.Title, d.Actors[0].Name}
				p := OfScene(d, &d.Map.Core, d.Map.Title, "https://example.org/a&b/", said)
				data := svgOf(t, p)
				if !bytes.Equal(data, svgOf(t, p)) {
					t.Error("the same picture is written in two ways")
				}
				ids, letters := map[string]bool{}, 0
				var title, desc string
				for i, e := range elements(t, data) {
					if !slices.Contains(allowed, e.name) {
						t.Fatalf("there is an element %s", e.name)
					}
					for name, value := range e.attributes {
						if strings.HasPrefix(name, "on") || name == "href" && !strings.HasPrefix(value, "#") || strings.Contains(value, "url(") {
							t.Errorf("%s has %s=%q", e.name, name, value)
						}
					}
					if id := e.attributes["id"]; id != "" {
						if ids[id] {
							t.Errorf("there are two %s", id)
						}
						ids[id] = true
					}
					switch e.name {
					case "svg":
						if i != 0 || e.attributes["lang"] != lang || e.attributes["width"] == "" || e.attributes["viewBox"] != "0 0 "+e.attributes["width"]+" "+e.attributes["height"] {
							t.Errorf("got %v", e.attributes)
						}
					case "title":
						title = e.text
					case "desc":
						desc = e.text
					case "use":
						letters++
						if !ids[strings.TrimPrefix(e.attributes["href"], "#")] {
							t.Fatalf("%s is not defined", e.attributes["href"])
						}
					case "path":
						if d := e.attributes["d"]; !strings.HasPrefix(d, "m") || strings.ContainsAny(d, "NI") {
							t.Errorf("a path begins %.40q", d)
						}
					}
				}
				if letters < 200 {
					t.Errorf("%d letters are drawn", letters)
				}
				if title != clean(d.Map.Title+" · "+d.Title) {
					t.Errorf("got title %q", title)
				}
				for _, want := range append(said, d.FactsAsOf.Text, "https://example.org/a&b/") {
					if !strings.Contains(desc, clean(want)) {
						t.Errorf("%q is not in the description, %q", want, desc)
					}
				}
			})
		}
	}
}

// A line with letters that our fonts lack stays text, for the fonts of the reader.
func TestLettersOfOtherScriptsStayText(t *testing.T) {
	d := mapped(t, "en")
	s := &d.Map.Core
	s.Wide.Nodes[0].Lines = []string{"习近平 <1>"}
	var texts []string
	for _, e := range elements(t, svgOf(t, OfScene(d, s, d.Map.Title, "", nil))) {
		if e.name == "text" {
			texts = append(texts, e.text)
		}
	}
	if !slices.Equal(texts, []string{"习近平 <1>"}) {
		t.Errorf("got %q as text", texts)
	}
}

func TestPicturesOfHostileScenes(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		d := mapped(t, lang)
		storytest.MakeHostile(d)
		s := &d.Map.Core
		for i := range s.Wide.Arrows {
			paths := []string{"", "M", "L5 5", "M1e300 0H5", "M0 0HNaN", "M0 0H0L0 0", "Mx y", "M0 0C1 1", "url(#a)", "M1 2\x00H3"}
			s.Wide.Arrows[i].Path, s.Wide.Arrows[i].Tips = paths[i%len(paths)], []string{paths[(i+1)%len(paths)], ""}
		}
		p := OfScene(d, s, strings.Repeat("x", 400), strings.Repeat("y", 400), nil)
		elements(t, svgOf(t, p))
		if _, err := p.PNG(); err != nil {
			t.Error(err)
		}
		if _, err := OfActor(d, 0, "").Draw(); err != nil {
			t.Error(err)
		}
	}
}

func TestCardsOfActors(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		d := mapped(t, lang)
		for i, a := range d.Actors {
			c := OfActor(d, i, "https://example.org/eight-calls/actor/"+a.ID+"/")
			if c.Scene == nil || len(c.Scene.Relations) == 0 || len(c.Scene.Relations) > 5 {
				t.Errorf("%s: got the scene %+v", a.ID, c.Scene)
			}
			if n := len(slices.DeleteFunc(c.Scene.Actors, func(a Actor) bool { return !a.Chosen })); n != 1 {
				t.Errorf("%s: %d actors are chosen", a.ID, n)
			}
			data, err := c.Draw()
			if err != nil || len(data) > 40_000 {
				t.Errorf("%s: got %d bytes, %v", a.ID, len(data), err)
			}
		}
		alone(t, d, 0)
		if c := OfActor(d, 0, ""); c.Scene != nil || c.Key() == OfActor(mapped(t, lang), 0, "").Key() {
			t.Errorf("an actor without relations has the scene %+v", c.Scene)
		}
	}
}

// heads counts the arrowheads of a picture: filled shapes of three straight sides.
func heads(t *testing.T, p Picture) (n int) {
	t.Helper()
	for _, e := range elements(t, svgOf(t, p)) {
		if d := e.attributes["d"]; e.name == "path" && e.attributes["fill"] != "none" && strings.Count(d, "l") == 2 && strings.Count(d, "m") == 1 {
			n++
		}
	}
	return n
}

// A relation that goes both ways has two arrowheads, one without a direction has none.
func TestArrowheadsTellDirections(t *testing.T) {
	d := mapped(t, "en")
	s := &d.Map.Core
	r := &d.Relations[s.Relations[0]]
	count := func() int { return heads(t, OfScene(d, s, d.Map.Title, "", nil)) }
	r.Mutual, r.Between = false, false
	one := count()
	if one < len(s.Relations) {
		t.Fatalf("%d relations have %d arrowheads", len(s.Relations), one)
	}
	r.Mutual = true
	if got := count(); got != one+1 {
		t.Errorf("both ways: got %d arrowheads, want %d", got, one+1)
	}
	r.Mutual, r.Between = false, true
	if got, want := count(), one-len(s.Wide.Arrows[0].Tips); got != want {
		t.Errorf("no direction: got %d arrowheads, want %d", got, want)
	}
}

// The pens are those of the style sheet.
func TestScenesAreDrawnAsOnThePage(t *testing.T) {
	var style []byte
	for _, name := range []string{"style.css", "weights.css"} {
		sheet, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		style = append(style, sheet...)
	}
	properties := func(selector string) map[string]string {
		found := regexp.MustCompile(`(?m)^(?:[^{}\n]*,)?` + regexp.QuoteMeta(selector) + `(?:,[^{}\n]*)?\{([^}]*)\}`).FindSubmatch(style)
		if found == nil {
			t.Fatalf("no style sheet has a rule for %s", selector)
		}
		all := map[string]string{}
		for _, p := range strings.Split(string(found[1]), ";") {
			name, value, _ := strings.Cut(p, ":")
			all[name] = value
		}
		return all
	}
	c := tints{}
	check := func(name string, p pen, rules ...string) {
		t.Helper()
		all := map[string]string{}
		for _, rule := range rules {
			for name, value := range properties(rule) {
				all[name] = value
			}
		}
		var dash []string
		for _, length := range p.dash {
			dash = append(dash, strconv.FormatFloat(length, 'f', -1, 64))
		}
		if got := strconv.FormatFloat(p.width, 'f', -1, 64); got != all["stroke-width"] || strings.Join(dash, " ") != all["stroke-dasharray"] || p.round != (all["stroke-linecap"] == "round") {
			t.Errorf("%s: the pen is %+v, the style sheet says %v", name, p, all)
		}
	}
	check("cooperative", c.line("cooperative", 0), ".rel .line")
	for _, p := range story.Polarities[1:] {
		check(p, c.line(p, 0), ".rel .line", ".p-"+p+" .line")
	}
	for thickness := 1; thickness <= story.Thicknesses; thickness++ {
		class := fmt.Sprintf(".wt-%d", thickness)
		check("cooperative"+class, c.line("cooperative", thickness), ".rel .line", ".rel "+class)
		rules := []string{".rel .line", ".p-pressure .line", ".rel " + class}
		if thickness > 2 {
			rules = append(rules, class+".p-pressure")
		}
		check("pressure"+class, c.line("pressure", thickness), rules...)
	}
	check("tether", c.tether(), ".tether")
	for shape, rule := range map[string]string{
		"person": ".s-person rect", "state": ".s-state rect", "voices": ".s-voices rect", "media": ".s-media rect", "object": ".s-object rect",
	} {
		check(shape, c.edge(&Actor{Shape: shape}), ".node rect", rule)
	}
	check("summit", c.edge(&Actor{Shape: "summit"}), ".node rect")
}

// What a pen draws covers as much as its width and length say.
func TestStrokes(t *testing.T) {
	for name, c := range map[string]struct {
		shape shape
		pen   pen
		want  float64 // in pixels
	}{
		"line":          {parsePath("M10 20H110"), pen{width: 4}, 400},
		"there, down":   {parsePath("M10 20H60L60 70"), pen{width: 4}, 400},
		"dashes":        {parsePath("M10 20H110"), pen{width: 4, dash: []float64{6, 4}}, 240},
		"round dashes":  {parsePath("M10 20H110"), pen{width: 4, dash: []float64{6, 14}, round: true}, 5 * 10 * 4},
		"square":        {polygon(vec{20, 20}, vec{70, 20}, vec{70, 70}, vec{20, 70}), pen{width: 4, closed: true}, 800},
		"rounded":       {round(20, 20, 50, 50, 25), pen{width: 4, closed: true}, 4 * 50 * math.Pi},
		"curve":         {parsePath("M10 20C60 20 60 70 110 70"), pen{width: 4}, 4 * 115.5},
		"two subpaths":  {parsePath("M10 20H60M70 20H120"), pen{width: 4}, 400},
		"nothing":       {parsePath("M10 20H10"), pen{width: 4}, 0},
		"no beginning":  {parsePath("H10L20 20"), pen{width: 4}, 0},
		"breaks off":    {parsePath("M10 20H60LxL9 9"), pen{width: 4}, 200},
		"dash on joint": {parsePath("M10 20H40H70H110"), pen{width: 4, dash: []float64{10, 10}}, 200},
	} {
		on := newCanvas(150, 100, image.White)
		c.pen.col.A = 0xff
		on.stroke(c.shape, c.pen)
		got := 0.0
		for y := range 100 {
			for x := range 150 {
				got += 1 - float64(on.RGBAAt(x, y).R)/255
			}
		}
		if math.Abs(got-c.want) > 5+c.want/100 {
			t.Errorf("%s: %.0f pixels are drawn, want %.0f", name, got, c.want)
		}
	}
}
