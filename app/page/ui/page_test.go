//go:build !js

package ui_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"

	"sharh/app/page/reader"
	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/storytest"
)

func page(t *testing.T, d *story.Document, query string) *html.Node {
	t.Helper()
	return draw(t, &ui.Page{Doc: d, State: reader.Parse(query, "", d)})
}

// each runs a test for every explainer of the tests.
func each(t *testing.T, test func(t *testing.T, d *story.Document)) {
	for name, d := range stories(t) {
		t.Run(name, func(t *testing.T) { test(t, d) })
	}
}

// sections returns the ids of a page's sections, in order. It checks that shown sections are named by their headings,
// and that hidden ones are empty.
func sections(t *testing.T, p *html.Node) (ids, shown []string) {
	t.Helper()
	for c := only(t, p, "main").FirstChild; c != nil; c = c.NextSibling {
		id, has := attribute(c, "id")
		if !has {
			continue
		}
		ids = append(ids, id)
		if _, away := attribute(c, "hidden"); away {
			if text(c) != "" && id != "ledger" { // the ledger is live, so the client draws its frame even if it is hidden
				t.Errorf("section %s is hidden and says %q", id, text(c))
			}
			continue
		}
		shown = append(shown, id)
		name, _ := attribute(c, "aria-labelledby")
		if heading := only(t, c, "h2", "id="+name); text(heading) == "" {
			t.Errorf("section %s has a heading without words", id)
		}
	}
	return ids, shown
}

func TestPageHasItsPartsInTheOrderOfReading(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		own := []string{"steps", "key-points", "timeline", "map", "article", "updates"}
		proof := []string{"ledger", "relations", "sources", "about"}
		for _, c := range []struct {
			page *ui.Page
			want []string
		}{
			{&ui.Page{Doc: d}, slices.Concat(own, []string{"evidence"})},
			{&ui.Page{Doc: d, All: true}, slices.Concat(own, proof)},
			{&ui.Page{Doc: d, Part: ui.Evidence}, proof},
		} {
			ids, shown := sections(t, draw(t, c.page))
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Errorf("part %q, all %t: sections (-want +got):\n%s", c.page.Part, c.page.All, diff)
			}
			// A story has either steps or key points.
			without := "steps"
			if len(d.Steps) > 0 {
				without = "key-points"
			}
			want := slices.DeleteFunc(slices.Clone(c.want), func(id string) bool { return id == without })
			if diff := cmp.Diff(want, shown); diff != "" {
				t.Errorf("part %q, all %t: sections that are shown (-want +got):\n%s", c.page.Part, c.page.All, diff)
			}
		}
		p := page(t, d, "")
		if got := texts(all(p, "h1")); !slices.Equal(got, []string{d.Title}) {
			t.Errorf("got headlines %q, want %q", got, d.Title)
		}
		// The key numbers come after steps and key points, in the same block as the explanation of marks.
		numbers := only(t, p, "dl", "class=nums", "aria-label="+d.Words.KeyNumbers)
		before, _ := attribute(numbers.Parent.PrevSibling, "id")
		if n := len(all(numbers, "dd")); before != "key-points" || n != len(d.Numbers) {
			t.Errorf("%d key numbers stand behind %q, want %d behind the key points", n, before, len(d.Numbers))
		}
		meanings := texts(all(only(t, numbers.Parent, "div", "class=signs"), "span", "class=m"))
		var means []string
		for _, k := range story.Kinds {
			means = append(means, d.Words.Kinds[k])
		}
		if means = append(means, d.Words.CiteSource); !slices.Equal(meanings, means) {
			t.Fatalf("the marks are said to mean %q, want %q", meanings, means)
		}
		if way, _ := attribute(only(t, only(t, p, "section", "id=evidence"), "a"), "href"); way != ui.Evidence.Path() {
			t.Errorf("the way to the evidence leads to %s", way)
		}
		if got := len(all(p, "button", "data-theme-button")); got != 1 {
			t.Errorf("got %d buttons for the theme, want one", got)
		}
		if diff := cmp.Diff([]string{"#main", "#timeline", "#map", "#article"}, values(all(p, "a", "class=skip"), "href")); diff != "" {
			t.Errorf("skip links (-want +got):\n%s", diff)
		}
		for _, l := range d.Languages {
			if l.Lang != d.Lang {
				if got := text(only(t, only(t, p, "nav", "class=tools"), "a", "hreflang="+l.Lang, "lang="+l.Lang, "dir="+l.Dir)); got != l.Name {
					t.Errorf("the link to %s says %q, want %q", l.Lang, got, l.Name)
				}
			}
		}
		// Messages are empty until something happens.
		for _, status := range all(p, "", "role=status") {
			if _, hidden := attribute(status, "hidden"); text(status) != "" && !hidden {
				t.Errorf("a status says %q before anything has happened", text(status))
			}
		}
		for _, field := range all(p, "input") {
			if kind, _ := attribute(field, "type"); kind == "range" {
				continue // a range input always has a value, and the client never sets it
			}
			if v, has := attribute(field, "value"); has {
				t.Errorf("a field is drawn with the value %q, over what its reader may have typed by then", v)
			}
		}
	})
}

// The chosen items are marked, and no others. Items that are not shown can still be found by the browser's search.
func TestChoice(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		call, actor, view, camp := strconv.Itoa(d.Calls[0].ID), d.Actors[1].ID, d.Views[0].ID, d.Camps[0].ID
		open := strconv.Itoa(d.Timeline.Open)
		if call == open {
			t.Fatal("the first call is the one that is open at first; choose another for this test")
		}
		for _, c := range []struct {
			name, query, shown string
			state              map[string]string // data-* attributes of the root
			actor              string
		}{
			{"nothing", "", open, nil, ""},
			{"a call", "?call=" + call, call, map[string]string{"call": call}, ""},
			{"an actor", "?actor=" + actor, open, map[string]string{"actor": actor}, actor},
			{"a view", "?view=" + view, open, map[string]string{"view": view}, ""},
			{"a camp", "?camp=" + camp, open, map[string]string{"camp": camp}, ""},
			{"everything", "?call=" + call + "&actor=" + actor + "&view=" + view + "&camp=" + camp, call,
				map[string]string{"call": call, "actor": actor, "view": view, "camp": camp}, actor},
			{"what the story does not have", "?call=99&actor=nobody&view=none&camp=nowhere&kind=rumour", open, nil, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				p := page(t, d, c.query)
				got := map[string]string{}
				for _, a := range p.Attr {
					if name, found := strings.CutPrefix(a.Key, "data-"); found && name != "go" && name != "open" {
						got[name] = a.Val
					}
				}
				if diff := cmp.Diff(c.state, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("the page's state (-want +got):\n%s", diff)
				}

				// The call on both axes and its panel, and the actor's card. On the core map, boot.js alone marks the actor.
				want := []string{"#call-" + c.shown, "#call-" + c.shown, "call-" + c.shown}
				if c.actor != "" {
					want = append(want, "actor-"+c.actor)
				}
				var marked []string
				for _, e := range all(p, "", "aria-current=true") {
					id, ok := attribute(e, "id")
					if !ok {
						id, _ = attribute(e, "href")
					}
					marked = append(marked, id)
				}
				if diff := cmp.Diff(want, marked); diff != "" {
					t.Errorf("marked items (-want +got):\n%s", diff)
				}
				for _, panel := range all(p, "article", "class=panel") {
					id, _ := attribute(panel, "id")
					if away, _ := attribute(panel, "hidden"); (away == "until-found") == (id == "call-"+c.shown) {
						t.Errorf("panel %s: got hidden=%q", id, away)
					}
				}
				for _, card := range all(p, "article", "class=card") {
					id, _ := attribute(card, "id")
					if away, _ := attribute(card, "hidden"); (away == "until-found") == (id == "actor-"+c.actor) {
						t.Errorf("card %s: got hidden=%q", id, away)
					}
				}
			})
		}
	})
}

func TestLedgerShowsWhatIsLookedFor(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		longest := ""
		for _, word := range strings.Fields(d.Statements[2].Text) {
			if len(word) > len(longest) {
				longest = word
			}
		}
		for _, c := range []struct {
			name       string
			state      reader.State
			kind, word string // of the statements shown
		}{
			{"everything", reader.State{}, "", ""},
			{"a kind", reader.State{Kind: "claim"}, "claim", ""},
			{"a word", reader.State{Q: longest}, "", longest},
			{"a word, of a kind", reader.State{Q: longest, Kind: "fact"}, "fact", longest},
			{"what is not there", reader.State{Q: "zzzz"}, "", "zzzz"},
		} {
			t.Run(c.name, func(t *testing.T) {
				p := draw(t, &ui.Page{Doc: d, State: c.state, Part: ui.Evidence})
				entries := all(p, "li", "class=entry")
				if len(entries) != len(d.Statements) { // hidden statements keep their order and number
					t.Fatalf("got %d statements, want %d", len(entries), len(d.Statements))
				}
				found := 0
				for i, e := range entries {
					s := &d.Statements[i]
					if id, _ := attribute(e, "id"); id != "statement-"+s.ID {
						t.Errorf("statement %d: got %s, want %s", i, id, s.ID)
					}
					own := text(e)
					for _, of := range all(e, "p", "class=against") { // what others say is found in their own entries
						own = strings.Replace(own, text(of), "", 1)
					}
					want := (c.kind == "" || s.Kind == c.kind) && strings.Contains(own, c.word)
					if want {
						found++
					}
					if _, hidden := attribute(e, "hidden"); hidden == want {
						t.Errorf("statement %s, %q: hidden %t", s.ID, text(e), hidden)
					}
				}
				if got := text(only(t, p, "output", "id=found")); got != d.Words.Found[found] {
					t.Errorf("the page says %q, want %q", got, d.Words.Found[found])
				}
			})
		}
	})
}

func TestPanelOfACallSaysWhoSaidWhat(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		p := page(t, d, "")
		for i, c := range d.Calls {
			panel := only(t, p, "article", "class=panel", fmt.Sprintf("id=call-%d", c.ID))
			if got := text(only(t, only(t, panel, "h3"), "time", "datetime="+c.Date.ISO)); got != c.Day {
				t.Errorf("call %d is of %q, want %q", c.ID, got, c.Day)
			}
			facts := text(only(t, panel, "dl", "class=facts"))
			for _, l := range c.Lengths {
				if by := reader.Speaker(d, l.By).Name; !strings.Contains(facts, l.Text+" "+by) {
					t.Errorf("call %d: %q does not say %q by %q", c.ID, facts, l.Text, by)
				}
			}
			if got, want := strings.Contains(facts, d.Words.Since), c.Since != ""; got != want {
				t.Errorf("call %d: says how long after the one before: %t, want %t", c.ID, got, want)
			}
			accounts := all(panel, "div", "class=account")
			if len(accounts) != len(c.Accounts) {
				t.Fatalf("call %d has %d accounts, want %d", c.ID, len(accounts), len(c.Accounts))
			}
			for j, a := range c.Accounts {
				side := slices.IndexFunc(d.Camps, func(camp story.Camp) bool { return camp.ID == a.Camp })
				if got, want := text(only(t, accounts[j], "h4")), d.Words.AccountOf+" "+d.Camps[side].Name; got != want {
					t.Errorf("call %d: account of %q, want %q", c.ID, got, want)
				}
				checkGroup(t, d, accounts[j], a.Sentences, c.Date)
			}
			var actors, views, ways []string
			for _, a := range c.Actors {
				actors = append(actors, "#actor-"+a)
			}
			for _, v := range c.Views {
				views = append(views, "#view-"+v)
			}
			for j := i - 1; j <= i+1; j += 2 {
				if j >= 0 && j < len(d.Calls) {
					ways = append(ways, fmt.Sprintf("#call-%d", d.Calls[j].ID))
				}
			}
			for what, links := range map[string][2][]string{
				"actors": {actors, values(all(panel, "a", "class=chip"), "href")},
				"views":  {views, hrefs(panel, "#view-")},
				"ways":   {ways, values(all(only(t, panel, "div", "class=beside"), "a"), "href")},
			} {
				if diff := cmp.Diff(links[0], links[1]); diff != "" {
					t.Errorf("call %d, %s (-want +got):\n%s", c.ID, what, diff)
				}
			}
		}
	})
}

// hrefs returns the links within n that begin with prefix.
func hrefs(n *html.Node, prefix string) []string {
	var found []string
	for _, href := range values(all(n, "a"), "href") {
		if strings.HasPrefix(href, prefix) {
			found = append(found, href)
		}
	}
	return found
}

// The figures are groups of links. Each link's name contains its visible text, and everything else in a figure is also
// in words elsewhere.
func TestFiguresAreGroupsOfNamedLinks(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		p := page(t, d, "")
		for _, class := range []string{"wide", "tall"} {
			axis := only(t, only(t, p, "figure", "class=axis"), "svg", "class="+class, "role=group", "aria-label="+d.Timeline.Title)
			bars := all(axis, "a", "class=call")
			if len(bars) != len(d.Calls) {
				t.Fatalf("the %s axis has %d calls, want %d", class, len(bars), len(d.Calls))
			}
			for i, bar := range bars {
				c := d.Calls[i]
				name, _ := attribute(bar, "aria-label")
				for _, want := range []string{text(bar), c.Name, c.Day, c.Length} {
					if !strings.Contains(name, want) {
						t.Errorf("the name %q of a call does not hold %q", name, want)
					}
				}
			}
			checkAloud(t, axis)
		}
		// The map shows the core, and below it links to all other actors.
		core := only(t, only(t, p, "figure", "class=map"), "div", "class=core")
		for _, f := range []story.Form{story.Wide, story.Narrow} {
			checkNetwork(t, d, &d.Map.Core, f, only(t, core, "svg", "class="+string(f), "role=group", "aria-label="+d.Map.Title))
		}
		reached := hrefs(only(t, core, "svg", "class=wide"), "#actor-")
		reached = append(reached, hrefs(only(t, only(t, p, "div", "class=stage"), "p", "class=chips"), "#actor-")...)
		slices.Sort(reached)
		var want []string
		for _, a := range d.Actors {
			want = append(want, "#actor-"+a.ID)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, reached); diff != "" {
			t.Errorf("the map leads to (-want +got):\n%s", diff)
		}
	})
}

// checkNetwork checks a drawn scene.
func checkNetwork(t *testing.T, d *story.Document, s *story.Scene, f story.Form, network *html.Node) {
	t.Helper()
	nodes := all(network, "a", "class=node")
	if len(nodes) != len(s.Actors) {
		t.Fatalf("the map has %d actors, want %d", len(nodes), len(s.Actors))
	}
	for n, i := range s.Actors {
		a := d.Actors[i]
		name, has := attribute(nodes[n], "aria-label")
		if !has {
			name = text(nodes[n])
		}
		if href, _ := attribute(nodes[n], "href"); href != "#actor-"+a.ID || !strings.Contains(name, a.Label) || !strings.Contains(name, a.Name) {
			t.Errorf("actor %s is named %q and leads to %s", a.ID, name, href)
		}
	}
	var words []string
	for n := range s.Relations {
		if len(s.In(f).Arrows[n].Lines) > 0 { // there are none if there are too many to be readable
			words = append(words, s.In(f).Arrows[n].Lines...)
		}
	}
	if len(words) == 0 && len(s.Relations) > 0 && !s.In(f).Mute {
		t.Error("no relation has words")
	}
	slices.Sort(words)
	written := texts(all(network, "g", "class=rl"))
	if len(written) > 0 {
		written = texts(all(only(t, network, "g", "class=rl"), "text"))
	}
	slices.Sort(written)
	if diff := cmp.Diff(words, written); diff != "" {
		t.Errorf("relations (-want +got):\n%s", diff)
	}
	checkAloud(t, network)
}

// checkAloud checks that screen readers read nothing of a figure but its links.
func checkAloud(t *testing.T, figure *html.Node) {
	t.Helper()
	for _, written := range all(figure, "text") {
		if !silentOrLinked(written) {
			t.Errorf("%q is read aloud out of its drawing", text(written))
		}
	}
}

// choosing returns the state in which an actor is chosen, or the zero State for other kinds.
func choosing(kind, id string) (s reader.State) {
	if kind == story.ActorScene {
		s.Chosen[address.Actor] = id
	}
	return s
}

// For each choice the client draws its scene in the form that fits the window, and every relation in it links to its
// evidence.
func TestScenesOfChoices(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		x := d.Excerpt()
		if len(d.Map.Scenes) < len(d.Calls) {
			t.Fatalf("there are %d scenes for %d calls", len(d.Map.Scenes), len(d.Calls))
		}
		data, err := d.EncodeDepth()
		if err != nil {
			t.Fatal(err)
		}
		depth, err := story.DecodeDepth(data)
		if err != nil {
			t.Fatal(err)
		}
		for key := range d.Map.Scenes {
			kind, id, _ := strings.Cut(strings.TrimPrefix(key, story.FitKey("")), " ")
			s := depth.Scene(key)
			if kind == story.CardScene {
				if s != nil {
					t.Errorf("%q is there, which only pictures show", key)
				}
				continue
			}
			if s == nil {
				t.Fatalf("the scene %q did not come", key)
			}
			for _, f := range []story.Form{story.Wide, story.Narrow} {
				root := draw(t, &ui.Scene{Doc: x, Depth: depth, Key: key, Form: f, State: choosing(kind, id), Page: &ui.Page{Doc: x}})
				network := only(t, root, "svg", "class="+string(f))
				checkNetwork(t, d, s, f, network)
				if said, want := texts(all(root, "p", "class=on")), s.LeftOut > 0 && kind != story.CoreScene; want != slices.Equal(said, []string{s.More}) || want != (s.More != "") {
					t.Errorf("%s leaves out %d relations, and says %q", key, s.LeftOut, said)
				}
				if chosen := values(all(network, "a", "aria-current=true"), "href"); (kind == story.ActorScene) != slices.Equal(chosen, []string{"#actor-" + id}) {
					t.Errorf("%s: %v are marked as chosen", key, chosen)
				}
				// Each relation is heard once: its words are a link with a sentence; what has no words is in a list.
				heard := append(values(all(network, "a", "data-mark"), "aria-label"), texts(all(root, "li"))...)
				var want []string
				for n, i := range s.Relations {
					if r := &d.Relations[i]; r.Said.Mark > 0 || len(s.In(f).Arrows[n].Lines) == 0 {
						want = append(want, ui.Sentence(d, r))
					}
				}
				slices.Sort(heard)
				slices.Sort(want)
				if diff := cmp.Diff(want, heard); diff != "" {
					t.Errorf("%s, %s: what is heard (-want +got):\n%s", key, f, diff)
				}
				for _, link := range all(network, "a", "data-mark") {
					name, _ := attribute(link, "aria-label")
					href, _ := attribute(link, "href")
					if !strings.Contains(name, text(link)) || !strings.Contains(href, "evidence/#") {
						t.Errorf("%s: the relation %q is named %q and leads to %q", key, text(link), name, href)
					}
				}
			}
		}
		for _, key := range []string{"", "actor nobody", "core x"} {
			if root := draw(t, &ui.Scene{Doc: x, Depth: depth, Key: key, Form: story.Wide, Page: &ui.Page{Doc: x}}); len(all(root, "svg")) > 0 {
				t.Errorf("there is a scene %q", key)
			}
		}
	})
}

// silentOrLinked reports whether n is inside of an element hidden from screen readers, or of a link.
func silentOrLinked(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if v, _ := attribute(n, "aria-hidden"); v == "true" || n.Data == "a" {
			return true
		}
	}
	return false
}

// sentence is a relation as a sentence.
func sentence(d *story.Document, r *story.Relation) string {
	return r.Sentence(&d.Words, func(id string) string { return reader.Speaker(d, id).Name })
}

// A card has the actor's role and each of its relations with its source: first those in which it acts, then the others.
// The two actors of a mutual relation both act. Links lead to the cards before and after, and away.
func TestCardSaysWhatAnActorDoes(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, part := range []ui.Part{ui.Whole, ui.Embed} {
			p := draw(t, &ui.Page{Doc: d, Part: part})
			for i, a := range d.Actors {
				card := only(t, p, "article", "class=card", "id=actor-"+a.ID)
				if got := text(only(t, card, "h3")); got != a.Name {
					t.Errorf("card of %s: got %q, want %q", a.ID, got, a.Name)
				}
				var want []*story.Relation
				for _, acts := range []bool{true, false} {
					for j := range d.Relations {
						r := &d.Relations[j]
						if concerned := r.From == a.ID || r.To == a.ID || r.Via == a.ID; !concerned {
							continue
						}
						if acts == (r.From == a.ID || r.Mutual) {
							want = append(want, r)
						}
					}
				}
				lines := all(card, "li", "class=act")
				if len(lines) != len(want) {
					t.Fatalf("card of %s has %d relations, want %d", a.ID, len(lines), len(want))
				}
				for j, r := range want {
					said := []string{d.Words.Polarities[r.Polarity] + " ", d.Words.Colon + " " + r.Label}
					var to []string
					for _, id := range []string{r.From, r.To, r.Via} {
						if id != "" && id != a.ID {
							said = append(said, reader.Speaker(d, id).Name)
							to = append(to, "#actor-"+id)
						}
					}
					for _, want := range said {
						if !strings.Contains(text(lines[j]), want) {
							t.Errorf("card of %s: %q does not say %q", a.ID, text(lines[j]), want)
						}
					}
					if diff := cmp.Diff(to, hrefs(lines[j], "#actor-")); diff != "" {
						t.Errorf("card of %s: links of %s (-want +got):\n%s", a.ID, r.ID, diff)
					}
					if part == ui.Whole {
						checkMark(t, d, lines[j], r.Said.Mark)
					}
				}
				role := only(t, card, "p", "class=role")
				if text(role) != a.Role {
					t.Errorf("card of %s says %q, want %q", a.ID, text(role), a.Role)
				}
				ways := []string{"#map"}
				if i > 0 {
					ways = append(ways, "#actor-"+d.Actors[i-1].ID)
				}
				if i < len(d.Actors)-1 {
					ways = append(ways, "#actor-"+d.Actors[i+1].ID)
				}
				if diff := cmp.Diff(ways, values(all(only(t, card, "div", "class=beside"), "a"), "href")); diff != "" {
					t.Errorf("ways from the card of %s (-want +got):\n%s", a.ID, diff)
				}
				only(t, card, "a", "class=close", "data-clear")
			}
		}
	})
}

// The map at rest says its relations once, as a list, for both drawings. The words in the drawings are not read.
func TestMapAtRestSaysItsRelations(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		for _, part := range []ui.Part{ui.Whole, ui.EmbedMap} {
			core := only(t, draw(t, &ui.Page{Doc: d, Part: part}), "div", "class=core")
			var want, got []string
			for _, i := range d.Map.Core.Relations {
				want = append(want, sentence(d, &d.Relations[i]))
			}
			for _, li := range all(core, "li") {
				got = append(got, text(li))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", part, diff)
			}
			for _, words := range all(core, "g", "class=rl") {
				if !silentOrLinked(words) {
					t.Errorf("%q: the words %q are read", part, text(words))
				}
			}
		}
	})
}

// A view comes directly after the paragraph that links to it, folded, with its author and the counter-arguments.
func TestViewsStandBesideTheirParagraph(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		p := page(t, d, "")
		for _, v := range d.Views {
			view := only(t, p, "details", "class=view", "id=view-"+v.ID)
			if _, open := attribute(view, "open"); open {
				t.Errorf("view %s is open at first", v.ID)
			}
			summary := text(only(t, view, "summary"))
			by := v.Whose
			if by == "" {
				by = reader.Speaker(d, v.By).Name
			}
			if !strings.Contains(summary, v.Title) || !strings.Contains(summary, by) {
				t.Errorf("view %s says %q, want its title and %q", v.ID, summary, by)
			}
			counter := text(only(t, view, "div", "class=counter"))
			if len(v.Counter) == 0 && !strings.Contains(counter, d.Words.NoCounter) {
				t.Errorf("view %s does not say that the article has no counter-reading: %q", v.ID, counter)
			}
			for _, s := range v.Counter {
				if !strings.Contains(counter, s.Text.Plain()) {
					t.Errorf("view %s: %q does not say %q", v.ID, counter, s.Text.Plain())
				}
			}
			checkGroup(t, d, only(t, view, "div", "class=counter"), v.Counter, story.Date{})
			for _, id := range v.RestsOn {
				if !slices.Contains(hrefs(view, "#statement-"), "#statement-"+id) {
					t.Errorf("view %s does not lead to statement %s, on which it rests", v.ID, id)
				}
			}
			section := only(t, p, "section", fmt.Sprintf("id=section-%s", d.Sections[slices.IndexFunc(d.Sections, func(s story.Section) bool {
				return slices.Contains(s.Views, v.ID)
			})].ID))
			paragraph := view.Parent.PrevSibling.LastChild
			if to := "#view-" + v.ID; slices.Contains(hrefs(section, to), to) && !slices.Contains(hrefs(paragraph, to), to) {
				t.Errorf("view %s stands behind %q, which does not lead to it", v.ID, text(paragraph))
			}
		}
	})
}

// A missing part of a story leaves neither a heading nor an empty frame. Without calls, the events are the story.
func TestStoryThatLacksSomething(t *testing.T) {
	lacking := func(t *testing.T, what string) (*story.Document, *html.Node) {
		d := stories(t)["eight-calls en"]
		storytest.Without[what](d)
		return d, page(t, d, "?call=3&actor=trump")
	}
	shown := func(t *testing.T, p *html.Node, id string) bool {
		t.Helper()
		_, hidden := attribute(only(t, p, "", "id="+id), "hidden")
		return !hidden
	}
	t.Run("calls", func(t *testing.T) {
		d, p := lacking(t, "calls")
		if len(all(p, "", "class=panel"))+len(all(p, "a", "class=call"))+len(all(p, "", "data-call")) > 0 {
			t.Error("there is something of a call")
		}
		events := only(t, p, "details", "id=events")
		if _, open := attribute(events, "open"); !open || text(only(t, events, "summary")) != d.Words.EventsAlone {
			t.Errorf("the events are folded, or called %q", text(only(t, events, "summary")))
		}
		if legend := text(only(t, only(t, p, "figure", "class=axis"), "figcaption")); strings.Contains(legend, d.Words.LegendSure) {
			t.Errorf("the legend speaks of calls: %q", legend)
		}
	})
	t.Run("calls and events", func(t *testing.T) {
		_, p := lacking(t, "calls and events")
		if len(all(p, "figure", "class=axis"))+len(all(p, "", "id=events")) > 0 || shown(t, p, "updates") {
			t.Error("there is a timeline of nothing")
		}
	})
	t.Run("a map", func(t *testing.T) {
		_, p := lacking(t, "a map")
		if n := len(all(p, "", "class=node")) + len(all(p, "", "class=card")) + len(all(p, "", "data-actor")); n > 0 {
			t.Errorf("there are %d parts of actors", n)
		}
	})
	t.Run("steps", func(t *testing.T) {
		_, p := lacking(t, "steps")
		if n := len(all(p, "", "class=step")) + len(all(p, "nav", "class=pages")); n > 0 || shown(t, p, "steps") {
			t.Errorf("there are %d parts of steps", n)
		}
	})
	t.Run("anything", func(t *testing.T) {
		_, p := lacking(t, "anything")
		for _, id := range []string{"steps", "key-points", "article", "updates"} {
			if shown(t, p, id) {
				t.Errorf("%s is shown", id)
			}
		}
	})
}

// The events of a group are one on the wide axis, named; beside one of the tall axis, and in the list, stands its name.
func TestGroupsOfEvents(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		drawn := d.Timeline.Wide.Marks
		n := len(drawn)
		last, before := drawn[n-1].Event, drawn[n-2].Event
		d.Timeline.Wide.Lanes = []story.Lane{{Name: story.Label{Text: "First"}, Marks: 1}, {Name: story.Label{Text: "Second"}, Marks: 1}}
		for i := range d.Timeline.Tall.Marks {
			if m := &d.Timeline.Tall.Marks[i]; m.Event == last {
				m.Group.Text = "Second"
			}
		}
		for i := range d.Events {
			if d.Events[i].ID == last {
				d.Events[i].Group, d.Events[i].Place = "Second", "Here"
			}
		}
		p := page(t, d, "")
		axis := only(t, p, "figure", "class=axis")
		wide := only(t, axis, "svg", "class=wide")
		if got := len(all(only(t, wide, "g", "class=marks"), "a")); got != n {
			t.Errorf("got %d links, want %d", got, n)
		}
		for name, event := range map[string]string{"First": before, "Second": last} {
			lane := only(t, wide, "g", "role=group", "aria-label="+name)
			if got := values(all(lane, "a"), "href"); !slices.Equal(got, []string{"#event-" + event}) {
				t.Errorf("%s has %v, want the event %s", name, got, event)
			}
		}
		if got := text(only(t, only(t, axis, "svg", "class=tall"), "a", "href=#event-"+last)); !strings.HasSuffix(got, " Second") {
			t.Errorf("the tall axis says %q", got)
		}
		if got := text(only(t, only(t, p, "li", "id=event-"+last), "span", "class=on")); !strings.HasSuffix(got, " · Second · Here") {
			t.Errorf("the list says %q", got)
		}
		checkAloud(t, wide)
	})
}

// Marks of a story's own are drawn in their shapes, and explained below the line by what they stand for.
func TestMarksOfAStory(t *testing.T) {
	each(t, func(t *testing.T, d *story.Document) {
		d.Timeline.Signs = []story.Sign{{ID: "call", Shape: "square", Name: "A vote"}, {ID: "other", Shape: "triangle", Name: "Not drawn"}}
		for _, a := range []*story.Axis{&d.Timeline.Wide, &d.Timeline.Tall} {
			a.Marks[len(a.Marks)-1].Kind = "call"
		}
		axis := only(t, page(t, d, ""), "figure", "class=axis")
		square := "h11v11h-11Z"
		for _, class := range []string{"wide", "tall"} {
			marks := all(only(t, axis, "svg", "class="+class), "g", "class=marks")
			drawn := values(all(marks[0], "path"), "d")
			if n := len(slices.DeleteFunc(drawn, func(s string) bool { return !strings.HasSuffix(s, square) })); n != 1 {
				t.Errorf("%s: got %d squares, want one", class, n)
			}
			if len(all(marks[0], "a", "class=ev call")) > 0 {
				t.Errorf("%s: the mark looks like a call", class)
			}
		}
		legend := text(only(t, axis, "figcaption"))
		if !strings.Contains(legend, "A vote") || strings.Contains(legend, "Not drawn") {
			t.Errorf("the legend says %q", legend)
		}
	})
}
