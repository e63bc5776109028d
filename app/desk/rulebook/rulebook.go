// Package rulebook explains the rules of content: `sharh help <code>` shows its texts.
//
// The explanation of a rule is in the catalogues of package diag. Its examples are its test cases,
// testdata/<code>.txtar in packages check and source. So they are written only once, and they are always true: the
// wrong example is checked each time it is shown.
//
//	rulebook.Explain(os.Stdout, "unknown-id", "ar")
package rulebook

import (
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

// Case is a rule's test case: files that keep the rule, files that break it, and the problems reported for the latter.
//
// It is a txtar archive whose comment describes the rule in words. Its files replace those of the smallest explainer,
// source/testdata/minimal.txtar: good/… for the rule kept, bad/… for the rule broken. Files in beside/… are those of
// other explainers, beside/bridge/explainer.yaml. Files ….base64 are pictures, which are no text. The file want is
// the list of problems, as printed in English. Three lines of the comment are settings:
//
//	without: views.yaml                              files that are missing in bad
//	folders: good/bridge bad/Bridge                  names that the explainer's folder takes in turn, instead of one
//	help: bad/sources.yaml:2 good/sources.yaml:2-4   which problem and which lines are the examples
type Case struct {
	Code    string
	archive *txtar.Archive
	checked bool // the rule is in package check, not in package source
}

// CaseOf returns the case of a rule.
func CaseOf(code string) (Case, bool) {
	for checked, cases := range map[bool]fs.FS{true: check.Cases, false: source.Cases} {
		if data, err := fs.ReadFile(cases, "testdata/"+code+".txtar"); err == nil {
			return Case{code, txtar.Parse(data), checked}, true
		}
	}
	return Case{}, false
}

// setting returns the words after a key in the comment of the archive.
func (c Case) setting(key string) []string {
	if c.archive == nil {
		return nil // the zero Case stands for the smallest explainer
	}
	for line := range strings.Lines(string(c.archive.Comment)) {
		if words, ok := strings.CutPrefix(line, key+":"); ok {
			return strings.Fields(words)
		}
	}
	return nil
}

// Has reports whether there are files of a part, "good" or "bad".
func (c Case) Has(part string) bool {
	for _, f := range c.archive.Files {
		if strings.HasPrefix(f.Name, part+"/") {
			return true
		}
	}
	return len(c.folders(part)) > 0
}

// folders returns the names that the explainer's folder takes in a part, if the case is about them.
func (c Case) folders(part string) []string {
	var names []string
	for _, word := range c.setting("folders") {
		if name, ok := strings.CutPrefix(word, part+"/"); ok {
			names = append(names, name)
		}
	}
	return names
}

// Files returns the smallest explainer, in folder x, with the files of a part in place of its own.
func (c Case) Files(part string) fstest.MapFS {
	files := fstest.MapFS{}
	minimal, err := fs.ReadFile(source.Cases, "testdata/minimal.txtar")
	if err != nil {
		panic(err) // cannot happen: the file is embedded
	}
	for _, f := range txtar.Parse(minimal).Files {
		files["x/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	if part == "bad" {
		for _, name := range c.setting("without") {
			delete(files, "x/"+name)
		}
	}
	if c.archive == nil {
		return files
	}
	for _, f := range c.archive.Files {
		if path.Dir(f.Name) == locale.Folder { // beside the explainers
			files[f.Name] = &fstest.MapFile{Data: f.Data}
			continue
		}
		if other, ok := strings.CutPrefix(f.Name, "beside/"); ok {
			files[other] = &fstest.MapFile{Data: f.Data}
			continue
		}
		name, ok := strings.CutPrefix(f.Name, part+"/")
		if !ok {
			continue
		}
		for other := range files {
			if strings.HasPrefix("x/"+name, other+"/") {
				delete(files, other) // this name must become a folder
			}
		}
		data := f.Data
		if file, ok := strings.CutSuffix(name, ".base64"); ok {
			var err error
			if data, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(data))); err != nil {
				panic(err) // cannot happen: the case is embedded, and tested
			}
			name = file
		}
		files["x/"+name] = &fstest.MapFile{Data: data}
	}
	return files
}

// Problems reads the files of a part and, if the rule is in package check, checks them. It leaves out warnings of other
// rules, because a case is about one rule.
func (c Case) Problems(part string) (*source.Set, *diag.List) {
	var list diag.List
	var last *source.Set
	files := c.Files(part)
	take := func(folder, shown string) {
		set, err := source.LoadAs(files, folder, shown, &list)
		if err != nil {
			panic(err) // cannot happen: the folder was made above
		}
		if c.checked {
			check.Run(set, &list)
			list.Mute(slices.DeleteFunc(check.Warnings(), func(w string) bool { return w == c.Code }))
		}
		last = set
	}
	names := c.folders(part)
	for _, name := range names {
		for file, data := range maps.Clone(files) {
			if rest, ok := strings.CutPrefix(file, "x/"); ok {
				files[path.Join(name, rest)] = data
			}
		}
		take(name, name)
	}
	if len(names) == 0 {
		take("x", "")
	}
	list.Sort()
	return last, &list
}

// Want returns the problems that the case expects for its bad files.
func (c Case) Want() string {
	for _, f := range c.archive.Files {
		if f.Name == "want" {
			return string(f.Data)
		}
	}
	return ""
}

// WithWant returns the archive with another list of expected problems.
func (c Case) WithWant(want string) []byte {
	files := c.archive.Files[:len(c.archive.Files):len(c.archive.Files)]
	if n := len(files); n > 0 && files[n-1].Name == "want" {
		files = files[:n-1]
	}
	files = append(files, txtar.File{Name: "want", Data: []byte(want)})
	return txtar.Format(&txtar.Archive{Comment: c.archive.Comment, Files: files})
}

// example returns the file and lines of a part that the comment names as the example.
func (c Case) example(part string) (name string, from, to int) {
	for _, word := range c.setting("help") {
		place, ok := strings.CutPrefix(word, part+"/")
		if !ok {
			continue
		}
		name, lines, _ := strings.Cut(place, ":")
		first, last, ranged := strings.Cut(lines, "-")
		from, _ = strconv.Atoi(first)
		if to = from; ranged {
			to, _ = strconv.Atoi(last)
		}
		return name, from, to
	}
	return "", 0, 0
}

// Wrong returns the problem of the wrong example in a list of its own. The list is empty if there is none.
func (c Case) Wrong() diag.List {
	var one diag.List
	name, line, _ := c.example("bad")
	_, all := c.Problems("bad")
	for _, d := range all.All() {
		if d.Code == c.Code && (name == "" || d.Pos.File == name && d.Pos.Line == line) {
			one.Add(d)
			break
		}
	}
	return one
}

// Right returns the lines of the right example.
func (c Case) Right() []string {
	name, from, to := c.example("good")
	var lines []string
	for i := from; i <= to; i++ {
		if line, ok := c.line("good", name, i); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

func (c Case) line(part, name string, n int) (string, bool) {
	f, ok := c.Files(part)[path.Join("x", name)]
	if !ok {
		return "", false
	}
	lines := strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n")
	if n < 1 || n > len(lines) {
		return "", false
	}
	return lines[n-1], true
}

// Topics writes the list of all rules.
func Topics(w io.Writer, lang string) {
	fmt.Fprintf(w, "%s\n\n", diag.Say("help-topics").In(lang))
	mutable := map[string]bool{}
	for _, code := range check.Warnings() {
		mutable[code] = true
	}
	for _, r := range diag.Rules(lang) {
		mark := " "
		if mutable[r.Code] {
			mark = "w"
		}
		fmt.Fprintf(w, "%s %-20s %s\n", mark, r.Code, diag.Isolated(lang, r.Title))
	}
}

// Explain writes what a rule requires, why, and a wrong and a right example. It returns false, and writes nothing, if
// there is no such rule.
func Explain(w io.Writer, code, lang string) bool {
	for _, r := range diag.Rules(lang) {
		if r.Code != code {
			continue
		}
		fmt.Fprintf(w, "%s\n%s\n\n%s\n", code, r.Title, wrap(r.Why))
		severity := "help-error"
		for _, warning := range check.Warnings() {
			if warning == code {
				severity = "help-warning"
			}
		}
		fmt.Fprintf(w, "\n%s\n", diag.Say(severity).In(lang))
		if severity == "help-warning" {
			fmt.Fprintf(w, "%s\n", diag.Say("help-muting", diag.Raw(code)).In(lang))
		}
		if c, ok := CaseOf(code); ok {
			c.examples(w, lang)
		}
		return true
	}
	return false
}

// wrap breaks a paragraph into lines.
func wrap(text string) string {
	const width = 90
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+n > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

func (c Case) examples(w io.Writer, lang string) {
	if wrong := c.Wrong(); wrong.Len() > 0 {
		fmt.Fprintf(w, "\n%s\n\n", diag.Say("help-wrong").In(lang))
		line := func(file string, n int) (string, bool) { return c.line("bad", file, n) }
		diag.Printer{Lang: lang, Line: line}.Text(w, &wrong)
	}
	if right := c.Right(); len(right) > 0 {
		fmt.Fprintf(w, "\n%s\n\n", diag.Say("help-right").In(lang))
		for _, line := range right {
			fmt.Fprintf(w, "    %s\n", line)
		}
	}
}
