package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

const svgNamespace = "http://www.w3.org/2000/svg"

// el makes an element. The client uses it instead of app.Div() and the like, because each of their types would add its
// hundred methods to the program.
func el(tag string) app.HTMLElem { return app.Elem(tag) }

// live makes an element that the client mounts; parts of its content may be settled. takeover.js finds the element by
// its mark (data-go), whatever extensions have put beside it.
func live(tag string) app.HTMLElem { return markLive(el(tag)) }

func liveSVG(tag string) app.HTMLElem { return markLive(svg(tag)) }

// markLive gives an element the mark of live elements, data-go.
func markLive(e app.HTMLElem) app.HTMLElem {
	return built(e, func(e app.HTMLElem) app.HTMLElem { return e.DataSet("go", "1") })
}

// settled makes an element that never changes after it was built, except for attributes that are set on the returned
// element. build adds its other attributes and its content. The client neither runs nor contains build, and takeover.js
// skips the content. So the client mounts a few hundred nodes instead of ten thousand.
func settled(e app.HTMLElem, build func(e app.HTMLElem) app.HTMLElem) app.HTMLElem {
	return built(e, func(e app.HTMLElem) app.HTMLElem { return build(e).DataSet("settled", "1") })
}

// built adds attributes that never change to an element whose content may change.
func built[E app.UI](e E, build func(e E) E) E {
	if app.IsClient || asClient {
		return e
	}
	return build(e)
}

// asClient lets tests draw what the client draws. In the client itself it has no effect, because IsClient is a
// constant.
var asClient bool

// svg makes an SVG element. go-app sets a namespace only if told to, for each element.
func svg(tag string) app.HTMLElem { return app.Elem(tag).XMLNS(svgNamespace) }

// num writes a coordinate of a figure.
func num(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func rect(r story.Rect) app.HTMLElem {
	return svg("rect").Attr("x", num(r.X)).Attr("y", num(r.Y)).Attr("width", num(r.W)).Attr("height", num(r.H))
}

func line(l story.Line) app.HTMLElem {
	return svg("line").Attr("x1", num(l.X1)).Attr("y1", num(l.Y1)).Attr("x2", num(l.X2)).Attr("y2", num(l.Y2))
}

func path(d string) app.HTMLElem { return svg("path").Attr("d", d) }

// label writes a text on a figure. Anchors of SVG follow the direction of the text, but those of the story are
// physical, so it converts them.
func label(l story.Label, dir string) app.HTMLElem {
	t := svg("text").Attr("x", num(l.X)).Attr("y", num(l.Y)).Body(app.Text(l.Text))
	if l.Anchor == "left" == (dir == "ltr") && l.Anchor != "" {
		return t.Class("start")
	}
	if l.Anchor != "" {
		return t.Class("end")
	}
	return t
}

// figure is an SVG drawing with live parts.
func figure(class string, width, height float64, title string) app.HTMLElem {
	return built(liveSVG("svg"), func(e app.HTMLElem) app.HTMLElem {
		return e.Class(class).Attr("viewBox", "0 0 "+num(width)+" "+num(height)).
			Attr("role", "group").Attr("aria-label", title)
	})
}

// caption is the label of the field with an id.
func caption(of, text string) app.UI {
	return settled(el("label"), func(e app.HTMLElem) app.HTMLElem { return e.Attr("for", of).Body(app.Text(text)) })
}

// when returns the elements if ok, otherwise nil. Unlike app.If it adds no node to the tree.
func when(ok bool, elements ...app.UI) []app.UI {
	if !ok {
		return nil
	}
	return elements
}

// join flattens lists of elements.
func join(parts ...[]app.UI) []app.UI {
	var all []app.UI
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func one(v app.UI) []app.UI { return []app.UI{v} }

// current marks an item as chosen. boot.js sets the same attribute.
func current(e app.HTMLElem, ok bool) app.HTMLElem {
	if ok {
		e.Attr("aria-current", "true")
	}
	return e
}

// hideUnless hides an item unless it is shown. The browser's own search still finds it, and boot.js shows it when it is
// chosen. The client never renders this attribute.
func hideUnless(e app.HTMLElem, shown bool) app.HTMLElem {
	if !shown {
		e.Attr("hidden", "until-found")
	}
	return e
}

func callID(n int) string { return address.Call.ID(strconv.Itoa(n)) }

// date writes a <time>.
func date(d story.Date) app.UI { return app.Time().DateTime(d.ISO).Body(app.Text(d.Text)) }
