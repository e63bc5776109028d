package locale

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"sharh/app/story/fold"
)

// A Fault is something in the file of a language that cannot be right, whatever is still missing.
type Fault struct {
	Kind   FaultKind
	Path   []string // the keys that lead to it
	Got    string   // what is wrong
	Want   []string // what it may be instead
	Length int      // how many entries a list has to have
}

// FaultKind says what is wrong.
type FaultKind string

// What can be wrong.
const (
	Choice     FaultKind = "choice"     // a word that is none of those to choose from
	Unknown    FaultKind = "unknown"    // a key that nothing asks for
	NoForm     FaultKind = "form"       // a plural form that no language has
	WrongCount FaultKind = "count"      // a list with too many or too few entries
	Hole       FaultKind = "hole"       // a placeholder that nobody fills
	NoFamilies FaultKind = "families"   // no list of font families
	NotFolded  FaultKind = "not-folded" // letters that a search never compares, because they are folded before
)

func (f Fault) String() string {
	name := strings.Join(f.Path, ".")
	if f.Kind == Choice {
		return fmt.Sprintf("%s is one of %s, not %q", name, strings.Join(f.Want, ", "), f.Got)
	}
	return fmt.Sprintf("%s: %s: %q", name, f.Kind, f.Got)
}

var number = regexp.MustCompile(`^\d+$`)

// Faults finds what is wrong with the file of a language, in the order of the places.
func (f *File) Faults(lang string) []Fault {
	var all []Fault
	add := func(kind FaultKind, name, got string, want []string, length int) {
		fault := Fault{kind, strings.Split(name, "."), got, want, length}
		if !slices.ContainsFunc(all, func(x Fault) bool { return reflect.DeepEqual(x, fault) }) {
			all = append(all, fault)
		}
	}
	got, known := map[string][]string{}, map[string][]string{}
	words("", reflect.ValueOf(*f), got)
	words("", reflect.ValueOf(*english()), known)
	choices := map[string][]string{"dir": {"ltr", "rtl"}, "digits": Systems, "fonts": Fonts}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		word := got[name]
		parent, last := "", name
		if at := strings.LastIndex(name, "."); at >= 0 {
			parent, last = name[:at], name[at+1:]
		}
		noun, isCount := strings.CutPrefix(parent, "counts.")
		wanted, there := known[name]
		switch choice := choices[name]; {
		case choice != nil:
			if !slices.Contains(choice, word[0]) {
				add(Choice, name, word[0], choice, 0)
			}
		case strings.HasPrefix(name, "families."):
			if !AreFamilies(word[0]) {
				add(NoFamilies, name, word[0], nil, 0)
			}
		case parent == "folding":
			for _, s := range []string{last, word[0]} {
				if folded := fold.Text(norm.NFKD.String(s), nil); folded != s {
					add(NotFolded, name, s, []string{folded}, 0)
				}
			}
		case isCount && english().Counts[noun] == nil:
			add(Unknown, parent, noun, slices.Sorted(maps.Keys(english().Counts)), 0)
		case isCount:
			if !number.MatchString(last) && !slices.Contains(inOrder, last) {
				add(NoForm, name, last, forms(language.Make(lang)), 0)
			}
			holes(name, word, []string{"{n}"}, add)
		case optional.MatchString(name):
		case !there:
			add(Unknown, name, last, beside(parent, known), 0)
		case len(word) == 0: // it is missing
		case len(word) != len(wanted):
			add(WrongCount, name, fmt.Sprint(len(word)), nil, len(wanted))
		case strings.HasPrefix(name, "calendar."):
			holes(name, word, []string{"{year}", "{century}", "{date}"}, add)
		default:
			holes(name, word, placeholder.FindAllString(strings.Join(wanted, " "), -1), add)
		}
	}
	return all
}

// holes adds the placeholders of words that are none of those that are filled.
func holes(name string, word, filled []string, add func(FaultKind, string, string, []string, int)) {
	for _, w := range word {
		for _, hole := range placeholder.FindAllString(w, -1) {
			if !slices.Contains(filled, hole) {
				add(Hole, name, hole, filled, 0)
			}
		}
	}
}

// beside lists the keys under a key.
func beside(parent string, known map[string][]string) (keys []string) {
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if key, in := strings.CutPrefix(name, parent+"."); in && !strings.Contains(key, ".") {
			keys = append(keys, key)
		}
	}
	return keys
}
