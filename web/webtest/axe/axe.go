// Package axe provides axe-core, an accessibility checker, to tests that run it in a page. It is never part of a
// site.
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

// Install installs axe-core, at the locked version, into the folder dir and returns its script, which defines the
// global axe. If this version is already there, it is left as it is.
func Install(ctx context.Context, dir string) (script []byte, err error) {
	modules, err := npm.Install(ctx, dir, manifest, lock)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(modules, "axe-core/axe.min.js")
}
