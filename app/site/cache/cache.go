// Package cache keeps what takes long to make between builds, in a folder, under names that stand for what it is made from.
package cache

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// Keep returns what make makes. It is kept in a folder under a name that stands for what it is made from, so that it is
// made once; without a folder, "", each time.
func Keep(folder, name string, make func() ([]byte, error)) ([]byte, error) {
	if folder == "" {
		return make()
	}
	file := filepath.Join(folder, name)
	if kept, err := os.ReadFile(file); err == nil {
		return kept, nil
	}
	made, err := make()
	if err != nil {
		return nil, err
	}
	// A cache that cannot be written costs time, not the build. Renaming keeps half-written files out of it.
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err == nil {
		if t, err := os.CreateTemp(filepath.Dir(file), "new-*"); err == nil {
			_, werr := t.Write(made)
			if cerr := t.Close(); werr == nil && cerr == nil {
				_ = os.Rename(t.Name(), file)
			}
			_ = os.Remove(t.Name()) // gone already after the renaming
		}
	}
	return made, nil
}

// Each calls work for 0 to n-1, as many at a time as there are processors, and returns the first of its errors.
func Each(n int, work func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				errs[i] = work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
