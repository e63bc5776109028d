package site_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sharh/app/site"
	"sharh/app/site/budget"
	"sharh/app/site/sitetest"
	"sharh/app/story"
)

// lazily are explainers that say when they are loaded. Their keys are those that are given, or their slugs.
func lazily(t *testing.T, loaded *[]string, keys map[string]string, failure error) []site.Explainer {
	t.Helper()
	var all []site.Explainer
	for _, e := range sitetest.Explainers(t) {
		key := "key of " + e.Slug
		if k, ok := keys[e.Slug]; ok {
			key = k
		}
		all = append(all, site.Explainer{Slug: e.Slug, Key: key, Load: func() ([]*story.Document, []site.Screenshot, error) {
			*loaded = append(*loaded, e.Slug)
			return e.Stories, nil, failure
		}})
	}
	return all
}

// What was planned for a key is not planned again, and is the same to the last byte as if it were.
func TestExplainersAreKept(t *testing.T) {
	for _, o := range []site.Options{
		{Base: "https://example.org/x/", Single: true}, {Base: "/", App: site.AppSite}, {Base: "/", App: site.AppOff},
	} {
		o.Cache = t.TempDir()
		var loaded []string
		plan := func(explainers []site.Explainer) (sitetest.Planned, []string) {
			t.Helper()
			loaded = nil
			planned := sitetest.Plan(t, explainers, o)
			slices.Sort(loaded)
			return planned, loaded
		}
		uncached, _ := plan(sitetest.Explainers(t))
		weights, err := budget.Weigh(uncached.Files, uncached.Pages)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range [][]string{{"eight-calls", "sample"}, nil, nil} {
			got, loaded := plan(lazily(t, &loaded, nil, nil))
			if !slices.Equal(loaded, want) {
				t.Errorf("%+v, plan %d: loaded %v, want %v", o, i, loaded, want)
			}
			if !maps.EqualFunc(got.Files, uncached.Files, bytes.Equal) {
				t.Errorf("%+v, plan %d: the files are not those of a plan without a cache", o, i)
			}
			if w, err := budget.Weigh(got.Files, got.Pages); err != nil || !slices.Equal(w, weights) {
				t.Errorf("%+v, plan %d: the weights are not those of a plan without a cache: %v", o, i, err)
			}
		}
	}
}

// Whatever an explainer is made from, when it changes the explainer is planned again.
func TestExplainersArePlannedAgain(t *testing.T) {
	folder := t.TempDir()
	var loaded []string
	base := site.Options{Base: "/", Cache: folder}
	both := []string{"eight-calls", "sample"}
	for _, c := range []struct {
		what       string
		explainers []site.Explainer
		client     site.Client
		options    site.Options
		want       []string
	}{
		{"at first", lazily(t, &loaded, nil, nil), sitetest.Client, base, both},
		{"nothing", lazily(t, &loaded, nil, nil), sitetest.Client, base, nil},
		{"one key", lazily(t, &loaded, map[string]string{"sample": "another"}, nil), sitetest.Client, base, []string{"sample"}},
		{"no key", lazily(t, &loaded, map[string]string{"sample": ""}, nil), sitetest.Client, base, []string{"sample"}},
		{"the client", lazily(t, &loaded, nil, nil), site.Client{Wasm: []byte("\x00asm2"), Exec: sitetest.Client.Exec}, base, both},
		{"its script", lazily(t, &loaded, nil, nil), site.Client{Wasm: sitetest.Client.Wasm, Exec: []byte("var y = 1;")}, base, both},
		{"the base", lazily(t, &loaded, nil, nil), sitetest.Client, site.Options{Base: "/x/", Cache: folder}, both},
		{"the app", lazily(t, &loaded, nil, nil), sitetest.Client, site.Options{Base: "/", Cache: folder, App: site.AppOff}, both},
		{"single files", lazily(t, &loaded, nil, nil), sitetest.Client, site.Options{Base: "/", Cache: folder, Single: true}, both},
		{"the first, which the demo page shows", lazily(t, &loaded, nil, nil)[1:], sitetest.Client, base, []string{"sample"}},
		{"the cache", lazily(t, &loaded, nil, nil), sitetest.Client, site.Options{Base: "/", Cache: t.TempDir()}, both},
		{"no cache", lazily(t, &loaded, nil, nil), sitetest.Client, site.Options{Base: "/"}, both},
	} {
		loaded = nil
		c.options.Quick, c.options.NoPictures = true, true
		if _, err := site.Plan(c.explainers, c.client, c.options); err != nil {
			t.Fatal(err)
		}
		if slices.Sort(loaded); !slices.Equal(loaded, c.want) {
			t.Errorf("%s: loaded %v, want %v", c.what, loaded, c.want)
		}
	}
}

func TestExplainersThatCannotBeKept(t *testing.T) {
	options := site.Options{Base: "/", Quick: true, NoPictures: true, Cache: t.TempDir()}
	var loaded []string
	failure := errors.New("no story today")
	for range 2 { // a failure is not kept
		if _, err := site.Plan(lazily(t, &loaded, nil, failure), sitetest.Client, options); !errors.Is(err, failure) {
			t.Errorf("got %v, want the failure of loading", err)
		}
	}
	// A cache that cannot be written costs time, not the site.
	options.Cache = filepath.Join(options.Cache, "file")
	if err := os.WriteFile(options.Cache, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	planned, err := site.Plan(lazily(t, &loaded, nil, nil), sitetest.Client, options)
	if err != nil {
		t.Fatal(err)
	}
	if files, err := planned.Files(); err != nil || files["sample/index.html"] == nil {
		t.Errorf("got %d files, %v", len(files), err)
	}
}
