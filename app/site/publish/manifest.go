package publish

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
)

// Paths at a target.
const (
	own          = hosting.Own
	manifestPath = own + "manifest.json"
	lockPath     = own + "lock.json"
)

// keptPath is where a file is kept that was replaced.
func keptPath(name, sum string) string {
	form := ""
	if of := plain(name); of != name {
		form = path.Ext(name)
	}
	return own + "kept/" + sum + path.Ext(plain(name)) + form
}

// manifest says what is at a target.
type manifest struct {
	Version   int              `json:"version"`
	Published time.Time        `json:"published"` // when the last publication came to its end
	By        string           `json:"by,omitempty"`
	Base      string           `json:"base"`
	Files     map[string]entry `json:"files,omitempty"` // of the last publication that came to its end, by path
	// Next are the files of a publication that has begun; Changing are the paths that it was about to change.
	Next     map[string]entry `json:"next,omitempty"`
	Changing []string         `json:"changing,omitempty"`
	// Old are files that are no longer of the site, and what the publisher keeps: they go when their time is over.
	Old    map[string]gone `json:"old,omitempty"`
	Before string          `json:"before,omitempty"` // the path of the manifest that this one replaced
	Check  string          `json:"check"`            // the sum of all else
}

// entry is a file at a target. Its sum covers the headers that are stored with it.
type entry struct {
	Sum  string `json:"sum"`
	Size int64  `json:"size"`
}

// gone is a file whose time is over after a while.
type gone struct {
	entry
	Since time.Time `json:"since"`
}

// version is of the form of manifests.
const version = 1

// path is where the manifest goes when another one replaces it.
func (m *manifest) path() string {
	return own + "manifest-" + m.Published.UTC().Format("20060102T150405Z") + ".json"
}

// at returns what a publication left at a path.
func (m *manifest) at(path string) (entry, bool) {
	if e, ok := m.Files[path]; ok {
		return e, true
	}
	g, ok := m.Old[path]
	return g.entry, ok && g.Sum != ""
}

func (m *manifest) encode() []byte {
	m.Version, m.Check = version, ""
	m.Check = sumOf(mustJSON(m))
	return mustJSON(m)
}

// mustJSON encodes what can always be encoded.
func mustJSON(value any) []byte {
	data, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		panic(err)
	}
	return append(data, '\n')
}

// damagedError says that a manifest cannot be used.
type damagedError struct{ target, path, why string }

func (e *damagedError) Error() string {
	return fmt.Sprintf("the manifest %s of %s is damaged (%s); publish everything again with --adopt",
		e.path, e.target, e.why)
}

// readManifest reads a manifest. Its tag is there even if it is damaged.
func readManifest(ctx context.Context, target Target, path string) (*manifest, string, error) {
	data, tag, err := target.read(ctx, path)
	if err != nil {
		return nil, "", err
	}
	damaged := func(why string) (*manifest, string, error) {
		return nil, tag, &damagedError{target.String(), path, why}
	}
	m := &manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return damaged("it is not JSON")
	}
	if m.Version > version {
		return nil, tag, fmt.Errorf("%s was published by a newer sharh; publish with that one", target)
	}
	check := m.Check
	if m.encode(); m.Check != check {
		return damaged("its sum is wrong")
	}
	return m, tag, nil
}

// rank says in which order files are written.
type rank struct{ turn, page, depth int }

func (r rank) compare(other rank) int {
	return cmp.Or(r.turn-other.turn, r.page-other.page, r.depth-other.depth)
}

// removal is the rank of a removal: the other way round, after everything else.
func (r rank) removal() rank { return rank{2*int(hosting.Last) + 1 - r.turn, -r.page, -r.depth} }

// rankOf is the rank of a file. Of the pages those deep in the site come first: the shelf leads to explainers, and
// to the pages of their items. So a reader who follows links finds each new page.
func rankOf(name string) rank {
	name = plain(name)
	r := rank{turn: int(hosting.Of(name).Turn)}
	if path.Ext(name) == ".html" {
		r.page, r.depth = 1, -strings.Count(name, "/")
	}
	return r
}

// plain is the path of the file that is served in the form of another file, or the path itself.
func plain(name string) string {
	of, _ := hosting.Plain(name)
	return of
}

// isAsset reports whether a file has a hash of its content in its name.
func isAsset(name string) bool { return strings.HasPrefix(name, file.Assets) }
