// Bench measures Sharh's first page in a real browser against the page that a newsroom assembles today from npm
// packages (package peers), both with the same content, served the same way, in the same runs, one after the other.
//
//	go run ./web/webtest/bench            # after make build; or make bench
//	go run ./web/webtest/bench -runs 1 -look build
//	go run ./web/webtest/bench -markdown  # ends with the small table for README
//	go run ./web/webtest/bench -desk -explainers 1000  # nothing but what the tool takes with a thousand explainers, and
//	                                                   # with one that is large; 0 for that one alone
//	go run ./web/webtest/bench -map -runs 3  # nothing but the use of the map, and of the search
//	go run ./web/webtest/bench -frames    # nothing but pages with fifty frames
//	go run ./web/webtest/bench -long      # nothing but what a long visit leaves behind
//	go run ./web/webtest/bench -moments   # nothing but where the time of each moment goes; writes MOMENTS.md
//	go run ./web/webtest/bench -line      # nothing but visits through nginx and a slow line, and the next pages
//	go run ./web/webtest/bench -load      # nothing but nginx under load; or make bench-load
//
// Each run visits each page on two profiles, a phone (a quarter of this machine's speed, 150 ms and 1.6 Mbit/s) and a
// desktop (20 ms and 40 Mbit/s), with empty caches. A visit is five browsers: three in which a call, a step and an
// actor are clicked as early as can be, one in which the page is left alone until its largest paint, then scrolled
// through both figures, waited for, and clicked, and one in which the map and the search are used. What each figure is,
// measures and Visit say; the budgets are in measures, too.
//
// The browser emulates its line request by request: connections cost nothing, and what comes ahead comes at once. So
// there are visits through nginx, TLS, HTTP/2 and a slow line, too (relay), and by them the way to the next page is
// measured.
//
// The medians go to the terminal, everything to a JSON file. A missed budget is said and is no failure, because
// machines are noisy; what could not be measured is one.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"sharh/app/site/hosting"
	"sharh/app/story"
	"sharh/web/webtest"
	"sharh/web/webtest/peers"
	"sharh/web/webtest/server"
)

// Report is the JSON file.
type Report struct {
	Date     time.Time         `json:"date"`
	Cores    int               `json:"cores"`
	MemoryMB int               `json:"memoryMB"` // 0 where the system does not say
	Go       string            `json:"go"`
	Chromium string            `json:"chromium"`
	Runs     int               `json:"runs"`
	Profiles []Profile         `json:"profiles"`
	Medians  map[string]column `json:"medians"` // by profile/page, then measure
	Budgets  []Verdict         `json:"budgets"`
	// CodeCache is how long the client took from being asked for to being compiled in visits with the same caches, ms;
	// CPU slowed as on the phone, line not slowed. Empty where the page does not mark this.
	CodeCache []float64  `json:"codeCache,omitempty"`
	Starts    []*Start   `json:"starts"`
	Lengths   []*Lengths `json:"lengths"`
	Line      *Line      `json:"line,omitempty"`
	Moments   []*moment  `json:"moments,omitempty"`
	Long      *Long      `json:"long,omitempty"`
	Framed    []*Framed  `json:"framed,omitempty"`
	Visits    []*Visit   `json:"visits"`
	Many      *Many      `json:"many,omitempty"`
	Depths    []Depth    `json:"depths,omitempty"`
	Large     *Large     `json:"large,omitempty"`
}

type flags struct {
	dist, slug, work, out, look, only  string
	tool, many, table                  string
	runs, explainers, choices, changes int
	starts, desk, load, maps, markdown bool
	first                              bool
	line, moments, long, frames        bool
}

func main() {
	var f flags
	flag.StringVar(&f.dist, "dist", "dist", "the built site")
	flag.StringVar(&f.slug, "slug", "putin-trump-calls", "the explainer to measure, in its first language")
	flag.StringVar(&f.work, "work", "build/peers", "where the peers' packages and page go")
	flag.StringVar(&f.out, "out", "build/bench.json", "where everything that was measured goes")
	flag.StringVar(&f.look, "look", "",
		"a folder for a picture and a trace of each visit of the first run, which these slow")
	flag.StringVar(&f.only, "only", "", "the one profile to measure: phone or desktop")
	flag.IntVar(&f.runs, "runs", 5, "how many times each page is visited on each profile")
	flag.BoolVar(&f.starts, "starts", false, "measure nothing but starts with a network and, saved, without one")
	flag.StringVar(&f.tool, "tool", "build/sharh", "the program that builds and serves many explainers")
	flag.IntVar(&f.explainers, "explainers", 20,
		"how many synthetic explainers it builds and serves; 1000 take 35 GB and a quarter of an hour; 0 for none")
	flag.StringVar(&f.many, "many", "build/many", "where they and what was made of them go")
	flag.BoolVar(&f.desk, "desk", false, "measure nothing but that")
	flag.BoolVar(&f.load, "load", false, "measure nothing but nginx under load, with -runs of ten seconds each")
	flag.BoolVar(&f.line, "line", false, "measure nothing but visits through nginx and a slow line, and the next pages")
	flag.BoolVar(&f.frames, "frames", false, "measure nothing but pages with fifty frames")
	flag.BoolVar(&f.long, "long", false, "measure nothing but what a long visit leaves behind")
	flag.IntVar(&f.choices, "choices", 2000, "how many choices a long visit makes")
	flag.IntVar(&f.changes, "changes", 50, "how often it changes the language")
	flag.BoolVar(&f.moments, "moments", false, "measure nothing but where the time of each moment goes")
	flag.StringVar(&f.table, "table", "web/webtest/bench/MOMENTS.md", "where the table of moments is kept")
	flag.BoolVar(&f.maps, "map", false, "measure nothing but the use of the map and of the search")
	flag.BoolVar(&f.first, "first", false, "measure nothing but how early clicks are answered")
	flag.BoolVar(&f.markdown, "markdown", false, "also print the small table for README")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, f); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, f flags) error {
	if f.runs < 1 {
		return errors.New("-runs must be at least 1")
	}
	if f.only != "" {
		profiles = slices.DeleteFunc(profiles, func(p Profile) bool { return p.Name != f.only })
		if len(profiles) == 0 {
			return fmt.Errorf("-only %s: there is phone, and desktop", f.only)
		}
	}
	if f.load {
		return load(ctx, f)
	}
	if f.line {
		l, err := throughLine(ctx, f)
		if err != nil {
			return err
		}
		return l.print(os.Stdout)
	}
	if f.maps {
		measures = slices.DeleteFunc(measures, func(m Measure) bool { return !m.Map })
	}
	r := &Report{
		Date: time.Now().UTC().Truncate(time.Second), Cores: runtime.NumCPU(), MemoryMB: memory(),
		Go: runtime.Version(), Chromium: chromium(ctx), Runs: f.runs, Profiles: profiles,
	}
	if f.first {
		measures = slices.DeleteFunc(measures, func(m Measure) bool { return !strings.HasPrefix(m.Key, "answer") })
		if err := r.visit(ctx, f); err != nil {
			return err
		}
		r.Medians = columns(r.Visits)
		r.Budgets = verdicts(r.Medians, nil)
		return errors.Join(write(f.out, r), r.print(f))
	}
	var err error
	if f.frames {
		if r.Framed, err = framePages(ctx, f); err != nil {
			return err
		}
		return printFramed(os.Stdout, r.Framed)
	}
	if f.long {
		if r.Long, err = longVisit(ctx, f, f.choices, f.changes); err != nil {
			return err
		}
		return r.Long.print(os.Stdout)
	}
	if f.moments {
		if r.Moments, err = moments(ctx, f); err != nil {
			return err
		}
		return r.keepMoments(f.table)
	}
	if !f.starts && !f.maps && f.explainers > 0 {
		fmt.Fprintf(os.Stderr, "building and serving %d synthetic explainers\n", f.explainers)
		if r.Many, err = many(ctx, f.tool, f.many, f.explainers); err != nil {
			return err
		}
	}
	if !f.starts && !f.desk {
		if err := r.visit(ctx, f); err != nil {
			return err
		}
	}
	for _, p := range profiles {
		if f.desk || f.maps {
			break
		}
		fmt.Fprintln(os.Stderr, "starts with a network and, saved, without one: "+p.Name)
		s, err := starts(ctx, f.dist, "/"+f.slug+"/", p, f.runs)
		if err != nil {
			return err
		}
		r.Starts = append(r.Starts, s)
	}
	r.Medians = columns(r.Visits)
	r.Budgets = verdicts(r.Medians, r.Starts)
	if !f.starts && !f.desk && !f.maps {
		if r.Moments, err = moments(ctx, f); err != nil {
			return err
		}
		if r.Long, err = longVisit(ctx, f, f.choices, f.changes); err != nil {
			return err
		}
		if r.Framed, err = framePages(ctx, f); err != nil {
			return err
		}
		r.Line, err = throughLine(ctx, f)
		if errors.Is(err, server.ErrMissing) {
			fmt.Fprintln(os.Stderr, "not measured: what goes through a real server: ", err)
		} else if err != nil {
			return err
		}
	}
	if !f.starts && !f.desk {
		if r.Depths, err = depths(f.dist, f.slug); err != nil {
			return err
		}
		for _, d := range r.Depths {
			r.Budgets = append(r.Budgets, d.verdict())
		}
	}
	if !f.starts {
		fmt.Fprintln(os.Stderr, "building and serving a large explainer: "+largest)
		runs := f.runs
		if f.desk {
			runs = 0
		}
		if r.Large, err = large(ctx, f.tool, f.work+"-large", runs); err != nil {
			return errors.Join(r.print(f), err)
		}
		r.Budgets = append(r.Budgets, r.Large.verdicts()...)
	}
	if r.Many != nil {
		r.Budgets = append(r.Budgets, r.Many.verdicts(r.Many.name(), atMost)...)
	}
	if err := write(f.out, r); err != nil {
		return err
	}
	return r.print(f)
}

// visit makes all visits, and those that show what the browser keeps of the compiled client.
func (r *Report) visit(ctx context.Context, f flags) error {
	sites, stop, err := serve(ctx, f)
	if err != nil {
		return err
	}
	defer stop()
	parts := parts
	switch {
	case f.maps:
		parts = []part{mapPart}
	case f.first:
		parts = firstParts
	}
	for n := 1; n <= f.runs; n++ {
		for _, p := range profiles {
			for _, s := range sites {
				look := ""
				if n == 1 {
					look = f.look
				}
				fmt.Fprintf(os.Stderr, "run %d of %d: %s, %s\n", n, f.runs, p.Name, s.Title)
				v, err := visit(ctx, p, s, parts, n, look)
				if err != nil {
					return err
				}
				r.Visits = append(r.Visits, v)
			}
		}
	}
	if f.maps || f.first {
		return nil
	}
	for _, p := range profiles {
		fmt.Fprintln(os.Stderr, "with and without guessed lengths: "+p.Name)
		l, err := lengths(ctx, sites[0], p, f.runs)
		if err != nil {
			return err
		}
		r.Lengths = append(r.Lengths, l)
	}
	fmt.Fprintln(os.Stderr, "the client's second and third visit")
	cache, err := codeCache(ctx, sites[0], 3)
	if err != nil {
		return err
	}
	r.CodeCache = present(cache)
	return nil
}

// print prints the medians, and which budgets they keep.
func (r *Report) print(f flags) error {
	fmt.Printf("medians of %d runs; %d cores, %s, %s\n", r.Runs, r.Cores, r.Chromium, r.Go)
	disturbed := 0
	for _, v := range r.Visits {
		if v.Busy > 0.25 {
			disturbed++
		}
	}
	if disturbed > 0 {
		fmt.Printf("this machine was busy with other things before %d of %d visits: do not trust times\n",
			disturbed, len(r.Visits))
	}
	if len(r.Visits) > 0 {
		fmt.Println()
		if err := table(os.Stdout, profiles, r.Medians); err != nil {
			return err
		}
	}
	if len(r.CodeCache) > 0 {
		fmt.Printf("\nfetching and compiling the client, line not slowed, "+
			"visit after visit with the same caches: %.0f ms\n", r.CodeCache)
	}
	for _, s := range r.Starts {
		on, off := median(s.Online), median(s.Offline)
		fmt.Printf("\nopened again on the %s, largest paint: "+
			"%.0f ms with a network, %.0f ms saved and without one; ratio %.2f\n", s.Profile, on, off, off/on)
	}
	for _, l := range r.Lengths {
		fmt.Printf("\n%v\n", l)
	}
	if r.Moments != nil {
		fmt.Println()
		if err := r.keepMoments(f.table); err != nil {
			return err
		}
	}
	if r.Long != nil {
		fmt.Println()
		if err := r.Long.print(os.Stdout); err != nil {
			return err
		}
	}
	if r.Framed != nil {
		fmt.Println()
		if err := printFramed(os.Stdout, r.Framed); err != nil {
			return err
		}
	}
	if r.Line != nil {
		fmt.Println()
		if err := r.Line.print(os.Stdout); err != nil {
			return err
		}
	}
	for _, d := range r.Depths {
		fmt.Printf("\n%s: scenes %.1f KB, search %.1f KB\n", d.File, d.Scenes, d.Search)
	}
	if r.Large != nil {
		fmt.Println()
		if err := r.Large.print(os.Stdout); err != nil {
			return err
		}
	}
	if r.Many != nil {
		fmt.Println()
		if err := r.Many.table(os.Stdout, r.Many.name()); err != nil {
			return err
		}
	}
	fmt.Println()
	budgets(os.Stdout, r.Budgets, r.Moments)
	if f.markdown {
		fmt.Println()
		markdown(os.Stdout, r.Medians)
	}
	fmt.Printf("\neverything: %s\n", f.out)
	return nil
}

func write(name string, r *Report) error {
	data, err := json.MarshalIndent(r, "", "\t")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(name), 0o755)
	}
	if err == nil {
		err = os.WriteFile(name, append(data, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// folders makes the peers' page from the built site's story, and copies the built site: building it again meanwhile
// disturbs nothing. The caller must remove ours.
func folders(ctx context.Context, f flags) (ours, theirs string, err error) {
	doc, err := readStory(f.dist, f.slug)
	if err != nil {
		return "", "", err
	}
	modules, err := peers.Install(ctx, f.work)
	if err != nil {
		return "", "", err
	}
	theirs = filepath.Join(f.work, "site")
	if err := peers.Write(theirs, modules, doc); err != nil {
		return "", "", err
	}
	if ours, err = os.MkdirTemp("", "sharh-bench-dist-"); err == nil {
		err = os.CopyFS(ours, os.DirFS(f.dist))
	}
	if err != nil {
		return "", "", errors.Join(fmt.Errorf("copying the built site: %w", err), os.RemoveAll(ours))
	}
	return ours, theirs, nil
}

// serve serves both pages, each from an address of its own.
func serve(ctx context.Context, f flags) (sites []Site, stop func(), err error) {
	doc, err := readStory(f.dist, f.slug)
	if err != nil {
		return nil, nil, err
	}
	ours, theirs, err := folders(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	stops := []func(){func() { _ = os.RemoveAll(ours) }}
	end := func() {
		for _, s := range stops {
			s()
		}
	}
	actors, name := busiest(doc, 8)
	for _, s := range []struct{ name, folder, path, js string }{
		{"sharh", ours, "/" + f.slug + "/", sharhJS}, {"peers", theirs, "/", peersJS},
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			end()
			return nil, nil, fmt.Errorf("serving %s: %w", s.name, err)
		}
		server := &http.Server{Handler: hosting.Handler(os.DirFS(s.folder))}
		go func() { _ = server.Serve(l) }() // ends with an error by design, when it is closed
		stops = append(stops, func() { _ = server.Close() })
		sites = append(sites, Site{
			Title: s.name, URL: "http://" + l.Addr().String() + s.path, js: s.js, Actors: actors, Name: name,
		})
	}
	return sites, end, nil
}

// readStory reads the whole story of a built explainer, which lies beside its page as data.
func readStory(dist, slug string) (*story.Document, error) {
	data, err := os.ReadFile(filepath.Join(dist, slug, "data", "story.json"))
	if err != nil {
		return nil, fmt.Errorf("reading the built story (make build makes it): %w", err)
	}
	return story.Decode(data)
}

// chromium is the browser's own name and version.
func chromium(ctx context.Context) string {
	name, err := webtest.Find()
	if err != nil {
		return ""
	}
	out, err := exec.CommandContext(ctx, name, "--version").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
