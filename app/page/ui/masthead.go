package ui

import (
	"cmp"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// masthead has title, standfirst, dates and tools.
func masthead(e app.HTMLElem, d *story.Document) app.HTMLElem {
	return e.Class("mast").Body(
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
				tools(d, ""),
			)),
			pictured(d, &d.Picture, true),
		)...,
	)
}

// turned is the address of a page in another language, relative to the page.
func turned(d *story.Document, item string, l story.Language) string {
	// From en/ the way to the default language is ../
	return cmp.Or(strings.Repeat("../", strings.Count(d.Path()+item, "/"))+l.Path+item, "./")
}

// Next are the addresses, relative to a part's page and in its order, that readers go to from there: the same page in
// other languages, and the evidence.
func Next(d *story.Document, part Part) []string {
	var all []string
	for _, l := range d.Languages {
		if l.Lang != d.Lang {
			all = append(all, turned(d, part.Path(), l))
		}
	}
	if part == Whole {
		all = append(all, Evidence.Path())
	}
	return all
}

// tools has the other languages of the page, the theme, saving and sharing. item is the path of the page in the
// explainer's folder, "" or "call/3/".
func tools(d *story.Document, item string) app.UI {
	var tools []app.UI
	for _, l := range d.Languages {
		if l.Lang != d.Lang {
			tools = append(tools, app.A().Class("tool").Href(turned(d, item, l)).
				HrefLang(l.Lang).Lang(l.Lang).Dir(l.Dir).Body(app.Text(l.Name)))
		}
	}
	theme := app.Button().Type("button").Class("tool theme").DataSet("theme-button", "1").
		Body(app.Text(d.Words.Theme + d.Words.Colon + " " + d.Words.ThemeAuto))
	for name, word := range map[string]string{
		"auto": d.Words.ThemeAuto, "light": d.Words.ThemeLight, "dark": d.Words.ThemeDark,
	} {
		theme.DataSet(name, d.Words.Theme+d.Words.Colon+" "+word) // boot.js writes the current theme
	}
	tools = append(tools, theme)
	if item == "" {
		// boot.js shows it if saving can work.
		tools = append(tools, app.Button().Type("button").Class("tool").DataSet("save", "1").
			Body(app.Text(d.Words.SaveOffline)))
	}
	tools = append(tools, app.Button().Type("button").Class("tool").DataSet("dialog", "1").Body(app.Text(d.Words.Share)))
	return app.Nav().Class("tools").Aria("label", d.Words.Tools).Body(tools...)
}

func keyNumbers(d *story.Document) app.UI {
	var items []app.UI
	for _, n := range d.Numbers {
		items = append(items, app.Div().Body(
			app.Dt().Body(append(one(app.Text(n.Text)), sign(d, n.Mark)...)...),
			app.Dd().Body(app.Text(n.Value)),
		))
	}
	return app.Dl().Class("nums").Aria("label", d.Words.KeyNumbers).Body(items...)
}

// keyPoints are the three to five sentences that a hurried reader needs.
func keyPoints(e app.HTMLElem, d *story.Document) app.HTMLElem {
	if len(d.KeyPoints) == 0 {
		return e.ID("key-points").Hidden(true)
	}
	var items []app.UI
	for _, s := range d.KeyPoints {
		items = append(items, app.Li().Body(sentence(d, s)...))
	}
	return section(e, "key-points").Body(
		append(heading("key-points", d.Words.KeyPoints), app.Ul().Class("points").Body(items...))...,
	)
}

// signs explains the marks at the end of sentences, and has the button that writes them out.
func signs(d *story.Document) app.UI {
	var kinds []app.UI
	for _, k := range story.Kinds {
		kinds = append(kinds, app.Span().Class("m m-"+k).Body(app.Text(d.Words.Kinds[k])), app.Text(" "))
	}
	kinds = append(kinds, app.Span().Class("m m-source").Body(app.Text(d.Words.CiteSource)))
	return app.Div().Class("signs").Body(
		app.P().Body(append(one(app.Text(d.Words.Marks+d.Words.Colon+" ")), kinds...)...),
		app.Button().Type("button").Class("tool").DataSet("marks-button", "1").Attr("aria-pressed", "false").
			Body(app.Text(d.Words.MarksFull)),
	)
}
