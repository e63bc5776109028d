package site

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/card"
	"sharh/app/story"
)

// cards adds the pictures of a story's pages and returns their paths: that of the explainer's own page under "", those of
// its items under theirs. A picture that was drawn before is taken from the cache. Pages name their pictures where the
// address of the site is known; a preview at an unknown one goes without.
func (p *plan) cards(d *story.Document) (map[string]string, error) {
	if p.options.Plain || p.options.Preview && !p.published() {
		return nil, nil
	}
	names := []string{"", ui.Evidence.Path()}
	cards := []card.Card{card.OfExplainer(d), card.OfEvidence(d)}
	for _, i := range ui.Items(d) {
		names = append(names, i.Path())
		switch {
		case i.Step != nil:
			cards = append(cards, card.OfStep(d, i.Step))
		case i.Call != nil:
			cards = append(cards, card.OfCall(d, i.Index))
		default:
			cards = append(cards, card.OfView(d, i.View, i.Whose()))
		}
	}
	drawn := make([][]byte, len(cards))
	if err := each(len(cards), func(i int) (err error) {
		drawn[i], err = keep(p.options.Cache, filepath.Join("cards", cards[i].Key()+".png"), cards[i].PNG)
		return err
	}); err != nil {
		return nil, fmt.Errorf("drawing cards: %w", err)
	}
	paths := map[string]string{}
	for i, name := range names {
		file := strings.Join(append([]string{"card", d.Slug, d.Lang}, strings.FieldsFunc(name, func(r rune) bool { return r == '/' })...), ".")
		paths[name] = p.asset(file+".png", drawn[i])
	}
	return paths, nil
}

// published tells whether the address of the site is known, with its host.
func (p *plan) published() bool {
	u, err := url.Parse(p.options.Base)
	return err == nil && u.Host != ""
}

// address is where a path of the site is published: the whole address, if it is known.
func (p *plan) address(path string) string {
	return strings.TrimSuffix(p.options.Base, "/") + "/" + path
}
