package page

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sharh/app/story"
	"sharh/web"
)

// theme writes a theme as a style sheet: our own, which stands before style.css, or a publisher's, which stands after it and was
// checked before (app/desk/check).
func theme(t story.Theme) string {
	block := func(selector string, set map[string]string) string {
		if len(set) == 0 {
			return ""
		}
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(set)) {
			if !strings.ContainsAny(set[name], `<>{};\@()`) { // whoever compiled it: nothing but a value
				b.WriteString("--" + name + ":" + set[name] + ";")
			}
		}
		return selector + "{" + strings.TrimSuffix(b.String(), ";") + "}"
	}
	css := block(":root", t.Light)
	if len(t.Dark) > 0 {
		css += "@media(prefers-color-scheme:dark){" + block(":root:not([data-theme=light])", t.Dark) + "}" + block(":root[data-theme=dark]", t.Dark)
	}
	// Fonts of the system depend on the language.
	return css + block(":root:root", t.Every)
}

// PaperOf is the colour of a page with a theme.
func PaperOf(t story.Theme) Paper {
	light, dark := web.Palette()
	return Paper{Light: cmp.Or(t.Light["paper"], light["paper"]), Dark: cmp.Or(t.Dark["paper"], dark["paper"])}
}
