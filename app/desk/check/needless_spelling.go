package check

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/story/fold"
)

// needlessSpelling finds other spellings that do not help a search: those that the name already finds, and those that
// two names share. It folds texts as the search does.
func needlessSpelling(c *Content, list *diag.List) {
	folded := func(s source.String) string { return fold.Text(norm.NFKD.String(s.Value), nil) }
	type named struct {
		id    string
		names []source.String // in each language
		also  []source.String
	}
	var all []named
	texts := func(of ...source.Text) (names []source.String) {
		for _, t := range of {
			for _, l := range c.Explainer.Written() {
				if s, ok := t.ByLang[l.Value]; ok {
					names = append(names, s)
				}
			}
		}
		return names
	}
	for _, a := range c.Actors.Actors {
		all = append(all, named{a.ID.Value, texts(a.Name, a.Label), a.Also})
	}
	for _, s := range c.Explainer.Speakers {
		all = append(all, named{s.ID.Value, texts(s.Name), s.Also})
	}
	owners := map[string]int{} // index of the first entry that has the spelling
	places := map[string]diag.Pos{}
	own := func(i int, s source.String) {
		if f := folded(s); f != "" && places[f] == (diag.Pos{}) {
			owners[f], places[f] = i, s.Pos
		}
	}
	for i, n := range all {
		for _, s := range n.names {
			own(i, s)
		}
	}
	for i, n := range all {
	next:
		for _, s := range n.also {
			f := folded(s)
			if s.Value == "" {
				continue // already reported when the file was read
			}
			if f == "" {
				list.Error(s.Pos, "needless-spelling", "empty", s.Value).Advise("delete")
				continue
			}
			for _, name := range n.names {
				if strings.Contains(folded(name), f) {
					list.Error(s.Pos, "needless-spelling", "found", s.Value, name.Value).Note(name.Pos, "name").Advise("delete")
					continue next
				}
			}
			if j, taken := owners[f]; taken && j != i {
				list.Error(s.Pos, "needless-spelling", "other", s.Value, n.id, all[j].id).Note(places[f], "there")
			} else if taken {
				list.Error(s.Pos, "needless-spelling", "twice", s.Value).Note(places[f], "there").Advise("delete")
			}
			own(i, s)
		}
	}
}
