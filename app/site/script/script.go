// Package script prepares the scripts and styles of package web for pages: it fills in the constants that scripts
// share with Go, and minifies.
package script

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/page/ui"
	"sharh/app/story/address"
	"sharh/web"
)

// Served are the oldest browsers that pages are made for. Scripts and styles have no newer syntax, once they are
// minified; what else is newer is listed in web/ENGINES.md, with what its reader has instead.
var Served = []api.Engine{
	{Name: api.EngineChrome, Version: "100"},
	{Name: api.EngineFirefox, Version: "115"},
	{Name: api.EngineSafari, Version: "15.4"},
}

// placeholder matches a line of a script that the build fills in: a constant, whose value in the source is only a
// stand-in.
var placeholder = regexp.MustCompile(`(?m)^( *const (\w+) = ).*; // filled in by the build$`)

// Pointed are the speculation rules of pages without the client, a whole text, since a page's policy names its hash.
// Browsers that know them fetch the page of a link within the site when the reader points at it. Links to other sites
// open a window of their own, even where they have the same origin, and are left alone: their publishers would count
// readers who never came.
const Pointed = `{"prefetch":[{"where":{"and":[{"href_matches":"/*/"},{"selector_matches":"a:not([target])"}]},` +
	`"eagerness":"moderate"}]}`

// Ahead are the speculation rules that takeover.js gives to a page with the client, letter for letter. They name the
// pages: rules about links would be applied to all of them whenever the address changes, and so with each choice.
func Ahead(pages []string) string {
	type rule struct {
		Source string   `json:"source"`
		URLs   []string `json:"urls"`
	}
	text, err := json.Marshal(map[string][]rule{"prefetch": {{"list", pages}}})
	if err != nil {
		panic(err) // texts can always be written
	}
	return string(text)
}

// next selects the links to what comes once a page with the client is idle: the evidence and the other languages.
const next = "#evidence a,.tools a[hreflang]"

// shared are the constants that Go gives to scripts. A script gets only those that it declares.
func shared() map[string]any {
	var choices, pages, proofs, nothing []string
	sections, kinds := address.Evidence()
	for _, k := range kinds {
		proofs = append(proofs, k.String())
	}
	for _, k := range address.Choices() {
		choices = append(choices, k.String())
		nothing = append(nothing, fmt.Sprintf(`%q:""`, k))
	}
	for _, k := range address.Pages() {
		pages = append(pages, k.String())
	}
	return map[string]any{
		"choices": choices, "itemPages": pages, "stateKeys": address.StateKeys(), "linkKeys": address.LinkKeys(),
		"proofs": proofs, "proofSections": sections, "nextPages": next,
		"chosen":     json.RawMessage("{" + strings.Join(nothing, ",") + "}"), // in the order of the kinds
		"tallHeight": ui.EmbedTall, "lowHeight": ui.EmbedLow, "narrowColumn": ui.EmbedNarrow,
		"leastHeight": ui.EmbedLeast, "mostHeight": ui.EmbedMost,
	}
}

// before maps a script to another one that the build puts in front of it, because they share code.
var before = map[string]string{"sw.js": "caches.js", "sw-off.js": "caches.js", "offline.js": "caches.js"}

// Filled returns a script of package web with its constants filled in: those in own, and those that scripts share
// with Go.
func Filled(name string, own map[string]any) (string, error) {
	data, err := web.Files.ReadFile(name)
	if err != nil {
		return "", err
	}
	if first := before[name]; first != "" {
		common, err := web.Files.ReadFile(first)
		if err != nil {
			return "", err
		}
		data = fmt.Appendf(nil, "(() => {\n%s\n%s\n})();", common, data)
	}
	values, used := shared(), map[string]bool{}
	for constant, value := range own {
		values[constant] = value
	}
	text := placeholder.ReplaceAllStringFunc(string(data), func(line string) string {
		m := placeholder.FindStringSubmatch(line)
		value, known := values[m[2]]
		if !known {
			err = fmt.Errorf("%s: nothing is known of the constant %s to fill in", name, m[2])
			return line
		}
		used[m[2]] = true
		literal, literalErr := literal(value)
		if literalErr != nil {
			err = fmt.Errorf("%s: filling in %s: %w", name, m[2], literalErr)
		}
		return m[1] + literal + ";"
	})
	for constant := range own {
		if !used[constant] {
			err = fmt.Errorf("%s has no constant %s to fill in", name, constant)
		}
	}
	return text, err
}

// Make returns a script of package web, filled in and minified.
func Make(name string, own map[string]any) (string, error) {
	text, err := Filled(name, own)
	if err != nil {
		return "", err
	}
	if text, err = Minify(text, api.LoaderJS); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

// literal writes a value as JSON that is also valid JavaScript.
func literal(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), err
}

// Minify makes a style sheet or a script as short as possible.
func Minify(source string, loader api.Loader) (string, error) {
	r := api.Transform(source, api.TransformOptions{
		Loader: loader, MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, Target: api.ES2020,
	})
	if len(r.Errors) > 0 {
		e := r.Errors[0]
		if e.Location != nil {
			return "", fmt.Errorf("line %d: %s", e.Location.Line, e.Text)
		}
		return "", fmt.Errorf("%s", e.Text)
	}
	return strings.TrimSuffix(string(r.Code), "\n"), nil
}
