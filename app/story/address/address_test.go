package address_test

import (
	"regexp"
	"slices"
	"testing"

	"sharh/app/story"
	"sharh/app/story/address"
)

var doc = &story.Document{Calls: []story.Call{{ID: 3}}, Actors: []story.Actor{{ID: "ua-officials"}}, Views: []story.View{{ID: "why"}}}

// Each kind has a unique name, and every form of address starts with it.
func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for k := range address.Kind(address.Kinds) {
		if !regexp.MustCompile(`^[a-z]+$`).MatchString(k.String()) || seen[k.String()] {
			t.Errorf("kind %d is called %q: want a word of its own, in letters", k, k)
		}
		seen[k.String()] = true
		for _, id := range []string{"3", "ua-officials"} {
			got, gotID, ok := address.Parse(k.Fragment(id))
			if got != k || gotID != id || !ok || k.Fragment(id) != "#"+k.ID(id) {
				t.Errorf("%s: got %v, %q, %t", k.Fragment(id), got, gotID, ok)
			}
		}
	}
	for _, key := range append(address.Settings(), address.CampKey, address.KindKey, address.SearchKey) {
		if seen[key] {
			t.Errorf("%q is a kind and another key", key)
		}
		seen[key] = true
	}
	for _, bad := range []string{"", "#", "call-3", "#-3", "#calls-3", "#Call-3", "##call-3", "#call_3"} {
		if k, id, ok := address.Parse(bad); ok {
			t.Errorf("%q: got %v, %q, want no item", bad, k, id)
		}
	}
}

func TestForms(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{address.Call.ID("3"), "call-3"},
		{address.Call.Fragment("3"), "#call-3"},
		{address.Call.Query("3"), "?call=3"},
		{address.View.Page("why"), "view/why/"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// The items that can be chosen are those of the document.
func TestChoices(t *testing.T) {
	if got := address.Choices(); !slices.Equal(got, []address.Kind{address.Call, address.Actor, address.View}) {
		t.Errorf("got the choices %v", got)
	}
	if got := address.StateKeys(); !slices.Equal(got, []string{"call", "actor", "view", "camp", "kind", "q", "tie", "until", "only", "map"}) {
		t.Errorf("got the keys %v: addresses that are out in the world name them so", got)
	}
	for k, want := range map[address.Kind]string{address.Call: "3", address.Actor: "ua-officials", address.View: "why"} {
		if got := k.In(doc); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %v, want %s", k, got, want)
		}
	}
	if got := address.Statement.In(doc); got != nil {
		t.Errorf("statements can be chosen: %v", got)
	}
}
