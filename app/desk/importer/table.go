package importer

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

// maxRows is the greatest number of items of a file: ten times what a page is made for.
const maxRows = 2000

// table is a sheet with a row of headings.
type table struct {
	file    string
	columns []string // as they are written
	rows    []row
	of      map[string]int // index of a column by its folded name
	used    map[string]bool
	marked  bool // its texts may be Markdown or HTML
}

// row is a row of a table.
type row struct {
	table  *table
	cells  []string
	places [][2]int // line and column of each cell
	of     string   // kind and id of the record that it is, once that is known
}

// folded is the name of a column without what people write in different ways: "End Date", "end_date", "EndDate".
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// readTable reads a table whose cells are separated by commas, semicolons or tabs.
func readTable(file, text string) (*table, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	reader.Comma = separator(text)
	t := &table{file: file}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			at := lineOf(file, text, 0)
			at.Line, at.Column = wrong.Line, wrong.Column
			if errors.Is(wrong.Err, csv.ErrQuote) && wrong.StartLine != wrong.Line {
				at.Line, at.Column = wrong.StartLine, 0
			}
			return nil, Fault{at, diag.Say("import-quotes"), diag.Say("import-quotes-way")}
		}
		if err != nil {
			return nil, err // a string has no other errors
		}
		empty := true
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
			empty = empty && cells[i] == ""
		}
		if empty {
			continue
		}
		if t.columns == nil {
			if !isHint(strings.Join(cells, string(reader.Comma))) {
				t.head(cells)
			}
			continue
		}
		r := row{table: t, cells: cells}
		for i := range cells {
			line, column := reader.FieldPos(i)
			r.places = append(r.places, [2]int{line, column})
		}
		if t.rows = append(t.rows, r); len(t.rows) > maxRows {
			return nil, Fault{r.at(), diag.Say("import-rows", maxRows), diag.Say("import-rows-way")}
		}
	}
	return t, nil
}

// head takes the names of the columns. Of two that have the same name the first one counts.
func (t *table) head(names []string) {
	t.columns, t.of, t.used = names, map[string]int{}, map[string]bool{}
	for i, c := range names {
		if _, twice := t.of[folded(c)]; folded(c) != "" && !twice {
			t.of[folded(c)] = i
		}
	}
}

// hint is a first line by which Excel knows the separator.
const hint = "sep="

func isHint(line string) bool {
	return strings.HasPrefix(strings.ToLower(line), hint) && utf8.RuneCountInString(line) <= len(hint)+1
}

// separator is the character that separates cells: the one of which the first line has most.
func separator(text string) rune {
	first, rest, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if isHint(first) {
		first, _, _ = strings.Cut(rest, "\n")
	}
	best, most := ',', strings.Count(first, ",")
	for _, c := range []rune{';', '\t'} {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// has tells whether the table has all of the columns, each by its folded name.
func (t *table) has(names ...string) bool {
	for _, name := range names {
		if _, ok := t.of[name]; !ok {
			return false
		}
	}
	return true
}

// get returns the cell of the first column of these names that is there and filled in. Names are folded.
func (r row) get(names ...string) string {
	found := ""
	for _, name := range names {
		if i, ok := r.table.of[name]; ok {
			r.table.used[name] = true
			if i < len(r.cells) && found == "" {
				found = r.cells[i]
			}
		}
	}
	return found
}

// heading is the name, as it is written, of the first of the named columns that has something in this row, or "".
func (r row) heading(names ...string) string {
	for _, name := range names {
		if i, ok := r.table.of[name]; ok && i < len(r.cells) && r.cells[i] != "" {
			return r.table.columns[i]
		}
	}
	return ""
}

// at is the place of a row or, if it has one of the named columns, of that cell. Columns count bytes.
func (r row) at(names ...string) diag.Pos {
	for _, name := range names {
		if i, ok := r.table.of[name]; ok && i < len(r.places) && r.cells[i] != "" {
			return diag.Pos{File: r.table.file, Line: r.places[i][0], Column: r.places[i][1]}
		}
	}
	return diag.Pos{File: r.table.file, Line: r.places[0][0], Column: 1}
}

// left returns the names and the cells of columns that nobody has read.
func (t *table) left() (columns []string) {
	for i, name := range t.columns {
		if f := folded(name); f != "" && !t.used[f] && t.of[f] == i {
			columns = append(columns, name)
		}
	}
	return columns
}

// first cuts a text to be shown in a message.
func first(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > 60 {
		text = string([]rune(text)[:60]) + "…"
	}
	return text
}
