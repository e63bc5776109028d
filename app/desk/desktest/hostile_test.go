package desktest

import "testing"

func TestHostile(t *testing.T) {
	folder, texts := Hostile(t, "../../../cmd/sharh/testdata/content")
	stories := Stories(t, folder)
	t.Log(len(texts), len(stories))
}
