package check_test

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/rulebook"
	"sharh/app/desk/source"
)

// Whatever stands in a file, the rules come to an end and say where the problems are; and of what has none, a story can be
// made.
func FuzzRun(f *testing.F) {
	names := []string{"explainer.yaml", "steps.yaml", "timeline.yaml", "actors.yaml", "statements.yaml", "views.yaml", "sources.yaml", "glossary.yaml", "sections/talks.en.md"}
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		if strings.HasPrefix(filepath.Base(name), "crowded-") {
			continue // large maps are laid out for longer than a fuzzer waits on a busy machine
		}
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if i := slices.IndexFunc(names, func(n string) bool { return path.Base(n) == path.Base(file.Name) }); i >= 0 {
				f.Add(byte(i), file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		files := rulebook.Case{}.Files("")
		name := names[int(which)%len(names)]
		files["x/"+name] = &fstest.MapFile{Data: data}
		var list diag.List
		set, err := source.LoadAs(files, "x", "", &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		for _, d := range list.All() {
			if d.Pos.File == "" || d.Pos.Line < 0 || d.Pos.Column < 0 || d.Message.String() == "" {
				t.Errorf("a problem without a place or words: %s: %q [%s]", d.Pos, d.Message, d.Code)
			}
		}
		if list.Count(diag.Error) > 0 {
			return
		}
		for _, lang := range set.Explainer.Languages {
			if _, err := compile.Story(set, lang.Value); err != nil {
				t.Errorf("in %s: %v", lang.Value, err)
			}
		}
	})
}
