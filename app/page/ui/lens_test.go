package ui

import (
	"math"
	"testing"

	"sharh/app/page/browser"
)

// where returns the point of the picture that is visible at a point of the element.
func (l lens) where(x, y, width, height float64) (float64, float64) {
	u := l.units(width, height)
	return l.x + (x-width/2)*u, l.y + (y-height/2)*u
}

func TestLens(t *testing.T) {
	const w, h = 360, 480 // size of the element
	whole := all(720, 1102)
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	for l, want := range map[lens]string{
		all(720, 960):           "translate(0 0) scale(1)",
		{720, 960, 180, 600, 2}: "translate(0 -720) scale(2)",
	} {
		if got := l.transform(); got != want {
			t.Errorf("%+v draws the picture with %q, want %q", l, got, want)
		}
	}
	t.Run("what is under the pointer stays there", func(t *testing.T) {
		l := whole.after(browser.Gesture{Width: w, Height: h, X: w / 2, Y: h / 2, Scale: 2})
		for _, scale := range []float64{1.3, .8, 2} {
			x, y := l.where(200, 210, w, h)
			l = l.after(browser.Gesture{Width: w, Height: h, X: 200, Y: 210, Scale: scale})
			nowX, nowY := l.where(200, 210, w, h)
			near("x", nowX, x)
			near("y", nowY, y)
		}
	})
	t.Run("what is dragged goes with the pointer", func(t *testing.T) {
		l := whole.after(browser.Gesture{Width: w, Height: h, X: w / 2, Y: h / 2, Scale: 3})
		x, y := l.where(100, 100, w, h)
		l = l.after(browser.Gesture{Width: w, Height: h, X: 130, Y: 90, DX: 30, DY: -10, Scale: 1})
		nowX, nowY := l.where(130, 90, w, h)
		near("x", nowX, x)
		near("y", nowY, y)
	})
	t.Run("what is between two fingers stays there while they move and spread", func(t *testing.T) {
		l := whole.after(browser.Gesture{Width: w, Height: h, X: w / 2, Y: h / 2, Scale: 2})
		x, y := l.where(150, 220, w, h)
		l = l.after(browser.Gesture{Width: w, Height: h, X: 190, Y: 200, DX: 40, DY: -20, Scale: 1.5})
		nowX, nowY := l.where(190, 200, w, h)
		near("x", nowX, x)
		near("y", nowY, y)
	})
	t.Run("the picture is never lost, nor smaller than all of it", func(t *testing.T) {
		l := whole
		for range 50 {
			l = l.after(browser.Gesture{Width: w, Height: h, DX: 500, DY: -500, Scale: 1.5})
		}
		near("scale", l.scale, largest)
		if l.x < 0 || l.y > 1102 {
			t.Errorf("the middle is at %v, %v", l.x, l.y)
		}
		for range 50 {
			l = l.after(browser.Gesture{Width: w, Height: h, Scale: .5})
		}
		near("scale", l.scale, 1)
		if got := l.after(browser.Gesture{Scale: 0}); got != whole {
			t.Errorf("got %+v, want all of it", got)
		}
	})
	t.Run("an element without a size does no harm", func(t *testing.T) {
		l := whole.after(browser.Gesture{Scale: 2, DX: 1})
		if math.IsNaN(l.x) || math.IsInf(l.x, 0) {
			t.Errorf("got %+v", l)
		}
	})
}
