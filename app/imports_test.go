package app_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed says, for each of our packages, which of ours it may import. Imports go one way:
// desk -> story <- page <- site.
var allowed = map[string][]string{
	"sharh/app/story":           nil,
	"sharh/app/story/address":   {"sharh/app/story"},
	"sharh/app/story/cell":      nil,
	"sharh/app/story/fold":      nil,
	"sharh/app/story/storytest": {"sharh/app/story"},
	"sharh/app/edition":         nil,
	"sharh/app/picture":         {"sharh/app/edition"},
	"sharh/app/desk/diag":       nil,
	"sharh/app/desk/source":     {"sharh/app/desk/diag", "sharh/app/desk/edtf", "sharh/app/desk/locale", "sharh/app/picture"},
	"sharh/app/desk/edtf":       nil,
	"sharh/app/desk/markup":     {"sharh/app/desk/diag", "sharh/app/story"},
	"sharh/app/desk/locale":     {"sharh/app/desk/edtf", "sharh/app/story", "sharh/app/story/fold"},
	"sharh/app/desk/figure":     {"sharh/app/story"},
	"sharh/app/desk/scene":      {"sharh/app/desk/figure", "sharh/app/edition", "sharh/app/story"},
	"sharh/app/desk/draft":      {"sharh/app/desk/locale", "sharh/app/desk/source"},
	"sharh/app/desk/importer": {"sharh/app/desk/diag", "sharh/app/desk/draft", "sharh/app/desk/edtf", "sharh/app/desk/locale",
		"sharh/app/desk/markup", "sharh/app/desk/source", "sharh/app/picture", "sharh/app/story", "sharh/app/story/cell"},
	"sharh/app/desk/place":   {"sharh/app/desk/diag", "sharh/app/desk/source", "sharh/app/story/address"},
	"sharh/app/desk/schema":  {"sharh/app/desk/check", "sharh/app/desk/locale", "sharh/app/desk/source", "sharh/app/story"},
	"sharh/app/desk/palette": {"sharh/web"},
	"sharh/app/desk/check": {"sharh/app/desk/compile", "sharh/app/desk/diag", "sharh/app/desk/draft", "sharh/app/desk/edtf", "sharh/app/desk/locale", "sharh/app/desk/markup", "sharh/app/desk/palette",
		"sharh/app/desk/scene", "sharh/app/desk/source", "sharh/app/picture", "sharh/app/story", "sharh/app/story/address", "sharh/app/story/fold"},
	"sharh/app/desk/rulebook": {"sharh/app/desk/check", "sharh/app/desk/diag", "sharh/app/desk/locale", "sharh/app/desk/source"},
	"sharh/app/desk/compile": {"sharh/app/desk/diag", "sharh/app/desk/edtf", "sharh/app/desk/figure", "sharh/app/desk/locale",
		"sharh/app/desk/markup", "sharh/app/desk/palette", "sharh/app/desk/scene", "sharh/app/desk/source", "sharh/app/story", "sharh/app/story/address", "sharh/app/story/fold"},
	"sharh/app/desk/desktest":          {"sharh/app/desk/check", "sharh/app/desk/compile", "sharh/app/desk/diag", "sharh/app/desk/source", "sharh/app/story"},
	"sharh/app/page/reader":            {"sharh/app/story", "sharh/app/story/address", "sharh/app/story/fold"},
	"sharh/app/page/reader/readertest": {"sharh/app/page/reader", "sharh/app/story/address"},
	"sharh/app/page/browser":           nil,
	"sharh/app/page/find":              {"sharh/app/story", "sharh/app/story/fold"},
	"sharh/app/page/ui":                {"sharh/app/page/browser", "sharh/app/page/find", "sharh/app/page/reader", "sharh/app/story", "sharh/app/story/address"},
	"sharh/app/site": {"sharh/app/site/cache", "sharh/app/site/card", "sharh/app/site/discovery", "sharh/app/site/file", "sharh/app/site/hosting",
		"sharh/app/site/media", "sharh/app/site/offline", "sharh/app/site/output",
		"sharh/app/site/page", "sharh/app/site/share", "sharh/app/story"},
	"sharh/app/site/budget":    {"sharh/app/site/file", "sharh/app/site/offline", "sharh/app/site/page"},
	"sharh/app/site/cache":     {"sharh/app/site/file"},
	"sharh/app/site/card":      {"sharh/app/edition", "sharh/app/story", "sharh/web"},
	"sharh/app/site/file":      nil,
	"sharh/app/site/media":     {"sharh/app/edition", "sharh/app/picture", "sharh/app/site/cache", "sharh/app/site/file", "sharh/app/story"},
	"sharh/app/site/discovery": {"sharh/app/site/file", "sharh/app/site/page"},
	"sharh/app/site/hosting":   {"sharh/app/site/cache", "sharh/app/site/file", "sharh/app/site/offline", "sharh/app/site/output", "sharh/app/site/page"},
	"sharh/app/site/offline":   {"sharh/app/site/file", "sharh/app/site/media", "sharh/app/site/page", "sharh/app/site/script", "sharh/app/story", "sharh/web"},
	"sharh/app/site/output":    {"sharh/app/site/file"},
	"sharh/app/site/page": {"sharh/app/page/ui", "sharh/app/site/card", "sharh/app/site/file", "sharh/app/site/media", "sharh/app/site/prerender",
		"sharh/app/site/script", "sharh/app/story", "sharh/app/story/address", "sharh/web"},
	"sharh/app/site/prerender": {"sharh/app/story"},
	"sharh/app/site/preview":   {"sharh/app/site/file", "sharh/app/site/hosting", "sharh/app/site/page"},
	"sharh/app/site/publish":   {"sharh/app/site/file", "sharh/app/site/hosting", "sharh/app/site/output", "sharh/app/story"},
	"sharh/app/site/script":    {"sharh/app/page/ui", "sharh/app/story/address", "sharh/web"},
	"sharh/app/site/share": {"sharh/app/page/reader", "sharh/app/page/ui", "sharh/app/site/cache", "sharh/app/site/card",
		"sharh/app/site/file", "sharh/app/site/page", "sharh/app/site/script", "sharh/app/story", "sharh/app/story/address", "sharh/app/story/cell"},
	"sharh/app/site/sitetest":  {"sharh/app/desk/desktest", "sharh/app/desk/source", "sharh/app/site", "sharh/app/site/page", "sharh/app/story"},
	"sharh/app/site/wasm":      nil,
	"sharh/web":                nil,
	"sharh/web/webtest":        {"sharh/app/site/wasm", "sharh/web/webtest/engine"},
	"sharh/web/webtest/compat": {"sharh/web/webtest/npm"},
	"sharh/web/webtest/engine": nil,
	"sharh/web/webtest/npm":    nil,
	"sharh/web/webtest/axe":    {"sharh/web/webtest/npm"},
	"sharh/web/webtest/hosts":  {"sharh/web/webtest/npm"},
	"sharh/web/webtest/peers":  {"sharh/app/story", "sharh/web/webtest/npm"},
	"sharh/web/webtest/server": nil,
	"sharh/web/webtest/long":   nil,
	"sharh/web/webtest/bench": {"sharh/app/site/file", "sharh/app/site/hosting", "sharh/app/site/wasm", "sharh/app/story",
		"sharh/web/webtest", "sharh/web/webtest/bench/synthetic", "sharh/web/webtest/long", "sharh/web/webtest/peers",
		"sharh/web/webtest/server"},
	"sharh/web/webtest/bench/synthetic": nil,
	"sharh/cmd/client":                  {"sharh/app/page/browser", "sharh/app/page/reader", "sharh/app/page/ui", "sharh/app/story"},
	"sharh/cmd/release":                 {"sharh/app/site/wasm"},
	"sharh/cmd/sharh": {"sharh/app/desk/check", "sharh/app/desk/compile", "sharh/app/desk/diag", "sharh/app/desk/draft",
		"sharh/app/desk/importer", "sharh/app/desk/locale", "sharh/app/desk/place", "sharh/app/desk/rulebook", "sharh/app/desk/schema", "sharh/app/desk/source",
		"sharh/app/site", "sharh/app/site/budget", "sharh/app/site/cache",
		"sharh/app/site/file", "sharh/app/site/page", "sharh/app/site/preview", "sharh/app/site/publish", "sharh/app/site/wasm", "sharh/app/story"},
}

// dependencies are the modules that we import ourselves, and why each is here.
var dependencies = map[string]string{
	"github.com/maxence-charriere/go-app/v10":  "components, prerendered and live; pinned at v10.1.11, whose internals prerender and boot.js rely on",
	"github.com/hack-pad/safejs":               "JavaScript exceptions as Go errors at the browser's door",
	"github.com/goccy/go-yaml":                 "YAML with the position of every value, for errors that editors can follow",
	"github.com/yuin/goldmark":                 "Markdown to a tree, of which a small set is accepted",
	"golang.org/x/text":                        "plural rules of CLDR; classes of characters for the terminal; the decomposition of texts that are searched",
	"golang.org/x/sys":                         "two folders change names in one step, and a lock that ends with its owner: no build is half there",
	"golang.org/x/net":                         "the HTML parser that each written page is compared with, and that reads texts of other tools",
	"github.com/evanw/esbuild":                 "minifies styles and scripts",
	"github.com/go-text/typesetting":           "shapes and orders letters on share cards and pictures of the map: Arabic joins, numbers run left to right",
	"golang.org/x/sync":                        "what the languages of an explainer have in common is made once, though they are made side by side",
	"golang.org/x/image":                       "fills their outlines",
	"github.com/bep/imagemeta":                 "how a photograph must be turned to be upright; Hugo reads the same with it",
	"github.com/gen2brain/webp":                "writes WebP: libwebp, compiled to WebAssembly, and so the same bytes on every machine",
	"github.com/andybalholm/brotli":            "brotli for files served precompressed",
	"github.com/klauspost/compress":            "gzip for the same",
	"github.com/alecthomas/kong":               "the command line of sharh",
	"github.com/valyala/fastjson":              "the parser that the client reads stories with: encoding/json is a tenth of a client",
	"github.com/yaa110/go-persian-calendar":    "days of the Persian calendar",
	"github.com/hablullah/go-hijri":            "days of the Hijri calendars, civil and Umm al-Qura",
	"github.com/CycloneDX/cyclonedx-go":        "releases: the list of what the tool is made of, in the form that scanners read",
	"github.com/google/uuid":                   "releases: the number of that list",
	"github.com/fsnotify/fsnotify":             "tells sharh serve that a content file was saved",
	"github.com/minio/minio-go/v7":             "speaks S3: sharh publish puts a site into any store that does",
	"github.com/johannesboyne/gofakes3":        "tests: a store that speaks S3, in the test's own process",
	"github.com/mmcdole/gofeed":                "tests: reads feeds as a feed reader does",
	"github.com/temoto/robotstxt":              "tests: reads robots.txt as a crawler does",
	"github.com/santhosh-tekuri/jsonschema/v6": "tests: holds content against its schemas",
	"github.com/chromedp/chromedp":             "tests: drives a real browser",
	"github.com/chromedp/cdproto":              "tests: the browser's protocol, for what chromedp does not wrap",
	"github.com/coder/websocket":               "tests: speaks WebDriver BiDi to Firefox",
	"github.com/google/go-cmp":                 "tests: differences that can be read",
	"github.com/rogpeppe/go-internal":          "txtar cases, which are also the examples of sharh help; tests: scripts of the command line",
}

// pinned are versions that must not move without a look at what depends on them.
var pinned = map[string]string{
	"github.com/maxence-charriere/go-app/v10": "v10.1.11",
	"github.com/hack-pad/safejs":              "v0.1.0",
}

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func list(t *testing.T, env []string, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Imports,Deps"}, args...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

var targets = map[string][]string{"native": nil, "js/wasm": {"GOOS=js", "GOARCH=wasm"}}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	for target, env := range targets {
		for _, p := range list(t, env, "./...") {
			if strings.HasSuffix(p.ImportPath, ".test") || p.ImportPath == "sharh/app" || p.ImportPath == "sharh/content" {
				continue
			}
			may, known := allowed[p.ImportPath]
			if !known {
				t.Errorf("%s: a new package; say in allowed what it may import, and in doc.go what it is for", p.ImportPath)
				continue
			}
			for _, i := range p.Imports {
				if strings.HasPrefix(i, "sharh/") && !slices.Contains(may, i) {
					t.Errorf("%s (%s) imports %s: imports go one way, desk -> story <- page <- site", p.ImportPath, target, i)
				}
				if i == "github.com/hack-pad/safejs" && p.ImportPath != "sharh/app/page/browser" {
					t.Errorf("%s (%s) imports %s: package browser is the only door to JavaScript", p.ImportPath, target, i)
				}
				if i == "syscall/js" {
					t.Errorf("%s (%s) imports %s: what JavaScript throws would end the program; package browser uses safejs", p.ImportPath, target, i)
				}
			}
		}
	}
}

// handedOut are the names in go-app's package that stand for JavaScript values or hand them out.
var handedOut = []string{
	"CopyBytesToGo", "CopyBytesToJS", "Event", "Func", "FuncOf", "Null", "Undefined", "Value", "ValueOf", "Window", "Wrapper",
}

// A handler can go around the door without an import: ctx.JSSrc().Get("value") needs none.
func TestOnlyTheDoorHandlesJavaScriptValues(t *testing.T) {
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (file == filepath.Join("..", "build") || file == filepath.Join("..", "app", "page", "browser")) {
			return filepath.SkipDir
		}
		if filepath.Ext(file) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		goapp := ""
		for _, i := range parsed.Imports {
			if i.Path.Value == `"github.com/maxence-charriere/go-app/v10/pkg/app"` {
				goapp = "app"
				if i.Name != nil {
					goapp = i.Name.Name
				}
			}
		}
		if goapp == "" {
			return nil
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, _ := s.X.(*ast.Ident)
			name := s.Sel.Name
			if name == "JSSrc" || name == "JSValue" || of != nil && of.Name == goapp && slices.Contains(handedOut, name) {
				t.Errorf("%s: %s hands out a JavaScript value, of which any use may end the program; package browser has functions "+
					"with Go types, such as Field, and is where a new one belongs", fset.Position(s.Pos()), name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestClientCarriesNoParserAndNoServer(t *testing.T) {
	for _, p := range list(t, targets["js/wasm"], "./cmd/client") {
		for _, d := range p.Deps {
			for _, heavy := range []string{
				"sharh/app/desk", "sharh/app/site", "sharh/web", "github.com/goccy", "github.com/yuin", "github.com/evanw",
				"github.com/andybalholm", "github.com/klauspost", "golang.org/x/text/", "golang.org/x/net/html",
			} {
				if strings.HasPrefix(d, heavy) {
					t.Errorf("the client reaches %s: content work is done by the desk, at build time; every reader would download it", d)
				}
			}
		}
	}
}

func TestDependenciesHaveTheirReason(t *testing.T) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{if not (or .Indirect .Main)}}{{.Path}} {{.Version}}{{end}}", "all")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	direct := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		if path, version, ok := strings.Cut(line, " "); ok {
			direct[path] = version
		}
	}
	for path := range direct {
		if dependencies[path] == "" {
			t.Errorf("go.mod needs %s, which has no reason in dependencies", path)
		}
	}
	for path := range dependencies {
		if direct[path] == "" {
			t.Errorf("%s has a reason in dependencies but go.mod does not need it", path)
		}
	}
	for path, want := range pinned {
		if got := direct[path]; got != want {
			t.Errorf("%s is at %s, pinned at %s: read what prerender, boot.js and browser rely on before moving it", path, got, want)
		}
	}
}

func TestBuildTagsAreInPairs(t *testing.T) {
	files, err := filepath.Glob("page/browser/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("finding the files of page/browser: %v", err)
	}
	for _, side := range []struct{ suffix, twin, tag string }{
		{"_wasm", "_other", "//go:build js && wasm"}, {"_other", "_wasm", "//go:build !(js && wasm)"},
	} {
		for _, file := range files {
			name, isTest := strings.CutSuffix(file, "_test.go")
			name, found := strings.CutSuffix(strings.TrimSuffix(name, ".go"), side.suffix)
			if !found {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if first, _, _ := strings.Cut(string(data), "\n"); first != side.tag {
				t.Errorf("%s begins with %q, want %q", file, first, side.tag)
			}
			// What both sides do, and for whom, is said in the file that both have.
			for _, other := range []string{name + ".go", name + side.twin + ".go"} {
				if !isTest && !slices.Contains(files, other) {
					t.Errorf("%s has no %s beside it", file, other)
				}
			}
		}
	}
}
