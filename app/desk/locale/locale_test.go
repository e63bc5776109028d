package locale_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sharh/app/desk/edtf"
	"sharh/app/desk/locale"
	"sharh/app/story"
)

// shipped are the languages of the program alone.
var shipped *locale.Set

func language(t *testing.T, lang, digits string) *locale.Locale {
	t.Helper()
	l, err := shipped.For(lang, digits)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestArabicPluralsOfDays(t *testing.T) {
	l := language(t, "ar", "latn")
	for n, want := range map[int]string{
		1: "يوم واحد", 2: "يومان", 3: "3 أيام", 10: "10 أيام", 11: "11 يومًا", 59: "59 يومًا", 99: "99 يومًا",
		100: "100 يوم", 102: "102 يوم", 103: "103 أيام",
	} {
		same(t, "days", l.Count("days", n), want)
	}
}

func TestEnglishCounts(t *testing.T) {
	l := language(t, "en", "")
	same(t, "one", l.Count("days", 1), "1 day")
	same(t, "many", l.Count("days", 21), "21 days")
	same(t, "an exact form", l.Count("found", 0), "No statements")
}

func TestDigits(t *testing.T) {
	same(t, "arab", language(t, "ar", "arab").Digits("2025: 10–16 a٣"), "٢٠٢٥: ١٠–١٦ a٣")
	same(t, "latn", language(t, "ar", "latn").Number(2025), "2025")
	same(t, "not given", language(t, "ar", "").Number(2025), "٢٠٢٥")
	same(t, "counted", language(t, "ar", "arab").Count("days", 59), "٥٩ يومًا")
}

// A language is read only once, and its Locales do not influence each other, whatever their digits.
func TestLanguagesAreReadOnce(t *testing.T) {
	arab, latn := language(t, "ar", "arab"), language(t, "ar", "latn")
	same(t, "arab", arab.Number(12)+arab.Words.Offline["digits"], "١٢arab")
	same(t, "latn", latn.Number(12)+latn.Words.Offline["digits"], "12latn")
	if n := testing.AllocsPerRun(10, func() { language(t, "ar", "arab") }); n > 100 {
		t.Errorf("a language that was read before costs %v allocations", n)
	}
}

func TestDates(t *testing.T) {
	ar, en := language(t, "ar", "arab"), language(t, "en", "")
	thursday := time.Date(2025, 10, 16, 0, 0, 0, 0, time.UTC)
	same(t, "weekday", en.Day(thursday), "Thursday 16 October 2025")
	same(t, "weekday", ar.Day(thursday), "الخميس ١٦ أكتوبر ٢٠٢٥")
	same(t, "short", en.ShortDay(thursday), "16 October")
	same(t, "short", ar.ShortDay(thursday), "١٦ أكتوبر")
}

func TestOrdinals(t *testing.T) {
	ar, en := language(t, "ar", "arab"), language(t, "en", "")
	same(t, "first", en.Ordinal(1), "First call")
	same(t, "the last with a name", ar.Ordinal(10), "المكالمة العاشرة")
	same(t, "beyond the names", ar.Ordinal(11), "المكالمة ١١")
	same(t, "no call", en.Ordinal(0), "Call 0")
}

func TestLengths(t *testing.T) {
	ar, en := language(t, "ar", "arab"), language(t, "en", "")
	same(t, "minutes", en.Length(40), "40 minutes")
	same(t, "whole hours", en.Length(120), "2 hours")
	same(t, "both", en.Length(61), "1 hour 1 minute")
	same(t, "both", ar.Length(150), "ساعتان و٣٠ دقيقة")
	same(t, "range", en.LengthRange(90, 150), "1 hour 30 minutes – 2 hours 30 minutes")
	same(t, "no range", ar.LengthRange(60, 60), "ساعة")
}

func TestEveryLanguageIsWhole(t *testing.T) {
	for _, lang := range shipped.Languages() {
		t.Run(lang, func(t *testing.T) {
			l := language(t, lang, "arab")
			if l.Name == "" || l.Dir != "rtl" && l.Dir != "ltr" {
				t.Errorf("got name %q and direction %q", l.Name, l.Dir)
			}
			words := reflect.ValueOf(l.Words)
			for i := range words.NumField() {
				if f := words.Field(i); f.Kind() == reflect.String && words.Type().Field(i).Tag.Get("yaml") != "-" && strings.TrimSpace(f.String()) == "" {
					t.Errorf("words.%s is empty", words.Type().Field(i).Tag.Get("yaml"))
				}
			}
			// Words that scripts and single pages look up by name must have the same names in every language.
			english := reflect.ValueOf(language(t, "en", "").Words)
			for i := range words.NumField() {
				f := words.Field(i)
				if f.Kind() != reflect.Map {
					continue
				}
				name := words.Type().Field(i).Tag.Get("yaml")
				for _, key := range english.Field(i).MapKeys() {
					if !f.MapIndex(key).IsValid() || strings.TrimSpace(f.MapIndex(key).String()) == "" {
						t.Errorf("words.%s.%s is not there", name, key)
					}
				}
				if got, want := f.Len(), english.Field(i).Len(); got != want {
					t.Errorf("words.%s: got %d words, English has %d", name, got, want)
				}
			}
			if len(l.Missing) > 0 {
				t.Errorf("%d words are missing: %s", len(l.Missing), strings.Join(l.Missing, ", "))
			}
			for name, m := range map[string]struct {
				got  map[string]string
				want []string
			}{
				"kinds": {l.Words.Kinds, story.Kinds}, "checks": {l.Words.Checks, story.Checks},
				"polarities": {l.Words.Polarities, story.Polarities}, "shapes": {l.Words.Shapes, story.Shapes},
			} {
				if got := slices.Sorted(maps.Keys(m.got)); !slices.Equal(got, slices.Sorted(slices.Values(m.want))) {
					t.Errorf("words.%s: got %q, want %q", name, got, m.want)
				}
				for key, word := range m.got {
					if word == "" {
						t.Errorf("words.%s.%s is empty", name, key)
					}
				}
			}
			// An unfilled placeholder would reach the page as "{n}".
			said := []string{l.Ordinal(1), l.Ordinal(99), l.Phrase("elsewhere", "a", "b"), l.Phrase("step", "a", "b"), l.Day(time.Unix(0, 0)), l.LengthRange(1, 125)}
			// Every name of the calendar.
			for _, vague := range []string{"2021-21", "2021-22", "2021-23", "2021-24", "2021-33", "2021-34", "2021-35", "2021-36"} {
				said = append(said, l.Date(when(t, edtf.Gregorian, vague)).Text)
			}
			for n := range 21 {
				for _, vague := range []string{fmt.Sprintf("%02dXX", n), fmt.Sprintf("%02d%dX", n, n%10)} {
					said = append(said, l.Date(when(t, edtf.Gregorian, vague)).Text)
				}
			}
			for _, noun := range []string{"days", "events", "hours", "minutes", "reading", "found", "since"} {
				for n := range 104 {
					said = append(said, l.Count(noun, n))
				}
			}
			for m := range 12 {
				for _, other := range edtf.Calendars {
					said = append(said, l.Date(when(t, other, fmt.Sprintf("1400-%02d", m+1))).Text)
				}
				said = append(said, l.Month(time.Month(m+1)), l.ShortDay(time.Date(2025, time.Month(m+1), m+1, 0, 0, 0, 0, time.UTC)))
			}
			for _, s := range said {
				if s == "" || strings.ContainsAny(s, "{}") {
					t.Errorf("got %q, want a finished phrase", s)
				}
			}
		})
	}
}

func TestUnknownLanguageNamesTheKnownOnes(t *testing.T) {
	for _, lang := range []string{"xx", "", "../ar", "AR"} {
		_, err := shipped.For(lang, "")
		if err == nil || !strings.Contains(err.Error(), "there are "+strings.Join(shipped.Languages(), ", ")) {
			t.Errorf("For(%q): got error %v, want one that names the known ones", lang, err)
		}
	}
}

// A language beside the explainers needs no build; what it lacks is English, and is listed.
func TestLanguagesBesideTheExplainers(t *testing.T) {
	beside := func(lang, text string) *locale.Set {
		return locale.Beside(fstest.MapFS{locale.FileOf(lang): &fstest.MapFile{Data: []byte(text)}})
	}
	set := beside("pl", `{name: Polski, quotes: ["„", "”"], words: {article: Historia}, counts: {days: {one: "{n} dzień"}}}`)
	if got := set.Languages(); !slices.Contains(got, "pl") || !slices.Contains(got, "ar") {
		t.Errorf("got languages %v", got)
	}
	l, err := set.For("pl", "")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "own word", l.Words.Article, "Historia")
	same(t, "English word", l.Words.Sources, "Sources")
	same(t, "direction", l.Dir, "ltr")
	same(t, "digits", l.Number(12), "12")
	same(t, "quotation marks", strings.Join(l.Words.Quotes, ""), "„”")
	for _, name := range []string{"words.sources", "counts.days.few", "counts.days.many", "draft.text.title", "months"} {
		if !slices.Contains(l.Missing, name) {
			t.Errorf("%s is not among what is missing", name)
		}
	}
	if slices.Contains(l.Missing, "words.article") || slices.Contains(l.Missing, "counts.days.one") {
		t.Errorf("what is there is called missing: %v", l.Missing)
	}
	// The forms of a noun belong together: in part, the noun is English.
	same(t, "a noun in part", l.Count("days", 5), "5 days")
	changed, err := beside("ar", "words: {article: الحكاية}").For("ar", "")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "a changed word of a shipped language", changed.Words.Article, "الحكاية")
	same(t, "the rest of it", changed.Words.Sources, "المصادر")
	if len(changed.Missing) > 0 {
		t.Errorf("a shipped language lacks %v", changed.Missing)
	}
	same(t, "the shipped language", language(t, "ar", "").Words.Article, "القصة")
	without, err := beside("ar", `phrases: {range: "من {a}"}`).For("ar", "")
	if err != nil || !slices.Contains(without.Missing, "phrases.range {b}") {
		t.Errorf("got %v, %v, want the lost placeholder", without, err)
	}
	same(t, "digits of Persian", locale.InDigits("2025 ٢٠", "arabext"), "۲۰۲۵ ۲۰")
	for text, want := range map[string]string{
		"name: [": "locale/pl.yaml:1:7", "nmae: x": "nmae", "dir: up": "dir is one of ltr, rtl", "months: x": "locale/pl.yaml:1:9",
	} {
		var fault *locale.FileError
		if _, err := beside("pl", text).For("pl", ""); !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v, want one that says %q", text, err, want)
		}
	}
}

// A new file has every word of the English one, without its value; nothing in it is wrong, and everything is counted.
func TestTemplate(t *testing.T) {
	for _, lang := range []string{"de", "pl", "ru", "ur", "yi", "zh-Hant"} {
		t.Run(lang, func(t *testing.T) {
			text, err := locale.Template(lang)
			if err != nil {
				t.Fatal(err)
			}
			set := locale.Beside(fstest.MapFS{locale.FileOf(lang): &fstest.MapFile{Data: text}})
			l, err := set.For(lang, "")
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			none, err := locale.Beside(fstest.MapFS{locale.FileOf(lang): &fstest.MapFile{Data: []byte("name: x")}}).For(lang, "")
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(l.Missing, none.Missing) {
				t.Errorf("got %d words missing, of a file without any %d", len(l.Missing), len(none.Missing))
			}
			same(t, "a word", l.Words.Article, "The story")
			same(t, "a count", l.Count("days", 3), "3 days")
			for _, name := range l.Missing {
				key := name[strings.LastIndex(name, ".")+1:]
				if !strings.Contains(strings.ReplaceAll(string(text), `"`, ""), key+": #") {
					t.Errorf("%s is not there to fill in", name)
				}
			}
		})
	}
	for lang, want := range map[string]string{"ur": "dir: rtl", "pl": "fonts: extended", "ru": "fonts: system", "yi": "fonts: hebrew"} {
		if text, err := locale.Template(lang); err != nil || !strings.Contains(string(text), want+"\n") {
			t.Errorf("%s: %q is not in the file, error %v", lang, want, err)
		}
	}
}
