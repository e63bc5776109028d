// Package diag holds problems found in content as data. Translating and printing them are separate steps, so the
// command line, JSON and the overlay of a previewed page show the same list, in English or Arabic.
//
//	var list diag.List
//	list.Error(pos, "unknown-id", "missing", diag.Say("actor"), id).Suggest(diag.Nearest(id, known))
//	list.Sort()
//	diag.Printer{Lang: "ar"}.Text(os.Stderr, &list)
//
// The texts are in en.yaml and ar.yaml, under the rule's code and the variant's name: a title and the reason for `sharh
// help`, and every message, hint and note. A test reads the calls in our source and checks that every text exists.
package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Severity says whether a problem stops the build.
type Severity string

// An Error stops the build and cannot be muted; a Warning does neither.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Pos is a place in a content file. Line and Column are 1-based; Column counts characters, not bytes. A zero Line
// means the file as a whole.
type Pos struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Note points at a second place that helps to understand a Diagnostic: the other end of a conflict.
type Note struct {
	Pos  Pos
	Text Phrase
}

// Diagnostic is one problem.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	Code     string // stable name of the rule, "unknown-id"
	Message  Phrase
	Hint     Phrase // how to solve the problem; may be empty
	Notes    []Note
}

// Suggest sets the hint to "did you mean …?". It does nothing if name is empty.
func (d *Diagnostic) Suggest(name string) *Diagnostic {
	if name != "" {
		d.Hint = Say("near", name)
	}
	return d
}

// Advise sets the hint to a text of the same rule.
func (d *Diagnostic) Advise(variant string, args ...any) *Diagnostic {
	d.Hint = Phrase{d.Code, variant, args}
	return d
}

// Note adds a text of the same rule at another place.
func (d *Diagnostic) Note(pos Pos, variant string, args ...any) *Diagnostic {
	d.Notes = append(d.Notes, Note{pos, Phrase{d.Code, variant, args}})
	return d
}

// List collects problems. Its zero value is ready to use.
type List struct {
	items []*Diagnostic
}

func (l *List) add(s Severity, pos Pos, code, variant string, args []any) *Diagnostic {
	d := &Diagnostic{Pos: pos, Severity: s, Code: code, Message: Phrase{code, variant, args}}
	l.items = append(l.items, d)
	return d
}

// Error adds an error and returns it, to be given a hint or notes.
func (l *List) Error(pos Pos, code, variant string, args ...any) *Diagnostic {
	return l.add(Error, pos, code, variant, args)
}

// Warn adds a warning and returns it.
func (l *List) Warn(pos Pos, code, variant string, args ...any) *Diagnostic {
	return l.add(Warning, pos, code, variant, args)
}

// Add adds a problem of another list.
func (l *List) Add(d *Diagnostic) { l.items = append(l.items, d) }

// Merge adds all of other.
func (l *List) Merge(other List) { l.items = append(l.items, other.items...) }

// Len returns the number of problems, warnings among them.
func (l *List) Len() int { return len(l.items) }

// Count returns the number of problems of one severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.items {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// All returns the problems in their present order.
func (l *List) All() []*Diagnostic { return l.items }

// Mute drops the warnings with one of the codes. Errors always stay.
func (l *List) Mute(codes []string) {
	l.items = slices.DeleteFunc(l.items, func(d *Diagnostic) bool {
		return d.Severity == Warning && slices.Contains(codes, d.Code)
	})
}

// Sort orders by file, line, column, code and message, and drops exact repetitions.
func (l *List) Sort() {
	type keyed struct {
		*Diagnostic
		text string // rendered once, not at each comparison
	}
	all := make([]keyed, len(l.items))
	for i, d := range l.items {
		all[i] = keyed{d, d.Message.String()}
	}
	compare := func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), a.Pos.Line-b.Pos.Line, a.Pos.Column-b.Pos.Column,
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.text, b.text))
	}
	slices.SortStableFunc(all, compare)
	all = slices.CompactFunc(all, func(a, b keyed) bool { return compare(a, b) == 0 })
	l.items = l.items[:0]
	for _, k := range all {
		l.items = append(l.items, k.Diagnostic)
	}
}

// Print writes the list in English, without quoting lines of the files.
func (l *List) Print(w io.Writer) { Printer{}.Text(w, l) }
