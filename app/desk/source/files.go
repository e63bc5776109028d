package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest" // a map as a file system, which is all that is wanted of it

	"sharh/app/desk/diag"
)

// Files are the files of one explainer as they were at one moment. What is read from them later is of that moment,
// too, and their sum tells whether anything changed.
type Files struct {
	slug string
	from fs.FS
	sum  string
}

// Keep reads the files of the explainer in folder slug of content that can be content, by their endings. Where one
// cannot be kept, such as one that may not be read, none is: they are read when they are loaded, as they are then,
// and there is no sum.
func Keep(content fs.FS, slug string) *Files {
	kept := fstest.MapFS{}
	sum := sha256.New()
	err := fs.WalkDir(content, slug, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name != slug && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			kept[name] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
			fmt.Fprintf(sum, "%q\n", name)
			return nil
		case d.Type()&fs.ModeSymlink == 0 && path.Ext(name) != ".yaml" && path.Ext(name) != ".md":
			return nil
		}
		info, err := fs.Stat(content, name) // of what a link leads to; there may be more behind it if it is a folder
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
	})
	if err != nil {
		return &Files{slug: slug, from: content}
	}
	return &Files{slug: slug, from: kept, sum: hex.EncodeToString(sum.Sum(nil))}
}

// Sum stands for the names and contents of the files; it is "" where they are not kept.
func (f *Files) Sum() string { return f.sum }

// LoadAs reads the explainer, as [LoadAs] does.
func (f *Files) LoadAs(dir string, list *diag.List) (*Set, error) {
	return LoadAs(f.from, f.slug, dir, list)
}
