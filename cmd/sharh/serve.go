package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/place"
	"sharh/app/desk/source"
	"sharh/app/site"
	"sharh/app/site/file"
	"sharh/app/site/page"
	"sharh/app/site/preview"
	"sharh/app/story"
)

type serveCommand struct {
	contentFlags
	clientFlags
	Compile bool   `help:"Serve still pages at once, and compile the client meanwhile (needs Go and the source)."`
	Stock   bool   `help:"With --compile: with go-app as it comes." env:"SHARH_STOCK"`
	Base    string `help:"Path or address under which the site will be published." default:"/"`
	Cache   string `help:"Folder that keeps pictures that were made; empty for none." default:"build/cache"`
	Host    string `help:"Address to listen on. With any other than the default, other machines may see what is not published yet." default:"127.0.0.1"`
	Port    int    `help:"Port; the next free one is taken when it is in use." default:"8080"`
	TLS     bool   `name:"tls" help:"Serve https and HTTP/2, with a certificate for this machine that is made once and kept."`
	Cert    string `help:"Serve https with this certificate; with --key." type:"path" placeholder:"FILE" and:"cert"`
	Key     string `help:"The private key of the certificate." type:"path" placeholder:"FILE" and:"cert"`
}

// Run serves the site from memory until it is interrupted, and reads content again when it changes. A page is made
// only when it is requested.
func (c *serveCommand) Run(m *Main) error {
	if err := c.addresses(); err != nil {
		return err
	}
	var client site.Client
	if !c.Compile {
		var err error
		if client, err = c.client(); err != nil {
			return err
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Whoever interrupts once more does not want to wait.
	context.AfterFunc(ctx, stop)
	certificate, err := m.certificate(c)
	if err != nil {
		return err
	}
	s, err := newPreviewSource(c.contentFlags, client, c.Base, c.Host, c.Cache)
	if err != nil {
		return err
	}
	read, err := m.preview(ctx, s)
	if err != nil {
		return err
	}
	select {
	case <-read:
	case <-time.After(unhurried):
	}
	var work sync.WaitGroup
	defer work.Wait()
	defer stop() // if serving fails, compiling must end too
	return m.serve(ctx, listening{c.Host, c.Port, certificate, patience}, s.server, func(at string) {
		fmt.Fprint(m.Stdout, s.addresses(at))
		if c.Compile {
			work.Go(func() { m.compile(ctx, s, c.compile) })
		}
	})
}

// compile compiles the client and reads it.
func (c *serveCommand) compile(ctx context.Context) (site.Client, error) {
	out := cmp.Or(c.Client, compiledClient)
	folder := filepath.Dir(out)
	command := clientCommand{Out: out, Work: filepath.Join(folder, "slim"), Stock: c.Stock}
	if err := command.compile(ctx); err != nil {
		return site.Client{}, err
	}
	return clientFlags{Client: out, Exec: filepath.Join(folder, "wasm_exec.js")}.client()
}

// compile compiles the client and then adds it to the pages. If that fails, pages stay as they are.
func (m *Main) compile(ctx context.Context, s *previewSource, compile func(context.Context) (site.Client, error)) {
	begin := time.Now()
	fmt.Fprintln(m.Stdout,
		"compiling the client; until it is there pages can be read and clicked, without search and filters")
	client, err := compile(ctx)
	if err == nil {
		err = s.setClient(client)
	}
	switch {
	case ctx.Err() != nil: // the server has ended: say nothing
	case err != nil:
		fmt.Fprintf(m.Stderr, "sharh: pages stay without search and filters: %v\n", err)
	default:
		fmt.Fprintf(m.Stdout, "the client is compiled (%s); open pages load again\n", time.Since(begin).Round(time.Second))
	}
}

// unhurried is how long serving waits for the first reading of the content, so that what it says of few explainers is
// followed by their addresses, and not the other way round. Many are read while they are served.
const unhurried = 2 * time.Second

// preview reads the content of a source now, and again after each change. It closes read when all was read once.
func (m *Main) preview(ctx context.Context, s *previewSource) (read <-chan struct{}, err error) {
	refresh := func(slugs map[string]bool) {
		begin := time.Now()
		list, err := s.refresh(slugs)
		if err != nil {
			fmt.Fprintf(m.Stderr, "sharh: %v\n", err)
			return
		}
		m.found(list, begin)
	}
	// Watching starts before the first reading, so that no change between them is missed.
	if err := watch(ctx, s.content.Content, refresh); err != nil {
		return nil, err
	}
	begin := time.Now()
	all, err := s.list(map[string]bool{"": true})
	if err != nil {
		return nil, err
	}
	said := make(chan struct{})
	go func() {
		m.found(s.read(all), begin)
		close(said)
	}()
	return said, nil
}

// found says the problems of what was read.
func (m *Main) found(list *diag.List, begin time.Time) {
	if err := m.problems(list); err == nil {
		fmt.Fprintf(m.Stdout, "read in %s\n", time.Since(begin).Round(time.Millisecond))
	}
}

// previewSource keeps each explainer as it was last read, and as it last was without errors. The preview server shows
// it: an explainer is read at the latest, and planned, when one of its pages is requested, and again only after it has
// changed.
type previewSource struct {
	content contentFlags
	base    string
	cache   string // keeps pictures, and what is without problems; "" for none
	server  *preview.Server

	mu         sync.Mutex // guards the fields below, and the fields of explainers except those that others guard
	site       *site.Site
	names      []string // slugs of the explainers, in order
	explainers map[string]*explainer
	whole      *site.Part // the last good plan of the site as a whole
	stale      bool       // whether whole must be planned again
	failure    error      // of the last attempt to plan whole
}

// explainer is one explainer as it was last read.
type explainer struct {
	reading  sync.Mutex // held while reading; mu may be taken while it is held, not the other way round
	unread   bool       // something may have changed since it was last read, if it ever was
	found    diag.List  // the problems, as they are printed
	problems []preview.Problem
	good     *source.Files     // the last files without errors, nil if there never were any
	headings []*story.Document // for the shelf, one for each language; from the files in good
	former   []string          // names that its folder had before; from the files in good
	lang     string            // the default language, as far as known

	planning sync.Mutex            // held while planning; mu may be taken while it is held, not the other way round
	stories  []*story.Document     // of the last good plan; guarded by planning
	sheets   map[string]*page.Page // the sheets of their scenes that were requested, by path; guarded by planning
	planned  *site.Part            // the last good plan, nil for none
	of       planInput             // the input of the last attempt to plan
	failure  error                 // of the last attempt; planned keeps the plan before
}

// planInput is the input for planning an explainer. Equal input need not be planned again.
type planInput struct {
	files *source.Files
	site  *site.Site
	first bool
}

// newPreviewSource returns a source that has not read anything yet, with a preview server. The server also answers
// requests to host. cache is a folder that keeps pictures, "" for none.
func newPreviewSource(content contentFlags, client site.Client, base, host, cache string) (*previewSource, error) {
	s := &previewSource{content: content, base: base, cache: cache, explainers: map[string]*explainer{}}
	s.server = preview.New(s, host)
	return s, s.newSite(client)
}

// newSite starts a new site, with the client or, if client is empty, without one.
func (s *previewSource) newSite(client site.Client) error {
	fresh, err := site.New(client, site.Options{
		Base: s.base, App: site.AppOff, NoPictures: true, Drafts: true, Cache: s.cache,
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site, s.stale = fresh, true
	return nil
}

// setClient gives the client to every page from now on, including pages of explainers that have errors at the moment.
func (s *previewSource) setClient(client site.Client) error {
	if err := s.newSite(client); err != nil {
		return err
	}
	s.server.Changed()
	return nil
}

// refresh reads the named explainers again ("" names all of them), and new ones. It returns their problems, or an
// error if the content cannot be read at all.
func (s *previewSource) refresh(slugs map[string]bool) (*diag.List, error) {
	changed, err := s.list(slugs)
	if err != nil {
		return nil, err
	}
	return s.read(changed), nil
}

// list finds out which explainers there are, and returns those that are to be read: the named ones ("" names all of
// them), and new ones.
func (s *previewSource) list(slugs map[string]bool) (changed []string, err error) {
	names, err := s.content.slugs()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names = names
	maps.DeleteFunc(s.explainers, func(slug string, _ *explainer) bool { return !slices.Contains(names, slug) })
	for _, slug := range names {
		e := s.explainers[slug]
		if e == nil {
			e = &explainer{unread: true}
			s.explainers[slug] = e
		}
		e.unread = e.unread || slugs[slug] || slugs[""]
		if e.unread {
			changed = append(changed, slug)
		}
	}
	s.stale = true
	return changed, nil
}

// all returns the slugs of the explainers, in order, when all are read.
func (s *previewSource) all() []string {
	s.mu.Lock()
	names := s.names
	s.mu.Unlock()
	s.each(names)
	return names
}

// each reads explainers, as far as they are to be read.
func (s *previewSource) each(slugs []string) {
	_ = file.Parallel(len(slugs), func(i int) error { // none fails
		s.explainer(slugs[i])
		return nil
	})
}

// read reads explainers, as far as they are to be read, and returns their problems.
func (s *previewSource) read(slugs []string) *diag.List {
	s.each(slugs)
	var all diag.List
	s.mu.Lock()
	for _, slug := range slugs {
		if e := s.explainers[slug]; e != nil {
			all.Merge(e.found)
		}
	}
	s.mu.Unlock()
	s.server.Changed()
	return &all
}

// explainer returns what is known of an explainer, nil if there is none. It is read if it has not been read since it
// changed.
func (s *previewSource) explainer(slug string) *explainer {
	s.mu.Lock()
	e := s.explainers[slug]
	s.mu.Unlock()
	if e == nil {
		return nil
	}
	e.reading.Lock()
	defer e.reading.Unlock()
	s.mu.Lock()
	unread := e.unread
	e.unread = false // what changes from now on is read again
	s.mu.Unlock()
	if !unread {
		return e
	}
	r := s.content.read(slug, s.cache)
	s.mu.Lock()
	defer s.mu.Unlock()
	e.found, e.problems, e.lang = r.list, r.problems, cmp.Or(r.lang, e.lang)
	if r.good != nil {
		e.good, e.headings, e.former = r.good, r.headings, r.former
	}
	s.stale = true
	return e
}

// shelf returns the last good plan of the site as a whole, and plans it first if it is stale; nil if there is none.
func (s *previewSource) shelf() *site.Part {
	s.all()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stale {
		return s.whole
	}
	var headings [][]*story.Document
	for _, slug := range s.names {
		if own := s.explainers[slug].headings; len(own) > 0 {
			headings = append(headings, own)
		}
	}
	whole, err := s.site.Rest(headings, nil, nil)
	if s.stale, s.failure = false, err; err == nil {
		s.whole = whole
	}
	return s.whole
}

// reading is the result of reading one explainer.
type reading struct {
	list     diag.List
	problems []preview.Problem
	lang     string
	good     *source.Files // nil if there are errors
	headings []*story.Document
	former   []string
}

// read reads and checks an explainer. One of which the cache knows that nothing is wrong with it is not checked again.
func (f contentFlags) read(slug, folder string) (r reading) {
	files := f.keep(slug)
	set, err := files.LoadAs(f.shown(slug), &r.list)
	if err != nil {
		r.problems = append(r.problems, failure(slug, err))
		return r
	}
	if clean := cleanOf(folder, "prepared", slug, files); !clean.known() {
		check.Run(set, &r.list)
		clean.keep(set, &r.list)
		r.list.Mute(f.Mute)
	}
	r.list.Sort()
	places := place.New(set)
	for _, x := range r.list.All() {
		at := places.At(x.Pos)
		r.problems = append(r.problems, preview.Problem{
			Slug: slug, Item: at.Item, Section: at.Section, Where: x.Pos.String(),
			Warning: x.Severity == diag.Warning, Text: said(x),
		})
	}
	if len(set.Explainer.Languages) > 0 {
		r.lang = set.Explainer.Languages[0].Value
	}
	if r.list.Count(diag.Error) > 0 {
		return r
	}
	set.Preview()
	for _, lang := range set.Explainer.Languages {
		heading, err := compile.Heading(set, lang.Value)
		if err != nil {
			r.problems = append(r.problems, failure(slug, err))
			return r
		}
		r.headings = append(r.headings, heading)
	}
	for _, name := range set.Explainer.Formerly {
		r.former = append(r.former, name.Value)
	}
	r.good = files
	return r
}

// part returns the last good plan of an explainer, and plans it first if its input has changed; nil if there is
// none.
func (s *previewSource) part(slug string) *site.Part {
	e := s.explainer(slug)
	if e == nil {
		return nil
	}
	e.planning.Lock()
	defer e.planning.Unlock()
	first := slug == s.first()
	s.mu.Lock()
	want := planInput{e.good, s.site, first}
	planned, done := e.planned, e.of == want
	s.mu.Unlock()
	if want.files == nil || done {
		return planned
	}
	part, stories, err := want.plan(slug, s.content.shown(slug))
	if err == nil {
		e.stories, e.sheets = stories, map[string]*page.Page{}
	}
	s.mu.Lock()
	news := e.failure != nil || err != nil
	if e.of, e.failure = want, err; err == nil {
		e.planned = part
	}
	planned = e.planned
	s.mu.Unlock()
	if news {
		s.server.Changed() // other pages show this failure, too
	}
	return planned
}

// plan compiles and plans an explainer.
func (in planInput) plan(slug, shown string) (*site.Part, []*story.Document, error) {
	var none diag.List // the files have no errors, and warnings were already reported
	set, err := in.files.LoadAs(shown, &none)
	if err != nil {
		return nil, nil, err
	}
	set.Preview()
	stories, err := stories(set, "")
	if err != nil {
		return nil, nil, err
	}
	part, err := in.site.Explainer(site.Explainer{Slug: slug, Stories: stories, Media: in.files.Medium}, in.first)
	return part, stories, err
}

// sheet returns the sheet of all scenes with a path. It is made when it is requested; nil if there is none.
func (s *previewSource) sheet(path string) *page.Page {
	slug, rest, _ := strings.Cut(path, "/")
	e := s.explainer(slug)
	if e == nil {
		return nil
	}
	e.planning.Lock()
	defer e.planning.Unlock()
	if e.sheets[path] == nil {
		for _, d := range e.stories {
			if rest != d.Path()+page.ScenesPath+"index.html" {
				continue
			}
			s.mu.Lock()
			site := e.of.site
			s.mu.Unlock()
			sheet, err := site.Scenes(d)
			if err != nil {
				s.mu.Lock()
				e.failure = err
				s.mu.Unlock()
				return nil
			}
			e.sheets[path] = sheet
		}
	}
	return e.sheets[path]
}

// Scenes returns the path of the sheet of all scenes of the explainer to which a page belongs, in the page's language;
// "" if it belongs to none.
func (s *previewSource) Scenes(path string) (sheet string) {
	slug, rest, _ := strings.Cut(path, "/")
	if e := s.explainer(slug); e != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		longest := -1
		for _, d := range e.headings {
			if strings.HasPrefix(rest, d.Path()) && len(d.Path()) > longest {
				longest, sheet = len(d.Path()), slug+"/"+d.Path()+page.ScenesPath
			}
		}
	}
	return sheet
}

// first is the explainer that the demo page shows, "" for none.
func (s *previewSource) first() string {
	s.mu.Lock()
	names := s.names
	s.mu.Unlock()
	for _, slug := range names {
		if e := s.explainer(slug); e != nil && s.shows(e) {
			return slug
		}
	}
	return ""
}

// shows reports whether an explainer has a page that is not a notice.
func (s *previewSource) shows(e *explainer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return e.good != nil && !e.headings[0].IsWithdrawn()
}

// was reports whether an explainer had an address before.
func (s *previewSource) was(e *explainer, address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(e.former, address)
}

// formerly is the explainer that had an address before, "" for none.
func (s *previewSource) formerly(address string) string {
	for _, slug := range s.all() {
		if e := s.explainer(slug); e != nil && s.was(e, address) {
			return slug
		}
	}
	return ""
}

// partWith returns the part of the site that contains a path.
func (s *previewSource) partWith(path string) *site.Part {
	first, _, inside := strings.Cut(path, "/")
	known := s.explainer(first) != nil
	switch {
	case !inside && (known || first == "demo"), first+"/" == file.Assets:
		return nil // a folder, or what is no part's
	case !inside:
		return s.shelf()
	case first == "demo":
		return s.part(s.first())
	case !known:
		return s.part(s.formerly(first))
	}
	return s.part(first)
}

// Page returns a page of the site.
func (s *previewSource) Page(path string) *page.Page {
	part := s.partWith(path)
	if part == nil {
		return nil
	}
	for _, p := range part.Pages {
		if p.Path == path {
			return p
		}
	}
	return s.sheet(path)
}

// File returns a file of the site that is not a page. It finds assets that all pages share, and those of explainers
// that are already planned.
func (s *previewSource) File(path string) ([]byte, bool) {
	var parts []*site.Part
	if part := s.partWith(path); part != nil {
		parts = append(parts, part)
	}
	s.mu.Lock()
	parts = append(parts, s.site.Common())
	if strings.HasPrefix(path, file.Assets) {
		for _, e := range s.explainers {
			if e.planned != nil {
				parts = append(parts, e.planned)
			}
		}
	}
	s.mu.Unlock()
	for _, part := range parts {
		if data, ok := part.Files[path]; ok {
			return data, true
		}
	}
	return nil, false
}

// Waiting tells whether an explainer has no page yet, and in which language to say so. A folder whose name cannot be
// an address never gets a page; the shelf says why.
func (s *previewSource) Waiting(slug string) (lang string, ok bool) {
	e := s.explainer(slug)
	if e == nil || story.FaultOf(slug) != "" || s.part(slug) != nil {
		return "", false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return e.lang, true
}

// Words are the preview's own words in a language; in English if there is none of it, or its file is broken.
func (s *previewSource) Words(lang string) map[string]string {
	locales := locale.Beside(os.DirFS(s.content.Content))
	for _, lang := range []string{lang, "en"} {
		if l, err := locales.For(lang, ""); err == nil {
			return l.Preview()
		}
	}
	return nil
}

// Problems are the problems of the content and of planning it.
func (s *previewSource) Problems() []preview.Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []preview.Problem
	if s.failure != nil {
		all = append(all, failure("", s.failure))
	}
	for _, slug := range slices.Sorted(maps.Keys(s.explainers)) {
		e := s.explainers[slug]
		all = append(all, e.problems...)
		if e.failure != nil {
			all = append(all, failure(slug, e.failure))
		}
	}
	return all
}

// mostAddresses is how many addresses are printed, so that the list stays readable at a glance.
const mostAddresses = 12

// addresses returns lines with the addresses of all explainers in all their languages, on the given server.
func (s *previewSource) addresses(server string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	least := ""
	for _, slug := range s.names {
		headings := s.explainers[slug].headings
		if s.explainers[slug].unread {
			least = "at least "
		}
		for _, p := range headings {
			all = append(all, slug+"/"+p.Path())
		}
		if len(headings) == 0 && story.FaultOf(slug) == "" {
			all = append(all, slug+"/")
		}
	}
	var b strings.Builder
	for i, p := range all {
		if i == mostAddresses && len(all) > mostAddresses+1 {
			fmt.Fprintf(&b, "  and %s%d more, which %s lists\n", least, len(all)-i, server)
			break
		}
		fmt.Fprintf(&b, "  %s%s\n", server, p)
	}
	return b.String()
}

// failure returns a problem that was not caused by the content.
func failure(slug string, err error) preview.Problem {
	return preview.Problem{Slug: slug, Text: func(string) (string, []string) { return err.Error(), nil }}
}

// said returns a function that describes a problem in a language.
func said(x *diag.Diagnostic) preview.Say {
	return func(lang string) (string, []string) {
		var hints []string
		if hint := x.Hint.In(lang); hint != "" {
			hints = append(hints, hint)
		}
		for _, n := range x.Notes {
			hints = append(hints, n.Pos.String()+": "+n.Text.In(lang))
		}
		return x.Message.In(lang), hints
	}
}
