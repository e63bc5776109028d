package check

import (
	"sharh/app/desk/diag"
)

// opening are the quotation marks that come in pairs.
var opening = map[rune]rune{'»': '«', '”': '“'}

func unbalancedQuotes(c *Content, list *diag.List) {
	c.passages(func(lang string, p passage) {
		type open struct {
			mark   rune
			offset int
		}
		var stack []open
		for i, r := range p.value {
			switch r {
			case '«', '“':
				stack = append(stack, open{r, i})
			case '»', '”':
				if n := len(stack); n > 0 && stack[n-1].mark == opening[r] {
					stack = stack[:n-1]
				} else {
					list.Error(p.at(i), "unbalanced-quotes", "closing", diag.Raw(string(r))).
						Advise("pair", diag.Raw(string(opening[r])))
				}
			}
		}
		for _, o := range stack {
			list.Error(p.at(o.offset), "unbalanced-quotes", "opening", diag.Raw(string(o.mark)))
		}
	})
}
