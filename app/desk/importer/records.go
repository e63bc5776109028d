package importer

import (
	"cmp"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sharh/app/desk/diag"
	"sharh/app/desk/edtf"
	"sharh/app/desk/locale"
	"sharh/app/desk/markup"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// kind is a kind of table whose rows are records of an explainer: the files of the folder data/ of a site, sheets that
// desks keep in the same columns, and arrays of ArchieML.
type kind struct {
	names []string // what its file or its array is called, folded; a file may have more behind it: events-en.csv
	needs []string // columns that it has, folded, whatever it is called
	read  func(*reading, *table)
}

// kinds are in the order in which they are read: what others name comes first.
var kinds = []kind{
	{[]string{"sides", "camps"}, []string{"id", "tone"}, (*reading).sides},
	{[]string{"speakers"}, nil, (*reading).speakers},
	{[]string{"sources", "references", "refs"}, []string{"id", "publisher"}, (*reading).sources},
	{[]string{"actors", "people", "characters", "who"}, []string{"id", "shape"}, (*reading).actors},
	{[]string{"statements", "claims"}, []string{"saidby", "check"}, (*reading).statements},
	{[]string{"calls"}, []string{"call", "about"}, (*reading).calls},
	{[]string{"events", "timeline", "chronology"}, []string{"id", "figure"}, (*reading).events},
	{[]string{"relations", "relationships", "connections", "edges", "links", "network"}, []string{"from", "to", "polarity"},
		(*reading).relations},
	{[]string{"sentences"}, []string{"item", "part"}, (*reading).parts},
	{[]string{"steps", "cards", "slides"}, nil, (*reading).steps},
	{[]string{"keypoints", "takeaways", "inbrief"}, nil, (*reading).keyPoints},
	{[]string{"glossary", "terms"}, nil, (*reading).terms},
}

// kindOf returns the index of the kind that a table is of, or -1. name is that of its file or of its array.
func kindOf(name string, t *table) int {
	base := filepath.Base(name)
	base = folded(strings.TrimSuffix(base, filepath.Ext(base)))
	for i, k := range kinds {
		if isEdges(t) && k.names[0] != "relations" {
			continue
		}
		if slices.ContainsFunc(k.names, func(n string) bool { return strings.HasPrefix(base, n) }) {
			return i
		}
	}
	return slices.IndexFunc(kinds, func(k kind) bool { return k.needs != nil && t.has(k.needs...) })
}

// pending is a table to be read after others.
type pending struct {
	kind     int    // index in kinds
	name     string // of the kind
	table    *table
	language string
}

// records reads the tables that hold records, those first that others refer to.
func (r *reading) records() {
	slices.SortStableFunc(r.pending, func(a, b pending) int { return cmp.Compare(a.kind, b.kind) })
	for _, p := range r.pending {
		r.Language = p.language
		kinds[p.kind].read(r, p.table)
		r.unread(p.table)
	}
	r.listSources()
	// A shorter name is that of each language, or of none.
	for i := range r.set.Actors.Actors {
		x := &r.set.Actors.Actors[i]
		inAll(&x.Label, x.Name)
	}
	for i := range r.set.Timeline.Events {
		x := &r.set.Timeline.Events[i]
		inAll(&x.Title, x.Label)
	}
}

// inAll gives a text that there is in some languages what stands in its place in the others.
func inAll(into *source.Text, other source.Text) {
	if len(into.ByLang) == 0 {
		return
	}
	all := other
	source.MergeText(&all, *into)
	*into = all
}

// has tells whether a table of a kind is among those that are read, in the language of the one that is being read.
func (r *reading) has(name string) bool {
	return slices.ContainsFunc(r.pending, func(p pending) bool {
		return p.language == r.Language && p.name == name
	})
}

// Columns that several tables have, by their folded names.
var (
	idColumns       = []string{"id"}
	titleColumns    = []string{"title", "headline", "head", "hed", "heading"}
	proseColumns    = []string{"text", "body", "description", "copy", "blurb", "summary"}
	whenColumns     = []string{"date", "when", "day", "year"}
	saidByColumns   = []string{"saidby", "by", "speaker", "who"}
	carriedColumns  = []string{"sources", "source", "sourceurl", "url", "link", "reference", "references"}
	actorColumns    = []string{"actors", "people", "who"}
	pictureColumns  = []string{"image", "photo", "picture", "media", "imageurl", "mediaurl", "photourl", "img"}
	creditColumns   = []string{"credit", "imagecredit", "photocredit", "mediacredit"}
	captionColumns  = []string{"caption", "imagecaption", "photocaption", "mediacaption", "cutline"}
	pictureAltNames = []string{"alt", "alttext", "imagealt", "mediaalt"}
)

// find returns the record of an id in a list, which it adds if there is none; known tells whether there was one.
func find[T any](all *[]T, id string, of func(*T) *source.String) (record *T, known bool) {
	for i := range *all {
		if of(&(*all)[i]).Value == id {
			return &(*all)[i], true
		}
	}
	var fresh T
	*of(&fresh) = str(id)
	*all = append(*all, fresh)
	return &(*all)[len(*all)-1], false
}

// identity is the id of a row: what it says, or what its name makes.
func (r *reading) identity(row *row, kind, name string) (id string) {
	defer func() { row.of = kind + " " + id }()
	if id := row.get(idColumns...); id != "" {
		if asID(id) == id {
			return id
		}
		return cmp.Or(asID(id), r.id(kind, name, kind))
	}
	return r.id(kind, name, kind)
}

// alter gives a key another value. Where the tables of several languages say it, one that says what was there before
// the import does not undo what another one has changed.
func alter[T any](r *reading, row row, column string, into *T, next T, same func(a, b T) bool) {
	key := row.of + " " + column
	before, altered := r.altered[key]
	if same(*into, next) || altered && same(before.(T), next) {
		return
	}
	if !altered {
		r.altered[key] = *into
	}
	*into = next
}

// put gives a key the value of a cell. An empty cell leaves what is there.
func (r *reading) put(row row, into *source.String, columns ...string) {
	if value := row.get(columns...); value != "" {
		r.one(row, columns[0], into, value)
	}
}

// one gives a key a value.
func (r *reading) one(row row, column string, into *source.String, value string) {
	alter(r, row, column, into, str(value), func(a, b source.String) bool { return a.Value == b.Value })
}

// list gives a key a list, unless it is empty.
func (r *reading) list(row row, column string, into *[]source.String, all []string) {
	if len(all) > 0 {
		alter(r, row, column, into, strs(all), equal)
	}
}

// words gives a plain text a value in the language of the table.
func (r *reading) words(row row, into *source.Text, value string) {
	if row.table.marked {
		value = r.plainText(row.at(), value)
	}
	source.MergeText(into, r.said(value))
}

// rich gives a rich text a value. What says in plain text what is there already changes nothing: then the cell comes
// from a page of the explainer, and the styles and links that it has lost are kept.
func (r *reading) rich(row row, into *source.Text, value, subject string) {
	switch {
	case value == "" || plainOf(into.In(r.Language)) == value:
	case row.table.marked:
		p := fromHTML(htmlOf(value), r.citing(row.at(), subject))
		r.lostElements(row.at(), p)
		source.MergeText(into, r.said(markdown(joined(p.paragraphs))))
	default:
		if before := into.In(r.Language); markup.Write(story.Rich{{Text: plainOf(before)}}) != before {
			r.remark(row.at(), diag.Say("import-marks", first(value)))
		}
		source.MergeText(into, r.said(markdown(story.Rich{{Text: strings.ReplaceAll(value, "\n", " ")}})))
	}
}

// plainOf is a text of content as a reader sees it.
func plainOf(text string) string {
	var list diag.List
	return markup.ParseInline(text, diag.Pos{}, &list).Inline().Plain()
}

// dated gives a date a value. One that can be read in two ways stays as it is written, unless it is the one that is
// there already.
func (r *reading) dated(row row, into *source.String, columns ...string) {
	text := row.get(columns...)
	if text == "" {
		return
	}
	calendar := edtf.Calendar(r.set.Explainer.Calendar.Value)
	one, other := edtf.Gregorian.Readings(digits(text))
	next := date(text)
	alter(r, row, columns[0], into, str(next), func(a, b source.String) bool {
		if there, ok := calendar.Parse(a.Value); ok && b.Value == next {
			at := there.String()
			return at == next || at == one || at == other
		}
		return a.Value == b.Value
	})
	if into.Value == next {
		r.doubtful(row.at(columns...), next)
	}
}

// doubtful remarks on a date that cannot be read, or in two ways.
func (r *reading) doubtful(at diag.Pos, text string) {
	if _, ok := edtf.Parse(text); ok || text == "" {
		return
	}
	if one, other := edtf.Gregorian.Readings(digits(text)); one != "" && other != "" {
		r.remark(at, diag.Say("import-either", text, diag.Raw(one), diag.Raw(other)))
		return
	}
	r.remark(at, diag.Say("import-date", text))
}

func digits(text string) string { return locale.InDigits(text, "latn") }

// truths are the words for yes and no that spreadsheets write, each in the language of its computer.
var truths = map[string]bool{
	"true": true, "yes": true, "1": true, "x": true, "wahr": true, "vrai": true, "verdadero": true, "vero": true,
	"صواب": true, "نعم": true, "false": false, "no": false, "0": false, "falsch": false, "faux": false,
	"falso": false, "خطأ": false, "لا": false,
}

// truth reads yes or no.
func (r *reading) truth(row row, columns ...string) (yes, given bool) {
	text := row.get(columns...)
	if text == "" {
		return false, false
	}
	yes, known := truths[strings.ToLower(text)]
	if !known {
		r.lost(row.at(columns...), columns[0], text)
	}
	return yes, known
}

// flag gives a truth value to a key, which is left out where it says what holds without it.
func (r *reading) flag(row row, column string, into *source.Bool, value, given, without bool) {
	holds := func(b source.Bool) bool {
		if b.Pos.Line == 0 && !b.Value {
			return without
		}
		return b.Value
	}
	if given {
		next := source.Bool{Value: value, Pos: into.Pos}
		next.Pos.Line = max(next.Pos.Line, 1)
		alter(r, row, column, into, next, func(a, b source.Bool) bool { return holds(a) == holds(b) })
	}
}

// entries are the entries of a list in a cell. Ids are separated by spaces, where nothing else separates.
func entries(text string) (all []string) {
	between := func(c rune) bool { return strings.ContainsRune(";\n|،,", c) }
	if !strings.ContainsFunc(text, between) {
		words := strings.Fields(text)
		if slices.ContainsFunc(words, func(w string) bool { return asID(w) != w && !strings.ContainsAny(w, ":#") }) {
			return []string{text}
		}
		return words
	}
	for _, entry := range strings.FieldsFunc(text, between) {
		if entry = strings.TrimSpace(entry); entry != "" {
			all = append(all, entry)
		}
	}
	return all
}

// numbers gives a list of calls a value.
func (r *reading) numbers(row row, into *[]source.Int, columns ...string) {
	var all []source.Int
	for _, word := range strings.FieldsFunc(digits(row.get(columns...)), func(c rune) bool { return !unicode.IsDigit(c) }) {
		if n, err := strconv.Atoi(word); err == nil {
			all = append(all, source.Int{Value: n})
		}
	}
	if len(all) > 0 {
		alter(r, row, columns[0], into, all, func(a, b []source.Int) bool {
			return slices.EqualFunc(a, b, func(a, b source.Int) bool { return a.Value == b.Value })
		})
	}
}

// ids gives a list of ids, or of names, a value.
func (r *reading) ids(row row, into *[]source.String, columns ...string) {
	r.list(row, columns[0], into, entries(row.get(columns...)))
}

// who gives a list of actors a value: their ids or their names.
func (r *reading) who(row row, into *[]source.String, columns ...string) {
	r.list(row, columns[0], into, r.whom(row.get(columns...)))
}

// whom returns the ids of the actors of a cell. A name that nobody has becomes an actor.
func (r *reading) whom(text string) (all []string) {
	for _, entry := range entries(text) {
		if a := r.known(entry); a != nil {
			entry = a.ID.Value
		} else if asID(entry) != entry {
			entry = r.actor(entry).ID.Value
		}
		all = append(all, entry)
	}
	return all
}

// known returns the actor of an id or a name, or nil.
func (r *reading) known(name string) *source.Actor {
	all := r.set.Actors.Actors
	for i := range all {
		if all[i].ID.Value == name {
			return &all[i]
		}
		for _, s := range all[i].Name.ByLang {
			if strings.EqualFold(s.Value, name) {
				return &all[i]
			}
		}
	}
	return nil
}

// by gives a sentence its owner: an actor or a speaker, by id or by name. One who is neither becomes a speaker.
func (r *reading) by(row row, into *source.String, columns ...string) {
	if name := row.get(columns...); name != "" {
		r.one(row, columns[0], into, r.speaker(name, ""))
	}
}

func (r *reading) speaker(name, called string) string {
	if a := r.known(name); a != nil {
		return a.ID.Value
	}
	for _, s := range r.set.Explainer.Speakers {
		if s.ID.Value == name {
			return name
		}
		for _, said := range s.Name.ByLang {
			if strings.EqualFold(said.Value, name) {
				return s.ID.Value
			}
		}
	}
	id := name
	if asID(name) != name {
		id = r.id("speaker", name, "speaker")
		called = cmp.Or(called, name)
	}
	r.set.Explainer.Speakers = append(r.set.Explainer.Speakers, source.Speaker{ID: str(id), Name: r.said(called)})
	return id
}

// side gives an actor or a speaker a side, by its id or its name. One that is not there yet is added.
func (r *reading) side(row row, into *source.String, columns ...string) {
	name := row.get(columns...)
	if name == "" {
		return
	}
	for _, c := range r.set.Explainer.Camps {
		if c.ID.Value == name || slices.ContainsFunc(r.set.Explainer.Languages, func(l source.String) bool {
			return strings.EqualFold(c.Name.In(l.Value), name)
		}) || strings.EqualFold(c.Name.In(r.Language), name) {
			r.one(row, columns[0], into, c.ID.Value)
			return
		}
	}
	camp := source.Camp{ID: str(name)}
	if asID(name) != name {
		camp = source.Camp{ID: str(r.id("side", name, "side")), Name: r.said(name)}
	}
	r.set.Explainer.Camps = append(r.set.Explainer.Camps, camp)
	r.one(row, columns[0], into, camp.ID.Value)
}

// carried gives a list of sources a value. The same in another order changes nothing: tables list sources in the order
// of sources.yaml.
func (r *reading) carried(row row, into *[]source.String, columns ...string) {
	if all := r.cited(row, columns...); len(all) > 0 {
		alter(r, row, columns[0], into, strs(all), func(a, b []source.String) bool {
			return slices.Equal(slices.Sorted(values(a)), slices.Sorted(values(b)))
		})
	}
}

// cited returns the ids of the sources of a cell. Each is an id, an address, the address of an entry of the evidence
// page, or where else it is found.
func (r *reading) cited(row row, columns ...string) (all []string) {
	text := row.get(columns...)
	var others []string
	for _, token := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \n;|", c) }) {
		id := strings.TrimPrefix(token, "#source-")
		if id == token {
			id = r.cite(link{url: token})
		}
		if id == "" && slices.ContainsFunc(r.set.Sources.Sources, func(s source.Source) bool { return s.ID.Value == token }) {
			id = token
		}
		if id == "" {
			others = append(others, token)
		} else if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	if len(others) > 0 && len(all) == 0 {
		return []string{r.elsewhere(text)}
	}
	r.lost(row.at(columns...), columns[0], strings.Join(others, " "))
	return all
}

func values(all []source.String) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range all {
			if !yield(s.Value) {
				return
			}
		}
	}
}

// sentence reads what a row says of a sentence. Columns that a table lacks leave what is there.
func (r *reading) sentence(row row, into *source.Sentence, text, subject string) {
	r.put(row, &into.Kind, "kindofsentence", "kind")
	r.by(row, &into.By, saidByColumns...)
	r.dated(row, &into.Date, whenColumns...)
	r.rich(row, &into.Text, text, subject)
	r.ids(row, &into.Statements, "statements")
	r.carried(row, &into.Sources, carriedColumns...)
}

// alone completes a sentence of a table that says little of it: it is a fact, carried by what carries all.
func (r *reading) alone(s *source.Sentence) {
	if s.Kind.Value == "" {
		s.Kind, r.facts = str("fact"), true
	}
	if len(s.Sources)+len(s.Statements) == 0 && r.carrier != "" {
		s.Sources = strs([]string{r.carrier})
	}
}

func (r *reading) sides(t *table) {
	for _, row := range t.rows {
		name := row.get("name", "title")
		x, _ := find(&r.set.Explainer.Camps, r.identity(&row, "side", name), func(c *source.Camp) *source.String { return &c.ID })
		r.words(row, &x.Name, name)
		r.put(row, &x.Tone, "tone", "colour", "color")
	}
}

func (r *reading) speakers(t *table) {
	for _, row := range t.rows {
		name := row.get("name", "speaker")
		x, _ := find(&r.set.Explainer.Speakers, r.identity(&row, "speaker", name),
			func(s *source.Speaker) *source.String { return &s.ID })
		r.words(row, &x.Name, name)
		r.ids(row, &x.Also, "also")
		r.side(row, &x.Camp, "side", "camp")
	}
}

func (r *reading) sources(t *table) {
	for _, row := range t.rows {
		address := row.get("url", "link", "address")
		publisher, subject := row.get("publisher", "outlet", "name", "source"), row.get("subject", "title", "headline", "description")
		if row.get(idColumns...) == "" && webAddress(address) == "" && publisher == "" {
			r.remark(row.at(), diag.Say("import-blank"))
			continue
		}
		id := row.get(idColumns...)
		if id == "" && webAddress(address) != "" {
			id = r.cite(link{url: address, text: subject})
			row.of = "source " + id
		} else {
			id = r.identity(&row, "source", cmp.Or(publisher, subject))
		}
		x, known := find(&r.set.Sources.Sources, id, func(s *source.Source) *source.String { return &s.ID })
		if known && x.Publisher.In(r.Language) != "" && publisher == "" {
			publisher = x.Publisher.In(r.Language)
		}
		r.words(row, &x.Publisher, publisher)
		r.words(row, &x.Subject, subject)
		r.dated(row, &x.Date, whenColumns...)
		switch {
		case webAddress(address) != "":
			r.one(row, "url", &x.URL, webAddress(address))
		case address != "":
			r.words(row, &x.Where, address)
		}
		r.put(row, &x.Medium, "medium")
		r.words(row, &x.Where, row.get("where", "place"))
		r.put(row, &x.Quote, "quote")
		r.put(row, &x.QuoteLanguage, "quotelanguage")
		yes, given := r.truth(row, "statemedia")
		r.flag(row, "statemedia", &x.StateMedia, yes, given, false)
	}
}

func (r *reading) actors(t *table) {
	for _, row := range t.rows {
		name := row.get("name", "title", "label")
		id := row.get(idColumns...)
		if name == "" && id == "" {
			r.remark(row.at(), diag.Say("import-nameless"))
			continue
		}
		var x *source.Actor
		if id != "" {
			x, _ = find(&r.set.Actors.Actors, r.identity(&row, "actor", name), func(a *source.Actor) *source.String { return &a.ID })
		} else {
			x = r.actor(name)
			row.of = "actor " + x.ID.Value
		}
		r.words(row, &x.Name, name)
		if label := row.get("label"); label != name || len(x.Label.ByLang) > 0 {
			r.words(row, &x.Label, label)
		}
		r.ids(row, &x.Also, "also")
		if shape := row.get("shape", "type", "kind"); shape != "" {
			if known := shapeOf(strings.ToLower(shape)); known != "" {
				r.one(row, "shape", &x.Shape, known)
			} else {
				r.lost(row.at("shape", "type", "kind"), "shape", shape)
			}
		}
		if x.Shape.Value == "" {
			x.Shape = str(r.Shape)
		}
		r.side(row, &x.Camp, "side", "camp", "group")
		r.words(row, &x.Role, row.get("role", "description", "bio", "blurb", "text"))
		in, given := r.truth(row, "inarticle")
		r.flag(row, "added", &x.Added, !in, given, false)
		core, given := r.truth(row, "core")
		r.flag(row, "core", &x.Core, core, given, false)
		r.put(row, &x.Pin, "pin")
		r.numbers(row, &x.Calls, "calls")
		r.ids(row, &x.Statements, "statements")
		r.carried(row, &x.Sources, carriedColumns...)
		r.pictured(row, &x.Portrait)
	}
}

func (r *reading) statements(t *table) {
	for _, row := range t.rows {
		text := row.get("text", "statement", "claim")
		if text == "" {
			r.remark(row.at(), diag.Say("import-blank"))
			continue
		}
		x, _ := find(&r.set.Ledger.Statements, r.identity(&row, "statement", text),
			func(s *source.Statement) *source.String { return &s.ID })
		r.words(row, &x.Text, text)
		r.section(row, &x.Section)
		if by := row.get("saidby", "by"); by != "" {
			r.one(row, "saidby", &x.By, r.speaker(by, row.get("speaker")))
		} else {
			r.by(row, &x.By, "speaker", "who")
		}
		r.dated(row, &x.Date, whenColumns...)
		r.put(row, &x.Kind, "kind", "kindofsentence")
		r.put(row, &x.Check, "check")
		r.who(row, &x.Against, "contradictedby")
		row.get("verdict") // the page's words for the same
		r.rich(row, &x.Note, row.get("note"), text)
		r.who(row, &x.Actors, "actors")
		r.numbers(row, &x.Calls, "calls")
		r.carried(row, &x.Sources, carriedColumns...)
	}
}

// section gives a statement the section where it stands, by its id or its title. One that is not there yet is added.
func (r *reading) section(row row, into *source.String) {
	name := row.get("section")
	if name == "" {
		if row.table.has("section") {
			r.one(row, "section", into, "lead")
		}
		return
	}
	if name == "lead" {
		r.one(row, "section", into, name)
		return
	}
	for _, s := range r.set.Explainer.Sections {
		if s.ID.Value == name || strings.EqualFold(s.Title.In(r.Language), name) {
			r.one(row, "section", into, s.ID.Value)
			return
		}
	}
	s := source.Section{ID: str(name)}
	if asID(name) != name {
		s = source.Section{ID: str(r.id("section", name, "section")), Title: r.said(name)}
	}
	r.set.Explainer.Sections = append(r.set.Explainer.Sections, s)
	r.one(row, "section", into, s.ID.Value)
}

func (r *reading) calls(t *table) {
	for _, row := range t.rows {
		n, err := strconv.Atoi(digits(row.get("call", "id")))
		if err != nil || n < 1 {
			r.lost(row.at("call", "id"), "call", row.get("call", "id"))
			continue
		}
		x, _ := find(&r.set.Timeline.Calls, "", func(c *source.Call) *source.String {
			if c.ID.Value == n {
				return &source.String{}
			}
			return &source.String{Value: "another"}
		})
		x.ID.Value = n
		row.of = "call " + strconv.Itoa(n)
		r.dated(row, &x.Date, whenColumns...)
		r.words(row, &x.Short, row.get("about", "short"))
		if row.get("elsewheredate")+row.get("elsewhereplace") != "" {
			if x.Elsewhere == nil {
				x.Elsewhere = &source.Elsewhere{}
			}
			r.dated(row, &x.Elsewhere.Date, "elsewheredate")
			r.words(row, &x.Elsewhere.Place, row.get("elsewhereplace"))
		}
		r.rich(row, &x.Initiator.Text, row.get("initiator"), "")
		r.rich(row, &x.Topics.Text, row.get("topics"), "")
		r.who(row, &x.Actors, actorColumns...)
		// What else stands there follows from the sentences, or is said by them in full.
		for _, name := range []string{"name", "shortestminutes", "longestminutes", "sources"} {
			row.get(name)
		}
		if lengths := row.get("lengths"); !r.has("sentences") && len(x.Lengths) == 0 {
			r.lost(row.at("lengths"), "lengths", lengths)
		}
	}
}

func (r *reading) events(t *table) {
	for _, row := range t.rows {
		label, title := row.get("label"), row.get(titleColumns...)
		text := row.get(proseColumns...)
		if label == "" && title == "" {
			title = row.get("name", "event")
		}
		if label == "" && title == "" && text == "" {
			r.remark(row.at(), diag.Say("import-blank"))
			continue
		}
		id := r.identity(&row, "event", cmp.Or(title, label, "event "+row.get(whenColumns...)))
		x, known := find(&r.set.Timeline.Events, id, func(e *source.Event) *source.String { return &e.ID })
		r.dated(row, &x.Date, whenColumns...)
		if until := row.get("enddate", "until", "end"); until != "" {
			if end := date(until); !strings.Contains(x.Date.Value, "/") && end != x.Date.Value {
				x.Date.Value += "/" + end
				r.doubtful(row.at("enddate", "until", "end"), x.Date.Value)
			}
		}
		if title != label || len(x.Title.ByLang) > 0 {
			r.words(row, &x.Title, title)
		}
		r.words(row, &x.Label, label)
		r.words(row, &x.Place, row.get("place", "location", "where"))
		if figure := row.get("figure"); figure != "" || t.has("figure") {
			r.put(row, &x.Figure, "figure")
		} else if !known && x.Date.Value != "" {
			x.Figure = str("event")
		}
		r.who(row, &x.Actors, actorColumns...)
		r.numbers(row, &x.Calls, "calls")
		if t.has("sources") || t.has("source") {
			if all := r.cited(row, "link"); len(all) > 0 {
				r.one(row, "link", &x.Link, all[0])
			}
		}
		r.pictured(row, &x.Picture)
		r.happened(row, x, text, cmp.Or(title, label))
	}
}

// happened reads the sentences of an event from its row, unless they are in a table of their own, or are there already.
func (r *reading) happened(row row, x *source.Event, text, subject string) {
	var one source.Sentence
	r.ids(row, &one.Statements, "statements")
	r.by(row, &one.By, "saidby", "by", "speaker")
	r.put(row, &one.Kind, "kindofsentence", "kind")
	r.carried(row, &one.Sources, carriedColumns...)
	var there []string
	for _, s := range x.Sentences {
		there = append(there, plainOf(s.Text.In(r.Language)))
	}
	if r.has("sentences") || strings.Join(there, " ") == text {
		return
	}
	if text == "" {
		if text = subject; len(x.Sentences) > 0 {
			return
		}
	}
	if row.table.marked {
		all := r.sentences(row.at(proseColumns...), htmlOf(text), subject, nil)
		for i := range all {
			all[i].Statements, all[i].By = one.Statements, one.By
			all[i].Kind.Value = cmp.Or(one.Kind.Value, all[i].Kind.Value)
			if len(one.Sources) > 0 {
				all[i].Sources = one.Sources
			}
		}
		x.Sentences = all
		return
	}
	if len(x.Sentences) > 1 {
		r.remark(row.at(proseColumns...), diag.Say("import-joined", x.ID.Value, len(x.Sentences)))
		return
	}
	if len(x.Sentences) == 1 {
		r.rich(row, &x.Sentences[0].Text, text, subject)
		return
	}
	r.rich(row, &one.Text, text, subject)
	r.alone(&one)
	x.Sentences = []source.Sentence{one}
}

func (r *reading) relations(t *table) {
	if !t.has("id") && !t.has("polarity") {
		r.edges(t)
		return
	}
	for _, row := range t.rows {
		from, to := row.get(fromColumns[0]), row.get(toColumns[0])
		if from == "" || to == "" {
			r.remark(row.at(), diag.Say("import-half"))
			continue
		}
		x, _ := find(&r.set.Actors.Relations, r.identity(&row, "relation", from+" "+to),
			func(x *source.Relation) *source.String { return &x.ID })
		for _, end := range []struct {
			into   *source.String
			column string
		}{{&x.From, "from"}, {&x.To, "to"}, {&x.Via, "via"}} {
			if all := r.whom(row.get(end.column)); len(all) > 0 {
				r.one(row, end.column, end.into, all[0])
			}
		}
		r.words(row, &x.Kind, row.get("kind"))
		r.put(row, &x.Polarity, "polarity")
		r.words(row, &x.Label, row.get("label"))
		r.numbers(row, &x.Calls, "calls")
		r.dated(row, &x.Since, sinceColumns...)
		r.dated(row, &x.Until, untilColumns...)
		switch direction := strings.ToLower(row.get("direction")); direction {
		case "directed", "mutual", "undirected":
			r.flag(row, "mutual", &x.Mutual, direction == "mutual", true, false)
			r.flag(row, "directed", &x.Directed, direction != "undirected", true, true)
		default:
			r.lost(row.at("direction"), "direction", direction)
		}
		in, given := r.truth(row, "inarticle")
		r.flag(row, "added", &x.Added, !in, given, false)
		core, given := r.truth(row, "core")
		r.flag(row, "core", &x.Core, core, given, false)
		said := x.Sentence
		r.put(row, &said.Kind, "kindofsentence")
		r.by(row, &said.By, "saidby", "by")
		r.dated(row, &said.Date, "date")
		r.rich(row, &said.Text, row.get("sentence"), "")
		r.ids(row, &said.Statements, "statements")
		r.carried(row, &said.Sources, "sources", "source", "url")
		if len(said.Text.ByLang)+len(said.By.Value)+len(said.Date.Value)+len(said.Statements) == 0 {
			// It says no more than the arrow: what carries it may carry the whole list.
			if len(said.Sources) > 0 {
				r.bare[x.ID.Value] = said.Sources
			}
			continue
		}
		r.alone(&said)
		x.Sentence = said
	}
}

// listSources gives the list of relations its sources, if all that have no sentence of their own name the same;
// otherwise each of these gets a sentence.
func (r *reading) listSources() {
	all := &r.set.Actors
	var same []source.String
	for id := range r.bare {
		if same == nil {
			same = r.bare[id]
		}
		if !equal(same, r.bare[id]) {
			same = nil
			break
		}
	}
	if len(r.bare) > 0 && len(all.Sources) == 0 && same != nil {
		all.Sources = same
	}
	for i := range all.Relations {
		x := &all.Relations[i]
		cited := r.bare[x.ID.Value]
		if cited == nil || equal(cited, all.Sources) {
			continue
		}
		x.Sentence.Kind, x.Sentence.Sources = str("fact"), cited
		for lang := range x.Label.ByLang {
			var parts []string
			for _, id := range []string{x.From.Value, "", x.To.Value} {
				part := x.Label.In(lang)
				if id != "" {
					part = id
					if a := r.known(id); a != nil {
						part = cmp.Or(a.Name.In(lang), id)
					}
				}
				parts = append(parts, part)
			}
			source.MergeText(&x.Sentence.Text, source.Text{ByLang: map[string]source.String{
				lang: str(markdown(story.Rich{{Text: strings.Join(parts, " – ")}}))}})
		}
	}
}

func equal(a, b []source.String) bool {
	return slices.Equal(slices.Collect(values(a)), slices.Collect(values(b)))
}

// parts reads the sentences of calls and events, each with the part of its item that it is: sentences.csv.
func (r *reading) parts(t *table) {
	type place struct{ item, part, side string }
	counts := map[place]int{}
	for _, row := range t.rows {
		item, part := row.get("item"), strings.ToLower(row.get("part"))
		at := place{item, part, row.get("side")}
		if row.get("text") == "" {
			r.remark(row.at(), diag.Say("import-blank"))
			continue
		}
		n := counts[at]
		counts[at]++
		row.of = strings.Join([]string{item, part, at.side, strconv.Itoa(n)}, " ")
		if number, err := strconv.Atoi(strings.TrimPrefix(item, "call-")); err == nil {
			i := slices.IndexFunc(r.set.Timeline.Calls, func(c source.Call) bool { return c.ID.Value == number })
			if i >= 0 && r.callPart(row, &r.set.Timeline.Calls[i], part, n) {
				continue
			}
		} else if id, ok := strings.CutPrefix(item, "event-"); ok && part == "text" {
			i := slices.IndexFunc(r.set.Timeline.Events, func(e source.Event) bool { return e.ID.Value == id })
			if i >= 0 {
				r.nth(row, &r.set.Timeline.Events[i].Sentences, n)
				continue
			}
		}
		r.lost(row.at("item"), strings.TrimSpace(item+" "+part), row.get("text"))
	}
	// What a list has more than the table has rows is gone.
	cut := func(all *[]source.Sentence, item, part, side string) {
		if n := counts[place{item, part, side}]; n > 0 && n < len(*all) {
			r.remark(lineOf(t.file, "", 0), diag.Say("import-fewer", item, part, len(*all), n))
			*all = (*all)[:n]
		}
	}
	for i := range r.set.Timeline.Calls {
		x := &r.set.Timeline.Calls[i]
		item := "call-" + strconv.Itoa(x.ID.Value)
		cut(&x.Followed, item, "followed", "")
		cut(&x.Disagreements, item, "disagreement", "")
		for j := range x.Accounts {
			cut(&x.Accounts[j].Sentences, item, "account", x.Accounts[j].Camp.Value)
		}
	}
	for i := range r.set.Timeline.Events {
		x := &r.set.Timeline.Events[i]
		cut(&x.Sentences, "event-"+x.ID.Value, "text", "")
	}
}

// nth reads a row into the sentence of that number.
func (r *reading) nth(row row, all *[]source.Sentence, n int) {
	for len(*all) <= n {
		*all = append(*all, source.Sentence{})
	}
	r.sentence(row, &(*all)[n], row.get("text"), "")
}

// callPart reads a sentence of a call, and tells whether a call has such a part.
func (r *reading) callPart(row row, x *source.Call, part string, n int) bool {
	switch part {
	case "initiator":
		r.sentence(row, &x.Initiator, row.get("text"), "")
	case "topics":
		r.rich(row, &x.Topics.Text, row.get("text"), "")
		r.carried(row, &x.Topics.Sources, carriedColumns...)
		row.get("kind")
	case "length":
		for len(x.Lengths) <= n {
			x.Lengths = append(x.Lengths, source.Length{})
		}
		l := &x.Lengths[n]
		r.by(row, &l.By, saidByColumns...)
		if minutes, err := strconv.Atoi(digits(row.get("minutes"))); err == nil {
			alter(r, row, "minutes", &l.Minutes, source.Int{Value: minutes},
				func(a, b source.Int) bool { return a.Value == b.Value })
		}
		r.words(row, &l.Text, row.get("text"))
		r.carried(row, &l.Sources, carriedColumns...)
		row.get("kind")
	case "account":
		var camp source.String
		r.side(row, &camp, "side")
		i := slices.IndexFunc(x.Accounts, func(a source.Account) bool { return a.Camp.Value == camp.Value })
		if i < 0 {
			i = len(x.Accounts)
			x.Accounts = append(x.Accounts, source.Account{Camp: camp})
		}
		r.nth(row, &x.Accounts[i].Sentences, n)
	case "followed":
		r.nth(row, &x.Followed, n)
	case "disagreement":
		r.nth(row, &x.Disagreements, n)
	default:
		return false
	}
	return true
}

// told reads the sentences of a row that is nothing else: of a step, or in short.
func (r *reading) told(row row, subject string) []source.Sentence {
	text := row.get(append([]string{"value"}, proseColumns...)...)
	var all []source.Sentence
	switch {
	case row.table.marked:
		all = r.sentences(row.at(proseColumns...), htmlOf(text), subject, nil)
	case text != "":
		all = []source.Sentence{{}}
		r.rich(row, &all[0].Text, text, subject)
	}
	for i := range all {
		var said source.Sentence
		r.sentence(row, &said, "", subject)
		source.Merge(&all[i], &said)
		r.alone(&all[i])
	}
	return all
}

func (r *reading) steps(t *table) {
	for _, row := range t.rows {
		headline := row.get(titleColumns...)
		s := source.Step{Sentences: r.told(row, headline)}
		r.words(row, &s.Headline, headline)
		r.pictured(row, &s.Picture)
		if len(s.Headline.ByLang)+len(s.Sentences) == 0 {
			r.remark(row.at(), diag.Say("import-blank"))
			continue
		}
		r.set.Steps.Steps = append(r.set.Steps.Steps, s)
	}
}

func (r *reading) keyPoints(t *table) {
	for _, row := range t.rows {
		r.set.Explainer.KeyPoints = append(r.set.Explainer.KeyPoints, r.told(row, "")...)
	}
}

func (r *reading) terms(t *table) {
	for _, row := range t.rows {
		name := row.get("term", "name", "word", "title")
		x, _ := find(&r.set.Glossary.Terms, r.identity(&row, "term", name), func(x *source.Term) *source.String { return &x.ID })
		r.words(row, &x.Name, name)
		r.rich(row, &x.Meaning, row.get(append([]string{"meaning", "definition"}, proseColumns...)...), name)
		r.carried(row, &x.Sources, carriedColumns...)
	}
}
