// Package media makes the pictures of a story: each in the sizes and types that its place on the page needs, encoded
// anew from the editor's file.
//
//	err := media.Add(files, doc, read, media.Options{Kept: "build/cache"})
//
// What was made is kept between builds, by the content of the file and all else that decides of it.
package media

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"image"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"sharh/app/edition"
	"sharh/app/picture"
	"sharh/app/site/cache"
	"sharh/app/site/file"
	"sharh/app/story"
)

// Options are choices for making pictures.
type Options struct {
	Kept  string // a folder that keeps them between builds, "" for none
	Draft bool   // one form of each, made in a tenth of the time: for a look at the page
}

// name is how the names of all forms begin, as web/sw.js knows.
const name = "picture."

// Is tells whether a path is that of a form of a picture.
func Is(path string) bool { return strings.HasPrefix(path, file.Assets+name) }

const (
	webP = "image/webp"
	jpeg = "image/jpeg"
)

// size is a form of a picture: how wide it is, and how many bytes it may have, for which its quality is lowered.
type size struct {
	width, bytes int
	kind         string
}

// sizes are the forms of a picture, by what it is for. Phones take the first or the second, wide screens of many
// pixels the third; browsers that know no WebP take the JPEG. All have exactly the shape of the largest: the page keeps
// room for one of them, and must not move by a fraction of a pixel when another one comes.
var sizes = map[story.PictureUse][]size{
	story.OnPage:  {{360, 40_000, webP}, {saved, mostSaved, webP}, {largest, 260_000, webP}, {saved, 140_000, jpeg}},
	story.OnStep:  {{360, 40_000, webP}, {saved, mostSaved, webP}, {1080, 200_000, webP}, {saved, 140_000, jpeg}},
	story.OnActor: {{portrait, 20_000, webP}, {portrait, 30_000, jpeg}},
}

const (
	largest   = 1440    // the width that wide screens of many pixels need
	saved     = 720     // the width that readers save for offline use
	mostSaved = 100_000 // its most bytes; package check counts pictures by it
	portrait  = 240     // the side of a portrait, which is shown at up to 96 pixels
	stepWide  = 3       // the shape of pictures on steps, all alike, so that cards do not differ in height
	stepHigh  = 2
)

// qualities are tried one after the other, until the bytes suffice.
var qualities = []int{78, 66, 54, 42, 30, 18, 8}

// made is a form as it is kept.
type made struct {
	Type          string
	Width, Height int
	Data          []byte
}

//go:embed *.go
var sources embed.FS

// self is a hash of what decides of pictures besides the editor's file.
var self = sync.OnceValue(func() string { return edition.Of([]fs.FS{sources}, picture.Edition()) })

// keyOf stands for what is made of an editor's file in a certain way.
func keyOf(data []byte, how ...any) string {
	sum := sha256.Sum256(data)
	return edition.Of(nil, self(), hex.EncodeToString(sum[:]), fmt.Sprint(how...))
}

// Add adds the pictures of a story to files, and names them in the story. read returns a file of the explainer's
// pictures.
func Add(files file.Set, d *story.Document, read func(name string) ([]byte, error), o Options) error {
	var all []*story.Picture
	var uses []story.PictureUse
	d.Pictures(func(p *story.Picture, use story.PictureUse) { all, uses = append(all, p), append(uses, use) })
	forms := make([][]made, len(all))
	names := make([]string, len(all))
	if err := file.Parallel(len(all), func(i int) error {
		data, err := read(all[i].File)
		if err != nil {
			return fmt.Errorf("reading the picture %s: %w", all[i].File, err)
		}
		focus := picture.Point(all[i].Focus)
		if uses[i] == story.OnPage {
			focus = picture.Point{} // it is not cut
		}
		key := keyOf(data, uses[i], focus, o.Draft)
		kept, err := cache.Keep(o.Kept, filepath.Join("pictures", key), func() ([]byte, error) {
			forms, err := formsOf(data, uses[i], focus, o.Draft)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = gob.NewEncoder(&b).Encode(forms)
			return b.Bytes(), err
		})
		if err == nil {
			err = gob.NewDecoder(bytes.NewReader(kept)).Decode(&forms[i])
		}
		if err != nil {
			return fmt.Errorf("making the picture %s: %w", all[i].File, err)
		}
		names[i] = key[:12]
		return nil
	}); err != nil {
		return err
	}
	for i, p := range all {
		p.Forms = nil
		for _, f := range forms[i] {
			p.Forms = append(p.Forms, story.PictureForm{
				Path: files.Asset(fmt.Sprintf("%s%s.%s-%d%s", name, d.Slug, names[i], f.Width, ends[f.Type]), f.Data),
				Type: f.Type, Width: f.Width, Height: f.Height,
			})
		}
	}
	return nil
}

// Cut returns a picture of a story as a JPEG in another shape, around what must stay in view. It is kept as Add keeps
// the others. One that is too small is enlarged: it stands among words of a fixed size.
func Cut(p *story.Picture, read func(name string) ([]byte, error), width, height int, kept string) ([]byte, error) {
	data, err := read(p.File)
	if err != nil {
		return nil, fmt.Errorf("reading the picture %s: %w", p.File, err)
	}
	key := keyOf(data, p.Focus, width, height)
	cut, err := cache.Keep(kept, filepath.Join("pictures", key), func() ([]byte, error) {
		whole, err := picture.Read(data)
		if err != nil {
			return nil, err
		}
		return picture.JPEG(picture.Filled(whole.Cut(width, height, picture.Point(p.Focus)), width, height), 88)
	})
	if err != nil {
		return nil, fmt.Errorf("cutting the picture %s: %w", p.File, err)
	}
	return cut, nil
}

var ends = map[string]string{webP: ".webp", jpeg: ".jpg"}

// formsOf makes the forms of a picture. Of one that is too small for the larger ones there are fewer.
func formsOf(data []byte, use story.PictureUse, focus picture.Point, draft bool) ([]made, error) {
	p, err := picture.Read(data)
	if err != nil {
		return nil, err
	}
	wanted := sizes[use]
	if draft {
		wanted = wanted[len(wanted)-1:]
	}
	large := whole(p, use, focus)
	var all []made
	for _, s := range wanted {
		if size := large.Rect.Size(); s.width < size.X && size.Y*s.width%size.X != 0 {
			continue // it would have another shape
		}
		small := picture.Smaller(large, s.width)
		if n := len(all); n > 0 && all[n-1].Width == small.Rect.Dx() && all[n-1].Type == s.kind {
			continue
		}
		data, err := encoded(small, s)
		if err != nil {
			return nil, err
		}
		all = append(all, made{s.kind, small.Rect.Dx(), small.Rect.Dy(), data})
	}
	return all, nil
}

// whole returns a picture in the largest form that it can have: in one of the widths of the forms or, if it is smaller
// than those, almost as it is.
func whole(p *picture.Picture, use story.PictureUse, focus picture.Point) *image.RGBA {
	const part = 4 // the sides of the largest form are multiples of it, since the smallest is a quarter
	most := 0
	for _, s := range sizes[use] {
		if s.width <= p.Width || most == 0 {
			most = max(most, s.width)
		}
	}
	var m *image.RGBA
	switch use {
	case story.OnActor:
		m = p.Cut(most, most, focus)
	case story.OnStep:
		m = p.Cut(most, most*stepHigh/stepWide, focus)
	default:
		m = p.Fit(most)
	}
	side := func(n int) int { return max(part, (n+part/2)/part*part) }
	return picture.Filled(m, side(m.Rect.Dx()), side(m.Rect.Dy()))
}

// encoded encodes a picture in the best quality for which the bytes of its size suffice, or else in the least.
func encoded(m *image.RGBA, s size) (data []byte, err error) {
	encode := picture.WebP
	if s.kind == jpeg {
		encode = picture.JPEG
	}
	for _, quality := range qualities {
		if data, err = encode(m, quality); err != nil || len(data) <= s.bytes {
			break
		}
	}
	return data, err
}

// Saved is the form of each picture of a story that readers save for offline use: the largest that is no wider than
// phones need.
func Saved(d *story.Document) (forms []story.PictureForm) { return within(d, saved) }

// within returns the largest form of each picture that is not wider than this or, if all are, the smallest. Each is of
// the type that most browsers take.
func within(d *story.Document, width int) (forms []story.PictureForm) {
	d.Pictures(func(p *story.Picture, _ story.PictureUse) {
		var best story.PictureForm
		for i, f := range p.Forms {
			if i == 0 || f.Type == p.Forms[0].Type && f.Width <= width {
				best = f
			}
		}
		if best.Path != "" {
			forms = append(forms, best)
		}
	})
	return forms
}

// InOneFile returns the pictures of a story as data: addresses, by the path of their last form, which pages name. They
// are smaller if they would have more than so many bytes together.
func InOneFile(files file.Set, d *story.Document, most int) map[string]string {
	var last []string
	d.Pictures(func(p *story.Picture, _ story.PictureUse) {
		if n := len(p.Forms); n > 0 {
			last = append(last, p.Forms[n-1].Path)
		}
	})
	in := map[string]string{}
	for _, width := range []int{saved, 0} {
		bytes := 0
		for i, f := range within(d, width) {
			in[last[i]] = "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(files[f.Path])
			bytes += len(in[last[i]])
		}
		if bytes <= most {
			break
		}
	}
	return in
}
