package prerender

import (
	"reflect"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func got(t *testing.T, v app.UI) string {
	t.Helper()
	html, err := HTML(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(html)
}

func TestHTML(t *testing.T) {
	for _, c := range []struct {
		name string
		tree app.UI
		want string
	}{
		{"escapes text", app.P().Body(app.Text(`a < b & "c" > d`)), `<p>a &lt; b &amp; "c" &gt; d</p>`},
		{"escapes attributes", app.P().Title(`a "b" & <c>`), `<p title="a &#34;b&#34; &amp; &lt;c>"></p>`},
		{"writes direction marks and no-break spaces as themselves", app.P().Title("\u200fا\u00a0ب").Body(app.Text("\u200fا\u00a0ب")),
			"<p title=\"\u200fا\u00a0ب\">\u200fا\u00a0ب</p>"},
		{"keeps carriage returns from the parser", app.P().Body(app.Text("a\r\nb")), "<p>a&#13;\nb</p>"},
		{"adds no white space between siblings", app.P().Body(app.A().Href("#x").Body(app.Text("رابط")), app.Text("، ثم")),
			`<p><a href="#x">رابط</a>، ثم</p>`},
		{"writes aria states in full", app.Button().Aria("expanded", true).Aria("pressed", false),
			`<button aria-pressed="false" aria-expanded="true"></button>`},
		{"leaves false booleans out", app.Details().Open(false), `<details></details>`},
		{"writes true booleans empty", app.Details().Open(true).Hidden(true), `<details open="" hidden=""></details>`},
		{"puts attributes in order", app.A().DataSet("b", "1").Href("#x").Title("t").ID("i").Class("c").Lang("ar").Dir("rtl"),
			`<a dir="rtl" title="t" lang="ar" id="i" href="#x" data-b="1" class="c"></a>`},
		{"closes no void element", app.P().Body(app.Br(), app.Img().Src("x.svg").Alt("a")), `<p><br><img src="x.svg" alt="a"></p>`},
		{"keeps the case of SVG", app.Elem("svg").XMLNS("http://www.w3.org/2000/svg").Attr("viewBox", "0 0 1 1"), `<svg viewBox="0 0 1 1"></svg>`},
		{"renders components", &greeting{Name: "<you>"}, `<p>hello &lt;you&gt;</p>`},
		{"renders components within elements", app.Div().Body(&greeting{Name: "a"}), `<div><p>hello a</p></div>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := got(t, c.tree); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

type greeting struct {
	app.Compo
	Name string
}

func (g *greeting) Render() app.UI { return app.P().Body(app.Text("hello " + g.Name)) }

// byValue and foreign are elements that no walk over go-app's fields can read.
type (
	byValue struct{ app.HTMLDiv }
	foreign struct{ app.HTMLDiv }
)

func TestHTMLRefusesTreesThatCannotBeWritten(t *testing.T) {
	for _, c := range []struct {
		name, want string
		tree       app.UI
	}{
		{"texts next to each other", "stand next to each other", app.P().Body(app.Text("a"), app.Text("b"))},
		{"an empty text", "must not be empty", app.P().Body(app.Text(""))},
		{"NUL", "must not hold NUL", app.P().Body(app.Text("a\x00b"))},
		{"a paragraph in a paragraph", "in", app.Div().Body(app.P().Body(app.P().Body(app.Text("a"))))},
		{"a link in a link", "parses", app.A().Href("#a").Body(app.A().Href("#b").Body(app.Text("x")))},
		{"a row without a table body", "cannot stand there", app.Table().Body(app.Tr())},
		{"an element by value", "neither an element nor a component", byValue{app.Div()}},
		{"no element", "neither an element nor a component", (*greeting)(nil)},
		{"an element of somebody else's", "does not hold its attributes", app.Div().Body(&foreign{HTMLDiv: app.Div()})},
		{"raw HTML", "cannot be prerendered", app.Div().Body(app.Raw("<b>x</b>"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			html, err := HTML(c.tree)
			if err == nil {
				t.Fatalf("got %s, want an error", html)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %q, want it to say %q", err, c.want)
			}
		})
	}
}

func TestHTMLIsTheSameEachTime(t *testing.T) {
	tree := func() app.UI {
		return app.P().Class("a").ID("b").Title("c").Lang("d").Dir("rtl").DataSet("e", "f").DataSet("g", "h").Aria("label", "i")
	}
	want := got(t, tree())
	for range 20 {
		if got := got(t, tree()); got != want {
			t.Fatalf("got %s, then %s", want, got)
		}
	}
}

// Reading looks up these fields by name. If go-app renames one, this test fails before a page is lost.
func TestFieldsOfGoApp(t *testing.T) {
	element := reflect.TypeOf(app.Div()).Elem()
	for name, kind := range map[string]string{"attributes": "map[string]string", "children": "[]app.UI"} {
		f, ok := element.FieldByName(name)
		if !ok {
			t.Errorf("go-app's elements have no field %q", name)
			continue
		}
		if got := f.Type.String(); got != kind && f.Type.Kind().String() != strings.SplitN(kind, "[", 2)[0] {
			t.Errorf("field %q: got %s, want %s", name, got, kind)
		}
	}
	text := reflect.TypeOf(app.Text("x")).Elem()
	if f, ok := text.FieldByName("value"); !ok || f.Type.Kind() != reflect.String || text.Name() != "text" {
		t.Errorf("go-app's texts are no longer a text with a string value: %v", text)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("a", "b")
	f.Add("\u200f\"<>&\r\n\u00a0", "true")
	f.Fuzz(func(t *testing.T, text, title string) {
		// HTML refuses trees that cannot be a page. Trees that it accepts were compared with the parsed HTML.
		_, err := HTML(app.Div().Body(app.P().Title(title).Body(app.Text(text)), app.Pre().Body(app.Text(text))))
		valid := text != "" && !strings.ContainsRune(text+title, 0) && strings.ToValidUTF8(text+title, "") == text+title
		if valid && err != nil {
			t.Errorf("text %q, title %q: %v", text, title, err)
		}
	})
}
