package share

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sharh/app/page/reader"
	"sharh/app/site/file"
	"sharh/app/story"
)

// Data adds the story as data for others to use, in data/ inside the given folder: all of it as JSON, and its lists
// as CSV (RFC 4180, UTF-8 with a byte order mark, without which spreadsheets misread Arabic). Inside a cell, ids are
// separated by spaces and other list entries by semicolons. It returns the paths.
func Data(files file.Set, folder string, d *story.Document) ([]string, error) {
	var paths []string
	add := func(name string, data []byte) {
		paths = append(paths, folder+"data/"+name)
		files[folder+"data/"+name] = data
	}
	open := *d
	open.Statements = slices.Clone(d.Statements)
	for i := range open.Statements {
		open.Statements[i].Search = "" // only the client needs it; it repeats the texts
	}
	whole, err := story.Encode(&open)
	if err != nil {
		return nil, err
	}
	add("story.json", whole)
	for name, rows := range map[string][][]string{
		"calls.csv": calls(d), "events.csv": events(d), "actors.csv": actors(d), "relations.csv": relations(d),
		"statements.csv": statements(d),
	} {
		var b bytes.Buffer
		b.WriteString("\ufeff")
		w := csv.NewWriter(&b)
		w.UseCRLF = true
		if err := w.WriteAll(rows); err != nil {
			return nil, fmt.Errorf("writing %s: %w", name, err)
		}
		add(name, b.Bytes())
	}
	return paths, nil
}

func calls(d *story.Document) [][]string {
	rows := [][]string{{
		"call", "date", "name", "about", "shortest_minutes", "longest_minutes", "lengths",
		"initiator", "topics", "actors", "sources",
	}}
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
			strconv.Itoa(c.ID), c.Date.ISO, c.Name, c.Short,
			strconv.Itoa(least), strconv.Itoa(most), strings.Join(lengths, "; "),
			c.Initiator.Text.Plain(), c.Topics.Text.Plain(), strings.Join(c.Actors, " "), addresses(d, cited),
		})
	}
	return rows
}

func events(d *story.Document) [][]string {
	rows := [][]string{{
		"id", "date", "figure", "label", "title", "place", "text", "actors", "calls", "link", "statements", "sources",
	}}
	for _, e := range d.Events {
		var text, said, cited []string
		for _, s := range e.Sentences {
			text, said, cited = append(text, s.Text.Plain()), append(said, s.Statements...), append(cited, s.Sources...)
		}
		rows = append(rows, []string{
			e.ID, e.Date.ISO, e.Figure, e.Label, e.Headline(), e.Place, strings.Join(text, " "), strings.Join(e.Actors, " "),
			integers(e.Calls), addresses(d, []string{e.Link}), strings.Join(said, " "), addresses(d, cited),
		})
	}
	return rows
}

func actors(d *story.Document) [][]string {
	rows := [][]string{{"id", "name", "shape", "side", "role", "in_article", "calls", "sources"}}
	for _, a := range d.Actors {
		rows = append(rows, []string{
			a.ID, a.Name, a.Shape, a.Camp, a.Role, strconv.FormatBool(!a.Added), integers(a.Calls), addresses(d, a.Sources),
		})
	}
	return rows
}

func relations(d *story.Document) [][]string {
	rows := [][]string{{
		"id", "from", "to", "via", "kind", "polarity", "label", "sentence", "kind_of_sentence", "said_by", "date",
		"calls", "direction", "statements", "sources",
	}}
	for _, r := range d.Relations {
		rows = append(rows, []string{
			r.ID, r.From, r.To, r.Via, r.Kind, r.Polarity, r.Label, r.Said.Text.Plain(), r.Said.Kind, r.Said.By, r.Said.Date.ISO,
			integers(r.Calls), direction(r), strings.Join(r.Said.Statements, " "), addresses(d, r.Said.Sources),
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
	rows := [][]string{{
		"id", "section", "said_by", "speaker", "date", "kind", "check", "verdict", "text", "note",
		"actors", "calls", "sources",
	}}
	for _, s := range d.Statements {
		rows = append(rows, []string{
			s.ID, s.Section, s.By, reader.Speaker(d, s.By).Name, s.Date.ISO, s.Kind, s.Check, s.Verdict, s.Text, s.Note.Plain(),
			strings.Join(s.Actors, " "), integers(s.Calls), addresses(d, s.Sources),
		})
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
