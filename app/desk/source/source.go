// Package source reads the content files of one explainer into records that know their file, line and column.
//
//	var list diag.List
//	set, err := source.Load(os.DirFS("content"), "putin-trump-calls", &list)
//
// err is a failure to read at all (no such folder); what is wrong with the content goes into list, everything in one
// run. Records say what the files say: whether ids exist, texts are translated and dates are dates is for package
// check.
package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

// maxFile is far above what people write, and low enough that a file dropped in by mistake is refused at once.
const maxFile = 4 << 20

// Set is one explainer as written. A file that could not be read leaves its part at the zero value.
type Set struct {
	Slug      string
	Dir       string // the explainer's folder as messages name it
	Explainer Explainer
	Timeline  Timeline
	Actors    Actors
	Ledger    Ledger
	Views     Views
	Sources   Sources
	Glossary  Glossary // of a file that may be missing
	Method    Text     // Markdown, from method.<language>.md, which may be missing

	// Failed names the files that could not be read or parsed: what they define is unknown, not missing.
	Failed map[string]bool
}

// File returns the name under which messages show a file of the explainer.
func (s *Set) File(name string) string { return path.Join(s.Dir, name) }

// Load reads the explainer in folder slug of content. Problems of content are added to list.
func Load(content fs.FS, slug string, list *diag.List) (*Set, error) {
	return LoadAs(content, slug, path.Join("content", slug), list)
}

// LoadAs is Load with the folder's name as messages are to show it.
func LoadAs(content fs.FS, slug, dir string, list *diag.List) (*Set, error) {
	info, err := fs.Stat(content, slug)
	if err != nil {
		return nil, fmt.Errorf("reading explainer %s: %w", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("reading explainer %s: not a folder", dir)
	}
	s := &Set{Slug: slug, Dir: dir, Failed: map[string]bool{}}
	r := reader{content, s, list}
	for _, f := range []struct {
		name     string
		into     any
		optional bool
	}{
		{"explainer.yaml", &s.Explainer, false},
		{"timeline.yaml", &s.Timeline, false},
		{"actors.yaml", &s.Actors, false},
		{"statements.yaml", &s.Ledger, false},
		{"views.yaml", &s.Views, false},
		{"sources.yaml", &s.Sources, false},
		{"glossary.yaml", &s.Glossary, true},
	} {
		if f.optional && !r.exists(f.name) {
			continue
		}
		data, ok := r.read(f.name)
		if !ok || !decode(s.File(f.name), data, f.into, list) {
			s.Failed[f.name] = true
		}
	}
	for i := range s.Explainer.Sections {
		section := &s.Explainer.Sections[i]
		section.Body = Text{ByLang: map[string]String{}, Pos: section.Pos}
		if section.ID.Value != "" {
			r.markdown("sections/"+section.ID.Value, section.Body.ByLang)
		}
	}
	for _, lang := range s.Explainer.Languages {
		// With one language there, the others are missed.
		if r.exists("method." + lang.Value + ".md") {
			s.Method = Text{ByLang: map[string]String{}, Pos: diag.Pos{File: s.File("method." + lang.Value + ".md"), Line: 1, Column: 1}}
			r.markdown("method", s.Method.ByLang)
			break
		}
	}
	return s, nil
}

// Slugs returns the folders of content that hold an explainer, sorted.
func Slugs(content fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(content, ".")
	if err != nil {
		return nil, fmt.Errorf("listing explainers: %w", err)
	}
	var slugs []string
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if _, err := fs.Stat(content, path.Join(e.Name(), "explainer.yaml")); err == nil {
			slugs = append(slugs, e.Name())
		}
	}
	return slugs, nil
}

type reader struct {
	content fs.FS
	set     *Set
	list    *diag.List
}

// exists reports whether the explainer has a file of that name.
func (r reader) exists(name string) bool {
	_, err := fs.Stat(r.content, path.Join(r.set.Slug, name))
	return err == nil
}

// markdown reads a Markdown file in each language of the explainer.
func (r reader) markdown(stem string, into map[string]String) {
	for _, lang := range r.set.Explainer.Languages {
		name := stem + "." + lang.Value + ".md"
		if !fs.ValidPath(name) {
			continue // the id itself is reported by check
		}
		if data, ok := r.read(name); ok {
			text := strings.ReplaceAll(string(data), "\r\n", "\n")
			into[lang.Value] = String{text, diag.Pos{File: r.set.File(name), Line: 1, Column: 1}}
		}
	}
}

func (r reader) read(name string) ([]byte, bool) {
	pos := diag.Pos{File: r.set.File(name)}
	full := path.Join(r.set.Slug, name)
	info, err := fs.Stat(r.content, full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.list.Errorf(pos, "missing-file", "there is no such file")
		return nil, false
	case err == nil && info.IsDir():
		r.list.Errorf(pos, "unreadable-file", "this is a folder, not a file")
		return nil, false
	case err == nil && info.Size() > maxFile:
		r.list.Errorf(pos, "unreadable-file", "the file has %d bytes; the limit is %d", info.Size(), maxFile)
		return nil, false
	}
	data, err := fs.ReadFile(r.content, full)
	if err != nil {
		r.list.Errorf(pos, "unreadable-file", "the file cannot be read: %v", unwrapPath(err))
		return nil, false
	}
	if bad := invalidUTF8(data); bad >= 0 {
		line := 1 + strings.Count(string(data[:bad]), "\n")
		start := strings.LastIndexByte(string(data[:bad]), '\n') + 1
		r.list.Errorf(diag.Pos{File: pos.File, Line: line, Column: 1 + utf8.RuneCount(data[start:bad])}, "not-utf8",
			"the file is not UTF-8 text").Hintf("save it as UTF-8")
		return nil, false
	}
	return []byte(strings.TrimPrefix(string(data), "\ufeff")), true
}

// unwrapPath drops the path that a message already names.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
