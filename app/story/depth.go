package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Depth is the part of a story that the client loads once the page is live: the scenes of the map, the windows of the
// time axis, and the items that a search finds.
type Depth struct {
	Items []Item

	// scenes has scenes, by SceneKey, and windows, by windowKey, each encoded: the client decodes one only when it is
	// shown.
	scenes map[string][]byte
}

// Item is something that a search finds.
type Item struct {
	Kind  string `json:"k"`           // kind of the item, as in its fragment: "call", "statement"
	ID    string `json:"id"`          // as in its fragment
	Title string `json:"t"`           // name of the item
	Text  string `json:"x,omitempty"` // its other text
	Also  string `json:"a,omitempty"` // further words to find it by: names in other spellings, folded (see package fold)
}

// EncodeDepth returns the depth of d: the first line has the items as JSON, each further line has the key of a scene or
// window, a tab, and this as JSON. So the client need not parse a scene before it shows it.
func (d *Document) EncodeDepth() ([]byte, error) {
	items, err := json.Marshal(d.Items)
	if err != nil {
		return nil, fmt.Errorf("encoding what a search finds in %s (%s): %w", d.Slug, d.Lang, err)
	}
	var b bytes.Buffer
	b.Write(items)
	for _, key := range slices.Sorted(maps.Keys(d.Map.Scenes)) {
		if strings.HasPrefix(key, SceneKey(CardScene, "")) {
			continue // only pictures show it
		}
		b.WriteString("\n" + key + "\t")
		if err := json.Compact(&b, d.Map.Scenes[key]); err != nil {
			return nil, fmt.Errorf("encoding scene %s of %s (%s): %w", key, d.Slug, d.Lang, err)
		}
	}
	for i := range d.Timeline.Windows {
		window, err := json.Marshal(&d.Timeline.Windows[i])
		if err != nil {
			return nil, fmt.Errorf("encoding part %d of the time axis of %s (%s): %w", i, d.Slug, d.Lang, err)
		}
		b.WriteString("\n" + windowKey(i) + "\t")
		b.Write(window)
	}
	return b.Bytes(), nil
}

// windowKey is a key that no scene has.
func windowKey(n int) string { return "axis " + strconv.Itoa(n) }

// Window returns a window of the time axis, nil if there is none.
func (d *Depth) Window(n int) *Window {
	w := &Window{}
	if key := windowKey(n); !d.Has(key) || decode(d.scenes[key], w) != nil {
		return nil
	}
	return w
}

// DepthParts returns the parts of an encoded depth: what a search finds, and the scenes with the windows.
func DepthParts(data []byte) (items, scenes []byte) {
	items, scenes, _ = bytes.Cut(data, []byte("\n"))
	return items, scenes
}

// DecodeDepth reads what EncodeDepth wrote. The result refers to data, which must not change.
func DecodeDepth(data []byte) (*Depth, error) {
	d := &Depth{scenes: map[string][]byte{}}
	items, scenes := DepthParts(data)
	if err := decode(items, &d.Items); err != nil {
		return nil, fmt.Errorf("decoding what a search finds: %w", err)
	}
	if len(scenes) == 0 { // a story with neither
		return d, nil
	}
	for line := range bytes.SplitSeq(scenes, []byte("\n")) {
		key, scene, ok := bytes.Cut(line, []byte("\t"))
		if !ok {
			return nil, fmt.Errorf("decoding the scenes of the map: a line of %d bytes has no key", len(line))
		}
		d.scenes[string(key)] = scene
	}
	return d, nil
}

// Has tells whether there is a scene for a key.
func (d *Depth) Has(key string) bool { return d != nil && d.scenes[key] != nil }

// Scene returns the scene of a key, nil if there is none.
func (d *Depth) Scene(key string) *Scene {
	if !d.Has(key) {
		return nil
	}
	return decodeScene(d.scenes[key])
}

// Scene returns the scene of a key, nil if there is none. The client has no scenes here; see [Depth.Scene].
func (m *Map) Scene(key string) *Scene { return decodeScene(m.Scenes[key]) }

func decodeScene(data []byte) *Scene {
	s := &Scene{}
	if decode(data, s) != nil {
		return nil // only where there is none: the same program writes and reads scenes
	}
	return s
}
