package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"sharh/app/desk/locale"
	"sharh/app/site/hosting"
	"sharh/web"
	"sharh/web/webtest"
)

var shippedLanguages *locale.Set

// A new explainer in each language that is shipped fits phones, tablets and wide screens, with the fonts that the
// language says: nothing scrolls sideways, is cut off, covers something else or leaves its frame.
func TestLanguagesFit(t *testing.T) {
	t.Parallel()
	content := filepath.Join(t.TempDir(), "content")
	var out bytes.Buffer
	m := Main{Stdout: &out, Stderr: &out}
	languages := shippedLanguages.Languages()
	if code := m.Run([]string{"new", "bridge", "--content", content, "--calls", "--languages", strings.Join(languages, ",")}); code != 0 {
		t.Fatalf("got exit code %d: %s", code, out.String())
	}
	dist := filepath.Join(t.TempDir(), "dist")
	program, script := compileClient(t)
	flags := buildFlags{Out: dist, siteFlags: siteFlags{
		contentFlags: contentFlags{Content: content, Slugs: []string{"bridge"}}, Base: "/",
		clientFlags: clientFlags{Client: program, Exec: script},
	}}
	if err := m.build(flags, true); err != nil {
		t.Fatalf("building the site: %v\n%s", err, out.String())
	}
	server := httptest.NewServer(hosting.Handler(os.DirFS(dist)))
	t.Cleanup(server.Close)
	browser := webtest.Start(t)
	for i, lang := range languages {
		l, err := shippedLanguages.For(lang, "")
		if err != nil {
			t.Fatal(err)
		}
		folder := "/bridge/" + lang + "/"
		if i == 0 {
			folder = "/bridge/"
		}
		for _, path := range []string{"", "evidence/", "embed/"} {
			p := browser.Open(t, server.URL+folder+path+"?wasm=off", webtest.Size(360, 900))
			p.Until(`document.documentElement.dataset.client === "off"`)
			for _, width := range []int64{360, 768, 1280} {
				p.Resize(width, 900)
				p.Until(fmt.Sprint("innerWidth === ", width))
				where := fmt.Sprint(folder+path, " at ", width)
				p.True(fmt.Sprintf(`document.documentElement.lang === %q && document.documentElement.dir === %q`, lang, l.Dir))
				var problems []string
				p.Eval(`(async () => {
					await Promise.all([400, 600, 700].flatMap(w => ["--text", "--ui"].map(name =>
						document.fonts.load(w + " 16px " + getComputedStyle(document.documentElement).getPropertyValue(name), document.title))));
					const problems = [];
					for (const e of document.querySelectorAll("h1, h2, h3, h4, p, button, .tool, .chip, dt, dd, li, summary, label")) {
						if (!e.getClientRects().length || e.closest(".row, .vh")) continue;
						const r = e.getBoundingClientRect();
						if (r.left < -1 || r.right > innerWidth + 1) problems.push(e.textContent.slice(0, 40) + " leaves the page");
						// The area of a mark for fingers is a little wider than the mark.
						if (e.scrollWidth > e.clientWidth + 4 && getComputedStyle(e).display !== "inline") problems.push(e.tagName + "." + e.className + " " + e.textContent.slice(0, 40) + " leaves its box by " + (e.scrollWidth - e.clientWidth));
					}
					if (document.documentElement.scrollWidth > innerWidth) problems.push("the page scrolls sideways");
					return problems;
				})()`, &problems)
				if path == "" {
					var more []string
					p.Eval(figureProblems, &more)
					problems = append(problems, more...)
				}
				for _, x := range problems {
					t.Errorf("%s: %s", where, x)
				}
			}
			p.Close()
		}
	}
}

var (
	faceOf  = regexp.MustCompile(`@font-face\{font-family:(\w+);[^}]*unicode-range:([^}]+)\}`)
	rangeOf = regexp.MustCompile(`U\+([0-9A-F]+)(?:-([0-9A-F]+))?`)
)

// The fonts that pages of a language load first have every letter of its words, so that no word has letters of two.
func TestFontsHaveTheLettersOfTheirLanguages(t *testing.T) {
	style := func(name string) string {
		data, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	families := map[string]struct{ sheet, text, label string }{
		"arabic": {"style.css", "MarkaziA", "ReadexA"}, "latin": {"style.css", "MarkaziL", "ReadexL"},
		"extended": {"fonts/extended.css", "MarkaziE", "ReadexE"}, "hebrew": {"fonts/hebrew.css", "FrankH", "AssistantH"},
	}
	for _, lang := range shippedLanguages.Languages() {
		l, err := shippedLanguages.For(lang, "")
		if err != nil {
			t.Fatal(err)
		}
		of, ok := families[l.Words.Fonts]
		if !ok {
			t.Errorf("%s: no fonts %q", lang, l.Words.Fonts)
			continue
		}
		text, err := os.ReadFile("../../app/desk/locale/" + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, family := range []string{of.text, of.label} {
			var all [][2]int64
			for _, face := range faceOf.FindAllStringSubmatch(style(of.sheet), -1) {
				if face[1] != family {
					continue
				}
				for _, r := range rangeOf.FindAllStringSubmatch(face[2], -1) {
					from, _ := strconv.ParseInt(r[1], 16, 32)
					to, err := strconv.ParseInt(r[2], 16, 32)
					if err != nil {
						to = from
					}
					all = append(all, [2]int64{from, to})
				}
			}
			if len(all) == 0 {
				t.Fatalf("%s does not define %s", of.sheet, family)
			}
			missing := map[string]bool{}
			for _, r := range string(text) {
				// A sign such as ʿ in a transcription may be of another font.
				in := r < 0x80 || !unicode.IsLetter(r) || unicode.Is(unicode.Lm, r)
				for _, x := range all {
					in = in || int64(r) >= x[0] && int64(r) <= x[1]
				}
				if !in {
					missing[string(r)] = true
				}
			}
			for letter := range missing {
				t.Errorf("%s: %s lacks %s", lang, family, letter)
			}
		}
	}
}
