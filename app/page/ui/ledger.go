package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
)

// Ledger lists every statement with speaker, kind and check. Once live it can be filtered and searched.
type Ledger struct {
	app.Compo

	Doc  *story.Document
	Kind string
	Q    string
	Page *Page // holds the state
}

// Render draws the ledger. Statements that do not match are hidden, not left out: their order and number stay.
func (l *Ledger) Render() app.UI {
	d := l.Doc
	w := &d.Words
	state := reader.State{Kind: l.Kind, Q: l.Q}
	var items []app.UI
	found := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		match := state.Match(s, d)
		if match {
			found++
		}
		items = append(items, l.entry(s, match))
	}
	return app.Section().ID("ledger").Body(join(
		heading(w.Ledger, app.Text(w.LedgerLead)),
		one(l.filters(found)),
		one(app.Ol().Class("ledger").Body(items...)),
	)...)
}

func (l *Ledger) filters(found int) app.UI {
	w := &l.Doc.Words
	// No field is rendered with its value: what the reader typed before Go came stays.
	options := one(app.Option().Value("all").Body(app.Text(w.AllKinds)))
	for _, k := range story.Kinds {
		options = append(options, app.Option().Value(k).Body(app.Text(w.Kinds[k])))
	}
	return app.Form().Class("filters").DataSet("wish", "1").Role("search").OnSubmit(l.onSubmit).Body(
		app.Label().For("q").Body(app.Text(w.Search)),
		app.Input().Type("search").ID("q").Name("q").MaxLength(reader.MaxQuery).AutoComplete(false).OnInput(l.onSearch),
		app.Label().For("kind").Body(app.Text(w.KindFilter)),
		app.Select().ID("kind").Name("kind").OnChange(l.onKind).Body(options...),
		app.Output().For("q kind").Body(app.Text(w.Found[found])),
	)
}

func (l *Ledger) onSearch(ctx app.Context, e app.Event) {
	l.Page.set(l.Page.State.Search(ctx.JSSrc().Get("value").String()))
}

func (l *Ledger) onKind(ctx app.Context, e app.Event) {
	l.Page.set(l.Page.State.OfKind(ctx.JSSrc().Get("value").String()))
}

func (l *Ledger) onSubmit(ctx app.Context, e app.Event) { e.PreventDefault() }

func (l *Ledger) entry(s *story.Statement, match bool) app.UI {
	d := l.Doc
	item := app.Li().ID("statement-" + s.ID).Class("entry").TabIndex(-1)
	if !match {
		item.Hidden(true)
	}
	return item.Body(
		app.Span().Class("no").Body(app.Text("§"+s.Digit)),
		app.Div().Body(join(
			one(app.P().Class("say").Body(mark(d, s.Kind, s.By), app.Span().Body(app.Text(" "+s.Text)))),
			one(app.P().Class("check c-"+s.Check).Body(join(
				one(app.Span().Class("verdict").Body(app.Text(d.Words.Checks[s.Check]))),
				when(len(s.Note) > 0, app.Text(" "), app.Span().Body(rich(d, s.Note)...)),
				cites(d, s.Sources, nil))...)),
		)...),
	)
}
