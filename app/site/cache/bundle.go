package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sharh/app/site/file"
)

// Bundle is a set of files that is kept as one, with what is known of them. It is a file of the cache, open as long
// as the program runs: whoever removes it meanwhile does no harm. A file of it is read, and compared with its sum,
// only when somebody wants it: most are not wanted, since they are published already.
type Bundle struct {
	Facts json.RawMessage

	from  *os.File
	paths []string // sorted
	spans map[string]span
}

// span is where a file of a bundle is.
type span struct {
	At   int64 // from the end of the header
	Size int64
	Sum  file.Sum
}

// header is what a bundle begins with, after its length and its sum. Data follow it.
type header struct {
	Facts json.RawMessage
	Files map[string]span
}

// begin is how many bytes stand before the header.
const begin = 4 + sha256.Size

// ErrDamaged says that a file of a bundle is not what was kept.
var ErrDamaged = errors.New("what was kept is damaged")

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
	path := filepath.Join(folder, name, key)
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	b, err := read(f, filepath.Join(name, key))
	if err != nil {
		f.Close()
		return nil
	}
	used(path)
	return b
}

// read reads what a bundle begins with.
func read(f *os.File, name string) (*Bundle, error) {
	var first [begin]byte
	if _, err := f.ReadAt(first[:], 0); err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(first[:]))
	if length > info.Size()-begin {
		return nil, errors.New("too short")
	}
	head := make([]byte, length)
	if _, err := f.ReadAt(head, begin); err != nil {
		return nil, err
	}
	if !bytes.Equal(first[4:], sumOf(name, head)) {
		return nil, errors.New("another sum")
	}
	var h header
	if err := gob.NewDecoder(bytes.NewReader(head)).Decode(&h); err != nil {
		return nil, err
	}
	b := &Bundle{Facts: h.Facts, from: f, paths: slices.Sorted(maps.Keys(h.Files)), spans: h.Files}
	size := begin + length
	for p, s := range h.Files {
		size += s.Size
		s.At += begin + length
		h.Files[p] = s
	}
	if size != info.Size() {
		return nil, errors.New("another size")
	}
	return b, nil
}

// Save keeps files as a bundle and returns it.
func Save(folder, name, key string, files file.Set, facts any) (*Bundle, error) {
	h := header{Files: map[string]span{}}
	var err error
	if h.Facts, err = json.Marshal(facts); err != nil {
		return nil, fmt.Errorf("keeping %s: %w", name, err)
	}
	paths, at := files.Paths(), int64(0)
	for _, p := range paths {
		h.Files[p] = span{at, int64(len(files[p])), files.Sum(p)}
		at += int64(len(files[p]))
	}
	var head bytes.Buffer
	if err := gob.NewEncoder(&head).Encode(h); err != nil {
		return nil, fmt.Errorf("keeping %s: %w", name, err)
	}
	content := [][]byte{
		binary.LittleEndian.AppendUint32(nil, uint32(head.Len())),
		sumOf(filepath.Join(name, key), head.Bytes()), head.Bytes(),
	}
	for _, p := range paths {
		content = append(content, files[p])
	}
	if err := write(filepath.Join(folder, name, key), content...); err != nil {
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
	if Write(folder, filepath.Join(name, key), nil) == nil {
		forget(filepath.Join(folder, name))
	}
}

// Marked reports whether Mark has kept it.
func Marked(folder, name, key string) bool {
	_, err := Read(folder, filepath.Join(name, key))
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

// Paths returns the paths of the files, sorted.
func (b *Bundle) Paths() []string { return b.paths }

// Sum returns the sum of a file.
func (b *Bundle) Sum(path string) file.Sum { return b.spans[path].Sum }

// Read returns a file. The error is ErrDamaged when it is not what was kept.
func (b *Bundle) Read(path string) ([]byte, error) {
	s, found := b.spans[path]
	if !found {
		return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	data := make([]byte, s.Size)
	if _, err := b.from.ReadAt(data, s.At); err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", path, ErrDamaged, err)
	}
	if sha256.Sum256(data) != s.Sum {
		return nil, fmt.Errorf("reading %s: %w", path, ErrDamaged)
	}
	return data, nil
}
