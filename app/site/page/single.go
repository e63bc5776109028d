package page

import (
	"encoding/base64"
	"net/url"
	"path"
	"regexp"
	"strings"

	"sharh/app/page/ui"
	"sharh/app/site/file"
	"sharh/app/site/media"
	"sharh/app/site/prerender"
)

// singlePath is the path of the single file of an edition. It is in the folder of the explainer for every language.
func singlePath(e *Edition) string { return e.Slug + "/" + e.Slug + "." + e.Lang + ".html" }

// single is the address of the single file, relative to the evidence page; "" if there is none.
func (e *Edition) single() string {
	if !e.Single {
		return ""
	}
	return file.Relative(e.Folder()+ui.Evidence.Path(), singlePath(e))
}

// singles makes the explainer's own page and its evidence as one file that contains everything except the client:
// styles, fonts and boot.js. It is for messengers, archives and blocked networks: it opens from a disk and loads
// nothing. Links to other pages of the site become full addresses if the site's host is known; otherwise they are
// removed.
func (m *Maker) singles(e *Edition) ([]*Page, error) {
	if !e.Single {
		return nil, nil
	}
	pictures := media.InOneFile(e.Files, e.Document, mostPictures)
	detach := m.detach(e.Folder())
	body, err := prerender.Lean(&ui.Page{Doc: e.Document, All: true}, func(n *prerender.Element) bool {
		if data := pictures[n.Value("src")]; data != "" {
			n.Set("src", data)
			n.Drop("loading")
		}
		return n.Tag() != "source" && detach(n)
	})
	if err != nil {
		return nil, err
	}
	p := m.inOneFile(e, body)
	for _, data := range pictures {
		p.Heavier += int64(len(data))
	}
	const head = 4000 // rough size of the head in bytes
	styles := len(m.evidence) + len(p.NoScript) + len(p.Print.Inline)
	other := len(body) - int(p.Heavier) + styles + len(p.Script.Inline) + head
	p.Style.Inline = m.closed(e.Words.Fonts, other) + m.evidence
	return []*Page{p}, nil
}

// mostPictures is how many bytes pictures add to a file before they become smaller: some ten in the size of a phone.
const mostPictures = 500_000

// inOneFile returns a page in one file, without its style.
func (m *Maker) inOneFile(e *Edition, body []byte) *Page {
	p := &Page{
		Kind: Single, Path: singlePath(e), Lang: e.Lang, Dir: e.Dir, Title: e.Title, Description: e.Summary, Body: body,
		NoScript: m.noScript, Print: Text{Inline: m.print.Inline}, Script: Text{Inline: m.boot.Inline},
		Icon: "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(m.iconData),
	}
	if m.base.Host() {
		p.Canonical = m.base.Address(e.Folder())
	}
	return p
}

// singleHead writes the rest of the head of a single file.
func (p *Page) singleHead(w *writer) {
	w.tag(`<link rel="icon" href="%s">`, p.Icon)
	if p.Canonical != "" {
		w.tag(`<link rel="canonical" href="%s">`, p.Canonical)
	}
	w.WriteString("<style>" + p.Style.Inline + "</style><noscript><style>" + p.NoScript + "</style></noscript>" +
		`<style media="print">` + p.Print.Inline + "</style>")
	w.WriteString("<script>" + p.Script.Inline + "</script>")
}

var fontFace = regexp.MustCompile(`@font-face\{[^}]*url\("?([^")]+)"?\)[^}]*\}`)

// closed is style.css with fonts inside it, those of the text first, as many as the budget allows beside the other
// bytes. Labels and tools fall back to the system's font if theirs do not fit.
func (m *Maker) closed(letters string, other int) string {
	style := m.style.Inline + m.letters[letters] + m.pageStyle + m.explainerStyle
	left := int(Single.Budget()) - other - len(fontFace.ReplaceAllString(style, ""))
	in := map[string]string{}
	for _, font := range m.reading(letters) {
		name := path.Base(font)
		data := "data:font/woff2;base64," + base64.StdEncoding.EncodeToString(m.embedded[name])
		if left -= len(data) + 400; left < 0 { // 400 bytes for the rest of the font face
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

// detach returns an edit that removes everything that needs the site or the client, and turns links to pages of the
// site into full addresses. folder is the folder of the original page.
func (m *Maker) detach(folder string) prerender.Edit {
	return func(n *prerender.Element) bool {
		href, link := n.Get("href")
		away := link && !strings.HasPrefix(href, "#") && !strings.Contains(href, ":")
		downloads := strings.Contains(n.Value("class"), "downloads")
		// A dialog would share an address that the file does not have.
		if n.Has("data-save") || n.Has("data-dialog") || n.Tag() == "form" || !m.base.Host() && (away || downloads) {
			return false
		}
		n.Drop("data-settled", "data-go", "data-wish")
		if away {
			to, err := url.Parse(href)
			if err != nil {
				n.Drop("href") // not a valid address: keep the text without a link
				return true
			}
			whole := (&url.URL{Path: "/" + folder}).ResolveReference(to).String()
			n.Set("href", m.base.Address(strings.TrimPrefix(whole, "/")))
		}
		return true
	}
}
