// Package address says how the items of an explainer are named in addresses, and what else the query of a page may say.
//
//	address.Call.ID("3")        // "call-3", the id of the item's element
//	address.Call.Fragment("3")  // "#call-3", which leads there
//	address.Call.Query("3")     // "?call=3", the page with that item chosen
//	address.Call.Page("3")      // "call/3/", the folder of the item's own page
//	address.Parse("#call-3")    // address.Call, "3", true
//
// Each kind of item is one row of one table. Desk, page and site read it here; the build fills what scripts need of it into
// them (app/site, script.go).
package address

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sharh/app/story"
)

// Kind is a kind of item.
type Kind int

// The kinds of item. A query names what is chosen in this order.
const (
	Call Kind = iota
	Actor
	View
	Event
	Statement
	Source
	Term
	Section
	Step
	Relation
)

// table has a row for each kind.
var table = [...]struct {
	name string // in fragments, queries and folders: letters only
	// choices lists the ids in a document, of a kind that readers can choose: the query keeps the choice, and the root of the
	// page carries it, as data-call. nil: the kind is not chosen.
	choices func(d *story.Document) []string
	page    bool // each has a page of its own, to share
	linked  bool // texts of content can link to it
	proof   bool // it is on the evidence page
}{
	Call:      {name: "call", choices: calls, page: true, linked: true},
	Actor:     {name: "actor", choices: actors, page: true, linked: true},
	View:      {name: "view", choices: views, page: true, linked: true},
	Event:     {name: "event", linked: true},
	Statement: {name: "statement", linked: true, proof: true},
	Source:    {name: "source", linked: true, proof: true},
	Term:      {name: "term", linked: true, proof: true},
	Section:   {name: "section"},
	Step:      {name: "step", page: true},
	Relation:  {name: "relation", proof: true},
}

func calls(d *story.Document) []string {
	return ids(d.Calls, func(c *story.Call) string { return strconv.Itoa(c.ID) })
}

func actors(d *story.Document) []string {
	return ids(d.Actors, func(a *story.Actor) string { return a.ID })
}

func views(d *story.Document) []string {
	return ids(d.Views, func(v *story.View) string { return v.ID })
}

func ids[T any](all []T, id func(*T) string) []string {
	out := make([]string, len(all))
	for i := range all {
		out[i] = id(&all[i])
	}
	return out
}

// Kinds is the number of kinds.
const Kinds = len(table)

// which are the kinds for which ok is true, in order.
func which(ok func(k Kind) bool) []Kind {
	var all []Kind
	for k := range Kind(Kinds) {
		if ok(k) {
			all = append(all, k)
		}
	}
	return all
}

// Choices are the kinds that readers can choose.
func Choices() []Kind { return which(func(k Kind) bool { return table[k].choices != nil }) }

// Pages are the kinds whose items have pages of their own.
func Pages() []Kind { return which(func(k Kind) bool { return table[k].page }) }

// Linked are the kinds whose items texts of content can link to.
func Linked() []Kind { return which(func(k Kind) bool { return table[k].linked }) }

// sections are those of the evidence page, by id: what it has of statements, relations, sources and itself.
var sections = [...]string{"ledger", "relations", "sources", "about", "glossary", "changes"}

// Evidence lists the ids of the sections that are on the evidence page, and the kinds whose items are.
func Evidence() (ids []string, kinds []Kind) {
	return sections[:], which(func(k Kind) bool { return table[k].proof })
}

// OnEvidence reports whether a fragment is one of the evidence page.
func OnEvidence(fragment string) bool {
	if k, _, ok := Parse("#" + strings.TrimPrefix(fragment, "#")); ok {
		return table[k].proof
	}
	return slices.Contains(sections[:], strings.TrimPrefix(fragment, "#"))
}

// String is the name of the kind: "call".
func (k Kind) String() string { return table[k].name }

// In lists what can be chosen of the kind in a document.
func (k Kind) In(d *story.Document) []string {
	if choices := table[k].choices; choices != nil {
		return choices(d)
	}
	return nil
}

// ID is the id of an item's element: "call-3".
func (k Kind) ID(id string) string { return k.String() + "-" + id }

// Fragment is where an item is on a page: "#call-3".
func (k Kind) Fragment(id string) string { return "#" + k.ID(id) }

// Query is the query with which a page has an item chosen: "?call=3".
func (k Kind) Query(id string) string { return "?" + k.String() + "=" + url.QueryEscape(id) }

// Page is the folder of an item's own page, from that of the explainer: "call/3/".
func (k Kind) Page(id string) string { return k.String() + "/" + id + "/" }

// Named is the kind of a name. One that is none is a failure of the program.
func Named(name string) Kind {
	for k := range Kind(Kinds) {
		if table[k].name == name {
			return k
		}
	}
	panic("no kind of item is called " + name)
}

// Parse reads a fragment, "#call-3". It does not know which items there are.
func Parse(fragment string) (k Kind, id string, ok bool) {
	item, ok := strings.CutPrefix(fragment, "#")
	name, id, _ := strings.Cut(item, "-")
	for k := range Kind(Kinds) {
		if ok && table[k].name == name {
			return k, id, true
		}
	}
	return 0, "", false
}

// Keys of a query that filter. With the choice they are the reader's state.
const (
	CampKey   = "camp" // id of a side: only its actors are lit
	KindKey   = "kind" // of statements in the ledger
	SearchKey = "q"    // in the ledger, and over everything

	// Of the map:
	TieKey   = "tie"   // polarity of the relations that are shown
	UntilKey = "until" // the call up to which relations are shown
	OnlyKey  = "only"  // article: the relations that the article has
	MapKey   = "map"   // whole: everything is shown
)

// What the keys that say yes hold.
const (
	OnlyArticle = "article"
	WholeMap    = "whole"
)

// StateKeys are the keys that hold the reader's state, in their order in a query.
func StateKeys() []string {
	return append(names(Choices()), CampKey, KindKey, SearchKey, TieKey, UntilKey, OnlyKey, MapKey)
}

// settings are the keys that say how a page is to be, whatever its reader does: boot.js and bridge.js read them.
var settings = [...]struct {
	key  string
	link bool // the link of an embed can say it, as data-theme
}{
	{"theme", true},   // light, dark, auto
	{"marks", false},  // full: marks are written out; quiet
	{"wasm", false},   // off: the page stays still; now: the client starts at once
	{"accent", true},  // in a frame: the colour for what is marked, "#a30"
	{"height", false}, // in a frame: the height that is kept free; a link has it too, but its frame is told what came of it
	{"resize", false}, // in a frame: src, for hosts that find frames by their address
}

// Settings are the keys that say how a page is to be, whatever its reader does.
func Settings() []string {
	var all []string
	for _, s := range settings {
		all = append(all, s.key)
	}
	return all
}

// LinkKeys are the keys that the link of an embed can have as attributes: data-theme, data-call.
func LinkKeys() []string {
	var all []string
	for _, s := range settings {
		if s.link {
			all = append(all, s.key)
		}
	}
	return append(all, names(Choices())...)
}

func names(kinds []Kind) []string {
	var all []string
	for _, k := range kinds {
		all = append(all, k.String())
	}
	return all
}
