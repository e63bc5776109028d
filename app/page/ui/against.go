package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// contrary is what somebody says that stands against a statement.
type contrary struct {
	by, text string
	view     *story.View // the reading in which the two stand side by side
}

// contraries are what stands against statements: if a reading rests on one of them, what was said against that
// reading; if one of them was said against a reading, that reading.
func contraries(d *story.Document, statements []string) []contrary {
	var all []contrary
	ours := func(id string) bool { return slices.Contains(statements, id) }
	for i := range d.Views {
		v := &d.Views[i]
		rests, counters := slices.ContainsFunc(v.RestsOn, ours), false
		for _, c := range v.Counter {
			if rests {
				all = append(all, contrary{reader.Speaker(d, c.By).Name, c.Text.Plain(), v})
			}
			counters = counters || slices.ContainsFunc(c.Statements, ours)
		}
		if counters && !rests {
			all = append(all, contrary{readBy(d, v), v.Reading.Plain(), v})
		}
	}
	return all
}

// against writes what stands against statements, with links to the readings or without.
func against(d *story.Document, statements []string, links bool) []app.UI {
	var all []app.UI
	for _, c := range contraries(d, statements) {
		body := []app.UI{el("b").Body(app.Text(d.Words.Counter + d.Words.Comma + " " + c.by + d.Words.Colon))}
		if links {
			body = append(body, app.Text(" "+c.text+" "),
				el("a").Attr("href", address.View.Fragment(c.view.ID)).Body(app.Text(c.view.Title)))
		} else {
			body = append(body, app.Text(" "+c.text))
		}
		all = append(all, el("p").Class("against").Body(body...))
	}
	return all
}
