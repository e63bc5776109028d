package page

import (
	"fmt"
	"strings"
	"unicode"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
)

// items makes a light page for each step, call, view and actor, for readers who follow a shared link to one. Its
// other links lead to the explainer's own page. These pages belong to the explainer's app, but have no save button:
// that is on the explainer's own page.
func (m *Maker) items(e *Edition) ([]*Page, error) {
	var all []*Page
	for _, item := range ui.Items(e.Document) {
		path := item.Path()
		if e.Maps != nil {
			item.Picture = e.Maps.Items[path]
		}
		body, err := prerender.Part(item.Page(), file.Up(e.Folder()+path), item.Where, "")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		p := m.page(Item, e.Folder()+path, e.Document)
		p.Title, p.Description, p.Body = item.Title()+" · "+e.Title, shortened(item.Description(), 200), body
		p.Languages, p.Shared = m.languages(e, path), m.shared(e, path, item.Title(), p.Description)
		// The item is chosen by a query, because WordPress uses the fragment for its own secret.
		p.OEmbed = m.oembed(e, path, " · "+e.Title, item.Query())
		p.Style.Inline += m.item + theme(e.Theme)
		p.Share, p.App = e.Share, e.App
		all = append(all, p)
	}
	return all, nil
}

// shortened cuts a text to at most n characters, between words.
func shortened(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := n - 1
	for i := cut; i > n/2; i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	dangling := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }
	return strings.TrimRightFunc(string(runes[:cut]), dangling) + "…"
}
