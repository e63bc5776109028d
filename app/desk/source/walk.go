package source

import "reflect"

// Walk calls visit for every record of type T within another record, with the tag of the field that holds it. The
// outer record is given by its pointer.
func Walk[T any](record any, visit func(*T, reflect.StructTag)) {
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
