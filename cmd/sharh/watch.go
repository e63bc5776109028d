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
)

const (
	// quiet is how long nothing must happen before a change counts as done: editors write in several steps.
	quiet = 60 * time.Millisecond
	// unrest is how long a change may go on before it counts anyway.
	unrest = 500 * time.Millisecond
)

// watch calls changed with the explainers of which a file changed, was made or went, until ctx ends; "" stands for all
// of them. It returns when it watches.
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
						_ = watchFolder(w, e.Name) // a file, or gone again: then there is nothing to watch
					}
					touch(slug)
				}
			case err, ok := <-w.Errors:
				if !ok {
					return
				}
				if errors.Is(err, fsnotify.ErrEventOverflow) {
					touch("") // something was missed: everything may have changed
				}
			case <-timer.C:
				done := slugs
				slugs = map[string]bool{}
				for slug := range done {
					// Again, now that all is quiet: a folder that got another name has lost its watch, and those in it still
					// go by the old one. When a folder is gone its events may be of any.
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

// watchFolder watches a folder and those in it.
func watchFolder(w *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != folder:
			return nil // gone since it was listed
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

// hidden are names that editors and systems give to files that are not content.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".tmp") || name == "4913"
}

// concerned returns the explainer that an event is about, or "".
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
		return "" // a file beside the explainers
	}
	return slug
}
