package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/site"
	"sharh/web/webtest"
)

// output collects what a program prints while it runs.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// served is a preview of a copy of the sample.
type served struct {
	t       *testing.T
	content string
	url     string
	said    *output
}

func servePreview(t *testing.T) *served {
	t.Helper()
	program, script := compileClient(t)
	flags := clientFlags{Client: program, Exec: script}
	client, err := flags.client()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := servePreviewWith(t, client)
	return s
}

// previewOf returns a source of content that has not read anything yet. It keeps nothing but pictures: all else is read,
// checked and planned anew.
func previewOf(t *testing.T, content string, client site.Client) *previewSource {
	t.Helper()
	source, err := newPreviewSource(contentFlags{Content: content}, client, "/", "", keptPictures(t))
	if err != nil {
		t.Fatal(err)
	}
	source.cache = "" // its site has it
	return source
}

// servePreviewWith serves with a client, or with none.
func servePreviewWith(t *testing.T, client site.Client) (*served, *previewSource) {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(filepath.Join(content, "sample"), os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
		t.Fatal(err)
	}
	said := &output{}
	m := Main{Stdout: said, Stderr: said}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	source := previewOf(t, content, client)
	read, err := m.preview(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	<-read
	web := httptest.NewServer(source.server)
	t.Cleanup(web.Close)
	return &served{t, content, web.URL, said}, source
}

// edit replaces old by new in a file of the sample, as editors save: a new file takes the place of the old one.
func (s *served) edit(name, old, new string) {
	s.t.Helper()
	file := filepath.Join(s.content, "sample", name)
	data, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if strings.Count(string(data), old) != 1 {
		s.t.Fatalf("%s has %q %d times, want once", name, old, strings.Count(string(data), old))
	}
	next := filepath.Join(filepath.Dir(file), ".next")
	if err := os.WriteFile(next, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(next, file); err != nil {
		s.t.Fatal(err)
	}
}

const (
	shadow  = `document.querySelector("sharh-preview")?.shadowRoot`
	noTrace = `(s => s && !s.querySelector(".badge") && s.querySelector(".problems").hidden)(` + shadow + `)`
)

// near tells whether the badge of an item is seen at that item.
func near(item string) string {
	return `(() => {
		const b = ` + shadow + `.querySelector('.badge[data-at="` + item + `"] button');
		if (!b || !b.getClientRects().length) return false;
		const at = b.getBoundingClientRect(), r = document.getElementById("` + item + `").getBoundingClientRect();
		return at.bottom > r.top - 1 && at.top < r.bottom + 1 && at.right > r.left - 1 && at.left < r.right + 1;
	})()`
}

func TestPreviewFollowsEdits(t *testing.T) {
	t.Parallel()
	s := servePreview(t)
	browser := webtest.Start(t)
	for _, query := range []string{"?wasm=off", "?wasm=now"} {
		t.Run("keeps scroll, open panels and the choice with "+query, func(t *testing.T) {
			p := browser.Open(t, s.url+"/sample/"+query)
			state := `["off", "live"].includes(document.documentElement.dataset.client)`
			p.Until(state)
			p.Click(`.axis .wide a[href="#call-1"]`)
			p.Until(visible("call-1"))
			p.Eval(`document.querySelector("#view-plain-enough").open = true`, nil)
			p.Eval(`document.querySelector("#section-texts").scrollIntoView({behavior: "instant"})`, nil)
			p.Eval(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`, nil)
			at := p.Text(`Math.round(document.querySelector("#section-texts").getBoundingClientRect().top)`)
			p.Eval(`window.before = true`, nil)
			begin := time.Now()
			s.edit("explainer.yaml", "Every feature of the format, once", "Every feature there is, once and no more ("+query[6:]+")")
			p.Until(`!window.before && document.querySelector(".stand")?.textContent.includes("once and no more (` + query[6:] + `)")`)
			t.Logf("from saving to the new page: %s", time.Since(begin).Round(time.Millisecond))
			p.Until(state)
			p.Until(visible("call-1"))
			p.True(`document.querySelector("#view-plain-enough").open`)
			p.Until(`Math.abs(Math.round(document.querySelector("#section-texts").getBoundingClientRect().top) - ` + at + `) <= 2`)
			p.Quiet()
			s.edit("explainer.yaml", "Every feature there is, once and no more ("+query[6:]+")", "Every feature of the format, once")
			p.Until(`document.querySelector(".stand")?.textContent.includes("Every feature of the format, once")`) // for the next
		})
	}
	t.Run("shows problems where they are until they are solved", func(t *testing.T) {
		p := browser.Open(t, s.url+"/sample/?wasm=now")
		p.Until(live)
		p.Until(noTrace)
		p.Click(`.axis .wide a[href="#call-3"]`)
		p.Until(visible("call-3"))
		p.Eval(`window.before = true`, nil)
		s.edit("timeline.yaml", "date: 2024-05-06", "date: 2024-05-36")
		s.edit("views.yaml", "kind: claim", "kind: clame")
		s.edit("explainer.yaml", "facts_as_of: 2025-07-15", "facts_as_of: soon")
		p.Until(near("call-3"))
		p.Until(near("view-plain-enough"))
		p.Until(shadow + `.querySelectorAll(".problems li").length === 3`)
		p.True(`window.before`) // the page stays up, and as it was
		p.True(visible("call-3"))
		// Problems without a place on the page are listed in full; for the others the list has a link.
		p.True(shadow + `.querySelector(".problems").open`)
		p.True(shadow + `.querySelector(".problems li .where").textContent.match(/explainer\.yaml:\d+:14/) !== null`)
		p.True(shadow + `.querySelectorAll(".problems li a").length === 2`)
		p.Eval(shadow+`.querySelector('.problems a[href="#view-plain-enough"]').focus()`, nil)
		p.Type("\r")
		p.Until(`location.hash === "#view-plain-enough" && (r => r.bottom > 0 && r.top < innerHeight)(document.getElementById("view-plain-enough").getBoundingClientRect())`)
		// By keyboard: a badge opens, says what and where, and closes.
		p.Eval(shadow+`.querySelector('.badge[data-at="view-plain-enough"] button').focus()`, nil)
		p.Type("\r")
		p.Until(shadow + `.querySelector('#card-view-plain-enough').getClientRects().length > 0`)
		p.True(shadow + `.querySelector('#card-view-plain-enough').textContent.includes('claim')`)
		p.True(shadow + `.querySelector('#card-view-plain-enough .where').textContent.match(/views\.yaml:\d+:15/) !== null`)
		p.Type("\x1b")
		p.Until(shadow + `.querySelector('#card-view-plain-enough').hidden`)
		s.edit("timeline.yaml", "date: 2024-05-36", "date: 2024-05-06")
		s.edit("explainer.yaml", "facts_as_of: soon", "facts_as_of: 2025-07-15")
		p.Until(shadow + `.querySelectorAll(".problems li").length === 1 && !` + shadow + `.querySelector('.badge[data-at="call-3"]')`)
		p.True("!" + shadow + `.querySelector(".problems").open`) // what is left is told at its item
		s.edit("views.yaml", "kind: clame", "kind: claim")
		p.Until(noTrace)
		p.True(`window.before`) // all is as it was: nothing to load again
		p.Quiet()
	})
	t.Run("remarks do not keep the page from following", func(t *testing.T) {
		p := browser.Open(t, s.url+"/sample/?wasm=off#call-3")
		p.Until(noTrace)
		p.Eval(`window.before = true`, nil)
		s.edit("timeline.yaml", "minutes: 10\n", "minutes: 12\n") // its text says 10
		p.Until(`!window.before && ` + near("call-3"))
		p.True(shadow + `.querySelector(".badge").classList.contains("calm")`)
		p.True("!" + shadow + `.querySelector(".problems").open && !` + shadow + `.querySelector(".kept")`)
		p.True(shadow + `.querySelector("summary").textContent === "1 remark on the content"`)
		s.edit("timeline.yaml", "minutes: 12\n", "minutes: 10\n")
		p.Until(noTrace)
		p.Quiet()
	})
	t.Run("speaks the language of the page", func(t *testing.T) {
		p := browser.Open(t, s.url+"/sample/ar/?wasm=off")
		p.Until(`document.querySelector("sharh-preview")`)
		s.edit("views.yaml", "counter: none", "counter: non")
		p.Until(near("view-two-figures"))
		p.True(shadow + `.querySelector(".problems summary").textContent.includes("خطأ")`)
		s.edit("views.yaml", "counter: non", "counter: none")
		p.Until(noTrace)
		p.Quiet()
	})
	t.Run("shows an explainer that is new, and one that never was without problems", func(t *testing.T) {
		m := Main{Stdout: s.said, Stderr: s.said}
		if code := m.Run([]string{"new", "fresh", "--content", s.content, "--languages=ar,en", "--lang=en"}); code != 0 {
			t.Fatalf("sharh new ended with %d:\n%s", code, s.said)
		}
		p := browser.Open(t, s.url+"/")
		p.Until(`document.querySelector('a[href="fresh/"]')`)
		if err := os.CopyFS(filepath.Join(s.content, "broken"), os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(s.content, "broken", "actors.yaml"), []byte("actors: [\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		p.Until(shadow + `.querySelector(".problems").textContent.includes("broken/actors.yaml")`)
		p.Goto(s.url + "/broken/")
		p.Until(shadow + `.querySelector(".problems").textContent.includes("broken/actors.yaml")`)
		p.True(`document.querySelector("h1").textContent.includes("cannot be shown yet")`)
		if err := os.CopyFS(filepath.Join(s.content, "mended"), os.DirFS(filepath.Join(contentDir, "sample"))); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(s.content, "mended", "actors.yaml"), filepath.Join(s.content, "broken", "actors.yaml")); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(s.content, "mended")); err != nil {
			t.Fatal(err)
		}
		p.Until(`document.querySelector("#timeline")`)
		if err := os.RemoveAll(filepath.Join(s.content, "broken")); err != nil {
			t.Fatal(err)
		}
		p.Goto(s.url + "/")
		p.Until(`!document.querySelector('a[href="broken/"]')`)
	})
}

func TestPreviewLooks(t *testing.T) {
	t.Parallel()
	s := servePreview(t)
	browser := webtest.Start(t)
	inFrame := func(expression string) string {
		return `(w => { const document = w?.document; return document?.readyState === "complete" && ` + expression + `; })(document.querySelector("iframe")?.contentWindow)`
	}
	p := browser.Open(t, s.url+"/sample/?wasm=off")
	p.Until(`document.querySelector("sharh-preview")`)
	p.Click(`.axis .wide a[href="#call-1"]`)
	p.Until(shadow + `.querySelectorAll("nav a").length === 5`)
	p.Eval(shadow+`.querySelector("nav a").focus()`, nil)
	p.Type("\r")
	p.Until(inFrame(`w.innerWidth === 320 && w.location.hash === "#call-1" && document.documentElement.scrollWidth <= 320`))
	p.Until(inFrame(`!document.querySelector("sharh-preview").shadowRoot.querySelector("nav")`))
	p.Click(`nav a[href*="as=print"]`)
	p.Until(inFrame(`document.getElementById("call-3")?.getBoundingClientRect().height > 0 && !document.querySelector(".tools").getClientRects().length`))
	p.Click(`nav a[href*="as=dark"]`)
	p.Until(inFrame(`document.documentElement.dataset.theme === "dark"`))
	p.Quiet()

	p = browser.Open(t, s.url+"/_preview/look?as=frame&page=/sample/%3Fwasm=now", webtest.Before(`
		if (parent !== window) setInterval(() => parent.postMessage({
			client: document.documentElement?.dataset.client, origin: origin, says: document.querySelector(".stand")?.textContent}, "*"), 50);
		else addEventListener("message", e => { window.state = e.data });`))
	p.Until(`window.state && state.client !== "still" && state.client !== "starting"`)
	if got := p.Text(`JSON.stringify(state)`); !strings.Contains(got, `"client":"live","origin":"null"`) {
		t.Errorf("the page in a sandboxed frame: got %s, want it live", got)
	}
	s.edit("explainer.yaml", "Every feature of the format, once", "Even here the page follows")
	p.Until(`state.says.includes("Even here")`)
}

// page returns a page of the preview, and fails if it names a file of the site that is not there.
func (s *served) page(path string) string {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: got %s, %v", path, response.Status, err)
	}
	return string(body)
}

func TestPreviewServesBeforeThereIsAClient(t *testing.T) {
	s, source := servePreviewWith(t, site.Client{})
	m := Main{Stdout: s.said, Stderr: s.said}
	client := site.Client{Wasm: []byte("\x00asm"), Exec: []byte("var x = 1;")}
	if got, want := source.addresses("http://x/"), "  http://x/sample/\n  http://x/sample/ar/\n  http://x/sample/fr/\n"; got != want {
		t.Errorf("got addresses %q, want %q", got, want)
	}
	still := func(when string) {
		t.Helper()
		for _, path := range []string{"/sample/", "/sample/embed/"} {
			page := s.page(path)
			if strings.Contains(page, "data-wasm") || strings.Contains(page, "data-exec") || !strings.Contains(page, `data-client="still"`) {
				t.Errorf("%s: %s names a client", when, path)
			}
		}
	}
	still("at first")
	m.compile(t.Context(), source, func(context.Context) (site.Client, error) { return site.Client{}, errors.New("no Go here") })
	still("after a failure")
	if !strings.Contains(s.said.String(), "pages stay without search and filters: no Go here\n") {
		t.Errorf("said %q", s.said)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	m.compile(ended, source, func(ctx context.Context) (site.Client, error) { return site.Client{}, ctx.Err() })
	if strings.Contains(s.said.String(), "canceled") {
		t.Errorf("said %q when it was ended", s.said)
	}
	// Content that has problems at that moment gets a client all the same.
	s.edit("timeline.yaml", "date: 2024-05-06", "date: 2024-05-36")
	if list, err := source.refresh(map[string]bool{"sample": true}); err != nil || list.Count(diag.Error) == 0 {
		t.Fatalf("got %v for content with an error", err)
	}
	m.compile(t.Context(), source, func(context.Context) (site.Client, error) { return client, nil })
	if page := s.page("/sample/"); !strings.Contains(page, "data-wasm") || !strings.Contains(page, "data-exec") {
		t.Error("the page has no client after it was compiled")
	}
	// The watcher may report the error before or after this.
	said := s.said.String()
	if !strings.Contains(said, "the client is compiled (") || !strings.Contains(said, "); open pages load again\n") {
		t.Errorf("said %q", s.said)
	}
	if _, err := site.Plan(nil, site.Client{}, site.Options{Base: "/"}); err == nil {
		t.Error("a site without a client was planned for publishing")
	}
}

// Before a notice is published, whoever writes it sees it at each address of the explainer, former ones too, and on the
// shelf; without the key the explainer is there again.
func TestPreviewShowsNotices(t *testing.T) {
	s, source := servePreviewWith(t, site.Client{})
	const withdrawn = "withdrawn: {date: 2025-08-01, reason: {en: A source was forged., ar: زُوّر أحد المصادر.}}\nformerly: [specimen]\nlanguages:"
	seen := func(path, text string, want bool) {
		t.Helper()
		if page := s.page(path); strings.Contains(page, text) != want {
			t.Errorf("%s has %q: got %t, want %t", path, text, !want, want)
		}
	}
	reread := func() {
		t.Helper()
		if list, err := source.refresh(map[string]bool{"sample": true}); err != nil || list.Len() > 0 {
			t.Fatalf("got %v, %d problems", err, list.Len())
		}
	}
	s.edit("explainer.yaml", "languages:", withdrawn)
	reread()
	for _, path := range []string{"/sample/", "/sample/embed/map/", "/sample/call/2/"} {
		seen(path, "A source was forged.", true)
	}
	seen("/sample/ar/evidence/", "زُوّر أحد المصادر.", true)
	seen("/specimen/ar/call/2/", `href="../../../../sample/ar/call/2/"`, true)
	seen("/", "The publisher withdrew this explainer on 1 August 2025.", true)
	s.edit("explainer.yaml", withdrawn, "languages:")
	reread()
	seen("/sample/", "A source was forged.", false)
	seen("/sample/call/2/", "call-2", true)
}

func TestPreviewPrintsAFewAddresses(t *testing.T) {
	source := &previewSource{explainers: map[string]*explainer{}}
	for i := range 20 {
		slug := "story-" + string(rune('a'+i))
		source.names = append(source.names, slug)
		source.explainers[slug] = &explainer{}
	}
	got := strings.Split(source.addresses("http://x/"), "\n")
	if len(got) != mostAddresses+2 || got[mostAddresses] != "  and 8 more, which http://x/ lists" {
		t.Errorf("got %q", got)
	}
}

// An open page becomes live when the client is compiled, and is complete before that.
func TestPreviewComesToLife(t *testing.T) {
	s, source := servePreviewWith(t, site.Client{})
	p := webtest.Start(t).Open(t, s.url+"/sample/?wasm=now")
	p.Until(`document.documentElement.dataset.client === "off" && document.querySelector("sharh-preview")`)
	p.Click(`.axis .wide a[href="#call-1"]`)
	p.Until(visible("call-1"))
	p.Quiet()
	program, script := compileClient(t)
	m := Main{Stdout: s.said, Stderr: s.said}
	m.compile(t.Context(), source, func(context.Context) (site.Client, error) {
		return clientFlags{Client: program, Exec: script}.client()
	})
	p.Until(live)
	p.Quiet()
}
