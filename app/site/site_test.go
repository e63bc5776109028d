package site_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/file"
	"sharh/app/site/hosting"
	"sharh/app/site/output"
	"sharh/app/site/page"
	"sharh/app/site/script"
	"sharh/app/site/sitetest"
	"sharh/app/story/storytest"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

func TestPlanIsAFunctionOfItsInput(t *testing.T) {
	a := sitetest.Plan(t, sitetest.Explainers(t), site.Options{Base: "/", Cache: t.TempDir()}).Files
	b := sitetest.Plan(t, sitetest.Explainers(t), site.Options{Base: "/", Cache: t.TempDir()}).Files
	if got, want := strings.Join(b.Paths(), "\n"), strings.Join(a.Paths(), "\n"); got != want {
		t.Fatalf("got paths\n%s\nthen\n%s", want, got)
	}
	for _, p := range a.Paths() {
		if !bytes.Equal(a[p], b[p]) {
			t.Errorf("%s differs between two plans", p)
		}
	}
}

func TestCompressionKeepsTheContent(t *testing.T) {
	files := sitetest.Plan(t, sitetest.Explainers(t)[:1], site.Options{Cache: t.TempDir()}).Files
	page := "eight-calls/index.html"
	if len(files[page+".br"]) == 0 || len(files[page+".gz"]) == 0 {
		t.Fatalf("%s has no compressed form", page)
	}
	if len(files[page+".br"])*2 > len(files[page]) {
		t.Errorf("%s.br has %d bytes of %d", page, len(files[page+".br"]), len(files[page]))
	}
}

// All links and all files that a page loads exist, and it loads nothing from other hosts.
func TestPagesLinkOnlyToWhatIsThere(t *testing.T) {
	for _, base := range []string{"/", "/explainers/", "https://example.org/x/"} {
		files := sitetest.Plan(t, sitetest.Explainers(t), site.Options{Base: base}).Files
		root, err := file.Base(base).Path()
		if err != nil {
			t.Fatal(err)
		}
		docs := map[string]*html.Node{}
		ids := map[string]bool{} // "slug/index.html#call-3"
		for _, p := range files.Paths() {
			if path.Ext(p) != ".html" {
				continue
			}
			docs[p] = sitetest.Parse(t, files[p])
			sitetest.Walk(docs[p], func(n *html.Node) {
				id, ok := sitetest.Attribute(n, "id")
				if ok && ids[p+"#"+id] {
					t.Errorf("%s: id %q occurs twice", p, id)
				}
				ids[p+"#"+id] = ok
			})
		}
		for p, doc := range docs {
			exists := func(address string) bool {
				if rest, ok := strings.CutPrefix(address, root); ok && path.Base(p) == page.MissingFile {
					address = "./" + file.Up(strings.TrimSuffix(p, page.MissingFile)) + rest // it stands at any address
				}
				address, fragment, within := strings.Cut(address, "#")
				file := path.Join(path.Dir(p), address)
				if strings.HasSuffix(address, "/") || address == "." || address == "./" {
					file = path.Join(file, "index.html")
				}
				_, ok := files[file]
				return ok && (!within || ids[file+"#"+fragment])
			}
			sitetest.Walk(doc, func(n *html.Node) {
				for _, name := range []string{"href", "src", "data-wasm", "data-exec", "data-story", "data-offline", "data-worker"} {
					address, ok := sitetest.Attribute(n, name)
					rel, _ := sitetest.Attribute(n, "rel")
					kind, _ := sitetest.Attribute(n, "type")
					switch {
					case !ok:
					case kind == "application/atom+xml" && exists(address):
					case rel == "canonical" || rel == "alternate":
						if !strings.HasPrefix(address, strings.TrimSuffix(base, "/")+"/") {
							t.Errorf("%s: %s %q is not under %s", p, rel, address, base)
						}
					case strings.HasPrefix(address, "#"):
						if !ids[p+address] {
							t.Errorf("%s: nothing has the id of %s", p, address)
						}
					case n.Data == "a" && strings.HasPrefix(address, "http"):
						if target, _ := sitetest.Attribute(n, "target"); target != "_blank" || !strings.Contains(rel, "noopener") {
							t.Errorf("%s: the link to %s opens in this window or lets it be reached", p, address)
						}
					case !exists(address):
						t.Errorf("%s: %s=%q is not in the site", p, name, address)
					}
				}
				if _, ok := sitetest.Attribute(n, "style"); ok {
					t.Errorf("%s: <%s> has a style attribute, which the policy forbids", p, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") {
						t.Errorf("%s: <%s> has an inline handler %s", p, n.Data, a.Key)
					}
				}
			})
		}
	}
}

func TestPageCarriesEveryItem(t *testing.T) {
	files := sitetest.Plan(t, sitetest.Explainers(t), site.Options{}).Files
	for _, e := range sitetest.Explainers(t) {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			page := string(files[folder+"index.html"])
			evidence := string(files[folder+"evidence/index.html"])
			proves := func(id string) {
				if !strings.Contains(evidence, ` id="`+id+`"`) || strings.Contains(page, ` id="`+id+`"`) {
					t.Errorf("%s (%s): #%s is to be on the evidence page, and there alone", e.Slug, d.Lang, id)
				}
			}
			has := func(id string) {
				if !strings.Contains(page, ` id="`+id+`"`) {
					t.Errorf("%s (%s) has no #%s", e.Slug, d.Lang, id)
				}
			}
			for _, s := range []string{"steps", "timeline", "map", "article", "updates"} {
				has(s)
			}
			for _, s := range []string{"ledger", "relations", "sources"} {
				proves(s)
			}
			for _, s := range d.Steps {
				has("step-" + strconv.Itoa(s.Number))
			}
			for _, c := range d.Calls {
				has("call-" + strconv.Itoa(c.ID))
			}
			for _, a := range d.Actors {
				has("actor-" + a.ID)
			}
			for _, ev := range d.Events {
				has("event-" + ev.ID)
			}
			for _, v := range d.Views {
				has("view-" + v.ID)
			}
			for _, s := range d.Statements {
				proves("statement-" + s.ID)
			}
			for _, s := range d.Sources {
				proves("source-" + s.ID)
			}
			for _, r := range d.Relations {
				proves("relation-" + r.ID)
			}
		}
	}
}

func TestHostileTextsStayTexts(t *testing.T) {
	all := sitetest.Explainers(t)
	for _, e := range all {
		for _, d := range e.Stories {
			storytest.MakeHostile(d)
		}
	}
	for p, data := range sitetest.Plan(t, all, site.Options{}).Files { // Plan compares each page with its own parse
		if path.Ext(p) != ".html" {
			continue
		}
		scripts := 0
		sitetest.Walk(sitetest.Parse(t, data), func(n *html.Node) {
			src, _ := sitetest.Attribute(n, "src")
			kind, _ := sitetest.Attribute(n, "type")
			runs := kind != "application/ld+json" && kind != "speculationrules"
			if n.Type == html.ElementNode && n.Data == "script" && path.Base(src) != page.Loader && runs {
				scripts++
			}
		})
		want := 1 // boot.js
		if path.Base(p) == page.MissingFile {
			want = 0
		}
		if scripts != want {
			t.Errorf("%s has %d scripts, want %d", p, scripts, want)
		}
	}
}

func TestPolicyNamesWhatIsInline(t *testing.T) {
	files := sitetest.Plan(t, sitetest.Explainers(t), site.Options{}).Files
	for _, p := range files.Paths() {
		if path.Ext(p) != ".html" {
			continue
		}
		policy := ""
		inline := map[string][]string{} // by directive
		var live bool
		var next []string
		sitetest.Walk(sitetest.Parse(t, files[p]), func(n *html.Node) {
			for _, a := range n.Attr {
				if n.Data == "meta" && a.Key == "content" && strings.HasPrefix(a.Val, "default-src") {
					policy = a.Val
				}
			}
			if kind, _ := sitetest.Attribute(n, "type"); kind == "application/ld+json" {
				return // data: nothing runs
			}
			if _, ok := sitetest.Attribute(n, "data-wasm"); ok && !strings.Contains(p, "/embed/") {
				live = true
			}
			around := func(attribute, value string) bool {
				for up := n.Parent; up != nil; up = up.Parent {
					if got, _ := sitetest.Attribute(up, attribute); got == value {
						return true
					}
				}
				return false
			}
			_, turns := sitetest.Attribute(n, "hreflang")
			if n.Data == "a" && (turns && around("class", "tools") || around("id", "evidence")) {
				href, _ := sitetest.Attribute(n, "href")
				next = append(next, href)
			}
			if (n.Data == "style" || n.Data == "script") && n.FirstChild != nil {
				inline[n.Data+"-src"] = append(inline[n.Data+"-src"], n.FirstChild.Data)
			}
			if n.Data == "noscript" && n.FirstChild != nil { // text to a parser with scripts
				alone := strings.TrimSuffix(strings.TrimPrefix(n.FirstChild.Data, "<style>"), "</style>")
				inline["style-src"] = append(inline["style-src"], alone)
			}
		})
		if live { // these come with the client
			inline["script-src"] = append(inline["script-src"], script.Ahead(next))
		}
		allowed := 0
		for _, directive := range strings.Split(policy, "; ") {
			name, sources, _ := strings.Cut(directive, " ")
			allowed += strings.Count(sources, "'sha256-")
			for _, text := range inline[name] {
				sum := sha256.Sum256([]byte(text))
				if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(sources, hash) {
					t.Errorf("%s: the policy does not name %s, the hash of what is inline", p, hash)
				}
			}
		}
		if texts := len(inline["style-src"]) + len(inline["script-src"]); allowed != texts {
			t.Errorf("%s: the policy allows %d hashes for %d inline texts", p, allowed, texts)
		}
	}
}

func TestWrite(t *testing.T) {
	out := t.TempDir() + "/dist"
	all := sitetest.Explainers(t)
	plan := func(explainers ...site.Explainer) *site.Planned {
		t.Helper()
		o := site.Options{Quick: true, NoPictures: true, Drafts: true, Cache: t.TempDir()}
		planned, err := site.Plan(explainers, sitetest.Client, o)
		if err != nil {
			t.Fatal(err)
		}
		return planned
	}
	planned := plan(all...)
	n, err := site.Write(out, planned)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("writes each file once", func(t *testing.T) {
		files, err := planned.Files()
		if err != nil || n != len(files) {
			t.Errorf("got %d files of %d, %v", n, len(files), err)
		}
		for p, want := range files {
			if data, err := os.ReadFile(out + "/" + p); err != nil || !bytes.Equal(data, want) {
				t.Errorf("%s is not what was planned: %v", p, err)
			}
		}
	})
	t.Run("drops what is no longer planned", func(t *testing.T) {
		if _, err := site.Write(out, plan(all[0])); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(out + "/" + all[1].Slug); !os.IsNotExist(err) {
			t.Errorf("the explainer that is gone is still there: %v", err)
		}
		if _, err := os.Stat(out + "/" + all[0].Slug); err != nil {
			t.Error(err)
		}
	})
	t.Run("marks the folder as a site, which is nothing to readers", func(t *testing.T) {
		if _, err := os.Stat(out + "/" + output.Marker); err != nil {
			t.Error(err)
		}
		w := httptest.NewRecorder()
		hosting.Handler(os.DirFS(out)).ServeHTTP(w, httptest.NewRequest("GET", "/"+output.Marker, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("got %d for the marker, want 404", w.Code)
		}
	})
	t.Run("leaves nothing beside the site", func(t *testing.T) {
		entries, err := os.ReadDir(path.Dir(out))
		if err != nil || len(entries) != 1 {
			t.Errorf("got %v, %v, want dist alone", entries, err)
		}
	})
	t.Run("refuses a folder that is not a site", func(t *testing.T) {
		other := t.TempDir()
		if err := os.WriteFile(other+"/thesis.txt", []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := site.Write(other, planned); err == nil {
			t.Error("a folder with other files was replaced")
		}
		if _, err := os.Stat(other + "/thesis.txt"); err != nil {
			t.Error(err)
		}
	})
}

// Blockers recognise files for sharing, and for other unwanted things, by their names; ours avoid such names.
func TestAssetsAreNotTakenForSomethingElse(t *testing.T) {
	unwanted := regexp.MustCompile(`(?i)\b(share|sharing|social|ads?|advert\w*|banner|track\w*|analytics|stats?|metrics?|popup|cookies?|consent|newsletter)\b`)
	files := sitetest.Plan(t, sitetest.Explainers(t)[:1], site.Options{}).Files
	found := 0
	for p := range files {
		if name, ok := strings.CutPrefix(p, file.Assets); ok {
			found++
			if word := unwanted.FindString(name); word != "" {
				t.Errorf("%s may be blocked for its %q", p, word)
			}
		}
	}
	if found < 20 {
		t.Errorf("found only %d assets", found)
	}
}
