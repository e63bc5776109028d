package check_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/rulebook"
	"sharh/app/desk/source"
)

var golden = flag.Bool("golden", false, "rewrite what the cases in testdata want")

func printed(list *diag.List) string {
	var out strings.Builder
	list.Print(&out)
	return out.String()
}

// Each rule has one file, testdata/<code>.txtar: the files under bad/ break the rule, those under good/ keep it, and
// want lists the problems of the bad ones. See package rulebook.
func TestRules(t *testing.T) {
	left := map[string]bool{}
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		left[name] = true
	}
	for _, rule := range check.Rules {
		t.Run(rule.Code, func(t *testing.T) {
			name := filepath.Join("testdata", rule.Code+".txtar")
			delete(left, name)
			c, ok := rulebook.CaseOf(rule.Code)
			if !ok {
				t.Fatalf("there is no %s", name)
			}
			if !c.Has("good") {
				t.Error("there are no good files")
			}
			if _, list := c.Problems("good"); list.Len() > 0 {
				t.Errorf("good files: got problems, want none:\n%s", printed(list))
			}
			_, list := c.Problems("bad")
			got := printed(list)
			if *golden {
				if err := os.WriteFile(name, c.WithWant(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(c.Want(), got); diff != "" {
				t.Errorf("bad files: problems differ (-want +got):\n%s", diff)
			}
			found := false
			for _, d := range list.All() {
				if d.Code != rule.Code {
					continue
				}
				found = true
				if d.Severity != rule.Severity {
					t.Errorf("%s: got %s, want %s", d.Pos, d.Severity, rule.Severity)
				}
			}
			if !found {
				t.Errorf("bad files: got no problem of the rule %s", rule.Code)
			}
		})
	}
	for name := range left {
		t.Errorf("%s belongs to no rule", name)
	}
}

// Any number of steps works, but only five to eight get no warning.
func TestStepsAreCounted(t *testing.T) {
	for n, want := range map[int]string{0: "0 steps,", 1: "1 step,", 4: "4 steps,", 5: "", 8: "", 9: "9 steps,", 12: "12 steps,"} {
		const step = "{headline: {en: They talk}, sentences: [{kind: fact, text: {en: They talk.}, sources: [gazette]}], shows: {actors: [ana]}}"
		files := rulebook.Case{}.Files("")
		files["x/steps.yaml"] = &fstest.MapFile{Data: []byte("steps: [" + strings.TrimSuffix(strings.Repeat(step+", ", n), ", ") + "]")}
		files["x/explainer.yaml"].Data = regexp.MustCompile(`(?m)^key_points:\n.*\n`).ReplaceAll(files["x/explainer.yaml"].Data, nil)
		var list diag.List
		set, err := source.LoadAs(files, "x", "", &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		got := printed(&list)
		if want == "" && got != "" || want != "" && (strings.Count(got, "\n") != 1 || !strings.Contains(got, ": warning: "+want)) {
			t.Errorf("%d steps: got %q, want one warning of %q, or none", n, got, want)
		}
	}
}

func TestMinimalExplainerHasNotEvenWarnings(t *testing.T) {
	set, list := rulebook.Case{}.Problems("")
	check.Run(set, list)
	if list.Len() > 0 {
		t.Errorf("got problems, want none:\n%s", printed(list))
	}
}

// What takes the place of a withdrawn explainer is another one that readers can read, or a page elsewhere.
func TestSuccessors(t *testing.T) {
	const withdrawn = "\nwithdrawn: {date: 2025-12-09, reason: {en: It was never so.}"
	files := rulebook.Case{}.Files("")
	of := func(slug, more string) {
		files[slug+"/explainer.yaml"] = &fstest.MapFile{Data: append(slices.Clone(files["x/explainer.yaml"].Data), more...)}
	}
	of("well", "")
	of("draft", "\nlisted: false\n")
	of("gone", withdrawn+"}\n")
	of("gone-on", withdrawn+", successor: well}\n")
	files["broken/explainer.yaml"] = &fstest.MapFile{Data: []byte("[")}
	own := files["x/explainer.yaml"].Data
	for successor, want := range map[string]string{
		"well": "", "https://example.org/a/b?c=d#e": "", "broken": "",
		"x":                      "takes its own place",
		"wll":                    `there is no explainer "wll" to take its place [bad-move]` + "\n    did you mean \"well\"?",
		"quarterly":              "or delete the key",
		"draft":                  "says listed: false",
		"gone":                   `"gone", which takes its place, was withdrawn too [bad-move]` + "\n    name the folder of another",
		"gone-on":                "name well, which takes the place of that one",
		"http://example.org/":    `"http://example.org/" is not the address of a page`,
		"https://":               "is not the address of a page",
		"../well":                "is not the address of a page",
		"javascript:alert(1)":    "is not the address of a page",
		`"https://a.example/ x"`: "is not the address of a page",
	} {
		files["x/explainer.yaml"] = &fstest.MapFile{Data: append(slices.Clone(own), withdrawn+", successor: "+successor+"}\n"...)}
		var list diag.List
		set, err := source.LoadAs(files, "x", "", &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		got := printed(&list)
		if want == "" && got != "" || !strings.Contains(got, want) || strings.Count(got, "[bad-move]") > 1 {
			t.Errorf("%s: got %q, want %q", successor, got, want)
		}
	}
}

// A notice needs its day, and its reason in each language; of the rest errors are still found, and warnings no more.
func TestNoticeIsWhole(t *testing.T) {
	const unused = "actors:\n  - {id: ana, shape: voices, name: {en: Ana}, role: {en: A neighbour}, sources: [gazette]}\n"
	for notice, want := range map[string][]string{
		"":              {"[unused-id]"},
		"withdrawn: {}": {`has no "date"`, `has no "reason"`},
		"withdrawn:":    {"not empty [wrong-type]"},
		"withdrawn: {date: 2025-13-40, reason: {en: No.}}":          {`"2025-13-40" is not a date [bad-date]`},
		"withdrawn: {date: 2025, reason: {en: No.}}":                {`"2025" is not a date [bad-date]`},
		"withdrawn: {date: 2025-12-09, reason: {ar: لا.}}":          {"[missing-translation]"},
		"withdrawn: {date: 2025-12-09, reason: {en: \"\"}}":         {"[missing-translation]"},
		"withdrawn: {date: 2025-12-09, reason: {en: No.}, till: 1}": {"[unknown-key]"},
		"withdrawn: {date: 2025-12-09, reason: {en: No.}}":          nil,
		"app: off": {"[wrong-type]"},
	} {
		files := rulebook.Case{}.Files("")
		files["x/actors.yaml"] = &fstest.MapFile{Data: []byte(unused)}
		files["x/explainer.yaml"].Data = append(slices.Clone(files["x/explainer.yaml"].Data), "\n"+notice+"\n"...)
		var list diag.List
		set, err := source.LoadAs(files, "x", "", &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		got := printed(&list)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%q: got %q, want %q", notice, got, w)
			}
		}
		if want == nil && got != "" {
			t.Errorf("%q: got %q, want nothing", notice, got)
		}
	}
}
