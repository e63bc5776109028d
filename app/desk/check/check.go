// Package check validates content: one rule per file, each over the records of package source.
//
// To add a rule, write a file with a function that walks the [Content] and reports to its list, add it to [Rules], and
// put its cases into testdata/<code>.txtar.
//
//	check.Run(set, &list)
//	if list.Len() > 0 { … }
package check

import (
	"reflect"

	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/desk/source"
)

// Rule is one thing that must be true of content.
type Rule struct {
	Code  string // stable name, shown in brackets after each problem
	Title string
	Run   func(*Content, *diag.List)
}

// Rules lists every rule in the order in which they run.
var Rules = []Rule{
	{"missing-translation", "Every text exists in every language of the explainer", missingTranslation},
	{"bad-id", "Ids are lower-case letters, digits and hyphens", badID},
	{"duplicate-id", "An id is used once in its list", duplicateID},
	{"unknown-id", "Whatever is referred to exists", unknownID},
	{"bad-value", "Words that choose from a list are in that list", badValue},
	{"bad-date", "Dates are real days, in order", badDate},
	{"missing-source", "Every sentence is carried by a source or a statement", missingSource},
	{"missing-speaker", "Whatever is said is said by somebody", missingSpeaker},
	{"bad-link", "Links lead to items of the explainer; sources are https", badLink},
	{"markdown", "Rich text uses the small declared set of Markdown", markdown},
}

// Run applies every rule.
func Run(set *source.Set, list *diag.List) {
	c := &Content{Set: set, index: newIndex(set)}
	for _, r := range Rules {
		r.Run(c, list)
	}
}

// Content is an explainer with what rules need to look things up.
type Content struct {
	*source.Set
	index index
	rich  []richText // parsed once, on first use
}

// kind of a reference: which list an id must be in.
type kind string

const (
	actor     kind = "actor"
	call      kind = "call"
	camp      kind = "camp"
	event     kind = "event"
	section   kind = "section"
	speaker   kind = "speaker" // an actor or a speaker
	statement kind = "statement"
	relation  kind = "relation"
	term      kind = "term"
	view      kind = "view"
	src       kind = "source"
)

// files say where each kind of item is defined.
var files = map[kind][]string{
	actor: {"actors.yaml"}, call: {"timeline.yaml"}, camp: {"explainer.yaml"}, event: {"timeline.yaml"},
	section: {"explainer.yaml"}, speaker: {"actors.yaml", "explainer.yaml"}, statement: {"statements.yaml"},
	relation: {"actors.yaml"}, term: {"glossary.yaml"}, view: {"views.yaml"}, src: {"sources.yaml"},
}

// exists reports whether an item is defined. When the file that would define it could not be read it is taken to be:
// one fault is not to be reported as fifty.
func (c *Content) exists(k kind, id string) bool {
	for _, f := range files[k] {
		if c.Failed[f] {
			return true
		}
	}
	return c.index.has(k, id)
}

// richTexts returns every rich text of the explainer in every language.
func (c *Content) richTexts() []richText {
	if c.rich != nil {
		return c.rich
	}
	add := func(t source.Text, block bool) {
		for _, lang := range c.Explainer.Languages {
			s, ok := t.ByLang[lang.Value]
			if !ok {
				continue
			}
			r := richText{}
			if block {
				r.Document = markup.Parse(s.Value, s.Pos, &r.Problems)
			} else {
				r.Document = markup.ParseInline(s.Value, s.Pos, &r.Problems)
			}
			c.rich = append(c.rich, r)
		}
	}
	e := &c.Explainer
	add(e.Standfirst, false)
	add(e.Timeline.Lead, false)
	add(e.Map.Lead, false)
	for _, s := range e.Sections {
		add(s.Body, true)
	}
	for _, x := range e.Changes {
		add(x.Text, false)
	}
	for _, x := range c.Glossary.Terms {
		add(x.Meaning, false)
	}
	add(c.Method, true)
	for _, call := range c.Timeline.Calls {
		add(call.Topics.Text, false)
	}
	for _, s := range c.Ledger.Statements {
		add(s.Note, false)
	}
	for _, v := range c.Views.Views {
		add(v.Reading, false)
	}
	walk(c.Set, func(s *source.Sentence) { add(s.Text, false) })
	return c.rich
}

type richText struct {
	markup.Document
	Problems diag.List
}

// walk calls visit for every record of type T in the set, in the order of the files.
func walk[T any](set *source.Set, visit func(*T)) {
	want := reflect.TypeFor[T]()
	var step func(reflect.Value)
	step = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				step(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				step(v.Index(i))
			}
		case reflect.Struct:
			if v.Type() == want {
				visit(v.Addr().Interface().(*T))
				return
			}
			for i := range v.NumField() {
				step(v.Field(i))
			}
		}
	}
	step(reflect.ValueOf(set).Elem())
}
