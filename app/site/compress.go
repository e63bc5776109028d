package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// compressible are the types that are served compressed; the others are compressed already.
var compressible = map[string]bool{
	".html": true, ".css": true, ".js": true, ".json": true, ".wasm": true, ".svg": true, ".csv": true,
	".webmanifest": true, ".txt": true, ".xml": true,
}

// encoding is a way to compress. levels are those for publishing and for previews.
type encoding struct {
	ext    string
	levels [2]int
	writer func(w io.Writer, level int) (io.WriteCloser, error)
}

var encodings = []encoding{
	{".br", [2]int{brotli.BestCompression, 4}, func(w io.Writer, level int) (io.WriteCloser, error) {
		return brotli.NewWriterLevel(w, level), nil
	}},
	{".gz", [2]int{gzip.BestCompression, gzip.BestSpeed}, func(w io.Writer, level int) (io.WriteCloser, error) {
		return gzip.NewWriterLevel(w, level)
	}},
}

// many tells files of which there are so many that compressing them well would be most of a build: what nobody waits for,
// and pages far below their budget.
func many(path string) bool {
	return single.MatchString(path) || whole.MatchString(path) || strings.Contains(path, "/data/")
}

func (e encoding) encode(data []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	w, err := e.writer(&b, level)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// compress adds a .br and a .gz beside every file that gains by it. Results are kept in the folder cache, by the hash
// of what was compressed. A preview is compressed lightly, in a fortieth of the time.
func (f Files) compress(cache string, preview bool) error {
	type job struct {
		path  string
		how   encoding
		level int
	}
	var jobs []job
	for _, p := range f.Paths() {
		if !compressible[path.Ext(p)] {
			continue
		}
		for _, e := range encodings {
			level := e.levels[0]
			switch {
			case preview:
				level = e.levels[1]
			case many(p) && level == brotli.BestCompression:
				level-- // a fiftieth larger, in a third of the time
			}
			jobs = append(jobs, job{p, e, level})
		}
	}
	results := make([][]byte, len(jobs))
	if err := each(len(jobs), func(i int) error {
		j := jobs[i]
		var err error
		if results[i], err = cached(cache, j.how, j.level, f[j.path]); err != nil {
			return fmt.Errorf("compressing %s: %w", j.path, err)
		}
		return nil
	}); err != nil {
		return err
	}
	for i, j := range jobs {
		if len(results[i]) < len(f[j.path]) {
			f[j.path+j.how.ext] = results[i]
		}
	}
	return nil
}

func cached(folder string, how encoding, level int, data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	return keep(folder, hex.EncodeToString(sum[:])+"."+strconv.Itoa(level)+how.ext, func() ([]byte, error) { return how.encode(data, level) })
}
