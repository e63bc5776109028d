package hosting_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sharh/app/site"
	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/output"
	"sharh/app/site/page"
	"sharh/app/site/publish"
	"sharh/app/site/sitetest"
	"sharh/web/webtest/server"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

// required makes a server that is not installed a failure: CI sets it.
const required = "SHARH_SERVERS"

// built is a site as a publisher has it: below the root of a host, at its own path.
type built struct {
	root string // of the host
	base string
	file.Set
	pages []*page.Page
}

// folder is where the site is.
func (b *built) folder() string { return filepath.Join(b.root, filepath.FromSlash(b.base)) }

const secret = "nobody gets this"

// build writes a site, and beside it what must never be served.
func build(t *testing.T, base string, explainers []site.Explainer) *built {
	t.Helper()
	planned := sitetest.Plan(t, explainers, site.Options{Base: base, Single: true})
	b := &built{filepath.Join(t.TempDir(), "root"), base, planned.Files, planned.Pages}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range b.Set {
		write(filepath.Join(b.folder(), filepath.FromSlash(name)), string(data))
	}
	for _, name := range hidden {
		write(filepath.Join(b.folder(), name), secret)
	}
	write(filepath.Join(b.folder(), ".well-known", "asked-for"), "for a certificate authority")
	write(filepath.Join(b.root, "..", "secret.txt"), secret)
	return b
}

// hidden are files in the folder of a site that are not of the site.
var hidden = []string{output.Marker, hosting.Own + "manifest.json", ".env", ".git/config", "sample/.draft/index.html"}

// The servers that publishers use, with the generated rules, and our own handler do what the table says, with every
// file of a site.
func TestServersDoWhatTheTableSays(t *testing.T) {
	for _, b := range []*built{
		build(t, "/x/y/", sitetest.Explainers(t)),
		build(t, "/", sitetest.Explainers(t)[1:]),
	} {
		list := listed(t, b)
		for name, start := range map[string]func(*testing.T, *built) string{
			"handler": handler, "nginx": started(server.Nginx, "nginx.conf"), "caddy": started(server.Caddy, "Caddyfile"),
		} {
			t.Run(strings.Trim(name+strings.ReplaceAll(b.base, "/", "-"), "-"), func(t *testing.T) {
				h := &host{t: t, site: b, list: list, address: start(t, b)}
				h.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
				h.client.Transport = &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 2}
				t.Cleanup(h.client.CloseIdleConnections)
				h.files()
				h.negotiation()
				h.ranges()
				h.caches()
				h.methods()
				h.folders()
				h.missing()
				h.traversal()
			})
		}
	}
}

// listed is what publish says of the files of a site, by path. It is the table's.
func listed(t *testing.T, b *built) map[string]publish.PlannedFile {
	t.Helper()
	s, err := publish.Read(b.folder())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := map[string]publish.PlannedFile{}
	plan := s.Plan()
	for _, f := range plan.Files {
		all[f.Path] = f
	}
	for _, h := range hosting.Always {
		if plan.Headers[h[0]] != h[1] {
			t.Errorf("publish lists the header %s: %q, the table has %q", h[0], plan.Headers[h[0]], h[1])
		}
	}
	return all
}

// handler serves a site with our own handler, and returns its address.
func handler(t *testing.T, b *built) string {
	all := http.NewServeMux() // it leads from /x/y to /x/y/
	all.Handle(b.base, http.StripPrefix(strings.TrimSuffix(b.base, "/"), hosting.Handler(os.DirFS(b.folder()))))
	ours := httptest.NewServer(all)
	t.Cleanup(ours.Close)
	return ours.URL
}

// started starts a server with the rules of a site, until the end of the test, and returns its address.
func started(kind server.Kind, rules string) func(*testing.T, *built) string {
	return func(t *testing.T, b *built) string {
		s, err := server.Start(t.Context(), kind, b.root, filepath.Join(b.folder(), rules))
		switch {
		case errors.Is(err, server.ErrMissing) && os.Getenv(required) == "":
			t.Skipf("not run: %v", err)
		case err != nil:
			t.Fatal(err)
		}
		t.Cleanup(s.Stop)
		return s.Address
	}
}

// host is a server that is asked.
type host struct {
	t       *testing.T
	site    *built
	list    map[string]publish.PlannedFile
	address string
	client  http.Client
}

// reply is an answer.
type reply struct {
	*http.Response
	body []byte
}

func (r *reply) is(h *host, status int) bool {
	h.t.Helper()
	if r.StatusCode != status {
		h.t.Errorf("%s %s: got status %d, want %d", r.Request.Method, r.Request.URL, r.StatusCode, status)
	}
	return r.StatusCode == status
}

// has fails unless a header has a value.
func (r *reply) has(h *host, name, want string) {
	h.t.Helper()
	if got := strings.Join(r.Header.Values(name), ", "); got != want {
		h.t.Errorf("%s %s (%v), status %d: got %s: %q, want %q",
			r.Request.Method, r.Request.URL.Path, r.Request.Header, r.StatusCode, name, got, want)
	}
}

// ask asks for a path below the base, as a sandboxed frame does. headers are names and values.
func (h *host) ask(method, at string, headers ...string) *reply {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.address+h.site.base+at, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Origin", "null")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := h.client.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	a := &reply{response, body}
	for _, header := range hosting.Always {
		// nginx writes them twice where it finds out late that there is no such part. A redirect is not what is read.
		if a.StatusCode != http.StatusRequestedRangeNotSatisfiable && a.StatusCode/100 != 3 {
			a.has(h, header[0], header[1])
		}
	}
	// The policy is in the page; no host adds one of its own.
	for _, none := range []string{"Content-Security-Policy", "X-Frame-Options"} {
		a.has(h, none, "")
	}
	return a
}

// encoded is the name of the encoding of an answer for a file, and its bytes: the best that there is of some.
func (h *host) encoded(name string, accepted ...string) (encoding string, data []byte) {
	for _, e := range hosting.Encodings {
		if data, ok := h.site.Set[name+e.Ext]; ok && slices.Contains(accepted, e.Name) {
			return e.Name, data
		}
	}
	return "", h.site.Set[name]
}

// gives fails unless the answer is a file in an encoding, with the headers of the table.
func (r *reply) gives(h *host, name, encoding string, data []byte) {
	h.t.Helper()
	r.has(h, "Content-Encoding", encoding)
	r.has(h, "Content-Type", hosting.Type(name))
	r.has(h, "Cache-Control", hosting.Of(name).Cache)
	if of := h.list[name]; of.Of == "" && (of.Type != hosting.Type(name) || of.Cache != hosting.Of(name).Cache) {
		h.t.Errorf("publish lists %s with %q and %q, which the table has not", name, of.Type, of.Cache)
	}
	_, forms := h.site.Set[name+hosting.Gzip.Ext]
	if forms && !strings.Contains(strings.Join(r.Header.Values("Vary"), ","), "Accept-Encoding") {
		h.t.Errorf("%s %s: a cache cannot know that there are other forms, Vary is %q",
			r.Request.Method, r.Request.URL, r.Header.Values("Vary"))
	}
	if got := r.Header.Get("Content-Length"); got != "" && got != strconv.Itoa(len(data)) {
		h.t.Errorf("%s %s: got Content-Length %q, want %d", r.Request.Method, r.Request.URL, got, len(data))
	}
	if r.Request.Method == http.MethodHead {
		data = nil
	}
	if !bytes.Equal(r.body, data) {
		h.t.Errorf("%s %s: the body is not that of %s, %q", r.Request.Method, r.Request.URL, name, encoding)
	}
}

// browser is what browsers accept.
const browser = "gzip, deflate, br, zstd"

// files asks for every file.
func (h *host) files() {
	for _, name := range h.site.Paths() {
		if hosting.ForHosts(name) {
			continue
		}
		if r := h.ask("GET", name, "Accept-Encoding", browser); r.is(h, http.StatusOK) {
			encoding, data := h.encoded(name, "br", "gzip")
			r.gives(h, name, encoding, data)
		}
		folder, isIndex := strings.CutSuffix(name, "index.html")
		if isIndex {
			if r := h.ask("GET", folder+"?call=3", "Accept-Encoding", "identity"); r.is(h, http.StatusOK) {
				r.gives(h, name, "", h.site.Set[name])
			}
		}
	}
	if r := h.ask("GET", ".well-known/asked-for"); !r.is(h, http.StatusOK) || len(r.body) == 0 {
		h.t.Error(".well-known/ is not served, so no certificate can be had")
	}
}

// kinds are files, one for each type and row of the table, compressed and not, and a page by its folder.
func (h *host) kinds() map[string]string {
	found := map[string]string{}
	for _, name := range h.site.Paths() {
		_, packed := h.site.Set[name+hosting.Gzip.Ext]
		key := fmt.Sprint(path.Ext(name), hosting.Of(name).Name, packed)
		if _, known := found[key]; !known && !hosting.ForHosts(name) {
			found[key] = name
		}
	}
	at := map[string]string{"sample/": "sample/index.html"}
	for _, name := range found {
		at[name] = name
	}
	return at
}

// negotiation asks for the forms of files.
func (h *host) negotiation() {
	for at, name := range h.kinds() {
		for accept, accepted := range map[string][]string{
			"":                             nil,
			"identity":                     nil,
			"br":                           {"br"},
			"gzip":                         {"gzip"},
			"BR":                           {"br"},
			"gzip;q=0, br;q=0.0":           nil,
			"br;q=0, gzip;q=0.5":           {"gzip"},
			"deflate, gzip;q=1.0, *;q=0.1": {"gzip", "br"},
			"brotli, xgzip":                nil,
			browser:                        {"gzip", "br"},
		} {
			for _, method := range []string{"GET", "HEAD"} {
				// A CDN in front gets what a browser would.
				r := h.ask(method, at, "Accept-Encoding", accept, "Via", "1.1 cdn.example.org")
				if !r.is(h, http.StatusOK) {
					continue
				}
				encoding := r.Header.Get("Content-Encoding")
				best, data := h.encoded(name, accepted...)
				if strings.Contains(accept, "*") && encoding != best { // not every server knows it
					best, data = h.encoded(name, "gzip")
				}
				r.gives(h, name, best, data)
			}
		}
	}
}

// ranges asks for parts of files.
func (h *host) ranges() {
	for at, name := range h.kinds() {
		for _, accept := range []string{"identity", "br"} {
			encoding, data := h.encoded(name, accept)
			if len(data) < 10 {
				continue
			}
			r := h.ask("GET", at, "Range", "bytes=2-6", "Accept-Encoding", accept)
			if r.StatusCode == http.StatusOK && encoding == "br" {
				r.gives(h, name, encoding, data) // the module of nginx knows no ranges: it may answer with the whole
				continue
			}
			if r.is(h, http.StatusPartialContent) {
				r.has(h, "Content-Range", fmt.Sprintf("bytes 2-6/%d", len(data)))
				r.has(h, "Content-Encoding", encoding)
				if !bytes.Equal(r.body, data[2:7]) {
					h.t.Errorf("%s: got %q for bytes 2 to 6", name, r.body)
				}
			}
		}
		h.ask("GET", at, "Range", "bytes=99999999-", "Accept-Encoding", "identity").is(h, http.StatusRequestedRangeNotSatisfiable)
	}
}

// caches asks for what a browser already has.
func (h *host) caches() {
	for at, name := range h.kinds() {
		tags := map[string]string{}
		for _, accept := range []string{"identity", "gzip", "br"} {
			first := h.ask("GET", at, "Accept-Encoding", accept)
			tag, date := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
			if tag == "" || date == "" {
				h.t.Errorf("%s, %s: a browser cannot ask again: ETag %q, Last-Modified %q", name, accept, tag, date)
				continue
			}
			encoding, data := h.encoded(name, accept)
			for other, of := range tags {
				if other == tag && of != encoding {
					h.t.Errorf("%s has the tag %s as %q and as %q", name, tag, of, encoding)
				}
			}
			tags[tag] = encoding
			for _, condition := range [][2]string{{"If-None-Match", tag}, {"If-Modified-Since", date}} {
				again := h.ask("GET", at, "Accept-Encoding", accept, condition[0], condition[1])
				if again.is(h, http.StatusNotModified) {
					again.has(h, "Cache-Control", hosting.Of(name).Cache)
					if len(again.body) > 0 {
						h.t.Errorf("%s: there is a body of %d bytes in an answer that says not modified", name, len(again.body))
					}
				}
			}
			for _, condition := range [][2]string{
				{"If-None-Match", `"another"`}, {"If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"},
			} {
				if r := h.ask("GET", at, "Accept-Encoding", accept, condition[0], condition[1]); r.is(h, http.StatusOK) {
					r.gives(h, name, encoding, data)
				}
			}
		}
	}
}

// methods asks for what a static site does not do.
func (h *host) methods() {
	for at, name := range h.kinds() {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"} {
			h.ask(method, at).is(h, http.StatusMethodNotAllowed)
		}
		if data, err := os.ReadFile(filepath.Join(h.site.folder(), filepath.FromSlash(name))); err != nil ||
			!bytes.Equal(data, h.site.Set[name]) {
			h.t.Errorf("%s has changed: %v", name, err)
		}
	}
	if r := h.ask("PUT", "anew.html"); r.StatusCode < 400 || r.StatusCode >= 500 {
		h.t.Errorf("PUT of a new file: got status %d", r.StatusCode)
	}
	if _, err := os.Stat(filepath.Join(h.site.folder(), "anew.html")); err == nil {
		h.t.Error("a reader has made a file")
	}
}

// folders asks for folders without a slash at the end.
func (h *host) folders() {
	with, without := map[string]bool{}, map[string]bool{}
	for _, name := range h.site.Paths() {
		for in := path.Dir(name); in != "."; in = path.Dir(in) {
			if h.site.Set[in+"/index.html"] != nil {
				with[in] = true
			} else {
				without[in] = true
			}
		}
	}
	to := func(at, want string) {
		h.t.Helper()
		r := h.ask("GET", at)
		if !r.is(h, http.StatusMovedPermanently) {
			return
		}
		got, err := r.Location()
		if err != nil || got.String() != h.address+h.site.base+want {
			h.t.Errorf("%s leads to %q (%v), want %s", at, r.Header.Get("Location"), err, h.site.base+want)
		}
		if said := r.Header.Get("Location"); strings.Contains(said, "//") {
			h.t.Errorf("%s leads to %q: a proxy may have another scheme and host", at, said)
		}
	}
	for _, in := range slices.Sorted(maps.Keys(with)) {
		to(in, in+"/")
	}
	to("sample?call=3&theme=dark", "sample/?call=3&theme=dark")
	if h.site.base != "/" {
		r := h.ask("GET", "../"+path.Base(h.site.base)+"?q=a")
		if got, err := r.Location(); err != nil || got.RequestURI() != h.site.base+"?q=a" {
			h.t.Errorf("the base without its slash: got status %d, %v (%v)", r.StatusCode, got, err)
		}
	}
	for _, in := range slices.Sorted(maps.Keys(without)) {
		h.nothing(in+"/", "")
		if r := h.ask("GET", in); r.StatusCode != http.StatusMovedPermanently { // to the path above
			h.nothing(in, "")
		}
	}
	if r := h.ask("GET", "/example.org/.."); strings.Contains(r.Header.Get("Location"), "example.org") {
		h.t.Errorf("the site leads elsewhere, to %s", r.Header.Get("Location"))
	}
}

// nothing fails unless the page is answered that says there is nothing, in a language; that of the nearest one for "".
func (h *host) nothing(at, lang string) {
	h.t.Helper()
	name := page.MissingFile
	asked, err := url.Parse(at)
	if err != nil {
		h.t.Fatal(err)
	}
	for in := asked.Path; in != "."; in = path.Dir(strings.TrimSuffix(in, "/")) {
		if near := path.Join(in, page.MissingFile); h.site.Set[near] != nil {
			name = near
			break
		}
	}
	for _, accept := range []string{"identity", "br", "gzip"} {
		for _, method := range []string{"GET", "HEAD"} {
			r := h.ask(method, at, "Accept-Encoding", accept, "If-None-Match", "*")
			if r.is(h, http.StatusNotFound) {
				encoding, data := h.encoded(name, accept)
				r.gives(h, name, encoding, data)
				if lang != "" && !bytes.Contains(h.site.Set[name], []byte(`<html lang="`+lang+`"`)) {
					h.t.Errorf("%s: %s is not in the language %s", at, name, lang)
				}
			}
		}
	}
}

// missing asks for what is not there.
func (h *host) missing() {
	for at, lang := range map[string]string{
		"nope": "", "nope/": "", "nope/nope/nope.png": "", "assets/nope.0123456789ab.js": "", "demo/nope": "", "sw.jsx": "",
		"sample/nope": "en", "sample/nope/": "en", "sample/call/99/": "en", "sample/call/99/x/y.html": "en", "sample/index.html/": "en",
		"sample/sw.js/x": "en", "sample/ar/nope": "ar", "sample/ar/call/99/?call=3": "ar", "sample/ar/embed/nope/": "ar",
		"sample/*": "en", "s*mple/": "", "sam%70le/nope": "en", "sample/%25": "en", "sample/{path}": "en", "sample/$uri": "en",
	} {
		h.nothing(at, lang)
	}
	for _, name := range hidden {
		h.nothing(name, "")
	}
	for name := range h.site.Set {
		if hosting.ForHosts(name) {
			h.nothing(name, "")
		}
	}
}

// traversal asks for what is outside, and with paths that no browser sends.
func (h *host) traversal() {
	up := strings.Repeat("../", strings.Count(h.site.base, "/"))
	at, err := url.Parse(h.address)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range []string{
		up + "secret.txt", "assets/../" + up + "secret.txt", "sample/" + up + up + "secret.txt",
		strings.ReplaceAll(up, "..", "%2e%2e") + "secret.txt", strings.ReplaceAll(up, "..", "%2E.") + "secret.txt",
		strings.ReplaceAll(up, "/", "%2f") + "secret.txt", strings.ReplaceAll(up, "../", "%2e%2e%2f") + "secret.txt",
		strings.ReplaceAll(up, "../", "%252e%252e%252f") + "secret.txt", strings.ReplaceAll(up, "../", `..\`) + "secret.txt",
		strings.ReplaceAll(up, "../", "..%5c") + "secret.txt", strings.ReplaceAll(up, "../", "..%c0%af") + "secret.txt",
		strings.ReplaceAll(up, "../", "....//") + "secret.txt", "/" + up + "secret.txt", "%00", "index.html%00", "..%00/secret.txt",
		"404.html" + h.site.base + up + "secret.txt", "404.html" + h.site.base + "index.html",
		".%65nv", "%2egit/config", "sample/..%2f.env", "./.env", "x/../.env", ".//.env", "/example.org/../sample", "/example.org/%2e%2e/sample", "sample//.draft/index.html",
	} {
		c, err := net.Dial("tcp", at.Host)
		if err != nil {
			h.t.Fatal(err)
		}
		fmt.Fprintf(c, "GET %s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", h.site.base, p, at.Host)
		r, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			h.t.Errorf("%q: %v", p, err)
			c.Close()
			continue
		}
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		c.Close()
		elsewhere := r.Header.Get("Location")
		refused := r.StatusCode >= 400 && r.StatusCode < 500
		led := r.StatusCode/100 == 3 && strings.HasPrefix(elsewhere, "/") && !strings.HasPrefix(elsewhere, "//")
		nothing := r.StatusCode == http.StatusOK && len(body) == 0 // so Caddy answers above the base, if nobody else does
		if !refused && !led && !nothing || bytes.Contains(body, []byte(secret)) {
			h.t.Errorf("%q: got status %d, leading to %q, with %.40q", p, r.StatusCode, elsewhere, body)
		}
	}
}
