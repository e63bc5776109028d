// Package content holds the explainers. Its tests check that each can be published, and all of them together. No
// other test may depend on their texts.
package content

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/source"
	"sharh/app/site"
	"sharh/app/story"
)

func TestEveryExplainerChecksCleanAndCompilesTheSameTwice(t *testing.T) {
	canBePublished(t, ".", t.TempDir())
}

// canBePublished checks that every explainer of a folder can be published, and plans the site of the listed ones. It
// returns that site. Slow results are kept in cache.
func canBePublished(t *testing.T, folder, cache string) site.Files {
	t.Helper()
	content := os.DirFS(folder)
	slugs, err := source.Slugs(content)
	if err != nil {
		t.Fatal(err)
	}
	if len(slugs) == 0 {
		t.Fatal("there is no explainer")
	}
	var listed []site.Explainer
	for _, slug := range slugs {
		t.Run(slug, func(t *testing.T) {
			var list diag.List
			set, err := source.Load(content, slug, &list)
			if err != nil {
				t.Fatal(err)
			}
			check.Run(set, &list)
			list.Sort()
			for _, d := range list.All() {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				} else {
					t.Logf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				}
			}
			if t.Failed() {
				return
			}
			e := site.Explainer{Slug: slug}
			for _, lang := range set.Explainer.Languages {
				d, a := encode(t, set, lang.Value)
				if _, b := encode(t, set, lang.Value); a != b {
					t.Errorf("%s: two compilations differ", lang.Value)
				}
				e.Stories = append(e.Stories, d)
			}
			if !set.Explainer.Unlisted() {
				listed = append(listed, e)
			}
		})
	}
	planned, err := site.Plan(listed, site.Client{Wasm: []byte("\x00asm"), Exec: []byte("var x = 1;")}, site.Options{Quick: true, NoPictures: true, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	files, err := planned.Files()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func encode(t *testing.T, set *source.Set, lang string) (*story.Document, string) {
	t.Helper()
	doc, err := compile.Story(set, lang)
	if err != nil {
		t.Fatal(err)
	}
	data, err := story.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, string(data)
}

// A new explainer, listed or not, breaks nothing: it and the others can be published, and the shelf shows it only if
// it is listed.
func TestANewExplainerBreaksNothing(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	before := canBePublished(t, folder, cache)
	for slug, o := range map[string]draft.Options{
		"a-new-one":      {Languages: []string{"ar", "en"}, Calls: true},
		"z-new-unlisted": {Languages: []string{"en"}},
	} {
		o.Today = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
		files, err := draft.Files(o)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range files {
			if slug == "a-new-one" {
				data = regexp.MustCompile(`(?m)^listed: false.*\n`).ReplaceAll(data, nil)
			}
			name = filepath.Join(folder, slug, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	after := canBePublished(t, folder, cache)
	shelf := after["index.html"]
	if !bytes.Contains(shelf, []byte(`href="a-new-one/en/"`)) || bytes.Contains(shelf, []byte("z-new-unlisted")) {
		t.Errorf("the shelf does not show the new explainer that is listed, and it alone:\n%s", shelf)
	}
	for p := range before {
		if path.Ext(p) == ".html" && after[p] == nil {
			t.Errorf("%s was there before and is gone", p)
		}
	}
	if after["a-new-one/en/index.html"] == nil || after["z-new-unlisted/index.html"] != nil {
		t.Error("the site does not have the pages of the new explainer that is listed, and those alone")
	}
}

// Changes in this folder can break only these tests: all others use explainers of their own.
func TestOnlyTheseTestsReadContent(t *testing.T) {
	may := []string{
		"app/desk/rulebook/rulebook_test.go", // the table of rules in README.md
		"app/desk/schema/schema_test.go",     // the schemas here, which every explainer keeps to and the sample uses up
		"cmd/sharh/samples_test.go",          // the samples of other shapes, as readers see them
		"cmd/sharh/screenshot_test.go",       // takes the screenshots that are published
		"content/content_test.go",
	}
	reads := regexp.MustCompile(`(\.\./)+content\b`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != "." || p == "build" || p == "dist") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(p, "_test.go") || slices.Contains(may, p) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(p)))
		if err != nil {
			return err
		}
		if found := reads.Find(text); found != nil {
			t.Errorf("%s reads %s; cmd/sharh/testdata/content has explainers for tests", p, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Some samples are stories of another shape than the published one. They keep that shape, and are left out of the
// shelf. Unlike a published story, none has a warning: they are what editors copy from.
func TestSamplesOfOtherShapes(t *testing.T) {
	for slug, shaped := range map[string]func(t *testing.T, set *source.Set, d *story.Document){
		"metre-and-units":     overDecades,
		"norouz-instant":      inFrenchAndPersian,
		"shared-laboratories": networked,
	} {
		t.Run(slug, func(t *testing.T) {
			var list diag.List
			set, err := source.Load(os.DirFS("."), slug, &list)
			if err != nil {
				t.Fatal(err)
			}
			check.Run(set, &list)
			for _, d := range list.All() {
				t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
			}
			if !set.Explainer.Unlisted() {
				t.Error("is listed")
			}
			doc, err := compile.Story(set, set.Explainer.Languages[0].Value)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Calls) > 0 {
				t.Error("has calls")
			}
			shaped(t, set, doc)
		})
	}
}

// overDecades: 60 to 100 dated events, many of them vague, with eras and pictures.
func overDecades(t *testing.T, set *source.Set, d *story.Document) {
	var dated, vague, eras, pictures int
	decades := map[string]bool{}
	for _, e := range set.Timeline.Events {
		if e.Date.Value == "" {
			continue
		}
		dated++
		if day := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`); !day.MatchString(e.Date.Value) {
			vague++
		}
		if year := regexp.MustCompile(`\d{3}`).FindString(e.Date.Value); year != "" {
			decades[year] = true
		}
		if e.Figure.Value == "era" {
			eras++
		}
	}
	d.Pictures(func(*story.Picture, story.PictureUse) { pictures++ })
	if dated < 60 || dated > 100 || vague < 20 || len(decades) < 3 || eras < 3 || pictures < 5 {
		t.Errorf("%d dated events, %d of them vague, in %d decades, %d eras, %d pictures", dated, vague, len(decades), eras, pictures)
	}
}

// inFrenchAndPersian: its dates are of the Persian calendar.
func inFrenchAndPersian(t *testing.T, set *source.Set, d *story.Document) {
	var languages []string
	for _, l := range set.Explainer.Languages {
		languages = append(languages, l.Value)
	}
	if !slices.Equal(languages, []string{"fr", "fa"}) || set.Explainer.Calendar.Value != "persian" || len(d.Events) < 5 {
		t.Errorf("languages %q, calendar %q, %d events", languages, set.Explainer.Calendar.Value, len(d.Events))
	}
}

// networked: at least forty actors, and no relation has a direction. Some ended.
func networked(t *testing.T, set *source.Set, d *story.Document) {
	directed := func(r story.Relation) bool { return !r.Between }
	ended := 0
	for _, r := range set.Actors.Relations {
		if r.Until.Value != "" {
			ended++
		}
	}
	if len(d.Actors) < 40 || len(d.Relations) < 100 || slices.ContainsFunc(d.Relations, directed) || ended < 3 {
		t.Errorf("%d actors, %d relations, %d of them ended; one is directed: %t",
			len(d.Actors), len(d.Relations), ended, slices.ContainsFunc(d.Relations, directed))
	}
}

// The sample's texts use every kind of markup; package schema checks the same of its keys.
func TestSampleUsesEveryMark(t *testing.T) {
	var list diag.List
	set, err := source.Load(os.DirFS("."), "sample", &list)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range set.Explainer.Languages {
		doc, err := compile.Story(set, lang.Value)
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		var runs func(all story.Rich)
		runs = func(all story.Rich) {
			for _, r := range all {
				used[r.Style] = true
				runs(r.Runs)
			}
		}
		for _, s := range doc.Sections {
			for _, b := range s.Body {
				used[b.Kind] = true
				runs(b.Text)
			}
		}
		for _, mark := range []string{"p", "ul", "ol", "quote", "note", "em", "strong", "link", "term", "said", "foreign"} {
			if !used[mark] {
				t.Errorf("%s: no section of the sample has a %q", lang.Value, mark)
			}
		}
	}
}
