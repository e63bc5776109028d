package rulebook_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/rulebook"
)

// Rules about files and folders, for which no text can be an example.
var (
	withoutWrong = []string{"not-utf8"}
	withoutRight = []string{"missing-file", "unreadable-file", "not-utf8", "empty-file", "bad-slug"}
)

func TestEveryRuleIsExplainedInEveryLanguage(t *testing.T) {
	for _, lang := range diag.Languages() {
		for _, code := range diag.Codes() {
			t.Run(lang+"/"+code, func(t *testing.T) {
				var out strings.Builder
				if !rulebook.Explain(&out, code, lang) {
					t.Fatal("there is no such rule")
				}
				for i, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
					if i == 1 && strings.TrimSpace(line) == "" {
						t.Error("the rule has no title")
					}
					if n := len([]rune(line)); n > 250 {
						t.Errorf("a line has %d characters: %s", n, line)
					}
				}
				for label, without := range map[string][]string{"help-wrong": withoutWrong, "help-right": withoutRight} {
					if has := strings.Contains(out.String(), "\n"+diag.Say(label).In(lang)+"\n"); has == slices.Contains(without, code) {
						t.Errorf("%s: got %t", diag.Say(label), has)
					}
				}
			})
		}
	}
}

func TestExamplesAreOfTheirRule(t *testing.T) {
	for _, code := range diag.Codes() {
		c, ok := rulebook.CaseOf(code)
		if !ok {
			if !slices.Contains(withoutWrong, code) {
				t.Errorf("%s has no case", code)
			}
			continue
		}
		wrong := c.Wrong()
		if wrong.Len() != 1 || wrong.All()[0].Code != code {
			t.Errorf("%s: got %d problems as the wrong example", code, wrong.Len())
		}
		if right := c.Right(); len(right) == 0 && !slices.Contains(withoutRight, code) {
			t.Errorf("%s: got no lines as the right example", code)
		}
	}
}

// The table of rules in content/README.md is complete.
func TestReadmeListsTheRules(t *testing.T) {
	data, err := os.ReadFile("../../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, r := range diag.Rules("en") {
		severity := diag.Error
		if slices.Contains(check.Warnings(), r.Code) {
			severity = diag.Warning
		}
		fmt.Fprintf(&want, "| `%s` | %s | %s |\n", r.Code, severity, r.Title)
	}
	if !strings.Contains(string(data), want.String()) {
		t.Errorf("the table of rules in content/README.md is not:\n%s", want.String())
	}
}

func TestTopics(t *testing.T) {
	var out strings.Builder
	rulebook.Topics(&out, "ar")
	for _, code := range diag.Codes() {
		mark := "  "
		if slices.Contains(check.Warnings(), code) {
			mark = "w "
		}
		if !strings.Contains(out.String(), "\n"+mark+code+" ") {
			t.Errorf("got no line for %s", code)
		}
	}
	for _, r := range check.Rules {
		if !slices.Contains(diag.Codes(), r.Code) {
			t.Errorf("%s is not in the catalogues", r.Code)
		}
	}
	if rulebook.Explain(&out, "unknown", "en") {
		t.Error("an unknown rule: got an explanation")
	}
}
