package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/browser"
	"sharh/app/page/find"
	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// Finder is the search over everything: a field, and a list of results under it. The list covers the page and moves
// nothing.
type Finder struct {
	app.Compo

	Doc   *story.Document
	Depth *story.Depth // nil until it is loaded
	Q     string
	Open  bool   // whether results are shown
	All   string // the kind of item of which all results are shown, "" for none
	Page  *Page  // holds the state

	found string // the summary of results that was announced last
	ways  int    // number of links and buttons in the list
	at    int    // which of these has the focus, from 1; 0 for the field
}

// least is how many results of a kind are shown at first, most how many of a kind whose results are all asked for.
const least, most = 3, 60

// OnInit rests before the field is mounted.
func (f *Finder) OnInit() { browser.Rest() }

// Render draws the field and the results.
func (f *Finder) Render() app.UI {
	w := &f.Doc.Words
	list := live("div").Class("finds").ID("finds")
	var groups []find.Group
	if f.Open {
		groups = f.Page.find(f.Q)
	}
	f.ways = 0
	var parts []app.UI
	said := ""
	for _, g := range groups {
		said += w.Groups[g.Kind] + " " + digits(f.Doc, len(g.Found)) + w.Comma + " "
		parts = append(parts, f.group(g)...)
	}
	said = strings.TrimSuffix(said, w.Comma+" ")
	if f.Open && f.Depth != nil && len(groups) == 0 && strings.TrimSpace(f.Q) != "" {
		said = w.FindNone
		parts = one(el("p").Body(app.Text(said)))
	}
	if said != f.found {
		f.found = said
		browser.SetText("found", said)
	}
	form := built(live("form"), func(e app.HTMLElem) app.HTMLElem {
		return e.Class("filters finder").DataSet("wish", "1").DataSet("live", "1").
			Attr("role", "search").Attr("aria-label", w.Find)
	})
	return form.On("submit", browser.PreventDefault).
		On("keydown", browser.Key(f.key)).Body(
		settled(el("label"), func(e app.HTMLElem) app.HTMLElem {
			return e.Class("vh").Attr("for", "q").Body(app.Text(w.Find))
		}),
		built(app.ElemSelfClosing("input").DataSet("go", "1"), func(e app.HTMLElemSelfClosing) app.HTMLElemSelfClosing {
			return e.Attr("type", "search").ID("q").Attr("name", "q").
				Attr("maxlength", reader.MaxQuery).Attr("autocomplete", "off").Attr("placeholder", w.Find)
		}).On("input", browser.Field("q", f.search)).On("focus", browser.Field("q", f.search)),
		settled(el("output"), func(e app.HTMLElem) app.HTMLElem { return e.Class("vh").ID("found").Attr("for", "q") }),
		list.Hidden(len(parts) == 0).On("click", browser.Followed(f.Page.shut)).Body(parts...),
	)
}

// group has a heading and the results of one kind.
func (f *Finder) group(g find.Group) []app.UI {
	shown := g.Found
	if f.All != g.Kind {
		shown = shown[:min(least, len(shown))]
	} else {
		shown = shown[:min(most, len(shown))]
	}
	var items []app.UI
	for _, m := range shown {
		f.ways++
		text := m.Around()
		items = append(items, el("li").Body(f.way(&m).ID("find-"+strconv.Itoa(f.ways)).Body(join(
			one(el("b").Body(marked(m.Heading())...)),
			when(len(text) > 0, app.Text(" "), el("span").Body(marked(text)...)),
		)...)))
	}
	if left := len(g.Found) - len(shown); left > 0 && f.All != g.Kind {
		f.ways++
		kind := g.Kind
		button := el("button").Attr("type", "button").ID("find-"+strconv.Itoa(f.ways)).DataSet("kind", kind).
			Body(app.Text(f.Doc.Words.FindAll+" ("+digits(f.Doc, len(g.Found))+")")).
			On("click", browser.Pressed(func() { f.Page.findAll = kind }), app.EventScope(kind))
		items = append(items, el("li").Body(button))
	}
	return []app.UI{
		el("h3").Body(app.Text(f.Doc.Words.Groups[g.Kind])),
		el("ul").Class("plain").Body(items...),
	}
}

// way is the link to a result. An item on this page is chosen there, a statement or relation opens its card, and
// everything else is on the evidence page.
func (f *Finder) way(m *find.Match) app.HTMLElem {
	a := el("a")
	kind := address.Named(m.Kind)
	if mark := f.mark(kind, m.ID); mark > 0 {
		a.DataSet("mark", mark)
	}
	to := kind.Fragment(m.ID)
	if address.OnEvidence(to) {
		to = f.Page.Part.Where(to)
	}
	return a.Attr("href", to)
}

// mark returns the number of the mark of a statement or relation, 0 if it has none.
func (f *Finder) mark(kind address.Kind, id string) int {
	switch kind {
	case address.Statement:
		for i := range f.Doc.Attributions {
			if said := f.Doc.Attributions[i].Statements; len(said) == 1 && said[0] == id {
				return i + 1
			}
		}
	case address.Relation:
		for i := range f.Doc.Relations {
			if r := &f.Doc.Relations[i]; r.ID == id {
				return r.Said.Mark
			}
		}
	}
	return 0
}

// marked draws the pieces of a text, with the hits highlighted.
func marked(pieces []find.Piece) []app.UI {
	var all []app.UI
	for _, p := range pieces {
		if p.Hit {
			// Do not highlight the space before it.
			text := strings.TrimPrefix(p.Text, " ")
			all = append(all, el("mark").Body(app.Text(text)))
		} else {
			all = append(all, app.Text(p.Text))
		}
	}
	return all
}

// digits writes a number in the digits of the language.
func digits(d *story.Document, n int) string {
	own := []rune(d.Words.Digits)
	text := []rune(strconv.Itoa(n))
	for i, r := range text {
		if len(own) == 10 {
			text[i] = own[r-'0']
		}
	}
	return string(text)
}

// key handles the keys of the list: arrows move through it, Enter follows the first result, Escape closes the list.
func (f *Finder) key(key string) bool {
	if !f.Open {
		return false
	}
	var to int
	switch key {
	case "ArrowDown":
		to = min(f.at+1, f.ways)
	case "ArrowUp":
		to = max(f.at-1, 0)
	case "Enter":
		if f.at > 0 || f.ways == 0 {
			return false // the browser follows the focused link
		}
		browser.Click("find-1")
		return true
	case "Escape":
		f.at = 0
		browser.Focus("q")
		f.Page.shut()
		return true
	default:
		return false
	}
	if f.at = to; to == 0 {
		browser.Focus("q")
	} else {
		browser.Focus("find-" + strconv.Itoa(to))
	}
	return true
}

func (f *Finder) search(q string) {
	f.at = 0
	f.Page.finding, f.Page.findAll = true, ""
	f.Page.set(f.Page.State.Search(q))
}

// shut closes the list of results. The search text stays in the field.
func (p *Page) shut() { p.finding, p.findAll = false, "" }

// find returns the results of a search, none before the story's depth is loaded.
func (p *Page) find(q string) []find.Group {
	if p.depth == nil || strings.TrimSpace(q) == "" {
		return nil
	}
	if p.index == nil {
		p.index = p.newIndex(func() {}) // the reader is quicker than the page
	}
	return p.index.Find(q)
}

func (p *Page) newIndex(rest func()) *find.Index {
	return find.New(p.depth.Items, p.Doc.Words.Folding, browser.NFKD, rest)
}
