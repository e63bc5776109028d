package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/diag"
)

// planted returns the place and the code of every fault of testdata/faults, "file:line code".
func planted(t *testing.T) []string {
	t.Helper()
	// Markdown has no comments, and a file that is missing has none either.
	all := []string{"sections/why.en.md:3 markdown", "sections/when.ar.md:0 missing-file"}
	files, err := filepath.Glob("testdata/faults/bridge/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("got files %q, error %v", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if _, code, ok := strings.Cut(line, "# fault: "); ok {
				all = append(all, faultAt(filepath.Base(file), i+1, code))
			}
		}
	}
	slices.Sort(all)
	return all
}

func faultAt(file string, line int, code string) string {
	return fmt.Sprintf("%s:%d %s", file, line, code)
}

func TestThirtyPlantedFaultsAreFound(t *testing.T) {
	want := planted(t)
	if len(want) != 30 {
		t.Fatalf("got %d planted faults, want 30", len(want))
	}
	for _, lang := range diag.Languages() {
		var out, problems bytes.Buffer
		m := Main{Stdout: &out, Stderr: &problems}
		if code := m.Run([]string{"check", "--content", "testdata/faults", "--json", "--lang", lang}); code != 1 {
			t.Fatalf("%s: got exit code %d, want 1; %s", lang, code, problems.String())
		}
		var found []struct {
			Pos           diag.Pos
			Code, Message string
		}
		if err := json.Unmarshal(out.Bytes(), &found); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range found {
			got = append(got, faultAt(strings.TrimPrefix(d.Pos.File, path.Join("testdata", "faults", "bridge")+"/"), d.Pos.Line, d.Code))
			if strings.ContainsAny(d.Message, "{}") || strings.Contains(d.Message, d.Code+"/") {
				t.Errorf("%s: got the message %q, want a finished sentence", lang, d.Message)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: faults differ (-planted +found):\n%s", lang, diff)
		}
	}
}
