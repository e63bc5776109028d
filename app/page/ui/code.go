package ui

import "strings"

// Heights of embeds, in pixels.
const (
	EmbedTall   = 760 // default height in a narrow column
	EmbedLow    = 640 // default height in other columns
	EmbedNarrow = 480 // columns narrower than this are narrow
	EmbedLeast  = 100 // limits for a height that publishers set themselves
	EmbedMost   = 4000
)

// Code is the HTML that publishers paste into a page, by kind of host. It has placeholders in braces: {page} is the
// address of the embed, {src} the same with the choice, {options} the choice as attributes of a link, {loader} the
// address of embed.js, {more} a word; {title} and {height} are plain. web/dialog.js fills them for readers, the demo
// page for its examples.
var Code = map[string]string{
	"loader": `<a class="sharh-embed" href="{page}"{options} data-height="{height}">{title}</a>` + "\n" +
		`<script async src="{loader}"></script>`,
	"frame": `<iframe src="{src}" title="{title}"` + "\n" +
		`  width="100%" height="{height}" loading="lazy" style="border:0"></iframe>`,
	"amp": `<amp-iframe src="{src}" title="{title}" layout="fixed-height" height="{height}"` +
		` sandbox="allow-scripts allow-popups" resizable frameborder="0">` +
		`<div overflow tabindex="0" role="button" aria-label="{more}">{more}</div><p placeholder>{title}</p></amp-iframe>`,
}

// code returns the code for a kind of host. values are pairs that fill placeholders: "{title}", "…".
func code(kind string, values ...string) string {
	return strings.NewReplacer(values...).Replace(Code[kind])
}
