package ui

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
)

// How wide pictures are shown, so that a browser loads no larger form than it needs.
const (
	wideSizes     = "(min-width:50rem) 46rem, 100vw"
	stepSizes     = "(min-width:60rem) 38rem, 24rem"
	portraitSizes = "6rem"
)

// pictured is a picture with what is said of it, nothing for none. eager is true for one that readers see first.
func pictured(d *story.Document, p *story.Picture, eager bool) []app.UI {
	if len(p.Forms) == 0 {
		return nil
	}
	return one(figureOf(d, p, eager))
}

// figureOf is pictured for a picture that is there. Where a story is drawn before its pictures were made, they have
// only their captions.
func figureOf(d *story.Document, p *story.Picture, eager bool) app.UI {
	if len(p.Forms) == 0 {
		return app.Figure().Class("pic").Body(captionOf(d, p)...)
	}
	class := "pic"
	if last := p.Forms[len(p.Forms)-1]; last.Height > last.Width {
		class += " tall"
	}
	shown := image(p, wideSizes, eager)
	return app.Figure().Class(class).Body(append(one(toVideo(d, p, shown)), captionOf(d, p)...)...)
}

// image is a picture in all of its forms. Its size is known before it is loaded, so that nothing moves.
func image(p *story.Picture, sizes string, eager bool) app.UI {
	var sources []app.UI
	last := p.Forms[len(p.Forms)-1]
	var set []string
	for _, f := range p.Forms {
		if f.Type != last.Type {
			set = append(set, f.Path+" "+strconv.Itoa(f.Width)+"w")
		}
	}
	if set != nil {
		sources = one(app.ElemSelfClosing("source").Attr("type", p.Forms[0].Type).
			Attr("srcset", strings.Join(set, ", ")).Attr("sizes", sizes))
	}
	img := app.Img().Src(last.Path).Alt(p.Alt).Width(last.Width).Height(last.Height).Attr("decoding", "async")
	if !eager {
		img.Attr("loading", "lazy")
	}
	return el("picture").Body(append(sources, img)...)
}

// toVideo makes a picture that stands for a video lead to it.
func toVideo(d *story.Document, p *story.Picture, shown app.UI) app.UI {
	if p.Video == "" {
		return shown
	}
	host := p.Video
	if u, err := url.Parse(p.Video); err == nil && u.Host != "" {
		host = strings.TrimPrefix(u.Host, "www.")
	}
	return away(p.Video).Class("video").Body(
		shown, app.Span().Body(app.Text(d.Words.Video+d.Words.Colon+" "), app.Bdi().Body(app.Text(host))))
}

// away is a link to another site.
func away(to string) app.HTMLA { return app.A().Href(to).Rel("noopener").Target("_blank") }

// captionOf is the text under a picture: what it shows, whose it is, and its licence.
func captionOf(d *story.Document, p *story.Picture) []app.UI {
	return one(app.FigCaption().Body(join(
		when(len(p.Caption) > 0, app.Span().Body(rich(d, p.Caption)...), app.Text(" ")),
		one(credit(d, p)),
	)...))
}

// Credit says whose a picture is, and under which licence it is shown.
func Credit(d *story.Document, p *story.Picture) string {
	return d.Words.Picture + d.Words.Colon + " " + listed(p.Credit, p.Licence)
}

// credit is Credit, with a link to the page where the picture comes from.
func credit(d *story.Document, p *story.Picture) app.UI {
	said := app.Text(Credit(d, p))
	if p.Link == "" {
		return app.Span().Class("credit").Body(said)
	}
	return app.Span().Class("credit").Body(away(p.Link).Body(said))
}

// portrait is a square picture beside a name, nothing for none.
func portrait(d *story.Document, p *story.Picture) []app.UI {
	if len(p.Forms) == 0 {
		return nil
	}
	return one(app.Figure().Class("portrait").Body(image(p, portraitSizes, false), app.FigCaption().Body(credit(d, p))))
}

// stepPicture is a picture in place of the figure of a step.
func stepPicture(d *story.Document, p *story.Picture, eager bool) app.UI {
	shown := toVideo(d, p, image(p, stepSizes, eager))
	return app.Figure().Class("still photo").Body(append(one(shown), captionOf(d, p)...)...)
}
