package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
)

// An explainer in one file loads no other file, has all the text of its page, and has no dead links.
func TestOneFile(t *testing.T) {
	for _, base := range []string{"/", "https://example.org/x/"} {
		all := sitetest.Explainers(t)
		files := sitetest.Plan(t, all, site.Options{Base: base, Single: true}).Files
		for _, e := range all {
			for i, d := range e.Stories {
				name := e.Slug + "/" + e.Slug + "." + d.Lang + ".html"
				data := files[name]
				if len(data) == 0 || len(data) > int(page.Single.Budget()) {
					t.Errorf("%s has %d bytes of %d", name, len(data), int(page.Single.Budget()))
				}
				sum := sha256.Sum256(data)
				if want := hex.EncodeToString(sum[:]) + "  " + path.Base(name) + "\n"; string(files[name+".sha256"]) != want {
					t.Errorf("%s.sha256: got %q, want %q", name, files[name+".sha256"], want)
				}
				folder := e.Slug + "/" + d.Path()
				evidence := folder + "evidence/index.html"
				if !bytes.Contains(files[evidence], []byte(strings.Repeat("../", i+1)+path.Base(name)+`"`)) {
					t.Errorf("%s does not offer %s", evidence, name)
				}
				ids := map[string]bool{}
				doc := sitetest.Parse(t, data)
				sitetest.Walk(doc, func(n *html.Node) {
					id, _ := sitetest.Attribute(n, "id")
					ids[id] = true
				})
				for _, page := range []string{folder + "index.html", evidence} {
					sitetest.Walk(sitetest.Parse(t, files[page]), func(n *html.Node) {
						id, ok := sitetest.Attribute(n, "id")
						tool := n.Data == "input" || n.Data == "select" || n.Data == "output" || id == "finds"
						way := strings.HasPrefix(id, "evidence") // to the page whose all is in the file
						if ok && !ids[id] && !tool && !way {
							t.Errorf("%s has no #%s", name, id)
						}
					})
				}
				sitetest.Walk(doc, func(n *html.Node) {
					for _, a := range n.Attr {
						switch {
						case a.Key == "srcset" || a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/") || n.Data == "link" && a.Key == "href" && !strings.HasPrefix(a.Val, "data:") && !strings.HasPrefix(a.Val, "https://example.org/"):
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
