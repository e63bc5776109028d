package budget

import (
	"strings"
	"testing"

	"sharh/app/site/file"
	"sharh/app/site/page"
)

func TestWeigh(t *testing.T) {
	large := func(n int) []byte { return []byte(strings.Repeat("x", n)) }
	files := file.Set{
		"a/index.html": large(90_000), "a/index.html.br": large(37_000), "a/index.html.gz": large(50_000),
		"a/call/1/index.html": large(29_000), "a/evidence/index.html": large(39_900), "index.html": large(10),
		"a/a.en.html": large(400_001), "a/a.en.html.br": large(10),
		"assets/style.css": large(900), "assets/style.css.br": large(200), "assets/f.woff2": large(70_001), "assets/later.css": large(9),
		"assets/client.1.wasm": large(2_000_000), "assets/client.1.wasm.br": large(900_000), "assets/card.a.png": large(40_001), "a/data/map.svg": large(40_001),
		"embed.js": large(3_000), "a/offline.json": []byte(`{"reading":280001,"client":900000}`), "offline.json": []byte(`{"reading":9000000,"client":900000}`),
	}
	pages := []*page.Page{
		{Kind: page.Explainer, Path: "a/index.html", Style: page.Text{Inline: "a"}, Script: page.Text{Inline: "b"}, Fonts: []string{"assets/f.woff2"}},
		{Kind: page.Item, Path: "a/call/1/index.html", Style: page.Text{Path: "assets/style.css"}, Print: page.Text{Path: "assets/later.css"}},
		{Kind: page.Evidence, Path: "a/evidence/index.html", Style: page.Text{Path: "assets/style.css"}, Fonts: []string{"assets/f.woff2"}},
		{Kind: page.Shelf, Path: "index.html", Style: page.Text{Path: "assets/style.css"}},
		{Kind: page.Single, Path: "a/a.en.html"},
	}
	weights, err := Weigh(files, pages)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	over := Print(&b, weights)
	want := `   400001  of    400000  OVER by 1  a/a.en.html in one file
    29000                a/call/1/index.html alone
    29200  of     30000  a/call/1/index.html with style and boot.js
        0  of     70000  a/call/1/index.html fonts
    40001  of     40000  OVER by 1  a/data/map.svg
    39900                a/evidence/index.html alone
    40100  of     40000  OVER by 100  a/evidence/index.html with style and boot.js
    70001  of     70000  OVER by 1  a/evidence/index.html fonts
    37000                a/index.html alone
    37000  of     38600  a/index.html with style and boot.js
    70001  of     70000  OVER by 1  a/index.html fonts
   280001  of    280000  OVER by 1  a saved for reading
    40001  of     40000  OVER by 1  assets/card.a.png
   900000  of   1000000  assets/client.1.wasm
    70001                assets/f.woff2
        9                assets/later.css
      200                assets/style.css
     3000  of      3000  embed.js
       10                index.html alone
      210  of     45000  index.html with style and boot.js
        0  of     70000  index.html fonts
  9000000                . saved for reading
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if over != 7 {
		t.Errorf("got %d over budget, want 7", over)
	}
	files["offline.json"] = []byte("no JSON")
	if _, err := Weigh(files, pages); err == nil || !strings.Contains(err.Error(), "offline.json") {
		t.Errorf("got %v for a cost that cannot be read", err)
	}
}
