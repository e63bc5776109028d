package importer

import (
	"regexp"
	"slices"
	"strings"

	"sharh/app/desk/diag"
)

// branch is a value of ArchieML while it is read: a text, a list or an object. Unlike a node it can change, since
// ArchieML adds to values that it has begun, and begins some of them anew.
type branch struct {
	form     form
	text     string
	keys     []string // of an object, in the order of the file
	branches []*branch
	offset   int
}

type form byte

const (
	leaf form = iota
	list
	object
)

func (b *branch) get(key string) *branch {
	if i := slices.Index(b.keys, key); i >= 0 {
		return b.branches[i]
	}
	return nil
}

// set gives a key a new value, and returns the value.
func (b *branch) set(key string, to *branch) *branch {
	if i := slices.Index(b.keys, key); i >= 0 {
		b.branches[i] = to
		return to
	}
	b.keys, b.branches = append(b.keys, key), append(b.branches, to)
	return to
}

// object returns the object of a key, which it makes if the key has none.
func (b *branch) object(key string, offset int) *branch {
	if there := b.get(key); there != nil && there.form == object {
		return there
	}
	return b.set(key, &branch{form: object, offset: offset})
}

// inside returns the object in which the last part of a key stands, and that part: a.b.c is c in b in a.
func (b *branch) inside(key string, offset int) (*branch, string) {
	parts := strings.Split(key, ".")
	for _, part := range parts[:len(parts)-1] {
		b = b.object(part, offset)
	}
	return b, parts[len(parts)-1]
}

func (b *branch) node() node {
	n := node{text: b.text, keys: b.keys, offset: b.offset}
	for _, inner := range b.branches {
		n.values = append(n.values, inner.node())
	}
	return n
}

// The lines of ArchieML. Any space of Unicode may stand around what they have.
var (
	amlSpace   = `[\s\v\x{00A0}\x{1680}\x{2000}-\x{200B}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}]*`
	amlName    = `[^\s\v\x{0000}\x{00A0}\x{2000}-\x{200B}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}\[\]\\{}:]`
	amlCommand = regexp.MustCompile(`(?i)^` + amlSpace + `:[ \t]*(endskip|ignore|skip|end)`)
	amlKey     = regexp.MustCompile(`^` + amlSpace + `(` + amlName + `+)[ \t]*:[ \t]*(.*)$`)
	amlEntry   = regexp.MustCompile(`^` + amlSpace + `\*[ \t]*(.*)$`)
	amlScope   = regexp.MustCompile(`^` + amlSpace + `([\[{])[ \t]*([+.]*)[ \t]*(` + amlName + `*)[ \t]*[\]}]`)
	amlEscaped = regexp.MustCompile(`^(` + amlSpace + `)\\`)
)

// block is an array or an object that is open: what lines belong to until another begins.
type block struct {
	list     *branch // of an array
	entries  string  // of an array, once its first line has decided it: "texts", "objects" or "freeform"
	first    string  // of an array of objects: the key with which each begins
	freeform bool
	outer    *branch // where keys belong when the block has ended
}

// amlReader reads ArchieML as the specification of 24 August 2020 has it (archieml.org/spec/1.0/CR-20200824.html),
// without inline comments, which it has done away with. As there, nothing is an error: a line that is none of the
// format is a part of the value before it, if an :end follows, and otherwise a note that nobody reads.
type amlReader struct {
	data, scope *branch
	blocks      []block
	// open is the text that further lines may belong to, and more are these lines.
	open *branch
	more []string
}

// readArchieML reads a file into a tree that knows its places. Lines end with \n.
func readArchieML(name, text string) (node, error) {
	root, err := archieMLTree(name, text)
	if err != nil {
		return node{}, err
	}
	return root.node(), nil
}

func archieMLTree(name, text string) (*branch, error) {
	r := &amlReader{data: &branch{form: object}}
	r.scope = r.data
	skipping := false
	offset := 0
	for line := range strings.Lines(text) {
		at := offset
		offset += len(line)
		line = strings.TrimSuffix(line, "\n")
		if m := amlCommand.FindStringSubmatch(line); m != nil {
			switch command := strings.ToLower(m[1]); {
			case command == "ignore":
				return r.whole(name, text)
			case command == "endskip":
				skipping = false
			case command == "skip":
				skipping = true
			case command == "end" && !skipping:
				r.end()
			}
			r.close()
			continue
		}
		if skipping {
			continue
		}
		r.line(line, at)
	}
	return r.whole(name, text)
}

// whole is what was read, as a tree.
func (r *amlReader) whole(name, text string) (*branch, error) {
	// A tree is walked by functions that call themselves, so it must not be of any depth.
	type place struct {
		*branch
		depth int
	}
	for todo := []place{{r.data, 0}}; len(todo) > 0; {
		last := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if last.depth > deepest {
			return nil, Fault{lineOf(name, text, last.offset), diag.Say("import-json-deep", deepest), diag.Phrase{}}
		}
		for _, inner := range last.branches {
			todo = append(todo, place{inner, last.depth + 1})
		}
	}
	return r.data, nil
}

// in is the innermost block that is open, or nil.
func (r *amlReader) in() *block {
	if len(r.blocks) == 0 {
		return nil
	}
	return &r.blocks[len(r.blocks)-1]
}

func (r *amlReader) line(line string, offset int) {
	in := r.in()
	offset += len(line) - len(strings.TrimLeft(line, " \t"))
	if m := amlKey.FindStringSubmatch(line); m != nil && (in == nil || in.entries != "texts") {
		r.close()
		r.entry(m[1], offset)
		key := m[1]
		if in != nil && in.freeform {
			key = "value"
		}
		into, last := r.scope.inside(key, offset)
		r.open = into.set(last, &branch{text: strings.TrimSpace(m[2]), offset: offset})
		r.more = []string{m[2][len(strings.TrimRight(m[2], " \t")):]} // space at the end counts if lines follow
		return
	}
	if m := amlEntry.FindStringSubmatch(line); m != nil && in != nil && in.list != nil &&
		in.entries != "objects" && !in.freeform {
		r.close()
		in.entries = "texts"
		r.open = &branch{text: strings.TrimSpace(m[1]), offset: offset}
		r.more = []string{m[1][len(strings.TrimRight(m[1], " \t")):]}
		in.list.branches = append(in.list.branches, r.open)
		return
	}
	if m := amlScope.FindStringSubmatch(line); m != nil {
		r.close()
		r.begin(m[1] == "[", m[2], m[3], offset)
		return
	}
	if in != nil && in.freeform {
		if said := strings.TrimSpace(line); said != "" {
			in.list.branches = append(in.list.branches, typed("text", &branch{text: said, offset: offset}))
		}
		return
	}
	r.more = append(r.more, line)
}

// typed is an entry of a freeform array.
func typed(kind string, value *branch) *branch {
	b := &branch{form: object, offset: value.offset}
	b.set("type", &branch{text: kind, offset: value.offset})
	b.set("value", value)
	return b
}

// end adds the lines since the last key to its value.
func (r *amlReader) end() {
	if r.open == nil {
		return
	}
	for i, line := range r.more {
		if i > 0 {
			r.more[i] = amlEscaped.ReplaceAllString(line, "$1")
		}
	}
	r.open.text = strings.TrimRight(r.open.text+strings.Join(r.more, "\n"), " \t\n\v\f\u00a0\ufeff")
}

func (r *amlReader) close() { r.open, r.more = nil, nil }

// entry begins a new object of an array if a key does so.
func (r *amlReader) entry(key string, offset int) {
	in := r.in()
	if in == nil || in.list == nil {
		return
	}
	if in.entries == "" {
		in.entries = "objects"
	}
	if in.entries == "texts" || in.first != "" && in.first != key {
		return
	}
	r.scope = &branch{form: object, offset: offset}
	in.list.branches = append(in.list.branches, r.scope)
	if in.freeform {
		r.scope.set("type", &branch{text: key, offset: offset})
	} else {
		in.first = key
	}
}

// begin begins an array or an object, or ends the one that is open if there is no key.
func (r *amlReader) begin(array bool, flags, key string, offset int) {
	if key == "" {
		r.scope = r.data
		if in := r.in(); in != nil {
			r.scope = in.outer
			r.blocks = r.blocks[:len(r.blocks)-1]
		}
		return
	}
	into := r.data
	free := r.in() != nil && r.in().freeform && strings.Contains(flags, ".")
	if strings.Contains(flags, ".") {
		r.entry(key, offset)
		if r.in() != nil {
			into = r.scope
		}
	} else {
		r.scope, r.blocks = r.data, nil
	}
	if free {
		key = "value"
	} else {
		into, key = into.inside(key, offset)
	}
	next := block{outer: r.scope}
	if array {
		next.list = into.set(key, &branch{form: list, offset: offset})
		if next.freeform = strings.Contains(flags, "+"); next.freeform {
			next.entries = "freeform"
		}
	} else if strings.Contains(flags, ".") {
		r.scope = into.set(key, &branch{form: object, offset: offset})
	} else {
		r.scope = into.object(key, offset)
	}
	r.blocks = append(r.blocks, next)
}
