package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"sharh/web/webtest/server"
)

// Line is what was measured through nginx, TLS, HTTP/2 and a slow line.
type Line struct {
	Visits  []*Visit          `json:"visits"`
	Medians map[string]column `json:"medians"` // as those of the report
	Next    []*Next           `json:"next"`
}

// Next is how long it takes from following a link to the first paint of its page, ms, where pages come ahead, and where
// they do not.
type Next struct {
	Profile string    `json:"profile"`
	Way     string    `json:"way"`
	Ahead   []float64 `json:"ahead"`
	Asked   []float64 `json:"asked"`
}

// ways are the ways to a next page.
var ways = []struct {
	name, from, link string
	idle             bool // the page comes once the one before is idle; otherwise when the reader points at its link
}{
	{"the evidence", "", "#evidence a", true},
	{"the other language", "", ".tools a[hreflang]", true},
	{"from a call's page to the next call's", "call/3/", `a[href="../4/"]`, false},
}

// throughLine visits both pages through the line, and goes on to the next pages of ours.
func throughLine(ctx context.Context, f flags) (*Line, error) {
	ours, theirs, err := folders(ctx, f)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(ours)
	type served struct {
		Site
		server *server.Server
	}
	var sites []served
	for _, s := range []struct{ name, folder, path, js string }{
		{"sharh", ours, "/" + f.slug + "/", sharhJS}, {"peers", theirs, "/", peersJS},
	} {
		nginx, err := startNginx(ctx, server.NginxTLS, s.folder)
		if err != nil {
			return nil, err
		}
		defer nginx.Stop()
		sites = append(sites, served{Site{Title: s.name, URL: s.path, Pin: nginx.Pin, js: s.js}, nginx})
	}
	l := &Line{}
	// Each visit has a line of its own, and so do the pages of ours.
	through := func(p Profile, s served, do func(Profile, Site) error) error {
		r, err := newRelay(ctx, s.server.At, p)
		if err != nil {
			return err
		}
		defer r.stop()
		site := s.Site
		site.URL = "https://" + r.address() + s.URL
		p.Latency, p.Down, p.Up = 0, 0, 0
		return do(p, site)
	}
	for n := 1; n <= f.runs; n++ {
		for _, p := range profiles {
			for _, s := range sites {
				fmt.Fprintf(os.Stderr, "through nginx and a slow line, run %d of %d: %s, %s\n", n, f.runs, p.Name, s.Title)
				if err := through(p, s, func(p Profile, s Site) error {
					v, err := visit(ctx, p, s, []part{{"read", (*tab).read}, {"answer", (*tab).answer}}, n, "")
					l.Visits = append(l.Visits, v)
					return err
				}); err != nil {
					return nil, err
				}
			}
			if err := through(p, sites[0], func(p Profile, s Site) error { return l.goOn(ctx, p, s) }); err != nil {
				return nil, err
			}
		}
	}
	l.Medians = columns(l.Visits)
	return l, nil
}

// goOn goes each way once with pages that come ahead, and once without.
func (l *Line) goOn(ctx context.Context, p Profile, s Site) error {
	for _, w := range ways {
		var next *Next
		for _, known := range l.Next {
			if known.Profile == p.Name && known.Way == w.name {
				next = known
			}
		}
		if next == nil {
			next = &Next{Profile: p.Name, Way: w.name}
			l.Next = append(l.Next, next)
		}
		for _, ahead := range []bool{true, false} {
			fmt.Fprintf(os.Stderr, "  %s, pages come ahead: %v\n", w.name, ahead)
			ms, err := follow(ctx, p, s, w.from, w.link, w.idle, ahead)
			if err != nil {
				return fmt.Errorf("going to %s on the %s: %w", w.name, p.Name, err)
			}
			if ahead {
				next.Ahead = append(next.Ahead, ms)
			} else {
				next.Asked = append(next.Asked, ms)
			}
		}
	}
	return nil
}

// follow opens a page, follows a link, and returns the time until the first paint of its page.
func follow(ctx context.Context, p Profile, s Site, from, link string, idle, ahead bool) (float64, error) {
	if !ahead {
		s.js += "HTMLScriptElement.supports = null; window.fetch = ((real) => (url, o) => " +
			"/\\.\\w+$/.test(url) ? real(url, o) : new Promise(() => {}))(fetch);"
	}
	t, done, err := open(ctx, p, s)
	if err != nil {
		return 0, err
	}
	defer done()
	if _, err := t.slow(); err != nil {
		return 0, err
	}
	if err := t.goTo(s.URL + from); err != nil {
		return 0, err
	}
	ready := `document.readyState === "complete"`
	if idle {
		ready = `performance.getEntriesByName("sharh:ahead").length`
	}
	if err := t.until("the page is ready for the next one", ready); err != nil {
		return 0, err
	}
	if err := pause(ctx, settle); err != nil {
		return 0, err
	}
	var at place
	quoted := fmt.Sprintf("%q", link)
	if err := t.eval(`(e => { e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })(
		document.querySelector(`+quoted+`))`, &at); err != nil {
		return 0, err
	}
	switch {
	case !idle && !ahead: // nobody points at anything
		var gone bool
		err = t.eval(`(setTimeout(() => { location.href = document.querySelector(`+quoted+`).href; }), true)`, &gone)
	case !idle && !p.Mobile:
		if err = t.point(at.X, at.Y); err == nil {
			err = pause(ctx, hover)
		}
		fallthrough
	default:
		if err == nil {
			err = t.click(at.X, at.Y)
		}
	}
	if err != nil {
		return 0, err
	}
	if err := t.until("the next page is painted",
		fmt.Sprintf("location.href !== %q && window.__bench?.seen.fcp", s.URL+from)); err != nil {
		return 0, err
	}
	var ms float64
	return ms, t.eval("__bench.seen.fcp", &ms)
}

// hover is how long a reader points at a link before he clicks.
const hover = 300 * time.Millisecond

func (l *Line) print(w io.Writer) error {
	fmt.Fprintln(w, "through nginx, TLS, HTTP/2 and a slow line:")
	if err := table(w, profiles, l.Medians); err != nil {
		return err
	}
	fmt.Fprintln(w, "\nfrom a link to the first paint of its page, ms:")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\t\tcome ahead\tasked for\tratio\t")
	for _, n := range l.Next {
		a, b := median(n.Ahead), median(n.Asked)
		fmt.Fprintf(t, "%s\t%s\t%.0f\t%.0f\t%.2f\t\n", n.Way, n.Profile, a, b, a/b)
	}
	return t.Flush()
}
