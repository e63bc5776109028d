package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Depth is the part of a story that the client loads once the page is live: the scenes of the map, and the items that a
// search finds.
type Depth struct {
	Items []Item

	scenes map[string][]byte // each encoded, by SceneKey: the client decodes a scene only when it is shown
}

// Item is something that a search finds.
type Item struct {
	Kind  string `json:"k"`           // kind of the item, as in its fragment: "call", "statement"
	ID    string `json:"id"`          // as in its fragment
	Title string `json:"t"`           // name of the item
	Text  string `json:"x,omitempty"` // its other text
	Also  string `json:"a,omitempty"` // further words to find it by: names in other spellings, folded (see package fold)
}

// EncodeDepth returns the depth of d: the first line has the items as JSON, each further line has a scene's key, a tab
// and the scene as JSON. So the client need not parse a scene before it shows it.
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
	return b.Bytes(), nil
}

// DepthParts returns the parts of an encoded depth: what a search finds, and the scenes.
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
	if len(scenes) == 0 { // a story without a map
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
