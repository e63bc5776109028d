// Package schema writes a JSON Schema for each content file, so that text editors can complete keys and values and
// explain each key.
//
//	files, err := schema.Files(locales) // "timeline.json" and so on; they live in content/.schema
//
// The schemas are made from the records of package source, with the same tags and types that its decoder uses. (A
// library that reflects on Go types, such as invopop/jsonschema, knows neither texts in several languages nor needed
// keys; only its printing would be of use here.) The help texts are the comments of the records. A schema cannot check
// everything, for example whether an id exists: package check does that. Whatever a schema refuses, check refuses too.
package schema

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"

	"sharh/app/desk/check"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// Folder is the folder of the schemas, beside those of the explainers.
const Folder = ".schema"

// schema is the part of JSON Schema, draft 7, that content needs. Text editors support that draft best.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        any                `json:"type,omitempty"` // one type name, or several
	Enum        []string           `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	MinLength   int                `json:"minLength,omitempty"`
	Minimum     int                `json:"minimum,omitempty"`
	Maximum     int                `json:"maximum,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
	Properties  properties         `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Additional  *bool              `json:"additionalProperties,omitempty"`
	Definitions map[string]*schema `json:"definitions,omitempty"`
}

// properties keep their order, because editors offer keys in this order.
type properties []property

type property struct {
	name   string
	schema *schema
}

func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, x := range p {
		name, err := json.Marshal(x.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(x.schema)
		if err != nil {
			return nil, err
		}
		b.WriteByte("{,"[min(i, 1)])
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

const (
	id     = story.IDPattern
	day    = `^\d{4}-\d{2}-\d{2}$`
	colour = `^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`
)

// vague is a date as package edtf reads it. A pattern for all that it reads would refuse what it does not know; each
// has a digit, and a year alone is a number.
var vague = schema{Type: []string{"string", "number"}, Pattern: `\d`}

// limits are constraints that the type of a field does not express, by record and field.
var limits = map[string]schema{
	"Sentence.Kind":       {Enum: story.Kinds},
	"Sentence.Date":       vague,
	"Explainer.Digits":    {Enum: locale.Systems},
	"Explainer.Calendar":  {Enum: check.Calendars()},
	"Explainer.Axis":      {Enum: []string{"rtl", "ltr"}},
	"Explainer.FactsAsOf": {Pattern: day},
	"Figure.Open":         {Minimum: 1},
	"Span.From":           vague,
	"Span.To":             vague,
	"Change.Date":         {Pattern: day},
	"Camp.Tone":           {Enum: check.Tones},
	"Theme.Measure":       {Pattern: `^([2-4]\d(\.\d+)?|50)rem$`},
	"Colours.Paper":       {Pattern: colour},
	"Colours.Ink":         {Pattern: colour},
	"Colours.Accent":      {Pattern: colour},
	"Colours.Red":         {Pattern: colour},
	"Colours.Blue":        {Pattern: colour},
	"Colours.Ochre":       {Pattern: colour},
	"Colours.Grey":        {Pattern: colour},
	"Call.ID":             {Minimum: 1},
	"Call.Date":           {Pattern: day},
	"Elsewhere.Date":      {Pattern: day},
	"Length.Minutes":      {Minimum: 1, Maximum: 24 * 60},
	"Event.Date":          vague,
	"Event.Figure":        {Pattern: id},
	"Sign.Shape":          {Enum: story.Signs},
	"Actor.Shape":         {Enum: story.Shapes},
	"Actor.Pin":           {Enum: check.Pins},
	"Relation.Polarity":   {Enum: story.Polarities},
	"Statement.Date":      vague,
	"Statement.Kind":      {Enum: story.Kinds},
	"Statement.Check":     {Enum: story.Checks},
	"Source.Date":         vague,
	"Relation.Since":      vague,
	"Relation.Until":      vague,
	"Source.URL":          {Pattern: `^https?://`},
	"Source.Medium":       {Enum: story.Media},
	"Picture.Link":        {Pattern: `^https?://`},
	"Picture.Video":       {Pattern: `^https?://`},
	"Picture.Focus":       {Minimum: -1, Maximum: 100}, // from 0, which would be no limit
}

// mayBeNone are the lists and texts that may be empty on purpose, written as the word none.
var mayBeNone = map[string]bool{"View.Counter": true, "Picture.Alt": true}

// Files returns the schemas by name, for explainers that can have these languages.
func Files(locales *locale.Set) (map[string][]byte, error) {
	help, err := comments(source.Records)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range source.FilesOfRecords() {
		g := generator{help, locales, map[string]*schema{}}
		s := *g.record(f.Type)
		s.Schema, s.Title = "http://json-schema.org/draft-07/schema#", f.Name
		s.Definitions = g.definitions
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(&s); err != nil {
			return nil, fmt.Errorf("writing the schema of %s: %w", f.Name, err)
		}
		files[strings.TrimSuffix(f.Name, ".yaml")+".json"] = b.Bytes()
	}
	return files, nil
}

// comments returns the comments of Go source, by type ("Call") and by field ("Call.Date").
func comments(goText string) (map[string]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "record.go", goText, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("reading the comments of records: %w", err)
	}
	help := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		decl, ok := n.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			return true
		}
		for _, spec := range decl.Specs {
			t := spec.(*ast.TypeSpec)
			help[t.Name.Name] = strings.TrimSpace(decl.Doc.Text())
			if s, ok := t.Type.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					for _, name := range f.Names {
						help[t.Name.Name+"."+name.Name] = strings.TrimSpace(f.Doc.Text() + f.Comment.Text())
					}
				}
			}
		}
		return false
	})
	return help, nil
}

type generator struct {
	help        map[string]string
	locales     *locale.Set
	definitions map[string]*schema
}

// record returns the schema of a record: its keys, the needed ones, and no others.
func (g generator) record(t reflect.Type) *schema {
	closed := false
	s := &schema{Description: g.help[t.Name()], Type: "object", Additional: &closed}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			continue // the key is not in this file
		}
		if options == "need" && f.Tag.Get("unless")+f.Tag.Get("or") == "" {
			s.Required = append(s.Required, name)
		}
		field := t.Name() + "." + f.Name
		p := g.value(f.Type, field)
		if mayBeNone[field] {
			p = &schema{AnyOf: []*schema{p, {Enum: []string{"none"}}}}
		}
		p.Description = g.help[field]
		s.Properties = append(s.Properties, property{name, p})
	}
	return s
}

// value is the schema of a value of type t in a field.
func (g generator) value(t reflect.Type, field string) *schema {
	limit := limits[field]
	if field == "Explainer.Languages" || field == "Explainer.Preparing" {
		limit.Enum = g.locales.Languages()
	}
	switch t {
	case reflect.TypeFor[source.String]():
		if len(limit.Enum) > 0 {
			return &schema{Enum: limit.Enum}
		}
		s := &schema{Type: []string{"string", "number"}, Pattern: limit.Pattern}
		switch {
		case strings.HasSuffix(field, ".ID"):
			s.Pattern = id
		case s.Pattern != "" && limit.Type == nil:
			s.Type = "string"
		case s.Pattern == "":
			s.MinLength = 1
		}
		return s
	case reflect.TypeFor[source.Int]():
		least := cmp.Or(limit.Minimum, 1)
		return &schema{Type: "integer", Minimum: max(0, least), Maximum: limit.Maximum}
	case reflect.TypeFor[source.Bool]():
		return &schema{Type: "boolean"}
	case reflect.TypeFor[source.Text](), reflect.TypeFor[source.Choice]():
		closed := false
		s := &schema{Type: "object", Additional: &closed}
		for _, lang := range g.locales.Languages() {
			in := &schema{Type: []string{"string", "number"}, MinLength: 1}
			if len(limit.Enum) > 0 {
				in = &schema{Enum: limit.Enum}
			}
			if l, err := g.locales.For(lang, ""); err == nil {
				in.Description = l.Name
			}
			s.Properties = append(s.Properties, property{lang, in})
		}
		return s
	}
	switch t.Kind() {
	case reflect.Slice:
		return &schema{Type: "array", Items: g.value(t.Elem(), field)}
	case reflect.Pointer:
		return g.value(t.Elem(), field)
	case reflect.Struct:
		if _, there := g.definitions[t.Name()]; !there {
			g.definitions[t.Name()] = nil // ends the recursion for a record that contains itself
			g.definitions[t.Name()] = g.record(t)
		}
		return &schema{Ref: "#/definitions/" + t.Name()}
	default:
		panic(fmt.Sprintf("schema: a record holds a %s", t))
	}
}
