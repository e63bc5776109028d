package web

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// go-app talks to its own app.js through globals named goapp…; here takeover.js provides them. It must set every
// global that the pinned source of go-app reads or sets, and no global that this source no longer has.
func TestBootAnswersEveryGlobalOfGoApp(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/maxence-charriere/go-app/v10/pkg/app").Output()
	if err != nil {
		t.Fatalf("finding go-app's source: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("finding go-app's source: %v", err)
	}
	used := map[string]string{}
	quoted := regexp.MustCompile(`"(goapp[A-Z]\w*)"`)
	for _, file := range files {
		// scripts.go holds go-app's own JavaScript, which is not shipped.
		if strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "scripts.go" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(data), -1) {
			used[m[1]] = filepath.Base(file)
		}
	}
	if len(used) < 10 {
		t.Fatalf("found only %d globals in go-app's source; look at how it names them now: %v", len(used), used)
	}
	boot, err := Files.ReadFile("takeover.js")
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range used {
		if !regexp.MustCompile(`\b` + name + `:`).Match(boot) {
			t.Errorf("go-app (%s) looks for window.%s, which takeover.js does not set", file, name)
		}
	}
	for _, m := range regexp.MustCompile(`\b(goapp[A-Z]\w*):`).FindAllStringSubmatch(string(boot), -1) {
		// goappIsAppInstalled is asked for by name in a template of go-app's, not in its Go code.
		if used[m[1]] == "" && m[1] != "goappIsAppInstalled" {
			t.Errorf("takeover.js sets window.%s, which go-app does not look for", m[1])
		}
	}
}

func TestStyles(t *testing.T) {
	names, err := fs.Glob(Files, "*.css")
	if err != nil || len(names) < 5 {
		t.Fatalf("found the style sheets %v: %v", names, err)
	}
	physical := regexp.MustCompile(`[{;]\s*((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|width|height|min-width|max-width|(text-align|float):\s*(left|right))\s*[:;}]`)
	for _, name := range names {
		data, err := Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := physical.FindAllString(string(data), -1); len(found) > 0 {
			slices.Sort(found)
			t.Errorf("%s uses physical properties, which do not turn with the language: %q", name, found)
		}
		if found := regexp.MustCompile(`:\s*#[0-9a-fA-F]{3,8}\b`).FindString(string(data)); found != "" && name != "print.css" { // paper has its own
			t.Errorf("%s has a colour of its own, %q: colours are in palette.json", name, found)
		}
		if regexp.MustCompile(`letter-spacing`).Match(data) {
			t.Errorf("%s sets letter-spacing, which breaks the joining of Arabic letters", name)
		}
	}
}
