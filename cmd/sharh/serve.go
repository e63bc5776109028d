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
	"path"
	"slices"
	"strconv"
	"syscall"
	"time"

	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/place"
	"sharh/app/site"
	"sharh/app/site/preview"
	"sharh/app/story"
)

type serveCommand struct {
	contentFlags
	clientFlags
	Base string `help:"Path or address under which the site will be published." default:"/"`
	Host string `help:"Address to listen on. With any other than the default, other machines may see what is not published yet." default:"127.0.0.1"`
	Port int    `help:"Port; the next free one is taken when it is in use." default:"8080"`
}

// Run serves the site from memory until interrupted, and builds it again when content changes.
func (c *serveCommand) Run(m *Main) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := preview.New(c.Host)
	d := &desk{content: c.contentFlags, client: client, base: c.Base, explainers: map[string]*explainer{}}
	if err := m.preview(ctx, d, server); err != nil {
		return err
	}
	return m.serve(ctx, c.Host, c.Port, server)
}

// preview shows the site in server, and again whenever content changes.
func (m *Main) preview(ctx context.Context, d *desk, server *preview.Server) error {
	refresh := func(slugs map[string]bool) error {
		begin := time.Now()
		list, err := d.refresh(slugs)
		if err != nil {
			return err
		}
		server.Show(d.site())
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

// desk keeps explainers as they were last read, and last without problems.
type desk struct {
	content    contentFlags
	client     site.Client
	base       string
	explainers map[string]*explainer
	files      site.Files
	failure    error // of the last plan of what is common
}

// explainer is one as it was last read.
type explainer struct {
	problems []preview.Problem
	stories  []*story.Document // as they were last without problems; none if they never were
	files    site.Files        // their pages, and what is common to all
	lang     string            // the default language, as far as it is known
	stale    bool              // stories are older than the files, which have errors
}

// refresh reads the named explainers again, all of them for "", and those that are new. It returns their problems. An
// error means that there is nothing to read.
func (d *desk) refresh(slugs map[string]bool) (*diag.List, error) {
	names, err := d.content.slugs()
	if err != nil {
		return nil, err
	}
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
		changed = append(changed, slug)
	}
	d.plan(names, changed)
	return &all, nil
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

// plan lays out the pages of the explainers that changed, and the shelf. What cannot be laid out stays as it was.
func (d *desk) plan(names, changed []string) {
	var ready []site.Explainer
	for _, slug := range names {
		if e := d.explainers[slug]; len(e.stories) > 0 {
			ready = append(ready, site.Explainer{Slug: slug, Stories: e.stories})
		}
	}
	lay := func(only ...string) (site.Files, error) {
		return site.Plan(ready, d.client, site.Options{Base: d.base, Plain: true, Only: append([]string{}, only...)})
	}
	for _, slug := range changed {
		e := d.explainers[slug]
		if e.stale {
			continue
		}
		files, err := lay(slug)
		if err != nil {
			e.problems = append(e.problems, failure(slug, err))
			continue
		}
		e.files = files
	}
	d.failure = nil
	common, err := lay()
	if err != nil {
		d.failure = err
		return
	}
	d.files = site.Files{}
	for _, slug := range names {
		maps.Copy(d.files, d.explainers[slug].files)
	}
	maps.Copy(d.files, common) // its shelf is the last one
}

// site is what there is to show.
func (d *desk) site() preview.Site {
	x := preview.Site{Files: d.files, Waiting: map[string]string{}}
	if d.failure != nil {
		x.Problems = append(x.Problems, failure("", d.failure))
	}
	for _, slug := range slices.Sorted(maps.Keys(d.explainers)) {
		e := d.explainers[slug]
		x.Problems = append(x.Problems, e.problems...)
		if _, there := d.files[path.Join(slug, "index.html")]; !there {
			x.Waiting[slug] = e.lang
		}
	}
	return x
}

// serve listens on the port, or the next free one, and prints the address.
func (m *Main) serve(ctx context.Context, host string, port int, handler http.Handler) error {
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
	fmt.Fprintf(m.Stdout, "serving http://%s/ (Ctrl+C ends it)\n", listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
		_ = server.Close() // readers of a local preview lose nothing
		return nil
	}
}
