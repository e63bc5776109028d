package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/place"
	"sharh/app/site"
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
	Host    string `help:"Address to listen on. With any other than the default, other machines may see what is not published yet." default:"127.0.0.1"`
	Port    int    `help:"Port; the next free one is taken when it is in use." default:"8080"`
}

// Run serves the site from memory until interrupted, and builds it again when content changes.
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
	d, err := newDesk(c.contentFlags, client, c.Base)
	if err != nil {
		return err
	}
	server := preview.New(d, c.Host)
	if err := m.preview(ctx, d, server); err != nil {
		return err
	}
	var work sync.WaitGroup
	defer work.Wait()
	defer stop() // when serving fails, so that compiling ends too
	return m.serve(ctx, c.Host, c.Port, server, func(at string) {
		fmt.Fprint(m.Stdout, d.addresses(at))
		if c.Compile {
			work.Go(func() { m.compile(ctx, d, server, c.compile) })
		}
	})
}

// compile compiles the client and reads it.
func (c *serveCommand) compile(ctx context.Context) (site.Client, error) {
	folder := filepath.Dir(c.Client)
	command := clientCommand{Out: c.Client, Work: filepath.Join(folder, "slim"), Stock: c.Stock}
	if err := command.compile(ctx); err != nil {
		return site.Client{}, err
	}
	return clientFlags{Client: c.Client, Exec: filepath.Join(folder, "wasm_exec.js")}.client()
}

// compile lets the pages that server shows have a client once it is compiled. A failure leaves them as they are.
func (m *Main) compile(ctx context.Context, d *desk, server *preview.Server, compile func(context.Context) (site.Client, error)) {
	begin := time.Now()
	fmt.Fprintln(m.Stdout, "compiling the client; until it is there pages can be read and clicked, without search and filters")
	client, err := compile(ctx)
	switch {
	case ctx.Err() != nil: // nobody waits for it any more
	case err != nil:
		fmt.Fprintf(m.Stderr, "sharh: pages stay without search and filters: %v\n", err)
	default:
		if err := d.have(client, server); err != nil {
			fmt.Fprintf(m.Stderr, "sharh: pages stay without search and filters: %v\n", err)
			return
		}
		fmt.Fprintf(m.Stdout, "the client is compiled (%s); open pages load again\n", time.Since(begin).Round(time.Second))
	}
}

// preview shows the site in server, and again whenever content changes.
func (m *Main) preview(ctx context.Context, d *desk, server *preview.Server) error {
	refresh := func(slugs map[string]bool) error {
		begin := time.Now()
		list, err := d.refresh(slugs, server)
		if err != nil {
			return err
		}
		if err := m.problems(list); err == nil {
			fmt.Fprintf(m.Stdout, "built in %s\n", time.Since(begin).Round(time.Millisecond))
		}
		return nil
	}
	// Watching comes first, so that nothing is missed between. The first building, below, waits for none.
	first := make(chan struct{})
	err := watch(ctx, d.content.Content, func(slugs map[string]bool) {
		<-first
		if err := refresh(slugs); err != nil {
			fmt.Fprintf(m.Stderr, "sharh: %v\n", err)
		}
	})
	if err != nil {
		return err
	}
	defer close(first)
	return refresh(map[string]bool{"": true})
}

// desk keeps explainers as they were last read, and last without problems, and what is planned of them: it is what a preview
// shows.
type desk struct {
	content contentFlags
	base    string

	mu         sync.Mutex // over what follows: content changes while the client is compiled, and readers ask
	site       *site.Site
	names      []string // of the explainers, in order
	explainers map[string]*explainer
	rest       *site.Planned // what is of the site as a whole
	failure    error         // of its last plan
}

// explainer is one as it was last read.
type explainer struct {
	problems []preview.Problem
	stories  []*story.Document // as they were last without problems; none if they never were
	planned  *site.Planned     // its pages
	lang     string            // the default language, as far as it is known
	stale    bool              // stories are older than the files, which have errors
	failure  error             // of the last plan of its pages
}

// newDesk returns a desk that has read nothing yet.
func newDesk(content contentFlags, client site.Client, base string) (*desk, error) {
	d := &desk{content: content, base: base, explainers: map[string]*explainer{}}
	return d, d.start(client)
}

// start begins a site with a client, or with none.
func (d *desk) start(client site.Client) (err error) {
	d.site, err = site.New(client, site.Options{Base: d.base, App: site.AppOff, NoPictures: true})
	return err
}

// refresh reads the named explainers again, all of them for "", and those that are new, and shows the site. It returns
// their problems. An error means that there is nothing to read.
func (d *desk) refresh(slugs map[string]bool, server *preview.Server) (*diag.List, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	names, err := d.content.slugs()
	if err != nil {
		return nil, err
	}
	d.names = names
	maps.DeleteFunc(d.explainers, func(slug string, _ *explainer) bool { return !slices.Contains(names, slug) })
	var all diag.List
	var changed []string
	for _, slug := range names {
		e := d.explainers[slug]
		if e != nil && !slugs[slug] && !slugs[""] {
			continue
		}
		if e == nil {
			e = &explainer{}
			d.explainers[slug] = e
		}
		all.Merge(e.read(d.content, slug))
		if !e.stale {
			changed = append(changed, slug)
		}
	}
	d.plan(changed)
	server.Changed()
	return &all, nil
}

// have lets every page have a client from now on, those too whose content has problems now, and shows the site.
func (d *desk) have(client site.Client, server *preview.Server) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.start(client); err != nil {
		return err
	}
	d.plan(d.names)
	server.Changed()
	return nil
}

// mostAddresses is how many addresses are printed: as many as are taken in at a glance.
const mostAddresses = 12

// addresses returns lines with the addresses of explainers, each in each of its languages, on a server.
func (d *desk) addresses(server string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, slug := range d.names {
		stories := d.explainers[slug].stories
		for _, doc := range stories {
			all = append(all, slug+"/"+doc.Path())
		}
		if len(stories) == 0 && story.FaultOf(slug) == "" {
			all = append(all, slug+"/")
		}
	}
	var b strings.Builder
	for i, p := range all {
		if i == mostAddresses && len(all) > mostAddresses+1 {
			fmt.Fprintf(&b, "  and %d more, which %s lists\n", len(all)-i, server)
			break
		}
		fmt.Fprintf(&b, "  %s%s\n", server, p)
	}
	return b.String()
}

// read reads an explainer and compiles it if it has no problems.
func (e *explainer) read(content contentFlags, slug string) diag.List {
	var list diag.List
	e.problems, e.stale = nil, true
	set, err := content.set(slug, &list)
	if err != nil {
		e.problems = append(e.problems, failure(slug, err))
		return list
	}
	content.check(set, &list)
	list.Sort()
	places := place.New(set)
	for _, x := range list.All() {
		at := places.At(x.Pos)
		e.problems = append(e.problems, preview.Problem{
			Slug: slug, Item: at.Item, Section: at.Section, Where: x.Pos.String(),
			Warning: x.Severity == diag.Warning, Text: said(x),
		})
	}
	if len(set.Explainer.Languages) > 0 {
		e.lang = set.Explainer.Languages[0].Value
	}
	if list.Count(diag.Error) > 0 {
		return list
	}
	var stories []*story.Document
	for _, lang := range set.Explainer.Languages {
		doc, err := compile.Story(set, lang.Value)
		if err != nil {
			e.problems = append(e.problems, failure(slug, err))
			return list
		}
		stories = append(stories, doc)
	}
	e.stories, e.stale = stories, false
	return list
}

// failure is a problem that is not one of the content.
func failure(slug string, err error) preview.Problem {
	return preview.Problem{Slug: slug, Text: func(string) (string, []string) { return err.Error(), nil }}
}

// said says a problem in a language.
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

// plan lays out the pages of the named explainers as they last were without problems, and the shelf. What cannot be laid out
// stays as it was.
func (d *desk) plan(changed []string) {
	var parts []*site.Planned
	for _, slug := range d.names {
		e := d.explainers[slug]
		if len(e.stories) == 0 {
			continue
		}
		if slices.Contains(changed, slug) {
			var planned *site.Planned
			if planned, e.failure = d.site.Explainer(site.Explainer{Slug: slug, Stories: e.stories}, len(parts) == 0); e.failure == nil {
				e.planned = planned
			}
		}
		if e.planned != nil {
			parts = append(parts, e.planned)
		}
	}
	var rest *site.Planned
	if rest, d.failure = d.site.Rest(parts); d.failure == nil {
		d.rest = rest
	}
}

// Page returns a page of the site.
func (d *desk) Page(path string) *page.Page {
	for _, part := range d.parts() {
		for _, p := range part.Pages {
			if p.Path == path {
				return p
			}
		}
	}
	return nil
}

// File returns another file of the site.
func (d *desk) File(path string) ([]byte, bool) {
	for _, part := range d.parts() {
		if data, ok := part.Files[path]; ok {
			return data, true
		}
	}
	return nil, false
}

// parts are what is planned.
func (d *desk) parts() []*site.Planned {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := []*site.Planned{d.site.Common()}
	if d.rest != nil {
		all = append(all, d.rest)
	}
	for _, slug := range d.names {
		if e := d.explainers[slug]; e.planned != nil {
			all = append(all, e.planned)
		}
	}
	return all
}

// Waiting returns the language of the page of an explainer that has none yet.
func (d *desk) Waiting(slug string) (lang string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.explainers[slug]
	if e == nil || e.planned != nil || story.FaultOf(slug) != "" { // a folder that cannot be an address; the shelf says so
		return "", false
	}
	return e.lang, true
}

// Problems are what is wrong with the content, or with what is planned of it.
func (d *desk) Problems() []preview.Problem {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []preview.Problem
	if d.failure != nil {
		all = append(all, failure("", d.failure))
	}
	for _, slug := range slices.Sorted(maps.Keys(d.explainers)) {
		e := d.explainers[slug]
		all = append(all, e.problems...)
		if e.failure != nil {
			all = append(all, failure(slug, e.failure))
		}
	}
	return all
}

// serve listens on the port, or the next free one, prints the address, and calls what is to follow with it.
func (m *Main) serve(ctx context.Context, host string, port int, handler http.Handler, then ...func(address string)) error {
	const tries = 50
	var listener net.Listener
	var err error
	for p := port; p < port+tries; p++ {
		listener, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			if p != port {
				fmt.Fprintf(m.Stdout, "port %d is in use; taking %d\n", port, p)
			}
			break
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("listening on %s:%d: %w", host, p, err)
		}
	}
	if listener == nil {
		return fmt.Errorf("no free port from %d to %d: %w", port, port+tries-1, err)
	}
	address := fmt.Sprintf("http://%s/", listener.Addr())
	fmt.Fprintf(m.Stdout, "serving %s (Ctrl+C ends it)\n", address)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	for _, f := range then {
		f(address)
	}
	select {
	case err := <-done:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
		_ = server.Close() // readers of a local preview lose nothing
		return nil
	}
}
