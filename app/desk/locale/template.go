package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Template is the file of a language to fill in: what follows from the language itself, and every key without its
// value, with the English one and what it is for in a comment. Counted nouns have the plural forms of the language.
func Template(lang string) ([]byte, error) {
	source, err := files.ReadFile("en.yaml")
	if err != nil {
		return nil, fmt.Errorf("making the file of language %q: %w", lang, err)
	}
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, fmt.Errorf("making the file of language %q: %w", lang, err)
	}
	t := template{tag: language.Make(lang), lines: strings.Split(string(source), "\n")}
	fmt.Fprintf(&t.out, "# Words in %s. Write each behind its colon, before the comment, which has the English one.\n"+
		"# Put a text in quotation marks if it holds a colon or a comma, or begins with a mark. What stands in {braces}\n"+
		"# is filled in by the page: keep it. What is left empty is English on the page; `sharh locale` counts it.\n",
		display.English.Tags().Name(t.tag))
	t.mapping(parsed.Docs[0].Body, "", 0)
	return []byte(t.out.String()), nil
}

type template struct {
	tag   language.Tag
	lines []string // of the English file
	out   strings.Builder
}

func (t *template) mapping(n ast.Node, parent string, depth int) {
	m, ok := n.(ast.MapNode)
	if !ok {
		return
	}
	for all := m.MapRange(); all.Next(); {
		e := all.KeyValue()
		key := e.Key.String()
		name := strings.TrimPrefix(parent+"."+key, ".")
		t.entry(e, key, name, depth)
	}
}

func (t *template) entry(e *ast.MappingValueNode, key, name string, depth int) {
	indent := strings.Repeat("  ", depth)
	// A comment in the English file is about the key that its line begins with, not about those in braces behind it.
	line := strings.TrimSpace(t.lines[e.Key.GetToken().Position.Line-1])
	if _, purpose, ok := strings.Cut(line, " # "); ok && strings.HasPrefix(line, key+":") {
		fmt.Fprintf(&t.out, "%s# %s\n", indent, purpose)
	}
	if own := t.known(name); own != "" {
		fmt.Fprintf(&t.out, "%s%s: %s\n", indent, key, own)
		return
	}
	switch value := e.Value.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		fmt.Fprintf(&t.out, "%s%s:\n", indent, key)
		if parent, _, _ := strings.Cut(name, "."); parent == "counts" && depth == 1 {
			t.forms(value, name)
			return
		}
		t.mapping(value, name, depth+1)
	default:
		fmt.Fprintf(&t.out, "%s%s: # %s\n", indent, key, value.String())
	}
}

// known is the value of a key that follows from the language itself, or "".
func (t *template) known(name string) string {
	switch name {
	case "name":
		return strconv.Quote(display.Self.Name(t.tag))
	case "dir":
		return Direction(t.tag.String())
	case "digits":
		return "latn # " + strings.Join(Systems, ", ")
	case "fonts":
		return fontsOf(t.tag)
	}
	return ""
}

// forms writes a counted noun with the plural forms of the language, each with some numbers that take it.
func (t *template) forms(value ast.Node, name string) {
	english := english().Counts[strings.TrimPrefix(name, "counts.")]
	if none := english["0"]; none != "" {
		fmt.Fprintf(&t.out, "    \"0\": # %s\n", none)
	}
	for _, form := range forms(t.tag) {
		var numbers []string
		for n := 1; n < 200 && len(numbers) < 5; n++ {
			if categories[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)] == form {
				numbers = append(numbers, strconv.Itoa(n))
			}
		}
		like := english["other"]
		if form == "one" && slices.Equal(numbers, []string{"1"}) {
			like = english["one"]
		}
		if len(numbers) == 5 {
			numbers = append(numbers, "…")
		}
		fmt.Fprintf(&t.out, "    %s: # %s", form, like)
		if len(numbers) > 0 {
			fmt.Fprintf(&t.out, "   (%s)", strings.Join(numbers, ", "))
		}
		t.out.WriteByte('\n')
	}
}
