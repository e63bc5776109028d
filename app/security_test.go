package app_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Each claim of SECURITY.md names what would fail if it were not true: a test or a fuzz target that is there, or a rule of
// check with its cases.
func TestClaimsOfSecurityNameTheirTests(t *testing.T) {
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
	data, err := fs.ReadFile(root, "SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, threats, ok := strings.Cut(string(data), "\n## Who may attack")
	threats, _, end := strings.Cut(threats, "\n## ")
	if !ok || !end {
		t.Fatal("SECURITY.md has no section on who may attack")
	}
	claims := regexp.MustCompile(`(?m)^- (?:.+\n)(?:  .+\n)*`).FindAllString(threats, -1)
	attackers := strings.Count(threats, "\n### ")
	if attackers != 5 || len(claims) < 20 {
		t.Errorf("got %d attackers and %d claims", attackers, len(claims))
	}
	names := regexp.MustCompile(`\(((?:` + "`[A-Za-z-]+`" + `,?\s*)+)\)\n$`)
	name := regexp.MustCompile("`([A-Za-z-]+)`")
	for _, claim := range claims {
		proof := names.FindStringSubmatch(claim)
		if proof == nil {
			t.Errorf("names no test at its end: %s", claim)
			continue
		}
		for _, m := range name.FindAllStringSubmatch(proof[1], -1) {
			if !there[m[1]] {
				t.Errorf("there is no %s: %s", m[1], claim)
			}
		}
	}
}
