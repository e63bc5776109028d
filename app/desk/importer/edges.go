package importer

import (
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/edtf"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// The columns of an edge list, by their folded names.
var (
	fromColumns   = []string{"from", "source", "subject", "actor", "actor1", "node1", "entity1", "a"}
	toColumns     = []string{"to", "target", "object", "actor2", "node2", "entity2", "b"}
	labelColumns  = []string{"label", "relation", "relationship", "verb", "description1", "type", "kind"}
	kindColumns   = []string{"kind", "type", "category", "relationtype", "relationshiptype"}
	textColumns   = []string{"text", "description", "sentence", "note", "notes", "detail", "details"}
	dateColumns   = []string{"date", "when", "year"}
	sinceColumns  = []string{"since", "start", "startdate", "fromdate", "begin"}
	untilColumns  = []string{"until", "end", "enddate", "todate"}
	weightColumns = []string{"weight", "value", "amount", "count", "strength"}
	sourceColumns = []string{"sourceurl", "url", "link", "reference", "references", "evidence", "citation"}
)

// isEdges tells whether a table is an edge list.
func isEdges(t *table) bool {
	any := func(names []string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return t.has(name) })
	}
	return any(fromColumns) && any(toColumns)
}

// edges reads an edge list: from, to, label, date, source.
func (r *reading) edges(t *table) {
	from, sources := fromColumns, sourceColumns
	if t.has("from") { // then the column `source` is where it can be checked
		from, sources = []string{"from"}, append([]string{"source", "sources"}, sourceColumns...)
	}
	seen := map[string]diag.Pos{}
	for _, row := range t.rows {
		e := edge{
			from: row.get(from...), to: row.get(toColumns...), kind: row.get(kindColumns...), label: row.get(labelColumns...),
			text: row.get(textColumns...), date: row.get(dateColumns...),
			since: row.get(sinceColumns...), until: row.get(untilColumns...),
			sources:  r.addresses(row.get(sources...)),
			weight:   r.weight(row, weightColumns...),
			directed: row.get("directed", "direction"),
			images:   [2]string{row.get("fromimage", "sourceimage", "fromphoto"), row.get("toimage", "targetimage", "tophoto")},
			shapes:   [2]string{row.get("fromtype", "sourcetype"), row.get("totype", "targettype")},
			at:       row.at(), places: row.at,
		}
		e.citation = row.get(sources...)
		key := strings.Join(row.cells, "\x00")
		if before, twice := seen[key]; twice {
			r.remark(e.at, diag.Say("import-twice", before.Line))
			continue
		}
		seen[key] = e.at
		r.edge(e)
	}
}

// edge is a relation as an edge list or a graph has it.
type edge struct {
	from, to           string
	kind, label, text  string
	date, since, until string
	sources            []string // addresses
	citation           string   // what stands where addresses are expected
	weight             source.Int
	directed           string
	shapes, images     [2]string
	at                 diag.Pos
	places             func(columns ...string) diag.Pos
}

func (r *reading) edge(e edge) {
	switch {
	case e.from == "" || e.to == "":
		r.remark(e.at, diag.Say("import-half"))
		return
	case strings.EqualFold(e.from, e.to):
		r.remark(e.at, diag.Say("import-self", e.from))
		return
	}
	var cited []string
	for _, address := range e.sources {
		if id := r.cite(link{url: address}); id != "" && !slices.Contains(cited, id) {
			cited = append(cited, id)
		}
	}
	if len(cited) == 0 && e.citation != "" {
		cited = append(cited, r.elsewhere(e.citation))
	}
	x := source.Relation{Polarity: str("neutral")}
	for i, name := range []string{e.from, e.to} {
		a := r.actor(name)
		if shape := strings.ToLower(e.shapes[i]); shape != "" && a.Shape.Value == r.Shape {
			if known := shapeOf(shape); known != "" {
				a.Shape = str(known)
			} else {
				r.lost(e.at, "type", e.shapes[i])
			}
		}
		if a.Portrait == nil && e.images[i] != "" {
			a.Portrait = r.picture(medium{file: e.images[i], at: func(string) diag.Pos { return e.at }})
		}
		for _, id := range cited {
			if !slices.ContainsFunc(a.Sources, func(s source.String) bool { return s.Value == id }) {
				a.Sources = append(a.Sources, str(id))
			}
		}
		if i == 0 {
			x.From = a.ID
		} else {
			x.To = a.ID
		}
	}
	label := e.label
	if label == "" {
		label = e.kind
	}
	kind := e.kind
	if kind == "" {
		kind = label
	}
	x.Kind, x.Label = r.said(kind), r.said(label)
	x.ID = str(r.id("relation", x.From.Value+" "+x.To.Value, ""))
	switch strings.ToLower(e.directed) {
	case "", "directed", "true", "yes", "1":
	case "undirected", "false", "no", "0", "none":
		x.Directed.Pos.Line = 1
	case "mutual", "both":
		x.Mutual.Value = true
	default:
		r.lost(e.at, "directed", e.directed)
	}
	x.Weight = e.weight
	x.Since, x.Until = str(date(e.since)), str(date(e.until))
	said := date(e.date)
	if w, ok := edtf.Parse(said); ok && w.Interval && e.since == "" && e.until == "" {
		// What lasted has a beginning and an end.
		if !w.OpenFrom {
			x.Since = str(w.From.String())
		}
		if !w.OpenTo {
			x.Until = str(w.To.String())
		}
		said = ""
	}
	for i, column := range [][]string{dateColumns, sinceColumns, untilColumns} {
		text := []string{said, x.Since.Value, x.Until.Value}[i]
		r.doubtful(e.places(column...), text)
	}
	if e.text != "" || said != "" || len(cited) > 0 {
		text := e.text
		if text == "" { // a relation with a source of its own needs a sentence: the row, in words
			text = strings.Join(slices.DeleteFunc([]string{e.from, label, e.to}, func(s string) bool { return s == "" }), " – ")
		}
		x.Sentence = source.Sentence{
			Kind: str("fact"), Date: str(said), Text: r.said(markdown(story.Rich{{Text: spaces(text)}})), Sources: strs(cited),
		}
		if len(cited) == 0 && r.carrier != "" {
			x.Sentence.Sources = strs([]string{r.carrier})
		}
	}
	if r.carrier != "" && len(r.set.Actors.Sources) == 0 {
		r.set.Actors.Sources = strs([]string{r.carrier})
	}
	r.relation(x)
}

// elsewhere returns the id of a source that has no address: a book, a file, a talk.
func (r *reading) elsewhere(where string) string {
	for _, s := range r.set.Sources.Sources {
		for _, text := range s.Where.ByLang {
			if text.Value == where {
				return s.ID.Value
			}
		}
	}
	s := source.Source{ID: str(r.id("source", where, "source")), Where: r.said(where)}
	r.set.Sources.Sources = append(r.set.Sources.Sources, s)
	return s.ID.Value
}

// shapes are what graphs call the kinds of actors.
var shapes = map[string]string{
	"org": "institution", "organisation": "institution", "organization": "institution",
	"company": "institution", "business": "institution",
	"agency": "institution", "party": "institution", "ngo": "institution",
	"people": "person", "individual": "person", "human": "person",
	"politician": "person", "country": "state", "government": "state", "newspaper": "media", "outlet": "media",
}

func shapeOf(word string) string {
	if slices.Contains(story.Shapes, word) {
		return word
	}
	return shapes[word]
}
