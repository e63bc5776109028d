package share_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"sharh/app/site/file"
	"sharh/app/site/share"
	"sharh/app/site/sitetest"
	"sharh/app/story"
	"sharh/app/story/cell"
	"sharh/app/story/storytest"
)

// The data files have the same content as the story, whatever characters its texts contain.
func TestDataSaysWhatTheStorySays(t *testing.T) {
	d := sitetest.Explainers(t)[0].Stories[0]
	storytest.MakeHostile(d)
	files := file.Set{}
	if _, err := share.Data(files, "x/", d); err != nil {
		t.Fatal(err)
	}
	whole, err := story.Decode(files["x/data/story.json"])
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.Statements) != len(d.Statements) || whole.Title != d.Title {
		t.Errorf("story.json has %d statements and title %q", len(whole.Statements), whole.Title)
	}
	for name, want := range map[string]int{
		"calls.csv": len(d.Calls), "events.csv": len(d.Events), "actors.csv": len(d.Actors), "relations.csv": len(d.Relations), "statements.csv": len(d.Statements),
		"sources.csv": len(d.Sources), "sides.csv": len(d.Camps), "speakers.csv": len(d.Speakers) - len(d.Actors),
	} {
		data, ok := bytes.CutPrefix(files["x/data/"+name], []byte("\ufeff"))
		if !ok {
			t.Errorf("%s has no byte order mark", name)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll() // also: as many cells in each row
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(rows) != want+1 {
			t.Errorf("%s has %d rows, want %d and a heading", name, len(rows), want)
		}
	}
}

func TestDataNamesLengthsAndSources(t *testing.T) {
	d := sitetest.Explainers(t)[0].Stories[1]
	files := file.Set{}
	if _, err := share.Data(files, "", d); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(files["data/calls.csv"], []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	second := map[string]string{}
	for i, column := range rows[0] {
		second[column] = rows[2][i]
	}
	for column, want := range map[string]string{"call": "2", "date": "2025-03-18", "shortest_minutes": "90", "longest_minutes": "150"} {
		if second[column] != want {
			t.Errorf("%s of the second call: got %q, want %q", column, second[column], want)
		}
	}
	if !bytes.Contains([]byte(second["sources"]), []byte("https://")) {
		t.Errorf("the second call names no source: %q", second["sources"])
	}
}

func TestDataOfEventsAndRelations(t *testing.T) {
	d := sitetest.Explainers(t)[0].Stories[1]
	d.Events = []story.Event{{ID: "vote", Label: "Vote", Title: "The council votes", Group: "Town", Place: "Harbour", Link: "book", Actors: []string{"a", "b"},
		Date: story.Date{ISO: "2021-05-03"}, Sentences: []story.Sentence{{Text: story.Rich{{Text: "So."}}, Sources: []string{"page", "book"}}}}}
	d.Relations = []story.Relation{{ID: "r1", Between: true}, {ID: "r2", Mutual: true}, {ID: "r3"}}
	d.Sources = []story.Source{{ID: "book"}, {ID: "page", URL: "https://x.example"}}
	files := file.Set{}
	if _, err := share.Data(files, "", d); err != nil {
		t.Fatal(err)
	}
	want := "id,date,figure,label,title,group,place,text,actors,calls,link,statements,sources\r\n" +
		"vote,2021-05-03,,Vote,The council votes,Town,Harbour,So.,a b,,#source-book,,#source-book https://x.example\r\n"
	if got := string(bytes.TrimPrefix(files["data/events.csv"], []byte("\ufeff"))); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	for _, direction := range []string{"undirected", "mutual", "directed"} {
		if !bytes.Contains(files["data/relations.csv"], []byte(","+direction+",")) {
			t.Errorf("no relation is %s", direction)
		}
	}
}

// The description names each file and column, in order; cells are of the type that it says, lists separated as it says.
// The words of the page are not data.
func TestDataIsDescribed(t *testing.T) {
	for _, d := range sitetest.Explainers(t)[0].Stories {
		d.Licence = story.Licence{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/"}
		files := file.Set{}
		if _, err := share.Data(files, "", d); err != nil {
			t.Fatal(err)
		}
		var about struct {
			Licence  string `json:"dc:license"`
			Rights   string `json:"dc:rights"`
			Language string `json:"dc:language"`
			Version  int    `json:"schema:version"`
			Tables   []struct {
				URL    string
				Schema struct {
					Columns []struct{ Name, Titles, Datatype, Separator string }
				} `json:"tableSchema"`
			}
		}
		if err := json.Unmarshal(files["data/"+cell.Metadata], &about); err != nil {
			t.Fatal(err)
		}
		if about.Licence != d.Licence.URL || about.Rights != d.Licence.Name || about.Language != d.Lang || about.Version < 1 {
			t.Errorf("%s: licence %q, %q, language %q, version %d", d.Lang, about.Licence, about.Rights, about.Language, about.Version)
		}
		described := 0
		for _, table := range about.Tables {
			data := files["data/"+table.URL]
			if bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
				t.Errorf("%s has lines that do not end as RFC 4180 wants", table.URL)
			}
			rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			described++
			if len(rows[0]) != len(table.Schema.Columns) {
				t.Fatalf("%s has %d columns, %d are described", table.URL, len(rows[0]), len(table.Schema.Columns))
			}
			for i, c := range table.Schema.Columns {
				if rows[0][i] != c.Name || c.Titles != c.Name {
					t.Errorf("%s: column %q is described as %q", table.URL, rows[0][i], c.Name)
				}
				for _, row := range rows[1:] {
					cells := []string{row[i]}
					if c.Separator != "" {
						cells = strings.Split(row[i], c.Separator)
					}
					for _, cell := range cells {
						var err error
						switch {
						case cell == "":
						case c.Datatype == "integer":
							_, err = strconv.Atoi(cell)
						case c.Datatype == "boolean":
							_, err = strconv.ParseBool(cell)
						case c.Datatype == "anyURI":
							_, err = url.ParseRequestURI(cell)
						case c.Datatype != "string":
							t.Errorf("%s: %s is of type %q", table.URL, c.Name, c.Datatype)
						}
						if err != nil {
							t.Errorf("%s: %s: %v", table.URL, c.Name, err)
						}
					}
				}
			}
		}
		if want := len(files) - 2; described != want {
			t.Errorf("%d files are described, want %d", described, want)
		}
		for _, word := range []string{d.Words.Downloads, d.Words.EvidenceLead} {
			if word == "" || bytes.Contains(files["data/story.json"], []byte(word)) {
				t.Errorf("the data has a word of the page: %q", word)
			}
		}
	}
}

func TestDataWithoutALicence(t *testing.T) {
	d := sitetest.Explainers(t)[0].Stories[0]
	d.Licence = story.Licence{}
	files := file.Set{}
	if _, err := share.Data(files, "", d); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(files["data/"+cell.Metadata], []byte(`"dc:rights": "no licence is named: ask the publisher"`)) {
		t.Errorf("got %s", files["data/"+cell.Metadata])
	}
}
