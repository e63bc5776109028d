package webtest

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

// scene draws lines of words, dark on light, and a block of a colour; its right half is moved down and its edges are
// made uneven.
func scene(block color.NRGBA, moved int, unrest int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 640, 480))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.NRGBA{251, 248, 242, 255}), image.Point{}, draw.Src)
	chance := rand.New(rand.NewPCG(1, 2))
	fill := func(r image.Rectangle, c color.NRGBA) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	for y := 40; y < 300; y += 28 {
		for x := 20; x < 620; x += 4 + chance.IntN(6) {
			down := 0
			if x > 320 {
				down = moved
			}
			fill(image.Rect(x, y+down, x+2, y+down+6+chance.IntN(8)), color.NRGBA{29, 27, 25, 255})
		}
	}
	fill(image.Rect(60, 340, 90, 420), block)
	for range unrest {
		x, y := chance.IntN(640), chance.IntN(480)
		c := img.NRGBAAt(x, y)
		for _, v := range []*uint8{&c.R, &c.G, &c.B} {
			*v = uint8(min(255, max(0, int(*v)+chance.IntN(61)-30)))
		}
		img.SetNRGBA(x, y, c)
	}
	return img
}

func TestCompare(t *testing.T) {
	red := color.NRGBA{138, 36, 20, 255}
	want := Shrink(scene(red, 0, 0))
	for name, c := range map[string]struct {
		got  image.Image
		same bool
	}{
		"the same":                      {scene(red, 0, 0), true},
		"other smoothing":               {scene(red, 0, 60000), true},
		"a block moved by three pixels": {scene(red, 3, 0), false},
		"a block in another colour":     {scene(color.NRGBA{36, 90, 140, 255}, 0, 0), false},
		"a block a little lighter":      {scene(color.NRGBA{180, 70, 50, 255}, 0, 0), false},
		"cut off":                       {scene(red, 0, 0).(*image.NRGBA).SubImage(image.Rect(0, 0, 640, 460)), false},
	} {
		if problem, _ := Compare(want, Shrink(c.got)); (problem == "") != c.same {
			t.Errorf("%s: got %q", name, problem)
		}
	}
}
