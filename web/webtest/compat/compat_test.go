package compat_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/app/site/script"
	"sharh/web"
	"sharh/web/webtest/compat"
)

// newer is what our scripts and styles use of what a served browser does not have, and what its reader has instead. It
// is a table of web/ENGINES.md.
var newer = []struct {
	features []string
	instead  string
}{
	{[]string{":has"}, "Without scripts, all panels and all tabs stand one below the other; with scripts nothing needs it"},
	{[]string{":details-content"}, "A list that is folded only on phones stays folded in wide windows; scripts unfold what is printed"},
	{[]string{"content-visibility", "content-visibility: auto", "content-visibility: visible"}, "Hidden items are not " +
		"found by the browser's own search; addresses still show them. Scenes are all drawn at once"},
	{[]string{"float: inline-start", "float: inline-end", "clear: inline-start", "clear: inline-end"},
		"What stands beside the text stands above or below it"},
	{[]string{"size-adjust"}, "Text in Markazi is a fifth smaller"},
	{[]string{"text-wrap", "text-wrap: balance"}, "Headings fill their lines from the first"},
	{[]string{"accent-color"}, "Boxes to tick are in the browser's colour"},
	{[]string{"outline"}, "The frame of what has the focus has square corners"},
	{[]string{"align-content: start"}, "Room that is left is below"},
	{[]string{"overscroll-behavior", "overscroll-behavior: contain", "scrollbar-width", "scrollbar-width: thin"},
		"Scrolling a dialog or a row to its end goes on in the page; bars are the system's"},
	{[]string{"@media (forced-colors)", "forced-color-adjust", "forced-color-adjust: none"},
		"Only Windows forces colours, and no browser without this runs there"},
	{[]string{"@page", "size", "orphans", "widows", "break-after: avoid", "print-color-adjust", "print-color-adjust: exact"},
		"On paper, no page numbers, other page breaks, or shapes without their grounds; every word is there"},
	{[]string{"user-select"}, "Copied text has the marks at the ends of sentences in it, where the prefixed property fails too"},
	{[]string{"font-family: ui-monospace"}, "The system's font of equal widths"},
	{[]string{".adoptedStyleSheets", ".replaceSync"}, "Dialogs, and the loader in a shadow tree, get a style element; a " +
		"policy that forbids it leaves them plain"},
	{[]string{".createPolicy", ".createScript", ".createScriptURL"}, "Addresses of scripts are set without a policy of trusted types"},
	{[]string{".connection", ".effectiveType", ".saveData"}, "The client starts whatever the network is like"},
	{[]string{".requestIdleCallback", "requestIdleCallback"}, "The client starts when the page has loaded, idle or not"},
	{[]string{".moveBefore"}, "A frame that a host moves loads again, with what was chosen"},
	{[]string{".requestResize"}, "The host's script sizes the frame, or it scrolls"},
	{[]string{".share"}, "No button for the system's own way to share"},
}

// ours are members of our own objects that have the name of a newer one of the browser's.
var ours = strings.Fields(".address .adopt .bytes .format .navigate .node .path .run .silent .to .turn .unit")

// Everything in the scripts and styles is in each served browser, or in the list with its way out; and the list has
// nothing else.
func TestNothingIsNewerThanTheList(t *testing.T) {
	data, err := compat.Install(t.Context(), "../../../build/compat")
	if err != nil {
		t.Fatal(err)
	}
	members := membersOf(data)
	globals := []compat.Feature{data.At("api"), data.At("api", "Window"), data.At("javascript", "builtins")}
	css := sheets{data.At("css", "at-rules"), data.At("css", "selectors"), data.At("css", "properties"), data.At("css", "types")}
	found := map[string]string{}
	note := func(feature string, f ...compat.Feature) {
		if lacks := lacking(f); lacks != "" {
			found[feature] = lacks
		}
	}
	files, err := fs.Glob(web.Files, "*.*s*")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(web.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		switch path.Ext(file) {
		case ".css":
			css.styles(string(text), note)
		case ".js":
			scripts(globals, members, string(text), note)
		}
	}
	for _, name := range ours {
		if found[name] == "" {
			t.Errorf("no member has the name %s of a newer one any more", name)
		}
		delete(found, name)
	}
	doc, err := os.ReadFile("../../ENGINES.md")
	if err != nil {
		t.Fatal(err)
	}
	table := "| Newer than the oldest browsers | A reader without it has |\n|---|---|\n"
	for _, n := range newer {
		var names []string
		for _, f := range n.features {
			if found[f] == "" {
				t.Errorf("%s is in every served browser, or not used: take it out of the list", f)
			}
			names = append(names, fmt.Sprintf("`%s` (%s)", f, found[f]))
			delete(found, f)
		}
		table += fmt.Sprintf("| %s | %s |\n", strings.Join(names, ", "), n.instead)
	}
	for _, f := range slices.Sorted(maps.Keys(found)) {
		t.Errorf("%s is newer than a served browser (%s): leave it, or list what its reader has instead", f, found[f])
	}
	if !strings.Contains(string(doc), table) {
		t.Errorf("web/ENGINES.md should have this table:\n%s", table)
	}
}

// names are the served browsers' in the data.
var names = map[api.EngineName]string{
	api.EngineChrome: "chrome", api.EngineFirefox: "firefox", api.EngineSafari: "safari",
}

// lacking names the served browsers that have none of some features of one name.
func lacking(all []compat.Feature) string {
	var lacks []string
	for _, b := range script.Served {
		name := names[b.Name]
		served, err := strconv.ParseFloat(b.Version, 64)
		if err != nil {
			panic(err) // the list is ours
		}
		newest, ok := -1.0, len(all) == 0
		for _, f := range all {
			if since, has := f.Since(name); has {
				ok = ok || since <= served
				if newest < 0 || since < newest {
					newest = since
				}
			}
		}
		switch {
		case ok:
		case newest < 0:
			lacks = append(lacks, name)
		default:
			lacks = append(lacks, fmt.Sprint(name, " < ", newest))
		}
	}
	return strings.Join(lacks, ", ")
}

var (
	comments   = regexp.MustCompile(`(?s:/\*.*?\*/)|(?m:(?:^|\s)//[^\n]*)`)
	texts      = regexp.MustCompile("\"[^\"\n]*\"|'[^'\n]*'")
	property   = regexp.MustCompile(`[{;]\s*([a-z][a-z-]*)\s*:\s*([^;{}]+)`)
	pseudo     = regexp.MustCompile(`::?([a-z][a-z-]+)`)
	rule       = regexp.MustCompile(`@([a-z-]+)([^{;]*)`)
	media      = regexp.MustCompile(`\(\s*([a-z-]+)\s*[:)]`)
	word       = regexp.MustCompile(`[a-z][a-z-]*`)
	member     = regexp.MustCompile(`\??\.([a-zA-Z]+)\b`)
	global     = regexp.MustCompile(`(?:^|[^.\w$])([A-Za-z]\w+)\s*[(.]`)
	selectors  = regexp.MustCompile(`(?:^|[{};])([^{};@]+)\{`)
	functional = regexp.MustCompile(`([a-z-]+)\(`)
)

// sheets are the parts of the data about styles.
type sheets struct{ rules, selectors, properties, types compat.Feature }

// styles tells note of what a style sheet uses.
func (css sheets) styles(text string, note func(string, ...compat.Feature)) {
	text = texts.ReplaceAllString(comments.ReplaceAllString(text, ""), `""`)
	for _, m := range rule.FindAllStringSubmatch(text, -1) {
		note("@"+m[1], css.rules.At(m[1]))
		if m[1] == "media" {
			for _, f := range media.FindAllStringSubmatch(m[2], -1) {
				note("@media ("+f[1]+")", css.rules.At("media", f[1]))
			}
		}
	}
	for _, m := range selectors.FindAllStringSubmatch(text, -1) {
		for _, p := range pseudo.FindAllStringSubmatch(m[1], -1) {
			note(":"+p[1], css.selectors.At(p[1]))
		}
	}
	for _, m := range property.FindAllStringSubmatch(text, -1) {
		f := css.properties.At(m[1])
		if f == nil {
			f = css.rules.At("font-face", m[1])
		}
		note(m[1], f)
		for _, v := range word.FindAllString(m[2], -1) {
			note(m[1]+": "+v, f.At(v))
		}
		for _, v := range functional.FindAllStringSubmatch(m[2], -1) {
			note(v[1]+"()", css.types.At(v[1]))
		}
	}
}

// membersOf are the features of all objects by the names of their members.
func membersOf(data compat.Feature) map[string][]compat.Feature {
	members := map[string][]compat.Feature{}
	for _, from := range []compat.Feature{data.At("api"), data.At("javascript", "builtins")} {
		for _, name := range slices.Sorted(maps.Keys(from)) {
			object := from.At(name)
			for of := range object {
				if f := object.At(of); f.At("__compat") != nil {
					of = strings.TrimSuffix(of, "_static")
					members[of] = append(members[of], f)
				}
			}
		}
	}
	return members
}

// scripts tells note of what a script uses. Which object has a member is not known: the oldest counts.
func scripts(
	globals []compat.Feature, members map[string][]compat.Feature, text string, note func(string, ...compat.Feature),
) {
	text = texts.ReplaceAllString(comments.ReplaceAllString(text, ""), `""`)
	for _, m := range member.FindAllStringSubmatch(text, -1) {
		note("."+m[1], members[m[1]]...)
	}
	for _, m := range global.FindAllStringSubmatch(text, -1) {
		for _, of := range globals {
			if f := of.At(m[1]); f != nil {
				note(m[1], f)
				break
			}
		}
	}
}
