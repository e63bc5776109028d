package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sharh/web/webtest"
)

var golden = flag.Bool("golden", false, "rewrite testdata/look and the screenshots of explainers")

// look is a state of a page that is compared with its picture in testdata/look.
type look struct {
	name, path      string
	width           int64
	theme           string
	selector, after string // what is taken, and what is done before
	high            float64
}

func looks() []look {
	var all []look
	const ar, en = "/eight-calls/", "/eight-calls/en/"
	for _, l := range languages {
		for _, width := range []int64{360, 768, 1280} {
			for _, theme := range []string{"light", "dark"} {
				all = append(all, look{fmt.Sprint("top-", l.lang, "-", width, "-", theme), l.path + "?", width, theme, "body", "", 1500})
			}
		}
	}
	const view = `document.getElementById("view-personal-deals").open = true`
	return append(all,
		look{"call-ar-1280-light", ar + "?call=3&", 1280, "light", "#timeline", "", 1500},
		look{"call-en-360-dark", en + "?call=2&", 360, "dark", "#timeline", "", 2200},
		look{"map-ar-1280-light", ar + "?actor=putin&", 1280, "light", "#map .stage", "", 1500},
		look{"map-en-1280-dark", en + "?actor=trump&", 1280, "dark", "#map .stage", "", 1500},
		look{"map-ar-360-light", ar + "?actor=kremlin&", 360, "light", "#map", "", 1500},
		look{"view-ar-1280-dark", ar + "?", 1280, "dark", "#section-manoeuvre", view, 1500},
		look{"view-en-768-light", en + "?", 768, "light", "#section-manoeuvre", view, 1500},
		look{"evidence-en-1280-light", en + "evidence/?", 1280, "light", "body", "", 900},
		look{"evidence-ar-360-dark", ar + "evidence/?", 360, "dark", "body", "", 1200},
		look{"step-ar-360-light", ar + "step/2/?", 360, "light", "body", "", 1000},
		look{"marks-en-768-light", en + "?marks=full&", 768, "light", "#section-missile-deal", "", 900},
		look{"item-ar-360-light", ar + "call/3/?", 360, "light", "body", "", 1500},
		look{"embed-ar-360-light", ar + "embed/?", 360, "light", "body", "", 1200},
		look{"embed-en-360-dark", en + "embed/?call=2&", 360, "dark", "body", "", 1200},
		look{"embed-ar-768-dark", ar + "embed/?call=5&", 768, "dark", "body", "", 1200},
		look{"embed-en-768-light", en + "embed/map/?actor=trump&", 768, "light", "body", "", 1200},
		look{"embed-ar-360-dark", ar + "embed/views/?view=a-test&", 360, "dark", "body", "", 1200},
		look{"item-en-1280-dark", en + "view/a-test/?", 1280, "dark", "body", "", 1200},
	)
}

// take opens the page of a look and takes its picture. Style is added to it.
func (l look) take(t *testing.T, browser *webtest.Browser, server, style string) image.Image {
	p := browser.Open(t, server+l.path+"wasm=off&theme="+l.theme, webtest.Size(l.width, 900))
	p.Until(`document.readyState === "complete"`)
	if l.after != "" {
		p.Eval("void ("+l.after+")", nil)
	}
	// In a picture of a whole page, sticky elements must stand at their place in the page. Areas that scroll by
	// themselves are clipped, because they may be drawn later than the page.
	style += ".stage .cards,.card .beside{position:static!important}.stage .card{overflow:clip!important}"
	p.Eval(fmt.Sprintf(`(() => { const s = new CSSStyleSheet(); s.replaceSync(%q); document.adoptedStyleSheets.push(s); })()`, style), nil)
	img := webtest.Shrink(p.Picture(l.selector, l.high))
	p.Quiet()
	return img
}

func (l look) file() string { return filepath.Join("testdata", "look", l.name+".png") }

func readPicture(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("no picture to compare with, make golden takes it: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func writePicture(t *testing.T, path string, img image.Image) {
	t.Helper()
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, b.Bytes(), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Pages look like their pictures, four times smaller, in testdata/look. After an intended change of the look, take
// new pictures with make golden and check them.
func TestLook(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	var names []string
	for _, l := range looks() {
		names = append(names, l.name+".png")
		t.Run(l.name, func(t *testing.T) {
			if !*golden { // others compare with what this writes
				t.Parallel()
			}
			got := l.take(t, browser, server.URL, "")
			if *golden {
				writePicture(t, l.file(), got)
				return
			}
			problem, marked := webtest.Compare(readPicture(t, l.file()), got)
			if problem != "" {
				folder := filepath.Join("..", "..", "build", "look")
				actual, difference := filepath.Join(folder, l.name+".png"), filepath.Join(folder, l.name+".difference.png")
				writePicture(t, actual, got)
				writePicture(t, difference, marked)
				t.Errorf("%s: see %s and %s, beside %s", problem, actual, difference, l.file())
			}
		})
	}
	there, err := os.ReadDir(filepath.Dir(looks()[0].file()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range there {
		if !slices.Contains(names, f.Name()) {
			t.Errorf("testdata/look/%s is of no look", f.Name())
		}
	}
	// The comparison finds what a reader would see.
	all := looks()
	for what, c := range map[string]struct{ name, style string }{
		"a title four pixels lower":      {"top-ar-1280-light", "h1{position:relative;top:4px}"},
		"a timeline three pixels aside":  {"call-en-360-dark", ".axis svg{position:relative;left:3px}"},
		"a margin that has grown":        {"view-ar-1280-dark", ".view{margin-block-start:8px}"},
		"a camp in another colour":       {"map-ar-1280-light", ":root{--red:#245a8c}"},
		"bars in another grey":           {"call-ar-1280-light", ".axis .sure{fill:#bbb!important}"},
		"a font that has not been found": {"item-ar-360-light", ":root:root{--text:sans-serif}"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			l := all[slices.IndexFunc(all, func(l look) bool { return l.name == c.name })]
			if problem, _ := webtest.Compare(readPicture(t, l.file()), l.take(t, browser, server.URL, c.style)); problem == "" {
				t.Error("is not found")
			}
		})
	}
}
