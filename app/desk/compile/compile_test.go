package compile_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

var golden = flag.Bool("golden", false, "rewrite the JSON in testdata")

// small loads and checks testdata/small.txtar.
func small(t *testing.T) *source.Set {
	t.Helper()
	return load(t, "small", strings.NewReplacer())
}

// load loads and checks an archive of testdata, of whose files some words are replaced.
func load(t *testing.T, name string, other *strings.Replacer) *source.Set {
	t.Helper()
	a, err := txtar.ParseFile("testdata/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range a.Files {
		files[name+"/"+f.Name] = &fstest.MapFile{Data: []byte(other.Replace(string(f.Data)))}
	}
	var list diag.List
	set, err := source.Load(files, name, &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	if list.Len() > 0 {
		list.Sort()
		list.Print(t.Output())
		t.Fatalf("the explainer %s has problems", name)
	}
	return set
}

func compiled(t *testing.T, lang string) *story.Document {
	t.Helper()
	doc, err := compile.Story(small(t), lang)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestGolden(t *testing.T) {
	doc := compiled(t, "ar")
	// The page's own words are tested in package locale. Only the phrases made by compile stay.
	doc.Words = story.Words{Found: doc.Words.Found}
	data, err := story.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, data, "", " "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	const name = "testdata/small.ar.json"
	if *golden {
		if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

func TestComputedPhrases(t *testing.T) {
	ar, en := compiled(t, "ar"), compiled(t, "en")
	for _, c := range []struct{ what, got, want string }{
		{"the first call is after none", en.Calls[0].Since, ""},
		{"days since the call before", en.Calls[1].Since, "59 days after the call before"},
		{"the same in Arabic", ar.Calls[1].Since, "بعد ٥٩ يومًا من المكالمة السابقة"},
		{"days on the figure", en.Timeline.Wide.Gaps[0].Text, "59 days"},
		{"ordinal", en.Calls[1].Name, "Second call"},
		{"ordinal in Arabic", ar.Calls[0].Name, "المكالمة الأولى"},
		{"weekday", en.Calls[0].Day, "Wednesday 26 February 2025"},
		{"range of lengths, shortest first", en.Calls[0].Length, "1 hour 1 minute – 2 hours 30 minutes"},
		{"a length that all agree on", ar.Calls[1].Length, "دقيقتان"},
		{"the date elsewhere", en.Calls[1].Elsewhere, "27 April in the east"},
		{"a month as a date", en.Steps[0].Sentences[0].Date.Text, "March 2025"},
		{"which step of how many", en.Steps[1].Name, "Step 2 of 3"},
		{"the same in Arabic", ar.Steps[1].Name, "الخطوة ٢ من ٣"},
		{"the standfirst as plain text", en.Summary, "They talk a lot."},
		{"reading time", en.Reading, "1-minute read"},
		{"found none", en.Words.Found[0], "No statements"},
		{"found all", en.Words.Found[2], "2 statements"},
		{"the default language has no folder", ar.Languages[0].Path, ""},
		{"the other has one", ar.Languages[1].Path, "en/"},
		{"a label is the name where none is given", en.Actors[0].Label + en.Actors[1].Label, "AnaBen"},
		{"voices belong to what they say", strings.Join(en.Relations[0].Ends, " "), "ana ben village"},
		{"and are near it", strings.Join(en.Actors[0].Near, " "), "ana ben village"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	if got := en.Timeline.Open; got != 2 {
		t.Errorf("got call %d open, want the last one where the file names none", got)
	}
	for _, e := range en.Events {
		if want := e.ID == "later"; e.After != want {
			t.Errorf("event %s: got after %t, want %t", e.ID, e.After, want)
		}
	}
	// axis.ar is ltr, against the direction of the language; axis.en is not given and follows the language.
	for _, d := range []*story.Document{ar, en} {
		if b := d.Timeline.Wide.Bars; b[0].X > b[1].X {
			t.Errorf("%s: got time running from right to left, want from left to right", d.Lang)
		}
	}
}

func TestLinksAreResolved(t *testing.T) {
	text := func(s string) []story.Run { return []story.Run{{Text: s}} }
	want := []story.Block{
		{Kind: "p", Text: story.Rich{
			{Style: "said", Href: "#statement-s2", Kind: "analysis", Runs: text("They spoke.")},
			{Text: " "},
			{Style: "said", Href: "#source-herald", Kind: "source", Note: "2", Runs: text("The paper wrote.")},
			{Text: " "},
			{Style: "link", Href: "#actor-ana", Runs: text("Ana")},
			{Text: " wrote "},
			{Style: "foreign", Lang: "ar", Dir: "rtl", Runs: text("سلام")},
			{Text: "."},
		}},
		{Kind: "quote", Text: story.Rich{
			{Style: "said", Href: "#statement-s1", Kind: "claim", Runs: text("Said")},
			{Text: " in "},
			{Style: "foreign", Lang: "he", Dir: "rtl", Runs: text("שלום")},
			{Text: "."},
		}},
	}
	body := compiled(t, "en").Sections[0].Body
	for _, b := range body {
		for i := range b.Text {
			b.Text[i].Mark = 0 // see TestMarks
		}
	}
	if diff := cmp.Diff(want, body); diff != "" {
		t.Errorf("the section differs (-want +got):\n%s", diff)
	}
	ar := compiled(t, "ar")
	body = ar.Sections[0].Body
	if got := body[0].Text[2]; got.Note != "٢" {
		t.Errorf("got the number %q, want ٢", got.Note)
	}
	if got := body[0].Text[6]; got.Style != "foreign" || got.Lang != "en-US" || got.Dir != "ltr" {
		t.Errorf("got %+v, want a foreign run in en-US, ltr", got)
	}
	if got := body[1].Items[0][0]; got.Kind != "claim" {
		t.Errorf("in a list: got the kind %q, want claim", got.Kind)
	}
	if got := ar.Statements[1].Note[0]; got.Kind != "source" || got.Note != "١" {
		t.Errorf("in a note: got %+v, want source ١", got)
	}
}

// Every sentence with a source or statement has a mark with its speaker, and equal attributions share a mark.
func TestMarks(t *testing.T) {
	d := compiled(t, "en")
	at := func(mark int) story.Attribution {
		t.Helper()
		if mark < 1 || mark > len(d.Attributions) {
			t.Fatalf("got the mark %d of %d", mark, len(d.Attributions))
		}
		return d.Attributions[mark-1]
	}
	for _, c := range []struct {
		what, label, leads string
		mark               int
	}{
		{"a statement in the text", "Analysis, The article, 1 source", "#statement-s2", d.Sections[0].Body[0].Text[0].Mark},
		{"a source in the text", "1 source", "#source-herald", d.Sections[0].Body[0].Text[2].Mark},
		{"a key figure", "1 source", "#source-herald", d.Numbers[0].Mark},
		{"a call's length", "Statement, Ana, 1 source", "#source-gazette", d.Calls[1].Lengths[0].Mark},
	} {
		a := at(c.mark)
		if a.Label != c.label || a.At() != c.leads {
			t.Errorf("%s: got %q, %q, want %q, %q", c.what, a.Label, a.At(), c.label, c.leads)
		}
	}
	seen := map[string]bool{}
	for _, a := range d.Attributions {
		key := fmt.Sprint(a)
		if seen[key] || len(a.Sources)+len(a.Statements) == 0 {
			t.Errorf("%+v is there twice, or nothing carries it", a)
		}
		seen[key] = true
	}
}

// The figure of a step is the timeline, where its call or event can be found by id, or a part of the map.
func TestStepsShow(t *testing.T) {
	d := compiled(t, "en")
	var marks []string
	for _, m := range d.Steps[1].Figure.Marks {
		marks = append(marks, m.Event+" "+m.Kind+" "+m.Label.Text)
	}
	if got, want := strings.Join(marks, ", "), "fair summit , later event Later"; got != want {
		t.Errorf("the event: got marks %q, want %q", got, want)
	}
	for i, want := range []struct{ bars, marks, actors, relations int }{
		{2, 1, 0, 0}, // a call, with the other calls and the drawn events
		{2, 2, 0, 0}, // an event that no other figure draws
		{0, 0, 3, 1}, // a relation, with its ends and the actor who speaks of it
	} {
		s := d.Steps[i]
		got := want
		got.bars, got.marks, got.actors, got.relations = len(s.Figure.Bars), len(s.Figure.Marks), len(s.Scene.Small.Nodes), len(s.Scene.Small.Arrows)
		if got != want {
			t.Errorf("step %d: got %+v, want %+v", s.Number, got, want)
		}
		if (s.Figure.Width > 0) == (s.Scene.Small.Width > 0) {
			t.Errorf("step %d: got a figure of width %v and a scene of width %v, want one of them", s.Number, s.Figure.Width, s.Scene.Small.Width)
		}
	}
	if got := d.Steps[2]; strings.Join(got.Actors, " ") != "ana ben village" || d.Actors[got.Scene.Actors[2]].ID != "village" || d.Relations[got.Scene.Relations[0]].ID != "r1" {
		t.Errorf("got actors %v, in the scene %+v", got.Actors, got.Scene)
	}
}

// Key points appear only in a story without steps.
func TestStepsTakeThePlaceOfKeyPoints(t *testing.T) {
	set := small(t)
	set.Explainer.KeyPoints = set.Steps.Steps[0].Sentences
	for _, steps := range []int{3, 1, 0} {
		points := 1 - min(steps, 1)
		set.Steps.Steps = set.Steps.Steps[:steps]
		d, err := compile.Story(set, "en")
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Steps) != steps || len(d.KeyPoints) != points {
			t.Errorf("got %d steps and %d key points, want %d and %d", len(d.Steps), len(d.KeyPoints), steps, points)
		}
	}
}

// A heading compiled alone equals the heading of the whole story, whatever the first step shows.
func TestHeading(t *testing.T) {
	set := small(t)
	steps := set.Steps.Steps
	for first := range len(steps) + 1 {
		set.Steps.Steps = nil
		if first < len(steps) {
			set.Steps.Steps = append(append(set.Steps.Steps, steps[first:]...), steps[:first]...)
		}
		for _, lang := range set.Explainer.Languages {
			whole, err := compile.Story(set, lang.Value)
			if err != nil {
				t.Fatal(err)
			}
			heading, err := compile.Heading(set, lang.Value)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(whole.Heading(), heading); diff != "" {
				t.Errorf("%s, step %d of %d first (-of the story +alone):\n%s", lang.Value, first+1, len(steps), diff)
			}
			if heading.Title == "" || len(heading.Steps) != min(1, len(set.Steps.Steps)) {
				t.Errorf("%s: got the title %q and %d steps", lang.Value, heading.Title, len(heading.Steps))
			}
		}
	}
}

func TestStoryFails(t *testing.T) {
	set := small(t)
	t.Run("in a language without words", func(t *testing.T) {
		want := `compiling small: no words for language "xx"`
		if _, err := compile.Story(set, "xx"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want %q", err, want)
		}
	})
	t.Run("on Markdown that check would have refused, with its place", func(t *testing.T) {
		set.Explainer.Sections[0].Body.ByLang["en"] = source.String{Value: "a <b>", Pos: diag.Pos{File: "f.md", Line: 1, Column: 1}}
		want := "compiling small (en): f.md:1:3: HTML cannot be used here"
		if _, err := compile.Story(set, "en"); err == nil || err.Error() != want {
			t.Errorf("got error %v, want %q", err, want)
		}
	})
}
