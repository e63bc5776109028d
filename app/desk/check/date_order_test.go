package check_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// A story of one day needs times, and a story with times is held to its hours, by the clocks of its place.
func TestHoursInOrder(t *testing.T) {
	for _, c := range []struct{ from, to, date, want string }{
		{"2025-06-21", "2025-06-21", "2025-06-21", "the span begins on"},
		{"2025-06-21", "2025-06-21", "2025-06-21T10:00", ""},
		{"2025-06-21T18:00", "2025-06-21T23:00", "2025-06-21T18:00", ""},
		{"2025-06-21T18:00+03:00", "2025-06-22", "2025-06-21T15:30Z", ""},
		{"2025-06-21T18:00+03:00", "2025-06-22", "2025-06-21T14:30Z", "outside the span"},
		{"2025-06-21", "2025-06-21T23:00+03:00", "2025-06-21T20:30Z", "outside the span"},
		{"2025-06-21", "2025-06-21T23:00+03:00", "2025-06-21T20:30", ""},
		{"2025-06-21", "2025-06-21T23:00+03:00", "2025-06-21T22:30/2025-06-22T22:30", ""},
		{"2025-06-21T23:00", "2025-06-21T18:00", "2025-06-21T20:30", "the span begins on"},
	} {
		files := fstest.MapFS{
			"a/explainer.yaml": {Data: []byte("languages: [en]\nspan: {from: \"" + c.from + "\", to: \"" + c.to + "\"}\n")},
			"a/timeline.yaml":  {Data: []byte("events: [{id: e, figure: event, date: \"" + c.date + "\", label: {en: E}, sentences: []}]\n")},
		}
		var list diag.List
		set, err := source.Load(files, "a", &list)
		if err != nil {
			t.Fatal(err)
		}
		check.Run(set, &list)
		got := ""
		for line := range strings.Lines(printed(&list)) {
			if strings.HasSuffix(line, "[date-order]\n") {
				got += line
			}
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s to %s, %s: got %q, want %q", c.from, c.to, c.date, got, c.want)
		}
	}
}
