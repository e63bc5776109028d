// Package diag holds problems found in content, as data: printing them is a separate step, so that the command line,
// JSON and a page overlay show the same list.
//
//	var list diag.List
//	list.Errorf(pos, "unknown-id", "actor %q is not defined", id).Suggest(diag.Nearest(id, known))
//	list.Sort()
//	list.Print(os.Stderr)
package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"unicode/utf8"
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

// Note points at a second place that helps to understand a Diagnostic.
type Note struct {
	Pos  Pos    `json:"pos"`
	Text string `json:"text"`
}

// Diagnostic is one problem.
type Diagnostic struct {
	Pos     Pos    `json:"pos"`
	Code    string `json:"code"` // stable name of the rule, "unknown-id"
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"` // the way out
	Notes   []Note `json:"notes,omitempty"`
}

// Suggest sets the hint to "did you mean …?" unless name is empty.
func (d *Diagnostic) Suggest(name string) *Diagnostic {
	if name != "" {
		d.Hint = fmt.Sprintf("did you mean %q?", name)
	}
	return d
}

// Hintf sets the hint.
func (d *Diagnostic) Hintf(format string, args ...any) *Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Notef adds a note at another place.
func (d *Diagnostic) Notef(pos Pos, format string, args ...any) *Diagnostic {
	d.Notes = append(d.Notes, Note{pos, fmt.Sprintf(format, args...)})
	return d
}

// List collects problems. Its zero value is ready to use.
type List struct {
	items []*Diagnostic
}

// Errorf adds an error and returns it, to be given a hint or notes.
func (l *List) Errorf(pos Pos, code, format string, args ...any) *Diagnostic {
	d := &Diagnostic{Pos: pos, Code: code, Message: fmt.Sprintf(format, args...)}
	l.items = append(l.items, d)
	return d
}

// Merge adds all of other.
func (l *List) Merge(other List) { l.items = append(l.items, other.items...) }

// Len returns the number of problems.
func (l *List) Len() int { return len(l.items) }

// All returns the problems in their present order.
func (l *List) All() []*Diagnostic { return l.items }

// Sort orders by file, line, column, code and message, and drops exact repetitions.
func (l *List) Sort() {
	less := func(a, b *Diagnostic) bool {
		switch {
		case a.Pos.File != b.Pos.File:
			return a.Pos.File < b.Pos.File
		case a.Pos.Line != b.Pos.Line:
			return a.Pos.Line < b.Pos.Line
		case a.Pos.Column != b.Pos.Column:
			return a.Pos.Column < b.Pos.Column
		case a.Code != b.Code:
			return a.Code < b.Code
		default:
			return a.Message < b.Message
		}
	}
	sort.SliceStable(l.items, func(i, j int) bool { return less(l.items[i], l.items[j]) })
	kept := l.items[:0]
	for i, d := range l.items {
		if i > 0 && !less(l.items[i-1], d) {
			continue
		}
		kept = append(kept, d)
	}
	l.items = kept
}

// Print writes one problem after the other as "file:line:column: error: message [code]", hints and notes indented.
func (l *List) Print(w io.Writer) {
	for _, d := range l.items {
		fmt.Fprintf(w, "%s: error: %s [%s]\n", d.Pos, d.Message, d.Code)
		if d.Hint != "" {
			fmt.Fprintf(w, "    %s\n", d.Hint)
		}
		for _, n := range d.Notes {
			fmt.Fprintf(w, "    %s: %s\n", n.Pos, n.Text)
		}
	}
}

// PrintJSON writes the same list as a JSON array.
func (l *List) PrintJSON(w io.Writer) error {
	items := l.items
	if items == nil {
		items = []*Diagnostic{}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(items); err != nil {
		return fmt.Errorf("printing problems as JSON: %w", err)
	}
	return nil
}

// Nearest returns the candidate closest to name, or "" when none is close enough to be a likely slip: at most one
// edit for each three characters.
func Nearest(name string, candidates []string) string {
	limit := max(1, utf8.RuneCountInString(name)/3)
	best, bestDistance := "", limit+1
	sorted := append([]string(nil), candidates...)
	sort.Strings(sorted)
	for _, c := range sorted {
		if d := distance([]rune(name), []rune(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is the number of insertions, deletions, substitutions and swaps of neighbours that turn a into b.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
