// Package find searches the items of a story while the reader types.
//
//	index := find.New(depth.Items, words.Folding, browser.NFKD, browser.Rest)
//	for _, group := range index.Find("trump gaza") {
//		…
//	}
//
// An item is found if each word of the search is in its title or its text, in any order and also as a part of a word:
// «بوتين» finds «لبوتين». Both sides are folded by package fold, so that spellings, vowel signs and digits do not
// matter.
package find

import (
	"slices"
	"strings"

	"sharh/app/story"
	"sharh/app/story/fold"
)

// Index is a searchable form of a story's items.
type Index struct {
	entries []entry
	own     []string
	nfkd    func(string) string
}

type entry struct {
	*story.Item
	title, text words
	also        string
}

// words are the words of a text, original and folded; all is the folded ones in one text, which is quick to search.
type words struct {
	raw, folded []string
	all         string
}

// New makes an index. own is what package fold folds in the language beside what it does in all; nfkd is Unicode's
// compatibility decomposition, which New calls only once, for all items together. It calls rest between portions of its
// work, since a story of hundreds of items takes long on a phone.
func New(items []story.Item, own []string, nfkd func(string) string, rest func()) *Index {
	x := &Index{own: own, nfkd: nfkd}
	var raw []string
	for i := range items {
		title, text := strings.Fields(items[i].Title), strings.Fields(items[i].Text)
		x.entries = append(x.entries, entry{
			Item: &items[i], title: words{raw: title}, text: words{raw: text}, also: items[i].Also,
		})
		raw = append(append(raw, title...), text...)
	}
	folded := strings.Split(nfkd(strings.Join(raw, "\n")), "\n")
	next := func(w *words) {
		for range w.raw {
			w.folded, folded = append(w.folded, fold.Text(folded[0], own)), folded[1:]
		}
		w.all = strings.Join(w.folded, " ")
	}
	for i := range x.entries {
		if i%portion == 0 {
			rest()
		}
		next(&x.entries[i].title)
		next(&x.entries[i].text)
	}
	return x
}

// portion is how many items are folded at once: a few milliseconds on a phone.
const portion = 16

// Group has the items of one kind that were found.
type Group struct {
	Kind  string
	Found []Match // those with all words in the title first, then the others, each in the order of the page
}

// Match is an item that was found.
type Match struct {
	*story.Item
	entry   *entry
	asked   []string
	inTitle bool // all words are
}

// Heading is the title.
func (m *Match) Heading() []Piece { return m.entry.title.pieces(m.asked, 0, len(m.entry.title.raw)) }

// Around is the text around the first hit, nil if the title has all words or no word is in the text.
func (m *Match) Around() []Piece {
	if m.inTitle {
		return nil
	}
	return m.entry.text.around(m.asked)
}

// Piece is a part of a text.
type Piece struct {
	Text string
	Hit  bool // contains one of the words searched for
}

// Find returns the found items by kind, kinds in the order of the items. A search without a word finds nothing.
func (x *Index) Find(q string) []Group {
	asked := fold.Words(x.nfkd(q), x.own)
	if len(asked) == 0 {
		return nil
	}
	slices.SortFunc(asked, func(a, b string) int { return len(b) - len(a) }) // the longest and rarest first
	var kinds []string
	named, others := map[string][]Match{}, map[string][]Match{}
	for i := range x.entries {
		e := &x.entries[i]
		inTitle, found := true, true
		for _, w := range asked {
			if e.title.have(w) {
				continue
			}
			inTitle = false
			if found = e.text.have(w) || strings.Contains(e.also, w); !found {
				break
			}
		}
		if !found {
			continue
		}
		if !slices.Contains(kinds, e.Kind) {
			kinds = append(kinds, e.Kind)
		}
		to := others
		if inTitle {
			to = named
		}
		to[e.Kind] = append(to[e.Kind], Match{e.Item, e, asked, inTitle})
	}
	var groups []Group
	for _, k := range kinds {
		if all := append(named[k], others[k]...); len(all) > 0 {
			groups = append(groups, Group{k, all})
		}
	}
	return groups
}

// have reports whether w, in which there is no space, is part of one of the words.
func (t *words) have(w string) bool { return strings.Contains(t.all, w) }

func hit(folded string, asked []string) bool {
	return slices.ContainsFunc(asked, func(w string) bool { return strings.Contains(folded, w) })
}

// pieces returns the words from index from to index to, split into pieces with and without hits.
func (t *words) pieces(asked []string, from, to int) []Piece {
	var all []Piece
	for i := from; i < to; i++ {
		space := ""
		if i > from {
			space = " "
		}
		switch is := hit(t.folded[i], asked); {
		case is && space != "" && (len(all) == 0 || !all[len(all)-1].Hit):
			all[len(all)-1].Text += space
			all = append(all, Piece{t.raw[i], true})
		case len(all) > 0 && all[len(all)-1].Hit == is:
			all[len(all)-1].Text += space + t.raw[i]
		default:
			all = append(all, Piece{space + t.raw[i], is})
		}
	}
	return all
}

// How many words are shown before the first hit, and in total.
const before, shown = 5, 18

// around returns the words around the first hit in the text, with "…" where more is left out. It returns nil if the
// text has no hit because the item was found by another spelling.
func (t *words) around(asked []string) []Piece {
	at := slices.IndexFunc(t.folded, func(f string) bool { return hit(f, asked) })
	if at < 0 {
		return nil
	}
	from := max(0, at-before)
	to := min(len(t.raw), from+shown)
	from = max(0, min(from, to-shown))
	all := t.pieces(asked, from, to)
	if from > 0 {
		all = append([]Piece{{"… ", false}}, all...)
		if len(all) > 1 && !all[1].Hit {
			all = append([]Piece{{"… " + all[1].Text, false}}, all[2:]...)
		}
	}
	if to < len(t.raw) {
		if last := &all[len(all)-1]; last.Hit {
			all = append(all, Piece{" …", false})
		} else {
			last.Text += " …"
		}
	}
	return all
}
