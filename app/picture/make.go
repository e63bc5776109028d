package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"
)

// Point is a point of a picture, each part from 0 to 1 from the upper left corner.
type Point struct{ X, Y float64 }

// Fit returns the picture, upright, at most so wide and three times so high. It is never enlarged.
func (p *Picture) Fit(width int) *image.RGBA {
	k := min(1, float64(width)/float64(p.Width), 3*float64(width)/float64(p.Height))
	return p.scaled(k)
}

// Cut returns the part of the picture around a point that has this shape, at most so large. It is never enlarged.
func (p *Picture) Cut(width, height int, focus Point) *image.RGBA {
	k := max(float64(width)/float64(p.Width), float64(height)/float64(p.Height))
	if k > 1 {
		width, height = int(float64(width)/k), int(float64(height)/k)
		k = 1
	}
	whole := p.scaled(k)
	width, height = min(width, whole.Rect.Dx()), min(height, whole.Rect.Dy())
	place := func(focus float64, part, whole int) int {
		return int(math.Round(min(max(focus*float64(whole)-float64(part)/2, 0), float64(whole-part))))
	}
	at := image.Pt(place(focus.X, width, whole.Rect.Dx()), place(focus.Y, height, whole.Rect.Dy()))
	cut := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Copy(cut, image.Point{}, whole, image.Rectangle{at, at.Add(image.Pt(width, height))}, draw.Src, nil)
	return cut
}

// Smaller returns a picture that Fit or Cut made, smaller. It is never enlarged.
func Smaller(m *image.RGBA, width int) *image.RGBA {
	k := float64(width) / float64(m.Rect.Dx())
	if k >= 1 {
		return m
	}
	return scale(m, k)
}

// Filled returns a picture in exactly this size.
func Filled(m *image.RGBA, width, height int) *image.RGBA {
	if m.Rect.Dx() == width && m.Rect.Dy() == height {
		return m
	}
	filled := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(filled, filled.Rect, m, m.Rect, draw.Src, nil)
	return filled
}

// scaled returns the picture, upright, k times as large.
func (p *Picture) scaled(k float64) *image.RGBA { return turned(scale(p.image, k), p.orientation) }

// scale draws on white, because not every form of a picture can be transparent, and a drawing that is would vanish in
// a dark page.
func scale(m image.Image, k float64) *image.RGBA {
	side := func(n int) int { return max(1, int(math.Round(k*float64(n)))) }
	small := image.NewRGBA(image.Rect(0, 0, side(m.Bounds().Dx()), side(m.Bounds().Dy())))
	draw.Draw(small, small.Rect, image.White, image.Point{}, draw.Src)
	if small.Rect.Size() == m.Bounds().Size() {
		draw.Draw(small, small.Rect, m, m.Bounds().Min, draw.Over) // the same, at a hundredth of the time
	} else {
		draw.CatmullRom.Scale(small, small.Rect, m, m.Bounds(), draw.Over, nil)
	}
	return small
}

// turned returns a picture upright whose orientation is given as in EXIF.
func turned(m *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	up := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		up = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range up.Rect.Dy() {
		for x := range up.Rect.Dx() {
			fromX, fromY := x, y
			if orientation >= 5 {
				fromX, fromY = y, x
			}
			switch orientation {
			case 2, 3, 7, 8:
				fromX = w - 1 - fromX
			}
			switch orientation {
			case 3, 4, 6, 7:
				fromY = h - 1 - fromY
			}
			copy(up.Pix[up.PixOffset(x, y):][:4], m.Pix[m.PixOffset(fromX, fromY):][:4])
		}
	}
	return up
}

// WebP encodes a picture; quality is from 1 to 100.
func WebP(m *image.RGBA, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := webp.Encode(&b, m, webp.Options{Quality: quality, Method: 4}); err != nil {
		return nil, fmt.Errorf("encoding a picture as WebP: %w", err)
	}
	return b.Bytes(), nil
}

// JPEG encodes a picture; quality is from 1 to 100.
func JPEG(m *image.RGBA, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encoding a picture as JPEG: %w", err)
	}
	return b.Bytes(), nil
}
