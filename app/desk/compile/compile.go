// Package compile turns checked content into stories.
//
//	doc, err := compile.Story(set, "ar")
//
// Everything that needs a parser, a table or an algorithm happens here: Markdown becomes inline runs, dates and counts
// become phrases, the figures are laid out. Content must have passed package check; a problem that check would have
// reported makes Story fail.
package compile

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/figure"
	"sharh/app/desk/locale"
	"sharh/app/desk/markup"
	"sharh/app/desk/palette"
	"sharh/app/desk/scene"
	"sharh/app/desk/source"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Story compiles the explainer in one of its languages.
func Story(set *source.Set, lang string) (*story.Document, error) {
	return compile(set, lang, layouts.keep, (*compiler).document)
}

// StoryKept is Story, and takes layouts of the map from where keep keeps them between builds.
func StoryKept(set *source.Set, lang string, keep scene.Keep) (*story.Document, error) {
	return compile(set, lang, func(name string, make func() ([]byte, error)) ([]byte, error) {
		return layouts.keep(name, func() ([]byte, error) { return keep(name, make) })
	}, (*compiler).document)
}

// Heading returns the same as Story(set, lang).Heading() in a fraction of the time.
func Heading(set *source.Set, lang string) (*story.Document, error) {
	return compile(set, lang, layouts.keep, (*compiler).heading)
}

// Map returns the actor map of an explainer in one of its languages, nothing laid out, and the story as far as the map
// depends on it.
func Map(set *source.Set, lang string) (d *story.Document, m *scene.Map, err error) {
	d, err = compile(set, lang, layouts.keep, func(c *compiler) (*story.Document, error) {
		d, err := c.begun()
		if err == nil {
			c.views(d)
			m = c.actorMap(d)
		}
		return d, err
	})
	return d, m, err
}

func compile(
	set *source.Set, lang string, keep scene.Keep, part func(*compiler) (*story.Document, error),
) (*story.Document, error) {
	l, err := set.Locale(lang)
	if err != nil {
		return nil, fmt.Errorf("compiling %s: %w", set.Slug, err)
	}
	c := &compiler{
		set: set, lang: lang, locale: l, keep: keep,
		statements: map[string]int{}, numbers: map[string]string{}, names: map[string]string{},
	}
	for i, s := range set.Ledger.Statements {
		c.statements[s.ID.Value] = i
	}
	for _, a := range set.Actors.Actors {
		c.names[a.ID.Value] = a.Name.In(lang)
	}
	for _, s := range set.Explainer.Speakers {
		c.names[s.ID.Value] = s.Name.In(lang)
	}
	for i, s := range set.Sources.Sources {
		c.numbers[s.ID.Value] = l.Number(i + 1)
	}
	c.clock, _ = set.Clock()
	doc, err := part(c)
	if err != nil {
		return nil, fmt.Errorf("compiling %s (%s): %w", set.Slug, lang, err)
	}
	if c.problems.Len() > 0 {
		p := c.problems.All()[0]
		return nil, fmt.Errorf("compiling %s (%s): %s: %s", set.Slug, lang, p.Pos, p.Message)
	}
	return doc, nil
}

type compiler struct {
	set        *source.Set
	lang       string
	locale     *locale.Locale
	clock      source.Clock
	keep       scene.Keep        // stores layouts
	statements map[string]int    // index of each statement
	numbers    map[string]string // shown number of each source
	names      map[string]string // of each speaker
	marks      marks
	problems   diag.List
}

// begun returns the first part of a story, without any drawing: its titles, camps, calls, events, actors and steps.
func (c *compiler) begun() (*story.Document, error) {
	e, l := &c.set.Explainer, c.locale
	d := &story.Document{
		Format: story.Format, Slug: c.set.Slug, Lang: c.lang, Dir: l.Dir, Words: l.Words,
		Kicker: e.Kicker.In(c.lang), Title: bound(e.Title.In(c.lang)), ShortTitle: e.ShortTitle.In(c.lang),
		Standfirst: c.rich(e.Standfirst), Picture: c.picture(e.Picture),
		FactsAsOf: c.date(e.FactsAsOf),
		Timeline: story.Timeline{
			Title: bound(e.Timeline.Title.In(c.lang)), Lead: c.rich(e.Timeline.Lead), Open: e.Timeline.Open.Value,
		},
		Map:      story.Map{Title: e.Map.Title.In(c.lang), Lead: c.rich(e.Map.Lead)},
		Formerly: ids(e.Formerly), NoApp: e.NoApp(),
	}
	var err error
	if d.Withdrawn, err = c.withdrawn(e.Withdrawn); err != nil {
		return nil, err
	}
	d.Summary = d.Standfirst.Plain()
	for i, lang := range e.Languages {
		other, err := c.set.Locale(lang.Value)
		if err != nil {
			return nil, err
		}
		path := lang.Value + "/"
		if i == 0 {
			path = ""
		}
		d.Languages = append(d.Languages, story.Language{Lang: lang.Value, Dir: other.Dir, Name: other.Name, Path: path})
	}
	for _, n := range e.Numbers {
		d.Numbers = append(d.Numbers, story.Number{
			Value: bound(n.Value.In(c.lang)), Text: bound(n.Text.In(c.lang)),
			Sources: ids(n.Sources), Mark: c.sourced(ids(n.Sources), nil),
		})
	}
	for _, x := range e.Camps {
		d.Camps = append(d.Camps, story.Camp{ID: x.ID.Value, Name: x.Name.In(c.lang), Tone: x.Tone.Value})
	}
	for _, x := range c.set.Timeline.Marks {
		d.Timeline.Signs = append(d.Timeline.Signs, story.Sign{ID: x.ID.Value, Shape: x.Shape.Value, Name: x.Name.In(c.lang)})
	}
	c.calls(d)
	c.events(d)
	c.actors(d)
	if c.steps(d); len(d.Steps) == 0 {
		d.KeyPoints = c.sentences(e.KeyPoints)
	}
	return d, nil
}

func (c *compiler) heading() (*story.Document, error) {
	d, err := c.begun()
	if err != nil {
		return nil, err
	}
	if d.IsWithdrawn() {
		return d.Heading(), nil
	}
	if len(d.Steps) > 0 {
		err = c.still(&d.Steps[0], c.actorMap(d))
	} else if d.HasAxis() {
		d.Timeline.Strip = figure.Strip(c.axis(""))
	}
	return d.Heading(), err
}

func (c *compiler) document() (*story.Document, error) {
	set, e, l := c.set, &c.set.Explainer, c.locale
	d, err := c.begun()
	if err != nil {
		return nil, err
	}
	d.Theme = theme(e.Theme, l.Families())
	if d.IsWithdrawn() {
		c.views(d) // they have addresses
		return d.Notice(), nil
	}
	for _, s := range e.Sections {
		d.Sections = append(d.Sections, story.Section{
			ID: s.ID.Value, Title: s.Title.In(c.lang), Views: ids(s.Views),
			Body: c.illustrated(c.blocks(s.Body.ByLang[c.lang]), s.Pictures),
		})
	}
	c.views(d)
	for i, s := range set.Ledger.Statements {
		section := s.Section.Value
		if section == "lead" {
			section = ""
		}
		d.Statements = append(d.Statements, story.Statement{
			ID: s.ID.Value, Digit: l.Number(i + 1), Section: section, By: s.By.Value, Kind: s.Kind.Value, Check: s.Check.Value,
			Date: c.date(s.Date), Text: s.Text.In(c.lang), Note: c.rich(s.Note), Actors: ids(s.Actors),
			Calls: numbers(s.Calls), Sources: ids(s.Sources), Against: ids(s.Against),
			Mark: c.mark(story.Attribution{
				Kind: s.Kind.Value, By: s.By.Value, Date: c.date(s.Date).Text, Statements: []string{s.ID.Value},
			}),
		})
		if len(s.Against) > 0 {
			var by []string
			for _, id := range ids(s.Against) {
				by = append(by, c.names[id])
			}
			d.Statements[i].Verdict = l.Phrase("contradicted", strings.Join(by, d.Words.Comma+" "))
		}
	}
	if len(d.Statements) == 0 || len(d.Relations) == 0 {
		d.Words.EvidenceLead = l.Phrase("evidence_alone")
	}
	c.searchable(d)
	d.Method = c.blocks(set.Method.ByLang[c.lang])
	if l := e.Licence; l != nil {
		d.Licence = story.Licence{Name: l.Name.In(c.lang), URL: l.URL.Value}
	}
	for _, x := range e.Changes {
		d.Changes = append(d.Changes, story.Change{Date: c.date(x.Date), Text: c.rich(x.Text)})
	}
	for _, x := range set.Glossary.Terms {
		d.Terms = append(d.Terms, story.Term{
			ID: x.ID.Value, Name: x.Name.In(c.lang), Meaning: c.rich(x.Meaning), Sources: ids(x.Sources),
		})
	}
	for _, s := range set.Sources.Sources {
		x := story.Source{
			ID: s.ID.Value, Digit: c.numbers[s.ID.Value], Publisher: s.Publisher.In(c.lang), Subject: s.Subject.In(c.lang),
			Date: c.date(s.Date), URL: s.URL.Value, Quote: s.Quote.Value, QuoteLang: s.QuoteLanguage.Value,
			StateMedia: s.StateMedia.Value, Where: s.Where.In(c.lang),
			Medium: s.Medium.Value, Place: s.Where.In(c.lang),
		}
		if medium := d.Words.Media[s.Medium.Value]; medium != "" && x.Where != "" {
			x.Where = medium + d.Words.Comma + " " + x.Where
		} else if medium != "" {
			x.Where = medium
		}
		if x.QuoteLang != "" {
			x.Language = l.Language(x.QuoteLang)
		}
		if x.Quote != "" {
			x.QuoteDir = locale.Direction(x.QuoteLang)
		}
		d.Sources = append(d.Sources, x)
	}
	for n := range len(d.Statements) + 1 {
		d.Words.Found = append(d.Words.Found, l.Count("found", n))
	}
	for n := range 10 {
		d.Words.Digits += l.Number(n)
	}
	d.Reading = l.Count("reading", max(1, (words(d)+100)/200))
	c.weigh(d)
	c.findable(d)
	if err := c.figures(d); err != nil {
		return nil, err
	}
	d.Attributions = c.marks.all
	return d, nil
}

// theme returns the publisher's settings with the colours derived from them. Where they name no fonts, those of the
// language stand.
func theme(t *source.Theme, own locale.Families) (out story.Theme) {
	if t == nil && own == (locale.Families{}) {
		return out
	}
	if t == nil {
		t = &source.Theme{}
	}
	of := func(colours *source.Colours, base palette.Theme) map[string]string {
		set := palette.Theme{}
		for name, s := range colours.Named() {
			if colour, ok := palette.Parse(s.Value); ok {
				set[name] = colour
			}
		}
		named := map[string]string{}
		for name, colour := range base.With(set) {
			if colour != base[name] {
				named[name] = colour.String()
			}
		}
		return named
	}
	out = story.Theme{Light: of(t.Light, palette.Light()), Dark: of(t.Dark, palette.Dark()), Every: map[string]string{}}
	for name, value := range map[string]string{
		"text": cmp.Or(t.Text.Value, own.Text), "ui": cmp.Or(t.Label.Value, own.Label), "measure": t.Measure.Value,
	} {
		if value != "" {
			out.Every[name] = value
		}
	}
	return out
}

func (c *compiler) calls(d *story.Document) {
	l := c.locale
	var before time.Time
	for i, x := range c.set.Timeline.Calls {
		date := c.day(x.Date)
		call := story.Call{
			ID: x.ID.Value, Name: l.Ordinal(x.ID.Value), Digit: l.Number(x.ID.Value),
			Date: c.date(x.Date), Day: l.Day(date), Short: x.Short.In(c.lang),
			Initiator: c.sentence(x.Initiator),
			Topics: story.Sentence{
				Kind: "background", Text: c.rich(x.Topics.Text), Sources: ids(x.Topics.Sources),
				Mark: c.sourced(ids(x.Topics.Sources), nil),
			},
			Followed: c.sentences(x.Followed), Disagreements: c.sentences(x.Disagreements),
			Actors: ids(x.Actors), Views: ids(x.Views),
		}
		if x.Elsewhere != nil {
			call.There = story.Elsewhere{Date: c.date(x.Elsewhere.Date).ISO, Place: x.Elsewhere.Place.In(c.lang)}
			call.Elsewhere = l.Phrase("elsewhere", x.Elsewhere.Place.In(c.lang), l.ShortDay(c.day(x.Elsewhere.Date)))
		}
		if i > 0 {
			call.Since = l.Count("since", daysBetween(before, date))
		}
		before = date
		for _, y := range x.Lengths {
			call.Lengths = append(call.Lengths, story.Length{
				By: y.By.Value, Minutes: y.Minutes.Value, Text: y.Text.In(c.lang), Sources: ids(y.Sources),
				Mark: c.mark(story.Attribution{Kind: "statement", By: y.By.Value, Sources: ids(y.Sources)}),
			})
		}
		if least, most := lengths(x); most > 0 {
			call.Length = l.LengthRange(least, most)
		}
		for _, y := range x.Accounts {
			call.Accounts = append(call.Accounts, story.Account{Camp: y.Camp.Value, Sentences: c.sentences(y.Sentences)})
		}
		d.Calls = append(d.Calls, call)
	}
	if d.Timeline.Open == 0 && len(d.Calls) > 0 {
		d.Timeline.Open = d.Calls[len(d.Calls)-1].ID
	}
}

func lengths(x source.Call) (least, most int) {
	for i, y := range x.Lengths {
		if m := y.Minutes.Value; i == 0 {
			least, most = m, m
		} else {
			least, most = min(least, m), max(most, m)
		}
	}
	return least, most
}

func (c *compiler) views(d *story.Document) {
	for _, v := range c.set.Views.Views {
		d.Views = append(d.Views, story.View{
			ID: v.ID.Value, Title: v.Title.In(c.lang), By: v.By.Value, Whose: v.Whose.In(c.lang), Reading: c.rich(v.Reading),
			RestsOn: ids(v.RestsOn), Counter: c.sentences(v.Counter), Since: c.sentences(v.Since), Calls: numbers(v.Calls),
		})
	}
}

func (c *compiler) events(d *story.Document) {
	for _, x := range c.byDate(c.set.Timeline.Events) {
		w := c.when(x.Date)
		_, group := c.group(x)
		first, dated := w.First()
		if dated && c.clock.Hourly {
			first = w.From.Begin(c.clock.Place)
		}
		d.Events = append(d.Events, story.Event{
			ID: x.ID.Value, Date: c.date(x.Date), Label: c.label(x), Figure: x.Figure.Value,
			After: dated && first.After(c.clock.To), Sentences: c.sentences(x.Sentences), Calls: numbers(x.Calls),
			Group: group, Place: x.Place.In(c.lang), Actors: ids(x.Actors), Link: x.Link.Value, Picture: c.picture(x.Picture),
		})
		if e := &d.Events[len(d.Events)-1]; x.Title.In(c.lang) != e.Label {
			e.Title = x.Title.In(c.lang)
		}
	}
}

// group returns the group of an event: its place, from 1, and its name; 0 and "" for none.
func (c *compiler) group(x source.Event) (place int, name string) {
	for i, g := range c.set.Timeline.Groups {
		if g.ID.Value == x.Group.Value {
			return i + 1, g.Name.In(c.lang)
		}
	}
	return 0, ""
}

// label is the label of an event: its title, where it has no other.
func (c *compiler) label(x source.Event) string {
	return cmp.Or(x.Label.In(c.lang), x.Title.In(c.lang))
}

func (c *compiler) actors(d *story.Document) {
	near := map[string][]string{}
	for _, r := range c.set.Actors.Relations {
		ends := c.ends(r)
		for _, a := range ends {
			for _, b := range ends {
				if a != b && !slices.Contains(near[a], b) {
					near[a] = append(near[a], b)
				}
			}
		}
	}
	// carried returns the ids of sources, those of the whole list where there are none.
	carried := func(sources []source.String, others int) []string {
		if len(sources)+others == 0 {
			sources = c.set.Actors.Sources
		}
		return ids(sources)
	}
	for _, a := range c.set.Actors.Actors {
		sources := carried(a.Sources, len(a.Statements))
		label := a.Label.In(c.lang)
		if label == "" {
			label = a.Name.In(c.lang)
		}
		d.Actors = append(d.Actors, story.Actor{
			ID: a.ID.Value, Shape: a.Shape.Value, Camp: a.Camp.Value, Name: a.Name.In(c.lang), Label: label,
			Role: a.Role.In(c.lang), Added: a.Added.Value, Calls: numbers(a.Calls),
			Near:       append([]string{a.ID.Value}, near[a.ID.Value]...),
			Statements: ids(a.Statements), Sources: sources, Mark: c.sourced(sources, ids(a.Statements)),
			Portrait: c.picture(a.Portrait), Also: ids(a.Also), Core: a.Core.Value, Pin: a.Pin.Value,
		})
		d.Speakers = append(d.Speakers, story.Speaker{
			ID: a.ID.Value, Name: a.Name.In(c.lang), Camp: a.Camp.Value, Actor: true,
		})
	}
	for _, s := range c.set.Explainer.Speakers {
		d.Speakers = append(d.Speakers, story.Speaker{
			ID: s.ID.Value, Name: s.Name.In(c.lang), Camp: s.Camp.Value, Also: ids(s.Also),
		})
	}
	for _, r := range c.set.Actors.Relations {
		first, last := c.period(r)
		said := r.Sentence
		if len(said.Sources)+len(said.Statements) == 0 {
			said.Sources = c.set.Actors.Sources
		}
		if said.Pos.Line == 0 {
			said.Kind.Value = "fact"
		}
		d.Relations = append(d.Relations, story.Relation{
			ID: r.ID.Value, From: r.From.Value, To: r.To.Value, Via: r.Via.Value, Kind: r.Kind.In(c.lang),
			Polarity: r.Polarity.Value, Label: r.Label.In(c.lang), Said: c.sentence(said),
			Ends: c.ends(r), Calls: numbers(r.Calls), First: first, Last: last, Mutual: r.Mutual.Value,
			Between: r.Undirected(), Added: r.Added.Value, Weight: r.Weight.Value,
			Since: c.date(r.Since), Until: c.date(r.Until), Core: r.Core.Value,
		})
	}
}

// weigh says how much each relation is, and how thick its line is, where the story counts that.
func (c *compiler) weigh(d *story.Document) {
	what := c.set.Actors.Weights.In(c.lang)
	var all []int
	for _, r := range d.Relations {
		if r.Weight > 0 {
			all = append(all, r.Weight)
		}
	}
	if len(all) == 0 || what == "" {
		return
	}
	least, most := slices.Min(all), slices.Max(all)
	says := func(how string) string { return what + d.Words.Colon + " " + how }
	for i := range d.Relations {
		if r := &d.Relations[i]; r.Weight > 0 {
			r.Amount, r.Thickness = says(c.locale.Number(r.Weight)), story.ThicknessOf(r.Weight, most)
		}
	}
	d.Map.Counted, d.Map.Weights = what, says(c.locale.Number(most))
	if least < most {
		d.Map.Weights = says(c.locale.Number(least) + "–" + c.locale.Number(most))
	}
}

// period returns the first call by which a relation existed, 0 for before all calls, and the last call at which it
// still existed, 0 for no end. If the content gives no start, the relation began with the first of its calls or, if it
// has none, on the date of its sentence.
func (c *compiler) period(r source.Relation) (first, last int) {
	// at returns the index of the first call on or after a day.
	at := func(date time.Time) int {
		for i, x := range c.set.Timeline.Calls {
			if !c.day(x.Date).Before(date) {
				return i
			}
		}
		return len(c.set.Timeline.Calls)
	}
	id := func(i int) int {
		switch calls := c.set.Timeline.Calls; {
		case i < 0:
			return -1
		case i < len(calls):
			return calls[i].ID.Value
		default:
			return math.MaxInt32 // after all of them
		}
	}
	from := func(s source.String) int {
		if first, ok := c.when(s).First(); ok {
			return id(at(first))
		}
		return 0 // without a beginning
	}
	switch {
	case r.Since.Value != "":
		first = from(r.Since)
	case len(r.Calls) > 0:
		first = slices.Min(numbers(r.Calls))
	case r.Sentence.Date.Value != "":
		first = from(r.Sentence.Date)
	}
	if end, ok := c.when(r.Until).Last(); ok && r.Until.Value != "" {
		last = id(at(end.AddDate(0, 0, 1)) - 1)
	}
	return first, last
}

// ends returns the actors that belong to a relation: its two ends, the actor between them, and the voices who speak of
// it. A voice without such a relation would not be connected to anything on the map.
func (c *compiler) ends(r source.Relation) []string {
	ends := []string{r.From.Value, r.To.Value}
	add := func(id string) {
		if id != "" && !slices.Contains(ends, id) {
			ends = append(ends, id)
		}
	}
	add(r.Via.Value)
	for _, a := range c.set.Actors.Actors {
		if a.ID.Value == r.Sentence.By.Value && a.Shape.Value == "voices" {
			add(a.ID.Value)
		}
	}
	return ends
}

// steps compiles the texts of the cards, and the ids of what they show. figures draws the pictures.
func (c *compiler) steps(d *story.Document) {
	all := c.set.Steps.Steps
	for i, x := range all {
		digit := c.locale.Number(i + 1)
		s := story.Step{
			Number: i + 1, Digit: digit, Name: c.locale.Phrase("step", digit, c.locale.Number(len(all))),
			Headline: bound(x.Headline.In(c.lang)), Sentences: c.sentences(x.Sentences),
			Call: x.Shows.Call.Value, Event: x.Shows.Event.Value, Relations: ids(x.Shows.Relations),
			Picture: c.picture(x.Picture),
		}
		shown := ids(x.Shows.Actors)
		for _, r := range d.Relations {
			if slices.Contains(s.Relations, r.ID) {
				shown = append(shown, r.Ends...)
			}
		}
		for _, a := range d.Actors {
			if slices.Contains(shown, a.ID) {
				s.Actors = append(s.Actors, a.ID)
			}
		}
		d.Steps = append(d.Steps, s)
	}
}

// axis returns the input for a time axis: all events that have a figure, and the event besides, "" for none.
func (c *compiler) axis(besides string) figure.AxisInput {
	in := figure.AxisInput{
		From: c.clock.From, To: c.clock.To, Hourly: c.clock.Hourly,
		RTL:  c.locale.Dir == "rtl",
		Date: c.locale.FullDay, Clock: c.locale.Clock,
		Days: func(n int) string { return c.locale.Count("days", n) }, Figure: c.locale.Number,
		Hours: func(n int) string { return c.locale.Count("hours", n) },
		Many:  func(n int) string { return c.locale.Count("events", n) },
	}
	in.Calendar, in.Beside = c.calendars(in.From, in.To)
	if axis := c.set.Explainer.Axis.In(c.lang); axis != "" {
		in.RTL = axis == "rtl"
	}
	for _, g := range c.set.Timeline.Groups {
		in.Groups = append(in.Groups, g.Name.In(c.lang))
	}
	for _, x := range c.set.Timeline.Calls {
		least, most := lengths(x)
		date := c.day(x.Date)
		if in.Hourly {
			date = c.markAt(c.when(x.Date))
		}
		in.Calls = append(in.Calls, figure.Call{ID: x.ID.Value, Date: date, Least: least, Most: most})
	}
	for _, x := range c.byDate(c.set.Timeline.Events) {
		if x.Figure.Value != "" || x.ID.Value == besides {
			e := figure.Event{ID: x.ID.Value, Kind: cmp.Or(x.Figure.Value, "event"), Label: c.label(x)}
			e.Group, _ = c.group(x)
			e.Date, e.From, e.To = c.drawn(c.when(x.Date))
			in.Events = append(in.Events, e)
		}
	}
	figure.SortEvents(in.Events)
	return in
}

func (c *compiler) figures(d *story.Document) error {
	if d.HasAxis() {
		in := c.axis("")
		t := &d.Timeline
		t.Wide, t.Tall, t.Strip = figure.Wide(in), figure.Tall(in), figure.Strip(in)
		t.Windows = figure.Windows(in, &t.Wide, &t.Tall, c.windowName)
		if len(t.Windows) > 0 {
			t.Whole = t.Windows[0].Name
		}
		if in.Hourly {
			d.Timeline.Times = c.locale.Times(in.From.In(c.clock.Place))
		}
	}

	m := c.actorMap(d)
	d.Map.Core = m.Core()
	if err := m.Draw(&d.Map.Core, story.Forms...); err != nil {
		return err
	}
	d.Map.Scenes = map[string]json.RawMessage{}
	add := func(key string, s *story.Scene) error {
		forms := []story.Form{story.Wide, story.Narrow}
		switch {
		case s.Kind == story.CardScene:
			forms = []story.Form{story.Narrow}
		case s.LeftOut > 0 && s.Kind != story.CoreScene:
			s.More = c.locale.Count("left_out", s.LeftOut)
		}
		err := m.Draw(s, forms...)
		if err == nil {
			d.Map.Scenes[key], err = json.Marshal(s)
		}
		if err != nil {
			return fmt.Errorf("drawing the map: %w", err)
		}
		return nil
	}
	for _, s := range m.Scenes() {
		key := story.SceneKey(s.Kind, s.ID)
		if err := add(key, &s); err != nil {
			return err
		}
		if s.Kind == story.CardScene || s.Kind == story.CoreScene || s.Kind == story.WholeScene {
			continue
		}
		// A scene that is too high for the place of the core has a smaller one, for frames, whose height is fixed, and for
		// readers who come for it, under whom nothing may move.
		for fit, n := s, len(s.Relations); !fit.Fits(&d.Map.Core) && n > 1; {
			n--
			fit = m.Fewer(s, n)
			if err := add(story.FitKey(key), &fit); err != nil {
				return err
			}
		}
	}
	for i := range d.Steps {
		if err := c.still(&d.Steps[i], m); err != nil {
			return err
		}
	}
	return nil
}

// still draws the figure of a step.
func (c *compiler) still(s *story.Step, m *scene.Map) error {
	if s.Call == 0 && s.Event == "" && len(s.Actors) == 0 {
		return nil
	}
	if s.Call == 0 && s.Event == "" {
		s.Scene = m.Of(s.Actors, s.Relations)
		return m.Draw(&s.Scene, story.Small)
	}
	s.Figure = figure.Still(c.axis(s.Event), s.Event)
	return nil
}

// actorMap returns the actor map as the editor wants it.
func (c *compiler) actorMap(d *story.Document) *scene.Map {
	w := scene.Wishes{Pins: map[string]scene.Pin{}}
	for _, a := range c.set.Actors.Actors {
		if a.Core.Value {
			w.Core = append(w.Core, a.ID.Value)
		}
		switch a.Pin.Value {
		case "top":
			w.Pins[a.ID.Value] = scene.Top
		case "bottom":
			w.Pins[a.ID.Value] = scene.Bottom
		}
	}
	for _, r := range c.set.Actors.Relations {
		if r.Core.Value {
			w.Core = append(w.Core, r.ID.Value)
		}
	}
	return scene.NewMap(d, w, c.keep)
}

func (c *compiler) sentences(all []source.Sentence) []story.Sentence {
	var out []story.Sentence
	for _, s := range all {
		out = append(out, c.sentence(s))
	}
	return out
}

func (c *compiler) sentence(s source.Sentence) story.Sentence {
	x := story.Sentence{
		Kind: s.Kind.Value, By: s.By.Value, Date: c.date(s.Date), Text: c.rich(s.Text),
		Sources: ids(s.Sources), Statements: ids(s.Statements),
	}
	x.Mark = c.mark(story.Attribution{
		Kind: x.Kind, By: x.By, Date: x.Date.Text, Sources: x.Sources, Statements: x.Statements,
	})
	return x
}

func (c *compiler) rich(t source.Text) story.Rich {
	s := t.ByLang[c.lang]
	return c.resolve(markup.ParseInline(s.Value, s.Pos, &c.problems).Inline())
}

func (c *compiler) blocks(s source.String) []story.Block {
	blocks := markup.Parse(s.Value, s.Pos, &c.problems).Blocks
	for i := range blocks {
		for _, text := range blocks[i].Texts() {
			c.resolve(text)
		}
	}
	return blocks
}

// resolve fills in the fields that the page needs to draw a link, and keeps numbers with what they count.
func (c *compiler) resolve(runs story.Rich) story.Rich {
	for i := range runs {
		r := &runs[i]
		r.Text, r.Runs = bound(r.Text), c.resolve(r.Runs)
		if r.Style != "link" {
			continue
		}
		if lang, ok := strings.CutPrefix(r.Href, "lang:"); ok {
			r.Style, r.Href, r.Lang, r.Dir = "foreign", "", lang, locale.Direction(lang)
			continue
		}
		switch to, id, _ := address.Parse(r.Href); to {
		case address.Statement:
			s := &c.set.Ledger.Statements[c.statements[id]]
			r.Style, r.Kind = "said", s.Kind.Value
			r.Mark = c.mark(story.Attribution{Kind: r.Kind, By: s.By.Value, Statements: []string{id}})
		case address.Source:
			r.Style, r.Kind, r.Note, r.Mark = "said", "source", c.numbers[id], c.sourced([]string{id}, nil)
		case address.Term:
			r.Style = "term"
		}
	}
	return runs
}

func ids(all []source.String) []string {
	var out []string
	for _, s := range all {
		out = append(out, s.Value)
	}
	return out
}

func numbers(all []source.Int) []int {
	var out []int
	for _, n := range all {
		out = append(out, n.Value)
	}
	return out
}

func daysBetween(a, b time.Time) int { return int(b.Sub(a).Hours()/24 + 0.5) }

var word = regexp.MustCompile(`\pL+`)

// words counts the words that a reader reads: summary, steps or key points, article and views.
func words(d *story.Document) int {
	n := 0
	count := func(s string) { n += len(word.FindAllStringIndex(s, -1)) }
	count(d.Summary)
	told := d.KeyPoints
	for _, s := range d.Steps {
		count(s.Headline)
		told = append(told, s.Sentences...)
	}
	for _, s := range told {
		count(s.Text.Plain())
	}
	for _, s := range d.Sections {
		for _, b := range s.Body {
			for _, text := range b.Texts() {
				count(text.Plain())
			}
		}
	}
	for _, v := range d.Views {
		count(v.Reading.Plain())
		for _, s := range append(append([]story.Sentence(nil), v.Counter...), v.Since...) {
			count(s.Text.Plain())
		}
	}
	return n
}
