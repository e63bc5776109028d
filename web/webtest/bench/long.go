package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"sharh/web/webtest/long"
)

// Long is what there is in a page after long use: its own nodes and listeners, and memory.
type Long struct {
	Rows []LongRow `json:"rows"`
}

// LongRow is what there is after something was done.
type LongRow struct {
	After string `json:"after"`
	long.Counts
	long.Memory
}

// still is how long a page is left alone. In an hour the same happens sixty times.
const still = time.Minute

// longVisit makes choices, leaves the page alone, and changes the language again and again, on the desktop: what is
// left behind does not depend on how fast it is.
func longVisit(ctx context.Context, f flags, choices, changes int) (*Long, error) {
	sites, stop, err := serve(ctx, f)
	if err != nil {
		return nil, err
	}
	defer stop()
	s := sites[0]
	s.js += long.Script
	p := Profile{Name: "desktop", Width: 1280, Height: 900, Scale: 1, CPU: 1}
	t, done, err := open(ctx, p, s)
	if err != nil {
		return nil, err
	}
	defer done()
	l := &Long{}
	measure := func(format string, values ...any) error {
		c, m, err := long.Measure(t.ctx)
		if err != nil {
			return err
		}
		l.Rows = append(l.Rows, LongRow{fmt.Sprintf(format, values...), c, m})
		fmt.Fprintln(os.Stderr, "long visit: "+l.Rows[len(l.Rows)-1].After)
		return nil
	}
	ready := func() error {
		return t.until("the page is live and idle", `performance.getEntriesByName("sharh:ahead").length`)
	}
	if err := t.goTo(s.URL); err != nil {
		return nil, err
	}
	if err := ready(); err != nil {
		return nil, err
	}
	if err := measure("nothing"); err != nil {
		return nil, err
	}
	const rows = 5
	for i := 1; i <= rows; i++ {
		if err := long.Use(t.ctx, choices/rows); err != nil {
			return nil, err
		}
		if err := measure("%d choices", choices*i/rows); err != nil {
			return nil, err
		}
	}
	if err := pause(ctx, still); err != nil {
		return nil, err
	}
	if err := measure("%v of nothing", still); err != nil {
		return nil, err
	}
	for i := 1; i <= changes; i++ {
		var lang string
		if err := t.eval(`(a => { a.click(); return a.hreflang; })(document.querySelector(".tools a[hreflang]"))`,
			&lang); err != nil {
			return nil, err
		}
		if err := t.until("the page is in the other language",
			fmt.Sprintf("document.documentElement?.lang === %q", lang)); err != nil {
			return nil, err
		}
		if err := ready(); err != nil {
			return nil, err
		}
		if i%max(2, changes/rows/2*2) == 0 { // in the first language again
			if err := measure("%d changes of the language", i); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

func (l *Long) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "after\tnodes\tlisteners\tdocuments\theld by Go\ttimers\tJS, MB\tGo, MB\tscripts ran, s\t")
	for _, r := range l.Rows {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%.1f\t%.1f\t%.1f\t\n", r.After, r.Nodes, r.Listeners, r.Documents,
			r.Values, r.Timers, r.JS/1e6, r.Go/1e6, r.Script)
	}
	return t.Flush()
}
