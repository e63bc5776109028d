package scene_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/scene"
	"sharh/app/story"
)

// sound fails if a scene shows a relation without its ends, is not sorted, or is too full.
func sound(t *testing.T, d *story.Document, s story.Scene) {
	t.Helper()
	if !slices.IsSorted(s.Actors) || !slices.IsSorted(s.Relations) || len(slices.Compact(slices.Clone(s.Actors))) < len(s.Actors) {
		t.Errorf("%s %s: actors %v, relations %v", s.Kind, s.ID, s.Actors, s.Relations)
	}
	for _, n := range s.Relations {
		r := d.Relations[n]
		ends := []string{r.From, r.To, r.Via}
		if s.Kind != story.CoreScene {
			ends = append(ends, r.Ends...)
		}
		for _, id := range ends {
			if id != "" && !slices.ContainsFunc(s.Actors, func(a int) bool { return d.Actors[a].ID == id }) {
				t.Errorf("%s %s: %s is shown without %s", s.Kind, s.ID, r.ID, id)
			}
		}
	}
	actors, relations := 10, 12
	switch s.Kind {
	case story.ActorScene:
		actors, relations = 14, 18
	case story.CardScene:
		actors, relations = 7, 5
	case story.WholeScene:
		actors, relations = len(d.Actors), len(d.Relations)
	}
	if len(s.Actors) > actors || len(s.Relations) > relations {
		t.Errorf("%s %s: %d actors and %d relations, want at most %d and %d", s.Kind, s.ID, len(s.Actors), len(s.Relations), actors, relations)
	}
}

func TestScenes(t *testing.T) {
	for name, d := range stories(t) {
		t.Run(name, func(t *testing.T) {
			scenes := scene.NewMap(d, scene.Wishes{}, nil).Scenes()
			kinds := map[string]int{}
			for _, s := range scenes {
				sound(t, d, s)
				kinds[s.Kind]++
				all := 0 // number of relations that belong to the scene
				for _, r := range d.Relations {
					switch s.Kind {
					case story.CoreScene, story.WholeScene:
						all++
					case story.ActorScene, story.CardScene:
						if slices.Contains(r.Ends, s.ID) {
							all++
						}
						if a := slices.IndexFunc(d.Actors, func(a story.Actor) bool { return a.ID == s.ID }); !slices.Contains(s.Actors, a) {
							t.Errorf("%s is not in his own scene", s.ID)
						}
					default:
						all = len(s.Relations) + s.LeftOut
					}
				}
				if s.Kind == story.CardScene && (s.LeftOut == 0 || len(s.Relations) == 0) {
					t.Errorf("%s %s: %d relations are shown and %d left out", s.Kind, s.ID, len(s.Relations), s.LeftOut)
				}
				if got := len(s.Relations) + s.LeftOut; got != all {
					t.Errorf("%s %s: %d relations are shown and %d left out of %d", s.Kind, s.ID, len(s.Relations), s.LeftOut, all)
				}
			}
			if len(d.Actors) == 0 {
				if len(scenes) > 0 {
					t.Errorf("%d scenes of nobody", len(scenes))
				}
				return
			}
			if kinds[story.WholeScene] != 1 || kinds[story.ActorScene] != len(d.Actors) || kinds[story.CoreScene] > 1 || kinds[story.CallScene] > len(d.Calls) || kinds[story.ViewScene] > len(d.Views) {
				t.Errorf("got %v", kinds)
			}
		})
	}
}

func names(d *story.Document, s story.Scene) (ids []string) {
	for _, a := range s.Actors {
		ids = append(ids, d.Actors[a].ID)
	}
	for _, r := range s.Relations {
		ids = append(ids, d.Relations[r].ID)
	}
	return ids
}

func TestCoreIsTheEditors(t *testing.T) {
	d := fixture(t, "eight-calls", "en")
	core := func(ids ...string) story.Scene {
		s := scene.NewMap(d, scene.Wishes{Core: ids}, nil).Scenes()[0]
		if s.Kind != story.CoreScene {
			t.Fatalf("the first scene is %s %s", s.Kind, s.ID)
		}
		sound(t, d, s)
		return s
	}
	byWeight := names(d, core())
	if got := names(d, core("nobody")); !cmp.Equal(got, byWeight) {
		t.Errorf("a core that names nobody: got %v, want %v", got, byWeight)
	}
	if got, want := names(d, core(d.Relations[4].ID)), []string{d.Relations[4].From, d.Relations[4].To}; len(got) != 3 || !slices.Contains(got, want[0]) || !slices.Contains(got, want[1]) {
		t.Errorf("a core of one relation: got %v", got)
	}
	pair := []string{d.Relations[0].From, d.Relations[0].To}
	for _, id := range names(d, core(pair...)) {
		r := slices.IndexFunc(d.Relations, func(r story.Relation) bool { return r.ID == id })
		if r < 0 && !slices.Contains(pair, id) || r >= 0 && !(slices.Contains(pair, d.Relations[r].From) && slices.Contains(pair, d.Relations[r].To)) {
			t.Errorf("a core of %v: got %s", pair, id)
		}
	}
	var everybody []string
	for _, a := range d.Actors {
		everybody = append(everybody, a.ID)
	}
	if got := core(everybody...); len(got.Relations) == 0 || got.LeftOut == 0 {
		t.Errorf("a core of everybody: %d relations, %d left out", len(got.Relations), got.LeftOut)
	}
}
