//go:build !js

package ui_test

import (
	"testing"

	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/storytest"
)

// Every sentence has an owner: its kind, who says it, when, and where that can be checked.
func TestSentences(t *testing.T) {
	plain := story.Rich{{Text: "It rained."}}
	for _, c := range []struct {
		name string
		s    story.Sentence
		want string
	}{
		{"a fact", story.Sentence{Kind: "fact", Text: plain},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>`},
		{"somebody's claim, of a day", story.Sentence{Kind: "claim", By: "press", Text: plain, Date: story.Date{ISO: "2025-10-16", Text: "16 October"}},
			`<span class="k k-claim">Claim · <b>The press</b></span> <span class="on">16 October</span> <span>It rained.</span>`},
		{"of a source and a statement", story.Sentence{Kind: "fact", Text: plain, Sources: []string{"times"}, Statements: []string{"s1"}},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>` +
				`<sup> <a href="#source-times"><i>Source </i>1</a> <a href="#statement-s1"><i>Statement </i>§2</a></sup>`},
		{"of what is not there", story.Sentence{Kind: "fact", Text: plain, Sources: []string{"nosuch"}, Statements: []string{"nosuch"}},
			`<span class="k k-fact">Fact</span> <span>It rained.</span>`},
		{"of every kind of run", story.Sentence{Kind: "fact", Text: story.Rich{
			{Style: "strong", Runs: []story.Run{{Style: "em", Runs: []story.Run{{Text: "It"}}}}}, {Text: " "},
			{Style: "foreign", Lang: "fr", Dir: "ltr", Runs: []story.Run{{Text: "pleut"}}}, {Text: ", "},
			{Style: "term", Href: "#term-rain", Runs: []story.Run{{Text: "rain"}}}, {Text: " and "},
			{Style: "link", Href: "#actor-press", Runs: []story.Run{{Text: "press"}}}, {Text: ". "},
			{Style: "said", Kind: "claim", Href: "#statement-s1", Runs: []story.Run{{Text: "Really"}}},
			{Style: "said", Kind: "source", Href: "#source-times", Note: "1", Runs: []story.Run{{Text: "."}}},
		}},
			`<span class="k k-fact">Fact</span> <span><strong><em>It</em></strong> <bdi dir="ltr" lang="fr">pleut</bdi>, ` +
				`<a class="term" href="#term-rain">rain</a> and <a href="#actor-press">press</a>. ` +
				`<span class="said"><span class="k k-claim">Claim</span> <a href="#statement-s1">Really</a></span>` +
				`<span>.<sup> <a href="#source-times"><i>Source </i>1</a></sup></span></span>`},
		{"texts are texts", story.Sentence{Kind: "fact", Text: story.Rich{{Text: `<b title="x">&amp;`}}},
			`<span class="k k-fact">Fact</span> <span>&lt;b title=&#34;x&#34;&gt;&amp;amp;</span>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := stories(t)["sample en"]
			statement, source := d.Statements[0], d.Sources[0]
			statement.ID, statement.Digit, statement.By, statement.Sources, statement.Note = "s1", "2", "press", nil, nil
			source.ID, source.Digit = "times", "1"
			storytest.Without["anything"](d)
			d.Words.CiteSource, d.Words.CiteStatement = "Source", "Statement"
			d.Words.Found = []string{"none", "one"}
			d.Words.Kinds["fact"], d.Words.Kinds["claim"] = "Fact", "Claim"
			d.Speakers = []story.Speaker{{ID: "press", Name: "The press"}}
			d.Sources, d.Statements = []story.Source{source}, []story.Statement{statement}
			d.KeyPoints = []story.Sentence{c.s}
			p := draw(t, &ui.Page{Doc: d})
			if got := inside(t, only(t, only(t, p, "ul", "class=points"), "li")); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
