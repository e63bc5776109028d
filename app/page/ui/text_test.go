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
	"sharh/app/story/storytest"
)

// bare returns a story that has only a source, a statement, a speaker, and two marks: of a claim by the press with the
// statement, and of the source.
func bare(t *testing.T) *story.Document {
	t.Helper()
	d := stories(t)["sample en"]
	statement, source := d.Statements[0], d.Sources[0]
	statement.ID, statement.Digit, statement.By, statement.Sources, statement.Note = "s1", "2", "press", nil, nil
	source.ID, source.Digit = "times", "1"
	storytest.Without["anything"](d)
	d.Words.CiteSource, d.Words.CiteStatement = "Source", "Statement"
	d.Words.Found = []string{"none", "one"}
	d.Words.Kinds["fact"], d.Words.Kinds["claim"] = "Fact", "Claim"
	d.Speakers = []story.Speaker{{ID: "press", Name: "The press"}, {ID: "court", Name: "The court"}}
	d.Sources, d.Statements = []story.Source{source}, []story.Statement{statement}
	d.Attributions = []story.Attribution{
		{Kind: "claim", By: "press", Statements: []string{"s1"}, Sources: []string{"times"},
			Label: "Claim, The press, 1 source"},
		{Kind: "source", Sources: []string{"times"}, Label: "1 source"},
	}
	return d
}

// The marks of bare.
const (
	claimMark  = `<a aria-label="Claim, The press, 1 source" class="m m-claim" data-mark="1" href="#statement-s1"></a>`
	sourceMark = `<a aria-label="1 source" class="m m-source" data-mark="2" href="#source-times"></a>`
)

// everyRun has each style of text once.
func everyRun() story.Rich {
	return story.Rich{
		{Style: "strong", Runs: []story.Run{{Style: "em", Runs: []story.Run{{Text: "It"}}}}}, {Text: " "},
		{Style: "foreign", Lang: "fr", Dir: "ltr", Runs: []story.Run{{Text: "pleut"}}}, {Text: ", "},
		{Style: "term", Href: "#term-rain", Runs: []story.Run{{Text: "rain"}}}, {Text: " and "},
		{Style: "link", Href: "#actor-press", Runs: []story.Run{{Text: "press"}}}, {Text: ". "},
		{Style: "said", Kind: "claim", Href: "#statement-s1", Mark: 1, Runs: []story.Run{{Text: "Really"}}},
		{Style: "said", Kind: "source", Href: "#source-times", Mark: 2, Note: "1", Runs: []story.Run{{Text: "."}}},
	}
}

const everyRunHTML = `<strong><em>It</em></strong> <bdi dir="ltr" lang="fr">pleut</bdi>, ` +
	`<a class="term" href="#term-rain">rain</a> and <a href="#actor-press">press</a>. ` +
	`<span class="said">Really` + claimMark + `</span><span class="said">.` + sourceMark + `</span>`

// In running text every sentence ends with a mark without visible text, whose name has the speaker.
func TestSentences(t *testing.T) {
	plain := story.Rich{{Text: "It rained."}}
	for _, c := range []struct {
		name string
		s    story.Sentence
		want string
	}{
		{"of a statement", story.Sentence{Kind: "claim", By: "press", Text: plain, Mark: 1}, `It rained.` + claimMark},
		{"of a source", story.Sentence{Kind: "fact", Text: plain, Mark: 2}, `It rained.` + sourceMark},
		{"of nothing", story.Sentence{Kind: "fact", Text: plain}, `It rained.`},
		{"of every kind of run", story.Sentence{Kind: "fact", Text: everyRun(), Mark: 1}, everyRunHTML + claimMark},
		{"texts are texts", story.Sentence{Kind: "fact", Text: story.Rich{{Text: `<b title="x">&amp;`}}, Mark: 2},
			`&lt;b title=&#34;x&#34;&gt;&amp;amp;` + sourceMark},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := bare(t)
			d.KeyPoints = []story.Sentence{c.s}
			p := draw(t, &ui.Page{Doc: d})
			point := only(t, only(t, p, "ul", "class=points"), "li")
			if diff := cmp.Diff(sorted(t, c.want), inside(t, sort(point))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The evidence page shows everything about a sentence: its kind, speaker, date, sources and statements.
func TestSentencesOfTheEvidence(t *testing.T) {
	plain := story.Rich{{Text: "It rained."}}
	for _, c := range []struct {
		name string
		s    story.Sentence
		want string
	}{
		{"a fact", story.Sentence{Kind: "fact", Text: plain},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>`},
		{"somebody's claim, of a day", story.Sentence{Kind: "claim", By: "press", Text: plain,
			Date: story.Date{ISO: "2025-10-16", Text: "16 October"}},
			`<span class="k k-claim">Claim · <b>The press</b></span> <span class="on">16 October</span> <span>It rained.</span>`},
		{"of a source and a statement, which need no mark", story.Sentence{Kind: "fact", Text: plain,
			Sources: []string{"times"}, Statements: []string{"s1"}, Mark: 1},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>` +
				`<sup> <a href="#source-times"><i>Source </i>1</a> <a href="#statement-s1"><i>Statement </i>§2</a></sup>`},
		{"of what is not there", story.Sentence{Kind: "fact", Text: plain, Sources: []string{"nosuch"},
			Statements: []string{"nosuch"}},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>`},
		{"of every kind of run", story.Sentence{Kind: "fact", Text: everyRun()},
			`<span class="k k-fact">Fact</span> <span>` + everyRunHTML + `</span>`},
		{"texts are texts", story.Sentence{Kind: "fact", Text: story.Rich{{Text: `<b title="x">&amp;`}}},
			`<span class="k k-fact">Fact</span> <span>&lt;b title=&#34;x&#34;&gt;&amp;amp;</span>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := bare(t)
			d.Actors = []story.Actor{{ID: "press", Name: "The press", Label: "Press", Role: "Writes", Shape: "media"}}
			d.Relations = []story.Relation{{ID: "r1", From: "press", To: "press", Polarity: "neutral", Label: "asks", Said: c.s}}
			p := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
			said := only(t, only(t, p, "li", "id=relation-r1"), "p", "class=say")
			if diff := cmp.Diff(sorted(t, c.want), inside(t, sort(said))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// sort sorts the attributes of n and its descendants, because their order does not matter.
func sort(n *html.Node) *html.Node {
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sort(c)
	}
	return n
}

func sorted(t *testing.T, markup string) string {
	t.Helper()
	return inside(t, sort(parsed(t, "<div>"+markup+"</div>")))
}

// checkMark checks that n ends with the mark of this number, or that it has none if the number is 0.
func checkMark(t *testing.T, d *story.Document, n *html.Node, mark int) {
	t.Helper()
	last := n.LastChild
	if mark == 0 {
		if len(all(n, "a", "data-mark")) > 0 {
			t.Errorf("%q has a mark, want none", text(n))
		}
		return
	}
	if got, _ := attribute(last, "data-mark"); got != strconv.Itoa(mark) {
		t.Errorf("%q ends with the mark %q, want %d", text(n), got, mark)
	}
}

// checkGroup checks that n has the sentences, each with its mark, under a heading with speaker and day. The heading has
// no day if it is the same as on.
func checkGroup(t *testing.T, d *story.Document, n *html.Node, sentences []story.Sentence, on story.Date) {
	t.Helper()
	said := all(n, "p", "class=say")
	if len(said) != len(sentences) {
		t.Fatalf("got %d sentences, want %d", len(said), len(sentences))
	}
	for i, s := range sentences {
		if want := s.Text.Plain(); text(said[i]) != want {
			t.Errorf("got %q, want %q", text(said[i]), want)
		}
		checkMark(t, d, said[i], s.Mark)
		heading := said[i].PrevSibling
		for heading != nil && len(all(heading, "p", "class=whose")) == 0 {
			heading = heading.PrevSibling
		}
		var want []string
		if name := reader.Speaker(d, s.By).Name; name != "" {
			want = append(want, name)
		}
		if s.Date.Text != "" && s.Date != on {
			want = append(want, s.Date.Text)
		}
		got := ""
		if heading != nil {
			got = text(heading)
		}
		if got != strings.Join(want, " · ") {
			t.Errorf("%q stands under %q, want %q", text(said[i]), got, want)
		}
	}
}

// Sentences of one speaker and day are under one heading. It does not repeat the day that is shown above.
func TestGroupsOfSentences(t *testing.T) {
	on, next := story.Date{ISO: "2025-10-16", Text: "16 October"}, story.Date{ISO: "2025-10-17", Text: "17 October"}
	said := func(by string, day story.Date) story.Sentence {
		return story.Sentence{Kind: "claim", By: by, Date: day, Text: story.Rich{{Text: "Yes."}}, Mark: 1}
	}
	for _, c := range []struct {
		name      string
		sentences []story.Sentence
		want      []string // headings and sentences
	}{
		{"one", []story.Sentence{said("press", next)}, []string{"The press · 17 October", "Yes."}},
		{"on the day above", []story.Sentence{said("press", on)}, []string{"The press", "Yes."}},
		{"of no day", []story.Sentence{said("press", story.Date{})}, []string{"The press", "Yes."}},
		{"of nobody", []story.Sentence{said("", next)}, []string{"17 October", "Yes."}},
		{"of nobody, on the day above", []story.Sentence{said("", on)}, []string{"Yes."}},
		{"one speaker and day", []story.Sentence{said("press", next), said("press", next)},
			[]string{"The press · 17 October", "Yes.", "Yes."}},
		{"the day above, and none", []story.Sentence{said("press", on), said("press", story.Date{})},
			[]string{"The press", "Yes.", "Yes."}},
		{"two speakers", []story.Sentence{said("press", on), said("court", on)},
			[]string{"The press", "Yes.", "The court", "Yes."}},
		{"two days", []story.Sentence{said("press", on), said("press", next)},
			[]string{"The press", "Yes.", "The press · 17 October", "Yes."}},
		{"and back", []story.Sentence{said("press", next), said("court", next), said("press", next)},
			[]string{"The press · 17 October", "Yes.", "The court · 17 October", "Yes.", "The press · 17 October", "Yes."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := bare(t)
			d.Events = []story.Event{{ID: "rain", Date: on, Label: "It rained", After: true, Sentences: c.sentences}}
			event := only(t, draw(t, &ui.Page{Doc: d}), "li", "id=event-rain")
			if got := text(only(t, event, "h3")); got != "16 October It rained" {
				t.Errorf("the event is called %q", got)
			}
			group := only(t, event, "div")
			if diff := cmp.Diff(c.want, texts(all(group, "p"))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkGroup(t, d, group, c.sentences, on)
		})
	}
}
