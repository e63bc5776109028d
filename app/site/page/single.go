package page

import (
	"encoding/base64"
	"net/url"
	"path"
	"regexp"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/prerender"
)

// singlePath is where an edition in one file is: in the folder of the explainer, whatever its language.
func singlePath(e *Edition) string { return e.Slug + "/" + e.Slug + "." + e.Lang + ".html" }

// single is the address of the edition in one file from its evidence page, "" for none.
func (e *Edition) single() string {
	if !e.Single {
		return ""
	}
	return file.Relative(e.Folder()+ui.Evidence.Path(), singlePath(e))
}

// singles makes the explainer's own page and its evidence as one file with everything in it but the client: styles, fonts, the
// script of the still page. For messengers, archives and blocked networks: it opens from a disk, and asks for nothing. Links to other pages of the
// site are whole addresses where the site's is known, and else taken out.
func (m *Maker) singles(e *Edition) ([]*Page, error) {
	if !e.Single {
		return nil, nil
	}
	body, err := prerender.Lean(&ui.Page{Doc: e.Document, All: true}, m.detach(e.Folder()))
	if err != nil {
		return nil, err
	}
	p := &Page{
		Kind: Single, Path: singlePath(e), Lang: e.Lang, Dir: e.Dir, Title: e.Title, Description: e.Summary, Body: body,
		Alone: m.alone, Print: Text{Inline: m.print.Inline}, Script: Text{Inline: m.boot.Inline},
		Icon: "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(m.iconData),
	}
	if m.base.Host() {
		p.Canonical = m.base.Address(e.Folder())
	}
	const head = 4000 // bytes, about
	style := m.evidence + e.style
	p.Style.Inline = m.closed(e.Dir, len(body)+len(style)+len(p.Alone)+len(p.Print.Inline)+len(p.Script.Inline)+head) + style
	return []*Page{p}, nil
}

// singleHead writes what the head of a page in one file says after how every head begins.
func (p *Page) singleHead(w *writer) {
	w.tag(`<link rel="icon" href="%s">`, p.Icon)
	if p.Canonical != "" {
		w.tag(`<link rel="canonical" href="%s">`, p.Canonical)
	}
	w.WriteString("<style>" + p.Style.Inline + "</style><noscript><style>" + p.Alone + `</style></noscript><style media="print">` + p.Print.Inline + "</style>")
	w.WriteString("<script>" + p.Script.Inline + "</script>")
}

var fontFace = regexp.MustCompile(`@font-face\{[^}]*url\("?([^")]+)"?\)[^}]*\}`)

// closed is style.css with as many fonts of the language inside as the budget has room for beside other bytes, the text's first.
// What is small, labels and tools, is else in the system's font.
func (m *Maker) closed(dir string, other int) string {
	style := m.style.Inline + m.paged + m.explained
	left := int(Single.Budget()) - other - len(fontFace.ReplaceAllString(style, ""))
	in := map[string]string{}
	for _, font := range m.reading(dir) {
		name := path.Base(font)
		data := "data:font/woff2;base64," + base64.StdEncoding.EncodeToString(m.embedded[name])
		if left -= len(data) + 400; left < 0 { // with what the face says besides
			break
		}
		in[name] = data
	}
	return fontFace.ReplaceAllStringFunc(style, func(face string) string {
		name := fontFace.FindStringSubmatch(face)[1]
		if in[name] == "" {
			return ""
		}
		return strings.Replace(strings.Replace(face, name, in[name], 1), "font-display:optional", "font-display:block", 1)
	})
}

// detach takes out of a page in a folder what needs the site or the client, and makes links to the site whole addresses.
func (m *Maker) detach(folder string) prerender.Edit {
	return func(n *prerender.Element) bool {
		href, link := n.Get("href")
		away := link && !strings.HasPrefix(href, "#") && !strings.Contains(href, ":")
		downloads := strings.Contains(n.Value("class"), "downloads")
		// A dialog shares an address that the file has not.
		if n.Has("data-save") || n.Has("data-dialog") || n.Tag() == "form" || !m.base.Host() && (away || downloads) {
			return false
		}
		n.Drop("data-settled", "data-go", "data-wish")
		if away {
			to, err := url.Parse(href)
			if err != nil {
				n.Drop("href") // no address: a text then
				return true
			}
			whole := (&url.URL{Path: "/" + folder}).ResolveReference(to).String()
			n.Set("href", m.base.Address(strings.TrimPrefix(whole, "/")))
		}
		return true
	}
}
