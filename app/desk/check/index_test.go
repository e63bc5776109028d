package check

import (
	"testing"

	"sharh/app/story/address"
)

// Every kind that a link can lead to is defined in a file, and has a word for messages.
func TestLinkedKindsAreKnown(t *testing.T) {
	for _, to := range address.Linked() {
		k, id, ok := target(to.Fragment("x"))
		if !ok || id != "x" || len(files[k]) == 0 {
			t.Errorf("%s: got the kind %q in the files %v", to.Fragment("x"), k, files[k])
		}
	}
	if _, _, ok := target(address.Section.Fragment("x")); ok {
		t.Error("texts can link to sections")
	}
}
