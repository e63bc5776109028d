package scene_test

import (
	"slices"
	"strings"
	"testing"

	"sharh/app/desk/scene"
	"sharh/app/story"
)

// What cannot be drawn legibly is found, and nothing else.
func TestFaults(t *testing.T) {
	base := func() *story.Document { return madeUp(shape{8, 10, 3, "en", 5}) }
	for _, c := range []struct {
		name   string
		change func(*story.Document)
		form   story.Form
		want   []scene.FaultKind // of the whole map of the changed story, each once
	}{
		{"nothing", func(*story.Document) {}, story.Wide, nil},
		{"no actors", func(d *story.Document) { d.Actors, d.Relations, d.Calls = nil, nil, nil }, story.Narrow, nil},
		{"one actor", func(d *story.Document) { d.Actors, d.Relations = d.Actors[:1], nil }, story.Small, nil},
		{"no relations", func(d *story.Document) { d.Relations = nil }, story.Narrow, nil},
		{"a relation to oneself", func(d *story.Document) { d.Relations[0].To = d.Relations[0].From }, story.Narrow, nil},
		{"ten between one pair", func(d *story.Document) {
			for i := range d.Relations {
				r := &d.Relations[i]
				r.From, r.To, r.Via, r.Ends = "a0", "a1", "", []string{"a0", "a1"}
			}
		}, story.Narrow, nil},
		{"labels of 80 characters", func(d *story.Document) {
			for i := range d.Relations {
				d.Relations[i].Label = strings.Repeat("accuses ", 10)
			}
		}, story.Narrow, []scene.FaultKind{scene.Tall}},
		{"a label of one word", func(d *story.Document) { d.Relations[0].Label = strings.Repeat("a", 80) },
			story.Narrow, []scene.FaultKind{scene.Broken}},
		{"a name of 60 letters", func(d *story.Document) { d.Actors[0].Label = strings.Repeat("Wm", 30) },
			story.Wide, []scene.FaultKind{scene.Broken}},
		{"a long Arabic word", func(d *story.Document) { d.Actors[0].Label = "فأسقيناكموهاوأنلزمكموها" },
			story.Narrow, []scene.FaultKind{scene.Broken}},
		{"scripts without spaces", func(d *story.Document) {
			d.Actors[0].Label, d.Actors[1].Label = "国際連合安全保障理事会", "องค์การสหประชาชาติ"
		}, story.Narrow, nil},
	} {
		d := base()
		for i := range d.Actors {
			d.Actors[i].Label = "Somebody"
		}
		for i := range d.Relations {
			d.Relations[i].Label = "offers to host"
		}
		c.change(d)
		m := scene.NewMap(d, scene.Wishes{}, nil)
		var got []scene.FaultKind
		var ids []string
		for _, a := range d.Actors {
			ids = append(ids, a.ID)
		}
		var rs []string
		for _, r := range d.Relations {
			rs = append(rs, r.ID)
		}
		for _, f := range m.Faults(m.Of(ids, rs), c.form) {
			if !slices.Contains(got, f.Kind) {
				got = append(got, f.Kind)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got faults %v, want %v", c.name, got, c.want)
		}
	}
}

// What the faults say is so once the scene is laid out.
func TestFaultsAreTrue(t *testing.T) {
	found := map[scene.FaultKind]int{}
	all := stories(t)
	for _, lang := range []string{"ar", "en"} {
		all["large "+lang] = madeUp(shape{25, 40, 3, lang, 5})
		dense := madeUp(shape{8, 10, 3, lang, 5})
		for i := range dense.Relations {
			dense.Relations[i].Label = strings.Repeat("accuses ", 10)
		}
		all["dense "+lang] = dense
	}
	for name, d := range all {
		m := scene.NewMap(d, scene.Wishes{}, nil)
		for _, form := range story.Forms {
			scenes, layouts := laid(t, d, form, nil)
			for i, s := range scenes {
				l := layouts[i]
				for _, f := range m.Faults(s, form) {
					found[f.Kind]++
					switch f.Kind {
					case scene.Mute:
						if !l.Mute {
							t.Errorf("%s, %s, %s %s has words", name, form, s.Kind, s.ID)
						}
					case scene.Tall:
						if !l.Mute && l.Height < .95*float64(f.Got) {
							t.Errorf("%s, %s, %s %s is %v high, not %d", name, form, s.Kind, s.ID, l.Height, f.Got)
						}
					case scene.Broken:
						var lines []string
						if f.Relation >= 0 {
							lines = l.Arrows[slices.Index(s.Relations, f.Relation)].Lines
						} else {
							lines = l.Nodes[slices.Index(s.Actors, f.Actor)].Lines
						}
						if slices.Contains(strings.Fields(strings.Join(lines, " ")), f.Word) {
							t.Errorf("%s, %s, %s %s: %q is not broken in %q", name, form, s.Kind, s.ID, f.Word, lines)
						}
					}
				}
			}
		}
	}
	if len(found) != 3 {
		t.Errorf("faults found: %v, want all three kinds", found)
	}
}

func TestUnmetWishes(t *testing.T) {
	d := madeUp(shape{25, 40, 3, "en", 5})
	if got := scene.NewMap(d, scene.Wishes{}, nil).Unmet(); len(got) > 0 {
		t.Errorf("without wishes: %v unmet", got)
	}
	all := scene.Wishes{}
	for _, a := range d.Actors {
		all.Core = append(all.Core, a.ID)
	}
	m := scene.NewMap(d, all, nil)
	if got, shown := m.Unmet(), m.Core().Actors; len(got) != 25-len(shown) || len(shown) > 10 {
		t.Errorf("a core of 25: %d shown, %v unmet", len(shown), got)
	}
	few := scene.Wishes{Core: []string{d.Relations[2].ID, d.Relations[5].ID}}
	if got := scene.NewMap(d, few, nil).Unmet(); len(got) > 0 {
		t.Errorf("a core of two relations: %v unmet", got)
	}
}

func TestRivals(t *testing.T) {
	d := madeUp(shape{8, 10, 1, "en", 5})
	for i := range d.Actors {
		d.Actors[i].Camp = []string{"c0", "c1"}[i%2]
	}
	d.Camps = []story.Camp{{ID: "c0"}, {ID: "c1"}}
	pins := map[string]scene.Pin{"a6": scene.Top, "a2": scene.Top, "a4": scene.Bottom, "a3": scene.Top}
	got := scene.NewMap(d, scene.Wishes{Pins: pins}, nil).Rivals()
	if len(got) != 1 || !slices.Equal(got[0], []int{2, 6}) {
		t.Errorf("got rivals %v, want a2 and a6", got)
	}
}
