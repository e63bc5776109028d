package importer_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/desktest"
	"sharh/app/desk/diag"
	"sharh/app/desk/importer"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/site/file"
	"sharh/app/site/share"
	"sharh/app/story/cell"
)

const fixtures = "../../../cmd/sharh/testdata/content"

// exported are the data files of an explainer, of each of its languages, as they are in its site.
func exported(t *testing.T, set *source.Set) file.Set {
	t.Helper()
	files := file.Set{}
	for i, lang := range set.Explainer.Languages {
		d, err := compile.Story(set, lang.Value)
		if err != nil {
			t.Fatal(err)
		}
		folder := ""
		if i > 0 {
			folder = lang.Value + "/"
		}
		if _, err := share.Data(files, folder, d); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// tables are the files to import: those of each language after the other. change changes the text of one.
func tables(t *testing.T, files file.Set, change func(name, text string) string) (all []importer.File) {
	t.Helper()
	names := slices.Sorted(maps.Keys(files))
	slices.SortStableFunc(names, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	for _, name := range names { // those of the default language first
		if path.Ext(name) != ".csv" {
			continue
		}
		about, err := importer.ReadAbout(files[path.Join(path.Dir(name), cell.Metadata)])
		if err != nil {
			t.Fatal(err)
		}
		data := files[name]
		if change != nil {
			data = []byte(change(name, string(data)))
		}
		all = append(all, importer.File{Name: name, Data: data, About: about})
	}
	return all
}

func loaded(t *testing.T, content fs.FS, slug string) (*source.Set, *diag.List) {
	t.Helper()
	var list diag.List
	set, err := source.Load(content, slug, &list)
	if err != nil {
		t.Fatal(err)
	}
	check.Run(set, &list)
	return set, &list
}

func imported(t *testing.T, files []importer.File, into *source.Set) *importer.Result {
	t.Helper()
	read, err := importer.Read(files, importer.Options{
		Locales: locale.Beside(os.DirFS(fixtures)), Language: files[0].About.Language, Into: into})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// asFolder is an explainer as it was written.
func asFolder(r *importer.Result) fstest.MapFS {
	content := fstest.MapFS{}
	for name, data := range r.Files() {
		content["again/"+name] = &fstest.MapFile{Data: data}
	}
	return content
}

// differences are the lines in which exported tables differ.
func differences(before, after file.Set) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if path.Ext(name) == ".csv" && !bytes.Equal(before[name], after[name]) {
			b.WriteString(name + ":\n" + cmp.Diff(
				strings.Split(string(before[name]), "\r\n"), strings.Split(string(after[name]), "\r\n")))
		}
	}
	return b.String()
}

// What a site exports makes the same explainer again: once a person has decided what no table says, its site exports the
// same bytes.
func TestRoundTrip(t *testing.T) {
	for _, slug := range []string{"eight-calls", "sample"} {
		t.Run(slug, func(t *testing.T) {
			set, _ := loaded(t, os.DirFS(fixtures), slug)
			set.Actors.Actors[0].Also = []source.String{{Value: "Smith, John"}, {Value: "smith j"}}
			before := exported(t, set)
			read := imported(t, tables(t, before, nil), nil)
			for _, r := range read.Remarks {
				t.Errorf("%s: %s", r.Pos, r.Said)
			}

			// A person must decide only what no table has.
			_, list := loaded(t, asFolder(read), "again")
			for _, d := range list.All() {
				switch {
				case d.Severity != diag.Error:
				case d.Code == "missing-file" && strings.Contains(d.Pos.File, "/sections/"),
					path.Base(d.Pos.File) == "explainer.yaml" && d.Code == "missing-key":
				default:
					t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				}
			}

			e, from := &read.Set.Explainer, &set.Explainer
			e.FactsAsOf, e.Standfirst, e.KeyPoints = from.FactsAsOf, e.Title, from.KeyPoints
			e.Sections, e.Digits = from.Sections, from.Digits
			for i := range e.Sections {
				e.Sections[i].Views, e.Sections[i].Pictures = nil, nil
				for lang := range e.Sections[i].Body.ByLang {
					e.Sections[i].Body.ByLang[lang] = source.String{Value: "نص"}
				}
			}
			if len(e.KeyPoints) == 0 {
				e.KeyPoints = set.Steps.Steps[0].Sentences
			}
			again, list := loaded(t, asFolder(read), "again")
			for _, d := range list.All() {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
				}
			}
			if t.Failed() {
				return
			}
			if diff := differences(before, exported(t, again)); diff != "" {
				t.Errorf("the tables differ (-before +after):\n%s", diff)
			}
		})
	}
}

var isoDate = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)$`)

// asSpreadsheet is a table as a spreadsheet of Europe may save it: semicolons between cells, other line ends, no byte
// order mark, columns and their names in another way, a column more, empty rows, and dates as the spreadsheet has them.
func asSpreadsheet(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	for i, row := range rows {
		for j, c := range row {
			switch m := isoDate.FindStringSubmatch(c); {
			case i == 0:
				row[j] = strings.ToUpper(strings.ReplaceAll(c, "_", " "))
			case m != nil:
				row[j] = m[3] + "/" + m[2] + "/" + m[1]
			case c == "true", c == "false":
				row[j] = strings.ToUpper(c)
			}
		}
		more := ""
		if i == 0 {
			more = "Who looks at it"
		} else if i == 2 {
			more = "me"
		}
		slices.Reverse(row)
		if err := w.Write(append([]string{more}, row...)); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(make([]string, len(row)+1)); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return "sep=;\n" + b.String()
}

// records are the files of an explainer that tables can change.
func records(set *source.Set) string {
	var all string
	for _, record := range []any{&set.Explainer, &set.Timeline, &set.Actors, &set.Ledger, &set.Sources} {
		all += source.Encode(record, []string{"ar", "en"}, func(string) bool { return true })
	}
	return all
}

// What a desk has not changed in its spreadsheet changes nothing in the explainer: links, styles and vague dates stay.
func TestUnchangedTablesChangeNothing(t *testing.T) {
	for _, slug := range []string{"eight-calls", "sample"} {
		for form, change := range map[string]func(string, string) string{
			"as exported":    nil,
			"as saved again": func(_, text string) string { return asSpreadsheet(t, text) },
		} {
			t.Run(slug+" "+form, func(t *testing.T) {
				set, _ := loaded(t, os.DirFS(fixtures), slug)
				before, _ := loaded(t, os.DirFS(fixtures), slug)
				for _, s := range []*source.Set{set, before} { // a space of the author's own at which no line may end
					s.Timeline.Events[0].Sentences[0].Text.ByLang["en"] = source.String{Value: "They met for 2\u00a0hours."}
				}
				was := exported(t, set)
				read := imported(t, tables(t, was, change), set)
				for _, name := range slices.Sorted(maps.Keys(read.Files())) {
					t.Errorf("%s is written anew", name)
				}
				if diff := cmp.Diff(records(before), records(read.Set)); diff != "" {
					t.Errorf("the records differ (-before +after):\n%s", diff)
				}
				for _, r := range read.Remarks {
					if r.Said.Variant != "import-column" || change == nil {
						t.Errorf("%s: %s", r.Pos, r.Said)
					}
				}
			})
		}
	}
}

// A cell that a desk has changed changes that text in that language, and nothing else. What the change means for the
// rest is said.
func TestAChangedCellChangesOneText(t *testing.T) {
	set, _ := loaded(t, os.DirFS(fixtures), "sample")
	before, _ := loaded(t, os.DirFS(fixtures), "sample")
	edit := func(name, text string) string {
		for _, change := range [][3]string{
			{"ar/data/sentences.csv", "نُشرت المراجعة 1.2.2 من YAML، وهي", "نُشرت المراجعة الأخيرة من YAML، وهي"}, // had YAML marked
			{"data/events.csv", "2023-10-05,standard", "05/11/2023,standard"},                                     // can be read in two ways
			{"data/actors.csv", "reader,", "someone,Someone new,,,person,,,,,,,,\r\nreader,"},                     // a new row
			{"data/relations.csv", `,directed,3,"Weight, for show",false,`, `,mutual,3,"Weight, for show",true,`}, // of r2
			{"data/statements.csv", "https://", "'=1+1 https://"},
		} {
			if name == change[0] {
				was := text
				if text = strings.Replace(text, change[1], change[2], 1); text == was {
					t.Fatalf("%s has no %s", name, change[1])
				}
			}
		}
		return text
	}
	read := imported(t, tables(t, exported(t, set), edit), set)
	var remarks []string
	for _, r := range read.Remarks {
		remarks = append(remarks, r.Pos.File+": "+r.Said.Variant)
	}
	wantRemarks := []string{"data/events.csv: import-either", "data/statements.csv: import-lost", "ar/data/sentences.csv: import-marks"}
	if diff := cmp.Diff(wantRemarks, remarks); diff != "" {
		t.Errorf("the remarks (-want +got):\n%s", diff)
	}
	want := strings.Split(records(before), "\n")
	got := strings.Split(records(read.Set), "\n")
	var changed []string
	for _, line := range got {
		if !slices.Contains(want, line) {
			changed = append(changed, strings.TrimSpace(line))
		}
	}
	wanted := []string{
		`ar: نُشرت المراجعة الأخيرة من YAML، وهي صيغة هذه الملفات.`, `date: "05/11/2023"`, `- id: someone`, `en: Someone new`, `# TODO: role`,
		`mutual: true`, `added: false`,
	}
	if diff := cmp.Diff(wanted, changed); diff != "" {
		t.Errorf("the changed lines (-want +got):\n%s", diff)
	}
}

// A row that was copied and kept its id is said, and pictures are those beside the table that names them.
func TestRowsOfTwoTables(t *testing.T) {
	png, err := os.ReadFile(fixtures + "/sample/media/page.png")
	if err != nil {
		t.Fatal(err)
	}
	beside := func(name string) func(string) ([]byte, error) {
		return func(asked string) ([]byte, error) {
			if asked != name {
				return nil, fs.ErrNotExist
			}
			return png, nil
		}
	}
	read, err := importer.Read([]importer.File{
		{Name: "a/events.csv", Data: []byte("id,date,title,text,image\nvote,2020,Vote,Held.,a.png\nvote,2021,Count,Done.,\n"), Beside: beside("a.png")},
		{Name: "b/actors.csv", Data: []byte("name,shape,image\nAna,person,b.png\nBo,person,a.png\n"), Beside: beside("b.png")},
	}, importer.Options{Locales: locale.Beside(os.DirFS(fixtures)), Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range read.Remarks {
		got = append(got, r.Pos.String()+" "+r.Said.Variant)
	}
	want := []string{"a/events.csv:3:1 import-same-id", "b/actors.csv:3:11 import-picture-missing", " import-facts"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
	if files := read.Files(); !bytes.Equal(files["media/a.png"], png) || !bytes.Equal(files["media/b.png"], png) {
		t.Errorf("got the files %v", slices.Sorted(maps.Keys(files)))
	}
}

// Whatever characters the texts of an explainer have, they come back as they were.
func TestHostileTextsComeBack(t *testing.T) {
	folder, _ := desktest.Hostile(t, fixtures)
	set, _ := loaded(t, os.DirFS(folder), "sample")
	before := exported(t, set)
	again, _ := loaded(t, os.DirFS(folder), "sample")
	read := imported(t, tables(t, before, nil), again)
	if diff := differences(before, exported(t, read.Set)); diff != "" {
		t.Errorf("added to the explainer itself, the tables differ (-before +after):\n%s", diff)
	}
	read = imported(t, tables(t, before, nil), nil)
	e := &read.Set.Explainer
	e.Sections, e.Digits, e.FactsAsOf = set.Explainer.Sections, set.Explainer.Digits, set.Explainer.FactsAsOf
	next, _ := loaded(t, asFolder(read), "again")
	if diff := differences(before, exported(t, next)); diff != "" {
		t.Errorf("in a new explainer, the tables differ (-before +after):\n%s", diff)
	}
}

// A group of slides is a group of events, named once, in each language.
func TestGroups(t *testing.T) {
	read, err := importer.Read([]importer.File{{Name: "a.csv", Data: []byte(
		"Year,Headline,Text,Group\n2020,Vote,Held.,The court\n2021,Count,Done.,the court\n2022,March,Held.,The street\n2023,Rain,Fell.,\n")}},
		importer.Options{Locales: locale.Beside(os.DirFS(fixtures)), Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	line := &read.Set.Timeline
	if len(line.Groups) != 2 || line.Groups[0].Name.In("en") != "The court" || line.Groups[1].Name.In("en") != "The street" {
		t.Fatalf("got the groups %v", line.Groups)
	}
	for i, want := range []string{"the-court", "the-court", "the-street", ""} {
		if got := line.Events[i].Group.Value; got != want {
			t.Errorf("event %d is in %q, want %q", i, got, want)
		}
	}
	arabic, err := importer.Read([]importer.File{{Name: "events.csv", Data: []byte(
		"id,date,title,text,group\n" + line.Events[0].ID.Value + ",2020,تصويت,جرى.,المحكمة\n")}},
		importer.Options{Locales: locale.Beside(os.DirFS(fixtures)), Language: "ar", Into: read.Set})
	if err != nil {
		t.Fatal(err)
	}
	if groups := arabic.Set.Timeline.Groups; len(groups) != 2 || groups[0].Name.In("ar") != "المحكمة" {
		t.Errorf("got the groups %v", groups)
	}
}
