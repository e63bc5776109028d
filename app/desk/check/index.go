package check

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/address"
)

// kind is the kind of item that a reference names, and so the list in which its id must be. Kinds that links can lead
// to have the same names as in package address. The catalogues of package diag have a word for each kind.
type kind string

const (
	actor     kind = "actor"
	call      kind = "call"
	camp      kind = "camp"
	event     kind = "event"
	group     kind = "group"
	section   kind = "section"
	speaker   kind = "speaker" // an actor, or a speaker who is not on the map
	statement kind = "statement"
	relation  kind = "relation"
	mark      kind = "mark"
	term      kind = "term"
	view      kind = "view"
	src       kind = "source"
)

func (k kind) word() diag.Phrase { return diag.Say(string(k)) }

// inOrder lists the content files with explainer.yaml last: an actor can speak because he is an actor, so speakers who
// are not come after.
func inOrder() []source.File {
	all := source.FilesOfRecords()
	first := slices.IndexFunc(all, func(f source.File) bool { return f.Name == "explainer.yaml" })
	last := all[first]
	return append(slices.Delete(all, first, first+1), last)
}

// files lists the files that define each kind of item: those that have a record whose id has a tag with the kind.
var files = func() map[kind][]string {
	all := map[kind][]string{}
	for _, f := range inOrder() {
		var look func(t reflect.Type)
		look = func(t reflect.Type) {
			switch t.Kind() {
			case reflect.Slice, reflect.Pointer:
				look(t.Elem())
			case reflect.Struct:
				for field := range t.Fields() {
					for _, k := range strings.Fields(field.Tag.Get("id")) {
						all[kind(k)] = append(all[kind(k)], f.Name)
					}
					look(field.Type)
				}
			}
		}
		look(f.Type)
	}
	return all
}()

// exists reports whether an item is defined. If the file that would define it could not be read, the answer is true, so
// that one broken file is not reported as fifty missing items.
func (c *Content) exists(k kind, id string) bool {
	return slices.ContainsFunc(files[k], func(f string) bool { return c.Failed[f] }) || c.index.has(k, id)
}

// target reads a link such as #call-3.
func target(link string) (k kind, id string, ok bool) {
	to, id, ok := address.Parse(link)
	return kind(to.String()), id, ok && slices.Contains(address.Linked(), to)
}

// index has the position of each id's definition.
type index map[kind]map[string]diag.Pos

// item is an id and its position, either where it is defined or where it is referred to.
type item struct {
	kind kind
	source.String
}

// definitions lists every id of the explainer, in the order of the files. Fields of records that are ids have a tag
// with the kinds of item that they name.
func definitions(set *source.Set) (all []item) {
	ids(set, "id", func(id source.String, kinds string) {
		for _, k := range strings.Fields(kinds) {
			all = append(all, item{kind(k), id})
		}
	})
	return all
}

// references lists every id that a record refers to, without links in texts. Fields of records that refer to items have
// a tag with the kind of item, and, after a comma, with a word that may stand there instead.
func references(set *source.Set) (all []item) {
	ids(set, "ref", func(id source.String, tag string) {
		if k, instead, _ := strings.Cut(tag, ","); id.Value != instead {
			all = append(all, item{kind(k), id})
		}
	})
	return all
}

// ids calls visit for every value that is given in a field with a tag of that name.
func ids(set *source.Set, name string, visit func(id source.String, tag string)) {
	for _, f := range inOrder() {
		record := reflect.ValueOf(set).Elem().Field(f.Index).Addr().Interface()
		source.Walk(record, func(s *source.String, tag reflect.StructTag) {
			if t := tag.Get(name); t != "" && s.Value != "" {
				visit(*s, t)
			}
		})
		source.Walk(record, func(n *source.Int, tag reflect.StructTag) {
			if t := tag.Get(name); t != "" && n.Pos.Line != 0 {
				visit(number(*n), t)
			}
		})
	}
}

// number returns the id of a call as text, as links have it.
func number(n source.Int) source.String {
	return source.String{Value: strconv.Itoa(n.Value), Pos: n.Pos}
}

func newIndex(set *source.Set) index {
	x := index{}
	for _, d := range definitions(set) {
		if x[d.kind] == nil {
			x[d.kind] = map[string]diag.Pos{}
		}
		if _, twice := x[d.kind][d.Value]; !twice {
			x[d.kind][d.Value] = d.Pos
		}
	}
	return x
}

func (x index) has(k kind, id string) bool {
	_, ok := x[k][id]
	return ok
}

// all lists the ids of a kind in alphabetical order, as far as first does.
func (x index) all(k kind) []string { return first(slices.Sorted(maps.Keys(x[k]))) }

// first returns at most twelve ids. If there are more, "…" is the last entry.
func first(ids []string) []string {
	const many = 12
	if len(ids) > many {
		return append(slices.Clone(ids[:many]), "…")
	}
	return ids
}

// nearest returns the id of the given kind that is most similar to id, or "".
func (x index) nearest(k kind, id string) string {
	return diag.Nearest(id, slices.Collect(maps.Keys(x[k])))
}
