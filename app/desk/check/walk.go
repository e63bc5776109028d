package check

import (
	"reflect"

	"sharh/app/desk/source"
)

// walk calls visit for every record of type T in the set, in the order of the files.
func walk[T any](set *source.Set, visit func(*T)) {
	walkTagged(set, func(record *T, _ reflect.StructTag) { visit(record) })
}

// walkTexts calls visit for every text that is given. how says how the text is written: "rich", "blocks", or "" for
// plain.
func walkTexts(set *source.Set, visit func(t *source.Text, how string)) { walkRecord(set, visit) }

// walkRecord does the same as walkTexts for one record.
func walkRecord(record any, visit func(t *source.Text, how string)) {
	walkTagged(record, func(t *source.Text, tag reflect.StructTag) {
		if t.Given() {
			visit(t, tag.Get("text"))
		}
	})
}

// walkTagged calls visit for every record of type T within another record, with the tag of the field that holds it. The
// outer record is given by its pointer.
func walkTagged[T any](record any, visit func(*T, reflect.StructTag)) {
	want := reflect.TypeFor[T]()
	var step func(reflect.Value, reflect.StructTag)
	step = func(v reflect.Value, tag reflect.StructTag) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				step(v.Elem(), tag)
			}
		case reflect.Slice:
			for i := range v.Len() {
				step(v.Index(i), tag)
			}
		case reflect.Struct:
			if v.Type() == want {
				visit(v.Addr().Interface().(*T), tag)
				return
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					step(v.Field(i), f.Tag)
				}
			}
		}
	}
	step(reflect.ValueOf(record).Elem(), "")
}
