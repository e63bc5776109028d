// Package reader holds the reader's state, what the reader has chosen, as pure functions without a browser.
//
//	s := reader.Parse("?call=3&actor=trump", "#view-why-that-day", doc)
//	s = s.Choose("#call-5", doc)
//	address := s.Query()   // "?call=5&actor=trump&view=why-that-day"
//
// An address may contain anything: values that the document does not have are ignored.
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

// State is what the reader chose. Its zero value is the state of a page that was just opened.
type State struct {
	Chosen [address.Kinds]string // ids, by kind; "" if none is chosen
	Camp   string                // id of a side: only its actors are lit; "" for all
	Kind   string                // kind of the statements shown in the ledger
	Q      string                // search text, for the ledger or for the search over everything

	// Filters of the map:
	Tie      string // polarity of the relations that are shown
	Until    int    // call: only relations that existed by it are shown; 0 for all
	Article  bool   // only relations that the article mentions are shown
	WholeMap bool   // the map shows everything
}

// MaxQuery is the greatest length of a search that is kept, in characters.
const MaxQuery = 80

// Parse reads a query ("?call=3") and a fragment ("#call-3"). The fragment takes precedence, since it was clicked last.
// An id counts only if the document has exactly this id. web/boot.js parses addresses in the same way before Go starts;
// the cases of package readertest test both.
func Parse(query, fragment string, d *story.Document) State {
	var s State
	for _, k := range address.Choices() {
		s = s.choose(k, first(query, k.String()), d)
	}
	s = s.OfCamp(first(query, address.CampKey), d).OfKind(first(query, address.KindKey)).
		Search(first(query, address.SearchKey))
	s = s.OfTie(first(query, address.TieKey), d)
	if slices.Contains(address.Call.In(d), first(query, address.UntilKey)) {
		n, _ := strconv.Atoi(first(query, address.UntilKey)) // the ids of calls are numbers
		s = s.UntilCall(n, d)
	}
	s.Article = first(query, address.OnlyKey) == address.OnlyArticle &&
		slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Added })
	s.WholeMap = first(query, address.MapKey) == address.WholeMap && len(d.Relations) > 0
	return s.Choose(fragment, d)
}

// first returns the first value of a key in a query. It works like URLSearchParams in browsers: it reads every query,
// and invalid percent-encoding stands for itself. (net/url drops pairs that it cannot read, so its result would
// differ.)
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

// Choose applies a followed link to an item of the page: "#call-3", "#actor-trump", "#view-a". Other fragments change
// nothing.
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

// OfKind shows only statements of a kind, or all if there is no such kind.
func (s State) OfKind(kind string) State {
	s.Kind = ""
	if slices.Contains(story.Kinds, kind) {
		s.Kind = kind
	}
	return s
}

// OfCamp lights only the actors of one side, or all if the document has no such camp.
func (s State) OfCamp(camp string, d *story.Document) State {
	s.Camp = ""
	if slices.ContainsFunc(d.Camps, func(c story.Camp) bool { return c.ID == camp }) {
		s.Camp = camp
	}
	return s
}

// OfTie shows only relations of a polarity, or all if no relation of the document has it.
func (s State) OfTie(polarity string, d *story.Document) State {
	s.Tie = ""
	if polarity != "" && slices.ContainsFunc(d.Relations, func(r story.Relation) bool { return r.Polarity == polarity }) {
		s.Tie = polarity
	}
	return s
}

// UntilCall shows only relations that existed by a call. The last call shows all, and so does a number that is no call
// of the document.
func (s State) UntilCall(id int, d *story.Document) State {
	s.Until = 0
	for i, c := range d.Calls {
		if c.ID == id && i < len(d.Calls)-1 {
			s.Until = id
		}
	}
	return s
}

// Shows reports whether the filters let the map show a relation.
func (s State) Shows(r *story.Relation) bool {
	return (s.Tie == "" || r.Polarity == s.Tie) &&
		(s.Until == 0 || r.First <= s.Until && (r.Last == 0 || r.Last >= s.Until)) && !(s.Article && r.Added)
}

// MapFiltered reports whether a filter of the map is set.
func (s State) MapFiltered() bool { return s.Tie != "" || s.Until != 0 || s.Article }

// Drop drops the choice of the kind with a name. With "" it drops every choice and the filters of the map, and keeps
// the filters of the ledger.
func (s State) Drop(kind string) State {
	if kind == "" {
		return State{Kind: s.Kind, Q: s.Q}
	}
	for _, k := range address.Choices() {
		if k.String() == kind {
			s.Chosen[k] = ""
		}
	}
	return s
}

// Search sets the search text: it replaces every kind of space by a plain one, drops control characters, and cuts the
// text to [MaxQuery]. It changes nothing else, because the result is written into the field where the reader is typing.
// [State.Filter] ignores marks of direction and the like.
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
	if s.WholeMap {
		add(address.MapKey, address.WholeMap)
	}
	if parts == nil {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// Shown returns the call whose panel is open: the chosen one or, by default, the one that the document opens with.
func (s State) Shown(d *story.Document) int {
	if n, err := strconv.Atoi(s.Chosen[address.Call]); err == nil {
		return n
	}
	return d.Timeline.Open
}

// Filter returns a function that reports whether the ledger shows a statement: it has the chosen kind, and contains
// each word of the search, in any order. A search without letters and digits shows all. own is what package fold folds
// in this language beside what it does in all, and nfkd is Unicode's compatibility decomposition; Filter calls it once
// for the search, however many statements there are.
func (s State) Filter(own []string, nfkd func(string) string) func(*story.Statement) bool {
	words := fold.Words(nfkd(s.Q), own)
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

// Speaker finds a speaker by id. For an unknown id it returns a Speaker without a name.
func Speaker(d *story.Document, id string) story.Speaker {
	for _, s := range d.Speakers {
		if s.ID == id {
			return s
		}
	}
	return story.Speaker{ID: id}
}
