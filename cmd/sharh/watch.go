package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"sharh/app/desk/locale"
)

const (
	// quiet is how long files must be unchanged before a change counts as finished, because editors save in several
	// steps.
	quiet = 60 * time.Millisecond
	// unrest is the longest wait for that; a change that goes on longer counts anyway.
	unrest = 500 * time.Millisecond
)

// watch starts watching and returns. Until ctx ends it calls changed with the slugs of explainers in which a file
// was changed, created or removed; the slug "" stands for all explainers.
func watch(ctx context.Context, content string, changed func(slugs map[string]bool)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching %s: %w", shown(content), err)
	}
	if err := watchFolder(w, content); err != nil {
		w.Close()
		return fmt.Errorf("watching %s: %w", shown(content), err)
	}
	go func() {
		defer w.Close()
		slugs := map[string]bool{}
		var begin time.Time
		timer := time.NewTimer(time.Hour)
		timer.Stop()
		touch := func(slug string) {
			if len(slugs) == 0 {
				begin = time.Now()
			}
			slugs[slug] = true
			timer.Reset(max(0, min(quiet, unrest-time.Since(begin))))
		}
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if slug := concerned(content, e); slug != "" {
					if e.Has(fsnotify.Create) {
						_ = watchFolder(w, e.Name) // fails for a file, or for a folder that has gone again: nothing to watch
					}
					touch(slug)
				}
			case err, ok := <-w.Errors:
				if !ok {
					return
				}
				if errors.Is(err, fsnotify.ErrEventOverflow) {
					touch("") // events were lost, so anything may have changed
				}
			case <-timer.C:
				done := slugs
				if done[locale.Folder] { // no explainer, but languages of any
					delete(done, locale.Folder)
					done[""] = true
				}
				slugs = map[string]bool{}
				for slug := range done {
					// Watch the folder again now that all is quiet: a renamed folder has lost its watch, and folders
					// inside it still report the old name. If the folder is gone, its events may have belonged to
					// any explainer.
					if watchFolder(w, filepath.Join(content, slug)) != nil {
						done[""] = true
					}
				}
				changed(done)
			}
		}
	}()
	return nil
}

// watchFolder watches a folder and all folders inside it.
func watchFolder(w *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != folder:
			return nil // removed since it was listed
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != folder && hidden(d.Name()):
			return filepath.SkipDir
		}
		return w.Add(name)
	})
}

// hidden reports whether a name is one that editors and systems give to files that are not content.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".tmp") || name == "4913"
}

// concerned returns the slug of the explainer that an event belongs to, or "".
func concerned(content string, e fsnotify.Event) string {
	if e.Op == fsnotify.Chmod || hidden(filepath.Base(e.Name)) {
		return ""
	}
	rel, err := filepath.Rel(content, e.Name)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return ""
	}
	slug, _, inside := strings.Cut(filepath.ToSlash(rel), "/")
	if hidden(slug) {
		return ""
	}
	if info, err := os.Stat(e.Name); !inside && err == nil && !info.IsDir() {
		return "" // a file beside the explainers' folders
	}
	return slug
}
