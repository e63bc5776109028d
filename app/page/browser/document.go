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

// Pressed is a handler for clicks on a button.
func Pressed(hear func()) app.EventHandler {
	return func(app.Context, app.Event) { hear() }
}

// Check is a handler for an event of the check box of an id: hear hears whether it is checked.
func Check(id string, hear func(checked bool)) app.EventHandler {
	return func(app.Context, app.Event) {
		if v, err := Checked(id); err == nil {
			hear(v)
		}
	}
}

// Checked returns whether the check box of an id is checked. It fails with [ErrGone] when there is no such box.
func Checked(id string) (bool, error) { return checked(id) }

// SetChecked checks the box of an id, or not, when there is one.
func SetChecked(id string, v bool) { setChecked(id, v) }

// Key is a handler for keys: hear hears the name of the key and tells whether it is the page's, and nothing more happens then.
func Key(hear func(key string) (ours bool)) app.EventHandler {
	return func(_ app.Context, e app.Event) {
		if hear(e.Get("key").String()) {
			e.PreventDefault()
			e.StopImmediatePropagation()
		}
	}
}

// Followed is a handler for clicks on links: hear hears that one was followed which leads on in the page, in this window.
func Followed(hear func()) app.EventHandler {
	return func(_ app.Context, e app.Event) {
		if followed(e) {
			hear()
		}
	}
}

// Focus gives the focus to the element of an id, when there is one.
func Focus(id string) { do(id, "focus") }

// Click clicks the element of an id, when there is one.
func Click(id string) { do(id, "click") }

// PreventDefault is a handler that keeps the browser from what it would do by itself, such as sending a form.
func PreventDefault(_ app.Context, e app.Event) { e.PreventDefault() }

// NFKD returns Unicode's compatibility decomposition of a text. The browser has the tables for it, so that no reader
// downloads them; a text that it does not decompose comes back as it is.
func NFKD(s string) string { return nfkd(s) }
