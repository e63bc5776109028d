package ui

import "strings"

// Heights of embeds, in pixels.
const (
	EmbedTall   = 760 // what is kept free for one in a narrow column
	EmbedLow    = 640 // and in others
	EmbedNarrow = 480 // the width below which a column is narrow
	EmbedLeast  = 100 // what publishers can have kept free instead
	EmbedMost   = 4000
)

// Code is what publishers paste into a page, by kind of host. What differs is named in braces: page, the address of an embed,
// src, the same with what is chosen, options, that as attributes of a link, title, height, loader, the address of embed.js,
// and more, a word. web/dialog.js puts in what its reader wants, and the demo page what it shows.
var Code = map[string]string{
	"loader": `<a class="sharh-embed" href="{page}"{options} data-height="{height}">{title}</a>` + "\n" +
		`<script async src="{loader}"></script>`,
	"frame": `<iframe src="{src}" title="{title}"` + "\n" +
		`  width="100%" height="{height}" loading="lazy" style="border:0"></iframe>`,
	"amp": `<amp-iframe src="{src}" title="{title}" layout="fixed-height" height="{height}"` +
		` sandbox="allow-scripts allow-popups" resizable frameborder="0">` +
		`<div overflow tabindex="0" role="button" aria-label="{more}">{more}</div><p placeholder>{title}</p></amp-iframe>`,
}

// code is the code for a kind of host with values put in, in pairs: "{title}", "…".
func code(kind string, values ...string) string {
	return strings.NewReplacer(values...).Replace(Code[kind])
}
