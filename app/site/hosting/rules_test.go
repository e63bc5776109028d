package hosting

import (
	"bytes"
	"strings"
	"testing"

	"sharh/app/site/file"
	"sharh/app/site/output"
)

// The rules for hosts match what the handler does. The test does not run those servers.
func TestRulesForHostsNameBaseTypesAndCaching(t *testing.T) {
	for base, under := range map[string]string{"/": "/", "/explainers/": "/explainers/", "https://example.org/x/y/": "/x/y/"} {
		files := file.Set{}
		if err := Rules(files, file.Base(base)); err != nil {
			t.Fatal(err)
		}
		for name, needs := range map[string][]string{
			"_headers":   {"\n" + under + "assets/*\n", Table[0].Cache, "\n" + under + "*/sw.js\n  Cache-Control: no-cache\n"},
			"nginx.conf": {"location " + under + " {", "location " + under + "assets/ {", "application/wasm wasm;", Table[0].Cache, "location = " + under + output.Marker + " {"},
			"Caddyfile":  {"header " + under + "assets/* Cache-Control", Table[0].Cache, "hide " + output.Marker},
		} {
			for _, need := range append(needs, "Access-Control-Allow-Origin", "nosniff") {
				if !strings.Contains("\n"+string(files[name]), need) {
					t.Errorf("with base %s, %s lacks %q", base, name, need)
				}
			}
			if bytes.Count(files[name], []byte("{")) != bytes.Count(files[name], []byte("}")) {
				t.Errorf("with base %s, %s has unbalanced braces", base, name)
			}
		}
	}
}
