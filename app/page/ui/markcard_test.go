//go:build !js

package ui_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
)

// A mark's name and attributes describe its attribution. It shows no text of its own and links to the evidence.
func TestMarks(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, part := range append([]ui.Part{ui.Whole, ui.Evidence}, ui.EmbedParts(d)...) {
			marks := all(draw(t, &ui.Page{Doc: d, Part: part}), "a", "class=m")
			if len(marks) == 0 {
				t.Errorf("%q has no marks", part)
			}
			for _, m := range marks {
				number, _ := attribute(m, "data-mark")
				n, err := strconv.Atoi(number)
				if err != nil || n < 1 || n > len(d.Attributions) {
					t.Fatalf("%q has the mark %q of %d", part, number, len(d.Attributions))
				}
				a := &d.Attributions[n-1]
				to := "#source-"
				if len(a.Statements) > 0 {
					to = "#statement-" + a.Statements[0]
				} else {
					to += a.Sources[0]
				}
				for name, want := range map[string]string{
					"href": to, "class": "m m-" + a.Kind, "aria-label": a.Label,
				} {
					if got, _ := attribute(m, name); got != want || want == "" {
						t.Errorf("%q, mark %d: got %s=%q, want %q", part, n, name, got, want)
					}
				}
				if text(m) != "" {
					t.Errorf("%q, mark %d: says %q", part, n, text(m))
				}
			}
		}
	})
}

// Pages link to other pages for fragments that they lack: evidence is on the evidence page, everything else on the
// explainer's page.
func TestWhere(t *testing.T) {
	for _, c := range []struct {
		from           ui.Part
		fragment, want string
	}{
		{ui.Whole, "#statement-s1", "evidence/#statement-s1"},
		{ui.Whole, "#source-tass", "evidence/#source-tass"},
		{ui.Evidence, "#call-3", "../#call-3"},
		{ui.Evidence, "#actor-trump", "../#actor-trump"},
		{ui.Embed, "#source-tass", "../evidence/#source-tass"},
		{ui.Embed, "#event-summit", "../#event-summit"},
		{ui.EmbedSteps, "#term-axis", "../../evidence/#term-axis"},
		{ui.EmbedMap, "#statement-s1", "../../evidence/#statement-s1"},
		{ui.EmbedCalls, "#actor-trump", "../../#actor-trump"},
		{ui.EmbedViews, "#relation-r1", "../../evidence/#relation-r1"},
	} {
		if got := c.from.Where(c.fragment); got != c.want {
			t.Errorf("from %q to %s: got %s, want %s", c.from, c.fragment, got, c.want)
		}
	}
}

// card draws the card of a mark.
func card(t *testing.T, d *story.Document, part ui.Part, mark int) *html.Node {
	t.Helper()
	c := draw(t, &ui.MarkCard{Doc: d, Mark: mark, Part: part})
	for name, want := range map[string]string{"id": "mark-card", "role": "dialog", "aria-labelledby": "mark-title", "tabindex": "-1"} {
		if got, _ := attribute(c, name); got != want {
			t.Errorf("the card has %s=%q, want %q", name, got, want)
		}
	}
	return c
}

func TestCardOfAStatementThatDiffers(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		i := slices.IndexFunc(d.Statements, func(s story.Statement) bool {
			return s.Check == "differs" && len(s.Note) > 0 && len(s.Sources) > 0
		})
		if i < 0 {
			t.Fatal("no statement differs; choose another story for this test")
		}
		s := &d.Statements[i]
		c := card(t, d, ui.Whole, s.Mark)
		if _, away := attribute(c, "hidden"); away {
			t.Error("the card is hidden")
		}
		title := only(t, c, "p", "id=mark-title", "class=m-"+s.Kind)
		if got, want := text(title), d.Words.Kinds[s.Kind]+" "+reader.Speaker(d, s.By).Name; got != want {
			t.Errorf("the card is called %q, want %q", got, want)
		}
		if got := text(only(t, c, "p", "class=said")); got != s.Text {
			t.Errorf("the card repeats %q, want %q", got, s.Text)
		}
		if got, want := text(only(t, c, "p", "class=c-differs")), d.Words.Checks["differs"]+" "+s.Note.Plain(); got != want {
			t.Errorf("the check is said as %q, want %q", got, want)
		}
		checkSources(t, d, c, s.Sources) // the statement's sources
		if got, _ := attribute(wayOut(t, d, c), "href"); got != "evidence/#statement-"+s.ID {
			t.Errorf("the card leads to %s", got)
		}
		if got := text(only(t, c, "button", "data-mark-close")); got != d.Words.Close {
			t.Errorf("the button to close it says %q", got)
		}
	})
}

// checkSources checks that a card lists the given sources, each once, in the order of the list of sources.
func checkSources(t *testing.T, d *story.Document, card *html.Node, ids []string) {
	t.Helper()
	var want, got []string
	for _, s := range d.Sources {
		if slices.Contains(ids, s.ID) {
			line := s.Publisher + " " + s.Subject
			var after []string
			for _, x := range []string{s.Date.Text, s.Language} {
				if x != "" {
					after = append(after, x)
				}
			}
			if s.StateMedia {
				after = append(after, d.Words.StateMedia)
			}
			if len(after) > 0 {
				line += " " + strings.Join(after, " · ")
			}
			want = append(want, s.URL+" "+line)
		}
	}
	for _, li := range all(card, "li") {
		url, _ := attribute(only(t, li, "a", "target=_blank", "rel=noopener"), "href")
		got = append(got, url+" "+text(li))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources of the card (-want +got):\n%s", diff)
	}
}

// wayOut returns a card's link to the evidence.
func wayOut(t *testing.T, d *story.Document, card *html.Node) *html.Node {
	t.Helper()
	way := only(t, only(t, card, "p", "class=ways"), "a")
	if text(way) != d.Words.ToEvidence {
		t.Errorf("the way to the evidence says %q", text(way))
	}
	return way
}

func TestCardOfManySources(t *testing.T) {
	d := stories(t)["eight-calls en"]
	state := slices.IndexFunc(d.Sources, func(s story.Source) bool { return s.StateMedia })
	statement := slices.IndexFunc(d.Statements, func(s story.Statement) bool { return len(s.Sources) > 0 })
	if state < 0 || statement < 0 {
		t.Fatal("no source of state media, or no statement with sources; choose another story for this test")
	}
	nine := []string{d.Sources[state].ID}
	for _, s := range d.Sources {
		if len(nine) < 9 && s.ID != nine[0] {
			nine = append(nine, s.ID)
		}
	}
	slices.Reverse(nine)
	said := &d.Statements[statement]
	d.Attributions = []story.Attribution{
		{Kind: "source", Sources: nine},
		{Kind: "fact", Date: "16 October", Sources: nine, Statements: []string{said.ID}},
	}
	c := card(t, d, ui.Whole, 1)
	if got := text(only(t, c, "p", "id=mark-title")); got != d.Words.Sources {
		t.Errorf("the card of sources is called %q, want %q", got, d.Words.Sources)
	}
	if n := len(all(c, "li")); n != 9 {
		t.Errorf("got %d sources, want 9", n)
	}
	checkSources(t, d, c, nine)
	if got, _ := attribute(wayOut(t, d, c), "href"); got != "evidence/#source-"+nine[0] {
		t.Errorf("the card leads to %s", got)
	}

	// With the sources of a statement, which may be the same, and the day.
	c = card(t, d, ui.Whole, 2)
	checkSources(t, d, c, slices.Concat(nine, said.Sources))
	if got, want := text(only(t, c, "p", "id=mark-title")), d.Words.Kinds["fact"]+" 16 October"; got != want {
		t.Errorf("the card is called %q, want %q", got, want)
	}
}

// In a frame, the link to the evidence opens in a new window.
func TestCardInAFrame(t *testing.T) {
	d := stories(t)["eight-calls en"]
	mark := d.Statements[0].Mark
	for part, up := range map[ui.Part]string{ui.Embed: "../", ui.EmbedSteps: "../../", ui.EmbedMap: "../../"} {
		way := wayOut(t, d, only(t, draw(t, &ui.Page{Doc: d, Part: part, Mark: mark}), "div", "id=mark-card"))
		href, _ := attribute(way, "href")
		target, _ := attribute(way, "target")
		if want := up + "evidence/#statement-" + d.Statements[0].ID; href != want || target != "_blank" {
			t.Errorf("%s: the card leads to %s in %q, want %s in a new window", part, href, target, want)
		}
	}
	way := wayOut(t, d, only(t, draw(t, &ui.Page{Doc: d, Mark: mark}), "div", "id=mark-card"))
	if target, has := attribute(way, "target"); has {
		t.Errorf("on the page the card leads to the window %q", target)
	}
	if n := len(all(draw(t, &ui.Page{Doc: d, Part: ui.Evidence, Mark: mark}), "", "id=mark-card")); n > 0 {
		t.Error("the evidence has a card that leads to itself")
	}
}

func TestCardOfNoMark(t *testing.T) {
	d := stories(t)["eight-calls en"]
	for _, mark := range []int{0, -1, len(d.Attributions) + 1} {
		c := card(t, d, ui.Whole, mark)
		if _, away := attribute(c, "hidden"); !away || c.FirstChild != nil {
			t.Errorf("the card of the mark %d is shown, or says %q", mark, text(c))
		}
	}
}

// whose is whose reading a view is.
func whose(d *story.Document, v *story.View) string {
	if v.Whose != "" {
		return v.Whose
	}
	return reader.Speaker(d, v.By).Name
}

// The card of a statement, and its entry on the evidence page, say what stands against it: of a reading that rests on
// it, what was said against that; of a reading that it was said against, the reading.
func TestWhatStandsAgainstAStatement(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		want, links := map[string][]string{}, map[string][]string{} // by statement
		by := func(word, who, text string) string {
			return " " + word + d.Words.Comma + " " + who + d.Words.Colon + " " + text
		}
		sides := map[bool]int{}
		for i := range d.Views {
			v := &d.Views[i]
			said := map[string]string{}
			for _, c := range v.Counter {
				for _, id := range v.RestsOn {
					said[id] += by(d.Words.Counter, reader.Speaker(d, c.By).Name, c.Text.Plain())
					sides[false]++
				}
				for _, id := range c.Statements {
					if said[id] == "" && !slices.Contains(v.RestsOn, id) {
						said[id] = by(d.Words.Against, whose(d, v), v.Reading.Plain())
						sides[true]++
					}
				}
			}
			for id, text := range said {
				want[id], links[id] = append(want[id], v.Title+text), append(links[id], "#view-"+v.ID)
			}
		}
		if len(d.Views) > 2 && (sides[false] == 0 || sides[true] == 0) {
			t.Fatal("nothing stands against anything; choose another story for this test")
		}
		evidence := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
		for _, s := range d.Statements {
			lines := all(only(t, evidence, "li", "id=statement-"+s.ID), "p", "class=against")
			for where, got := range map[string][]*html.Node{
				"card": all(card(t, d, ui.Whole, s.Mark), "p", "class=against"), "entry": lines,
			} {
				var said []string
				for _, text := range texts(got) {
					said = append(said, strings.Join(strings.Fields(text), " "))
				}
				for i := range want[s.ID] {
					want[s.ID][i] = strings.Join(strings.Fields(want[s.ID][i]), " ")
				}
				if diff := cmp.Diff(want[s.ID], said); diff != "" {
					t.Errorf("the %s of %s (-want +got):\n%s", where, s.ID, diff)
				}
			}
			var to []string
			for _, line := range lines {
				to = append(to, values(all(line, "a"), "href")...)
			}
			if diff := cmp.Diff(links[s.ID], to); diff != "" {
				t.Errorf("links of the entry of %s (-want +got):\n%s", s.ID, diff)
			}
		}
	})
}
