//go:build !js

package ui_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

func TestShelf(t *testing.T) {
	documents := stories(t)
	steps, calls := documents["eight-calls ar"], documents["sample en"]
	if len(steps.Steps) == 0 || len(calls.Steps) > 0 {
		t.Fatal("one story must have steps and one must not; choose others for this test")
	}
	bare := stories(t)["sample en"]
	storytest.Without["anything"](bare)
	bare.Slug, bare.Summary = "bare", ""
	explainers := [][]*story.Document{{steps, documents["eight-calls en"]}, {}, {calls, documents["sample ar"]}, {bare}}
	p := draw(t, ui.Shelf(explainers))

	explainers = slices.DeleteFunc(explainers, func(languages []*story.Document) bool { return len(languages) == 0 })
	items := all(only(t, p, "main"), "li")
	if len(items) != len(explainers) {
		t.Fatalf("got %d explainers, want %d", len(items), len(explainers))
	}
	for i, li := range items {
		d := explainers[i][0]
		if lang, _ := attribute(li, "lang"); lang != d.Lang {
			t.Errorf("%s is in %q, want %q", d.Slug, lang, d.Lang)
		}
		if dir, _ := attribute(li, "dir"); dir != d.Dir {
			t.Errorf("%s runs %q, want %q", d.Slug, dir, d.Dir)
		}
		title := only(t, only(t, li, "h2"), "a")
		if href, _ := attribute(title, "href"); href != d.Slug+"/" || text(title) != d.Title {
			t.Errorf("%s: the title leads to %q and says %q", d.Slug, href, text(title))
		}
		if got := text(only(t, li, "time", "datetime="+d.FactsAsOf.ISO)); got != d.FactsAsOf.Text {
			t.Errorf("%s is of %q, want %q", d.Slug, got, d.FactsAsOf.Text)
		}
		for class, want := range map[string]string{"kick": d.Kicker, "stand": d.Summary} {
			var wants []string
			if want != "" {
				wants = []string{want}
			}
			if diff := cmp.Diff(wants, texts(all(li, "p", "class="+class))); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", d.Slug, class, diff)
			}
		}
		for _, o := range explainers[i][1:] {
			other := only(t, li, "a", "hreflang="+o.Lang, "lang="+o.Lang, "dir="+o.Dir)
			if href, _ := attribute(other, "href"); href != d.Slug+"/"+o.Path() || o.Path() == "" || text(other) != o.Title {
				t.Errorf("%s: the way to %s leads to %q and says %q", d.Slug, o.Lang, href, text(other))
			}
		}
	}

	// The picture is the first step, or all calls, or there is none.
	name, _ := attribute(only(t, only(t, items[0], "figure", "class=still"), "svg", "role=img"), "aria-label")
	if want := pictured(steps, &steps.Steps[0]); name != want {
		t.Errorf("the picture of the first step is called %q, want %q", name, want)
	}
	if n := len(all(only(t, items[1], "figure", "class=still"), "path", "class=sure")); n != 1 {
		t.Errorf("the picture of the calls has %d shapes of calls", n)
	}
	if n := len(all(items[2], "figure")); n > 0 {
		t.Errorf("what has nothing to show has %d pictures", n)
	}
}

// The shelf needs only the heading of a story, whatever the first step shows.
func TestShelfIsDrawnFromHeadings(t *testing.T) {
	shelf := func(d *story.Document) string {
		t.Helper()
		data, err := prerender.HTML(ui.Shelf([][]*story.Document{{d, d}}))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	var call, event, scene, none bool
	for name, d := range stories(t) {
		for i := range max(1, len(d.Steps)) {
			if len(d.Steps) > 0 {
				d.Steps[0], d.Steps[i] = d.Steps[i], d.Steps[0]
			}
			if want, got := shelf(d), shelf(d.Heading()); got != want {
				t.Errorf("%s, step %d first (-story +heading):\n%s", name, i+1, cmp.Diff(want, got))
			}
			switch {
			case len(d.Steps) == 0:
				none = true
			case d.Steps[0].Call > 0:
				call = true
			case d.Steps[0].Event != "":
				event = true
			default:
				scene = true
			}
		}
	}
	if !call || !event || !scene || !none {
		t.Errorf("among these are: a call %t, an event %t, a scene %t, no steps %t; want all", call, event, scene, none)
	}
}
