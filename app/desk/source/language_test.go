package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// Everything that is wrong with the file of a language is reported in one run, at its place, with a way out. What is
// yet to be filled in is not wrong.
func TestFaultsOfALanguage(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"name: Polski\nmonths: # [January]\nwords: {article: , ledger: Kto?}\ncounts:\n  days: {one: , \"0\": Brak}\n", ""},
		{`nmae: Polski
dir: up
fonts: Latin
families: {text: "url(x)"}
folding: {Ł: l}
months: [styczeń, luty]
dates: {dya: "{day}", month: "{moth} {year}"}
ordinal: "Rozmowa {n}"
counts:
  days: {one: "{n} dzień", fwe: "{x} dni"}
  dyas: {one: "{n} dzień"}
phrases: {and: "{a} i {b} i {c}"}
words:
  article: [Historia]
  article: Historia
  sources: "Źródła {n}"
  dialog: {titel: Udostępnij}
`, `content/locale/pl.yaml:1:1: error: the file has no key "nmae" [unknown-key]
    did you mean "name"?
content/locale/pl.yaml:2:6: error: dir cannot be "up" [bad-value]
    it is one of ltr, rtl
content/locale/pl.yaml:3:8: error: fonts cannot be "Latin" [bad-value]
    it is one of arabic, extended, hebrew, latin, system
content/locale/pl.yaml:4:18: error: "url(x)" is no list of font families [bad-value]
    families are names with commas between them: Georgia, serif
content/locale/pl.yaml:5:11: error: "Ł" never reaches a search so: letters are small and without accents by then [bad-value]
    write "l"
content/locale/pl.yaml:6:9: error: months takes 12 entries and has 2 [bad-value]
content/locale/pl.yaml:7:9: error: dates has no key "dya" [unknown-key]
    did you mean "day"?
content/locale/pl.yaml:7:30: error: nothing is filled in for {moth} here [bad-value]
    what is filled in here: {month}, {year}
content/locale/pl.yaml:10:28: error: "fwe" is no plural form [bad-value]
    forms of this language are one, few, many, other, and a number such as 0 is a form of its own
content/locale/pl.yaml:10:33: error: nothing is filled in for {x} here [bad-value]
    what is filled in here: {n}
content/locale/pl.yaml:11:3: error: counts has no key "dyas" [unknown-key]
    did you mean "days"?
content/locale/pl.yaml:12:16: error: nothing is filled in for {c} here [bad-value]
    what is filled in here: {a}, {b}
content/locale/pl.yaml:14:12: error: article must be a text, not a list [wrong-type]
content/locale/pl.yaml:15:3: error: words has the key "article" twice [duplicate-key]
    content/locale/pl.yaml:14:3: first here
content/locale/pl.yaml:16:12: error: nothing is filled in for {n} here [bad-value]
    delete it; a text that does not change stands here
content/locale/pl.yaml:17:12: error: dialog has no key "titel" [unknown-key]
    did you mean "title"?
`},
		// A list that cannot be read is not too short as well.
		{"months: [[styczeń], luty]\ndir: up\n", `content/locale/pl.yaml:1:10: error: an entry of months must be a text, not a list [wrong-type]
content/locale/pl.yaml:2:6: error: dir cannot be "up" [bad-value]
    it is one of ltr, rtl
`},
		{"name: [Polski\n", `content/locale/pl.yaml:1:7: error: a bracket or a comma is missing [yaml-syntax]
    close what was opened in this line or above it; a text that holds a bracket or a comma stands in quotation marks
`},
	} {
		content := fstest.MapFS{"locale/pl.yaml": &fstest.MapFile{Data: []byte(c.text)}}
		var list diag.List
		source.Language(content, "content", "pl", &list)
		list.Sort()
		var got strings.Builder
		list.Print(&got)
		if diff := cmp.Diff(c.want, got.String()); diff != "" {
			t.Errorf("%s\nproblems differ (-want +got):\n%s", c.text, diff)
		}
	}
}
