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
		panic(err) // the file is embedded, and every test reads it
	}
	return p
})

// Palette returns the values that differ between light and dark pages (palette.json): CSS custom properties by name,
// without dashes. All are colours, "#rrggbb", except dim, the opacity of items that a choice does not concern. The
// build writes them into style.css, manifests and pictures.
func Palette() (light, dark map[string]string) {
	p := palette()
	return maps.Clone(p.Light), maps.Clone(p.Dark)
}
