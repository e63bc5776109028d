package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// ScenesPath is the folder of the sheet with all scenes, within the folder of the explainer.
const ScenesPath = "scenes/"

// Drawn is a scene on the sheet of all scenes.
type Drawn struct {
	ID    string // of its element: that of the item it belongs to
	Title string
	Scene *story.Scene
	Forms []story.Form // in which readers see it
}

// Scenes returns every scene that readers of a story can see.
func Scenes(d *story.Document) (all []Drawn) {
	add := func(id, title string, s *story.Scene, forms ...story.Form) {
		if s != nil && len(s.Actors) > 0 {
			all = append(all, Drawn{id, title, s, forms})
		}
	}
	add("map", d.Map.Title, &d.Map.Core, story.Wide, story.Narrow, story.Small)
	for _, i := range Items(d) {
		kind, id := i.named()
		switch {
		case i.Step != nil:
			add(kind.ID(id), i.Step.Name+d.Words.Colon+" "+i.Title(), &i.Step.Scene, story.Small)
		case i.Call != nil:
			add(kind.ID(id), i.Title(), d.Map.Scene(story.SceneKey(story.CallScene, id)), story.Wide, story.Narrow)
		case i.View != nil:
			add(kind.ID(id), i.Title(), d.Map.Scene(story.SceneKey(story.ViewScene, id)), story.Wide, story.Narrow)
		default:
			add(kind.ID(id), i.Title(), d.Map.Scene(story.SceneKey(story.ActorScene, id)), story.Wide, story.Narrow)
		}
	}
	add("whole", d.Words.WholeMap, d.Map.Scene(story.SceneKey(story.WholeScene, "")), story.Wide, story.Narrow)
	return all
}

// SceneSheet draws every scene of a story on one page, for those who write it.
func SceneSheet(d *story.Document) app.UI {
	var all []app.UI
	for _, x := range Scenes(d) {
		body := one(app.H2().Body(app.A().Href("#" + x.ID).Body(app.Text(x.Title))))
		for _, f := range x.Forms {
			l := x.Scene.In(f)
			var nodes []app.UI
			for n, i := range x.Scene.Actors {
				nodes = append(nodes, node(svg("g"), d, i, l.Nodes[n], f))
			}
			body = append(body, app.Figure().Class("sheet-"+string(f)).Body(
				svg("svg").Attr("viewBox", "0 0 "+num(l.Width)+" "+num(l.Height)).Attr("role", "img").
					Attr("aria-label", strings.Join(sentencesOf(d, x.Scene), d.Words.Comma+" ")).
					Body(drawing{scene: x.Scene, form: f, prefix: x.ID + "-", nodes: nodes}.network(d)...)))
		}
		all = append(all, app.Section().ID(x.ID).Class("drawn").Body(body...))
	}
	return app.Div().ID("sharh").Class("sheet").Body(
		app.Header().Class("mast").Body(
			app.H1().Body(app.A().Href("../").Body(app.Text(d.Title))),
			app.P().Class("stand").Body(app.Text(d.Map.Title))),
		app.Main().ID("main").Body(all...),
	)
}
