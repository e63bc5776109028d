//go:build !js

package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

// pictured returns the text that the figure of a step must have for screen readers.
func pictured(d *story.Document, s *story.Step) string {
	var said []string
	switch {
	case len(s.Relations) > 0:
		for _, id := range s.Relations {
			r := d.Relations[slices.IndexFunc(d.Relations, func(r story.Relation) bool { return r.ID == id })]
			said = append(said, sentence(d, &r))
		}
	case len(s.Actors) > 0:
		for _, id := range s.Actors {
			said = append(said, d.Actors[slices.IndexFunc(d.Actors, func(a story.Actor) bool { return a.ID == id })].Name)
		}
	case s.Call != 0:
		c := d.Calls[slices.IndexFunc(d.Calls, func(c story.Call) bool { return c.ID == s.Call })]
		said = []string{c.Name, c.Day, c.Length}
	default:
		e := d.Events[slices.IndexFunc(d.Events, func(e story.Event) bool { return e.ID == s.Event })]
		said = []string{e.Label, e.Date.Text}
	}
	return strings.Join(said, d.Words.Comma+" ")
}

// checkStep checks the figure of a step, and that n has its sentences in one paragraph, each with its mark.
func checkStep(t *testing.T, d *story.Document, s *story.Step, n *html.Node) {
	t.Helper()
	picture := only(t, only(t, n, "figure", "class=still"), "svg", "role=img")
	if got, _ := attribute(picture, "aria-label"); got != pictured(d, s) || got == "" {
		t.Errorf("step %d: the figure is called %q, want %q", s.Number, got, pictured(d, s))
	}
	if n := len(all(picture, "a")); n > 0 {
		t.Errorf("step %d: there are %d links in what is a picture to those who hear the page", s.Number, n)
	}
	// The step's call or event is highlighted; the others are there for comparison.
	now := all(picture, "g", "class=now")
	if axis := s.Call != 0 || s.Event != ""; axis != (len(now) == 1) {
		t.Errorf("step %d: %d items stand out", s.Number, len(now))
	}
	if got := len(all(picture, "g", "class=node")); len(s.Scene.Actors) != got {
		t.Errorf("step %d: got %d actors, want %d", s.Number, got, len(s.Scene.Actors))
	}
	arrows := 0
	for _, a := range s.Scene.Small.Arrows {
		arrows += len(a.Tips)
	}
	if got := len(all(picture, "path", "class=line", "marker-end")); arrows != got {
		t.Errorf("step %d: got %d arrows, want %d", s.Number, got, arrows)
	}
	for _, arrow := range values(all(picture, "path", "marker-end"), "marker-end") {
		only(t, picture, "marker", "id="+strings.TrimSuffix(strings.TrimPrefix(arrow, "url(#"), ")"))
	}
	say := only(t, n, "p", "class=say")
	var sentences, marks []string
	for _, x := range s.Sentences {
		sentences = append(sentences, x.Text.Plain())
		marks = append(marks, fmt.Sprint(x.Mark))
	}
	if got, want := text(say), strings.Join(sentences, " "); got != want {
		t.Errorf("step %d says %q, want %q", s.Number, got, want)
	}
	if diff := cmp.Diff(marks, values(all(say, "a", "class=m"), "data-mark")); diff != "" {
		t.Errorf("step %d: marks (-want +got):\n%s", s.Number, diff)
	}
}

func TestSteps(t *testing.T) {
	for lack, names := range map[string][]string{
		"nothing": {"eight-calls ar", "eight-calls en"},
		"calls":   {"eight-calls en"}, "calls and events": {"eight-calls en"}, "a map": {"eight-calls en"},
	} {
		for _, name := range names {
			t.Run(name+" without "+lack, func(t *testing.T) {
				d := stories(t)[name]
				if take := storytest.Without[lack]; take != nil {
					take(d)
				}
				if len(d.Steps) < 2 {
					t.Fatalf("the story has %d steps", len(d.Steps))
				}
				for _, part := range []ui.Part{ui.Whole, ui.Embed, ui.EmbedSteps} {
					checkSteps(t, d, only(t, draw(t, &ui.Page{Doc: d, Part: part}), "section", "id=steps"))
				}
			})
		}
	}
	t.Run("actors without relations", func(t *testing.T) {
		d := stories(t)["eight-calls en"]
		s := &d.Steps[slices.IndexFunc(d.Steps, func(s story.Step) bool { return len(s.Relations) > 0 })]
		s.Relations, s.Scene.Relations, s.Scene.Small.Arrows = nil, nil, nil
		checkSteps(t, d, only(t, draw(t, &ui.Page{Doc: d}), "section", "id=steps"))
	})
}

func checkSteps(t *testing.T, d *story.Document, section *html.Node) {
	t.Helper()
	steps := all(only(t, section, "ol", "aria-label="+d.Words.Steps, "tabindex=0"), "li", "class=step")
	if len(steps) != len(d.Steps) {
		t.Fatalf("got %d steps, want %d", len(steps), len(d.Steps))
	}
	var ids, names, digits []string
	for i, li := range steps {
		s := &d.Steps[i]
		ids, names, digits = append(ids, fmt.Sprintf("#step-%d", s.Number)), append(names, s.Name), append(digits, s.Digit)
		card := only(t, li, "div", "class=text", fmt.Sprintf("id=step-%d", s.Number))
		if got := text(only(t, card, "p", "class=kick")); got != s.Name {
			t.Errorf("step %d is called %q, want %q", s.Number, got, s.Name)
		}
		if got := text(only(t, card, "h3")); got != s.Headline { // one level below the heading of the section or tab
			t.Errorf("step %d has the headline %q, want %q", s.Number, got, s.Headline)
		}
		checkStep(t, d, s, li)
		if got := len(all(li, "path", "class=sure")) > 0; got != (len(s.Figure.Bars) > 0) {
			t.Errorf("step %d has calls: %t", s.Number, got)
		}
	}
	links := all(only(t, section, "nav", "class=pages", "aria-label="+d.Words.Steps), "a")
	for what, c := range map[string][2][]string{
		"addresses": {ids, values(links, "href")}, "names": {names, values(links, "aria-label")},
		"texts": {digits, texts(links)},
	} {
		if diff := cmp.Diff(c[0], c[1]); diff != "" {
			t.Errorf("%s of the links to steps (-want +got):\n%s", what, diff)
		}
	}
}
