// Package source reads the content files of one explainer into records that know their file, line and column.
//
//	var list diag.List
//	set, err := source.Load(os.DirFS("content"), "putin-trump-calls", &list)
//
// err means that nothing could be read (for example, no such folder). Problems of the content go into list, all in one
// run. The records are only what the files contain: package check checks that ids exist, texts are translated and dates
// are valid.
package source

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// maxFile is the greatest size of a file in bytes. It is far above what people write, and low enough that a large file
// put there by mistake is refused at once.
const maxFile = 4 << 20

// Cases are the test cases of the rules about reading, and minimal.txtar, the smallest explainer without problems.
//
//go:embed testdata/*.txtar
var Cases embed.FS

// Set is one explainer as written. If a file could not be read, its field has the zero value. The tag of a field names
// its file, and says whether that may be missing.
type Set struct {
	Slug      string
	Dir       string      // the explainer's folder, as messages name it
	Locales   *locale.Set // the languages that it can have
	Explainer Explainer   `file:"explainer.yaml"`
	Steps     Steps       `file:"steps.yaml,optional"`
	Timeline  Timeline    `file:"timeline.yaml,optional"`
	Actors    Actors      `file:"actors.yaml,optional"`
	Ledger    Ledger      `file:"statements.yaml,optional"`
	Views     Views       `file:"views.yaml,optional"`
	Sources   Sources     `file:"sources.yaml"`
	Glossary  Glossary    `file:"glossary.yaml,optional"`
	Method    Text        `text:"blocks"` // Markdown, from method.<language>.md, which may be missing

	// Failed has the names of the files that could not be read or parsed. Rules must not treat the items they define as
	// missing.
	Failed map[string]bool
	// Missing has the names of the optional files that are not there.
	Missing map[string]bool

	// Media are the files in its folder media/, by name.
	Media map[string]*Medium

	// Others are the explainers beside it.
	Others *Others
}

// A File is a content file whose records are a field of Set.
type File struct {
	Name     string // "timeline.yaml"
	Optional bool   // it may be missing
	Index    int    // of the field
	Type     reflect.Type
}

// FilesOfRecords lists the content files that hold records, in the order in which they are read.
func FilesOfRecords() (all []File) {
	for f := range reflect.TypeFor[Set]().Fields() {
		if name, rest, _ := strings.Cut(f.Tag.Get("file"), ","); name != "" {
			all = append(all, File{Name: name, Optional: rest == "optional", Index: f.Index[0], Type: f.Type})
		}
	}
	return all
}

// File returns the name of one of the explainer's files as messages show it.
func (s *Set) File(name string) string { return path.Join(s.Dir, name) }

// Load reads the explainer in folder slug of content. Problems of content are added to list.
func Load(content fs.FS, slug string, list *diag.List) (*Set, error) {
	return LoadAs(content, slug, path.Join("content", slug), list)
}

// LoadAs is like Load; dir is the folder's name for messages.
func LoadAs(content fs.FS, slug, dir string, list *diag.List) (*Set, error) {
	info, err := fs.Stat(content, slug)
	if err != nil {
		return nil, fmt.Errorf("reading explainer %s: %w", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("reading explainer %s: not a folder", dir)
	}
	s := &Set{
		Slug: slug, Dir: dir, Locales: locale.Beside(content), Failed: map[string]bool{}, Missing: map[string]bool{},
		Others: &Others{content, slug, path.Dir(dir)},
	}
	l := loader{content, s, list}
	l.records()
	l.headings()
	for i := range s.Explainer.Sections {
		section := &s.Explainer.Sections[i]
		if section.ID.Value != "" {
			section.Body = Text{ByLang: map[string]String{}, Pos: section.Pos}
			l.markdown("sections/"+section.ID.Value, &section.Body)
		}
	}
	for _, lang := range s.Explainer.Written() {
		// If the file exists in one language, it must exist in all.
		if l.exists("method." + lang.Value + ".md") {
			start := diag.Pos{File: s.File("method." + lang.Value + ".md"), Line: 1, Column: 1}
			s.Method = Text{ByLang: map[string]String{}, Pos: start}
			l.markdown("method", &s.Method)
			break
		}
	}
	l.media()
	return s, nil
}

// records reads the files of records, at the same time, since reading YAML takes the longest of all that is read. What
// is to be said of them stands in the order of the files.
func (l loader) records() {
	files := FilesOfRecords()
	lists := make([]diag.List, len(files))
	read := make([]bool, len(files))
	var wait sync.WaitGroup
	for i, f := range files {
		if f.Optional && !l.exists(f.Name) {
			l.set.Missing[f.Name] = true
			continue
		}
		into := reflect.ValueOf(l.set).Elem().Field(f.Index).Addr().Interface()
		wait.Go(func() {
			own := loader{l.content, l.set, &lists[i]}
			data, ok := own.read(f.Name)
			read[i] = ok && decode(l.set.File(f.Name), data, into, l.exists, own.list)
		})
	}
	wait.Wait()
	for i, f := range files {
		l.list.Merge(lists[i])
		if !read[i] && !l.set.Missing[f.Name] {
			l.set.Failed[f.Name] = true
		}
	}
}

// headings reports keys that the story needs because it has a timeline, a map or weights.
func (l loader) headings() {
	e := &l.set.Explainer
	if l.set.Failed["explainer.yaml"] || e.Pos.Line == 0 { // it is no record, which has been reported
		return
	}
	missing := func(at diag.Pos, given bool, name string) {
		if !given {
			l.list.Error(at, "missing-key", "missing", diag.Say("the-file"), name).Advise("add", diag.Raw(name))
		}
	}
	if len(l.set.Timeline.Calls)+len(l.set.Timeline.Events) > 0 {
		missing(e.Pos, e.Span.Pos.Line > 0, "span")
		missing(e.Pos, e.Timeline.Pos.Line > 0, "timeline")
	}
	if len(l.set.Actors.Actors) > 0 {
		missing(e.Pos, e.Map.Pos.Line > 0, "map")
	}
	weighed := func(r Relation) bool { return r.Weight.Pos.Line > 0 }
	if i := slices.IndexFunc(l.set.Actors.Relations, weighed); i >= 0 {
		missing(l.set.Actors.Relations[i].Weight.Pos, l.set.Actors.Weights.Given(), "weights")
	}
}

// Locale returns a language of the explainer, with the digits that it chooses.
func (s *Set) Locale(lang string) (*locale.Locale, error) {
	return s.Locales.For(lang, s.Explainer.Digits.In(lang))
}

// Preview makes the languages that are being prepared languages like the others, for pages that only their writers see.
// What one of them lacks is in the default language.
func (s *Set) Preview() {
	e := &s.Explainer
	Walk(s, func(t *Text, _ reflect.StructTag) {
		if !t.Given() || len(e.Languages) == 0 {
			return
		}
		for _, lang := range e.Preparing {
			if _, there := t.ByLang[lang.Value]; !there {
				t.ByLang[lang.Value] = t.ByLang[e.Languages[0].Value]
			}
		}
	})
	e.Languages, e.Preparing = e.Written(), nil
}

// Publish removes the languages that are being prepared, with all their texts.
func (s *Set) Publish() {
	Walk(s, func(t *Text, _ reflect.StructTag) {
		for _, lang := range s.Explainer.Preparing {
			delete(t.ByLang, lang.Value)
		}
	})
	s.Explainer.Preparing = nil
}

// Slugs returns the folders of content that hold an explainer, sorted. It skips hidden folders, such as the leftovers
// of an interrupted sharh new. Package check checks whether a name is a valid slug.
func Slugs(content fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(content, ".")
	if err != nil {
		return nil, fmt.Errorf("listing explainers: %w", err)
	}
	var slugs []string
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		// A folder whose explainer.yaml cannot be read is included, so that the problem is reported.
		if _, err := fs.Stat(content, path.Join(e.Name(), "explainer.yaml")); !errors.Is(err, fs.ErrNotExist) {
			slugs = append(slugs, e.Name())
		}
	}
	return slugs, nil
}

type loader struct {
	content fs.FS
	set     *Set
	list    *diag.List
}

// exists reports whether the explainer has a file of that name.
func (l loader) exists(name string) bool {
	_, err := fs.Stat(l.content, path.Join(l.set.Slug, name))
	return err == nil
}

// markdown reads a Markdown file in each language of the explainer. In a language that is being prepared it may be
// missing.
func (l loader) markdown(stem string, into *Text) {
	for i, lang := range l.set.Explainer.Written() {
		name := stem + "." + lang.Value + ".md"
		if i >= len(l.set.Explainer.Languages) && fs.ValidPath(name) && !l.exists(name) {
			continue
		}
		if !fs.ValidPath(name) {
			into.Broken = append(into.Broken, lang.Value) // check reports the id
			continue
		}
		text, ok := l.read(name)
		if ok && strings.TrimSpace(text) == "" {
			l.list.Error(diag.Pos{File: l.set.File(name)}, "empty-file", "empty")
			ok = false
		}
		if !ok {
			into.Broken = append(into.Broken, lang.Value)
			continue
		}
		into.ByLang[lang.Value] = String{text, diag.Pos{File: l.set.File(name), Line: 1, Column: 1}, []spot{{0, 1, 1}}}
	}
}

// read returns a file's text without a byte order mark; all line ends are \n.
func (l loader) read(name string) (string, bool) {
	pos := diag.Pos{File: l.set.File(name)}
	full := path.Join(l.set.Slug, name)
	info, err := fs.Stat(l.content, full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.list.Error(pos, "missing-file", "missing")
		return "", false
	case err == nil && info.IsDir():
		l.list.Error(pos, "unreadable-file", "folder")
		return "", false
	case err == nil && info.Size() > maxFile:
		l.list.Error(pos, "unreadable-file", "large", int(info.Size()>>10), maxFile>>10)
		return "", false
	}
	data, err := fs.ReadFile(l.content, full)
	switch {
	case errors.Is(err, fs.ErrPermission):
		l.list.Error(pos, "unreadable-file", "permission").Advise("permit")
		return "", false
	case err != nil:
		l.list.Error(pos, "unreadable-file", "other", diag.Raw(unwrapPath(err).Error()))
		return "", false
	}
	if strings.HasPrefix(string(data), "\xff\xfe") || strings.HasPrefix(string(data), "\xfe\xff") {
		l.list.Error(pos, "not-utf8", "utf-16").Advise("save")
		return "", false
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if bad := invalidUTF8(text); bad >= 0 {
		pos.Line, pos.Column = advance(1, 1, text[:bad])
		if name, word := legacy(text, bad); name != "" {
			l.list.Error(pos, "not-utf8", "looks", diag.Raw(name), word).Advise("reopen", diag.Raw(name))
		} else {
			l.list.Error(pos, "not-utf8", "bytes").Advise("save")
		}
		return "", false
	}
	return text, true
}

// unwrapPath removes the path from an error, because the message names the file already.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// legacy guesses in which encoding of Windows a text was saved: the Arabic one if the word at an offset has hardly any
// ASCII letters, otherwise the western one. It returns its name and how the word reads in it, or "" if it reads as no
// word.
func legacy(text string, at int) (name, word string) {
	ends := func(r rune) bool { return r <= ' ' }
	begin := strings.LastIndexFunc(text[:at], ends) + 1
	end := len(text)
	if n := strings.IndexFunc(text[at:], ends); n >= 0 {
		end = at + n
	}
	raw := strings.Trim(text[begin:end], ".,;:!?()\"'*[]{}")
	high := 0
	for i := range len(raw) {
		if raw[i] >= 0x80 {
			high++
		}
	}
	name, table := "Windows-1252", charmap.Windows1252
	if high > 1 && 5*high >= 4*len(raw) {
		name, table = "Windows-1256", charmap.Windows1256
	}
	word, err := table.NewDecoder().String(raw)
	if err != nil || len(raw) > 60 || !strings.ContainsFunc(word, unicode.IsLetter) ||
		strings.ContainsFunc(word, func(r rune) bool { return r == utf8.RuneError || unicode.IsControl(r) }) {
		return "", ""
	}
	return name, strings.TrimFunc(word, unicode.IsPunct)
}

func invalidUTF8(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
