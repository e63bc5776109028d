package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"
)

// Framed is what a page with many frames of one kind takes, once its reader has scrolled through all of them. The
// frames are of another site than the page, so its own blocking time is what loading, placing and sizing them takes
// there.
type Framed struct {
	What     string    `json:"what"`
	Frames   int       `json:"frames"`
	Blocking []float64 `json:"blocking"` // of the host's page, ms
	Longest  []float64 `json:"longest"`  // ms
	Memory   []float64 `json:"memory"`   // of all processes of the browser, what they share divided among them, MB
}

// framed are the ways to fill a host's page with frames.
var framed = []struct {
	what   string
	frames int
	html   func(ours, theirs string, n int) string
}{
	{"no frames", 0, func(string, string, int) string { return "" }},
	{"embeds of Sharh, by its loader", 50, func(ours, _ string, n int) string {
		u, err := url.Parse(ours)
		if err != nil {
			return err.Error()
		}
		loader := *u
		loader.Path = "/embed.js"
		link := fmt.Sprintf(`<p>text</p><a class="sharh-embed" href="%sembed/" data-height="760">embed</a>`, ours)
		return strings.Repeat(link, n) + fmt.Sprintf(`<script async src="%s"></script>`, &loader)
	}},
	{"frames of the peers' page", 50, func(_, theirs string, n int) string {
		frame := fmt.Sprintf(`<p>text</p><iframe title="x" loading="lazy" height="760" src="%s"></iframe>`, theirs)
		return strings.Repeat(frame, n)
	}},
}

// framePages measures pages with many frames, on the desktop without its line: the phone would take minutes for each.
func framePages(ctx context.Context, f flags) ([]*Framed, error) {
	sites, stop, err := serve(ctx, f)
	if err != nil {
		return nil, err
	}
	defer stop()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serving a page with frames: %w", err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, x := range framed {
			if r.URL.Query().Get("what") == x.what {
				fmt.Fprintf(w, `<!doctype html><meta name="viewport" content="width=device-width"><title>host</title>
<link rel="icon" href="data:,">
<style>iframe{width:100%%;border:0}.sharh-embed{display:block;min-height:760px}</style>
<h1>host</h1>%s`, x.html(sites[0].URL, sites[1].URL, x.frames))
			}
		}
	})}
	go func() { _ = server.Serve(l) }() // ends with an error by design, when it is closed
	defer server.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil, err
	}
	desktop := profiles[slices.IndexFunc(profiles, func(p Profile) bool { return !p.Mobile })]
	desktop.Latency, desktop.Down, desktop.Up = 0, 0, 0
	var all []*Framed
	for _, x := range framed {
		all = append(all, &Framed{What: x.what, Frames: x.frames})
	}
	for n := 1; n <= f.runs; n++ {
		for _, r := range all {
			fmt.Fprintf(os.Stderr, "pages with many frames, run %d of %d: %s\n", n, f.runs, r.What)
			// The frames have 127.0.0.1 as their host, which is another site.
			s := Site{Title: r.What, URL: "http://localhost:" + port + "/?what=" + url.QueryEscape(r.What),
				js: "__bench.page = {marks: () => [document.documentElement], current: () => false};"}
			if err := r.measure(ctx, desktop, s); err != nil {
				return nil, fmt.Errorf("a page with %s: %w", r.What, err)
			}
		}
	}
	return all, nil
}

// measure opens the page, scrolls through all its frames, and waits until they are loaded.
func (r *Framed) measure(ctx context.Context, p Profile, s Site) error {
	t, done, err := open(ctx, p, s)
	if err != nil {
		return err
	}
	defer done()
	if _, err := t.slow(); err != nil {
		return err
	}
	if err := t.goTo(s.URL); err != nil {
		return err
	}
	if err := t.until("all frames are there", fmt.Sprintf(
		`document.readyState === "complete" && document.querySelectorAll("iframe").length === %d`, r.Frames)); err != nil {
		return err
	}
	for i := range r.Frames {
		into := fmt.Sprintf(`(document.querySelectorAll("iframe")[%d].scrollIntoView(), true)`, i)
		if err := t.eval(into, new(bool)); err != nil {
			return err
		}
		if err := t.until("the frame is asked for", fmt.Sprintf(
			`performance.getEntriesByType("resource").filter(e => e.initiatorType === "iframe").length > %d`, i)); err != nil {
			return err
		}
	}
	if err := pause(ctx, 2*settle); err != nil {
		return err
	}
	var seen seen
	if err := t.eval("__bench.seen", &seen); err != nil {
		return err
	}
	sum, longest := blocking(seen.Tasks)
	mb, err := memoryOf(t.ctx)
	if err != nil {
		return err
	}
	r.Blocking, r.Longest, r.Memory = append(r.Blocking, sum), append(r.Longest, longest), append(r.Memory, mb)
	return nil
}

// memoryOf is the memory of a browser with all its processes, MB; absent where the system does not say.
func memoryOf(ctx context.Context) (float64, error) {
	all, err := chromedp.CallBrowser(ctx, systeminfo.GetProcessInfo, cdp.Empty{})
	if err != nil {
		return 0, fmt.Errorf("listing the browser's processes: %w", err)
	}
	sum := 0.0
	for _, p := range all.ProcessInfo {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.ID))
		if err != nil {
			return absent, nil
		}
		for line := range bytes.Lines(data) {
			var kb float64
			if n, _ := fmt.Sscanf(string(line), "Pss: %f kB", &kb); n == 1 {
				sum += kb / 1024
			}
		}
	}
	return sum, nil
}

func printFramed(w io.Writer, all []*Framed) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "a page with\tframes\tblocking, ms\tlongest task, ms\tmemory of the browser, MB\t")
	for _, r := range all {
		memory := "–"
		if mb := median(r.Memory); mb != absent {
			memory = fmt.Sprintf("%.0f", mb)
		}
		fmt.Fprintf(t, "%s\t%d\t%.0f\t%.0f\t%s\t\n", r.What, r.Frames, median(r.Blocking), median(r.Longest), memory)
	}
	return t.Flush()
}
