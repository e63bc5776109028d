// Package address holds the names of an explainer's items in addresses, and the keys that the query of a page may have.
//
//	address.Call.ID("3")        // "call-3", the id of the item's element
//	address.Call.Fragment("3")  // "#call-3", which leads there
//	address.Call.Query("3")     // "?call=3", the page with that item chosen
//	address.Call.Page("3")      // "call/3/", the folder of the item's own page
//	address.Parse("#call-3")    // address.Call, "3", true
//
// Each kind of item is one row of one table. Desk, page and site read it here. The build copies what the scripts need
// from it into the scripts (app/site, script.go).
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
	// choices lists the ids of this kind in a document, if readers can choose items of the kind: the query keeps the
	// choice, and the root of the page has it as an attribute, data-call. nil: readers cannot choose it.
	choices func(d *story.Document) []string
	page    bool // each item has a page of its own, to share
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

// which returns the kinds for which ok is true, in order.
func which(ok func(k Kind) bool) []Kind {
	var all []Kind
	for k := range Kind(Kinds) {
		if ok(k) {
			all = append(all, k)
		}
	}
	return all
}

// Choices returns the kinds that readers can choose.
func Choices() []Kind { return which(func(k Kind) bool { return table[k].choices != nil }) }

// Pages returns the kinds whose items have pages of their own.
func Pages() []Kind { return which(func(k Kind) bool { return table[k].page }) }

// Linked returns the kinds of item that texts of content can link to.
func Linked() []Kind { return which(func(k Kind) bool { return table[k].linked }) }

// sections are the ids of the evidence page's sections.
var sections = [...]string{"ledger", "relations", "sources", "about", "glossary", "changes"}

// Evidence lists the ids of the evidence page's sections, and the kinds whose items are on that page.
func Evidence() (ids []string, kinds []Kind) {
	return sections[:], which(func(k Kind) bool { return table[k].proof })
}

// OnEvidence reports whether a fragment leads to a place on the evidence page.
func OnEvidence(fragment string) bool {
	if k, _, ok := Parse("#" + strings.TrimPrefix(fragment, "#")); ok {
		return table[k].proof
	}
	return slices.Contains(sections[:], strings.TrimPrefix(fragment, "#"))
}

// String is the name of the kind: "call".
func (k Kind) String() string { return table[k].name }

// In lists the ids of this kind that a reader of the document can choose.
func (k Kind) In(d *story.Document) []string {
	if choices := table[k].choices; choices != nil {
		return choices(d)
	}
	return nil
}

// ID is the id of an item's element: "call-3".
func (k Kind) ID(id string) string { return k.String() + "-" + id }

// Fragment is the address of an item within its page: "#call-3".
func (k Kind) Fragment(id string) string { return "#" + k.ID(id) }

// Query is the query that opens a page with the item chosen: "?call=3".
func (k Kind) Query(id string) string { return "?" + k.String() + "=" + url.QueryEscape(id) }

// Page is the folder of an item's own page, relative to the explainer's folder: "call/3/".
func (k Kind) Page(id string) string { return k.String() + "/" + id + "/" }

// Named returns the kind with a name. It panics on an unknown name, which is a mistake in the program.
func Named(name string) Kind {
	for k := range Kind(Kinds) {
		if table[k].name == name {
			return k
		}
	}
	panic("no kind of item is called " + name)
}

// Parse reads a fragment, "#call-3". It does not check that the item exists.
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

// Keys of a query that filter what is shown. Together with the choice they are the reader's state.
const (
	CampKey   = "camp" // id of a side: only its actors are lit
	KindKey   = "kind" // kind of the statements shown in the ledger
	SearchKey = "q"    // search text, for the ledger and for the search over everything

	// Filters of the map:
	TieKey   = "tie"   // polarity of the relations that are shown
	UntilKey = "until" // the call up to which relations are shown
	OnlyKey  = "only"  // article: only the relations that the article mentions
	MapKey   = "map"   // whole: everything is shown
)

// The values of OnlyKey and MapKey. These keys are switches: they are absent or have this value.
const (
	OnlyArticle = "article"
	WholeMap    = "whole"
)

// StateKeys are the keys that hold the reader's state, in their order in a query.
func StateKeys() []string {
	return append(names(Choices()), CampKey, KindKey, SearchKey, TieKey, UntilKey, OnlyKey, MapKey)
}

// settings are the keys that set how a page looks and works, whatever the reader chooses: boot.js and bridge.js read
// them.
var settings = [...]struct {
	key  string
	link bool // the link of an embed can set it as an attribute, data-theme
}{
	{"theme", true},   // light, dark, auto
	{"marks", false},  // full: marks are written out; quiet: they are not
	{"wasm", false},   // off: the client never starts; now: it starts at once
	{"accent", true},  // in a frame: the colour for what is marked, "#a30"
	{"height", false}, // in a frame: its reserved height, which embed.js sets
	{"resize", false}, // in a frame: src, for hosts that find frames by their address
}

// Settings returns the keys that set how a page looks and works, whatever the reader chooses.
func Settings() []string {
	var all []string
	for _, s := range settings {
		all = append(all, s.key)
	}
	return all
}

// LinkKeys returns the keys that the link of an embed can have as attributes: data-theme, data-call.
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
