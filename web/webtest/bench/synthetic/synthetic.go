// Package synthetic makes explainers for measurements and tests: as many as are wanted, no two alike, in Arabic and
// English, and without a problem that sharh check would find. Who acts in them are offices, not people.
//
//	err := synthetic.Write("build/many/content", 1000, 1)
package synthetic

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"
)

// Write writes n explainers into a folder, each into a folder of its own: story-0001 and so on. The same seed makes the
// same ones, and the first of many are the same as those of few.
func Write(folder string, n int, seed uint64) error {
	for i := range n {
		for name, data := range Files(i, seed) {
			path := filepath.Join(folder, Slug(i), filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return fmt.Errorf("writing a synthetic explainer: %w", err)
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				return fmt.Errorf("writing a synthetic explainer: %w", err)
			}
		}
	}
	return nil
}

// Slug is the name of an explainer's folder, and its address.
func Slug(i int) string { return fmt.Sprintf("story-%04d", i+1) }

// Files returns the files of one explainer, by their path in its folder.
func Files(i int, seed uint64) map[string][]byte {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, uint64(i))), number: i + 1}
	return w.files()
}

// Large returns the files of an explainer as large as Sharh promises to carry: 150 actors, 400 relations, 200 events,
// 500 statements.
func Large(seed uint64) map[string][]byte {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 1)), number: 1, large: true}
	return w.files()
}

// text is a text in both languages.
type text struct{ ar, en string }

// record is a record of content.
type record = yaml.MapSlice

func of(pairs ...any) record {
	var r record
	for i := 0; i < len(pairs); i += 2 {
		value := pairs[i+1]
		if t, ok := value.(text); ok {
			value = record{{Key: "ar", Value: t.ar}, {Key: "en", Value: t.en}}
		}
		r = append(r, yaml.MapItem{Key: pairs[i], Value: value})
	}
	return r
}

// with adds a field.
func (w *writer) with(r record, key string, value any) record { return append(r, of(key, value)...) }

// writer writes one explainer.
type writer struct {
	*rand.Rand
	number int
	large  bool // see [Large]
	matter text
	place  text

	first, last time.Time // of the story
	actors      []actor
	sources     []string // ids
	statements  []statement
	sections    []string
	calls       int
	explained   int // terms
	events      []string
	said        map[string]bool // ids that something refers to
}

type actor struct {
	*office
	id    string
	camp  int
	calls []int
}

func (o *office) numbered(n int) *office {
	return &office{text{o.name.ar + " " + arabic(n), fmt.Sprintf("%s %d", o.name.en, n)}, o.role, o.shape}
}

type statement struct {
	id, section string
	text        text
}

// between is a number from low to high, both included.
func (w *writer) between(low, high int) int { return low + w.IntN(high-low+1) }

func pick[T any](w *writer, all []T) T { return all[w.IntN(len(all))] }

// some returns n of all, in their order.
func some[T any](w *writer, all []T, n int) []T {
	chosen := map[int]bool{}
	for _, i := range w.Perm(len(all))[:min(n, len(all))] {
		chosen[i] = true
	}
	var few []T
	for i, x := range all {
		if chosen[i] {
			few = append(few, x)
		}
	}
	return few
}

func (w *writer) day(low, high time.Time) string {
	days := int(high.Sub(low).Hours() / 24)
	return low.AddDate(0, 0, w.IntN(days+1)).Format(time.DateOnly)
}

// carried returns ids of sources, one or two.
func (w *writer) carried() []string {
	ids := some(w, w.sources, w.between(1, 2))
	for _, id := range ids {
		w.said[id] = true
	}
	return ids
}

// clause says something about the matter, by an office.
func (w *writer) clause() text {
	verb, object := pick(w, verbs), pick(w, objects)
	return text{
		verb.ar + " " + object.ar + " " + w.matter.ar + " " + pick(w, times).ar,
		verb.en + " " + object.en + " of " + w.matter.en + " " + pick(w, times).en,
	}
}

// says is what an office says.
func (w *writer) says(by *office) text {
	c, more := w.clause(), pick(w, reasons)
	return text{
		by.name.ar + " " + c.ar + "، " + more.ar + ".",
		by.name.en + " " + c.en + ", " + more.en + ".",
	}
}

// sentence is a sentence of a kind; "" leaves that to chance.
func (w *writer) sentence(kind, date string) record {
	if kind == "" {
		kind = pick(w, []string{"fact", "fact", "statement", "claim", "analysis", "expectation", "background"})
	}
	by := pick(w, w.actors)
	s := of("kind", kind)
	switch kind {
	case "fact", "background":
	case "analysis":
		s = w.with(s, "by", "article")
	default:
		s = w.with(s, "by", by.id)
	}
	if date != "" {
		s = w.with(s, "date", date)
	}
	s = w.with(s, "text", w.says(by.office))
	if len(w.statements) > 0 && w.IntN(3) == 0 {
		s = w.with(s, "statements", []string{w.repeated().id})
	}
	return w.with(s, "sources", w.carried())
}

// repeated returns a statement that something repeats.
func (w *writer) repeated() statement {
	s := pick(w, w.statements)
	w.said[s.id] = true
	return s
}

func (w *writer) sentences(low, high int, kind string) []record {
	var all []record
	for range w.between(low, high) {
		all = append(all, w.sentence(kind, ""))
	}
	return all
}

// files writes the explainer.
func (w *writer) files() map[string][]byte {
	w.said = map[string]bool{}
	w.matter, w.place = pick(w, matters), pick(w, places)
	w.first = time.Date(w.between(2009, 2023), time.Month(w.between(1, 12)), w.between(1, 28), 0, 0, 0, 0, time.UTC)
	w.last = w.first.AddDate(0, w.between(4, 30), 0)
	// Most stories are small, few are large.
	size := 0.25 + 0.75*w.Float64()*w.Float64()
	scaled := func(low, high int) int { return min(high, low+int(float64(high-low)*size*(0.8+0.4*w.Float64()))) }
	// many is a number from low to high, or that of the large explainer.
	many := func(low, high, large int) int {
		if n := scaled(low, high); !w.large {
			return n
		}
		return large
	}
	if w.IntN(3) > 0 || w.large {
		w.calls = many(1, 12, 12)
	}
	for i := range scaled(6, 70) {
		w.sources = append(w.sources, fmt.Sprintf("source-%d", i+1))
	}
	camps := w.between(2, 4)
	order, cast := w.Perm(len(offices)), many(8, len(offices)-1, 150)
	for i := 0; len(w.actors) < cast; i++ {
		o := &offices[order[i%len(order)]]
		if n := i/len(order) + 1; n > 1 { // a second of its kind, if there is room for its name on the map
			if o = o.numbered(n); len(o.name.en) > 22 {
				continue
			}
		}
		id := len(w.actors)
		w.actors = append(w.actors, actor{office: o, id: fmt.Sprintf("office-%d", id+1), camp: id % camps})
	}
	w.explained = w.between(2, len(terms))
	for i := range w.between(2, 7) {
		w.sections = append(w.sections, fmt.Sprintf("section-%d", i+1))
	}
	files := map[string][]byte{}
	add := func(name string, r record) {
		data, err := yaml.Marshal(r)
		if err != nil {
			panic(fmt.Sprintf("writing %s of a synthetic explainer: %v", name, err)) // it is of texts and numbers alone
		}
		files[name] = data
	}
	add("statements.yaml", of("statements", w.ledger(many(8, 50, 500))))
	timeline := of()
	if w.calls > 0 {
		timeline = w.with(timeline, "calls", w.talks())
	}
	add("timeline.yaml", w.with(timeline, "events", w.happened(many(5, 24, 200))))
	relations := w.relations(many(8, 50, 400))
	views := w.views(scaled(1, 7))
	add("views.yaml", of("views", views))
	add("steps.yaml", of("steps", w.steps(relations)))
	add("glossary.yaml", of("terms", w.terms()))
	for _, id := range w.sections {
		body := w.article(id)
		files["sections/"+id+".ar.md"], files["sections/"+id+".en.md"] = []byte(body.ar), []byte(body.en)
	}
	add("explainer.yaml", w.explainer(camps, len(views)))
	add("actors.yaml", of("actors", w.cast(), "relations", relations))
	add("sources.yaml", of("sources", w.library()))
	return files
}

func (w *writer) explainer(camps, views int) record {
	title := text{
		fmt.Sprintf("%s في %s: الملف %s", w.matter.ar, w.place.ar, arabic(w.number)),
		fmt.Sprintf("%s in %s: file %d", capital(w.matter.en), w.place.en, w.number),
	}
	var sides, parts []record
	for i := range camps {
		sides = append(sides, of("id", fmt.Sprintf("camp-%d", i+1), "name", sideNames[i], "tone", tones[i]))
	}
	for i, id := range w.sections {
		part := of("id", id, "title", headings[i])
		var of []string
		for v := i; v < views; v += len(w.sections) {
			of = append(of, fmt.Sprintf("view-%d", v+1))
		}
		if of != nil {
			part = w.with(part, "views", of)
		}
		parts = append(parts, part)
	}
	n := w.between(2, 98)
	timeline := of(
		"title", text{"ما جرى ومتى جرى", "What happened, and when"},
		"lead", text{"تقف الأحداث على مقياس واحد.", "Events stand on one scale."},
	)
	if w.calls > 0 {
		timeline = w.with(timeline, "open", w.calls)
	}
	return of(
		"languages", []string{"ar", "en"},
		"digits", of("ar", "arab", "en", "latn"), "axis", of("ar", "rtl", "en", "ltr"),
		"facts_as_of", w.last.AddDate(1, 0, 0).Format(time.DateOnly),
		"kicker", text{"ملف", "File"}, "title", title,
		"standfirst", w.says(w.actors[0].office),
		"span", of("from", w.first.Format(time.DateOnly), "to", w.last.Format(time.DateOnly)),
		"timeline", timeline,
		"map", of(
			"title", text{"من يؤثر في من", "Who acts on whom"},
			"lead", text{"لكل نوع من العلاقات خط.", "Each kind of relation has a line of its own."}),
		"camps", sides,
		"speakers", []record{of("id", "article", "name", text{"هذا الملف", "This file"})},
		"numbers", []record{of("value", text{arabic(n), fmt.Sprint(n)}, "text", pick(w, measured), "sources", w.carried())},
		"sections", parts,
		"changes", []record{of("date", w.last.AddDate(1, 0, 0).Format(time.DateOnly), "text",
			text{"النسخة الأولى.", "First version."})},
	)
}

// ledger writes the statements. Each is of a section.
func (w *writer) ledger(n int) []record {
	var all []record
	for i := range n {
		by := pick(w, w.actors)
		s := statement{fmt.Sprintf("s%d", i+1), w.sections[i%len(w.sections)], w.says(by.office)}
		kind := pick(w, []string{"fact", "statement", "claim", "analysis", "expectation"})
		r := of("id", s.id, "section", s.section, "by", by.id, "kind", kind)
		if w.IntN(2) == 0 {
			r = w.with(r, "date", w.day(w.first, w.last))
		}
		switch check := pick(w, []string{"supported", "supported", "differs", "open"}); check {
		case "differs":
			r = append(w.with(r, "check", check), of("note", w.says(pick(w, w.actors).office))...)
		default:
			r = w.with(r, "check", check)
		}
		r = append(r, of("text", s.text, "actors", []string{by.id}, "sources", w.carried())...)
		all, w.statements = append(all, r), append(w.statements, s)
	}
	return all
}

// talks writes the calls.
func (w *writer) talks() []record {
	var all []record
	at := w.first
	for i := range w.calls {
		at = at.Add(w.last.Sub(w.first) / time.Duration(w.calls+1)).Truncate(24 * time.Hour)
		date := at.Format(time.DateOnly)
		var ids []string
		for _, k := range w.Perm(len(w.actors))[:w.between(2, 4)] {
			ids = append(ids, w.actors[k].id)
			w.actors[k].calls = append(w.actors[k].calls, i+1)
		}
		minutes := 10 * w.between(1, 11)
		length := text{arabic(minutes) + " دقيقة", fmt.Sprintf("%d minutes", minutes)}
		c := of(
			"id", i+1, "date", date, "short", pick(w, shorts),
			"lengths", []record{of("by", ids[0], "minutes", minutes, "text", length, "sources", w.carried())},
			"initiator", of("kind", "statement", "by", ids[0], "text", w.says(w.actors[0].office), "sources", w.carried()),
			"topics", of("text", w.says(pick(w, w.actors).office), "sources", w.carried()),
			"accounts", []record{
				of("camp", "camp-1", "sentences", w.sentences(1, 2, "statement")),
				of("camp", "camp-2", "sentences", w.sentences(1, 2, "claim")),
			},
			"followed", []record{w.sentence("fact", at.AddDate(0, 0, 3).Format(time.DateOnly))},
			"actors", ids,
		)
		if w.IntN(2) == 0 {
			c = w.with(c, "disagreements", w.sentences(1, 2, "analysis"))
		}
		all = append(all, c)
	}
	return all
}

// happened writes the events, some of them after the story.
func (w *writer) happened(n int) []record {
	var all []record
	at, after := w.first, min(n/6, 8)
	for i := range n {
		id := fmt.Sprintf("event-%d", i+1)
		at = at.Add(w.last.Sub(w.first) / time.Duration(n+1)).Truncate(24 * time.Hour)
		date := at
		if i >= n-after {
			date = w.last.AddDate(0, i-n+after+1, 0)
		}
		day := date.Format(time.DateOnly)
		e := of("id", id, "date", day)
		if !date.After(w.last) && w.IntN(3) > 0 {
			e = w.with(e, "figure", pick(w, []string{"event", "event", "summit"}))
		}
		e = append(e, of("label", pick(w, labels), "sentences", []record{w.sentence("fact", day)},
			"actors", []string{pick(w, w.actors).id})...)
		all, w.events = append(all, e), append(w.events, id)
	}
	return all
}

// relations writes the relations. No actor is alone.
func (w *writer) relations(n int) []record {
	var all []record
	seen := map[[2]int]bool{}
	for i := range max(n, len(w.actors)) {
		from := i % len(w.actors)
		to := w.IntN(len(w.actors))
		for to == from || seen[[2]int{from, to}] {
			to = (to + 1) % len(w.actors)
		}
		seen[[2]int{from, to}] = true
		kind := pick(w, kinds)
		r := of(
			"id", fmt.Sprintf("relation-%d", i+1), "from", w.actors[from].id, "to", w.actors[to].id,
			"kind", kind.name, "polarity", kind.polarity, "label", kind.label, "sentence", w.sentence("", ""),
		)
		if calls := w.actors[from].calls; len(calls) > 0 && w.IntN(2) == 0 {
			r = w.with(r, "calls", []int{pick(w, calls)})
		}
		if i < 3 {
			r = w.with(r, "core", true)
		}
		all = append(all, r)
	}
	return all
}

func (w *writer) cast() []record {
	var all []record
	for _, a := range w.actors {
		r := of("id", a.id, "shape", a.shape, "camp", fmt.Sprintf("camp-%d", a.camp+1), "name", a.name, "role", a.role)
		if len(a.calls) > 0 {
			r = w.with(r, "calls", a.calls)
		}
		all = append(all, w.with(r, "sources", w.carried()))
	}
	return all
}

func (w *writer) views(n int) []record {
	var all []record
	for i := range n {
		s := w.repeated()
		reading := w.says(pick(w, w.actors).office)
		v := of(
			"id", fmt.Sprintf("view-%d", i+1), "title", questions[i], "by", pick(w, w.actors).id,
			"reading", text{
				reading.ar + " [" + "وهذا ما تقوم عليه القراءة" + "](#" + s.ref() + ").",
				reading.en + " [" + "The reading rests on this" + "](#" + s.ref() + ").",
			},
			"rests_on", []string{s.id}, "counter", w.sentences(1, 2, "claim"), "since", w.sentences(1, 1, "fact"),
		)
		if w.calls > 0 {
			v = w.with(v, "calls", []int{w.between(1, w.calls)})
		}
		all = append(all, v)
	}
	return all
}

func (s statement) ref() string { return "statement-" + s.id }

func (w *writer) steps(relations []record) []record {
	var all []record
	for i := range w.between(5, 8) {
		var shows record
		switch {
		case i%3 == 0 && w.calls > 0:
			shows = of("call", i%w.calls+1)
		case i%3 == 1:
			shows = of("event", w.events[i%len(w.events)])
		default:
			shows = of("relations", []any{relations[i%len(relations)][0].Value})
		}
		all = append(all, of("headline", stepHeads[i], "sentences", []record{w.sentence("", "")}, "shows", shows))
	}
	return all
}

func (w *writer) terms() []record {
	var all []record
	for i, t := range terms[:w.explained] {
		all = append(all, of("id", fmt.Sprintf("word-%d", i+1), "name", t[0], "meaning", t[1], "sources", w.carried()))
	}
	return all
}

// article writes a section. Its statements are in it.
func (w *writer) article(id string) text {
	var body text
	for i, s := range w.statements {
		if s.section != id {
			continue
		}
		more, end := w.says(pick(w, w.actors).office), " "
		if i%3 == 0 {
			end = "\n\n"
		}
		body.ar += fmt.Sprintf("[%s](#%s) %s%s", s.text.ar, s.ref(), more.ar, end)
		body.en += fmt.Sprintf("[%s](#%s) %s%s", s.text.en, s.ref(), more.en, end)
	}
	if id == w.sections[0] {
		body.ar, body.en = body.ar+"\n\nفي هذا الملف من المصطلحات", body.en+"\n\nAmong the terms of this file are"
		for i, t := range terms[:w.explained] {
			link := fmt.Sprintf("(#term-word-%d)", i+1)
			before := [2]string{" ", " "}
			if i > 0 {
				before = [2]string{" و", " and "}
			}
			body.ar += before[0] + "[" + t[0].ar + "]" + link
			body.en += before[1] + "[" + t[0].en + "]" + link
		}
		body.ar, body.en = body.ar+".", body.en+"."
	}
	return text{body.ar + "\n", body.en + "\n"}
}

func (w *writer) library() []record {
	var all []record
	for i, id := range w.sources {
		if !w.said[id] {
			continue
		}
		subject := pick(w, subjects)
		r := of("id", id, "publisher", pick(w, publishers), "date", w.day(w.first, w.last),
			"subject", text{subject.ar + " رقم " + arabic(i+1), subject.en + " no. " + fmt.Sprint(i+1)},
			"url", fmt.Sprintf("https://example.org/%d/%d", w.number, i+1))
		all = append(all, r)
	}
	return all
}
