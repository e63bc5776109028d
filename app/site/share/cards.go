package share

import (
	"fmt"
	"path/filepath"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/cache"
	"sharh/app/site/card"
	"sharh/app/site/file"
	"sharh/app/story"
)

// Cards adds the pictures of a story's pages and returns their paths, by the page's folder inside the story's folder
// ("" is the explainer's own page). folder is the story's folder in the site; photo returns a picture of the editors as
// it stands on a card; kept is a cache folder with pictures from earlier builds.
func Cards(
	files file.Set, base file.Base, d *story.Document, folder, kept string, photo func(*story.Picture) ([]byte, error),
) (map[string]string, error) {
	names := []string{"", ui.Evidence.Path()}
	cards := []card.Card{card.OfExplainer(d), card.OfEvidence(d)}
	pictures := map[int]*story.Picture{0: &d.Picture} // by index of the card
	for _, i := range ui.Items(d) {
		names = append(names, i.Path())
		switch {
		case i.Step != nil:
			pictures[len(cards)] = &i.Step.Picture
			cards = append(cards, card.OfStep(d, i.Step))
		case i.Call != nil:
			cards = append(cards, card.OfCall(d, i.Index))
		case i.Actor != nil:
			pictures[len(cards)] = &i.Actor.Portrait
			cards = append(cards, card.OfActor(d, i.Index, published(base, folder+i.Path())))
		default:
			cards = append(cards, card.OfView(d, i.View, i.Whose()))
		}
	}
	drawn := make([][]byte, len(cards))
	if err := file.Parallel(len(cards), func(i int) (err error) {
		if p := pictures[i]; p != nil && p.Given() {
			data, err := photo(p)
			if err != nil {
				return err
			}
			cards[i] = cards[i].With(data, ui.Credit(d, p))
		}
		drawn[i], err = cache.Keep(kept, filepath.Join("cards", cards[i].Key()+cards[i].Ext()), cards[i].Draw)
		return err
	}); err != nil {
		return nil, fmt.Errorf("drawing cards: %w", err)
	}
	paths := map[string]string{}
	for i, name := range names {
		folders := strings.FieldsFunc(name, func(r rune) bool { return r == '/' })
		file := strings.Join(append([]string{"card", d.Slug, d.Lang}, folders...), ".")
		paths[name] = files.Asset(file+cards[i].Ext(), drawn[i])
	}
	return paths, nil
}
