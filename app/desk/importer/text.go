package importer

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"

	utf16 "golang.org/x/text/encoding/unicode"

	"sharh/app/desk/diag"
)

// maxFile is the greatest size of a file in bytes. A sheet of a thousand rows has a few hundred kilobytes.
const maxFile = 16 << 20

// text returns the text of a file, whatever its encoding, with line ends as LF. It remarks on an encoding that it had
// to guess.
func (r *reading) text(f File) (string, error) {
	at := diag.Pos{File: f.Name}
	data := f.Data
	var from encoding.Encoding
	switch {
	case len(data) > maxFile:
		return "", Fault{at, diag.Say("import-large", len(data)>>20, maxFile>>20), diag.Phrase{}}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")),
		bytes.HasPrefix(data, []byte("%PDF")):
		return "", Fault{at, diag.Say("import-office", diag.Raw(filepath.Ext(f.Name))), diag.Say("import-save-csv")}
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		from = utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM)
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM)
	case len(data) > 3 && data[1] == 0 && data[3] == 0 && data[0] != 0:
		from = utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	case len(data) > 3 && data[0] == 0 && data[2] == 0 && data[1] != 0:
		from = utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	case utf8.Valid(data):
	default:
		name, table := guess(data)
		from = table
		if name != "" {
			r.remark(lineOf(f.Name, data, invalid(data)), diag.Say("import-encoding", diag.Raw(name), around(data, table)))
		}
	}
	if from != nil {
		read, err := from.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(read, utf8.RuneError) {
			return "", Fault{at, diag.Say("import-unknown-encoding"), diag.Say("import-save-csv")}
		}
		data = read
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' && r != '\v' && r != '\f'
	}) {
		return "", Fault{at, diag.Say("import-binary"), diag.Say("import-save-csv")}
	}
	if strings.TrimSpace(text) == "" {
		return "", Fault{at, diag.Say("import-empty"), diag.Phrase{}}
	}
	return text, nil
}

// guess returns the encoding of Windows in which a text was probably saved: the Arabic one if most of its letters that
// are not ASCII stand beside one another, as those of Arabic words do; otherwise the western one.
func guess(data []byte) (name string, table encoding.Encoding) {
	high, pairs := 0, 0
	for i, c := range data {
		if c >= 0x80 {
			if high++; i > 0 && data[i-1] >= 0x80 {
				pairs++
			}
		}
	}
	if 2*pairs > high {
		return "Windows-1256", charmap.Windows1256
	}
	return "Windows-1252", charmap.Windows1252
}

// around is the word of the first letter that is not ASCII.
func around(data []byte, table encoding.Encoding) string {
	at := invalid(data)
	begin := bytes.LastIndexAny(data[:at], " \t\r\n,;\"") + 1
	end := at + bytes.IndexAny(append(data[at:len(data):len(data)], ' '), " \t\r\n,;\"")
	word, err := table.NewDecoder().Bytes(data[begin:end])
	if err != nil {
		return ""
	}
	return strings.TrimFunc(string(word), unicode.IsPunct)
}

// invalid is the offset of the first byte that is not UTF-8.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}

// lineOf is the line of an offset.
func lineOf[T string | []byte](name string, data T, offset int) diag.Pos {
	line, column := 1, 1
	for _, c := range string(data[:min(max(offset, 0), len(data))]) {
		if column++; c == '\n' {
			line, column = line+1, 1
		}
	}
	return diag.Pos{File: name, Line: line, Column: column}
}
