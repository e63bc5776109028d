// Package draft makes the files of a new explainer: one or two example items of each kind, which the editor replaces,
// with comments that explain each, in the languages of the explainer.
//
//	files, err := draft.Files(draft.Options{Languages: []string{"ar", "en"}, Today: time.Now()})
//
// The templates are in files/; the words are those of package locale. A new draft passes package check; a test
// checks this for every choice of languages.
package draft

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

//go:embed files
var embedded embed.FS

// Options are what the editor chose.
type Options struct {
	Locales   *locale.Set
	Languages []string          // the default one first; each is one of Locales
	Titles    map[string]string // by language; a language without a title gets an example title
	Axis      map[string]string // by language, "rtl" or "ltr"; without an entry the language's own direction
	Calls     bool              // the story is told in telephone calls
	Today     time.Time
}

// withoutCalls replaces words by those for a story without calls.
func withoutCalls(w locale.Draft) locale.Draft {
	w.Note, w.Text = maps.Clone(w.Note), maps.Clone(w.Text)
	for key, s := range w.Alone {
		for _, m := range []map[string]string{w.Note, w.Text} {
			if _, ok := m[key]; ok {
				m[key] = s
			}
		}
	}
	return w
}

// mayStay are the keys of draft texts that an editor may keep unchanged, so that they are not examples.
var mayStay = []string{
	"kicker", "timeline_title", "timeline_lead", "map_title", "map_lead", "section_happened", "section_disputed",
	"speaker_article", "analysts", "institution", "number_value", "number_text", "term_name",
	"relation_kind", "relation_label", "pressure_kind",
	"length_first", "length_second", "summit_label", "statement_fact", "summit_text",
}

// Addresses are the addresses of a draft's example sources.
var Addresses = []string{"https://example.org/first-report", "https://example.org/second-report"}

// Examples lists the texts of a draft that an editor must replace.
func Examples(l *locale.Locale) []string {
	w := l.Draft()
	all := map[string]bool{}
	for _, words := range []map[string]string{w.Text, w.Alone} {
		for key, s := range words {
			if _, text := w.Text[key]; text && !slices.Contains(mayStay, key) {
				all[s] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Kept returns a text of a draft without calls that an editor may keep, such as the heading of the timeline.
func Kept(l *locale.Locale, key string) (string, error) {
	text := withoutCalls(l.Draft()).Text[key]
	if !slices.Contains(mayStay, key) || text == "" {
		return "", fmt.Errorf("a draft has no text %q that may stay", key)
	}
	return text, nil
}

// Ask returns a sentence of the dialogue with the editor; about fills its placeholders {a} and {b}.
func Ask(l *locale.Locale, name string, about ...string) string {
	s := l.Draft().Ask[name]
	if s == "" {
		panic(fmt.Sprintf("draft: nothing to ask by the name of %q", name))
	}
	for i, a := range about {
		s = strings.ReplaceAll(s, "{"+string(rune('a'+i))+"}", a)
	}
	return s
}

// Files returns the files of the folder by their path in it.
func Files(o Options) (map[string][]byte, error) {
	if len(o.Languages) == 0 {
		return nil, fmt.Errorf("an explainer needs a language")
	}
	p := page{Options: o, words: map[string]locale.Draft{}, Digits: map[string]string{}}
	axis := map[string]string{}
	for i, lang := range o.Languages {
		if slices.Contains(o.Languages[:i], lang) {
			return nil, fmt.Errorf("language %q is named twice", lang)
		}
		l, err := o.Locales.For(lang, "")
		if err != nil {
			return nil, err
		}
		w := l.Draft()
		if !o.Calls {
			w = withoutCalls(w)
		}
		p.words[lang], p.Digits[lang], axis[lang] = w, l.System(), l.Dir
		switch to := o.Axis[lang]; to {
		case "":
		case "rtl", "ltr":
			axis[lang] = to
		default:
			return nil, fmt.Errorf("time runs rtl or ltr, not %q", to)
		}
	}
	p.Axis = axis

	files := map[string][]byte{}
	err := fs.WalkDir(embedded, "files", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := embedded.ReadFile(name)
		if err != nil {
			return err
		}
		out := strings.TrimPrefix(name, "files/")
		stem, markdown := strings.CutSuffix(out, ".md")
		if !markdown {
			files[out], err = p.fill(path.Base(name), string(text), "")
			return err
		}
		for _, lang := range o.Languages {
			if files[stem+"."+lang+".md"], err = p.fill(path.Base(name), string(text), lang); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("laying out a draft: %w", err)
	}
	return files, nil
}

type page struct {
	Options
	Digits map[string]string
	words  map[string]locale.Draft
}

// fill fills a template. lang is the language of a Markdown file; a YAML file holds every language.
func (p page) fill(name, text, lang string) ([]byte, error) {
	t, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"join": func(all []string) string { return strings.Join(all, ", ") },
		"day":  func(days int) string { return p.Today.AddDate(0, 0, days).Format(time.DateOnly) },
		// each writes a mapping from language to a word, in one line.
		"each": func(by map[string]string) string {
			var parts []string
			for _, l := range p.Languages {
				parts = append(parts, l+": "+by[l])
			}
			return "{" + strings.Join(parts, ", ") + "}"
		},
		// note writes a comment, an indented line for each language.
		"note": func(indent int, key string) (string, error) {
			var lines []string
			for _, l := range p.Languages {
				note, ok := p.words[l].Note[key]
				if !ok {
					return "", fmt.Errorf("no note %q in %q", key, l)
				}
				lines = append(lines, "# "+note)
			}
			return strings.Join(lines, "\n"+strings.Repeat(" ", indent)), nil
		},
		// text writes a text in each language, each on its own indented line.
		"text": func(indent int, key string) (string, error) {
			return p.lines(indent, func(l string) (string, bool) { s, ok := p.words[l].Text[key]; return s, ok })
		},
		"title": func(indent int) (string, error) {
			return p.lines(indent, func(l string) (string, bool) {
				if s := strings.TrimSpace(p.Titles[l]); s != "" {
					return inDigits(s, p.Digits[l]), true
				}
				s, ok := p.words[l].Text["title"]
				return s, ok
			})
		},
		"say": func(key string) (string, error) {
			s, ok := p.words[lang].Text[key]
			if !ok {
				return "", fmt.Errorf("no text %q in %q", key, lang)
			}
			return s, nil
		},
	}).Parse(text)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return nil, err
	}
	// Remove the space that a template leaves after a colon if the value begins on the next line.
	return []byte(strings.ReplaceAll(b.String(), ": \n", ":\n")), nil
}

// inDigits writes the numbers of a title in the digits of its language. Names with Latin letters, such as F-16, keep
// their digits.
func inDigits(title, system string) string {
	latin, before := regexp.MustCompile(`\p{Latin}`), ""
	return regexp.MustCompile(`\S+`).ReplaceAllStringFunc(title, func(word string) string {
		name := latin.MatchString(before) || latin.MatchString(word)
		before = word
		if name && system != "latn" {
			return word
		}
		return locale.InDigits(word, system)
	})
}

func (p page) lines(indent int, get func(lang string) (string, bool)) (string, error) {
	var b strings.Builder
	for _, l := range p.Languages {
		s, ok := get(l)
		if !ok {
			return "", fmt.Errorf("a text is missing in %q", l)
		}
		b.WriteString("\n" + strings.Repeat(" ", indent) + l + ": " + source.Scalar(s))
	}
	return b.String(), nil
}
