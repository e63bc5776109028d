package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"

	"sharh/app/site/hosting"
	"sharh/web/webtest/bench/synthetic"
)

// Large is what it costs to have an explainer as large as can be: 150 actors, 400 relations, 200 events and 500
// statements in two languages.
type Large struct {
	Desk   Many      `json:"desk"`   // building and serving it; a change is one of a statement's text
	Actors []float64 `json:"actors"` // a choice on its map, once live, on the phone profile, ms
	Keys   []float64 `json:"keys"`   // a key in its search
}

// largest says how large it is.
const largest = "150 actors, 400 relations, 200 events, 500 statements"

// slowestActor is the budget for a choice, in ms.
const slowestActor = 200

// stated finds the text of a statement, in its first language.
var stated = regexp.MustCompile(`(?m)^ +text:\n +\w+: +"?([^"\n]+)`)

// large measures with a synthetic explainer, in the folder work, whose content, cache and site it removes before. Runs
// are visits in a browser; there may be none.
func large(ctx context.Context, tool, work string, runs int) (*Large, error) {
	content, err := emptied(work)
	if err != nil {
		return nil, err
	}
	const slug = "large"
	for name, data := range synthetic.Large(1) {
		path := filepath.Join(content, slug, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("writing a large explainer: %w", err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return nil, fmt.Errorf("writing a large explainer: %w", err)
		}
	}
	l := &Large{Desk: Many{Explainers: 1}}
	file := filepath.Join(content, slug, "statements.yaml")
	if err := l.Desk.measure(ctx, tool, work, slug, change{file, stated}); err != nil || runs == 0 {
		return l, err
	}
	dist := filepath.Join(work, "dist")
	doc, err := readStory(dist, slug)
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	defer server.Close()
	s := Site{Title: slug, URL: server.URL + "/" + slug + "/", js: sharhJS}
	s.Actors, s.Name = busiest(doc, len(doc.Actors)) // of whom the map at rest shows some
	for _, p := range profiles {
		for n := 0; n < runs && p.Mobile; n++ {
			v, err := visit(ctx, p, s, []part{mapPart}, n+1, "")
			if err != nil {
				return nil, err
			}
			l.Actors, l.Keys = append(l.Actors, v.Actors...), append(l.Keys, v.Keys...)
		}
	}
	return l, nil
}

func (l *Large) verdicts() []Verdict {
	all := l.Desk.verdicts("of "+largest, mostLarge)
	if is := median(l.Actors); is != absent { // there may be no phone
		all = append(all, Verdict{
			What: "an actor chosen there, phone, ms", Limit: slowestActor, Is: is, Kept: is <= slowestActor,
		})
	}
	return all
}

// print writes what was measured for a terminal.
func (l *Large) print(w io.Writer) error {
	if err := l.Desk.table(w, largest); err != nil {
		return err
	}
	if len(l.Actors) > 0 {
		fmt.Fprintf(w, "on the phone an actor takes %.0f ms (slowest %.0f), a key %.0f ms\n",
			median(l.Actors), worst(l.Actors), median(l.Keys))
	}
	return nil
}
