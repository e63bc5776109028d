package card

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var golden = flag.Bool("golden", false, "rewrite web/icons and testdata")

const iconFolder = "../../../web/icons"

func TestIconsAreCurrent(t *testing.T) {
	files, err := Icons()
	if err != nil {
		t.Fatal(err)
	}
	if *golden {
		for name, data := range files {
			if err := os.WriteFile(filepath.Join(iconFolder, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(iconFolder, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if strings.HasSuffix(name, ".svg") {
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what is drawn: run make golden", name)
			}
			continue
		}
		// Compare pixels, with a tolerance: another Go release may compress differently, another machine may round
		// differently.
		a, b := decode(t, got), decode(t, want)
		if a.Bounds() != b.Bounds() || difference(a, b) > 2 {
			t.Errorf("%s is not what is drawn: run make golden", name)
		}
	}
	there, err := os.ReadDir(iconFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range there {
		if files[f.Name()] == nil {
			t.Errorf("web/icons/%s is drawn by nothing", f.Name())
		}
	}
}

// A mask leaves at least the circle of four fifths of the side.
func TestMaskLeavesTheMark(t *testing.T) {
	files, err := Icons()
	if err != nil {
		t.Fatal(err)
	}
	p := decode(t, files["maskable-512.png"])
	ground := p.At(0, 0)
	const half, radius = 256, 256 * 4 / 5
	for y := range 512 {
		for x := range 512 {
			if dx, dy := x-half, y-half; dx*dx+dy*dy > radius*radius && p.At(x, y) != ground {
				t.Fatalf("there is something at %d, %d, where a mask cuts", x, y)
			}
		}
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// difference is the greatest difference of a channel over all pixels, 0 to 255.
func difference(a, b image.Image) uint32 {
	var most uint32
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			most = max(most, differ(a.At(x, y), b.At(x, y)))
		}
	}
	return most
}

// differ is the greatest difference of a channel, 0 to 255.
func differ(a, b color.Color) (most uint32) {
	r, g, bl, al := a.RGBA()
	R, G, B, A := b.RGBA()
	for _, pair := range [][2]uint32{{r, R}, {g, G}, {bl, B}, {al, A}} {
		most = max(most, max(pair[0], pair[1])-min(pair[0], pair[1]))
	}
	return most >> 8
}
