package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

// evidence draws the evidence page: all statements, relations as text, sources, method and changes.
func (p *Page) evidence() app.UI {
	d := p.Doc
	return p.root().Class("evidence").DataSet("part", string(p.Part)).Body(append([]app.UI{
		settled(el("header"), func(e app.HTMLElem) app.HTMLElem { return evidenceHeader(e, d) }),
		live("main").ID("main").Body(p.everything()...),
	}, notices(d)...)...)
}

// everything returns the sections of the evidence page.
func (p *Page) everything() []app.UI {
	d := p.Doc
	return append(when(len(d.Statements) > 0, &Ledger{Doc: d, Kind: p.State.Kind, Q: p.State.Q, Page: p}), []app.UI{
		settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return relationsInText(e, d) }),
		settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return sources(e, d, p.OneFile, p.Pictures) }),
		settled(el("section"), func(e app.HTMLElem) app.HTMLElem { return about(e, d) }),
	}...)
}

func evidenceHeader(e app.HTMLElem, d *story.Document) app.HTMLElem {
	w := &d.Words
	var ways []app.UI
	for _, s := range []struct{ id, name string }{
		{"ledger", w.Ledger}, {"relations", w.Twin}, {"sources", w.Sources}, {"about", w.Method},
	} {
		if s.id == "ledger" && len(d.Statements) == 0 || s.id == "relations" && len(d.Relations) == 0 ||
			s.id == "about" && !hasAbout(d) {
			continue
		}
		ways = append(ways, app.Li().Body(app.A().Href("#"+s.id).Body(app.Text(s.name))))
	}
	return e.Class("mast").Body(
		app.A().Class("skip").Href("#main").Body(app.Text(w.SkipToArticle)),
		app.P().Class("back").Body(app.A().Href(Evidence.Up()).Body(app.Text(d.Title))),
		app.H1().Body(app.Text(w.Evidence)),
		app.P().Class("stand").Body(app.Text(w.EvidenceLead)),
		app.Div().Class("meta").Body(
			app.P().Body(app.Text(w.FactsAsOf+" "), date(d.FactsAsOf)),
			tools(d, Evidence.Path())),
		app.Nav().Class("ways").Aria("label", w.Evidence).Body(app.Ul().Class("plain").Body(ways...)),
	)
}

// relationsInText writes every relation of the map as sentences, grouped by the acting actor.
func relationsInText(e app.HTMLElem, d *story.Document) app.HTMLElem {
	if len(d.Relations) == 0 {
		return e.ID("relations").Hidden(true)
	}
	var list []app.UI
	for i := range d.Actors {
		a := &d.Actors[i]
		var acts []app.UI
		for j := range d.Relations {
			if r := &d.Relations[j]; r.From == a.ID {
				acts = append(acts, app.Li().ID(address.Relation.ID(r.ID)).
					Body(app.P().Class("act").Body(act(d, r, a.ID)...), told(d, r.Said)))
			}
		}
		if len(acts) == 0 {
			continue
		}
		what := d.Words.Shapes[a.Shape]
		if camp := campName(d, a.Camp); camp != "" {
			what += " · " + camp
		}
		list = append(list, app.Article().Class("card t-"+d.Tone(a.Camp)).Body(
			app.H3().Body(dot(d.Tone(a.Camp)), app.Text(a.Name)),
			app.P().Class("role").Body(append([]app.UI{
				app.Span().Class("shape").Body(app.Text(what)), app.Text(" "), app.Span().Body(app.Text(a.Role)),
			}, cites(d, a.Sources, a.Statements)...)...),
			app.Ul().Class("acts").Body(acts...)))
	}
	return section(e, "relations").Body(append(
		heading("relations", d.Words.Twin, app.Text(d.Words.TwinLead)), app.Div().Class("cards").Body(list...))...)
}

// wayToEvidence is the section of the explainer's page that links to the evidence page.
func wayToEvidence(e app.HTMLElem, d *story.Document) app.HTMLElem {
	return section(e, "evidence").Class("way").Body(
		app.H2().ID("evidence-title").Body(app.A().Href(Evidence.Path()).Body(app.Text(d.Words.Evidence))),
		app.P().Class("lead").Body(app.Text(d.Words.EvidenceLead)),
	)
}
