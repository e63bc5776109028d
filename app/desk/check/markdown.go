package check

import (
	"strings"

	"sharh/app/desk/diag"
)

func markdown(c *Content, list *diag.List) {
	for _, t := range c.texts {
		list.Merge(t.problems)
		if !t.Rich {
			if i := strings.Index(t.Value, "]("); i >= 0 {
				list.Error(t.At(i), "markdown", "plain").Advise("no-markdown")
			}
		}
	}
}
