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
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sharh/app/site/file"
)

// Bundle is a set of files that is kept as one file of the cache, with what is known of them. It holds none of them,
// nor their names: those are read, and compared with their sums, when somebody wants them. Most are not wanted, since
// they are published already.
type Bundle struct {
	Facts json.RawMessage

	file, name string
	index      [sha256.Size]byte // sum of the index
	at, length int64             // of the index in the file
}

// Contents are the files of a bundle.
type Contents struct {
	file  string
	paths []string // sorted
	spans map[string]span
}

// span is where a file of a bundle is.
type span struct {
	At   int64
	Size int64
	Sum  file.Sum
}

// index lists what is in a bundle, in the order in which it is there. It stands behind the facts, and the files behind
// it. The file without a path are the notes.
type index struct {
	Paths []string
	Sizes []int64
	Sums  []byte // one behind the other
}

// begin is how many bytes stand before the facts: the lengths of facts, index and files, and the sum of all but the
// files.
const begin = 16 + sha256.Size

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
	b := &Bundle{file: filepath.Join(folder, name, key), name: filepath.Join(name, key)}
	f, err := os.Open(b.file)
	if err != nil {
		return nil
	}
	defer f.Close()
	if err := b.read(f); err != nil {
		return nil
	}
	used(b.file)
	return b
}

// read reads what a bundle begins with.
func (b *Bundle) read(f *os.File) error {
	var first [begin]byte
	if _, err := f.ReadAt(first[:], 0); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	facts := int64(binary.LittleEndian.Uint32(first[:]))
	b.at, b.length = begin+facts, int64(binary.LittleEndian.Uint32(first[4:]))
	left := info.Size() - b.at - b.length // a damaged length must not ask for more memory than there is
	if left < 0 || binary.LittleEndian.Uint64(first[8:]) != uint64(left) {
		return errors.New("another size")
	}
	head := make([]byte, facts+b.length)
	if _, err := f.ReadAt(head, begin); err != nil {
		return err
	}
	if !bytes.Equal(first[16:], sumOf(b.name, slices.Concat(first[:16], head))) {
		return errors.New("another sum")
	}
	b.Facts, b.index = head[:facts:facts], sha256.Sum256(head[facts:])
	return nil
}

// ID stands for the paths and contents of all files.
func (b *Bundle) ID() string { return hex.EncodeToString(b.index[:]) }

// Open returns the files. The error is ErrDamaged when the bundle is not what was kept, or is gone.
func (b *Bundle) Open() (*Contents, error) {
	damaged := func(err error) (*Contents, error) {
		return nil, fmt.Errorf("reading %s: %w: %w", b.name, ErrDamaged, err)
	}
	data, err := span{b.at, b.length, b.index}.read(b.file)
	if err != nil {
		return damaged(err)
	}
	var x index
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&x); err != nil {
		return damaged(err)
	}
	c := &Contents{file: b.file, spans: map[string]span{}}
	at := b.at + b.length
	for i, p := range x.Paths {
		c.spans[p] = span{at, x.Sizes[i], file.Sum(x.Sums[i*sha256.Size:])}
		at += x.Sizes[i]
		if p != "" {
			c.paths = append(c.paths, p)
		}
	}
	return c, nil
}

// Save keeps files as a bundle and returns it. facts are read with the bundle, notes only when they are wanted.
func Save(folder, name, key string, files file.Set, facts, notes any) (*Bundle, error) {
	failed := func(err error) (*Bundle, error) { return nil, fmt.Errorf("keeping %s: %w", name, err) }
	known, err := json.Marshal(facts)
	if err != nil {
		return failed(err)
	}
	noted, err := json.Marshal(notes)
	if err != nil {
		return failed(err)
	}
	var x index
	content, size := [][]byte{nil, nil, known, nil}, 0
	add := func(path string, data []byte, sum file.Sum) {
		x.Paths, x.Sizes, x.Sums = append(x.Paths, path), append(x.Sizes, int64(len(data))), append(x.Sums, sum[:]...)
		content, size = append(content, data), size+len(data)
	}
	add("", noted, sha256.Sum256(noted))
	paths := files.Paths()
	sums := make([]file.Sum, len(paths))
	_ = file.Parallel(len(paths), func(i int) error { // tens of megabytes, and all others wait for them
		sums[i] = files.Sum(paths[i])
		return nil
	})
	for i, p := range paths {
		add(p, files[p], sums[i])
	}
	var list bytes.Buffer
	if err := gob.NewEncoder(&list).Encode(x); err != nil {
		return failed(err)
	}
	lengths := binary.LittleEndian.AppendUint32(nil, uint32(len(known)))
	lengths = binary.LittleEndian.AppendUint32(lengths, uint32(list.Len()))
	lengths = binary.LittleEndian.AppendUint64(lengths, uint64(size))
	content[0], content[3] = lengths, list.Bytes()
	content[1] = sumOf(filepath.Join(name, key), slices.Concat(lengths, known, list.Bytes()))
	if err := write(filepath.Join(folder, name, key), content...); err != nil {
		return failed(err)
	}
	forget(filepath.Join(folder, name))
	b := Open(folder, name, key)
	if b == nil {
		return failed(errors.New("it is gone again"))
	}
	return b, nil
}

// Mark keeps that something is so of what a key stands for, and what is known of it. A cache that cannot be written
// costs time, nothing else.
func Mark(folder, name, key string, known []byte) {
	if Write(folder, filepath.Join(name, key), known) == nil {
		forget(filepath.Join(folder, name))
	}
}

// Marked returns what Mark has kept, and whether it has.
func Marked(folder, name, key string) (known []byte, marked bool) {
	known, err := Read(folder, filepath.Join(name, key))
	return known, err == nil
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
func (c *Contents) Paths() []string { return c.paths }

// Sum returns the sum of a file.
func (c *Contents) Sum(path string) file.Sum { return c.spans[path].Sum }

// Read returns a file. The error is ErrDamaged when it is not what was kept.
func (c *Contents) Read(path string) ([]byte, error) {
	s, found := c.spans[path]
	if !found || path == "" {
		return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	data, err := s.read(c.file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", path, ErrDamaged, err)
	}
	return data, nil
}

// Notes reads the notes. The error is ErrDamaged when they are not what was kept.
func (c *Contents) Notes(into any) error {
	data, err := c.spans[""].read(c.file)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("reading what was noted: %w: %w", ErrDamaged, err)
	}
	return nil
}

// read returns a part of a file, if that is what it was.
func (s span) read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, s.Size)
	if _, err := f.ReadAt(data, s.At); err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != s.Sum {
		return nil, errors.New("another sum")
	}
	return data, nil
}
