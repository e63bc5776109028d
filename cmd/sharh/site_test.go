package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sharh/app/site/hosting"
	"sharh/app/site/wasm"
	"sharh/web/webtest"
)

// contentDir is the test content. The published content can change without breaking tests.
const contentDir = "testdata/content"

// made holds what the tests of this run share. Each is made when a test first asks for it, so that it is never
// stale; tests only read it.
var made struct {
	sync.Mutex
	folder  string
	servers map[string]*httptest.Server // by folder of the site
}

// shareFolder returns the folder for shared files. The caller must hold the lock.
func shareFolder(t *testing.T) string {
	t.Helper()
	if made.folder == "" {
		var err error
		if made.folder, err = os.MkdirTemp("", "sharh-tests-"); err != nil {
			t.Fatal(err)
		}
	}
	return made.folder
}

// keptPictures is a folder where pictures of content are kept, so that each is made once in a run, not with each site.
// Sites whose explainers have no [site.Explainer.Key] take nothing else from it.
func keptPictures(t *testing.T) string {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	return filepath.Join(shareFolder(t), "pictures")
}

// cleanUp removes and ends what tests share.
func cleanUp() {
	webtest.End()
	for _, s := range made.servers {
		s.CloseClientConnections()
		s.Close()
	}
	if made.folder != "" {
		os.RemoveAll(made.folder)
	}
}

// compileClient compiles the client, each variant once. SHARH_STOCK=1 uses go-app as published.
func compileClient(t *testing.T, tags ...string) (program, script string) {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	return compileClientLocked(t, tags...)
}

func compileClientLocked(t *testing.T, tags ...string) (program, script string) {
	t.Helper()
	folder := shareFolder(t)
	script, err := wasm.Script(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(folder, strings.Join(append(tags, "client.wasm"), "-"))
	if _, err := os.Stat(program); err == nil {
		return program, script
	}
	if err := wasm.Compile(t.Context(), wasm.Options{
		Dir: "../..", Out: program, Work: filepath.Join(folder, "slim"), Stock: os.Getenv("SHARH_STOCK") == "1", Tags: tags,
	}); err != nil {
		t.Fatal(err)
	}
	return program, script
}

// buildSite builds the test content with a client of this run, each variant once. Tests must not write into its
// folder: see overlay.
func buildSite(t *testing.T, tags ...string) string {
	t.Helper()
	return buildSiteOf(t, contentFlags{Content: contentDir}, tags...)
}

func buildSiteOf(t *testing.T, content contentFlags, tags ...string) string {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	name := slices.Concat(tags, []string{strings.ReplaceAll(content.Content, "/", "_")}, content.Slugs, []string{"dist"})
	dist := filepath.Join(shareFolder(t), strings.Join(name, "-"))
	if _, err := os.Stat(dist); err == nil {
		return dist
	}
	program, script := compileClientLocked(t, tags...)
	var out bytes.Buffer
	m := Main{Stdout: &out, Stderr: &out}
	flags := buildFlags{Out: dist, siteFlags: siteFlags{
		contentFlags: content, Base: "/", clientFlags: clientFlags{Client: program, Exec: script},
	}}
	if err := m.build(flags, true); err != nil {
		t.Fatalf("building the site: %v\n%s", err, out.String())
	}
	return dist
}

// siteServer serves what buildSite builds, to all tests.
func siteServer(t *testing.T, tags ...string) *httptest.Server {
	t.Helper()
	return serve(t, buildSite(t, tags...))
}

// serve serves a site that tests share, to all of them.
func serve(t *testing.T, dist string) *httptest.Server {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.servers == nil {
		made.servers = map[string]*httptest.Server{}
	}
	if made.servers[dist] == nil {
		made.servers[dist] = httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	}
	return made.servers[dist]
}

// overlay is a site with a few files more, or others, that are not on the disk.
type overlay struct {
	site fs.FS
	more fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.more.Open(name)
	if errors.Is(err, fs.ErrNotExist) || name == "." {
		return o.site.Open(name)
	}
	return f, err
}

// serveWith serves the site with one more page, to one test.
func serveWith(t *testing.T, name, page string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(hosting.Handler(overlay{os.DirFS(buildSite(t)), fstest.MapFS{name: {Data: []byte(page)}}}))
	t.Cleanup(server.Close)
	return server
}
