package cache

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sharh/app/site/file"
)

// Bundle is a set of files that is kept as one, with what is known of them. It is a file of the cache, open as long
// as the program runs: whoever removes it meanwhile does no harm.
type Bundle struct {
	Facts json.RawMessage

	from  *os.File
	spans []span
}

// span is where a file of a bundle is.
type span struct {
	Path string
	At   int64
	Size int64
}

// header is what a bundle begins with, after its length. Data follow it.
type header struct {
	Facts json.RawMessage
	Files []span // places from the end of the header
}

// Key is a name that stands for values, of which each is a text, and for the program that runs.
func Key(values ...string) (string, error) {
	program, err := thisProgram()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, v := range append(values, program) {
		fmt.Fprintf(sum, "%d %s\n", len(v), v)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// thisProgram is the hash of the program that runs, with all that is embedded in it.
var thisProgram = sync.OnceValues(func() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding this program: %w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("reading this program: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("reading this program: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
})

// most is how many bundles of one name are kept: builds for two addresses may take turns.
const most = 2

// Open returns the bundle of a name that is kept under a key, nil if there is none.
func Open(folder, name, key string) *Bundle {
	f, _, err := open(folder, filepath.Join(name, key))
	if err != nil {
		return nil
	}
	b, err := read(f)
	if err != nil {
		f.Close()
		return nil
	}
	return b
}

func read(f *os.File) (*Bundle, error) {
	var length uint32
	if err := binary.Read(io.NewSectionReader(f, 0, 4), binary.LittleEndian, &length); err != nil {
		return nil, err
	}
	var h header
	if err := json.NewDecoder(io.NewSectionReader(f, 4, int64(length))).Decode(&h); err != nil {
		return nil, err
	}
	for i := range h.Files {
		h.Files[i].At += 4 + int64(length)
	}
	return &Bundle{Facts: h.Facts, from: f, spans: h.Files}, nil
}

// Save keeps files as a bundle and returns it.
func Save(folder, name, key string, files file.Set, facts any) (*Bundle, error) {
	var h header
	var err error
	if h.Facts, err = json.Marshal(facts); err != nil {
		return nil, fmt.Errorf("keeping %s: %w", name, err)
	}
	at := int64(0)
	for _, p := range files.Paths() {
		h.Files = append(h.Files, span{p, at, int64(len(files[p]))})
		at += int64(len(files[p]))
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("keeping %s: %w", name, err)
	}
	if err := write(folder, filepath.Join(name, key), func(w io.Writer) error {
		if err := binary.Write(w, binary.LittleEndian, uint32(len(head))); err != nil {
			return err
		}
		if _, err := w.Write(head); err != nil {
			return err
		}
		return files.Each(func(_ string, data []byte) error {
			_, err := w.Write(data)
			return err
		})
	}); err != nil {
		return nil, fmt.Errorf("keeping %s: %w", name, err)
	}
	forget(filepath.Join(folder, name))
	b := Open(folder, name, key)
	if b == nil {
		return nil, fmt.Errorf("keeping %s: it is gone again", name)
	}
	return b, nil
}

// Mark keeps that something is so of what a key stands for. A cache that cannot be written costs time, nothing else.
func Mark(folder, name, key string) {
	if write(folder, filepath.Join(name, key), func(io.Writer) error { return nil }) == nil {
		forget(filepath.Join(folder, name))
	}
}

// Marked reports whether Mark has kept it.
func Marked(folder, name, key string) bool {
	f, _, err := open(folder, filepath.Join(name, key))
	if err == nil {
		f.Close()
	}
	return err == nil
}

// forget removes the bundles and marks of a folder that were not used for longest.
func forget(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), unfinished) })
	used := map[string]time.Time{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			used[e.Name()] = info.ModTime()
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return used[b.Name()].Compare(used[a.Name()]) })
	for i, e := range entries {
		if i >= most {
			_ = os.Remove(filepath.Join(folder, e.Name())) // it takes room, nothing else
		}
	}
}

// Each visits the files of the bundle.
func (b *Bundle) Each(visit func(path string, data []byte) error) error {
	if len(b.spans) == 0 {
		return nil
	}
	first, last := b.spans[0], b.spans[len(b.spans)-1]
	r := bufio.NewReaderSize(io.NewSectionReader(b.from, first.At, last.At+last.Size-first.At), 1<<18)
	var room []byte
	for _, s := range b.spans {
		room = slices.Grow(room[:0], int(s.Size))
		data := room[:s.Size]
		if _, err := io.ReadFull(r, data); err != nil {
			return fmt.Errorf("reading %s of what was kept: %w", s.Path, err)
		}
		if err := visit(s.Path, data); err != nil {
			return err
		}
	}
	return nil
}

// Read returns a file of the bundle.
func (b *Bundle) Read(path string) ([]byte, error) {
	byPath := func(s span, path string) int { return strings.Compare(s.Path, path) }
	i, found := slices.BinarySearchFunc(b.spans, path, byPath)
	if !found {
		return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	data := make([]byte, b.spans[i].Size)
	if _, err := b.from.ReadAt(data, b.spans[i].At); err != nil {
		return nil, fmt.Errorf("reading %s of what was kept: %w", path, err)
	}
	return data, nil
}
