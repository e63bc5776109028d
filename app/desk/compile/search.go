package compile

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sharh/app/desk/source"
	"sharh/app/story"
	"sharh/app/story/fold"
)

// searchable gives each statement the words that a search finds it by: its text and its note, the name of its speaker,
// and each name of an actor or a speaker in every spelling. Every reader downloads them, so that a word that another
// one holds is left out: whoever finds "trumps" has found "trump".
func (c *compiler) searchable(d *story.Document) {
	spellings := c.spellings()
	for i := range d.Statements {
		s := &d.Statements[i]
		name := ""
		if at := slices.IndexFunc(d.Speakers, func(x story.Speaker) bool { return x.ID == s.By }); at >= 0 {
			name = d.Speakers[at].Name
		}
		text := folded(s.Text + " " + s.Note.Plain() + " " + name)
		words := strings.Fields(text)
		for _, of := range spellings {
			words = append(words, respelt(text, of)...)
		}
		s.Search = strings.Join(longest(words), " ")
	}
}

func folded(s string) string { return fold.Text(norm.NFKD.String(s)) }

// spellings are, folded, the ways to write each name: that of the language first, those of the other languages, since
// readers of one type letters of another, and those that content lists.
func (c *compiler) spellings() [][]string {
	var all [][]string
	add := func(name source.Text, also []source.String) {
		var of []string
		spelling := func(s string) {
			if s = folded(s); s != "" && !slices.Contains(of, s) {
				of = append(of, s)
			}
		}
		spelling(name.In(c.lang))
		for _, l := range c.set.Explainer.Languages {
			spelling(name.In(l.Value))
		}
		for _, s := range also {
			spelling(s.Value)
		}
		all = append(all, of)
	}
	for _, a := range c.set.Actors.Actors {
		name := a.Label
		if !name.Given() {
			name = a.Name
		}
		add(name, a.Also)
	}
	for _, s := range c.set.Explainer.Speakers {
		add(s.Name, s.Also)
	}
	return all
}

// respelt returns the words of a text that hold a name, with each of its other spellings in its place: for "لترامب" the
// word "لترمب".
func respelt(text string, spellings []string) []string {
	var words []string
	for _, from := range spellings {
		for begin := 0; from != ""; {
			at := strings.Index(text[begin:], from)
			if at < 0 {
				break
			}
			at += begin
			begin = at + len(from)
			left, right := strings.LastIndexByte(text[:at], ' ')+1, len(text)
			if i := strings.IndexByte(text[begin:], ' '); i >= 0 {
				right = begin + i
			}
			// Within a word a name is another word's part, unless prepositions or "and" are joined to it.
			if strings.Trim(text[left:at], "وفبلكس") != "" {
				continue
			}
			for _, to := range spellings {
				if to != from {
					words = append(words, strings.Fields(text[left:at]+to+text[begin:right])...)
				}
			}
		}
	}
	return words
}

// longest returns the words that no other one holds, each once and sorted, which is how they travel in the fewest bytes.
func longest(words []string) []string {
	slices.Sort(words)
	words = slices.Compact(words)
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return slices.ContainsFunc(words, func(x string) bool { return x != w && strings.Contains(x, w) })
	})
}
