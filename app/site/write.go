package site

import (
	"fmt"
	"os"
	"path/filepath"
)

// Write makes folder hold exactly the planned files. The new folder is complete before it takes the place of the old
// one; on failure the old one stays.
func (f Files) Write(folder string) (err error) {
	folder = filepath.Clean(folder)
	if err := ours(folder); err != nil {
		return fmt.Errorf("writing the site: %w", err)
	}
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("writing the site: %w", err)
	}
	next, err := os.MkdirTemp(parent, "."+filepath.Base(folder)+"-new-")
	if err != nil {
		return fmt.Errorf("writing the site: %w", err)
	}
	defer os.RemoveAll(next)
	if err := os.Chmod(next, 0o755); err != nil {
		return fmt.Errorf("writing the site: %w", err)
	}
	for _, p := range f.Paths() {
		full := filepath.Join(next, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return fmt.Errorf("writing the site: %w", err)
		}
		if err := os.WriteFile(full, f[p], 0o644); err != nil {
			return fmt.Errorf("writing the site: %w", err)
		}
	}
	old := next + "-old"
	switch err := os.Rename(folder, old); {
	case err == nil:
		defer os.RemoveAll(old)
	case !os.IsNotExist(err):
		return fmt.Errorf("writing the site: %w", err)
	}
	if err := os.Rename(next, folder); err != nil {
		_ = os.Rename(old, folder)
		return fmt.Errorf("writing the site: %w", err)
	}
	return nil
}

// ours guards against replacing a folder that is not a site: what it holds would be lost.
func ours(folder string) error {
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Join(folder, "assets")); err != nil || !info.IsDir() {
		return fmt.Errorf("%s holds files that are not a site; choose another folder or empty it", folder)
	}
	return nil
}
