package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	decoder "golang.org/x/image/webp"
)

// The corners of the pictures of these tests, from the upper left one clockwise.
var corners = []color.RGBA{{220, 30, 30, 255}, {30, 160, 40, 255}, {40, 60, 220, 255}, {240, 220, 60, 255}}

// quarters is a picture whose quarters have the colours of the corners.
func quarters(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			corner := 0
			switch right, low := x >= width/2, y >= height/2; {
			case right && low:
				corner = 2
			case right:
				corner = 1
			case low:
				corner = 3
			}
			m.SetRGBA(x, y, corners[corner])
		}
	}
	return m
}

func encodeJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is what a camera writes: how to turn the picture, its own name, and where it was.
func exif(orientation uint16) []byte {
	const secret = "Camera-1234567\x00"
	b := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		b = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, tag), kind)
		b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, count), value)
	}
	b = binary.LittleEndian.AppendUint16(b, 2)
	entry(0x110, 2, uint32(len(secret)), 38)   // Model, behind the two entries
	entry(0x112, 3, 1, uint32(orientation))    // Orientation
	b = binary.LittleEndian.AppendUint32(b, 0) // no further directory
	return append(b, secret...)
}

func jpegWith(t *testing.T, m image.Image, orientation uint16) []byte {
	t.Helper()
	data := encodeJPEG(t, m)
	body := append([]byte("Exif\x00\x00"), exif(orientation)...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return slices.Concat(data[:2], segment, body, data[2:])
}

// chunk is a chunk of a PNG.
func chunk(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngWith puts a chunk behind the header of a PNG.
func pngWith(data []byte, name string, body []byte) []byte {
	const header = 8 + 25
	return slices.Concat(data[:header], chunk(name, body), data[header:])
}

// seen returns the indices of the corners that a picture shows, from the upper left one clockwise.
func seen(m image.Image) (all []int) {
	r := m.Bounds()
	w, h := r.Dx(), r.Dy()
	for _, p := range []image.Point{{w / 8, h / 8}, {w - 1 - w/8, h / 8}, {w - 1 - w/8, h - 1 - h/8}, {w / 8, h - 1 - h/8}} {
		at := color.RGBAModel.Convert(m.At(r.Min.X+p.X, r.Min.Y+p.Y)).(color.RGBA)
		far := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
		all = append(all, slices.IndexFunc(corners, func(c color.RGBA) bool {
			return far(c.R, at.R) < 40 && far(c.G, at.G) < 40 && far(c.B, at.B) < 40
		}))
	}
	return all
}

// Cameras store what they see, and say how to turn it. The first value of each row is what is stored in the upper left
// corner when the picture is upright: https://exiftool.org/TagNames/EXIF.html.
func TestPhotographsAreUpright(t *testing.T) {
	for orientation, want := range map[uint16][]int{
		1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {2, 3, 0, 1}, 4: {3, 2, 1, 0},
		5: {0, 3, 2, 1}, 6: {3, 0, 1, 2}, 7: {2, 1, 0, 3}, 8: {1, 2, 3, 0},
		0: {0, 1, 2, 3}, 9: {0, 1, 2, 3}, // no orientations
	} {
		files := map[string][]byte{"JPEG": jpegWith(t, quarters(400, 200), orientation)}
		files["PNG"] = pngWith(encodePNG(t, quarters(400, 200)), "eXIf", exif(orientation))
		for kind, data := range files {
			p, err := Read(data)
			if err != nil {
				t.Fatalf("%s %d: %v", kind, orientation, err)
			}
			width, height := 400, 200
			if orientation >= 5 && orientation <= 8 {
				width, height = 200, 400
			}
			if p.Width != width || p.Height != height || p.Type != kind {
				t.Errorf("%s %d: got %+v, want %d × %d", kind, orientation, p.Facts, width, height)
			}
			small := p.Fit(100)
			if got := seen(small); !slices.Equal(got, want) {
				t.Errorf("%s %d: got the corners %v, want %v", kind, orientation, got, want)
			}
			if got := small.Rect.Dx() * p.Height; small.Rect.Dx() != 100 || got != small.Rect.Dy()*p.Width {
				t.Errorf("%s %d: got %v", kind, orientation, small.Rect)
			}
		}
	}
}

// What is published has nothing of a file but its pixels.
func TestNothingElseOfAFileIsPublished(t *testing.T) {
	data := jpegWith(t, quarters(400, 200), 6)
	if !bytes.Contains(data, []byte("Camera-")) {
		t.Fatal("the camera is not in the file")
	}
	p, err := Read(append(data, "<script>Camera-"...)) // behind its end, too
	if err != nil {
		t.Fatal(err)
	}
	for kind, encode := range map[string]func(*image.RGBA, int) ([]byte, error){"WebP": WebP, "JPEG": JPEG} {
		made, err := encode(p.Fit(100), 75)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"Camera", "Exif", "EXIF", "script"} {
			if bytes.Contains(made, []byte(secret)) {
				t.Errorf("%s: there is %q", kind, secret)
			}
		}
		again, err := encode(p.Fit(100), 75)
		if err != nil || !bytes.Equal(made, again) {
			t.Errorf("%s: another time there are other bytes, %v", kind, err)
		}
		decode := jpeg.Decode
		if kind == "WebP" {
			decode = decoder.Decode
		}
		m, err := decode(bytes.NewReader(made))
		if err != nil {
			t.Fatal(err)
		}
		if got := seen(m); !slices.Equal(got, []int{3, 0, 1, 2}) {
			t.Errorf("%s: got the corners %v", kind, got)
		}
	}
}

func fault(t *testing.T, data []byte) string {
	t.Helper()
	_, err := Look(data)
	var f *Fault
	if err == nil {
		return ""
	}
	if !errors.As(err, &f) {
		t.Fatalf("got %v, which is no Fault", err)
	}
	return strings.TrimSpace(f.Kind + " " + f.Type)
}

func TestFilesThatAreNoPictures(t *testing.T) {
	photo, drawing := encodeJPEG(t, quarters(400, 200)), encodePNG(t, quarters(400, 200))
	moving := gif.GIF{}
	for range 2 {
		frame := image.NewPaletted(image.Rect(0, 0, 8, 8), palette.Plan9)
		moving.Image, moving.Delay = append(moving.Image, frame), append(moving.Delay, 1)
	}
	var animated bytes.Buffer
	if err := gif.EncodeAll(&animated, &moving); err != nil {
		t.Fatal(err)
	}
	still, err := WebP(quarters(40, 20), 75)
	if err != nil {
		t.Fatal(err)
	}
	vp8x := slices.Concat([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x27\x00\x00\x13\x00\x00"), still[12:])
	// A header that claims to be far larger than what follows.
	bomb := slices.Clone(drawing)
	binary.BigEndian.PutUint32(bomb[16:], 29_000)
	binary.BigEndian.PutUint32(bomb[20:], 29_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	strip := slices.Clone(bomb)
	binary.BigEndian.PutUint32(strip[16:], 100_000)
	binary.BigEndian.PutUint32(strip[20:], 1)
	binary.BigEndian.PutUint32(strip[29:], crc32.ChecksumIEEE(strip[12:29]))
	damaged := slices.Clone(drawing)
	damaged[len(damaged)/2] ^= 0xff
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a JPEG": {photo, ""}, "a PNG": {drawing, ""}, "a WebP": {still, ""},
		"nothing":                {nil, "empty"},
		"a text":                 {[]byte("This is no picture."), "type"},
		"SVG":                    {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "type SVG"},
		"GIF":                    {animated.Bytes(), "type GIF"},
		"HEIC":                   {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "type HEIC"},
		"AVIF":                   {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00"), "type AVIF"},
		"MP4":                    {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), "type video"},
		"TIFF":                   {[]byte("II*\x00\x08\x00\x00\x00"), "type TIFF"},
		"PDF":                    {[]byte("%PDF-1.7"), "type PDF"},
		"BMP":                    {[]byte("BM\x00\x00"), "type BMP"},
		"PSD":                    {[]byte("8BPS\x00\x01"), "type PSD"},
		"an animated PNG":        {pngWith(drawing, "acTL", make([]byte, 8)), "animated"},
		"an animated WebP":       {vp8x, "animated"},
		"a bomb":                 {bomb, "pixels"},
		"a bomb of one line":     {strip, "pixels"},
		"half a JPEG":            {photo[:len(photo)/2], "cut"},
		"half a PNG":             {drawing[:len(drawing)/2], "cut"},
		"the begin of a JPEG":    {photo[:3], "cut"},
		"a damaged PNG":          {damaged, "broken"},
		"a JPEG that is garbage": {append([]byte("\xff\xd8\xff"), bytes.Repeat([]byte{7, 0xff, 0xd9}, 500)...), "broken"},
	} {
		if got := fault(t, c.data); got != c.want {
			t.Errorf("%s: got the fault %q, want %q", name, got, c.want)
		}
		if got := fault(t, c.data); got != c.want {
			t.Errorf("%s, once more: got the fault %q, want %q", name, got, c.want)
		}
	}
	var f *Fault
	if _, err := Read(bomb); !errors.As(err, &f) || f.Width != 29_000 || f.Height != 29_000 {
		t.Errorf("a bomb: got %v", err)
	}
}

// A cut at any place is reported or, where only what stands behind the pixels lacks, harmless. None ends the program.
func TestFilesCutAnywhere(t *testing.T) {
	still, err := WebP(quarters(60, 40), 75)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"JPEG": jpegWith(t, quarters(60, 40), 3), "PNG": encodePNG(t, quarters(60, 40)), "WebP": still,
	} {
		for n := range data {
			if f := fault(t, data[:n]); f == "" && n < len(data)*9/10 {
				t.Errorf("%s: of %d bytes %d are enough", name, len(data), n)
			}
			changed := slices.Clone(data)
			changed[n] ^= 0x55
			fault(t, changed)
		}
	}
}

// cmyk is a JPEG with four components, as programs for printing write it: the standard library writes none.
const cmyk = "\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00" + // inks as they are
	"\xff\xc0\x00\x14\x08\x00\x08\x00\x08\x04\x01\x11\x00\x02\x11\x00\x03\x11\x00\x04\x11\x00"

func TestColoursOfPrintingAreReported(t *testing.T) {
	if got := fault(t, []byte(cmyk+"\xff\xda\x00\x02")); got != "printing" {
		t.Errorf("got the fault %q", got)
	}
}

func TestFormsOfColour(t *testing.T) {
	r := image.Rect(0, 0, 400, 200)
	deep, grey, indexed, clear := image.NewNRGBA64(r), image.NewGray16(r), image.NewPaletted(r, palette.Plan9), image.NewNRGBA(r)
	draw.Draw(deep, r, quarters(400, 200), image.Point{}, draw.Src)
	draw.Draw(grey, r, image.NewUniform(color.Gray{100}), image.Point{}, draw.Src)
	draw.Draw(indexed, r, quarters(400, 200), image.Point{}, draw.Src)
	for name, m := range map[string]image.Image{"16 bit": deep, "indexed": indexed} {
		p, err := Read(encodePNG(t, m))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := seen(p.Fit(100)); !slices.Equal(got, []int{0, 1, 2, 3}) {
			t.Errorf("%s: got the corners %v", name, got)
		}
	}
	for name, c := range map[string]struct {
		m    image.Image
		want uint8
	}{"16 bit grey": {grey, 100}, "transparent": {clear, 255}} {
		p, err := Read(encodePNG(t, c.m))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := p.Fit(100).RGBAAt(50, 25); got != (color.RGBA{c.want, c.want, c.want, 255}) {
			t.Errorf("%s: got the colour %v", name, got)
		}
	}
}

func TestCutsAreAroundTheFocus(t *testing.T) {
	wide, err := Read(encodePNG(t, quarters(800, 200)))
	if err != nil {
		t.Fatal(err)
	}
	tall, err := Read(jpegWith(t, quarters(800, 200), 6)) // upright it is 200 × 800
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		p     *Picture
		focus Point
		want  []int
	}{
		{"left", wide, Point{0, .5}, []int{0, 0, 3, 3}}, {"right", wide, Point{1, .5}, []int{1, 1, 2, 2}},
		{"middle", wide, Point{.5, .5}, []int{0, 1, 2, 3}}, {"beyond", wide, Point{9, -4}, []int{1, 1, 2, 2}},
		{"top", tall, Point{.5, 0}, []int{3, 0, 0, 3}}, {"bottom", tall, Point{.5, 1}, []int{2, 1, 1, 2}},
	} {
		cut := c.p.Cut(100, 100, c.focus)
		if cut.Rect != image.Rect(0, 0, 100, 100) {
			t.Errorf("%s: got %v", c.name, cut.Rect)
		}
		if got := seen(cut); !slices.Equal(got, c.want) {
			t.Errorf("%s: got the corners %v, want %v", c.name, got, c.want)
		}
	}
	if cut := wide.Cut(600, 600, Point{.5, .5}); cut.Rect != image.Rect(0, 0, 200, 200) {
		t.Errorf("a small one: got %v, want it as it is", cut.Rect)
	}
	if filled := Filled(wide.Cut(600, 600, Point{.5, .5}), 600, 600); filled.Rect != image.Rect(0, 0, 600, 600) {
		t.Errorf("filled: got %v", filled.Rect)
	}
	if fit := wide.Fit(5000); fit.Rect != image.Rect(0, 0, 800, 200) {
		t.Errorf("a picture was made larger: %v", fit.Rect)
	}
	if fit := tall.Fit(100); fit.Rect.Dy() > 300 {
		t.Errorf("a tall one: got %v", fit.Rect)
	}
}

func ExampleFault() {
	_, err := Look([]byte("<svg/>"))
	fmt.Println(err)
	// Output: not a picture that can be used: type SVG
}
