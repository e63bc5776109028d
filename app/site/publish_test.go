package site_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"sharh/app/site"
	"sharh/app/site/budget"
	"sharh/app/site/file"
	"sharh/app/site/sitetest"
	"sharh/app/story"
)

// lazily makes explainers that record when they are loaded. Their keys are the given ones, or their slugs.
func lazily(t *testing.T, loaded *[]string, keys map[string]string, failure error) []site.Explainer {
	var mu sync.Mutex
	t.Helper()
	var all []site.Explainer
	for _, e := range sitetest.Explainers(t) {
		key := "key of " + e.Slug
		if k, ok := keys[e.Slug]; ok {
			key = k
		}
		all = append(all, site.Explainer{Slug: e.Slug, Key: key, Media: e.Media, Load: func() ([]*story.Document, []site.Screenshot, error) {
			mu.Lock() // explainers are planned side by side
			*loaded = append(*loaded, e.Slug)
			mu.Unlock()
			return e.Stories, nil, failure
		}})
	}
	return all
}

// An explainer with a known key is not planned again, and the files are the same, byte for byte, as if it were.
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

// An explainer is planned again when anything that it is made from changes.
func TestExplainersArePlannedAgain(t *testing.T) {
	folder := t.TempDir()
	var loaded []string
	base := site.Options{Base: "/", Cache: folder}
	both := []string{"eight-calls", "sample"}
	all := func() []site.Explainer { return lazily(t, &loaded, nil, nil) }
	keyed := func(key string) []site.Explainer { return lazily(t, &loaded, map[string]string{"sample": key}, nil) }
	client := sitetest.Client
	for _, c := range []struct {
		what       string
		explainers []site.Explainer
		program    site.Client
		options    site.Options
		want       []string
	}{
		{"at first", all(), client, base, both},
		{"nothing", all(), client, base, nil},
		{"one key", keyed("another"), client, base, []string{"sample"}},
		{"no key", keyed(""), client, base, []string{"sample"}},
		{"the client", all(), site.Client{Wasm: []byte("\x00asm2"), Exec: client.Exec}, base, both},
		{"its script", all(), site.Client{Wasm: client.Wasm, Exec: []byte("var y = 1;")}, base, both},
		{"the base", all(), client, site.Options{Base: "/x/", Cache: folder}, both},
		{"the app", all(), client, site.Options{Base: "/", Cache: folder, App: site.AppOff}, both},
		{"single files", all(), client, site.Options{Base: "/", Cache: folder, Single: true}, both},
		{"the first, which the demo page shows", all()[1:], client, base, []string{"sample"}},
		{"the cache", all(), client, site.Options{Base: "/", Cache: t.TempDir()}, both},
		{"no cache", all(), client, site.Options{Base: "/"}, both},
	} {
		loaded = nil
		c.options.Quick, c.options.NoPictures, c.options.Drafts = true, true, true
		if _, err := site.Plan(c.explainers, c.program, c.options); err != nil {
			t.Fatal(err)
		}
		if slices.Sort(loaded); !slices.Equal(loaded, c.want) {
			t.Errorf("%s: loaded %v, want %v", c.what, loaded, c.want)
		}
	}
}

func TestExplainersThatCannotBeKept(t *testing.T) {
	options := site.Options{Base: "/", Quick: true, NoPictures: true, Drafts: true, Cache: t.TempDir()}
	var loaded []string
	failure := errors.New("no story today")
	for range 2 { // a failure is not kept
		if _, err := site.Plan(lazily(t, &loaded, nil, failure), sitetest.Client, options); !errors.Is(err, failure) {
			t.Errorf("got %v, want the failure of loading", err)
		}
	}
	// If the cache cannot be written, a build takes longer but works.
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

// The parts of the site as a whole reflect all explainers in their current state, cached or not.
func TestTheShelfFollows(t *testing.T) {
	folder := t.TempDir()
	plan := func(explainers []site.Explainer) site.Files {
		t.Helper()
		return sitetest.Plan(t, explainers, site.Options{Base: "/", Cache: folder, App: site.AppSite}).Files
	}
	var loaded []string
	before := plan(lazily(t, &loaded, nil, nil))
	changed := lazily(t, &loaded, map[string]string{"sample": "another"}, nil)
	for i, e := range changed {
		if load := e.Load; e.Slug == "sample" {
			changed[i].Load = func() ([]*story.Document, []site.Screenshot, error) {
				stories, pictures, err := load()
				for _, d := range stories {
					d.Title = "Another title"
				}
				return stories, pictures, err
			}
		}
	}
	loaded = nil
	after := plan(changed)
	if !slices.Equal(loaded, []string{"sample"}) {
		t.Errorf("loaded %v, want what changed", loaded)
	}
	shelf := after["index.html"]
	if !bytes.Contains(shelf, []byte("Another title")) || !bytes.Contains(shelf, []byte("eight-calls/")) {
		t.Errorf("the shelf does not have the explainer as it is now, and the other one:\n%s", shelf)
	}
	if bytes.Equal(before["sw.js"], after["sw.js"]) {
		t.Error("what is saved of the site is of the same version though a page changed")
	}
	for p, data := range before {
		if strings.HasPrefix(p, "eight-calls/") && !bytes.Equal(data, after[p]) {
			t.Errorf("%s is another, though its explainer did not change", p)
		}
	}
	gone := plan(lazily(t, &loaded, nil, nil)[:1]) // eight-calls alone
	for p := range gone {
		if strings.HasPrefix(p, "sample/") {
			t.Errorf("%s is there, though its explainer is gone", p)
		}
	}
	for _, p := range []string{"index.html", "sw.js"} {
		if bytes.Contains(gone[p], []byte("sample/")) {
			t.Errorf("%s still names the explainer that is gone", p)
		}
	}
}

// Whatever happened to a file in the cache, the plan is right: what the file held is made again.
func TestDamagedCache(t *testing.T) {
	folder := t.TempDir()
	var loaded []string
	plan := func() site.Files {
		t.Helper()
		loaded = nil
		return sitetest.Plan(t, lazily(t, &loaded, nil, nil), site.Options{Base: "/", Cache: folder}).Files
	}
	want := plan()
	damage := map[string]func(name string, data []byte) error{
		"a byte is another": func(name string, data []byte) error {
			data[len(data)/2] ^= 1
			return os.WriteFile(name, data, 0o644)
		},
		"cut":   func(name string, data []byte) error { return os.WriteFile(name, data[:len(data)/2], 0o644) },
		"empty": func(name string, data []byte) error { return os.WriteFile(name, nil, 0o644) },
		"gone":  func(name string, data []byte) error { return os.Remove(name) },
		"a folder": func(name string, data []byte) error {
			return errors.Join(os.Remove(name), os.Mkdir(name, 0o755))
		},
	}
	for how, change := range damage {
		n := 0
		if err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			n++
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			return change(name, data)
		}); err != nil || n < 2 {
			t.Fatalf("%s: %d files damaged, %v", how, n, err)
		}
		got := plan()
		if slices.Sort(loaded); !slices.Equal(loaded, []string{"eight-calls", "sample"}) {
			t.Errorf("%s: loaded %v, want both again", how, loaded)
		}
		if !maps.EqualFunc(got, want, bytes.Equal) {
			t.Errorf("%s: the site is another", how)
		}
		if how == "a folder" { // in the way of what would be kept
			folder = t.TempDir()
			plan()
			continue
		}
		if plan(); len(loaded) > 0 {
			t.Errorf("%s: loaded %v once more", how, loaded)
		}
	}
}

// Parts may be planned concurrently; the results are the same as one by one.
func TestPartsPlannedAtTheSameTime(t *testing.T) {
	s, err := site.New(sitetest.Client, site.Options{Base: "/", NoPictures: true, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	all := sitetest.Explainers(t)
	plan := func(i int) (*site.Part, error) { return s.Explainer(all[i%len(all)], i%len(all) == 0) }
	var want []*site.Part
	var headings [][]*story.Document
	for i, e := range all {
		part, err := plan(i)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, part)
		var own []*story.Document
		for _, d := range e.Stories {
			own = append(own, d.Heading())
		}
		headings = append(headings, own)
	}
	parts := make([]*site.Part, 3*len(all))
	if err := file.Parallel(len(parts), func(i int) (err error) {
		if parts[i], err = plan(i); err == nil {
			_, err = s.Rest(headings, nil, nil)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for i, got := range parts {
		want := want[i%len(all)]
		if !maps.EqualFunc(got.Files, want.Files, bytes.Equal) || !reflect.DeepEqual(got.Pages, want.Pages) {
			t.Errorf("part %d is another than the one that was planned alone", i)
		}
	}
}
