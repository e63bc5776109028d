package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story"
)

func (r *reading) sides(t *table) {
	for _, row := range t.rows {
		name := row.get("name", "title")
		x, _ := find(&r.set.Explainer.Camps, r.identity(&row, "side", name),
			func(c *source.Camp) *source.String { return &c.ID })
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
		r.spellings(row, &x.Also)
		r.side(row, &x.Camp, "side", "camp")
	}
}

func (r *reading) sources(t *table) {
	for _, row := range t.rows {
		address := row.get("url", "link", "address")
		publisher := row.get("publisher", "outlet", "name", "source")
		subject := row.get("subject", "title", "headline", "description")
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
		x, _ := find(&r.set.Sources.Sources, id, func(s *source.Source) *source.String { return &s.ID })
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
			x, _ = find(&r.set.Actors.Actors, r.identity(&row, "actor", name),
				func(a *source.Actor) *source.String { return &a.ID })
		} else {
			x = r.actor(name)
			row.of = "actor " + x.ID.Value
		}
		r.words(row, &x.Name, name)
		if label := row.get("label"); label != name || len(x.Label.ByLang) > 0 {
			r.words(row, &x.Label, label)
		}
		r.spellings(row, &x.Also)
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
		if name := row.get("group", "lane"); name != "" {
			r.one(row, "group", &x.Group, r.group(name, x.Group.Value))
		}
		if figure := row.get("figure"); figure != "" || t.has("figure") {
			r.put(row, &x.Figure, "figure")
			r.mark(x.Figure.Value)
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
	if text == "" && len(x.Sentences) == 0 {
		text = subject // the row says nothing else
	}
	if text == "" || r.has("sentences") || strings.Join(there, " ") == text {
		return
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
		if n := r.weight(row, "weight"); n.Value > 0 {
			alter(r, row, "weight", &x.Weight, n, func(a, b source.Int) bool { return a.Value == b.Value })
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
		if !r.fresh { // they have no ids by which an update would know them
			r.lost(row.at(), "steps", headline)
			continue
		}
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
		if !r.fresh {
			r.lost(row.at(), "key_points", row.get(append([]string{"value"}, proseColumns...)...))
			continue
		}
		r.set.Explainer.KeyPoints = append(r.set.Explainer.KeyPoints, r.told(row, "")...)
	}
}

func (r *reading) terms(t *table) {
	for _, row := range t.rows {
		name := row.get("term", "name", "word", "title")
		x, _ := find(&r.set.Glossary.Terms, r.identity(&row, "term", name),
			func(x *source.Term) *source.String { return &x.ID })
		r.words(row, &x.Name, name)
		r.rich(row, &x.Meaning, row.get(append([]string{"meaning", "definition"}, proseColumns...)...), name)
		r.carried(row, &x.Sources, carriedColumns...)
	}
}
