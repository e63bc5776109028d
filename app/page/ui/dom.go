package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sharh/app/story"
	"sharh/app/story/address"
)

const svgNamespace = "http://www.w3.org/2000/svg"

// el makes an element. The client names its elements so, not by app.Div() and the like: each type of those would bring
// its hundred methods along.
func el(tag string) app.HTMLElem { return app.Elem(tag) }

// live is an element that the client mounts, around parts that may be settled. takeover.js finds it in the page by its
// mark, whatever others have put beside it.
func live(tag string) app.HTMLElem { return goes(el(tag)) }

func liveSVG(tag string) app.HTMLElem { return goes(svg(tag)) }

// goes gives an element the mark of those that are live.
func goes(e app.HTMLElem) app.HTMLElem {
	return built(e, func(e app.HTMLElem) app.HTMLElem { return e.DataSet("go", "1") })
}

// settled is an element of which nothing changes once it is built, but what is set on the returned element. build gives
// it its attributes and its inside; in the client it never runs and is not even compiled in, and takeover.js passes
// over what is in the page. So the client holds a few hundred nodes instead of ten thousand.
func settled(e app.HTMLElem, build func(e app.HTMLElem) app.HTMLElem) app.HTMLElem {
	return built(e, func(e app.HTMLElem) app.HTMLElem { return build(e).DataSet("settled", "1") })
}

// built is an element with attributes that never change, around an inside that does.
func built[E app.UI](e E, build func(e E) E) E {
	if app.IsClient || asClient {
		return e
	}
	return build(e)
}

// asClient makes tests draw what the client draws. There it changes nothing: IsClient is a constant.
var asClient bool

// svg makes an SVG element. go-app puts elements into the namespace only when told, child by child.
func svg(tag string) app.HTMLElem { return app.Elem(tag).XMLNS(svgNamespace) }

// num writes a place on a figure.
func num(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func rect(r story.Rect) app.HTMLElem {
	return svg("rect").Attr("x", num(r.X)).Attr("y", num(r.Y)).Attr("width", num(r.W)).Attr("height", num(r.H))
}

func line(l story.Line) app.HTMLElem {
	return svg("line").Attr("x1", num(l.X1)).Attr("y1", num(l.Y1)).Attr("x2", num(l.X2)).Attr("y2", num(l.Y2))
}

func path(d string) app.HTMLElem { return svg("path").Attr("d", d) }

// label writes a text on a figure. Anchors in SVG follow the direction of the text; in the story they are physical.
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

// figure is a drawing with live parts.
func figure(class string, width, height float64, title string) app.HTMLElem {
	return built(liveSVG("svg"), func(e app.HTMLElem) app.HTMLElem {
		return e.Class(class).Attr("viewBox", "0 0 "+num(width)+" "+num(height)).Attr("role", "group").Attr("aria-label", title)
	})
}

// caption is the label of the field of an id.
func caption(of, text string) app.UI {
	return settled(el("label"), func(e app.HTMLElem) app.HTMLElem { return e.Attr("for", of).Body(app.Text(text)) })
}

// when returns the elements if ok, else none. Unlike app.If it leaves nothing behind in the tree.
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

// current marks an item as chosen: what boot.js sets and Go renders must be the same.
func current(e app.HTMLElem, ok bool) app.HTMLElem {
	if ok {
		e.Attr("aria-current", "true")
	}
	return e
}

// away puts an item away unless it is shown. The browser's own search still finds it; boot.js brings it out when it is chosen,
// so the client never renders this.
func away(e app.HTMLElem, shown bool) app.HTMLElem {
	if !shown {
		e.Attr("hidden", "until-found")
	}
	return e
}

func callID(n int) string { return address.Call.ID(strconv.Itoa(n)) }

// date writes a <time>.
func date(d story.Date) app.UI { return app.Time().DateTime(d.ISO).Body(app.Text(d.Text)) }
