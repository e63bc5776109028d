package check

import (
	"maps"
	"strings"

	"sharh/app/desk/diag"
)

// opening are the quotation marks that come in pairs, the opening one by the closing one.
var opening = map[string]string{"»": "«", "”": "“"}

// quotesOf returns the quotation marks that come in pairs in a language. Its own decide what a mark is: “ closes in
// German, and ” opens too in Hebrew, so it has no pair there.
func quotesOf(c *Content, lang string) map[string]string {
	l, err := c.Locale(lang)
	if err != nil || len(l.Words.Quotes) != 2 {
		return opening
	}
	first, last := strings.TrimSpace(l.Words.Quotes[0]), strings.TrimSpace(l.Words.Quotes[1])
	pairs := maps.Clone(opening)
	maps.DeleteFunc(pairs, func(closing, opening string) bool {
		return closing == first || closing == last || opening == first || opening == last
	})
	if first != last {
		pairs[last] = first
	}
	return pairs
}

func unbalancedQuotes(c *Content, list *diag.List) {
	known := map[string]map[string]string{}
	c.passages(func(lang string, p passage) {
		pairs, there := known[lang]
		if !there {
			pairs = quotesOf(c, lang)
			known[lang] = pairs
		}
		opens := map[string]bool{}
		for _, mark := range pairs {
			opens[mark] = true
		}
		type open struct {
			mark   string
			offset int
		}
		var stack []open
		for i, r := range p.value {
			mark := string(r)
			pair, closes := pairs[mark]
			switch n := len(stack); {
			case opens[mark]:
				stack = append(stack, open{mark, i})
			case closes && n > 0 && stack[n-1].mark == pair:
				stack = stack[:n-1]
			case closes:
				list.Error(p.at(i), "unbalanced-quotes", "closing", diag.Raw(mark)).Advise("pair", diag.Raw(pair))
			}
		}
		for _, o := range stack {
			list.Error(p.at(o.offset), "unbalanced-quotes", "opening", diag.Raw(o.mark))
		}
	})
}
