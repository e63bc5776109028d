package ui

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Ledger lists every statement with speaker, kind and check. Once the page is live it can be filtered and searched.
type Ledger struct {
	app.Compo

	Doc  *story.Document
	Kind string
	Q    string
	Page *Page // holds the state

	left int // number of statements hidden, according to the text on the page
}

// OnInit rests before the ledger is mounted.
func (l *Ledger) OnInit() { browser.Rest() }

// Render draws the ledger. Statements that do not match are hidden, not removed, so their order and numbers stay.
func (l *Ledger) Render() app.UI {
	d := l.Doc
	w := &d.Words
	shows := reader.State{Kind: l.Kind, Q: l.Q}.Filter(l.Doc.Words.Folding, browser.NFKD)
	var items []app.UI
	found := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		match := shows(s)
		if match {
			found++
		}
		item := settled(el("li"), func(e app.HTMLElem) app.HTMLElem {
			return entry(e, d, s, against(d, []string{s.ID}, true)...)
		})
		if !match {
			item.Hidden(true)
		}
		items = append(items, item)
	}
	// Set the text directly instead of rendering it. A translator may have replaced the text by now; it notices a new text
	// and translates that too.
	if left := len(d.Statements) - found; left != l.left {
		l.left = left
		browser.SetText("found", w.Found[found])
	}
	return section(live("section"), "ledger").Body(
		opening(func() []app.UI { return heading("ledger", w.Ledger, app.Text(w.LedgerLead)) }),
		l.filters(found), live("ol").Class("ledger").Body(items...),
	)
}

// filters renders the fields without values, so that what the reader typed before Go started stays.
func (l *Ledger) filters(found int) app.UI {
	w := &l.Doc.Words
	return live("form").Class("filters").DataSet("wish", "1").DataSet("live", "1").
		Attr("role", "search").Attr("aria-labelledby", "ledger-title").On("submit", browser.PreventDefault).Body(
		caption("q", w.Search),
		app.ElemSelfClosing("input").DataSet("go", "1").Attr("type", "search").ID("q").Attr("name", "q").
			Attr("maxlength", reader.MaxQuery).Attr("autocomplete", "off").On("input", browser.Field("q", l.search)),
		caption("kind", w.KindFilter),
		settled(el("select"), func(e app.HTMLElem) app.HTMLElem {
			options := one(app.Option().Value("all").Body(app.Text(w.AllKinds)))
			for _, k := range story.Kinds {
				options = append(options, app.Option().Value(k).Body(app.Text(w.Kinds[k])))
			}
			return e.ID("kind").Attr("name", "kind").Body(options...)
		}).On("change", browser.Field("kind", l.ofKind)),
		settled(el("output"), func(e app.HTMLElem) app.HTMLElem {
			return e.ID("found").Attr("for", "q kind").Body(app.Text(w.Found[found]))
		}),
	)
}

func (l *Ledger) search(q string) { l.Page.set(l.Page.State.Search(q)) }

func (l *Ledger) ofKind(kind string) { l.Page.set(l.Page.State.OfKind(kind)) }

// verdict says how a statement checked out.
func verdict(d *story.Document, s *story.Statement) string {
	return cmp.Or(s.Verdict, d.Words.Checks[s.Check])
}

// entry draws a statement, with more below it.
func entry(e app.HTMLElem, d *story.Document, s *story.Statement, more ...app.UI) app.HTMLElem {
	return e.ID(address.Statement.ID(s.ID)).Class("entry").Body(
		app.Span().Class("no").Body(app.Text("§"+s.Digit)),
		app.Div().Body(join(
			one(app.P().Class("say").Body(append(ascribed(d, s.Kind, s.By, s.Date), app.Span().Body(app.Text(s.Text)))...)),
			one(app.P().Class("check c-"+s.Check).Body(join(
				one(app.Span().Class("verdict").Body(app.Text(verdict(d, s)))),
				when(len(s.Note) > 0, app.Text(" "), app.Span().Body(rich(d, s.Note)...)),
				cites(d, s.Sources, nil))...)),
			more,
		)...),
	)
}
