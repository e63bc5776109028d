package web

import (
	_ "embed"
	"encoding/json"
	"maps"
	"sync"
)

//go:embed palette.json
var paletteFile []byte

var palette = sync.OnceValue(func() (p struct{ Light, Dark map[string]string }) {
	if err := json.Unmarshal(paletteFile, &p); err != nil {
		panic(err) // it is embedded, and every test comes by here
	}
	return p
})

// Palette is what differs between a light page and a dark one, palette.json: custom properties by name, without dashes. All are
// colours, "#rrggbb", but dim, the opacity of what a choice does not light. The build writes them into style.css, manifests
// and pictures.
func Palette() (light, dark map[string]string) {
	p := palette()
	return maps.Clone(p.Light), maps.Clone(p.Dark)
}
