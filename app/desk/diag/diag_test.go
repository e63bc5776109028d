package diag_test

import (
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
		list.Errorf(at("b", 1, 1), "x", "m")
		list.Errorf(at("a", 10, 1), "x", "m")
		list.Errorf(at("a", 9, 20), "x", "m")
		list.Errorf(at("a", 9, 3), "y", "m")
		list.Errorf(at("a", 9, 3), "x", "n")
		list.Errorf(at("a", 9, 3), "x", "m")
		list.Errorf(at("a", 0, 0), "x", "m")
		list.Sort()
		want := "a: error: m [x]\na:9:3: error: m [x]\na:9:3: error: n [x]\na:9:3: error: m [y]\n" +
			"a:9:20: error: m [x]\na:10:1: error: m [x]\nb:1:1: error: m [x]\n"
		if diff := cmp.Diff(want, printed(&list)); diff != "" {
			t.Errorf("order differs (-want +got):\n%s", diff)
		}
	})
	t.Run("drops exact repetitions, wherever they stand, and nothing else", func(t *testing.T) {
		var list diag.List
		for range 3 {
			list.Errorf(at("a", 1, 1), "x", "once")
			list.Errorf(at("a", 1, 2), "x", "once")
			list.Errorf(at("a", 1, 1), "x", "other")
		}
		list.Sort()
		want := "a:1:1: error: once [x]\na:1:1: error: other [x]\na:1:2: error: once [x]\n"
		if diff := cmp.Diff(want, printed(&list)); diff != "" {
			t.Errorf("list differs (-want +got):\n%s", diff)
		}
	})
}

func TestPrint(t *testing.T) {
	var list diag.List
	list.Errorf(at("t.yaml", 14, 9), "unknown-id", "there is no source %q", "gov-reprt").
		Suggest("gov-report").Notef(at("s.yaml", 3, 5), "defined here").Notef(at("s.yaml", 9, 5), "and here")
	list.Errorf(diag.Pos{File: "v.yaml"}, "missing-file", "there is no such file").Suggest("")
	t.Run("writes place, message and code, then hint and notes indented", func(t *testing.T) {
		want := `t.yaml:14:9: error: there is no source "gov-reprt" [unknown-id]
    did you mean "gov-report"?
    s.yaml:3:5: defined here
    s.yaml:9:5: and here
v.yaml: error: there is no such file [missing-file]
`
		if diff := cmp.Diff(want, printed(&list)); diff != "" {
			t.Errorf("text differs (-want +got):\n%s", diff)
		}
	})
	for _, c := range []struct {
		name string
		list *diag.List
		want string
	}{
		{"an empty list is [] in JSON", &diag.List{}, "[]\n"},
		{"JSON holds the same, its characters as they are", oneOf("<b> & ب"), `[
  {
    "pos": {
      "file": "a",
      "line": 1,
      "column": 2
    },
    "code": "x",
    "message": "<b> & ب"
  }
]
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			if err := c.list.PrintJSON(&b); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, b.String()); diff != "" {
				t.Errorf("JSON differs (-want +got):\n%s", diff)
			}
		})
	}
}

func oneOf(message string) *diag.List {
	var list diag.List
	list.Errorf(at("a", 1, 2), "x", "%s", message)
	return &list
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
