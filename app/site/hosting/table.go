package hosting

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/offline"
	"sharh/app/site/page"
)

// types are the media types that a static host must send; the system's own table may lack them or differ.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".woff2": "font/woff2",
	".csv": "text/csv; charset=utf-8", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg",
	".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
	".webmanifest": "application/manifest+json", ".sha256": "text/plain; charset=utf-8",
	// Under its own name a compressed file is only bytes.
	Brotli.Ext: bytesOnly, Gzip.Ext: bytesOnly,
}

// bytesOnly is the type of a file of which nothing is known, so that no browser shows or runs it.
const bytesOnly = "application/octet-stream"

// Header is a header of a response: its name and its value.
type Header [2]string

// Always are the headers of every response. Frames without an origin of their own fetch fonts and the client with
// CORS. The content security policy is not here: each page carries its own, so that page and policy are always the
// same version.
var Always = []Header{
	{"Access-Control-Allow-Origin", "*"},
	{"X-Content-Type-Options", "nosniff"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

// Turn says when a file is published. Whatever refers to a file is published after it, so that a reader never misses
// one, even if publishing ends halfway.
type Turn int

const (
	First Turn = iota // hashed assets: nothing refers to a new one yet
	Pages             // pages, and what they name without a hash
	Last              // what takes effect by itself in pages that are open: workers, and the loader in hosts' pages
)

// Row says how a set of files is cached and when it is published.
type Row struct {
	Name  string // what they are
	Glob  string // their paths: "embed.js", all in a folder "assets/*", of a name in any folder "*sw.js", or all "*"
	Cache string // Cache-Control
	Turn  Turn
}

// Table has a row for each set of files. The first row that matches counts, and the last one matches every file.
// The handler, the rules for other hosts, and the headers of published objects are made from it.
var Table = []Row{
	// The name has a hash of the content.
	{"assets", file.Assets + "*", "public, max-age=31536000, immutable", First},
	// Its address is in other people's pages and never changes, but its content does.
	{"the loader of embeds", page.Loader, "public, max-age=600", Last},
	// A cached service worker would keep old versions alive.
	{"workers", "*" + offline.Worker, "no-cache", Last},
	{"pages and all else", "*", "no-cache", Pages},
}

func (r Row) matches(name string) bool {
	if in, ok := strings.CutSuffix(r.Glob, "*"); ok {
		return strings.HasPrefix(name, in)
	}
	if file, ok := strings.CutPrefix(r.Glob, "*"); ok {
		return path.Base(name) == file
	}
	return name == r.Glob
}

// Of returns the row of a file.
func Of(name string) Row {
	for _, r := range Table {
		if r.matches(name) {
			return r
		}
	}
	panic("the last row of the table matches every file")
}

// Type returns the media type of a file.
func Type(name string) string { return cmp.Or(types[path.Ext(name)], bytesOnly) }

// Encoding is a form in which a file is served.
type Encoding struct {
	Name string // Content-Encoding
	Ext  string // the end of the name of the file that has this form, beside the plain one
}

// The encodings, the better one first.
var (
	Brotli    = Encoding{"br", ".br"}
	Gzip      = Encoding{"gzip", ".gz"}
	Encodings = []Encoding{Brotli, Gzip}
)

// Plain returns the path of the file that a compressed file stands beside, and false if a path does not end like that
// of a compressed file.
func Plain(name string) (string, bool) {
	for _, e := range Encodings {
		if plain, ok := strings.CutSuffix(name, e.Ext); ok && compressible[path.Ext(plain)] {
			return plain, true
		}
	}
	return name, false
}

// The files that Rules writes.
const (
	headersFile = "_headers"
	nginxFile   = "nginx.conf"
	caddyFile   = "Caddyfile"
)

var hostFiles = []string{headersFile, nginxFile, caddyFile}

// ForHosts reports whether a file of a site is for hosts, not for readers.
func ForHosts(name string) bool { return slices.Contains(hostFiles, name) }

// Own is the folder of a published site in which its publisher keeps what is known of it. Readers get nothing from it.
const Own = ".sharh/"

// wellKnown is the one folder with a dot that readers get: certificate authorities ask for files there.
const wellKnown = ".well-known"

// Hidden reports whether readers get no answer for a path of a served folder: what is for hosts, and what builds,
// publishers and other tools leave there for themselves.
func Hidden(name string) bool {
	return ForHosts(name) || slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return strings.HasPrefix(part, ".") && part != "." && part != wellKnown
	})
}
