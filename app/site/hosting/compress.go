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
	// Levels. What is good is a thirtieth larger than the best, and takes two fifths of the time. What is middling is a
	// sixteenth larger than the best, and takes a fifteenth of the time. The level for drawings, which are paths of
	// numbers, makes them a thirtieth larger than the middling one, in a quarter of its time.
	best, good, middling, drawings, quick int
	writer                                func(level int) (writer, error)
}

type writer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// other is where the levels of the other compressor of package brotli begin, which knows no words.
const other = 100

var compressions = []compression{
	{Brotli, brotli.BestCompression, 10, 5, other + 3, 2, func(level int) (writer, error) {
		if level > other {
			return brotli.NewWriterV2(nil, level-other), nil
		}
		return brotli.NewWriterLevel(nil, level), nil
	}},
	{Gzip, gzip.BestCompression, gzip.BestCompression, 6, 6, gzip.BestSpeed,
		func(level int) (writer, error) { return gzip.NewWriterLevel(nil, level) }},
}

// writers are those that are used again, a pool for each kind: to make one takes longer than to compress a page.
var writers sync.Map

// kind is an encoding with its level. For a file of a megabyte or more the writer of brotli takes another way to find
// repetitions, and stays with it: the same page must not be compressed in two ways.
type kind struct {
	ext   string
	level int
	large bool
}

func (e compression) encode(data []byte, level int) ([]byte, error) {
	kept, _ := writers.LoadOrStore(kind{e.Ext, level, len(data) >= 1<<20}, &sync.Pool{})
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

// Compression says how well files are compressed.
type Compression struct {
	// Kept is a folder that keeps slow results, by the hash of what was compressed; "" for none.
	Kept string
	// Forget keeps only what is compressed as well as can be: the rest is made faster than it is kept and found again.
	Forget bool
	// Quick takes a fortieth of the time, so that nothing need be kept.
	Quick bool
	// Long is how many bytes a file has at most that is compressed at the best level: longer ones, for which that takes
	// seconds, at the good one. 0 for no limit.
	Long int
	// Enough is how many bytes of brotli are few enough for a file: if the middling level has no more, its result is
	// taken. 0 for one that is compressed as well as can be.
	Enough func(path string) int64
}

// plain is a file to compress, with the name by which results are kept: its encodings have that in common.
type plain struct {
	path string
	data []byte
	sum  func() string
}

func of(path string, data []byte) plain {
	return plain{path, data, sync.OnceValue(func() string {
		sum := sha256.Sum256(data)
		return hex.EncodeToString(sum[:])
	})}
}

// Compress adds a .br and a .gz beside every file that gains by it.
func (c Compression) Compress(files file.Set) error {
	type job struct {
		plain
		how compression
	}
	var jobs []job
	for _, p := range files.Paths() {
		if !compressible[path.Ext(p)] || len(files[p]) < small {
			continue
		}
		f := of(p, files[p])
		for _, e := range compressions {
			jobs = append(jobs, job{f, e})
		}
	}
	// The longest first, so that no processor waits for the last one.
	slices.SortStableFunc(jobs, func(a, b job) int {
		best := func(j job) int64 { return min(c.Enough(j.path), 1) } // 0, so that it comes first
		return cmp.Or(cmp.Compare(best(a), best(b)), len(b.data)-len(a.data))
	})
	results := make([][]byte, len(jobs))
	if err := file.Parallel(len(jobs), func(i int) error {
		j := jobs[i]
		var err error
		if results[i], err = c.compressed(j.how, j.plain); err != nil {
			return fmt.Errorf("compressing %s: %w", j.path, err)
		}
		return nil
	}); err != nil {
		return err
	}
	for i, j := range jobs {
		if len(results[i]) < len(j.data) {
			files[j.path+j.how.Ext] = results[i]
		}
	}
	return nil
}

// early is held by what Begin compresses: the work that it is done beside needs memory too.
var early sync.Mutex

// Begin compresses a file before others are there, beside the work that makes those: Compress, which is given all of
// them later, finds the result among those that are kept, or waits for it. An error is left to Compress.
func (c Compression) Begin(path string, data []byte) {
	if c.Quick || c.Forget || c.Kept == "" || len(data) < small { // nobody would find the result, or want it
		return
	}
	go func() {
		early.Lock()
		defer early.Unlock()
		_, _ = c.compressed(compressions[0], of(path, data))
	}()
}

// compressed compresses a file.
func (c Compression) compressed(how compression, f plain) ([]byte, error) {
	switch enough := c.Enough(f.path); {
	case c.Quick:
		return how.encode(f.data, how.quick)
	case enough > 0:
		kept, level := c.Kept, how.middling
		if c.Forget {
			kept = ""
		}
		if path.Ext(f.path) == ".svg" {
			level = how.drawings
		}
		made, err := keep(kept, how, level, f)
		if err != nil || int64(len(made)) <= enough || how.Encoding == Gzip {
			return made, err
		}
	}
	if c.Long > 0 && len(f.data) > c.Long {
		return keep(c.Kept, how, how.good, f)
	}
	return keep(c.Kept, how, how.best, f)
}

// keep returns a file compressed at a level, which is done once.
func keep(folder string, how compression, level int, f plain) ([]byte, error) {
	if folder == "" {
		return how.encode(f.data, level)
	}
	return cache.Keep(folder, f.sum()+"."+strconv.Itoa(level)+how.Ext,
		func() ([]byte, error) { return how.encode(f.data, level) })
}
