package share

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"

	"sharh/app/page/ui"
	"sharh/app/site/card"
	"sharh/app/site/file"
	"sharh/app/site/page"
)

// The proposed size: that of an embed in the text column of a page.
const (
	oembedWidth  = 600
	oembedHeight = ui.EmbedTall
)

// oembed is an answer of type rich, as https://oembed.com defines it. It is a static file, so it ignores the
// parameters of a request.
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

// OEmbeds adds an oEmbed answer beside each page that has one; the page links to it. Consumers accept full addresses
// only, so this does not work if the site's base has no host.
func OEmbeds(files file.Set, base file.Base, pages []*page.Page) error {
	for _, p := range pages {
		if p.OEmbed == nil {
			continue
		}
		name := html.EscapeString
		title := name(p.Shared.Title)
		height := cmp.Or(p.OEmbed.Height, oembedHeight)
		o := oembed{
			Version: "1.0", Type: "rich", Title: p.Shared.Title, ProviderName: "Sharh", ProviderURL: base.Address(""),
			Width: oembedWidth, Height: height,
			// WordPress allows a blockquote without attributes and a frame. It shows the blockquote until the frame
			// sends a message.
			HTML: fmt.Sprintf(`<blockquote><a href="%s">%s</a>%s</blockquote>`+
				`<iframe src="%s" width="%d" height="%d" frameborder="0" title="%s"></iframe>`,
				name(p.Canonical), title, name(p.OEmbed.After), name(p.OEmbed.Frame), oembedWidth, height, title),
		}
		if picture := p.Shared.Picture; picture != "" {
			o.ThumbnailURL, o.ThumbnailWidth, o.ThumbnailHeight = picture, card.Width, card.Height
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(o); err != nil {
			return fmt.Errorf("the oEmbed answer of %s: %w", p.Path, err)
		}
		files[p.Folder()+page.OEmbedName] = b.Bytes()
	}
	return nil
}
