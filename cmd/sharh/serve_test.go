package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/site"
)

// sourceOf returns a source of the explainers of tests, a copy of them, read once. It does not watch: tests say what
// changed.
func sourceOf(t *testing.T) (*previewSource, *served) {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(content, os.DirFS(contentDir)); err != nil {
		t.Fatal(err)
	}
	source := previewOf(t, content, site.Client{})
	if list, err := source.refresh(map[string]bool{"": true}); err != nil || list.Count(diag.Error) > 0 {
		t.Fatalf("reading what tests stand on: %v", err)
	}
	web := httptest.NewServer(source.server)
	t.Cleanup(web.Close)
	return source, &served{t: t, content: content, url: web.URL}
}

// reread lets a source know what changed, and returns how many errors there are in that.
func reread(t *testing.T, source *previewSource, slugs ...string) int {
	t.Helper()
	changed := map[string]bool{}
	for _, slug := range slugs {
		changed[slug] = true
	}
	list, err := source.refresh(changed)
	if err != nil {
		t.Fatal(err)
	}
	return list.Count(diag.Error)
}

// planned is what a source has planned of an explainer so far.
func planned(source *previewSource, slug string) *site.Part {
	source.mu.Lock()
	defer source.mu.Unlock()
	if e := source.explainers[slug]; e != nil {
		return e.planned
	}
	return nil
}

// answer is what is served at a path.
func (s *served) answer(path string) (int, string) {
	s.t.Helper()
	answer, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// has fails unless a page is served that has a text.
func (s *served) has(path, text string) {
	s.t.Helper()
	if code, body := s.answer(path); code != http.StatusOK || !strings.Contains(body, text) {
		s.t.Errorf("%s: got status %d, and %q is not in the page", path, code, text)
	}
}

func TestServePlansWhatIsAskedFor(t *testing.T) {
	source, s := sourceOf(t)
	s.has("/", "eight-calls/")
	s.has("/", "sample/")
	if planned(source, "eight-calls") != nil || planned(source, "sample") != nil {
		t.Error("explainers are planned of which nobody asked for a page")
	}
	s.has("/sample/evidence/", "<main")
	was := planned(source, "sample")
	if was == nil || planned(source, "eight-calls") != nil {
		t.Error("want the explainer planned of which a page was asked for, and no other")
	}
	for _, path := range []string{"/", "/sample/", "/sample/ar/", "/sample/embed/", "/sample/data/story.json"} {
		s.has(path, "")
	}
	if planned(source, "sample") != was {
		t.Error("it was planned again, though nothing changed")
	}
	for _, path := range []string{"/sample/nothing/", "/nothing/", "/nothing", "/sample/nothing.json"} {
		if code, _ := s.answer(path); code != http.StatusNotFound {
			t.Errorf("%s: got status %d for what is not there", path, code)
		}
	}
}

// Of many explainers those are read first of which somebody wants a page. The shelf, and an address that may be a former
// one, need all of them.
func TestServeReadsWhatIsAskedFor(t *testing.T) {
	for path, want := range map[string]string{
		"/b/": "a b", "/b/embed/": "a b", "/demo/": "a", "/a/data/story.json": "a", "/_preview/preview.js": "",
		"/": "a b c", "/nothing/": "a b c",
	} {
		content := filepath.Join(t.TempDir(), "content")
		for _, slug := range []string{"a", "b", "c"} {
			if err := os.CopyFS(filepath.Join(content, slug), os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
				t.Fatal(err)
			}
		}
		source := previewOf(t, content, site.Client{})
		all, err := source.list(map[string]bool{"": true})
		if err != nil || len(all) != 3 {
			t.Fatalf("got %q to read, and %v", all, err)
		}
		web := httptest.NewServer(source.server)
		t.Cleanup(web.Close)
		(&served{t: t, content: content, url: web.URL}).answer(path)
		var read []string
		for _, slug := range all {
			if !source.explainers[slug].unread {
				read = append(read, slug)
			}
		}
		if got := strings.Join(read, " "); got != want {
			t.Errorf("%s: read %q, want %q", path, got, want)
		}
	}
}

// An explainer without a problem is not checked again in the next start, until one of its files changes. What is muted
// is a problem.
func TestServeChecksOnce(t *testing.T) {
	content, folder := filepath.Join(t.TempDir(), "content"), t.TempDir()
	if err := os.CopyFS(content, os.DirFS(contentDir)); err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, content: content}
	read := func(mute ...string) (known bool, problems int) {
		f := contentFlags{Content: content, Mute: mute}
		r := f.read("sample", folder)
		if (r.good != nil) != (r.list.Count(diag.Error) == 0) || r.good != nil && len(r.Headings) == 0 {
			t.Errorf("read with errors: %v, files %v", r.list.Count(diag.Error), r.good)
		}
		return cleanOf(folder, "prepared", "sample", f.keep("sample")).known(nil), r.list.Len()
	}
	for range 2 {
		if known, problems := read(); !known || problems > 0 {
			t.Errorf("there are %d problems; known to be clean: %v", problems, known)
		}
	}
	s.edit("explainer.yaml", "facts_as_of:", "facts_as_off:")
	if known, problems := read(); known || problems == 0 {
		t.Errorf("there are %d problems; known to be clean: %v", problems, known)
	}
	s.edit("explainer.yaml", "facts_as_off:", "facts_as_of:")
	s.edit("sources.yaml", "https://www.w3.org/TR/WCAG22/", "http://www.w3.org/TR/WCAG22/")
	for range 2 {
		if known, problems := read("plain-http"); known || problems > 0 {
			t.Errorf("muted, there are %d problems; known to be clean: %v", problems, known)
		}
	}
	if _, problems := read(); problems == 0 {
		t.Error("a problem is gone that was muted before")
	}
}

// The shelf of the next start, for which explainers without problems are not read, is the one of this start; also when
// what was kept is damaged.
func TestServeKeepsTheShelf(t *testing.T) {
	content, folder := filepath.Join(t.TempDir(), "content"), t.TempDir()
	if err := os.CopyFS(content, os.DirFS(contentDir)); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, start := range []string{"the first", "the next", "one with a damaged cache"} {
		source, err := newPreviewSource(contentFlags{Content: content}, site.Client{}, "/", "", folder)
		if err != nil {
			t.Fatal(err)
		}
		if list, err := source.refresh(map[string]bool{"": true}); err != nil || list.Len() > 0 {
			t.Fatalf("%s: %d problems, %v", start, list.Len(), err)
		}
		web := httptest.NewServer(source.server)
		s := &served{t: t, content: content, url: web.URL}
		s.has("/sample/", "<main")
		_, shelf := s.answer("/")
		web.Close()
		if first == "" {
			first = shelf
		}
		if !strings.Contains(shelf, "sample/") || shelf != first {
			t.Errorf("%s start has another shelf than the first", start)
		}
		kept, err := filepath.Glob(filepath.Join(folder, "prepared", "sample", "*"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("%s: %d files are kept of the explainer, want 1, %v", start, len(kept), err)
		}
		if start == "the next" {
			if err := os.Truncate(kept[0], 40); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestServePlansAgainWhatChanged(t *testing.T) {
	source, s := sourceOf(t)
	s.has("/sample/", "<main")
	s.has("/eight-calls/", "<main")
	sample, calls := planned(source, "sample"), planned(source, "eight-calls")

	title := source.explainers["sample"].Headings[0].Title
	s.edit("explainer.yaml", "en: "+title, "en: Quite another title")
	if n := reread(t, source, "sample"); n > 0 {
		t.Fatalf("%d errors", n)
	}
	s.has("/sample/", "Quite another title")
	s.has("/", "Quite another title")
	s.has("/eight-calls/", "<main")
	if planned(source, "sample") == sample || planned(source, "eight-calls") != calls {
		t.Error("want the explainer planned again that changed, and no other")
	}

	// An explainer with errors stays as it was; the others are served.
	sample = planned(source, "sample")
	s.edit("explainer.yaml", "facts_as_of:", "facts_as_off:")
	if reread(t, source, "sample") == 0 {
		t.Fatal("no error in content with one")
	}
	s.has("/sample/", "Quite another title")
	s.has("/", "Quite another title")
	s.has("/eight-calls/", "<main")
	if planned(source, "sample") != sample {
		t.Error("an explainer with errors was planned")
	}
	if problems := source.Problems(); len(problems) == 0 || problems[0].Slug != "sample" {
		t.Errorf("got the problems %v, want those of the explainer", problems)
	}
	s.edit("explainer.yaml", "facts_as_off:", "facts_as_of:")
	if n := reread(t, source, "sample"); n > 0 || len(source.Problems()) > 0 {
		t.Errorf("there are %d errors, and %d problems, after they were put right", n, len(source.Problems()))
	}
	s.has("/sample/", "Quite another title")
}

func TestServeFollowsFolders(t *testing.T) {
	source, s := sourceOf(t)
	s.has("/demo/", "eight-calls/")
	calls := filepath.Join(s.content, "eight-calls")
	if err := os.RemoveAll(calls); err != nil {
		t.Fatal(err)
	}
	reread(t, source, "eight-calls")
	if code, _ := s.answer("/eight-calls/"); code != http.StatusNotFound {
		t.Errorf("got status %d for an explainer that is gone", code)
	}
	if _, shelf := s.answer("/"); strings.Contains(shelf, "eight-calls/") {
		t.Error("the shelf has an explainer that is gone")
	}
	s.has("/demo/", "sample/") // that of the explainer that is the first now

	if err := os.CopyFS(filepath.Join(s.content, "anew"), os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
		t.Fatal(err)
	}
	reread(t, source, "anew")
	s.has("/", "anew/")
	s.has("/anew/", "<main")
	s.has("/demo/", "anew/")
	s.has("/sample/", "<main")

	// An explainer that never was without errors has a waiting page and is not on the shelf. The demo shows the
	// first explainer without errors.
	broken := filepath.Join(s.content, "a-broken-one")
	if err := os.Mkdir(broken, 0o755); err != nil {
		t.Fatal(err)
	}
	text := []byte("languages: [ar]\ntitle: x\n")
	if err := os.WriteFile(filepath.Join(broken, "explainer.yaml"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	if reread(t, source, "a-broken-one") == 0 {
		t.Fatal("no error in content with one")
	}
	s.has("/a-broken-one/", `lang="ar"`)
	s.has("/demo/", "anew/")
	if _, shelf := s.answer("/"); strings.Contains(shelf, `href="a-broken-one/`) {
		t.Error("the shelf has an explainer that has no page")
	}
}

// While content changes, every request gets a page of the old or of the new content, and in the end of the new one.
func TestServeWhileContentChanges(t *testing.T) {
	source, s := sourceOf(t)
	title := source.explainers["sample"].Headings[0].Title
	ended := make(chan struct{})
	var readers sync.WaitGroup
	for _, path := range []string{"/", "/sample/", "/sample/ar/", "/eight-calls/", "/demo/", "/sample/evidence/"} {
		readers.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				answer, err := http.Get(s.url + path)
				if err != nil {
					t.Error(err)
					return
				}
				if answer.Body.Close(); answer.StatusCode != http.StatusOK {
					t.Errorf("%s: got %s", path, answer.Status)
					return
				}
			}
		})
	}
	for i := range 5 {
		next := fmt.Sprintf("Title number %d", i)
		s.edit("explainer.yaml", "en: "+title, "en: "+next)
		title = next
		reread(t, source, "sample")
		if i == 2 {
			if err := source.setClient(site.Client{Wasm: []byte("\x00asm"), Exec: []byte("var x = 1;")}); err != nil {
				t.Error(err)
			}
		}
		s.has("/sample/", title) // nobody gets a page of before once what changed was read
	}
	close(ended)
	readers.Wait()
	s.has("/", title)
	s.has("/sample/", "data-wasm")
	s.has("/eight-calls/", "data-wasm")
}

// A language that is being prepared has its page in the preview: what is written in it, and the default language for
// the rest.
func TestServeShowsWhatIsBeingPrepared(t *testing.T) {
	source, served := sourceOf(t)
	if code, body := served.answer("/sample/fr/"); code != http.StatusOK || !strings.Contains(body, "Chercher dans tout le récit") {
		t.Errorf("got status %d and %d bytes, want the page with French words", code, len(body))
	}
	served.has("/sample/fr/", "<h1>"+titleOf(t, source, "sample", "en")+"</h1>")
	served.has("/sample/", `hreflang="fr"`)
	served.edit("explainer.yaml", "  en: What an explainer can hold\n", "  en: What an explainer can hold\n  fr: Un exemple\n")
	if errors := reread(t, source, "sample"); errors != 0 {
		t.Fatalf("got %d errors", errors)
	}
	served.has("/sample/fr/", "<h1>Un exemple</h1>")
	served.edit("explainer.yaml", "Un exemple", "«Un exemple")
	if errors := reread(t, source, "sample"); errors != 1 {
		t.Errorf("got %d errors in what is being written, want 1", errors)
	}
}

// titleOf is the title of an explainer as it was last read.
func titleOf(t *testing.T, source *previewSource, slug, lang string) string {
	t.Helper()
	source.mu.Lock()
	defer source.mu.Unlock()
	for _, d := range source.explainers[slug].Headings {
		if d.Lang == lang {
			return d.Title
		}
	}
	t.Fatalf("%s has no title in %s", slug, lang)
	return ""
}
