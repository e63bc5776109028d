//go:build !js

package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/page/ui"
	"sharh/app/story"
)

// Steps, calls, views and actors have pages of their own, which are still and have all necessary links.
func TestItemPages(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		items := ui.Items(d)
		if len(items) != len(d.Steps)+len(d.Calls)+len(d.Views)+len(d.Actors) {
			t.Fatalf("got %d items", len(items))
		}
		for _, item := range items {
			p := draw(t, item.Page())
			if got := texts(all(p, "h1")); !slices.Equal(got, []string{item.Title()}) {
				t.Errorf("%s has the headlines %q, want %q", item.Path(), got, item.Title())
			}
			if n := len(all(p, "", "data-wish")) + len(all(p, "", "data-live")) + len(all(p, "", "data-save")); n > 0 {
				t.Errorf("%s has %d elements that need the client, or an app", item.Path(), n)
			}
			back, _ := attribute(only(t, only(t, p, "p", "class=back"), "a"), "href")
			var before, after string
			if s := item.Step; s != nil {
				if want := item.Where(fmt.Sprintf("#step-%d", s.Number)); back != want {
					t.Errorf("%s: the way back leads to %s, want %s", item.Path(), back, want)
				}
				if got, _ := attribute(only(t, p, "", "class=say"), "id"); got != fmt.Sprintf("step-%d", s.Number) {
					t.Errorf("%s has its text at %q", item.Path(), got)
				}
				checkStep(t, d, s, only(t, p, "article", "class=step"))
				if item.Index > 0 {
					before = fmt.Sprintf("../%d/", d.Steps[item.Index-1].Number)
				}
				if item.Index < len(d.Steps)-1 {
					after = fmt.Sprintf("../%d/", d.Steps[item.Index+1].Number)
				}
			} else if c := item.Call; c != nil {
				if want := item.Where(fmt.Sprintf("#call-%d", c.ID)); back != want {
					t.Errorf("%s: the way back leads to %s, want %s", item.Path(), back, want)
				}
				bars := values(all(p, "a", "class=call", "aria-current=true"), "href")
				marked := append(bars, values(all(p, "article", "aria-current=true"), "id")...)
				want := []string{fmt.Sprintf("../%d/", c.ID), fmt.Sprintf("../%d/", c.ID), fmt.Sprintf("call-%d", c.ID)}
				if diff := cmp.Diff(want, marked); diff != "" {
					t.Errorf("%s marks (-want +got):\n%s", item.Path(), diff)
				}
				if item.Index > 0 {
					before = fmt.Sprintf("../%d/", d.Calls[item.Index-1].ID)
				}
				if item.Index < len(d.Calls)-1 {
					after = fmt.Sprintf("../%d/", d.Calls[item.Index+1].ID)
				}
			} else if a := item.Actor; a != nil {
				if want := item.Where("#actor-" + a.ID); back != want {
					t.Errorf("%s: the way back leads to %s, want %s", item.Path(), back, want)
				}
				acts := all(only(t, p, "article", "id=actor-"+a.ID), "li")
				n := 0
				for _, r := range d.Relations {
					if r.From == a.ID || r.To == a.ID || r.Via == a.ID {
						if got := text(acts[min(n, len(acts)-1)]); !strings.Contains(got, r.Label) || !strings.Contains(got, r.Said.Text.Plain()) {
							t.Errorf("%s says %q, want what %s is", item.Path(), got, r.ID)
						}
						n++
					}
				}
				if len(acts) != n {
					t.Errorf("%s has %d relations, want %d", item.Path(), len(acts), n)
				}
				for _, f := range []story.Form{story.Wide, story.Narrow} {
					network := only(t, p, "svg", "class="+string(f))
					if got := values(all(network, "a", "aria-current=true"), "href"); !slices.Equal(got, []string{"#actor-" + a.ID}) {
						t.Errorf("%s marks %v on its map", item.Path(), got)
					}
				}
				if item.Index > 0 {
					before = "../" + d.Actors[item.Index-1].ID + "/"
				}
				if item.Index < len(d.Actors)-1 {
					after = "../" + d.Actors[item.Index+1].ID + "/"
				}
			} else {
				v := item.View
				if want := item.Where("#view-" + v.ID); back != want {
					t.Errorf("%s: the way back leads to %s, want %s", item.Path(), back, want)
				}
				if got := text(only(t, p, "article", "class=view")); !strings.HasPrefix(got, v.Reading[0].Text) {
					t.Errorf("%s does not begin with the reading: %q", item.Path(), got)
				}
				if got := len(all(p, "li", "class=entry")); got != len(v.RestsOn) {
					t.Errorf("%s shows %d statements, rests on %d", item.Path(), got, len(v.RestsOn))
				}
				if item.Index > 0 {
					before = "../" + d.Views[item.Index-1].ID + "/"
				}
				if item.Index < len(d.Views)-1 {
					after = "../" + d.Views[item.Index+1].ID + "/"
				}
			}
			for class, want := range map[string]string{"prev": before, "next": after} {
				got := strings.Join(values(all(p, "a", "class="+class), "href"), " ")
				if got != want {
					t.Errorf("%s: %s leads to %q, want %q", item.Path(), class, got, want)
				}
			}
		}
	})
}

func TestDescriptionsOfItems(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, item := range ui.Items(d) {
			got := item.Description()
			if s := item.Step; s != nil {
				for _, said := range s.Sentences {
					if !strings.Contains(got, said.Text.Plain()) {
						t.Errorf("%s is described as %q, which does not say %q", item.Path(), got, said.Text.Plain())
					}
				}
				continue
			}
			var want string
			if c := item.Call; c != nil {
				want = c.Day
			} else if a := item.Actor; a != nil {
				if !strings.HasPrefix(got, a.Role) || strings.HasSuffix(got, " · ") {
					t.Errorf("%s is described as %q, want it to begin with %q", item.Path(), got, a.Role)
				}
				continue
			} else {
				want = item.Whose()
			}
			if !strings.HasPrefix(got, want+" · ") || strings.Contains(got, "·  ·") || strings.HasSuffix(got, " · ") {
				t.Errorf("%s is described as %q, want it to begin with %q", item.Path(), got, want)
			}
		}
	})
}
