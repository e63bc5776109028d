// Package picture reads the pictures that editors put into an explainer, and makes small ones of them.
//
//	facts, err := picture.Look(data)     // what it is; err is a *Fault that an editor can do something about
//	p, err := picture.Read(data)
//	small := p.Fit(1280)                 // upright, at most so wide
//	square := p.Cut(240, 240, focus)     // around what must stay in view
//	data, err := picture.WebP(small, 75)
//
// Nothing of a file is passed through: a picture is decoded, and what is published is encoded anew. So nothing else
// that a file holds, such as the place where it was taken, the camera, or a script, reaches a reader.
package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"sync"

	"github.com/bep/imagemeta"
	"golang.org/x/image/webp"
)

// Limits of what is read. They are above what cameras make, and low enough that a file which claims to be larger than
// it is cannot exhaust the memory.
const (
	MostBytes  = 30 << 20
	MostPixels = 50_000_000
	mostSide   = 30_000
)

// Fault is why a file cannot be a picture of an explainer. Kind names the reason: it is a variant of the rule
// bad-picture.
type Fault struct {
	Kind          string // "empty", "type", "broken", "cut", "animated", "printing", "pixels"
	Type          string // for "type": what it is instead, "" if that is not known
	Width, Height int    // for "pixels"
}

// Error says what is wrong, for whoever is not an editor.
func (f *Fault) Error() string {
	return strings.TrimSpace(fmt.Sprintf("not a picture that can be used: %s %s", f.Kind, f.Type))
}

// Facts are what is known of a picture. Width and height are those of the upright one.
type Facts struct {
	Type          string // "JPEG", "PNG" or "WebP"
	Width, Height int
}

// Picture is a decoded picture.
type Picture struct {
	Facts
	image       image.Image
	orientation int // as in EXIF, 1 to 8
}

// looked has the result of Look for each file, by its hash: previews look at the same files after every save.
var looked sync.Map

// Look decodes a file to find out what it is, and whether all of it is there.
func Look(data []byte) (Facts, error) {
	type result struct {
		facts Facts
		err   error
	}
	key := sha256.Sum256(data)
	if r, ok := looked.Load(key); ok {
		return r.(result).facts, r.(result).err
	}
	var r result
	p, err := Read(data)
	if r.err = err; err == nil {
		r.facts = p.Facts
	}
	looked.Store(key, r)
	return r.facts, r.err
}

// decoders are the types that are read.
var decoders = map[string]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat
}{
	"JPEG": {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	"PNG":  {png.DecodeConfig, png.Decode, imagemeta.PNG},
	"WebP": {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
}

// Read decodes a file. It goes by what the file holds, whatever its name says. The error is a *Fault.
func Read(data []byte) (p *Picture, err error) {
	// The decoders are not our code. If one panics, the editor must still learn which file was the reason.
	defer func() {
		if recover() != nil {
			p, err = nil, &Fault{Kind: "broken"}
		}
	}()
	if len(data) == 0 {
		return nil, &Fault{Kind: "empty"}
	}
	p = &Picture{}
	p.Type = typeOf(data)
	of, ok := decoders[p.Type]
	if !ok {
		return nil, &Fault{Kind: "type", Type: p.Type}
	}
	if moves(p.Type, data) {
		return nil, &Fault{Kind: "animated"}
	}
	broken := &Fault{Kind: "broken"}
	if !ended(p.Type, data) {
		broken.Kind = "cut"
	}
	config, err := of.config(bytes.NewReader(data))
	if err != nil {
		return nil, broken
	}
	switch w, h := config.Width, config.Height; {
	case w <= 0 || h <= 0:
		return nil, broken
	case w > mostSide || h > mostSide || w*h > MostPixels:
		return nil, &Fault{Kind: "pixels", Width: w, Height: h}
	case config.ColorModel == color.CMYKModel:
		return nil, &Fault{Kind: "printing"}
	}
	if p.image, err = of.decode(bytes.NewReader(data)); err != nil {
		return nil, broken
	}
	p.orientation = orientationOf(data, of.meta)
	size := p.image.Bounds().Size()
	if p.orientation >= 5 {
		size.X, size.Y = size.Y, size.X
	}
	p.Width, p.Height = size.X, size.Y
	return p, nil
}

// ended tells whether a file has its end: the reason why most that cannot be decoded are damaged is that they have not.
func ended(kind string, data []byte) bool {
	end := data[max(0, len(data)-1024):]
	switch kind {
	case "JPEG":
		return bytes.Contains(end, []byte("\xff\xd9"))
	case "PNG":
		return bytes.Contains(end, []byte("IEND"))
	}
	return int64(len(data)) >= int64(binary.LittleEndian.Uint32(data[4:]))+8
}

// typeOf says what a file is, by its first bytes; "" if that is not known.
func typeOf(data []byte) string {
	head := string(data[:min(len(data), 1024)])
	at := func(offset int, text string) bool {
		return len(head) >= offset && strings.HasPrefix(head[offset:], text)
	}
	switch {
	case at(0, "\xff\xd8\xff"):
		return "JPEG"
	case at(0, "\x89PNG\r\n\x1a\n"):
		return "PNG"
	case at(0, "RIFF") && at(8, "WEBP"):
		return "WebP"
	case at(0, "GIF8"):
		return "GIF"
	case at(4, "ftyphei"), at(4, "ftyphev"), at(4, "ftypmif1"), at(4, "ftypmsf1"):
		return "HEIC"
	case at(4, "ftypavi"):
		return "AVIF"
	case at(4, "ftyp"), at(0, "\x1aE\xdf\xa3"):
		return "video"
	case at(0, "II*\x00"), at(0, "MM\x00*"):
		return "TIFF"
	case at(0, "BM"):
		return "BMP"
	case at(0, "%PDF"):
		return "PDF"
	case at(0, "8BPS"):
		return "PSD"
	case strings.Contains(strings.ToLower(head), "<svg"):
		return "SVG"
	}
	return ""
}

// moves tells whether a file has more than one picture.
func moves(kind string, data []byte) bool {
	switch kind {
	case "WebP":
		// Its extended header has a bit for it.
		return len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&2 != 0
	case "PNG":
		// A chunk for it stands before the first one of the picture.
		for rest := data[8:]; len(rest) >= 8; {
			size := int64(binary.BigEndian.Uint32(rest)) + 12
			switch string(rest[4:8]) {
			case "acTL":
				return true
			case "IDAT":
				return false
			}
			if size > int64(len(rest)) {
				return false
			}
			rest = rest[size:]
		}
	}
	return false
}

// orientationOf says how a picture must be turned to be upright: 1, as it is, to 8, as EXIF counts. A file that says
// nothing readable of it is taken as it is.
func orientationOf(data []byte, format imagemeta.ImageFormat) int {
	found := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if n, ok := tag.Value.(uint16); ok && n >= 1 && n <= 8 && tag.Namespace == "IFD0" {
				found = int(n)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1
	}
	return found
}
