package check

import (
	"strings"

	"sharh/app/desk/diag"
)

// plainHTTP finds sources whose address is not encrypted.
func plainHTTP(c *Content, list *diag.List) {
	for _, s := range c.Sources.Sources {
		if strings.HasPrefix(s.URL.Value, "http://") {
			list.Warn(s.URL.Pos, "plain-http", "http", s.URL.Value).Advise("https")
		}
	}
}
