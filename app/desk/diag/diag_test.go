package diag_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/diag"
)

func at(file string, line, column int) diag.Pos {
	return diag.Pos{File: file, Line: line, Column: column}
}

func printed(list *diag.List) string {
	var b strings.Builder
	list.Print(&b)
	return b.String()
}

func TestSort(t *testing.T) {
	t.Run("orders by file, line, column, code and message, as numbers", func(t *testing.T) {
		var list diag.List
		list.Error(at("b", 1, 1), "empty-file", "empty")
		list.Error(at("a", 10, 1), "empty-file", "empty")
		list.Error(at("a", 9, 20), "empty-file", "empty")
		list.Error(at("a", 9, 3), "not-utf8", "bytes")
		list.Error(at("a", 9, 3), "bad-id", "call", diag.Raw("0"))
		list.Error(at("a", 9, 3), "bad-id", "call", diag.Raw("-1"))
		list.Error(at("a", 0, 0), "empty-file", "empty")
		list.Sort()
		want := `a: error: the file is empty [empty-file]
a:9:3: error: call number -1 must be 1 or more [bad-id]
a:9:3: error: call number 0 must be 1 or more [bad-id]
a:9:3: error: the file is not UTF-8 text [not-utf8]
a:9:20: error: the file is empty [empty-file]
a:10:1: error: the file is empty [empty-file]
b:1:1: error: the file is empty [empty-file]
`
		if diff := cmp.Diff(want, printed(&list)); diff != "" {
			t.Errorf("order differs (-want +got):\n%s", diff)
		}
	})
	t.Run("drops exact repetitions, wherever they stand, and nothing else", func(t *testing.T) {
		var list diag.List
		for range 3 {
			list.Error(at("a", 1, 1), "bad-id", "call", diag.Raw("0"))
			list.Error(at("a", 1, 2), "bad-id", "call", diag.Raw("0"))
			list.Error(at("a", 1, 1), "bad-id", "call", diag.Raw("1"))
		}
		list.Sort()
		if list.Len() != 3 {
			t.Errorf("got:\n%s", printed(&list))
		}
	})
}

func TestMute(t *testing.T) {
	var list diag.List
	list.Error(at("a", 1, 1), "empty-file", "empty")
	list.Warn(at("a", 1, 1), "same-text", "same", "en")
	list.Warn(at("a", 1, 1), "lone-actor", "alone", "x")
	list.Mute([]string{"same-text", "empty-file"})
	if e, w := list.Count(diag.Error), list.Count(diag.Warning); e != 1 || w != 1 {
		t.Errorf("got %d errors and %d warnings, want the error, which cannot be muted, and one warning", e, w)
	}
}

const ltr, rtl, fsi, pdi = "\u2066", "\u2067", "\u2068", "\u2069"

// lines are the lines of files, for excerpts.
var lines = map[string][]string{
	"t.yaml": {"calls:", "\tsources: [gov-reprt]", "  ar: قال نعم, وقال: لا", "  ar: يومًا, ثم", "  zh: 中文 no \x1b[31m", strings.Repeat("long ", 100) + "X" + strings.Repeat(" long", 100)},
	"s.yaml": {"sources:", "  - id: gov-report"},
}

func line(file string, n int) (string, bool) {
	if n > len(lines[file]) {
		return "", false
	}
	return lines[file][n-1], true
}

func TestPrinter(t *testing.T) {
	print := func(lang string, add func(list *diag.List)) string {
		var list diag.List
		add(&list)
		var b strings.Builder
		diag.Printer{Lang: lang, Line: line}.Text(&b, &list)
		return b.String()
	}
	for _, c := range []struct {
		name, lang string
		add        func(list *diag.List)
		want       string
	}{
		{"shows both ends of a conflict, each with its line", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 2, 12), "unknown-id", "missing", diag.Say("source"), "gov-reprt").Suggest("gov-report").
				Note(at("s.yaml", 2, 9), "near", diag.Say("source"), "gov-report")
		}, `t.yaml:2:12: error: there is no source "gov-reprt" [unknown-id]
     2 |     sources: [gov-reprt]
       |               ^
    did you mean "gov-report"?
    s.yaml:2:9: source "gov-report" is defined here
     2 |   - id: gov-report
       |         ^
`},
		{"says it in Arabic, with ids and the place isolated", "ar", func(list *diag.List) {
			list.Warn(at("s.yaml", 2, 9), "unused-id", "unused", diag.Say("source"), "gov-report").Advise("use")
		}, "s.yaml:2:9: " + rtl + "تنبيه: لا شيء يحيل إلى «" + fsi + "gov-report" + pdi + "» من قائمة المصادر" + pdi + ` [unused-id]
     2 |   - id: gov-report
       |         ^
` + "    " + rtl + "اذكره في موضعه، أو احذفه" + pdi + "\n"},
		{"puts the caret by cells and the word beside it, where a line is Arabic", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 3, 11), "latin-punctuation", "mark", ",")
			list.Error(at("t.yaml", 3, 14), "latin-punctuation", "mark", ",")
		}, `t.yaml:3:11: error: "," after an Arabic word [latin-punctuation]
     3 | ` + ltr + `  ar: قال نعم, وقال: لا` + pdi + `
       | ` + ltr + `          ^ ` + fsi + "نعم" + pdi + pdi + `
t.yaml:3:14: error: "," after an Arabic word [latin-punctuation]
     3 | ` + ltr + `  ar: قال نعم, وقال: لا` + pdi + `
       | ` + ltr + `             ^` + pdi + "\n"},
		{"gives a vowel sign no cell", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 4, 12), "latin-punctuation", "mark", ",")
		}, `t.yaml:4:12: error: "," after an Arabic word [latin-punctuation]
     4 | ` + ltr + `  ar: يومًا, ثم` + pdi + `
       | ` + ltr + `          ^` + pdi + "\n"},
		{"gives a Chinese character two cells and obeys no escape sequence", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 5, 10), "empty-value", "empty", diag.Say("the-file"))
		}, `t.yaml:5:10: error: the file is empty [empty-value]
     5 |   zh: 中文 no ` + "\ufffd" + `[31m
       |            ^
`},
		{"cuts a long line around the caret", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 6, 501), "empty-value", "empty", diag.Say("the-file"))
		}, `t.yaml:6:501: error: the file is empty [empty-value]
     6 | …ng ` + strings.Repeat("long ", 9) + "X" + strings.Repeat(" long", 9) + ` l…
       |  ` + strings.Repeat(" ", 48) + `^
`},
		{"points behind the end of a line where something is missing", "en", func(list *diag.List) {
			list.Error(at("t.yaml", 1, 7), "empty-value", "empty", diag.Say("the-file"))
		}, `t.yaml:1:7: error: the file is empty [empty-value]
     1 | calls:
       |       ^
`},
		{"shows no line of a file as a whole, or that is not there", "en", func(list *diag.List) {
			list.Error(at("v.yaml", 0, 0), "missing-file", "missing")
			list.Error(at("v.yaml", 3, 1), "empty-file", "empty")
		}, `v.yaml: error: there is no such file [missing-file]
v.yaml:3:1: error: the file is empty [empty-file]
`},
		{"sets an Arabic word apart in English, and shows what cannot be seen", "en", func(list *diag.List) {
			list.Error(at("v.yaml", 0, 0), "unused-id", "unused", diag.Say("source"), "غزة")
			list.Error(at("v.yaml", 0, 0), "unused-id", "unused", diag.Say("source"), "a\u200fb")
			list.Error(at("v.yaml", 0, 0), "unused-id", "unused", diag.Say("source"), strings.Repeat("x", 100))
		}, `v.yaml: error: nothing refers to source "` + fsi + "غزة" + pdi + `" [unused-id]
v.yaml: error: nothing refers to source "a\u200fb" [unused-id]
v.yaml: error: nothing refers to source "` + strings.Repeat("x", 60) + `…" [unused-id]
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, print(c.lang, c.add)); diff != "" {
				t.Errorf("text differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		errors, warnings int
		en, ar           string
	}{
		{0, 0, "no problems", "لا مشكلات"},
		{1, 0, "1 error", "خطأ واحد"},
		{2, 1, "2 errors, 1 warning", "خطآن، تنبيه واحد"},
		{3, 11, "3 errors, 11 warnings", "3 أخطاء، 11 تنبيهًا"},
		{100, 2, "100 errors, 2 warnings", "100 خطأ، تنبيهان"},
	} {
		var list diag.List
		for range c.errors {
			list.Error(at("a", 1, 1), "empty-file", "empty")
		}
		for range c.warnings {
			list.Warn(at("a", 1, 1), "same-text", "same", "en")
		}
		for lang, want := range map[string]string{"en": c.en, "ar": c.ar, "": c.en, "fr": c.en} {
			if got := (diag.Printer{Lang: lang}).Summary(&list); got != want {
				t.Errorf("%s: got %q, want %q", lang, got, want)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	var list diag.List
	var b bytes.Buffer
	if err := (diag.Printer{}).JSON(&b, &list); err != nil || b.String() != "[]\n" {
		t.Errorf("an empty list: got %q, error %v", b.String(), err)
	}
	list.Warn(at("a", 1, 2), "unused-id", "unused", diag.Say("source"), "<b> & c").Advise("use").Note(at("b", 3, 4), "use")
	b.Reset()
	if err := (diag.Printer{Lang: "ar"}).JSON(&b, &list); err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "pos": {
      "file": "a",
      "line": 1,
      "column": 2
    },
    "severity": "warning",
    "code": "unused-id",
    "message": "لا شيء يحيل إلى «` + fsi + "<b> & c" + pdi + `» من قائمة المصادر",
    "hint": "اذكره في موضعه، أو احذفه",
    "notes": [
      {
        "pos": {
          "file": "b",
          "line": 3,
          "column": 4
        },
        "text": "اذكره في موضعه، أو احذفه"
      }
    ]
  }
]
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("JSON differs (-want +got):\n%s", diff)
	}
}

func TestWhatTheCatalogueDoesNotHaveIsNamed(t *testing.T) {
	if got := (diag.Phrase{Code: "no-rule", Variant: "x", Args: []any{1}}).In("ar"); got != "no-rule/x [1]" {
		t.Errorf("got %q", got)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"statements", "sources", "span", "كييف"}
	for _, c := range []struct{ name, word, want string }{
		{"finds a missing letter", "sorces", "sources"},
		{"finds a letter too many", "sourcces", "sources"},
		{"finds a wrong letter", "soarces", "sources"},
		{"counts a swap of neighbours as one slip", "spna", "span"},
		{"counts letters, not bytes", "كيف", "كييف"},
		{"allows more slips in a longer word", "stetemants", "statements"},
		{"finds nothing when nothing is near", "kicker", ""},
		{"finds nothing for nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := diag.Nearest(c.word, known); got != c.want {
				t.Errorf("Nearest(%q): got %q, want %q", c.word, got, c.want)
			}
		})
	}
	t.Run("takes the first by alphabet of equals and leaves the list as it was", func(t *testing.T) {
		list := []string{"cot", "cat"}
		if got := diag.Nearest("cut", list); got != "cat" || list[0] != "cot" {
			t.Errorf("got %q and list %q, want cat and the list unchanged", got, list)
		}
	})
}
