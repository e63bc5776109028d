package hosting

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"sharh/app/site/cache"
	"sharh/app/site/file"
)

// compressible are the types that are served compressed; the others are compressed already.
var compressible = map[string]bool{
	".html": true, ".css": true, ".js": true, ".json": true, ".wasm": true, ".svg": true, ".csv": true,
	".webmanifest": true, ".txt": true, ".xml": true,
}

// small is how large a file is, in bytes, that travels in one packet as it is.
const small = 1200

// compression is how an encoding is made.
type compression struct {
	Encoding
	// Levels. What is middling is a sixteenth larger than the best, and takes a tenth of the time.
	best, middling, quick int
	writer                func(level int) (writer, error)
}

type writer interface {
	io.WriteCloser
	Reset(io.Writer)
}

var compressions = []compression{
	{Brotli, brotli.BestCompression, 6, 4,
		func(level int) (writer, error) { return brotli.NewWriterLevel(nil, level), nil }},
	{Gzip, gzip.BestCompression, 6, gzip.BestSpeed,
		func(level int) (writer, error) { return gzip.NewWriterLevel(nil, level) }},
}

// writers are those that are used again, a pool for each name of an encoding with its level: to make one takes longer
// than to compress a page.
var writers sync.Map

func (e compression) encode(data []byte, level int) ([]byte, error) {
	kept, _ := writers.LoadOrStore(fmt.Sprint(e.Ext, level), &sync.Pool{})
	pool := kept.(*sync.Pool)
	w, ok := pool.Get().(writer)
	if !ok {
		var err error
		if w, err = e.writer(level); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	w.Reset(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	pool.Put(w)
	return b.Bytes(), nil
}

// Compress adds a .br and a .gz beside every file that gains by it. Results are kept in a folder, by the hash of what
// was compressed. many tells files of which there are so many, or so large ones, that compressing them as well as can
// be would be most of a build. Quickly takes a fortieth of the time, so that nothing need be kept.
func Compress(files file.Set, kept string, quickly bool, many func(path string) bool) error {
	type job struct {
		path  string
		how   compression
		level int
	}
	var jobs []job
	for _, p := range files.Paths() {
		if !compressible[path.Ext(p)] || len(files[p]) < small {
			continue
		}
		for _, e := range compressions {
			level := e.best
			switch {
			case quickly:
				level = e.quick
			case many(p):
				level = e.middling
			}
			jobs = append(jobs, job{p, e, level})
		}
	}
	if quickly {
		kept = ""
	}
	// The longest first, so that no processor waits for the last one.
	slices.SortStableFunc(jobs, func(a, b job) int {
		return cmp.Or(b.level-a.level, len(files[b.path])-len(files[a.path]))
	})
	results := make([][]byte, len(jobs))
	if err := file.Parallel(len(jobs), func(i int) error {
		j := jobs[i]
		var err error
		if results[i], err = compressed(kept, j.how, j.level, files[j.path]); err != nil {
			return fmt.Errorf("compressing %s: %w", j.path, err)
		}
		return nil
	}); err != nil {
		return err
	}
	for i, j := range jobs {
		if len(results[i]) < len(files[j.path]) {
			files[j.path+j.how.Ext] = results[i]
		}
	}
	return nil
}

func compressed(folder string, how compression, level int, data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	return cache.Keep(folder, hex.EncodeToString(sum[:])+"."+strconv.Itoa(level)+how.Ext,
		func() ([]byte, error) { return how.encode(data, level) })
}
