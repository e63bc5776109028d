package offline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"image/png"
	"path"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/page"
	"sharh/app/story"
	"sharh/web"
)

// manifest is a web app manifest. It can hold only one colour: that of the light theme.
type manifest struct {
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	ShortName       string         `json:"short_name"`
	Description     string         `json:"description,omitempty"`
	Lang            string         `json:"lang"`
	Dir             string         `json:"dir"`
	Scope           string         `json:"scope"`
	StartURL        string         `json:"start_url"`
	Display         string         `json:"display"`
	DisplayOverride []string       `json:"display_override"`
	Orientation     string         `json:"orientation"`
	ThemeColor      string         `json:"theme_color"`
	BackgroundColor string         `json:"background_color"`
	Categories      []string       `json:"categories"`
	Icons           []picture      `json:"icons"`
	Screenshots     []picture      `json:"screenshots,omitempty"`
	Shortcuts       []shortcut     `json:"shortcuts,omitempty"`
	LaunchHandler   map[string]any `json:"launch_handler"`
	HandleLinks     string         `json:"handle_links"`
	PreferRelated   bool           `json:"prefer_related_applications"`
}

type picture struct {
	Src        string `json:"src"`
	Sizes      string `json:"sizes"`
	Type       string `json:"type"`
	Purpose    string `json:"purpose,omitempty"`
	FormFactor string `json:"form_factor,omitempty"`
	Label      string `json:"label,omitempty"`
}

type shortcut struct {
	Name  string    `json:"name"`
	URL   string    `json:"url"`
	Icons []picture `json:"icons"`
}

// Screenshot is a picture of the page that a browser shows when it offers to install the app.
type Screenshot struct {
	Lang string
	Form string // "wide" or "narrow"
	PNG  []byte
}

// Limits for screenshots: the sides that browsers accept, and a sensible file size.
const (
	leastSide      = 320
	mostSide       = 3840
	mostScreenshot = 300_000 // bytes
)

// size checks a screenshot and returns its width and height.
func (s Screenshot) size() (width, height int, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(s.PNG))
	if err != nil {
		return 0, 0, fmt.Errorf("screenshot %s.%s.png: %w", s.Form, s.Lang, err)
	}
	long, short := max(c.Width, c.Height), min(c.Width, c.Height)
	switch {
	case s.Form != "wide" && s.Form != "narrow":
		err = fmt.Errorf("neither wide nor narrow")
	case short < leastSide || long > mostSide:
		err = fmt.Errorf("%d by %d pixels; sides must be from %d to %d", c.Width, c.Height, leastSide, mostSide)
	case float64(long) > 2.3*float64(short):
		err = fmt.Errorf("%d by %d pixels; browsers take up to 2.3 times as long as short", c.Width, c.Height)
	case (s.Form == "wide") != (c.Width > c.Height):
		err = fmt.Errorf("%d by %d pixels is not %s", c.Width, c.Height, s.Form)
	case len(s.PNG) > mostScreenshot:
		err = fmt.Errorf("%d bytes; at most %d", len(s.PNG), mostScreenshot)
	}
	if err != nil {
		err = fmt.Errorf("screenshot %s.%s.png: %w", s.Form, s.Lang, err)
	}
	return c.Width, c.Height, err
}

// icons adds the icons of an app and returns them with addresses relative to a folder. Each purpose has a picture of
// its own, because no picture looks right both as it is and cut to a circle.
func icons(files file.Set, folder string) ([]picture, error) {
	var all []picture
	for _, i := range []struct{ name, sizes, purpose string }{
		{"icon.svg", "any", "any"}, {"icon-192.png", "192x192", "any"}, {"icon-512.png", "512x512", "any"},
		{"maskable-512.png", "512x512", "maskable"}, {"monochrome-512.png", "512x512", "monochrome"},
		{"monochrome.svg", "any", "monochrome"},
	} {
		data, err := web.Files.ReadFile("icons/" + i.name)
		if err != nil {
			return nil, err
		}
		kind := "image/png"
		if path.Ext(i.name) == ".svg" {
			kind = "image/svg+xml"
		}
		all = append(all, picture{
			Src: file.Relative(folder, files.Asset(i.name, data)), Sizes: i.sizes, Type: kind, Purpose: i.purpose,
		})
	}
	return all, nil
}

// started is the query of visits that begin at an app's icon, so that publishers can count them in their logs.
const started = "?source=pwa"

// Manifest adds the manifest of an explainer in one language, for the given app; none for nil.
//
// Each language is an app of its own, with its own name, direction and start address. If both languages had one id,
// the installed app would change its language when its reader looked at the other one. Their scope is the same, the
// folder of the explainer, so that links between languages stay inside the app, and a browser that has one of the
// apps does not offer the other.
func (a *Apps) Manifest(
	files file.Set, d *story.Document, folder string, app *page.App, screenshots []Screenshot,
) error {
	if a.mode != Explainer || app == nil {
		return nil
	}
	base, err := a.base.Path()
	if err != nil {
		return err
	}
	icons, err := icons(files, folder)
	if err != nil {
		return err
	}
	m := manifest{
		ID: base + folder, Name: d.Title, ShortName: app.Name, Description: d.Summary, Lang: d.Lang, Dir: d.Dir,
		Scope: cmp.Or(strings.TrimPrefix(file.Up(folder), "../"), "./"), StartURL: "./" + started, Icons: icons,
		ThemeColor: page.PaperOf(d.Theme).Light,
	}
	shortIcon, err := web.Files.ReadFile("icons/icon-96.png")
	if err != nil {
		return err
	}
	for _, s := range []struct {
		word, id string
		has      bool
	}{
		{"timeline", "timeline", d.HasTimeline()},
		{"map", "map", len(d.Actors) > 0},
		{"readings", "article", len(d.Sections) > 0},
	} {
		if !s.has {
			continue
		}
		m.Shortcuts = append(m.Shortcuts, shortcut{
			Name: d.Words.Shortcuts[s.word], URL: "./" + started + "#" + s.id,
			Icons: []picture{{
				Src: file.Relative(folder, files.Asset("icon-96.png", shortIcon)), Sizes: "96x96", Type: "image/png",
			}},
		})
	}
	for _, s := range screenshots {
		if s.Lang != d.Lang {
			continue
		}
		width, height, err := s.size()
		if err != nil {
			return err
		}
		m.Screenshots = append(m.Screenshots, picture{
			Src:   file.Relative(folder, files.Asset(fmt.Sprintf("screenshot.%s.%s.%s.png", d.Slug, s.Lang, s.Form), s.PNG)),
			Sizes: fmt.Sprintf("%dx%d", width, height), Type: "image/png", FormFactor: s.Form, Label: d.Title,
		})
	}
	return m.write(files, app.Manifest)
}

// SiteManifest adds the manifest of the site as a whole, if the site is an app, in the language of its shelf.
func (a *Apps) SiteManifest(files file.Set, shelf *page.Page) error {
	if a.mode != Site || shelf.App == nil {
		return nil
	}
	base, err := a.base.Path()
	if err != nil {
		return err
	}
	icons, err := icons(files, "")
	if err != nil {
		return err
	}
	m := manifest{
		ID: base, Name: page.SiteName, ShortName: page.SiteName, Description: page.SiteName, Lang: shelf.Lang, Dir: shelf.Dir,
		Scope: "./", StartURL: "./" + started, Icons: icons, ThemeColor: shelf.Paper.Light,
	}
	return m.write(files, shelf.App.Manifest)
}

// write fills in the fields that all manifests share and adds the manifest at a path.
func (m *manifest) write(files file.Set, path string) error {
	m.Display, m.DisplayOverride, m.Orientation = "standalone", []string{"standalone", "minimal-ui"}, "any"
	m.BackgroundColor = m.ThemeColor
	m.Categories = []string{"news", "politics"}
	// A shortcut opens in a window of the app that is already open.
	m.LaunchHandler = map[string]any{"client_mode": []string{"navigate-existing", "auto"}}
	m.HandleLinks = "auto"
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	files[path] = b.Bytes()
	return nil
}
