package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/desk/desktest"
	"sharh/app/site/output"
	"sharh/app/story/storytest"
)

func explainers(t *testing.T) []Explainer {
	t.Helper()
	stories := desktest.Stories(t, "../../cmd/sharh/testdata/content")
	var all []Explainer
	for _, slug := range slices.Sorted(maps.Keys(stories)) {
		all = append(all, Explainer{Slug: slug, Stories: stories[slug]})
	}
	return all
}

// plan1 plans a site. What takes long and is the same for all tests, such as pictures, is made once.
func plan1(t *testing.T, all []Explainer, o Options) Files {
	t.Helper()
	o.Preview = true
	o.Cache = cmp.Or(o.Cache, cache)
	files, err := Plan(all, Client{Wasm: []byte("\x00asm"), Exec: []byte("var x = 1;")}, o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// cache is a folder of the tests' own.
var cache string

func TestMain(m *testing.M) {
	var err error
	if cache, err = os.MkdirTemp("", "sharh-cache-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

func TestPlanIsAFunctionOfItsInput(t *testing.T) {
	a := plan1(t, explainers(t), Options{Base: "/", Cache: t.TempDir()})
	b := plan1(t, explainers(t), Options{Base: "/", Cache: t.TempDir()})
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
	files := plan1(t, explainers(t)[:1], Options{Cache: t.TempDir()})
	page := "eight-calls/index.html"
	if len(files[page+".br"]) == 0 || len(files[page+".gz"]) == 0 {
		t.Fatalf("%s has no compressed form", page)
	}
	if len(files[page+".br"])*2 > len(files[page]) {
		t.Errorf("%s.br has %d bytes of %d", page, len(files[page+".br"]), len(files[page]))
	}
}

func walk(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func parse(t *testing.T, data []byte) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every link and every file that a page asks for is there, and nothing it loads is elsewhere.
func TestPagesLinkOnlyToWhatIsThere(t *testing.T) {
	for _, base := range []string{"/", "/explainers/", "https://example.org/x/"} {
		files := plan1(t, explainers(t), Options{Base: base})
		docs := map[string]*html.Node{}
		ids := map[string]bool{} // "slug/index.html#call-3"
		for _, p := range files.Paths() {
			if path.Ext(p) != ".html" {
				continue
			}
			docs[p] = parse(t, files[p])
			walk(docs[p], func(n *html.Node) {
				id, ok := attribute(n, "id")
				if ok && ids[p+"#"+id] {
					t.Errorf("%s: id %q occurs twice", p, id)
				}
				ids[p+"#"+id] = ok
			})
		}
		for p, doc := range docs {
			exists := func(address string) bool {
				address, fragment, within := strings.Cut(address, "#")
				file := path.Join(path.Dir(p), address)
				if strings.HasSuffix(address, "/") || address == "." || address == "./" {
					file = path.Join(file, "index.html")
				}
				_, ok := files[file]
				return ok && (!within || ids[file+"#"+fragment])
			}
			walk(doc, func(n *html.Node) {
				for _, name := range []string{"href", "src", "data-wasm", "data-exec", "data-story", "data-offline", "data-worker"} {
					address, ok := attribute(n, name)
					rel, _ := attribute(n, "rel")
					switch {
					case !ok:
					case rel == "canonical" || rel == "alternate":
						if !strings.HasPrefix(address, strings.TrimSuffix(base, "/")+"/") {
							t.Errorf("%s: %s %q is not under %s", p, rel, address, base)
						}
					case strings.HasPrefix(address, "#"):
						if !ids[p+address] {
							t.Errorf("%s: nothing has the id of %s", p, address)
						}
					case n.Data == "a" && strings.HasPrefix(address, "http"):
						if target, _ := attribute(n, "target"); target != "_blank" || !strings.Contains(rel, "noopener") {
							t.Errorf("%s: the link to %s opens in this window or lets it be reached", p, address)
						}
					case !exists(address):
						t.Errorf("%s: %s=%q is not in the site", p, name, address)
					}
				}
				if _, ok := attribute(n, "style"); ok {
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
	files := plan1(t, explainers(t), Options{})
	for _, e := range explainers(t) {
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
	all := explainers(t)
	for _, e := range all {
		for _, d := range e.Stories {
			storytest.MakeHostile(d)
		}
	}
	for p, data := range plan1(t, all, Options{}) { // Plan compares each page with its own parse
		if path.Ext(p) != ".html" {
			continue
		}
		scripts := 0
		walk(parse(t, data), func(n *html.Node) {
			if src, _ := attribute(n, "src"); n.Type == html.ElementNode && n.Data == "script" && path.Base(src) != loaderName {
				scripts++
			}
		})
		if scripts != 1 {
			t.Errorf("%s has %d scripts, want boot.js alone", p, scripts)
		}
	}
}

func TestPolicyNamesWhatIsInline(t *testing.T) {
	files := plan1(t, explainers(t), Options{})
	for _, p := range files.Paths() {
		if path.Ext(p) != ".html" {
			continue
		}
		policy := ""
		inline := map[string][]string{} // by directive
		walk(parse(t, files[p]), func(n *html.Node) {
			for _, a := range n.Attr {
				if n.Data == "meta" && a.Key == "content" && strings.HasPrefix(a.Val, "default-src") {
					policy = a.Val
				}
			}
			if (n.Data == "style" || n.Data == "script") && n.FirstChild != nil {
				inline[n.Data+"-src"] = append(inline[n.Data+"-src"], n.FirstChild.Data)
			}
			if n.Data == "noscript" && n.FirstChild != nil { // text to a parser with scripts
				alone := strings.TrimSuffix(strings.TrimPrefix(n.FirstChild.Data, "<style>"), "</style>")
				inline["style-src"] = append(inline["style-src"], alone)
			}
		})
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
	files := Files{"index.html": []byte("a"), "assets/x.css": []byte("b")}
	if err := files.Write(out); err != nil {
		t.Fatal(err)
	}
	t.Run("drops what is no longer planned", func(t *testing.T) {
		if err := (Files{"index.html": []byte("c"), "assets/y.css": []byte("d")}).Write(out); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(out + "/assets/x.css"); !os.IsNotExist(err) {
			t.Errorf("the old file is still there: %v", err)
		}
		if data, _ := os.ReadFile(out + "/index.html"); string(data) != "c" {
			t.Errorf("got %q, want the new page", data)
		}
	})
	t.Run("marks the folder as a site, which is nothing to readers", func(t *testing.T) {
		if _, err := os.Stat(out + "/" + output.Marker); err != nil {
			t.Error(err)
		}
		w := httptest.NewRecorder()
		Handler(os.DirFS(out)).ServeHTTP(w, httptest.NewRequest("GET", "/"+output.Marker, nil))
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
		if err := files.Write(other); err == nil {
			t.Error("a folder with other files was replaced")
		}
		if _, err := os.Stat(other + "/thesis.txt"); err != nil {
			t.Error(err)
		}
	})
}

// The rules for hosts say what the handler does. The servers themselves are not asked here.
func TestRulesForHostsNameBaseTypesAndCaching(t *testing.T) {
	for base, under := range map[string]string{"/": "/", "/explainers/": "/explainers/", "https://example.org/x/y/": "/x/y/"} {
		files := plan1(t, explainers(t)[:1], Options{Base: base})
		for name, needs := range map[string][]string{
			"_headers":   {"\n" + under + "assets/*\n", immutable, "\n" + under + "*/sw.js\n  Cache-Control: no-cache\n"},
			"nginx.conf": {"location " + under + " {", "location " + under + "assets/ {", "application/wasm wasm;", immutable, "location = " + under + output.Marker + " {"},
			"Caddyfile":  {"header " + under + "assets/* Cache-Control", immutable, "hide " + output.Marker},
		} {
			for _, need := range append(needs, "Access-Control-Allow-Origin", "nosniff") {
				if !strings.Contains("\n"+string(files[name]), need) {
					t.Errorf("with base %s, %s lacks %q", base, name, need)
				}
			}
			if bytes.Count(files[name], []byte("{")) != bytes.Count(files[name], []byte("}")) {
				t.Errorf("with base %s, %s has unbalanced braces", base, name)
			}
		}
	}
}
