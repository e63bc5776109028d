package prerender

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func keep(*Element) bool { return true }

func TestLean(t *testing.T) {
	svg := func(tag string) app.HTMLElem { return app.Elem(tag).XMLNS("http://www.w3.org/2000/svg") }
	for _, c := range []struct {
		name string
		tree app.UI
		want string
	}{
		{"writes quotes where they are needed", app.A().Href("#a").Title("b c").Rel("d&e"), `<a title="b c" rel="d&amp;e" href=#a></a>`},
		{"writes empty attributes without a value", app.Details().Open(true), `<details open></details>`},
		{"leaves out the ends of items", app.Ul().Body(app.Li().Body(app.Text("a")), app.Li().Body(app.Text("b"))), `<ul><li>a<li>b</ul>`},
		{"leaves out the ends of terms and what they mean", app.Dl().Body(app.Dt().Body(app.Text("a")), app.Dd().Body(app.Text("b"))), `<dl><dt>a<dd>b</dl>`},
		{"leaves out the end of a paragraph before another block", app.Div().Body(app.P().Body(app.Text("a")), app.P().Body(app.Text("b"))), `<div><p>a<p>b</div>`},
		{"keeps the end of a paragraph before a text", app.Div().Body(app.P().Body(app.Text("a")), app.Text("b")), `<div><p>a</p>b</div>`},
		{"keeps the end of a paragraph in a link", app.A().Body(app.P().Body(app.Text("a"))), `<a><p>a</p></a>`},
		{"closes what is empty in SVG, and nothing else", app.Div().Body(svg("svg").Body(svg("path").Attr("d", "M0")), app.Span(), app.Br()),
			`<div><svg><path d=M0 /></svg><span></span><br></div>`},
		{"keeps white space that parsers drop or change", app.Pre().Body(app.Text("\na\r\nb")), "<pre>\n\na&#13;\nb</pre>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Lean(c.tree, keep)
			if err != nil || string(got) != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestLeanEdits(t *testing.T) {
	tree := app.Div().Body(
		app.Text("a"), app.Form().Body(app.Input()), app.Text("b"),
		app.A().Href("x/").Class("c").DataSet("go", "1").Body(app.Text("d")))
	got, err := Lean(tree, func(e *Element) bool {
		if e.Tag() == "input" {
			t.Error("what is within an element that is left out was edited")
		}
		if href, ok := e.Get("href"); ok {
			e.Set("href", "https://example.org/"+href)
		}
		e.Drop("data-go", "data-settled")
		return e.Tag() != "form"
	})
	if want := `<div>ab<a href=https://example.org/x/ class=c>d</a></div>`; err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	if got, err := Lean(tree, func(e *Element) bool { return false }); err == nil {
		t.Errorf("got %s of a tree of which nothing is left", got)
	}
	if _, err := Lean(app.P().Body(app.P()), keep); err == nil || !strings.Contains(err.Error(), "prerendering") {
		t.Errorf("got %v for a paragraph in a paragraph", err)
	}
}
