package page_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
)

func TestMain(m *testing.M) { sitetest.Main(m) }

// Loads lists exactly the files that the page's HTML and its scripts name.
func TestLoadsAreWhatPagesName(t *testing.T) {
	for _, app := range []site.App{site.AppExplainer, site.AppSite, site.AppOff} {
		planned := sitetest.Plan(t, sitetest.Explainers(t), site.Options{Base: "https://example.org/x/", App: app, Single: true})
		kinds := map[page.Kind]bool{}
		for _, p := range planned.Pages {
			kinds[p.Kind] = true
			var named, said []string
			add := func(address string) {
				if strings.Contains(address, "assets/") && !strings.Contains(address, ":") {
					if rest, ok := strings.CutPrefix(address, p.Root); ok && p.Root != "" {
						named = append(named, rest)
						return
					}
					named = append(named, path.Join(p.Folder(), address))
				}
			}
			head := strings.SplitN(string(planned.Files[p.Path]), "</head>", 2)[0]
			sitetest.Walk(sitetest.Parse(t, []byte(head)), func(n *html.Node) {
				for _, name := range []string{"href", "src", "data-wasm", "data-exec", "data-look", "data-story", "data-depth", "data-offline", "data-share"} {
					if address, ok := sitetest.Attribute(n, name); ok {
						add(address)
					}
				}
			})
			for _, d := range []*page.Dialog{p.Save, p.Share} {
				if d == nil {
					continue
				}
				for _, need := range d.Needs {
					if !strings.Contains(string(planned.Files[d.Path]), path.Base(need)) {
						t.Errorf("%s does not ask for %s", d.Path, need)
					}
					named = append(named, need)
				}
			}
			// Of a picture a page names several forms, and is said to load one of them.
			if p.Kind == page.Explainer {
				forms := regexp.MustCompile(`assets/(picture\.[^ "]+-)[0-9]+\.[0-9a-f]+\.[a-z]+`)
				for _, name := range forms.FindAllStringSubmatch(string(p.Body), -1) {
					of := func(path string) bool { return strings.HasPrefix(path, "assets/"+name[1]) }
					if i := slices.IndexFunc(p.Pictures, of); i < 0 {
						t.Errorf("%s names %s, and is said to load no form of it", p.Path, name[0])
					} else if !slices.Contains(named, p.Pictures[i]) {
						named = append(named, p.Pictures[i])
					}
				}
			}
			for _, l := range p.Loads() {
				if planned.Files[l.Path] == nil {
					t.Errorf("%s loads %s, which is not in the site", p.Path, l.Path)
				}
				said = append(said, l.Path)
			}
			slices.Sort(named)
			slices.Sort(said)
			if !slices.Equal(named, said) {
				t.Errorf("%s names\n%s\nand is said to load\n%s", p.Path, strings.Join(named, "\n"), strings.Join(said, "\n"))
			}
		}
		for _, kind := range []page.Kind{page.Explainer, page.Evidence, page.Item, page.Embed, page.Demo, page.Shelf, page.Missing, page.Single} {
			if !kinds[kind] || kind.Budget() == 0 {
				t.Errorf("there is no page of the kind %s, or no budget", kind)
			}
		}
	}
}

func TestPagesThatCannotBeWritten(t *testing.T) {
	for _, p := range []*page.Page{
		{Style: page.Text{Inline: "a{content:'</style>'}"}}, {Script: page.Text{Inline: "'</script>'"}},
		{NoScript: "</"}, {Kind: page.Single, Print: page.Text{Inline: "</"}},
	} {
		if html, err := p.HTML(); err == nil {
			t.Errorf("got %s, want an error: the text would end before its end", html)
		}
	}
}

// 'self' is nothing to WebKit in a sandboxed frame, so pages whose host is known name their origin besides.
func TestPolicyNamesTheOrigin(t *testing.T) {
	for canonical, want := range map[string]string{
		"/x/": "font-src 'self';", "https://news.example:8443/x/": "font-src 'self' https://news.example:8443;",
	} {
		p := &page.Page{Kind: page.Shelf, Path: "index.html", Canonical: canonical}
		html, err := p.HTML()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(html), want) {
			t.Errorf("%s: the policy does not contain %s: %.600s", canonical, want, html)
		}
	}
}
