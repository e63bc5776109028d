//go:build js && wasm

package browser

import (
	"errors"
	"strings"
	"testing"

	"github.com/hack-pad/safejs"
	"golang.org/x/text/unicode/norm"
)

// eval evaluates a JavaScript expression.
func eval(t *testing.T, expression string) safejs.Value {
	t.Helper()
	v, err := safejs.Global().Call("eval", expression)
	if err != nil {
		t.Fatalf("evaluating %s: %v", expression, err)
	}
	return v
}

func want(t *testing.T, expression, want string) {
	t.Helper()
	if got := text(eval(t, "String("+expression+")"), nil); got != want {
		t.Errorf("%s: got %q, want %q", expression, got, want)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		{`"a\u0000 نص"`, "a\x00 نص"}, {`""`, ""},
		{`undefined`, ""}, {`null`, ""}, {`3`, ""}, {`true`, ""}, {`({})`, ""}, {`Symbol("s")`, ""}, {`new String("object")`, ""},
	} {
		if got := text(eval(t, c.expression), nil); got != c.want {
			t.Errorf("the text of %s: got %q, want %q", c.expression, got, c.want)
		}
	}
	if got := text(eval(t, `"text"`), ErrThrown); got != "" {
		t.Errorf("the text of a failure: got %q", got)
	}
}

func TestWhatThePageIs(t *testing.T) {
	data, err := Story()
	if want := "a story \x00\xff"; err != nil || string(data) != want {
		t.Errorf("Story: got %q, %v, want %q", data, err, want)
	}
	for _, c := range []struct{ name, got, want string }{
		{"Query", Query(), "?wasm=now&mark=a%20b"}, {"Path", Path(), "/"}, {"Part", Part(), "map"}, {"Chosen", Chosen(), "?"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestFailuresHaveNames(t *testing.T) {
	attempt := func(_ safejs.Value, err error) error { return err }
	eval(t, `sharh.throwing = () => { throw new Error("the reason"); }`)
	for _, c := range []struct {
		name string
		err  error
		want error
	}{
		{"a function that throws", attempt(call("throwing")), ErrThrown},
		{"a function that the page does not have", attempt(call("nosuch")), ErrUnsupported},
		{"what is no function", attempt(call("choice")), ErrUnsupported},
		{"an element that the page does not have", attempt(element("nosuch")), ErrGone},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: got error %v, want %v", c.name, c.err, c.want)
		}
	}
	if err := attempt(call("throwing")); !strings.Contains(err.Error(), "sharh.throwing") || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("%q does not say what was attempted and why it failed", err)
	}
	eval(t, `[window.kept, window.sharh] = [sharh, undefined]`)
	defer eval(t, `window.sharh = kept`)
	if _, err := call("story"); !errors.Is(err, ErrUnsupported) {
		t.Errorf("without scripts of the page: got error %v, want ErrUnsupported", err)
	}
}

func TestFieldsAndTexts(t *testing.T) {
	if got, err := Value("field"); got != "as built" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	eval(t, `field.focus(), field.setSelectionRange(1, 2)`)
	SetValue("field", "as built")
	want(t, `[field.selectionStart, field.selectionEnd]`, "1,2") // not moved
	SetValue("field", `"غزة" <b>`)
	want(t, `field.value`, `"غزة" <b>`)
	SetText("text", "<b>&amp;")
	want(t, `text.innerHTML`, "&lt;b&gt;&amp;amp;")
	// Writing to a missing element does nothing.
	SetValue("nosuch", "x")
	SetValue("text", "x")
	SetText("nosuch", "x")
	for _, id := range []string{"nosuch", "text", "", "a b"} {
		if got, err := Value(id); got != "" || !errors.Is(err, ErrGone) {
			t.Errorf("the value of #%s: got %q, %v, want ErrGone", id, got, err)
		}
	}
}

// The browser's tables and those of the desk's library give the same result.
func TestNFKD(t *testing.T) {
	for _, s := range []string{"", "plain", "ﷺ", "ﻏﺰﺓ", "é", "e\u0301", "ﬁ", "①", "ي\u0654", "한", "Å", "\u200fا", "😀", "\ufffd"} {
		if got, want := NFKD(s), norm.NFKD.String(s); got != want {
			t.Errorf("%q: got %+q, want %+q", s, got, want)
		}
	}
}

func TestRestEndsATaskOfTheBrowser(t *testing.T) {
	eval(t, `setTimeout(() => { window.answered = true; })`)
	want(t, `window.answered`, "undefined")
	for range 100 { // a busy page may need longer
		if Rest(); text(eval(t, `String(window.answered)`), nil) == "true" {
			return
		}
	}
	t.Error("the page did not answer while the program rested")
}
