package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/page/reader"
	"sharh/app/story"
	"sharh/app/story/address"
)

// against writes what stands against statements, a paragraph for each reading in which they are: if the reading rests
// on one of them, what was said against the reading; if one of them was said against it, the reading. The title of the
// reading comes first, since the two sides answer its question, and it may rest on more than what they disagree on.
// links tells whether the title is a link.
func against(d *story.Document, statements []string, links bool) []app.UI {
	var all []app.UI
	ours := func(id string) bool { return slices.Contains(statements, id) }
	for i := range d.Views {
		v := &d.Views[i]
		var body []app.UI
		say := func(word, by, text string) {
			if body == nil {
				body = one(app.Text(" "))
			}
			// Two texts may not be adjacent, so the space before the next one is in this one.
			body = append(body, el("b").Body(app.Text(word+d.Words.Comma+" "+by+d.Words.Colon)),
				app.Text(" "+text+" "))
		}
		rests, counters := slices.ContainsFunc(v.RestsOn, ours), false
		for _, c := range v.Counter {
			if rests {
				say(d.Words.Counter, reader.Speaker(d, c.By).Name, c.Text.Plain())
			}
			counters = counters || slices.ContainsFunc(c.Statements, ours)
		}
		if counters && !rests {
			say(d.Words.Against, readBy(d, v), v.Reading.Plain())
		}
		if body == nil {
			continue
		}
		title := el("span")
		if links {
			title = el("a").Attr("href", address.View.Fragment(v.ID))
		}
		all = append(all, el("p").Class("against").Body(append(one(title.Body(app.Text(v.Title))), body...)...))
	}
	return all
}
