package source

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"sharh/app/desk/diag"
)

// decode reads YAML into the record that into points at, and reports everything that does not fit: it goes on after a
// problem, so that one run finds them all. Records are structs whose fields carry a `yaml:"name"` tag, with ",need"
// when the key must be there; a field Pos is set to where the record begins. It returns false when nothing could be read.
func decode(file string, data []byte, into any, list *diag.List) (ok bool) {
	parsed, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			p := syntax.GetToken().Position
			list.Errorf(diag.Pos{File: file, Line: p.Line, Column: p.Column}, "yaml-syntax", "%s", syntax.GetMessage()).
				Hintf("check the indentation (two spaces, no tabs) and put texts that hold a colon in quotation marks")
			return false
		}
		list.Errorf(diag.Pos{File: file}, "yaml-syntax", "%s", firstLine(err.Error()))
		return false
	}
	d := decoder{file, list}
	var body ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			list.Errorf(d.pos(doc.Body), "wrong-type", "a second YAML document; a file holds one")
			continue
		}
		body = doc.Body
	}
	if body == nil || body.Type() == ast.CommentType || body.Type() == ast.CommentGroupType {
		list.Errorf(diag.Pos{File: file}, "empty-file", "the file is empty")
		return false
	}
	d.value(body, reflect.ValueOf(into).Elem(), "the file")
	return true
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

type decoder struct {
	file string
	list *diag.List
}

func (d decoder) pos(n ast.Node) diag.Pos {
	tk := n.GetToken()
	// A mapping's own token is the colon of its first entry; readers look at the key.
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return d.pos(n.Values[0])
		}
	case *ast.MappingValueNode:
		tk = n.Key.GetToken()
	case *ast.LiteralNode:
		tk = n.Start
	}
	if tk == nil || tk.Position == nil {
		return diag.Pos{File: d.file}
	}
	return diag.Pos{File: d.file, Line: tk.Position.Line, Column: tk.Position.Column}
}

var (
	stringType = reflect.TypeFor[String]()
	intType    = reflect.TypeFor[Int]()
	boolType   = reflect.TypeFor[Bool]()
	textType   = reflect.TypeFor[Text]()
	choiceType = reflect.TypeFor[Choice]()
)

// value reads n into v. what names the place for messages: "title", "an entry of calls".
func (d decoder) value(n ast.Node, v reflect.Value, what string) {
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		d.anchor(n, what)
		return
	case *ast.TagNode:
		d.list.Errorf(d.pos(n), "wrong-type", "%s has a YAML tag", what).Hintf("leave the tag out")
		return
	}
	switch v.Type() {
	case stringType:
		s, ok := d.scalar(n, what, "a text")
		if ok && strings.TrimSpace(s) == "" {
			d.list.Errorf(d.pos(n), "empty-value", "%s is empty", what).Hintf("fill it in, or leave the key out")
			return
		}
		if ok {
			v.Set(reflect.ValueOf(String{s, d.pos(n)}))
		}
		return
	case intType:
		s, ok := d.scalar(n, what, "a whole number")
		if !ok {
			return
		}
		i, err := strconv.Atoi(s)
		if err != nil {
			d.list.Errorf(d.pos(n), "wrong-type", "%s must be a whole number, not %q", what, s)
			return
		}
		v.Set(reflect.ValueOf(Int{i, d.pos(n)}))
		return
	case boolType:
		s, ok := d.scalar(n, what, "true or false")
		if !ok {
			return
		}
		if s != "true" && s != "false" {
			d.list.Errorf(d.pos(n), "wrong-type", "%s must be true or false, not %q", what, s)
			return
		}
		v.Set(reflect.ValueOf(Bool{s == "true", d.pos(n)}))
		return
	case textType, choiceType:
		d.languages(n, v, what)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		d.value(n, p.Elem(), what)
		v.Set(p)
	case reflect.Slice:
		d.slice(n, v, what)
	case reflect.Struct:
		d.record(n, v, what)
	default:
		panic(fmt.Sprintf("source: a record holds a %s", v.Type()))
	}
}

func (d decoder) anchor(n ast.Node, what string) {
	d.list.Errorf(d.pos(n), "yaml-anchor", "%s uses a YAML anchor or alias", what).
		Hintf("write the value out; content files use no anchors, so that every line can be read by itself")
}

func (d decoder) scalar(n ast.Node, what, want string) (string, bool) {
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode:
		d.anchor(n, what)
		return "", false
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSuffix(n.Value.Value, "\n"), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	d.list.Errorf(d.pos(n), "wrong-type", "%s must be %s, not %s", what, want, kindOf(n))
	return "", false
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "empty"
	default:
		return "a single value"
	}
}

func (d decoder) entries(n ast.Node, what string) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	d.list.Errorf(d.pos(n), "wrong-type", "%s must be a mapping (key: value), not %s", what, kindOf(n))
	return nil, false
}

// languages reads {ar: …, en: …}.
func (d decoder) languages(n ast.Node, v reflect.Value, what string) {
	entries, ok := d.entries(n, what)
	if !ok {
		return
	}
	values := map[string]String{}
	for _, e := range entries {
		key := e.Key.GetToken().Value
		if _, twice := values[key]; twice {
			d.list.Errorf(d.pos(e), "duplicate-key", "%s has the language %q twice", what, key)
			continue
		}
		if s, ok := d.scalar(e.Value, what+" ("+key+")", "a text"); ok {
			values[key] = String{s, d.pos(e.Value)}
		}
	}
	text := Text{ByLang: values, Pos: d.pos(n)}
	if v.Type() == choiceType {
		v.Set(reflect.ValueOf(Choice(text)))
		return
	}
	v.Set(reflect.ValueOf(text))
}

func (d decoder) slice(n ast.Node, v reflect.Value, what string) {
	// `counter: none` says that the list is empty on purpose.
	if s, ok := n.(*ast.StringNode); ok && s.Value == "none" && s.GetToken().Type == token.StringType {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return
	}
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.list.Errorf(d.pos(n), "wrong-type", "%s must be a list, not %s", what, kindOf(n)).
			Hintf("put each entry on its own line after \"- \", or all of them in [brackets]")
		return
	}
	out := reflect.MakeSlice(v.Type(), 0, len(seq.Values))
	for _, item := range seq.Values {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(item, e, "an entry of "+what)
		out = reflect.Append(out, e)
	}
	v.Set(out)
}

func (d decoder) record(n ast.Node, v reflect.Value, what string) {
	entries, ok := d.entries(n, what)
	if !ok {
		return
	}
	pos := d.pos(n)
	if f := v.FieldByName("Pos"); f.IsValid() {
		f.Set(reflect.ValueOf(pos))
	}
	fields := map[string]int{}
	var names []string
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if name != "" {
			fields[name] = i
			names = append(names, name)
		}
	}
	seen := map[string]diag.Pos{}
	for _, e := range entries {
		key := e.Key.GetToken().Value
		i, known := fields[key]
		if !known {
			d.list.Errorf(d.pos(e), "unknown-key", "%s has no key %q", what, key).Suggest(diag.Nearest(key, names))
			continue
		}
		if first, twice := seen[key]; twice {
			d.list.Errorf(d.pos(e), "duplicate-key", "%s has the key %q twice", what, key).Notef(first, "first here")
			continue
		}
		seen[key] = d.pos(e)
		d.value(e.Value, v.Field(i), key)
	}
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if _, there := seen[name]; options == "need" && !there {
			d.list.Errorf(pos, "missing-key", "%s has no %q", what, name)
		}
	}
}
