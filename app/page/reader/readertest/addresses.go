// Package readertest has addresses with their meaning. They test both readers of addresses: package reader, and
// web/boot.js in a browser.
package readertest

import (
	_ "embed"
	"encoding/json"
	"maps"
	"strings"

	"sharh/app/page/reader"
	"sharh/app/story/address"
)

//go:embed addresses.json
var file []byte

// Address is an address with its meaning on a page that has the items named in addresses.json.
type Address struct {
	Name            string
	Query, Fragment string
	Want            map[string]string // by key of the query; a missing key is not chosen
}

// Addresses are the cases of addresses.json.
func Addresses() []Address {
	var f struct{ Cases []Address }
	if err := json.Unmarshal(file, &f); err != nil {
		panic(err) // the file is embedded, and every test reads it
	}
	long := strings.NewReplacer("LONG", strings.Repeat("a", 20_000))
	for i := range f.Cases {
		c := &f.Cases[i]
		c.Query, c.Fragment = long.Replace(c.Query), long.Replace(c.Fragment)
	}
	return f.Cases
}

// Values returns the values of a state, in the form of [Address.Want].
func Values(s reader.State) map[string]string {
	all := map[string]string{address.CampKey: s.Camp, address.KindKey: s.Kind, address.SearchKey: s.Q}
	for k, id := range s.Chosen {
		all[address.Kind(k).String()] = id
	}
	maps.DeleteFunc(all, func(_, value string) bool { return value == "" })
	return all
}
