package publish

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/output"
)

// Site is a built site.
type Site struct {
	// Base is the path for which the site was built.
	Base string

	share  *file.Share // nil for the whole site
	folder *os.Root
	items  []item // sorted by path
	byPath map[string]*item
}

// item is a file of a site, or of the publisher, in the form in which it goes to a target.
type item struct {
	path string // at the target
	size int64
	sum  string // of the content, and of the headers if the target stores them
	data []byte // the content, or nil if it is in a file

	site    *Site
	file    string // in the folder of the site
	content string // the sum of that file

	kind, cache, encoding string // headers, for targets that store them
}

// PlanFile is the list that WritePlan writes.
const PlanFile = "publish.json"

// Read reads the folder of a built site.
func Read(folder string) (*Site, error) {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no site at %s; `sharh build` builds it", folder)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the site: %w", err)
	}
	if _, err := root.Lstat(output.Marker); err != nil {
		root.Close()
		return nil, fmt.Errorf("%s is not a site built by sharh (it has no file %s)", folder, output.Marker)
	}
	s := &Site{folder: root, byPath: map[string]*item{}}
	if data, err := root.ReadFile(file.ShareFile); err == nil {
		s.share = &file.Share{}
		if err := json.Unmarshal(data, s.share); err != nil {
			root.Close()
			return nil, fmt.Errorf("reading which part of the site is at %s: %w", folder, err)
		}
		s.Base = s.share.Base
	} else if s.Base, err = hosting.BasePath(root.FS()); err != nil {
		root.Close()
		return nil, err
	}
	if err := fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || p == output.Marker || p == PlanFile || p == file.ShareFile {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is not a file", p)
		}
		s.items = append(s.items, item{path: p, file: p, site: s})
		return nil
	}); err != nil {
		root.Close()
		return nil, fmt.Errorf("reading the site at %s: %w", folder, err)
	}
	if err := file.Parallel(len(s.items), func(i int) error {
		x := &s.items[i]
		f, err := root.Open(x.file)
		if err != nil {
			return err
		}
		defer f.Close()
		x.content, x.size, err = sumOfAll(f)
		x.sum = x.content
		return err
	}); err != nil {
		root.Close()
		return nil, fmt.Errorf("reading the site at %s: %w", folder, err)
	}
	for i := range s.items {
		s.byPath[s.items[i].path] = &s.items[i]
	}
	return s, nil
}

// sumOf is the sum of a content, SHA-256 in hexadecimal digits.
func sumOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

// sumOfAll is the sum of what is left to read, and its size in bytes.
func sumOfAll(from io.Reader) (sum string, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, from)
	return fmt.Sprintf("%x", h.Sum(nil)), size, err
}

// Close ends reading.
func (s *Site) Close() error { return s.folder.Close() }

// read returns the content of a file.
func (i *item) read() ([]byte, error) {
	if i.data != nil {
		return i.data, nil
	}
	data, err := i.site.folder.ReadFile(i.file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && sumOf(data) != i.content {
		return nil, fmt.Errorf("the site was built again while it was published (%s is another file now); publish again",
			i.file)
	}
	return data, err
}

// stored returns the form in which a file goes to a store, nil if it does not. A store answers everybody with the same
// bytes: it does not ask what a reader accepts. So there is one object for a file, compressed where the build
// compressed it, and its Content-Encoding says how. Assets are brotli: only pages load them, in browsers, which all
// know it. The rest is gzip, which also those know that read pages without a browser: previews of links, feeds,
// content systems, curl. Unless plain: then nothing is compressed.
func (i *item) stored(uncompressed bool) *item {
	if hosting.ForHosts(i.path) {
		return nil
	}
	if of := plain(i.path); of != i.path && i.site.byPath[of] != nil {
		return nil
	}
	x := *i
	x.kind, x.cache = hosting.Type(i.path), hosting.Of(i.path).Cache
	encoding := hosting.Gzip
	if isAsset(i.path) {
		encoding = hosting.Brotli
	}
	if form := i.site.byPath[i.path+encoding.Ext]; form != nil && !uncompressed {
		x.file, x.content, x.size, x.encoding = form.file, form.content, form.size, encoding.Name
	}
	x.sum = sumOf([]byte(strings.Join([]string{x.kind, x.cache, x.encoding, x.content}, "\n")))
	return &x
}

// PlannedFile is a file in the list for those who publish by other means.
type PlannedFile struct {
	Path     string `json:"path"`               // in the folder of the site, and where the site is served
	Turn     int    `json:"turn"`               // files of a turn can be copied at the same time, turns only in order
	Type     string `json:"type,omitempty"`     // Content-Type
	Cache    string `json:"cache,omitempty"`    // Cache-Control
	Encoding string `json:"encoding,omitempty"` // Content-Encoding, of a file that is another one compressed
	Of       string `json:"of,omitempty"`       // that other file
	Size     int64  `json:"size"`
	Sum      string `json:"sha256"`
}

// Plan is the list of a site's files in the order in which they can be published.
type Plan struct {
	Base    string            `json:"base"`
	Headers map[string]string `json:"headers"` // of every answer
	Files   []PlannedFile     `json:"files"`
}

// Plan lists the files of a site in the order in which they can be published.
func (s *Site) Plan() Plan {
	p := Plan{Base: s.Base, Headers: map[string]string{}}
	for _, h := range hosting.Always {
		p.Headers[h[0]] = h[1]
	}
	items := slices.Clone(s.items)
	slices.SortStableFunc(items, func(a, b item) int { return rankOf(a.path).compare(rankOf(b.path)) })
	turn := 0
	for i, x := range items {
		if i == 0 || rankOf(x.path) != rankOf(items[i-1].path) {
			turn++
		}
		f := PlannedFile{Path: x.path, Turn: turn, Size: x.size, Sum: x.sum}
		f.Type, f.Cache = hosting.Type(plain(x.path)), hosting.Of(plain(x.path)).Cache
		if of := plain(x.path); of != x.path {
			f.Of = of
			for _, e := range hosting.Encodings {
				if e.Ext == path.Ext(x.path) {
					f.Encoding = e.Name
				}
			}
		}
		p.Files = append(p.Files, f)
	}
	return p
}

// WritePlan writes the list of a site's files beside them, and returns its path.
func (s *Site) WritePlan() (string, error) {
	if err := s.folder.WriteFile(PlanFile, mustJSON(s.Plan()), 0o644); err != nil {
		return "", fmt.Errorf("writing the list of files: %w", err)
	}
	return path.Join(s.folder.Name(), PlanFile), nil
}
