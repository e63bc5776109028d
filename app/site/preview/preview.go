// Package preview serves a site while it is being written: from memory, with a script in each page that loads the page
// again when it changed and shows problems of the content at the items that they concern.
//
//	s := preview.New()
//	s.Show(preview.Site{Files: files, Problems: problems})
//	http.Serve(listener, s)
//
// The script, its style and the pages under /_preview/ come from here alone; what site.Plan plans has none of them. All
// of it is loaded from the page's own origin, so that it works under the very policy with which pages are published.
//
// What is being written is not for everybody: only this machine is answered, by a name that no other site can have
// (DNS rebinding), and scripts of other sites may not read the answers. The one exception is the look in a sandboxed
// frame, which has no origin of its own; its address holds a secret.
package preview

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	_ "embed" // what the pages load
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing/fstest" // a map as a file system, which is all that is wanted of it
	"time"

	"sharh/app/site"
)

// Problem is something wrong with the content.
type Problem struct {
	Slug    string // the explainer; "" for all of them
	Item    string // element of the page that it concerns, "call-3"; or ""
	Section string // element to show it at when the item is not on the page, "timeline"; or ""
	Where   string // file:line:column
	Warning bool   // does not keep the page from being built
	Text    Say
}

// Say returns what is wrong, and the way out, in a language.
type Say func(lang string) (message string, hints []string)

// Site is what there is to show.
type Site struct {
	Files    site.Files
	Problems []Problem
	// Waiting are explainers that had problems from the beginning, so that there is no page of theirs, with the language
	// in which theirs would be.
	Waiting map[string]string
}

//go:embed preview.js
var script []byte

//go:embed preview.css
var style []byte

//go:embed pages.html
var pagesFile string

// pages are those that are not of the site.
var pages = template.Must(template.New("").Parse(pagesFile))

//go:embed words.json
var wordsFile []byte

// words are the preview's own words, by language.
var words = func() map[string]map[string]string {
	var w map[string]map[string]string
	if err := json.Unmarshal(wordsFile, &w); err != nil {
		panic(err) // a file of ours; every test comes by here
	}
	return w
}()

func wordsIn(lang string) map[string]string {
	if w, ok := words[lang]; ok {
		return w
	}
	return words["en"]
}

const (
	own     = "/_preview/"
	printed = own + "print" // prefix of pages as they are printed
)

// Server serves what it was last told to show.
type Server struct {
	secret string // prefix of pages in a sandboxed frame
	names  []string

	mu      sync.Mutex
	shown   Site
	screen  fstest.MapFS
	printed fstest.MapFS
	changed chan struct{} // closed when something else is shown
}

// New returns a server with nothing to show. It answers requests to this machine, by address or as localhost, and those
// to the further names.
func New(names ...string) *Server {
	return &Server{secret: own + "frame-" + strings.ToLower(rand.Text()), names: names, changed: make(chan struct{})}
}

// Show replaces what is served, and tells the pages.
func (s *Server) Show(x Site) {
	screen, onPaper := fstest.MapFS{}, fstest.MapFS{}
	files := site.Files{}
	for p, data := range x.Files {
		files[p] = data
	}
	for slug, lang := range x.Waiting {
		files[slug+"/index.html"] = waiting(lang)
	}
	for p, data := range files {
		if path.Ext(p) != ".html" {
			screen[p] = &fstest.MapFile{Data: data}
			onPaper[p] = screen[p]
			continue
		}
		page := inject(p, data)
		screen[p] = &fstest.MapFile{Data: page}
		onPaper[p] = &fstest.MapFile{Data: forPrint(page)}
	}
	x.Files = files
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown, s.screen, s.printed = x, screen, onPaper
	close(s.changed)
	s.changed = make(chan struct{})
}

var language = regexp.MustCompile(`<html lang="([^"]*)"`)

func languageOf(page []byte) string {
	if m := language.FindSubmatch(page); m != nil {
		return string(m[1])
	}
	return "en"
}

// version tells one content of a page from another. Everything that a page needs is in it, or named in it by hash.
func version(page []byte) string {
	sum := sha256.Sum256(page)
	return hex.EncodeToString(sum[:8])
}

// inject puts the script into a page.
func inject(p string, page []byte) []byte {
	w, err := json.Marshal(wordsIn(languageOf(page)))
	if err != nil {
		panic(err) // strings always encode
	}
	tag := fmt.Sprintf(`<script defer src="%s_preview/preview.js" data-page="%s" data-version="%s" data-words="%s"></script></head>`,
		strings.Repeat("../", strings.Count(p, "/")), html.EscapeString(p), version(page), html.EscapeString(string(w)))
	return []byte(strings.Replace(string(page), "</head>", tag, 1))
}

// waiting is the page of an explainer that cannot be shown yet.
func waiting(lang string) []byte {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, "waiting", map[string]any{"Lang": lang, "Words": wordsIn(lang)}); err != nil {
		panic(err) // a template of ours; every test comes by here
	}
	return b.Bytes()
}

// forPrint makes a page look on the screen as it does on paper: the style that is linked for print holds everywhere.
func forPrint(page []byte) []byte {
	return bytes.Replace(page, []byte(`<link rel="stylesheet" media="print"`), []byte(`<link rel="stylesheet"`), 1)
}

// ServeHTTP answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.local(r.Host) {
		http.Error(w, "This preview answers to localhost and to addresses of this machine only.", http.StatusForbidden)
		return
	}
	s.mu.Lock()
	screen, onPaper := s.screen, s.printed
	s.mu.Unlock()
	if r, ok := under(r, s.secret); ok {
		s.serve(w, r, screen)
		return
	}
	w = &closed{w}
	if r, ok := under(r, printed); ok {
		s.serve(w, r, onPaper)
		return
	}
	s.serve(w, r, screen)
}

// under returns the request as it would be without the prefix, if it has that.
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

// closed keeps answers from scripts of other sites.
type closed struct{ http.ResponseWriter }

func (c *closed) WriteHeader(code int) {
	c.Header().Del("Access-Control-Allow-Origin")
	c.ResponseWriter.WriteHeader(code)
}

func (c *closed) Write(b []byte) (int, error) {
	c.Header().Del("Access-Control-Allow-Origin") // too late when the header is written already; then it is gone
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController flush.
func (c *closed) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// local reports whether a request was sent to this machine by a name that no other site can point here.
func (s *Server) local(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name == "localhost" || net.ParseIP(strings.Trim(name, "[]")) != nil || slices.Contains(s.names, name)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, files fstest.MapFS) {
	name, ours := strings.CutPrefix(r.URL.Path, own)
	if !ours {
		site.Handler(files).ServeHTTP(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*") // goes, but for the sandboxed frame
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

// news is what a page is told.
type news struct {
	Version  string    `json:"version"` // of the page; "" when it is gone
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

// news returns what there is to say to a page, and a channel that is closed when there is more. The shelf hears of the
// problems of all explainers.
func (s *Server) news(page string) (news, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := news{Problems: []problem{}}
	lang := "en"
	if data, ok := s.shown.Files[page]; ok {
		n.Version, lang = version(data), languageOf(data)
	}
	slug, _, _ := strings.Cut(page, "/")
	for _, p := range s.shown.Problems {
		if p.Slug != "" && p.Slug != slug && page != "index.html" {
			continue
		}
		message, hints := p.Text(lang)
		n.Problems = append(n.Problems, problem{p.Item, p.Section, p.Where, p.Warning, message, hints})
	}
	return n, s.changed
}

// heartbeat keeps a connection from being taken for dead; writing finds those that are.
const heartbeat = 20 * time.Second

// events sends a page its news, now and whenever there are other ones.
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

// looks are the ways to look at a page, besides as it is.
var looks = []string{"narrow", "print", "dark", "frame"}

// look shows a page in a frame: narrow, as printed, dark, or sandboxed.
func (s *Server) look(w http.ResponseWriter, r *http.Request) {
	as, page := r.URL.Query().Get("as"), r.URL.Query().Get("page")
	u, err := url.Parse(page)
	if err != nil || !slices.Contains(looks, as) || !strings.HasPrefix(page, "/") || u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, own) {
		http.Error(w, "There is no such look.", http.StatusBadRequest)
		return
	}
	file := path.Join(strings.TrimPrefix(path.Clean(u.Path), "/"), "index.html")
	s.mu.Lock()
	lang := languageOf(s.shown.Files[file])
	s.mu.Unlock()
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
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'")
	_ = pages.ExecuteTemplate(w, "look", map[string]any{ // a reader who went away is no failure
		"Lang": lang, "Words": wordsIn(lang), "As": as, "Looks": looks, "Page": page, "Src": src.String(), "Sandbox": sandbox,
	})
}
