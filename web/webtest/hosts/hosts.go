// Package hosts brings host scripts that newsrooms have on their pages, for tests of embeds. No reader gets them.
//
//	modules, err := hosts.Install(ctx, "build/hosts") // pym.js/dist/pym.v1.min.js, iframe-resizer/js/iframeResizer.min.js
package hosts

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

// Install installs the scripts, at the locked versions, into the folder dir and returns its node_modules.
func Install(ctx context.Context, dir string) (fs.FS, error) {
	return npm.Install(ctx, dir, manifest, lock)
}
