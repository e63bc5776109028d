package media

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/webp"

	"sharh/app/site/cache"
	"sharh/app/site/file"
	"sharh/app/story"
)

// photo is a PNG with bands of colour, and so much noise in it as is wanted, which does not compress well.
func photo(t *testing.T, width, height int, noise uint32) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	seed := uint32(1)
	for i := range m.Pix {
		seed = seed*1664525 + 1013904223
		m.Pix[i] = uint8(i/4%width/8) + uint8((seed>>16)*noise>>16)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// a story with the same picture in each use.
func illustrated(name string) *story.Document {
	of := func(x float64) story.Picture {
		return story.Picture{File: name, Credit: "Ana", Focus: story.Point{X: x, Y: .5}}
	}
	return &story.Document{
		Slug: "bridge", Lang: "en", Picture: of(.5),
		Steps:  []story.Step{{Picture: of(.5)}},
		Events: []story.Event{{Picture: of(.9)}, {}}, Actors: []story.Actor{{Portrait: of(.1)}, {Portrait: of(.9)}},
		Sections: []story.Section{{Body: []story.Block{{Kind: "p"}, {Kind: "picture", Picture: of(.5)}}}},
	}
}

func add(t *testing.T, d *story.Document, data []byte, o Options) file.Set {
	t.Helper()
	files := file.Set{}
	err := Add(files, d, func(name string) ([]byte, error) { return data, nil }, o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPicturesHaveTheFormsOfTheirPlaces(t *testing.T) {
	d := illustrated("a.png")
	files := add(t, d, photo(t, 1600, 1000, 0), Options{})
	type form struct {
		kind string
		w, h int
	}
	onPage := []form{{webP, 360, 225}, {webP, 720, 450}, {webP, 1440, 900}, {jpeg, 720, 450}}
	for name, c := range map[string]struct {
		p    *story.Picture
		want []form
	}{
		"explainer": {&d.Picture, onPage}, "event": {&d.Events[0].Picture, onPage},
		"section": {&d.Sections[0].Body[1].Picture, onPage},
		"step":    {&d.Steps[0].Picture, []form{{webP, 360, 240}, {webP, 720, 480}, {webP, 1080, 720}, {jpeg, 720, 480}}},
		"actor":   {&d.Actors[0].Portrait, []form{{webP, 240, 240}, {jpeg, 240, 240}}},
	} {
		var got []form
		for _, f := range c.p.Forms {
			got = append(got, form{f.Type, f.Width, f.Height})
			data := files[f.Path]
			config, kind, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || "image/"+kind != f.Type || config.Width != f.Width || config.Height != f.Height {
				t.Errorf("%s: %s is a %s of %v, %v", name, f.Path, kind, config, err)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	// What is whole is the same whatever its focus; what is cut is not.
	if d.Picture.Forms[0] != d.Events[0].Picture.Forms[0] || d.Picture.Forms[0] != d.Sections[0].Body[1].Picture.Forms[0] {
		t.Error("the same picture was made twice")
	}
	if d.Actors[0].Portrait.Forms[0] == d.Actors[1].Portrait.Forms[0] {
		t.Error("portraits around two points are the same")
	}
	if len(files) != 4+4+2+2 {
		t.Errorf("got %d files: %v", len(files), files.Paths())
	}
	for _, path := range files.Paths() {
		if !Is(path) || file.Owner(path) != "bridge" {
			t.Errorf("%s is of %q", path, file.Owner(path))
		}
	}
}

// A picture that compresses badly loses quality, not the budget of those who save it.
func TestBytesAreLimited(t *testing.T) {
	d := illustrated("a.png")
	files := add(t, d, photo(t, 720, 480, 120), Options{})
	for _, f := range Saved(d) {
		if n := len(files[f.Path]); n > mostSaved || n == 0 || f.Width > saved || f.Type != webP {
			t.Errorf("%s has %d bytes, the limit is %d", f.Path, n, mostSaved)
		}
	}
	if n := len(Saved(d)); n != 6 {
		t.Errorf("%d pictures are saved", n)
	}
}

func TestSmallPicturesAreNotEnlarged(t *testing.T) {
	d := illustrated("a.png")
	add(t, d, photo(t, 300, 500, 0), Options{})
	if f := d.Picture.Forms; len(f) != 2 || f[0].Width != 300 || f[0].Height != 500 || f[1].Type != jpeg {
		t.Errorf("on the page: got %v", f)
	}
	if f := d.Steps[0].Picture.Forms; len(f) != 2 || f[0].Width != 300 || f[0].Height != 200 {
		t.Errorf("on the step: got %v", f)
	}
	if f := d.Actors[0].Portrait.Forms; f[0].Width != 240 {
		t.Errorf("as a portrait: got %v", f)
	}
}

func TestDraftsHaveOneForm(t *testing.T) {
	d := illustrated("a.png")
	add(t, d, photo(t, 900, 600, 0), Options{Draft: true})
	d.Pictures(func(p *story.Picture, _ story.PictureUse) {
		if len(p.Forms) != 1 || p.Forms[0].Type != jpeg {
			t.Errorf("got %v", p.Forms)
		}
	})
}

func TestPicturesAreKept(t *testing.T) {
	kept := t.TempDir()
	first := illustrated("a.png")
	data := photo(t, 400, 300, 0)
	want := add(t, first, data, Options{Kept: kept})
	names, err := filepath.Glob(kept + "/made/pictures/*")
	if err != nil || len(names) != 4 {
		t.Fatalf("got %v, %v", names, err)
	}
	again := illustrated("renamed.png")
	if got := add(t, again, data, Options{Kept: kept}); !slices.Equal(got.Paths(), want.Paths()) {
		t.Error("a file that was renamed was made anew")
	}
	for _, name := range names {
		if err := os.WriteFile(name, []byte("damaged"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := add(t, illustrated("a.png"), data, Options{Kept: kept}); !slices.Equal(got.Paths(), want.Paths()) {
		t.Error("what is damaged was used")
	}
	// In place of each a stand-in, to see that it is used.
	var other bytes.Buffer
	if err := gob.NewEncoder(&other).Encode([]made{{webP, 7, 7, []byte("kept")}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := cache.Write(kept, filepath.Join("made", "pictures", filepath.Base(name)), other.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	first = illustrated("a.png")
	for path, content := range add(t, first, data, Options{Kept: kept}) {
		if string(content) != "kept" || first.Picture.Forms[0].Width != 7 {
			t.Errorf("%s was made again", path)
		}
	}
	data[len(data)-5] ^= 1 // a checksum: another file
	if err := Add(file.Set{}, illustrated("a.png"), func(string) ([]byte, error) { return data, nil }, Options{Kept: kept}); err == nil {
		t.Error("another file was taken for the one that is kept")
	}
}

func TestFaultsNameTheFile(t *testing.T) {
	lost := errors.New("lost")
	for want, read := range map[string]func(string) ([]byte, error){
		"reading the picture a.png: lost": func(string) ([]byte, error) { return nil, lost },
		"making the picture a.png: not a": func(string) ([]byte, error) { return []byte("<svg/>"), nil },
	} {
		if err := Add(file.Set{}, illustrated("a.png"), read, Options{}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestPicturesInOneFile(t *testing.T) {
	d := illustrated("a.png")
	files := add(t, d, photo(t, 1600, 1000, 0), Options{})
	for most, width := range map[int]int{1 << 30: 720, 100: 360} {
		in := InOneFile(files, d, most)
		last := d.Picture.Forms[len(d.Picture.Forms)-1].Path
		data, ok := strings.CutPrefix(in[last], "data:image/webp;base64,")
		if !ok {
			t.Fatalf("got %.40s", in[last])
		}
		m, err := webp.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
		if err != nil || m.Bounds().Dx() != width {
			t.Errorf("at most %d bytes: got %v, want %d wide", most, err, width)
		}
	}
}

func TestCutsFillTheirPlace(t *testing.T) {
	read := func(string) ([]byte, error) { return photo(t, 200, 100, 0), nil }
	data, err := Cut(&story.Picture{File: "a.png", Credit: "Ana", Focus: story.Point{X: 1, Y: 0}}, read, 504, 618, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m, kind, err := image.Decode(bytes.NewReader(data))
	if err != nil || kind != "jpeg" || m.Bounds() != image.Rect(0, 0, 504, 618) || m.ColorModel() == color.GrayModel {
		t.Errorf("got a %s of %v, %v", kind, m.Bounds(), err)
	}
}
