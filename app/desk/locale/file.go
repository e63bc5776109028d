package locale

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sharh/app/story"
)

// File is a file of a language.
type File struct {
	Name      string   `yaml:"name"`       // of the language, in itself
	Dir       string   `yaml:"dir"`        // "rtl" or "ltr"
	Digits    string   `yaml:"digits"`     // one of Systems: the digits of an explainer that does not choose
	OpenGraph string   `yaml:"open_graph"` // language and country in the form of Open Graph, "fr_FR"; may be left out
	Quotes    []string `yaml:"quotes"`     // the opening and the closing quotation mark, with the spaces that belong to them
	Fonts     string   `yaml:"fonts"`      // one of Fonts: the letters that a page loads first
	Families  Families `yaml:"families"`

	// Lookalikes are letters that keyboards put in the place of the language's own, with the right one.
	Lookalikes map[string]string `yaml:"lookalikes"`
	// Folding has letters that a search takes for others, beside what package fold does for every language. Both are
	// folded already: small letters without accents.
	Folding map[string]string `yaml:"folding"`
	// Joined are letters that are written joined before a name, such as those for "and" and "to".
	Joined string `yaml:"joined"`

	Months   []string                     `yaml:"months"`
	Weekdays []string                     `yaml:"weekdays"` // from Sunday
	Dates    map[string]string            `yaml:"dates"`
	Calendar calendar                     `yaml:"calendar"`
	Ordinals []string                     `yaml:"ordinals"` // the first call, the second call …
	Ordinal  string                       `yaml:"ordinal"`  // pattern for later calls
	Counts   map[string]map[string]string `yaml:"counts"`
	Phrases  map[string]string            `yaml:"phrases"`
	Words    story.Words                  `yaml:"words"`
	Draft    Draft                        `yaml:"draft"`
	Preview  map[string]string            `yaml:"preview"`
}

// Families are font families as in CSS, for a language in whose script there are no fonts here. Readers must have them.
type Families struct {
	Text  string `yaml:"text"`  // of text and headings
	Label string `yaml:"label"` // of labels, figures and controls
}

var families = regexp.MustCompile(`^(?:[\pL\d -]+|"[\pL\d -]+"|'[\pL\d -]+')` +
	`(?:, *(?:[\pL\d -]+|"[\pL\d -]+"|'[\pL\d -]+'))*$`)

// AreFamilies reports whether s is a list of font families.
func AreFamilies(s string) bool { return families.MatchString(s) }

// Draft has the words of a new explainer.
type Draft struct {
	Ask  map[string]string `yaml:"ask"`  // the questions at the prompt
	Note map[string]string `yaml:"note"` // comments
	Text map[string]string `yaml:"text"` // texts of the explainer

	// Alone has the notes and texts that replace those of the same key in a story without calls.
	Alone map[string]string `yaml:"alone"`
}

// merge puts what from gives into into. A list of another length gives nothing.
func merge(into, from reflect.Value) {
	switch from.Kind() {
	case reflect.Struct:
		for i := range from.NumField() {
			merge(into.Field(i), from.Field(i))
		}
	case reflect.String:
		if from.Len() > 0 {
			into.Set(from)
		}
	case reflect.Slice:
		if from.Len() > 0 && (into.Len() == 0 || into.Len() == from.Len()) {
			into.Set(from)
		}
	case reflect.Map:
		if from.Len() == 0 {
			return
		}
		both := reflect.MakeMap(from.Type())
		for _, m := range []reflect.Value{into, from} {
			for key, value := range m.Seq2() {
				merged := reflect.New(value.Type()).Elem()
				if there := both.MapIndex(key); there.IsValid() {
					merged.Set(there)
				}
				if merge(merged, value); merged.Len() > 0 {
					both.SetMapIndex(key, merged)
				}
			}
		}
		into.Set(both)
	default:
		panic(fmt.Sprintf("locale: a file holds a %s", from.Type()))
	}
}

// words lists the words of a file by their place in it, such as "counts.days.one". A list is one entry.
func words(name string, v reflect.Value, into map[string][]string) {
	inside := func(key string) string { return strings.TrimPrefix(name+"."+key, ".") }
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if tag := v.Type().Field(i).Tag.Get("yaml"); tag != "-" {
				words(inside(tag), v.Field(i), into)
			}
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			words(inside(key.String()), value, into)
		}
	case reflect.Slice:
		into[name] = v.Interface().([]string)
	default:
		if v.String() != "" {
			into[name] = []string{v.String()}
		}
	}
}

// optional are words that a language may be without: those of English are none in its place.
var optional = regexp.MustCompile(
	`^(name|dir|digits|open_graph|fonts|families|lookalikes|folding|joined|ordinals)(\.|$)|^counts\.\w+\.\d+$`)

// free are words whose placeholders a language chooses.
var free = regexp.MustCompile(`^(calendar\.(decades|quarters)|counts)\b`)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// missing lists what a file lacks, by place, and the placeholders that its words lack.
func (f *File) missing(tag language.Tag) []string {
	got, want := map[string][]string{}, map[string][]string{}
	words("", reflect.ValueOf(*f), got)
	words("", reflect.ValueOf(*english()), want)
	for noun := range english().Counts {
		for _, form := range forms(tag) {
			want["counts."+noun+"."+form] = []string{""}
		}
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		word, wanted := got[name], want[name]
		switch {
		case optional.MatchString(name):
		case strings.HasPrefix(name, "counts.") && !slices.Contains(forms(tag), name[strings.LastIndex(name, ".")+1:]):
		case len(word) != len(wanted) || slices.Contains(word, ""):
			all = append(all, name)
		case !free.MatchString(name):
			for i, w := range wanted {
				for _, hole := range placeholder.FindAllString(w, -1) {
					if !strings.Contains(word[i], hole) {
						all = append(all, name+" "+hole)
					}
				}
			}
		}
	}
	return all
}

// whole returns the file with English words for those that it lacks, and with what follows from the language itself.
func (f *File) whole(tag language.Tag) File {
	all := *english()
	all.OpenGraph, all.Ordinals = "", nil // those of English are none in their place
	all.Name, all.Dir, all.Digits, all.Fonts = display.Self.Name(tag), Direction(tag.String()), "latn", fontsOf(tag)
	counts := maps.Clone(all.Counts)
	merge(reflect.ValueOf(&all).Elem(), reflect.ValueOf(*f))
	for noun, own := range f.Counts {
		if !slices.ContainsFunc(forms(tag), func(form string) bool { return own[form] == "" }) {
			counts[noun] = own
		}
	}
	all.Counts = counts // the forms of a noun belong together, so one in part is English
	return all
}

// Parts counts names of words that are missing, which are sorted, by the part of the file that they are in, if they are
// more than most: "words (215)".
func Parts(missing []string, most int) []string {
	if len(missing) <= most {
		return missing
	}
	var parts []string
	counts := map[string]int{}
	for _, name := range missing {
		part, _, _ := strings.Cut(name, ".")
		if counts[part]++; !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	for i, part := range parts {
		parts[i] = fmt.Sprintf("%s (%d)", part, counts[part])
	}
	return parts
}

// forms lists the plural forms that numbers from 1 on have in a language. None of a thing is said by another form.
func forms(tag language.Tag) []string {
	var all []string
	for n := range 200 {
		if form := categories[plural.Cardinal.MatchPlural(tag, n+1, 0, 0, 0, 0)]; !slices.Contains(all, form) {
			all = append(all, form)
		}
	}
	if !slices.Contains(all, "other") {
		all = append(all, "other")
	}
	slices.SortFunc(all, func(a, b string) int { return slices.Index(inOrder, a) - slices.Index(inOrder, b) })
	return all
}

var inOrder = []string{"zero", "one", "two", "few", "many", "other"}

// Direction is the direction in which a language is written, "rtl" or "ltr".
func Direction(lang string) string {
	script, _ := language.Make(lang).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return "rtl"
	}
	return "ltr"
}

// Fonts are the sets of letters of which a page can load the fonts first. Extended are those of Latin script with the
// letters beyond Western Europe; system loads none, and leaves all letters to the fonts of the reader's system.
var Fonts = []string{"arabic", "extended", "hebrew", "latin", "system"}

// fontsOf guesses the fonts of a language that does not say which.
func fontsOf(tag language.Tag) string {
	switch script, _ := tag.Script(); script.String() {
	case "Arab":
		return "arabic"
	case "Hebr":
		return "hebrew"
	case "Latn":
		switch base, _ := tag.Base(); base.String() {
		case "az", "bs", "cs", "eo", "hr", "hu", "ku", "lt", "lv", "mt", "pl", "ro", "sk", "sl", "tk", "tr":
			return "extended"
		}
		return "latin"
	}
	return "system"
}
