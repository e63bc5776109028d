package draft

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

var today = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)

// load lays a draft out and reads it back; problems are failures.
func load(t *testing.T, o Options) *source.Set {
	t.Helper()
	o.Today = today
	files, err := Files(o)
	if err != nil {
		t.Fatal(err)
	}
	content := fstest.MapFS{}
	for name, data := range files {
		content["x/"+name] = &fstest.MapFile{Data: data}
	}
	var list diag.List
	set, err := source.Load(content, "x", &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	list.Sort()
	for _, d := range list.All() {
		t.Errorf("%v: %s: %s [%s]", o.Languages, d.Pos, d.Message, d.Code)
	}
	return set
}

// Every choice of one language, and of two in either order.
func TestDraftsAreWithoutProblems(t *testing.T) {
	var choices [][]string
	for _, a := range Languages() {
		choices = append(choices, []string{a})
		for _, b := range Languages() {
			if a != b {
				choices = append(choices, []string{a, b})
			}
		}
	}
	for i := range 2 * len(choices) {
		languages, calls := choices[i/2], i%2 == 1
		set := load(t, Options{Languages: languages, Calls: calls})
		for _, lang := range languages {
			d, err := compile.Story(set, lang)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Calls) > 0 != calls || len(d.Events) < 3 || len(d.Actors) < 4 || len(d.Views) == 0 || len(d.Terms) == 0 || len(d.Method) == 0 {
				t.Errorf("%v: the draft lacks examples", languages)
			}
		}
	}
}

func TestTitlesAreTakenAsTyped(t *testing.T) {
	for _, title := range []string{
		"The bridge", `"Quoted": and # more`, "- a list?", "42", "none", " spaces ", "back\\slash", "{en: x}", "a\u2028b", "سؤال: لماذا؟", "{{day 1}}",
	} {
		set := load(t, Options{Languages: []string{"en", "ar"}, Titles: map[string]string{"en": title}})
		if got := set.Explainer.Title.In("en"); got != strings.TrimSpace(title) {
			t.Errorf("got title %q, want %q", got, strings.TrimSpace(title))
		}
	}
}

func TestChoicesAreRefused(t *testing.T) {
	for want, o := range map[string]Options{
		"needs a language": {},
		"named twice":      {Languages: []string{"ar", "ar"}},
		"no words in":      {Languages: []string{"xx"}},
		"rtl or ltr":       {Languages: []string{"ar"}, Axis: map[string]string{"ar": "up"}},
	} {
		if _, err := Files(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got %v, want an error that says %q", o, err, want)
		}
	}
	if set := load(t, Options{Languages: []string{"ar"}, Axis: map[string]string{"ar": "ltr"}}); set.Explainer.Axis.In("ar") != "ltr" {
		t.Errorf("got axis %q, want ltr", set.Explainer.Axis.In("ar"))
	}
}

// A story without calls has no word about them, in keys, comments or texts.
func TestDraftsWithoutCallsAreSilentAboutThem(t *testing.T) {
	files, err := Files(Options{Languages: []string{"en", "ar"}, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	about := regexp.MustCompile(`(?i)\bcalls?:|\b(tele)?phone|مكالمة|هاتف|اتصل`)
	for name, data := range files {
		for _, found := range about.FindAllString(string(data), -1) {
			t.Errorf("%s speaks of %q", name, found)
		}
	}
}

func TestDigitsOfTitlesFollowTheLanguage(t *testing.T) {
	set := load(t, Options{Languages: []string{"ar", "en"}, Titles: map[string]string{"ar": "أبولو 11: رحلة F-16 في 1969", "en": "Apollo ١١"}})
	for lang, want := range map[string]string{"ar": "أبولو ١١: رحلة F-16 في ١٩٦٩", "en": "Apollo 11"} {
		if got := set.Explainer.Title.In(lang); got != want {
			t.Errorf("got title %q, want %q", got, want)
		}
	}
}

// A language of the page is a language to begin an explainer in, with all the same words and none to spare.
func TestLanguagesHaveTheSameWords(t *testing.T) {
	if got, want := Languages(), locale.Languages(); !slices.Equal(got, want) {
		t.Errorf("there are drafts in %v, pages in %v: add <language>.yaml", got, want)
	}
	var layout strings.Builder
	err := fs.WalkDir(embedded, "files", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = embedded.ReadFile(name)
			layout.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first, err := in(Languages()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		w, err := in(lang)
		if err != nil {
			t.Fatal(err)
		}
		for part, pair := range map[string][2]map[string]string{
			"ask": {first.Ask, w.Ask}, "note": {first.Note, w.Note}, "text": {first.Text, w.Text}, "alone": {first.Alone, w.Alone},
		} {
			a, b := slices.Sorted(maps.Keys(pair[0])), slices.Sorted(maps.Keys(pair[1]))
			if !slices.Equal(a, b) {
				t.Errorf("%s: %s has other keys than %s:\n%v\n%v", lang, part, Languages()[0], b, a)
			}
			for key := range pair[1] {
				if part != "ask" && key != "title" && !strings.Contains(layout.String(), `"`+key+`"`) {
					t.Errorf("%s: nothing uses %s %q", lang, part, key)
				}
			}
		}
	}
}
