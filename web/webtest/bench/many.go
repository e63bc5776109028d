package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"sharh/web/webtest/bench/synthetic"
)

// Many is what it costs to work on one explainer, alone or among many.
type Many struct {
	Explainers int       `json:"explainers"`
	First      Took      `json:"first"`  // a build with an empty cache
	Again      []Took    `json:"again"`  // a build after one explainer changed
	Start      Took      `json:"start"`  // from the start of sharh serve to the first page of an explainer
	Saved      []float64 `json:"saved"`  // from a save to the page that has the change, s
	ServedMB   float64   `json:"served"` // the highest memory use of serving
}

// Took is what one run of the program cost.
type Took struct {
	Seconds float64 `json:"s"`
	CPU     float64 `json:"cpu,omitempty"` // s, of all cores; 0 if not measured
	MB      float64 `json:"mb"`            // the most at any time, 0 where the system does not say
}

// limits are the budgets for what was measured.
type limits struct{ first, again, start, saved, builtMB, servedMB float64 }

// atMost are those for a thousand explainers, on two processors. Fewer must keep them too. mostLarge are those for one
// that is as large as can be.
var (
	atMost    = limits{first: 600, again: 3, start: 10, saved: 1, builtMB: 1500, servedMB: 500}
	mostLarge = limits{first: 60, again: 3, start: 10, saved: 1.5, builtMB: 1500, servedMB: 500}
)

// change is a text that is changed again and again, in a file.
type change struct {
	file string
	text *regexp.Regexp // its first group is the words of the text
}

// many measures with synthetic explainers, in the folder work, whose content, cache and site it removes before. What
// changes is the title of one, which is on each of its pages.
func many(ctx context.Context, tool, work string, explainers int) (*Many, error) {
	content, err := emptied(work)
	if err != nil {
		return nil, err
	}
	if err := synthetic.Write(content, explainers, 1); err != nil {
		return nil, err
	}
	one := synthetic.Slug(explainers / 2)
	m := &Many{Explainers: explainers}
	return m, m.measure(ctx, tool, work, one, change{filepath.Join(content, one, "explainer.yaml"), titled})
}

// emptied removes what an earlier run made in the folder work, and returns the folder for content.
func emptied(work string) (string, error) {
	for _, old := range []string{"content", "cache", "dist"} {
		if err := os.RemoveAll(filepath.Join(work, old)); err != nil {
			return "", fmt.Errorf("removing what an earlier run made: %w", err)
		}
	}
	return filepath.Join(work, "content"), nil
}

// measure measures building and serving of the content in the folder work, and a change to one of the explainers.
func (m *Many) measure(ctx context.Context, tool, work, slug string, c change) (err error) {
	content := filepath.Join(work, "content")
	build := func() (Took, error) {
		return took(ctx, tool, "build", "--content", content, "--cache", filepath.Join(work, "cache"),
			"--out", filepath.Join(work, "dist"))
	}
	if m.First, err = build(); err != nil {
		return err
	}
	// The first build may have written a gigabyte; the disk is not to be busy with it any more. Where there is no sync,
	// times are longer.
	_ = exec.CommandContext(ctx, "sync").Run()
	const times = 3
	for range times {
		if err := c.make(); err != nil {
			return err
		}
		again, err := build()
		if err != nil {
			return err
		}
		m.Again = append(m.Again, again)
	}
	return m.serve(ctx, tool, content, slug, c, times)
}

// took runs the program to its end.
func took(ctx context.Context, tool string, args ...string) (Took, error) {
	command := exec.CommandContext(ctx, tool, args...)
	var said strings.Builder
	command.Stdout, command.Stderr = &said, &said
	begin := time.Now()
	if err := command.Start(); err != nil {
		return Took{}, fmt.Errorf("running %s: %w", tool, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	most := 0.0
	for {
		select {
		case err := <-ended:
			if err != nil {
				return Took{}, fmt.Errorf("running %s: %w\n%s", command, err, &said)
			}
			state := command.ProcessState
			return Took{time.Since(begin).Seconds(), (state.UserTime() + state.SystemTime()).Seconds(), most}, nil
		case <-time.After(20 * time.Millisecond):
			most = max(most, peak(command.Process.Pid))
		}
	}
}

// peak is the most memory that a process had so far, in MB; 0 where the system does not say.
func peak(process int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	var kb float64
	_, _ = fmt.Sscan(rest, &kb) // 0 where it is not said
	return kb / 1000
}

// titled finds the title in an explainer.yaml, in its first language.
var titled = regexp.MustCompile(`(?m)^title:\n +\w+: +"?([^"\n]+)`)

// make changes an explainer, as an editor saves: a new file takes the place of the old one. It repeats two words of the
// text, which breaks no rule of the content; which words is left to chance, so that no cache knows the pages from an
// earlier run.
func (c change) make() error {
	data, err := os.ReadFile(c.file)
	if err != nil {
		return fmt.Errorf("changing an explainer: %w", err)
	}
	at := c.text.FindSubmatchIndex(data)
	if at == nil {
		return fmt.Errorf("changing an explainer: no such text in %s", c.file)
	}
	words := strings.Fields(string(data[at[2]:at[3]]))
	for range 2 {
		i := rand.IntN(len(words))
		words = slices.Insert(words, i, words[i])
	}
	changed := slices.Concat(data[:at[2]], []byte(strings.Join(words, " ")), data[at[3]:])
	next := filepath.Join(filepath.Dir(c.file), ".next")
	if err := os.WriteFile(next, changed, 0o644); err != nil {
		return fmt.Errorf("changing an explainer: %w", err)
	}
	if err := os.Rename(next, c.file); err != nil {
		return fmt.Errorf("changing an explainer: %w", err)
	}
	return nil
}

// serve measures sharh serve and what a save takes, with a listener like that of an open page.
func (m *Many) serve(ctx context.Context, tool, content, slug string, c change, times int) error {
	ctx, end := context.WithCancel(ctx)
	command := exec.CommandContext(ctx, tool, "serve", "--content", content, "--port", "0")
	out, err := command.StdoutPipe()
	if err != nil {
		end()
		return fmt.Errorf("serving: %w", err)
	}
	command.Stderr = os.Stderr
	begin := time.Now()
	if err := command.Start(); err != nil {
		end()
		return fmt.Errorf("serving: %w", err)
	}
	defer func() {
		end()
		_ = command.Wait() // it was stopped on purpose
	}()
	lines, address := bufio.NewScanner(out), ""
	for address == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "serving http"); ok {
			address = "http" + strings.Fields(rest)[0]
		}
	}
	if address == "" {
		return errors.New("serving: the program ended and named no address")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // what else it says; ends with it
	page := address + slug + "/"
	if _, err := get(ctx, page); err != nil {
		return err
	}
	m.Start.Seconds = time.Since(begin).Seconds()
	m.Start.MB = peak(command.Process.Pid)
	events, err := ask(ctx, address+"_preview/events?page="+url.QueryEscape(slug+"/index.html"))
	if err != nil {
		return err
	}
	defer events.Close()
	told := bufio.NewScanner(events)
	version, err := versionTold(told, "")
	if err != nil {
		return err
	}
	for range times {
		begin := time.Now()
		if err := c.make(); err != nil {
			return err
		}
		if version, err = versionTold(told, version); err != nil {
			return err
		}
		html, err := get(ctx, page)
		if err != nil {
			return err
		}
		if !strings.Contains(html, `data-version="`+version+`"`) {
			return fmt.Errorf("saving: the page is not of version %s, which it was said to be", version)
		}
		m.Saved = append(m.Saved, time.Since(begin).Seconds())
	}
	m.ServedMB = peak(command.Process.Pid)
	return nil
}

// versionTold waits until the server tells the page that it has a new version.
func versionTold(events *bufio.Scanner, before string) (string, error) {
	for events.Scan() {
		data, ok := strings.CutPrefix(events.Text(), "data: ")
		if !ok {
			continue
		}
		var news struct{ Version string }
		if err := json.Unmarshal([]byte(data), &news); err != nil {
			return "", fmt.Errorf("listening for another version: %w", err)
		}
		if news.Version != before {
			return news.Version, nil
		}
	}
	return "", fmt.Errorf("listening for another version: %w", errors.Join(events.Err(), io.ErrUnexpectedEOF))
}

func ask(ctx context.Context, address string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", address, err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", address, err)
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("asking for %s: %s", address, answer.Status)
	}
	return answer.Body, nil
}

func get(ctx context.Context, address string) (string, error) {
	body, err := ask(ctx, address)
	if err != nil {
		return "", err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", address, err)
	}
	return string(data), nil
}

// rows are the measurements, each with its budgets. If there are several times, the median counts.
func (m *Many) rows(most limits) []manyRow {
	of := func(value func(Took) float64) float64 {
		var all []float64
		for _, t := range m.Again {
			all = append(all, value(t))
		}
		return median(all)
	}
	again := Took{
		of(func(t Took) float64 { return t.Seconds }), of(func(t Took) float64 { return t.CPU }),
		of(func(t Took) float64 { return t.MB }),
	}
	return []manyRow{
		{"the first build", m.First, most.first, most.builtMB},
		{"a build after one changed", again, most.again, most.builtMB},
		{"serve, from its start to the first page", m.Start, most.start, most.servedMB},
		{
			"serve, from a save to the page with it", Took{Seconds: median(m.Saved), MB: m.ServedMB},
			most.saved, most.servedMB,
		},
	}
}

// name is what the explainers are called.
func (m *Many) name() string { return fmt.Sprintf("one of %d explainers", m.Explainers) }

type manyRow struct {
	what string
	took Took
	most float64 // s
	room float64 // the most memory, MB
}

// verdicts judges what was measured of explainers, which of names.
func (m *Many) verdicts(of string, most limits) (all []Verdict) {
	for _, r := range m.rows(most) {
		what := r.what + ", " + of
		all = append(all, Verdict{What: what + ", s", Limit: r.most, Is: r.took.Seconds, Kept: r.took.Seconds <= r.most})
		if r.took.MB > 0 {
			all = append(all, Verdict{What: what + ", MB", Limit: r.room, Is: r.took.MB, Kept: r.took.MB <= r.room})
		}
	}
	return all
}

// table writes what was measured of explainers, which of names, for a terminal.
func (m *Many) table(w io.Writer, of string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s\ts\tCPU, s\tMB\t\n", of)
	cell := func(format string, v float64) string {
		if v == 0 {
			return "–"
		}
		return fmt.Sprintf(format, v)
	}
	for _, r := range m.rows(limits{}) {
		fmt.Fprintf(t, "%s\t%.2f\t%s\t%s\t\n", r.what, r.took.Seconds, cell("%.1f", r.took.CPU), cell("%.0f", r.took.MB))
	}
	return t.Flush()
}
