package draft_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

// shipped are the languages of the program alone.
var shipped *locale.Set

var today = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)

// load makes a draft and reads it back. Any problem fails the test.
func load(t *testing.T, o draft.Options) *source.Set {
	t.Helper()
	o.Today = today
	files, err := draft.Files(o)
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

// Tests every single language, and every pair in both orders.
func TestDraftsAreWithoutProblems(t *testing.T) {
	var choices [][]string
	for _, a := range shipped.Languages() {
		choices = append(choices, []string{a})
		for _, b := range shipped.Languages() {
			if a != b {
				choices = append(choices, []string{a, b})
			}
		}
	}
	for i := range 2 * len(choices) {
		languages, calls := choices[i/2], i%2 == 1
		set := load(t, draft.Options{Languages: languages, Calls: calls})
		for _, lang := range languages {
			d, err := compile.Story(set, lang)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Calls) > 0 != calls || len(d.Steps) < 5 || len(d.Events) < 3 || len(d.Actors) < 4 || len(d.Views) == 0 || len(d.Terms) == 0 || len(d.Method) == 0 {
				t.Errorf("%v: the draft lacks examples", languages)
			}
		}
	}
}

func TestTitlesAreTakenAsTyped(t *testing.T) {
	for _, title := range []string{
		"The bridge", `"Quoted": and # more`, "- a list?", "42", "none", " spaces ", "back\\slash", "{en: x}", "a\u2003b", "سؤال: لماذا؟", "{{day 1}}",
	} {
		set := load(t, draft.Options{Languages: []string{"en", "ar"}, Titles: map[string]string{"en": title}})
		if got := set.Explainer.Title.In("en"); got != strings.TrimSpace(title) {
			t.Errorf("got title %q, want %q", got, strings.TrimSpace(title))
		}
	}
}

func TestChoicesAreRefused(t *testing.T) {
	for want, o := range map[string]draft.Options{
		"needs a language": {},
		"named twice":      {Languages: []string{"ar", "ar"}},
		"no words for":     {Languages: []string{"xx"}},
		"rtl or ltr":       {Languages: []string{"ar"}, Axis: map[string]string{"ar": "up"}},
	} {
		if _, err := draft.Files(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got %v, want an error that says %q", o, err, want)
		}
	}
	if set := load(t, draft.Options{Languages: []string{"ar"}, Axis: map[string]string{"ar": "ltr"}}); set.Explainer.Axis.In("ar") != "ltr" {
		t.Errorf("got axis %q, want ltr", set.Explainer.Axis.In("ar"))
	}
}

// A draft without calls does not mention them in keys, comments or texts.
func TestDraftsWithoutCallsAreSilentAboutThem(t *testing.T) {
	files, err := draft.Files(draft.Options{Languages: []string{"en", "ar"}, Today: today})
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
	set := load(t, draft.Options{Languages: []string{"ar", "en"}, Titles: map[string]string{"ar": "أبولو 11: رحلة F-16 في 1969", "en": "Apollo ١١"}})
	for lang, want := range map[string]string{"ar": "أبولو ١١: رحلة F-16 في ١٩٦٩", "en": "Apollo 11"} {
		if got := set.Explainer.Title.In(lang); got != want {
			t.Errorf("got title %q, want %q", got, want)
		}
	}
}
