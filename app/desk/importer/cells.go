package importer

import (
	"cmp"
	"iter"
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

// identity is the id of a row: what it says, or what its name makes. It remarks on a row that has the id of another one
// of its table: a copy whose id was forgotten.
func (r *reading) identity(row *row, kind, name string) (id string) {
	defer func() {
		row.of = kind + " " + id
		key := strings.Join([]string{row.table.file, r.Language, row.of}, "\x00")
		if before := r.rows[key]; before > 0 {
			r.remark(row.at(), diag.Say("import-same-id", id, before))
		}
		r.rows[key] = row.at().Line
	}()
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
	case value == "" || breakable(plainOf(into.In(r.Language))) == breakable(value):
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

// breakable is a text in which a line may end at each space. Tables have not all spaces at which none may end.
func breakable(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }

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

// weight reads how much a relation is, 0 where that is not said, or not by a whole number that a map can show. What is
// counted is in a column of its own, or the name of this one, unless an editor has said it better.
func (r *reading) weight(row row, columns ...string) source.Int {
	text, heading := row.get(columns...), row.heading(columns...)
	n, err := strconv.Atoi(digits(text))
	if err != nil || n < 1 || n > story.MaxWeight {
		r.lost(row.at(columns...), heading, text)
		return source.Int{}
	}
	of, into := row.get("weightof", "unit"), &r.set.Actors.Weights
	if of == "" && !into.Given() {
		of = heading
	}
	r.words(row, into, of)
	return source.Int{Value: n}
}

// numbers gives a list of calls a value.
func (r *reading) numbers(row row, into *[]source.Int, columns ...string) {
	var all []source.Int
	between := func(c rune) bool { return !unicode.IsDigit(c) }
	for _, word := range strings.FieldsFunc(digits(row.get(columns...)), between) {
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

// spellings gives a list of names a value. They may have spaces and commas.
func (r *reading) spellings(row row, into *[]source.String) {
	var all []string
	for _, name := range strings.FieldsFunc(row.get("also"), func(c rune) bool { return c == ';' || c == '\n' }) {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, name)
		}
	}
	r.list(row, "also", into, all)
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
	for _, token := range r.addresses(text) {
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

// addresses are the entries of a cell of addresses. Spaces separate them, and semicolons where another one follows:
// they may also be a part of an address.
func (r *reading) addresses(text string) (all []string) {
	for _, word := range strings.Fields(text) {
		if slices.ContainsFunc(r.set.Sources.Sources, func(s source.Source) bool { return s.URL.Value == word }) {
			all = append(all, word)
			continue
		}
		for _, begin := range []string{"http://", "https://", "#source-"} {
			word = strings.NewReplacer(";"+begin, " "+begin, "|"+begin, " "+begin).Replace(word)
		}
		for _, part := range strings.Fields(word) {
			if part = strings.TrimRight(part, ";|"); part != "" {
				all = append(all, part)
			}
		}
	}
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
