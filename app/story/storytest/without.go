package storytest

import (
	"slices"

	"sharh/app/story"
)

// Without removes from a story a part that not every story has.
var Without = map[string]func(*story.Document){
	"calls": func(d *story.Document) {
		d.Calls, d.Timeline.Open, d.Timeline.Strip = nil, 0, story.Axis{}
		d.Timeline.Wide.Bars, d.Timeline.Tall.Bars = nil, nil
		withoutSteps(d, func(s story.Step) bool { return s.Call != 0 })
		for i := range d.Steps {
			d.Steps[i].Figure.Bars = nil
		}
	},
	"calls and events": func(d *story.Document) {
		d.Calls, d.Events, d.Timeline = nil, nil, story.Timeline{Title: d.Timeline.Title}
		withoutSteps(d, func(s story.Step) bool { return s.Call != 0 || s.Event != "" })
	},
	"events but updates": func(d *story.Document) {
		for i := range d.Events {
			d.Events[i].After = true
		}
	},
	"a map": func(d *story.Document) {
		d.Actors, d.Relations, d.Map = nil, nil, story.Map{Title: d.Map.Title}
		for i := range d.Calls {
			d.Calls[i].Actors = nil
		}
		withoutSteps(d, func(s story.Step) bool { return len(s.Scene.Actors) > 0 })
	},
	"steps":      func(d *story.Document) { d.Steps = nil },
	"statements": func(d *story.Document) { d.Statements, d.Words.Found = nil, d.Words.Found[:1] },
	"views":      func(d *story.Document) { d.Views = nil },
	"camps":      func(d *story.Document) { d.Camps = nil },
	"method":     func(d *story.Document) { d.Method, d.Terms, d.Changes = nil, nil, nil },
	// Only the fields that every story must have remain.
	"anything": func(d *story.Document) {
		*d = story.Document{
			Format: d.Format, Slug: d.Slug, Lang: d.Lang, Dir: d.Dir, Languages: d.Languages, Words: d.Words,
			Title: d.Title, Standfirst: d.Standfirst, Summary: d.Summary, FactsAsOf: d.FactsAsOf, Reading: d.Reading,
			Timeline: story.Timeline{Title: d.Timeline.Title}, Map: story.Map{Title: d.Map.Title},
		}
		d.Words.Found = d.Words.Found[:1]
	},
}

// withoutSteps removes the steps that show a part removed from the story.
func withoutSteps(d *story.Document, shows func(story.Step) bool) {
	d.Steps = slices.DeleteFunc(d.Steps, shows)
}
