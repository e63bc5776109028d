package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"

	"sharh/app/site/hosting"
	"sharh/web/webtest/bench/synthetic"
)

// Large is what it costs to have a map of 150 actors and 400 relations.
type Large struct {
	Build  Took      `json:"build"`  // the first build, which lays out every scene
	Actors []float64 `json:"actors"` // a choice on its map, once live, on the phone profile, ms
	Keys   []float64 `json:"keys"`   // a key in its search
}

// mostLarge are the budgets: for the first build, which does more than the layout, in s, and for a choice, in ms.
var mostLarge = struct{ build, actor float64 }{60, 200}

// large measures with a synthetic explainer, in the folder work, whose content, cache and site it removes before.
func large(ctx context.Context, tool, work string, runs int) (*Large, error) {
	folder := func(name string) string { return filepath.Join(work, name) }
	if err := os.RemoveAll(work); err != nil {
		return nil, fmt.Errorf("removing what an earlier run made: %w", err)
	}
	const slug = "large"
	for name, data := range synthetic.Large(1) {
		path := filepath.Join(folder("content"), slug, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("writing a large map: %w", err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return nil, fmt.Errorf("writing a large map: %w", err)
		}
	}
	l, err := &Large{}, error(nil)
	if l.Build, err = took(ctx, tool, "build", "--content", folder("content"), "--cache", folder("cache"),
		"--out", folder("dist")); err != nil {
		return nil, err
	}
	doc, err := readStory(folder("dist"), slug)
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(hosting.Handler(os.DirFS(folder("dist"))))
	defer server.Close()
	s := Site{Title: slug, URL: server.URL + "/" + slug + "/", js: sharhJS}
	s.Actors, s.Name = busiest(doc, 8)
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

func (l *Large) verdicts() (all []Verdict) {
	for _, x := range []struct {
		what      string
		limit, is float64
	}{
		{"the first build with 150 actors and 400 relations, s", mostLarge.build, l.Build.Seconds},
		{"an actor chosen there, phone, ms", mostLarge.actor, median(l.Actors)},
	} {
		if x.is != absent { // there may be no phone
			all = append(all, Verdict{What: x.what, Limit: x.limit, Is: x.is, Kept: x.is <= x.limit})
		}
	}
	return all
}

// print writes what was measured for a terminal.
func (l *Large) print(w io.Writer) {
	fmt.Fprintf(w, "150 actors, 400 relations: first build %.1f s (%.1f s of CPU)", l.Build.Seconds, l.Build.CPU)
	if len(l.Actors) > 0 {
		fmt.Fprintf(w, "; on the phone an actor %.0f ms (slowest %.0f), a key %.0f ms",
			median(l.Actors), worst(l.Actors), median(l.Keys))
	}
	fmt.Fprintln(w)
}
