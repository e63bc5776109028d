//go:build !js

package ui_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/storytest"
)

// part is a live element, as the client mounts it.
type part struct {
	Tag        string
	Attributes map[string]string
	Parts      []part // its live children
}

// built reads the live elements of a built page. It stores the content of the settled ones by their path.
func built(t *testing.T, n *html.Node, way string, settled map[string]string) part {
	t.Helper()
	p := part{Tag: n.Data, Attributes: map[string]string{}}
	for _, a := range n.Attr {
		if a.Val != "until-found" { // boot.js removes this attribute when it shows an item; the client does not set it
			p.Attributes[a.Key] = a.Val
		}
	}
	if _, ok := attribute(n, "data-settled"); ok {
		// The number of statements found is not rendered but set as text; see Ledger.
		if id, _ := attribute(n, "id"); id != "found" {
			settled[way] = inside(t, n)
		}
		return p
	}
	if _, ok := attribute(n, "data-go"); !ok {
		t.Fatalf("%s is neither live nor settled, and in a live element: take-over would not find what the client mounts", way)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			t.Fatalf("%s is live and has the text %q: the client mounts no text, which may be a translator's by then", way, c.Data)
		}
		p.Parts = append(p.Parts, built(t, c, step(way, len(p.Parts), c.Data), settled))
	}
	return p
}

// drawn reads what the client draws into parts.
func drawn(n *html.Node) part {
	p := part{Tag: n.Data, Attributes: map[string]string{}}
	for _, a := range n.Attr {
		p.Attributes[a.Key] = a.Val
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.Parts = append(p.Parts, drawn(c))
	}
	return p
}

func step(way string, i int, tag string) string { return fmt.Sprintf("%s/%d:%s", way, i, tag) }

// same compares the built page with what the client draws, node for node. The client does not set attributes that never
// change.
func same(t *testing.T, way string, built, drawn part) {
	t.Helper()
	if built.Tag != drawn.Tag || len(built.Parts) != len(drawn.Parts) {
		t.Errorf("%s: the client draws <%s> with %d parts, the page has <%s> with %d", way, drawn.Tag, len(drawn.Parts), built.Tag, len(built.Parts))
		return
	}
	for name, value := range drawn.Attributes {
		if got, has := built.Attributes[name]; !has || got != value {
			t.Errorf("%s: the client sets %s=%q, the page has %q", way, name, value, got)
		}
	}
	for i := range built.Parts {
		same(t, step(way, i, built.Parts[i].Tag), built.Parts[i], drawn.Parts[i])
	}
}

// changes lists the attributes that differ between two states of a page.
func changes(way string, before, after part) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(before.Attributes)) {
		if _, stays := after.Attributes[name]; !stays {
			all = append(all, fmt.Sprintf("%s loses %s", way, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.Attributes)) {
		if was, had := before.Attributes[name]; !had || was != after.Attributes[name] {
			all = append(all, fmt.Sprintf("%s gets %s=%q", way, name, after.Attributes[name]))
		}
	}
	if len(before.Parts) != len(after.Parts) {
		return append(all, fmt.Sprintf("%s has %d parts instead of %d", way, len(after.Parts), len(before.Parts)))
	}
	for i := range before.Parts {
		all = append(all, changes(step(way, i, before.Parts[i].Tag), before.Parts[i], after.Parts[i])...)
	}
	return all
}

// queries returns addresses that choose, filter and search: each key alone, unknown values, and at the end all keys at
// once.
func queries(d *story.Document) []string {
	all := []string{"?call=99&actor=nobody&view=none&camp=none&kind=rumour&q=zzzz", "?kind=claim", "?q=a&kind=fact", "?q=%D8%A7"}
	every := "?kind=statement"
	add := func(key, id string) {
		all = append(all, "?"+key+"="+id)
		every += "&" + key + "=" + id
	}
	for _, k := range address.Choices() {
		if ids := k.In(d); len(ids) > 0 {
			add(k.String(), ids[len(ids)/2])
			all = append(all, k.Query(ids[0]), k.Query(ids[len(ids)-1]))
		}
	}
	if len(d.Camps) > 0 {
		add("camp", d.Camps[0].ID)
	}
	return append(all, every)
}

// The client draws from the excerpt, and only the parts that can change. On every page that goes live, whatever parts
// the story has, it must draw the same as the built page, and each choice must change the same attributes.
func TestClientDrawsWhatTheBuiltPageHas(t *testing.T) {
	for name, d := range stories(t) {
		t.Run(name, func(t *testing.T) { compareWithClient(t, d, d.Path() == "") })
		if d.Path() != "" {
			continue // one language is enough for missing parts
		}
		t.Run(name+", hostile", func(t *testing.T) {
			d := stories(t)[name]
			storytest.MakeHostile(d)
			compareWithClient(t, d, false)
		})
		for lack, take := range storytest.Without {
			t.Run(name+" without "+lack, func(t *testing.T) {
				d := stories(t)[name]
				take(d)
				compareWithClient(t, d, false)
			})
		}
	}
}

// compareWithClient compares the client's drawing with the built page, on every page of a story that goes live: as
// first opened, and for each address of queries, or only for the last one unless every is set.
func compareWithClient(t *testing.T, d *story.Document, every bool) {
	excerpt := excerptOf(t, d)
	for _, show := range append([]ui.Part{ui.Whole, ui.Evidence}, ui.EmbedParts(d)...) {
		both := func(query string) (page, client part, settled map[string]string) {
			t.Helper()
			state := reader.Parse(query, "", d)
			if got := reader.Parse(query, "", excerpt); got != state {
				t.Errorf("%s: the client takes it for %+v, want %+v", query, got, state)
			}
			settled = map[string]string{}
			page = built(t, draw(t, &ui.Page{Doc: d, State: state, Part: show}), "", settled)
			ui.AsClient(func() { client = drawn(draw(t, &ui.Page{Doc: excerpt, State: state, Part: show})) })
			return page, client, settled
		}
		page, client, settled := both("")
		same(t, string(show), page, client)
		asked := queries(d)
		if !every {
			asked = asked[len(asked)-1:]
		}
		for _, query := range asked {
			pageThen, clientThen, settledThen := both(query)
			same(t, string(show)+query, pageThen, clientThen)
			if diff := cmp.Diff(changes("", page, pageThen), changes("", client, clientThen)); diff != "" {
				t.Errorf("%s%s: what changes on the page (-) is not what the client changes (+):\n%s", show, query, diff)
			}
			if diff := cmp.Diff(settled, settledThen); diff != "" {
				t.Errorf("%s%s changes what is settled, and what the client therefore knows nothing of:\n%s", show, query, diff)
			}
		}
	}
}

// excerptOf returns the story as the client gets it.
func excerptOf(t *testing.T, d *story.Document) *story.Document {
	t.Helper()
	data, err := story.Encode(d.Excerpt())
	if err != nil {
		t.Fatal(err)
	}
	excerpt, err := story.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return excerpt
}

// Only the client draws a mark's card, so the built page does not show it. The excerpt must have all of its content.
func TestExcerptHasWhatCardsOfMarksSay(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, change := range []func(*story.Document){func(*story.Document) {}, storytest.MakeHostile} {
			change(d)
			excerpt := excerptOf(t, d)
			for mark := range len(d.Attributions) + 2 { // 0 and the number after the last have no card
				want := inside(t, draw(t, &ui.MarkCard{Doc: d, Mark: mark}))
				got := ""
				ui.AsClient(func() { got = inside(t, draw(t, &ui.MarkCard{Doc: excerpt, Mark: mark})) })
				if got != want {
					t.Errorf("card of the mark %d: the client draws\n%s\nof the whole story it would be\n%s", mark, got, want)
				}
			}
		}
	})
}
