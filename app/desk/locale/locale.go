// Package locale has the words of each language: the page's own words, digits, dates, lengths of time and counted
// nouns.
//
// Each language is one file, <lang>.yaml, embedded here or in the folder locale beside the explainers. It has all that
// a language needs: these words, those of `sharh new` and of the preview, quotation marks, digits, direction, fonts,
// and what its search folds. [File] describes it, and content/README.md for those who write one. en.yaml is the
// measure: what it has, every language needs, and its comments say what a word is for ([Template]). To ship a language,
// put its finished file here; a test finds what it lacks.
//
// Plural categories come from CLDR through golang.org/x/text. All of this happens at build time: the client receives
// finished texts.
//
//	l, err := locale.Beside(content).For("ar", "arab")
//	l.Day(date)          // "الخميس ١٦ أكتوبر ٢٠٢٥"
//	l.Count("days", 59)  // "٥٩ يومًا"
package locale

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
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

// Folder is the folder of the languages beside the explainers.
const Folder = "locale"

// Systems are the kinds of digits: 0123, ٠١٢٣ and ۰۱۲۳.
var Systems = []string{"latn", "arab", "arabext"}

var zeros = map[string]rune{"latn": '0', "arab": '٠', "arabext": '۰'}

// Set is the languages that an explainer can have: those that are shipped, and those of the files beside the
// explainers. A file beside them for a language that is shipped changes only the words that it gives. A nil Set has
// those that are shipped.
type Set struct{ content fs.FS }

// Beside returns the languages of the explainers in content.
func Beside(content fs.FS) *Set { return &Set{content} }

// Locale is a language with the page's words.
type Locale struct {
	Lang    string
	Name    string // in the language itself
	Dir     string // "rtl" or "ltr"
	Words   story.Words
	Missing []string // the words that its file lacks, by place in the file; English ones stand for them

	file   File
	digits string
	tag    language.Tag
}

// Languages lists the languages for which there is a file.
func (s *Set) Languages() []string {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	if s != nil {
		if more, err := fs.Glob(s.content, path.Join(Folder, "*.yaml")); err == nil {
			names = append(names, more...)
		}
	}
	var all []string
	for _, n := range names {
		if lang := strings.TrimSuffix(path.Base(n), ".yaml"); IsLanguage(lang) {
			all = append(all, lang)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Shipped reports whether there is a file of the language in the program.
func Shipped(lang string) bool {
	_, err := files.Open(lang + ".yaml")
	return err == nil
}

// IsLanguage reports whether lang is the code of a language, as BCP 47 writes it.
func IsLanguage(lang string) bool {
	tag, err := language.Parse(lang)
	return err == nil && tag.String() == lang && tag != language.Und
}

// An UnknownError says that there is no file for a language.
type UnknownError struct {
	Lang  string
	There []string // the languages that there are
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no words for language %q; there are %s", e.Lang, strings.Join(e.There, ", "))
}

// A FileError is what is wrong with the file of a language, and where.
type FileError struct {
	File         string // in the folder of the explainers
	Line, Column int
	Fault        string
}

func (e *FileError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Fault)
}

// parsed has the languages as they were last read. All Locales of a language share these values.
var parsed struct {
	sync.Mutex
	all map[string]parsedFile
}

type parsedFile struct {
	own    string // the text of the file beside the explainers
	locale Locale
}

// For returns the language lang. digits is one of [Systems]; if empty, they are those of the language. The maps of its
// Words are shared, so the caller must not change them.
func (s *Set) For(lang, digits string) (*Locale, error) {
	own, err := s.own(lang)
	if err != nil {
		return nil, err
	}
	parsed.Lock()
	defer parsed.Unlock()
	known, there := parsed.all[lang]
	if !there || known.own != own {
		l, err := s.parse(lang, own)
		if err != nil {
			return nil, err
		}
		if parsed.all == nil {
			parsed.all = map[string]parsedFile{}
		}
		known = parsedFile{own, l}
		parsed.all[lang] = known
	}
	l := known.locale
	l.digits = cmp.Or(digits, l.file.Digits)
	if l.Words.Offline != nil {
		l.Words.Offline = maps.Clone(l.Words.Offline)
		l.Words.Offline["digits"] = l.digits // web/offline.js writes sizes itself
	}
	return &l, nil
}

// FileOf is the place of a language's file in the folder of the explainers.
func FileOf(lang string) string { return path.Join(Folder, lang+".yaml") }

// own returns the text of the file beside the explainers, or "".
func (s *Set) own(lang string) (string, error) {
	if s == nil || !IsLanguage(lang) {
		return "", nil
	}
	data, err := fs.ReadFile(s.content, FileOf(lang))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("reading the words of language %q: %w", lang, err)
	}
	return string(data), nil
}

// parse reads the files of a language.
func (s *Set) parse(lang, own string) (l Locale, err error) {
	shipped, err := files.ReadFile(lang + ".yaml")
	if err != nil && own == "" || !IsLanguage(lang) {
		return l, &UnknownError{lang, s.Languages()}
	}
	l.Lang, l.tag = lang, language.Make(lang)
	var f File
	for _, text := range []string{string(shipped), own} {
		var part File
		if err := yaml.UnmarshalWithOptions([]byte(text), &part, yaml.Strict()); err != nil && !errors.Is(err, io.EOF) {
			return l, faultOf(lang, err)
		}
		merge(reflect.ValueOf(&f).Elem(), reflect.ValueOf(part))
	}
	for _, fault := range f.Faults(lang) {
		if fault.Kind == Choice || fault.Kind == NoFamilies {
			return l, &FileError{FileOf(lang), 1, 1, fault.String()}
		}
	}
	l.Missing = f.missing(l.tag)
	l.file = f.whole(l.tag)
	l.Name, l.Dir, l.Words = l.file.Name, l.file.Dir, l.file.Words
	l.Words.Quotes, l.Words.OpenGraph, l.Words.Fonts = l.file.Quotes, l.file.OpenGraph, l.file.Fonts
	for _, from := range slices.Sorted(maps.Keys(l.file.Folding)) {
		l.Words.Folding = append(l.Words.Folding, from, l.file.Folding[from])
	}
	return l, nil
}

func faultOf(lang string, err error) error {
	e := &FileError{FileOf(lang), 1, 1, err.Error()}
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		e.Fault = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			e.Line, e.Column = t.Position.Line, t.Position.Column
		}
	}
	return e
}

// english has the words that stand for what other languages lack.
var english = sync.OnceValue(func() *File {
	data, err := files.ReadFile("en.yaml")
	var f File
	if err == nil {
		err = yaml.UnmarshalWithOptions(data, &f, yaml.Strict())
	}
	if err != nil {
		panic(err) // our own file; every test reads it
	}
	return &f
})

// Draft has the words of a new explainer.
func (l *Locale) Draft() Draft { return l.file.Draft }

// Preview has the words of the preview, with the direction and the digits of the language.
func (l *Locale) Preview() map[string]string {
	all := maps.Clone(l.file.Preview)
	all["dir"], all["digits"] = l.Dir, l.file.Digits
	return all
}

// Families are the font families of the language; empty where pages have fonts for it.
func (l *Locale) Families() Families { return l.file.Families }

// Joined are letters that are written joined before a name.
func (l *Locale) Joined() string { return l.file.Joined }

// Lookalikes are letters that keyboards put in the place of the language's own, with the right one.
func (l *Locale) Lookalikes() map[string]string { return l.file.Lookalikes }

// System is the kind of digits, one of [Systems].
func (l *Locale) System() string { return l.digits }

// Digits writes the European digits of s in the digits of the language.
func (l *Locale) Digits(s string) string {
	if l.digits == "latn" {
		return s
	}
	return InDigits(s, l.digits)
}

// InDigits writes all digits of s, of any kind, in those of a system, one of [Systems].
func InDigits(s, system string) string {
	zero, ok := zeros[system]
	if !ok {
		zero = '0'
	}
	return strings.Map(func(r rune) rune {
		if system := SystemOf(r); system != "" {
			return r - zeros[system] + zero
		}
		return r
	}, s)
}

// SystemOf returns the kind of a digit, or "" for any other character.
func SystemOf(r rune) string {
	switch {
	case r >= '0' && r <= '9':
		return "latn"
	case r >= '٠' && r <= '٩':
		return "arab"
	case r >= '۰' && r <= '۹':
		return "arabext"
	}
	return ""
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
