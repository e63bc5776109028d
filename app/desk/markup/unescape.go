package markup

import (
	"strings"

	"github.com/yuin/goldmark/util"
)

// unescape resolves backslash escapes and character references, which goldmark leaves to its renderer.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	b := util.UnescapePunctuations([]byte(s))
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}
