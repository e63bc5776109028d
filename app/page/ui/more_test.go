//go:build !js

package ui_test

import (
	"slices"
	"strings"
	"testing"

	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

// said is a story that uses what few stories do.
func said(t *testing.T) *story.Document {
	d := stories(t)["sample en"]
	storytest.Without["anything"](d)
	d.Actors = []story.Actor{{ID: "a", Shape: "person", Name: "Ana", Label: "Ana", Role: "Neighbour"}, {ID: "b", Shape: "person", Name: "Ben", Label: "Ben", Role: "Neighbour"}}
	d.Speakers = []story.Speaker{{ID: "a", Name: "Ana", Actor: true}, {ID: "b", Name: "Ben", Actor: true}}
	d.Relations = []story.Relation{{ID: "r", From: "a", To: "b", Polarity: "neutral", Label: "partners", Between: true,
		Said: story.Sentence{Kind: "fact", Sources: []string{"book"}}}}
	d.Sources = []story.Source{{ID: "book", Digit: "1", Publisher: "Press", Subject: "a book", Where: "in print, page 4"}}
	d.Events = []story.Event{{ID: "vote", Label: "Vote", Title: "The council votes", Place: "Old harbour",
		Date: story.Date{ISO: "2021-05-03", Text: "3 May 2021"}, Actors: []string{"a"}, Link: "book"}}
	d.Statements = []story.Statement{{ID: "s", Digit: "1", By: "a", Kind: "claim", Check: "contradicted", Verdict: "Contradicted by Ben", Text: "So."}}
	d.Words.Found = []string{"0", "1"}
	d.Sections = []story.Section{{ID: "body", Title: "Body", Body: []story.Block{
		{Kind: "h", Text: story.Rich{{Text: "What it cost"}}},
		{Kind: "table", Items: []story.Rich{{{Text: "Year"}}, {{Text: "Cost"}}}, Rows: [][]story.Rich{{{{Text: "2021"}}, {{Text: "7"}}}},
			Ends: []bool{false, true}},
	}}}
	return d
}

func TestEventNamesPlacePeopleAndSource(t *testing.T) {
	d := said(t)
	p := page(t, d, "")
	event := only(t, p, "li", "id=event-vote")
	if got, want := text(only(t, event, "h3")), "3 May 2021 · Old harbour The council votes"; got != want {
		t.Errorf("heading: got %q, want %q", got, want)
	}
	if got := hrefs(event, "#"); !slices.Equal(got, []string{"#actor-a", "#source-book"}) {
		t.Errorf("got links to %q", got)
	}
	if got := hrefs(only(t, p, "article", "id=actor-a"), "#event-"); !slices.Equal(got, []string{"#event-vote"}) {
		t.Errorf("the card leads to %q", got)
	}
}

func TestUndirectedRelationStandsInBothCards(t *testing.T) {
	p := page(t, said(t), "")
	for actor, other := range map[string]string{"a": "Ben", "b": "Ana"} {
		if got := text(only(t, only(t, p, "article", "id=actor-"+actor), "li", "class=act")); !strings.HasSuffix(got, "with "+other+": partners") {
			t.Errorf("card of %s: got %q", actor, got)
		}
	}
}

// A legend shows what is drawn: no heads of arrows where no relation of its kind has one.
func TestLegendHasHeadsOfArrowsOnly(t *testing.T) {
	d := said(t)
	for _, pointed := range []bool{false, true} {
		d.Relations[0].Between = !pointed
		legend := only(t, only(t, page(t, d, ""), "section", "id=map"), "figcaption")
		if lines, heads := len(all(legend, "path", "class=line")), len(all(legend, "path", "class=head")); lines != 1 || heads > 0 != pointed {
			t.Errorf("pointed: %t: %d lines with %d heads", pointed, lines, heads)
		}
	}
}

// Lines are as thick as their weight says, and what that counts is said in words.
func TestWeights(t *testing.T) {
	d := stories(t)["sample en"]
	p := page(t, d, "")
	lines := func(class string) int { return len(all(only(t, p, "div", "class=core"), "path", "class="+class)) }
	if lines("wt-2") == 0 || lines("wt-4") == 0 || lines("wt-1")+lines("wt-3") > 0 {
		t.Error("the core's two relations, of weights 1 and 3, are not drawn with thicknesses 2 and 4 of 4")
	}
	if got := text(only(t, only(t, p, "section", "id=map"), "figcaption")); !strings.Contains(got, "Weight, for show: 1–3") {
		t.Errorf("legend: got %q", got)
	}
	for i, r := range d.Relations {
		if got, want := ui.Sentence(d, &d.Relations[i]), "(Weight, for show: "; strings.Contains(got, want) != (r.Weight > 0) {
			t.Errorf("weight %d: got %q", r.Weight, got)
		}
	}
}

// What a reader with voice control sees on the map is in the name, and not in brackets alone.
func TestNameOfActorHasWhatIsSeen(t *testing.T) {
	d := stories(t)["sample en"]
	i := d.Map.Core.Actors[0]
	for name, want := range map[string]string{
		"Space Agency (SA)": "SA, Space Agency (SA)", "The SA of Europe": "The SA of Europe", "Space Agency": "SA, Space Agency",
	} {
		d.Actors[i].Name, d.Actors[i].Label = name, "SA"
		if got, _ := attribute(all(only(t, page(t, d, ""), "div", "class=core"), "a", "href=#actor-"+d.Actors[i].ID)[0], "aria-label"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestEvidenceOfWhatIsNotOnTheWeb(t *testing.T) {
	p := draw(t, &ui.Page{Doc: said(t), Part: ui.Evidence})
	source := only(t, p, "li", "id=source-book")
	if len(all(source, "a")) > 0 {
		t.Error("a source without an address has a link")
	}
	if got, want := text(source), "1Press a book in print, page 4"; got != want {
		t.Errorf("source: got %q, want %q", got, want)
	}
	if got := text(only(t, only(t, p, "li", "id=statement-s"), "span", "class=verdict")); got != "Contradicted by Ben" {
		t.Errorf("verdict: got %q", got)
	}
	if acts := only(t, p, "li", "id=relation-r"); strings.Contains(inside(t, acts), "<span></span>") {
		t.Error("a relation without a sentence has an empty one")
	}
}

func TestSectionHasSubheadingsAndTables(t *testing.T) {
	p := only(t, page(t, said(t), ""), "section", "id=article")
	if got := texts(all(p, "h4")); !slices.Equal(got, []string{"What it cost"}) {
		t.Errorf("subheadings: %q", got)
	}
	table := only(t, p, "table")
	if got := texts(all(table, "th", "scope=col")); !slices.Equal(got, []string{"Year", "Cost"}) {
		t.Errorf("headings: %q", got)
	}
	if got := texts(all(table, "td", "class=end")); !slices.Equal(got, []string{"7"}) {
		t.Errorf("cells at the end: %q", got)
	}
}
