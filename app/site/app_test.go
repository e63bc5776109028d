package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"golang.org/x/net/html"

	"sharh/web"
)

var filledIn = regexp.MustCompile(`\{version:"([0-9a-f]{16})",reading:(\[.*?\]),client:(\[.*?\]),pages:\[`)

// saved reads the list of a built worker: hash and size by path in the site.
func saved(t *testing.T, files Files, folder string) (version string, reading, client map[string]entry) {
	t.Helper()
	m := filledIn.FindSubmatch(files[folder+workerName])
	if m == nil {
		t.Fatalf("%s%s has no list", folder, workerName)
	}
	lists := [2]map[string]entry{{}, {}}
	for i, text := range m[2:4] {
		var all [][]any
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			file := path.Join(folder, e[0].(string))
			if files[file] == nil {
				file = path.Join(file, "index.html")
			}
			lists[i][file] = entry{path: e[0].(string), hash: e[1].(string), size: int(e[2].(float64))}
		}
	}
	return string(m[1]), lists[0], lists[1]
}

// What a worker saves is what the build wrote, and all that its pages ask for.
func TestWorkerSavesWhatPagesNeed(t *testing.T) {
	for _, c := range []struct {
		app    App
		folder string
		pages  int
	}{{AppExplainer, "eight-calls/", 4}, {AppSite, "", 9}} {
		all := explainers(t)
		files := plan1(t, all, Options{Base: "https://example.org/x/", App: c.app})
		_, reading, client := saved(t, files, c.folder)
		pages := 0
		for _, list := range []map[string]entry{reading, client} {
			for file, e := range list {
				sum := sha256.Sum256(files[file])
				if files[file] == nil || e.hash != base64.StdEncoding.EncodeToString(sum[:]) || e.size != len(files[file]) {
					t.Errorf("%s%s: %s is not what the build wrote", c.folder, workerName, file)
				}
			}
		}
		for file := range reading {
			if path.Ext(file) == ".js" {
				for _, name := range regexp.MustCompile(`[a-z.-]+\.[0-9a-f]{12}\.[a-z]+`).FindAllString(string(files[file]), -1) {
					if _, ok := reading["assets/"+name]; !ok {
						t.Errorf("%s asks for %s, which is not saved", file, name)
					}
				}
			}
			if strings.Contains(file, "/call/") || strings.Contains(file, "card.") || strings.Contains(file, "screenshot.") {
				t.Errorf("%s is saved; nobody reads it there", file)
			}
			if path.Ext(file) != ".html" {
				continue
			}
			pages++
			walk(parse(t, files[file]), func(n *html.Node) {
				for _, a := range n.Attr {
					if !strings.Contains(a.Val, "assets/") || strings.Contains(a.Val, ":") || a.Key != "href" && a.Key != "src" && !strings.HasPrefix(a.Key, "data-") {
						continue
					}
					asset := path.Join(path.Dir(file), a.Val)
					_, r := reading[asset]
					_, c := client[asset]
					if !r && !c {
						t.Errorf("%s asks for %s, which is not saved", file, asset)
					}
				}
			})
		}
		if pages != c.pages {
			t.Errorf("app %s: %d pages are saved, want %d", c.app, pages, c.pages)
		}
		var cost Cost
		if err := json.Unmarshal(files[c.folder+costName], &cost); err != nil || cost.Reading < 100_000 || cost.Client < 10 {
			t.Errorf("app %s: got cost %+v, %v", c.app, cost, err)
		}
	}
}

// Another sentence is another version; the same content is the same one, under whatever base.
func TestWorkerVersion(t *testing.T) {
	all := explainers(t)[:1]
	folder := all[0].Slug + "/"
	a, _, _ := saved(t, plan1(t, all, Options{}), folder)
	b, _, _ := saved(t, plan1(t, explainers(t)[:1], Options{}), folder)
	all[0].Stories[1].Standfirst[0].Text += "!"
	c, _, _ := saved(t, plan1(t, all, Options{}), folder)
	if a != b || a == c {
		t.Errorf("got versions %s, %s, and %s after a change", a, b, c)
	}
}

// In a preview, and where it is switched off, workers that were there are ended.
func TestWorkersAreEnded(t *testing.T) {
	all := explainers(t)
	ends := func(files Files, name string) bool {
		script := string(files[name])
		return strings.Contains(script, "unregister()") && !strings.Contains(script, "fetch")
	}
	for _, c := range []struct {
		options Options
		root    bool // something is there
		slug    bool // is ended
	}{
		{Options{}, false, false}, {Options{App: AppSite}, true, true}, {Options{App: AppOff}, true, true}, {Options{Plain: true}, true, true},
	} {
		files := plan1(t, all, c.options)
		if (files[workerName] != nil) != c.root || c.root && ends(files, workerName) == (c.options.App == AppSite) {
			t.Errorf("%+v: what is at the root is wrong", c.options)
		}
		if name := all[0].Slug + "/" + workerName; ends(files, name) != c.slug {
			t.Errorf("%+v: %s ends: got %v", c.options, name, !c.slug)
		}
	}
}

func TestScriptsAreValidBeforeTheBuildFillsThemIn(t *testing.T) {
	for _, name := range []string{"sw.js", "sw-off.js", "offline.js"} {
		source, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if r := api.Transform(string(source), api.TransformOptions{Loader: api.LoaderJS}); len(r.Errors) > 0 {
			t.Errorf("%s: %s", name, r.Errors[0].Text)
		}
	}
}

// Every word that offline.js says is there in every language, and none besides.
func TestWordsOfOffline(t *testing.T) {
	source, err := web.Files.ReadFile("offline.js")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"digits": true, "unit": true, "removed": true, "network": true, "changed": true, "space": true, "denied": true, "saving": true}
	for _, m := range regexp.MustCompile(`(?:say|button)\('(\w+)'`).FindAllSubmatch(source, -1) {
		used[string(m[1])] = true
	}
	for _, e := range explainers(t) {
		for _, d := range e.Stories {
			for word, text := range d.Words.Offline {
				if !used[word] || strings.TrimSpace(text) == "" {
					t.Errorf("%s: the word %q is said nowhere, or empty", d.Lang, word)
				}
			}
			for word := range used {
				if d.Words.Offline[word] == "" {
					t.Errorf("%s: the word %q is missing", d.Lang, word)
				}
			}
		}
	}
}

// The rules by which pwabuilder.com judges a manifest (libraries/manifest-validation), those that fit an explainer.
func TestManifestRules(t *testing.T) {
	const base = "https://example.org/x/"
	all := explainers(t)
	for i := range all {
		all[i].Screenshots = nil
		for _, d := range all[i].Stories {
			all[i].Screenshots = append(all[i].Screenshots, Screenshot{d.Lang, "wide", blank(t, 1280, 800)}, Screenshot{d.Lang, "narrow", blank(t, 400, 800)})
		}
	}
	ids := map[string]string{}
	check := func(files Files, at string, explainer bool) {
		t.Helper()
		var m map[string]any
		if err := json.Unmarshal(files[at], &m); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		bad := func(ok bool, rule string) {
			if !ok {
				t.Errorf("%s: %s; got %v", at, rule, m)
			}
		}
		text := func(key string) string { s, _ := m[key].(string); return s }
		for _, key := range []string{"name", "short_name", "description", "id", "start_url", "scope", "lang", "dir"} {
			bad(text(key) != "" && strings.TrimSpace(text(key)) == text(key), key+" is a text without white space around it")
		}
		bad(len([]rune(text("short_name"))) >= 3 && len([]rune(text("short_name"))) <= 12, "short_name has from 3 to 12 characters")
		bad(slices.Contains([]string{"fullscreen", "standalone", "minimal-ui", "browser"}, text("display")), "display is a mode")
		bad(slices.Contains([]string{"any", "natural", "landscape", "portrait"}, text("orientation")), "orientation is one")
		bad(text("dir") == "rtl" || text("dir") == "ltr", "dir is a direction")
		for _, key := range []string{"theme_color", "background_color"} {
			bad(regexp.MustCompile(`^#([0-9A-Fa-f]{3}){1,2}$`).MatchString(text(key)), key+" is a colour in hexadecimal")
		}
		bad(text("handle_links") == "auto", "handle_links is one of its values")
		_, launch := m["launch_handler"].(map[string]any)
		bad(launch, "launch_handler is there")
		prefer, isBool := m["prefer_related_applications"].(bool)
		bad(isBool && !prefer, "prefer_related_applications is false")
		override, _ := m["display_override"].([]any)
		categories, _ := m["categories"].([]any)
		bad(len(override) > 0 && len(categories) > 0, "display_override and categories are lists")

		pictures := func(v any) []map[string]any {
			var all []map[string]any
			list, _ := v.([]any)
			for _, x := range list {
				p, _ := x.(map[string]any)
				src, _ := p["src"].(string)
				file := path.Join(path.Dir(at), src)
				bad(files[file] != nil, "the picture "+src+" is there")
				if p["type"] == "image/png" {
					c, err := png.DecodeConfig(bytes.NewReader(files[file]))
					bad(err == nil && p["sizes"] == sizes(c), "the picture "+src+" has the size that is said")
				}
				all = append(all, p)
			}
			return all
		}
		purposes := map[string]bool{}
		large := false
		for _, p := range pictures(m["icons"]) {
			purpose, _ := p["purpose"].(string)
			bad(purpose == "any" || purpose == "maskable" || purpose == "monochrome", "each icon has one purpose")
			purposes[purpose] = true
			large = large || p["type"] == "image/png" && p["sizes"] == "512x512" && purpose == "any"
		}
		bad(large && purposes["maskable"] && purposes["monochrome"], "there are icons for any purpose of 512 pixels as PNG, maskable and monochrome")
		if other := ids[text("id")]; other != "" && other != at {
			t.Errorf("%s and %s have the same id", at, other)
		}
		ids[text("id")] = at
		if !explainer {
			return
		}
		forms := map[string]bool{}
		for _, p := range pictures(m["screenshots"]) {
			form, _ := p["form_factor"].(string)
			forms[form] = true
			bad(p["label"] != "", "screenshots have labels")
		}
		bad(forms["wide"] && forms["narrow"], "there are wide and narrow screenshots")
		shortcuts, _ := m["shortcuts"].([]any)
		bad(len(shortcuts) == 3, "there are three shortcuts")
		page := strings.TrimSuffix(at, manifestName) + "index.html"
		for _, s := range shortcuts {
			s, _ := s.(map[string]any)
			_, id, _ := strings.Cut(s["url"].(string), "#")
			bad(bytes.Contains(files[page], []byte(` id="`+id+`"`)), "the shortcut leads to a part of the page: "+id)
			icons := pictures(s["icons"])
			bad(len(icons) == 1 && icons[0]["sizes"] == "96x96" && icons[0]["type"] == "image/png", "a shortcut has an icon of 96 pixels as PNG")
			bad(s["name"] != "", "a shortcut has a name")
		}
		scope := path.Join(path.Dir(at), text("scope"))
		bad(strings.HasPrefix(path.Dir(at)+"/", scope+"/"), "the page is within the scope")
		bad(text("id") == "/x/"+path.Dir(at)+"/", "the id is the address of the page")
	}
	files := plan1(t, all, Options{Base: base})
	for _, e := range all {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			check(files, folder+manifestName, true)
		}
	}
	ids = map[string]string{}
	check(plan1(t, all, Options{Base: base, App: AppSite}), manifestName, false)
}

func sizes(c image.Config) string { return fmt.Sprintf("%dx%d", c.Width, c.Height) }

func blank(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestScreenshotsAreChecked(t *testing.T) {
	for _, c := range []struct {
		form          string
		width, height int
		wrong         string // "" for none
	}{
		{"wide", 1280, 800, ""}, {"narrow", 400, 800, ""}, {"wide", 400, 800, "is not wide"}, {"narrow", 200, 400, "sides must be"},
		{"narrow", 400, 1000, "2.3 times"}, {"tall", 400, 800, "neither"}, {"wide", 4000, 3000, "sides must be"},
	} {
		_, _, err := Screenshot{"ar", c.form, blank(t, c.width, c.height)}.size()
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s, %d by %d: got %v, want %q", c.form, c.width, c.height, err, c.wrong)
		}
	}
	if _, _, err := (Screenshot{"ar", "wide", []byte("no picture")}).size(); err == nil {
		t.Error("what is no picture was taken for one")
	}
}

func TestShortNames(t *testing.T) {
	for title, want := range map[string]string{
		"بوتين وترامب: ثماني مكالمات": "بوتين وترامب", "What an explainer can hold": "What an", "Incomprehensibilities": "Incomprehensibilities", "The bridge, closed": "The bridge",
	} {
		if got := short(title); got != want {
			t.Errorf("short(%q): got %q, want %q", title, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"", "sw.js", "sw.js"}, {"a/", "a/sw.js", "sw.js"}, {"a/en/", "a/sw.js", "../sw.js"}, {"a/en/call/3/", "a/en/m", "../../m"}, {"a/", "sw.js", "../sw.js"}, {"a/", "ab/x", "../ab/x"},
	} {
		if got := relative(c[0], c[1]); got != c[2] {
			t.Errorf("relative(%q, %q): got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// An explainer in one file asks for nothing, says all that its page says, and leads nowhere that is not there.
func TestOneFile(t *testing.T) {
	for _, base := range []string{"/", "https://example.org/x/"} {
		all := explainers(t)
		files := plan1(t, all, Options{Base: base, Single: true})
		for _, e := range all {
			for i, d := range e.Stories {
				name := e.Slug + "/" + oneFileName(d)
				data := files[name]
				if len(data) == 0 || len(data) > BudgetWhole {
					t.Errorf("%s has %d bytes of %d", name, len(data), BudgetWhole)
				}
				sum := sha256.Sum256(data)
				if want := hex.EncodeToString(sum[:]) + "  " + oneFileName(d) + "\n"; string(files[name+".sha256"]) != want {
					t.Errorf("%s.sha256: got %q, want %q", name, files[name+".sha256"], want)
				}
				folder := e.Slug + "/" + d.Path()
				evidence := folder + "evidence/index.html"
				if !bytes.Contains(files[evidence], []byte(strings.Repeat("../", i+1)+oneFileName(d)+`"`)) {
					t.Errorf("%s does not offer %s", evidence, name)
				}
				ids := map[string]bool{}
				doc := parse(t, data)
				walk(doc, func(n *html.Node) {
					id, _ := attribute(n, "id")
					ids[id] = true
				})
				for _, page := range []string{folder + "index.html", evidence} {
					walk(parse(t, files[page]), func(n *html.Node) {
						id, ok := attribute(n, "id")
						tool := n.Data == "input" || n.Data == "select" || n.Data == "output"
						way := strings.HasPrefix(id, "evidence") // to the page whose all is in the file
						if ok && !ids[id] && !tool && !way {
							t.Errorf("%s has no #%s", name, id)
						}
					})
				}
				walk(doc, func(n *html.Node) {
					for _, a := range n.Attr {
						switch {
						case a.Key == "src" || n.Data == "link" && a.Key == "href" && !strings.HasPrefix(a.Val, "data:") && !strings.HasPrefix(a.Val, "https://example.org/"):
							t.Errorf("%s asks for %s", name, a.Val)
						case a.Key == "href" && strings.HasPrefix(a.Val, "#") && !ids[a.Val[1:]]:
							t.Errorf("%s has no %s", name, a.Val)
						case n.Data == "a" && a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "http"):
							t.Errorf("%s leads to %s, which is not beside it", name, a.Val)
						}
					}
				})
				for _, m := range regexp.MustCompile(`url\(["']?(?:[^d#"']|d[^a])[^)]*`).FindAll(data, -1) {
					t.Errorf("%s loads %s", name, m)
				}
			}
		}
	}
}
