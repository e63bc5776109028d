package ui

import (
	"testing"

	"sharh/app/site/prerender"
	"sharh/app/story"
)

// The size of a bar's HTML depends on the number of actors in its call, not on the number of calls.
func TestBarsDoNotNameEveryCall(t *testing.T) {
	length := func(calls int) int {
		d := &story.Document{}
		var a story.Axis
		for i := range calls {
			d.Calls = append(d.Calls, story.Call{ID: i + 1, Digit: "1", Actors: []string{"trump"}})
			a.Bars = append(a.Bars, story.Bar{Call: i + 1})
		}
		html, err := prerender.HTML(bar(svg("a"), d, 4, a.Bars[4], onExplainerPage))
		if err != nil {
			t.Fatal(err)
		}
		return len(html)
	}
	if few, many := length(5), length(500); few != many {
		t.Errorf("the bar of a call has %d bytes among 5 calls, %d among 500", few, many)
	}
}
