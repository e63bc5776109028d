package app_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Each claim of SECURITY.md and PROMISES.md names what would fail if it were not true: a test or a fuzz target that is
// there, or a rule of check with its cases.
func TestClaimsNameTheirTests(t *testing.T) {
	root := os.DirFS("..")
	there := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z]\w*)\(`)
	if err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "build" || name == "dist" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case strings.HasSuffix(name, "_test.go"):
			data, err := fs.ReadFile(root, name)
			for _, m := range function.FindAllStringSubmatch(string(data), -1) {
				there[m[1]] = true
			}
			return err
		case strings.HasPrefix(name, "app/desk/check/testdata/"):
			there[strings.TrimSuffix(d.Name(), ".txtar")] = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []struct {
		file, title     string
		headings, least int // how many subheadings it has, and claims at least
	}{
		{"SECURITY.md", "Who may attack", 5, 20},
		{"app/PROMISES.md", "What is promised", 8, 15},
		{"app/PROMISES.md", "Faults", 0, 30},
	} {
		data, err := fs.ReadFile(root, part.file)
		if err != nil {
			t.Fatal(err)
		}
		_, text, ok := strings.Cut(string(data), "\n## "+part.title)
		if !ok {
			t.Fatalf("%s has no section %q", part.file, part.title)
		}
		text, _, _ = strings.Cut(text, "\n## ")
		claims := regexp.MustCompile("(?m)^- (?:.+\\n)(?:  .+\\n)*|^\\| .+`.+\\n").FindAllString(text, -1)
		if n := strings.Count(text, "\n### "); n != part.headings || len(claims) < part.least {
			t.Errorf("%s, %s: got %d subheadings and %d claims", part.file, part.title, n, len(claims))
		}
		for _, claim := range claims {
			if fault := unproved(claim, there); fault != "" {
				t.Errorf("%s: %s: %s", part.file, fault, claim)
			}
		}
	}
}

// unproved says what is wrong with the tests that a claim names at its end, "" for nothing.
func unproved(claim string, there map[string]bool) string {
	names := regexp.MustCompile(`\(((?:` + "`[A-Za-z-]+`" + `,?\s*)+)\)(?: \|)?\n$`)
	name := regexp.MustCompile("`([A-Za-z-]+)`")
	proof := names.FindStringSubmatch(claim)
	if proof == nil {
		return "names no test at its end"
	}
	for _, m := range name.FindAllStringSubmatch(proof[1], -1) {
		if !there[m[1]] {
			return "there is no " + m[1]
		}
	}
	return ""
}
