package schema

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

var golden = flag.Bool("golden", false, "write the schemas")

const (
	content = "../../../content"
	// fixture is the folder of the tests' explainers.
	fixture = "../../../cmd/sharh/testdata/content"
)

func files(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Files(nil)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The schemas in the folder of content, which text editors read, must be up to date.
func TestSchemasAreAsTheRecordsSay(t *testing.T) {
	folder := filepath.Join(content, Folder)
	files := files(t)
	if *golden {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, data := range files {
			if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale (%v): make golden writes it", filepath.Join(folder, name), err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()] == nil {
			t.Errorf("%s is the schema of no file", e.Name())
		}
	}
}

// Every key has a help text: its field has a comment.
func TestEveryKeyHasHelp(t *testing.T) {
	for name, data := range files(t) {
		var s any
		if err := yaml.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
		var walk func(at string, v any)
		walk = func(at string, v any) {
			m, ok := v.(map[string]any)
			if !ok {
				return
			}
			if properties, ok := m["properties"].(map[string]any); ok {
				for key, p := range properties {
					if help, _ := p.(map[string]any)["description"].(string); help == "" {
						t.Errorf("%s: %s.%s has no help: write a comment after its field in package source", name, at, key)
					}
				}
			}
			for key, x := range m {
				walk(at+"/"+key, x)
			}
		}
		walk("", s)
	}
}

func compile(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	compiled := map[string]*jsonschema.Schema{}
	for name, data := range files(t) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		if compiled[strings.TrimSuffix(name, ".json")], err = c.Compile(name); err != nil {
			t.Fatal(err)
		}
	}
	return compiled
}

// validate checks the text of a content file against a schema.
func validate(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// Every explainer and every new draft conforms to the schemas.
func TestExplainersConform(t *testing.T) {
	compiled := compile(t)
	conforms := func(name string, read func(file string) ([]byte, error)) {
		t.Helper()
		for file, s := range compiled {
			text, err := read(file + ".yaml")
			optional := slices.ContainsFunc(source.FilesOfRecords(), func(f source.File) bool { return f.Optional && f.Name == file+".yaml" })
			if errors.Is(err, fs.ErrNotExist) && optional {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(t, s, text); err != nil {
				t.Errorf("%s/%s.yaml: %v", name, file, err)
			}
		}
	}
	slugs, err := source.Slugs(os.DirFS(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs {
		conforms(slug, func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(content, slug, file)) })
	}
	for _, calls := range []bool{false, true} {
		begun, err := draft.Files(draft.Options{Languages: (*locale.Set)(nil).Languages(), Calls: calls, Today: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		conforms("a draft", func(file string) ([]byte, error) {
			if text, ok := begun[file]; ok {
				return text, nil
			}
			return nil, fs.ErrNotExist
		})
	}
}

// Whatever a schema refuses, check refuses too, so that a text editor never reports more than check.
func TestFaultsAreFound(t *testing.T) {
	compiled := compile(t)
	for _, fault := range []struct{ file, old, new, at string }{
		{"explainer", "languages: [en, ar]", "languages: [en, xx]", "/languages/1"},
		{"explainer", "\nlisted: false\n", "\nlisted: perhaps\n", "/listed"},
		{"explainer", "digits: {en: latn, ar: arab}", "digits: {en: latn, ar: roman}", "/digits/ar"},
		{"explainer", "axis: {en: ltr", "axis: {en: up", "/axis/en"},
		{"explainer", "facts_as_of: 2025-07-15", "facts_as_of: 15.7.2025", "/facts_as_of"},
		{"explainer", "facts_as_of: 2025-07-15\n", "", ""},
		{"explainer", "tone: ochre", "tone: pink", "/camps/1/tone"},
		{"explainer", "kicker: {en: A sample, ar: نموذج}", "kicker: A sample", "/kicker"},
		{"explainer", "kicker: {en: A sample, ar: نموذج}", "kicker: {en: A sample, ar: نموذج, xx: y}", "/kicker"},
		{"explainer", "kicker:", "kickers:", ""},
		{"explainer", "id: figures", "id: Figures", "/sections/1/id"},
		{"steps", "shows: {call: 8}", "shows: {call: 0}", "/steps/0/shows/call"},
		{"steps", "shows: {event: alaska-summit}", "shows: {events: [alaska-summit]}", "/steps/2/shows"},
		{"timeline", "  - id: 1\n", "  - id: one\n", "/calls/0/id"},
		{"timeline", "minutes: 30", "minutes: 0", "/calls/0/lengths/0/minutes"},
		{"timeline", "elsewhere: {date: 2023-02-02,", "elsewhere: {", "/calls/1/elsewhere"},
		{"timeline", "kind: expectation", "kind: guess", "/calls/1/accounts/0/sentences/0/kind"},
		{"timeline", "figure: meeting", "figure: A meeting", "/events/1/figure"},
		{"timeline", "calls: [2, 3]", "calls: 2", "/events/1/calls"},
		{"actors", "shape: institution", "shape: round", "/actors/2/shape"},
		{"actors", "polarity: pressure", "polarity: bad", "/relations/1/polarity"},
		{"statements", "check: differs", "check: wrong", "/statements/2/check"},
		{"statements", "kind: claim", "kind: lie", "/statements/2/kind"},
		{"views", "counter: none", "counter: nobody", "/views/1/counter"},
		{"sources", "url: https://yaml.org/spec/1.2.2/", "url: ftp://yaml.org/spec/1.2.2/", "/sources/2/url"},
		{"sources", "    date: 2024-01\n", "    date: January\n", "/sources/3/date"},
		{"glossary", "  - id: bar\n", "  - ide: bar\n", "/terms/0"},
	} {
		slug := "sample"
		if fault.file == "steps" {
			slug = "eight-calls" // this explainer has steps
		}
		name := filepath.Join(fixture, slug, fault.file+".yaml")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte(fault.old)) {
			t.Errorf("%s has no %q", name, fault.old)
			continue
		}
		text = bytes.Replace(text, []byte(fault.old), []byte(fault.new), 1)
		problem, ok := validate(t, compiled[fault.file], text).(*jsonschema.ValidationError)
		if !ok {
			t.Errorf("%s with %q is accepted", fault.file, fault.new)
			continue
		}
		if got := places(problem); !slices.Contains(got, fault.at) {
			t.Errorf("%s with %q: got problems at %q, want one at %q", fault.file, fault.new, got, fault.at)
		}
		if checked(t, slug, fault.file+".yaml", text) == 0 {
			t.Errorf("%s with %q: refused by its schema, accepted by check", fault.file, fault.new)
		}
	}
}

// places lists the positions at which the schema found errors.
func places(e *jsonschema.ValidationError) []string {
	at := []string{""}
	if len(e.InstanceLocation) > 0 {
		at[0] = "/" + strings.Join(e.InstanceLocation, "/")
	}
	for _, cause := range e.Causes {
		at = append(at, places(cause)...)
	}
	return at
}

// checked returns the number of problems that check finds in an explainer if the text of one file is replaced.
func checked(t *testing.T, slug, name string, text []byte) int {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(fixture), slug, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(fixture, p))
		files[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files[slug+"/"+name] = &fstest.MapFile{Data: text}
	var list diag.List
	set, err := source.Load(files, slug, &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	return list.Len()
}

// The sample sets every field of every record, so that it shows and tests the whole format. The only exceptions are
// fields that replace a file that the sample has, and the notice of an explainer that was withdrawn, which would show
// nothing else.
func TestSampleUsesTheWholeFormat(t *testing.T) {
	var list diag.List
	set, err := source.Load(os.DirFS(content), "sample", &list)
	if err != nil || list.Len() > 0 {
		t.Fatalf("%v, %d problems", err, list.Len())
	}
	fields := map[string]bool{} // by record and field: set somewhere in the sample
	values := map[string]map[string]bool{}
	var walk func(v reflect.Value, field string)
	walk = func(v reflect.Value, field string) {
		switch x := v.Interface().(type) {
		case source.String:
			if values[field] == nil {
				values[field] = map[string]bool{}
			}
			values[field][x.Value] = true
			return
		case source.Int, source.Bool, source.Text, source.Choice, diag.Pos:
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), field)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), field)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				f := v.Type().Field(i)
				name := v.Type().Name() + "." + f.Name
				if f.Name == "Pos" || f.Tag.Get("unless") != "" || v.Type() == reflect.TypeFor[source.Set]() && f.Type.Kind() != reflect.Struct {
					continue
				}
				fields[name] = fields[name] || !v.Field(i).IsZero()
				walk(v.Field(i), name)
			}
		}
	}
	walk(reflect.ValueOf(*set), "")
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !fields[name] && name != "Explainer.Withdrawn" {
			t.Errorf("the sample has no %s", name)
		}
	}
	for field, want := range limits {
		if field == "Explainer.Calendar" {
			continue // an explainer has one
		}
		for _, value := range want.Enum {
			if got, ok := values[field]; ok && !got[value] {
				t.Errorf("the sample has no %s %q", field, value)
			}
		}
	}
}
