package source

import (
	"cmp"
	"io/fs"
	"path"
	"reflect"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// Language reports everything that is wrong with the file of a language beside the explainers of content, if there is
// one. dir is the folder of content as messages name it. What the file still lacks is not wrong.
func Language(content fs.FS, dir, lang string, list *diag.List) {
	name := locale.FileOf(lang)
	if _, err := fs.Stat(content, name); err != nil {
		return
	}
	text, ok := loader{content, &Set{Dir: dir}, list}.read(name)
	if !ok {
		return
	}
	d := decoder{name: path.Join(dir, name), file: newFile(text), list: list, blanks: true}
	body, ok := d.body()
	if !ok {
		return
	}
	var f locale.File
	var unread diag.List
	d.list = &unread
	d.value(body, reflect.ValueOf(&f).Elem(), diag.Say("the-file"))
	d.list = list
	for _, fault := range f.Faults(lang) {
		entry := entryAt(body, fault.Path)
		if unread.Len() == 0 || entry != nil && !slices.ContainsFunc(unread.All(), d.within(entry)) {
			d.fault(entry, fault)
		}
	}
	list.Merge(unread)
}

// within tells of problems whether they are in an entry: what could not be read there would be taken for missing or too
// short.
func (d decoder) within(entry *ast.MappingValueNode) func(*diag.Diagnostic) bool {
	first := d.pos(entry)
	last := first
	ast.Walk(visitor(func(n ast.Node) {
		if at := d.pos(n); compare(at, last) > 0 {
			last = at
		}
	}), entry)
	return func(p *diag.Diagnostic) bool { return compare(first, p.Pos) <= 0 && compare(p.Pos, last) <= 0 }
}

func compare(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// visitor is called for each node.
type visitor func(ast.Node)

func (v visitor) Visit(n ast.Node) ast.Visitor {
	v(n)
	return v
}

// Language reports what is wrong with the file of one of the explainer's languages.
func (s *Set) Language(lang string, list *diag.List) {
	Language(s.Others.content, s.Others.dir, lang, list)
}

// fault reports a fault at its place, which is that of an entry.
func (d decoder) fault(entry *ast.MappingValueNode, f locale.Fault) {
	if entry == nil {
		d.list.Error(diag.Pos{File: d.name}, "bad-value", "not-one-of", diag.Raw(f.Path[len(f.Path)-1]), f.Got)
		return
	}
	key, value := d.pos(entry), d.pos(entry.Value)
	last := diag.Raw(f.Path[len(f.Path)-1])
	switch f.Kind {
	case locale.Choice:
		d.list.Error(value, "bad-value", "not-one-of", last, f.Got).Advise("one-of", f.Want)
	case locale.Unknown:
		d.list.Error(key, "unknown-key", "unknown", diag.Say("key", diag.Raw(parentOf(f.Path))), f.Got).
			Suggest(diag.Nearest(f.Got, f.Want))
	case locale.NoForm:
		d.list.Error(key, "bad-value", "form", f.Got).Advise("forms", f.Want)
	case locale.WrongCount:
		d.list.Error(value, "bad-value", "count", f.Length, last, diag.Raw(f.Got))
	case locale.Hole:
		p := d.list.Error(value, "bad-value", "hole", diag.Raw(f.Got))
		if len(f.Want) > 0 {
			p.Advise("holes", f.Want)
		} else {
			p.Advise("no-holes")
		}
	case locale.NoFamilies:
		d.list.Error(value, "bad-value", "fonts", f.Got).Advise("families")
	case locale.NotFolded:
		d.list.Error(key, "bad-value", "not-folded", f.Got).Advise("folded", f.Want[0])
	}
}

func parentOf(keys []string) string {
	if len(keys) < 2 {
		return locale.Folder
	}
	return keys[len(keys)-2]
}

// entryAt finds the entry of a mapping that keys lead to, nil if there is none.
func entryAt(n ast.Node, keys []string) *ast.MappingValueNode {
	m, ok := n.(ast.MapNode)
	if !ok {
		return nil
	}
	for all := m.MapRange(); all.Next(); {
		e := all.KeyValue()
		if e.Key.GetToken().Value != keys[0] {
			continue
		}
		if len(keys) == 1 {
			return e
		}
		return entryAt(e.Value, keys[1:])
	}
	return nil
}
