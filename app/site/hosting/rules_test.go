package hosting

import (
	"bytes"
	"strings"
	"testing"

	"sharh/app/site/file"
)

// The rules name the base wherever they name a path. What nginx and Caddy do with them is in servers_test.go.
func TestRulesForHostsNameBaseTypesAndCaching(t *testing.T) {
	for base, under := range map[string]string{"/": "/", "/explainers/": "/explainers/", "https://example.org/x/y/": "/x/y/"} {
		files := file.Set{}
		if err := Rules(files, file.Base(base)); err != nil {
			t.Fatal(err)
		}
		for name, needs := range map[string][]string{
			"_headers":   {"\n" + under + "assets/*\n", Table[0].Cache, "\n" + under + "*/sw.js\n  Cache-Control: no-cache\n"},
			"nginx.conf": {"location " + under + " {", "location " + under + "assets/ {", "application/wasm wasm;", Table[0].Cache},
			"Caddyfile":  {"header " + under + "assets/* Cache-Control", Table[0].Cache},
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
