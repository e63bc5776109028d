package script

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"sharh/web"
)

// esbuild finds nothing in the minified scripts and styles that it would have to write in an older way for the oldest
// browsers, but for a prefix: shapes are printed without their grounds there.
func TestSyntaxIsNotNewerThanTheOldestBrowsers(t *testing.T) {
	files, err := fs.Glob(web.Files, "*.*s*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		loader := map[string]api.Loader{".css": api.LoaderCSS, ".js": api.LoaderJS}[path.Ext(file)]
		if loader == api.LoaderNone {
			continue
		}
		text, err := fs.ReadFile(web.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		short, err := Minify(string(text), loader)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		write := func(engines []api.Engine) string {
			r := api.Transform(short, api.TransformOptions{Loader: loader, Charset: api.CharsetUTF8, Engines: engines})
			for _, e := range r.Errors {
				t.Errorf("%s: %s", file, e.Text)
			}
			return string(r.Code)
		}
		older := strings.ReplaceAll(write(Served), "  -webkit-print-color-adjust: exact;\n", "")
		if older != write(nil) {
			t.Errorf("%s has syntax that is newer than the oldest browsers", file)
		}
	}
}
