package share

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/cache"
	"sharh/app/site/card"
	"sharh/app/site/file"
	"sharh/app/site/page"
	"sharh/app/story"
)

// Maps adds pictures of the map as SVG: the core and the whole in data/, and the scenes of calls and actors beside
// their pages. The pictures in data/ are there as PNG too. cards are the results of Cards: an actor's card is his scene
// as PNG. kept is a cache folder.
func Maps(
	files file.Set, base file.Base, d *story.Document, folder string, cards map[string]string, kept string,
) (*page.Maps, error) {
	all := &page.Maps{Items: map[string]ui.Picture{}}
	of := func(s *story.Scene, title, page string) card.Picture {
		var sentences []string
		for _, i := range s.Relations {
			sentences = append(sentences, ui.Sentence(d, &d.Relations[i]))
		}
		return card.OfScene(d, s, title, published(base, folder+page), sentences)
	}
	// link is a link to a file from a page. name is part of the name under which the file is saved.
	link := func(page, path, name string) ui.File {
		kind := filepath.Ext(path)[1:]
		return ui.File{
			Name: strings.ToUpper(kind), Href: file.Relative(folder+page, path),
			Save: strings.Join([]string{d.Slug, d.Lang, name, kind}, "."),
		}
	}
	// add adds a file with a picture, which is kept between builds.
	add := func(path, key string, draw func() ([]byte, error)) error {
		data, err := cache.Keep(kept, filepath.Join("maps", key+filepath.Ext(path)), draw)
		if err != nil {
			return fmt.Errorf("drawing %s: %w", path, err)
		}
		files[path] = data
		all.Paths = append(all.Paths, path)
		return nil
	}

	core, whole := &d.Map.Core, d.Map.Scene(story.SceneKey(story.WholeScene, ""))
	if core.LeftOut == 0 {
		whole = nil // it is the core
	}
	for _, x := range []struct {
		scene      *story.Scene
		file, name string
	}{{core, "map", d.Words.MapPicture}, {whole, "map-whole", d.Words.WholeMap}} {
		if x.scene == nil || len(x.scene.Relations) == 0 {
			continue
		}
		picture := of(x.scene, d.Map.Title, "#map")
		path, key := folder+"data/"+x.file, picture.Key()
		if err := errors.Join(add(path+".svg", key, picture.SVG), add(path+".png", key, picture.PNG)); err != nil {
			return nil, err
		}
		evidence := ui.Evidence.Path()
		all.Whole = append(all.Whole, ui.Picture{Name: x.name, Files: []ui.File{
			link(evidence, path+".svg", x.file), link(evidence, path+".png", x.file),
		}})
	}
	for _, item := range ui.Items(d) {
		s := d.Map.Scene(item.Scene())
		if s == nil || len(s.Relations) == 0 {
			continue
		}
		page := item.Path()
		name := strings.ReplaceAll(strings.Trim(page, "/"), "/", "-")
		picture := of(s, item.Title(), page)
		if err := add(folder+page+"map.svg", picture.Key(), picture.SVG); err != nil {
			return nil, err
		}
		x := ui.Picture{Name: d.Words.MapPicture, Files: []ui.File{link(page, folder+page+"map.svg", name)}}
		if card := cards[page]; card != "" && item.Actor != nil {
			x.Files = append(x.Files, link(page, card, name))
		}
		all.Items[page] = x
	}
	return all, nil
}

// published is the address of a page, "" if the host of the site is not known.
func published(base file.Base, path string) string {
	if !base.Host() {
		return ""
	}
	return base.Address(path)
}
