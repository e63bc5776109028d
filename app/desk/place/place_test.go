package place_test

import (
	"os"
	"strings"
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/desk/place"
	"sharh/app/desk/source"
)

const content = "../../../cmd/sharh/testdata/content"

func load(t *testing.T, slug string) *source.Set {
	t.Helper()
	var list diag.List
	set, err := source.Load(os.DirFS(content), slug, &list)
	if err != nil || list.Len() > 0 {
		t.Fatalf("%v, %d problems", err, list.Len())
	}
	return set
}

// placed is a text of a file, with the place on the page that is expected for it.
type placed struct {
	file, text string
	want       place.Place
}

func (c placed) check(t *testing.T, set *source.Set) {
	t.Helper()
	data, err := os.ReadFile(content + "/" + set.Slug + "/" + c.file)
	if err != nil {
		t.Fatal(err)
	}
	before, _, ok := strings.Cut(string(data), c.text)
	if !ok {
		t.Fatalf("%s has no %q", c.file, c.text)
	}
	line := 1 + strings.Count(before, "\n")
	pos := diag.Pos{File: set.File(c.file), Line: line, Column: 1 + len(before) - (strings.LastIndexByte(before, '\n') + 1)}
	if got := place.New(set).At(pos); got != c.want {
		t.Errorf("%s %q (%s): got %+v, want %+v", c.file, c.text, pos, got, c.want)
	}
}

func TestPlacesOfPictures(t *testing.T) {
	set := load(t, "sample")
	for _, c := range []placed{
		{"explainer.yaml", "file: lighthouse.png", place.Place{}},
		{"explainer.yaml", "file: page.png", place.Place{Item: "section-texts"}},
		{"explainer.yaml", "url: https://creativecommons.org", place.Place{}}, // the licence is no part of the section before it
		{"actors.yaml", "{file: reader.png", place.Place{Item: "actor-reader", Section: "map"}},
		{"timeline.yaml", "video: https", place.Place{Item: "event-tpac", Section: "timeline"}},
	} {
		c.check(t, set)
	}
}

func TestPlacesOfSteps(t *testing.T) {
	set := load(t, "eight-calls")
	for _, c := range []placed{
		{"steps.yaml", "yaml-language-server", place.Place{Section: "steps"}},
		{"steps.yaml", "en: Over two hours", place.Place{Item: "step-1", Section: "steps"}},
		{"steps.yaml", "shows: {call: 8}", place.Place{Item: "step-1", Section: "steps"}},
		{"steps.yaml", "statements: [s9]", place.Place{Item: "step-2", Section: "steps"}},
		{"steps.yaml", "calls-nine-ten", place.Place{Item: "step-6", Section: "steps"}},
	} {
		c.check(t, set)
	}
}

func TestPlacesOfTheSample(t *testing.T) {
	set := load(t, "sample")
	for _, c := range []placed{
		{"timeline.yaml", "date: 2024-05-06", place.Place{Item: "call-3", Section: "timeline"}},
		{"timeline.yaml", "id: 1\n", place.Place{Item: "call-1", Section: "timeline"}},
		{"timeline.yaml", "figure: meeting", place.Place{Item: "event-tpac", Section: "timeline"}},
		{"timeline.yaml", "calls:\n", place.Place{Section: "timeline"}},
		{"actors.yaml", "shape: state", place.Place{Item: "actor-union", Section: "map"}},
		{"actors.yaml", "polarity: conflictual", place.Place{Item: "actor-reader", Section: "map"}},
		{"statements.yaml", "check: differs", place.Place{Item: "statement-s3", Section: "ledger"}},
		{"views.yaml", "counter: none", place.Place{Item: "view-two-figures", Section: "article"}},
		{"sources.yaml", "state_media: true", place.Place{Item: "source-govuk", Section: "sources"}},
		{"glossary.yaml", "sources: [wcag]", place.Place{Item: "term-wcag", Section: "about"}},
		{"explainer.yaml", "facts_as_of: 2025", place.Place{}},
		{"explainer.yaml", "open: 2", place.Place{Item: "timeline"}},
		{"explainer.yaml", "tone: red", place.Place{}},
		{"explainer.yaml", "statements: [s5]", place.Place{Item: "key-points"}},
		{"explainer.yaml", "views: [two-figures]", place.Place{Item: "section-figures"}},
		{"explainer.yaml", "date: 2025-07-01", place.Place{Item: "changes"}},
		{"sections/texts.ar.md", "- ", place.Place{Item: "section-texts", Section: "article"}},
		{"method.en.md", "The", place.Place{Section: "about"}},
	} {
		c.check(t, set)
	}
	for _, pos := range []diag.Pos{{}, {File: set.File("timeline.yaml")}, {File: set.File("none.yaml"), Line: 3, Column: 1}} {
		if got := place.New(set).At(pos); got.Item != "" {
			t.Errorf("%+v: got %+v, want no item", pos, got)
		}
	}
}
