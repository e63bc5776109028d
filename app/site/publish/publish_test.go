package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/klauspost/compress/gzip"
	"github.com/minio/minio-go/v7"
	"golang.org/x/net/html"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/output"
	"sharh/app/site/sitetest"
)

func TestMain(m *testing.M) {
	minio.DefaultRetryUnit, minio.DefaultRetryCap = time.Millisecond, 4*time.Millisecond
	for _, name := range os.Environ() {
		if name, _, _ := strings.Cut(name, "="); strings.HasPrefix(name, "AWS_") {
			os.Unsetenv(name)
		}
	}
	os.Setenv("AWS_ACCESS_KEY_ID", "key")
	os.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	os.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	os.Exit(m.Run())
}

// content is a version of a site that changes: assets, pages that come and go, a page that becomes too small to be compressed.
func content(n int) file.Set {
	files := file.Set{}
	long := strings.Repeat(fmt.Sprintf("<p>Version %d says this at some length.</p>", n), 60)
	icon := files.Asset("icon.svg", []byte("<svg>"+strings.Repeat("<g/>", 500)+"</svg>"))
	boot := files.Asset("boot.js", fmt.Appendf(nil, "version(%d)", n))
	client := files.Asset("client.wasm", bytes.Repeat(fmt.Appendf(nil, "\x00asm%d", n), 2000))
	page := func(at, text string, links ...string) {
		folder := strings.TrimSuffix(at, "index.html")
		var b strings.Builder
		fmt.Fprintf(&b, "<!doctype html><title>%s %d</title>", at, n)
		fmt.Fprintf(&b, `<link rel=icon href="%s"><script src="%s" data-client="%s"></script>`,
			file.Relative(folder, icon), file.Relative(folder, boot), file.Relative(folder, client))
		for _, l := range links {
			fmt.Fprintf(&b, `<a href="%s">there</a>`, file.Relative(folder, l))
		}
		b.WriteString(text)
		files[at] = []byte(b.String())
	}
	explainers := []string{"a/"}
	if n == 1 {
		explainers = append(explainers, "b/") // removed later
	} else {
		explainers = append(explainers, fmt.Sprintf("c%d/", n)) // new
	}
	page("index.html", long, explainers...)
	for _, e := range explainers {
		more := long
		if e == "a/" && n == 2 {
			more = "short"
		}
		page(e+"index.html", more, e+"call/1/", e+"en/", e+"data/calls.csv")
		page(e+"en/index.html", "short", e, e+"data/a file of calls.csv")
		page(e+"call/1/index.html", long, e, e+"embed/")
		page(e+"embed/index.html", long)
		files[e+"data/calls.csv"] = fmt.Appendf(nil, "call,%d\n", n)
		files[e+"data/a file of calls.csv"] = fmt.Appendf(nil, "call,%d\n", n)
		files[e+"sw.js"] = fmt.Appendf(nil, `save("../%s", "../%s", "index.html")`, client, boot)
	}
	files["embed.js"] = fmt.Appendf(nil, "frame('a/embed/', %d)", n)
	return files
}

// built writes a site as a build does, and reads it.
func built(t testing.TB, files file.Set, base string) *Site {
	t.Helper()
	files = maps.Clone(files)
	if err := hosting.Rules(files, file.Base(base)); err != nil {
		t.Fatal(err)
	}
	if err := (hosting.Compression{Quick: true, Enough: func(string) int64 { return 0 }}).Compress(files); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "dist")
	if _, err := output.Replace(folder, output.Known{}, output.Of(files)); err != nil {
		t.Fatal(err)
	}
	site, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	return site
}

// place is where a test publishes.
type place struct {
	target func(t testing.TB) Target // another one for each run, as another process has it
	// objects returns what readers get, by path; for a file with several forms all of them.
	objects func(t testing.TB) map[string][]object
	kill    func(after int64) // lets nothing through after so many operations, until revived by -1
	count   func() int64
}

type object struct {
	data   []byte // decoded
	header http.Header
}

// decoded has what the bytes of a form were decoded to: the same few files are looked at thousands of times.
var decoded sync.Map

func decode(t testing.TB, encoding string, data []byte) []byte {
	t.Helper()
	key := encoding + " " + string(data)
	if out, ok := decoded.Load(key); ok {
		return out.([]byte)
	}
	var r io.Reader = bytes.NewReader(data)
	switch encoding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		var err error
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	decoded.Store(key, out)
	return out
}

// replacing makes objects new ones, as stores do: this one carries headers over from the object before.
type replacing struct{ gofakes3.Backend }

func (b replacing) PutObject(
	bucket, key string, meta map[string]string, input io.Reader, size int64, conditions *gofakes3.PutConditions,
) (gofakes3.PutObjectResult, error) {
	if _, ok := meta["Content-Encoding"]; !ok {
		meta["Content-Encoding"] = ""
	}
	return b.Backend.PutObject(bucket, key, meta, input, size, conditions)
}

func (b replacing) CopyObject(
	fromBucket, from, toBucket, to string, meta map[string]string,
) (gofakes3.CopyObjectResult, error) {
	return gofakes3.CopyObject(b, fromBucket, from, toBucket, to, meta)
}

// fakeStore is a store in this process.
type fakeStore struct {
	backend  gofakes3.Backend
	server   *httptest.Server
	requests atomic.Int64
	limit    atomic.Int64 // of requests, -1 for none
	swaps    sync.Mutex
	answer   func(w http.ResponseWriter, r *http.Request) bool
}

func newStore(t testing.TB, options ...gofakes3.Option) *fakeStore {
	t.Helper()
	s := &fakeStore{backend: replacing{s3mem.New()}}
	s.limit.Store(-1)
	if err := s.backend.CreateBucket("bucket"); err != nil {
		t.Fatal(err)
	}
	store := gofakes3.New(s.backend, options...).Server()
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, limit := s.requests.Add(1), s.limit.Load()
		if limit >= 0 && n > limit {
			panic(http.ErrAbortHandler)
		}
		if cache := r.Header.Get("Cache-Control"); cache != "" {
			r.Header.Set("X-Amz-Meta-Cache-Control", cache) // else this store would not keep it
		}
		if r.Header.Get("If-None-Match")+r.Header.Get("If-Match") != "" {
			s.swaps.Lock() // this store looks and writes in two steps
			defer s.swaps.Unlock()
		}
		if s.answer != nil && s.answer(w, r) {
			return
		}
		if limit >= 0 && n == limit { // what was asked is done, and nobody hears of it
			store.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		store.ServeHTTP(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

func (s *fakeStore) open(t testing.TB, name string) Target {
	t.Helper()
	target, err := Open(name, Connection{Endpoint: s.server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// get returns what a reader gets.
func (s *fakeStore) get(t testing.TB, key string) object {
	t.Helper()
	o, err := s.backend.GetObject("bucket", key, nil)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	defer o.Contents.Close()
	data, err := io.ReadAll(o.Contents)
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	for k, v := range o.Metadata {
		h.Set(k, v)
	}
	return object{decode(t, h.Get("Content-Encoding"), data), h}
}

func (s *fakeStore) objects(t testing.TB, prefix string) map[string][]object {
	t.Helper()
	p := gofakes3.NewPrefix(&prefix, nil)
	list, err := s.backend.ListBucket("bucket", &p, gofakes3.ListBucketPage{MaxKeys: 10000})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]object{}
	for _, c := range list.Contents {
		all[strings.TrimPrefix(c.Key, prefix)] = []object{s.get(t, c.Key)}
	}
	return all
}

func inStore(t testing.TB) *place {
	s := newStore(t)
	return &place{
		target:  func(t testing.TB) Target { return s.open(t, "s3://bucket/a folder/خبر") },
		objects: func(t testing.TB) map[string][]object { return s.objects(t, "a folder/خبر/") },
		kill: func(after int64) {
			s.requests.Store(0)
			s.limit.Store(after)
		},
		count: s.requests.Load,
	}
}

// mortal is a target whose process ends: before an operation, and all that come after it.
type mortal struct {
	Target
	left *atomic.Int64
	done *atomic.Int64
}

var errKilled = errors.New("killed")

func (m mortal) dead() bool {
	m.done.Add(1)
	left := m.left.Load()
	return left >= 0 && m.left.Add(-1) < 0
}

func (m mortal) swap(ctx context.Context, p, tag string, data []byte) (string, error) {
	if m.dead() {
		return "", errKilled
	}
	return m.Target.swap(ctx, p, tag, data)
}

func (m mortal) write(ctx context.Context, i *item) error {
	if m.dead() {
		return errKilled
	}
	return m.Target.write(ctx, i)
}

func (m mortal) copy(ctx context.Context, from, to string) error {
	if m.dead() {
		return errKilled
	}
	return m.Target.copy(ctx, from, to)
}

func (m mortal) remove(ctx context.Context, p string) error {
	if m.dead() {
		return errKilled
	}
	return m.Target.remove(ctx, p)
}

func inFolder(t testing.TB) *place {
	// In memory where there is such a folder: thousands of small files are written.
	in, err := os.MkdirTemp("/dev/shm", "publish")
	if err != nil {
		in = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(in) })
	name := filepath.Join(in, "a site")
	var left, done atomic.Int64
	left.Store(-1)
	return &place{
		target: func(t testing.TB) Target {
			target, err := Open(name, Connection{})
			if err != nil {
				t.Fatal(err)
			}
			return mortal{target, &left, &done}
		},
		objects: func(t testing.TB) map[string][]object {
			all := map[string][]object{}
			if err := filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := os.ReadFile(p)
				rel, _ := filepath.Rel(name, p)
				of, encoding := plain(filepath.ToSlash(rel)), ""
				for _, e := range hosting.Encodings {
					if of+e.Ext == rel {
						encoding = e.Name
					}
				}
				all[of] = append(all[of], object{decode(t, encoding, data), nil})
				return err
			}); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			return all
		},
		kill: func(after int64) {
			done.Store(0)
			left.Store(after)
		},
		count: done.Load,
	}
}

var places = map[string]func(testing.TB) *place{"store": inStore, "folder": inFolder}

const month = 30 * 24 * time.Hour

// start is when tests publish.
var start = time.Date(2026, 11, 27, 5, 0, 0, 0, time.UTC)

func at(days int) Options {
	return Options{Keep: month, By: "editor@desk", BreakLock: true, Remove: []string{"b", "c2", "c3"},
		Now: func() time.Time { return start.Add(time.Duration(days) * 24 * time.Hour) }}
}

func published(t testing.TB, p *place, site *Site, o Options) *Result {
	t.Helper()
	r, err := Run(t.Context(), site, p.target(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// visit looks at a target as readers do: each object is one of a version, whole; a page, worker or loader has all that
// it loads; and every link that leads on from the shelf leads somewhere. It returns the first thing wrong.
func visit(all map[string][]object, versions ...file.Set) error {
	for p, forms := range all {
		if strings.HasPrefix(p, own) {
			continue
		}
		for _, o := range forms {
			if hosting.ForHosts(p) {
				continue
			}
			if !slices.ContainsFunc(versions, func(v file.Set) bool { return v[p] != nil && bytes.Equal(v[p], o.data) }) {
				return fmt.Errorf("%s is of no version: %.60q", p, o.data)
			}
			var needs []string
			switch {
			case path.Ext(p) == ".html":
				needs, _ = references(p, o.data)
			case path.Base(p) == "sw.js":
				for _, quoted := range strings.Split(string(o.data), `"`) {
					if strings.ContainsAny(quoted, "./") && !strings.Contains(quoted, "(") {
						needs = append(needs, path.Join(path.Dir(p), quoted))
					}
				}
			case p == "embed.js":
				needs = []string{"a/embed/index.html"}
			}
			for _, need := range needs {
				if all[need] == nil {
					return fmt.Errorf("%s loads %s, which is not there", p, need)
				}
			}
		}
	}
	seen, open := map[string]bool{}, []string{"index.html"}
	for len(open) > 0 && all["index.html"] != nil {
		p := open[0]
		open = open[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		if all[p] == nil {
			return fmt.Errorf("a link leads to %s, which is not there", p)
		}
		if path.Ext(p) == ".html" {
			for _, o := range all[p] {
				_, links := references(p, o.data)
				open = append(open, links...)
			}
		}
	}
	return nil
}

// references are the files that a page loads, and those that it links to.
func references(p string, data []byte) (loads, links []string) {
	z := html.NewTokenizer(bytes.NewReader(data))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		for _, a := range token.Attr {
			to := path.Join(path.Dir(p), a.Val)
			if strings.HasSuffix(a.Val, "/") {
				to = path.Join(to, "index.html")
			}
			switch {
			case token.Data == "a" && a.Key == "href":
				links = append(links, to)
			case a.Key == "href" || a.Key == "src" || a.Key == "data-client":
				loads = append(loads, to)
			}
		}
	}
	return loads, links
}

// complete says what a target lacks of a version.
func complete(all map[string][]object, version file.Set) error {
	for p, data := range version {
		if len(all[p]) == 0 {
			return fmt.Errorf("%s is not there", p)
		}
		for _, o := range all[p] {
			if !bytes.Equal(o.data, data) {
				return fmt.Errorf("%s is of another version", p)
			}
		}
	}
	return visit(all, version, content(1), content(2), content(3))
}

// A first publication, an update, the same again, removal after the grace time.
func TestPublishing(t *testing.T) {
	for name, in := range places {
		t.Run(name, func(t *testing.T) {
			p := in(t)
			v1, v2 := content(1), content(2)
			site1, site2 := built(t, v1, "/"), built(t, v2, "/")
			first := published(t, p, site1, at(0))
			if err := complete(p.objects(t), v1); err != nil {
				t.Fatal(err)
			}
			if again := published(t, p, site1, at(1)); len(again.Steps) != 0 || again.Same != len(first.Steps) {
				t.Errorf("published again: %d steps, %d files the same, want none and %d", len(again.Steps), again.Same, len(first.Steps))
			}
			dry := at(1)
			dry.DryRun = true
			plan := published(t, p, site2, dry)
			if err := complete(p.objects(t), v1); err != nil {
				t.Fatalf("after a dry run: %v", err)
			}
			second := published(t, p, site2, at(1))
			if len(second.Steps) != len(plan.Steps) {
				t.Errorf("a dry run lists %d steps, publishing took %d", len(plan.Steps), len(second.Steps))
			}
			if second.Same == 0 {
				t.Error("all was published again, want what did not change left alone")
			}
			for _, s := range second.Steps {
				if strings.Contains(s.Path, "icon") {
					t.Errorf("%s %s: it did not change", s.Action, s.Path)
				}
			}
			all := p.objects(t)
			if err := complete(all, v2); err != nil {
				t.Fatal(err)
			}
			for f := range v1 {
				if len(all[f]) == 0 {
					t.Errorf("%s of the site before is gone, within the grace time", f)
				}
			}
			// Four weeks later all is still there; after the grace time it goes, with what the publisher kept.
			if r := published(t, p, site2, at(29)); len(r.Steps) != 0 {
				t.Errorf("within the grace time: %d steps", len(r.Steps))
			}
			published(t, p, site2, at(32))
			all = p.objects(t)
			if err := complete(all, v2); err != nil {
				t.Fatal(err)
			}
			for f := range all {
				if v2[f] == nil && f != manifestPath && !hosting.ForHosts(f) {
					t.Errorf("%s is there after the grace time", f)
				}
			}
			if _, err := Rollback(t.Context(), p.target(t), at(33)); err == nil || !strings.Contains(err.Error(), "grace time is over") {
				t.Errorf("rolled back after the grace time: %v", err)
			}
		})
	}
}

// What content says, however hostile, is in the objects what it is in the site, and in no header, name or manifest.
func TestHostileTextsArePublished(t *testing.T) {
	explainers, _ := sitetest.Hostile(t)
	files := sitetest.Plan(t, explainers, site.Options{Base: "/", NoPictures: true}).Files
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		_, compressed := hosting.Plain(name)
		return compressed || hosting.ForHosts(name) // built makes these
	})
	p := inStore(t)
	published(t, p, built(t, files, "/"), at(0))
	all := p.objects(t)
	for name, data := range files {
		if forms := all[name]; len(forms) == 0 || !bytes.Equal(forms[0].data, data) {
			t.Errorf("%s is not what it is in the site", name)
		}
	}
	for name, forms := range all {
		for _, o := range forms {
			if mark := desktest.Mark.FindString(fmt.Sprint(name, o.header)); mark != "" {
				t.Errorf("%s has the text %s in its name or headers", name, mark)
			}
			if mark := desktest.Mark.Find(o.data); mark != nil && name == manifestPath {
				t.Errorf("the manifest has the text %s", mark)
			}
		}
	}
}

// Rolling back brings the publication before, and publishing then brings the newer one again.
func TestRollback(t *testing.T) {
	for name, in := range places {
		t.Run(name, func(t *testing.T) {
			p := in(t)
			var sites []*Site
			for n := 1; n <= 3; n++ {
				sites = append(sites, built(t, content(n), "/"))
				published(t, p, sites[n-1], at(n))
			}
			for n := 2; n >= 1; n-- {
				if _, err := Rollback(t.Context(), p.target(t), at(8-n)); err != nil {
					t.Fatal(err)
				}
				if err := complete(p.objects(t), content(n)); err != nil {
					t.Fatalf("rolled back to %d: %v", n, err)
				}
			}
			if _, err := Rollback(t.Context(), p.target(t), at(9)); err == nil || !strings.Contains(err.Error(), "no publication before") {
				t.Errorf("rolled back beyond the first publication: %v", err)
			}
			published(t, p, sites[2], at(10))
			if err := complete(p.objects(t), content(3)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Whenever a run is killed, each reader has a whole page; then the next run comes to its end, be it of the same site, of
// another one, or back to the one before. In a store the last request before is done, and its answer lost.
func TestKilledAtEveryPoint(t *testing.T) {
	versions := []file.Set{content(1), content(2), content(3)}
	sites := []*Site{built(t, versions[0], "/"), built(t, versions[1], "/"), built(t, versions[2], "/")}
	// Times in days. Before the last run the grace time of what the second one replaced is over.
	runs := map[string]struct {
		before []int // what is published already
		after  []func(t testing.TB, p *place) error
	}{
		"first": {nil, []func(t testing.TB, p *place) error{
			func(t testing.TB, p *place) error {
				published(t, p, sites[0], at(60))
				return complete(p.objects(t), versions[0])
			},
		}},
		"update": {[]int{1, 2}, []func(t testing.TB, p *place) error{
			func(t testing.TB, p *place) error {
				published(t, p, sites[0], at(61))
				return complete(p.objects(t), versions[0])
			},
			func(t testing.TB, p *place) error {
				published(t, p, sites[2], at(61))
				return complete(p.objects(t), versions[2])
			},
			func(t testing.TB, p *place) error {
				published(t, p, sites[1], at(61)) // nothing at all, for whoever thinks that it is still there
				return complete(p.objects(t), versions[1])
			},
			func(t testing.TB, p *place) error {
				if _, err := Rollback(t.Context(), p.target(t), at(61)); err != nil {
					return err
				}
				// Killed before it intended anything, it left the second publication, and the first is the one before.
				if complete(p.objects(t), versions[0]) == nil {
					return nil
				}
				return complete(p.objects(t), versions[1])
			},
		}},
	}
	for name, in := range places {
		for what, run := range runs {
			for i, after := range run.after {
				t.Run(fmt.Sprint(name, " ", what, " ", i), func(t *testing.T) {
					t.Parallel()
					points := 0
					for n := int64(0); ; n++ {
						p := in(t)
						for _, v := range run.before {
							published(t, p, sites[v-1], at(v))
						}
						p.kill(n)
						_, err := Run(t.Context(), sites[0], p.target(t), at(60))
						ended := err == nil && p.count() <= n
						p.kill(-1)
						if wrong := visit(p.objects(t), versions...); wrong != nil {
							t.Fatalf("killed after %d operations: %v", n, wrong)
						}
						if wrong := after(t, p); wrong != nil {
							t.Fatalf("killed after %d operations, and run again: %v", n, wrong)
						}
						if ended {
							break
						}
						points++
					}
					t.Logf("killed at %d points", points)
				})
			}
		}
	}
}

// Objects have the headers of the table, and one form each, as readers that negotiate nothing need it.
func TestObjectsHaveTheHeadersOfTheTable(t *testing.T) {
	s := newStore(t)
	v1 := content(1)
	if _, err := Run(t.Context(), built(t, v1, "/"), s.open(t, "s3://bucket"), at(0)); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for name, forms := range s.objects(t, "") {
		if strings.HasPrefix(name, own) {
			continue
		}
		h := forms[0].header
		if _, compressed := hosting.Plain(name); compressed || hosting.ForHosts(name) {
			t.Errorf("%s is in the store, where nobody asks for it", name)
		}
		if got, want := h.Get("Content-Type"), hosting.Type(name); got != want {
			t.Errorf("%s: got type %q, want %q", name, got, want)
		}
		if got, want := h.Get("X-Amz-Meta-Cache-Control"), hosting.Of(name).Cache; got != want {
			t.Errorf("%s: got cache %q, want %q", name, got, want)
		}
		encoding := h.Get("Content-Encoding")
		if encoding != "" && (encoding == "br") != isAsset(name) {
			t.Errorf("%s: got encoding %q", name, encoding)
		}
		seen[encoding]++
	}
	if seen["br"] == 0 || seen["gzip"] == 0 || seen[""] == 0 {
		t.Errorf("objects by encoding: %v, want some of each", seen)
	}
}

// What stands between two publications that are under way at the same time, and what is said.
func TestTwoPublishersAtOnce(t *testing.T) {
	for name, in := range places {
		t.Run(name, func(t *testing.T) {
			p := in(t)
			v1, v2 := content(1), content(2)
			site1, site2 := built(t, v1, "/"), built(t, v2, "/")
			o := at(0)
			o.BreakLock = false
			var once sync.Once
			o.Report = func(Step, Progress) {
				once.Do(func() {
					_, err := Run(t.Context(), site2, p.target(t), Options{By: "second@desk", Keep: month,
						Now: func() time.Time { return start.Add(90 * time.Minute) }})
					want := "editor@desk has been publishing to"
					if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "1h30m0s ago") ||
						!strings.Contains(err.Error(), "--break-lock") || strings.Contains(err.Error(), "\n") {
						t.Errorf("published meanwhile: %v", err)
					}
				})
			}
			published(t, p, site1, o)
			if err := complete(p.objects(t), v1); err != nil {
				t.Fatal(err)
			}
			// The lock was given back. A publisher whose lock is broken stops by itself, and nothing is lost.
			var late sync.Once
			o.Report = func(Step, Progress) {
				late.Do(func() { published(t, p, site1, at(1)) })
			}
			if _, err := Run(t.Context(), site2, p.target(t), o); err == nil || !strings.Contains(err.Error(), "somebody else broke it") {
				t.Errorf("published with a broken lock: %v", err)
			}
			if err := visit(p.objects(t), v1, v2); err != nil {
				t.Error(err)
			}
		})
	}
}

// Many begin at once: one publishes.
func TestOneOfManyPublishes(t *testing.T) {
	for name, in := range places {
		t.Run(name, func(t *testing.T) {
			p, site := in(t), built(t, content(1), "/")
			var wg sync.WaitGroup
			var done, told, began atomic.Int64
			begin, hold := make(chan struct{}), make(chan struct{})
			var once sync.Once
			for i := range 8 {
				target := p.target(t)
				wg.Go(func() {
					<-begin
					var first sync.Once
					_, err := Run(t.Context(), site, target, Options{By: fmt.Sprint("editor ", i), Keep: month,
						Report: func(Step, Progress) {
							first.Do(func() {
								if began.Add(1) > 1 {
									once.Do(func() { close(hold) }) // the sums below say what is wrong
								}
							})
							<-hold
						}})
					switch {
					case err == nil:
						done.Add(1)
					case strings.Contains(err.Error(), "has been publishing"):
						if told.Add(1) == 7 {
							once.Do(func() { close(hold) })
						}
					default:
						t.Error(err)
						once.Do(func() { close(hold) })
					}
				})
			}
			close(begin)
			wg.Wait()
			if done.Load() != 1 || told.Load() != 7 {
				t.Errorf("%d published and %d were told, want 1 and 7", done.Load(), told.Load())
			}
		})
	}
}
