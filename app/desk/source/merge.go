package source

import (
	"maps"
	"reflect"
)

// Merge sets in a record what another one of the same type gives, and keeps the rest. A text is merged by language, a
// list of records entry by entry; both records are given by their pointers.
func Merge(into, from any) {
	mergeValue(reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem())
}

// MergeText sets in a text the languages that another one has, and keeps the rest.
func MergeText(into *Text, from Text) {
	if len(from.ByLang) == 0 {
		return
	}
	merged := Text{ByLang: map[string]String{}, Pos: from.Pos}
	for _, t := range []Text{*into, from} {
		maps.Copy(merged.ByLang, t.ByLang)
	}
	*into = merged
}

func mergeValue(into, from reflect.Value) {
	for i := range from.NumField() {
		a, b := into.Field(i), from.Field(i)
		if from.Type().Field(i).Tag.Get("yaml") == "" || !given(b) {
			continue
		}
		switch x := b.Interface().(type) {
		case String, Int, Bool:
			a.Set(b)
		case Text:
			if x.None {
				a.Set(b)
				continue
			}
			MergeText(a.Addr().Interface().(*Text), x)
		default:
			switch {
			case b.Kind() == reflect.Slice && b.Type().Elem().Kind() == reflect.Struct && b.Type().Elem() != stringType &&
				b.Type().Elem() != intType:
				all := reflect.MakeSlice(b.Type(), b.Len(), b.Len())
				reflect.Copy(all, a)
				for j := range b.Len() {
					mergeValue(all.Index(j), b.Index(j))
				}
				a.Set(all)
			case b.Kind() == reflect.Struct:
				mergeValue(a, b)
			default:
				a.Set(b)
			}
		}
	}
}
