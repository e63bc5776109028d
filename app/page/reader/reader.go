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
	"sharh/app/story/address"
	"sharh/app/story/fold"
)

// State is what the reader chose. Its zero value is a page as first opened.
type State struct {
	Chosen [address.Kinds]string // ids, by kind; "": none
	Camp   string                // id: only the actors of that side are lit
	Kind   string                // of statements in the ledger
	Q      string                // search: in the ledger, or over everything

	// Of the map:
	Tie     string // polarity: only relations of that are shown
	Until   int    // call: only relations that were there by then are shown; 0 for all
	Article bool   // only relations that the article has are shown
	Whole   bool   // the map shows everything
}

// MaxQuery is the longest search that is kept, in characters.
const MaxQuery = 80

// Parse reads query ("?call=3") and fragment ("#call-3"). The fragment, being what was clicked last, wins. A value counts if
// it is an id of the document as it stands there. web/boot.js reads the same before Go is there: package readertest
// holds what both make of an address.
func Parse(query, fragment string, d *story.Document) State {
	var s State
	for _, k := range address.Choices() {
		s = s.choose(k, first(query, k.String()), d)
	}
	s = s.OfCamp(first(query, address.CampKey), d).OfKind(first(query, address.KindKey)).Search(first(query, address.SearchKey))
	s = s.OfTie(first(query, address.TieKey), d)
	if slices.Contains(address.Call.In(d), first(query, address.UntilKey)) {
		n, _ := strconv.Atoi(first(query, address.UntilKey)) // the ids of calls are numbers
		s = s.UntilCall(n, d)
	}
	s.Article = first(query, address.OnlyKey) == address.OnlyArticle && slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Added })
	s.Whole = first(query, address.MapKey) == address.WholeMap && len(d.Relations) > 0
	return s.Choose(fragment, d)
}

// first is the first value of a key in a query, as the URLSearchParams of browsers have it: every query can be read, and what
// is no encoding stands for itself. (net/url leaves out what it cannot read, so that it finds other values.)
func first(query, key string) string {
	for pair := range strings.SplitSeq(strings.TrimPrefix(query, "?"), "&") {
		name, value, _ := strings.Cut(pair, "=")
		if decode(strings.ReplaceAll(name, "+", " ")) == key {
			return decode(strings.ReplaceAll(value, "+", " "))
		}
	}
	return ""
}

// decode undoes percent-encoding.
func decode(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Choose follows a link to an item of the page: "#call-3", "#actor-trump", "#view-a". Other fragments change nothing.
func (s State) Choose(fragment string, d *story.Document) State {
	if k, id, ok := address.Parse(decode(fragment)); ok {
		s = s.choose(k, id, d)
	}
	return s
}

// choose makes an item of the document the choice of its kind.
func (s State) choose(k address.Kind, id string, d *story.Document) State {
	if slices.Contains(k.In(d), id) {
		s.Chosen[k] = id
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

// OfTie shows only relations of a polarity; anything that no relation of the document has shows all.
func (s State) OfTie(polarity string, d *story.Document) State {
	s.Tie = ""
	if polarity != "" && slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Polarity == polarity }) {
		s.Tie = polarity
	}
	return s
}

// UntilCall shows only relations that were there by a call: the last one, as anything that is no call of the document, shows
// all.
func (s State) UntilCall(id int, d *story.Document) State {
	s.Until = 0
	for i, c := range d.Calls {
		if c.ID == id && i < len(d.Calls)-1 {
			s.Until = id
		}
	}
	return s
}

// Shows tells whether the map shows a relation.
func (s State) Shows(r *story.Relation) bool {
	return (s.Tie == "" || r.Polarity == s.Tie) && (s.Until == 0 || r.First <= s.Until && (r.Last == 0 || r.Last >= s.Until)) && !(s.Article && r.Added)
}

// Picky tells whether the map leaves relations out.
func (s State) Picky() bool { return s.Tie != "" || s.Until != 0 || s.Article }

// Clear drops what is chosen and whatever the map shows for it, keeping what filters the ledger.
func (s State) Clear() State { return State{Kind: s.Kind, Q: s.Q} }

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
	for _, k := range address.Choices() {
		add(k.String(), s.Chosen[k])
	}
	add(address.CampKey, s.Camp)
	add(address.KindKey, s.Kind)
	add(address.SearchKey, strings.TrimSpace(s.Q))
	add(address.TieKey, s.Tie)
	if s.Until != 0 {
		add(address.UntilKey, strconv.Itoa(s.Until))
	}
	if s.Article {
		add(address.OnlyKey, address.OnlyArticle)
	}
	if s.Whole {
		add(address.MapKey, address.WholeMap)
	}
	if parts == nil {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// Shown is the call whose panel is open: the chosen one, or the one that the document opens with.
func (s State) Shown(d *story.Document) int {
	if n, err := strconv.Atoi(s.Chosen[address.Call]); err == nil {
		return n
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
