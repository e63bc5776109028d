package browser

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Query returns the query of the page's address.
func Query() string { return query() }

// Path returns the path of the page's address.
func Path() string { return pagePath() }

// Value returns what the form field of an id holds. It fails with [ErrGone] when there is no such field.
func Value(id string) (string, error) { return value(id) }

// SetValue writes into the form field of an id, when there is one and it holds something else.
func SetValue(id, v string) { setValue(id, v) }

// SetText writes the text of the element of an id, when there is one.
func SetText(id, text string) { setText(id, text) }

// Field is a handler for an event of the form field of an id: hear hears what the field then holds.
//
//	el("select").ID("kind").On("change", browser.Field("kind", l.ofKind))
//
// Handlers are the same to go-app when their code is the same: where a list of fields changes its order, give each an
// app.EventScope.
func Field(id string, hear func(value string)) app.EventHandler {
	return func(app.Context, app.Event) {
		if v, err := Value(id); err == nil { // of a field that went while its event was on its way nothing is left to hear
			hear(v)
		}
	}
}

// PreventDefault is a handler that keeps the browser from what it would do by itself, such as sending a form.
func PreventDefault(_ app.Context, e app.Event) { e.PreventDefault() }

// NFKD returns Unicode's compatibility decomposition of a text. The browser has the tables for it, so that no reader
// downloads them; a text that it does not decompose comes back as it is.
func NFKD(s string) string { return nfkd(s) }
