package offline_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/offline"
	"sharh/app/site/sitetest"
	"sharh/web"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

// entry is a file as a worker's list has it.
type entry struct {
	path, hash string
	size       int
}

var filledIn = regexp.MustCompile(`\{version:"([0-9a-f]{16})",reading:(\[.*?\]),client:(\[.*?\]),pages:\[`)

// saved reads the list of a built worker: hash and size by path in the site.
func saved(t *testing.T, files site.Files, folder string) (version string, reading, client map[string]entry) {
	t.Helper()
	m := filledIn.FindSubmatch(files[folder+offline.Worker])
	if m == nil {
		t.Fatalf("%s%s has no list", folder, offline.Worker)
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

// A worker saves its pages and every file that they load, with the bytes that the build wrote.
func TestWorkerSavesWhatPagesNeed(t *testing.T) {
	for _, c := range []struct {
		app    site.App
		folder string
		pages  int
	}{{site.AppExplainer, "eight-calls/", 4}, {site.AppSite, "", 9}} {
		all := sitetest.Explainers(t)
		files := sitetest.Plan(t, all, site.Options{Base: "https://example.org/x/", App: c.app}).Files
		_, reading, client := saved(t, files, c.folder)
		pages := 0
		for _, list := range []map[string]entry{reading, client} {
			for file, e := range list {
				sum := sha256.Sum256(files[file])
				if files[file] == nil || e.hash != base64.StdEncoding.EncodeToString(sum[:]) || e.size != len(files[file]) {
					t.Errorf("%s%s: %s is not what the build wrote", c.folder, offline.Worker, file)
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
			if strings.Contains(file, "/call/") || strings.Contains(file, "card.") || strings.Contains(file, "/data/") || strings.HasSuffix(file, "map.svg") || strings.Contains(file, "screenshot.") {
				t.Errorf("%s is saved; nobody reads it there", file)
			}
			if path.Ext(file) != ".html" {
				continue
			}
			pages++
			sitetest.Walk(sitetest.Parse(t, files[file]), func(n *html.Node) {
				for _, a := range n.Attr {
					if !strings.Contains(a.Val, "assets/") || strings.Contains(a.Val, ":") || a.Key != "href" && a.Key != "src" && !strings.HasPrefix(a.Key, "data-") {
						continue
					}
					asset := path.Join(path.Dir(file), a.Val)
					_, r := reading[asset]
					_, c := client[asset]
					// Of a picture one form is saved, which stands for the others.
					for saved := range reading {
						if form := regexp.MustCompile(`^(assets/picture\..*-)[0-9]+\.`).FindStringSubmatch(asset); form != nil {
							r = r || strings.HasPrefix(saved, form[1])
						}
					}
					if !r && !c {
						t.Errorf("%s asks for %s, which is not saved", file, asset)
					}
				}
			})
		}
		if pages != c.pages {
			t.Errorf("app %s: %d pages are saved, want %d", c.app, pages, c.pages)
		}
		var cost offline.Cost
		if err := json.Unmarshal(files[c.folder+offline.Costs], &cost); err != nil || cost.Reading < 100_000 || cost.Client < 10 {
			t.Errorf("app %s: got cost %+v, %v", c.app, cost, err)
		}
	}
}

// Any change of the content makes a new version. The same content is the same version, under any base.
func TestWorkerVersion(t *testing.T) {
	all := sitetest.Explainers(t)[:1]
	folder := all[0].Slug + "/"
	a, _, _ := saved(t, sitetest.Plan(t, all, site.Options{}).Files, folder)
	b, _, _ := saved(t, sitetest.Plan(t, sitetest.Explainers(t)[:1], site.Options{}).Files, folder)
	all[0].Stories[1].Standfirst[0].Text += "!"
	c, _, _ := saved(t, sitetest.Plan(t, all, site.Options{}).Files, folder)
	if a != b || a == c {
		t.Errorf("got versions %s, %s, and %s after a change", a, b, c)
	}
}

// Where apps are switched off, workers of earlier builds are ended.
func TestWorkersAreEnded(t *testing.T) {
	all := sitetest.Explainers(t)
	ends := func(files site.Files, name string) bool {
		script := string(files[name])
		return strings.Contains(script, "unregister()") && !strings.Contains(script, "fetch")
	}
	for _, c := range []struct {
		options site.Options
		root    bool // something is there
		slug    bool // is ended
	}{
		{site.Options{}, false, false}, {site.Options{App: site.AppSite}, true, true}, {site.Options{App: site.AppOff}, true, true},
	} {
		files := sitetest.Plan(t, all, c.options).Files
		if (files[offline.Worker] != nil) != c.root || c.root && ends(files, offline.Worker) == (c.options.App == site.AppSite) {
			t.Errorf("%+v: what is at the root is wrong", c.options)
		}
		if name := all[0].Slug + "/" + offline.Worker; ends(files, name) != c.slug {
			t.Errorf("%+v: %s ends: got %v", c.options, name, !c.slug)
		}
	}
}

// The rules by which pwabuilder.com judges a manifest (libraries/manifest-validation), as far as they apply to an
// explainer.
func TestManifestRules(t *testing.T) {
	const base = "https://example.org/x/"
	all := sitetest.Explainers(t)
	for i := range all {
		all[i].Screenshots = nil
		for _, d := range all[i].Stories {
			all[i].Screenshots = append(all[i].Screenshots, site.Screenshot{Lang: d.Lang, Form: "wide", PNG: offline.Blank(t, 1280, 800)}, site.Screenshot{Lang: d.Lang, Form: "narrow", PNG: offline.Blank(t, 400, 800)})
		}
	}
	ids := map[string]string{}
	check := func(files site.Files, at string, explainer bool) {
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
		page := strings.TrimSuffix(at, offline.Manifest) + "index.html"
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
	files := sitetest.Plan(t, all, site.Options{Base: base}).Files
	for _, e := range all {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			check(files, folder+offline.Manifest, true)
		}
	}
	ids = map[string]string{}
	check(sitetest.Plan(t, all, site.Options{Base: base, App: site.AppSite}).Files, offline.Manifest, false)
}

func sizes(c image.Config) string { return fmt.Sprintf("%dx%d", c.Width, c.Height) }

// Every language has every word that offline.js uses, and no other words.
func TestWordsOfOffline(t *testing.T) {
	source, err := web.Files.ReadFile("offline.js")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"digits": true, "unit": true, "removed": true, "network": true, "changed": true, "space": true, "denied": true, "saving": true}
	for _, m := range regexp.MustCompile(`(?:say|button)\('(\w+)'`).FindAllSubmatch(source, -1) {
		used[string(m[1])] = true
	}
	for _, e := range sitetest.Explainers(t) {
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
