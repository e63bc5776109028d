package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"image/png"
	"net/url"
	"path"
	"strings"

	"sharh/app/story"
	"sharh/web"
)

// siteName is the name of the site as a whole.
const siteName = "شرح · Sharh"

// manifest is a web app manifest.
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

// Screenshot is a picture of the page for where an app is offered for installation.
type Screenshot struct {
	Lang string
	Form string // "wide" or "narrow"
	PNG  []byte
}

// Limits of screenshots: what browsers accept, and what is sensible.
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

// icons adds the icons of an app and returns them, as seen from a folder. Each purpose has its own: one picture cannot be
// both whole and cut to a circle.
func (p *plan) icons(folder string) ([]picture, error) {
	up := strings.Repeat("../", strings.Count(folder, "/"))
	var all []picture
	for _, i := range []struct{ name, sizes, purpose string }{
		{"icon.svg", "any", "any"}, {"icon-192.png", "192x192", "any"}, {"icon-512.png", "512x512", "any"},
		{"maskable-512.png", "512x512", "maskable"}, {"monochrome-512.png", "512x512", "monochrome"}, {"monochrome.svg", "any", "monochrome"},
	} {
		data, err := web.Files.ReadFile("icons/" + i.name)
		if err != nil {
			return nil, err
		}
		kind := types[path.Ext(i.name)]
		all = append(all, picture{Src: up + p.asset(i.name, data), Sizes: i.sizes, Type: kind, Purpose: i.purpose})
	}
	return all, nil
}

// basePath is the path under which the site is published, with a slash at both ends.
func (o Options) basePath() (string, error) {
	u, err := url.Parse(o.Base)
	if err != nil {
		return "", fmt.Errorf("reading the base address: %w", err)
	}
	return strings.ReplaceAll("/"+strings.Trim(u.Path, "/")+"/", "//", "/"), nil
}

// started marks visits that begin at the icon of an app, for publishers who count them in their logs.
const started = "?source=pwa"

// manifest adds the manifest of an explainer in one language.
//
// Each language is an app of its own, in name, direction and start; an app must not change its language because its
// reader has looked at the other one, as it would if both had one id. Their scope is the same, the explainer, so that the
// links between languages stay within the app, and a browser that has one of them does not offer the other.
func (p *plan) manifest(e Explainer, d *story.Document, folder string, a *application) error {
	if a == nil || a.folder == "" {
		return nil
	}
	base, err := p.options.basePath()
	if err != nil {
		return err
	}
	icons, err := p.icons(folder)
	if err != nil {
		return err
	}
	m := manifest{
		ID: base + folder, Name: d.Title, ShortName: a.name, Description: d.Summary, Lang: d.Lang, Dir: d.Dir,
		Scope: cmp.Or(strings.Repeat("../", strings.Count(folder, "/")-1), "./"), StartURL: "./" + started, Icons: icons,
	}
	shortIcon, err := web.Files.ReadFile("icons/icon-96.png")
	if err != nil {
		return err
	}
	up := strings.Repeat("../", strings.Count(folder, "/"))
	for _, s := range []struct{ word, id string }{{"timeline", "timeline"}, {"map", "map"}, {"readings", "article"}} {
		m.Shortcuts = append(m.Shortcuts, shortcut{
			Name: d.Words.Shortcuts[s.word], URL: "./" + started + "#" + s.id,
			Icons: []picture{{Src: up + p.asset("icon-96.png", shortIcon), Sizes: "96x96", Type: "image/png"}},
		})
	}
	for _, s := range e.Screenshots {
		if s.Lang != d.Lang {
			continue
		}
		width, height, err := s.size()
		if err != nil {
			return err
		}
		m.Screenshots = append(m.Screenshots, picture{
			Src:   up + p.asset(fmt.Sprintf("screenshot.%s.%s.%s.png", e.Slug, s.Lang, s.Form), s.PNG),
			Sizes: fmt.Sprintf("%dx%d", width, height), Type: "image/png", FormFactor: s.Form, Label: d.Title,
		})
	}
	return p.writeManifest(a, m, d.Theme)
}

// siteManifest adds the manifest of the site as a whole, in the language of its shelf.
func (p *plan) siteManifest(a *application, lang, dir string) error {
	base, err := p.options.basePath()
	if err != nil {
		return err
	}
	icons, err := p.icons("")
	if err != nil {
		return err
	}
	return p.writeManifest(a, manifest{
		ID: base, Name: siteName, ShortName: siteName, Description: siteName, Lang: lang, Dir: dir, Scope: "./", StartURL: "./" + started, Icons: icons,
	}, story.Theme{})
}

func (p *plan) writeManifest(a *application, m manifest, t story.Theme) error {
	m.Display, m.DisplayOverride, m.Orientation = "standalone", []string{"standalone", "minimal-ui"}, "any"
	m.ThemeColor, _ = papers(t) // there is one for both schemes
	m.BackgroundColor = m.ThemeColor
	m.Categories = []string{"news", "politics"}
	// A shortcut leads the window that is open to its place.
	m.LaunchHandler = map[string]any{"client_mode": []string{"navigate-existing", "auto"}}
	m.HandleLinks = "auto"
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	p.files[a.manifest] = b.Bytes()
	return nil
}
