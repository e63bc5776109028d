package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/google/uuid"
)

// module is a module of Go in a program.
type module struct {
	Path, Version string
}

// modules are those that a program is compiled from, ours apart, by path.
func (r release) modules(ctx context.Context, target, program string) (map[string]module, error) {
	out, err := r.golang(ctx, target, "list", "-deps", "-json=Module", program)
	if err != nil {
		return nil, fmt.Errorf("listing the modules of %s for %s: %w", program, target, err)
	}
	all := map[string]module{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("listing the modules of %s: %w", program, err)
		}
		if p.Module != nil && p.Module.Version != "" {
			all[p.Module.Path] = *p.Module
		}
	}
}

// everything is what the archives and the client inside are compiled from.
func (r release) everything(ctx context.Context) (map[string]module, error) {
	all := map[string]module{}
	for _, p := range r.programs() {
		more, err := r.modules(ctx, p.target, p.program)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, more)
	}
	return all, nil
}

// licences reads from NOTICE under which licences modules are, by path and version.
func (r release) licences() (map[module][]string, error) {
	notice, err := os.ReadFile(filepath.Join(r.dir, "NOTICE"))
	if err != nil {
		return nil, err
	}
	head, _, _ := strings.Cut(string(notice), "\n---")
	all := map[module][]string{}
	for _, line := range regexp.MustCompile(`(?m)^(\S+) (v\S+): (\S+)$`).FindAllStringSubmatch(head, -1) {
		m := module{line[1], line[2]}
		all[m] = append(all[m], line[3])
	}
	return all, nil
}

// of returns the licences of a module: NOTICE names the folders with a licence of their own, which may be below it.
func of(licences map[module][]string, m module) (found []string) {
	for named, names := range licences {
		if named.Version == m.Version && (named.Path == m.Path || strings.HasPrefix(named.Path, m.Path+"/")) {
			found = append(found, names...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// parts lists what the archives are made of, in CycloneDX's form (https://cyclonedx.org/docs/1.6/json/).
func (r release) parts(ctx context.Context) ([]byte, error) {
	modules, err := r.everything(ctx)
	if err != nil {
		return nil, err
	}
	licences, err := r.licences()
	if err != nil {
		return nil, err
	}
	compiler, err := r.golang(ctx, targets[0], "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	component := func(path, version string, licences []string) cdx.Component {
		purl := "pkg:golang/" + path + "@" + version
		c := cdx.Component{Type: cdx.ComponentTypeLibrary, BOMRef: purl, Name: path, Version: version, PackageURL: purl}
		var all cdx.Licenses
		for _, name := range licences {
			all = append(all, cdx.LicenseChoice{License: &cdx.License{ID: name}})
		}
		c.Licenses = &all
		return c
	}
	standard := strings.TrimPrefix(strings.TrimSpace(string(compiler)), "go")
	components := []cdx.Component{component("std", standard, []string{"BSD-3-Clause"})}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		own := of(licences, modules[path])
		if len(own) == 0 {
			return nil, fmt.Errorf("NOTICE has no licence of %s %s: run make notice", path, modules[path].Version)
		}
		components = append(components, component(path, modules[path].Version, own))
	}
	main := component("sharh", r.version, []string{"MIT"})
	main.Type = cdx.ComponentTypeApplication
	var depends []string
	for _, c := range components {
		depends = append(depends, c.BOMRef)
	}
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Timestamp: r.date.Format("2006-01-02T15:04:05Z07:00"), Component: &main}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: main.BOMRef, Dependencies: &depends}}
	// The number names this list, and the same list has the same one.
	named, err := json.Marshal(bom)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(named)
	bom.SerialNumber = uuid.NewSHA1(uuid.NameSpaceURL, sum[:]).URN()
	var out bytes.Buffer
	err = cdx.NewBOMEncoder(&out, cdx.BOMFileFormatJSON).SetPretty(true).Encode(bom)
	return out.Bytes(), err
}
