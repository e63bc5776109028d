// Package preview serves a site while it is being written. It serves from memory, with a script in each page that
// reloads the page when it has changed and shows problems of the content next to the items that they concern.
//
//	s := preview.New(source)
//	http.Serve(listener, s)
//	s.Changed() // whenever the source has something new to show
//
// The script, its style and the pages under /_preview/ exist only here; package site plans none of them. Everything
// is loaded from the page's own origin, so it works under the same policy as the published pages.
//
// An unfinished site is not for everybody. The server answers only requests from this machine, sent to a name that
// no other site can point here (DNS rebinding), and scripts of other sites cannot read the answers. The one
// exception is the view in a sandboxed frame, which has no origin of its own; its address contains a secret.
package preview

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	_ "embed" // files that the pages load
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing/fstest" // MapFS serves one file from memory
	"time"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/page"
)

// Problem is something wrong with the content.
type Problem struct {
	Slug    string // the explainer; "" if it concerns all of them
	Item    string // id of the element that it concerns, "call-3", or ""
	Section string // id of the element to show it at if the item is not on the page, "timeline", or ""
	Where   string // file:line:column
	Warning bool   // the page can be built in spite of it
	Text    Say
}

// Say returns a problem's message and hints on how to solve it, in a language.
type Say func(lang string) (message string, hints []string)

// Source provides the site to show. Its methods must be safe for concurrent use.
type Source interface {
	// Page returns the page with a path, "slug/en/index.html", or nil.
	Page(path string) *page.Page
	// File returns any other file of the site.
	File(path string) (data []byte, ok bool)
	// Waiting tells whether an explainer has no page yet because it has had errors from the beginning. lang is the
	// language for the page that is shown meanwhile.
	Waiting(slug string) (lang string, ok bool)
	// Scenes returns the path of the folder with the sheet of all scenes of the explainer to which a page belongs; "" for
	// a page of no explainer.
	Scenes(path string) string
	// Words are the preview's own words in a language, with its dir and digits.
	Words(lang string) map[string]string
	// Problems are the current problems of the content.
	Problems() []Problem
}

//go:embed preview.js
var script []byte

//go:embed preview.css
var style []byte

//go:embed pages.html
var pagesFile string

// pages are the templates of the preview's own pages.
var pages = template.Must(template.New("").Parse(pagesFile))

const (
	own     = "/_preview/"
	printed = own + "print" // address prefix of pages as they are printed
)

// Server serves the current state of a source.
type Server struct {
	source Source
	secret string // address prefix of pages in a sandboxed frame
	names  []string

	mu      sync.Mutex
	changed chan struct{} // closed when there is something new to show
}

// New returns a server for a source. It answers requests that are addressed to this machine, by IP address or as
// localhost, or to one of the extra names.
func New(source Source, names ...string) *Server {
	secret := own + "frame-" + strings.ToLower(rand.Text())
	return &Server{source: source, secret: secret, names: names, changed: make(chan struct{})}
}

// Changed tells open pages that the source has a new version or other problems.
func (s *Server) Changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// version identifies the content of a page. The HTML contains everything that the page needs, or names it by hash.
func version(html []byte) string {
	sum := sha256.Sum256(html)
	return hex.EncodeToString(sum[:8])
}

// tag is the script element that is added to a page. scenes is the path of the sheet of scenes, "" for none.
func (s *Server) tag(path, lang, version, scenes string) string {
	w, err := json.Marshal(s.source.Words(lang))
	if err != nil {
		panic(err) // strings always encode
	}
	return fmt.Sprintf(
		`<script defer src="%s_preview/preview.js" data-page="%s" data-version="%s" data-scenes="%s" data-words="%s">`+
			`</script>`,
		file.Up(path), html.EscapeString(path), version, html.EscapeString(scenes), html.EscapeString(string(w)))
}

// shown is a page as the server sends it.
type shown struct {
	lang, version string
	html          []byte
}

// page returns the page with a path as the server sends it, as printed or as on the screen; nil if there is none.
func (s *Server) page(path string, onPaper bool) (*shown, error) {
	if p := s.source.Page(path); p != nil {
		plain, err := p.HTML()
		if err != nil {
			return nil, err
		}
		x := &shown{lang: p.Lang, version: version(plain)}
		if p.Kind == page.Missing { // it has no script; and the preview is at the root of its host
			x.html = bytes.ReplaceAll(plain, []byte(`="`+p.Root), []byte(`="/`))
			return x, nil
		}
		looks := *p
		looks.OnPaper = onPaper
		x.html, err = looks.HTML(s.tag(path, x.lang, x.version, s.source.Scenes(path)))
		return x, err
	}
	slug, own := strings.CutSuffix(path, "/index.html")
	if lang, ok := s.source.Waiting(slug); own && ok {
		return &shown{lang: lang, version: version([]byte(lang)), html: s.waiting(path, lang)}, nil
	}
	return nil, nil
}

// waiting is the page that stands in for an explainer that cannot be shown yet.
func (s *Server) waiting(path, lang string) []byte {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, "waiting", map[string]any{
		"Lang": lang, "Words": s.source.Words(lang), "Script": template.HTML(s.tag(path, lang, version([]byte(lang)), "")),
	}); err != nil {
		panic(err) // our own template; every test executes it
	}
	return b.Bytes()
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.local(r.Host) {
		http.Error(w, "This preview answers to localhost and to addresses of this machine only.", http.StatusForbidden)
		return
	}
	if r, ok := under(r, s.secret); ok {
		s.serve(w, r, false)
		return
	}
	w = &closed{w}
	if r, ok := under(r, printed); ok {
		s.serve(w, r, true)
		return
	}
	s.serve(w, r, false)
}

// under returns the request without the prefix, and whether it had the prefix.
func under(r *http.Request, prefix string) (*http.Request, bool) {
	rest, ok := strings.CutPrefix(r.URL.Path, prefix+"/")
	if !ok {
		return r, false
	}
	u := *r.URL
	u.Path, u.RawPath = "/"+rest, ""
	r = r.WithContext(r.Context())
	r.URL = &u
	return r, true
}

// closed is a response that scripts of other sites cannot read.
type closed struct{ http.ResponseWriter }

func (c *closed) WriteHeader(code int) {
	c.Header().Del("Access-Control-Allow-Origin")
	c.ResponseWriter.WriteHeader(code)
}

func (c *closed) Write(b []byte) (int, error) {
	c.Header().Del("Access-Control-Allow-Origin") // has no effect after the header is sent, but then it was removed before
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController flush.
func (c *closed) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// local reports whether a request was addressed to this machine by a name that no other site can point here.
func (s *Server) local(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name == "localhost" || net.ParseIP(strings.Trim(name, "[]")) != nil || slices.Contains(s.names, name)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, onPaper bool) {
	name, ours := strings.CutPrefix(r.URL.Path, own)
	if !ours {
		s.ofSite(w, r, onPaper)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*") // closed removes it again, except in the sandboxed frame
	switch name {
	case "preview.js":
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(script)
	case "preview.css":
		h.Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(style)
	case "events":
		s.events(w, r)
	case "look":
		s.look(w, r)
	default:
		http.NotFound(w, r)
	}
}

// ofSite answers with a file of the site, as a static host does.
func (s *Server) ofSite(w http.ResponseWriter, r *http.Request, onPaper bool) {
	asked := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	files := fstest.MapFS{} // only the requested file, if it exists, and its folders; or the nearest page for none
	names := []string{asked, path.Join(asked, "index.html")}
	for in := asked; in != "." && in != ""; {
		in = path.Dir(in)
		names = append(names, path.Join(in, page.MissingFile))
	}
	for i, name := range names {
		if i > 1 && len(files) > 0 {
			break
		}
		p, err := s.page(name, onPaper)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if p != nil {
			files[name] = &fstest.MapFile{Data: p.html}
		} else if data, ok := s.source.File(name); ok {
			files[name] = &fstest.MapFile{Data: data}
		}
	}
	hosting.Handler(files).ServeHTTP(w, r)
}

// news is a message to a page.
type news struct {
	Version  string    `json:"version"` // of the page; "" if it no longer exists
	Problems []problem `json:"problems"`
}

type problem struct {
	Item    string   `json:"item,omitempty"`
	Section string   `json:"section,omitempty"`
	Where   string   `json:"where,omitempty"`
	Warning bool     `json:"warning,omitempty"`
	Message string   `json:"message"`
	Hints   []string `json:"hints,omitempty"`
}

// news returns the current message to a page, and a channel that is closed when there is a newer one. The shelf gets
// the problems of all explainers.
func (s *Server) news(page string) (news, <-chan struct{}) {
	s.mu.Lock()
	changed := s.changed // read before the source is asked, so that no change is missed
	s.mu.Unlock()
	n := news{Problems: []problem{}}
	lang := "en"
	if p, err := s.page(page, false); err == nil && p != nil {
		n.Version, lang = p.version, p.lang
	}
	slug, _, _ := strings.Cut(page, "/")
	for _, p := range s.source.Problems() {
		if p.Slug != "" && p.Slug != slug && page != "index.html" {
			continue
		}
		message, hints := p.Text(lang)
		n.Problems = append(n.Problems, problem{p.Item, p.Section, p.Where, p.Warning, message, hints})
	}
	return n, changed
}

// heartbeat is how often an idle connection gets a message. It keeps connections alive, and the write fails if one
// is dead.
const heartbeat = 20 * time.Second

// events sends a page its messages: one at once, and one after each change.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	page := r.URL.Query().Get("page")
	for {
		n, more := s.news(page)
		data, err := json.Marshal(n)
		if err != nil {
			return // strings always encode
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil || out.Flush() != nil {
			return
		}
	wait:
		for {
			select {
			case <-more:
				break wait
			case <-r.Context().Done():
				return
			case <-time.After(heartbeat):
				if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil || out.Flush() != nil {
					return
				}
			}
		}
	}
}

// looks are the other ways to look at a page.
var looks = []string{"narrow", "print", "dark", "frame"}

// look shows a page in a frame: narrow, as printed, dark, or sandboxed.
func (s *Server) look(w http.ResponseWriter, r *http.Request) {
	as, page := r.URL.Query().Get("as"), r.URL.Query().Get("page")
	u, err := url.Parse(page)
	if err != nil || !slices.Contains(looks, as) || !strings.HasPrefix(page, "/") ||
		u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, own) {
		http.Error(w, "There is no such look.", http.StatusBadRequest)
		return
	}
	lang := "en"
	of := path.Join(strings.TrimPrefix(path.Clean(u.Path), "/"), "index.html")
	if p, err := s.page(of, false); err == nil && p != nil {
		lang = p.lang
	}
	src, sandbox := *u, false
	switch as {
	case "dark":
		q := src.Query()
		q.Set("theme", "dark")
		src.RawQuery = q.Encode()
	case "print":
		src.Path = printed + src.Path
	case "frame":
		src.Path, sandbox = s.secret+src.Path, true
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'")
	_ = pages.ExecuteTemplate(w, "look", map[string]any{ // it fails only when the reader has gone away
		"Lang": lang, "Words": s.source.Words(lang), "As": as, "Looks": looks,
		"Page": page, "Src": src.String(), "Sandbox": sandbox,
	})
}
