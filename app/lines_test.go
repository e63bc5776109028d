package app

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// unbreakable are lines that cannot be broken: tags of fields, with the comment behind them that is the field's help;
// directives; commands to be copied.
var unbreakable = regexp.MustCompile("`$|//go:|^//\t|^\t\\S+ +\\S+ +//|` +// ")

// A line of code has at most 120 columns, so that two files fit beside each other.
func TestLinesAreShort(t *testing.T) {
	const most = 120
	root := os.DirFS("..")
	for _, folder := range []string{"app", "cmd", "content", "web"} {
		if err := fs.WalkDir(root, folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			data, err := fs.ReadFile(root, name)
			for i, line := range strings.Split(string(data), "\n") {
				if n := utf8.RuneCountInString(line); n > most && !unbreakable.MatchString(line) {
					t.Errorf("%s:%d has %d columns, want %d at most", name, i+1, n, most)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
