package story_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/story"
)

func TestDepth(t *testing.T) {
	scene := story.Scene{Kind: story.ActorScene, ID: "b", Actors: []int{0, 2}, Wide: story.Layout{Width: 7, Nodes: []story.Node{{Lines: []string{"two\nlines\tof it"}}}}}
	data, err := json.MarshalIndent(scene, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	d := &story.Document{
		Items: []story.Item{{Kind: "call", ID: "1", Title: "a\nb", Text: "<c>\t", Also: "d"}, {Kind: "term", ID: "x", Title: "y"}},
		Map:   story.Map{Scenes: map[string]json.RawMessage{story.SceneKey("actor", "b"): data, story.SceneKey("whole", ""): []byte(`{"kind":"whole"}`), story.SceneKey("card", "a"): data}},
	}
	encoded, err := d.EncodeDepth()
	if err != nil {
		t.Fatal(err)
	}
	got, err := story.DecodeDepth(encoded)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.Items, got.Items); diff != "" {
		t.Errorf("items differ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&scene, got.Scene("actor b")); diff != "" {
		t.Errorf("the scene differs (-want +got):\n%s", diff)
	}
	if s := got.Scene("whole "); s == nil || s.Kind != story.WholeScene {
		t.Errorf("the whole is %v", s)
	}
	if got.Has("card a") {
		t.Error("the client gets what only pictures show")
	}
	if got.Has("actor a") || got.Scene("actor a") != nil || (*story.Depth)(nil).Has("actor b") || (*story.Depth)(nil).Scene("actor b") != nil {
		t.Error("there is a scene that is not there")
	}
	for data, want := range map[string]string{"": "decoding what a search finds", "[]\nx": "no key", "null\na\t1": ""} {
		if _, err := story.DecodeDepth([]byte(data)); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %q", data, err, want)
		}
	}
	if d.Map.Scenes["bad"] = []byte("{"); true {
		if _, err := d.EncodeDepth(); err == nil {
			t.Error("half a scene was encoded")
		}
	}
}

// Whatever a server answers, reading it ends, with an error or without; a scene that is half there is none.
func FuzzDecodeDepth(f *testing.F) {
	f.Add([]byte(`[{"k":"call","id":"1","t":"a"}]`+"\nactor b\t{\"kind\":\"actor\",\"wide\":{\"nodes\":[{\"lines\":[\"x\"]}]}}"), "actor b")
	f.Add([]byte("[]\nwhole \t{"), "whole ")
	f.Add([]byte("null\n\t"), "")
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		d, err := story.DecodeDepth(data)
		if err != nil {
			return
		}
		var scene story.Scene
		_, after, found := strings.Cut("\n"+string(data), "\n"+key+"\t")
		after, _, _ = strings.Cut(after, "\n")
		if s := d.Scene(key); s != nil && (!found && key != "") {
			t.Errorf("got the scene %+v, which is not there", s)
		} else if s == nil && found && strings.Count(string(data), "\n"+key+"\t") == 1 && json.Unmarshal([]byte(after), &scene) == nil && after != "null" {
			t.Errorf("lacks the scene %q", after)
		}
	})
}
