package site_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sharh/app/desk/desktest"
	"sharh/app/site"
	"sharh/app/site/page"
	"sharh/app/site/sitetest"
	cells "sharh/app/story/cell"
)

// Every text of an explainer that is as hostile as check accepts arrives as it went in, in every output that has it,
// read by a parser that is not ours. Package cmd/sharh reads the rest, and all of it once more, in a browser.
func TestHostileTextsArriveAsTheyWentIn(t *testing.T) {
	explainers, texts := sitetest.Hostile(t)
	files := sitetest.Plan(t, explainers, site.Options{Base: "https://news.example/x/", NoPictures: true, Single: true}).Files
	arrived := map[string]map[string]bool{} // marks of texts, by kind of output
	for name, data := range files {
		read := func(kind, text string) {
			in := texts.In
			if kind == "depth" {
				in = texts.InFolded
			}
			whole, faults := in(text)
			for _, f := range faults {
				t.Errorf("%s, %s: %s", name, kind, f)
			}
			for _, x := range whole {
				if arrived[kind] == nil {
					arrived[kind] = map[string]bool{}
				}
				arrived[kind][x.Mark] = true
			}
		}
		switch base, ext := path.Base(name), path.Ext(name); {
		case ext == ".br", ext == ".gz": // of a file that is read
		case ext == ".html":
			readHTML(t, name, data, read)
		case base == page.OEmbedName:
			readJSON(t, name, data, func(text string) {
				if strings.HasPrefix(text, "<blockquote>") {
					readHTML(t, name, []byte(text), func(_, text string) { read("code", text) })
				} else {
					read("oembed", text)
				}
			})
		case ext == ".json", ext == ".webmanifest":
			readJSON(t, name, data, func(text string) { read(ext, text) })
		case ext == ".xml":
			readXML(t, name, data, func(text string) { read("feed", text) })
		case ext == ".csv":
			readCSV(t, name, data, func(text string) { read(base, text) })
		case strings.HasPrefix(base, "depth."):
			for line := range bytes.Lines(data) {
				if key, scene, ok := bytes.Cut(line, []byte("\t")); ok && !bytes.ContainsAny(key, `"`) {
					line = scene
				}
				readJSON(t, name, line, func(text string) { read("depth", text) })
			}
		case base == "sw.js": // has the change log; read in the browser
		default:
			if mark := desktest.Mark.Find(data); mark != nil {
				t.Errorf("%s has the text %s, and nothing here reads it", name, mark)
			}
		}
	}
	must := func(kind string, want ...string) {
		t.Helper()
		for _, text := range want {
			mark := desktest.Mark.FindString(text)
			if mark == "" {
				t.Errorf("%s: %.80q is not hostile", kind, text)
			} else if !arrived[kind][mark] {
				t.Errorf("%s lacks the text %.120q", kind, texts[mark].Whole)
			}
		}
	}
	for mark, text := range texts {
		if text.Sought { // pages do not show it
			continue
		}
		must(".json", text.Whole)
		if !slices.ContainsFunc([]string{"page", "head", "depth", "relations.csv"}, func(k string) bool { return arrived[k][mark] }) {
			t.Errorf("no reader meets the text %.120q", text.Whole)
		}
	}
	for _, e := range explainers {
		for _, d := range e.Stories {
			for _, kind := range []string{"page", "head", "linked", "oembed", "code", "feed", ".webmanifest"} {
				must(kind, d.Title)
			}
			must(".webmanifest", d.ShortTitle)
			for _, c := range d.Changes {
				must("feed", c.Text.Plain())
			}
			for _, s := range d.Sources {
				must("linked", s.Publisher, s.Subject, s.URL)
				must("page", s.URL)
				must("sources.csv", s.Publisher, s.Subject, s.URL)
			}
			for _, c := range d.Camps {
				must("sides.csv", c.Name)
			}
			for _, x := range d.Actors {
				must("actors.csv", x.Name, x.Role)
				must("head", x.Name)
			}
			for _, x := range d.Relations {
				must("relations.csv", x.Kind, x.Label, x.Said.Text.Plain())
			}
			for _, x := range d.Events {
				must("events.csv", x.Headline())
				must("linked", x.Headline())
				for _, s := range x.Sentences {
					must("sentences.csv", s.Text.Plain())
				}
			}
			for _, x := range d.Calls {
				must("calls.csv", x.Short, x.Lengths[0].Text, x.Topics.Text.Plain())
			}
			for _, x := range d.Statements {
				must("statements.csv", x.Text)
			}
		}
	}
}

func readHTML(t *testing.T, name string, data []byte, read func(kind, text string)) {
	t.Helper()
	sitetest.Walk(sitetest.Parse(t, data), func(n *html.Node) {
		part := "page"
		if n.Data == "meta" || n.Parent != nil && n.Parent.Data == "title" {
			part = "head"
		}
		for _, a := range n.Attr {
			read(part, a.Val)
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" && desktest.Mark.MatchString(a.Val) {
				t.Errorf("%s: a text became code: %s=%.80q", name, a.Key, a.Val)
			}
			if (a.Key == "href" || a.Key == "src") && strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("%s: a text became an address: %.80q", name, a.Val)
			}
		}
		switch {
		case n.Type == html.CommentNode:
			t.Errorf("%s has a comment: %.80q", name, n.Data)
		case n.Type != html.TextNode:
		case n.Parent.Data == "script" && strings.HasPrefix(n.Data, "{"):
			readJSON(t, name, []byte(n.Data), func(text string) { read("linked", text) })
		case n.Parent.Data == "script", n.Parent.Data == "style":
			if mark := desktest.Mark.FindString(n.Data); mark != "" {
				t.Errorf("%s has the text %s in a script or a style", name, mark)
			}
		default:
			read(part, n.Data)
		}
	})
}

func readJSON(t *testing.T, name string, data []byte, read func(text string)) {
	t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			read(v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for k, x := range v {
				read(k)
				walk(x)
			}
		}
	}
	walk(value)
}

func readXML(t *testing.T, name string, data []byte, read func(text string)) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch x := token.(type) {
		case xml.CharData:
			read(string(x))
		case xml.StartElement:
			for _, a := range x.Attr {
				read(a.Value)
			}
		}
	}
}

// formula matches a cell of which a spreadsheet would make something else than a text or a number.
var formula = regexp.MustCompile(`^[\s"]*[=+\-@＝＋－＠]`)

func readCSV(t *testing.T, name string, data []byte, read func(text string)) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if formula.MatchString(cell) {
				t.Errorf("%s: a formula: %.80q", name, cell)
			}
			read(cells.Bare(cell))
		}
	}
	// Where a spreadsheet takes semicolons or tabs for what separates cells, it sees other cells.
	for _, line := range strings.FieldsFunc(string(data), func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
		if formula.MatchString(line) {
			t.Errorf("%s: a formula between semicolons: %.80q", name, line)
		}
	}
}
