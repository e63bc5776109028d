package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// NoticeHeight is the height of a notice in a frame that does not hear of it, in pixels.
const NoticeHeight = 320

// Notice is what every page of a withdrawn explainer shows: that it was withdrawn, when and why. successor is the
// address of what takes its place, relative to the page, "" for none. framed is for pages in frames.
func Notice(d *story.Document, successor string, framed bool) app.UI {
	w, class := d.Words.Notice, "notice"
	link := app.A().Href(successor).Dir(d.Withdrawn.Successor.Dir)
	if lang := d.Withdrawn.Successor.Lang; lang != "" {
		link = link.HrefLang(lang).Lang(lang)
	}
	if framed {
		class += " framed"
		link = link.Target("_blank")
	}
	return app.Div().ID("sharh").Class(class).Body(app.Main().ID("main").Body(join(
		[]app.UI{
			app.P().Class("kick").Body(app.Text(w["withdrawn"])),
			app.H1().Body(app.Text(d.Title)),
			app.P().Class("said").Body(app.Text(d.Withdrawn.Said)),
			app.P().Body(app.Text(d.Withdrawn.Reason)),
		},
		when(successor != "", app.P().Body(
			app.Text(w["instead"]+d.Words.Colon+" "), link.Body(app.Text(d.Withdrawn.Successor.Title)))),
	)...))
}

// Moved is what a page shows at an address that another page had before. Scripts and browsers lead on from it by
// themselves; where they may not, it is a link. title is the title of the other page, to its address.
func Moved(d *story.Document, title, to string) app.UI {
	return app.Div().ID("sharh").Body(app.Main().ID("main").Body(
		app.P().Body(app.Text(d.Words.Notice["moved"]+d.Words.Colon+" "), app.A().Href(to).Body(app.Text(title)))))
}
