package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"sharh/app/desk/locale"
	"sharh/app/site/page"
)

// shelf is a source that is what it was last told.
type shelf struct {
	mu       sync.Mutex
	pages    map[string]*page.Page
	files    map[string]string
	waiting  map[string]string
	problems []Problem
}

func (s *shelf) Page(path string) *page.Page {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages[path]
}

func (s *shelf) File(path string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.files[path]
	return []byte(data), ok
}

func (s *shelf) Waiting(slug string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lang, ok := s.waiting[slug]
	return lang, ok
}

func (s *shelf) Words(lang string) map[string]string {
	l, err := (*locale.Set)(nil).For(lang, "")
	if err != nil {
		panic(err)
	}
	return l.Preview()
}

func (s *shelf) Scenes(path string) string {
	if strings.HasPrefix(path, "a/") {
		return "a/scenes/"
	}
	return ""
}

func (s *shelf) Problems() []Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problems
}

// blank are empty pages of paths.
func blank(paths ...string) map[string]*page.Page {
	all := map[string]*page.Page{}
	for _, p := range paths {
		all[p] = &page.Page{Path: p, Lang: "ar", Dir: "rtl", Title: "x", Body: []byte("x"), Print: page.Text{Path: "assets/print.css"}}
	}
	return all
}

func start(t *testing.T, x *shelf) (*Server, string) {
	t.Helper()
	s := New(x, "desk.example")
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return s, web.URL
}

func get(t *testing.T, url, host string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	_, url := start(t, &shelf{pages: blank("index.html")})
	for host, want := range map[string]int{
		"localhost:8080": 200, "LOCALHOST": 200, "127.0.0.1:80": 200, "[::1]:8080": 200, "desk.example": 200,
		"evil.example": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example:8080": 403, "0x7f.1": 403, "2130706433": 403,
	} {
		for _, path := range []string{"/", "/_preview/preview.js", "/_preview/look?as=dark&page=/"} {
			if response, _ := get(t, url+path, host); response.StatusCode != want {
				t.Errorf("%s asked as %s: got %d, want %d", path, host, response.StatusCode, want)
			}
		}
	}
}

// Scripts of other sites can read no answer, except with the secret address.
func TestAnswersAreNotForOtherSites(t *testing.T) {
	s, url := start(t, &shelf{pages: blank("index.html"), files: map[string]string{"assets/a.js": "1"}})
	for _, path := range []string{"/", "/assets/a.js", "/nothing", "/_preview/preview.js", "/_preview/print/", "/_preview/look?as=narrow&page=/"} {
		if response, _ := get(t, url+path, ""); response.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s can be read by other sites", path)
		}
	}
	for _, path := range []string{"/", "/assets/a.js", "/_preview/preview.js"} {
		if response, _ := get(t, url+s.secret+path, ""); response.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s cannot be read in a sandboxed frame", path)
		}
	}
	if a, b := New(nil), New(nil); a.secret == b.secret || len(a.secret) < 30 {
		t.Errorf("secrets %q and %q", a.secret, b.secret)
	}
}

func TestPages(t *testing.T) {
	pages := blank("a/en/index.html")
	_, url := start(t, &shelf{pages: pages, files: map[string]string{"a/data.json": "{}"}, waiting: map[string]string{"b": "ar"}})
	if _, body := get(t, url+"/a/en/", ""); !strings.Contains(body, `<script defer src="../../_preview/preview.js" data-page="a/en/index.html"`) {
		t.Errorf("the page has no script: %s", body)
	}
	if !reflect.DeepEqual(pages, blank("a/en/index.html")) {
		t.Error("the planned page was changed")
	}
	if response, _ := get(t, url+"/a/en", ""); response.Request.URL.Path != "/a/en/" {
		t.Errorf("a folder without its slash leads to %s", response.Request.URL)
	}
	if response, body := get(t, url+"/a/data.json", ""); body != "{}" || response.Header.Get("Content-Type") != "application/json" {
		t.Errorf("got %q of type %s, want the file as it is", body, response.Header.Get("Content-Type"))
	}
	if response, _ := get(t, url+"/a/", ""); response.StatusCode != http.StatusNotFound {
		t.Errorf("got %d for a folder without a page", response.StatusCode)
	}
	if _, body := get(t, url+"/_preview/print/a/en/", ""); strings.Contains(body, `media="print"`) || !strings.Contains(body, "assets/print.css") {
		t.Errorf("the printed look does not have the style of print: %s", body)
	}
	if _, body := get(t, url+"/b/", ""); !strings.Contains(body, new(shelf).Words("ar")["waiting"]) || !strings.Contains(body, "preview.js") {
		t.Errorf("an explainer that has no page yet: got %s", body)
	}
	for query, want := range map[string]int{
		"as=narrow&page=/a/en/": 200, "as=frame&page=/a/en/%3Fcall=1%23x": 200,
		"as=other&page=/": 400, "as=dark": 400, "as=dark&page=//evil.example/": 400, "as=dark&page=https://evil.example/": 400,
		"as=dark&page=javascript:alert(1)": 400, "as=dark&page=/_preview/look": 400,
	} {
		if response, _ := get(t, url+"/_preview/look?"+query, ""); response.StatusCode != want {
			t.Errorf("look?%s: got %d, want %d", query, response.StatusCode, want)
		}
	}
}

func TestPagesHearOfChanges(t *testing.T) {
	say := func(lang string) (string, []string) { return "wrong in " + lang, []string{"hint"} }
	x := &shelf{pages: blank("a/index.html", "b/index.html", "index.html")}
	s, url := start(t, x)
	show := func(pages map[string]*page.Page, problems ...Problem) {
		x.mu.Lock()
		x.pages, x.problems = pages, problems
		x.mu.Unlock()
		s.Changed()
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	listen := func(page string) func() news {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/_preview/events?page="+page, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { response.Body.Close() })
		lines := bufio.NewScanner(response.Body)
		return func() news {
			t.Helper()
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					var n news
					if err := json.Unmarshal([]byte(data), &n); err != nil {
						t.Fatal(err)
					}
					return n
				}
			}
			t.Fatalf("the events ended: %v", lines.Err())
			return news{}
		}
	}
	a, b, shelf := listen("a/index.html"), listen("b/index.html"), listen("index.html")
	before := a()
	if before.Version == "" || len(before.Problems) != 0 || b().Version == "" || shelf().Version == "" {
		t.Errorf("got %+v at first", before)
	}
	show(x.pages, Problem{Slug: "a", Item: "call-3", Section: "timeline", Where: "a.yaml:1:2", Text: say})
	got := a()
	if got.Version != before.Version || len(got.Problems) != 1 || got.Problems[0].Message != "wrong in ar" || got.Problems[0].Item != "call-3" {
		t.Errorf("got %+v, want the same page with one problem", got)
	}
	if n := b(); len(n.Problems) != 0 {
		t.Errorf("another explainer heard of %+v", n.Problems)
	}
	if n := shelf(); len(n.Problems) != 1 {
		t.Errorf("the shelf heard of %+v", n.Problems)
	}
	other := blank("a/index.html")
	other["a/index.html"].Body = []byte("y")
	show(other)
	if n := a(); n.Version == before.Version || len(n.Problems) != 0 {
		t.Errorf("got %+v, want another page without problems", n)
	}
	if n := b(); n.Version != "" {
		t.Errorf("got %+v of a page that is gone", n)
	}
}

func TestAllWordsAreUsed(t *testing.T) {
	for key := range new(shelf).Words("en") {
		if !strings.Contains(string(script)+pagesFile, key) {
			t.Errorf("nothing uses %q", key)
		}
	}
}
