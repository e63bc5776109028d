package check_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

var golden = flag.Bool("golden", false, "rewrite what the cases in testdata want")

func archive(t *testing.T, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// run checks the minimal explainer of package source with the files of a under part in place of its own.
func run(t *testing.T, a *txtar.Archive, part string) string {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range archive(t, "../source/testdata/minimal.txtar").Files {
		files["x/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, part+"/"); ok {
			files["x/"+name] = &fstest.MapFile{Data: f.Data}
		}
	}
	var list diag.List
	set, err := source.LoadAs(files, "x", "", &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	list.Sort()
	var out strings.Builder
	list.Print(&out)
	return out.String()
}

// Each rule has one file, testdata/<code>.txtar: the files under bad/ break it, those under good/ keep it, want is what
// is said of the bad ones.
func TestRules(t *testing.T) {
	left := map[string]bool{}
	names, err := filepath.Glob("testdata/*")
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
			a := archive(t, name)
			want := &a.Files[len(a.Files)-1]
			if want.Name != "want" {
				t.Fatalf("%s: the last file is %s, want want", name, want.Name)
			}
			if rule.Title == "" {
				t.Error("the rule has no title")
			}
			if got := run(t, a, "good"); got != "" {
				t.Errorf("good files: got problems, want none:\n%s", got)
			}
			got := run(t, a, "bad")
			if *golden {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("bad files: problems differ (-want +got):\n%s", diff)
			}
			if !strings.Contains(got, "["+rule.Code+"]") {
				t.Errorf("bad files: got no problem of the rule %s", rule.Code)
			}
		})
	}
	for name := range left {
		t.Errorf("%s belongs to no rule", name)
	}
}

func TestMinimalExplainerIsGood(t *testing.T) {
	if got := run(t, &txtar.Archive{}, ""); got != "" {
		t.Errorf("got problems, want none:\n%s", got)
	}
}
