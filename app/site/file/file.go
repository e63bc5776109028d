// Package file has what the other packages of the site share: the set of its files, and how files are named and
// addressed.
//
//	files := file.Set{}
//	path := files.Asset("icon.svg", data)             // "assets/icon.1f0c5b0e2a9d.svg"
//	href := file.Relative("slug/en/", path)           // "../../assets/icon.1f0c5b0e2a9d.svg"
package file

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Sum is the SHA-256 of a file.
type Sum [sha256.Size]byte

// Files are files by slash-separated path, in memory or on disk.
type Files interface {
	// Paths returns the paths, sorted.
	Paths() []string
	// Sum returns the sum of an existing file. It may be known without reading the file.
	Sum(path string) Sum
	// Read returns the content of a file; the error is fs.ErrNotExist if there is none.
	Read(path string) ([]byte, error)
}

// Set is a set of files in memory, by path.
type Set map[string][]byte

// Read returns a file.
func (s Set) Read(path string) ([]byte, error) {
	if data, ok := s[path]; ok {
		return data, nil
	}
	return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
}

// Sum returns the sum of a file.
func (s Set) Sum(path string) Sum { return sha256.Sum256(s[path]) }

// Paths returns the paths, sorted.
func (s Set) Paths() []string { return slices.Sorted(maps.Keys(s)) }

// Assets is the folder of the files that have a hash of their content in their name.
const Assets = "assets/"

// Asset adds a file under its name with a hash of its content, and returns its path.
func (s Set) Asset(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	full := Assets + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:])[:12] + ext
	s[full] = data
	return full
}

// Owner returns the name of the explainer whose folder a file is in, or that an asset names as the one story that it is
// of: assets/story.<explainer>.<language>.<hash>.json. Of other files it returns what no explainer is called.
func Owner(file string) string {
	name, isAsset := strings.CutPrefix(file, Assets)
	if !isAsset {
		first, _, _ := strings.Cut(file, "/")
		return first
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")
	if words := strings.Split(name, "."); len(words) >= 5 {
		return words[1]
	}
	return ""
}

// Up returns the relative path from a folder of the site, "slug/en/", up to its root: "../../".
func Up(folder string) string { return strings.Repeat("../", strings.Count(folder, "/")) }

// Relative returns the address of a file of the site, relative to a page in the given folder.
func Relative(folder, file string) string {
	for folder != "" {
		first, rest, _ := strings.Cut(folder, "/")
		within, found := strings.CutPrefix(file, first+"/")
		if !found {
			break
		}
		folder, file = rest, within
	}
	return Up(folder) + file
}

// Base is the path or address under which a site is published: "/", "/explainers/" or
// "https://example.org/explainers/".
type Base string

// baseFolder is a folder of a base. Rules for hosts name it as it is, so nothing in it may mean anything to a server.
var baseFolder = regexp.MustCompile(`^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$`)

// ParseBase reads a base as somebody writes it: a path, which begins with a slash, or a full address. A slash that
// lacks at the end is added.
func ParseBase(text string) (Base, error) {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return "/", nil
	case err != nil:
		return "", fmt.Errorf("reading the base: %w", err)
	case u.Scheme == "" && (u.Host != "" || !strings.HasPrefix(text, "/")),
		u.Scheme != "" && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https"):
		return "", fmt.Errorf("the base %q is neither a path, which begins with a slash, such as /explainers/, "+
			"nor a full address, such as https://example.org/explainers/", text)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(text, "#") || u.User != nil:
		return "", fmt.Errorf("the base %q has more than a host and a path", text)
	}
	b := Base("/")
	if u.Host != "" {
		b = Base(u.Scheme + "://" + u.Host + "/")
	}
	for _, folder := range strings.Split(u.EscapedPath(), "/") {
		switch {
		case folder == "":
		case baseFolder.MatchString(folder):
			b += Base(folder + "/")
		default:
			return "", fmt.Errorf("the base %q has the folder %q; one may have the letters a to z, digits, and - _ . ~, "+
				"and begins with no dot", text, folder)
		}
	}
	return b, nil
}

// Address returns where a path of the site is published: a full address if the host is known, otherwise a path.
func (b Base) Address(path string) string { return strings.TrimSuffix(string(b), "/") + "/" + path }

// Host tells whether the base includes a host.
func (b Base) Host() bool { return b.Name() != "" }

// Name is the name of the host, "" if it is not known.
func (b Base) Name() string {
	u, err := url.Parse(string(b))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Path is the path under which the site is published, with a slash at both ends.
func (b Base) Path() (string, error) {
	u, err := url.Parse(string(b))
	if err != nil {
		return "", fmt.Errorf("reading the base address: %w", err)
	}
	return strings.ReplaceAll("/"+strings.Trim(u.Path, "/")+"/", "//", "/"), nil
}
