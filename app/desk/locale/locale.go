// Package locale has the words of each language: the page's own words, digits, dates, lengths of time and counted
// nouns.
//
// Each language is one file, <lang>.yaml, embedded here. Plural categories come from CLDR through golang.org/x/text.
// All of this happens at build time: the client receives finished texts.
//
//	l, err := locale.For("ar", "arab")
//	l.Day(date)          // "الخميس ١٦ أكتوبر ٢٠٢٥"
//	l.Count("days", 59)  // "٥٩ يومًا"
package locale

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sharh/app/story"
)

//go:embed *.yaml
var files embed.FS

// Locale is a language with the page's words.
type Locale struct {
	Lang  string
	Name  string // in the language itself
	Dir   string // "rtl" or "ltr"
	Words story.Words

	file   file
	digits string
	tag    language.Tag
}

type file struct {
	Name     string                       `yaml:"name"`
	Dir      string                       `yaml:"dir"`
	Months   []string                     `yaml:"months"`
	Weekdays []string                     `yaml:"weekdays"` // from Sunday
	Dates    map[string]string            `yaml:"dates"`
	Calendar calendar                     `yaml:"calendar"`
	Ordinals []string                     `yaml:"ordinals"` // the first call, the second call …
	Ordinal  string                       `yaml:"ordinal"`  // pattern for later calls
	Counts   map[string]map[string]string `yaml:"counts"`
	Phrases  map[string]string            `yaml:"phrases"`
	Words    story.Words                  `yaml:"words"`
}

// Languages lists the languages for which there is a file.
func Languages() []string {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(path.Base(n), ".yaml")
	}
	return names
}

// parsed caches the languages read so far, as they are in their files. All Locales of a language share these values.
var parsed struct {
	sync.Mutex
	all map[string]Locale
}

// For returns the language lang. digits is "arab" (٠١٢٣) or "latn" (0123); empty means latn. The maps of its Words are
// shared, so the caller must not change them.
func For(lang, digits string) (*Locale, error) {
	parsed.Lock()
	defer parsed.Unlock()
	l, known := parsed.all[lang]
	if !known {
		var err error
		if l, err = parse(lang); err != nil {
			return nil, err
		}
		if parsed.all == nil {
			parsed.all = map[string]Locale{}
		}
		parsed.all[lang] = l
	}
	l.digits = digits
	if l.Words.Offline != nil {
		l.Words.Offline = maps.Clone(l.Words.Offline)
		l.Words.Offline["digits"] = cmp.Or(digits, "latn") // web/offline.js writes sizes itself
	}
	return &l, nil
}

// parse reads the file of a language.
func parse(lang string) (l Locale, err error) {
	data, err := files.ReadFile(lang + ".yaml")
	if err != nil {
		return l, fmt.Errorf("no words for language %q; there are %s", lang, strings.Join(Languages(), ", "))
	}
	l.Lang = lang
	if err := yaml.UnmarshalWithOptions(data, &l.file, yaml.Strict()); err != nil {
		return l, fmt.Errorf("reading the words of language %q: %w", lang, err)
	}
	if l.tag, err = language.Parse(lang); err != nil {
		return l, fmt.Errorf("language %q: %w", lang, err)
	}
	l.Name, l.Dir, l.Words = l.file.Name, l.file.Dir, l.file.Words
	return l, nil
}

// Digits writes the European digits of s in the digits of the language.
func (l *Locale) Digits(s string) string {
	if l.digits != "arab" {
		return s
	}
	return InDigits(s, "arab")
}

// InDigits writes all digits of s, of any kind, as Arabic-Indic digits if system is "arab", otherwise as European ones.
func InDigits(s, system string) string {
	zero := '0'
	if system == "arab" {
		zero = '٠'
	}
	return strings.Map(func(r rune) rune {
		for _, z := range []rune{'0', '٠', '۰'} {
			if r >= z && r <= z+9 {
				return r - z + zero
			}
		}
		return r
	}, s)
}

// Number writes a whole number.
func (l *Locale) Number(n int) string { return l.Digits(strconv.Itoa(n)) }

// Count writes a number with its noun: "days", "calls", "minutes", "found" …
func (l *Locale) Count(noun string, n int) string {
	forms, ok := l.file.Counts[noun]
	if !ok {
		panic(fmt.Sprintf("locale %s: no counted noun %q", l.Lang, noun))
	}
	form, ok := forms[strconv.Itoa(n)] // an exact form, such as "0" or "2"
	if !ok {
		form, ok = forms[categories[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]]
	}
	if !ok {
		form = forms["other"]
	}
	return strings.ReplaceAll(form, "{n}", l.Number(n))
}

var categories = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// Phrase fills a phrase: {a}, {b} … stand for the arguments in order.
func (l *Locale) Phrase(name string, args ...string) string {
	text, ok := l.file.Phrases[name]
	if !ok {
		panic(fmt.Sprintf("locale %s: no phrase %q", l.Lang, name))
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, "{"+string(rune('a'+i))+"}", a)
	}
	return text
}

// Language returns the name of another language in this language, or "" if it is unknown.
func (l *Locale) Language(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	return display.Languages(l.tag).Name(t)
}

// Month is the month's name.
func (l *Locale) Month(m time.Month) string { return l.file.Months[m-1] }

// Ordinal names the nth call.
func (l *Locale) Ordinal(n int) string {
	if n >= 1 && n <= len(l.file.Ordinals) {
		return l.file.Ordinals[n-1]
	}
	return strings.ReplaceAll(l.file.Ordinal, "{n}", l.Number(n))
}

// Length writes a length of time given in minutes, as a plain number. The editor writes words such as "almost".
func (l *Locale) Length(minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return l.Count("minutes", m)
	case m == 0:
		return l.Count("hours", h)
	default:
		return l.Phrase("and", l.Count("hours", h), l.Count("minutes", m))
	}
}

// LengthRange writes the range from the shortest to the longest account of a length.
func (l *Locale) LengthRange(least, most int) string {
	if least == most {
		return l.Length(least)
	}
	return l.Phrase("range", l.Length(least), l.Length(most))
}
