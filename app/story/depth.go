package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Depth is what stands behind the page and comes once it is live: the scenes of the map, and what a search finds.
type Depth struct {
	Items []Item

	scenes map[string][]byte // each encoded, by SceneKey: the client decodes what is looked at
}

// Item is something that a search finds.
type Item struct {
	Kind  string `json:"k"`           // of the item, as in its fragment: "call", "statement"
	ID    string `json:"id"`          // as in its fragment
	Title string `json:"t"`           // what it is called
	Text  string `json:"x,omitempty"` // what else it says
	Also  string `json:"a,omitempty"` // further words to find it by: names in other spellings, folded (see package fold)
}

// EncodeDepth returns the depth of d: the items in a line of JSON, then each scene in one, behind its key and a tab. So
// nothing has to be read over before it is wanted.
func (d *Document) EncodeDepth() ([]byte, error) {
	items, err := json.Marshal(d.Items)
	if err != nil {
		return nil, fmt.Errorf("encoding what a search finds in %s (%s): %w", d.Slug, d.Lang, err)
	}
	var b bytes.Buffer
	b.Write(items)
	for _, key := range slices.Sorted(maps.Keys(d.Map.Scenes)) {
		b.WriteString("\n" + key + "\t")
		if err := json.Compact(&b, d.Map.Scenes[key]); err != nil {
			return nil, fmt.Errorf("encoding scene %s of %s (%s): %w", key, d.Slug, d.Lang, err)
		}
	}
	return b.Bytes(), nil
}

// DecodeDepth reads what EncodeDepth wrote. It keeps data.
func DecodeDepth(data []byte) (*Depth, error) {
	d := &Depth{scenes: map[string][]byte{}}
	first := true
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		if first {
			first = false
			if err := json.Unmarshal(line, &d.Items); err != nil {
				return nil, fmt.Errorf("decoding what a search finds: %w", err)
			}
			continue
		}
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
	s := &Scene{}
	if json.Unmarshal(d.scenes[key], s) != nil {
		return nil // written by the same program that reads it
	}
	return s
}
