package source

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Encode writes a record as a YAML file of content, in the order of the format. A text has a line for each of the
// languages. What must be given and is not stands at the end of its record as a comment, "# TODO: key"; package check
// reports the same. exists reports whether the explainer has a file.
func Encode(record any, languages []string, exists func(file string) bool) string {
	e := encoder{languages: languages, exists: exists}
	e.record(reflect.Indirect(reflect.ValueOf(record)), 0)
	return strings.Join(e.lines, "\n") + "\n"
}

type encoder struct {
	languages []string
	exists    func(file string) bool
	lines     []string
}

func (e *encoder) line(indent int, text string) {
	e.lines = append(e.lines, strings.Repeat(" ", indent)+text)
}

func (e *encoder) record(v reflect.Value, indent int) {
	var missing []string
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name, options, _ := strings.Cut(tag.Get("yaml"), ",")
		switch {
		case name == "":
		case given(v.Field(i)):
			e.field(name, v.Field(i), tag, indent)
		case options == "need" && !e.replaced(v, tag):
			missing = append(missing, name)
		}
	}
	if s, ok := v.Interface().(Sentence); ok && len(s.Sources)+len(s.Statements) == 0 {
		missing = append(missing, "sources")
	}
	for _, name := range missing {
		e.line(indent, "# TODO: "+name)
	}
}

// replaced tells whether something else is there in place of a needed key.
func (e *encoder) replaced(record reflect.Value, tag reflect.StructTag) bool {
	if file := tag.Get("unless"); file != "" && e.exists(file) {
		return true
	}
	for i := range record.NumField() {
		name, _, _ := strings.Cut(record.Type().Field(i).Tag.Get("yaml"), ",")
		if name != "" && name == tag.Get("or") {
			return given(record.Field(i))
		}
	}
	return false
}

// given tells whether a value was written. An empty list that is not nil was.
func given(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case String:
		return x.Value != ""
	case Int:
		return x.Value != 0 || x.Pos.Line != 0
	case Bool:
		return x.Value || x.Pos.Line != 0
	case Text:
		return len(x.ByLang) > 0 || x.None
	case Choice:
		return len(x.ByLang) > 0
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("yaml") != "" && given(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

func (e *encoder) field(name string, v reflect.Value, tag reflect.StructTag, indent int) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	key := name + ": "
	switch x := v.Interface().(type) {
	case String:
		e.line(indent, key+Scalar(x.Value))
	case Int:
		e.line(indent, key+strconv.Itoa(x.Value))
	case Bool:
		e.line(indent, key+strconv.FormatBool(x.Value))
	case Choice:
		var parts []string
		for _, l := range e.order(x.ByLang) {
			parts = append(parts, l+": "+Scalar(x.In(l)))
		}
		e.line(indent, key+"{"+strings.Join(parts, ", ")+"}")
	case Text:
		if x.None {
			e.line(indent, key+"none")
			return
		}
		e.line(indent, name+":")
		for _, l := range e.order(x.ByLang) {
			e.line(indent+2, l+": "+Scalar(x.In(l)))
		}
	case []String:
		var parts []string
		for _, s := range x {
			parts = append(parts, Scalar(s.Value))
		}
		e.list(key, parts, tag, indent)
	case []Int:
		var parts []string
		for _, n := range x {
			parts = append(parts, strconv.Itoa(n.Value))
		}
		e.list(key, parts, tag, indent)
	default:
		switch {
		case v.Kind() == reflect.Slice && v.Len() == 0:
			e.list(key, nil, tag, indent)
		case v.Kind() == reflect.Slice:
			e.line(indent, name+":")
			for i := range v.Len() {
				from := len(e.lines)
				e.record(v.Index(i), indent+4)
				e.lines[from] = strings.Repeat(" ", indent+2) + "- " + e.lines[from][indent+4:]
			}
		default:
			e.line(indent, name+":")
			e.record(v, indent+2)
		}
	}
}

func (e *encoder) list(key string, parts []string, tag reflect.StructTag, indent int) {
	if len(parts) == 0 && tag.Get("list") == "none" {
		e.line(indent, key+"none")
		return
	}
	e.line(indent, key+"["+strings.Join(parts, ", ")+"]")
}

// order returns the languages of a text: those of the explainer first, in their order.
func (e *encoder) order(by map[string]String) []string {
	var all, others []string
	for _, l := range e.languages {
		if _, ok := by[l]; ok {
			all = append(all, l)
		}
	}
	for l := range by {
		if !slices.Contains(all, l) {
			others = append(others, l)
		}
	}
	slices.Sort(others)
	return append(all, others...)
}

// datePattern matches dates that YAML reads as they are: 2021-05-03, 1990/.., 199X.
var datePattern = regexp.MustCompile(`^[0-9]{4}[0-9X~/.-]*$`)

// Scalar writes a text as YAML: plain if that is safe, otherwise as JSON, which is YAML too.
func Scalar(s string) string {
	plain := s != "" && !strings.ContainsAny(s, ":#[]{}\"'`&*!|>%@,\\") &&
		!strings.ContainsFunc(s, func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp)
		}) &&
		!strings.ContainsAny(s[:1], "-?0123456789 ~=<.") &&
		!slices.Contains([]string{"true", "false", "null", "none", "yes", "no", "on", "off"}, strings.ToLower(s)) &&
		strings.TrimSpace(s) == s
	if plain || datePattern.MatchString(s) {
		return s
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // strings always encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}
