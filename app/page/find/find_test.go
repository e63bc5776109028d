package find_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sharh/app/page/find"
	"sharh/app/story"
)

var items = []story.Item{
	{Kind: "actor", ID: "gaza", Title: "Gaza talks", Text: "the talks in Sharm el-Sheikh"},
	{Kind: "actor", ID: "putin", Title: "فلاديمير بوتين", Text: "رئيس روسيا"},
	{Kind: "call", ID: "3", Title: "المكالمة الثالثة، ١٩ مايو", Text: "أبلغ بُوتين نظيره لترامب بأن روسيا مستعدة", Also: "لترمب"},
	{Kind: "call", ID: "4", Title: "Fourth call", Text: "Nobody named Gaza in it"},
	{Kind: "step", ID: "1", Title: "An eighth call, and a summit that was not"},
	{Kind: "statement", ID: "s", Title: "one two three four five six seven eight nine ten", Text: strings.Repeat("word ", 30) + "Tomahawk missiles, " + strings.Repeat("word ", 30)},
}

func found(q string) string {
	var all []string
	pieces := func(pieces []find.Piece) (text string) {
		for _, p := range pieces {
			if p.Hit {
				text += "[" + p.Text + "]"
			} else {
				text += p.Text
			}
		}
		return text
	}
	for _, g := range find.New(items, nil, norm.NFKD.String, func() {}).Find(q) {
		for _, m := range g.Found {
			if m.Kind != g.Kind {
				all = append(all, "wrong group")
			}
			line := m.Kind + " " + m.ID + ": " + pieces(m.Heading())
			if text := m.Around(); text != nil {
				line += " | " + pieces(text)
			}
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, q, want string }{
		{"kinds come in the order of the items", "gaza", "actor gaza: [Gaza] talks\ncall 4: Fourth call | Nobody named [Gaza] in it"},
		{"words in any order, in title and text", "sheikh TALKS", "actor gaza: Gaza [talks] | the [talks] in Sharm [el-Sheikh]"},
		{"all words must be there", "gaza tomahawk", ""},
		{"within a word, without vowel signs", "بوتين", "actor putin: فلاديمير [بوتين]\ncall 3: المكالمة الثالثة، ١٩ مايو | أبلغ [بُوتين] نظيره لترامب بأن روسيا مستعدة"},
		{"hamza, teh marbuta and digits", "المكالمه ابلغ 19", "call 3: [المكالمة] الثالثة، [١٩] مايو | [أبلغ] بُوتين نظيره لترامب بأن روسيا مستعدة"},
		{"Persian digits", "۱۹", "call 3: المكالمة الثالثة، [١٩] مايو"},
		{"another spelling of a name", "ترمب", "call 3: المكالمة الثالثة، ١٩ مايو"},
		{"neighbours are one piece", "two three ten", "statement s: one [two three] four five six seven eight nine [ten]"},
		{"a long text is cut around what was found", "tomahawk", "statement s: one two three four five six seven eight nine ten | … word word word word word [Tomahawk] missiles, " + strings.TrimSpace(strings.Repeat("word ", 11)) + " …"},
		{"nothing", "", ""},
		{"marks alone", "ًٌٍ ـــ ، -", ""},
		{"mixed direction", "\u200fبوتين\u200e 19", "call 3: المكالمة الثالثة، [١٩] مايو | أبلغ [بُوتين] نظيره لترامب بأن روسيا مستعدة"},
		{"very long", strings.Repeat("gaza ", 2000) + "x", ""},
	} {
		if got := found(c.q); got != c.want {
			t.Errorf("%s: %q finds\n%s\nwant\n%s", c.name, c.q, got, c.want)
		}
	}
	if got := find.New(nil, nil, norm.NFKD.String, func() {}).Find("a"); got != nil {
		t.Errorf("nothing has %v in it", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("a b", "c", "b")
	f.Add("\ufe77 ﷺ", "x\ny\u2028z", "ﷺ")
	f.Fuzz(func(t *testing.T, title, text, q string) {
		for _, g := range find.New([]story.Item{{Kind: "call", Title: title, Text: text}}, nil, norm.NFKD.String, func() {}).Find(q) {
			for _, m := range g.Found {
				whole := ""
				for _, p := range m.Heading() {
					whole += p.Text
				}
				if want := strings.Join(strings.Fields(title), " "); whole != want {
					t.Errorf("the title %q is shown as %q", want, whole)
				}
			}
		}
	})
}

// An index of many items is made in portions, and finds the same as one that is made at once.
func TestIndexRests(t *testing.T) {
	many, rests := slices.Repeat(items, 20), 0
	index := find.New(many, nil, norm.NFKD.String, func() { rests++ })
	if most := len(many) / 8; rests < 2 || rests > most {
		t.Errorf("the index of %d items rests %d times", len(many), rests)
	}
	found := 0
	for _, g := range index.Find("بوتين") {
		found += len(g.Found)
	}
	one := 0
	for _, g := range find.New(items, nil, norm.NFKD.String, func() {}).Find("بوتين") {
		one += len(g.Found)
	}
	if one == 0 || found != 20*one {
		t.Errorf("found %d of %d", found, 20*one)
	}
}

func BenchmarkFind(b *testing.B) {
	var many []story.Item
	for i := range 1000 {
		x := items[i%(len(items)-1)]
		x.ID = fmt.Sprint(i)
		many = append(many, x)
	}
	index := find.New(many, nil, norm.NFKD.String, func() {})
	b.ResetTimer()
	for range b.N {
		index.Find("بوتين")
	}
}

// What a language folds beside what all do: the beginning of a Hebrew word ends in another form of its last letter.
func TestFindInALanguage(t *testing.T) {
	items := []story.Item{{Kind: "event", Title: "ראש הממשלה ומלכים"}}
	for q, want := range map[string]int{"מלך": 1, "מלכים": 1, "מלח": 0} {
		if got := find.New(items, []string{"ך", "כ", "ם", "מ"}, norm.NFKD.String, func() {}).Find(q); len(got) != want {
			t.Errorf("%s: got %d groups, want %d", q, len(got), want)
		}
	}
	if got := find.New(items, nil, norm.NFKD.String, func() {}).Find("מלך"); len(got) != 0 {
		t.Error("without the letters of the language the test shows nothing")
	}
}
