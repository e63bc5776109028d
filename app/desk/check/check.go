// Package check validates content: one rule per file, each over the records of package source.
//
// To add a rule, write a file with a function that walks the [Content] and reports to its list, and add the function to
// [Rules]. Put the rule's messages into the catalogues of package diag, and its cases into testdata/<code>.txtar. The
// cases are also the examples of `sharh help <code>`.
//
//	check.Run(set, &list)
//	if list.Count(diag.Error) > 0 { … }
package check

import (
	"embed"
	"sync"

	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/desk/source"
)

// Rule is one requirement that content must meet. Its title and its reason are in the catalogues of package diag.
type Rule struct {
	Code     string // stable name, shown in brackets after each problem
	Severity diag.Severity
	Run      func(*Content, *diag.List)
}

// Rules lists every rule in the order in which they run. Package source has further rules about reading the files;
// these are all errors.
var Rules = append([]Rule{
	{"missing-translation", diag.Error, missingTranslation},
	{"unfinished-translation", diag.Warning, unfinishedTranslation},
	{"unfinished-language", diag.Warning, unfinishedLanguage},
	{"same-text", diag.Warning, sameText},
	{"needless-spelling", diag.Error, needlessSpelling},
	{"left-over", diag.Warning, leftOver},
	{"bad-slug", diag.Error, badSlug},
	{"bad-move", diag.Error, badMove},
	{"bad-id", diag.Error, badID},
	{"duplicate-id", diag.Error, duplicateID},
	{"unknown-id", diag.Error, unknownID},
	{"unused-id", diag.Warning, unusedID},
	{"bad-value", diag.Error, badValue},
	{"low-contrast", diag.Error, lowContrast},
	{"bad-date", diag.Error, badDate},
	{"other-calendar", diag.Warning, otherCalendar},
	{"date-order", diag.Error, dateOrder},
	{"wrong-weekday", diag.Error, wrongWeekday},
	{"wrong-days", diag.Warning, wrongDays},
	{"wrong-length", diag.Warning, wrongLength},
	{"missing-source", diag.Error, missingSource},
	{"missing-speaker", diag.Error, missingSpeaker},
	{"self-relation", diag.Error, selfRelation},
	{"lone-actor", diag.Warning, loneActor},
	{"step-count", diag.Warning, stepCount},
	{"step-figure", diag.Error, stepFigure},
	{"missing-alternative", diag.Error, missingAlternative},
	{"long-label", diag.Error, longLabel},
	{"markdown", diag.Error, markdown},
	{"bad-link", diag.Error, badLink},
	{"bad-picture", diag.Error, badPicture},
	{"small-picture", diag.Warning, smallPicture},
	{"many-pictures", diag.Warning, manyPictures},
	{"plain-http", diag.Warning, plainHTTP},
	{"hidden-character", diag.Error, hiddenCharacter},
	{"arabic-letters", diag.Error, arabicLetters},
	{"latin-punctuation", diag.Error, latinPunctuation},
	{"unbalanced-quotes", diag.Error, unbalancedQuotes},
	{"mixed-digits", diag.Error, mixedDigits},
}, ofMaps...)

// ofMaps are the rules of actor maps. They need content without errors, so they come last.
var ofMaps = []Rule{
	{"same-pin", diag.Warning, samePin},
	{"crowded-core", diag.Warning, crowdedCore},
	{"crowded-scene", diag.Warning, crowdedScene},
	{"broken-word", diag.Warning, brokenWord},
}

// Cases are the test cases of the rules.
//
//go:embed testdata/*.txtar
var Cases embed.FS

// Run applies every rule. It leaves out the warnings that the explainer mutes. Of a withdrawn explainer readers see
// nothing but the notice, so it finds only errors: the addresses of its pages are made from its items, and it may come
// back.
func Run(set *source.Set, list *diag.List) {
	c := &Content{Set: set, index: newIndex(set), broken: list.Count(diag.Error) > 0}
	c.texts = c.textsOf(set)
	due := func(r Rule) bool { return r.Severity == diag.Error || set.Explainer.Withdrawn == nil }
	// Side by side they keep an editor waiting for less long; what they find is in their order.
	all := Rules[:len(Rules)-len(ofMaps)]
	lists := make([]diag.List, len(all))
	var wait sync.WaitGroup
	for i, r := range all {
		if due(r) {
			wait.Go(func() { r.Run(c, &lists[i]) })
		}
	}
	wait.Wait()
	var found diag.List
	for _, list := range lists {
		found.Merge(list)
	}
	for _, r := range ofMaps {
		if due(r) {
			r.Run(c, &found)
		}
	}
	mute(set.Explainer.Mute, &found)
	list.Merge(found)
}

// Content is an explainer together with the tables that rules need.
type Content struct {
	*source.Set
	index  index
	texts  []writtenText // every text of the explainer in every language
	broken bool          // there were errors when the files were read
	maps   []actorMap    // made once, on first use
}

// writtenText is a text in one language.
type writtenText struct {
	source.String
	Lang  string
	Rich  bool
	Links []markup.Link
	// Pictures are the places of pictures.
	Pictures []markup.Link
	// Passages are what a reader sees: each paragraph of a rich text, or the plain text as it is.
	Passages []passage
	problems diag.List // of its Markdown
}

// passage is a paragraph as a reader sees it. Text marked as being in another language is replaced by markup.Foreign.
type passage struct {
	value string
	at    func(offset int) diag.Pos
}

// textsOf returns the texts of a record in every language. The record is given by its pointer.
func (c *Content) textsOf(record any) (texts []writtenText) {
	walkRecord(record, func(t *source.Text, how string) {
		for _, lang := range c.Explainer.Written() {
			s, ok := t.ByLang[lang.Value]
			if !ok {
				continue
			}
			w := writtenText{String: s, Lang: lang.Value, Rich: how != ""}
			var doc markup.Document
			switch how {
			case "":
				w.Passages = []passage{{s.Value, s.At}}
			case "rich":
				doc = markup.ParseInlineAt(s.Value, s.At, &w.problems)
			case "blocks":
				doc = markup.ParseAt(s.Value, s.At, &w.problems)
			}
			w.Links, w.Pictures = doc.Links, doc.Pictures
			for _, p := range doc.Texts {
				w.Passages = append(w.Passages, passage{p.Value, p.At})
			}
			texts = append(texts, w)
		}
	})
	return texts
}

// passages calls visit for every paragraph that a reader sees.
func (c *Content) passages(visit func(lang string, p passage)) {
	for _, t := range c.texts {
		for _, p := range t.Passages {
			visit(t.Lang, p)
		}
	}
}
