package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"

	"sharh/app/page/ui"
	"sharh/app/site/card"
	"sharh/app/story"
)

// The size that an answer proposes: an embed in the text column of a page.
const (
	oembedWidth  = 600
	oembedHeight = ui.EmbedTall
)

// oembed is an answer of https://oembed.com, of type rich. It is a file, so it answers every question the same.
type oembed struct {
	Version         string `json:"version"`
	Type            string `json:"type"`
	Title           string `json:"title"`
	ProviderName    string `json:"provider_name"`
	ProviderURL     string `json:"provider_url"`
	Width           int    `json:"width"`
	Height          int    `json:"height"`
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`
	HTML            string `json:"html"`
}

// oembeds adds the answers for an explainer's own page and for those of its items, each beside its page, which links to it.
// Whoever asks takes whole addresses only: a site whose base has no host cannot be embedded this way.
func (p *plan) oembeds(folder string, d *story.Document, cards map[string]string) error {
	add := func(path, title, description, query string) error {
		name := func(s string) string { return html.EscapeString(s) }
		o := oembed{
			Version: "1.0", Type: "rich", Title: title, ProviderName: "Sharh", ProviderURL: p.address(""),
			Width: oembedWidth, Height: oembedHeight,
			// A blockquote without attributes and a frame are what WordPress lets through. It shows the one until the other speaks.
			HTML: fmt.Sprintf(`<blockquote><a href="%s">%s</a>%s</blockquote><iframe src="%s" width="%d" height="%d" frameborder="0" title="%s"></iframe>`,
				name(p.address(folder+path)), name(title), name(description),
				name(p.address(folder+ui.Embed.Path())+query), oembedWidth, oembedHeight, name(title)),
		}
		if picture := cards[path]; picture != "" && p.published() {
			o.ThumbnailURL, o.ThumbnailWidth, o.ThumbnailHeight = p.address(picture), card.Width, card.Height
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(o); err != nil {
			return fmt.Errorf("%s%s: %w", path, oembedName, err)
		}
		p.files[folder+path+oembedName] = b.Bytes()
		return nil
	}
	if err := add("", d.Title, d.Words.Colon+" "+d.Summary, ""); err != nil {
		return err
	}
	if err := add(ui.Evidence.Path(), d.Words.Evidence+" · "+d.Title, d.Words.Colon+" "+d.Words.EvidenceLead, ""); err != nil {
		return err
	}
	for _, item := range ui.Items(d) {
		// Not by a fragment: WordPress puts a secret there.
		if err := add(item.Path(), item.Title(), " · "+d.Title, item.Query()); err != nil {
			return err
		}
	}
	return nil
}

const oembedName = "oembed.json"
