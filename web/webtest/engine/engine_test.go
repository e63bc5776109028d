package engine

import (
	"strings"
	"testing"
)

// lingering is a window that says that the next page is open some questions before it is.
type lingering struct {
	Window
	address string
	asked   int // since it was sent elsewhere
	sent    bool
}

func (w *lingering) Evaluate(expression string) (string, error) {
	if strings.Contains(expression, "location.href") {
		if strings.Contains(expression, `"`+w.address+`"`) {
			return "true", nil
		}
		return "false", nil
	}
	if !w.sent {
		return "1000", nil
	}
	w.asked++
	switch {
	case w.asked < 4:
		return "1000", nil // still the old page
	case w.asked < 6:
		return "", ErrGone
	}
	return "2000", nil
}

func TestArrive(t *testing.T) {
	for _, c := range []struct {
		url   string
		waits bool
	}{
		{"http://a.test/next", true},
		{"http://a.test/next#part", true},
		{"http://a.test/", true}, // the same page, loaded again
		{"http://a.test/#part", false},
	} {
		w := &lingering{address: "http://a.test/"}
		err := arrive(w, c.url, func() error { w.sent = true; return nil })
		if err != nil || !w.sent || w.asked > 5 != c.waits {
			t.Errorf("%s: sent %v, asked %d times, %v", c.url, w.sent, w.asked, err)
		}
	}
}
