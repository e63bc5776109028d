package compile

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

func TestLayoutsAreKept(t *testing.T) {
	var m memory
	made := 0
	get := func(name string) string {
		data, err := m.keep(name, func() ([]byte, error) {
			made++
			return []byte(name), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, name := range []string{"a", "b", "a", "b"} {
		if got := get(name); got != name {
			t.Errorf("got %q, want %q", got, name)
		}
	}
	if made != 2 {
		t.Errorf("made %d layouts, want 2", made)
	}
	failure := errors.New("no layout")
	if _, err := m.keep("c", func() ([]byte, error) { return nil, failure }); !errors.Is(err, failure) {
		t.Errorf("got %v, want %v", err, failure)
	}
	if got := get("c"); got != "c" {
		t.Errorf("after a failure: got %q", got)
	}
	for i := range 2 * most {
		get(fmt.Sprint(i))
	}
	if len(m.made) > most {
		t.Errorf("%d layouts are kept, more than %d", len(m.made), most)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, _ = m.keep(fmt.Sprint("side by side ", i%2), func() ([]byte, error) { return []byte("x"), nil })
		})
	}
	all.Wait()
}
