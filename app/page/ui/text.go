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

// said draws a sentence that repeats a statement of the ledger, or one that another source carries, before its mark.
func said(d *story.Document, r story.Run) app.UI {
	return app.Span().Class("said").Body(append(rich(d, r.Runs), sign(d, r.Mark)...)...)
}

// sign is the mark of a sentence at rest: its shape and colour say the kind, its name who says it and how many sources
// there are. It leads to the evidence; once live a card opens at its place (see MarkCard). By the reader's wish, and on
// paper, the style sheet writes its name out. 0 is no mark.
func sign(d *story.Document, mark int) []app.UI {
	if mark == 0 {
		return nil
	}
	a := &d.Attributions[mark-1]
	return one(app.A().Class("m m-"+a.Kind).Href(a.At()).DataSet("mark", mark).Aria("label", a.Label))
}

// sentence draws a sentence with its mark. What it says of its speaker and date stands in the mark's card, or above it.
func sentence(d *story.Document, s story.Sentence) []app.UI {
	return append(rich(d, s.Text), sign(d, s.Mark)...)
}

// grouped draws sentences, those of one speaker and day under his name and the day. A day that stands above already, on, is
// not said again. What is nobody's, after something that is somebody's, stands under the name of its kind.
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

// kind is a kind of statement in a word, as the evidence has it, and whose the statement is.
func kind(d *story.Document, kind, by string) app.UI {
	body := one(app.Text(d.Words.Kinds[kind]))
	if by != "" {
		body = []app.UI{app.Text(d.Words.Kinds[kind] + " · "), app.B().Body(app.Text(reader.Speaker(d, by).Name))}
	}
	return app.Span().Class("k k-" + kind).Body(body...)
}

// told draws a sentence in full: kind, speaker, date, sources and statements. Only the evidence has it so.
func told(d *story.Document, s story.Sentence) app.UI {
	all := []app.UI{kind(d, s.Kind, s.By), app.Text(" ")}
	if s.Date.ISO != "" {
		all = append(all, app.Span().Class("on").Body(app.Text(s.Date.Text)), app.Text(" "))
	}
	all = append(all, app.Span().Body(rich(d, s.Text)...))
	return app.P().Class("say").Body(join(all, cites(d, s.Sources, s.Statements))...)
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
