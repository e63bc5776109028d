package script

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/ui"
	"sharh/app/story/address"
	"sharh/web"
)

// scripts are the scripts that are written by hand, by name.
func scripts(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(web.Files, "*.js")
	if err != nil || len(names) < 8 {
		t.Fatalf("found the scripts %v: %v", names, err)
	}
	all := map[string]string{}
	for _, name := range names {
		data, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(data)
	}
	return all
}

// Scripts are valid before and after they are filled in. Every constant to fill in has a value, and every value is
// used.
func TestScriptsAreFilledIn(t *testing.T) {
	own := map[string]map[string]any{
		"boot.js":    {"embed": true},
		"sw.js":      {"plan": map[string]string{}},
		"sw-off.js":  {"to": "../x/"},
		"offline.js": {"words": map[string]string{}, "style": "x.css"},
		"dialog.js":  {"page": map[string]string{}, "style": "x.css"},
	}
	used := map[string]bool{}
	for name, text := range scripts(t) {
		if _, err := Minify(text, api.LoaderJS); err != nil {
			t.Errorf("%s, before: %v", name, err)
		}
		after, err := Make(name, own[name])
		if err != nil {
			t.Errorf("%s, after: %v", name, err)
		}
		again, err := Filled(name, own[name])
		if err != nil || placeholder.MatchString(again) {
			t.Errorf("%s: lines are left to fill in: %v", name, err)
		}
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			used[m[2]] = true
		}
		var kinds []string
		for _, k := range address.Choices() {
			kinds = append(kinds, k.String()+`:""`)
		}
		if name == "boot.js" && !strings.Contains(after, "{"+strings.Join(kinds, ",")+"}") {
			t.Errorf("boot.js does not have the kinds in their order: %s", after)
		}
		if name == "embed.js" && !strings.Contains(again, "const narrowColumn = 480;\n") {
			t.Errorf("embed.js does not have the width of columns: %s", again)
		}
	}
	for constant := range shared() {
		if !used[constant] {
			t.Errorf("no script has the constant %s", constant)
		}
	}
	if _, err := Make("sw.js", nil); err == nil || !strings.Contains(err.Error(), "plan") {
		t.Errorf("sw.js without a plan: got the error %v", err)
	}
	if _, err := Make("boot.js", map[string]any{"plans": 1}); err == nil || !strings.Contains(err.Error(), "plans") {
		t.Errorf("boot.js with what it has no place for: got the error %v", err)
	}
}

// Every key that a script reads from a query is in the table, and some script reads every setting in the table.
func TestScriptsReadKeysOfTheTable(t *testing.T) {
	known := append(address.StateKeys(), address.Settings()...)
	for _, k := range address.Pages() { // which a page can begin at
		known = append(known, k.String())
	}
	read := map[string]bool{}
	for name, text := range scripts(t) {
		for _, m := range regexp.MustCompile(`\b(?:(?:query|q|searchParams)\.(?:get|set)|wanted)\('(\w+)'`).FindAllStringSubmatch(text, -1) {
			read[m[1]] = true
			if m[1] != "childId" && !slices.Contains(known, m[1]) { // that is pym.js's
				t.Errorf("%s reads the key %s, which package address does not know", name, m[1])
			}
		}
	}
	for _, key := range address.Settings() {
		if !read[key] {
			t.Errorf("no script reads the key %s", key)
		}
	}
}

// The heights that styles reserve for embeds are those that scripts get.
func TestStylesKeepHeightsOfEmbeds(t *testing.T) {
	for name, rules := range map[string][]string{
		"embed.css": {
			fmt.Sprintf("min-block-size:var(--least,%dpx)", ui.EmbedLow),
			fmt.Sprintf("@media (max-width:%dpx){#sharh{min-block-size:var(--least,%dpx)}}", ui.EmbedNarrow-1, ui.EmbedTall),
		},
		"demo.css": {fmt.Sprintf("min-block-size:%dpx", ui.EmbedTall)},
	} {
		data, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range rules {
			if !strings.Contains(string(data), rule) {
				t.Errorf("%s does not say %s", name, rule)
			}
		}
	}
}

// The dialog has a value for every name in the code that it fills.
func TestDialogFillsTheCode(t *testing.T) {
	dialog := scripts(t)["dialog.js"]
	for kind, code := range ui.Code {
		if !strings.Contains(dialog, "['"+kind+"', words.kind_"+kind+"]") {
			t.Errorf("the dialog does not offer code of the kind %s", kind)
		}
		for _, m := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(code, -1) {
			if !regexp.MustCompile(`(?m)^ +` + m[1] + `: `).MatchString(dialog) {
				t.Errorf("%s: the dialog has no value for {%s}", kind, m[1])
			}
		}
	}
}
