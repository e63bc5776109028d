// Package compat provides MDN's data on which browsers support what, to the test that holds our scripts and styles
// against it. It is never part of a site.
package compat

import (
	"context"
	_ "embed"
	"encoding/json"
	"io/fs"
	"strconv"
	"strings"

	"sharh/web/webtest/npm"
)

//go:embed package.json
var manifest []byte

//go:embed package-lock.json
var lock []byte

// Feature is a node of the data: a feature, with those below it by their names.
type Feature map[string]json.RawMessage

// Install installs the data, at the locked version, into the folder dir and returns it. If this version is already
// there, it is left as it is.
func Install(ctx context.Context, dir string) (Feature, error) {
	modules, err := npm.Install(ctx, dir, manifest, lock)
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(modules, "@mdn/browser-compat-data/data.json")
	if err != nil {
		return nil, err
	}
	var f Feature
	return f, json.Unmarshal(data, &f)
}

// At returns the feature below f that a path leads to, nil if there is none.
func (f Feature) At(path ...string) Feature {
	for _, name := range path {
		var next Feature
		if err := json.Unmarshal(f[name], &next); err != nil {
			return nil
		}
		f = next
	}
	return f
}

// Since returns the first version of a browser that has the feature without a prefix or a switch, 0 if always or
// unknown, and whether the browser has it at all.
func (f Feature) Since(browser string) (version float64, has bool) {
	var c struct {
		Support map[string]json.RawMessage
	}
	if err := json.Unmarshal(f["__compat"], &c); err != nil || c.Support[browser] == nil {
		return 0, true
	}
	type support struct {
		Added   any `json:"version_added"`
		Removed any `json:"version_removed"`
		Prefix  string
		Flags   []any
		Name    string `json:"alternative_name"`
	}
	var all []support
	if err := json.Unmarshal(c.Support[browser], &all); err != nil {
		var one support
		if err := json.Unmarshal(c.Support[browser], &one); err != nil {
			return 0, true
		}
		all = []support{one}
	}
	for _, s := range all {
		added, ok := s.Added.(string)
		if !ok || s.Removed != nil || s.Prefix != "" || s.Name != "" || len(s.Flags) > 0 || added == "preview" {
			continue
		}
		version, _ := strconv.ParseFloat(strings.TrimPrefix(added, "≤"), 64)
		return version, true
	}
	return 0, false
}
