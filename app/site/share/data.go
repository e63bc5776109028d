package share

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sharh/app/page/reader"
	"sharh/app/site/file"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/cell"
)

// DataVersion is the version of the data files: it counts up when a column is removed, renamed or means something else.
const DataVersion = 2

// Data adds the story as data for others to use, in data/ inside the given folder: all of it as JSON, and its lists
// as CSV (RFC 4180, UTF-8 with a byte order mark, without which spreadsheets misread Arabic), with a description of
// them. Inside a cell, ids are separated by spaces and other list entries by semicolons. No text is a formula to a
// spreadsheet (see package cell). The words of the page are not part of it. It returns the paths.
func Data(files file.Set, folder string, d *story.Document) ([]string, error) {
	var paths []string
	add := func(name string, data []byte) {
		paths = append(paths, folder+"data/"+name)
		files[folder+"data/"+name] = data
	}
	open := *d
	open.Words = story.Words{}
	open.Statements = slices.Clone(d.Statements)
	for i := range open.Statements {
		open.Statements[i].Search = "" // only the client needs it; it repeats the texts
	}
	whole, err := story.Encode(&open)
	if err != nil {
		return nil, err
	}
	add("story.json", whole)
	for _, t := range tables {
		var b bytes.Buffer
		b.WriteString("\ufeff")
		w := csv.NewWriter(&b)
		w.UseCRLF = true
		var names []string
		for _, c := range t.columns {
			names = append(names, c.name)
		}
		rows := t.rows(d)
		for _, row := range rows {
			for i, c := range t.columns {
				if c.kind == "" {
					row[i] = cell.Guard(row[i])
				}
			}
		}
		if err := w.WriteAll(append([][]string{names}, rows...)); err != nil {
			return nil, fmt.Errorf("writing %s: %w", t.name, err)
		}
		add(t.name, b.Bytes())
	}
	about, err := json.MarshalIndent(describe(d), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describing the data: %w", err)
	}
	add(cell.Metadata, append(about, '\n'))
	return paths, nil
}

// table is a file of rows.
type table struct {
	name, about string
	columns     []column
	rows        func(*story.Document) [][]string
}

// column is a column of a table. Its cells are texts, if kind is "", or of a type of XML Schema; between is what
// separates the entries of a list.
type column struct{ name, kind, between, about string }

const (
	ofIDs   = " "
	ofTexts = "; "
	integer = "integer"
	boolean = "boolean"
)

// Columns that several tables have.
var (
	theCalls   = column{"calls", integer, ofIDs, "numbers of calls, as in calls.csv"}
	theActors  = column{"actors", "", ofIDs, "ids of actors, as in actors.csv"}
	theSources = column{"sources", "anyURI", ofIDs, "addresses of the sources; of one that has none, #source-<id>"}
	statedIn   = column{"statements", "", ofIDs, "ids of the statements that say so, as in statements.csv"}
	inArticle  = column{"in_article", boolean, "", "whether the article that is explained names it"}
	isCore     = column{"core", boolean, "", "whether the desk wants it on the map before anything is chosen"}
	saidBy     = column{"said_by", "", "", "id of who says so, as in actors.csv or speakers.csv"}
	theKind    = "kind of statement: fact, statement, claim, assessment …"
	theSide    = column{"side", "", "", "id of its side, as in sides.csv"}

	theSpellings = column{"also", "", ofTexts, "other spellings of the name"}

	theDate = column{"date", "", "", "date as it is known, in EDTF, a profile of ISO 8601: 2026-11-24, 2026~"}
)

var tables = []table{
	{"calls.csv", "one row for each call", []column{
		{"call", integer, "", "number of the call, in order of time"}, theDate,
		{"name", "", "", "its name"},
		{"elsewhere_date", "", "", "date in another time zone, where it differs"}, {"elsewhere_place", "", "", "that place"},
		{"about", "", "", "what it was about, in a few words"},
		{"shortest_minutes", integer, "", "shortest length that a source gives"},
		{"longest_minutes", integer, "", "longest length that a source gives"},
		{"lengths", "", ofTexts, "lengths as they were given, and by whom"},
		{"initiator", "", "", "who called whom, as far as it is known"}, {"topics", "", "", "what was spoken about"},
		theActors, theSources,
	}, calls},
	{"events.csv", "one row for each event of the timeline that is no call", []column{
		{"id", "", "", "id, as in the address of the page: #event-<id>"}, theDate,
		{"figure", "", "", "sign in the figure"}, {"label", "", "", "short name"}, {"title", "", "", "name"},
		{"group", "", "", "name of the group that it is in"},
		{"place", "", "", "where it happened"}, {"text", "", "", "what happened"}, theActors, theCalls,
		{"link", "anyURI", "", "address of the source to go on with"}, statedIn, theSources,
	}, events},
	{"actors.csv", "one row for each actor of the map", []column{
		{"id", "", "", "id, as in the address of the page: #actor-<id>"}, {"name", "", "", "name"},
		{"label", "", "", "name on the map"}, theSpellings,
		{"shape", "", "", "what it is: person, state, organisation or thing"}, theSide,
		{"role", "", "", "who or what it is"},
		inArticle, isCore, {"pin", "", "", "end of its column of the map where it stands"}, theCalls, statedIn, theSources,
	}, actors},
	{"relations.csv", "one row for each relation between actors", []column{
		{"id", "", "", "id, as in the address of the page: #relation-<id>"},
		{"from", "", "", "id of an actor"}, {"to", "", "", "id of an actor"},
		{"via", "", "", "id of the actor through whom it goes"}, {"kind", "", "", "kind of tie"},
		{"polarity", "", "", "whether it is support, opposition or neither"}, {"label", "", "", "words beside the arrow"},
		{"sentence", "", "", "the relation as a sentence"},
		{"kind_of_sentence", "", "", theKind},
		saidBy, theDate,
		{"since", "", "", "when it began, in EDTF"}, {"until", "", "", "when it ended, in EDTF"}, theCalls,
		{"direction", "", "", "directed, mutual or undirected"},
		{"weight", integer, "", "how much it is"}, {"weight_of", "", "", "what is counted"},
		inArticle, isCore, statedIn, theSources,
	}, relations},
	{"statements.csv", "one row for each statement of the article and what became of it", []column{
		{"id", "", "", "id, as in the address of the evidence page: #statement-<id>"},
		{"section", "", "", "id of the section where it stands"}, saidBy,
		{"speaker", "", "", "name of who says so"}, theDate,
		{"kind", "", "", theKind},
		{"check", "", "", "result of checking it"}, {"contradicted_by", "", ofIDs, "ids of those who contradict it"},
		{"verdict", "", "", "result of checking it, in words of the desk"},
		{"text", "", "", "the statement"}, {"note", "", "", "what is to be said about it"}, theActors, theCalls, theSources,
	}, statements},
	{"sentences.csv", "one row for each sentence about a call or an event, and for each length of a call", []column{
		{"item", "", "", "the item as in its address: call-3, event-<id>"},
		{"part", "", "", "of a call: length, initiator, topics, account, followed or disagreement; of an event: text"},
		{"side", "", "", "of an account: id of the side whose it is"},
		{"minutes", integer, "", "of a length: the number that is drawn"},
		{"kind", "", "", theKind}, saidBy, theDate, {"text", "", "", "the sentence"}, statedIn, theSources,
	}, sentences},
	{"sources.csv", "one row for each source", []column{
		{"id", "", "", "id, as in the address of the evidence page: #source-<id>"}, {"publisher", "", "", "whose it is"},
		{"date", "", "", "when it was published, in EDTF"}, {"subject", "", "", "what it is about, in a few words"},
		{"url", "anyURI", "", "its address"}, {"medium", "", "", "what it is, if not a page of the web"},
		{"where", "", "", "where it is found or heard, if not at the address alone"},
		{"quote", "", "", "a few supporting words, as printed"}, {"quote_language", "", "", "language of the quote"},
		{"state_media", boolean, "", "whether it is owned by or aligned with a state"},
	}, sources},
	{"speakers.csv", "one row for each who is quoted and is no actor of the map", []column{
		{"id", "", "", "id"}, {"name", "", "", "name"}, theSide, theSpellings,
	}, speakers},
	{"sides.csv", "one row for each side", []column{
		{"id", "", "", "id"}, {"name", "", "", "name"}, {"tone", "", "", "its colour: red, blue, ochre or grey"},
	}, sides},
}

// described is a group of tables of CSV on the Web.
type described struct {
	Context   []any       `json:"@context"`
	ID        string      `json:"@id"`
	Title     string      `json:"dc:title"`
	Language  string      `json:"dc:language"`
	Modified  string      `json:"dc:modified,omitempty"`
	Licence   string      `json:"dc:license,omitempty"`
	Rights    string      `json:"dc:rights,omitempty"`
	Version   int         `json:"schema:version"`
	Texts     string      `json:"rdfs:comment"`
	Dialect   any         `json:"dialect"`
	Described []tableHere `json:"tables"`
}

type tableHere struct {
	URL    string `json:"url"`
	About  string `json:"dc:description"`
	Schema struct {
		Columns []columnHere `json:"columns"`
	} `json:"tableSchema"`
}

type columnHere struct {
	Name      string `json:"name"`
	Titles    string `json:"titles"`
	About     string `json:"dc:description"`
	Kind      string `json:"datatype"`
	Separator string `json:"separator,omitempty"`
}

// describe describes the tables of a story.
func describe(d *story.Document) described {
	g := described{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		ID:      d.Slug + "/" + d.Lang, Title: d.Title, Language: d.Lang, Modified: d.Modified(),
		Licence: d.Licence.URL,
		Rights:  cmp.Or(d.Licence.Name, "no licence is named: ask the publisher"), Version: DataVersion,
		Texts:   cell.About,
		Dialect: map[string]any{"encoding": "utf-8", "lineTerminators": []string{"\r\n"}, "header": true},
	}
	for _, t := range tables {
		here := tableHere{URL: t.name, About: t.about}
		for _, c := range t.columns {
			kind := cmp.Or(c.kind, "string")
			here.Schema.Columns = append(here.Schema.Columns, columnHere{c.name, c.name, c.about, kind, c.between})
		}
		g.Described = append(g.Described, here)
	}
	return g
}

// counted is a number that stays in the line of the word after it.
var counted = regexp.MustCompile(`(\p{N})\x{a0}(\p{L})`)

// plain is a text as it was written: on the page a number and its word stay in one line.
func plain(r story.Rich) string { return counted.ReplaceAllString(r.Plain(), "$1 $2") }

func calls(d *story.Document) [][]string {
	var rows [][]string
	for _, c := range d.Calls {
		least, most := 0, 0
		var lengths []string
		var cited []string
		for i, l := range c.Lengths {
			if i == 0 || l.Minutes < least {
				least = l.Minutes
			}
			most = max(most, l.Minutes)
			lengths = append(lengths, l.Text+" ("+reader.Speaker(d, l.By).Name+")")
			cited = append(cited, l.Sources...)
		}
		cited = append(append(cited, c.Initiator.Sources...), c.Topics.Sources...)
		rows = append(rows, []string{
			strconv.Itoa(c.ID), c.Date.ISO, c.Name, c.There.Date, c.There.Place, c.Short,
			strconv.Itoa(least), strconv.Itoa(most), strings.Join(lengths, "; "),
			plain(c.Initiator.Text), plain(c.Topics.Text), strings.Join(c.Actors, " "), addresses(d, cited),
		})
	}
	return rows
}

func events(d *story.Document) [][]string {
	var rows [][]string
	for _, e := range d.Events {
		var text, said, cited []string
		for _, s := range e.Sentences {
			text, said, cited = append(text, plain(s.Text)), append(said, s.Statements...), append(cited, s.Sources...)
		}
		rows = append(rows, []string{
			e.ID, e.Date.ISO, e.Figure, e.Label, e.Headline(), e.Group, e.Place, strings.Join(text, " "),
			strings.Join(e.Actors, " "), integers(e.Calls), addresses(d, []string{e.Link}),
			strings.Join(said, " "), addresses(d, cited),
		})
	}
	return rows
}

func actors(d *story.Document) [][]string {
	var rows [][]string
	for _, a := range d.Actors {
		rows = append(rows, []string{
			a.ID, a.Name, a.Label, strings.Join(a.Also, "; "), a.Shape, a.Camp, a.Role,
			strconv.FormatBool(!a.Added), strconv.FormatBool(a.Core), a.Pin, integers(a.Calls),
			strings.Join(a.Statements, " "), addresses(d, a.Sources),
		})
	}
	return rows
}

func relations(d *story.Document) [][]string {
	var rows [][]string
	for _, r := range d.Relations {
		weight, of := "", ""
		if r.Weight > 0 {
			weight, of = strconv.Itoa(r.Weight), d.Map.Counted
		}
		rows = append(rows, []string{
			r.ID, r.From, r.To, r.Via, r.Kind, r.Polarity, r.Label, plain(r.Said.Text), r.Said.Kind, r.Said.By, r.Said.Date.ISO,
			r.Since.ISO, r.Until.ISO, integers(r.Calls), direction(r), weight, of,
			strconv.FormatBool(!r.Added), strconv.FormatBool(r.Core),
			strings.Join(r.Said.Statements, " "), addresses(d, r.Said.Sources),
		})
	}
	return rows
}

// direction says whose relation it is: of one end to the other, of both to each other, or between them.
func direction(r story.Relation) string {
	switch {
	case r.Between:
		return "undirected"
	case r.Mutual:
		return "mutual"
	}
	return "directed"
}

func statements(d *story.Document) [][]string {
	var rows [][]string
	for _, s := range d.Statements {
		rows = append(rows, []string{
			s.ID, s.Section, s.By, reader.Speaker(d, s.By).Name, s.Date.ISO, s.Kind, s.Check,
			strings.Join(s.Against, " "), s.Verdict, s.Text, plain(s.Note),
			strings.Join(s.Actors, " "), integers(s.Calls), addresses(d, s.Sources),
		})
	}
	return rows
}

func sentences(d *story.Document) (rows [][]string) {
	add := func(item, part, side, minutes string, s story.Sentence) {
		rows = append(rows, []string{
			item, part, side, minutes, s.Kind, s.By, s.Date.ISO, plain(s.Text),
			strings.Join(s.Statements, " "), addresses(d, s.Sources),
		})
	}
	for _, c := range d.Calls {
		item := address.Call.ID(strconv.Itoa(c.ID))
		for _, l := range c.Lengths {
			add(item, "length", "", strconv.Itoa(l.Minutes),
				story.Sentence{Kind: "statement", By: l.By, Text: story.Rich{{Text: l.Text}}, Sources: l.Sources})
		}
		add(item, "initiator", "", "", c.Initiator)
		add(item, "topics", "", "", c.Topics)
		for _, a := range c.Accounts {
			for _, s := range a.Sentences {
				add(item, "account", a.Camp, "", s)
			}
		}
		for _, s := range c.Followed {
			add(item, "followed", "", "", s)
		}
		for _, s := range c.Disagreements {
			add(item, "disagreement", "", "", s)
		}
	}
	for _, e := range d.Events {
		for _, s := range e.Sentences {
			add(address.Event.ID(e.ID), "text", "", "", s)
		}
	}
	return rows
}

func sources(d *story.Document) (rows [][]string) {
	for _, s := range d.Sources {
		rows = append(rows, []string{
			s.ID, s.Publisher, s.Date.ISO, s.Subject, s.URL, s.Medium, s.Place, s.Quote, s.QuoteLang,
			strconv.FormatBool(s.StateMedia),
		})
	}
	return rows
}

func speakers(d *story.Document) (rows [][]string) {
	for _, s := range d.Speakers {
		if !s.Actor {
			rows = append(rows, []string{s.ID, s.Name, s.Camp, strings.Join(s.Also, "; ")})
		}
	}
	return rows
}

func sides(d *story.Document) (rows [][]string) {
	for _, c := range d.Camps {
		rows = append(rows, []string{c.ID, c.Name, c.Tone})
	}
	return rows
}

func integers(all []int) string {
	var texts []string
	for _, n := range all {
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, " ")
}

// addresses are the addresses of the sources with these ids, each once. A source that is not on the web has that of its
// entry on the evidence page.
func addresses(d *story.Document, ids []string) string {
	var urls []string
	for _, s := range d.Sources {
		for _, id := range ids {
			if s.ID == id {
				urls = append(urls, cmp.Or(s.URL, "#source-"+s.ID))
				break
			}
		}
	}
	return strings.Join(urls, " ")
}
