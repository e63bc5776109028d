// Package hosts provides host scripts and frameworks that newsrooms use on their pages, for tests of embeds. They
// are never part of a site.
//
//	modules, err := hosts.Install(ctx, "build/hosts") // pym.js/dist/pym.v1.min.js, react, vue, @hotwired/turbo …
package hosts

import (
	"context"
	"embed"
	"io/fs"
	"path"

	"sharh/web/webtest/npm"
)

//go:embed package.json package-lock.json react18
var files embed.FS

// Install installs the scripts, at the locked versions, into the folder dir and returns its node_modules.
func Install(ctx context.Context, dir string) (fs.FS, error) {
	return install(ctx, dir, ".")
}

// InstallReact18 installs React 18, which cannot be in one folder with a later React, and returns its node_modules.
func InstallReact18(ctx context.Context, dir string) (fs.FS, error) {
	return install(ctx, dir, "react18")
}

func install(ctx context.Context, dir, folder string) (fs.FS, error) {
	manifest, err := files.ReadFile(path.Join(folder, "package.json"))
	if err != nil {
		return nil, err
	}
	lock, err := files.ReadFile(path.Join(folder, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	return npm.Install(ctx, dir, manifest, lock)
}
