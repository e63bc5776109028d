package main

import (
	"bytes"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"sharh/app/site"
	"sharh/app/site/budget"
	"sharh/app/site/page"
)

// asItComes are the prices and assumptions that are used if none is given.
func asItComes(t *testing.T) (p prices) {
	t.Helper()
	var line commandLine
	parser, err := kong.New(&line, kong.Bind(new(Main)), defaults)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"cost"}); err != nil {
		t.Fatal(err)
	}
	return line.Cost.prices
}

// written are the figures of the first table of COST.md.
func written(t *testing.T, doc string) (w weighed) {
	t.Helper()
	row := regexp.MustCompile(`(?m)^\| (page|story|fonts, icon, style for paper|client) \| (\d+) \| (\d+) \|`)
	for _, found := range row.FindAllStringSubmatch(doc, -1) {
		requests, _ := strconv.ParseFloat(found[2], 64)
		bytes, _ := strconv.ParseFloat(found[3], 64)
		*map[string]*budget.Traffic{
			"page": &w.Page, "story": &w.Own, "fonts, icon, style for paper": &w.Fonts, "client": &w.Client,
		}[found[1]] = budget.Traffic{Requests: requests, Bytes: bytes}
	}
	if found := regexp.MustCompile(`An explainer takes ([\d.]+) MB`).FindStringSubmatch(doc); found != nil {
		mb, _ := strconv.ParseFloat(found[1], 64)
		w.stored = mb * 1e6
	}
	return w
}

// The page of costs has what the program prints: all that follows from its first table exactly, and that table as far
// as an explainer of tests, compressed quickly, can tell.
func TestCostsAreWhatTheProgramPrints(t *testing.T) {
	data, err := os.ReadFile("../../app/site/publish/COST.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := written(t, string(data))
	var printed bytes.Buffer
	if err := asItComes(t).print(&printed, doc); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), printed.String()) {
		t.Errorf("COST.md is not what sharh cost prints; print it again. From its first table follows:\n%s", printed.String())
	}

	program, script := compileClient(t)
	flags := siteFlags{
		contentFlags: contentFlags{Content: contentDir, Slugs: []string{"eight-calls"}}, Base: "/",
		clientFlags: clientFlags{Client: program, Exec: script},
	}
	m := Main{Stdout: &printed, Stderr: &printed}
	explainers, err := m.publishable(flags)
	if err != nil {
		t.Fatal(err)
	}
	planned, err := flags.plan(explainers, true, site.Share{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := planned.Files()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := planned.Pages()
	if err != nil {
		t.Fatal(err)
	}
	var own budget.View
	for _, p := range pages {
		if p.Kind == page.Explainer && p.Path == "eight-calls/index.html" {
			own = budget.ViewOf(files, p)
		}
	}
	for name, c := range map[string][2]budget.Traffic{
		"page": {doc.Page, own.Page}, "story": {doc.Own, own.Own}, "fonts": {doc.Fonts, own.Fonts}, "client": {doc.Client, own.Client},
	} {
		if c[0].Requests != c[1].Requests || math.Abs(math.Log(c[0].Bytes/c[1].Bytes)) > math.Log(1.35) {
			t.Errorf("%s: COST.md has %.0f, a site of tests %.0f; print it again", name, c[0], c[1])
		}
	}
}

func TestCost(t *testing.T) {
	view := budget.View{
		Page: budget.Traffic{Requests: 1, Bytes: 40_000}, Own: budget.Traffic{Requests: 2, Bytes: 60_000},
		Fonts: budget.Traffic{Requests: 4, Bytes: 100_000}, Client: budget.Traffic{Requests: 3, Bytes: 1_000_000},
	}
	p := prices{GB: 0.1, Requests: 0.02, Stored: 0.5, Visits: 2, Different: 4, Explainers: 1000}
	for name, c := range map[string]struct {
		views         float64
		different     bool
		requests, all float64
	}{
		"one view":                         {1, false, 10, 1_200_000},
		"two views of one explainer":       {2, false, 11, 1_200_400},
		"four of as many explainers":       {4, true, 19, 1_500_000},
		"one view where there are several": {1, true, 10, 1_200_000},
	} {
		if got := p.reader(view, c.views, c.different); got.Requests != c.requests || got.Bytes != c.all {
			t.Errorf("%s: got %v", name, got)
		}
	}
	// Half a million readers, and a store of 2 GB; a quarter of a million, and one of 2,000 GB.
	for explainers, want := range map[float64]float64{1: 500_000*1_200_400/1e9*0.1 + 500_000*11/1e4*0.02 + 1, 1000: 250_000*1_500_000/1e9*0.1 + 250_000*19/1e4*0.02 + 1000} {
		if _, got := p.million(weighed{view, 2e9}, explainers); math.Abs(got-want) > 1e-6 {
			t.Errorf("a million views of %.0f explainers: got %.2f, want %.2f", explainers, got, want)
		}
	}
}
