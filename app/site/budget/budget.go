// Package budget weighs the parts of a planned site and compares each with its budget.
package budget

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/offline"
	"sharh/app/site/page"
)

// Budgets for parts of a published site: upper limits in bytes as they travel (compressed with brotli where that
// helps). The budgets of pages are in package page.
const (
	Loader = 3_000     // embed.js
	Client = 1_000_000 // client.wasm, without the parts of go-app that the page does not use
	Card   = 40_000    // the picture that stands for a page when it is shared
	Photo  = 140_000   // the same with a picture of the editors on it
	Map    = 40_000    // a picture of a scene of the map as SVG
	Fonts  = 70_000    // the font files that a page preloads
	Saved  = 280_000   // what the browser downloads to save an explainer with its evidence, without client and pictures
	Media  = 2_000_000 // what it downloads besides for the pictures of the editors
)

// Weight is the size of one part of the site and its budget; a Budget of 0 means that it has none.
type Weight struct {
	Name   string
	Bytes  int64
	Budget int64
}

// Weigh weighs a site: each page with the files that it needs first, its fonts, the client, and every other file.
// A picture of the whole map has no budget, since it grows with the map.
func Weigh(files file.Set, pages []*page.Page) ([]Weight, error) {
	at := map[string]*page.Page{}
	for _, p := range pages {
		at[p.Path] = p
	}
	var weights []Weight
	add := func(name string, bytes, budget int64) { weights = append(weights, Weight{name, bytes, budget}) }
	for _, name := range files.Paths() {
		p := at[name]
		switch ext := path.Ext(name); {
		case ext == ".br" || ext == ".gz":
		case p != nil && p.Kind == page.Single:
			add(name+" in one file", int64(len(files[name]))-p.Heavier, p.Kind.Budget())
		case p != nil:
			by := map[page.When]int64{}
			for _, l := range p.Loads() {
				by[l.When] += travel(files, l.Path)
			}
			add(name+" alone", travel(files, name), 0)
			add(name+" with style and boot.js", travel(files, name)+by[page.First], p.Kind.Budget())
			add(name+" fonts", by[page.Font], Fonts)
		case path.Base(name) == offline.Costs:
			var c offline.Cost
			if err := json.Unmarshal(files[name], &c); err != nil {
				return nil, fmt.Errorf("weighing the site: reading %s: %w", name, err)
			}
			most, pictures := int64(Saved), int64(Media)
			if path.Dir(name) == "." { // no budget for a whole site: it grows with the number of explainers
				most, pictures = 0, 0
			}
			add(path.Dir(name)+" saved for reading", int64(c.Reading-c.Pictures), most)
			if c.Pictures > 0 {
				add(path.Dir(name)+" pictures saved with it", int64(c.Pictures), pictures)
			}
		case ext == ".wasm":
			add(name, travel(files, name), Client)
		case name == page.Loader:
			add(name, travel(files, name), Loader)
		case strings.HasPrefix(name, file.Assets+"card.") && ext == ".jpg":
			add(name, travel(files, name), Photo)
		case strings.HasPrefix(name, file.Assets+"card."):
			add(name, travel(files, name), Card)
		case path.Base(name) == "map.svg":
			add(name, travel(files, name), Map)
		default:
			add(name, travel(files, name), 0)
		}
	}
	return weights, nil
}

// Print writes a table of the weights and returns how many are over their budget.
func Print(w io.Writer, weights []Weight) int {
	over := 0
	for _, x := range weights {
		note := ""
		if x.Budget > 0 {
			note = fmt.Sprintf("  of %9d", x.Budget)
			if x.Bytes > x.Budget {
				over++
				note += "  OVER by " + fmt.Sprint(x.Bytes-x.Budget)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%9d%-14s  %s", x.Bytes, note, x.Name), " "))
	}
	return over
}
