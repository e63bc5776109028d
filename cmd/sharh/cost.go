package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"sharh/app/site/budget"
	"sharh/app/site/page"
)

type costCommand struct {
	siteFlags
	prices
}

// prices are what the figures of a cost are computed from. Those that are no prices are assumptions.
type prices struct {
	GB         float64 `name:"gb" help:"Price of a gigabyte (10^9 bytes) from the CDN to a reader." default:"0.085"`
	Requests   float64 `help:"Price of 10,000 requests to the CDN." default:"0.01"`
	Stored     float64 `help:"Price of a gigabyte that is stored for a month." default:"0.02"`
	Visits     float64 `help:"How often a reader views an explainer while the browser keeps its files." default:"1.5"`
	Different  float64 `help:"How many explainers a reader of the site views while the browser keeps the client." default:"5"`
	Explainers float64 `help:"How many explainers share the client." default:"1000"`
	Peak       float64 `help:"How many times the average the busiest minute is." default:"20"`
	Places     float64 `help:"At how many places the CDN keeps files of its own." default:"100"`
}

// Run prints the tables of app/site/publish/COST.md for the first explainer, in its default language.
func (c *costCommand) Run(m *Main) error {
	pages, files, err := m.weighable(c.siteFlags)
	if err != nil {
		return err
	}
	stored, slugs := 0.0, map[string]bool{}
	for _, p := range pages {
		if slug, _, _ := strings.Cut(p.Path, "/"); p.Kind == page.Explainer {
			slugs[slug] = true
		}
	}
	for _, name := range files.Paths() {
		stored += float64(len(files[name])) / float64(len(slugs))
	}
	for _, p := range pages {
		if p.Kind == page.Explainer {
			return c.print(m.Stdout, weighed{budget.ViewOf(files, p), math.Round(stored/1e5) * 1e5})
		}
	}
	return fmt.Errorf("no explainer has a page")
}

// weighed is what is known of a site: the first view of an explainer, and the bytes that one takes in a store, all its
// languages, pictures and compressed forms included.
type weighed struct {
	budget.View
	stored float64
}

// unchanged is the answer to a browser that asks whether a page has changed: headers, about this many bytes.
const unchanged = 400

// reader is what one reader transfers in several views: of one explainer, or each of another one.
func (p prices) reader(v budget.View, views float64, different bool) budget.Traffic {
	all := v.Fonts.Plus(1, v.Client)
	if different {
		return all.Plus(views, v.Page).Plus(views, v.Own)
	}
	return all.Plus(1, v.Page).Plus(1, v.Own).Plus(views-1, budget.Traffic{Requests: 1, Bytes: unchanged})
}

// million is what a million views transfer, and cost with what is stored.
func (p prices) million(s weighed, explainers float64) (t budget.Traffic, price float64) {
	views := p.Visits
	if explainers > 1 {
		views = p.Different
	}
	t = budget.Traffic{}.Plus(1e6/views, p.reader(s.View, views, explainers > 1))
	return t, t.Bytes/1e9*p.GB + t.Requests/1e4*p.Requests + explainers*s.stored/1e9*p.Stored
}

// print prints the tables, as Markdown.
func (p prices) print(w io.Writer, s weighed) (err error) {
	line := func(format string, args ...any) {
		_, failed := fmt.Fprintf(w, format+"\n", args...)
		err = cmp.Or(err, failed)
	}
	line("| A first view | Requests | Bytes | Kept by browsers |\n|---|--:|--:|---|")
	for _, row := range []struct {
		name, kept string
		budget.Traffic
	}{
		{"page", "asked about at each view", s.Page}, {"story", "for good, for this explainer", s.Own},
		{"fonts, icon, style for paper", "for good, for all explainers", s.Fonts},
		{"client", "for good, for all explainers", s.Client},
	} {
		line("| %s | %.0f | %.0f | %s |", row.name, row.Requests, row.Bytes, row.kept)
	}
	read, whole := s.Page.Plus(1, s.Fonts), p.reader(s.View, 1, false)
	line("| together, without the client | %.0f | %.0f | |", read.Requests, read.Bytes)
	line("| together | %.0f | %.0f | |", whole.Requests, whole.Bytes)
	line("\nAn explainer takes %.1f MB in a store.\n", s.stored/1e6)

	line("| A million views | KB a view | Requests a view | Answered by the CDN alone | Price |\n|---|--:|--:|--:|--:|")
	for _, row := range []struct {
		name       string
		explainers float64
	}{
		{fmt.Sprintf("of one explainer, %.1f by each reader", p.Visits), 1},
		{fmt.Sprintf("of %.0f explainers that share a client, %.0f of them by each reader", p.Explainers, p.Different),
			p.Explainers},
	} {
		t, price := p.million(s, row.explainers)
		// The CDN asks the origin about each page; whatever has a hash in its name it has.
		line("| %s | %.1f | %.1f | %.0f %% | %.2f |", row.name, t.Bytes/1e9, t.Requests/1e6,
			100*(1-1e6/t.Requests), price)
	}

	line("\n| Views a month | Views/s at the peak | Gbit/s from the CDN | Requests/s to the origin | Price a month |")
	line("|--:|--:|--:|--:|--:|")
	for _, times := range []float64{1, 10, 100, 1000} {
		t, price := p.million(s, 1)
		const month = 30 * 24 * 3600
		peak := times * 1e6 / month * p.Peak
		line("| %.0f million | %.0f | %.1f | %.0f | %.0f |",
			times, peak, peak*t.Bytes/1e6*8/1e9, peak, (price-s.stored/1e9*p.Stored)*times+s.stored/1e9*p.Stored)
	}
	line("\nPrices: %g a GB, %g for 10,000 requests, %g a GB stored for a month. The peak is %.0f times the average.",
		p.GB, p.Requests, p.Stored, p.Peak)
	line("What is new after a publication, %.0f places of the CDN fetch once: %.1f GB if all of an explainer is new.",
		p.Places, p.Places*s.stored/1e9)
	return err
}
