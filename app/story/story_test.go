package story_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/story"
)

// fill sets everything reachable from v to something other than zero; nested runs end at depth.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("نص & <text> ")
	case reflect.Int:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				fill(v.Field(i), depth)
			}
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(`{"kind":"call"}`))
			return
		}
		if depth == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), depth-1)
		}
	case reflect.Map:
		e := reflect.New(v.Type().Elem()).Elem()
		fill(e, depth)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), e)
	default:
		panic("a story holds a " + v.Type().String())
	}
}

func TestEncodeDecode(t *testing.T) {
	t.Run("keeps every field of a filled document", func(t *testing.T) {
		var want story.Document
		fill(reflect.ValueOf(&want).Elem(), 6)
		want.Format = story.Format
		data, err := story.Encode(&want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := story.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("decoded document differs (-want +got):\n%s", diff)
		}
	})
	for _, c := range []struct{ name, data, want string }{
		{"refuses another format", `{"format":2,"slug":"x"}`, "format 2, this program reads format 1"},
		{"refuses a document without a format", `{"slug":"x"}`, "format 0"},
		{"refuses what is not JSON", `<!doctype html>`, "cannot parse JSON"},
		{"refuses JSON that is no document", `[1]`, "doesn't contain object"},
		{"refuses an empty answer", ``, "cannot parse empty"},
		{"names the field that is of another type", `{"format":1,"calls":[{"id":"x"}]}`, "calls: id: value doesn't contain number"},
		{"refuses what ends early", `{"format":1,"slug":"x`, "decoding story"},
		{"refuses what does not end", `{"format":1} {}`, "decoding story"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := story.Decode([]byte(c.data))
			if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, error %v, want an error with %q", got, err, c.want)
			}
		})
	}
}

// What encoding/json writes, the client must read as encoding/json does.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"format":1,"slug":"\u0061\ud83d\ude00\n","words":{"via":"\"<"},"calls":[{"number":3,"minutes":{"low":1.5e3}}],"x":[{}]}`))
	f.Add([]byte(`{"format":1,"map":{"scenes":{"a b":{"kind":null, "x":[1, {}]}}},"lead":[],"calls":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = story.Decode(data) // must return
		var d, want story.Document
		if json.Unmarshal(data, &d) != nil || d.Format != story.Format {
			return
		}
		written, err := json.Marshal(&d)
		if err != nil {
			return // a scene that is not JSON
		}
		if err := json.Unmarshal(written, &want); err != nil {
			t.Fatal(err)
		}
		got, err := story.Decode(written)
		if err != nil {
			t.Fatalf("decoding %s: %v", written, err)
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("decoded otherwise than by encoding/json (-want +got):\n%s", diff)
		}
	})
}

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		name string
		rich story.Rich
		want string
	}{
		{"of nothing is empty", nil, ""},
		{"drops styles at every depth, keeping order and spaces", story.Rich{
			{Text: "one "},
			{Style: "strong", Runs: []story.Run{{Text: "two "}, {Style: "em", Runs: []story.Run{{Text: "three"}}}}},
			{Style: "said", Kind: "source", Note: "12", Href: "#source-a", Runs: []story.Run{{Text: " four"}}},
			{Style: "foreign", Lang: "en", Dir: "ltr", Runs: []story.Run{{Text: " five"}}},
		}, "one two three four five"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.rich.Plain(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
