package site

import (
	"fmt"
	"strings"
	"unicode"

	"sharh/app/page/ui"
	"sharh/app/site/prerender"
	"sharh/app/story"
)

// items plans a page for each call and each view: light, for whoever follows a shared link to one. Links out of it lead
// to the explainer's own page, whose languages are given. cards are the pictures of items, by their path; share
// is the path of dialog.js.
func (p *plan) items(folder string, d *story.Document, languages []link, cards map[string]string, share string, a *application) error {
	if a != nil { // they belong to the app, and have no button: the explainer's page has it
		a = &application{manifest: a.manifest, name: a.name}
	}
	for _, item := range ui.Items(d) {
		body, err := prerender.Part(item.Page(), item.Whole, "")
		if err != nil {
			return fmt.Errorf("%s: %w", item.Path(), err)
		}
		var same []link
		for _, l := range languages {
			same = append(same, link{l.lang, l.path + item.Path()})
		}
		if err := p.page(head{
			lang: d.Lang, dir: d.Dir, title: item.Title() + " · " + d.Title, heading: item.Title(), card: cards[item.Path()],
			modified: modified(d), description: shortened(item.Description(), 200),
			path: folder + item.Path(), style: p.inline(folder+item.Path()) + p.item + theme(d.Theme), theme: d.Theme, script: string(p.files[p.boot]), languages: same, share: share, app: a,
		}, body); err != nil {
			return fmt.Errorf("%s: %w", item.Path(), err)
		}
	}
	return nil
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
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}
