package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest" // used only as a file system in memory

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// Files are the files of one explainer at one moment. Everything read from them later has the state of that moment, and
// their hash tells whether anything has changed.
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
	sum := sha256.New()
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
	return &Files{slug: slug, from: kept, all: content, sum: hex.EncodeToString(sum.Sum(nil))}
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
