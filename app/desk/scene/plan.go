package scene

import (
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"sharh/app/desk/figure"
	"sharh/app/edition"
	"sharh/app/story"
)

// Plan is the fixed arrangement of a map's actors in one form. It lays out scenes.
type Plan struct {
	*Map
	form  story.Form
	seats []seat
}

// seat is the position of an actor in all scenes of a form.
type seat struct {
	Column int
	Rank   float64 // position from top to bottom
	Pin    Pin
}

// Plan gives the actors their seats in a form. Seats depend on relations, not on texts, so they are the same in all
// languages.
func (m *Map) Plan(form story.Form) (*Plan, error) {
	in := m.seating(form)
	p := &Plan{Map: m, form: form}
	if err := cached(m.keep, "seats", in, &p.seats, in.seats); err != nil {
		return nil, fmt.Errorf("seating the actors of the map: %w", err)
	}
	return p, nil
}

func (m *Map) seating(form story.Form) seating {
	in := seating{Columns: specs[form].columns, Relations: m.relations, Core: m.core.Relations, Pins: m.pins}
	for _, a := range m.doc.Actors {
		in.Camps = append(in.Camps, slices.IndexFunc(m.doc.Camps, func(c story.Camp) bool { return c.ID == a.Camp }))
	}
	return in
}

// Lay lays out a scene.
func (p *Plan) Lay(s story.Scene) (story.Layout, error) {
	in := p.input(s, p.form, p.seats)
	var l story.Layout
	if err := cached(p.keep, "scenes", in, &l, in.lay); err != nil {
		return l, fmt.Errorf("laying out the map of %s %s: %w", s.Kind, s.ID, err)
	}
	return l, nil
}

// input returns what the layout of a scene depends on. seats are those of all actors.
func (m *Map) input(s story.Scene, form story.Form, seats []seat) input {
	in := input{Form: form, RTL: m.doc.Dir == "rtl"}
	at := map[int]int{}
	for n, i := range s.Actors {
		at[i] = n
		a := &m.doc.Actors[i]
		in.Actors = append(in.Actors, seated{seats[i], a.Label, a.Shape == "summit" || a.Shape == "event"})
	}
	for _, i := range s.Relations {
		r := m.relations[i]
		x := worded{relation{From: at[r.From], To: at[r.To], Via: -1}, m.doc.Relations[i].Label}
		if via, ok := at[r.Via]; ok {
			x.Via = via
		}
		for _, t := range r.Tied {
			if n, ok := at[t]; ok {
				x.Tied = append(x.Tied, n)
			}
		}
		in.Relations = append(in.Relations, x)
	}
	return in
}

// Draw lays out a scene in the given forms.
func (m *Map) Draw(s *story.Scene, forms ...story.Form) error {
	for _, f := range forms {
		p := m.plans[f]
		if p == nil {
			var err error
			if p, err = m.Plan(f); err != nil {
				return err
			}
			m.plans[f] = p
		}
		var err error
		if *s.In(f), err = p.Lay(*s); err != nil {
			return err
		}
	}
	return nil
}

// input is everything that a layout depends on.
type input struct {
	Form      story.Form
	RTL       bool
	Actors    []seated
	Relations []worded
}

type seated struct {
	seat
	Label   string
	Pointed bool // its box has cut corners
}

type worded struct {
	relation // with indices into the input's Actors
	Words    string
}

//go:embed *.go
var sources embed.FS

// self is a key for what layouts depend on besides their input: the source of this package, and the widths of texts.
var self = sync.OnceValue(func() string {
	var widths []float64
	for r := rune(' '); r < 0x700; r++ {
		widths = append(widths, figure.TextWidth(string(r), 1, true), figure.TextWidth(string([]rune{r, 'ب'}), 1, false))
	}
	return edition.Of([]fs.FS{sources}, fmt.Sprint(widths))
})

// cached sets out to the stored result for the input in, or calls make and stores its result.
func cached[T any](keep Keep, folder string, in any, out *T, make func() T) error {
	key, err := json.Marshal(in)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%x.json", sha256.Sum256(append(key, self()...)))
	data, err := keep(path.Join(folder, name), func() ([]byte, error) { return json.Marshal(make()) })
	if err != nil {
		return err
	}
	return json.Unmarshal(data, out)
}
