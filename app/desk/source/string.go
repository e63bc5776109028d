package source

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

// String is a text and its position.
type String struct {
	Value string
	Pos   diag.Pos

	// spots are positions in the file of some characters of Value. The characters after a spot follow it side by side, or
	// begin a new line after a line end, up to the next spot. They are needed because YAML folds lines and has escapes.
	// Nil if the positions are unknown.
	spots []spot
}

type spot struct{ offset, line, column int }

// At returns the position of the character that begins at a byte offset of Value.
func (s String) At(offset int) diag.Pos {
	i := sort.Search(len(s.spots), func(i int) bool { return s.spots[i].offset > offset }) - 1
	if i < 0 || offset > len(s.Value) {
		return s.Pos
	}
	line, column := advance(s.spots[i].line, s.spots[i].column, s.Value[s.spots[i].offset:offset])
	return diag.Pos{File: s.Pos.File, Line: line, Column: column}
}

// advance returns the position after a text that begins at line and column.
func advance(line, column int, text string) (int, int) {
	if n := strings.LastIndexByte(text, '\n'); n >= 0 {
		line += strings.Count(text, "\n")
		column = 1
		text = text[n+1:]
	}
	return line, column + utf8.RuneCountInString(text)
}

// file is a text file cut into lines.
type file struct {
	text  string
	lines []int // offset of each line

	// The line asked for last, and the offsets of its characters. Values come in the order of the file, so this avoids
	// scanning a very long line again for each value.
	recent  int
	columns []int
}

func newFile(text string) *file {
	f := &file{text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// line returns the offsets of a line's characters, followed by the offset of its end. Lines are 1-based.
func (f *file) line(n int) []int {
	if n < 1 || n > len(f.lines) {
		return nil
	}
	if n == f.recent {
		return f.columns
	}
	begin, end := f.lines[n-1], len(f.text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	f.recent, f.columns = n, f.columns[:0]
	for i := range f.text[begin:end] {
		f.columns = append(f.columns, begin+i)
	}
	f.columns = append(f.columns, end)
	return f.columns
}

// style is how a YAML scalar is written.
type style byte

const (
	plainStyle  style = 0
	singleStyle style = '\''
	doubleStyle style = '"'
	blockStyle  style = '|' // and >
)

// locate finds the positions of value's characters. value is a scalar whose token is at line and column, according to
// the parser. The parser's positions are sometimes wrong (for a plain text followed by spaces), so locate compares
// value with the file and returns nil if they do not agree.
func (f *file) locate(value string, line, column int, style style) []spot {
	columns := f.line(line)
	if columns == nil || column < 1 || value == "" {
		return nil
	}
	last := len(columns) // column of the line's end
	column = min(column, last)
	cursor := func(column int) *cursor { return &cursor{f.text[columns[column-1]:], line, column} }
	switch style {
	case blockStyle:
		// The text begins on the line after | or >, as if a line were folded there.
		return cursor(last).align(value, style)
	case singleStyle, doubleStyle:
		if column == last || f.text[columns[column-1]] != byte(style) {
			return nil
		}
		return cursor(column+1).align(value, style)
	}
	const tries = 100
	for c := column; c >= 1 && c > column-tries; c-- {
		if c > 1 && !strings.ContainsRune(" \t[{,:-?", rune(f.text[columns[c-2]])) {
			continue
		}
		if spots := cursor(c).align(value, style); spots != nil {
			return spots
		}
	}
	return nil
}

// cursor walks through a file by characters.
type cursor struct {
	rest         string
	line, column int
}

func (c *cursor) take(n int) string {
	s := c.rest[:n]
	c.line, c.column = advance(c.line, c.column, s)
	c.rest = c.rest[n:]
	return s
}

// align goes through the file and through the parsed value side by side, and returns the positions of the value's
// characters. It returns nil if the two do not agree.
func (c *cursor) align(value string, style style) []spot {
	var spots []spot
	line, column := 0, 0 // expected position of the next character; if it is right, no spot is needed
	for i := 0; i < len(value); {
		at := *c
		n := 0 // number of bytes of value that the next piece of the file produces
		blank := len(c.rest) - len(strings.TrimLeft(c.rest, " \t\n"))
		switch {
		case c.rest == "":
			return nil
		case blank > 0:
			run := c.take(blank)
			breaks := strings.Count(run, "\n")
			if breaks == 0 {
				if !strings.HasPrefix(value[i:], run) {
					return nil
				}
				n = len(run)
				break
			}
			// Line ends are folded: a single one becomes a space, each further one a line end. In a block the value also keeps
			// white space. All white space of the value belongs to this run, unless double quotes add more by an escape.
			n = len(value[i:]) - len(strings.TrimLeft(value[i:], " \t\n"))
			if style == doubleStyle {
				n = min(n, max(1, breaks-1))
			}
			if n == 0 && !(style == blockStyle && i == 0) {
				return nil
			}
		case style == doubleStyle && c.rest[0] == '\\':
			made, ok := c.escape()
			if !ok || !strings.HasPrefix(value[i:], made) {
				return nil
			}
			if n = len(made); n == 0 {
				continue // an escaped line end, which produces nothing
			}
		case style == singleStyle && strings.HasPrefix(c.rest, "''"):
			c.take(2)
			if value[i] != '\'' {
				return nil
			}
			n = 1
		default:
			r, size := utf8.DecodeRuneInString(c.rest)
			if got, _ := utf8.DecodeRuneInString(value[i:]); got != r {
				return nil
			}
			c.take(size)
			n = size
		}
		if n > 0 && (spots == nil || at.line != line || at.column != column) {
			spots = append(spots, spot{i, at.line, at.column})
			line, column = at.line, at.column
		}
		line, column = advance(line, column, value[i:i+n])
		i += n
	}
	return spots
}

// escapes are the escape sequences of one character.
var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// escape reads an escape sequence and returns what it stands for.
func (c *cursor) escape() (string, bool) {
	if len(c.rest) < 2 {
		return "", false
	}
	kind := c.rest[1]
	c.take(1)
	if kind == '\n' {
		c.take(len(c.rest) - len(strings.TrimLeft(c.rest, " \t\n")))
		return "", true
	}
	c.take(1)
	if s, ok := escapes[kind]; ok {
		return s, true
	}
	size := map[byte]int{'x': 2, 'u': 4, 'U': 8}[kind]
	if size == 0 || len(c.rest) < size {
		return "", false
	}
	n, err := strconv.ParseUint(c.take(size), 16, 32)
	return string(rune(n)), err == nil
}
