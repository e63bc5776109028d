package reader_test

import (
	"strings"
	"testing"

	"sharh/app/page/reader"
	"sharh/app/story"
)

var doc = &story.Document{
	Timeline:   story.Timeline{Open: 8},
	Calls:      []story.Call{{ID: 3}, {ID: 8}},
	Actors:     []story.Actor{{ID: "trump"}, {ID: "kyiv-press"}},
	Views:      []story.View{{ID: "why-that-day"}},
	Camps:      []story.Camp{{ID: "russia"}},
	Speakers:   []story.Speaker{{ID: "ushakov", Name: "أوشاكوف"}},
	Statements: []story.Statement{{ID: "s1"}},
}

func TestParse(t *testing.T) {
	whole := reader.State{Call: 3, Actor: "trump", View: "why-that-day", Camp: "russia", Kind: "claim", Q: "a b"}
	for _, c := range []struct {
		name, query, fragment string
		want                  reader.State
	}{
		{"nothing is the page as first opened", "", "", reader.State{}},
		{"a whole query", "?call=3&actor=trump&view=why-that-day&camp=russia&kind=claim&q=a+b", "", whole},
		{"a query without its question mark", "call=3", "", reader.State{Call: 3}},
		{"the fragment wins over the query", "?call=3&actor=trump", "#call-8", reader.State{Call: 8, Actor: "trump"}},
		{"a fragment of another kind changes only its own", "?call=3", "#actor-kyiv-press", reader.State{Call: 3, Actor: "kyiv-press"}},
		{"a view by fragment", "", "#view-why-that-day", reader.State{View: "why-that-day"}},
		{"fragments that choose nothing", "?call=3", "#statement-s1", reader.State{Call: 3}},
		{"an unknown fragment leaves the query's choice", "?call=3", "#call-9", reader.State{Call: 3}},
		{"items that the document does not have", "?call=4&actor=putin&view=x&camp=usa&kind=rumour", "#actor-", reader.State{}},
		{"ids of another list", "?actor=russia&view=trump&camp=trump", "#call-trump", reader.State{}},
		{"numbers that are none", "?call=3.0", "#call-99999999999999999999", reader.State{}},
		{"markup and scripts", "?actor=<script>&view=javascript:alert(1)&camp=%22%3E", "#actor-trump<b>", reader.State{}},
		{"what can be read of a broken query", "?actor=%zz&call=3&;x", "", reader.State{Call: 3}},
		{"the first of repeated values", "?call=3&call=8", "", reader.State{Call: 3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reader.Parse(c.query, c.fragment, doc); got != c.want {
				t.Errorf("Parse(%q, %q): got %+v, want %+v", c.query, c.fragment, got, c.want)
			}
		})
	}
	t.Run("Query round-trips", func(t *testing.T) {
		whole.Q = "50% & = # ? «غزة» +1"
		if got := reader.Parse(whole.Query(), "", doc); got != whole {
			t.Errorf("by way of %q: got %+v, want %+v", whole.Query(), got, whole)
		}
		if got := (reader.State{}).Query(); got != "" {
			t.Errorf("Query of the zero state: got %q, want nothing", got)
		}
	})
	t.Run("Clear keeps what filters", func(t *testing.T) {
		whole.Q = "x"
		if got, want := whole.Clear(), (reader.State{Camp: "russia", Kind: "claim", Q: "x"}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
	t.Run("the panel shown is the chosen one, else the one that opens the page", func(t *testing.T) {
		if a, b := whole.Shown(doc), (reader.State{}).Shown(doc); a != 3 || b != 8 {
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

func TestMatch(t *testing.T) {
	s := &story.Statement{By: "ushakov", Kind: "claim", Text: "قالَ إنّ المكالمة الثامنة دامت ١٥٠ دقيقةً في ألاسكا، إلى كييف ومستشفى",
		Note: story.Rich{{Text: "See "}, {Style: "strong", Runs: []story.Run{{Text: "TASS"}}}}}
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
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.state.Match(s, doc); got != c.want {
				t.Errorf("Match with %+v: got %t, want %t", c.state, got, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("?call=3&actor=trump&q=a+b", "#view-why-that-day")
	f.Add("call=%33&q=%20%ff%00x+", "#call-03")
	f.Add("?kind=claim&camp=russia&q="+strings.Repeat("a+", 60), "#actor-kyiv-press")
	f.Fuzz(func(t *testing.T, query, fragment string) {
		s := reader.Parse(query, fragment, doc)
		if s.Call != 0 && s.Call != 3 && s.Call != 8 ||
			s.Actor != "" && s.Actor != "trump" && s.Actor != "kyiv-press" ||
			s.View != "" && s.View != "why-that-day" || s.Camp != "" && s.Camp != "russia" {
			t.Errorf("got %+v, want only items of the document", s)
		}
		if len([]rune(s.Q)) > reader.MaxQuery {
			t.Errorf("got a search of %d characters, want at most %d", len([]rune(s.Q)), reader.MaxQuery)
		}
		// An address leaves out the spaces around a search, which matter only while it is typed.
		want := s
		want.Q = strings.TrimSpace(s.Q)
		if got := reader.Parse(s.Query(), "", doc); got != want {
			t.Errorf("by way of %q: got %+v, want %+v", s.Query(), got, want)
		}
	})
}
