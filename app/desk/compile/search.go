package compile

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sharh/app/desk/source"
	"sharh/app/story"
	"sharh/app/story/address"
	"sharh/app/story/fold"
)

// searchable gives each statement the words by which a search finds it: its text, its note, the name of its speaker,
// and the names in it in every spelling. Every reader downloads these words, so a word that is part of another is left
// out: a search for "trump" finds "trumps".
func (c *compiler) searchable(d *story.Document) {
	spellings := c.spellings()
	for i := range d.Statements {
		s := &d.Statements[i]
		name := ""
		if at := slices.IndexFunc(d.Speakers, func(x story.Speaker) bool { return x.ID == s.By }); at >= 0 {
			name = d.Speakers[at].Name
		}
		text := c.folded(s.Text + " " + s.Note.Plain() + " " + name)
		words := strings.Fields(text)
		for _, of := range spellings {
			words = append(words, respelt(text, of, c.locale.Joined())...)
		}
		s.Search = strings.Join(longest(words), " ")
	}
}

// findable lists the items that the search over everything finds, kind by kind in the order of the page.
func (c *compiler) findable(d *story.Document) {
	spellings := c.spellings()
	add := func(k address.Kind, id, title string, texts ...string) {
		x := story.Item{Kind: k.String(), ID: id, Title: title}
		for _, t := range texts {
			if t = strings.Join(strings.Fields(t), " "); t != "" && x.Text != "" {
				x.Text += " · " + t
			} else {
				x.Text += t
			}
		}
		text := c.folded(x.Title + " " + x.Text)
		var also []string
		for _, of := range spellings {
			also = append(also, respelt(text, of, c.locale.Joined())...)
		}
		also = slices.DeleteFunc(longest(also), func(w string) bool { return strings.Contains(text, w) })
		x.Also = strings.Join(also, " ")
		d.Items = append(d.Items, x)
	}
	said := func(all ...story.Sentence) (text string) {
		for _, s := range all {
			text += s.Text.Plain() + " "
		}
		return text
	}
	// In the order in which they are shown: first the kinds that readers search for most.
	for _, a := range d.Actors {
		add(address.Actor, a.ID, a.Name, a.Role)
	}
	for _, x := range d.Calls {
		text := said(x.Initiator, x.Topics)
		for _, a := range x.Accounts {
			text += said(a.Sentences...)
		}
		add(address.Call, strconv.Itoa(x.ID), x.Name+d.Words.Comma+" "+x.Date.Text,
			x.Short, text, said(x.Followed...), said(x.Disagreements...))
	}
	for _, e := range d.Events {
		add(address.Event, e.ID, e.Headline(), e.Date.Text, e.Group, e.Place, said(e.Sentences...))
	}
	for _, r := range d.Relations {
		add(address.Relation, r.ID, r.Sentence(&d.Words, func(id string) string { return c.names[id] }), r.Said.Text.Plain())
	}
	for _, v := range d.Views {
		add(address.View, v.ID, v.Title, v.Reading.Plain(), said(v.Counter...), said(v.Since...))
	}
	for _, s := range d.Steps {
		add(address.Step, strconv.Itoa(s.Number), s.Headline, said(s.Sentences...))
	}
	for _, s := range d.Statements {
		add(address.Statement, s.ID, s.Text, c.names[s.By], s.Note.Plain())
	}
	for _, t := range d.Terms {
		add(address.Term, t.ID, t.Name, t.Meaning.Plain())
	}
	for _, s := range d.Sources {
		add(address.Source, s.ID, s.Publisher, s.Subject, s.Date.Text, s.Where)
	}
}

func (c *compiler) folded(s string) string {
	return fold.Text(norm.NFKD.String(s), c.locale.Words.Folding)
}

// spellings returns, for each name, its folded spellings: first the one in this language, then those in the other
// languages, because readers mix letters, and those that the content lists.
func (c *compiler) spellings() [][]string {
	var all [][]string
	add := func(name source.Text, also []source.String) {
		var of []string
		spelling := func(s string) {
			if s = c.folded(s); s != "" && !slices.Contains(of, s) {
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

// respelt finds the words of a text that contain a name, and returns them with each other spelling of the name: for
// "لترامب" the word "لترمب". Nothing but the letters of joined, prepositions or "and", may be joined before the name
// within a word.
func respelt(text string, spellings []string, joined string) []string {
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
			if strings.Trim(text[left:at], joined) != "" {
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

// longest returns the words that are not part of another word, each once and sorted, because sorted words compress
// best.
func longest(words []string) []string {
	slices.Sort(words)
	words = slices.Compact(words)
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return slices.ContainsFunc(words, func(x string) bool { return x != w && strings.Contains(x, w) })
	})
}
