package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest" // used only as a file system in memory

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/picture"
)

// Files are the files of one explainer at one moment. Everything read from them later has the state of that moment, or
// fails, and their hash tells whether anything has changed.
type Files struct {
	slug string
	from fs.FS
	all  fs.FS // with the other explainers, which are not kept
	sum  string
}

// Keep reads the content files (by their extensions) of the explainer in folder slug of content into memory, and the
// languages beside it. If one
// cannot be read, for example for lack of permission, it keeps none: then the files are read when they are loaded, and
// Sum is "".
func Keep(content fs.FS, slug string) *Files {
	kept := fstest.MapFS{}
	media := map[string][sha256.Size]byte{}
	sum := sha256.New()
	folder := path.Join(slug, MediaFolder)
	keep := func(name string, d fs.DirEntry, err error) error {
		switch {
		case name == locale.Folder && errors.Is(err, fs.ErrNotExist):
			return nil // all languages are shipped
		case err != nil:
			return err
		case d.IsDir():
			if name != slug && name != locale.Folder && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			kept[name] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
			fmt.Fprintf(sum, "%q\n", name)
			return nil
		case path.Dir(name) == folder && !stray(d.Name()):
			// Pictures are large: they stay on the disk, and must be the same when they are read.
			kept[name] = &fstest.MapFile{Mode: d.Type()}
			if d.Type().IsRegular() {
				var err error
				if media[name], err = hashOf(content, name); err != nil {
					return err
				}
			}
			fmt.Fprintf(sum, "%q %v %x\n", name, d.Type(), media[name])
			return nil
		case d.Type()&fs.ModeSymlink == 0 && path.Ext(name) != ".yaml" && path.Ext(name) != ".md":
			return nil
		}
		info, err := fs.Stat(content, name) // of the target, if it is a link; a folder behind a link is an error here
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() || info.Size() > maxFile {
			return errors.New("not an ordinary file")
		}
		data, err := fs.ReadFile(content, name)
		if err != nil {
			return err
		}
		kept[name] = &fstest.MapFile{Data: data, Mode: 0o644}
		fmt.Fprintf(sum, "%q %d\n%s\n", name, len(data), data)
		return nil
	}
	err := errors.Join(fs.WalkDir(content, slug, keep), fs.WalkDir(content, locale.Folder, keep))
	if err != nil {
		return &Files{slug: slug, from: content, all: content}
	}
	return &Files{slug: slug, from: moment{kept, content, media}, all: content, sum: hex.EncodeToString(sum.Sum(nil))}
}

// hashOf returns the hash of a file. One that is too large is not read, and only its size counts.
func hashOf(content fs.FS, name string) (sum [sha256.Size]byte, err error) {
	f, err := content.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if info, err := f.Stat(); err == nil && info.Size() > picture.MostBytes {
		fmt.Fprint(h, info.Size())
	} else if _, err := io.Copy(h, f); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// moment are files as they were at one moment: texts in memory, pictures on the disk with their hashes.
type moment struct {
	kept  fstest.MapFS
	disk  fs.FS
	media map[string][sha256.Size]byte
}

func (m moment) Open(name string) (fs.File, error) {
	if _, ok := m.media[name]; ok {
		return m.disk.Open(name)
	}
	return m.kept.Open(name)
}

func (m moment) ReadFile(name string) ([]byte, error) {
	want, ok := m.media[name]
	if !ok {
		return m.kept.ReadFile(name)
	}
	data, err := fs.ReadFile(m.disk, name)
	if err == nil && sha256.Sum256(data) != want {
		err = &fs.PathError{Op: "read", Path: name, Err: errors.New("it changed meanwhile; once more")}
	}
	return data, err
}

func (m moment) ReadDir(name string) ([]fs.DirEntry, error) { return m.kept.ReadDir(name) }

// Medium returns a file of the explainer's pictures.
func (f *Files) Medium(name string) ([]byte, error) {
	return fs.ReadFile(f.from, path.Join(f.slug, MediaFolder, name))
}

// Sum returns a hash of the names and contents of the files, or "" if they are not kept.
func (f *Files) Sum() string { return f.sum }

// LoadAs reads the explainer, as [LoadAs] does.
func (f *Files) LoadAs(dir string, list *diag.List) (*Set, error) {
	s, err := LoadAs(f.from, f.slug, dir, list)
	if err == nil {
		s.Others.content = f.all
	}
	return s, err
}
