package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Printer writes a list for people or for programs.
type Printer struct {
	Lang string // "en" or "ar"; empty means English
	// Line returns the text of a line so that it can be shown; file is the name as messages have it. Nil shows no lines.
	Line func(file string, line int) (string, bool)
}

// Text writes one problem after the other as "file:line:column: error: message [code]", then the line with a caret
// under the column, the hint, and the notes, each with its own line.
func (p Printer) Text(w io.Writer, list *List) {
	for _, d := range list.items {
		p.head(w, d.Pos, Say(string(d.Severity)).In(p.Lang)+": "+d.Message.In(p.Lang), " ["+d.Code+"]", "")
		p.excerpt(w, d.Pos)
		if hint := d.Hint.In(p.Lang); hint != "" {
			fmt.Fprintf(w, "    %s\n", Isolated(p.Lang, hint))
		}
		for _, n := range d.Notes {
			p.head(w, n.Pos, n.Text.In(p.Lang), "", "    ")
			p.excerpt(w, n.Pos)
		}
	}
}

// head writes a position and a message. The position is at the left in every language, so that editors and terminals
// recognise it; an Arabic message is isolated from it.
func (p Printer) head(w io.Writer, pos Pos, message, code, indent string) {
	fmt.Fprintf(w, "%s%s: %s%s\n", indent, pos, Isolated(p.Lang, message), code)
}

// Summary says how many problems there are.
func (p Printer) Summary(list *List) string {
	c := catalogueOf(p.Lang)
	var parts []string
	if n := list.Count(Error); n > 0 {
		parts = append(parts, Say("errors", n).In(p.Lang))
	}
	if n := list.Count(Warning); n > 0 {
		parts = append(parts, Say("warnings", n).In(p.Lang))
	}
	if len(parts) == 0 {
		return Say("no-problems").In(p.Lang)
	}
	return strings.Join(parts, c.Comma)
}

// JSON writes the list as a JSON array, with texts in the printer's language.
func (p Printer) JSON(w io.Writer, list *List) error {
	type note struct {
		Pos  Pos    `json:"pos"`
		Text string `json:"text"`
	}
	type item struct {
		Pos      Pos      `json:"pos"`
		Severity Severity `json:"severity"`
		Code     string   `json:"code"`
		Message  string   `json:"message"`
		Hint     string   `json:"hint,omitempty"`
		Notes    []note   `json:"notes,omitempty"`
	}
	items := []item{} // null would surprise a program that expects an array
	for _, d := range list.items {
		i := item{d.Pos, d.Severity, d.Code, d.Message.In(p.Lang), d.Hint.In(p.Lang), nil}
		for _, n := range d.Notes {
			i.Notes = append(i.Notes, note{n.Pos, n.Text.In(p.Lang)})
		}
		items = append(items, i)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(items); err != nil {
		return fmt.Errorf("printing problems as JSON: %w", err)
	}
	return nil
}

// excerptWidth is how many columns of a long line are shown, around the caret.
const excerptWidth = 96

// excerpt writes the line of pos and a caret under its column.
//
// Terminals fall into two groups. Most put each character into the next cell, in the order of the file. There the caret
// is under the right character of an Arabic line too, if columns are counted as the terminal counts them: no cell for a
// vowel sign, two for a Chinese character or an emoji. A tab is written as spaces.
//
// The other terminals reorder Arabic for reading, and a caret made of spaces cannot point into a reordered word. Two
// things help there. The line and the caret line are isolated as left to right, so that the text before the Arabic
// keeps its columns. And the word that is meant is repeated beside the caret, so that the reader can find it in the
// line. Both lines have the isolates, so a terminal that shows an isolate as a cell shifts both lines alike.
func (p Printer) excerpt(w io.Writer, pos Pos) {
	if p.Line == nil || pos.Line == 0 {
		return
	}
	line, ok := p.Line(pos.File, pos.Line)
	if !ok {
		return
	}
	cells, caret := layOut(line, pos.Column)
	from, to := 0, len(cells)
	if len(cells) > excerptWidth {
		from = max(0, min(caret-excerptWidth/2, len(cells)-excerptWidth))
		to = min(len(cells), from+excerptWidth)
	}
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(cells) {
		after = "…"
	}
	shown := before + strings.TrimRight(strings.Join(cells[from:to], ""), " ") + after
	under := strings.Repeat(" ", len([]rune(before))+caret-from) + "^"
	open, end := "", ""
	if hasRTL(shown) {
		open, end = leftToRight, popIsolate
		if word := wordAt(line, pos.Column); hasRTL(word) {
			under += " " + firstStrong + word + popIsolate
		}
	}
	number := fmt.Sprintf("%6d", pos.Line)
	fmt.Fprintf(w, "%s | %s%s%s\n", number, open, shown, end)
	fmt.Fprintf(w, "%s | %s%s%s\n", strings.Repeat(" ", len(number)), open, under, end)
}

// layOut cuts a line into the cells of a terminal and returns the cell of a column. A character that is two cells wide
// is followed by an empty string; a character without width is part of the cell before it.
func layOut(line string, column int) (cells []string, caret int) {
	const tab = 4
	caret = -1
	at := 0
	for _, r := range strings.ToValidUTF8(line, "\ufffd") {
		at++
		if at == column {
			caret = len(cells)
		}
		switch {
		case r == '\t':
			cells = append(cells, " ")
			for len(cells)%tab != 0 {
				cells = append(cells, " ")
			}
		case unicode.In(r, unicode.Mn, unicode.Me) && len(cells) > 0:
			cells[len(cells)-1] += string(r)
			if at == column {
				caret = len(cells) - 1
			}
		case unshown(r):
			cells = append(cells, "\ufffd") // the terminal must not obey an escape sequence in content
		default:
			cells = append(cells, string(r))
			if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
				cells = append(cells, "")
			}
		}
	}
	if caret < 0 {
		caret = len(cells) // just behind the end, where something is missing
	}
	return cells, caret
}

// wordAt is the word around a column.
func wordAt(line string, column int) string {
	runes := []rune(strings.ToValidUTF8(line, "\ufffd"))
	in := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.In(runes[i], unicode.L, unicode.M, unicode.N, unicode.Cf))
	}
	from := column - 1
	if !in(from) {
		return ""
	}
	to := from
	for in(from - 1) {
		from--
	}
	for in(to) {
		to++
	}
	return plain(string(runes[from:to]))
}
