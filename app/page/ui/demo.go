package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// Demo is an example of a publisher's page with the explainer in it: embedded by the loader, controlled by links in the
// text, and as a plain frame. explainer is the address of the explainer's page, loader that of embed.js.
func Demo(d *story.Document, explainer, loader string) app.UI {
	w := d.Words.Demo
	text := func(name string) app.UI { return app.P().Body(app.Text(w[name])) }
	pre := func(code string) app.UI { return app.Pre().Dir("ltr").Body(app.Text(code)) }
	height := strconv.Itoa(EmbedTall)
	shown := "…/" + strings.TrimLeft(explainer, "./")

	// The article, with the embed that embed.js loads.
	var body []app.UI
	for i := range d.Steps {
		if i < 2 {
			body = append(body, app.P().Body(sentencesIn(d, d.Steps[i].Sentences)...))
		}
	}
	for i, s := range d.KeyPoints {
		if i < 2 {
			body = append(body, app.P().Body(sentence(d, s)...))
		}
	}
	body = append(body,
		app.A().Class("sharh-embed").ID("explainer").Href(explainer+Embed.Path()).DataSet("height", height).
			Body(app.Text(d.Title)),
		text("loader"),
		pre(code("loader", "{page}", shown+Embed.Path(), "{options}", "",
			"{height}", height, "{title}", d.Title, "{loader}", "…/embed.js")))

	// Links that control the embed.
	steered := func(item, href, name string) app.UI {
		return app.Li().Body(app.A().Href(href).
			DataSet("sharh-select", item).DataSet("sharh-for", "explainer").Body(app.Text(name)))
	}
	var items []app.UI
	for _, i := range Items(d) {
		kind, id := i.named()
		items = append(items, steered(kind.ID(id), explainer+i.Path(), i.Title()))
		if i.View != nil { // one view is enough
			break
		}
	}
	if len(items) > 0 {
		body = append(body,
			app.H2().Body(app.Text(w["steer_title"])), text("steer"), app.Ul().Body(items...),
			app.P().Body(app.Text(w["heard"]+d.Words.Colon+" "), app.Output().ID("heard").Dir("ltr").Body(app.Text("–"))),
			pre(`<a href="…" data-sharh-select="call-3" data-sharh-for="explainer">…</a>`+"\n"+
				`addEventListener("sharh:select", (e) => console.log(e.detail.item));`))
	}

	// A plain frame.
	parts := EmbedParts(d)
	part := parts[len(parts)-1]
	body = append(body,
		app.H2().Body(app.Text(w["frame_title"])), text("frame"),
		app.IFrame().Src(explainer+part.Path()).Title(part.Name(d)+" · "+d.Title).Loading("lazy").Height(EmbedTall),
		pre(code("frame", "{src}", shown+part.Path(), "{title}", "…", "{height}", height)))

	return app.Div().ID("sharh").Class("demo").Body(
		app.Header().Class("mast").Body(
			app.P().Class("kick").Body(app.Text(w["kicker"])),
			app.H1().Body(app.Text(d.Title)),
			app.P().Class("stand").Body(app.Text(w["lead"]))),
		app.Main().ID("main").Body(body...),
		app.Script().Async(true).Src(loader),
	)
}
