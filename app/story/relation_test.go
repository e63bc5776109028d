package story_test

import (
	"strings"
	"testing"

	"sharh/app/story"
)

func TestRelationInWords(t *testing.T) {
	en := &story.Words{From: "from", Towards: "towards", With: "with", Via: "by way of", Colon: ":", Comma: ","}
	ar := &story.Words{From: "من", Towards: "من … إلى", With: "مع", Via: "عبر", Colon: ":", Comma: "،"}
	names := map[string]string{"ana": "Ana", "ben": "Ben", "paper": "the Gazette", "أ": "أنا", "ب": "بدر", "ص": "الصحيفة"}
	name := func(id string) string { return names[id] }
	warns := story.Relation{From: "ana", To: "ben", Label: "warns him"}
	carried := story.Relation{From: "ana", To: "ben", Via: "paper", Label: "warns him"}
	talk := story.Relation{From: "ana", To: "ben", Label: "exchange views", Mutual: true}
	met := story.Relation{From: "ana", To: "ben", Via: "paper", Label: "exchange views", Mutual: true}
	for _, c := range []struct {
		words *story.Words
		of    story.Relation
		self  string
		want  string
	}{
		{en, warns, "", "Ana towards Ben: warns him"},
		{en, warns, "ana", "towards Ben: warns him"},
		{en, warns, "ben", "from Ana: warns him"},
		{en, carried, "", "Ana towards Ben: warns him, by way of the Gazette"},
		{en, carried, "ana", "towards Ben: warns him, by way of the Gazette"},
		{en, carried, "ben", "from Ana: warns him, by way of the Gazette"},
		{en, carried, "paper", "from Ana towards Ben: warns him"},
		{en, talk, "", "Ana with Ben: exchange views"},
		{en, talk, "ana", "with Ben: exchange views"},
		{en, talk, "ben", "with Ana: exchange views"},
		{en, met, "paper", "Ana with Ben: exchange views"},
		{ar, story.Relation{From: "أ", To: "ب", Via: "ص", Label: "تحذّره"}, "", "من أنا إلى بدر: تحذّره، عبر الصحيفة"},
		{ar, story.Relation{From: "أ", To: "ب", Label: "تحذّره"}, "أ", "إلى بدر: تحذّره"},
		{ar, story.Relation{From: "أ", To: "ب", Label: "تحذّره"}, "ب", "من أنا: تحذّره"},
		{ar, story.Relation{From: "أ", To: "ب", Label: "يتبادلان الرأي", Mutual: true}, "ب", "مع أنا: يتبادلان الرأي"},
		{en, story.Relation{From: "ana", To: "ana", Label: "doubts"}, "", "Ana towards Ana: doubts"},
		{en, story.Relation{From: "ana", To: "ana", Label: "doubts"}, "ana", "doubts"},
	} {
		var got strings.Builder
		plain, labels := false, 0
		for _, p := range c.of.Phrases(c.words, c.self, name) {
			got.WriteString(p.Text)
			if p.Actor != "" && (p.Text != names[p.Actor] || p.Actor == c.self) || p.Label && p.Text != c.of.Label || p.Text == "" {
				t.Errorf("%s: wrong phrase %+v", c.want, p)
			}
			if p.Label {
				labels++
			}
			now := p.Actor == "" && !p.Label
			if plain && now {
				t.Errorf("%s: two texts are adjacent, which HTML cannot express", c.want)
			}
			plain = now
		}
		if got.String() != c.want || labels != 1 {
			t.Errorf("on the card of %q: got %q, want %q", c.self, got.String(), c.want)
		}
		if said := c.of.Sentence(c.words, name); c.self == "" && said != c.want {
			t.Errorf("got the sentence %q, want %q", said, c.want)
		}
	}
}

func TestRelationConcerns(t *testing.T) {
	r := story.Relation{From: "ana", To: "ben", Via: "paper"}
	for actor, want := range map[string]bool{"ana": true, "ben": true, "paper": true, "carl": false} {
		if r.Concerns(actor) != want {
			t.Errorf("%s: got %v", actor, !want)
		}
	}
}

func TestThicknessOfLines(t *testing.T) {
	for _, c := range []struct{ weight, most, want int }{
		{1, 1, 4}, {1, 4, 1}, {2, 4, 2}, {3, 4, 3}, {4, 4, 4}, {1, 9999, 1}, {9999, 9999, 4}, {5, 8, 3},
	} {
		if got := story.ThicknessOf(c.weight, c.most); got != c.want {
			t.Errorf("%d of %d: got %d, want %d", c.weight, c.most, got, c.want)
		}
	}
}
