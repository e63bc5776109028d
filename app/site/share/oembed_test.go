package share_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/page/ui"
	"sharh/app/site"
	"sharh/app/site/sitetest"
)

// The address of a page leads to its oEmbed answer; the link and the frame in the answer lead to pages of the site.
func TestOEmbed(t *testing.T) {
	const base = "https://example.org/x/"
	all := sitetest.Explainers(t)
	files := sitetest.Plan(t, all, site.Options{Base: base}).Files
	for _, e := range all {
		for _, d := range e.Stories {
			folder := e.Slug + "/" + d.Path()
			want := map[string]string{"": "", ui.Evidence.Path(): ""} // query of the frame by path
			for _, item := range ui.Items(d) {
				switch {
				case item.Step != nil:
					want[item.Path()] = fmt.Sprintf("step=%d", item.Step.Number)
				case item.Call != nil:
					want[item.Path()] = fmt.Sprintf("call=%d", item.Call.ID)
				case item.Actor != nil:
					want[item.Path()] = "actor=" + item.Actor.ID
				default:
					want[item.Path()] = "view=" + item.View.ID
				}
			}
			for path, query := range want {
				page := folder + path
				found := ""
				sitetest.Walk(sitetest.Parse(t, files[page+"index.html"]), func(n *html.Node) {
					if kind, _ := sitetest.Attribute(n, "type"); kind == "application/json+oembed" {
						found, _ = sitetest.Attribute(n, "href")
					}
				})
				data := files[strings.TrimPrefix(found, base)]
				if !strings.HasPrefix(found, base) || data == nil {
					t.Errorf("%s names the answer %q, which is not in the site", page, found)
					continue
				}
				var o struct {
					Version, Type, Title string
					ProviderURL          string `json:"provider_url"`
					ThumbnailURL         string `json:"thumbnail_url"`
					Width, Height        int
					HTML                 string
				}
				if err := json.Unmarshal(data, &o); err != nil {
					t.Errorf("%s: %v", found, err)
					continue
				}
				if o.Version != "1.0" || o.Type != "rich" || o.Title == "" || o.Width <= 0 || o.Height <= 0 || o.ProviderURL != base {
					t.Errorf("%s: got %+v", found, o)
				}
				if picture := strings.TrimPrefix(o.ThumbnailURL, base); files[picture] == nil {
					t.Errorf("%s: its picture %q is not in the site", found, o.ThumbnailURL)
				}
				var elements []string
				sitetest.Walk(sitetest.Parse(t, []byte(o.HTML)), func(n *html.Node) {
					switch n.Data {
					case "blockquote":
						if len(n.Attr) > 0 {
							t.Errorf("%s: WordPress wants the blockquote without attributes, got %v", found, n.Attr)
						}
						elements = append(elements, n.Data)
					case "a":
						if href, _ := sitetest.Attribute(n, "href"); href != base+page {
							t.Errorf("%s links to %s, want its page %s", found, href, base+page)
						}
						elements = append(elements, n.Data)
					case "iframe":
						src, _ := sitetest.Attribute(n, "src")
						u, err := url.Parse(src)
						if err != nil || u.RawQuery != query || u.Fragment != "" {
							t.Errorf("%s frames %s (%v), want the query %q and no fragment", found, src, err, query)
						}
						u.RawQuery = ""
						if files[strings.TrimPrefix(u.String(), base)+"index.html"] == nil {
							t.Errorf("%s frames %s, which is not in the site", found, src)
						}
						if title, _ := sitetest.Attribute(n, "title"); title != o.Title {
							t.Errorf("%s: got the frame's title %q, want %q", found, title, o.Title)
						}
						elements = append(elements, n.Data)
					case "script":
						t.Errorf("%s has a script", found)
					}
				})
				if got := strings.Join(elements, " "); got != "blockquote a iframe" {
					t.Errorf("%s: got %s, want a blockquote with a link, and a frame", found, got)
				}
			}
		}
	}
}
