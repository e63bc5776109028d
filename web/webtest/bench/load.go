package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/web/webtest/server"
)

//go:embed load.lua
var loadScript []byte

// View is a set of files that a view of a page asks for.
type View struct {
	Name  string   `json:"name"`
	Paths []string `json:"paths"` // with the ETag after a space where a browser asks whether there is something new

	site string // of which it is a view
	Runs []Load `json:"runs"`
}

// pressed is for how long nginx is under the load of a view.
const pressed = 10 * time.Second

// Load is what nginx did under the load of a view.
type Load struct {
	Requests float64 `json:"requests"`
	Bytes    float64 `json:"bytes"`
	Micros   float64 `json:"us"`
	Lost     float64 `json:"lost"` // errors of connections, answers that were none, and those that took too long
	P50      float64 `json:"p50"`  // of a request, µs, as the others
	P99      float64 `json:"p99"`
	P999     float64 `json:"p999"`
	Max      float64 `json:"max"`
	Busy     float64 `json:"busy"` // share of this machine's cores that were busy before
}

// load measures nginx, with the rules that the build writes, under a bounded load: one thread of wrk with sixteen
// connections. What a view asks for is what a browser asked for. The peers' page is served by the same rules.
func load(ctx context.Context, f flags) error {
	if _, err := exec.LookPath("wrk"); err != nil {
		return fmt.Errorf("load comes from wrk (Debian: apt-get install wrk): %w", err)
	}
	ours, theirs, err := folders(ctx, f)
	if err != nil {
		return err
	}
	defer os.RemoveAll(ours)
	script := filepath.Join(ours, "..", filepath.Base(ours)+".lua")
	defer os.Remove(script)
	if err := os.WriteFile(script, loadScript, 0o644); err != nil {
		return fmt.Errorf("writing the script of wrk: %w", err)
	}
	address := map[string]string{}
	var views []*View
	for _, s := range []struct{ name, folder, path, js string }{
		{"Sharh", ours, "/" + f.slug + "/", sharhJS}, {"peers", theirs, "/", peersJS},
	} {
		nginx, err := startNginx(ctx, server.Nginx, s.folder)
		if err != nil {
			return err
		}
		defer nginx.Stop()
		address[s.name] = nginx.Address
		own, err := viewsOf(ctx, s.name, Site{Title: s.name, URL: nginx.Address + s.path, js: s.js})
		if err != nil {
			return err
		}
		views = append(views, own...)
	}
	for range f.runs {
		for _, v := range views { // one after the other, so that what else this machine does befalls all
			busy, err := calm(ctx)
			if err != nil {
				return err
			}
			l, err := press(ctx, script, address[v.site], pressed, v.Paths)
			if err != nil {
				return fmt.Errorf("loading nginx with %s: %w", v.Name, err)
			}
			l.Busy = busy
			v.Runs = append(v.Runs, l)
		}
	}
	data, err := json.MarshalIndent(views, "", "\t")
	if err == nil {
		err = os.WriteFile(filepath.Join(filepath.Dir(f.out), "load.json"), append(data, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing what was measured: %w", err)
	}
	return loadTable(os.Stdout, views)
}

// startNginx serves a folder by the rules that the build writes.
func startNginx(ctx context.Context, kind server.Kind, folder string) (*server.Server, error) {
	rules := file.Set{}
	if err := hosting.Rules(rules, "/"); err != nil {
		return nil, err
	}
	conf := filepath.Join(folder, "nginx.conf")
	if err := os.WriteFile(conf, rules["nginx.conf"], 0o644); err != nil {
		return nil, fmt.Errorf("writing the rules for nginx: %w", err)
	}
	return server.Start(ctx, kind, folder, conf)
}

// viewsOf visits a page in a browser, and returns what a first view of it asks for, and one of a browser that has all
// that may be kept. Of our page also a view by somebody who only reads, without the client.
func viewsOf(ctx context.Context, name string, s Site) ([]*View, error) {
	desktop := profiles[slices.IndexFunc(profiles, func(p Profile) bool { return p.Name == "desktop" })]
	visit := &Visit{Page: s.Title, Profile: desktop.Name}
	if err := visit.part(ctx, desktop, s, (*tab).read, ""); err != nil {
		return nil, fmt.Errorf("visiting %s: %w", name, err)
	}
	first := &View{Name: name + ", first view", site: name}
	again := &View{Name: name + ", view again", site: name}
	reading := &View{Name: name + ", first view, only read", site: name}
	for _, r := range visit.Requests {
		u, err := url.Parse(r.Path)
		if err != nil || slices.Contains(first.Paths, u.Path) {
			continue
		}
		first.Paths = append(first.Paths, u.Path)
		answer, err := head(ctx, s.URL, u.Path)
		if err != nil {
			return nil, fmt.Errorf("asking for %s: %w", u.Path, err)
		}
		if answer.Get("Cache-Control") != hosting.Table[0].Cache {
			again.Paths = append(again.Paths, u.Path+" "+answer.Get("ETag"))
		}
		if r.Asked <= max(visit.LCP, visit.FCP) {
			reading.Paths = append(reading.Paths, u.Path)
		}
	}
	if len(reading.Paths) < len(first.Paths) && name != "peers" {
		return []*View{first, reading, again}, nil
	}
	return []*View{first, again}, nil
}

// head returns the headers of a file in the form that browsers get.
func head(ctx context.Context, site, path string) (http.Header, error) {
	u, err := url.Parse(site)
	if err != nil {
		return nil, err
	}
	u.Path = path
	r, err := http.NewRequestWithContext(ctx, http.MethodHead, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("got %s", answer.Status)
	}
	return answer.Header, nil
}

// press asks a server for paths, for some seconds.
func press(ctx context.Context, script, address string, long time.Duration, paths []string) (l Load, err error) {
	if len(paths) == 0 {
		return l, errors.New("there is nothing to ask for")
	}
	arguments := []string{"-t1", "-c16", "-d", long.String(), "--timeout", "5s", "-s", script, address, "--"}
	arguments = append(arguments, paths...)
	out, err := exec.CommandContext(ctx, "wrk", arguments...).CombinedOutput()
	if err != nil {
		return l, fmt.Errorf("wrk: %w:\n%s", err, out)
	}
	line := bytes.LastIndex(out, []byte("\n{"))
	if line < 0 {
		return l, fmt.Errorf("wrk has no line of figures:\n%s", out)
	}
	if err := json.Unmarshal(out[line:], &l); err != nil {
		return l, fmt.Errorf("reading the figures of wrk: %w", err)
	}
	return l, nil
}

// figures are the medians of a view's runs.
func (v *View) figures() (views, kb, p50, p99, p999, lost float64) {
	of := func(get func(Load) float64) float64 {
		var all []float64
		for _, l := range v.Runs {
			all = append(all, get(l))
		}
		return median(all)
	}
	n := float64(len(v.Paths))
	for _, l := range v.Runs {
		lost += l.Lost
	}
	return of(func(l Load) float64 { return l.Requests / n / (l.Micros / 1e6) }),
		of(func(l Load) float64 { return l.Bytes / l.Requests * n / 1000 }),
		of(func(l Load) float64 { return l.P50 / 1000 }), of(func(l Load) float64 { return l.P99 / 1000 }),
		of(func(l Load) float64 { return l.P999 / 1000 }), lost
}

// loadTable prints the medians of all views.
func loadTable(out io.Writer, views []*View) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "view\trequests\tKB\tviews/s\tratio\tp50 ms\tp99 ms\tp99.9 ms\tlost\t")
	whole, busy := map[string]float64{}, 0.0
	for _, v := range views {
		rate, _, _, _, _, _ := v.figures()
		if _, known := whole[v.site]; !known {
			whole[v.site] = rate
		}
		for _, l := range v.Runs {
			busy = max(busy, l.Busy)
		}
	}
	for _, v := range views {
		rate, kb, p50, p99, p999, lost := v.figures()
		fmt.Fprintf(w, "%s\t%d\t%.1f\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t\n",
			v.Name, len(v.Paths), kb, rate, rate/whole["peers"], p50, p99, p999, lost)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nratio: to the peers' first view. nginx with one worker, wrk with one thread and 16 connections, "+
		"%s each, medians of %d runs.\n", pressed, len(views[0].Runs))
	if busy > 0.25 {
		fmt.Fprintf(out, "this machine was busy with other things, up to %.0f %%: trust ratios only\n", 100*busy)
	}
	return nil
}
