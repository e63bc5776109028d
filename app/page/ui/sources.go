package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// Picture is a picture of the map for readers to take along, in one or more formats.
type Picture struct {
	Name  string
	Files []File
}

// File is a file to download.
type File struct {
	Name string // of its format
	Href string
	Save string // the name under which it is saved
}

// links are the name of the picture and links to its files.
func (p Picture) links(d *story.Document) []app.UI {
	all := one(app.Span().Body(app.Text(p.Name + d.Words.Colon)))
	for _, f := range p.Files {
		all = append(all, app.Text(" "), app.A().Href(f.Href).Download(f.Save).Lang("en").Body(app.Text(f.Name)))
	}
	return all
}

// sources is the numbered list of sources, with the downloads. whole is the address of the explainer in one file, or
// "".
func sources(e app.HTMLElem, d *story.Document, whole string, pictures []Picture) app.HTMLElem {
	var items []app.UI
	for i := range d.Sources {
		items = append(items, source(d, &d.Sources[i]))
	}
	downloads := one(app.Span().Body(app.Text(d.Words.Downloads + d.Words.Colon)))
	for _, file := range []struct {
		name string
		rows int
	}{
		{"story.json", 1}, {"calls.csv", len(d.Calls)}, {"events.csv", len(d.Events)}, {"actors.csv", len(d.Actors)},
		{"relations.csv", len(d.Relations)}, {"statements.csv", len(d.Statements)},
		{"sentences.csv", len(d.Calls) + len(d.Events)}, {"sources.csv", len(d.Sources)}, {"csv-metadata.json", 1},
	} {
		name := file.name
		if file.rows == 0 {
			continue
		}
		downloads = append(downloads, app.Text(" "), app.A().Href("../data/"+name).Lang("en").Body(app.Text(name)))
	}
	if whole != "" {
		downloads = append(downloads, app.Text(" "), app.A().Href(whole).Download("").Body(app.Text(d.Words.OneFile)))
	}
	for _, p := range pictures {
		downloads = append(append(downloads, app.Text(" "), app.Br()), p.links(d)...)
	}
	if l := d.Licence; l.URL != "" {
		downloads = append(downloads, app.Text(" "),
			app.A().Href(l.URL).Rel("license noopener").Target("_blank").Body(app.Text(l.Name)))
	} else if l.Name != "" {
		downloads = append(downloads, app.Text(" "+l.Name))
	}
	return section(e, "sources").Body(append(
		heading("sources", d.Words.Sources, app.Text(d.Words.SourceLead)),
		app.Ol().Class("sources").Body(items...),
		app.P().Class("note downloads").Body(downloads...),
	)...)
}

func source(d *story.Document, s *story.Source) app.UI {
	where, on := el("span"), listed(s.Where, s.Date.Text)
	if s.URL != "" {
		where = el("a").Attr("href", s.URL).Attr("rel", "noopener").Attr("target", "_blank")
	}
	return app.Li().ID(address.Source.ID(s.ID)).Body(
		app.Span().Class("no").Body(app.Text(s.Digit)),
		app.Div().Body(join(
			one(where.Body(app.B().Body(app.Text(s.Publisher)), app.Text(" "+s.Subject))),
			when(on != "", app.Text(" "), app.Span().Class("on").Body(app.Text(on))),
			when(s.Quote != "", app.Text(" "), app.Span().Class("quote").Body(
				app.Text(d.Words.Quotes[0]),
				app.Bdi().Lang(s.QuoteLang).Dir(s.QuoteDir).Body(app.Text(s.Quote)),
				app.Text(d.Words.Quotes[1]))),
			when(s.StateMedia, app.Text(" "), app.Span().Class("note").Body(app.Text(d.Words.StateMedia))),
		)...),
	)
}
