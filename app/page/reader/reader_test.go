package reader_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sharh/app/page/reader"
	"sharh/app/page/reader/readertest"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/fold"
)

var doc = &story.Document{
	Timeline:   story.Timeline{Open: 8},
	Calls:      []story.Call{{ID: 3}, {ID: 8}},
	Actors:     []story.Actor{{ID: "trump"}, {ID: "ua-officials"}},
	Views:      []story.View{{ID: "why-that-day"}},
	Camps:      []story.Camp{{ID: "russia"}},
	Speakers:   []story.Speaker{{ID: "ushakov", Name: "أوشاكوف"}},
	Statements: []story.Statement{{ID: "s1"}},
	Relations: []story.Relation{
		{ID: "old", Polarity: "pressure"},
		{ID: "both", Polarity: "cooperative", First: 3},
		{ID: "ended", Polarity: "pressure", First: 3, Last: 3, Added: true},
		{ID: "before", Polarity: "pressure", Last: -1},
		{ID: "late", Polarity: "neutral", First: 8},
		{ID: "never", Polarity: "neutral", First: math.MaxInt32},
	},
}

// whole is a state with every field set.
func whole() reader.State {
	s := reader.State{Camp: "russia", Kind: "claim", Q: "a b", Tie: "pressure", Until: 3, Article: true, WholeMap: true}
	s.Chosen[address.Call], s.Chosen[address.Actor], s.Chosen[address.View] = "3", "trump", "why-that-day"
	return s
}

// For the same addresses, web/boot.js is tested in a browser (cmd/sharh).
func TestParse(t *testing.T) {
	for _, c := range readertest.Addresses() {
		t.Run(c.Name, func(t *testing.T) {
			s := reader.Parse(c.Query, c.Fragment, doc)
			if got := readertest.Values(s); !maps.Equal(got, c.Want) {
				t.Errorf("Parse(%q, %q): got %v, want %v", c.Query, c.Fragment, got, c.Want)
			}
			if again := reader.Parse(s.Query(), "", doc); again != s {
				t.Errorf("by way of %q: got %v, want %v", s.Query(), again, s)
			}
		})
	}
}

// The map shows the relations that pass all filters.
func TestShows(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", "old both ended before late never"},
		{"?tie=pressure", "old ended before"},
		{"?tie=conflictual", "old both ended before late never"}, // no relation has this polarity
		{"?only=article", "old both before late never"},
		{"?only=all", "old both ended before late never"},
		{"?until=3", "old both ended"},
		{"?until=8", "old both ended before late never"}, // the last call
		{"?until=5", "old both ended before late never"}, // not a call
		{"?until=3&tie=pressure&only=article", "old"},
	} {
		s := reader.Parse(c.query, "", doc)
		var got []string
		for i := range doc.Relations {
			if s.Shows(&doc.Relations[i]) {
				got = append(got, doc.Relations[i].ID)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q shows %v, want %s", c.query, got, c.want)
		}
		if s.MapFiltered() != (len(got) < len(doc.Relations)) {
			t.Errorf("%q: MapFiltered is %t", c.query, s.MapFiltered())
		}
	}
	if s := reader.Parse("?map=whole&tie=pressure&until=3&only=article", "", doc); s.Drop("") != (reader.State{}) || !s.WholeMap {
		t.Errorf("got %+v, and cleared %+v", s, s.Drop(""))
	}
}

func TestState(t *testing.T) {
	t.Run("Query round-trips", func(t *testing.T) {
		s := whole()
		s.Q = "50% & = # ? «غزة» +1"
		if got := reader.Parse(s.Query(), "", doc); got != s {
			t.Errorf("by way of %q: got %+v, want %+v", s.Query(), got, s)
		}
		if got := (reader.State{}).Query(); got != "" {
			t.Errorf("Query of the zero state: got %q, want nothing", got)
		}
	})
	t.Run("Drop keeps what filters the ledger, and the choice of other kinds", func(t *testing.T) {
		if got, want := whole().Drop(""), (reader.State{Kind: "claim", Q: "a b"}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		want := whole()
		want.Chosen[address.Actor] = ""
		if got := whole().Drop("actor"); got != want || got == whole() {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got := whole().Drop("step"); got != whole() {
			t.Errorf("got %+v, want %+v", got, whole())
		}
	})
	t.Run("the panel shown is the chosen one, else the one that opens the page", func(t *testing.T) {
		if a, b := whole().Shown(doc), (reader.State{}).Shown(doc); a != 3 || b != 8 {
			t.Errorf("got %d and %d, want 3 and 8", a, b)
		}
	})
}

func TestSearch(t *testing.T) {
	for _, c := range []struct{ name, q, want string }{
		{"every space becomes a plain one", "a\tb\u00a0c\nd", "a b c d"},
		{"control characters go", "a\x00b\x1b[0m\u0085c", "ab[0m c"},
		{"broken UTF-8 goes", "a\xff\xfeb", "ab"},
		{"long searches are cut by characters", strings.Repeat("ب", 100), strings.Repeat("ب", reader.MaxQuery)},
		{"a space at the end stays while typing", "gaza ", "gaza "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (reader.State{}).Search(c.q).Q; got != c.want {
				t.Errorf("Search(%q): got %q, want %q", c.q, got, c.want)
			}
		})
	}
}

// search folds a text as the desk does.
func search(s string) string { return fold.Text(norm.NFKD.String(s), nil) }

func TestFilter(t *testing.T) {
	s := &story.Statement{Kind: "claim", Search: search("قالَ إنّ المكالمة الثامنة دامت ١٥٠ دقيقةً في ألاسكا، إلى كييف ومستشفى. See TASS; أوشاكوف، ترامب Café")}
	for _, c := range []struct {
		name  string
		state reader.State
		want  bool
	}{
		{"no search shows all", reader.State{}, true},
		{"spaces alone show all", reader.State{Q: "  "}, true},
		{"its own kind", reader.State{Kind: "claim"}, true},
		{"another kind", reader.State{Kind: "fact", Q: "المكالمة"}, false},
		{"vowel signs are ignored", reader.State{Q: "قال إن"}, true},
		{"a search with vowel signs and tatweel", reader.State{Q: "المُكالمـــة"}, true},
		{"alef without its hamza", reader.State{Q: "الاسكا"}, true},
		{"yeh for alef maksura", reader.State{Q: "مستشفي"}, true},
		{"heh for teh marbuta", reader.State{Q: "الثامنه"}, true},
		{"European digits for Arabic ones", reader.State{Q: "150"}, true},
		{"Arabic digits", reader.State{Q: "١٥٠"}, true},
		{"the speaker's name", reader.State{Q: "اوشاكوف"}, true},
		{"the note, in either case", reader.State{Q: "see tass"}, true},
		{"what is not there", reader.State{Q: "151"}, false},
		{"words in another order", reader.State{Q: "كييف المكالمة"}, true},
		{"words of text and speaker", reader.State{Q: "اوشاكوف TASS"}, true},
		{"a word that is there and one that is not", reader.State{Q: "كييف موسكو"}, false},
		{"several spaces", reader.State{Q: "  في   ألاسكا  "}, true},
		{"a part of a word", reader.State{Q: "لاسك"}, true},
		{"words do not run into one another", reader.State{Q: "فيالاسكا"}, false},
		{"in quotation marks", reader.State{Q: "«ترامب»"}, true},
		{"with a comma", reader.State{Q: "ألاسكا، كييف"}, true},
		{"a mark of direction before", reader.State{Q: "\u200fترامب"}, true},
		{"a non-joiner within", reader.State{Q: "ترا\u200cمب"}, true},
		{"an embedding around", reader.State{Q: "\u202bترامب\u202c"}, true},
		{"mixed direction", reader.State{Q: "\u202atass\u202c \u200fترامب\u200e 150"}, true},
		{"presentation forms", reader.State{Q: "ﺗﺮﺍﻣﺐ"}, true},
		{"Persian digits", reader.State{Q: "۱۵۰"}, true},
		{"Persian letters", reader.State{Q: "کییف"}, true},
		{"a diacritic that is left out", reader.State{Q: "cafe"}, true},
		{"a diacritic of another form", reader.State{Q: "CAFE\u0301"}, true},
		{"diacritics alone show all", reader.State{Q: "\u064e\u0651"}, true},
		{"format characters alone show all", reader.State{Q: "\u200f\u2067\ufeff"}, true},
		{"marks alone, of another kind", reader.State{Kind: "fact", Q: "\u200f"}, false},
		{"emoji", reader.State{Q: "📞"}, false},
		{"emoji beside a word", reader.State{Q: "ترامب 📞"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.state.Filter(nil, norm.NFKD.String)(s); got != c.want {
				t.Errorf("Filter with %+v: got %t, want %t", c.state, got, c.want)
			}
		})
	}
}

// A long search is answered from the part that is kept.
func TestLongSearches(t *testing.T) {
	s := &story.Statement{Search: search("بوتين")}
	for q, want := range map[string]bool{
		strings.Repeat("بوتين ", 2000):                    true,
		strings.Repeat("\u200f", 10_000):                  true,
		strings.Repeat("بوتين", 2000):                     false,
		strings.Repeat("\ufdfa", 10_000):                  false,
		"بوتين" + strings.Repeat(" \u0651\u200f", 10_000): true,
	} {
		state := (reader.State{}).Search(q)
		if n := utf8.RuneCountInString(state.Q); n > reader.MaxQuery {
			t.Errorf("%.40q…: kept %d characters, want at most %d", q, n, reader.MaxQuery)
		}
		if got := state.Filter(nil, norm.NFKD.String)(s); got != want {
			t.Errorf("%.40q…: got %t, want %t", q, got, want)
		}
	}
}

// The state keeps a pasted text exactly as it is in the field; otherwise the field would be overwritten.
func TestSearchKeepsWhatWasPasted(t *testing.T) {
	for _, q := range []string{"\u200fبوتين", "بو\u200cتين", "\u202bبوتين\u202c", "ﺗﺮﺍﻣﺐ", "۱۶", "a  b", " é", "👩\u200d🚀"} {
		if got := (reader.State{}).Search(q).Q; got != q {
			t.Errorf("got %q, want %q", got, q)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "\u200fبوتين", "\u202bﺗﺮﺍﻣﺐ\u202c ۱۶", "kremlin  trump", "a\x00\tb\xff", "\u064e\ufdfa", "👩\u200d🚀 İß"} {
		f.Add(s, "Kremlin ترامب")
	}
	f.Fuzz(func(t *testing.T, q, text string) {
		s := (reader.State{}).Search(q)
		if n := utf8.RuneCountInString(s.Q); n > reader.MaxQuery {
			t.Errorf("%q: kept %d characters", q, n)
		}
		if strings.ContainsFunc(s.Q, unicode.IsControl) {
			t.Errorf("%q: got %q with a control character", q, s.Q)
		}
		if again := s.Search(s.Q); again != s {
			t.Errorf("%q: got %q, kept again %q", q, s.Q, again.Q)
		}
		// Every part of a text finds it, also with the words in reverse order.
		in := &story.Statement{Search: search(text + " " + s.Q)}
		words := strings.Fields(s.Q)
		for i, j := 0, len(words)-1; i < j; i, j = i+1, j-1 {
			words[i], words[j] = words[j], words[i]
		}
		for _, q := range []string{s.Q, strings.Join(words, "  \u200f ")} {
			if !(reader.State{Q: q}).Filter(nil, norm.NFKD.String)(in) {
				t.Errorf("%q is not found in %q", q, in.Search)
			}
		}
		if search(s.Q) == "" && !s.Filter(nil, norm.NFKD.String)(&story.Statement{}) {
			t.Errorf("%q, a search without a word, finds less than all", s.Q)
		}
	})
}

// Each key press costs little, however long the ledger is: the search is folded once, not once for each statement.
func BenchmarkFilter(b *testing.B) {
	ledger := make([]story.Statement, 500)
	for i := range ledger {
		ledger[i].Search = search(strings.Repeat(fmt.Sprint("قال أوشاكوف إن المكالمة ", i, " دامت ساعتين "), 6))
	}
	for b.Loop() {
		shows := reader.State{Q: "المكالمة ترامب"}.Filter(nil, norm.NFKD.String)
		for i := range ledger {
			shows(&ledger[i])
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("?call=3&actor=trump&q=a+b", "#view-why-that-day")
	f.Add("call=%33&q=%20%ff%00x+", "#call-03")
	f.Add("?kind=claim&camp=russia&q="+strings.Repeat("a+", 60), "#actor-ua-officials")
	f.Fuzz(func(t *testing.T, query, fragment string) {
		s := reader.Parse(query, fragment, doc)
		for k, id := range s.Chosen {
			if id != "" && !slices.Contains(address.Kind(k).In(doc), id) {
				t.Errorf("got the %s %q, want only items of the document", address.Kind(k), id)
			}
		}
		if s.Camp != "" && s.Camp != "russia" {
			t.Errorf("got the camp %q, want only camps of the document", s.Camp)
		}
		if len([]rune(s.Q)) > reader.MaxQuery {
			t.Errorf("got a search of %d characters, want at most %d", len([]rune(s.Q)), reader.MaxQuery)
		}
		// An address drops the spaces around a search, which matter only while the reader types.
		want := s
		want.Q = strings.TrimSpace(s.Q)
		if got := reader.Parse(s.Query(), "", doc); got != want {
			t.Errorf("by way of %q: got %+v, want %+v", s.Query(), got, want)
		}
	})
}
