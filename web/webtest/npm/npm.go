// Package npm installs packages for tests and the benchmark, by lock file. They are never part of a site.
//
//	modules, err := npm.Install(ctx, "build/axe", manifest, lock)
package npm

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// Install installs the packages that manifest (package.json) names, at the versions of lock (package-lock.json),
// into the folder node_modules of dir, and returns that folder. Packages that are already there in these versions
// are left as they are.
func Install(ctx context.Context, dir string, manifest, lock []byte) (modules fs.FS, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("installing npm packages in %s: %w", dir, err)
		}
	}()
	folder := filepath.Join(dir, "node_modules")
	done := filepath.Join(folder, ".sharh-lock.json") // a copy of lock; npm's own copy has another format
	if have, err := os.ReadFile(done); err == nil && bytes.Equal(have, lock) {
		return os.DirFS(folder), nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for name, data := range map[string][]byte{"package.json": manifest, "package-lock.json": lock} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return nil, err
		}
	}
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	if err := os.WriteFile(done, lock, 0o644); err != nil {
		return nil, err
	}
	return os.DirFS(folder), nil
}
