// Package axe brings axe-core, a checker of accessibility, for tests that run it in the page. No reader gets it.
//
//	script, err := axe.Install(ctx, "build/axe")
package axe

import (
	"context"
	_ "embed"
	"io/fs"

	"sharh/web/webtest/npm"
)

//go:embed package.json
var manifest []byte

//go:embed package-lock.json
var lock []byte

// Install installs axe-core, at the locked version, into the folder dir and returns its script, which makes the global
// axe. What is there already in this version is left as it is.
func Install(ctx context.Context, dir string) (script []byte, err error) {
	modules, err := npm.Install(ctx, dir, manifest, lock)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(modules, "axe-core/axe.min.js")
}
