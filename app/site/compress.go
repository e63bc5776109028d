package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// compressible are the types that are served compressed; the others are compressed already.
var compressible = map[string]bool{
	".html": true, ".css": true, ".js": true, ".json": true, ".wasm": true, ".svg": true, ".csv": true,
	".webmanifest": true, ".txt": true, ".xml": true,
}

var encodings = []struct {
	ext    string
	encode func([]byte) ([]byte, error)
}{
	{".br", func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestCompression)
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		err := w.Close()
		return b.Bytes(), err
	}},
	{".gz", func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}},
}

// compress adds a .br and a .gz beside every file that gains by it. Results are kept in the folder cache, by the hash
// of what was compressed.
func (f Files) compress(cache string) error {
	type job struct {
		path   string
		ext    string
		encode func([]byte) ([]byte, error)
	}
	var jobs []job
	for _, p := range f.Paths() {
		if !compressible[path.Ext(p)] {
			continue
		}
		for _, e := range encodings {
			jobs = append(jobs, job{p, e.ext, e.encode})
		}
	}
	results := make([][]byte, len(jobs))
	errs := make([]error, len(jobs))
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				results[i], errs[i] = cached(cache, jobs[i].ext, f[jobs[i].path], jobs[i].encode)
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	wg.Wait()
	for i, j := range jobs {
		if errs[i] != nil {
			return fmt.Errorf("compressing %s: %w", j.path, errs[i])
		}
		if len(results[i]) < len(f[j.path]) {
			f[j.path+j.ext] = results[i]
		}
	}
	return nil
}

func cached(folder, ext string, data []byte, encode func([]byte) ([]byte, error)) ([]byte, error) {
	if folder == "" {
		return encode(data)
	}
	sum := sha256.Sum256(data)
	file := filepath.Join(folder, hex.EncodeToString(sum[:])+ext)
	if kept, err := os.ReadFile(file); err == nil {
		return kept, nil
	}
	encoded, err := encode(data)
	if err != nil {
		return nil, err
	}
	// A cache that cannot be written costs time, not the build. Renaming keeps half-written files out of it.
	if err := os.MkdirAll(folder, 0o755); err == nil {
		if t, err := os.CreateTemp(folder, "new-*"); err == nil {
			_, werr := t.Write(encoded)
			if cerr := t.Close(); werr == nil && cerr == nil {
				_ = os.Rename(t.Name(), file)
			}
			_ = os.Remove(t.Name()) // gone already after the renaming
		}
	}
	return encoded, nil
}
