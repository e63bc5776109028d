package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// rich draws inline runs. The desk joins adjacent texts, so they never occur here.
func rich(d *story.Document, runs story.Rich) []app.UI {
	var all []app.UI
	for _, r := range runs {
		switch r.Style {
		case "":
			all = append(all, app.Text(r.Text))
		case "em":
			all = append(all, app.Em().Body(rich(d, r.Runs)...))
		case "strong":
			all = append(all, app.Strong().Body(rich(d, r.Runs)...))
		case "foreign":
			all = append(all, app.Bdi().Lang(r.Lang).Dir(r.Dir).Body(rich(d, r.Runs)...))
		case "term":
			all = append(all, app.A().Class("term").Href(r.Href).Body(rich(d, r.Runs)...))
		case "said":
			all = append(all, said(d, r))
		default:
			all = append(all, app.A().Href(r.Href).Body(rich(d, r.Runs)...))
		}
	}
	return all
}

// said draws words that refer to a statement of the ledger or to a source, followed by their mark.
func said(d *story.Document, r story.Run) app.UI {
	return app.Span().Class("said").Body(append(rich(d, r.Runs), sign(d, r.Mark)...)...)
}

// sign is the mark of a sentence. Its shape and colour show the kind; its name has the speaker and the number of
// sources. It links to the evidence page; on a live page a card opens beside it (see MarkCard). The style sheet writes
// the name out on paper, or if the reader wants it. mark 0 means no mark.
func sign(d *story.Document, mark int) []app.UI {
	if mark == 0 {
		return nil
	}
	a := &d.Attributions[mark-1]
	return one(app.A().Class("m m-"+a.Kind).Href(a.At()).DataSet("mark", mark).Aria("label", a.Label))
}

// sentence draws a sentence with its mark. Its speaker and date are in the mark's card, or in a heading above.
func sentence(d *story.Document, s story.Sentence) []app.UI {
	return append(rich(d, s.Text), sign(d, s.Mark)...)
}

// grouped draws sentences in groups of the same speaker and day, under the name and the day. It leaves out the day on,
// which the page shows above. After a group with a heading, sentences without speaker and day get the name of their
// kind as heading.
func grouped(d *story.Document, all []story.Sentence, on story.Date) []app.UI {
	var out []app.UI
	var by, day string
	headed := false
	for i, s := range all {
		shown := s.Date.Text
		if s.Date == on {
			shown = ""
		}
		if i == 0 || s.By != by || shown != day {
			by, day = s.By, shown
			head := listed(reader.Speaker(d, by).Name, day)
			if head == "" && headed {
				head = d.Words.Kinds[s.Kind]
			}
			if head != "" {
				headed = true
				out = append(out, app.P().Class("whose").Body(app.Text(head)))
			}
		}
		out = append(out, app.P().Class("say").Body(sentence(d, s)...))
	}
	return out
}

// kind writes the kind of a statement and its speaker, as the evidence page shows them.
func kind(d *story.Document, kind, by string) app.UI {
	body := one(app.Text(d.Words.Kinds[kind]))
	if by != "" {
		body = []app.UI{app.Text(d.Words.Kinds[kind] + " · "), app.B().Body(app.Text(reader.Speaker(d, by).Name))}
	}
	return app.Span().Class("k k-" + kind).Body(body...)
}

// told draws a sentence in full: kind, speaker, date, sources and statements. Only item pages and the evidence page use
// it.
func told(d *story.Document, s story.Sentence) app.UI {
	all := append(ascribed(d, s.Kind, s.By, s.Date), when(len(s.Text) > 0, app.Span().Body(rich(d, s.Text)...))...)
	return app.P().Class("say").Body(join(all, cites(d, s.Sources, s.Statements))...)
}

// ascribed is what stands before a sentence in full: its kind, its speaker and its date.
func ascribed(d *story.Document, ofKind, by string, on story.Date) []app.UI {
	return join(one(kind(d, ofKind, by)), one(app.Text(" ")),
		when(on.Text != "", app.Span().Class("on").Body(app.Text(on.Text)), app.Text(" ")))
}

// cites has links to the sources and to the statements of the ledger that support something.
func cites(d *story.Document, sources, statements []string) []app.UI {
	var links []app.UI
	add := func(href, to, number string) {
		// A space before each link keeps the numbers apart when the text is copied.
		links = append(links, app.Text(" "), cite(href, to, number))
	}
	for _, id := range sources {
		if i := slices.IndexFunc(d.Sources, func(s story.Source) bool { return s.ID == id }); i >= 0 {
			add(address.Source.Fragment(id), d.Words.CiteSource, d.Sources[i].Digit)
		}
	}
	for _, id := range statements {
		if i := slices.IndexFunc(d.Statements, func(s story.Statement) bool { return s.ID == id }); i >= 0 {
			add(address.Statement.Fragment(id), d.Words.CiteStatement, "§"+d.Statements[i].Digit)
		}
	}
	if links == nil {
		return nil
	}
	return one(app.Sup().Body(links...))
}

// cite is a number that links to its source or statement. A number alone is not enough as the name of a link, so there
// is a word before it, which is neither shown nor copied.
func cite(href, to, number string) app.UI {
	return app.A().Href(href).Body(app.I().Body(app.Text(to+" ")), app.Text(number))
}

// speaker writes the name of a speaker, as a link if the speaker is on the map.
func speaker(d *story.Document, id string) app.UI {
	s := reader.Speaker(d, id)
	if s.Actor {
		return app.A().Href(address.Actor.Fragment(id)).Body(app.Text(s.Name))
	}
	return app.Span().Body(app.Text(s.Name))
}

// actorName is the name of an actor, for links.
func actorName(d *story.Document, id string) string { return reader.Speaker(d, id).Name }

func campName(d *story.Document, camp string) string {
	for _, c := range d.Camps {
		if c.ID == camp {
			return c.Name
		}
	}
	return ""
}

// dot is the mark of a camp: hue and shape.
func dot(tone string) app.UI { return app.I().Class("dot t-"+tone).Aria("hidden", "true") }
