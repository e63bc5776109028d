// Package importer reads files of other tools into the records of an explainer: sharh import.
//
//	read, err := importer.Read(files, importer.Options{Language: "en"})
//	for name, data := range read.Files() { … }     // explainer.yaml, timeline.yaml …
//	for _, r := range read.Remarks { … }           // what was not taken along, with its line
//
// It reads sheets and JSON of TimelineJS, edge lists, JSON of Oligrapher, ArchieML, and the tables that a site exports.
// What a file does not say is not made up: it is missing in the records, a comment in the YAML stands in its place, and
// package check reports it. Dates that can be read in two ways are kept as they are written, for the same reason.
package importer

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/edtf"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/story"
	"sharh/app/story/cell"
)

// File is a file to be read.
type File struct {
	Name  string // as messages show it
	Data  []byte
	About *About // what stands beside it; nil if nothing does

	// Beside reads a file by its path from the folder where this one is. nil: there are no others.
	Beside func(name string) ([]byte, error)
}

// Options are what the files do not say.
type Options struct {
	Locales  *locale.Set // the languages that the explainer can have
	Language string      // of the texts
	Source   string      // address of the page that carries what names no source of its own, or ""
	Shape    string      // what actors are of whom the file does not say it: person, institution …, or ""
	Into     *source.Set // the explainer that the items are added to; nil makes a new one
}

// Remark says what was not taken along as it is, or what was assumed.
type Remark struct {
	Pos  diag.Pos // without a file if it is about all of them
	Said diag.Phrase
}

// Fault is the reason why nothing of a file can be read.
type Fault struct {
	Pos  diag.Pos
	Said diag.Phrase
	Way  diag.Phrase // the way out; may be empty
}

func (f Fault) Error() string {
	text := f.Pos.String() + ": " + f.Said.String()
	if way := f.Way.String(); way != "" {
		text += "; " + way
	}
	return text
}

// Result is what was read.
type Result struct {
	Set     *source.Set
	Remarks []Remark // in the order of the files

	languages []string
	fresh     bool
	before    map[string]string // the files of the explainer that items were added to, by name
	photos    map[string][]byte // by the name of their file in the folder media/
}

// Languages are the languages of the explainer, the default one first.
func (r *Result) Languages() []string { return r.languages }

// reading is a run of Read.
type reading struct {
	Options
	set     *source.Set
	remarks []Remark
	// made has the ids that this run has given or updated, by kind.
	made    map[string]map[string]bool
	fresh   bool
	facts   bool // texts became facts
	pending []pending
	altered map[string]any             // values before this run, by kind, id and column; see alter
	rows    map[string]int             // lines of rows that have been read, by language, kind and id
	bare    map[string][]source.String // sources of relations that say no more than their arrow, by id
	file    File                       // that is being read
	photos  map[string][]byte          // pictures, by the name of their file in the folder media/
	carrier string                     // id of the source that carries what names none
}

// Read reads files into one explainer. An error is a [Fault] unless it is one of the program.
func Read(files []File, o Options) (*Result, error) {
	r := &reading{Options: o, set: o.Into, made: map[string]map[string]bool{},
		bare: map[string][]source.String{}, photos: map[string][]byte{},
		altered: map[string]any{}, rows: map[string]int{}}
	if r.set == nil {
		r.fresh = true
		r.set = &source.Set{}
		r.set.Sources.Sources = []source.Source{}
	}
	before := map[string]string{}
	if !r.fresh {
		before = written(r.set, inLanguages(r.set))
	}
	if o.Source != "" {
		r.carrier = r.cite(link{url: o.Source})
	}
	var languages []string
	for _, f := range files {
		r.Language = o.Language
		if f.About != nil {
			r.Language = f.About.Language
			r.about(f.About)
		}
		if !slices.Contains(languages, r.Language) {
			languages = append(languages, r.Language)
		}
		r.file = f
		if err := r.read(f); err != nil {
			return nil, err
		}
	}
	r.records()
	order := map[string]int{}
	for i, f := range files {
		order[f.Name] = i
	}
	slices.SortStableFunc(r.remarks, func(a, b Remark) int {
		return cmp.Or(cmp.Compare(order[a.Pos.File], order[b.Pos.File]), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	if r.facts {
		r.remark(diag.Pos{}, diag.Say("import-facts"))
	}
	if r.fresh {
		if err := r.frame(languages); err != nil {
			return nil, err
		}
	} else {
		languages = inLanguages(r.set)
	}
	return &Result{Set: r.set, Remarks: r.remarks, languages: languages, fresh: r.fresh, before: before,
		photos: r.photos}, nil
}

// read reads a file. Tables that may name what stands in others wait for these.
func (r *reading) read(f File) error {
	text, err := r.text(f)
	if err != nil {
		return err
	}
	switch ext := strings.ToLower(filepath.Ext(f.Name)); {
	case ext == ".json", ext != ".csv" && strings.HasPrefix(strings.TrimSpace(text), "{"):
		return r.json(f.Name, text)
	case ext == ".csv", ext == ".tsv", ext == ".tab":
		return r.sheet(f.Name, text)
	case ext == ".aml", ext == ".archieml", ext == ".txt":
		return r.archieML(f.Name, text)
	}
	return Fault{diag.Pos{File: f.Name}, diag.Say("import-kind", diag.Raw(filepath.Ext(f.Name))), diag.Say("import-kinds")}
}

// Readable tells whether a file of a folder is one to read, by its name.
func Readable(name string) bool {
	if name == cell.Metadata || name == "story.json" {
		return false
	}
	ext := strings.ToLower(filepath.Ext(name))
	return slices.Contains([]string{".csv", ".tsv", ".tab", ".json", ".aml", ".archieml"}, ext)
}

// sheet reads a table, by its columns.
func (r *reading) sheet(name, text string) error {
	t, err := readTable(name, text)
	if err != nil {
		return err
	}
	if !r.table(name, t) {
		return Fault{lineOf(name, text, 0), diag.Say("import-no-columns", t.columns), diag.Say("import-columns")}
	}
	if len(t.rows) == 0 && r.file.About == nil { // of a site, a table may be empty
		return Fault{lineOf(name, text, 0), diag.Say("import-only-headings"), diag.Phrase{}}
	}
	return nil
}

// table reads a table, by its columns and by the name of its file or its array, and tells whether it is one that is
// known.
func (r *reading) table(name string, t *table) bool {
	k := kindOf(name, t)
	var read func(*table)
	switch {
	case t.has("headline") && (t.has("year") || t.has("startdate")):
		read = r.timelineSheet
	case k >= 0:
		for _, row := range t.rows {
			for i := range row.cells {
				// Addresses are written as they are.
				if !slices.Contains(carriedColumns, folded(t.columns[min(i, len(t.columns)-1)])) {
					row.cells[i] = cell.Bare(row.cells[i])
				}
			}
		}
		r.pending = append(r.pending, pending{k, kinds[k].names[0], t, r.Language, r.file})
		return true
	case isEdges(t):
		read = r.edges
	default:
		return false
	}
	read(t)
	r.unread(t)
	return true
}

// unread remarks on columns that nobody has read and that have something.
func (r *reading) unread(t *table) {
columns:
	for _, name := range t.left() {
		for _, row := range t.rows {
			switch i := t.of[folded(name)]; {
			case i >= len(row.cells) || row.cells[i] == "":
			case t.marked: // of a document each item is named
				r.lost(row.at(folded(name)), name, row.cells[i])
			default:
				r.remark(row.at(folded(name)), diag.Say("import-column", name))
				continue columns
			}
		}
	}
}

func (r *reading) remark(at diag.Pos, said diag.Phrase) {
	r.remarks = append(r.remarks, Remark{at, said})
}

// lost remarks on a value that has no place in an explainer.
func (r *reading) lost(at diag.Pos, what, value string) {
	if value != "" {
		r.remark(at, diag.Say("import-lost", diag.Raw(what), first(value)))
	}
}

// id makes an id of a text: its first words in Latin letters and digits. other is taken where it has none. A text that
// this run has had before gets a number.
func (r *reading) id(kind, text, other string) string {
	base := asID(text)
	if base == "" {
		base = asID(other)
	}
	if base == "" {
		base = kind
	}
	made := r.made[kind]
	if made == nil {
		made = map[string]bool{}
		r.made[kind] = made
	}
	id := base
	for n := 2; made[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	made[id] = true
	return id
}

// asID writes the first words of a text as an id, or returns "" if it has hardly any Latin letters or digits.
func asID(text string) string {
	const longest = 40
	var b strings.Builder
	letters, foreign := 0, 0
	for _, c := range norm.NFKD.String(text) {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			letters++
			b.WriteRune(unicode.ToLower(c))
		case unicode.Is(unicode.Mn, c), c == '\'', c == '’':
		default:
			if unicode.IsLetter(c) {
				foreign++
			}
			b.WriteByte('-')
		}
	}
	if foreign > letters {
		return ""
	}
	id := ""
	for _, word := range strings.FieldsFunc(b.String(), func(c rune) bool { return c == '-' }) {
		if id != "" && len(id)+1+len(word) > longest {
			break
		}
		if id != "" {
			id += "-"
		}
		id += word[:min(len(word), longest)]
	}
	return id
}

// said is a text in the language of the files.
func (r *reading) said(text string) source.Text {
	if text = strings.TrimSpace(text); text == "" {
		return source.Text{}
	}
	return source.Text{ByLang: map[string]source.String{r.Language: str(text)}}
}

func str(s string) source.String { return source.String{Value: s} }

func strs(all []string) []source.String {
	var out []source.String
	for _, s := range all {
		out = append(out, str(s))
	}
	return out
}

// cite returns the id of the source with an address, which it adds if there is none yet. It returns "" for what is no
// address of the web.
func (r *reading) cite(l link) string {
	address := webAddress(l.url)
	if address == "" {
		return ""
	}
	for _, s := range r.set.Sources.Sources {
		if s.URL.Value == address {
			return s.ID.Value
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return "" // webAddress has parsed it
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	s := source.Source{Publisher: r.said(host), URL: str(address)}
	for {
		s.ID = str(r.id("source", strings.TrimSuffix(host, path.Ext(host)), "page"))
		if !slices.ContainsFunc(r.set.Sources.Sources, func(x source.Source) bool { return x.ID.Value == s.ID.Value }) {
			break
		}
	}
	if webAddress(l.text) == "" {
		s.Subject = r.said(first(l.text))
	}
	r.set.Sources.Sources = append(r.set.Sources.Sources, s)
	return s.ID.Value
}

// plainText reads a text for a field that has no Markdown.
func (r *reading) plainText(at diag.Pos, text string) string {
	p := fromHTML(text, func(l link) string { return "" })
	r.lostElements(at, p)
	var parts []string
	for _, runs := range p.paragraphs {
		parts = append(parts, runs.Plain())
	}
	return strings.Join(parts, " ")
}

func (r *reading) lostElements(at diag.Pos, p prose) {
	for _, name := range p.lost {
		r.remark(at, diag.Say("import-html", diag.Raw("<"+name+">")))
	}
}

// sentences reads a text into sentences, one for each paragraph. Each is carried by what it links to, or else by what
// the whole text links to, or by sources.
func (r *reading) sentences(at diag.Pos, text, subject string, sources []string) []source.Sentence {
	p := fromHTML(text, r.citing(at, subject))
	r.lostElements(at, p)
	ids := func(links []link) (all []string) {
		for _, l := range links {
			if id := r.cite(l); !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
		return all
	}
	var out []source.Sentence
	for i, runs := range p.paragraphs {
		r.facts = true
		carried := slices.Concat(sources, ids(p.in[i]))
		if len(carried) == 0 {
			carried = ids(p.links)
		}
		if len(carried) == 0 && r.carrier != "" {
			carried = []string{r.carrier}
		}
		slices.Sort(carried)
		out = append(out, source.Sentence{
			Kind: str("fact"), Text: r.said(markdown(runs)), Sources: strs(slices.Compact(carried))})
	}
	return out
}

// citing returns a function that makes sources of the links of a text.
func (r *reading) citing(at diag.Pos, subject string) func(link) string {
	return func(l link) string {
		id := r.cite(link{l.url, subject})
		if id == "" {
			r.lost(at, "href", l.url)
		}
		return id
	}
}

// midnight is the time that some spreadsheets write behind a day.
var midnight = regexp.MustCompile(` 0?0:00(:00)?$`)

// date reads a date as people write it. What can be read in no way or in two ways stays as it is: package check
// reports it, with the ways to write it.
func date(text string) string {
	text = strings.TrimSpace(midnight.ReplaceAllString(locale.InDigits(text, "latn"), ""))
	if w, ok := edtf.Parse(text); ok {
		return w.String()
	}
	if one, other := edtf.Gregorian.Readings(text); one != "" && other == "" {
		return one
	}
	return text
}

// event adds an event, or what is new of it.
func (r *reading) event(e source.Event) {
	r.set.Timeline.Events = merged(r.set.Timeline.Events, e, func(x source.Event) string { return x.ID.Value })
}

// mark adds a mark of the story's own, unless the figure is one that there is. What it stands for is in no table; its
// id says it until somebody writes it.
func (r *reading) mark(figure string) {
	if figure == "" || slices.Contains(story.Figures, figure) {
		return
	}
	x, known := find(&r.set.Timeline.Marks, figure, func(s *source.Sign) *source.String { return &s.ID })
	if !known {
		x.Shape = str("diamond")
	}
	if x.Name.In(r.Language) == "" {
		source.MergeText(&x.Name, r.said(figure))
	}
}

// group returns the id of the group of events of a name, which it adds if there is none yet. known is the group that
// the event has by what was read before, "" for none: then it is that one, in another language.
func (r *reading) group(name, known string) string {
	all := r.set.Timeline.Groups
	for i := range all {
		g := &all[i]
		if g.ID.Value == name {
			return name
		}
		for _, s := range g.Name.ByLang {
			if strings.EqualFold(s.Value, name) {
				return g.ID.Value
			}
		}
	}
	for i := range all {
		if g := &all[i]; g.ID.Value == known && g.Name.In(r.Language) == "" {
			source.MergeText(&g.Name, r.said(name))
			return known
		}
	}
	id := r.id("group", name, "group-"+strconv.Itoa(len(all)+1))
	r.set.Timeline.Groups = append(all, source.Group{ID: str(id), Name: r.said(name)})
	return id
}

// actor returns the id of the actor of a name, whom it adds if there is none yet.
func (r *reading) actor(name string) *source.Actor {
	all := r.set.Actors.Actors
	for i := range all {
		for _, s := range all[i].Name.ByLang {
			if strings.EqualFold(s.Value, name) {
				return &all[i]
			}
		}
	}
	a := source.Actor{Name: r.said(name), Shape: str(r.Shape)}
	for {
		a.ID = str(r.id("actor", name, "actor-"+strconv.Itoa(len(all)+1)))
		if !slices.ContainsFunc(all, func(x source.Actor) bool { return x.ID.Value == a.ID.Value }) {
			break
		}
	}
	r.set.Actors.Actors = append(all, a)
	return &r.set.Actors.Actors[len(all)]
}

// relation adds a relation, or what is new of it.
func (r *reading) relation(x source.Relation) {
	r.set.Actors.Relations = merged(r.set.Actors.Relations, x, func(x source.Relation) string { return x.ID.Value })
}

// merged adds a record to a list, or what is new of it to the record of its id.
func merged[T any](all []T, record T, id func(T) string) []T {
	for i := range all {
		if id(all[i]) == id(record) {
			source.Merge(&all[i], &record)
			return all
		}
	}
	return append(all, record)
}

// frame fills in explainer.yaml: what every explainer has, as sharh new would write it.
func (r *reading) frame(languages []string) error {
	e := &r.set.Explainer
	e.Languages = strs(languages)
	e.Listed.Pos.Line = 1 // false, as it was written
	words := func(key string) (source.Text, error) {
		t := source.Text{ByLang: map[string]source.String{}}
		for _, lang := range languages {
			l, err := r.Locales.For(lang, "")
			if err != nil {
				return t, err
			}
			word, err := draft.Kept(l, key)
			if err != nil {
				return t, err
			}
			t.ByLang[lang] = str(word)
		}
		return t, nil
	}
	e.Digits, e.Axis = source.Choice{ByLang: map[string]source.String{}}, source.Choice{ByLang: map[string]source.String{}}
	for _, lang := range languages {
		l, err := r.Locales.For(lang, "")
		if err != nil {
			return err
		}
		e.Digits.ByLang[lang], e.Axis.ByLang[lang] = str(l.System()), str(l.Dir)
	}
	for _, part := range []struct {
		needed      bool
		into        *source.Figure
		title, lead string
	}{
		{len(r.set.Timeline.Calls)+len(r.set.Timeline.Events) > 0, &e.Timeline, "timeline_title", "timeline_lead"},
		{len(r.set.Actors.Actors) > 0, &e.Map, "map_title", "map_lead"},
	} {
		if !part.needed {
			continue
		}
		var err error
		if part.into.Title, err = words(part.title); err != nil {
			return err
		}
		if part.into.Lead, err = words(part.lead); err != nil {
			return err
		}
	}
	if e.Sections == nil {
		e.Sections = []source.Section{}
	}
	e.Span = r.span()
	return nil
}

// span is the time from the first call or event that is drawn to the last one.
func (r *reading) span() source.Span {
	var from, to edtf.Date
	begun, ended := false, false
	take := func(date source.String) {
		w, ok := edtf.Parse(date.Value)
		if !ok {
			return
		}
		if !w.OpenFrom && (!begun || w.From.First().Before(from.First())) {
			from, begun = w.From, true
		}
		if !w.OpenTo && (!ended || w.To.Last().After(to.Last())) {
			to, ended = w.To, true
		}
	}
	for _, x := range r.set.Timeline.Calls {
		take(x.Date)
	}
	for _, x := range r.set.Timeline.Events {
		if x.Figure.Value != "" {
			take(x.Date)
		}
	}
	text := func(d edtf.Date) source.String {
		d.Approximate, d.Uncertain = false, false
		d.Precision = min(d.Precision, edtf.Day)
		return str(d.String())
	}
	var s source.Span
	if begun && ended {
		s.From, s.To = text(from), text(to)
	}
	return s
}

// inLanguages are the languages of an explainer, the default one first.
func inLanguages(set *source.Set) (all []string) {
	for _, l := range set.Explainer.Languages {
		all = append(all, l.Value)
	}
	return all
}

// Files are the files of the explainer that have to be written, by their path in its folder: those of which something
// is new.
func (r *Result) Files() map[string][]byte {
	files := map[string][]byte{}
	for name, text := range written(r.Set, r.languages) {
		if r.fresh || r.before[name] != text {
			head := fmt.Sprintf("# yaml-language-server: $schema=../.schema/%s.json\n", strings.TrimSuffix(name, ".yaml"))
			files[name] = []byte(head + text)
		}
	}
	if r.fresh {
		for _, s := range r.Set.Explainer.Sections {
			for lang, body := range s.Body.ByLang {
				files["sections/"+s.ID.Value+"."+lang+".md"] = []byte(strings.TrimRight(body.Value, "\n") + "\n")
			}
		}
	}
	for name, data := range r.photos {
		files[source.MediaFolder+"/"+name] = data
	}
	return files
}

// written are the files of records of an explainer, by name, without those that would hold nothing.
func written(set *source.Set, languages []string) map[string]string {
	files := map[string]string{}
	write := func(name string, record any, wanted bool) {
		if wanted {
			present := func(name string) bool { return name == "steps.yaml" && len(set.Steps.Steps) > 0 }
			files[name] = source.Encode(record, languages, present)
		}
	}
	write("explainer.yaml", &set.Explainer, true)
	write("steps.yaml", &set.Steps, len(set.Steps.Steps) > 0)
	write("timeline.yaml", &set.Timeline, len(set.Timeline.Calls)+len(set.Timeline.Events) > 0)
	write("actors.yaml", &set.Actors, len(set.Actors.Actors)+len(set.Actors.Relations) > 0)
	write("statements.yaml", &set.Ledger, len(set.Ledger.Statements) > 0)
	write("glossary.yaml", &set.Glossary, len(set.Glossary.Terms) > 0)
	write("sources.yaml", &set.Sources, true)
	return files
}
