package check

import (
	"reflect"

	"sharh/app/desk/source"
)

// walk calls visit for every record of type T in the set, in the order of the files.
func walk[T any](set *source.Set, visit func(*T)) {
	source.Walk(set, func(record *T, _ reflect.StructTag) { visit(record) })
}

// walkTexts calls visit for every text that is given. how says how the text is written: "rich", "blocks", or "" for
// plain.
func walkTexts(set *source.Set, visit func(t *source.Text, how string)) { walkRecord(set, visit) }

// walkRecord does the same as walkTexts for one record.
func walkRecord(record any, visit func(t *source.Text, how string)) {
	source.Walk(record, func(t *source.Text, tag reflect.StructTag) {
		if t.Given() {
			visit(t, tag.Get("text"))
		}
	})
}
