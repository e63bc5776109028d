//go:build !js

package ui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/storytest"
)

func TestOnEvidence(t *testing.T) {
	for _, fragment := range []string{
		"#statement-s1", "statement-s1", "#relation-r10", "#source-tass-16dec", "#term-axis",
		"#ledger", "#relations", "#sources", "#about", "#glossary", "#changes", "changes",
	} {
		if !address.OnEvidence(fragment) {
			t.Errorf("%s is not on the evidence page", fragment)
		}
	}
	for _, fragment := range []string{
		"", "#", "#-", "#main", "#call-3", "#actor-source", "#view-statement", "#step-1", "#event-term-ends",
		"#section-sources",
		"#steps", "#key-points", "#timeline", "#map", "#article", "#updates", "#events", "#evidence", "#views",
		"#sources-of-war", "#statements",
	} {
		if address.OnEvidence(fragment) {
			t.Errorf("%s is on the evidence page", fragment)
		}
	}
}

// Every link to a fragment leads to the page that OnEvidence names, and that page has it. In the explainer in one file,
// the file itself has all fragments.
func TestFragmentsAreWhereTheyAreLookedFor(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		ids := func(p *html.Node) []string { return values(all(p, "", "id"), "id") }
		page, every := draw(t, &ui.Page{Doc: d}), draw(t, &ui.Page{Doc: d, All: true})
		proof := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
		on := map[bool][]string{false: ids(page), true: ids(proof)}
		for name, p := range map[string]*html.Node{"the page": page, "the evidence": proof, "one file": every} {
			if here := slices.Sorted(slices.Values(ids(p))); len(slices.Compact(slices.Clone(here))) != len(here) {
				t.Errorf("%s has an id twice: %q", name, here)
			}
			for _, link := range hrefs(p, "#") {
				where := on[address.OnEvidence(link)]
				if name == "one file" {
					where = ids(p)
				}
				if !slices.Contains(where, link[1:]) {
					t.Errorf("%s has a link to %s, which is not there", name, link)
				}
			}
		}
		for _, id := range on[false] {
			if address.OnEvidence(id) {
				t.Errorf("%s is on the page, and looked for in the evidence", id)
			}
		}
		for kind, want := range map[string]int{
			"statement-": len(d.Statements), "relation-": len(d.Relations), "source-": len(d.Sources), "term-": len(d.Terms),
		} {
			got := 0
			for _, id := range on[true] {
				if strings.HasPrefix(id, kind) && address.OnEvidence(id) {
					got++
				}
			}
			if got != want || want == 0 {
				t.Errorf("the evidence has %d %s…, want %d", got, kind, want)
			}
		}
	})
}

// The evidence page has neither a heading nor a link for a part that the story lacks.
func TestEvidenceHasASectionForEachThing(t *testing.T) {
	for lack, want := range map[string][]string{
		"nothing": {"ledger", "relations", "sources", "about"}, "statements": {"relations", "sources", "about"},
		"a map": {"ledger", "sources", "about"}, "method": {"ledger", "relations", "sources"}, "anything": {"sources"},
		"steps": {"ledger", "relations", "sources", "about"},
	} {
		t.Run("without "+lack, func(t *testing.T) {
			d := stories(t)["eight-calls ar"]
			if take := storytest.Without[lack]; take != nil {
				take(d)
			}
			p := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
			_, shown := sections(t, p)
			if diff := cmp.Diff(want, shown); diff != "" {
				t.Errorf("sections that are shown (-want +got):\n%s", diff)
			}
			names := map[string]string{"ledger": d.Words.Ledger, "relations": d.Words.Twin, "sources": d.Words.Sources,
				"about": d.Words.Method}
			var ways, words []string
			for _, id := range want {
				ways, words = append(ways, "#"+id), append(words, names[id])
			}
			links := all(only(t, p, "nav", "class=ways", "aria-label="+d.Words.Evidence), "a")
			if diff := cmp.Diff(ways, values(links, "href")); diff != "" {
				t.Errorf("ways (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(words, texts(links)); diff != "" {
				t.Errorf("words of the ways (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("parts of the method", func(t *testing.T) {
		for _, c := range []struct {
			take func(*story.Document)
			want []string // ids
		}{
			{func(*story.Document) {}, []string{"glossary", "changes"}},
			{func(d *story.Document) { d.Terms = nil }, []string{"changes"}},
			{func(d *story.Document) { d.Changes, d.Method = nil, nil }, []string{"glossary"}},
		} {
			d := stories(t)["sample en"]
			c.take(d)
			about := only(t, draw(t, &ui.Page{Doc: d, Part: ui.Evidence}), "section", "id=about")
			var got []string
			for _, list := range slices.Concat(all(about, "dl"), all(about, "ul", "id")) {
				id, _ := attribute(list, "id")
				got = append(got, id)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("lists (-want +got):\n%s", diff)
			}
			if got := len(all(about, "div", "class=prose")) > 0; got != (len(d.Method) > 0) {
				t.Errorf("says how it was made: %t", got)
			}
		}
	})
}

func TestHeaderOfTheEvidence(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		p := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
		if got, _ := attribute(p, "data-part"); got != string(ui.Evidence) {
			t.Errorf("the page says that it is %q", got)
		}
		if got := texts(all(p, "h1")); !slices.Equal(got, []string{d.Words.Evidence}) {
			t.Errorf("got headlines %q, want %q", got, d.Words.Evidence)
		}
		back := only(t, only(t, p, "p", "class=back"), "a")
		if href, _ := attribute(back, "href"); href != "../" || text(back) != d.Title {
			t.Errorf("the way back leads to %s and says %q", href, text(back))
		}
		for _, l := range d.Languages {
			if l.Lang == d.Lang {
				continue
			}
			want := "../" + l.Path + "evidence/" // relative to evidence/
			if d.Path() != "" {                  // relative to en/evidence/
				want = "../../" + l.Path + "evidence/"
			}
			if got, _ := attribute(only(t, only(t, p, "nav", "class=tools"), "a", "hreflang="+l.Lang), "href"); got != want {
				t.Errorf("the link to %s leads to %s, want %s", l.Lang, got, want)
			}
		}
	})
}

// The evidence page has every relation of the map in words, under the acting actor.
func TestRelationsInText(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		p := draw(t, &ui.Page{Doc: d, Part: ui.Evidence})
		for _, r := range d.Relations {
			li := only(t, p, "li", "id=relation-"+r.ID)
			act := text(only(t, li, "p", "class=act"))
			for _, want := range []string{d.Words.Polarities[r.Polarity], r.Label, reader.Speaker(d, r.To).Name, reader.Speaker(d, r.Via).Name} {
				if !strings.Contains(act, want) {
					t.Errorf("relation %s: %q does not say %q", r.ID, act, want)
				}
			}
			said := text(only(t, li, "p", "class=say"))
			for _, want := range []string{d.Words.Kinds[r.Said.Kind], reader.Speaker(d, r.Said.By).Name, r.Said.Date.Text, r.Said.Text.Plain()} {
				if !strings.Contains(said, want) {
					t.Errorf("relation %s: %q does not say %q", r.ID, said, want)
				}
			}
			var proof []string
			for _, id := range r.Said.Sources {
				proof = append(proof, "#source-"+id)
			}
			for _, id := range r.Said.Statements {
				proof = append(proof, "#statement-"+id)
			}
			if diff := cmp.Diff(proof, values(all(only(t, only(t, li, "p", "class=say"), "sup"), "a"), "href")); diff != "" {
				t.Errorf("relation %s rests on (-want +got):\n%s", r.ID, diff)
			}
			from := li.Parent.Parent
			if got := text(only(t, from, "h3")); got != reader.Speaker(d, r.From).Name {
				t.Errorf("relation %s stands under %q", r.ID, got)
			}
		}
	})
}
