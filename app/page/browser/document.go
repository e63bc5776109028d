package browser

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Query returns the query of the page's address.
func Query() string { return query() }

// Path returns the path of the page's address.
func Path() string { return pagePath() }

// Value returns the value of the form field with an id. It fails with [ErrGone] if there is no such field.
func Value(id string) (string, error) { return value(id) }

// SetValue sets the value of the form field with an id, if the field exists and has another value.
func SetValue(id, v string) { setValue(id, v) }

// SetText sets the text of the element with an id, if it exists.
func SetText(id, text string) { setText(id, text) }

// Field returns a handler for an event of the form field with an id. It passes the field's value to hear.
//
//	el("select").ID("kind").On("change", browser.Field("kind", l.ofKind))
//
// go-app takes handlers for equal if their code is the same. So in a list of fields whose order can change, give each
// field an app.EventScope.
func Field(id string, hear func(value string)) app.EventHandler {
	return func(app.Context, app.Event) {
		if v, err := Value(id); err == nil { // ignore an event whose field has been removed since
			hear(v)
		}
	}
}

// Pressed returns a handler for clicks on a button.
func Pressed(hear func()) app.EventHandler {
	return func(app.Context, app.Event) { hear() }
}

// Check returns a handler for an event of the check box with an id. It passes to hear whether the box is checked.
func Check(id string, hear func(checked bool)) app.EventHandler {
	return func(app.Context, app.Event) {
		if v, err := Checked(id); err == nil {
			hear(v)
		}
	}
}

// Checked returns whether the check box with an id is checked. It fails with [ErrGone] if there is no such box.
func Checked(id string) (bool, error) { return checked(id) }

// SetChecked checks or unchecks the box with an id, if it exists.
func SetChecked(id string, v bool) { setChecked(id, v) }

// Key returns a handler for keys. hear receives the name of the key and returns whether the page uses it; then the
// browser does nothing else with it.
func Key(hear func(key string) (ours bool)) app.EventHandler {
	return func(_ app.Context, e app.Event) {
		if hear(e.Get("key").String()) {
			e.PreventDefault()
			e.StopImmediatePropagation()
		}
	}
}

// Followed returns a handler for clicks on links. It calls hear if the link leads to a place in this page, in this
// window.
func Followed(hear func()) app.EventHandler {
	return func(_ app.Context, e app.Event) {
		if followed(e) {
			hear()
		}
	}
}

// Focus moves the focus to the element with an id, if it exists.
func Focus(id string) { do(id, "focus") }

// Click clicks the element with an id, if it exists.
func Click(id string) { do(id, "click") }

// PreventDefault is a handler that prevents the browser's default action, such as sending a form.
func PreventDefault(_ app.Context, e app.Event) { e.PreventDefault() }

// NFKD returns Unicode's compatibility decomposition of a text. It uses the browser's tables, so that no reader
// downloads them. If the browser fails, it returns the text unchanged.
func NFKD(s string) string { return nfkd(s) }
