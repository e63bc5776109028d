// Package reader is what the reader chose: a pure state machine without a browser.
//
//	s := reader.Parse("?call=3&actor=trump", "#view-why-that-day", doc)
//	s = s.Choose("#call-5", doc)
//	address := s.Query()   // "?call=5&actor=trump&view=why-that-day"
//
// Whatever comes from an address may hold anything: values that the document does not have are ignored.
package reader

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sharh/app/story"
	"sharh/app/story/fold"
)

// State is what the reader chose. Its zero value is a page as first opened.
type State struct {
	Call  int    // 0: none
	Actor string // id
	View  string // id
	Camp  string // id: only the actors of that side are lit
	Kind  string // of statements in the ledger
	Q     string // search in the ledger
}

// MaxQuery is the longest search that is kept, in characters.
const MaxQuery = 80

// Parse reads query ("?call=3") and fragment ("#call-3"). The fragment, being what was clicked last, wins.
func Parse(query, fragment string, d *story.Document) State {
	values, _ := url.ParseQuery(strings.TrimPrefix(query, "?")) // what can be read of a broken query is kept
	var s State
	if n, err := strconv.Atoi(values.Get("call")); err == nil && hasCall(d, n) {
		s.Call = n
	}
	if v := values.Get("actor"); hasActor(d, v) {
		s.Actor = v
	}
	if v := values.Get("view"); hasView(d, v) {
		s.View = v
	}
	s = s.OfCamp(values.Get("camp"), d).OfKind(values.Get("kind")).Search(values.Get("q"))
	return s.Choose(fragment, d)
}

// Choose follows a link to an item of the page: "#call-3", "#actor-trump", "#view-a". Other fragments change nothing.
func (s State) Choose(fragment string, d *story.Document) State {
	kind, id, _ := strings.Cut(strings.TrimPrefix(fragment, "#"), "-")
	switch kind {
	case "call":
		if n, err := strconv.Atoi(id); err == nil && hasCall(d, n) {
			s.Call = n
		}
	case "actor":
		if hasActor(d, id) {
			s.Actor = id
		}
	case "view":
		if hasView(d, id) {
			s.View = id
		}
	}
	return s
}

// OfKind shows only statements of a kind; anything that is no kind shows all.
func (s State) OfKind(kind string) State {
	s.Kind = ""
	if slices.Contains(story.Kinds, kind) {
		s.Kind = kind
	}
	return s
}

// OfCamp lights only a side; anything that is no camp of the document lights all.
func (s State) OfCamp(camp string, d *story.Document) State {
	s.Camp = ""
	if slices.ContainsFunc(d.Camps, func(c story.Camp) bool { return c.ID == camp }) {
		s.Camp = camp
	}
	return s
}

// Clear drops the choice of call, actor and view, keeping what filters.
func (s State) Clear() State {
	s.Call, s.Actor, s.View = 0, "", ""
	return s
}

// Search sets the search of the ledger: every space a plain one, control characters dropped, cut to [MaxQuery]. Beyond
// that it stays as it was typed or pasted, since what differs from the field would be written over what its reader types;
// marks of direction and the like are left out by [State.Filter].
func (s State) Search(q string) State {
	q = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, q)
	if r := []rune(q); len(r) > MaxQuery {
		q = string(r[:MaxQuery])
	}
	s.Q = q
	return s
}

// Query returns the state as the query of an address, "" for the zero State. Parse reads it back.
func (s State) Query() string {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+"="+url.QueryEscape(value))
		}
	}
	if s.Call != 0 {
		add("call", strconv.Itoa(s.Call))
	}
	add("actor", s.Actor)
	add("view", s.View)
	add("camp", s.Camp)
	add("kind", s.Kind)
	add("q", strings.TrimSpace(s.Q))
	if parts == nil {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// Shown is the call whose panel is open: the chosen one, or the one that the document opens with.
func (s State) Shown(d *story.Document) int {
	if s.Call != 0 {
		return s.Call
	}
	return d.Timeline.Open
}

// Filter returns what tells whether the ledger shows a statement: one of the kind that is chosen, in which each word of
// the search is found, in whatever order. A search without a word, such as marks alone, is none. nfkd is Unicode's
// compatibility decomposition (see package fold); the search goes through it once, however many statements there are.
func (s State) Filter(nfkd func(string) string) func(*story.Statement) bool {
	words := fold.Words(nfkd(s.Q))
	return func(st *story.Statement) bool {
		if s.Kind != "" && st.Kind != s.Kind {
			return false
		}
		for _, w := range words {
			if !strings.Contains(st.Search, w) {
				return false
			}
		}
		return true
	}
}

// Speaker finds a speaker by id; one that does not exist is a Speaker without a name.
func Speaker(d *story.Document, id string) story.Speaker {
	for _, s := range d.Speakers {
		if s.ID == id {
			return s
		}
	}
	return story.Speaker{ID: id}
}

func hasCall(d *story.Document, n int) bool {
	return slices.ContainsFunc(d.Calls, func(c story.Call) bool { return c.ID == n })
}

func hasActor(d *story.Document, id string) bool {
	return slices.ContainsFunc(d.Actors, func(a story.Actor) bool { return a.ID == id })
}

func hasView(d *story.Document, id string) bool {
	return slices.ContainsFunc(d.Views, func(v story.View) bool { return v.ID == id })
}
