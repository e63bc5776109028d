// Package axe brings axe-core, a checker of accessibility, for tests that run it in the page. No reader gets it.
//
//	script, err := axe.Install(ctx, "build/axe")
package axe

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed package.json
var manifest []byte

//go:embed package-lock.json
var lock []byte

// Install installs axe-core, at the locked version, into the folder dir and returns its script, which makes the global
// axe. What is there already in this version is left as it is.
func Install(ctx context.Context, dir string) (script []byte, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("installing axe-core: %w", err)
		}
	}()
	done := filepath.Join(dir, "node_modules", ".sharh-lock.json") // npm's own copy of the lock differs in form
	if have, err := os.ReadFile(done); err != nil || !bytes.Equal(have, lock) {
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
			return nil, fmt.Errorf("npm ci in %s: %w\n%s", dir, err, out)
		}
		if err := os.WriteFile(done, lock, 0o644); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
}
