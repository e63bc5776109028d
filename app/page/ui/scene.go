package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Scene is the scene of the map for a choice. Go draws it in place of the core. Actors that stay move to their new
// positions; for this their elements must stay the same. So each actor of the story has an element at a fixed index,
// whether it is shown or not.
type Scene struct {
	app.Compo

	Doc   *story.Document
	Depth *story.Depth // nil until it is loaded
	Key   string       // key of the scene, "" for none
	Form  story.Form
	Place bool // whether it must have the size of the core that is at its place
	State reader.State
	Page  *Page // holds the state
}

// Render draws the scene.
func (c *Scene) Render() app.UI {
	d := c.Doc
	root := live("div").Class("scene").ID("scene")
	if c.Place {
		root.Class("place")
	}
	s := c.Depth.Scene(c.Key)
	if s == nil {
		return root
	}
	l, chosen := s.In(c.Form), c.State.Chosen[address.Actor]
	near := map[string]bool{} // actors of relations that are not dimmed
	drawn := drawing{scene: s, form: c.Form, prefix: "scene-", link: c.evidence(s)}
	drawn.shows = func(i int) bool { return c.State.Shows(&d.Relations[s.Relations[i]]) }
	// On the whole map the relations of other actors than the chosen one are dimmed. The chosen actor's own scene has no
	// others.
	drawn.dims = func(i int) bool {
		r := &d.Relations[s.Relations[i]]
		return s.Kind == story.WholeScene && chosen != "" && !r.Concerns(chosen)
	}
	for i, n := range s.Relations {
		if r := &d.Relations[n]; drawn.shows(i) && !drawn.dims(i) {
			near[r.From], near[r.To], near[r.Via] = true, true, true
		}
	}
	at := map[int]int{} // index into the scene's actors
	for n, i := range s.Actors {
		at[i] = n
	}
	for i := range d.Actors {
		n, ok := at[i]
		if !ok {
			drawn.nodes = append(drawn.nodes, svg("g"))
			continue
		}
		id := d.Actors[i].ID
		box := l.Nodes[n]
		move := "translate(" + num(box.Box.X) + " " + num(box.Box.Y) + ")"
		box.Box.X, box.Box.Y = 0, 0
		e := toCard(d, i, box, c.Form).Attr("transform", move)
		if (c.State.MapFiltered() || s.Kind == story.WholeScene && chosen != "") && !near[id] && id != chosen {
			e.DataSet("dim", "1")
		}
		drawn.nodes = append(drawn.nodes, current(e, id == chosen))
	}
	rest := c.Form // of the core
	if c.Page.Part.framed() && rest == story.Narrow {
		rest = story.Small
	}
	// At least as high as the core, so that the content below does not move.
	core := d.Map.Core.In(rest).Height
	height, top, width := max(l.Height, core), 0., l.Width
	if c.Form == story.Wide {
		top = (l.Height - height) / 2
	}
	if c.Place {
		width *= height / core // as high as the core
	}
	moved := svg("g").Body(drawn.network(d)...)
	picture := svg("svg").Class(string(rest)).Attr("role", "group").Attr("aria-label", d.Map.Title).Body(moved)
	var unwritten []int // relations that the drawing does not say
	for i, n := range s.Relations {
		if (len(l.Arrows[i].Lines) == 0 || d.Relations[n].Said.Mark == 0) && drawn.shows(i) {
			unwritten = append(unwritten, n)
		}
	}
	if s.Kind != story.WholeScene {
		c.Page.seen = lens{}
		box := num((l.Width-width)/2) + " " + num(top) + " " + num(width) + " " + num(height)
		return root.Body(join(
			one(picture.Attr("viewBox", box)),
			when(s.More != "", el("p").Class("on").Body(app.Text(s.More))),
			spoken(d, unwritten),
		)...)
	}
	if c.Page.seen.width != l.Width || c.Page.seen.height != l.Height {
		c.Page.seen = all(l.Width, l.Height)
	}
	moved.Attr("transform", c.Page.seen.transform())
	return root.Class("whole").Body(join([]app.UI{
		picture.Attr("viewBox", "0 0 "+num(l.Width)+" "+num(l.Height)),
		el("p").Class("zoom").Body(
			zoomButton(d.Words.ZoomIn, "+", "+"), zoomButton(d.Words.ZoomOut, "−", "-"), zoomButton(d.Words.Fit, "⤢", "0")),
	}, spoken(d, unwritten))...)
}

// gesture moves or scales the whole map without rendering it again.
func (p *Page) gesture(g browser.Gesture) (ours bool) {
	if !p.State.WholeMap || p.seen.width == 0 {
		return false
	}
	p.seen = p.seen.after(g)
	browser.SetAttribute("#scene>svg>g", "transform", p.seen.transform())
	return true
}

// actor returns the id of the chosen actor, or "". Like scene, it returns "" until the reader does something.
func (p *Page) actor() string {
	if p.form == "" {
		return ""
	}
	return p.State.Chosen[address.Actor]
}

// scene returns the key of the scene to show, or "" for the core. Until the reader does something on the live page it
// returns "", so that nothing moves when Go starts; or, if the reader came for an actor, the key of a scene that has
// room in the place of the core. In a frame a scene always has that place, because the frame keeps its height.
func (p *Page) scene() string {
	if p.form == "" {
		return ""
	}
	key := p.wanted()
	if !p.inPlace() {
		return key
	}
	if fit := story.FitKey(key); p.depth.Has(fit) {
		return fit
	}
	if s := p.depth.Scene(key); s != nil && !s.Fits(&p.Doc.Map.Core) { // the whole map
		return ""
	}
	return key
}

// inPlace reports whether scenes must have the size of the core.
func (p *Page) inPlace() bool { return p.place || p.Part.framed() }

// wanted returns the key of the scene for the state: that of the chosen actor, view or call, or "" for the core.
func (p *Page) wanted() string {
	if key := story.SceneKey(story.WholeScene, ""); p.State.WholeMap && p.depth.Has(key) {
		return key
	}
	for _, k := range []struct {
		of   address.Kind
		kind string
	}{{address.Actor, story.ActorScene}, {address.View, story.ViewScene}, {address.Call, story.CallScene}} {
		if id := p.State.Chosen[k.of]; id != "" {
			if key := story.SceneKey(k.kind, id); p.depth.Has(key) {
				return key
			}
		}
	}
	if key := story.SceneKey(story.CoreScene, ""); p.State.MapFiltered() && p.depth.Has(key) {
		return key
	}
	return ""
}

// evidence wraps the words of a relation in a link to its evidence, whose card opens in place.
func (c *Scene) evidence(s *story.Scene) func(i int, words []app.UI) []app.UI {
	d := c.Doc
	return func(i int, words []app.UI) []app.UI {
		r := &d.Relations[s.Relations[i]]
		if r.Said.Mark == 0 {
			return one(svg("g").Attr("aria-hidden", "true").Body(words...))
		}
		return one(svg("a").Attr("href", c.Page.Part.Where(d.Attributions[r.Said.Mark-1].At())).DataSet("mark", r.Said.Mark).
			Attr("aria-label", Sentence(d, r)).Body(words...))
	}
}
