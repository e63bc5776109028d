package diag

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"
)

// Phrase is a message that can be rendered in any language: a text of the catalogue and the arguments for its
// placeholders {a}, {b} … in order. An argument is
//
//	string        a word of the content, shown in quotation marks
//	Raw           an id, a date, a key, a file name: shown as it is
//	[]string      several of those
//	int           a number; the first one chooses the text's plural form
//	Phrase        said in the same language
type Phrase struct {
	Code    string // the rule; empty for a text that all rules share
	Variant string
	Args    []any
}

// Raw is an argument that is shown without quotation marks.
type Raw string

// Say makes a phrase of a text that all rules share.
func Say(variant string, args ...any) Phrase { return Phrase{"", variant, args} }

// String renders the phrase in English.
func (p Phrase) String() string { return p.In("en") }

// In renders the phrase in a language. A text missing in the catalogue is shown by its code and variant, since a badly
// worded problem is better than none; tests make sure that no text is missing.
func (p Phrase) In(lang string) string {
	if p.Variant == "" {
		return ""
	}
	c := catalogueOf(lang)
	t, ok := c.text(p.Code, p.Variant)
	if !ok {
		return fmt.Sprint(p.Code, "/", p.Variant, " ", p.Args)
	}
	pairs := make([]string, 0, 2*len(p.Args))
	for i, a := range p.Args {
		pairs = append(pairs, "{"+string(rune('a'+i))+"}", c.show(a))
	}
	return strings.NewReplacer(pairs...).Replace(c.isolateCode(t.form(c.tag, p.Args)))
}

// Languages lists the languages that problems can be said in.
func Languages() []string {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(path.Base(n), ".yaml")
	}
	return names
}

// Rule is the catalogue's entry for a rule.
type Rule struct {
	Code  string `yaml:"code"`
	Title string `yaml:"title"` // the requirement, in a line
	Why   string `yaml:"why"`   // its purpose, in a few sentences

	Texts map[string]text `yaml:"texts"`
}

// Rules lists the rules in a language, in the order in which help shows them.
func Rules(lang string) []Rule {
	rules := slices.Clone(catalogueOf(lang).Rules)
	for i := range rules {
		rules[i].Why = catalogueOf(lang).isolateCode(strings.TrimSpace(rules[i].Why))
		rules[i].Title = catalogueOf(lang).isolateCode(rules[i].Title)
	}
	return rules
}

// Codes lists the codes of all rules, in the same order.
func Codes() []string {
	var codes []string
	for _, r := range catalogueOf("en").Rules {
		codes = append(codes, r.Code)
	}
	return codes
}

//go:embed *.yaml
var files embed.FS

// catalogue is the file of one language.
type catalogue struct {
	Dir    string          `yaml:"dir"`
	Quotes []string        `yaml:"quotes"`
	Comma  string          `yaml:"comma"`
	Shared map[string]text `yaml:"shared"`
	Rules  []Rule          `yaml:"rules"`

	tag    language.Tag
	byCode map[string]map[string]text
}

// text has one form, or one form for each plural category of CLDR.
type text struct {
	forms map[string]string
}

// UnmarshalYAML reads a single form or a mapping of forms.
func (t *text) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if unmarshal(&one) == nil {
		t.forms = map[string]string{"other": one}
		return nil
	}
	return unmarshal(&t.forms)
}

var categories = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
}

func (t text) form(tag language.Tag, args []any) string {
	for _, a := range args {
		if n, ok := a.(int); ok {
			if form, ok := t.forms[categories[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]]; ok {
				return form
			}
			break
		}
	}
	return t.forms["other"]
}

var catalogues = sync.OnceValue(func() map[string]*catalogue {
	all := map[string]*catalogue{}
	for _, lang := range Languages() {
		data, err := files.ReadFile(lang + ".yaml")
		if err != nil {
			panic(err) // Languages has just listed the file
		}
		c := &catalogue{tag: language.MustParse(lang), byCode: map[string]map[string]text{}}
		if err := yaml.UnmarshalWithOptions(data, c, yaml.Strict()); err != nil {
			panic(fmt.Sprintf("diag: the catalogue of %s: %v", lang, err))
		}
		for _, r := range c.Rules {
			c.byCode[r.Code] = r.Texts
		}
		all[lang] = c
	}
	return all
})

// catalogueOf returns a language's catalogue, the English one when there is none.
func catalogueOf(lang string) *catalogue {
	if c, ok := catalogues()[lang]; ok {
		return c
	}
	return catalogues()["en"]
}

func (c *catalogue) text(code, variant string) (text, bool) {
	if code == "" {
		t, ok := c.Shared[variant]
		return t, ok
	}
	t, ok := c.byCode[code][variant]
	return t, ok
}

// longest is how many characters of a content word a message quotes.
const longest = 60

func (c *catalogue) show(arg any) string {
	switch a := arg.(type) {
	case Phrase:
		return a.In(c.tag.String())
	case string:
		if r := []rune(a); len(r) > longest {
			a = string(r[:longest]) + "…"
		}
		return c.Quotes[0] + c.isolate(plain(a)) + c.Quotes[1]
	case Raw:
		return c.isolate(plain(string(a)))
	case []string:
		parts := make([]string, len(a))
		for i, s := range a {
			parts[i] = c.isolate(plain(s))
		}
		return strings.Join(parts, c.Comma)
	case int:
		return strconv.Itoa(a)
	}
	return fmt.Sprint(arg)
}

// Unicode isolates. They keep a piece of text from changing the order of the text around it.
const (
	leftToRight = "\u2066"
	rightToLeft = "\u2067"
	firstStrong = "\u2068"
	popIsolate  = "\u2069"
)

// Isolated isolates a sentence in a right-to-left language from the text before it on the line.
func Isolated(lang, s string) string {
	if catalogueOf(lang).Dir == "rtl" {
		return rightToLeft + s + popIsolate
	}
	return s
}

// isolate isolates s if its direction may differ from that of the language: an id in an Arabic message, an Arabic word
// in an English one.
func (c *catalogue) isolate(s string) string {
	if rtl := hasRTL(s); rtl && c.Dir == "ltr" || c.Dir == "rtl" && !rtl {
		return firstStrong + s + popIsolate
	}
	return s
}

// isolateCode isolates text between `backticks`: code is left to right in every language.
func (c *catalogue) isolateCode(s string) string {
	if c.Dir == "ltr" {
		return s
	}
	parts := strings.Split(s, "`")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = leftToRight + parts[i] + popIsolate
	}
	return strings.Join(parts, "`")
}

func hasRTL(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return p.Class() == bidi.R || p.Class() == bidi.AL
	})
}

// plain shows control characters and invisible characters by their number, so that a terminal does not obey or hide
// them.
func plain(s string) string {
	if !strings.ContainsFunc(s, unshown) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unshown(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unshown(r rune) bool { return !unicode.IsPrint(r) }
