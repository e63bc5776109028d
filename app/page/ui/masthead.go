package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// Masthead is title, standfirst, dates and tools, and the key figures.
type Masthead struct {
	app.Compo

	Doc *story.Document
}

// Render draws the masthead.
func (m *Masthead) Render() app.UI {
	d := m.Doc
	return app.Header().Class("mast").Body(
		join(
			when(d.Kicker != "", app.P().Class("kick").Body(app.Text(d.Kicker))),
			one(app.H1().Body(app.Text(d.Title))),
			one(app.P().Class("stand").Body(rich(d, d.Standfirst)...)),
			one(app.Div().Class("meta").Body(
				app.P().Body(
					app.Text(d.Words.FactsAsOf+" "), date(d.FactsAsOf),
					app.Span().Class("sep").Body(app.Text(" · ")),
					app.Text(d.Reading),
				),
				m.tools(),
			)),
			when(len(d.Numbers) > 0, m.numbers()),
		)...,
	)
}

func (m *Masthead) tools() app.UI {
	d := m.Doc
	var tools []app.UI
	here := ""
	for _, l := range d.Languages {
		if l.Lang == d.Lang {
			here = l.Path
		}
	}
	// From en/ the way to the default language is ../
	up := strings.Repeat("../", strings.Count(here, "/"))
	for _, l := range d.Languages {
		if l.Lang == d.Lang {
			continue
		}
		href := up + l.Path
		if href == "" {
			href = "./"
		}
		tools = append(tools, app.A().Class("tool").Href(href).HrefLang(l.Lang).Lang(l.Lang).Dir(l.Dir).Body(app.Text(l.Name)))
	}
	var themes []app.UI
	for _, t := range []struct{ value, name string }{
		{"light", d.Words.ThemeLight}, {"dark", d.Words.ThemeDark}, {"auto", d.Words.ThemeAuto},
	} {
		themes = append(themes, app.Button().Type("button").DataSet("theme-choice", t.value).Body(app.Text(t.name)))
	}
	tools = append(tools, app.Div().Class("themes").Role("group").Aria("label", d.Words.Theme).Body(themes...))
	return app.Nav().Class("tools").Aria("label", d.Words.Tools).Body(tools...)
}

func (m *Masthead) numbers() app.UI {
	d := m.Doc
	var items []app.UI
	for _, n := range d.Numbers {
		items = append(items, app.Div().Body(
			app.Dt().Body(append(one(app.Text(n.Text)), cites(d, n.Sources, nil)...)...),
			app.Dd().Body(app.Text(n.Value)),
		))
	}
	return app.Dl().Class("nums").Aria("label", d.Words.KeyNumbers).Body(items...)
}

// KeyPoints are the three to five sentences that a hurried reader needs.
type KeyPoints struct {
	app.Compo

	Doc *story.Document
}

// Render draws the key points.
func (k *KeyPoints) Render() app.UI {
	var items []app.UI
	for _, s := range k.Doc.KeyPoints {
		items = append(items, app.Li().Body(sentence(k.Doc, s)...))
	}
	return app.Section().ID("key-points").Body(
		append(heading(k.Doc.Words.KeyPoints), app.Ul().Class("points").Body(items...))...,
	)
}
