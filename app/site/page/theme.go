package page

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sharh/app/story"
	"sharh/web"
)

// theme writes a theme as a style sheet. Our own theme comes before style.css; a publisher's comes after it and was
// checked before (app/desk/check).
func theme(t story.Theme) string {
	block := func(selector string, set map[string]string) string {
		if len(set) == 0 {
			return ""
		}
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(set)) {
			// Checked again, since a story may come from elsewhere: a value and nothing else.
			if !strings.ContainsAny(set[name], `<>{};\@()`) {
				b.WriteString("--" + name + ":" + set[name] + ";")
			}
		}
		return selector + "{" + strings.TrimSuffix(b.String(), ";") + "}"
	}
	css := block(":root", t.Light)
	if len(t.Dark) > 0 {
		css += "@media(prefers-color-scheme:dark){" + block(":root:not([data-theme=light])", t.Dark) + "}" +
			block(":root[data-theme=dark]", t.Dark)
	}
	// The system's fonts depend on the language.
	return css + block(":root:root", t.Every)
}

// PaperOf returns the paper colours of a page with the given theme.
func PaperOf(t story.Theme) Paper {
	light, dark := web.Palette()
	return Paper{Light: cmp.Or(t.Light["paper"], light["paper"]), Dark: cmp.Or(t.Dark["paper"], dark["paper"])}
}
