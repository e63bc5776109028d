package check

import (
	"regexp"
	"unicode"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// The longest texts that fit on the page, in characters as a reader counts them. content/README.md gives the same
// numbers.
const (
	maxPlace = 22 // label of an event or an actor on a figure, or name of a group of events
	maxArrow = 24
	maxShort = 45
	maxTitle = 60 // title of a view or a step
	maxName  = 12 // name of the installed app: it must fit under an icon

	maxHeading = 120 // title of an event, which is only in its list
)

// maxWords is the greatest number of words in all sentences of a step together. That many are read in one breath and
// fit a card on a phone.
const maxWords = 45

func longLabel(c *Content, list *diag.List) {
	// rest is the key that has room for what does not fit.
	within := func(t source.Text, most int, rest string) {
		for _, lang := range c.Explainer.Written() {
			s := t.ByLang[lang.Value]
			if characters(s.Value) <= most {
				continue
			}
			d := list.Error(s.Pos, "long-label", "long", characters(s.Value), most)
			switch rest {
			case "title":
				d.Advise("to-title")
			case "name":
				d.Advise("to-name")
			case "sentence":
				d.Advise("to-sentence")
			case "topics":
				d.Advise("to-topics")
			case "reading":
				d.Advise("to-reading")
			case "events":
				d.Advise("to-events")
			case "sentences":
				d.Advise("to-sentences")
			default:
				d.Advise("to-icon")
			}
		}
	}
	// named reports a name that is too long for its figure where no label stands beside it.
	named := func(name, label source.Text) {
		if label.Given() {
			return
		}
		for _, lang := range c.Explainer.Written() {
			if s := name.ByLang[lang.Value]; characters(s.Value) > maxPlace {
				list.Error(s.Pos, "long-label", "name", characters(s.Value), maxPlace).Advise("add-label")
			}
		}
	}
	within(c.Explainer.ShortTitle, maxName, "")
	for _, x := range c.Timeline.Calls {
		within(x.Short, maxShort, "topics")
	}
	for _, x := range c.Timeline.Groups {
		within(x.Name, maxPlace, "events")
	}
	for _, x := range c.Timeline.Events {
		within(x.Label, maxPlace, "title")
		within(x.Title, maxHeading, "sentences")
		if x.Figure.Value != "" {
			named(x.Title, x.Label)
		}
	}
	for _, x := range c.Actors.Actors {
		within(x.Label, maxPlace, "name")
		named(x.Name, x.Label)
	}
	for _, x := range c.Actors.Relations {
		within(x.Label, maxArrow, "sentence")
	}
	for _, x := range c.Views.Views {
		within(x.Title, maxTitle, "reading")
	}
	for _, x := range c.Steps.Steps {
		within(x.Headline, maxTitle, "sentences")
		words := map[string]int{}
		tooMany := map[string]diag.Pos{} // position of the first word beyond the limit
		for _, t := range c.textsOf(&x.Sentences) {
			for _, p := range t.Passages {
				for _, at := range word.FindAllStringIndex(p.value, -1) {
					if words[t.Lang]++; words[t.Lang] == maxWords+1 {
						tooMany[t.Lang] = p.at(at[0])
					}
				}
			}
		}
		for lang, pos := range tooMany {
			list.Error(pos, "long-label", "words", words[lang], maxWords).Advise("another-step")
		}
	}
}

// word matches a word as readers count it: letters or digits, with everything written together with them.
var word = regexp.MustCompile(`\S*[\pL\pN]\S*`)

// characters counts characters as readers do. A vowel sign belongs to its letter and a skin tone to its emoji. Emoji
// joined by a joiner are one character, so are the two letters of a flag, and invisible characters count as none.
func characters(s string) int {
	n := 0
	joined, flag := false, false
	for _, r := range s {
		regional := r >= 0x1F1E6 && r <= 0x1F1FF
		switch {
		case unicode.In(r, unicode.M) || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F:
			continue
		case r == 0x200D:
			joined = true
			continue
		case unicode.In(r, unicode.Cf, unicode.Cc):
			continue
		case joined && !unicode.IsLetter(r):
		case regional && flag:
			flag = false
			continue
		default:
			n++
		}
		joined, flag = false, regional
	}
	return n
}
