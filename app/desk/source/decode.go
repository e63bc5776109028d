package source

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"sharh/app/desk/diag"
)

// decode reads YAML into the record that into points at. It reports everything that does not fit, and goes on after a
// problem, so that one run finds all problems. Records are structs with the tags that record.go lists; decode sets a
// field Pos to the position where the record begins. exists reports whether the explainer has a file. decode returns
// false if it could read nothing.
func decode(name, text string, into any, exists func(file string) bool, list *diag.List) (ok bool) {
	d := decoder{name: name, file: newFile(text), exists: exists, list: list}
	body, ok := d.body()
	if ok {
		d.value(body, reflect.ValueOf(into).Elem(), diag.Say("the-file"))
	}
	return ok
}

type decoder struct {
	name   string
	file   *file
	exists func(file string) bool
	list   *diag.List
	blanks bool // a key may be without a value: it is yet to be filled in
}

// body returns what the file holds.
func (d decoder) body() (body ast.Node, ok bool) {
	parsed, ok := d.parse()
	if !ok {
		return nil, false
	}
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			d.list.Error(d.pos(doc.Body), "yaml-syntax", "second-document")
			continue
		}
		body = doc.Body
	}
	if body == nil || body.Type() == ast.CommentType || body.Type() == ast.CommentGroupType {
		d.list.Error(diag.Pos{File: d.name}, "empty-file", "empty")
		return nil, false
	}
	return body, true
}

// parse reads the file's YAML. It reports tabs and too deep nesting itself, before the parser sees the text.
func (d decoder) parse() (parsed *ast.File, ok bool) {
	if d.tabs() {
		return nil, false
	}
	defer func() {
		// The parser is not our code. If it panics, the editor must still learn which file was the reason.
		if p := recover(); p != nil {
			d.list.Error(diag.Pos{File: d.name}, "yaml-syntax", "other", diag.Raw(fmt.Sprint(p))).Advise("shape")
			parsed, ok = nil, false
		}
	}()
	tokens := lexer.Tokenize(d.file.text)
	if t := tooDeep(tokens); t != nil {
		d.list.Error(d.at(t), "yaml-syntax", "deep", maxDepth)
		return nil, false
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err == nil {
		return parsed, true
	}
	pos, message := diag.Pos{File: d.name}, err.Error()
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.GetToken() != nil {
		pos, message = d.at(syntax.GetToken()), syntax.GetMessage()
	}
	message, _, _ = strings.Cut(message, "\n")
	if d.quotes(tokens) {
		return nil, false
	}
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(message, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("mapping value is not allowed"):
		d.list.Error(pos, "yaml-syntax", "colon").Advise("quote")
	case has("must be specified", "not found", "could not find flow", "corresponding to"):
		d.list.Error(pos, "yaml-syntax", "bracket").Advise("close")
	case has("end of quoted", "could not find end character"):
		d.list.Error(pos, "yaml-syntax", "quotation").Advise("close")
	case has("reserved character"):
		d.list.Error(pos, "yaml-syntax", "reserved").Advise("quote-sign")
	case has("not allowed in this context", "non-map value", "unexpected"):
		d.list.Error(pos, "yaml-syntax", "place").Advise("shape")
	default:
		d.list.Error(pos, "yaml-syntax", "other", diag.Raw(message)).Advise("shape")
	}
	return nil, false
}

// tabs reports tabs outside of comments. YAML forbids them in indentation, and elsewhere the parser loses them, which
// joins two words. Lines that are indented by tabs are reported together, at the first of them, because an editor
// changes all of them at once.
func (d decoder) tabs() (found bool) {
	var first diag.Pos
	indented := 0
	for i, begin := range d.file.lines {
		text, _, _ := strings.Cut(d.file.text[begin:], "\n")
		at := strings.IndexByte(text, '\t')
		if at < 0 || strings.HasPrefix(strings.TrimLeft(text, " \t"), "#") {
			continue
		}
		_, column := advance(1, 1, text[:at])
		pos := diag.Pos{File: d.name, Line: i + 1, Column: column}
		found = true
		if strings.Trim(text[:at], " ") != "" {
			d.list.Error(pos, "yaml-syntax", "tab-in-text").Advise("space")
			continue
		}
		if indented++; indented == 1 {
			first = pos
		}
	}
	switch {
	case indented == 1:
		d.list.Error(first, "yaml-syntax", "tab").Advise("spaces")
	case indented > 1:
		d.list.Error(first, "yaml-syntax", "tabs", indented).Advise("spaces")
	}
	return found
}

// quotes reports the first text in quotation marks that goes on after its closing mark, as in 'It's over'. It is called
// for files that are not YAML, because the parser reports the place where it noticed.
func (d decoder) quotes(tokens token.Tokens) bool {
	for _, t := range tokens {
		if !quoted(t) || t.Next == nil || !goesOn(t.Next) {
			continue
		}
		line := d.file.line(t.Next.Position.Line)
		// The closing mark is the last one before what follows, which may have spaces before it.
		column := min(t.Next.Position.Column, len(line))
		single, mark := t.Type == token.SingleQuoteType, byte('"')
		if single {
			mark = '\''
		}
		for column > 1 && d.file.text[line[column-1]] != mark {
			column--
		}
		pos := diag.Pos{File: d.name, Line: t.Next.Position.Line, Column: column}
		if single {
			d.list.Error(pos, "yaml-syntax", "apostrophe").Advise("double-quotes")
		} else {
			d.list.Error(pos, "yaml-syntax", "inner-quote").Advise("single-quotes")
		}
		return true
	}
	return false
}

func quoted(t *token.Token) bool {
	return t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
}

// goesOn reports whether a token after a quoted text is more of the text.
func goesOn(t *token.Token) bool {
	switch t.Type {
	case token.MappingValueType, token.CollectEntryType, token.MappingEndType, token.SequenceEndType, token.CommentType:
		return false
	}
	return t.Prev != nil && t.Position.Line == t.Prev.Position.Line
}

// maxDepth is far above the nine levels of content, and far below a depth that exhausts the parser's stack.
const maxDepth = 40

// tooDeep returns the token at which a file is nested deeper than maxDepth. It counts open brackets, columns at which
// outer levels began, and levels opened within a line, such as "- - -" or "a: b:".
func tooDeep(tokens token.Tokens) *token.Token {
	var columns []int
	line, brackets, chain := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line && t.Type != token.CommentType {
			if line = t.Position.Line; brackets == 0 {
				for len(columns) > 0 && columns[len(columns)-1] >= t.Position.Column {
					columns = columns[:len(columns)-1]
				}
				columns, chain = append(columns, t.Position.Column), 0
			}
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			brackets++
		case token.MappingEndType, token.SequenceEndType:
			brackets, chain = brackets-1, 0
		case token.CollectEntryType:
			chain = 0
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType, token.AnchorType, token.TagType:
			chain++
		}
		if len(columns)+brackets+chain > maxDepth {
			return t
		}
	}
	return nil
}

// at returns a token's position, limited to positions that exist in the file.
func (d decoder) at(t *token.Token) diag.Pos {
	if t == nil || t.Position == nil || t.Position.Line < 1 {
		return diag.Pos{File: d.name}
	}
	line := min(t.Position.Line, len(d.file.lines))
	return diag.Pos{File: d.name, Line: line, Column: max(1, min(t.Position.Column, len(d.file.line(line))))}
}

func (d decoder) pos(n ast.Node) diag.Pos {
	tk := n.GetToken()
	// A mapping's own token is the colon of its first entry, but people expect the position of the key.
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
	return d.at(tk)
}

var (
	stringType = reflect.TypeFor[String]()
	intType    = reflect.TypeFor[Int]()
	boolType   = reflect.TypeFor[Bool]()
	textType   = reflect.TypeFor[Text]()
	choiceType = reflect.TypeFor[Choice]()
)

// value reads n into v. what is the name of the value in messages: "title", "an entry of calls".
func (d decoder) value(n ast.Node, v reflect.Value, what diag.Phrase) {
	if _, blank := n.(*ast.NullNode); d.foreign(n, what) || blank && d.blanks {
		return
	}
	switch v.Type() {
	case stringType:
		s, ok := d.scalar(n, what, diag.Say("a-text"))
		if ok && strings.TrimSpace(s.Value) == "" {
			d.list.Error(d.pos(n), "empty-value", "empty", what).Advise("fill")
			return
		}
		if ok {
			v.Set(reflect.ValueOf(s))
		}
		return
	case intType:
		if s, ok := d.scalar(n, what, diag.Say("a-number")); ok {
			i, err := strconv.Atoi(s.Value)
			if err != nil {
				d.list.Error(s.Pos, "wrong-type", "not", what, diag.Say("a-number"), s.Value)
				return
			}
			v.Set(reflect.ValueOf(Int{i, s.Pos}))
		}
		return
	case boolType:
		if s, ok := d.scalar(n, what, diag.Say("a-truth")); ok {
			if s.Value != "true" && s.Value != "false" {
				d.list.Error(s.Pos, "wrong-type", "not", what, diag.Say("a-truth"), s.Value)
				return
			}
			v.Set(reflect.ValueOf(Bool{s.Value == "true", s.Pos}))
		}
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
	case reflect.String:
		if s, ok := d.scalar(n, what, diag.Say("a-text")); ok {
			v.SetString(s.Value)
		}
	case reflect.Map:
		d.mapping(n, v, what)
	case reflect.Slice:
		d.slice(n, v, what)
	case reflect.Struct:
		d.record(n, v, what)
	default:
		panic(fmt.Sprintf("source: a record holds a %s", v.Type()))
	}
}

// foreign reports YAML features that content must not use: anchors, aliases, merges and tags.
func (d decoder) foreign(n ast.Node, what diag.Phrase) bool {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		d.list.Error(d.pos(n), "yaml-anchor", "anchor", what).Advise("write-out")
		return true
	case *ast.TagNode:
		d.list.Error(d.pos(n), "yaml-anchor", "tag", what).Advise("no-tag")
		return true
	}
	return false
}

func (d decoder) scalar(n ast.Node, what, want diag.Phrase) (String, bool) {
	if d.foreign(n, what) {
		return String{}, false
	}
	s := String{Pos: d.pos(n)}
	style := plainStyle
	switch n := n.(type) {
	case *ast.StringNode:
		s.Value = n.Value
		switch n.Token.Type {
		case token.SingleQuoteType:
			style = singleStyle
		case token.DoubleQuoteType:
			style = doubleStyle
		}
	case *ast.LiteralNode:
		s.Value, style = strings.TrimRight(n.Value.Value, "\n"), blockStyle
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		s.Value = n.GetToken().Value
	default:
		d.list.Error(s.Pos, "wrong-type", "kind", what, want, kindOf(n))
		return String{}, false
	}
	s.spots = d.file.locate(s.Value, s.Pos.Line, s.Pos.Column, style)
	if style == plainStyle && s.spots != nil {
		s.Pos = s.At(0)
	}
	return s, true
}

func kindOf(n ast.Node) diag.Phrase {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return diag.Say("a-mapping")
	case *ast.SequenceNode:
		return diag.Say("a-list")
	case *ast.NullNode:
		return diag.Say("nothing")
	default:
		return diag.Say("a-value")
	}
}

func (d decoder) entries(n ast.Node, what diag.Phrase) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	d.list.Error(d.pos(n), "wrong-type", "kind", what, diag.Say("keys"), kindOf(n))
	return nil, false
}

// key returns an entry's key.
func (d decoder) key(e *ast.MappingValueNode, what diag.Phrase) (string, bool) {
	switch k := e.Key.(type) {
	case *ast.StringNode:
		return k.Value, true
	case *ast.MergeKeyNode:
		return "", !d.foreign(k, what)
	}
	return e.Key.GetToken().Value, true
}

// cut reports whether an entry of a mapping is no entry but the rest of a text that a comma ended, as in
// {en: Vote, at last}. It reports the comma once, with the whole text.
func (d decoder) cut(entries []*ast.MappingValueNode, i int) bool {
	// rest returns what entry i adds to the text, from its comma on.
	rest := func(i int) (string, bool) {
		key := entries[i].Key.GetToken()
		comma, ok := d.commaBefore(key)
		if i == 0 || !ok || quoted(key) {
			return "", false
		}
		text := ", " + key.Value
		if comma.Column+1 == d.at(key).Column {
			text = "," + key.Value
		}
		switch value := entries[i].Value.(type) {
		case *ast.NullNode:
			return text, key.Next == nil || key.Next.Type != token.MappingValueType
		default:
			return text + ": " + value.GetToken().Value, strings.Contains(key.Value, " ")
		}
	}
	if _, ok := rest(i); !ok {
		return false
	}
	if _, before := rest(i - 1); before {
		return true
	}
	begun := entries[i-1].Value.GetToken()
	comma, _ := d.commaBefore(entries[i].Key.GetToken())
	if quoted(begun) {
		return false
	}
	text := begun.Value
	for ; i < len(entries); i++ {
		more, ok := rest(i)
		if !ok {
			break
		}
		text += more
	}
	d.list.Error(comma, "yaml-syntax", "comma", begun.Value).Advise("quote-all", diag.Raw(strconv.Quote(text)))
	return true
}

// commaBefore returns the position of the comma before a token, if there is one.
func (d decoder) commaBefore(t *token.Token) (diag.Pos, bool) {
	at := d.at(t)
	columns := d.file.line(at.Line)
	if at.Column > len(columns) {
		return diag.Pos{}, false
	}
	before := strings.TrimRight(d.file.text[:columns[at.Column-1]], " \n")
	text, ok := strings.CutSuffix(before, ",")
	if !ok {
		return diag.Pos{}, false
	}
	at.Line, at.Column = advance(1, 1, text)
	return at, true
}

// languages reads {ar: …, en: …}.
func (d decoder) languages(n ast.Node, v reflect.Value, what diag.Phrase) {
	if _, ok := n.(*ast.StringNode); ok {
		d.list.Error(d.pos(n), "wrong-type", "kind", what, diag.Say("keys"), kindOf(n)).Advise("in-languages", what)
		return
	}
	entries, ok := d.entries(n, what)
	if !ok {
		return
	}
	text := Text{ByLang: map[string]String{}, Pos: d.pos(n)}
	for i, e := range entries {
		key, ok := d.key(e, what)
		if !ok || d.cut(entries, i) {
			continue
		}
		if _, ok := e.Value.(*ast.MappingNode); ok && len(key) > 3 { // no language, but a key of another tool's format
			d.list.Error(d.pos(e), "wrong-type", "kind", what, diag.Say("a-text"), kindOf(e.Value)).Advise("in-languages", what)
			return
		}
		if first, twice := text.ByLang[key]; twice {
			d.list.Error(d.pos(e), "duplicate-key", "language", what, key).Note(first.Pos, "first")
			continue
		}
		s, ok := d.scalar(e.Value, diag.Say("in-language", what, diag.Raw(key)), diag.Say("a-text"))
		if !ok {
			text.Broken = append(text.Broken, key)
			continue
		}
		text.ByLang[key] = s
	}
	if v.Type() == choiceType {
		v.Set(reflect.ValueOf(Choice(text)))
		return
	}
	v.Set(reflect.ValueOf(text))
}

// mapping reads a mapping with keys of any name.
func (d decoder) mapping(n ast.Node, v reflect.Value, what diag.Phrase) {
	entries, ok := d.entries(n, what)
	if !ok {
		return
	}
	all, seen := reflect.MakeMap(v.Type()), map[string]diag.Pos{}
	for i, e := range entries {
		key, ok := d.key(e, what)
		if !ok || d.cut(entries, i) {
			continue
		}
		if first, twice := seen[key]; twice {
			d.list.Error(d.pos(e), "duplicate-key", "key", what, key).Note(first, "first")
			continue
		}
		seen[key] = d.pos(e)
		value := reflect.New(v.Type().Elem()).Elem()
		d.value(e.Value, value, diag.Say("key", diag.Raw(key)))
		all.SetMapIndex(reflect.ValueOf(key), value)
	}
	v.Set(all)
}

func (d decoder) slice(n ast.Node, v reflect.Value, what diag.Phrase) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.list.Error(d.pos(n), "wrong-type", "kind", what, diag.Say("a-list"), kindOf(n)).Advise("list")
		return
	}
	out := reflect.MakeSlice(v.Type(), 0, len(seq.Values))
	for _, item := range seq.Values {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(item, e, diag.Say("an-entry", what))
		out = reflect.Append(out, e)
	}
	v.Set(out)
}

// instead has keys that people bring from other tools, each with those of this format that may be meant.
var instead = map[string][]string{
	"start": {"date", "since"}, "start_date": {"date", "since"}, "when": {"date"}, "from_date": {"since"},
	"end": {"until"}, "end_date": {"until"}, "to_date": {"until"},
	"headline": {"title", "label"}, "title": {"label"}, "name": {"label"},
	"source": {"sources"}, "url": {"link"}, "location": {"place"}, "where": {"place"}, "people": {"actors"},
	"participants": {"actors"}, "speaker": {"by"}, "type": {"kind"},
}

// inDate are such keys that belong into a date.
var inDate = []string{"end", "end_date", "time", "start_time", "end_time"}

// pictures are keys that people bring from other tools for a picture.
var pictures = []string{"image", "img", "media", "photo", "picture", "pictures", "portrait", "thumbnail"}

// unknownKey reports a key that a record does not have, and suggests what to write; names are those that it has.
func (d decoder) unknownKey(n ast.Node, what diag.Phrase, key string, names []string) {
	problem := d.list.Error(d.pos(n), "unknown-key", "unknown", what, key)
	if key == "eras" {
		problem.Advise("eras")
		return
	}
	if slices.Contains(pictures, key) {
		for _, name := range []string{"picture", "portrait", "pictures"} {
			if slices.Contains(names, name) {
				problem.Advise("picture", diag.Raw(name))
				return
			}
		}
		problem.Advise("no-picture")
		return
	}
	if key == "video" {
		problem.Advise("video")
		return
	}
	if slices.Contains(inDate, key) && slices.Contains(names, "date") {
		problem.Advise("in-date")
		return
	}
	for _, name := range instead[key] {
		if slices.Contains(names, name) {
			problem.Suggest(name)
			return
		}
	}
	problem.Suggest(diag.Nearest(key, names))
}

func (d decoder) record(n ast.Node, v reflect.Value, what diag.Phrase) {
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
		if name != "" && name != "-" {
			fields[name] = i
			names = append(names, name)
		}
	}
	seen := map[string]diag.Pos{}
	for at, e := range entries {
		key, ok := d.key(e, what)
		if !ok {
			continue
		}
		i, known := fields[key]
		if !known && d.cut(entries, at) {
			continue
		}
		if !known {
			d.unknownKey(e, what, key, names)
			continue
		}
		if first, twice := seen[key]; twice {
			d.list.Error(d.pos(e), "duplicate-key", "key", what, key).Note(first, "first")
			continue
		}
		seen[key] = d.pos(e)
		if v.Type().Field(i).Tag.Get("list") == "none" && d.none(e.Value, v.Field(i)) {
			continue
		}
		d.value(e.Value, v.Field(i), diag.Say("key", diag.Raw(key)))
	}
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name, options, _ := strings.Cut(tag.Get("yaml"), ",")
		_, there := seen[name]
		if _, other := seen[tag.Get("or")]; options != "need" || there || other {
			continue
		}
		switch instead := tag.Get("unless"); {
		case instead != "" && d.exists(instead):
		case instead != "":
			d.list.Error(pos, "missing-key", "missing", what, name).Advise("either", diag.Raw(instead), diag.Raw(name))
		case tag.Get("or") != "":
			d.list.Error(pos, "missing-key", "missing", what, name).Advise("or", diag.Raw(name), diag.Raw(tag.Get("or")))
		case name == "alt":
			d.list.Error(pos, "missing-alternative", "picture").Advise("alt")
		case tag.Get("missing") == "missing-alternative":
			d.list.Error(pos, "missing-alternative", "figure", what, name)
		case tag.Get("missing") == "missing-counter":
			d.list.Error(pos, "missing-counter", "missing").Advise("none")
		default:
			d.list.Error(pos, "missing-key", "missing", what, name).Advise("add", diag.Raw(name))
		}
	}
}

// none reads the word `none`, which says that a list or a text is empty on purpose. An empty list is reported, because
// it does not say so.
func (d decoder) none(n ast.Node, v reflect.Value) bool {
	if v.Type() == textType {
		if n, ok := n.(*ast.StringNode); ok && n.Value == "none" {
			v.Set(reflect.ValueOf(Text{Pos: d.pos(n), None: true}))
			return true
		}
		return false
	}
	switch n := n.(type) {
	case *ast.StringNode:
		if n.Value != "none" && strings.EqualFold(n.Value, "none") {
			d.list.Error(d.pos(n), "missing-counter", "missing").Advise("none")
			return true
		}
		if n.Value == "none" && n.Token.Type == token.StringType {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			return true
		}
	case *ast.SequenceNode:
		if len(n.Values) == 0 {
			d.list.Error(d.pos(n), "missing-counter", "empty").Advise("none")
			return true
		}
	}
	return false
}
