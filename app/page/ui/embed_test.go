//go:build !js

package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

func TestEmbedHasATabForEachPart(t *testing.T) {
	lacks := map[string][]string{ // the missing part of a story, and the tabs that remain
		"nothing": {"#steps", "#timeline", "#map", "#views"}, "steps": {"#timeline", "#map", "#views"},
		"calls": {"#steps", "#timeline", "#map", "#views"}, "a map": {"#steps", "#timeline", "#views"},
		"views": {"#steps", "#timeline", "#map"}, "calls and events": {"#steps", "#map", "#views"}, "anything": nil,
	}
	for lack, want := range lacks {
		t.Run("without "+lack, func(t *testing.T) {
			d := stories(t)["eight-calls ar"]
			if take := storytest.Without[lack]; take != nil {
				take(d)
			}
			p := draw(t, &ui.Page{Doc: d, Part: ui.Embed})
			if got, _ := attribute(only(t, p, "a", "target=_blank", "href=../", "class=out"), "href"); got != "../" {
				t.Errorf("the way out leads to %s", got)
			}
			tabs := all(p, "section", "class=tab")
			if len(want) == 0 && len(tabs) == 0 {
				return
			}
			links := all(only(t, p, "nav", "class=tabs", "aria-label="+d.Words.EmbedParts), "a")
			if diff := cmp.Diff(want, values(links, "href")); diff != "" {
				t.Fatalf("tabs (-want +got):\n%s", diff)
			}
			for i, tab := range tabs {
				id, _ := attribute(tab, "id")
				away, _ := attribute(tab, "hidden")
				current, _ := attribute(links[i], "aria-current")
				if "#"+id != want[i] || (i == 0) != (away == "") || (i == 0) != (current == "true") {
					t.Errorf("tab %d is %s, hidden=%q, its link aria-current=%q; the first one is shown", i, id, away, current)
				}
				if got := text(only(t, tab, "h2")); got != text(links[i]) {
					t.Errorf("tab %s is called %q, its link %q", id, got, text(links[i]))
				}
			}
		})
	}
}

func TestPartAloneHasNoTabs(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, part := range ui.EmbedParts(d)[1:] {
			p := draw(t, &ui.Page{Doc: d, Part: part})
			if n := len(all(p, "nav", "class=tabs")); n > 0 {
				t.Errorf("%s has %d navs of tabs", part, n)
			}
			tab := only(t, p, "section", "class=tab")
			if _, away := attribute(tab, "hidden"); away || text(only(t, tab, "h2")) != part.Name(d) {
				t.Errorf("%s is put away, or called %q", part, text(only(t, tab, "h2")))
			}
			if got, _ := attribute(p, "data-part"); got != string(part) {
				t.Errorf("%s says that it is %q", part, got)
			}
		}
	})
}

// A frame shows the chosen call and actor in short form.
func TestEmbedShowsWhatIsChosen(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		call, actor := d.Calls[0].ID, d.Actors[1].ID
		for query, want := range map[string][]string{
			"": {fmt.Sprintf("call-%d", d.Timeline.Open)},
			fmt.Sprintf("?call=%d&actor=%s", call, actor): {fmt.Sprintf("call-%d", call), "actor-" + actor},
		} {
			p := draw(t, &ui.Page{Doc: d, Part: ui.Embed, State: reader.Parse(query, "", d)})
			var got []string
			for _, item := range slices.Concat(all(p, "article", "class=panel"), all(p, "article", "class=card")) {
				if _, away := attribute(item, "hidden"); !away {
					id, _ := attribute(item, "id")
					got = append(got, id)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: panels and cards that are shown (-want +got):\n%s", query, diff)
			}
		}
		p := draw(t, &ui.Page{Doc: d, Part: ui.Embed})
		for _, c := range d.Calls {
			panel := only(t, p, "article", fmt.Sprintf("id=call-%d", c.ID))
			rest := only(t, panel, "details", "class=rest")
			length, folded := c.Lengths[0].Text, ""
			if len(c.Lengths) > 1 { // the range is shown, and the single accounts are folded
				length, folded = c.Length, c.Lengths[1].Text+" "+reader.Speaker(d, c.Lengths[1].By).Name
			}
			atOnce := strings.TrimSuffix(text(panel), text(only(t, panel, "div", "class=beside")))
			atOnce = strings.TrimSuffix(atOnce, text(rest))
			for _, want := range []string{c.Name, c.Day, c.Short, length, c.Accounts[0].Sentences[0].Text.Plain()} {
				if !strings.Contains(atOnce, want) {
					t.Errorf("call %d does not say at once %q: %q", c.ID, want, atOnce)
				}
			}
			if !strings.Contains(text(rest), folded) {
				t.Errorf("call %d: %q is not with the rest", c.ID, folded)
			}
		}
	})
}
