package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// rich draws inline runs. Neighbouring texts never occur: the desk joins them.
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

// said draws a sentence that repeats a statement of the ledger, behind the mark of its kind, or one that another
// source carries, before that source's number.
func said(d *story.Document, r story.Run) app.UI {
	if r.Kind == "source" {
		return app.Span().Body(append(rich(d, r.Runs),
			app.Sup().Body(app.Text(" "), cite(r.Href, d.Words.CiteSource, r.Note)))...)
	}
	return app.Span().Class("said").Body(
		mark(d, r.Kind, ""),
		app.Text(" "), // or the mark's last letter joins the next word
		app.A().Href(r.Href).Body(rich(d, r.Runs)...),
	)
}

// mark says what kind of statement follows, and whose it is.
func mark(d *story.Document, kind, by string) app.UI {
	body := one(app.Text(d.Words.Kinds[kind]))
	if by != "" {
		body = []app.UI{app.Text(d.Words.Kinds[kind] + " · "), app.B().Body(app.Text(reader.Speaker(d, by).Name))}
	}
	return app.Span().Class("k k-" + kind).Body(body...)
}

// sentence draws a sentence with its mark, its date and its sources.
func sentence(d *story.Document, s story.Sentence) []app.UI {
	all := []app.UI{mark(d, s.Kind, s.By), app.Text(" ")}
	if s.Date.ISO != "" {
		all = append(all, app.Span().Class("on").Body(app.Text(s.Date.Text)), app.Text(" "))
	}
	all = append(all, app.Span().Body(rich(d, s.Text)...))
	return join(all, cites(d, s.Sources, s.Statements))
}

func paragraph(d *story.Document, s story.Sentence) app.UI {
	return app.P().Class("say").Body(sentence(d, s)...)
}

func paragraphs(d *story.Document, all []story.Sentence) []app.UI {
	var out []app.UI
	for _, s := range all {
		out = append(out, paragraph(d, s))
	}
	return out
}

// cites links to the sources and to the statements of the ledger that carry something.
func cites(d *story.Document, sources, statements []string) []app.UI {
	var links []app.UI
	add := func(href, to, number string) {
		// A space before each: copied as text, numbers stay apart from words and from each other.
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

// briefCites are the sources of something, or, where there are none, the statements that carry it: for what dozens of
// statements carry.
func briefCites(d *story.Document, sources, statements []string) []app.UI {
	if len(sources) > 0 {
		statements = nil
	}
	return cites(d, sources, statements)
}

// cite is a number that links to what it refers to. A number alone is no name for a link; the word before it is not
// shown, and not copied with the text.
func cite(href, to, number string) app.UI {
	return app.A().Href(href).Body(app.I().Body(app.Text(to+" ")), app.Text(number))
}

// speaker names a speaker, as a link when the map has him.
func speaker(d *story.Document, id string) app.UI {
	s := reader.Speaker(d, id)
	if s.Actor {
		return app.A().Href(address.Actor.Fragment(id)).Body(app.Text(s.Name))
	}
	return app.Span().Body(app.Text(s.Name))
}

// actorName is the name of an actor, for links.
func actorName(d *story.Document, id string) string { return reader.Speaker(d, id).Name }

// tone is the tone of an actor's or speaker's camp: colour and shape of his mark.
func tone(d *story.Document, camp string) string {
	for _, c := range d.Camps {
		if c.ID == camp {
			return c.Tone
		}
	}
	return "none"
}

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
